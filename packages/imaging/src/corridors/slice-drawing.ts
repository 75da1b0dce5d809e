import {
  type Corridor,
  type CorridorHazard,
  invertAffine,
  type PixelPoint,
  type Vec3,
  type Volume,
  voxelToLps,
} from '@foramen/spine';

/** Positions are [column, row] in voxel units of the slice; the centre of the first voxel is 0. */
export interface CorridorOnSlice {
  /** The whole way as it projects on the slice: a way seldom lies in one. */
  readonly way: readonly [PixelPoint, PixelPoint];
  /** The stretch that runs through this slice, half way to its neighbours; null where none does. */
  readonly inSlice: readonly [PixelPoint, PixelPoint] | null;
  readonly target: PixelPoint;
  /** Slices between the target and this one. */
  readonly targetOff: number;
  readonly entry: PixelPoint | null;
  /** The safe window: its corners where it lies in this slice, the line where it crosses it, empty elsewhere. */
  readonly window: readonly PixelPoint[];
  readonly distances: readonly DrawnDistance[];
}

export interface DrawnDistance {
  readonly to: CorridorHazard;
  readonly mm: number;
  readonly uncertaintyMm: number;
  /** On the axis, and on the structure. */
  readonly from: PixelPoint;
  readonly at: PixelPoint;
  /** The slice it lies nearest to, which may be outside the series. */
  readonly slice: number;
}

type Grid = Pick<Volume, 'size' | 'ijkToLps'>;

/** What to draw of a corridor on slice `k` of any series of the same frame of reference. */
export function corridorOnSlice(grid: Grid, corridor: Corridor, k: number): CorridorOnSlice {
  const inverse = invertAffine(grid.ijkToLps);
  const at = (p: Vec3): Vec3 => voxelToLps(inverse, p[0], p[1], p[2]);
  const flat = (p: Vec3): PixelPoint => [p[0], p[1]];
  const end = corridor.entry ?? corridor.towards;
  const [from, to] = [at(corridor.target), at(end)];
  return {
    way: [flat(from), flat(to)],
    inSlice: stretchIn(from, to, k),
    target: flat(from),
    targetOff: from[2] - k,
    entry: corridor.entry === null ? null : flat(to),
    window: windowOn(corridor.outline.map(at), k),
    distances: (['root', 'sac', 'bone'] as const).flatMap((hazard) => {
      const point = corridor.nearest[hazard];
      const mm = corridor.clearanceMm[hazard];
      const uncertaintyMm = corridor.uncertaintyMm[hazard];
      if (point === undefined || mm === null || uncertaintyMm === null) return [];
      const [foot, place] = [at(footOf(point, corridor.target, end)), at(point)];
      const slice = Math.round((foot[2] + place[2]) / 2);
      return [{ to: hazard, mm, uncertaintyMm, from: flat(foot), at: flat(place), slice }];
    }),
  };
}

/** The slice that shows the target, inside the series; null where the series does not reach it by more than a slice. */
export function sliceOfTarget(grid: Grid, corridor: Corridor): number | null {
  const at = voxelToLps(invertAffine(grid.ijkToLps), ...corridor.target);
  const k = Math.round(at[2]);
  return k < -1 || k > grid.size[2] ? null : Math.max(0, Math.min(grid.size[2] - 1, k));
}

/** The point of the way nearest to a place. */
function footOf(p: Vec3, a: Vec3, b: Vec3): Vec3 {
  const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
  const length = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] || 1;
  const dot = (p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1] + (p[2] - a[2]) * d[2];
  const t = Math.max(0, Math.min(1, dot / length));
  return [a[0] + t * d[0], a[1] + t * d[1], a[2] + t * d[2]];
}

/** The part of a line (voxel indices) that lies nearer to slice `k` than to its neighbours. */
export function stretchIn(from: Vec3, to: Vec3, k: number): readonly [PixelPoint, PixelPoint] | null {
  const dk = to[2] - from[2];
  let [t0, t1] = [0, 1];
  if (Math.abs(dk) > 1e-9) {
    const [a, b] = [(k - 0.5 - from[2]) / dk, (k + 0.5 - from[2]) / dk];
    t0 = Math.max(0, Math.min(a, b));
    t1 = Math.min(1, Math.max(a, b));
  } else if (Math.round(from[2]) !== k) return null;
  if (t0 >= t1) return null;
  const on = (t: number): PixelPoint => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
  return [on(t0), on(t1)];
}

function windowOn(corners: readonly Vec3[], k: number): readonly PixelPoint[] {
  if (corners.length < 3) return [];
  const depths = corners.map((p) => p[2]);
  const [low, high] = [Math.min(...depths), Math.max(...depths)];
  if (high - low < 1) {
    const middle = depths.reduce((a, b) => a + b, 0) / depths.length;
    return Math.round(middle) === k ? corners.map((p): PixelPoint => [p[0], p[1]]) : [];
  }
  const cut: PixelPoint[] = [];
  corners.forEach((p, n) => {
    const q = corners[(n + 1) % corners.length] as Vec3;
    if (p[2] > k === q[2] > k) return;
    const t = (k - p[2]) / (q[2] - p[2]);
    cut.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
  });
  return cut;
}
