import type { Normalisation } from './plan.ts';
import type { Grid } from './tiles.ts';

/** A box [first, past last) on each axis. */
export type Box = readonly (readonly [number, number])[];

/** The smallest box that holds every voxel that is not zero; the whole picture when all are. */
export function nonzeroBox({ size, data }: Grid): Box {
  const [d = 1, h = 1, w = 1] = size;
  const low = [d, h, w];
  const high = [0, 0, 0];
  for (let a = 0, n = 0; a < d; a++) {
    for (let b = 0; b < h; b++) {
      for (let c = 0; c < w; c++, n++) {
        if (data[n] === 0) continue;
        [a, b, c].forEach((at, axis) => {
          if (at < (low[axis] as number)) low[axis] = at;
          if (at >= (high[axis] as number)) high[axis] = at + 1;
        });
      }
    }
  }
  return size.map((n, axis) =>
    (high[axis] as number) === 0 ? [0, n] : [low[axis] as number, high[axis] as number],
  );
}

export function crop({ size, data }: Grid, box: Box): Grid {
  const to = box.map(([a, b]) => b - a);
  const [, h = 1, w = 1] = size;
  const [da = 1, db = 1, dc = 1] = to;
  const out = new Float32Array(da * db * dc);
  const [[a0] = [0], [b0] = [0], [c0] = [0]] = box as readonly (readonly [number, number])[];
  for (let a = 0; a < da; a++) {
    for (let b = 0; b < db; b++) {
      const from = c0 + w * (b0 + b + h * (a0 + a));
      out.set(data.subarray(from, from + dc), (a * db + b) * dc);
    }
  }
  return { size: to, data: out };
}

/** Voxels that are not zero, with enclosed zeros: what cannot be reached from the picture's edge through zeros. */
function nonzeroMask({ size, data }: Grid): Uint8Array {
  const [d = 1, h = 1, w = 1] = size;
  const outside = new Uint8Array(data.length);
  const stack: number[] = [];
  const visit = (n: number): void => {
    if (data[n] === 0 && !outside[n]) {
      outside[n] = 1;
      stack.push(n);
    }
  };
  for (let n = 0; n < data.length; n++) {
    const c = n % w;
    const b = Math.floor(n / w) % h;
    const a = Math.floor(n / (w * h));
    const edge = (at: number, length: number) => length > 1 && (at === 0 || at === length - 1);
    if (edge(a, d) || edge(b, h) || edge(c, w)) visit(n);
  }
  while (stack.length > 0) {
    const n = stack.pop() as number;
    const c = n % w;
    const b = Math.floor(n / w) % h;
    const a = Math.floor(n / (w * h));
    if (c > 0) visit(n - 1);
    if (c + 1 < w) visit(n + 1);
    if (b > 0) visit(n - w);
    if (b + 1 < h) visit(n + w);
    if (a > 0) visit(n - w * h);
    if (a + 1 < d) visit(n + w * h);
  }
  return outside.map((v) => 1 - v);
}

/** 1 where any of the pictures of one grid is not zero. */
export function shownInAny(pictures: readonly Grid[]): Grid {
  const [first, ...rest] = pictures as readonly [Grid, ...Grid[]];
  const data = first.data.map((v) => (v === 0 ? 0 : 1));
  for (const { data: other } of rest) for (let n = 0; n < data.length; n++) if (other[n] !== 0) data[n] = 1;
  return { size: first.size, data };
}

/** Intensities as the network saw them in training. `shown` is not zero where any picture of the patient is. */
export function normalise(grid: Grid, how: Normalisation, shown: Grid = grid): Grid {
  const { size, data } = grid;
  const map = (f: (v: number) => number): Grid => ({ size, data: data.map(f) });
  switch (how.scheme) {
    case 'none':
      return grid;
    case 'rgb':
      return map((v) => v / 255);
    case 'ct':
      return map((v) => (Math.min(how.high, Math.max(how.low, v)) - how.mean) / Math.max(how.sd, 1e-8));
    case 'to-01': {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (const v of data) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      return map((v) => (v - low) / Math.max(high - low, 1e-8));
    }
    case 'z-score': {
      const mask = how.masked ? nonzeroMask(shown) : null;
      const [mean, sd] = moments(data, mask);
      const scale = 1 / Math.max(sd, 1e-8);
      return { size, data: data.map((v, n) => (mask && !mask[n] ? v : (v - mean) * scale)) };
    }
  }
}

function moments(data: Float32Array, mask: Uint8Array | null): readonly [number, number] {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    if (mask && !mask[i]) continue;
    sum += data[i] as number;
    n++;
  }
  const mean = n === 0 ? 0 : sum / n;
  let square = 0;
  for (let i = 0; i < data.length; i++) {
    if (mask && !mask[i]) continue;
    square += ((data[i] as number) - mean) ** 2;
  }
  return [mean, n === 0 ? 1 : Math.sqrt(square / n)];
}
