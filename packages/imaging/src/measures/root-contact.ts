import type { RootPath, Side } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { median } from '../levels/smoothing.ts';
import type { AxialFront } from './axial-front.ts';
import type { RootRoom, SacRoom } from './contact-grade.ts';
import { type ContactProfile, contactProfile, sacHalfWidth } from './contact-profile.ts';

/** One root on one side: what was measured, on which planes and where; or what is missing. */
interface RootReading {
  readonly side: Side;
  readonly path: RootPath;
  readonly answer:
    | { readonly room: RootRoom; readonly planes: readonly ('sagittal' | 'axial')[]; readonly where: string }
    | { readonly abstained: string };
}

/** Disc against sac and roots on a sagittal series. */
export interface ContactReading {
  readonly sac: { readonly room: SacRoom; readonly where: string } | { readonly abstained: string };
  readonly roots: readonly RootReading[];
  /** Half the sac's width at the disc, mm, and the resting depth of its front near its corners; what the axial reading starts from. */
  readonly sacHalfMm: number;
  readonly rootFrontMm: number;
  readonly profiles: readonly ContactProfile[];
}

const WIDEST_SLICE_MM = 6;
const FEWEST_SLICES = 5;
/** The traversing root lies within this of the sac's edge, mm. */
const RECESS_MM = 4;
/** Usual half width of the sac, for pictures that do not show its width, mm. */
const USUAL_HALF_MM = 8.5;
/** Usual depth of the sac's front near its corners behind the line, where it was not seen, mm. */
const USUAL_FRONT_MM = 2.5;
/** Where fat holds the sac far off the wall, as behind L5-S1, the root runs in that fat, mm. */
const DEEPEST_FRONT_MM = 5;
/** Roots vary in their place by about a millimetre beside the error of the outlines. */
const TRAVERSING_SD = 1.4;
const EXITING_SD = 1.8;
/** The same from axial pixels, which show the recess whole. */
const AXIAL_SD = 1.2;
/** Sagittal slices of 4 mm miss about one contact in ten that axial slices show. */
const MISSED_SAGITTAL = 0.1;
const MISSED_AXIAL = 0.04;
/** Planes that differ by more than this contradict each other, mm. */
const CONTRADICTION_MM = 3;
/** Middle of the exiting root under the pedicle above and its radius with the ganglion, mm. */
const UNDER_PEDICLE_MM = 6;
const GANGLION_MM = 2.7;
/** Depth of its middle behind the line, and a distance beyond which nothing more is said, mm. */
const IN_FORAMEN_MM = 4.5;
const FREE_MM = 8;

/** `leftPerSlice`: +1 when the slice index grows to the patient's left, null when sides cannot be told or there is one slice. */
export function contactReading(
  s: SpineInstances,
  disc: NamedDisc,
  leftPerSlice: 1 | -1 | null,
): ContactReading | null {
  if (!disc.shape) return null;
  const { depth, sliceMm, height, pixelMm } = s.field;
  const row = Math.min(height - 1, Math.max(0, Math.round(disc.shape.centre[1] / pixelMm[1] - 0.5)));
  const middle = s.plane.slice[row] as number;
  const half = sacHalfWidth(s, row);
  const sacHalfMm = Math.min(12, Math.max(6, half ?? USUAL_HALF_MM));
  const profiles: ContactProfile[] = [];
  for (let z = 0; z < depth; z++) {
    const away = (z - middle) * sliceMm;
    if (Math.abs(away) > 26) continue;
    const p = contactProfile(s, disc, z, (leftPerSlice ?? 1) * away);
    if (p) profiles.push(p);
  }
  if (profiles.length === 0) return null;
  const rootFrontMm = rootFront(profiles, sacHalfMm);
  const unable =
    depth === 1
      ? 'one sagittal slice only: a root needs slices through the lateral recess and the foramen (5 to 20 mm beside the midline) or an axial T2-weighted series through the disc'
      : leftPerSlice === null
        ? 'the picture carries no position: sides cannot be told'
        : depth < FEWEST_SLICES
          ? 'needs at least five sagittal slices, or an axial T2-weighted series through the disc'
          : sliceMm > WIDEST_SLICE_MM
            ? 'needs sagittal slices at most 6 mm apart, or an axial T2-weighted series through the disc'
            : null;
  const roots = (['left', 'right'] as const).flatMap((side): RootReading[] => [
    {
      side,
      path: 'traversing',
      answer: unable === null ? traversing(profiles, side, sacHalfMm, rootFrontMm) : { abstained: unable },
    },
    {
      side,
      path: 'exiting',
      answer: unable === null ? exiting(profiles, side) : { abstained: unable },
    },
  ]);
  return { sac: sacRoom(profiles, sacHalfMm), roots, sacHalfMm, rootFrontMm, profiles };
}

