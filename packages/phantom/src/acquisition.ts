import { type Anatomy, rasterise } from './anatomy.ts';
import type { Raster } from './local-frame.ts';
import { type Plane, shifted } from './plane.ts';
import { clamp, type Rng, rngFrom } from './prng.ts';
import type { SignalTable } from './sequence-signal.ts';
import { TISSUE } from './tissue.ts';
import { type NoiseField, valueNoise } from './value-noise.ts';

/** Rasters through a slice's thickness: what every contrast of that slice is made from. */
export interface Slab {
  readonly planes: readonly Raster[];
  /** Tissue and class at the middle of the slice. */
  readonly centre: Raster;
  readonly grades: Uint8Array;
}

interface TextureOptions {
  /** Names the texture; slices of one series share it, so texture runs on from slice to slice. */
  readonly seed: string;
  readonly size: number;
}

const JITTER = [
  [0.25, 0.25],
  [-0.25, 0.25],
  [0.25, -0.25],
  [-0.25, -0.25],
] as const;

/** Cuts an odd number of planes through `thickness` mm; all but the middle one also move by a quarter of a pixel. */
export function cutSlab(anatomy: Anatomy, plane: Plane, thickness: number, count: 1 | 3 | 5): Slab {
  const planes: Raster[] = [];
  const middle = (count - 1) / 2;
  let corner = 0;
  for (let k = 0; k < count; k++) {
    const jitter = k === middle ? ([0, 0] as const) : JITTER[corner++ % 4]!;
    planes.push(rasterise(anatomy, shifted(plane, ((k - middle) * thickness) / count, jitter[0], jitter[1])));
  }
  return { planes, centre: planes[middle]!, grades: gradeByPixel(anatomy, plane) };
}

/** Three fields that make texture, shared by all slices of a series. */
interface Texture {
  readonly fine: NoiseField;
  readonly mid: NoiseField;
  readonly coarse: NoiseField;
}

export function buildTexture(options: TextureOptions): Texture {
  const { next } = rngFrom(options.seed);
  const f = options.size;
  return {
    fine: valueNoise(next, [3 * f, 1.3 * f, 1.3 * f]),
    mid: valueNoise(next, [7 * f, 3.4 * f, 4.2 * f]),
    coarse: valueNoise(next, [30, 26, 26]),
  };
}

/** Magnitude of the mean signal through the slice, textured in space, before the scanner touches it. */
export function slabSignal(slab: Slab, table: SignalTable, texture: Texture): Float32Array<ArrayBuffer> {
  const { plane, tissue } = slab.centre;
  const n = plane.width * plane.height;
  const signal = new Float32Array(n);
  const annulus = table.signal[TISSUE.annulus]!;
  for (const raster of slab.planes) {
    for (let i = 0; i < n; i++) {
      const t = raster.tissue[i]!;
      if (t === TISSUE.nucleus) signal[i]! += table.nucleusByGrade[slab.grades[i]!]!;
      else if (t === TISSUE.innerAnnulus)
        signal[i]! += (table.nucleusByGrade[slab.grades[i]!]! + annulus) / 2;
      else signal[i]! += table.signal[t]!;
    }
  }
  const inv = 1 / slab.planes.length;
  const { origin, du, dv, width } = plane;
  for (let i = 0; i < n; i++) {
    const amp = table.rough[tissue[i]!]!;
    const v = Math.abs(signal[i]! * inv);
    if (amp === 0) {
      signal[i] = v;
      continue;
    }
    const c = i % width;
    const r = (i - c) / width;
    const x = origin[0] + c * du[0] + r * dv[0];
    const y = origin[1] + c * du[1] + r * dv[1];
    const z = origin[2] + c * du[2] + r * dv[2];
    const g =
      0.6 * texture.fine(x, y, z) +
      0.6 * texture.mid(x, y, z) +
      (amp > 0.15 ? 0.7 : 0.35) * texture.coarse(x, y, z);
    signal[i] = Math.max(0, v * (1 + amp * g));
  }
  return signal;
}

