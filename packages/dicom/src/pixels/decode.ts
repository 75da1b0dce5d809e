import { fail, ok, type Problem, type Result } from '@foramen/spine';
import type { DicomFile } from '../read.ts';
import { TRANSFER_SYNTAX as TS } from '../uid.ts';
import { codeStreamSize } from './code-stream.ts';
import type { Codecs, WasmCodec } from './codecs.ts';
import { storedFrame } from './frames.ts';
import { decodeJpegExtended } from './jpeg-extended.ts';
import { decodeJpegLossless } from './jpeg-lossless.ts';
import { decodeJpegLs } from './jpeg-ls.ts';
import { type JpegHeader, readJpegHeader } from './jpeg-stream.ts';
import { decodeRleFrame } from './rle.ts';
import { type PixelShape, pixelShape } from './shape.ts';
import { strayBits } from './stray-bits.ts';

export type GreySamples =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** One decoded grey frame: stored values, before rescale; row-major, top row first. */
export interface GreyFrame {
  readonly rows: number;
  readonly columns: number;
  readonly samples: GreySamples;
  /** Samples with bits set outside those the header says are stored. */
  readonly stray: number;
}

const JPEG2000: readonly string[] = [
  TS.jpeg2000Lossless,
  TS.jpeg2000,
  '1.2.840.10008.1.2.4.92',
  '1.2.840.10008.1.2.4.93',
];
const HTJ2K: readonly string[] = [TS.htj2kLossless, TS.htj2kLosslessRpcl, TS.htj2k];
/** Transfer syntaxes whose pixels are plain samples; read, their bytes are little endian whatever the file's order was. */
export const NATIVE: readonly string[] = [TS.implicitLittle, TS.explicitLittle, TS.explicitBig, TS.deflated];

/**
 * Decodes frame `index` (from 0) of a single-channel object in any supported transfer syntax. Colour and palette objects
 * are refused with the reason: their values are not a measured signal.
 */
export async function decodeGreyFrame(
  file: DicomFile,
  index: number,
  codecs: Codecs,
  where = 'DICOM input',
): Promise<Result<GreyFrame>> {
  const bad = refusal(where);
  const shaped = pixelShape(file.set, where);
  if (!shaped.ok) return shaped;
  const shape = shaped.value;
  if (shape.samples !== 1)
    return bad('unsupported', 'the picture is in colour; a grey MR or CT image is needed');
  if (shape.photometric === 'PALETTE COLOR') {
    return bad('unsupported', 'the picture is coloured through a palette; a grey MR or CT image is needed');
  }
  return decodeSamples(file, shape, index, codecs, where);
}

/** Frame `index` of an object with one sample a pixel, whatever its values stand for: a signal, or places in a palette. */
export async function decodeSamples(
  file: DicomFile,
  shape: PixelShape,
  index: number,
  codecs: Codecs,
  where: string,
): Promise<Result<GreyFrame>> {
  const bad = refusal(where);
  const stored = storedFrame(file.set, shape, index);
  if (!stored) {
    return bad(
      file.truncated ? 'truncated' : 'missing',
      `the pixel data of frame ${index + 1} are missing or incomplete`,
    );
  }
  const { transferSyntax } = file;
  if (NATIVE.includes(transferSyntax)) {
    return ok(grey(shape, nativeSamples(stored, shape), strayBits(stored, shape)));
  }
  if (transferSyntax === TS.rle) {
    const { rows, columns } = shape;
    const plain = decodeRleFrame(stored, {
      rows,
      columns,
      samples: 1,
      sampleBytes: shape.bitsAllocated >> 3,
      planar: false,
    });
    if (!plain) return bad('unreadable', 'the RLE compressed picture is damaged');
    return ok(grey(shape, nativeSamples(plain, shape), strayBits(plain, shape)));
  }
  const size = codeStreamSize(stored);
  if (!size) return bad('unreadable', 'the compressed picture has no readable header');
  if (size.rows !== shape.rows || size.columns !== shape.columns || size.components !== 1) {
    return bad(
      'inconsistent',
      `the compressed picture is ${size.rows} x ${size.columns} x ${size.components}, its header says ${shape.rows} x ${shape.columns}`,
    );
  }
  const jpeg = readJpegHeader(stored);
  const own = jpeg && ownDecoder(jpeg);
  if (jpeg && own) {
    const words = own(stored, jpeg);
    return words
      ? ok(grey(shape, fromCodec(bytesOfWords(words), 16, shape)))
      : bad('unreadable', 'the JPEG picture is damaged');
  }
  if (jpeg && jpeg.precision > 8)
    return bad('unsupported', `progressive JPEG of ${jpeg.precision} bits is not supported`);
  const codec = jpeg ? 'libjpeg' : waveletCodec(transferSyntax);
  if (!codec) return bad('unsupported', `transfer syntax ${transferSyntax} is not supported`);
  const frame = await codecs.decode(codec, stored);
  const pixels = shape.rows * shape.columns;
  if (!frame || frame.rows !== shape.rows || frame.columns !== shape.columns || frame.components !== 1) {
    return bad('unreadable', 'the compressed picture is damaged');
  }
  const sampleBits = frame.bytes.length >= 4 * pixels ? 32 : frame.bytes.length >= 2 * pixels ? 16 : 8;
  if (frame.bytes.length < pixels) return bad('unreadable', 'the compressed picture is damaged');
  return ok(grey(shape, fromCodec(frame.bytes, sampleBits, shape)));
}

