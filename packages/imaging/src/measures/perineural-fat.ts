import type { Side } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import { posteriorSampler } from './foramen.ts';
import { add, along, type Point, times } from './geometry.ts';
import type { RootSite } from './root-site.ts';
import { csfSignal, type SignalAt } from './signal.ts';

type FatSide = 'front' | 'behind' | 'above' | 'below';
const FAT_SIDES: readonly FatSide[] = ['front', 'behind', 'above', 'below'];
type Weighting = 'T1' | 'T2';

/** A sagittal picture on which fat is bright. */
export interface FatPicture {
  readonly weighting: Weighting;
  readonly at: SignalAt;
}

/** Fat around the exiting root, on the sagittal slice of its pedicle. */
interface PerineuralFat {
  readonly side: Side;
  readonly slice: number;
  readonly weightings: readonly Weighting[];
  /** Share of fat in what lies within 3 mm of the root, 0 to 1, and its standard error. */
  readonly share: number;
  readonly error: number;
  /** Probability that no fat is left in front of and behind the root, and above and below it. */
  readonly lost: { readonly across: number; readonly along: number };
  /** Probability that the root has lost its shape where no fat is left around it; null where the picture does not tell (T1). */
  readonly flattened: number | null;
}
export type FatAnswer = PerineuralFat | { readonly abstained: string };

/** Thicker slices mix root, fat and bone; larger pixels hide a millimetre of fat. */
const THICKEST_MM = 5;
const LARGEST_PIXEL_MM = 1.2;
/**
 * The greater of both opposing sides' thickness at which fat is as likely there as not, and over which that turns: fitted on 40 synthetic people
 * (T1 and T2, slices of 3 to 4.5 mm), whose truth counts less than 1 mm of fat as none.
 */
const LOST_MM = { T1: { across: 1.6, along: 1.75 }, T2: { across: 1.9, along: 2.25 } } as const;
const LOST_WIDTH_MM = 0.35;
/** Area of a root on T2 at which it is as likely pressed flat as not, and over which that turns, mm². */
const FLAT_MM2 = 22;
const FLAT_WIDTH_MM2 = 3.5;
/** Bright and dark are taken this far around the foramen, mm above and below, and in front and behind. */
const WINDOW_MM = { tall: 30, front: 3, back: 25 } as const;
const [DARK, BRIGHT] = [0.05, 0.93];
/** Fat less bright than so many times the darkest tenth does not stand out. */
const LEAST_CONTRAST = 2.5;
/**
 * Fat that is less bright than this share of fluid (T2), or than so many times the disc beside it (T1), is suppressed or no fat at all: of
 * synthetic T2 and T1 series 95 % lie above, of STIR, fat-suppressed and water pictures 95 % below.
 */
const LEAST_OVER_FLUID = 0.5;
const LEAST_OVER_DISC = 2.3;
/** Spread of the root's place front to back, mm, and how much brighter than usual it may be. */
const ACROSS_SD_MM = 1.2;
const BRIGHTER_SD = 0.2;
/** A root's usual brightness, 0 dark to 1 fat. */
const ROOT_BRIGHT = { T1: 0.17, T2: 0.5 } as const;
/** Half of a root with its ganglion, a little less than usual, so that its edge counts as outside; mm. */
const HALF = { across: 2, along: 2.5 } as const;
/** Fat is looked for so far from the root's edge, mm. */
const REACH_MM = 4;
const RING_MM = 3;
const FAN_DEG = [-30, -15, 0, 15, 30] as const;
const TOWARD: Readonly<Record<FatSide, Point>> = {
  front: [-1, 0],
  behind: [1, 0],
  above: [0, 1],
  below: [0, -1],
};

/** One weighting's look at one foramen, before anything is judged. */
interface FatLook {
  readonly weighting: Weighting;
  /** Brightness (0 dark, 1 fat) summed along the way from the root to bone, mm. */
  readonly thicknessMm: Readonly<Record<FatSide, number>>;
  readonly share: number;
  /** Area of what is brighter than half between root and surroundings, mm². */
  readonly rootAreaMm2: number;
}

const STEP = 0.5;
const N = 64;

/** The picture around a foramen: brightness and bone every half millimetre, first index towards the back, second upward. */
interface Patch {
  readonly bright: Float32Array;
  readonly bone: Uint8Array;
}
const index = (a: number, b: number): number => {
  const i = Math.round(a / STEP + N / 2);
  const j = Math.round(b / STEP + N / 2);
  return i < 1 || j < 1 || i >= N - 1 || j >= N - 1 ? -1 : j * N + i;
};

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

/** Whether what is brightest beside the foramen is as bright as fat must be on such a picture. */
function suppressed(s: SpineInstances, f: RootSite, { weighting, at }: FatPicture, high: number): boolean {
  if (weighting === 'T2') {
    const fluid = csfSignal(s, at, f.midSlice, f.at);
    return fluid === null || high < LEAST_OVER_FLUID * fluid;
  }
  const { frame } = f;
  const disc: number[] = [];
  for (let t = -0.4; t <= 0.4; t += 0.05) {
    const p = along(frame.centre, frame.posterior, t * frame.depthMm);
    const v = (frame.disc?.(p) ?? 0) > 0.7 ? at(p, f.slice) : null;
    if (v !== null) disc.push(v);
  }
  disc.sort((a, b) => a - b);
  return disc.length > 4 && high < LEAST_OVER_DISC * quantile(disc, 0.5);
}

