import { type DiscLevel, vertebraAbove } from '@foramen/spine';
import { STEP_MM } from './centreline.ts';
import { CORD_ID, type SpineInstances } from './instances.ts';

/**
 * Usual height of the conus tip in adults, as discs counted from L5-S1 = 0: the lower third of L1 lies at 4.3, and 97 %
 * lie between the middle of T12 and the upper third of L3 (Saifuddin 1998, Spine 23:1452, 504 adults).
 */
export const CONUS_PRIOR = { mean: 4.3, sd: 0.75 } as const;

/** Smallest cord that is taken for a cord and not for a bundle of roots, mm of length. */
const SHORTEST_CORD_MM = 15;

/** Sample of the centreline beside the tip of the cord, or null when no cord ends inside the picture. */
export function conusSample(s: SpineInstances): number | null {
  const { width, height, depth } = s.field;
  let top = Number.POSITIVE_INFINITY;
  let bottom = -1;
  const perSample = new Map<number, number>();
  for (let z = 0, i = 0; z < depth; z++) {
    for (let at = 0; at < width * height; at++, i++) {
      if (s.labels[i] !== CORD_ID) continue;
      const k = s.frame.along[at] as number;
      perSample.set(k, (perSample.get(k) ?? 0) + 1);
    }
  }
  for (const [k, n] of perSample) {
    if (n < 2) continue;
    if (k < top) top = k;
    if (k > bottom) bottom = k;
  }
  if (bottom < 0 || (bottom - top) * STEP_MM < SHORTEST_CORD_MM) return null;
  if (bottom >= s.line.x.length - 2) return null;
  return bottom;
}

/** Position of a centreline sample in discs from below: 0 at L5-S1, 1 at L4-L5; null outside the discs seen. */
export function discCoordinate(
  sample: number,
  discsFromBelow: readonly { readonly from: number; readonly to: number }[],
): number | null {
  const centres = discsFromBelow.map((d) => (d.from + d.to) / 2);
  for (let k = 0; k + 1 < centres.length; k++) {
    const low = centres[k] as number;
    const high = centres[k + 1] as number;
    if (sample <= low && sample >= high) return k + (low - sample) / (low - high);
  }
  return null;
}

/** How common five, six and four lumbar vertebrae are (transitional anatomy about one in ten; Carrino 2011 and others). */
const COUNT_PRIOR: readonly (readonly [number, number])[] = [
  [5, 0.9],
  [6, 0.06],
  [4, 0.04],
];

/**
 * Probability of five, six and four lumbar vertebrae given where the cord ends: counting from the sacrum, a sixth lumbar
 * vertebra moves the conus up by a level. One landmark moves the odds, it does not settle them.
 */
export function conusEvidence(
  sample: number,
  discsFromBelow: readonly { readonly from: number; readonly to: number }[],
  first = 0,
): { readonly five: number; readonly six: number; readonly four: number; readonly text: string } | null {
  const at = discCoordinate(sample, discsFromBelow);
  if (at === null) return null;
  const weights = COUNT_PRIOR.map(([count, prior]) => {
    const z = (at + first - (CONUS_PRIOR.mean + count - 5)) / CONUS_PRIOR.sd;
    return prior * Math.exp(-0.5 * z * z);
  });
  const total = weights.reduce((x, y) => x + y, 0);
  // Further away than any count explains: the cord was not followed to its end, or it is tethered.
  if (total < 1e-3) {
    return { five: 0.6, six: 0.2, four: 0.2, text: 'the cord ends where no usual numbering puts it' };
  }
  const [five = 0, six = 0, four = 0] = weights.map((w) => w / total);
  return {
    five,
    six,
    four,
    text:
      five > 0.8
        ? 'the conus ends where it usually does under this numbering'
        : `the conus ends ${six > four ? 'higher' : 'lower'} than usual under this numbering`,
  };
}

/** Name of the vertebra or disc beside the conus tip, as `L1` or `L1-L2`. */
export function conusName(
  sample: number,
  discsFromBelow: readonly { readonly level: DiscLevel; readonly from: number; readonly to: number }[],
): string | null {
  for (let k = 0; k < discsFromBelow.length; k++) {
    const d = discsFromBelow[k] as { level: DiscLevel; from: number; to: number };
    const { level } = d;
    if (sample >= d.from && sample < d.to) return level;
    const next = discsFromBelow[k + 1];
    if (sample < d.from && (next === undefined ? sample > d.from - 40 / STEP_MM : sample >= next.to))
      return vertebraAbove(level);
  }
  return null;
}
