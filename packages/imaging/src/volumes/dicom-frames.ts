import {
  type DataSet,
  type DicomFile,
  item,
  items,
  type Keyword,
  number,
  numbers,
  pixelShape,
  text,
  texts,
  uidFromSeed,
} from '@foramen/dicom';
import { perAxis, type Vec3 } from '@foramen/spine';
import { valueScale } from './value-scale.ts';

/** A UID for objects that state no series: those of one series number and description belong together, and what is written of them has to name a series. */
function madeUid(set: DataSet): string {
  const facts = (['StudyInstanceUID', 'SeriesNumber', 'SeriesDescription'] as const).map(
    (name) => text(set, name) ?? '',
  );
  return uidFromSeed(`series of ${facts.join(' | ')}`);
}

/** One stored frame with what is needed to place it, before its pixels are decoded. */
export interface DicomFrame {
  readonly file: DicomFile;
  readonly fileName: string;
  /** Zero-based frame within the object. */
  readonly index: number;
  readonly multiFrame: boolean;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesUid: string;
  readonly rows: number;
  readonly columns: number;
  /** LPS mm of the centre of the first pixel; null when not stated. */
  readonly position: Vec3 | null;
  /** Unit vectors along a row (towards higher column) and along a column; null when not stated or not orthogonal. */
  readonly orientation: readonly [Vec3, Vec3] | null;
  /** Row spacing, column spacing in mm; null when not stated. */
  readonly pixelSpacing: readonly [number, number] | null;
  readonly thickness: number | null;
  readonly spacingBetweenSlices: number | null;
  readonly slope: number;
  readonly intercept: number;
  /** Why the stated rescale is not used; null when it is, or when none is stated. */
  readonly unusableScale: string | null;
  readonly echoTime: number | null;
  readonly instanceNumber: number | null;
  /** Frames with different keys never share a volume: stack, echo, phase, reconstruction. */
  readonly stackKey: string;
  readonly imageType: readonly string[];
}

type Lookup = (sequence: Keyword, name: Keyword) => DataSet | undefined;

/**
 * Frames of one object. Enhanced objects take plane, spacing and scaling from their functional groups, per frame before
 * shared (PS3.3 C.7.6.16); classic objects from the top level.
 */
export function framesOf(file: DicomFile, fileName: string): readonly DicomFrame[] {
  const { set } = file;
  const shape = pixelShape(set);
  if (!shape.ok) return [];
  const { rows, columns, frames } = shape.value;
  const shared = item(set, 'SharedFunctionalGroupsSequence');
  const perFrame = items(set, 'PerFrameFunctionalGroupsSequence');
  const imageType = texts(set, 'ImageType').map((term) => term.toUpperCase());
  const out: DicomFrame[] = [];
  for (let index = 0; index < frames; index++) {
    const own = perFrame[index];
    const group: Lookup = (sequence, name) => {
      for (const holder of [own, shared]) {
        const found = holder && item(holder, sequence);
        if (found?.size && text(found, name) !== undefined) return found;
      }
      return set;
    };
    const frameType = texts(group('MRImageFrameTypeSequence', 'FrameType') ?? set, 'FrameType');
    const content = own && item(own, 'FrameContentSequence');
    const echo =
      number(group('MREchoSequence', 'EffectiveEchoTime') ?? set, 'EffectiveEchoTime') ??
      number(set, 'EchoTime') ??
      null;
    const measures = group('PixelMeasuresSequence', 'PixelSpacing') ?? set;
    const scale = valueScale([
      own && item(own, 'PixelValueTransformationSequence'),
      shared && item(shared, 'PixelValueTransformationSequence'),
      set,
    ]);
    const type = frameType.length > 0 ? frameType.map((term) => term.toUpperCase()) : imageType;
    out.push({
      file,
      fileName,
      index,
      multiFrame: frames > 1 || perFrame.length > 0,
      sopClassUid: text(set, 'SOPClassUID') ?? '',
      sopInstanceUid: text(set, 'SOPInstanceUID') ?? '',
      seriesUid: text(set, 'SeriesInstanceUID') ?? madeUid(set),
      rows,
      columns,
      position: vector(
        numbers(group('PlanePositionSequence', 'ImagePositionPatient') ?? set, 'ImagePositionPatient'),
        0,
      ),
      orientation: directions(
        numbers(
          group('PlaneOrientationSequence', 'ImageOrientationPatient') ?? set,
          'ImageOrientationPatient',
        ),
      ),
      pixelSpacing:
        pair(numbers(measures, 'PixelSpacing')) ??
        pair(numbers(set, 'NominalScannedPixelSpacing')) ??
        pair(numbers(set, 'ImagerPixelSpacing')),
      thickness: positive(number(measures, 'SliceThickness') ?? number(set, 'SliceThickness')),
      spacingBetweenSlices: positive(
        number(measures, 'SpacingBetweenSlices') ?? number(set, 'SpacingBetweenSlices'),
      ),
      slope: scale.slope,
      intercept: scale.intercept,
      unusableScale: scale.unusable ?? null,
      echoTime: echo,
      instanceNumber: number(set, 'InstanceNumber') ?? null,
      stackKey: [
        `${rows}x${columns}`,
        echo === null ? '' : echo.toFixed(1),
        (content && text(content, 'StackID')) ?? '',
        (content && text(content, 'TemporalPositionIndex')) ?? text(set, 'TemporalPositionIdentifier') ?? '',
        type.slice(2).join('/'),
      ].join('|'),
      imageType: type,
    });
  }
  return out;
}

function positive(value: number | undefined): number | null {
  return value !== undefined && value > 0 ? value : null;
}

function pair(values: readonly number[]): readonly [number, number] | null {
  const [row, column] = values;
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? [row, column] : null;
}

function vector(values: readonly number[], at: number): Vec3 | null {
  const [x, y, z] = [values[at], values[at + 1], values[at + 2]];
  return x === undefined || y === undefined || z === undefined ? null : [x, y, z];
}

/** Unit and orthogonal within what 16-character decimals and scanners' rounding allow. */
function directions(values: readonly number[]): readonly [Vec3, Vec3] | null {
  const row = vector(values, 0);
  const column = vector(values, 3);
  if (!row || !column) return null;
  const [a, b] = [Math.hypot(...row), Math.hypot(...column)];
  if (Math.abs(a - 1) > 0.02 || Math.abs(b - 1) > 0.02) return null;
  const u = perAxis((n) => row[n] / a);
  const v = perAxis((n) => column[n] / b);
  return Math.abs(u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) > 0.01 ? null : [u, v];
}

export function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
