import type { Vertebra } from '@foramen/spine';
import { CORD_ID, SAC_ID, type SpineInstances } from '../levels/instances.ts';
import type { Numbering } from '../levels/numbering.ts';
import { CLASS } from '../segmentation/model.ts';
import { measureBody } from './disc-frame.ts';
import { along, distance, dot, minus, type Point, superiorOf, times, unit } from './geometry.ts';
import { firstInside, instanceSampler, type Sampler } from './instance-plane.ts';
import { csfSignal, type SignalAt } from './signal.ts';

/** Tissue between the back of a vertebra and the dural sac that is neither fat nor fluid: perhaps a fragment of disc that has moved there. */
interface EpiduralMass {
  readonly behind: Vertebra;
  /** Probability that it is more than ligament, veins and a wide epidural space are taken for. */
  readonly p: number;
  /** On the slice that shows most of it. */
  readonly slice: number;
  readonly areaMm2: number;
  readonly lengthMm: number;
  readonly depthMm: number;
}

/** Slices farther beside the middle of the canal show its wall rather than its content, mm. */
const BESIDE_MM = 9;
/** Darker than this share of fluid is neither fluid nor fat on T2; a void is metal or air. */
const DISC_LIKE: readonly [number, number] = [0.02, 0.5];
/** Ligament, dura and a dark rim of bone together are thinner than this, mm. */
const THIN_MM = 4.8;
/** The sac lies no farther behind the wall, mm. */
const REACH_MM = 18;
/** The ends of the wall belong to the discs, mm. */
const MARGIN_MM = 2;
const STEP_MM = 0.4;
/** Area at which a mass is as likely there as not, and over which that turns, mm². */
const USUAL_MM2 = 60;
const WIDTH_MM2 = 10;
/** A mass of a probability below this is not spoken of. */
const LEAST_P = 0.5;

/** The posterior wall of a vertebra on a slice, from its upper to its lower end, and what is bone. */
interface Wall {
  readonly upper: Point;
  readonly lower: Point;
  readonly posterior: Point;
  readonly bone: Sampler;
}

function onWall(
  s: SpineInstances,
  wall: Wall,
  z: number,
  at: SignalAt,
): Omit<EpiduralMass, 'behind' | 'p'> | null {
  const sac = instanceSampler(s, [SAC_ID, CORD_ID], [CLASS.sac, CLASS.cord], z);
  const fluid = csfSignal(s, at, z, along(wall.upper, unit(minus(wall.lower, wall.upper)), 10));
  if (!sac || fluid === null) return null;
  const down = unit(minus(wall.lower, wall.upper));
  const length = distance(wall.upper, wall.lower);
  let areaMm2 = 0;
  let lengthMm = 0;
  let depthMm = 0;
  for (let t = MARGIN_MM; t <= length - MARGIN_MM; t++) {
    const on = along(wall.upper, down, t);
    let edge = 0;
    for (let q = -4; q <= 4; q += 0.3) if (wall.bone(along(on, wall.posterior, q)) >= 0.5) edge = q;
    const from = along(on, wall.posterior, edge);
    const gap = firstInside(sac, from, wall.posterior, REACH_MM);
    if (gap === null) continue;
    let run = 0;
    let longest = 0;
    for (let q = 0.8; q <= gap + 1; q += STEP_MM) {
      const v = (at(along(from, wall.posterior, q), z) ?? 0) / fluid;
      run = v > DISC_LIKE[0] && v < DISC_LIKE[1] ? run + STEP_MM : 0;
      longest = Math.max(longest, run);
    }
    if (longest < THIN_MM) continue;
    areaMm2 += longest;
    lengthMm++;
    depthMm = Math.max(depthMm, longest);
  }
  return { slice: z, areaMm2, lengthMm, depthMm };
}

/**
 * Masses behind the bodies on a T2-weighted sagittal series or slice, where more dark tissue lies before the sac than on 99 % of
 * pictures without a fragment; a migrated extrusion and a
 * sequestrum look alike here. Behind S1 the sac ends too differently in people to tell.
 */
export function epiduralMasses(s: SpineInstances, numbering: Numbering, t2: SignalAt): EpiduralMass[] {
  const { height, depth, pixelMm, sliceMm } = s.field;
  const near = (y: number): number[] => {
    const middle = s.plane.slice[Math.min(height - 1, Math.max(0, Math.round(y / pixelMm[1])))] as number;
    return Array.from({ length: depth }, (_, z) => z).filter(
      (z) => Math.abs(z - middle) * sliceMm <= BESIDE_MM,
    );
  };
  const walls: { readonly behind: Vertebra; readonly z: number; readonly wall: Wall }[] = [];
  for (const { vertebra, item } of numbering.bodies) {
    if (item.cut || !item.box) continue;
    for (const z of near(((item.box[0] + item.box[2]) / 2) * pixelMm[1])) {
      const body = measureBody(s, item, z);
      if (!body) continue;
      const { superiorPosterior: upper, inferiorPosterior: lower, superiorAnterior } = body.corners;
      const up = superiorOf(unit(minus(upper, superiorAnterior)));
      const across = unit(minus(lower, upper));
      const square: Point = [across[1], -across[0]];
      // Square to the wall, away from the front of the body.
      const posterior = dot(square, minus(superiorAnterior, upper)) > 0 ? times(square, -1) : square;
      if (dot(up, across) < 0)
        walls.push({ behind: vertebra, z, wall: { upper, lower, posterior, bone: body.at } });
    }
  }
  const best = new Map<Vertebra, EpiduralMass>();
  for (const { behind, z, wall } of walls) {
    const found = onWall(s, wall, z, t2);
    if (!found || found.areaMm2 <= (best.get(behind)?.areaMm2 ?? 0)) continue;
    const p = 1 / (1 + Math.exp((USUAL_MM2 - found.areaMm2) / WIDTH_MM2));
    best.set(behind, { behind, p: Math.min(0.9, p), ...found });
  }
  return [...best.values()].filter((m) => m.p >= LEAST_P);
}
