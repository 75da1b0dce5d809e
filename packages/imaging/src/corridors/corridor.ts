import type { Vec3 } from '@foramen/spine';

/** Outline error (1 mm) and the spread of supine to prone posture that MRI cannot show (1 mm). */
export const MARGIN_MM = 2;

/**
 * Half of a 95 % interval about a distance read off the slices, mm: where between two slices a structure ends is not seen (evenly spread
 * over their distance), an outline is off by 1 mm (standard deviation), and what is not outlined adds `assumedSd` of its own. Held against
 * exact truth in corridors.test.ts.
 */
export const uncertaintyOf = (sliceMm: number, assumedSd = 0): number =>
  1.96 * Math.sqrt((sliceMm * sliceMm) / 12 + OUTLINE_SD_MM ** 2 + assumedSd * assumedSd);
const OUTLINE_SD_MM = 1;

export const SUPINE = 'measured supine: the foramen and the laminae lie differently in the prone patient';
export const MRI_BONE = 'bone edges on MRI are approximate: confirm on CT before sizing an instrument';
export const ROOT_ASSUMED =
  'the root was not outlined: it is taken to leave the sac under the pedicle and to fill the upper half of the foramen';

/** Area of a plane polygon in space, mm2. */
export function polygonArea(points: readonly Vec3[]): number {
  let [x, y, z] = [0, 0, 0];
  for (let n = 0; n < points.length; n++) {
    const a = points[n] as Vec3;
    const b = points[(n + 1) % points.length] as Vec3;
    x += a[1] * b[2] - a[2] * b[1];
    y += a[2] * b[0] - a[0] * b[2];
    z += a[0] * b[1] - a[1] * b[0];
  }
  return Math.hypot(x, y, z) / 2;
}

export { corridorRoom } from '@foramen/spine';
