import type { Affine, SequenceRole } from '@foramen/spine';
import type { Arriving } from './stack-loading.ts';

export type Plane = 'sagittal' | 'axial' | 'coronal' | 'oblique' | 'unknown';

export interface Window {
  readonly center: number;
  readonly width: number;
}

/**
 * One series ready to be shown: voxels and, where there is one, the label map on the same grid. `index = i + size[0] * (j + size[1] * k)`;
 * i runs along a picture row, j down its columns, k over slices. Label values are those of `@foramen/spine` (TotalSpineSeg).
 */
export interface Picture {
  readonly id: string;
  /** What a measure drawn on it is kept under. */
  readonly series: { readonly uid: string | null; readonly number: number };
  readonly title: string;
  readonly plane: Plane;
  readonly size: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  readonly ijkToLps: Affine | null;
  readonly data: Int16Array | Uint16Array | Uint8Array | Float32Array;
  readonly labels: Uint8Array | null;
  readonly window: Window;
  readonly keySlice: number;
  /** Of a large stack that is still coming; absent where every slice is there. */
  readonly arriving?: Arriving;
}

/** A series that can be fetched when it is looked at. */
export interface PictureSource {
  readonly id: string;
  readonly series: Picture['series'];
  readonly title: string;
  readonly plane: Plane;
  readonly role: SequenceRole | null;
  readonly slices: number;
  /** Where the series lies, known before it is loaded; null where it has no geometry. */
  readonly place: Pick<Picture, 'size' | 'ijkToLps'> | null;
  readonly load: (signal: AbortSignal) => Promise<Picture>;
  /** The picture as soon as its key slice is there, where it is large; absent where it comes in one piece. */
  readonly loadInParts?: (signal: AbortSignal) => Promise<Picture>;
}

/** Window that shows the 1st to the 99.5th percentile of what is not empty; from a sample of the voxels. */
export function windowOf(data: Picture['data']): Window {
  const sample: number[] = [];
  const step = Math.max(1, Math.floor(data.length / 20_000));
  for (let n = 0; n < data.length; n += step) {
    const value = data[n]!;
    if (Number.isFinite(value) && value !== 0) sample.push(value);
  }
  if (sample.length === 0) return { center: 0.5, width: 1 };
  sample.sort((a, b) => a - b);
  const low = Math.min(0, sample[Math.floor(sample.length * 0.01)]!);
  const high = sample[Math.min(sample.length - 1, Math.floor(sample.length * 0.995))]!;
  return { center: (low + high) / 2, width: Math.max(1e-6, high - low) };
}

/** Sources with titles that can be told apart: equal ones are numbered. */
export function distinct(sources: readonly PictureSource[]): readonly PictureSource[] {
  return sources.map((source, n) => {
    const same = sources.filter((other) => other.title === source.title);
    if (same.length === 1) return source;
    const number = sources.slice(0, n + 1).filter((other) => other.title === source.title).length;
    return { ...source, title: `${source.title} (${number} of ${same.length})` };
  });
}
