import { withUnit } from '@foramen/spine';
import { amount, day } from '../frame/figures.ts';

export interface CoursePoint {
  readonly date: string | null;
  readonly value: number | null;
}

interface CoursePlotProps {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  readonly points: readonly CoursePoint[];
  /** Smallest change beyond what repeating the measurement would show; drawn as a band about the first value. */
  readonly detectable: number | null;
}

const WIDTH = 560;
const HEIGHT = 220;
/** Room that a date and a value take on the axis, on a telephone, where they are written larger. */
const DATE_PX = 110;
const VALUE_PX = 48;
const PAD = { left: 44, right: 16, top: 14, bottom: 34 };

/** One measure over the studies: points that leave the band have really changed. */
export function CoursePlot(props: CoursePlotProps) {
  const { points, unit, digits } = props;
  const dated = points.every((point) => point.date !== null && !Number.isNaN(Date.parse(isoOf(point.date))));
  const at = points.map((point, n) => (dated ? Date.parse(isoOf(point.date!)) : n));
  const known = points.flatMap((point, n) =>
    point.value === null ? [] : [{ x: at[n]!, value: point.value, date: point.date }],
  );
  const baseline = known[0];
  if (baseline === undefined) return <p className="fo-quiet">Not measured in any study.</p>;
  const band =
    props.detectable === null
      ? null
      : ([baseline.value - props.detectable, baseline.value + props.detectable] as const);
  const all = [...known.map((k) => k.value), ...(band ?? [])];
  const low = Math.min(0, ...all);
  const high = Math.max(...all) * 1.06 + 1e-9;
  const [first, last] = [Math.min(...at), Math.max(...at)];
  const x = (time: number) =>
    first === last
      ? (PAD.left + WIDTH - PAD.right) / 2
      : PAD.left + 14 + ((time - first) / (last - first)) * (WIDTH - PAD.left - PAD.right - 28);
  const y = (value: number) => PAD.top + (1 - (value - low) / (high - low)) * (HEIGHT - PAD.top - PAD.bottom);
  const ticks = niceTicks(low, high);
  const written = new Set(
    spacedOut(
      known.map((k) => x(k.x)),
      VALUE_PX,
    ),
  );
  const text = `${props.title}: ${known.map((k) => `${k.date === null ? '' : `${day(k.date)} `}${withUnit(amount(k.value, digits), unit)}`).join(', ')}${
    band === null
      ? ''
      : `; a change under ${withUnit(amount(props.detectable!, digits), unit)} is within measurement error`
  }`;
  return (
    <svg className="fo-course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text}>
      <title>{text}</title>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="fo-course-grid" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(tick)} y2={y(tick)} />
          <text className="fo-course-tick" x={PAD.left - 6} y={y(tick)}>
            {tick}
          </text>
        </g>
      ))}
      {band !== null && (
        <rect
          className="fo-course-band"
          x={PAD.left}
          width={WIDTH - PAD.left - PAD.right}
          y={y(Math.min(band[1], high))}
          height={Math.max(0, y(Math.max(band[0], low)) - y(Math.min(band[1], high)))}
        />
      )}
      <polyline className="fo-course-line" points={known.map((k) => `${x(k.x)},${y(k.value)}`).join(' ')} />
      {known.map((k, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two studies may be of one day
        <g key={n}>
          <circle
            className="fo-course-dot"
            data-changed={band !== null && (k.value < band[0] || k.value > band[1])}
            cx={x(k.x)}
            cy={y(k.value)}
            r="5"
          />
          {written.has(n) && (
            <text className="fo-course-value" x={x(k.x)} y={y(k.value) - 10}>
              {amount(k.value, digits)}
            </text>
          )}
        </g>
      ))}
      {spacedOut(at.map(x), DATE_PX).map((n) => (
        <text
          key={n}
          className="fo-course-date"
          x={Math.min(WIDTH - 54, Math.max(54, x(at[n]!)))}
          y={HEIGHT - 8}
        >
          {points[n]!.date === null ? `study ${n + 1}` : day(points[n]!.date)}
        </text>
      ))}
    </svg>
  );
}

function isoOf(date: string): string {
  return /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}

/** Three to six round numbers from low to high. */
export function niceTicks(low: number, high: number): readonly number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => span / s <= 5) ?? 10 * power;
  const ticks: number[] = [];
  for (let n = Math.ceil(low / step); n * step <= high; n++) ticks.push(Number((n * step).toPrecision(6)));
  return ticks;
}

/** Which of these places can carry a label of this width: the last and the first before those between them. */
export function spacedOut(places: readonly number[], room: number): readonly number[] {
  const between = places.map((_, n) => n).slice(1, -1);
  const kept: number[] = [];
  for (const n of [places.length - 1, 0, ...between]) {
    if (n < 0 || n >= places.length || kept.includes(n)) continue;
    if (kept.every((other) => Math.abs(places[other]! - places[n]!) >= room)) kept.push(n);
  }
  return kept.sort((a, b) => a - b);
}