/** Which codec reads a code stream of JPEG 2000 or HTJ2K. */
export function waveletCodec(transferSyntax: string): WasmCodec | null {
  if (HTJ2K.includes(transferSyntax)) return 'openjph';
  return JPEG2000.includes(transferSyntax) ? 'openjpeg' : null;
}

/** Our own decoder for the JPEG processes that 8-bit libjpeg has not, or that must be bounded on damaged data. */
function ownDecoder(
  header: JpegHeader,
): ((data: Uint8Array, header: JpegHeader) => Uint16Array<ArrayBuffer> | null) | null {
  if (header.process === 0xf7) return decodeJpegLs;
  if (header.process === 3) return decodeJpegLossless;
  return header.precision > 8 && header.process < 2 ? decodeJpegExtended : null;
}

const HELP: Readonly<Partial<Record<Problem['code'], string>>> = {
  truncated: 'Copy or export the file again',
  unsupported: 'Export the series uncompressed, as original grey images',
};

function refusal(where: string): (code: Problem['code'], what: string) => Result<GreyFrame> {
  return (code, what) =>
    fail({
      code,
      severity: 'error',
      where,
      what,
      help: HELP[code] ?? 'Give an image as the scanner exports it',
    });
}

function grey(shape: PixelShape, samples: GreySamples, stray = 0): GreyFrame {
  return { rows: shape.rows, columns: shape.columns, samples, stray };
}

function bytesOfWords(words: Uint16Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** Samples of `bits` each, as a codec left them, cut to the bits the header says are stored. */
function fromCodec(bytes: Uint8Array<ArrayBuffer>, bits: number, shape: PixelShape): GreySamples {
  const cut = {
    ...shape,
    bitsAllocated: bits,
    bitsStored: Math.min(bits, shape.bitsStored),
    highBit: Math.min(bits, shape.bitsStored) - 1,
  };
  return nativeSamples(bytes, cut, true);
}

/** Little-endian stored bytes to values: unused high bits removed, sign extended. A copy, unless the bytes are `ours` to change. */
function nativeSamples(bytes: Uint8Array, shape: PixelShape, ours = false): GreySamples {
  const count = shape.rows * shape.columns;
  if (shape.bitsAllocated === 1) {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) out[i] = (bytes[i >> 3]! >> (i & 7)) & 1;
    return out;
  }
  const size = shape.bitsAllocated >> 3;
  // Node's Buffer has a `slice` of its own that does not copy and would give the whole pool here.
  const whole = ours && bytes.byteLength === count * size && bytes.buffer.byteLength === bytes.byteLength;
  const copy = (whole ? bytes : Uint8Array.prototype.slice.call(bytes, 0, count * size))
    .buffer as ArrayBuffer;
  const shift = shape.bitsAllocated - 1 - shape.highBit;
  const unused = shape.bitsAllocated - shape.bitsStored;
  if (size === 1)
    return fit(shape.signed ? new Int8Array(copy) : new Uint8Array(copy), 8, shift, unused, shape.signed);
  if (size === 2) return words(copy, shift, unused, shape.signed);
  if (shape.floating) return size === 8 ? new Float64Array(copy) : new Float32Array(copy);
  return fit(shape.signed ? new Int32Array(copy) : new Uint32Array(copy), 32, shift, unused, shape.signed);
}

/** `fit` for the size nearly every picture has: a loop that sees few kinds of array is several times faster. */
function words(copy: ArrayBuffer, shift: number, unused: number, signed: boolean): GreySamples {
  const values = signed ? new Int16Array(copy) : new Uint16Array(copy);
  if (unused === 0) return values;
  if (signed) {
    const up = 16 + shift;
    const down = 16 + unused;
    for (let i = 0; i < values.length; i++) values[i] = (values[i]! << up) >> down;
    return values;
  }
  const mask = 0xffff >> unused;
  const down = unused - shift;
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! >> down) & mask;
  return values;
}

function fit<T extends Int8Array | Uint8Array | Int32Array | Uint32Array>(
  values: T,
  bits: number,
  shift: number,
  unused: number,
  signed: boolean,
): T {
  if (unused === 0) return values;
  const up = 32 - bits + shift;
  const down = 32 - bits + unused;
  for (let i = 0; i < values.length; i++) {
    const high = values[i]! << up;
    values[i] = signed ? high >> down : high >>> down;
  }
  return values;
}
