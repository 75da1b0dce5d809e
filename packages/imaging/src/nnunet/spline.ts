import type { Grid } from './tiles.ts';

const POLE = Math.sqrt(3) - 2;

/** Coefficients of the cubic B-spline through a line's samples, mirrored at both ends (Unser 1999, IEEE Signal Process Mag 16:22). */
function coefficients(line: Float64Array): void {
  const n = line.length;
  if (n < 2) return;
  for (let i = 0; i < n; i++) line[i] = (line[i] as number) * 6;
  let first = line[0] as number;
  let z = POLE;
  const horizon = Math.min(n, 28);
  for (let i = 1; i < horizon; i++) {
    first += z * (line[i] as number);
    z *= POLE;
  }
  line[0] = first;
  for (let i = 1; i < n; i++) line[i] = (line[i] as number) + POLE * (line[i - 1] as number);
  line[n - 1] = (POLE / (POLE * POLE - 1)) * ((line[n - 1] as number) + POLE * (line[n - 2] as number));
  for (let i = n - 2; i >= 0; i--) line[i] = POLE * ((line[i + 1] as number) - (line[i] as number));
}

const mirrored = (i: number, n: number): number => {
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const m = ((i % period) + period) % period;
  return m < n ? m : period - m;
};

export type Interpolation = 'cubic' | 'linear' | 'nearest';

/** One axis of a resampling: picture edges stay where they are, so output voxel o lies at (o + 0.5) * from / to - 0.5. */
function resampleAxis(grid: Grid, axis: number, to: number, by: Interpolation): Grid {
  const size = [...grid.size];
  const from = size[axis] as number;
  if (from === to) return grid;
  const inner = size.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = size.slice(0, axis).reduce((a, b) => a * b, 1);
  size[axis] = to;
  const data = new Float32Array(outer * to * inner);
  const line = new Float64Array(from);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      for (let k = 0; k < from; k++) line[k] = grid.data[(o * from + k) * inner + i] as number;
      if (by === 'cubic') coefficients(line);
      for (let k = 0; k < to; k++) {
        // Beyond the middle of the outermost voxel its value holds.
        const at = Math.min(from - 1, Math.max(0, ((k + 0.5) * from) / to - 0.5));
        data[(o * to + k) * inner + i] = valueAt(line, at, by);
      }
    }
  }
  return { size, data };
}

function valueAt(line: Float64Array, at: number, by: Interpolation): number {
  const n = line.length;
  if (by === 'nearest') return line[Math.min(n - 1, Math.floor(at + 0.5))] as number;
  const base = Math.floor(at);
  const t = at - base;
  if (by === 'linear' || n < 2) {
    const next = Math.min(n - 1, base + 1);
    return (1 - t) * (line[base] as number) + t * (line[next] as number);
  }
  const u = 1 - t;
  const weights = [
    (u * u * u) / 6,
    2 / 3 - t * t * (1 - t / 2),
    2 / 3 - u * u * (1 - u / 2),
    (t * t * t) / 6,
  ] as const;
  let sum = 0;
  for (let q = 0; q < 4; q++) sum += (weights[q] as number) * (line[mirrored(base - 1 + q, n)] as number);
  return sum;
}

/** Resamples every axis to `size`; `by` names the interpolation of each axis. */
export function resampleGrid(grid: Grid, size: readonly number[], by: readonly Interpolation[]): Grid {
  return size.reduce<Grid>((g, n, axis) => resampleAxis(g, axis, n, by[axis] ?? 'linear'), grid);
}
