import {
  DISC_LABEL,
  LABEL_CANAL,
  LABEL_CORD,
  LABEL_SACRUM,
  type LabelVolume,
  VERTEBRA_LABEL,
  type Volume,
} from '@foramen/spine';
import { CLASS, CLASS_COUNT } from '../segmentation/model.ts';
import { CORD_ID, SAC_ID, SACRUM_ID, type SpineInstances } from './instances.ts';
import type { Numbering } from './numbering.ts';
import { posteriorLabels } from './posterior.ts';

interface LabelMapOptions {
  /** `joined` (default) gives posterior elements the label of their vertebra, `none` leaves them out. */
  readonly posterior?: 'joined' | 'none';
  /** The field was made from rows reversed. */
  readonly flipRows?: boolean;
}

/** Output label of every instance id. Names that are not sure are still written: how sure they are is in the findings. */
function labelTable(s: SpineInstances, numbering: Numbering): Uint8Array {
  const table = new Uint8Array(256);
  table[SACRUM_ID] = LABEL_SACRUM;
  table[SAC_ID] = LABEL_CANAL;
  table[CORD_ID] = LABEL_CORD;
  for (const d of numbering.discs) table[d.item.id] = DISC_LABEL[d.level];
  for (const b of numbering.bodies) table[b.item.id] = VERTEBRA_LABEL[b.vertebra] ?? 0;
  const lowest = numbering.discs[0];
  if (lowest) {
    const named = new Set(numbering.bodies.map((b) => b.item.id));
    // What lies below the lowest named level on the column is sacrum, whatever the network called it.
    for (const item of s.items) {
      if (item.segment.from >= lowest.item.segment.to && !named.has(item.id)) table[item.id] = LABEL_SACRUM;
    }
  }
  return table;
}

/**
 * Label map in the values of `label-values.ts`, on the volume's own grid: class probabilities are interpolated to each voxel,
 * the best class wins, and its instance is that of the nearest field voxel of the class.
 */
export function labelMap(
  volume: Volume,
  s: SpineInstances,
  numbering: Numbering,
  options: LabelMapOptions = {},
): LabelVolume {
  const [w, h, depth] = volume.size;
  const { field } = s;
  const { width, height, pixelMm } = field;
  const n = width * height;
  const table = labelTable(s, numbering);
  const posterior = options.posterior === 'none' ? null : posteriorLabels(s);
  const out = new Uint8Array(w * h * depth);
  const u = Float32Array.from({ length: w }, (_, i) =>
    Math.min(width - 1, Math.max(0, ((i + 0.5) * volume.spacing[0]) / pixelMm[0] - 0.5)),
  );
  const v = Float32Array.from({ length: h }, (_, j) =>
    Math.min(height - 1, Math.max(0, ((j + 0.5) * volume.spacing[1]) / pixelMm[1] - 0.5)),
  );
  const values = new Float32Array(CLASS_COUNT);
  for (let k = 0; k < depth; k++) {
    const [z0, z1, f] = between(field.sliceIndex, k);
    if (z0 < 0) continue;
    for (let j = 0; j < h; j++) {
      const y0 = Math.min(height - 1, Math.floor(v[j] as number));
      const y1 = Math.min(height - 1, y0 + 1);
      const g = (v[j] as number) - y0;
      const row = options.flipRows ? h - 1 - j : j;
      for (let i = 0; i < w; i++) {
        const x0 = Math.min(width - 1, Math.floor(u[i] as number));
        const x1 = Math.min(width - 1, x0 + 1);
        const e = (u[i] as number) - x0;
        const a = y0 * width + x0;
        const b = y0 * width + x1;
        const c = y1 * width + x0;
        const d = y1 * width + x1;
        let zBest = f < 0.5 ? z0 : z1;
        const cls = field.classes;
        const ca = cls[a + n * z0];
        let best = ca as number;
        const same =
          ca === cls[b + n * z0] &&
          ca === cls[c + n * z0] &&
          ca === cls[d + n * z0] &&
          (z0 === z1 ||
            (ca === cls[a + n * z1] &&
              ca === cls[b + n * z1] &&
              ca === cls[c + n * z1] &&
              ca === cls[d + n * z1]));
        if (!same) {
          best = 0;
          for (let q = 0; q < CLASS_COUNT; q++) {
            const base = n * (q + CLASS_COUNT * z0);
            let p =
              (1 - g) * ((1 - e) * (field.p[base + a] as number) + e * (field.p[base + b] as number)) +
              g * ((1 - e) * (field.p[base + c] as number) + e * (field.p[base + d] as number));
            if (z1 !== z0) {
              const up = n * (q + CLASS_COUNT * z1);
              p =
                (1 - f) * p +
                f *
                  ((1 - g) * ((1 - e) * (field.p[up + a] as number) + e * (field.p[up + b] as number)) +
                    g * ((1 - e) * (field.p[up + c] as number) + e * (field.p[up + d] as number)));
            }
            values[q] = p;
            if (p > (values[best] as number)) best = q;
          }
        }
        if (best === CLASS.background) continue;
        const x = e < 0.5 ? x0 : x1;
        const y = g < 0.5 ? y0 : y1;
        let label = 0;
        for (const z of z0 === z1 ? [z0] : [zBest, zBest === z0 ? z1 : z0]) {
          label = lookUp(s, posterior, table, best, x, y, z);
          if (label > 0) break;
          zBest = z;
        }
        if (label > 0) out[i + w * (row + h * k)] = label;
      }
    }
  }
  return { size: volume.size, spacing: volume.spacing, ijkToLps: volume.ijkToLps, data: out };
}

/** Field slices around source slice k and the weight of the second; -1 where the field does not reach. */
function between(index: readonly number[], k: number): [number, number, number] {
  const last = index.length - 1;
  if (last < 0) return [-1, -1, 0];
  const step = last > 0 ? ((index[last] as number) - (index[0] as number)) / last : 1;
  if (k < (index[0] as number) - step || k > (index[last] as number) + step) return [-1, -1, 0];
  let z = 0;
  while (z < last && (index[z + 1] as number) <= k) z++;
  const a = index[z] as number;
  if (z === last || k <= a) return [z, z, 0];
  const b = index[z + 1] as number;
  return [z, z + 1, (k - a) / (b - a)];
}

/** Label of the nearest field voxel of class `c` within two pixels. */
function lookUp(
  s: SpineInstances,
  posterior: Uint8Array | null,
  table: Uint8Array,
  c: number,
  x: number,
  y: number,
  z: number,
): number {
  const { width, height, classes } = s.field;
  const base = z * width * height;
  const source = c === CLASS.posterior ? posterior : s.labels;
  if (!source) return 0;
  for (let r = 0; r <= 2; r++) {
    for (let dy = -r; dy <= r; dy++) {
      for (let dx = -r; dx <= r; dx++) {
        if (Math.max(Math.abs(dx), Math.abs(dy)) !== r) continue;
        const xx = x + dx;
        const yy = y + dy;
        if (xx < 0 || yy < 0 || xx >= width || yy >= height) continue;
        const at = base + yy * width + xx;
        if (classes[at] !== c) continue;
        const label = table[source[at] as number] as number;
        if (label > 0) return label;
      }
    }
  }
  return 0;
}
