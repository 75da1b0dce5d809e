/** Gaussian smoothing of a series by three box passes, ends renormalised; `sigma` in samples. */
export function smooth(values: ArrayLike<number>, sigma: number): Float32Array {
  const n = values.length;
  let a = Float32Array.from(values);
  const radius = Math.max(0, Math.round(Math.sqrt((sigma * sigma * 12) / 3 + 1) / 2 - 0.5));
  if (radius === 0 || n < 2) return a;
  for (let pass = 0; pass < 3; pass++) {
    const b = new Float32Array(n);
    let sum = 0;
    let count = 0;
    for (let i = 0; i < Math.min(n, radius); i++) {
      sum += a[i] as number;
      count++;
    }
    for (let i = 0; i < n; i++) {
      const add = i + radius;
      const drop = i - radius - 1;
      if (add < n) {
        sum += a[add] as number;
        count++;
      }
      if (drop >= 0) {
        sum -= a[drop] as number;
        count--;
      }
      b[i] = sum / count;
    }
    a = b;
  }
  return a;
}

/**
 * Smoothing that keeps a straight line straight up to its ends: at every sample the weighted least-squares line under a Gaussian window
 * (local linear regression, Cleveland 1979). Samples of weight 0 are bridged, or at an end continued in the direction of the others, so one
 * stray sample at an end cannot bend the line. Where no sample has weight the series is returned as it is.
 */
export function smoothLine(
  values: ArrayLike<number>,
  sigma: number,
  weights: ArrayLike<number> | null = null,
): Float32Array {
  const n = values.length;
  const out = Float32Array.from(values);
  const usual = Math.max(1, Math.ceil(3 * sigma));
  const kernel = Float64Array.from({ length: n }, (_, d) => Math.exp(-0.5 * (d / sigma) ** 2));
  const support = (i: number, reach: number) => {
    let count = 0;
    for (let k = Math.max(0, i - reach); k <= Math.min(n - 1, i + reach); k++)
      if (weights === null || (weights[k] as number) > 0) count++;
    return count;
  };
  for (let i = 0; i < n; i++) {
    // Far from any sample that counts, the window is moved to where the nearest of them are.
    let centre = i;
    if (weights !== null && support(i, Math.max(2, Math.round(sigma))) < 3) {
      let d = 0;
      const counts = (k: number) => k >= 0 && k < n && (weights[k] as number) > 0;
      while (d < n && !counts(i - d) && !counts(i + d)) d++;
      if (d >= n) return Float32Array.from(values);
      centre = counts(i - d) ? i - d : i + d;
    }
    let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
    for (let k = Math.max(0, centre - usual); k <= Math.min(n - 1, centre + usual); k++) {
      const g = (kernel[Math.abs(k - centre)] as number) * (weights === null ? 1 : (weights[k] as number));
      const d = k - i;
      s0 += g;
      s1 += g * d;
      s2 += g * d * d;
      t0 += g * (values[k] as number);
      t1 += g * d * (values[k] as number);
    }
    const determinant = s0 * s2 - s1 * s1;
    out[i] = determinant > 1e-6 * s0 * s0 ? (t0 * s2 - t1 * s1) / determinant : t0 / s0;
  }
  return out;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const s = [...values].sort((a, b) => a - b);
  const m = s.length >> 1;
  return s.length % 2 === 1 ? (s[m] as number) : ((s[m - 1] as number) + (s[m] as number)) / 2;
}
