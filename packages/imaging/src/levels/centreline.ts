import type { MidlinePlane } from './midline.ts';
import { smoothLine } from './smoothing.ts';

/** Samples are this far apart along the column, mm. */
export const STEP_MM = 0.75;

/**
 * The line through the middle of vertebral bodies and discs, from the head down, in millimetres of the slice
 * (x posterior, y inferior; pixel (0, 0) is centred on (pixelMm / 2)). `tangent` points down, `normal` points posterior.
 */
export interface Centreline {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly tx: Float32Array;
  readonly ty: Float32Array;
}

function columnMass(plane: MidlinePlane): Float32Array {
  const out = new Float32Array(plane.body.length);
  for (let i = 0; i < out.length; i++) {
    const v = (plane.body[i] as number) + (plane.disc[i] as number) + (plane.sacrum[i] as number);
    out[i] = v > 0.5 ? v : 0;
  }
  return out;
}

/** Best smooth path of rows through the column: Viterbi over the mass in a window as wide as a vertebral body. */
function rowPath(mass: Float32Array, width: number, height: number, pixelMm: number): Int32Array {
  const half = Math.max(1, Math.round(13 / pixelMm));
  const score = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    const row = y * width;
    for (let x = 0; x < Math.min(width, half); x++) sum += mass[row + x] as number;
    for (let x = 0; x < width; x++) {
      if (x + half < width) sum += mass[row + x + half] as number;
      if (x - half - 1 >= 0) sum -= mass[row + x - half - 1] as number;
      score[row + x] = sum / (2 * half + 1);
    }
  }
  const reach = 3;
  const back = new Int8Array(width * height);
  let best = score.slice(0, width);
  for (let y = 1; y < height; y++) {
    const next = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      let top = -1e9;
      let from = 0;
      for (let d = -reach; d <= reach; d++) {
        const p = x + d;
        if (p < 0 || p >= width) continue;
        const v = (best[p] as number) - 0.04 * d * d;
        if (v > top) {
          top = v;
          from = d;
        }
      }
      next[x] = top + (score[y * width + x] as number);
      back[y * width + x] = from;
    }
    best = next;
  }
  let x = 0;
  for (let i = 1; i < width; i++) if ((best[i] as number) > (best[x] as number)) x = i;
  const path = new Int32Array(height);
  for (let y = height - 1; y >= 0; y--) {
    path[y] = x;
    x += back[y * width + x] as number;
  }
  return path;
}

function resampled(px: ArrayLike<number>, py: ArrayLike<number>): { x: Float32Array; y: Float32Array } {
  const xs: number[] = [];
  const ys: number[] = [];
  let carry = 0;
  for (let i = 0; i + 1 < px.length; i++) {
    const dx = (px[i + 1] as number) - (px[i] as number);
    const dy = (py[i + 1] as number) - (py[i] as number);
    const length = Math.hypot(dx, dy);
    if (length < 1e-6) continue;
    let at = carry;
    while (at < length) {
      xs.push((px[i] as number) + (dx * at) / length);
      ys.push((py[i] as number) + (dy * at) / length);
      at += STEP_MM;
    }
    carry = at - length;
  }
  return { x: Float32Array.from(xs), y: Float32Array.from(ys) };
}

function withTangents(x: Float32Array, y: Float32Array): Centreline {
  const n = x.length;
  const tx = new Float32Array(n);
  const ty = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const a = Math.max(0, i - 4);
    const b = Math.min(n - 1, i + 4);
    const dx = (x[b] as number) - (x[a] as number);
    const dy = (y[b] as number) - (y[a] as number);
    const l = Math.hypot(dx, dy) || 1;
    tx[i] = dx / l;
    ty[i] = dy / l;
  }
  return { x, y, tx, ty };
}

export function sampler(plane: MidlinePlane, data: Float32Array): (xMm: number, yMm: number) => number {
  const { width, height } = plane;
  const sx = 1 / plane.pixelMm[0];
  const sy = 1 / plane.pixelMm[1];
  return (xMm, yMm) => {
    const u = xMm * sx - 0.5;
    const v = yMm * sy - 0.5;
    const x = Math.floor(u);
    const y = Math.floor(v);
    if (x < 0 || y < 0 || x + 1 >= width || y + 1 >= height) return 0;
    const f = u - x;
    const g = v - y;
    const i = y * width + x;
    return (
      (1 - g) * ((1 - f) * (data[i] as number) + f * (data[i + 1] as number)) +
      g * ((1 - f) * (data[i + width] as number) + f * (data[i + width + 1] as number))
    );
  };
}

/** Half the length across the line over which the column's middle is measured, mm. */
const HALF_ACROSS_MM = 22;

