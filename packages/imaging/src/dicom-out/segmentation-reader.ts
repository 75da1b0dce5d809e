import {
  type Codecs,
  createCodecs,
  type DataSet,
  type DicomFile,
  decodeGreyFrame,
  item,
  items,
  number,
  text,
} from '@foramen/dicom';
import {
  type Affine,
  fail,
  invertAffine,
  type LabelVolume,
  ok,
  type Problem,
  perAxis,
  type Result,
  type Vec3,
  voxelToLps,
} from '@foramen/spine';
import { cross, type DicomFrame, dot, framesOf } from '../volumes/dicom-frames.ts';
import type { InputSeries } from '../volumes/series.ts';
import type { Concept } from './coded-concept.ts';
import { labelOfConcept } from './structure-codes.ts';
import { labelOfName } from './structure-names.ts';

export interface ReadSegment {
  readonly number: number;
  readonly name: string;
  readonly concept: Concept | null;
  /** Value in the label map; null when the structure is none the label map knows. */
  readonly label: number | null;
}

export interface ReadSegmentation {
  readonly segments: readonly ReadSegment[];
  /** On the segmentation's own grid: i along a row, j down a column, k along the normal. */
  readonly labels: LabelVolume;
  /** Series the segmentation says it was made on. */
  readonly referencedSeriesUid: string | null;
}

/**
 * Reads a DICOM Segmentation (BINARY, FRACTIONAL from half its maximum up, or LABELMAP), ours or another's: frames are
 * placed by their own plane position, never by order. Structures are told by code, else by name; unknown ones are listed
 * and left out. Where segments overlap the later one wins.
 */
export async function readSegmentation(
  file: DicomFile,
  where = 'segmentation',
  codecs: Codecs = createCodecs(),
): Promise<Result<ReadSegmentation>> {
  const bad = (code: Problem['code'], what: string): Result<ReadSegmentation> =>
    fail({ code, severity: 'error', where, what, help: 'Give a DICOM Segmentation of the lumbar spine' });
  const { set } = file;
  const type = text(set, 'SegmentationType');
  if (text(set, 'Modality') !== 'SEG' || !type) return bad('unsupported', 'the object is no segmentation');
  const segments = items(set, 'SegmentSequence').map(segmentOf);
  const frames = framesOf(file, where);
  const grid = gridOf(frames);
  if (!grid) return bad('inconsistent', 'its frames do not lie on one regular grid');
  const warnings: Problem[] = segments
    .filter((segment) => segment.label === null)
    .map((segment) => ({
      code: 'unsupported',
      severity: 'warning',
      where,
      what: `segment "${segment.name}" is no structure of the label map`,
      help: 'It was left out',
    }));
  const [columns, rows] = grid.size;
  const data = new Uint8Array(columns * rows * grid.size[2]);
  const byNumber = new Map(segments.map((segment) => [segment.number, segment]));
  const perFrame = items(set, 'PerFrameFunctionalGroupsSequence');
  const half = type === 'FRACTIONAL' ? (number(set, 'MaximumFractionalValue') ?? 255) / 2 : 0.5;
  for (const frame of frames) {
    const decoded = await decodeGreyFrame(file, frame.index, codecs, where);
    if (!decoded.ok) return decoded;
    const k = grid.sliceOf(frame);
    const out = data.subarray(k * columns * rows, (k + 1) * columns * rows);
    const { samples } = decoded.value;
    const group = perFrame[frame.index];
    const own = group && item(group, 'SegmentIdentificationSequence');
    const label = byNumber.get((own && number(own, 'ReferencedSegmentNumber')) ?? 1)?.label ?? null;
    for (let i = 0; i < out.length; i++) {
      const value = samples[i]!;
      if (type === 'LABELMAP') {
        const found = value === 0 ? null : byNumber.get(value)?.label;
        if (found) out[i] = found;
      } else if (label !== null && value >= half) out[i] = label;
    }
  }
  const referenced = item(set, 'ReferencedSeriesSequence');
  return ok(
    {
      segments,
      labels: { size: grid.size, spacing: grid.spacing, ijkToLps: grid.ijkToLps, data },
      referencedSeriesUid: (referenced && text(referenced, 'SeriesInstanceUID')) ?? null,
    },
    warnings,
  );
}

