import {
  type Corridor,
  invertAffine,
  type PixelPoint,
  type Vec3,
  type Volume,
  voxelToLps,
} from '@foramen/spine';
import { stretchIn } from './slice-drawing.ts';

/** What to draw of a corridor on one slice of a series. */
export interface CorridorOverlay {
  readonly slice: number;
  readonly kind: 'way' | 'outline';
  /** Pixel positions [column, row]; the centre of the first pixel is 0. A way is open, an outline closed. */
  readonly points: readonly PixelPoint[];
}

/**
 * A corridor on the slices of any series of the same frame of reference: the stretch of the way that runs through each slice (half way to
 * its neighbours), and the safe window on the slice it lies nearest to.
 */
export function corridorOverlay(volume: Volume, corridor: Corridor): readonly CorridorOverlay[] {
  const inverse = invertAffine(volume.ijkToLps);
  const [w, h, depth] = volume.size;
  const at = (p: Vec3): Vec3 => voxelToLps(inverse, p[0], p[1], p[2]);
  const out: CorridorOverlay[] = [];
  const from = at(corridor.target);
  const to = corridor.entry ? at(corridor.entry) : at(corridor.towards);
  const seen = ([x, y]: PixelPoint): boolean => x > -1 && y > -1 && x < w && y < h;
  for (let k = 0; k < depth; k++) {
    const points = stretchIn(from, to, k);
    if (points?.some(seen)) out.push({ slice: k, kind: 'way', points });
  }
  if (corridor.outline.length > 2) {
    const points = corridor.outline.map(at);
    const slice = Math.round(points.reduce((sum, p) => sum + p[2], 0) / points.length);
    if (slice >= 0 && slice < depth)
      out.push({ slice, kind: 'outline', points: points.map((p): PixelPoint => [p[0], p[1]]) });
  }
  return out;
}
