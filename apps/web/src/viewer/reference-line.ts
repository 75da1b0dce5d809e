import { type Affine, invertAffine, type Vec3, voxelToLps } from '@foramen/spine';
import type { Picture } from '../record/picture.ts';

/** End points in voxel units (column, row) of the picture the line is drawn on. */
export type Segment = readonly [number, number, number, number];

function column(a: Affine, n: 0 | 1): Vec3 {
  return [a[n], a[4 + n]!, a[8 + n]!] as Vec3;
}

function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * Where slice `otherSlice` of `other` cuts slice `slice` of `shown`: the intersection of the two planes, cut to the picture.
 * Null when the planes are nearly parallel or do not meet inside the picture.
 */
export function referenceLine(
  shown: Picture,
  slice: number,
  other: Picture,
  otherSlice: number,
): Segment | null {
  if (shown.ijkToLps === null || other.ijkToLps === null) return null;
  const normal = cross(column(other.ijkToLps, 0), column(other.ijkToLps, 1));
  const length = Math.hypot(...normal);
  if (length === 0) return null;
  const unit: Vec3 = [normal[0] / length, normal[1] / length, normal[2] / length];
  const point = voxelToLps(other.ijkToLps, 0, 0, otherSlice);
  const distance = (i: number, j: number) => {
    const p = voxelToLps(shown.ijkToLps as Affine, i, j, slice);
    return dot(unit, [p[0] - point[0], p[1] - point[1], p[2] - point[2]]);
  };
  const c = distance(0, 0);
  const a = distance(1, 0) - c;
  const b = distance(0, 1) - c;
  // Millimetres out of plane gained per voxel: parallel planes gain none.
  if (Math.hypot(a, b) < 0.2 * Math.min(shown.spacing[0], shown.spacing[1])) return null;
  const [columns, rows] = shown.size;
  const ends: [number, number][] = [];
  const add = (i: number, j: number) => {
    if (i < -0.5 || j < -0.5 || i > columns - 0.5 || j > rows - 0.5) return;
    if (ends.some(([x, y]) => Math.hypot(x - i, y - j) < 1e-6)) return;
    ends.push([i, j]);
  };
  if (Math.abs(b) > 1e-9) {
    add(-0.5, -(c - 0.5 * a) / b);
    add(columns - 0.5, -(c + (columns - 0.5) * a) / b);
  }
  if (Math.abs(a) > 1e-9) {
    add(-(c - 0.5 * b) / a, -0.5);
    add(-(c + (rows - 0.5) * b) / a, rows - 0.5);
  }
  const [first, second] = ends;
  if (first === undefined || second === undefined) return null;
  return [first[0] + 0.5, first[1] + 0.5, second[0] + 0.5, second[1] + 0.5];
}

/** Voxel indices (not rounded) of a point given in LPS millimetres; null where the series has no geometry. */
export function voxelAt(picture: Pick<Picture, 'ijkToLps'>, lps: Vec3): Vec3 | null {
  if (picture.ijkToLps === null) return null;
  return voxelToLps(invertAffine(picture.ijkToLps), ...lps);
}

/** LPS point of a voxel index; null where the series has no geometry. */
export function lpsAt(picture: Picture, ijk: Vec3): Vec3 | null {
  return picture.ijkToLps === null ? null : voxelToLps(picture.ijkToLps, ...ijk);
}

/** Whether a point given in LPS millimetres lies in the stack, half a slice beyond its ends included. */
export function covers(place: Pick<Picture, 'size' | 'ijkToLps'> | null, lps: Vec3): boolean {
  if (place === null) return false;
  const at = voxelAt(place, lps);
  return at?.every((index, axis) => index >= -0.5 && index <= place.size[axis]! - 0.5) === true;
}
