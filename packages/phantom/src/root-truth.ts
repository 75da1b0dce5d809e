import type { Side } from '@foramen/spine';
import type { Anatomy } from './anatomy.ts';
import { herniationDepth } from './dural-sac.ts';
import { localToLps } from './local-frame.ts';
import { clamp } from './prng.ts';
import { alongWall } from './spine-coordinates.ts';

/** What is true of one root at one disc, by the exact shapes the anatomy is made of; mm. */
interface RootTruth {
  readonly side: Side;
  readonly path: 'traversing' | 'exiting';
  /** Distance from disc tissue to the root's surface; negative when tissue reaches into the root's place. */
  readonly clearanceMm: number;
}

const RADIUS_MM = 1.8;
/** Half the exiting root with its ganglion. */
const GANGLION_MM = 3;

/**
 * The traversing root leaves the sac at its anterolateral corner: its front lies as deep as the sac's own front does half-way to its
 * side. It runs from the upper edge of the disc to the pedicle below. The exiting root lies under the pedicle above, as `rasterise`
 * draws it.
 */
export function rootTruth(anatomy: Anatomy, disc: number): RootTruth[] {
  const { canal, spec } = anatomy;
  const own = canal.herniations.find((h) => h.disc === disc);
  const index = (s: number): number => clamp(Math.round(s) - canal.s0, 0, canal.centre.length - 1);
  const middle = discPlace(anatomy, disc);
  const tissue = (s: number, lat: number): number => {
    const k = index(s);
    const bulge = Math.abs(lat) < (canal.halfWidth[k] as number) + 4 ? (canal.bulge[k] as number) : 0;
    const out = own ? herniationDepth(own, s, lat, spec.discs[disc]?.height ?? 8) : 0;
    return Math.max(bulge, out);
  };
  return (['left', 'right'] as const).flatMap((side): RootTruth[] => {
    const sign = side === 'left' ? 1 : -1;
    let traversing = Number.POSITIVE_INFINITY;
    for (let s = middle - 9; s <= middle + 3; s++) {
      const k = index(s);
      const front = (canal.centre[k] as number) - 0.87 * (canal.halfDepth[k] as number);
      const lat = (canal.halfWidth[k] as number) * 0.92;
      for (let off = -RADIUS_MM; off <= RADIUS_MM; off += 0.3)
        traversing = Math.min(traversing, front - tissue(s, sign * (lat + off)));
    }
    let exiting = Number.POSITIVE_INFINITY;
    // Herniated tissue is drawn to 15 mm beside the midline.
    for (let lat = 10; lat < 15; lat += 0.5) {
      const depth = 5 - (lat - 14) * 0.5;
      for (let s = middle - 6; s <= middle + 20; s += 0.5) {
        const reach = tissue(s, sign * lat);
        if (reach < 0.5) continue;
        for (let d = 0; d <= reach; d += 0.5)
          exiting = Math.min(exiting, Math.hypot(s - (middle + 8), d - depth) - GANGLION_MM);
      }
    }
    return [
      { side, path: 'traversing', clearanceMm: traversing },
      { side, path: 'exiting', clearanceMm: Math.min(exiting, 12) },
    ];
  });
}

/** Height of a disc along the posterior wall. */
function discPlace(anatomy: Anatomy, disc: number): number {
  const d = anatomy.column.discs[disc];
  return d ? alongWall(anatomy.coordinates, localToLps(d.frame, -d.depth / 2, 0, 0)) : 0;
}
