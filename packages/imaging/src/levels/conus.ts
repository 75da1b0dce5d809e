import { type DiscLevel, vertebraAbove } from '@foramen/spine';
import { STEP_MM } from './centreline.ts';
import { CORD_ID, type SpineInstances } from './instances.ts';

/**
 * Usual height of the conus tip in adults, as discs counted from L5-S1 = 0: the lower third of L1 lies at 4.3, and 97 %
 * lie between the middle of T12 and the upper third of L3 (Saifuddin 1998, Spine 23:1452, 504 adults). Its thin tip is outlined a
 * little short: on 166 real mid-sagittal pictures (SPIDER) the outline ends at 4.7, standard deviation 0.73.
 */
const CONUS_PRIOR = { mean: 4.6, sd: 0.8 } as const;
/** Density, against the peak, of an outline that says nothing of the conus: a slice that leaves the cord early. */
const MISLED = 0.015;
/** Distance from the usual height from which no count explains it well, in standard deviations: a tethered cord, or a level miscounted. */
const ODD = 2.5;

/**
 * Beyond the upper end plate of L3 and the lower one of T11 the conus ends in fewer than three of a hundred adults (Saifuddin 1998): a count that
 * puts it there contradicts itself. As discs from L5-S1 = 0.
 */
const UPPER_L3 = 2.85;
const LOWER_T11 = 6;

/** Smallest cord that is taken for a cord and not for a bundle of roots, mm of length. */
const SHORTEST_CORD_MM = 15;
/** A gap in the cord from which what lies below it is a bundle of roots, mm. */
const LONGEST_GAP_MM = 8;
/** Furthest below the top of the column that a cord may begin, mm: the real one comes from above. */
const LATEST_START_MM = 40;

/**
 * Samples of the centreline beside the tip of the cord, null when no cord ends inside the picture: `upper` where it is first lost, `lower` where it is
 * last seen. They differ where the slice leaves the cord for a stretch, or takes roots below it for more of it.
 */
export function conusEnds(s: SpineInstances): { readonly upper: number; readonly lower: number } | null {
  const { width, height, depth } = s.field;
  const perSample = new Int32Array(s.line.x.length);
  for (let z = 0, i = 0; z < depth; z++) {
    for (let at = 0; at < width * height; at++, i++) {
      if (s.labels[i] !== CORD_ID) continue;
      const k = s.frame.along[at] as number;
      perSample[k] = (perSample[k] as number) + 1;
    }
  }
  const top = perSample.findIndex((n) => n >= 2);
  const column = s.items[0]?.segment.from ?? 0;
  if (top < 0 || (top - column) * STEP_MM > LATEST_START_MM) return null;
  const lower = perSample.findLastIndex((n) => n >= 2);
  if (lower >= perSample.length - 2) return null;
  let upper = top;
  for (let k = top; k <= lower && (k - upper) * STEP_MM <= LONGEST_GAP_MM; k++)
    if ((perSample[k] as number) >= 2) upper = k;
  const long = (end: number) => (end - top) * STEP_MM >= SHORTEST_CORD_MM;
  return long(upper) ? { upper, lower } : long(lower) ? { upper: lower, lower } : null;
}

/** Sample of the centreline beside the tip of the cord, or null when no cord ends inside the picture. */
export const conusSample = (s: SpineInstances): number | null => conusEnds(s)?.lower ?? null;

/** Position of a centreline sample in discs from below: 0 at L5-S1, 1 at L4-L5; null outside the discs seen. */
function discCoordinate(
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
  const off = (count: number) => (at + first - (CONUS_PRIOR.mean + count - 5)) / CONUS_PRIOR.sd;
  const weights = COUNT_PRIOR.map(([count, prior]) => prior * (MISLED + Math.exp(-0.5 * off(count) ** 2)));
  const total = weights.reduce((x, y) => x + y, 0);
  const [share = 0, six = 0, four = 0] = weights.map((w) => w / total);
  const place = at + first;
  const low = place <= UPPER_L3;
  const high = place >= LOWER_T11;
  const five = low || high || Math.abs(off(5)) > ODD ? Math.min(share, 0.65) : share;
  return {
    five,
    six,
    four,
    text:
      low || high
        ? `counted from the sacrum the conus ends ${low ? 'at L3 or below' : 'above T12'}, where it hardly ever does: ${low ? 'a lumbar vertebra fewer' : 'a lumbar vertebra more'} than five, a tethered cord, or a level miscounted`
        : five > 0.8
          ? 'the conus ends where it usually does under this numbering'
          : `the conus ends ${off(5) > 0 ? 'higher' : 'lower'} than usual under this numbering`,
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
