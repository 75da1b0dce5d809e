import { SAC_ID, type SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { median } from '../levels/smoothing.ts';
import { type DiscFrame, discFrame } from './disc-frame.ts';
import { furthest, posteriorRays } from './displacement.ts';
import { posteriorSampler } from './foramen.ts';
import { along, type Point } from './geometry.ts';
import { firstInside, firstStretch } from './instance-plane.ts';

/** The back of a disc and the sac behind it on one sagittal slice, along rays square to the posterior corner line. */
export interface ContactProfile {
  readonly z: number;
  /** Offset from the middle of the sac, mm, positive to the patient's left; 0 where sides cannot be told. */
  readonly leftMm: number;
  readonly baseMm: number;
  readonly rays: readonly ContactRay[];
  /** Depth of the sac's front wall behind the bodies above and below, carried to the disc; null where the sac is not seen there. */
  readonly restingFrontMm: number | null;
  /** Extent of the sac from front to back behind the bodies. */
  readonly restingApMm: number | null;
  /** From the middle of the disc's back up to the pedicle above, mm; null where the slice does not show it. */
  readonly pedicleAboveMm: number | null;
}

/** Depths behind the corner line, mm. */
interface ContactRay {
  /** Height above the lower corner of the disc space. */
  readonly h: number;
  /** Back of the disc tissue; 0 when none lies behind the line. */
  readonly disc: number;
  readonly sac: { readonly front: number; readonly back: number } | null;
  /** Where the ray leaves the line, and its direction; mm of the slice. */
  readonly origin: Point;
  readonly out: Point;
}

/** Rays run from this far below the disc space to as far above it, mm. */
const REACH_MM = 16;
const STEP_MM = 0.75;
/** Heights beyond the disc space at which the sac lies behind bone and is at rest. */
const RESTING_MM: readonly [number, number] = [8, 16];
/** The sac may begin in front of the line in a slipped or steep segment. */
const BEFORE_MM = 2;

/** Nearer to the midline no pedicle is met, mm. */
const MEDIAL_MM = 8;

/** Null when the disc's end plates or its tissue are not found on the slice. */
export function contactProfile(
  s: SpineInstances,
  disc: NamedDisc,
  z: number,
  leftMm: number,
): ContactProfile | null {
  const frame = discFrame(s, disc, z);
  if (!frame?.disc) return null;
  const { baseMm, rays } = posteriorRays(frame, REACH_MM, STEP_MM);
  const sac = frame.sac;
  const out = rays.map(({ h, origin, out: back }): ContactRay => {
    const before = along(origin, back, -BEFORE_MM);
    const hit = sac ? firstStretch(sac, before, back, 26 + BEFORE_MM) : null;
    return {
      h,
      disc: Math.max(0, frame.disc ? (furthest(frame.disc, origin, back) ?? 0) : 0),
      sac: hit ? { front: hit.start - BEFORE_MM, back: hit.end - BEFORE_MM } : null,
      origin,
      out: back,
    };
  });
  const resting = (above: boolean): ContactRay[] =>
    out.filter((r) => {
      const beyond = above ? r.h - baseMm : -r.h;
      return r.sac !== null && beyond >= RESTING_MM[0] && beyond <= RESTING_MM[1];
    });
  // Below L5-S1 the sac leaves the wall and fat takes the room: there the body above alone says where it rests.
  const groups = (frame.lowerCorners ? [resting(true), resting(false)] : [resting(true)]).filter(
    (g) => g.length >= 3,
  );
  const mean = (value: (sac: { readonly front: number; readonly back: number }) => number): number | null =>
    groups.length === 0
      ? null
      : groups.reduce((sum, g) => sum + median(g.flatMap((r) => (r.sac ? [value(r.sac)] : []))), 0) /
        groups.length;
  return {
    z,
    leftMm,
    baseMm,
    rays: out,
    restingFrontMm: mean((v) => v.front),
    restingApMm: mean((v) => v.back - v.front),
    pedicleAboveMm: Math.abs(leftMm) < MEDIAL_MM ? null : pedicleAbove(s, frame, z),
  };
}

/** Distance from the opening behind the disc up to the pedicle; null when bone closes the opening itself or none lies above. */
function pedicleAbove(s: SpineInstances, frame: DiscFrame, z: number): number | null {
  const bone = posteriorSampler(s, z, frame.posteriorMiddle);
  const start = along(frame.posteriorMiddle, frame.posterior, 4);
  const up = firstInside(bone, start, frame.superior, 24);
  return up === null || up < 6 ? null : up;
}

/** Half the width of the sac at a height of the field, mm, from the slices that show it; null when fewer than three do. */
export function sacHalfWidth(s: SpineInstances, row: number): number | null {
  const { width, height, depth, sliceMm } = s.field;
  let area = 0;
  let deepest = 0;
  let seen = 0;
  for (let z = 0; z < depth; z++) {
    let n = 0;
    for (let x = 0; x < width; x++) if (s.labels[x + width * (row + height * z)] === SAC_ID) n++;
    if (n > 0) seen++;
    area += n;
    deepest = Math.max(deepest, n);
  }
  // An ellipse: its area tells its width better than counting slices does.
  return seen < 3 ? null : (2 * area * sliceMm) / (Math.PI * deepest);
}
