import {
  type Affine,
  type DiscLevel,
  invertAffine,
  type LabelVolume,
  perAxis,
  VERTEBRA_LABEL,
  type Vec3,
  type Volume,
  vertebraAbove,
  vertebraBelow,
  voxelToLps,
} from '@foramen/spine';
import { affineColumn } from '../volumes/orientation.ts';
import { type BodiesOnMap, type BodyOnMap, bodiesOnMap } from './bodies.ts';
import { compose, nudge, rigidFit } from './rigid.ts';

/** A canonical sagittal series of one study and its label map on the same grid. */
export interface StudyPicture {
  readonly volume: Volume;
  readonly labels: LabelVolume;
}

/** How one vertebra lies in the earlier study. */
interface VertebraAlignment {
  /** Label of the vertebra in the later study. */
  readonly label: number;
  /** Carries LPS millimetres of the later study to those of the earlier one; rigid. */
  readonly toEarlier: Affine;
  /** Middle of the body in the later study, LPS mm. */
  readonly centre: Vec3;
  /** Overlap (Dice) of the body's outlines once aligned. */
  readonly overlap: number;
}

export interface StudyAlignment {
  /** From the head down. */
  readonly vertebrae: readonly VertebraAlignment[];
  /** Vertebrae that could not be laid over each other, and why. */
  readonly limits: readonly string[];
}

interface AlignOptions {
  /** Discs that are the same one, [earlier name, later name]; by default those of one name. */
  readonly pairs?: readonly (readonly [DiscLevel, DiscLevel])[];
  /** Only the vertebrae beside this disc of the later study. */
  readonly only?: DiscLevel;
  /** False when the pictures have different weighting: then outlines alone decide. */
  readonly sameContrast?: boolean;
}

/** Body outlines that agree less than this once aligned are not one vertebra, or one of them is badly outlined. */
const LEAST_OVERLAP = 0.6;
const MARGIN_MM = 6;
const SAMPLE_MM = 1.6;

/**
 * Lays an earlier study over a later one, vertebra by vertebra: the patient never lies the same way twice, but a vertebra keeps its
 * shape. A first rigid motion comes from landmarks of all vertebrae together (Kabsch); then each vertebra is moved until body outlines
 * overlap best and, with equal weighting, the pictures around it correlate best. Both pictures must be canonical sagittal volumes.
 */
export function alignStudies(
  earlier: StudyPicture,
  later: StudyPicture,
  options: AlignOptions = {},
): StudyAlignment {
  const before = bodiesOnMap(earlier.labels);
  const after = bodiesOnMap(later.labels);
  const partner = partners(before, after, options.pairs);
  const first = firstFit(before, after, partner);
  if (first === null) {
    return { vertebrae: [], limits: ['fewer than two vertebrae are outlined in both studies'] };
  }
  const wanted =
    options.only === undefined
      ? null
      : new Set([vertebraAbove(options.only), vertebraBelow(options.only)].map((v) => VERTEBRA_LABEL[v]));
  const vertebrae: VertebraAlignment[] = [];
  const limits: string[] = [];
  for (const [label, body] of after.bodies) {
    const other = partner.get(label);
    if (other === undefined || !before.bodies.has(other)) continue;
    if (wanted !== null && !wanted.has(label)) continue;
    const fitted = settle(earlier, later, before.mask, after.mask, body, other, first, options);
    if (fitted.overlap >= LEAST_OVERLAP) {
      vertebrae.push({ label, centre: body.centre, ...fitted });
    } else {
      limits.push(
        `${nameOf(label)} does not fit its outline in the earlier study (overlap ${fitted.overlap.toFixed(2)})`,
      );
    }
  }
  vertebrae.sort((a, b) => b.centre[2] - a.centre[2]);
  return { vertebrae, limits };
}

function nameOf(label: number): string {
  return Object.entries(VERTEBRA_LABEL).find(([, value]) => value === label)?.[0] ?? `label ${label}`;
}

