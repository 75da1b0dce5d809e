import type { Point } from '../measures/geometry.ts';
import { percentiles } from '../segmentation/resample.ts';
import type { CropSource } from './disc-crop.ts';
import { endplateLine } from './endplate-lines.ts';

/** Size of a wide crop in pixels and mm: 72 x 72 mm as the segmenter sees a slice, upright, the disc in its middle. */
export const WIDE = { width: 96, height: 96, pixelMm: 0.75 } as const;

/**
 * Where the network's sight is read: cells of `CELL_POINTS` points. For the end plate of the body above, then of the one below: on the plate,
 * deep to it and deeper, each in front, middle and back; then the disc in front, middle and back.
 */
export const CELLS = 21;
export const CELL_POINTS = 12;

/** Distances into the body of the three bands, mm; three points each. */
const BANDS = [
  [-0.5, 0.75, 2],
  [3.25, 4.75, 6.25],
  [7.75, 9.5, 11.25],
] as const;
const THIRDS = [-0.92, -0.3, 0.3, 0.92] as const;
const HEIGHTS = [0.25, 0.5, 0.75] as const;

/** One disc on one series as the trunk of the network sees it. */
export interface WideCrop {
  /** [96, 96], 0 to 1. */
  readonly picture: Float32Array;
  /** [CELLS, CELL_POINTS, 2]: x and y, -1 to 1 over the crop. */
  readonly points: Float32Array;
  /** [CELLS]: 1 where the cell could be placed. */
  readonly seen: Float32Array;
}

/** Four places across a third of the disc. */
function across(third: number): number[] {
  const from = THIRDS[third] as number;
  const to = THIRDS[third + 1] as number;
  return [1, 3, 5, 7].map((k) => from + ((to - from) * k) / 8);
}

/** Points of every cell; null where an end plate is not seen. */
export function cellPoints(frame: CropSource['frame']): (readonly Point[] | null)[] {
  const upper = endplateLine(frame, 'upper');
  const lower = endplateLine(frame, 'lower');
  const cells: (readonly Point[] | null)[] = [];
  for (const line of [upper, lower]) {
    for (const band of BANDS) {
      for (let third = 0; third < 3; third++) {
        cells.push(line ? across(third).flatMap((u) => band.map((into) => line.point(u, into))) : null);
      }
    }
  }
  for (let third = 0; third < 3; third++) {
    cells.push(
      upper && lower
        ? across(third).flatMap((u) => {
            const from = lower.point(u, 0);
            const to = upper.point(u, 0);
            return HEIGHTS.map(
              (f): Point => [from[0] + f * (to[0] - from[0]), from[1] + f * (to[1] - from[1])],
            );
          })
        : null,
    );
  }
  return cells;
}

/** Mean of four places of a pixel, so that fine pixels do not flicker; null when the picture ends there. */
function sampled(source: CropSource, p: Point): number | null {
  const q = WIDE.pixelMm / 4;
  let sum = 0;
  for (const dx of [-q, q]) {
    for (const dy of [-q, q]) {
      const v = source.at([p[0] + dx, p[1] + dy]);
      if (v === null) return null;
      sum += v;
    }
  }
  return sum / 4;
}

/**
 * Wide crops of all discs of a person on one series, null where the disc is not on it. Their signal is normalised together, between the
 * percentiles that the segmenter uses for a slice, so that discs can be compared.
 */
export function wideCrops(sources: readonly (CropSource | null)[]): (WideCrop | null)[] {
  const { width, height, pixelMm } = WIDE;
  const size = width * height;
  const raw = sources.map((source) => {
    if (!source) return null;
    const out = new Float32Array(size);
    const { centre } = source.frame;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const v = sampled(source, [
          centre[0] + (x - width / 2 + 0.5) * pixelMm,
          centre[1] + (y - height / 2 + 0.5) * pixelMm,
        ]);
        out[y * width + x] = v ?? Number.NaN;
      }
    }
    return out;
  });
  const known = new Float32Array(size * sources.length);
  let count = 0;
  for (const picture of raw) for (const v of picture ?? []) if (!Number.isNaN(v)) known[count++] = v;
  if (count === 0) return sources.map(() => null);
  const [low = 0, high = 0] = percentiles(known.subarray(0, count), [0.5, 99.5]);
  if (!(high > low)) return sources.map(() => null);
  return sources.map((source, i) => {
    const picture = raw[i];
    if (!source || !picture) return null;
    for (let k = 0; k < size; k++) {
      const v = ((picture[k] as number) - low) / (high - low);
      picture[k] = v > 0 ? Math.min(1, v) : 0;
    }
    const points = new Float32Array(CELLS * CELL_POINTS * 2);
    const seen = new Float32Array(CELLS);
    const { centre } = source.frame;
    cellPoints(source.frame).forEach((cell, c) => {
      if (!cell) return;
      seen[c] = 1;
      cell.forEach((p, k) => {
        points[2 * (c * CELL_POINTS + k)] = (p[0] - centre[0]) / ((width / 2) * pixelMm);
        points[2 * (c * CELL_POINTS + k) + 1] = (p[1] - centre[1]) / ((height / 2) * pixelMm);
      });
    });
    return { picture, points, seen };
  });
}
