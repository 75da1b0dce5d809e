import { type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import type { LevelAxes } from '../measures/axial-frame.ts';
import { along, type Point, superiorOf, unit } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from './locate.ts';

/** A point (mm) of a field slice in patient coordinates; fractional slices allowed. */
export function toPatient(volume: Volume, p: Point, k: number): Vec3 {
  return voxelToLps(volume.ijkToLps, p[0] / volume.spacing[0] - 0.5, p[1] / volume.spacing[1] - 0.5, k);
}

/** Source slice (fractional) that passes through the middle of the canal at the height of a point. */
function midSliceAt(located: Located, p: Point): number {
  const { field, plane } = located.instances;
  const row = Math.round(p[1] / field.pixelMm[1] - 0.5);
  const z = plane.slice[Math.min(field.height - 1, Math.max(0, row))] as number;
  const z0 = Math.min(field.depth - 1, Math.floor(z));
  const step = (field.sliceIndex[Math.min(field.depth - 1, z0 + 1)] ?? 0) - (field.sliceIndex[z0] ?? 0);
  return (field.sliceIndex[z0] ?? 0) + (z - z0) * step;
}

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const normed = (a: Vec3): Vec3 => {
  const l = Math.hypot(...a);
  return [a[0] / l, a[1] / l, a[2] / l];
};

/** Mean depth of a lumbar disc, mm: the size that the usual distances of the back are given for. */
const USUAL_DEPTH_MM = 34;

/**
 * A level in patient coordinates: its posterior wall, the canal's direction there (a leaning spine's too: the middle of the canal is followed
 * from slice to slice) and backward in the sagittal plane. Null where the end plates were not found.
 */
export function levelAxes(located: Located, m: MeasuredDisc): LevelAxes | null {
  const { frame, canal } = m;
  if (!frame) return null;
  const { volume } = located;
  const at = (p: Point): Vec3 => toPatient(volume, p, midSliceAt(located, p));
  const up2 = canal
    ? superiorOf(unit([canal.posterior[0] - canal.anterior[0], canal.posterior[1] - canal.anterior[1]]))
    : frame.superior;
  const wall = frame.posteriorMiddle;
  const reach = 12;
  const up = normed(minus(at(along(wall, up2, reach)), at(along(wall, up2, -reach))));
  const k = midSliceAt(located, wall);
  const back = minus(toPatient(volume, along(wall, frame.posterior, 10), k), toPatient(volume, wall, k));
  const lift = dot(back, up);
  const posterior = normed([back[0] - lift * up[0], back[1] - lift * up[1], back[2] - lift * up[2]]);
  return {
    wall: toPatient(volume, wall, k),
    up,
    posterior,
    discUp: normed(minus(toPatient(volume, along(wall, frame.superior, 10), k), toPatient(volume, wall, k))),
    discHeightMm: m.heights ? (m.heights.anterior + m.heights.middle + m.heights.posterior) / 3 : 8,
    scale: Math.max(0.82, Math.min(1.2, frame.depthMm / USUAL_DEPTH_MM)),
  };
}