/**
 * Depth of the root's front behind the line: that of the sac's own front wall half-way to its side, at the disc, on the side that is less
 * pushed; never deeper than the wall rests behind the bodies.
 */
function rootFront(profiles: readonly ContactProfile[], sacHalfMm: number): number {
  const fronts = ([1, -1] as const).flatMap((sign) => {
    const near = profiles.filter((p) => {
      const share = (sign * p.leftMm) / sacHalfMm;
      return share >= 0.2 && share <= 0.75;
    });
    return near.flatMap((p) => {
      const atDisc = p.rays.flatMap((r) => (r.h >= -3 && r.h <= p.baseMm + 1 && r.sac ? [r.sac.front] : []));
      const resting = p.restingFrontMm === null ? [] : [p.restingFrontMm];
      return atDisc.length > 0 ? [Math.min(median(atDisc), ...resting)] : resting;
    });
  });
  return fronts.length === 0 ? USUAL_FRONT_MM : Math.min(DEEPEST_FRONT_MM, Math.max(1, Math.min(...fronts)));
}

/**
 * The traversing roots once the axial series has been asked too: both planes are weighed by their errors, an axial slice alone stands where no
 * sagittal slice reaches the recess. Where they contradict each other the outlines of the sagittal series stand, and their error grows by a third of
 * what lies between them: on an axial slice a thickened ligament is as dark as a disc.
 */
export function withAxial(reading: ContactReading, axial: AxialFront): readonly RootReading[] {
  return reading.roots.map((root): RootReading => {
    if (root.path !== 'traversing') return root;
    const displacedMm = axial.displacedMm[root.side];
    if (displacedMm === undefined) return root;
    const own: RootRoom = {
      clearanceMm: reading.rootFrontMm - displacedMm,
      displacedMm,
      sdMm: AXIAL_SD,
      missed: MISSED_AXIAL,
    };
    const where = `axial slice: tissue ${displacedMm.toFixed(1)} mm behind the corner line in the lateral recess`;
    if ('abstained' in root.answer) return { ...root, answer: { room: own, planes: ['axial'], where } };
    const other = root.answer.room;
    const [u, v] = [1 / own.sdMm ** 2, 1 / other.sdMm ** 2];
    const mean = (a: number, b: number) => (u * a + v * b) / (u + v);
    const apart = Math.abs(own.clearanceMm - other.clearanceMm);
    return {
      ...root,
      answer: {
        room:
          apart > CONTRADICTION_MM
            ? { ...other, sdMm: other.sdMm + apart / 3 }
            : {
                clearanceMm: mean(own.clearanceMm, other.clearanceMm),
                displacedMm: mean(own.displacedMm, other.displacedMm),
                sdMm: Math.sqrt(1 / (u + v)),
                missed: MISSED_AXIAL,
              },
        planes: ['sagittal', 'axial'],
        where: `${root.answer.where}; ${where}${apart > CONTRADICTION_MM ? '; the planes disagree' : ''}`,
      },
    };
  });
}

const signOf = (side: Side): 1 | -1 => (side === 'left' ? 1 : -1);
const beside = (mm: number): string => `${Math.abs(mm).toFixed(0)} mm beside the midline`;

