import { type Affine, invertAffine, type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import type { StudyAlignment, StudyPicture } from './align.ts';
import { compose } from './rigid.ts';

/** A slice of the later study's grid, filled from the earlier study. */
interface MatchedSlice {
  /** Slice of the later study. */
  readonly slice: number;
  readonly width: number;
  readonly height: number;
  /** [column, row] spacing, mm. */
  readonly spacingMm: readonly [number, number];
  /** Signal of the earlier study (trilinear); 0 where it did not reach. */
  readonly data: Float32Array;
  /** Labels of the earlier study (nearest voxel). */
  readonly labels: Uint8Array;
  /** Share of the slice that the earlier study covers. */
  readonly covered: number;
}

/**
 * The earlier study re-cut to the plane of one slice of the later one. Between two vertebrae their motions are blended by the place
 * along the column; beyond the outermost ones the nearest holds. Null when no vertebra was aligned or the slice does not exist.
 */
export function matchedSlice(
  earlier: StudyPicture,
  later: Volume,
  alignment: StudyAlignment,
  slice: number,
): MatchedSlice | null {
  const { vertebrae } = alignment;
  const [width, height, depth] = later.size;
  if (vertebrae.length === 0 || !Number.isInteger(slice) || slice < 0 || slice >= depth) return null;
  const toVoxel = invertAffine(earlier.volume.ijkToLps);
  const maps = vertebrae.map((v) => compose(compose(toVoxel, v.toEarlier), later.ijkToLps));
  const centres = vertebrae.map((v) => v.centre);
  const data = new Float32Array(width * height);
  const labels = new Uint8Array(width * height);
  const [w, h, d] = earlier.volume.size;
  let reached = 0;
  for (let j = 0, n = 0; j < height; j++) {
    for (let i = 0; i < width; i++, n++) {
      const p = voxelToLps(later.ijkToLps, i, j, slice);
      const [upper, share] = between(centres, p);
      const a = maps[upper] as Affine;
      const b = maps[upper + 1] ?? a;
      const at = (row: 0 | 1 | 2): number => {
        const o = 4 * row;
        const on = (m: Affine) =>
          (m[o] as number) * i +
          (m[o + 1] as number) * j +
          (m[o + 2] as number) * slice +
          (m[o + 3] as number);
        return (1 - share) * on(a) + share * on(b);
      };
      const x = at(0);
      const y = at(1);
      const z = at(2);
      if (x < 0 || y < 0 || x > w - 1 || y > h - 1 || z < -0.5 || z > d - 0.5) continue;
      reached++;
      data[n] = trilinear(earlier.volume, x, y, z);
      labels[n] = earlier.labels.data[
        Math.round(x) + w * (Math.round(y) + h * Math.max(0, Math.min(d - 1, Math.round(z))))
      ] as number;
    }
  }
  return {
    slice,
    width,
    height,
    spacingMm: [later.spacing[0], later.spacing[1]],
    data,
    labels,
    covered: reached / (width * height),
  };
}

/** Index of the upper of the two vertebrae a point lies between, and the lower one's weight. Centres from the head down. */
function between(centres: readonly Vec3[], p: Vec3): readonly [number, number] {
  let best = 0;
  let share = 0;
  for (let n = 0; n + 1 < centres.length; n++) {
    const a = centres[n] as Vec3;
    const b = centres[n + 1] as Vec3;
    const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const;
    const t =
      ((p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1] + (p[2] - a[2]) * d[2]) /
      (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
    if (t < 0 && n > 0) break;
    best = n;
    share = Math.max(0, Math.min(1, t));
    if (t <= 1) break;
  }
  return [best, share];
}

function trilinear({ size, data }: Volume, x: number, y: number, z: number): number {
  const [w, h, d] = size;
  const i = Math.max(0, Math.min(w - 2, Math.floor(x)));
  const j = Math.max(0, Math.min(h - 2, Math.floor(y)));
  const k = Math.max(0, Math.min(d - 1, Math.floor(z)));
  const e = x - i;
  const f = y - j;
  const g = k + 1 < d ? Math.max(0, Math.min(1, z - k)) : 0;
  const plane = (kk: number): number => {
    const o = i + w * (j + h * kk);
    return (
      (1 - f) * ((1 - e) * (data[o] as number) + e * (data[o + 1] as number)) +
      f * ((1 - e) * (data[o + w] as number) + e * (data[o + w + 1] as number))
    );
  };
  return g === 0 ? plane(k) : (1 - g) * plane(k) + g * plane(k + 1);
}
