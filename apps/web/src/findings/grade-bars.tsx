import type { GradeVector } from '@foramen/spine';
import { percent } from '../frame/figures.ts';

/** A grade as what it is: one column a grade, as high as it is probable. */
export function GradeBars(props: {
  readonly title: string;
  readonly grade: GradeVector;
  /** Names of the grades, in the order of `p`. */
  readonly names: readonly string[];
  /** Index of `p` that is the most probable. */
  readonly best: number;
}) {
  const { grade, names } = props;
  const width = 22;
  const height = 36;
  const text = `${props.title} ${names[props.best]}: ${grade.p.map((p, n) => `${names[n]} ${percent(p)}`).join(', ')}`;
  return (
    <figure className="fo-grade">
      <figcaption>
        {props.title} <strong>{names[props.best]}</strong>{' '}
        <span className="fo-quiet">{percent(grade.p[props.best] ?? 0)}</span>
      </figcaption>
      <svg width={width * grade.p.length} height={height + 15} role="img" aria-label={text}>
        <title>{text}</title>
        {grade.p.map((p, n) => (
          <g key={names[n]} data-best={n === props.best}>
            <rect
              className="fo-grade-rest"
              x={n * width + 3}
              y={0}
              width={width - 6}
              height={height}
              rx="2"
            />
            <rect
              className="fo-grade-bar"
              x={n * width + 3}
              y={height - Math.max(1, p * height)}
              width={width - 6}
              height={Math.max(1, p * height)}
              rx="2"
            />
            <text x={n * width + width / 2} y={height + 12}>
              {names[n]}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
