/**
 * A hundred people, `count` of them marked: the form in which chances are understood best (IPDAS). Marked ones differ in shape as well
 * as in colour.
 */
export function IconArray(props: {
  readonly count: number;
  /** Those between the two counts are shaded: it may be as few, or as many. */
  readonly range?: readonly [number, number];
  readonly label: string;
  readonly tone?: 'good' | 'bad';
  readonly size?: number;
}) {
  const count = Math.max(0, Math.min(100, Math.round(props.count)));
  const step = props.size ?? 12;
  return (
    <svg
      className="fo-icons"
      width={step * 10}
      height={step * 10}
      viewBox="0 0 120 120"
      role="img"
      aria-label={props.label}
      data-tone={props.tone ?? 'good'}
    >
      <title>{props.label}</title>
      {Array.from({ length: 100 }, (_, n) => {
        const x = (n % 10) * 12;
        const y = 108 - Math.floor(n / 10) * 12;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a hundred equal people, told apart by position only
          <g key={n} transform={`translate(${x} ${y})`} data-on={stateOf(n, count, props.range)}>
            <circle cx="6" cy="3.2" r="2.1" />
            <path d="M2.4 11.2V8.6a3.6 3 0 0 1 7.2 0v2.6Z" />
          </g>
        );
      })}
    </svg>
  );
}

/** Surely up to the lower count, as expected up to the count itself, at most up to the upper one. */
function stateOf(n: number, count: number, range: readonly [number, number] | undefined): string {
  if (n < count) return range === undefined || n < range[0] ? 'yes' : 'likely';
  return range !== undefined && n < range[1] ? 'at-most' : 'no';
}
