import { type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import { type AxialAnswer, axialSac } from '../measures/axial-sac.ts';
import { middle, minus, type Point, superiorOf, unit } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

const NO_PLANE = 'needs an axial T2-weighted series through the disc';

/** A point (mm) of a field slice in patient coordinates; fractional slices allowed. */
function toPatient(volume: Volume, p: Point, k: number): Vec3 {
  return voxelToLps(volume.ijkToLps, p[0] / volume.spacing[0] - 0.5, p[1] / volume.spacing[1] - 0.5, k);
}

/**
 * The sac on the axial series at every disc. The level is carried over in patient coordinates, so both series must
 * belong to one frame of reference.
 */
export function axialSacs(
  located: Located,
  primary: CanonicalSeries,
  axials: readonly CanonicalSeries[],
  discs: readonly MeasuredDisc[],
): AxialAnswer[] {
  const usable = axials.filter(
    (a) => a.hasGeometry && primary.hasGeometry && a.frameOfReferenceUid === primary.frameOfReferenceUid,
  );
  return discs.map((m): AxialAnswer => {
    if (axials.length === 0) return { abstained: NO_PLANE };
    if (usable.length === 0) {
      return {
        abstained: 'the axial series cannot be matched to the sagittal one (no common frame of reference)',
      };
    }
    const { frame, canal } = m;
    if (!frame || !canal)
      return { abstained: 'the dural sac was not found on the sagittal series at this disc' };
    const { field, plane } = located.instances;
    const row = Math.round(middle(canal.anterior, canal.posterior)[1] / field.pixelMm[1] - 0.5);
    const z = plane.slice[Math.min(field.height - 1, Math.max(0, row))] as number;
    const z0 = Math.min(field.depth - 1, Math.floor(z));
    const step = (field.sliceIndex[Math.min(field.depth - 1, z0 + 1)] ?? 0) - (field.sliceIndex[z0] ?? 0);
    const k = (field.sliceIndex[z0] ?? 0) + (z - z0) * step;
    const across = unit(minus(canal.posterior, canal.anterior));
    const up = superiorOf(across);
    const centre = toPatient(located.volume, middle(canal.anterior, canal.posterior), k);
    const above = toPatient(
      located.volume,
      [
        middle(canal.anterior, canal.posterior)[0] + 10 * up[0],
        middle(canal.anterior, canal.posterior)[1] + 10 * up[1],
      ],
      k,
    );
    const canalDirection: Vec3 = [
      (above[0] - centre[0]) / 10,
      (above[1] - centre[1]) / 10,
      (above[2] - centre[2]) / 10,
    ];
    let answer: AxialAnswer = { abstained: NO_PLANE };
    for (const a of usable) {
      answer = axialSac(a.volume, centre, canalDirection, canal.apMm);
      if ('sac' in answer) return answer;
    }
    return answer;
  });
}
