import {
  bytesOf,
  createCodecs,
  type DataSet,
  type DicomFile,
  decodeGreyFrame,
  type Element,
  isEncapsulated,
  number,
  numbers,
  pixelShape,
  readDicom,
  storedFrame,
  type Tag,
  text,
} from '@foramen/dicom';
import { ProblemError, refuse } from '../problem-error.ts';
import { PIXEL_DATA } from './json.ts';

const codecs = createCodecs();

function open(bytes: Uint8Array): DicomFile {
  const read = readDicom(bytes);
  if (!read.ok) throw new ProblemError(422, read.problems);
  return read.value;
}

/** Media types of compressed frames (PS3.18, table 8.7.3-5). */
const FRAME_TYPE: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.50': 'image/jpeg',
  '1.2.840.10008.1.2.4.51': 'image/jpeg',
  '1.2.840.10008.1.2.4.57': 'image/jpeg',
  '1.2.840.10008.1.2.4.70': 'image/jpeg',
  '1.2.840.10008.1.2.4.80': 'image/jls',
  '1.2.840.10008.1.2.4.81': 'image/jls',
  '1.2.840.10008.1.2.4.90': 'image/jp2',
  '1.2.840.10008.1.2.4.91': 'image/jp2',
  '1.2.840.10008.1.2.4.201': 'image/jphc',
  '1.2.840.10008.1.2.4.202': 'image/jphc',
  '1.2.840.10008.1.2.4.203': 'image/jphc',
  '1.2.840.10008.1.2.5': 'image/dicom-rle',
};

/** Frame `index` (from 0) as it is stored, with its media type. */
export function frameBytes(bytes: Uint8Array, index: number): { type: string; bytes: Uint8Array } {
  const file = open(bytes);
  const shape = pixelShape(file.set);
  if (!shape.ok) throw new ProblemError(422, shape.problems);
  const frame = storedFrame(file.set, shape.value, index);
  if (frame === null) throw refuse(422, 'truncated', 'frame', 'is not all there', 'send the object again');
  return { type: FRAME_TYPE[file.transferSyntax] ?? 'application/octet-stream', bytes: frame };
}

/** A frame of grey samples, decoded: little-endian, in 8 or 16 bits as allocated. @throws ProblemError 406 where it cannot be decoded */
export async function decodedFrame(bytes: Uint8Array, index: number): Promise<Uint8Array> {
  const decoded = await decodeGreyFrame(open(bytes), index, codecs);
  if (!decoded.ok) throw new ProblemError(406, decoded.problems);
  const { samples } = decoded.value;
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Whether an object's picture is in pieces, as compressed ones are. */
export function isCompressed(bytes: Uint8Array): boolean {
  return isEncapsulated(open(bytes).set.get(PIXEL_DATA)?.value);
}

/** A binary value by the path that metadata name it by: a tag, or tags of sequences with their items, `00082112.1.00081155`. */
export function bulkValue(bytes: Uint8Array, path: string): Uint8Array | undefined {
  const steps = path.split('.');
  let set: DataSet | undefined = open(bytes).set;
  for (let i = 0; i + 2 < steps.length && set !== undefined; i += 2) {
    const sequence: Element | undefined = set.get(Number.parseInt(steps[i]!, 16) as Tag);
    set = sequence?.vr === 'SQ' ? sequence.value[Number(steps[i + 1]) - 1] : undefined;
  }
  return set === undefined ? undefined : bytesOf(set, Number.parseInt(steps.at(-1)!, 16) as Tag);
}

interface Wish {
  /** `centre,width[,function]` */
  readonly window?: string | undefined;
  /** `columns,rows[,left,top,columns,rows]` */
  readonly viewport?: string | undefined;
}
interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint8Array;
}

/**
 * A frame as 8-bit grey: modality rescale, then the window asked for, the object's own, or the range of its values (PS3.3, C.11.2.1.2);
 * MONOCHROME1 is inverted. With a viewport the part asked for, as large as fits (PS3.18, 8.3.5.1.3).
 *
 * @throws ProblemError 400 when window or viewport cannot be used, 422 when the frame cannot be decoded
 */
export async function renderFrame(bytes: Uint8Array, index: number, wish: Wish): Promise<Picture> {
  const asked = wish.window === undefined ? undefined : windowOf(wish.window);
  const fit = wish.viewport === undefined ? undefined : viewportOf(wish.viewport);
  const file = open(bytes);
  const decoded = await decodeGreyFrame(file, index, codecs);
  if (!decoded.ok) throw new ProblemError(422, decoded.problems);
  const { rows, columns, samples } = decoded.value;
  const slope = number(file.set, 'RescaleSlope') ?? 1;
  const intercept = number(file.set, 'RescaleIntercept') ?? 0;
  const own = numbers(file.set, 'WindowCenter')[0];
  const width = numbers(file.set, 'WindowWidth')[0];
  const window =
    asked ??
    (own !== undefined && width !== undefined && width > 0
      ? { center: own, width, shape: SHAPES.get(text(file.set, 'VOILUTFunction')?.trim() ?? '') ?? 'linear' }
      : wholeRange(samples, slope, intercept));
  const grey = greyOf(window);
  const inverted = text(file.set, 'PhotometricInterpretation')?.trim() === 'MONOCHROME1';
  const pixels = new Uint8Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    const value = Math.max(0, Math.min(255, Math.round(grey(samples[i]! * slope + intercept))));
    pixels[i] = inverted ? 255 - value : value;
  }
  const picture = { rows, columns, pixels };
  return fit === undefined ? picture : scaled(picture, fit);
}

