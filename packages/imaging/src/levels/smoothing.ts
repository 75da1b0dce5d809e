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

/** Smoothing that keeps a straight line straight at the ends: the series is extended by point reflection first. */
export function smoothKeepingEnds(values: ArrayLike<number>, sigma: number): Float32Array {
  const n = values.length;
  if (n < 3) return Float32Array.from(values);
  const pad = Math.min(n - 1, Math.ceil(sigma * 3));
  const a = new Float32Array(n + 2 * pad);
  const first = values[0] as number;
  const last = values[n - 1] as number;
  for (let i = 0; i < pad; i++) {
    a[pad - 1 - i] = 2 * first - (values[i + 1] as number);
    a[pad + n + i] = 2 * last - (values[n - 2 - i] as number);
  }
  for (let i = 0; i < n; i++) a[pad + i] = values[i] as number;
  return smooth(a, sigma).slice(pad, pad + n);
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const s = [...values].sort((a, b) => a - b);
  const m = s.length >> 1;
  return s.length % 2 === 1 ? (s[m] as number) : ((s[m - 1] as number) + (s[m] as number)) / 2;
}
