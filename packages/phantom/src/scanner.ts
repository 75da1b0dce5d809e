import { addNoise, blur, resample } from './acquisition.ts';
import { clamp, type Rng } from './prng.ts';
import { TISSUE } from './tissue.ts';

/** What the scanner does to a picture, all drawn from one stream. `strength` 1 is the spread seen in practice. */
interface ScannerOptions {
  readonly spacing: number;
  readonly nativeSpacing: number;
  readonly strength: number;
  readonly fatSaturated: boolean;
}

/**
 * Coil shading, saturation band, signal voids of metal, ghosts, chemical shift, wrap, blur and noise; then windowing
 * to 0..255. Returns the picture and whether columns in front were emptied.
 */
export function throughScanner(
  signal: Float32Array,
  tissue: Uint8Array,
  width: number,
  height: number,
  options: ScannerOptions,
  rng: Rng,
): Uint8Array {
  const q = options.strength;
  let im = Float32Array.from(signal);
  metalVoid(im, tissue, width, height, rng);
  if (rng.chance(0.5 * q)) chemicalShift(im, tissue, width, height, rng);
  shade(im, width, height, rng, q);
  if (rng.chance(0.35 * q)) saturationBand(im, width, height, rng);
  if (rng.chance(0.3 * q)) ghost(im, width, height, rng);
  if (rng.chance(0.06 * q)) wrap(im, width, height, rng);
  const ratio = options.nativeSpacing / options.spacing;
  const sd = rng.range(0.004, 0.012 + 0.045 * q * rng.next());
  const anisotropic = rng.range(1, 1.5);
  if (ratio > 1.05) {
    const w = Math.round(width / ratio);
    const h = Math.round(height / (ratio * (rng.chance(0.3) ? anisotropic : 1)));
    blur(im, width, height, 0.4 * ratio, 0.4 * ratio);
    const small = resample(im, width, height, w, h);
    addNoise(small, sd, rng);
    im = resample(small, w, h, width, height) as Float32Array<ArrayBuffer>;
  } else {
    blur(im, width, height, rng.range(0, 0.55), rng.range(0, 0.55));
    addNoise(im, sd, rng);
    const correlated = rng.range(0, 0.5);
    blur(im, width, height, correlated, correlated);
  }
  if (rng.chance(0.12 * q)) sharpen(im, width, height, rng.range(0.3, 1));
  return window8(im, rng, q);
}

function shade(im: Float32Array, width: number, height: number, rng: Rng, q: number): void {
  // Surface coil under the back: signal falls off to the front, and to both ends of the coil.
  const fall = rng.chance(0.75) ? rng.range(0, 2.6) * q : 0;
  const cx = rng.range(0.6, 0.95) * width;
  const ends = rng.range(0, 0.9) * q;
  const cy = rng.range(0.35, 0.65) * height;
  const px = rng.range(0, 6.28);
  const py = rng.range(0, 6.28);
  const wave = rng.range(0, 0.2) * q;
  const fx = rng.range(2, 5) / width;
  const fy = rng.range(2, 5) / height;
  const col = new Float32Array(width);
  for (let i = 0; i < width; i++) {
    const t = (cx - i) / width;
    col[i] = Math.exp(-fall * Math.max(0, t) - 0.3 * fall * Math.max(0, -t) + wave * Math.sin(i * fx + px));
  }
  for (let j = 0; j < height; j++) {
    const t = (j - cy) / height;
    const row = Math.exp(-ends * 4 * t * t + wave * Math.sin(j * fy + py));
    for (let i = 0; i < width; i++) im[j * width + i]! *= row * col[i]!;
  }
}

function saturationBand(im: Float32Array, width: number, height: number, rng: Rng): void {
  const edge = rng.range(0.08, 0.42) * width;
  const lean = rng.range(-0.25, 0.25);
  const keep = rng.range(0.02, 0.45);
  const far = rng.chance(0.35) ? rng.range(60, 140) : Number.POSITIVE_INFINITY;
  const soft = rng.range(1.5, 9);
  for (let j = 0; j < height; j++) {
    const e = edge + lean * (j - height / 2);
    for (let i = 0; i < width; i++) {
      const inside =
        1 / (1 + Math.exp((i - e) / soft)) - (far < 1e9 ? 1 / (1 + Math.exp((i - e + far) / soft)) : 0);
      im[j * width + i]! *= 1 - inside * (1 - keep);
    }
  }
}

