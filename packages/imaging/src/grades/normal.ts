/** Standard normal distribution function (Abramowitz and Stegun 7.1.26; absolute error below 1.5e-7). */
export function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp(-z * z);
  return x >= 0 ? 0.5 * (1 + erf) : 0.5 * (1 - erf);
}

/**
 * Probability of each interval between ascending `cuts` for a quantity measured as `value` with normal error `sd`:
 * a measurement near a cut-off is shared between both grades.
 */
export function gradeByCuts(value: number, sd: number, cuts: readonly number[]): number[] {
  const below = cuts.map((cut) => normalCdf((cut - value) / sd));
  return [...below, 1].map((p, k) => Math.max(0, p - (k === 0 ? 0 : (below[k - 1] as number))));
}
