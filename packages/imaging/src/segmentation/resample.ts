/** A single-channel picture, row-major, `width` fastest. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

interface Taps {
  readonly start: Int32Array;
  readonly count: Int32Array;
  readonly weight: Float32Array;
  readonly stride: number;
}

/** Weights of one axis, pixel centres aligned as image libraries do: area average when shrinking, linear when growing. */
function taps(from: number, to: number): Taps {
  const scale = from / to;
  const stride = Math.max(2, Math.ceil(scale) + 1);
  const start = new Int32Array(to);
  const count = new Int32Array(to);
  const weight = new Float32Array(to * stride);
  for (let o = 0; o < to; o++) {
    if (scale > 1) {
      const a = o * scale;
      const b = Math.min(from, a + scale);
      const s = Math.floor(a);
      start[o] = s;
      let n = 0;
      for (let i = s; i < from && i < b - 1e-9; i++) {
        weight[o * stride + n++] = (Math.min(b, i + 1) - Math.max(a, i)) / scale;
      }
      count[o] = n;
    } else {
      const c = Math.min(from - 1, Math.max(0, (o + 0.5) * scale - 0.5));
      const s = Math.min(Math.max(0, from - 2), Math.floor(c));
      const f = c - s;
      start[o] = s;
      count[o] = from === 1 ? 1 : 2;
      weight[o * stride] = from === 1 ? 1 : 1 - f;
      weight[o * stride + 1] = f;
    }
  }
  return { start, count, weight, stride };
}

/** Resamples to `width` x `height` covering the same extent; each axis is averaged when it shrinks and interpolated when it grows. */
export function resizePicture(source: Picture, width: number, height: number): Picture {
  const { width: sw, height: sh, data } = source;
  const tx = taps(sw, width);
  const ty = taps(sh, height);
  const rows = new Float32Array(width * sh);
  for (let y = 0; y < sh; y++) {
    const at = y * sw;
    for (let x = 0; x < width; x++) {
      const s = at + (tx.start[x] as number);
      const n = tx.count[x] as number;
      let sum = 0;
      for (let t = 0; t < n; t++) sum += (data[s + t] as number) * (tx.weight[x * tx.stride + t] as number);
      rows[y * width + x] = sum;
    }
  }
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const n = ty.count[y] as number;
    for (let t = 0; t < n; t++) {
      const w = ty.weight[y * ty.stride + t] as number;
      const at = ((ty.start[y] as number) + t) * width;
      const to = y * width;
      for (let x = 0; x < width; x++) out[to + x] = (out[to + x] as number) + w * (rows[at + x] as number);
    }
  }
  return { width, height, data: out };
}

/** k-th smallest of a scratch array, which is reordered (Hoare's selection). */
function select(a: Float32Array, k: number): number {
  let lo = 0;
  let hi = a.length - 1;
  while (lo < hi) {
    const pivot = a[(lo + hi) >> 1] as number;
    let i = lo;
    let j = hi;
    while (i <= j) {
      while ((a[i] as number) < pivot) i++;
      while ((a[j] as number) > pivot) j--;
      if (i <= j) {
        const t = a[i] as number;
        a[i++] = a[j] as number;
        a[j--] = t;
      }
    }
    if (k <= j) hi = j;
    else if (k >= i) lo = i;
    else break;
  }
  return a[k] as number;
}

/** Percentiles with linear interpolation between order statistics; `q` in percent. Values must be finite. */
export function percentiles(data: Float32Array, qs: readonly number[]): number[] {
  const scratch = data.slice();
  return qs.map((q) => {
    const at = (q / 100) * (scratch.length - 1);
    const k = Math.floor(at);
    const low = select(scratch, k);
    if (k + 1 >= scratch.length || at === k) return low;
    return low + (at - k) * (select(scratch, k + 1) - low);
  });
}

/** v = clip((x - p0.5) / (p99.5 - p0.5), 0, 1), in place; a flat picture becomes zero. Returns whether there was contrast. */
export function normaliseInPlace(data: Float32Array): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) data[i] = 0;
  const [low = 0, high = 0] = percentiles(data, [0.5, 99.5]);
  const range = high - low;
  if (!(range > 0)) {
    data.fill(0);
    return false;
  }
  const r = 1 / range;
  for (let i = 0; i < data.length; i++) {
    const v = ((data[i] as number) - low) * r;
    data[i] = v < 0 ? 0 : Math.min(v, 1);
  }
  return true;
}
