import type { LabelVolume } from '@foramen/spine';

/** Overlap of one structure. `dice` is null when neither picture holds it. */
export interface Overlap {
  readonly dice: number | null;
  readonly truthVoxels: number;
  readonly foundVoxels: number;
}

interface SurfaceDistance {
  /** Average symmetric surface distance, mm. */
  readonly assdMm: number;
  /** 95th percentile of both directions' surface distances, mm. */
  readonly hausdorff95Mm: number;
}

const member = (labels: ReadonlySet<number>): Uint8Array => {
  const table = new Uint8Array(256);
  for (const l of labels) table[l] = 1;
  return table;
};

function sameGrid(a: LabelVolume, b: LabelVolume): void {
  if (a.size.some((n, i) => n !== b.size[i])) throw new RangeError('label maps are on different grids');
}

/**
 * Dice coefficient of all voxels whose label is in `labels` (or, for the second map, in `otherLabels`).
 * @throws RangeError when the grids differ.
 */
export function overlap(
  truth: LabelVolume,
  found: LabelVolume,
  labels: ReadonlySet<number>,
  otherLabels: ReadonlySet<number> = labels,
): Overlap {
  sameGrid(truth, found);
  const t = member(labels);
  const f = member(otherLabels);
  let a = 0;
  let b = 0;
  let both = 0;
  for (let i = 0; i < truth.data.length; i++) {
    const x = t[truth.data[i] as number] as number;
    const y = f[found.data[i] as number] as number;
    a += x;
    b += y;
    both += x & y;
  }
  return { dice: a + b === 0 ? null : (2 * both) / (a + b), truthVoxels: a, foundVoxels: b };
}

/** Squared distance along a line to the nearest source, lower envelope of parabolas (Felzenszwalb 2012). */
function transformLine(
  f: Float64Array,
  n: number,
  step: number,
  out: Float64Array,
  v: Int32Array,
  z: Float64Array,
): void {
  let k = -1;
  const s2 = step * step;
  for (let q = 0; q < n; q++) {
    const fq = f[q] as number;
    if (fq === Infinity) continue;
    let s = -Infinity;
    while (k >= 0) {
      const p = v[k] as number;
      s = (fq + s2 * q * q - ((f[p] as number) + s2 * p * p)) / (2 * s2 * (q - p));
      if (s > (z[k] as number)) break;
      k--;
    }
    if (k < 0) s = -Infinity;
    k++;
    v[k] = q;
    z[k] = s;
  }
  if (k < 0) {
    out.fill(Infinity, 0, n);
    return;
  }
  let j = 0;
  for (let q = 0; q < n; q++) {
    while (j < k && (z[j + 1] as number) < q) j++;
    const p = v[j] as number;
    out[q] = s2 * (q - p) * (q - p) + (f[p] as number);
  }
}

/** Distance in mm from every voxel to the nearest voxel of `source`. */
export function distanceMap(
  source: Uint8Array,
  size: readonly [number, number, number],
  spacing: readonly [number, number, number],
): Float64Array {
  const d = Float64Array.from(source, (v) => (v ? 0 : Infinity));
  const longest = Math.max(...size);
  const line = new Float64Array(longest);
  const out = new Float64Array(longest);
  const v = new Int32Array(longest);
  const z = new Float64Array(longest + 1);
  const stride = [1, size[0], size[0] * size[1]] as const;
  for (const axis of [0, 1, 2] as const) {
    const n = size[axis];
    const other = ([0, 1, 2] as const).filter((a) => a !== axis);
    const [a, b] = other as [0 | 1 | 2, 0 | 1 | 2];
    for (let j = 0; j < size[b]; j++) {
      for (let i = 0; i < size[a]; i++) {
        const start = i * stride[a] + j * stride[b];
        for (let q = 0; q < n; q++) line[q] = d[start + q * stride[axis]] as number;
        transformLine(line, n, spacing[axis], out, v, z);
        for (let q = 0; q < n; q++) d[start + q * stride[axis]] = out[q] as number;
      }
    }
  }
  return d.map(Math.sqrt);
}

