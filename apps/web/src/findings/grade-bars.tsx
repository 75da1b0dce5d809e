import { type GradeVector, readGrade } from '@foramen/spine';
import { percent } from '../frame/figures.ts';

/**
 * A grade as what it is: one column a grade, as high as it is probable. Where a less probable grade is named, the range, the expected grade and
 * the reason stand in the place of its probability, which alone would mislead.
 */
export function GradeBars(props: {
  readonly title: string;
  readonly grade: GradeVector;
  /** Names of the grades, in the order of `p`. */
  readonly names: readonly string[];
  /** Number of the scale's first grade. */
  readonly first: number;
}) {
  const { grade, names } = props;
  const { named, range, rangeP, expected, because } = readGrade(grade, names, props.first);
  // Wide enough for the longest name below its column.
  const width = Math.max(22, ...names.map((name) => 4 + 7 * name.length));
  const height = 36;
  const text = `${props.title} ${names[named]}: ${grade.p.map((p, n) => `${names[n]} ${percent(p)}`).join(', ')}${because === null ? '' : `. ${because}`}`;
  return (
    <figure className="fo-grade">
      <figcaption>
        {props.title} <strong>{names[named]}</strong>{' '}
        <span className="fo-quiet">
          {because === null
            ? percent(grade.p[named] ?? 0)
            : `${names[range[0]]} to ${names[range[1]]} ${percent(rangeP)}, expected ${expected.toFixed(1)}`}
        </span>
      </figcaption>
      <svg width={width * grade.p.length} height={height + 15} role="img" aria-label={text}>
        <title>{text}</title>
        {grade.p.map((p, n) => (
          <g key={names[n]} data-best={n === named}>
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
      {because !== null && <p className="fo-grade-why fo-quiet">{because}</p>}
    </figure>
  );
}
