import { decimals, withUnit, writtenDay } from '@foramen/spine';
import { escapeHtml as e } from './genome-style.ts';

export interface CoursePlot {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  readonly points: readonly { readonly date: string; readonly value: number | null }[];
  /** Half the width of the band about the first value within which nothing has changed. */
  readonly detectable: number | null;
}

const WIDTH = 520;
const HEIGHT = 190;
const PAD = { left: 40, right: 30, top: 22, bottom: 26 };

/** One measure over the studies as an SVG; points outside the band have really changed. Dates set the distances where all are known. */
export function coursePlot(plot: CoursePlot): string {
  const times = plot.points.map((p) => Date.parse(p.date));
  const dated = times.every((t) => Number.isFinite(t));
  const at = plot.points.map((_, n) => (dated ? (times[n] as number) : n));
  const shown = plot.points.flatMap((p, n) => (p.value === null ? [] : [{ x: at[n] as number, y: p.value }]));
  const first = shown[0];
  if (first === undefined || shown.length < 2) return '';
  const band = plot.detectable === null ? null : [first.y - plot.detectable, first.y + plot.detectable];
  const low = Math.min(0, ...shown.map((p) => p.y), ...(band ?? []));
  const high = Math.max(...shown.map((p) => p.y), ...(band ?? [])) * 1.05 + 1e-9;
  const from = Math.min(...at);
  const span = Math.max(...at) - from || 1;
  const x = (v: number) => PAD.left + ((v - from) / span) * (WIDTH - PAD.left - PAD.right);
  const y = (v: number) => PAD.top + (1 - (v - low) / (high - low)) * (HEIGHT - PAD.top - PAD.bottom);
  const text = `${plot.title}: ${plot.points
    .map(
      (p) =>
        `${writtenDay(p.date)} ${p.value === null ? 'not measured' : withUnit(decimals(p.value, plot.digits), plot.unit)}`,
    )
    .join(', ')}`;
  const changed = (v: number) =>
    band !== null && (v < (band[0] as number) || v > (band[1] as number)) ? ' class="changed"' : '';
  return `<svg class="course" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${e(text)}"><text x="4" y="12">${e(plot.title)}${plot.unit === '' ? '' : `, ${e(plot.unit)}`}</text>${
    band === null
      ? ''
      : `<rect class="band" x="${PAD.left}" width="${WIDTH - PAD.left - PAD.right}" y="${y(band[1] as number).toFixed(1)}" height="${(y(band[0] as number) - y(band[1] as number)).toFixed(1)}"/>`
  }<polyline class="line" points="${shown.map((p) => `${x(p.x).toFixed(1)},${y(p.y).toFixed(1)}`).join(' ')}"/>${shown
    .map(
      (p) =>
        `<circle${changed(p.y)} cx="${x(p.x).toFixed(1)}" cy="${y(p.y).toFixed(1)}" r="4.5"/><text x="${x(p.x).toFixed(1)}" y="${(y(p.y) - 8).toFixed(1)}" text-anchor="middle">${decimals(p.y, plot.digits)}</text>`,
    )
    .join('')}${plot.points
    .map(
      (p, n) =>
        `<text x="${Math.min(WIDTH - 34, Math.max(34, x(at[n] as number))).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="middle">${e(writtenDay(p.date))}</text>`,
    )
    .join('')}</svg>`;
}