/**
 * Moves every point to the middle of the column measured across the line, then smooths. Near the picture's top and bottom a strip across a
 * slanted line leaves the picture on one side, which would draw the middle to the other: there the line goes on as it was heading.
 */
function recentre(line: Centreline, at: (x: number, y: number) => number, heightMm: number): Centreline {
  const n = line.x.length;
  const shift = new Float32Array(n);
  const weight = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const nx = line.ty[i] as number;
    const ny = -(line.tx[i] as number);
    const y = line.y[i] as number;
    const reach = HALF_ACROSS_MM * Math.abs(ny);
    if (y - reach < 0 || y + reach > heightMm) continue;
    let sum = 0;
    let mass = 0;
    for (let t = -HALF_ACROSS_MM; t <= HALF_ACROSS_MM; t += 1) {
      const v = at((line.x[i] as number) + t * nx, y + t * ny);
      sum += v * t;
      mass += v;
    }
    if (mass <= 6) continue;
    weight[i] = 1;
    shift[i] = sum / mass;
  }
  const sigma = 9 / STEP_MM;
  const moved = smoothLine(shift, sigma, weight);
  const x = line.x.map((v, i) => v + (moved[i] as number) * (line.ty[i] as number));
  const y = line.y.map((v, i) => v - (moved[i] as number) * (line.tx[i] as number));
  const even = resampled(smoothLine(x, sigma * 0.6), smoothLine(y, sigma * 0.6));
  return withTangents(even.x, even.y);
}

/** How far the line runs on past the last tissue, so that oblique end plates are seen whole. */
const OVERRUN_MM = 12;

function extended(line: Centreline): Centreline {
  const n = line.x.length;
  const m = Math.round(OVERRUN_MM / STEP_MM);
  const x = new Float32Array(n + 2 * m);
  const y = new Float32Array(n + 2 * m);
  x.set(line.x, m);
  y.set(line.y, m);
  for (let i = 1; i <= m; i++) {
    x[m - i] = (line.x[0] as number) - i * STEP_MM * (line.tx[0] as number);
    y[m - i] = (line.y[0] as number) - i * STEP_MM * (line.ty[0] as number);
    x[m + n - 1 + i] = (line.x[n - 1] as number) + i * STEP_MM * (line.tx[n - 1] as number);
    y[m + n - 1 + i] = (line.y[n - 1] as number) + i * STEP_MM * (line.ty[n - 1] as number);
  }
  return withTangents(x, y);
}

/** Traces the column; null when there is less than about two vertebrae of it. */
export function traceCentreline(plane: MidlinePlane): Centreline | null {
  const { width, height, pixelMm } = plane;
  const mass = columnMass(plane);
  const path = rowPath(mass, width, height, pixelMm[0]);
  const half = Math.round(13 / pixelMm[0]);
  const strength = new Float32Array(height);
  for (let y = 0; y < height; y++) {
    const x0 = path[y] as number;
    let sum = 0;
    for (let x = Math.max(0, x0 - half); x <= Math.min(width - 1, x0 + half); x++)
      sum += mass[y * width + x] as number;
    strength[y] = sum * pixelMm[0];
  }
  // The longest run of rows with tissue, bridging gaps shorter than a disc.
  const gapRows = Math.round(15 / pixelMm[1]);
  let best: [number, number] = [0, -1];
  let start = -1;
  let lastSeen = -1;
  const close = () => {
    if (start >= 0 && lastSeen - start > best[1] - best[0]) best = [start, lastSeen];
    start = -1;
  };
  for (let y = 0; y < height; y++) {
    if ((strength[y] as number) <= 7) {
      if (y - lastSeen > gapRows) close();
      continue;
    }
    // A path that leaps sideways across a gap has gone over to something else.
    const gap = y - lastSeen;
    if (
      start >= 0 &&
      gap > 2 &&
      Math.abs((path[y] as number) - (path[lastSeen] as number)) > 0.8 * gap + half * 0.3
    )
      close();
    if (start < 0) start = y;
    lastSeen = y;
  }
  close();
  const [y0, y1] = best;
  if ((y1 - y0) * pixelMm[1] < 45) return null;
  const raw = Float32Array.from(
    { length: y1 - y0 + 1 },
    (_, i) => ((path[y0 + i] as number) + 0.5) * pixelMm[0],
  );
  const px = smoothLine(raw, 10 / pixelMm[1]);
  const py = Float32Array.from({ length: y1 - y0 + 1 }, (_, i) => (y0 + i + 0.5) * pixelMm[1]);
  const first = resampled(px, py);
  let line = withTangents(first.x, first.y);
  const at = sampler(plane, mass);
  for (let pass = 0; pass < 4; pass++) line = recentre(line, at, height * pixelMm[1]);
  return extended(line);
}