function patchOf(
  s: SpineInstances,
  f: RootSite,
  picture: FatPicture,
): Patch | { readonly abstained: string } {
  const { at } = picture;
  const { frame } = f;
  const arch = posteriorSampler(s, f.slice, frame.posteriorMiddle);
  const place = (a: number, b: number): Point =>
    add(along(f.at, frame.posterior, a), times(frame.superior, b));
  const around: number[] = [];
  for (let b = -WINDOW_MM.tall; b <= WINDOW_MM.tall; b += 1.5) {
    for (let a = -WINDOW_MM.front; a <= WINDOW_MM.back; a += 1.5) {
      const p = place(a, b);
      const v = at(p, f.slice);
      if (v === null) continue;
      const body = Math.max(frame.upperBody?.(p) ?? 0, frame.lowerBody?.(p) ?? 0);
      if (body < 0.3 && arch(p) < 0.3) around.push(v);
    }
  }
  if (around.length < 150) return { abstained: 'the foramen lies at the edge of the picture' };
  around.sort((x, y) => x - y);
  const [low, high] = [quantile(around, DARK), quantile(around, BRIGHT)];
  if (high < LEAST_CONTRAST * Math.max(low, 1e-6))
    return { abstained: 'no fat stands out beside the foramen' };
  if (suppressed(s, f, picture, high))
    return {
      abstained: 'fat is not as bright as it is without suppression: it cannot be told from other tissue',
    };
  const bright = new Float32Array(N * N);
  const bone = new Uint8Array(N * N);
  for (let j = 0; j < N; j++) {
    for (let i = 0; i < N; i++) {
      const p = place((i - N / 2) * STEP, (j - N / 2) * STEP);
      const v = at(p, f.slice) ?? low;
      bright[j * N + i] = Math.min(1.3, Math.max(0, (v - low) / (high - low)));
      const solid =
        arch(p) >= 0.5 || (frame.upperBody?.(p) ?? 0) >= 0.5 || (frame.lowerBody?.(p) ?? 0) >= 0.5;
      bone[j * N + i] = solid ? 1 : 0;
    }
  }
  return { bright, bone };
}

/** Brightness along a fan of ways towards one side, up to bone; the middle one of the fan, mm. */
function thickness(p: Patch, a: number, b: number, side: FatSide): number {
  const [x, y] = TOWARD[side];
  const edge = x !== 0 ? HALF.across : HALF.along;
  const ways = FAN_DEG.map((deg) => {
    const [c, s] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
    let sum = 0;
    for (let t = edge; t < edge + REACH_MM; t += 0.4) {
      const at = index(a + (x * c - y * s) * t, b + (x * s + y * c) * t);
      if (at < 0 || p.bone[at]) break;
      sum += 0.4 * (p.bright[at] as number);
    }
    return sum;
  }).sort((m, n) => m - n);
  return ways[2] as number;
}

/** Share of the ring around a root that is as bright as fat. */
function ringShare(p: Patch, a: number, b: number): number {
  let fat = 0;
  let all = 0;
  for (let y = -HALF.along - 1 - RING_MM; y <= HALF.along + 1 + RING_MM; y += STEP) {
    for (let x = -HALF.across - 1 - RING_MM; x <= HALF.across + 1 + RING_MM; x += STEP) {
      const q = Math.hypot(x / (HALF.across + 0.5), y / (HALF.along + 0.5));
      if (q < 1 || Math.hypot(x, y) * (1 - 1 / q) > RING_MM) continue;
      all++;
      const at = index(a + x, b + y);
      if (at >= 0 && !p.bone[at]) fat += Math.min(1, Math.max(0, ((p.bright[at] as number) - 0.3) / 0.5));
    }
  }
  return fat / all;
}

