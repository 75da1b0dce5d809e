import { writePngLabels } from '@foramen/imaging';
import {
  type Anatomy,
  addNoise,
  blur,
  buildAnatomy,
  buildTexture,
  cutSlab,
  drawSignals,
  rngFrom,
  SAGITTAL_PLAN,
  type SpineOptions,
  sagittalPlanes,
  slabSignal,
} from '@foramen/phantom';
import type { LabelVolume } from '@foramen/spine';

/** A grey picture of `size` x `size` pixels, values 0 to 1. */
export interface Grey {
  readonly size: number;
  readonly data: Float32Array<ArrayBuffer>;
}

type Paint = (x: number, y: number) => number | null;

/** Paints later shapes over earlier ones (coordinates 0 to 1), then softens and adds noise, so that it is no cartoon to a network. */
function drawn(seed: string, paints: readonly Paint[], noise = 0.025, size = 288): Grey {
  const data = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      for (const paint of paints) {
        const v = paint((i + 0.5) / size, (j + 0.5) / size);
        if (v !== null) data[j * size + i] = v;
      }
    }
  }
  blur(data, size, size, 0.8, 0.8);
  addNoise(data, noise, rngFrom(seed));
  return { size, data };
}

const ellipse =
  (cx: number, cy: number, rx: number, ry: number, v: number, turn = 0): Paint =>
  (x, y) => {
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const u = ((x - cx) * c + (y - cy) * s) / rx;
    const w = ((y - cy) * c - (x - cx) * s) / ry;
    return u * u + w * w < 1 ? v : null;
  };

const box =
  (x0: number, y0: number, x1: number, y1: number, v: number): Paint =>
  (x, y) =>
    x >= x0 && x < x1 && y >= y0 && y < y1 ? v : null;

/** Pictures that are no sagittal lumbar MRI, crude but with the bulk, edges and grey levels of the real thing. */
export const ELSEWHERE: Readonly<Record<string, () => Grey>> = {
  brain: () =>
    drawn('brain', [
      ellipse(0.5, 0.42, 0.36, 0.36, 0.9),
      ellipse(0.5, 0.42, 0.33, 0.33, 0.1),
      ellipse(0.5, 0.42, 0.31, 0.31, 0.5),
      ...Array.from({ length: 26 }, (_, k): Paint => {
        const a = (k / 26) * 2 * Math.PI;
        return ellipse(0.5 + 0.26 * Math.cos(a), 0.42 + 0.26 * Math.sin(a), 0.05, 0.012, 0.75, a);
      }),
      ellipse(0.5, 0.4, 0.13, 0.04, 0.95, 0.2),
      ellipse(0.62, 0.62, 0.09, 0.07, 0.42),
      ellipse(0.5, 0.66, 0.035, 0.12, 0.6),
      box(0.49, 0.74, 0.53, 1, 0.55),
    ]),
  neck: () =>
    drawn('neck', [
      box(0.15, 0, 0.85, 1, 0.45),
      box(0.28, 0, 0.36, 1, 0.05),
      ...Array.from({ length: 9 }, (_, k) => box(0.44, 0.02 + k * 0.11, 0.53, 0.105 + k * 0.11, 0.6)),
      ...Array.from({ length: 9 }, (_, k) => box(0.44, 0.107 + k * 0.11, 0.53, 0.128 + k * 0.11, 0.3)),
      box(0.54, 0, 0.6, 1, 0.95),
      box(0.553, 0, 0.587, 1, 0.55),
      ...Array.from({ length: 9 }, (_, k) => ellipse(0.7, 0.08 + k * 0.11, 0.07, 0.02, 0.6, 0.4)),
    ]),
  knee: () =>
    drawn('knee', [
      ellipse(0.5, 0.5, 0.36, 0.75, 0.5),
      box(0.38, 0, 0.6, 0.34, 0.75),
      ellipse(0.47, 0.4, 0.15, 0.13, 0.75),
      ellipse(0.5, 0.63, 0.17, 0.08, 0.75),
      box(0.4, 0.62, 0.58, 1, 0.75),
      ellipse(0.25, 0.38, 0.045, 0.09, 0.75),
      ellipse(0.49, 0.535, 0.16, 0.018, 0.1),
      ellipse(0.36, 0.52, 0.05, 0.03, 0.95),
    ]),
  'chest CT': () =>
    drawn('chest', [
      ellipse(0.5, 0.5, 0.44, 0.33, 0.55),
      ellipse(0.3, 0.48, 0.15, 0.22, 0.04),
      ellipse(0.7, 0.48, 0.15, 0.22, 0.04),
      ellipse(0.5, 0.46, 0.1, 0.13, 0.62),
      ellipse(0.5, 0.68, 0.05, 0.05, 0.95),
      ellipse(0.5, 0.74, 0.02, 0.02, 0.5),
      ...Array.from({ length: 14 }, (_, k): Paint => {
        const a = (k / 14) * 2 * Math.PI;
        return ellipse(0.5 + 0.4 * Math.cos(a), 0.5 + 0.29 * Math.sin(a), 0.04, 0.012, 1, a + 1.5);
      }),
    ]),
  sphere: () => drawn('sphere', [ellipse(0.5, 0.5, 0.35, 0.35, 0.8)]),
  noise: () => drawn('noise', [() => 0.5], 0.3),
  blank: () => ({ size: 256, data: new Float32Array(256 * 256) }),
  gradient: () => drawn('gradient', [(x, y) => 0.2 + 0.5 * x + 0.25 * y * y], 0.004),
  'photo-like': () =>
    drawn('photo', [
      (_, y) => 0.85 - 0.4 * y,
      (x, y) => (y > 0.55 + 0.08 * Math.sin(9 * x) ? 0.35 + 0.1 * Math.sin(60 * x * y) : null),
      box(0.2, 0.4, 0.45, 0.75, 0.6),
      (x, y) => (y > 0.25 && y < 0.4 && Math.abs(x - 0.325) < (y - 0.25) * 1.1 ? 0.2 : null),
      ...[0.25, 0.36].map((x) => box(x, 0.5, x + 0.05, 0.58, 0.1)),
      ellipse(0.8, 0.15, 0.06, 0.06, 1),
    ]),
  stripes: () => drawn('stripes', [(_, y) => (Math.floor(y * 18) % 2 === 0 ? 0.7 : 0.2)]),
  text: () =>
    drawn('text', [
      () => 1,
      (x, y) =>
        Math.floor(y * 40) % 2 === 0 && Math.sin(x * 331 + Math.floor(y * 40) * 17) > 0.2 ? 0 : null,
    ]),
};