/** Earlier label of each later body. */
function partners(
  before: BodiesOnMap,
  after: BodiesOnMap,
  pairs: AlignOptions['pairs'],
): Map<number, number> {
  const out = new Map<number, number>();
  if (pairs === undefined) {
    for (const label of after.bodies.keys()) if (before.bodies.has(label)) out.set(label, label);
    return out;
  }
  for (const [a, b] of pairs) {
    for (const side of [vertebraAbove, vertebraBelow]) {
      const from = VERTEBRA_LABEL[side(b)];
      const to = VERTEBRA_LABEL[side(a)];
      if (from !== undefined && to !== undefined) out.set(from, to);
    }
  }
  return out;
}

function firstFit(
  before: BodiesOnMap,
  after: BodiesOnMap,
  partner: ReadonlyMap<number, number>,
): Affine | null {
  const from: Vec3[] = [];
  const to: Vec3[] = [];
  const take = (a: Vec3 | undefined, b: Vec3 | undefined): void => {
    if (!a || !b) return;
    from.push(a);
    to.push(b);
  };
  let bodies = 0;
  let renamed = false;
  for (const [later, earlier] of partner) {
    if (later !== earlier) renamed = true;
    if (!after.bodies.has(later) || !before.bodies.has(earlier)) continue;
    // The sacrum's centre depends on how much of it is in view.
    if (later !== VERTEBRA_LABEL.S1) take(after.landmarks.get(later), before.landmarks.get(earlier));
    take(after.landmarks.get(-later), before.landmarks.get(-earlier));
    bodies++;
  }
  if (bodies < 2) return null;
  if (!renamed) {
    for (const [key, point] of after.landmarks) {
      if (key > 0 && !after.bodies.has(key)) take(point, before.landmarks.get(key));
    }
  }
  return rigidFit(from, to);
}

interface Fitted {
  readonly toEarlier: Affine;
  readonly overlap: number;
}

/** Moves one vertebra from the common fit to where it fits best, by a search along each of its six degrees of freedom. */
function settle(
  earlier: StudyPicture,
  later: StudyPicture,
  earlierMask: Uint8Array,
  laterMask: Uint8Array,
  body: BodyOnMap,
  other: number,
  first: Affine,
  options: AlignOptions,
): Fitted {
  const samples = samplesAround(later, laterMask, body);
  const toVoxel = invertAffine(earlier.volume.ijkToLps);
  const axes = perAxis((n) => affineColumn(later.volume.ijkToLps, n).unit);
  const flat = later.volume.size[2] < 3 || earlier.volume.size[2] < 3;
  const free = flat ? [0, 1, 5] : [0, 1, 2, 3, 4, 5];
  const useSignal = options.sameContrast !== false;
  const motion = (x: readonly number[]): Affine =>
    compose(
      first,
      nudge(
        axes,
        body.centre,
        [x[0] as number, x[1] as number, x[2] as number],
        [x[3] as number, x[4] as number, x[5] as number],
      ),
    );
  const score = (x: readonly number[]): number => {
    const fit = compare(samples, earlier.volume, earlierMask, other, compose(toVoxel, motion(x)));
    const strain = x.reduce((sum, v) => sum + v * v, 0) * 2e-4;
    return fit.overlap + (useSignal ? 0.5 * fit.correlation : 0) - strain;
  };
  const x = [0, 0, 0, 0, 0, 0];
  let best = score(x);
  for (const step of [3, 1.5, 0.75, 0.4, 0.2]) {
    for (let round = 0; round < 6; round++) {
      let moved = false;
      for (const n of free) {
        for (const sign of [1, -1]) {
          const was = x[n] as number;
          x[n] = was + sign * step;
          const value = score(x);
          if (value > best + 1e-6) {
            best = value;
            moved = true;
            break;
          }
          x[n] = was;
        }
      }
      if (!moved) break;
    }
  }
  const toEarlier = motion(x);
  const { overlap } = compare(samples, earlier.volume, earlierMask, other, compose(toVoxel, toEarlier));
  return { toEarlier, overlap };
}

interface Samples {
  /** LPS positions, three numbers a sample. */
  readonly at: Float32Array;
  readonly inside: Uint8Array;
  readonly signal: Float32Array;
}

