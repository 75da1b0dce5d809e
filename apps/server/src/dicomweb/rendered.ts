import {
  type DicomFile,
  decodeColourFrame,
  decodeGreyFrame,
  type GreyWindow,
  greyPicture,
  isColour,
  pixelShape,
  WINDOW_SHAPES,
  type WindowShape,
} from '@foramen/dicom';
import { ProblemError, refuse } from '../problem-error.ts';
import { codecs, openObject } from './pixels.ts';

interface Wish {
  /** `centre,width[,function]` */
  readonly window?: string | undefined;
  /** `columns,rows[,left,top,columns,rows]` */
  readonly viewport?: string | undefined;
}

/**
 * Refuses what PS3.18, 8.3.5.1, lets a request ask for and we do not draw: a picture without the name or the colours somebody counts on must not pass for one with them.
 *
 * @throws ProblemError 400
 */
export function refuseUndrawn(query: {
  readonly annotation?: string | undefined;
  readonly iccprofile?: string | undefined;
}): void {
  if (query.annotation !== undefined)
    throw refuse(
      400,
      'unsupported',
      'query.annotation',
      'is not drawn: pictures show pixels only',
      'leave it out',
    );
  if (query.iccprofile !== undefined && query.iccprofile !== 'no')
    throw refuse(
      400,
      'unsupported',
      'query.iccprofile',
      'is not written into pictures',
      'leave it out, or say no',
    );
}

/** Grey, or red, green and blue of each pixel; a byte a sample, rows top to bottom. */
export interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

/**
 * A frame as bytes to show. In colour as it is; in grey by its own transformations, with the window asked for in place of its own (`greyPicture`). With a viewport the part asked for, as large as fits (PS3.18, 8.3.5.1.3).
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

async function grey(file: DicomFile, index: number, asked: GreyWindow | undefined): Promise<Picture> {
  const decoded = await decodeGreyFrame(file, index, codecs);
  if (!decoded.ok) throw new ProblemError(422, decoded.problems);
  const { rows, columns, samples } = decoded.value;
  return { rows, columns, channels: 1, pixels: greyPicture(file.set, index, samples, asked) };
}

function windowOf(text: string): GreyWindow {
  const [center, width, shape = 'linear', ...more] = text.split(',');
  const [c, w] = [Number(center), Number(width)];
  const fits = center !== '' && Number.isFinite(c) && width !== '' && Number.isFinite(w) && w > 0;
  if (!fits || more.length > 0 || ![...WINDOW_SHAPES.values()].includes(shape as WindowShape))
    throw refuse(
      400,
      'usage',
      'query.window',
      'is centre,width with a positive width, and perhaps linear, linear-exact or sigmoid',
      'for example window=300,600,linear',
    );
  return { center: c, width: w, shape: shape as WindowShape };
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
