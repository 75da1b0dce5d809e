import type { Side } from '@foramen/spine';
import { midSliceOf } from '../levels/disc-shape.ts';
import type { SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { type DiscFrame, discFrame } from './disc-frame.ts';
import { type Foramen, posteriorSampler } from './foramen.ts';
import { add, along, type Point, times } from './geometry.ts';
import { firstInside, lastInside } from './instance-plane.ts';

/** Where an exiting root is looked for: under the upper pedicle, on a sagittal slice through it. */
export interface RootSite {
  readonly side: Side;
  readonly slice: number;
  /** Slice through the middle of the disc, where fluid is seen. */
  readonly midSlice: number;
  readonly frame: DiscFrame;
  /** Its likeliest place, mm of the slice, and the spread of that along the spine. */
  readonly at: Point;
  readonly sdMm: number;
}

/** The root lies so far behind the disc's edge, and from the pedicles above and below, mm: synthetic people, 110 foramina. */
const BEHIND_DISC_MM = 6.2;
const BELOW_TOP_MM = 6.9;
const ABOVE_BOTTOM_MM = 10;
const SD_MM = 2;
/** Under the pedicle of L5, whose foramen is wide and low, nearer to it. */
const BELOW_L5_MM = 4.8;
const SD_FROM_TOP_MM = 2.5;

/** Pedicles of L5 are looked for between these distances from the middle of the canal, mm. */
const LATERAL_MM: readonly [number, number] = [12, 27];

function fromForamen(s: SpineInstances, disc: NamedDisc, f: Foramen): RootSite | null {
  const frame = discFrame(s, disc, f.slice);
  if (!frame) return null;
  // The middle of the opening is known; the root lies between what both pedicles say.
  const rise = (ABOVE_BOTTOM_MM - BELOW_TOP_MM) / 2;
  const at = add(along(f.centre, frame.posterior, BEHIND_DISC_MM - 5), times(frame.superior, rise));
  return { side: f.side, slice: f.slice, midSlice: midSliceOf(s, disc.item), frame, at, sdMm: SD_MM };
}

/** Under the pedicle of L5: the sacrum has none that bounds the foramen below, so that it is found by its upper end alone. */
function underPedicle(s: SpineInstances, disc: NamedDisc, z: number, side: Side): RootSite | null {
  const frame = discFrame(s, disc, z);
  if (!frame?.upperBody) return null;
  const bone = posteriorSampler(s, z, frame.posteriorMiddle);
  const start = along(frame.posteriorMiddle, frame.posterior, 4);
  if (bone(start) >= 0.5) return null;
  const up = firstInside(bone, start, frame.superior, 24);
  if (up === null) return null;
  // A pedicle reaches from the body to the arch without a gap.
  const base = add(along(frame.posteriorMiddle, frame.superior, up + 4), times(frame.posterior, -8));
  const wall = lastInside(frame.upperBody, base, frame.posterior, 16, 4);
  if (wall === null) return null;
  for (let t = 1; t <= 6; t++) if (bone(along(base, frame.posterior, wall + t)) < 0.4) return null;
  const top = along(frame.posteriorMiddle, frame.superior, up);
  const at = add(along(top, frame.posterior, BEHIND_DISC_MM), times(frame.superior, -BELOW_L5_MM));
  return { side, slice: z, midSlice: midSliceOf(s, disc.item), frame, at, sdMm: SD_FROM_TOP_MM };
}

/** Sites of both exiting roots of a level, from its foramina and, above the sacrum, from the pedicle over it. */
export function rootSites(
  s: SpineInstances,
  disc: NamedDisc,
  foramina: readonly Foramen[],
  leftPerSlice: 1 | -1,
): RootSite[] {
  const found = foramina.flatMap((f) => fromForamen(s, disc, f) ?? []);
  if (disc.level !== 'L5-S1' || !disc.shape) return found;
  const { depth, sliceMm, height, pixelMm } = s.field;
  const row = Math.min(height - 1, Math.max(0, Math.round(disc.shape.centre[1] / pixelMm[1] - 0.5)));
  const middle = s.plane.slice[row] as number;
  for (const side of ['left', 'right'] as const) {
    if (found.some((f) => f.side === side)) continue;
    const through = Array.from({ length: depth }, (_, z) => z).flatMap((z) => {
      const left = leftPerSlice * (z - middle) * sliceMm;
      const away = side === 'left' ? left : -left;
      return away >= LATERAL_MM[0] && away <= LATERAL_MM[1] ? (underPedicle(s, disc, z, side) ?? []) : [];
    });
    const one = through[through.length >> 1];
    if (one) found.push(one);
  }
  return found;
}
