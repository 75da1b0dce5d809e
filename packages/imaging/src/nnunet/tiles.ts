import { type Tensor, throwIfAborted } from '../segmentation/network.ts';

/** A picture on the network's grid, first axis slowest. */
export interface Grid {
  readonly size: readonly number[];
  readonly data: Float32Array;
}

/** First voxel of each tile along one axis: tiles overlap by half and the last ends at the edge (as nnU-Net lays them). */
export function tileStarts(length: number, patch: number): number[] {
  if (length <= patch) return [0];
  const count = Math.ceil((length - patch) / (patch / 2)) + 1;
  const step = (length - patch) / (count - 1);
  return Array.from({ length: count }, (_, n) => Math.round(n * step));
}

/** Gaussian importance of a tile's voxels, 1 in the middle, standard deviation an eighth of the tile; never 0. */
export function tileWeights(patch: readonly number[]): Float32Array {
  const line = patch.map((n) =>
    Float64Array.from({ length: n }, (_, i) => Math.exp(-0.5 * ((i - (n - 1) / 2) / (n / 8)) ** 2)),
  );
  let out: Float64Array = Float64Array.of(1);
  for (const axis of line) {
    const next = new Float64Array(out.length * axis.length);
    for (let a = 0; a < out.length; a++) {
      for (let b = 0; b < axis.length; b++)
        next[a * axis.length + b] = (out[a] as number) * (axis[b] as number);
    }
    out = next;
  }
  const most = out.reduce((a, b) => Math.max(a, b), 0);
  return Float32Array.from(out, (v) => Math.max(v / most, 1e-30));
}

/** Padding before each axis that centres the picture in at least one tile. */
function padded(size: readonly number[], patch: readonly number[]): { size: number[]; before: number[] } {
  const whole = size.map((n, axis) => Math.max(n, patch[axis] as number));
  return { size: whole, before: whole.map((n, axis) => Math.floor((n - (size[axis] as number)) / 2)) };
}

/** Walks the rows of a box of a row-major array of three axes: index of the row there, its place in the box, its length. */
function eachRow(
  fromSize: readonly number[],
  fromAt: readonly number[],
  box: readonly number[],
  put: (fromIndex: number, toRow: number, length: number) => void,
): void {
  const [, h = 1, w = 1] = fromSize;
  const [a0 = 0, b0 = 0, c0 = 0] = fromAt;
  const [na = 1, nb = 1, nc = 1] = box;
  for (let a = 0; a < na; a++) {
    for (let b = 0; b < nb; b++) put(c0 + w * (b0 + b + h * (a0 + a)), (a * nb + b) * nc, nc);
  }
}

interface TileControl {
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: { readonly aborted: boolean };
}

/**
 * Runs a network over a picture in overlapping tiles and returns the weighted mean of its outputs, [channel][voxel] in one array.
 * Pictures smaller than a tile are padded with zeros. Several pictures of one grid are the network's input channels. A 2-D network is given slices of the first axis one by one.
 * @param patch tile size, two or three axes
 * @throws Error when the network's output has a wrong shape; whatever `run` rejects with; Cancelled once the signal is aborted
 */
export async function predictInTiles(
  pictures: readonly Grid[],
  patch: readonly number[],
  channels: number,
  run: (input: Tensor) => Promise<Tensor>,
  control: TileControl = {},
): Promise<Float32Array> {
  const flat = patch.length === 2;
  const tile = flat ? [1, ...patch] : patch;
  const { size } = pictures[0] as Grid;
  const whole = padded(size, tile);
  const [d = 1, h = 1, w = 1] = whole.size;
  const [b0 = 0, b1 = 0, b2 = 0] = whole.before;
  const inputs = pictures.map((picture) => {
    const data = new Float32Array(d * h * w);
    eachRow(size, [0, 0, 0], size, (from, row, length) => {
      const a = Math.floor(row / length / (size[1] as number));
      const b = Math.round(row / length) % (size[1] as number);
      data.set(picture.data.subarray(from, from + length), b2 + w * (b1 + b + h * (b0 + a)));
    });
    return data;
  });
  const [pa = 1, pb = 1, pc = 1] = tile;
  const volume = pa * pb * pc;
  const weights = tileWeights(tile);
  const sum = new Float32Array(channels * d * h * w);
  const weight = new Float32Array(d * h * w);
  const starts = tile.map((n, axis) => tileStarts(whole.size[axis] as number, n));
  const [sa = [], sb = [], sc = []] = starts;
  const total = sa.length * sb.length * sc.length;
  let done = 0;
  for (const a0 of sa) {
    for (const c1 of sb) {
      for (const c2 of sc) {
        throwIfAborted(control);
        const input = new Float32Array(inputs.length * volume);
        eachRow(whole.size, [a0, c1, c2], tile, (from, row, length) =>
          inputs.forEach((data, n) => {
            input.set(data.subarray(from, from + length), n * volume + row);
          }),
        );
        const output = await run({ data: input, dims: [1, inputs.length, ...patch] });
        if (output.data.length !== channels * volume) {
          throw new Error(
            `the network gave [${output.dims.join(', ')}], expected [1, ${channels}, ${patch.join(', ')}]`,
          );
        }
        eachRow(whole.size, [a0, c1, c2], tile, (from, row, length) => {
          for (let x = 0; x < length; x++)
            weight[from + x] = (weight[from + x] as number) + (weights[row + x] as number);
          for (let c = 0; c < channels; c++) {
            const to = c * d * h * w + from;
            const at = c * volume + row;
            for (let x = 0; x < length; x++)
              sum[to + x] =
                (sum[to + x] as number) + (weights[row + x] as number) * (output.data[at + x] as number);
          }
        });
        control.onProgress?.(++done / total);
      }
    }
  }
  return unpad(sum, weight, whole, size, channels);
}

function unpad(
  sum: Float32Array,
  weight: Float32Array,
  whole: { readonly size: readonly number[]; readonly before: readonly number[] },
  size: readonly number[],
  channels: number,
): Float32Array {
  const plane = weight.length;
  const n = size.reduce((a, b) => a * b, 1);
  const out = new Float32Array(channels * n);
  eachRow(whole.size, whole.before, size, (from, row, length) => {
    for (let c = 0; c < channels; c++) {
      for (let x = 0; x < length; x++)
        out[c * n + row + x] = (sum[c * plane + from + x] as number) / (weight[from + x] as number);
    }
  });
  return out;
}
