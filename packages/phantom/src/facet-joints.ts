import type { Side } from '@foramen/spine';
import { forEachInside, type Raster } from './local-frame.ts';
import type { PlacedDisc } from './spine-column.ts';
import { CLASS, TISSUE } from './tissue.ts';

/** Facet joints of one level whose angles and recesses are known. */
export interface FacetSpec {
  /** Between the joint line and the sagittal plane in the plane of the disc, degrees; 0 is sagittal, 90 coronal. */
  readonly angleDeg: Readonly<Record<Side, number>>;
  /** From the posterior wall to the flat front of the superior articular process, mm. */
  readonly recessMm: Readonly<Record<Side, number>>;
  /** Half of the joint space, fluid and cartilage, mm. */
  readonly fluidMm?: number;
}

const HALF_LENGTH = 8;
const HALF_THICK = 6.6;
const HALF_HEIGHT = 10;
/** Middle of the joint behind the posterior wall and beside the midline, mm at usual size. */
const BEHIND = 13;
const ASIDE = 16.5;

/**
 * Both articular processes as one block of bone with cortex around, split by the joint: cleft, subchondral bone of a
 * millimetre on either side. The superior process (in front and outside) ends in a flat face `recessMm` behind the posterior wall, from
 * the edge of the lateral recess outward.
 */
export function paintFacets(raster: Raster, d: PlacedDisc, spec: FacetSpec, scale: number): void {
  const { tissue, label } = raster;
  const wall = -d.depth / 2;
  const fluid = spec.fluidMm ?? 0.8;
  for (const side of ['left', 'right'] as const) {
    const sign = side === 'left' ? 1 : -1;
    const angle = (spec.angleDeg[side] * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const ca = wall - BEHIND * scale;
    const cl = ASIDE * scale;
    const recess = spec.recessMm[side];
    const inner = 7.4 * scale;
    const outer = 23 * scale;
    const box = {
      a: [ca - 11 * scale, wall],
      l: [sign > 0 ? 4 : -28 * scale, sign > 0 ? 28 * scale : -4],
      u: [-HALF_HEIGHT, HALF_HEIGHT],
    } as const;
    forEachInside(raster, d.frame, box, (a, l, u, i) => {
      const da = a - ca;
      const dl = sign * l - cl;
      // Along the joint towards the midline in front, and across it towards the front and outside.
      const t = (da * cos - dl * sin) / scale;
      const n = (da * sin + dl * cos) / scale;
      const behind = wall - a;
      const thin = 1 - 0.25 * (u / HALF_HEIGHT) ** 4;
      const block = (t / (HALF_LENGTH * thin)) ** 4 + (n / (HALF_THICK * thin)) ** 4;
      const lateral = sign * l;
      const base = lateral > inner && lateral < outer && behind < (n > 0 ? BEHIND * scale : recess + 4);
      if ((block > 1 && !base) || behind < recess) return;
      label[i] = CLASS.posteriorElements;
      const rim =
        block > 0.62 && !(base && behind > recess + 1 && lateral > inner + 1 && lateral < outer - 1);
      tissue[i] = rim || behind < recess + 1 ? TISSUE.cortex : TISSUE.posteriorMarrow;
      if (Math.abs(t) > HALF_LENGTH - 0.6) return;
      const across = Math.abs(n) * scale;
      if (across < fluid) {
        tissue[i] = TISSUE.facetFluid;
        label[i] = CLASS.background;
      } else if (across < fluid + 1.1) tissue[i] = TISSUE.cortex;
    });
  }
}
