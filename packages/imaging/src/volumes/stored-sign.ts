/** What the stored values themselves say about their sign, where the header says otherwise. */
type SignLie = 'signed called unsigned' | 'unsigned called signed';

/** The codes 0 to 2^bits - 1 are counted in this many bins. */
const BINS = 256;
/** So many bins in a row hold nothing between small positive numbers and small negative ones. */
const GAP = 64;
/** Fewer samples are padding or burned-in marks. */
const LEAST_SHARE = 5e-4;

/** Counts of stored values by code: a negative value counts where its bits lie as an unsigned number. */
export interface CodeCount {
  readonly bins: Uint32Array;
  /** A few different codes of the upper half. */
  readonly upper: Set<number>;
  total: number;
}

export const emptyCount = (): CodeCount => ({ bins: new Uint32Array(BINS), upper: new Set(), total: 0 });

/** Adds the samples of one frame, every third of them, which tells as much. */
export function countCodes(into: CodeCount, samples: ArrayLike<number>, bits: number): void {
  const span = 2 ** bits;
  const scale = BINS / span;
  const half = span / 2;
  for (let i = 0; i < samples.length; i += 3) {
    const v = samples[i]!;
    const code = v < 0 ? v + span : v;
    into.bins[Math.floor(code * scale)]!++;
    if (code >= half && into.upper.size < 4) into.upper.add(code);
    into.total++;
  }
}

/**
 * Signed numbers called unsigned leave a hole in the middle of the range; what lies above it reaches to its very end: -1, -2, -3. Unsigned numbers called signed go on across the middle of the range and end before its end. Null where neither is plain.
 */
export function signLie({ bins, upper, total }: CodeCount, signed: boolean): SignLie | null {
  const filled = (from: number, to: number): number => {
    let sum = 0;
    for (let b = from; b < to; b++) sum += bins[b]!;
    return sum;
  };
  const least = Math.max(3, LEAST_SHARE * total);
  if (signed) {
    const across = [BINS / 2 - 12, BINS / 2 - 6, BINS / 2, BINS / 2 + 6].every((b) => filled(b, b + 6) > 0);
    const goesOn = filled(BINS / 2, BINS) >= least;
    return across && goesOn && filled(BINS - 16, BINS) === 0 ? 'unsigned called signed' : null;
  }
  let low = BINS / 2;
  while (low > 0 && bins[low - 1] === 0) low--;
  let high = BINS / 2;
  while (high < BINS && bins[high] === 0) high++;
  const above = filled(BINS / 2, BINS);
  // Small negative numbers lie close together, up to the very end.
  const reached = bins.subarray(high, BINS).filter((n) => n > 0).length;
  const close = bins[BINS - 1]! > 0 && reached >= 0.8 * (BINS - high);
  return high - low >= GAP && low > 0 && upper.size >= 3 && above >= least && close
    ? 'signed called unsigned'
    : null;
}
