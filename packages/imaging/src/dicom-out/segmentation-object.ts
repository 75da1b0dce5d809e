import { type DataSet, dataSet, hex, SOP_CLASS, sha256, uidFromSeed, writePart10 } from '@foramen/dicom';
import { fail, type LabelVolume, ok, type Result, voxelToLps } from '@foramen/spine';
import { type InputSeries, labelsOnSourceGrid } from '../volumes/series.ts';
import { conceptItem, dcm, sct } from './coded-concept.ts';
import { commonModules, merge, type ObjectStamp, placeOf, referencedInstances } from './object-source.ts';
import { type LabelledStructure, STRUCTURES, withoutLevel } from './structure-codes.ts';

export interface SegmentationObject {
  readonly bytes: Uint8Array;
  readonly sopInstanceUid: string;
  readonly seriesUid: string;
  /** Segment number of each label value written. */
  readonly segmentOfLabel: ReadonlyMap<number, number>;
}

/**
 * The label map as a DICOM Segmentation (PS3.3 A.51): BINARY, one segment a structure that is present, one frame a slice
 * the structure appears on, in the source images' own grid and frame of reference, each frame derived from its image.
 * UIDs follow from series, labels and moment, so that the same input gives the same bytes.
 * @param labels on the series' canonical grid, values as the label map numbers them
 */
export function writeSegmentation(
  series: InputSeries,
  labels: LabelVolume,
  stamp: ObjectStamp,
): Result<SegmentationObject> {
  // Pictures that were no DICOM have no frames to match: they are written as the reader sees them.
  const own = series.format === 'dicom' ? labelsOnSourceGrid(series, labels) : labels;
  const orientation = orientationOf(own);
  if (!orientation) {
    return fail({
      code: 'unsupported',
      severity: 'error',
      where: series.name,
      what: 'rows and columns of the picture are not at right angles, which DICOM cannot express',
      help: 'Write the label map as NIfTI',
    });
  }
  const present = [...new Set(own.data)].filter((value) => value !== 0).sort((a, b) => a - b);
  const segments: LabelledStructure[] = [];
  for (const value of present) {
    const structure = STRUCTURES.get(value);
    if (structure) segments.push(stamp.unnamed ? withoutLevel(structure) : structure);
  }
  if (segments.length === 0) {
    return fail({
      code: 'missing',
      severity: 'error',
      where: series.name,
      what: 'there is nothing segmented to write',
      help: 'A DICOM Segmentation needs at least one structure',
    });
  }
  const [columns, rows, depth] = own.size;
  const plane = columns * rows;
  const onSlice = Array.from({ length: depth }, (_, k) => {
    const seen = new Uint8Array(256);
    for (let i = k * plane; i < (k + 1) * plane; i++) seen[own.data[i]!] = 1;
    return seen;
  });
  const frames: { readonly segment: number; readonly k: number }[] = [];
  // Of each slice, where the frame of a label begins; -1 for what no frame shows.
  const begins = Array.from({ length: depth }, () => new Float64Array(256).fill(-1));
  // Frames of interpolated slices, which name no image, come last in their segment: dciodvfy judges by the first frame whether the object refers to images at all.
  const made = (k: number): number => (series.source.slices[k]?.acquired === false ? 1 : 0);
  const order = Array.from({ length: depth }, (_, k) => k).sort((a, b) => made(a) - made(b));
  for (const [n, { label }] of segments.entries()) {
    for (const k of order) {
      if (onSlice[k]![label] === 0) continue;
      begins[k]![label] = frames.length * plane;
      frames.push({ segment: n + 1, k });
    }
  }
  const packed = new Uint8Array(Math.ceil((frames.length * plane) / 8));
  for (const [k, begin] of begins.entries()) {
    for (let i = 0; i < plane; i++) {
      const at = begin[own.data[k * plane + i]!]!;
      if (at < 0) continue;
      const bit = at + i;
      // No shift: there may be more bits than 32 can count.
      const byte = Math.floor(bit / 8);
      packed[byte] = packed[byte]! | (1 << (bit % 8));
    }
  }
  const place = placeOf(series);
  const seed = `${place.seriesUid}|${hex(sha256(own.data))}|${stamp.now}`;
  const sopInstanceUid = uidFromSeed(`segmentation ${seed}`);
  const seriesUid = uidFromSeed(`segmentation series ${seed}`);
  const dimensionUid = uidFromSeed(`segmentation dimensions ${seed}`);
  const references = referencedInstances(series.source.slices);
  const set = merge(
    commonModules(series, stamp),
    dataSet({
      SOPClassUID: SOP_CLASS.segmentation,
      SOPInstanceUID: sopInstanceUid,
      ImageType: ['DERIVED', 'PRIMARY'],
      Modality: 'SEG',
      SeriesInstanceUID: seriesUid,
      SeriesNumber: (series.header.seriesNumber ?? 0) * 100 + 90,
      SeriesDescription: 'Foramen segmentation',
      InstanceNumber: 1,
      FrameOfReferenceUID: place.frameOfReferenceUid,
      PositionReferenceIndicator: null,
      ReferencedSeriesSequence:
        references.length > 0
          ? dataSet({ SeriesInstanceUID: place.seriesUid, ReferencedInstanceSequence: references })
          : undefined,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      NumberOfFrames: frames.length,
      Rows: rows,
      Columns: columns,
      BitsAllocated: 1,
      BitsStored: 1,
      HighBit: 0,
      PixelRepresentation: 0,
      LossyImageCompression: '00',
      SegmentationType: 'BINARY',
      SegmentsOverlap: 'NO',
      ContentLabel: 'SPINE',
      ContentDescription: 'Vertebrae, discs, canal and sacrum',
      ContentCreatorName: 'Foramen^Analysis',
      SegmentSequence: segments.map((structure, n) => segmentItem(structure, n + 1, stamp)),
      DimensionOrganizationSequence: dataSet({ DimensionOrganizationUID: dimensionUid }),
      DimensionIndexSequence: [
        dimension(dimensionUid, 0x0062000b, 0x0062000a, 'ReferencedSegmentNumber'),
        dimension(dimensionUid, 0x00200032, 0x00209113, 'ImagePositionPatient'),
      ],
      SharedFunctionalGroupsSequence: sharedGroups(own, orientation),
      PerFrameFunctionalGroupsSequence: frames.map(({ segment, k }) => frameGroups(series, own, segment, k)),
      PixelData: packed,
    }),
  );
  return ok({
    bytes: writePart10(set),
    sopInstanceUid,
    seriesUid,
    segmentOfLabel: new Map(segments.map(({ label }, n) => [label, n + 1])),
  });
}