/** Voxels of a mask with a neighbour (along an axis with more than one voxel) outside it. */
function surface(mask: Uint8Array, size: readonly [number, number, number]): Uint8Array {
  const [w, h, depth] = size;
  const out = new Uint8Array(mask.length);
  for (let k = 0, at = 0; k < depth; k++) {
    for (let j = 0; j < h; j++) {
      for (let i = 0; i < w; i++, at++) {
        if (!mask[at]) continue;
        const inner =
          (w === 1 || (i > 0 && mask[at - 1] && i + 1 < w && mask[at + 1])) &&
          (h === 1 || (j > 0 && mask[at - w] && j + 1 < h && mask[at + w])) &&
          (depth === 1 || (k > 0 && mask[at - w * h] && k + 1 < depth && mask[at + w * h]));
        if (!inner) out[at] = 1;
      }
    }
  }
  return out;
}

type Box = readonly [number, number, number, number, number, number];

/** Box around everything of either mask and a voxel more, so that surfaces stay surfaces; null when both are empty. */
function unionBox(truth: LabelVolume, found: LabelVolume, t: Uint8Array, f: Uint8Array): Box | null {
  const [w, h, depth] = truth.size;
  let [i0, j0, k0, i1, j1, k1] = [w, h, depth, -1, -1, -1];
  for (let k = 0, n = 0; k < depth; k++) {
    for (let j = 0; j < h; j++) {
      for (let i = 0; i < w; i++, n++) {
        if (!t[truth.data[n] as number] && !f[found.data[n] as number]) continue;
        if (i < i0) i0 = i;
        if (i > i1) i1 = i;
        if (j < j0) j0 = j;
        if (j > j1) j1 = j;
        if (k < k0) k0 = k;
        k1 = k;
      }
    }
  }
  return i1 < 0
    ? null
    : [
        Math.max(0, i0 - 1),
        Math.max(0, j0 - 1),
        Math.max(0, k0 - 1),
        Math.min(w, i1 + 2),
        Math.min(h, j1 + 2),
        Math.min(depth, k1 + 2),
      ];
}

function cropped(map: LabelVolume, table: Uint8Array, [i0, j0, k0, i1, j1, k1]: Box): Uint8Array {
  const [w, h] = map.size;
  const out = new Uint8Array((i1 - i0) * (j1 - j0) * (k1 - k0));
  for (let k = k0, n = 0; k < k1; k++)
    for (let j = j0; j < j1; j++)
      for (let i = i0; i < i1; i++) out[n++] = table[map.data[i + w * (j + h * k)] as number] as number;
  return out;
}

/**
 * Surface distances of one structure, by voxel surfaces and exact Euclidean distance maps.
 * Null when either map does not hold it. @throws RangeError when the grids differ.
 */
export function surfaceDistance(
  truth: LabelVolume,
  found: LabelVolume,
  labels: ReadonlySet<number>,
  otherLabels: ReadonlySet<number> = labels,
): SurfaceDistance | null {
  sameGrid(truth, found);
  const t = member(labels);
  const f = member(otherLabels);
  const box = unionBox(truth, found, t, f);
  if (box === null) return null;
  // The nearest surface of either lies in the box around both: nothing outside it is looked at.
  const size = [box[3] - box[0], box[4] - box[1], box[5] - box[2]] as const;
  const a = surface(cropped(truth, t, box), size);
  const b = surface(cropped(found, f, box), size);
  if (!a.includes(1) || !b.includes(1)) return null;
  const toA = distanceMap(a, size, truth.spacing);
  const toB = distanceMap(b, size, truth.spacing);
  const distances: number[] = [];
  for (let i = 0; i < a.length; i++) {
    if (a[i]) distances.push(toB[i] as number);
    if (b[i]) distances.push(toA[i] as number);
  }
  distances.sort((x, y) => x - y);
  return {
    assdMm: distances.reduce((x, y) => x + y, 0) / distances.length,
    hausdorff95Mm: distances[
      Math.min(distances.length - 1, Math.ceil(0.95 * distances.length) - 1)
    ] as number,
  };
}