function segmentOf(set: DataSet): ReadSegment {
  const code = item(set, 'SegmentedPropertyTypeCodeSequence');
  const name = text(set, 'SegmentLabel') ?? '';
  const value = code && text(code, 'CodeValue');
  const concept = value
    ? { value, scheme: text(code, 'CodingSchemeDesignator') ?? '', meaning: text(code, 'CodeMeaning') ?? '' }
    : null;
  const label =
    (concept && labelOfConcept(concept)) ??
    labelOfName(name) ??
    (concept && labelOfName(concept.meaning)) ??
    null;
  return { number: number(set, 'SegmentNumber') ?? 0, name, concept, label };
}

interface Grid {
  readonly size: readonly [number, number, number];
  readonly spacing: Vec3;
  readonly ijkToLps: Affine;
  readonly sliceOf: (frame: DicomFrame) => number;
}

/** The regular grid all frames lie on; null when one has no position, another orientation, or lies between slices. */
function gridOf(frames: readonly DicomFrame[]): Grid | null {
  const first = frames[0];
  if (!first?.orientation || !first.position || !first.pixelSpacing) return null;
  const [u, v] = first.orientation;
  const normal = cross(u, v);
  const places: { readonly at: number; readonly position: Vec3 }[] = [];
  for (const frame of frames) {
    if (
      !frame.position ||
      !frame.orientation ||
      dot(frame.orientation[0], u) < 0.9999 ||
      dot(frame.orientation[1], v) < 0.9999
    ) {
      return null;
    }
    const at = dot(frame.position, normal);
    if (!places.some((place) => Math.abs(place.at - at) < 0.01))
      places.push({ at, position: frame.position });
  }
  places.sort((a, b) => a.at - b.at);
  const gaps = places.slice(1).map((place, i) => place.at - places[i]!.at);
  const step = gaps.length > 0 ? Math.min(...gaps) : (first.spacingBetweenSlices ?? first.thickness ?? 1);
  const origin = places[0]!;
  const last = places[places.length - 1]!;
  const count = Math.round((last.at - origin.at) / step) + 1;
  if (count > 4096 || gaps.some((gap) => Math.abs(gap / step - Math.round(gap / step)) > 0.1)) return null;
  const along = perAxis((axis) =>
    count > 1 ? (last.position[axis] - origin.position[axis]) / (count - 1) : normal[axis] * step,
  );
  const [row, column] = first.pixelSpacing;
  const o = origin.position;
  return {
    size: [first.columns, first.rows, count],
    spacing: [column, row, Math.hypot(...along)],
    ijkToLps: [
      u[0] * column,
      v[0] * row,
      along[0],
      o[0],
      u[1] * column,
      v[1] * row,
      along[1],
      o[1],
      u[2] * column,
      v[2] * row,
      along[2],
      o[2],
      0,
      0,
      0,
      1,
    ],
    sliceOf: (frame) => Math.round((dot(frame.position!, normal) - origin.at) / step),
  };
}

/** A label map carried to the canonical grid of a series by nearest voxel; exact where the grids coincide. */
export function labelsOnSeries(labels: LabelVolume, series: InputSeries): LabelVolume {
  const { size, spacing, ijkToLps } = series.volume;
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  const toLabels = invertAffine(labels.ijkToLps);
  const [ni, nj, nk] = labels.size;
  let at = 0;
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, at++) {
        const lps = voxelToLps(ijkToLps, i, j, k);
        const [x, y, z] = voxelToLps(toLabels, ...lps);
        const [a, b, c] = [Math.round(x), Math.round(y), Math.round(z)];
        if (a >= 0 && b >= 0 && c >= 0 && a < ni && b < nj && c < nk)
          data[at] = labels.data[a + ni * (b + nj * c)]!;
      }
    }
  }
  return { size, spacing, ijkToLps, data };
}
