import {
  bytesOf,
  createCodecs,
  type DataSet,
  type DicomFile,
  decodeGreyFrame,
  type Element,
  isEncapsulated,
  NATIVE,
  pixelShape,
  readDicom,
  storedFrame,
  type Tag,
  TRANSFER_SYNTAX,
} from '@foramen/dicom';
import { ProblemError, refuse } from '../problem-error.ts';
import { PIXEL_DATA } from './json.ts';

export const codecs = createCodecs();

/** @throws ProblemError 422 where the object cannot be read */
export function openObject(bytes: Uint8Array): DicomFile {
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

/** Plain samples are little endian and explicit wherever they leave: read from a big endian, implicit or deflated file they are so too (PS3.18, 8.7.3.5.2). */
export const PLAIN_SYNTAX = TRANSFER_SYNTAX.explicitLittle;

/** The syntax that frames of an object stored in `syntax` leave in. */
export function frameSyntax(syntax: string): string {
  return NATIVE.includes(syntax) ? PLAIN_SYNTAX : syntax;
}

/** Frame `index` (from 0): a code stream as it is stored, or plain samples; with its media type. @throws ProblemError 422 where it is not all there */
export function frameBytes(bytes: Uint8Array, index: number): { type: string; bytes: Uint8Array } {
  const file = openObject(bytes);
  const shape = pixelShape(file.set);
  if (!shape.ok) throw new ProblemError(422, shape.problems);
  const frame = storedFrame(file.set, shape.value, index);
  if (frame === null) throw refuse(422, 'truncated', 'frame', 'is not all there', 'send the object again');
  return { type: FRAME_TYPE[file.transferSyntax] ?? 'application/octet-stream', bytes: frame };
}

/** A frame of grey samples, decoded: little-endian, in 8 or 16 bits as allocated. @throws ProblemError 406 where it cannot be decoded */
export async function decodedFrame(bytes: Uint8Array, index: number): Promise<Uint8Array> {
  const decoded = await decodeGreyFrame(openObject(bytes), index, codecs);
  if (!decoded.ok) throw new ProblemError(406, decoded.problems);
  const { samples } = decoded.value;
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Whether an object's picture is in pieces, as compressed ones are. */
export function isCompressed(bytes: Uint8Array): boolean {
  return isEncapsulated(openObject(bytes).set.get(PIXEL_DATA)?.value);
}

/** A binary value by the path that metadata name it by: a tag, or tags of sequences with their items, `00082112.1.00081155`. */
export function bulkValue(bytes: Uint8Array, path: string): Uint8Array | undefined {
  const steps = path.split('.');
  let set: DataSet | undefined = openObject(bytes).set;
  for (let i = 0; i + 2 < steps.length && set !== undefined; i += 2) {
    const sequence: Element | undefined = set.get(Number.parseInt(steps[i]!, 16) as Tag);
    set = sequence?.vr === 'SQ' ? sequence.value[Number(steps[i + 1]) - 1] : undefined;
  }
  return set === undefined ? undefined : bytesOf(set, Number.parseInt(steps.at(-1)!, 16) as Tag);
}
