import type { ColumnSegment } from './alternation.ts';
import { STEP_MM } from './centreline.ts';
import { median, smooth } from './smoothing.ts';

/** A body this many times as long as the others may be two, with the disc between them missed. */
const OVERLONG = 1.5;

/** Thickness at which a disc missed by the network is looked for, mm. */
const DISC_MM = 6;
/** Share of disc tissue across the column from which a missed disc is believed, where the spacing of the others asks for one. */
const MODERATE = 0.15;

/** Distance from disc to disc, over the usual one, from which two vertebrae lie between them; people's differ by less than 1.2 (223 pictures). */
const FAR_APART = 1.45;

const length = (s: ColumnSegment) => s.to - s.from;
const centre = (s: ColumnSegment) => (s.from + s.to) / 2;

/** Distance from the disc above a body to the one below it; null at the ends. */
function pitch(segments: readonly ColumnSegment[], i: number): number | null {
  const [above, below] = [segments[i - 1], segments[i + 1]];
  return above?.kind === 'disc' && below?.kind === 'disc' ? centre(below) - centre(above) : null;
}

/**
 * Bodies too long for one vertebra, by the length of the others or by how far the discs beside them lie apart; positions in `segments`.
 * None without three others to go by.
 */
export function overlongBodies(segments: readonly ColumnSegment[]): number[] {
  const bodies = segments.flatMap((s, i) => (s.kind === 'body' ? [i] : []));
  const long = (i: number, of: (k: number) => number | null, limit: number): boolean => {
    const own = of(i);
    const others = bodies.flatMap((k) => (k === i ? [] : (of(k) ?? [])));
    return own !== null && others.length >= 3 && own > limit * median(others);
  };
  return bodies.filter(
    (i) =>
      long(i, (k) => length(segments[k] as ColumnSegment), OVERLONG) ||
      long(i, (k) => pitch(segments, k), FAR_APART),
  );
}

/**
 * Parts bodies that are too long for one vertebra where disc tissue is seen, if faintly, near where the spacing of the others puts a disc.
 * `disc` is the share of disc tissue across the column at each sample. Nothing is parted on spacing alone.
 */
export function partOverlongBodies(segments: readonly ColumnSegment[], disc: Float32Array): ColumnSegment[] {
  const long = overlongBodies(segments);
  if (long.length === 0) return [...segments];
  const typical = median(
    segments.flatMap((s, i) => (s.kind === 'body' && !long.includes(i) ? [length(s)] : [])),
  );
  const width = Math.round(DISC_MM / STEP_MM);
  const seen = smooth(disc, width / 3);
  return segments.flatMap((s, i): ColumnSegment[] => {
    if (!long.includes(i)) return [s];
    let at = -1;
    for (let k = Math.ceil(s.from + 0.6 * typical); k <= s.to - 0.6 * typical; k++) {
      if (at < 0 || (seen[k] as number) > (seen[at] as number)) at = k;
    }
    if (at < 0 || (seen[at] as number) < MODERATE) return [s];
    const from = at - (width >> 1);
    const to = from + width;
    const mean = disc.subarray(from, to).reduce((a, b) => a + b, 0) / width;
    return [
      { ...s, to: from },
      { kind: 'disc', from, to, evidence: mean },
      { ...s, from: to },
    ];
  });
}
