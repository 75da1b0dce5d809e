import { invertAffine, type Side, type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import { median } from '../levels/smoothing.ts';

/** A point of the posterior corner line with the direction to the back, LPS mm. */
export interface LinePoint {
  /** From the middle of the sac, positive to the patient's left. */
  readonly leftMm: number;
  readonly at: Vec3;
  readonly back: Vec3;
}

/** Tissue behind the posterior corner line in the lateral recesses, on axial slices. */
export interface AxialFront {
  /** Axial slices that cut the disc. */
  readonly slices: number;
  readonly displacedMm: Readonly<Partial<Record<Side, number>>>;
}

const STEP_MM = 0.35;
const REACH_MM = 12;
/** Brightness has to last this long to be fat or fluid and not a vein or noise, mm. */
const LASTS_MM = 1;
/** Posterior ligament and dura are as dark as the disc, and the edge is blurred, mm. */
const LIGAMENT_MM = 1.5;
/** Half width of the strip in which the root runs, mm. */
const STRIP_MM = 3;
/** An axial slice further than this from the line cuts something else, mm. */
const OFF_PLANE_MM = 1.2;

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const plus = (a: Vec3, b: Vec3, k: number): Vec3 => [a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]];

/**
 * Looks from the posterior corner line (known from the sagittal series) backwards on each axial T2 slice that cuts the disc: disc, ligament
 * and herniated tissue are dark, epidural fat and fluid bright, so the first lasting brightness tells how far tissue reaches. Null when no slice cuts
 * the disc or fluid and annulus do not differ.
 *
 * @param lines points of the corner line: for each sagittal slice those along the height of the disc space
 * @param sac middle of the sac at the disc
 */
export function axialFront(
  axial: Volume,
  lines: readonly (readonly LinePoint[])[],
  sac: Vec3,
  sacHalfMm: number,
): AxialFront | null {
  const inverse = invertAffine(axial.ijkToLps);
  const a = axial.ijkToLps;
  const column: Vec3 = [a[2], a[6], a[10]];
  const length = Math.hypot(...column);
  const normal: Vec3 = [column[0] / length, column[1] / length, column[2] / length];
  const [w, h, depth] = axial.size;
  const at = (p: Vec3, k: number): number | null => {
    const [i, j] = voxelToLps(inverse, p[0], p[1], p[2]);
    const x = Math.floor(i);
    const y = Math.floor(j);
    if (x < 0 || y < 0 || x + 1 >= w || y + 1 >= h) return null;
    const [f, g] = [i - x, j - y];
    const n = x + w * (y + h * k);
    const d = axial.data;
    return (
      (1 - g) * ((1 - f) * (d[n] as number) + f * (d[n + 1] as number)) +
      g * ((1 - f) * (d[n + w] as number) + f * (d[n + w + 1] as number))
    );
  };
  const deepest: Record<Side, number[]> = { left: [], right: [] };
  let slices = 0;
  for (let k = 0; k < depth; k++) {
    const onPlane = voxelToLps(axial.ijkToLps, 0, 0, k);
    const off = (p: Vec3): number => dot(plus(p, onPlane, -1), normal);
    const nearest = lines
      .flatMap((points): (LinePoint & { readonly off: number })[] => {
        const best = points
          .map((p) => ({ ...p, off: off(p.at) }))
          .reduce<(LinePoint & { readonly off: number }) | null>(
            (x, y) => (x === null || Math.abs(y.off) < Math.abs(x.off) ? y : x),
            null,
          );
        return best && Math.abs(best.off) <= OFF_PLANE_MM ? [best] : [];
      })
      .sort((p, q) => p.leftMm - q.leftMm);
    if (nearest.length < 3) continue;
    const centre = plus(sac, normal, -off(sac));
    const threshold = between(nearest, centre, k, at);
    if (threshold === null) continue;
    slices++;
    for (const side of ['left', 'right'] as const) {
      const sign = side === 'left' ? 1 : -1;
      const reach: number[] = [];
      let asked = 0;
      for (let x = sacHalfMm - STRIP_MM; x <= sacHalfMm + STRIP_MM; x += 0.7) {
        const line = lineAt(nearest, sign * x);
        const dark = line && darkUntil(line, k, threshold, at);
        if (line) asked++;
        if (dark !== null) reach.push(dark);
      }
      // Where darkness goes on without end it is a facet, a pedicle or a recess without any fat: nothing is said of it here.
      if (reach.length < 4 || reach.length < 0.6 * asked) continue;
      reach.sort((p, q) => p - q);
      deepest[side].push(Math.max(0, (reach[Math.floor(reach.length * 0.7)] as number) - LIGAMENT_MM));
    }
  }
  if (slices === 0) return null;
  const { left, right } = deepest;
  return {
    slices,
    displacedMm: {
      ...(left.length > 0 ? { left: Math.max(...left) } : {}),
      ...(right.length > 0 ? { right: Math.max(...right) } : {}),
    },
  };
}

/** Brightness half-way between the annulus and the fluid of the slice. */
function between(
  lines: readonly LinePoint[],
  sac: Vec3,
  k: number,
  at: (p: Vec3, k: number) => number | null,
): number | null {
  const dark: number[] = [];
  for (const { at: p, back } of lines)
    for (let t = -3; t <= -0.5; t += 0.5) {
      const v = at(plus(p, back, t), k);
      if (v !== null) dark.push(v);
    }
  const bright: number[] = [];
  for (let x = -4; x <= 4; x++)
    for (let y = -4; y <= 4; y++) {
      const v = at([sac[0] + x, sac[1] + y, sac[2]], k);
      if (v !== null) bright.push(v);
    }
  if (dark.length < 6 || bright.length < 30) return null;
  bright.sort((p, q) => p - q);
  const fluid = bright[Math.floor(bright.length * 0.8)] as number;
  const annulus = median(dark);
  return fluid > 1.6 * annulus ? annulus + 0.45 * (fluid - annulus) : null;
}

/** Between the lines of two sagittal slices, up to half a slice beyond the last. */
function lineAt(lines: readonly LinePoint[], leftMm: number): LinePoint | null {
  for (let n = 0; n + 1 < lines.length; n++) {
    const [p, q] = [lines[n] as LinePoint, lines[n + 1] as LinePoint];
    if (leftMm < p.leftMm || leftMm > q.leftMm) continue;
    const f = (leftMm - p.leftMm) / Math.max(1e-6, q.leftMm - p.leftMm);
    const mix = (a: Vec3, b: Vec3): Vec3 => [
      a[0] + f * (b[0] - a[0]),
      a[1] + f * (b[1] - a[1]),
      a[2] + f * (b[2] - a[2]),
    ];
    return { leftMm, at: mix(p.at, q.at), back: mix(p.back, q.back) };
  }
  return null;
}

/** Distance behind the line at which lasting brightness begins; null when none does. */
function darkUntil(
  line: LinePoint,
  k: number,
  threshold: number,
  at: (p: Vec3, k: number) => number | null,
): number | null {
  let since: number | null = null;
  for (let t = -1; t <= REACH_MM; t += STEP_MM) {
    const v = at(plus(line.at, line.back, t), k);
    if (v !== null && v > threshold) {
      since ??= t;
      if (t - since >= LASTS_MM) return since;
    } else since = null;
  }
  return null;
}
