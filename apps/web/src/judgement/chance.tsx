import { interval, percent } from '../frame/figures.ts';

/** A probability as a bar, with its interval as a lighter span where there is one. */
export function Chance(props: {
  readonly p: number;
  readonly range?: readonly [number, number] | null;
  readonly label: string;
  readonly width?: number;
}) {
  const width = props.width ?? 120;
  const range = props.range ?? null;
  const text = `${props.label}: ${percent(props.p)}${range === null ? '' : `, interval ${interval(range)}`}`;
  return (
    <svg className="fo-chance" width={width} height="12" role="img" aria-label={text}>
      <title>{text}</title>
      <rect className="fo-chance-rest" y="4" width={width} height="4" rx="2" />
      {range !== null && (
        <rect
          className="fo-chance-range"
          x={range[0] * width}
          y="2"
          width={Math.max(2, (range[1] - range[0]) * width)}
          height="8"
          rx="2"
        />
      )}
      {range === null ? (
        <rect className="fo-chance-bar" y="4" width={Math.max(2, props.p * width)} height="4" rx="2" />
      ) : (
        <circle
          className="fo-chance-bar"
          cx={Math.min(width - 4, Math.max(4, props.p * width))}
          cy="6"
          r="4"
        />
      )}
    </svg>
  );
}
