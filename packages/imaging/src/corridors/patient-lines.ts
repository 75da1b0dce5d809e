import { invertAffine, type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import type { Point } from '../measures/geometry.ts';
import { percentiles } from '../segmentation/resample.ts';

/** A point (mm) on a field slice, in patient coordinates. */
export function pointInPatient(s: SpineInstances, volume: Volume, p: Point, z: number): Vec3 {
  const index = s.field.sliceIndex;
  const z0 = Math.min(index.length - 1, Math.max(0, Math.floor(z)));
  const z1 = Math.min(index.length - 1, z0 + 1);
  const k = (index[z0] as number) + (z - z0) * ((index[z1] as number) - (index[z0] as number));
  return voxelToLps(volume.ijkToLps, p[0] / volume.spacing[0] - 0.5, p[1] / volume.spacing[1] - 0.5, k);
}

export const between = (a: Vec3, b: Vec3): Vec3 => [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
export const lengthOf = (v: Vec3): number => Math.hypot(v[0], v[1], v[2]);
export const scaled = (v: Vec3, k: number): Vec3 => [v[0] * k, v[1] * k, v[2] * k];
export const sum = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const direction = (v: Vec3): Vec3 => scaled(v, 1 / (lengthOf(v) || 1));

/**
 * Where a straight line from inside the body leaves it: the last sample brighter than air before 15 mm of air or the picture's edge.
 * Null when the line leaves the picture while still in tissue, or leaves the slices sideways.
 */
export function skinAlong(volume: Volume, from: Vec3, way: Vec3): Vec3 | null {
  const inverse = invertAffine(volume.ijkToLps);
  const [w, h, depth] = volume.size;
  const middle = volume.data.subarray(w * h * (depth >> 1), w * h * ((depth >> 1) + 1));
  const [low = 0, high = 1] = percentiles(middle, [2, 98]);
  const air = low + 0.06 * (high - low);
  let last: Vec3 | null = null;
  let empty = 0;
  for (let t = 0; t < 220; t += 1) {
    const p = sum(from, scaled(way, t));
    const [i, j, k] = voxelToLps(inverse, p[0], p[1], p[2]);
    const x = Math.round(i);
    const y = Math.round(j);
    const z = Math.round(k);
    if (z < 0 || z >= depth || y < 0 || y >= h) return null;
    if (x < 0 || x >= w) return empty >= 3 ? last : null;
    if ((volume.data[x + w * (y + h * z)] as number) > air) {
      last = p;
      empty = 0;
    } else if (++empty > 15) return last;
  }
  return null;
}

/** Angles of a way that runs inward from the back: convergence to the sagittal plane, tilt to the axial one (from above positive). */
export function anglesOf(inward: Vec3): { convergenceDeg: number; tiltDeg: number } {
  const d = direction(inward);
  return {
    convergenceDeg: (Math.atan2(Math.abs(d[0]), Math.abs(d[1])) * 180) / Math.PI,
    tiltDeg: (Math.asin(Math.max(-1, Math.min(1, -d[2]))) * 180) / Math.PI,
  };
}
