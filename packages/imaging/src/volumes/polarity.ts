const BINS = 50;
/** Share of a picture that air fills, in one tenth of its range at least, and how much more than lies at the other end. */
const AIR_SHARE = 0.12;
const TIMES_MORE = 4;
const EDGE_BINS = BINS / 10;

/**
 * Whether a picture that was turned about because its header calls it MONOCHROME1 stood right before: air, which gives no signal and fills much of an MRI or CT, is then
 * the brightest of all. False where too little air is in view to say.
 */
export function airIsBrightest(values: ArrayLike<number>): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (!(high > low)) return false;
  const bins = new Uint32Array(BINS);
  for (let i = 0; i < values.length; i++)
    bins[Math.min(BINS - 1, Math.floor(((values[i] as number) - low) * (BINS / (high - low))))]!++;
  const share = (from: number): number =>
    bins.subarray(from, from + EDGE_BINS).reduce((a, b) => a + b, 0) / values.length;
  const [dark, bright] = [share(0), share(BINS - EDGE_BINS)];
  return bright >= AIR_SHARE && bright >= TIMES_MORE * dark;
}

/** Turns a picture about in place: what was brightest, air, becomes 0. */
export function turnBrightness(values: Float32Array): void {
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) if (v > high) high = v;
  for (let i = 0; i < values.length; i++) values[i] = high - (values[i] as number);
}