/** The sac on the slices through its middle; the one on which it fares worst speaks. */
function sacRoom(profiles: readonly ContactProfile[], sacHalfMm: number): ContactReading['sac'] {
  const rooms = profiles
    .filter((p) => Math.abs(p.leftMm) <= 0.7 * sacHalfMm)
    .flatMap((p) => {
      const rays = p.rays.filter((r) => r.h >= -6 && r.h <= p.baseMm + 6);
      const seen = rays.flatMap((r) => (r.sac ? [{ ...r, sac: r.sac }] : []));
      if (seen.length < 0.6 * rays.length) return [];
      const nearest = seen.reduce((a, r) => (r.sac.front - r.disc < a.sac.front - a.disc ? r : a));
      const furthestBack = seen.reduce((a, r) => (r.disc > a.disc ? r : a));
      const thinnest = Math.min(...seen.map((r) => r.sac.back - r.sac.front));
      const room: SacRoom = {
        gapMm: nearest.sac.front - nearest.disc,
        displacedMm: Math.max(nearest.disc, furthestBack.disc),
        pushedMm: p.restingFrontMm === null ? 0 : furthestBack.sac.front - p.restingFrontMm,
        apShare: p.restingApMm ? thinnest / p.restingApMm : 1,
      };
      return [{ room, leftMm: p.leftMm, known: p.restingFrontMm !== null }];
    });
  const worst = rooms.reduce<(typeof rooms)[number] | null>(
    (a, b) => (a === null || b.room.gapMm - b.room.displacedMm < a.room.gapMm - a.room.displacedMm ? b : a),
    null,
  );
  if (worst === null) return { abstained: 'the dural sac is not seen behind this disc' };
  const { room } = worst;
  return {
    room,
    where:
      `sagittal slice ${beside(worst.leftMm)}: tissue ${room.displacedMm.toFixed(1)} mm behind the corner line, ` +
      `${Math.max(0, room.gapMm).toFixed(1)} mm from the sac, whose front wall lies ${Math.max(0, room.pushedMm).toFixed(1)} mm behind its course ` +
      `and which keeps ${Math.round(100 * Math.min(1, room.apShare))} % of its depth`,
  };
}

/** The root on its way down past the disc: on the slices through the lateral recess, from the disc space to the pedicle below. */
function traversing(
  profiles: readonly ContactProfile[],
  side: Side,
  sacHalfMm: number,
  rootFrontMm: number,
): RootReading['answer'] {
  const slices = profiles.filter(
    (p) => Math.abs(signOf(side) * p.leftMm - sacHalfMm) <= RECESS_MM && p.rays.length > 0,
  );
  if (slices.length === 0) {
    return {
      abstained: `no sagittal slice reaches the lateral recess on this side (about ${sacHalfMm.toFixed(0)} mm beside the midline)`,
    };
  }
  const reach = slices.map((p) => ({
    p,
    mm: Math.max(0, ...p.rays.filter((r) => r.h >= -9 && r.h <= p.baseMm + 1).map((r) => r.disc)),
  }));
  const worst = reach.reduce((a, b) => (b.mm > a.mm ? b : a));
  return {
    room: {
      clearanceMm: rootFrontMm - worst.mm,
      displacedMm: worst.mm,
      sdMm: TRAVERSING_SD,
      missed: MISSED_SAGITTAL,
    },
    planes: ['sagittal'],
    where: `sagittal slice through the lateral recess, ${beside(worst.p.leftMm)}: tissue ${worst.mm.toFixed(1)} mm behind the corner line, the root ${rootFrontMm.toFixed(1)} mm behind it`,
  };
}

/** The root in the foramen, under the pedicle above, on every slice that shows that pedicle; where it fares worst speaks. */
function exiting(profiles: readonly ContactProfile[], side: Side): RootReading['answer'] {
  const near = profiles.flatMap((p) =>
    p.pedicleAboveMm !== null && signOf(side) * p.leftMm > 0 ? [{ p, up: p.pedicleAboveMm }] : [],
  );
  if (near.length === 0) {
    return { abstained: 'no sagittal slice on this side reaches the foramen and shows the pedicle above it' };
  }
  const readings = near.map(({ p, up }) => {
    const rootH = p.baseMm / 2 + up - UNDER_PEDICLE_MM;
    let clearanceMm = FREE_MM;
    for (const r of p.rays) {
      for (let t = 0; r.disc > 0.5 && t <= r.disc; t += 0.5)
        clearanceMm = Math.min(clearanceMm, Math.hypot(r.h - rootH, t - IN_FORAMEN_MM) - GANGLION_MM);
    }
    return { p, clearanceMm, displacedMm: Math.max(0, ...p.rays.map((r) => r.disc)) };
  });
  const worst = readings.reduce((a, b) => (b.clearanceMm < a.clearanceMm ? b : a));
  return {
    room: {
      clearanceMm: worst.clearanceMm,
      displacedMm: worst.displacedMm,
      sdMm: EXITING_SD,
      missed: MISSED_SAGITTAL,
    },
    planes: ['sagittal'],
    where: `sagittal slice through the foramen, ${beside(worst.p.leftMm)}: tissue ${worst.displacedMm.toFixed(1)} mm behind the corner line, ${Math.max(0, worst.clearanceMm).toFixed(1)} mm from the root's place under the pedicle`,
  };
}