/** Area brighter than half between the brightest spot near the root's place and its surroundings. */
function blobMm2(p: Patch, a: number, b: number): number {
  const mean = (k: number): number =>
    [0, 1, -1, N, -N].reduce((sum, d) => sum + (p.bright[k + d] as number), 0) / 5;
  const all: number[] = [];
  let best = -1;
  let peak = 0;
  let start = -1;
  for (let y = -4; y <= 4; y += STEP) {
    for (let x = -3.5; x <= 3.5; x += STEP) {
      const k = index(a + x, b + y);
      if (k < 0 || p.bone[k]) continue;
      all.push(p.bright[k] as number);
      const m = mean(k);
      const likely = m * Math.exp(-(x * x) / 8 - (y * y) / 18);
      if (likely > best) [best, peak, start] = [likely, m, k];
    }
  }
  if (start < 0) return 0;
  all.sort((m, n) => m - n);
  const half = (quantile(all, 0.15) + peak) / 2;
  const seen = new Set([start]);
  const open = [start];
  for (let k = open.pop(); k !== undefined; k = open.pop()) {
    for (const d of [1, -1, N, -N]) {
      const next = k + d;
      const dx = ((next % N) - (start % N)) * STEP;
      const dy = (Math.floor(next / N) - Math.floor(start / N)) * STEP;
      if (seen.has(next) || p.bone[next] || (p.bright[next] ?? 0) < half || dx * dx + dy * dy > 25) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen.size * STEP * STEP;
}

/**
 * What one picture shows around the root. The root is not outlined: it lies under the upper pedicle, and every place it may have there is
 * looked at with the weight of its likelihood; a bright place is fat rather than root.
 */
function lookAtFat(
  s: SpineInstances,
  site: RootSite,
  picture: FatPicture,
): FatLook | { readonly abstained: string } {
  const patch = patchOf(s, site, picture);
  if ('abstained' in patch) return patch;
  const usual = ROOT_BRIGHT[picture.weighting];
  let weight = 0;
  let [a0, b0] = [0, 0];
  const sum = { front: 0, behind: 0, above: 0, below: 0 };
  for (let b = -6; b <= 6; b += STEP) {
    for (let a = -3; a <= 3; a += STEP) {
      const core = coreBrightness(patch, a, b);
      if (core === null) continue;
      const w = Math.exp(
        -(a * a) / (2 * ACROSS_SD_MM ** 2) -
          (b * b) / (2 * site.sdMm ** 2) -
          Math.max(0, core - usual) ** 2 / (2 * BRIGHTER_SD ** 2),
      );
      weight += w;
      a0 += w * a;
      b0 += w * b;
      for (const side of FAT_SIDES) sum[side] += w * thickness(patch, a, b, side);
    }
  }
  if (weight < 1e-6) return { abstained: 'the foramen is too narrow on its slice to tell its root' };
  const [a, b] = [a0 / weight, b0 / weight];
  return {
    weighting: picture.weighting,
    thicknessMm: {
      front: sum.front / weight,
      behind: sum.behind / weight,
      above: sum.above / weight,
      below: sum.below / weight,
    },
    share: ringShare(patch, a, b),
    rootAreaMm2: blobMm2(patch, a, b),
  };
}

/** Mean brightness where a root's middle would lie; null where that is bone. */
function coreBrightness(p: Patch, a: number, b: number): number | null {
  let sum = 0;
  let open = 0;
  let all = 0;
  for (let y = -2; y <= 2; y += STEP) {
    for (let x = -1.5; x <= 1.5; x += STEP) {
      if ((x / 1.7) ** 2 + (y / 2.2) ** 2 > 1) continue;
      all++;
      const k = index(a + x, b + y);
      if (k < 0 || p.bone[k]) continue;
      open++;
      sum += p.bright[k] as number;
    }
  }
  return open < 0.7 * all ? null : sum / open;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Standard error of the share: place of the root, slice thickness, reference brightness. */
const SHARE_SD = 0.12;

/**
 * Fat around an exiting root (perineural fat as Lee 2010, AJR 194:1095, reads it), from one or both weightings of one frame of reference. Abstains
 * with the reason where slices are too thick, pixels too large, or fat does not stand out.
 */
export function perineuralFat(s: SpineInstances, site: RootSite, pictures: readonly FatPicture[]): FatAnswer {
  const { pixelMm, sliceMm } = s.field;
  if (sliceMm > THICKEST_MM)
    return {
      abstained: `needs sagittal slices at most ${THICKEST_MM} mm apart: these mix root, fat and bone`,
    };
  if (Math.max(...pixelMm) > LARGEST_PIXEL_MM)
    return { abstained: 'the pixels are too large to show a millimetre of fat' };
  if (pictures.length === 0)
    return { abstained: 'needs sagittal T1- or T2-weighted slices without fat suppression' };
  const answers = pictures.map((picture) => lookAtFat(s, site, picture));
  const looks = answers.filter((a): a is FatLook => !('abstained' in a));
  if (looks.length === 0) {
    const first = answers[0];
    return { abstained: first && 'abstained' in first ? first.abstained : 'fat was not seen' };
  }
  const mean = (of: (l: FatLook) => number): number =>
    looks.reduce((sum, l) => sum + of(l), 0) / looks.length;
  const lost = (axis: 'across' | 'along', one: FatSide, other: FatSide): number =>
    logistic(
      mean((l) => LOST_MM[l.weighting][axis] - Math.max(l.thicknessMm[one], l.thicknessMm[other])) /
        LOST_WIDTH_MM,
    );
  const t2 = looks.find((l) => l.weighting === 'T2');
  return {
    side: site.side,
    slice: site.slice,
    weightings: looks.map((l) => l.weighting),
    share: mean((l) => l.share),
    error: SHARE_SD,
    lost: { across: lost('across', 'front', 'behind'), along: lost('along', 'above', 'below') },
    flattened: t2 ? logistic((FLAT_MM2 - t2.rootAreaMm2) / FLAT_WIDTH_MM2) : null,
  };
}