/** Index into the nucleus table (grade - 1) of the nearest disc, by height along each column of the picture. */
function gradeByPixel(anatomy: Anatomy, plane: Plane): Uint8Array {
  const { width, height, origin, du, dv } = plane;
  const out = new Uint8Array(width * height);
  const discs = anatomy.column.discs;
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i += 4) {
      const y = origin[1] + i * du[1] + j * dv[1];
      const z = origin[2] + i * du[2] + j * dv[2];
      let best = Number.POSITIVE_INFINITY;
      let grade = 0;
      for (const d of discs) {
        const q = (d.frame.c[1] - y) ** 2 + (d.frame.c[2] - z) ** 2;
        if (q < best) {
          best = q;
          grade = d.spec.pfirrmann - 1;
        }
      }
      out.fill(grade, j * width + i, Math.min(j * width + i + 4, (j + 1) * width));
    }
  }
  return out;
}

/** Separable blur with a Gaussian of `sigma` pixels, in place. */
export function blur(
  image: Float32Array,
  width: number,
  height: number,
  sigmaX: number,
  sigmaY: number,
): void {
  if (sigmaX > 0.15) blurLines(image, height, width, width, 1, sigmaX);
  if (sigmaY > 0.15) blurLines(image, width, height, 1, width, sigmaY);
}

function blurLines(
  im: Float32Array,
  lines: number,
  n: number,
  lineStep: number,
  step: number,
  sigma: number,
): void {
  const r = Math.max(1, Math.ceil(sigma * 2.5));
  const kernel = new Float32Array(r + 1);
  let sum = 0;
  for (let k = 0; k <= r; k++) {
    kernel[k] = Math.exp((-k * k) / (2 * sigma * sigma));
    sum += k === 0 ? kernel[k]! : 2 * kernel[k]!;
  }
  for (let k = 0; k <= r; k++) kernel[k]! /= sum;
  const buf = new Float32Array(n + 2 * r);
  for (let line = 0; line < lines; line++) {
    const o = line * lineStep;
    for (let i = 0; i < n; i++) buf[i + r] = im[o + i * step]!;
    for (let i = 0; i < r; i++) {
      buf[i] = buf[r]!;
      buf[n + r + i] = buf[n + r - 1]!;
    }
    for (let i = 0; i < n; i++) {
      let v = kernel[0]! * buf[i + r]!;
      for (let k = 1; k <= r; k++) v += kernel[k]! * (buf[i + r - k]! + buf[i + r + k]!);
      im[o + i * step] = v;
    }
  }
}

/** Bilinear sample with clamped edges. */
export function sampleAt(im: Float32Array, width: number, height: number, x: number, y: number): number {
  const cx = clamp(x, 0, width - 1.001);
  const cy = clamp(y, 0, height - 1.001);
  const i = cx | 0;
  const j = cy | 0;
  const fx = cx - i;
  const fy = cy - j;
  const o = j * width + i;
  return (
    (im[o]! * (1 - fx) + im[o + 1]! * fx) * (1 - fy) +
    (im[o + width]! * (1 - fx) + im[o + width + 1]! * fx) * fy
  );
}

export function resample(
  im: Float32Array,
  width: number,
  height: number,
  w: number,
  h: number,
): Float32Array {
  const out = new Float32Array(w * h);
  for (let j = 0; j < h; j++) {
    const y = ((j + 0.5) * height) / h - 0.5;
    for (let i = 0; i < w; i++)
      out[j * w + i] = sampleAt(im, width, height, ((i + 0.5) * width) / w - 0.5, y);
  }
  return out;
}

/** Rician noise: the magnitude of a complex signal with Gaussian noise in both parts. Cheap normals from four draws. */
export function addNoise(im: Float32Array, sd: number, rng: Rng): void {
  const k = sd * Math.sqrt(3);
  for (let i = 0; i < im.length; i++) {
    const a = rng.next() + rng.next() + rng.next() + rng.next() - 2;
    const b = rng.next() + rng.next() - 1;
    const re = im[i]! + k * a;
    const imag = sd * Math.sqrt(6) * b;
    im[i] = Math.sqrt(re * re + imag * imag);
  }
}
