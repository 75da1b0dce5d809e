import type { DataSet } from '@foramen/dicom';
import {
  type Affine,
  type LabelVolume,
  type Problem,
  perAxis,
  type SeriesReading,
  type Vec3,
  type Volume,
} from '@foramen/spine';

/** One file as the caller read it; `name` may hold a path and is used in messages and to group header and data files. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Plane = 'sagittal' | 'axial' | 'coronal' | 'oblique';
export type Contrast = 't1' | 't2' | 'stir' | 't2-fat-suppressed' | 'water' | 'fat' | 'pd' | 'ct' | 'unknown';

/** The stored image that one slice of the source grid came from. */
export interface SourceSlice {
  readonly file: string;
  readonly sopClassUid?: string;
  readonly sopInstanceUid?: string;
  /** One-based frame of a multi-frame object. */
  readonly frame?: number;
  /** False for a slice that is missing from the series and was interpolated from its neighbours. */
  readonly acquired: boolean;
}

/** Header facts; absent means the header does not say. Times in ms, field strength in tesla. */
export interface SeriesHeader {
  /** Pseudonym: first 16 hex digits of the SHA-256 of issuer and patient ID; never the ID itself. */
  readonly patientKey?: string;
  readonly patientSex?: string;
  /** In years, from Patient's Age or birth and study date. */
  readonly patientAge?: number;
  readonly modality?: string;
  readonly bodyPart?: string;
  readonly studyDescription?: string;
  readonly seriesDescription?: string;
  readonly seriesNumber?: number;
  readonly manufacturer?: string;
  readonly fieldStrength?: number;
  readonly repetitionTime?: number;
  readonly echoTime?: number;
  readonly inversionTime?: number;
  readonly sliceThickness?: number;
}

/** Canonical axis n is source axis `axis`, run backwards when `flip`: source = flip ? size - 1 - n : n. */
export interface AxisStep {
  readonly axis: 0 | 1 | 2;
  readonly flip: boolean;
}

/**
 * The grid the input came in. For DICOM: i along a row, j down the columns, k over slices sorted along the normal
 * of the image plane; for NIfTI and MHA: as stored. `slices` describes source k.
 */
interface SourceGrid {
  readonly size: readonly [number, number, number];
  readonly spacing: Vec3;
  readonly ijkToLps: Affine;
  readonly slices: readonly SourceSlice[];
  /**
   * Patient, study and frame-of-reference elements of the first object, for objects made of this series. Unlike
   * `SeriesHeader` they name the patient: keep them out of logs and results.
   */
  readonly identity?: DataSet;
  /** The 348 header bytes of a NIfTI input (little endian), so that a label map is written on an identical grid. */
  readonly niftiHeader?: Uint8Array;
}

/**
 * One readable series in its plane's canonical view, values as the header scales them.
 * Sagittal: i anterior to posterior, j head to foot, k right to left. Axial: i right to left, j anterior to
 * posterior, k foot to head. Coronal: i right to left, j head to foot, k anterior to posterior. `oblique` takes the
 * nearest of these. The affine is the true one: axes are permuted and flipped, never resampled.
 */
export interface InputSeries {
  /** Series description, or file name; for messages. */
  readonly name: string;
  /** Series Instance UID (with `#n` when one series held several stacks), or the file name; unique in an input. */
  readonly id: string;
  readonly format: 'dicom' | 'nifti' | 'mha' | 'png';
  readonly volume: Volume<Float32Array>;
  readonly reading: SeriesReading;
  /** Why the role is `localiser`, `not-lumbar` or `unknown`. */
  readonly roleReason?: string;
  readonly plane: Plane;
  readonly contrast: Contrast;
  readonly header: SeriesHeader;
  /** False when position and orientation were made up (PNG). */
  readonly hasGeometry: boolean;
  readonly frameOfReferenceUid?: string;
  readonly studyUid?: string;
  /** YYYY-MM-DD. */
  readonly studyDate?: string;
  /** SOP instance of each canonical slice k; only where the source was DICOM and slices were not re-cut. */
  readonly sopInstanceUids?: readonly string[];
  /** False for each canonical slice k that is missing or unusable and was interpolated; absent as `sopInstanceUids` is. */
  readonly acquired?: readonly boolean[];
  readonly source: SourceGrid;
  /** For each canonical axis, where it lies in the source grid. */
  readonly axes: readonly [AxisStep, AxisStep, AxisStep];
  /** What a reader should know: interpolated slices, dropped duplicates, an implausible spacing. */
  readonly warnings: readonly Problem[];
}

/** Everything readable that was handed over. Best candidates first: sagittal T2, T1, other sagittal, axial, the rest. */
export interface ImagingInput {
  readonly series: readonly InputSeries[];
}

/** Index of the source slice a canonical slice shows; undefined when the slice axes differ. */
export function sourceSliceOf(series: InputSeries, k: number): SourceSlice | undefined {
  const step = series.axes[2];
  if (step.axis !== 2) return undefined;
  return series.source.slices[step.flip ? series.source.size[2] - 1 - k : k];
}

/**
 * Labels on the canonical grid, carried back voxel for voxel to the grid the input came in.
 * @throws RangeError when the label volume is not on the series' canonical grid.
 */
export function labelsOnSourceGrid(series: InputSeries, labels: LabelVolume): LabelVolume {
  const { size, spacing, ijkToLps } = series.source;
  if (labels.size.some((n, axis) => n !== series.volume.size[axis])) {
    throw new RangeError('labels are not on the canonical grid of this series');
  }
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  const walk = canonicalWalk(size, series.axes);
  const [ni, nj, nk] = labels.size;
  let at = 0;
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      let to = walk.start + k * walk.step[2] + j * walk.step[1];
      for (let i = 0; i < ni; i++, to += walk.step[0]) data[to] = labels.data[at++]!;
    }
  }
  return { size, spacing, ijkToLps, data };
}

/** Offset of canonical voxel (0,0,0) in source data, and the offset of one step along each canonical axis. */
export function canonicalWalk(
  size: readonly [number, number, number],
  axes: readonly [AxisStep, AxisStep, AxisStep],
): { readonly start: number; readonly step: Vec3 } {
  const stride = [1, size[0], size[0] * size[1]] as const;
  let start = 0;
  const step = perAxis((n) => {
    const { axis, flip } = axes[n];
    if (flip) start += (size[axis] - 1) * stride[axis];
    return flip ? -stride[axis] : stride[axis];
  });
  return { start, step };
}
