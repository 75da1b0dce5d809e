import type { SpineInstances } from '../levels/instances.ts';
import { classPlane, type ProbabilityField } from '../segmentation/field.ts';
import { along, type Point } from './geometry.ts';

/** Probability (0 to 1) at a point in mm of the slice; 0 outside. */
export type Sampler = (p: Point) => number;

/** Bilinear sampling of a window of the field, in mm of the slice. */
export function windowSampler(
  field: ProbabilityField,
  window: { readonly x0: number; readonly y0: number; readonly w: number; readonly h: number },
  data: Float32Array,
): Sampler {
  const { x0, y0, w, h } = window;
  const sx = 1 / field.pixelMm[0];
  const sy = 1 / field.pixelMm[1];
  return (p) => {
    const u = p[0] * sx - 0.5 - x0;
    const v = p[1] * sy - 0.5 - y0;
    const x = Math.floor(u);
    const y = Math.floor(v);
    if (x < 0 || y < 0 || x + 1 >= w || y + 1 >= h) return 0;
    const f = u - x;
    const g = v - y;
    const i = y * w + x;
    return (
      (1 - g) * ((1 - f) * (data[i] as number) + f * (data[i + 1] as number)) +
      g * ((1 - f) * (data[i + w] as number) + f * (data[i + w + 1] as number))
    );
  };
}

/**
 * One structure on one slice as a smooth field whose 0.5 level is its outline: the class probability, with voxels that were
 * given to another instance of the class (or dropped as specks) set to 0. Null when the slice holds none of it.
 */
export function instanceSampler(
  s: SpineInstances,
  ids: readonly number[],
  classes: readonly number[],
  z: number,
): Sampler | null {
  const { field, labels } = s;
  const { width, height } = field;
  const base = z * width * height;
  const wanted = new Uint8Array(256);
  for (const id of ids) wanted[id] = 1;
  let r0 = height;
  let c0 = width;
  let r1 = -1;
  let c1 = -1;
  let [top, left, bottom, right] = [height, width, 0, 0];
  for (const id of ids) {
    const box = s.boxes[id];
    if (!box) continue;
    top = Math.min(top, box[0]);
    left = Math.min(left, box[1]);
    bottom = Math.max(bottom, box[2]);
    right = Math.max(right, box[3]);
  }
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (!wanted[labels[base + y * width + x] as number]) continue;
      if (y < r0) r0 = y;
      if (y > r1) r1 = y;
      if (x < c0) c0 = x;
      if (x > c1) c1 = x;
    }
  }
  if (r1 < 0) return null;
  const x0 = Math.max(0, c0 - 3);
  const y0 = Math.max(0, r0 - 3);
  const w = Math.min(width, c1 + 4) - x0;
  const h = Math.min(height, r1 + 4) - y0;
  const data = new Float32Array(w * h);
  const isClass = new Uint8Array(8);
  for (const c of classes) isClass[c] = 1;
  for (const c of classes) {
    const p = classPlane(field, c, z);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const at = (y0 + y) * width + x0 + x;
        const own = wanted[labels[base + at] as number] === 1;
        if (!own && isClass[field.classes[base + at] as number]) continue;
        data[y * w + x] = (data[y * w + x] as number) + (p[at] as number) / 255;
      }
    }
  }
  return windowSampler(field, { x0, y0, w, h }, data);
}

const RAY_STEP = 0.3;

/**
 * Distance along a ray at which the field last falls through 0.5, or null when it never is above. `from` need not be inside.
 * `gapMm` ends the search at the first gap of that length.
 */
export function lastInside(
  at: Sampler,
  from: Point,
  direction: Point,
  reachMm: number,
  gapMm = Number.POSITIVE_INFINITY,
): number | null {
  let result: number | null = null;
  let previous = at(from);
  let outside = 0;
  for (let t = RAY_STEP; t <= reachMm; t += RAY_STEP) {
    const v = at(along(from, direction, t));
    if (previous >= 0.5 && v < 0.5) result = t - RAY_STEP + (RAY_STEP * (previous - 0.5)) / (previous - v);
    if (v < 0.5) {
      outside += RAY_STEP;
      if (outside > gapMm && result !== null) return result;
    } else outside = 0;
    previous = v;
  }
  return previous >= 0.5 ? reachMm : result;
}

/** Distance along a ray at which the field first rises through 0.5; 0 when it starts inside, null when it never does. */
export function firstInside(at: Sampler, from: Point, direction: Point, reachMm: number): number | null {
  let previous = at(from);
  if (previous >= 0.5) return 0;
  for (let t = RAY_STEP; t <= reachMm; t += RAY_STEP) {
    const v = at(along(from, direction, t));
    if (v >= 0.5) return t - RAY_STEP + (RAY_STEP * (0.5 - previous)) / (v - previous);
    previous = v;
  }
  return null;
}

/** Length inside the field of the first stretch met along a ray, with where it begins; null when none is met. */
export function firstStretch(
  at: Sampler,
  from: Point,
  direction: Point,
  reachMm: number,
): { readonly start: number; readonly end: number } | null {
  const start = firstInside(at, from, direction, reachMm);
  if (start === null) return null;
  let previous = 1;
  for (let t = start + RAY_STEP; t <= reachMm; t += RAY_STEP) {
    const v = at(along(from, direction, t));
    if (v < 0.5)
      return { start, end: t - RAY_STEP + (RAY_STEP * (previous - 0.5)) / Math.max(1e-6, previous - v) };
    previous = v;
  }
  return null;
}
