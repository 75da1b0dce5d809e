import { depthOf, latOf, VIEW_WIDTH } from './axial-frame.ts';

/** Signal of pixels with their place: column `lat` and row `d` of the view they come from. */
export interface Placed {
  readonly value: number;
  readonly lat: number;
  readonly d: number;
}

export function placed(signal: Float32Array, pixels: readonly number[], every = 1): Placed[] {
  const out: Placed[] = [];
  for (let n = 0; n < pixels.length; n += every) {
    const o = pixels[n] as number;
    const c = o % VIEW_WIDTH;
    out.push({ value: signal[o] as number, lat: latOf(c), d: depthOf((o - c) / VIEW_WIDTH) });
  }
  return out;
}

/** Muscle and fat as this series shows them near a level, and how its brightness falls off in space. */
export interface FatScale {
  readonly muscle: number;
  readonly fat: number;
  /** Error of the muscle signal as a share of the distance from muscle to fat. */
  readonly muscleError: number;
  /** Natural logarithm of the shading at a place. */
  readonly shade: (lat: number, d: number) => number;
  /** Share of the muscle's pixels that are as dark as pure muscle. */
  readonly pureShare: number;
}

type FatScaleAnswer = { readonly scale: FatScale } | { readonly abstained: string };

/** Fat must be this many times as bright as muscle, or what fills a muscle cannot be told. */
const LEAST_CONTRAST = 1.7;

function basis(lat: number, d: number): readonly number[] {
  const x = lat / 40;
  const y = (d - 35) / 30;
  return [x, y, x * x, y * y];
}

/** Solves the symmetric system by Gaussian elimination; null when it is singular. */
function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] | null {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i] as number]);
  for (let c = 0; c < n; c++) {
    let p = c;
    for (let r = c + 1; r < n; r++)
      if (Math.abs((m[r] as number[])[c] as number) > Math.abs((m[p] as number[])[c] as number)) p = r;
    const pivot = m[p] as number[];
    m[p] = m[c] as number[];
    m[c] = pivot;
    if (Math.abs(pivot[c] as number) < 1e-9) return null;
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const row = m[r] as number[];
      const f = (row[c] as number) / (pivot[c] as number);
      for (let k = c; k <= n; k++) row[k] = (row[k] as number) - f * (pivot[k] as number);
    }
  }
  return m.map((row, i) => (row[n] as number) / (row[i] as number));
}

