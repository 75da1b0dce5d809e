import type { Picture } from '../record/picture.ts';

/** Two ends in voxel units of a slice (a voxel's centre is at i + 0.5, j + 0.5). */
export type Line = readonly [readonly [number, number], readonly [number, number]];

/** What a reader drew on a slice. An angle has one line until its second is drawn. */
export interface Mark {
  readonly id: number;
  readonly kind: 'length' | 'angle';
  readonly picture: string;
  readonly slice: number;
  readonly lines: readonly Line[];
}

type Grid = Pick<Picture, 'spacing'>;

const inMm = (line: Line, { spacing }: Grid): readonly [number, number] => [
  (line[1][0] - line[0][0]) * spacing[0],
  (line[1][1] - line[0][1]) * spacing[1],
];

/** Length on the slice, mm. */
export function lengthMm(line: Line, grid: Grid): number {
  return Math.hypot(...inMm(line, grid));
}

/** Angle between two lines on the slice, 0 to 90 degrees: which way a line was drawn does not matter (Cobb). */
export function angleDeg(a: Line, b: Line, grid: Grid): number {
  const [u, v] = [inMm(a, grid), inMm(b, grid)];
  const size = Math.hypot(...u) * Math.hypot(...v);
  if (size === 0) return 0;
  const cos = Math.min(1, Math.abs(u[0] * v[0] + u[1] * v[1]) / size);
  return (Math.acos(cos) * 180) / Math.PI;
}

/** "12.4 mm", "23°"; a picture without a position of its own may have an assumed spacing, so its millimetres are marked. */
export function markText(mark: Mark, picture: Pick<Picture, 'spacing' | 'ijkToLps'>): string {
  const [first, second] = mark.lines;
  if (first === undefined) return '';
  if (mark.kind === 'length') {
    const about = picture.ijkToLps === null ? '≈ ' : '';
    return `${about}${lengthMm(first, picture).toFixed(1)} mm`;
  }
  return second === undefined ? 'draw the second line' : `${angleDeg(first, second, picture).toFixed(1)}°`;
}

/** The marks after a line was drawn with a tool: a new length, a new angle, or the second line of an open one. */
export function withLine(
  marks: readonly Mark[],
  kind: Mark['kind'],
  at: { readonly picture: string; readonly slice: number },
  line: Line,
): readonly Mark[] {
  const last = marks.at(-1);
  if (
    kind === 'angle' &&
    last?.kind === 'angle' &&
    last.lines.length === 1 &&
    last.picture === at.picture &&
    last.slice === at.slice
  )
    return [...marks.slice(0, -1), { ...last, lines: [...last.lines, line] }];
  // An angle that was left open on another slice can no longer be closed.
  const kept = marks.filter((mark) => mark.kind === 'length' || mark.lines.length === 2);
  return [...kept, { id: 1 + Math.max(0, ...marks.map((mark) => mark.id)), kind, ...at, lines: [line] }];
}
