import {
  bytesOf,
  createCodecs,
  type DicomFile,
  decodeGreyFrame,
  number,
  numbers,
  pixelShape,
  readDicom,
  storedFrame,
  type Tag,
  text,
} from '@foramen/dicom';
import { ProblemError, refuse } from '../problem-error.ts';

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

/** One top-level binary value; undefined when there is none. */
export function bulkValue(bytes: Uint8Array, tag: number): Uint8Array | undefined {
  const file = open(bytes);
  return bytesOf(file.set, tag as Tag);
}

/**
 * A frame as 8-bit grey: modality rescale, then the window asked for (`center,width[,function]`), the object's own, or the range of
 * its values; MONOCHROME1 is inverted (PS3.3 C.11.2).
 */
export async function renderFrame(
  bytes: Uint8Array,
  index: number,
  window: string | undefined,
): Promise<{ rows: number; columns: number; pixels: Uint8Array }> {
  const file = open(bytes);
  const decoded = await decodeGreyFrame(file, index, codecs);
  if (!decoded.ok) throw new ProblemError(422, decoded.problems);
  const { rows, columns, samples } = decoded.value;
  const slope = number(file.set, 'RescaleSlope') ?? 1;
  const intercept = number(file.set, 'RescaleIntercept') ?? 0;
  const asked = window?.split(',').slice(0, 2).map(Number);
  if (asked !== undefined && (asked.length < 2 || asked.some((v) => !Number.isFinite(v)) || asked[1]! <= 0)) {
    throw refuse(
      400,
      'usage',
      'query.window',
      'is centre,width with a positive width',
      'for example window=300,600',
    );
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  const center = asked?.[0] ?? numbers(file.set, 'WindowCenter')[0] ?? ((low + high) / 2) * slope + intercept;
  const width = asked?.[1] ?? numbers(file.set, 'WindowWidth')[0] ?? Math.max(1, (high - low) * slope);
  const inverted = text(file.set, 'PhotometricInterpretation')?.trim() === 'MONOCHROME1';
  const pixels = new Uint8Array(rows * columns);
  for (let i = 0; i < pixels.length; i++) {
    const value = Math.round(
      ((samples[i]! * slope + intercept - center) / Math.max(1e-9, width) + 0.5) * 255,
    );
    const grey = Math.max(0, Math.min(255, value));
    pixels[i] = inverted ? 255 - grey : grey;
  }
  return { rows, columns, pixels };
}