/** Half-sample mode (Bickel 2006): the densest point, blind to what lies far away. */
function halfSampleMode(values: readonly number[]): number {
  let v = [...values].sort((a, b) => a - b);
  while (v.length > 3) {
    const half = Math.ceil(v.length / 2);
    let at = 0;
    for (let i = 0; i + half <= v.length; i++)
      if ((v[i + half - 1] as number) - (v[i] as number) < (v[at + half - 1] as number) - (v[at] as number))
        at = i;
    v = v.slice(at, at + half);
  }
  return v.length === 0 ? Number.NaN : v.reduce((a, b) => a + b, 0) / v.length;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;

/**
 * Two classes, muscle and fat, with one smooth shading over both: the logarithm of the signal is the class' own plus a quadratic in
 * space, fitted to what is surely muscle and surely fat, in turns with their signals. Fat is the subcutaneous fat behind the fascia, so
 * that a muscle without any keeps its zero; muscle is the densest dark signal, so that a muscle full of fat keeps it too.
 *
 * @param muscle pixels inside the muscles, both sides
 * @param fat pixels of subcutaneous fat
 * @param psoas pixels of psoas, which seldom fills with fat; may be empty
 */
export function fatScale(
  muscle: readonly Placed[],
  fat: readonly Placed[],
  psoas: readonly Placed[],
): FatScaleAnswer {
  if (muscle.length < 150) return { abstained: 'too little of the muscle lies inside the picture' };
  if (fat.length < 60) return { abstained: 'no subcutaneous fat is in view to compare with' };
  const all = [...muscle, ...psoas];
  let coefficients: readonly number[] = [0, 0, 0, 0];
  const shade = (lat: number, d: number): number => {
    const b = basis(lat, d);
    let s = 0;
    for (let k = 0; k < b.length; k++) s += (coefficients[k] as number) * (b[k] as number);
    // Beyond where anything was fitted the shading is not continued.
    return Math.max(-1.6, Math.min(1.6, s));
  };
  const flat = (p: Placed): number => p.value / Math.exp(shade(p.lat, p.d));
  const sorted = (list: readonly Placed[]): number[] => list.map(flat).sort((a, b) => a - b);
  let f = quantile(sorted(fat), 0.5);
  let m = quantile(sorted(all), 0.2);
  if (!(f > 0) || f < 1.25 * m) {
    return { abstained: 'fat is not brighter than muscle: the series suppresses fat' };
  }
  for (let round = 0; round < 6; round++) {
    const pure = all.filter((p) => {
      const c = flat(p);
      return c > 0.4 * m && c < m + 0.22 * (f - m);
    });
    const greasy = fat.filter((p) => {
      const c = flat(p);
      return c > 0.6 * f && c < 1.6 * f;
    });
    if (pure.length < 60 || greasy.length < 40) break;
    const fitted = fit(pure, greasy);
    if (!fitted) break;
    coefficients = fitted;
    f = quantile(sorted(fat), 0.5);
    const dark = all.map(flat).filter((c) => c > 0.3 * m && c < m + 0.35 * (f - m));
    m = halfSampleMode(dark);
  }
  if (f < LEAST_CONTRAST * m)
    return { abstained: 'fat and muscle are too much alike on this series (fat suppressed?)' };
  const corrected = muscle.map(flat);
  const dark = corrected.filter((c) => c < m + 0.12 * (f - m)).length / corrected.length;
  const beside = psoas.length >= 80 ? halfSampleMode(psoas.map(flat)) : null;
  const apart = beside === null ? 0.06 : Math.min(0.12, Math.abs(beside - m) / (f - m));
  return {
    scale: {
      muscle: m,
      fat: f,
      muscleError: Math.max(0.015, dark > 0.25 ? 0.5 * apart : apart, dark < 0.08 ? 0.08 : 0),
      shade,
      pureShare: dark,
    },
  };
}

/** Least squares of log signal on class and place, lightly held to no shading. */
function fit(pure: readonly Placed[], greasy: readonly Placed[]): number[] | null {
  const n = 6;
  const a = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const b = new Array<number>(n).fill(0);
  const total = pure.length + greasy.length;
  const put = (p: Placed, head: readonly [number, number], weight: number): void => {
    const x = [...head, ...basis(p.lat, p.d)];
    const y = Math.log(Math.max(1e-6, p.value));
    for (let i = 0; i < n; i++) {
      b[i] = (b[i] as number) + weight * (x[i] as number) * y;
      const row = a[i] as number[];
      for (let j = 0; j < n; j++) row[j] = (row[j] as number) + weight * (x[i] as number) * (x[j] as number);
    }
  };
  for (const p of pure) put(p, [1, 0], total / (2 * pure.length));
  for (const p of greasy) put(p, [0, 1], total / (2 * greasy.length));
  for (let i = 2; i < n; i++) {
    const row = a[i] as number[];
    row[i] = (row[i] as number) + 0.01 * total;
  }
  return solve(a, b)?.slice(2) ?? null;
}

/** Mean share of fat of pixels on a scale: noise and texture average out because a pixel may fall a little outside 0 to 1. */
export function meanFatShare(pixels: readonly Placed[], scale: FatScale): number {
  let sum = 0;
  for (const p of pixels) {
    const c = p.value / Math.exp(scale.shade(p.lat, p.d));
    sum += Math.max(-0.25, Math.min(1.15, (c - scale.muscle) / (scale.fat - scale.muscle)));
  }
  return Math.max(0, Math.min(1, sum / pixels.length));
}

/**
 * Mean share of fat from a water and a fat picture; pixels with hardly any signal in either are left out. Magnitude pictures never fall below
 * their noise, which would read as fat in every muscle: its power is taken off (Gudbjartsson 1995, Magn Reson Med 34:910).
 *
 * @param noise standard deviation of the noise; 0 where the background was masked
 */
export function dixonShare(water: readonly Placed[], fat: readonly Placed[], noise: number): number | null {
  const clean = (v: number): number => Math.sqrt(Math.max(0, v * v - 2 * noise * noise));
  const total = water.map((w, n) => w.value + (fat[n]?.value ?? 0));
  const usual = quantile(
    [...total].sort((a, b) => a - b),
    0.5,
  );
  let sum = 0;
  let n = 0;
  total.forEach((t, k) => {
    if (t < 0.25 * usual) return;
    const [w, f] = [clean(water[k]?.value ?? 0), clean(fat[k]?.value ?? 0)];
    sum += f / Math.max(1e-6, w + f);
    n++;
  });
  return n < 50 ? null : sum / n;
}