function ghost(im: Float32Array, width: number, height: number, rng: Rng): void {
  const vertical = rng.chance(0.5);
  const shift = rng.int(12, 90);
  const amp = rng.range(0.015, 0.09);
  const src = im.slice();
  for (let j = 0; j < height; j++)
    for (let i = 0; i < width; i++) {
      const a = vertical ? ((j + shift) % height) * width + i : j * width + ((i + shift) % width);
      const b = vertical
        ? ((j - shift + height) % height) * width + i
        : j * width + ((i - shift + width) % width);
      im[j * width + i]! += amp * (src[a]! + src[b]!) * 0.5;
    }
}

function wrap(im: Float32Array, width: number, height: number, rng: Rng): void {
  const depth = rng.int(8, 40);
  const amp = rng.range(0.1, 0.5);
  const src = im.slice();
  for (let j = 0; j < height; j++)
    for (let i = 0; i < depth; i++) {
      im[j * width + i]! += amp * src[j * width + width - depth + i]!;
    }
}

/** Fat moves along the read-out: a bright line on one side of fat-water edges, a dark one on the other. */
function chemicalShift(im: Float32Array, tissue: Uint8Array, width: number, height: number, rng: Rng): void {
  const shift = rng.range(0.3, 1.6) * (rng.chance(0.5) ? 1 : -1);
  const along = rng.chance(0.6) ? width : 1;
  const fat = new Float32Array(im.length);
  for (let i = 0; i < im.length; i++) {
    const t = tissue[i]!;
    const share =
      t === TISSUE.subcutaneousFat || t === TISSUE.visceralFat || t === TISSUE.epiduralFat
        ? 0.9
        : t === TISSUE.marrow || t === TISSUE.sacralMarrow || t === TISSUE.posteriorMarrow
          ? 0.45
          : 0;
    fat[i] = im[i]! * share;
  }
  const whole = Math.floor(shift);
  const f = shift - whole;
  for (let j = 2; j < height - 2; j++)
    for (let i = 2; i < width - 2; i++) {
      const o = j * width + i;
      const moved = fat[o - whole * along]! * (1 - f) + fat[o - (whole + 1) * along]! * f;
      im[o] = Math.max(0, im[o]! - fat[o]! + moved);
    }
}

/** Signal void of metal: dark blooming around it with a bright rim on one side. */
function metalVoid(im: Float32Array, tissue: Uint8Array, width: number, height: number, rng: Rng): void {
  const field = new Float32Array(im.length);
  let any = false;
  for (let i = 0; i < tissue.length; i++) {
    if (tissue[i] === TISSUE.metal) {
      field[i] = 1;
      any = true;
    }
  }
  if (!any) return;
  blur(field, width, height, rng.range(2, 5), rng.range(2, 5));
  const threshold = rng.range(0.06, 0.25);
  for (let j = 1; j < height - 1; j++)
    for (let i = 1; i < width - 1; i++) {
      const o = j * width + i;
      if (field[o]! > threshold) im[o]! *= 0.04;
      else if (field[o]! > threshold * 0.6 && field[o - width]! > field[o]!) im[o] = im[o]! * 1.6 + 0.1;
    }
}

function sharpen(im: Float32Array, width: number, height: number, amount: number): void {
  const soft = im.slice();
  blur(soft, width, height, 1, 1);
  for (let i = 0; i < im.length; i++) im[i] = Math.max(0, im[i]! + amount * (im[i]! - soft[i]!));
}

/** Clips at low and high quantiles as viewers do, with a gamma, to 8 bits. */
function window8(im: Float32Array, rng: Rng, q: number): Uint8Array {
  const sample = new Float32Array(4096);
  for (let i = 0; i < sample.length; i++)
    sample[i] = im[Math.floor(((i + 0.5) * im.length) / sample.length)]!;
  sample.sort();
  const low = sample[Math.floor(sample.length * rng.range(0, 0.02 * q))]!;
  const high =
    sample[
      Math.floor(sample.length * (1 - rng.range(0.002, 0.004 + 0.07 * q * rng.next() * rng.next())) - 1)
    ]!;
  const gamma = clamp(rng.normal(1, 0.22 * q), 0.55, 1.7);
  const span = Math.max(1e-4, high - low);
  const lut = new Uint8Array(1025);
  for (let i = 0; i <= 1024; i++) lut[i] = Math.round(255 * (i / 1024) ** gamma);
  const out = new Uint8Array(im.length);
  for (let i = 0; i < im.length; i++)
    out[i] = lut[clamp(Math.round(((im[i]! - low) / span) * 1024), 0, 1024)]!;
  return out;
}