function segmentItem(structure: LabelledStructure, number: number, stamp: ObjectStamp): DataSet {
  const models = stamp.models.map((model) => `${model.id} ${model.version}`).join(', ');
  return dataSet({
    SegmentNumber: number,
    SegmentLabel: structure.name,
    SegmentDescription: structure.concept.meaning,
    SegmentAlgorithmType: 'AUTOMATIC',
    SegmentAlgorithmName: (models === '' ? 'Foramen' : models).slice(0, 64),
    SegmentedPropertyCategoryCodeSequence: conceptItem(sct('123037004', 'Anatomical Structure')),
    SegmentedPropertyTypeCodeSequence: conceptItem(structure.concept),
    RecommendedDisplayCIELabValue: structure.colour,
  });
}

function dimension(organization: string, pointer: number, group: number, label: string): DataSet {
  return dataSet({
    DimensionOrganizationUID: organization,
    DimensionIndexPointer: pointer,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label,
  });
}

/** Row and column direction, made exactly orthogonal; null when they are off by more than half a degree. */
function orientationOf(grid: LabelVolume): readonly number[] | null {
  const a = grid.ijkToLps;
  const [column, row] = grid.spacing;
  const u = [a[0] / column, a[4] / column, a[8] / column];
  const v = [a[1] / row, a[5] / row, a[9] / row];
  const lean = u.reduce((sum, value, axis) => sum + value * v[axis]!, 0);
  if (Math.abs(lean) > 0.009) return null;
  const upright = v.map((value, axis) => value - lean * u[axis]!);
  const length = Math.hypot(...upright);
  return [...u, ...upright.map((value) => value / length)];
}

function sharedGroups(grid: LabelVolume, orientation: readonly number[]): DataSet {
  const [column, row, step] = grid.spacing;
  return dataSet({
    PlaneOrientationSequence: dataSet({ ImageOrientationPatient: orientation }),
    PixelMeasuresSequence: dataSet({
      PixelSpacing: [row, column],
      SliceThickness: step,
      SpacingBetweenSlices: step,
    }),
  });
}

function frameGroups(series: InputSeries, grid: LabelVolume, segment: number, k: number): DataSet {
  const slice = series.source.slices[k];
  const source =
    slice?.acquired && slice.sopInstanceUid && slice.sopClassUid
      ? dataSet({
          ReferencedSOPClassUID: slice.sopClassUid,
          ReferencedSOPInstanceUID: slice.sopInstanceUid,
          ReferencedFrameNumber: slice.frame,
          SpatialLocationsPreserved: 'YES',
          PurposeOfReferenceCodeSequence: conceptItem(
            dcm('121322', 'Source image for image processing operation'),
          ),
        })
      : null;
  return dataSet({
    FrameContentSequence: dataSet({ DimensionIndexValues: [segment, k + 1] }),
    PlanePositionSequence: dataSet({ ImagePositionPatient: [...voxelToLps(grid.ijkToLps, 0, 0, k)] }),
    SegmentIdentificationSequence: dataSet({ ReferencedSegmentNumber: segment }),
    DerivationImageSequence: source
      ? dataSet({
          DerivationCodeSequence: conceptItem(dcm('113076', 'Segmentation')),
          SourceImageSequence: source,
        })
      : // Interpolated slices have no image they come from; the others do, and then the element must be there, if empty.
        series.source.slices.some((one) => one.sopInstanceUid)
        ? []
        : undefined,
  });
}
