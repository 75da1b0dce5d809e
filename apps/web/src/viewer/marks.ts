import { type MarkDrawing, type MarkKind, markText, type Vec3, voxelToLps } from '@foramen/spine';
import type { Picture } from '../record/picture.ts';
import { voxelAt } from './reference-line.ts';

/** A place in voxel units of a slice (a voxel's centre is at i + 0.5, j + 0.5). */
export type Point = readonly [number, number];
export type Line = readonly [Point, Point];

type Grid = Pick<Picture, 'series' | 'title' | 'spacing' | 'ijkToLps'>;

/** A drawing as it is kept, with the place of its points in the study's frame of reference. */
export function drawingOn(
  picture: Grid,
  slice: number,
  kind: MarkKind,
  points: readonly Point[],
  level: MarkDrawing['level'],
): MarkDrawing {
  const { ijkToLps } = picture;
  return {
    kind,
    seriesUid: picture.series.uid,
    series: picture.series.number,
    title: picture.title,
    slice,
    spacingMm: [picture.spacing[0], picture.spacing[1]],
    points: points.map(([i, j]) => [i, j]),
    lps: ijkToLps === null ? null : points.map((p) => [...lpsOf(ijkToLps, p, slice)]),
    level,
    note: '',
  };
}

/** The same drawing with one of its points elsewhere on its slice. */
export function withPoint(drawing: MarkDrawing, picture: Grid, index: number, to: Point): MarkDrawing {
  const points = drawing.points.map((p, n) => (n === index ? to : p));
  const moved = drawingOn(picture, drawing.slice, drawing.kind, points, drawing.level);
  return { ...moved, note: drawing.note };
}

function lpsOf(ijkToLps: NonNullable<Grid['ijkToLps']>, [i, j]: Point, slice: number): Vec3 {
  return voxelToLps(ijkToLps, i - 0.5, j - 0.5, slice);
}

/** Whether a drawing was made on this series. Pictures are numbered anew by each analysis; a series keeps its UID. */
export function madeOn(drawing: MarkDrawing, picture: Pick<Picture, 'series'>): boolean {
  const { uid, number } = picture.series;
  return drawing.seriesUid === null ? uid === null && drawing.series === number : drawing.seriesUid === uid;
}

/** Slice of a series on which a drawing is seen, by position where both have one; null when it was made on another series. */
export function sliceOn(
  drawing: MarkDrawing,
  picture: Pick<Picture, 'series' | 'ijkToLps' | 'size'>,
): number | null {
  if (!madeOn(drawing, picture)) return null;
  const [first] = drawing.lps ?? [];
  if (first === undefined || picture.ijkToLps === null) return drawing.slice;
  const at = voxelAt(picture as Picture, first);
  return at === null ? null : Math.round(at[2]);
}

/** Points of a drawing on a slice of a series; null where it is not drawn. The top of a crest is shown on every series that shows the place. */
export function pointsOn(drawing: MarkDrawing, picture: Picture, slice: number): readonly Point[] | null {
  if (drawing.kind !== 'crest' && sliceOn(drawing, picture) !== slice) return null;
  if (drawing.lps === null || picture.ijkToLps === null)
    return madeOn(drawing, picture) ? drawing.points : null;
  const placed = drawing.lps.map((lps) => voxelAt(picture, lps));
  const near = drawing.kind === 'crest' ? 0.75 : 0.5;
  if (placed.some((at) => at === null || Math.abs(at[2] - slice) > near)) return null;
  return placed.flatMap((at): Point[] => (at === null ? [] : [[at[0] + 0.5, at[1] + 0.5]]));
}

/** Lines of a drawing: one of a length, two of an angle, none of the rest. */
export function linesOf(kind: MarkKind, points: readonly Point[]): readonly Line[] {
  if (kind !== 'length' && kind !== 'angle') return [];
  return points.flatMap((p, n): Line[] => {
    const next = points[n + 1];
    return n % 2 === 0 && next !== undefined ? [[p, next]] : [];
  });
}

/** What stands beside a drawing. */
export function labelOf(drawing: MarkDrawing): string {
  if (drawing.kind === 'angle' && drawing.points.length < 4) return 'draw the second line';
  return markText(drawing);
}

/** An outline with as many points as its shape needs: points within half a pixel of the line between their neighbours say nothing. */
export function thinned(outline: readonly Point[], most = 300): readonly Point[] {
  const kept: Point[] = [];
  for (const p of outline) {
    const last = kept.at(-1);
    if (last === undefined || Math.hypot(p[0] - last[0], p[1] - last[1]) >= 0.5) kept.push(p);
  }
  if (kept.length <= most) return kept;
  const step = kept.length / most;
  return Array.from({ length: most }, (_, n) => kept[Math.floor(n * step)]!);
}