/** T2 slices through a synthetic spine, right to left, head up and front to the left. */
export function spineSlices(
  seed: string,
  options: SpineOptions = {},
  count = 1,
): { readonly anatomy: Anatomy; readonly slices: readonly Grey[]; readonly truth: readonly Uint8Array[] } {
  const rng = rngFrom(seed);
  const anatomy = buildAnatomy(`${seed}/anatomy`, options);
  const table = drawSignals(rng.fork('signal'), 'T2', 0.35);
  const texture = buildTexture({ seed: `${seed}/texture`, size: 1 });
  const slabs = sagittalPlanes(anatomy, { ...SAGITTAL_PLAN, count }).map((plane) =>
    cutSlab(anatomy, plane, SAGITTAL_PLAN.thickness, 1),
  );
  const { size } = SAGITTAL_PLAN;
  const slices = slabs.map((slab): Grey => {
    const data = slabSignal(slab, table, texture);
    blur(data, size, size, 0.45, 0.45);
    addNoise(data, 0.015, rng);
    return { size, data };
  });
  return { anatomy, slices, truth: slabs.map((s) => s.centre.label) };
}

type Rearrange = (x: number, y: number, n: number) => readonly [number, number];
export const UPSIDE_DOWN: Rearrange = (x, y, n) => [x, n - 1 - y];
export const MIRRORED: Rearrange = (x, y, n) => [n - 1 - x, y];
export const HALF_TURN: Rearrange = (x, y, n) => [n - 1 - x, n - 1 - y];
export const QUARTER_TURN: Rearrange = (x, y, n) => [y, n - 1 - x];

/** The picture with every pixel taken from elsewhere in it. */
export function rearranged(g: Grey, from: Rearrange): Grey {
  const data = new Float32Array(g.data.length);
  for (let y = 0; y < g.size; y++) {
    for (let x = 0; x < g.size; x++) {
      const [u, v] = from(x, y, g.size);
      data[y * g.size + x] = g.data[v * g.size + u]!;
    }
  }
  return { ...g, data };
}

/** Signal voids with bright rims, as screws and rods leave, from one row down. */
export function withMetal(g: Grey, truth: Uint8Array, vertebra: number): Grey {
  const data = g.data.slice();
  const { size } = g;
  let first = size;
  for (let i = 0; i < truth.length; i++)
    if (truth[i] === vertebra) first = Math.min(first, Math.floor(i / size));
  for (let y = Math.floor(size * 0.5); y < size * 0.82; y++) {
    let [x0, x1] = [size, 0];
    for (let x = 0; x < size; x++) {
      if (truth[y * size + x] !== 1 && truth[y * size + x] !== 3) continue;
      x0 = Math.min(x0, x);
      x1 = Math.max(x1, x);
    }
    for (let x = x0 - 12; x < x1 + 40; x++) {
      if (x < 0 || x >= size) continue;
      data[y * size + x] = (y + x) % 23 === 0 ? 2.2 : 0.01;
    }
  }
  return { size, data };
}

export function volumeOf(slices: readonly Grey[], spacing: readonly [number, number, number]): LabelVolume {
  const size = slices[0]!.size;
  const high = Math.max(
    1e-6,
    ...slices.map((s) => [...s.data].sort((a, b) => a - b)[Math.floor(s.data.length * 0.995)]!),
  );
  const data = new Uint8Array(size * size * slices.length);
  slices.forEach((s, k) => {
    s.data.forEach((v, i) => {
      data[k * size * size + i] = Math.max(0, Math.min(255, Math.round((255 * v) / high)));
    });
  });
  const [c, r, z] = spacing;
  // Columns run to the back, rows to the feet, slices to the left.
  return {
    size: [size, size, slices.length],
    spacing,
    ijkToLps: [0, 0, z, 0, c, 0, 0, -size * 0.5 * c, 0, -r, 0, size * 0.5 * r, 0, 0, 0, 1],
    data,
  };
}

export function png(g: Grey): Uint8Array {
  return writePngLabels(volumeOf([g], [1, 1, 4]));
}
