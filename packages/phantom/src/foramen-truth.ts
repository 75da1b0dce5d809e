import type { Side } from '@foramen/spine';
import { type Anatomy, rasterise } from './anatomy.ts';
import { type FatDirection, knownRootDepth, type PlacedForamen } from './foramen.ts';
import type { Plane } from './plane.ts';
import { clamp } from './prng.ts';
import { TISSUE } from './tissue.ts';

/** What is true of a foramen, by the tissue that is drawn. */
export interface ForamenTruth {
  readonly disc: number;
  readonly side: Side;
  /** Fat beside the root in each direction, mm, middle of the slices through the foramen. */
  readonly fatMm: Readonly<Record<FatDirection, number>>;
  /** Share of fat in what lies within 3 mm of the root, 0 to 1; mean of the slices through the foramen. */
  readonly fatShare: number;
  /** Lee 2010 (AJR 194:1095): 0 fat all around, 1 lost on two opposing sides, 2 on all four, 3 the root changed in shape. */
  readonly lee: 0 | 1 | 2 | 3;
}

/** Less fat than this is not seen as fat, mm. */
const SEEN_MM = 1;
/** Root of less than this share of its usual cross-section, or flatter than this, has changed its shape. */
const USUAL_AREA = 2.6 * 3.2;
const LEAST_AREA = 0.65;
const FLATTEST = 2;

/** Truth of every foramen that was given by its fat and whose root is not drawn over by bone, counted on the tissue of sagittal planes 0.25 mm fine. */
export function foramenTruth(anatomy: Anatomy): ForamenTruth[] {
  return anatomy.canal.foramina.flatMap((f) =>
    (['left', 'right'] as const).flatMap((side): ForamenTruth | [] => {
      const found = [-2, -1, 0, 1, 2].flatMap((off) => fatAt(anatomy, f, side, f.pedicleMm + off) ?? []);
      if (found.length < 3) return [];
      const median = (of: FatDirection): number => {
        const sorted = found.map((one) => one[of]).sort((a, b) => a - b);
        return sorted[sorted.length >> 1] ?? 0;
      };
      const fatMm = {
        front: median('front'),
        behind: median('behind'),
        above: median('above'),
        below: median('below'),
      };
      const [rd, rs] = f.spec[side].rootMm;
      const changed = rd * rs < LEAST_AREA * USUAL_AREA || Math.max(rd / rs, rs / rd) > FLATTEST;
      const across = fatMm.front < SEEN_MM && fatMm.behind < SEEN_MM;
      const along = fatMm.above < SEEN_MM && fatMm.below < SEEN_MM;
      return {
        disc: f.disc,
        side,
        fatMm,
        fatShare: found.reduce((sum, one) => sum + one.share, 0) / found.length,
        lee: changed ? 3 : across && along ? 2 : across || along ? 1 : 0,
      };
    }),
  );
}

interface FatSeen extends Record<FatDirection, number> {
  readonly share: number;
}

const RING_MM = 3;
const STEP_MM = 0.25;
const HALF = 64;

function fatAt(anatomy: Anatomy, f: PlacedForamen, side: Side, lateral: number): FatSeen | null {
  const { coordinates: c } = anatomy;
  const i = clamp(Math.round(f.s) - c.s0, 1, c.wallX.length - 2);
  const x = c.wallX[i]! + (side === 'left' ? lateral : -lateral);
  // Square to the wall at the root's height.
  const ty = c.wallY[i + 1]! - c.wallY[i - 1]!;
  const tz = c.wallZ[i + 1]! - c.wallZ[i - 1]!;
  const tl = Math.hypot(ty, tz);
  const [upY, upZ] = [ty / tl, tz / tl];
  const [backY, backZ] = [upZ, -upY];
  const depth = knownRootDepth(lateral);
  const at = (up: number, back: number): [number, number, number] => [
    x,
    c.wallY[i]! + backY * (depth + back) + upY * up,
    c.wallZ[i]! + backZ * (depth + back) + upZ * up,
  ];
  const plane: Plane = {
    origin: at(HALF * STEP_MM, -HALF * STEP_MM),
    du: [0, backY * STEP_MM, backZ * STEP_MM],
    dv: [0, -upY * STEP_MM, -upZ * STEP_MM],
    width: 2 * HALF + 1,
    height: 2 * HALF + 1,
  };
  const { tissue } = rasterise(anatomy, plane);
  const here = (u: number, v: number): number => tissue[v * plane.width + u]!;
  if (here(HALF, HALF) !== TISSUE.root) return null;
  const run = (du: number, dv: number): number => {
    const lengths: number[] = [];
    // Rays side by side over the root's middle half.
    const half = Math.round((0.5 * f.spec[side].rootMm[du !== 0 ? 1 : 0]) / STEP_MM);
    for (let off = -half; off <= half; off++) {
      let n = 0;
      let seen = 0;
      for (let t = 1; t < HALF; t++) {
        const kind = here(HALF + du * t + (dv !== 0 ? off : 0), HALF + dv * t + (du !== 0 ? off : 0));
        if (kind === TISSUE.root && seen === 0) continue;
        seen++;
        if (kind !== TISSUE.epiduralFat && kind !== TISSUE.subcutaneousFat) break;
        n++;
      }
      lengths.push(n * STEP_MM);
    }
    lengths.sort((a, b) => a - b);
    return lengths[lengths.length >> 1] ?? 0;
  };
  const [rd, rs] = f.spec[side].rootMm;
  let ring = 0;
  let fat = 0;
  for (let v = -HALF; v <= HALF; v++) {
    for (let u = -HALF; u <= HALF; u++) {
      const [a, b] = [u * STEP_MM, v * STEP_MM];
      const q = Math.hypot(a / rd, b / rs);
      if (q < 1 || Math.hypot(a, b) * (1 - 1 / q) > RING_MM) continue;
      ring++;
      const kind = here(HALF + u, HALF + v);
      if (kind === TISSUE.epiduralFat || kind === TISSUE.subcutaneousFat) fat++;
    }
  }
  return { share: fat / ring, front: run(-1, 0), behind: run(1, 0), above: run(0, -1), below: run(0, 1) };
}
