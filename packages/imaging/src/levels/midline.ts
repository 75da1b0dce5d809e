import { classPlane, type ProbabilityField } from '../segmentation/field.ts';
import { CLASS } from '../segmentation/model.ts';
import { smooth } from './smoothing.ts';

/**
 * The curved mid-sagittal plane: for each row of the field the slice (fractional, in field slices) that passes through the
 * middle of the dural sac, and the class probabilities (0 to 1) sampled on it. A scoliotic spine leaves any flat plane;
 * reading along the sac does not.
 */
export interface MidlinePlane {
  readonly width: number;
  readonly height: number;
  readonly pixelMm: readonly [number, number];
  /** Fractional field slice for each row. */
  readonly slice: Float32Array;
  readonly body: Float32Array;
  readonly disc: Float32Array;
  readonly sac: Float32Array;
  readonly sacrum: Float32Array;
}

/** Mean slice of a class for every row, and how much of the class the row holds. */
function rowCentroids(
  field: ProbabilityField,
  classes: readonly number[],
): { z: Float32Array; mass: Float32Array } {
  const { width, height, depth } = field;
  const z = new Float32Array(height);
  const mass = new Float32Array(height);
  for (const c of classes) {
    for (let k = 0; k < depth; k++) {
      const plane = classPlane(field, c, k);
      for (let y = 0; y < height; y++) {
        let sum = 0;
        for (let i = y * width; i < (y + 1) * width; i++) {
          const v = plane[i] as number;
          if (v > 127) sum += v;
        }
        z[y] = (z[y] as number) + sum * k;
        mass[y] = (mass[y] as number) + sum;
      }
    }
  }
  for (let y = 0; y < height; y++) if ((mass[y] as number) > 0) z[y] = (z[y] as number) / (mass[y] as number);
  return { z, mass };
}

function midSlices(field: ProbabilityField): Float32Array {
  const { height, depth, pixelMm } = field;
  const out = new Float32Array(height);
  if (depth === 1) return out;
  const sac = rowCentroids(field, [CLASS.sac, CLASS.cord]);
  const total = sac.mass.reduce((a, b) => a + b, 0);
  const used = total > 255 * 200 ? sac : rowCentroids(field, [CLASS.body, CLASS.disc]);
  const sigma = 15 / pixelMm[1];
  const weighted = smooth(
    used.z.map((v, y) => v * (used.mass[y] as number)),
    sigma,
  );
  const weight = smooth(used.mass, sigma);
  let last = (depth - 1) / 2;
  let first = -1;
  for (let y = 0; y < height; y++) {
    const w = weight[y] as number;
    if (w > 1) {
      last = (weighted[y] as number) / w;
      if (first < 0) first = y;
    }
    out[y] = last;
  }
  if (first > 0) out.fill(out[first] as number, 0, first);
  return out;
}

export function midlinePlane(field: ProbabilityField): MidlinePlane {
  const { width, height, depth } = field;
  const slice = midSlices(field);
  const sample = (...classes: readonly number[]): Float32Array => {
    const out = new Float32Array(width * height);
    for (const c of classes) {
      for (let y = 0; y < height; y++) {
        const z = Math.min(depth - 1, Math.max(0, slice[y] as number));
        const z0 = Math.floor(z);
        const f = z - z0;
        const a = classPlane(field, c, z0);
        const b = classPlane(field, c, Math.min(depth - 1, z0 + 1));
        for (let i = y * width; i < (y + 1) * width; i++) {
          out[i] = (out[i] as number) + ((1 - f) * (a[i] as number) + f * (b[i] as number)) / 255;
        }
      }
    }
    return out;
  };
  return {
    width,
    height,
    pixelMm: field.pixelMm,
    slice,
    body: sample(CLASS.body),
    disc: sample(CLASS.disc),
    sac: sample(CLASS.sac, CLASS.cord),
    sacrum: sample(CLASS.sacrum),
  };
}
