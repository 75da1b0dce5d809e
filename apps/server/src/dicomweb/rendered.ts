import {
  type DicomFile,
  decodeColourFrame,
  decodeGreyFrame,
  isColour,
  number,
  numbers,
  pixelShape,
  text,
} from '@foramen/dicom';
import { ProblemError, refuse } from '../problem-error.ts';
import { codecs, openObject } from './pixels.ts';

interface Wish {
  /** `centre,width[,function]` */
  readonly window?: string | undefined;
  /** `columns,rows[,left,top,columns,rows]` */
  readonly viewport?: string | undefined;
}
/** Grey, or red, green and blue of each pixel; a byte a sample, rows top to bottom. */
export interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/**
 * A frame as bytes to show. In colour as it is; in grey after modality rescale, then the window asked for, the object's own, or the range of its values (PS3.3, C.11.2.1.2);
 * MONOCHROME1 is inverted. With a viewport the part asked for, as large as fits (PS3.18, 8.3.5.1.3).
 *
 * @throws ProblemError 400 when window or viewport cannot be used, 422 when the frame cannot be decoded
 */
export async function renderFrame(bytes: Uint8Array, index: number, wish: Wish): Promise<Picture> {
  const asked = wish.window === undefined ? undefined : windowOf(wish.window);
  const fit = wish.viewport === undefined ? undefined : viewportOf(wish.viewport);
  const file = openObject(bytes);
  const shape = pixelShape(file.set);
  if (!shape.ok) throw new ProblemError(422, shape.problems);
  const picture = isColour(shape.value) ? await coloured(file, index) : await grey(file, index, asked);
  return fit === undefined ? picture : scaled(picture, fit);
}

async function coloured(file: DicomFile, index: number): Promise<Picture> {
  const decoded = await decodeColourFrame(file, index, codecs);
  if (!decoded.ok) throw new ProblemError(422, decoded.problems);
  const { rows, columns, rgb } = decoded.value;
  return { rows, columns, channels: 3, pixels: rgb };
}

async function grey(file: DicomFile, index: number, asked: Window | undefined): Promise<Picture> {
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
  const brightness = greyOf(window);
  const inverted = text(file.set, 'PhotometricInterpretation')?.trim() === 'MONOCHROME1';
  const pixels = new Uint8Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    const value = Math.max(0, Math.min(255, Math.round(brightness(samples[i]! * slope + intercept))));
    pixels[i] = inverted ? 255 - value : value;
  }
  return { rows, columns, channels: 1, pixels };
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
  const { channels } = picture;
  const pixels = new Uint8Array(columns * rows * channels);
  const place = (i: number, size: number, of: number): readonly [number, number, number] => {
    const at = Math.max(0, Math.min(of - 1, ((i + 0.5) * of) / size - 0.5));
    const low = Math.floor(at);
    return [low, Math.min(of - 1, low + 1), at - low];
  };
  for (let y = 0; y < rows; y++) {
    const [y0, y1, fy] = place(y, rows, height);
    for (let x = 0; x < columns; x++) {
      const [x0, x1, fx] = place(x, columns, width);
      for (let channel = 0; channel < channels; channel++) {
        const value = (row: number, column: number): number =>
          picture.pixels[((top + row) * picture.columns + left + column) * channels + channel]!;
        const above = value(y0, x0) * (1 - fx) + value(y0, x1) * fx;
        const below = value(y1, x0) * (1 - fx) + value(y1, x1) * fx;
        pixels[(y * columns + x) * channels + channel] = Math.round(above * (1 - fy) + below * fy);
      }
    }
  }
  return { rows, columns, channels, pixels };
}