type Shape = 'linear' | 'linear-exact' | 'sigmoid';
interface Window {
  readonly center: number;
  readonly width: number;
  readonly shape: Shape;
}
const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['LINEAR', 'linear'],
  ['LINEAR_EXACT', 'linear-exact'],
  ['SIGMOID', 'sigmoid'],
]);

function windowOf(text: string): Window {
  const [center, width, shape = 'linear', ...more] = text.split(',');
  const [c, w] = [Number(center), Number(width)];
  const fits = center !== '' && Number.isFinite(c) && width !== '' && Number.isFinite(w) && w > 0;
  if (!fits || more.length > 0 || ![...SHAPES.values()].includes(shape as Shape))
    throw refuse(
      400,
      'usage',
      'query.window',
      'is centre,width with a positive width, and perhaps linear, linear-exact or sigmoid',
      'for example window=300,600,linear',
    );
  return { center: c, width: w, shape: shape as Shape };
}

function wholeRange(samples: ArrayLike<number>, slope: number, intercept: number): Window {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return {
    center: ((low + high) / 2) * slope + intercept,
    width: Math.max(1, Math.abs((high - low) * slope)),
    shape: 'linear-exact',
  };
}

/** From a rescaled value to 0 to 255, unclamped. */
function greyOf({ center, width, shape }: Window): (value: number) => number {
  switch (shape) {
    case 'linear':
      // A width of 1 is a threshold.
      return width <= 1
        ? (value) => (value <= center - 0.5 ? 0 : 255)
        : (value) => ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
    case 'linear-exact':
      return (value) => ((value - center) / width + 0.5) * 255;
    case 'sigmoid':
      return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
  }
}

interface Viewport {
  readonly columns: number;
  readonly rows: number;
  readonly part: readonly [left: number, top: number, columns: number, rows: number] | undefined;
}
const MOST_SIDE = 4_096;

function viewportOf(text: string): Viewport {
  const values = text.split(',').map((word) => (/^\d{1,6}$/.test(word) ? Number(word) : Number.NaN));
  const [columns = 0, rows = 0, left = 0, top = 0, width = 0, height = 0] = values;
  const good =
    (values.length === 2 || (values.length === 6 && width > 0 && height > 0)) &&
    values.every((value) => Number.isFinite(value)) &&
    [columns, rows].every((side) => side > 0 && side <= MOST_SIDE);
  if (!good)
    throw refuse(
      400,
      'usage',
      'query.viewport',
      `is columns,rows up to ${MOST_SIDE}, and perhaps left,top,columns,rows of the part to show`,
      'for example viewport=256,256',
    );
  return { columns, rows, part: values.length === 6 ? [left, top, width, height] : undefined };
}

/** The part of a picture, as large as fits, its shape kept; between pixels it is interpolated. @throws ProblemError 400 */
function scaled(picture: Picture, fit: Viewport): Picture {
  const [left, top, width, height] = fit.part ?? [0, 0, picture.columns, picture.rows];
  if (left + width > picture.columns || top + height > picture.rows)
    throw refuse(400, 'usage', 'query.viewport', 'shows more than the picture', 'leave its part out');
  const factor = Math.min(fit.columns / width, fit.rows / height);
  const [columns, rows] = [Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor))];
  const pixels = new Uint8Array(columns * rows);
  const place = (i: number, size: number, of: number): readonly [number, number, number] => {
    const at = Math.max(0, Math.min(of - 1, ((i + 0.5) * of) / size - 0.5));
    const low = Math.floor(at);
    return [low, Math.min(of - 1, low + 1), at - low];
  };
  for (let y = 0; y < rows; y++) {
    const [y0, y1, fy] = place(y, rows, height);
    for (let x = 0; x < columns; x++) {
      const [x0, x1, fx] = place(x, columns, width);
      const value = (row: number, column: number): number =>
        picture.pixels[(top + row) * picture.columns + left + column]!;
      const above = value(y0, x0) * (1 - fx) + value(y0, x1) * fx;
      const below = value(y1, x0) * (1 - fx) + value(y1, x1) * fx;
      pixels[y * columns + x] = Math.round(above * (1 - fy) + below * fy);
    }
  }
  return { rows, columns, pixels };
}