function samplesAround({ volume }: StudyPicture, mask: Uint8Array, body: BodyOnMap): Samples {
  const [w, h, depth] = volume.size;
  const margin = [0, 1].map((n) => Math.ceil(MARGIN_MM / (volume.spacing[n] as number))) as [number, number];
  const step = [0, 1].map((n) => Math.max(1, Math.round(SAMPLE_MM / (volume.spacing[n] as number)))) as [
    number,
    number,
  ];
  const [i0, j0, k0, i1, j1, k1] = body.box;
  const at: number[] = [];
  const inside: number[] = [];
  const signal: number[] = [];
  const strideK = Math.max(1, Math.floor(2 / volume.spacing[2]));
  for (let k = Math.max(0, k0 - 1); k < Math.min(depth, k1 + 1); k += strideK) {
    for (let j = Math.max(0, j0 - margin[1]); j < Math.min(h, j1 + margin[1]); j += step[1]) {
      for (let i = Math.max(0, i0 - margin[0]); i < Math.min(w, i1 + margin[0]); i += step[0]) {
        const n = i + w * (j + h * k);
        at.push(...voxelToLps(volume.ijkToLps, i, j, k));
        inside.push(mask[n] === body.label ? 1 : 0);
        signal.push(volume.data[n] as number);
      }
    }
  }
  return {
    at: Float32Array.from(at),
    inside: Uint8Array.from(inside),
    signal: Float32Array.from(signal),
  };
}

/** Overlap of the body and correlation of the signal for one placing; `m` carries LPS of the later study to earlier voxels. */
function compare(
  { at, inside, signal }: Samples,
  volume: Volume,
  mask: Uint8Array,
  label: number,
  m: Affine,
): { overlap: number; correlation: number } {
  const [w, h, depth] = volume.size;
  const { data } = volume;
  let both = 0;
  let a = 0;
  let b = 0;
  let n = 0;
  let su = 0;
  let sv = 0;
  let suu = 0;
  let svv = 0;
  let suv = 0;
  for (let s = 0, p = 0; s < inside.length; s++, p += 3) {
    const x = at[p] as number;
    const y = at[p + 1] as number;
    const z = at[p + 2] as number;
    b += inside[s] as number;
    const i = m[0] * x + m[1] * y + m[2] * z + m[3];
    const j = m[4] * x + m[5] * y + m[6] * z + m[7];
    const k = m[8] * x + m[9] * y + m[10] * z + m[11];
    if (i < 0 || j < 0 || i > w - 1 || j > h - 1 || k < -0.5 || k > depth - 0.5) continue;
    const i0 = Math.min(w - 2, Math.floor(i));
    const j0 = Math.min(h - 2, Math.floor(j));
    const k0 = Math.max(0, Math.min(depth - 1, Math.floor(k)));
    const k1 = Math.min(depth - 1, k0 + 1);
    const e = i - i0;
    const f = j - j0;
    const g = Math.max(0, Math.min(1, k - k0));
    let occupied = 0;
    let value = 0;
    for (const [kk, wk] of [
      [k0, 1 - g],
      [k1, g],
    ] as const) {
      if (wk === 0) continue;
      const o = i0 + w * (j0 + h * kk);
      const w00 = (1 - e) * (1 - f) * wk;
      const w10 = e * (1 - f) * wk;
      const w01 = (1 - e) * f * wk;
      const w11 = e * f * wk;
      if (mask[o] === label) occupied += w00;
      if (mask[o + 1] === label) occupied += w10;
      if (mask[o + w] === label) occupied += w01;
      if (mask[o + w + 1] === label) occupied += w11;
      value +=
        w00 * (data[o] as number) +
        w10 * (data[o + 1] as number) +
        w01 * (data[o + w] as number) +
        w11 * (data[o + w + 1] as number);
    }
    a += occupied;
    if (inside[s]) both += occupied;
    const v = signal[s] as number;
    n++;
    su += value;
    sv += v;
    suu += value * value;
    svv += v * v;
    suv += value * v;
  }
  const spread = (n * suu - su * su) * (n * svv - sv * sv);
  return {
    overlap: a + b > 0 ? (2 * both) / (a + b) : 0,
    // Too little of the region in the earlier picture says nothing about how alike they are.
    correlation: n > 0.5 * inside.length && spread > 0 ? (n * suv - su * sv) / Math.sqrt(spread) : 0,
  };
}
