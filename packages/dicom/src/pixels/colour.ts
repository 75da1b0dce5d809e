import { fail, ok, type Problem, type Result } from '@foramen/spine';
import type { DicomFile } from '../read.ts';
import { TRANSFER_SYNTAX as TS } from '../uid.ts';
import type { Codecs } from './codecs.ts';
import { decodeSamples, NATIVE, waveletCodec } from './decode.ts';
import { storedFrame } from './frames.ts';
import { asLabelled } from './jpeg-colour.ts';
import { decodeJpegLossless } from './jpeg-lossless.ts';
import { readJpegHeader } from './jpeg-stream.ts';
import { lookedUp, paletteOf } from './palette.ts';
import { decodeRleFrame } from './rle.ts';
import { type PixelShape, pixelShape } from './shape.ts';

/** One frame in colour: red, green and blue of each pixel, a byte each; row-major, top row first. For showing, not for measuring. */
export interface ColourFrame {
  readonly rows: number;
  readonly columns: number;
  readonly rgb: Uint8Array;
}

/** Whether an object's picture has colours: three samples a pixel, or a palette. */
export function isColour({ samples, photometric }: PixelShape): boolean {
  return samples === 3 || photometric === 'PALETTE COLOR';
}

/** Colour spaces of JPEG 2000 whose transform is part of the code stream: the decoder gives red, green and blue (PS3.5, 8.2.4). */
const WAVELET_RGB: readonly string[] = ['RGB', 'YBR_ICT', 'YBR_RCT'];

/**
 * Frame `index` (from 0) of a colour object, as screenshots, dose reports and ultrasound are: RGB, YBR_FULL and YBR_FULL_422 (PS3.3, C.7.6.3.1.2),
 * uncompressed or as RLE, JPEG, JPEG 2000 or HTJ2K, and PALETTE COLOR wherever its indices can be decoded (C.7.6.3.1.5);
 * uncompressed, RLE and lossless JPEG also with 16 or 32 bits a sample, of which the upper 8 are shown.
 *
 * @returns problems: `unsupported` for other colour spaces and for JPEG-LS in colour; `truncated`, `unreadable`
 */
export async function decodeColourFrame(
  file: DicomFile,
  index: number,
  codecs: Codecs,
  where = 'DICOM input',
): Promise<Result<ColourFrame>> {
  const bad = (code: Problem['code'], what: string): Result<ColourFrame> =>
    fail({ code, severity: 'error', where, what, help: 'Export the picture uncompressed, as RGB' });
  const shaped = pixelShape(file.set, where);
  if (!shaped.ok) return shaped;
  const shape = shaped.value;
  const { rows, columns, photometric } = shape;
  if (photometric === 'PALETTE COLOR' && shape.samples === 1) {
    const palette = paletteOf(file.set);
    if (palette === null) return bad('unsupported', 'the palette is missing or does not fit');
    const indices = await decodeSamples(file, shape, index, codecs, where);
    if (!indices.ok) return indices;
    return ok({ rows, columns, rgb: lookedUp(indices.value.samples, palette) });
  }
  if (shape.samples !== 3 || shape.bitsAllocated < 8 || shape.floating)
    return bad(
      'unsupported',
      `${shape.samples} samples of ${shape.bitsAllocated} bits are not a colour picture that can be shown`,
    );
  const stored = storedFrame(file.set, shape, index);
  if (stored === null)
    return bad('truncated', `the pixel data of frame ${index + 1} are missing or incomplete`);
  const pixels = rows * columns;
  const sampleBytes = shape.bitsAllocated >> 3;
  if (NATIVE.includes(file.transferSyntax)) {
    const plain = upperBytes(stored, shape);
    if (photometric === 'YBR_FULL_422') return ok({ rows, columns, rgb: rgbOf(pairsApart(plain, pixels)) });
    return inSpace(photometric, shape.planar ? interleaved(plain, pixels) : plain);
  }
  if (file.transferSyntax === TS.rle) {
    const plain = decodeRleFrame(stored, { rows, columns, samples: 3, sampleBytes, planar: false });
    return plain === null
      ? bad('unreadable', 'the RLE compressed picture is damaged')
      : inSpace(photometric, upperBytes(plain, shape));
  }
  const jpeg = readJpegHeader(stored);
  if (jpeg?.process === 3) {
    const fits = jpeg.rows === rows && jpeg.columns === columns && jpeg.components === 3;
    const words = fits ? decodeJpegLossless(stored, jpeg) : null;
    if (words === null)
      return bad('unreadable', 'the lossless JPEG picture is damaged, or is not what its header says');
    const shift = Math.max(0, jpeg.precision - 8);
    return inSpace(
      photometric,
      Uint8Array.from(words, (word) => word >> shift),
    );
  }
  if (shape.bitsAllocated !== 8)
    return bad(
      'unsupported',
      `colours of ${shape.bitsAllocated} bits are not supported in transfer syntax ${file.transferSyntax}`,
    );
  // Baseline, extended and progressive JPEG; libjpeg has no JPEG-LS.
  const codec = jpeg === null ? waveletCodec(file.transferSyntax) : jpeg.process < 3 ? 'libjpeg' : null;
  if (codec === null)
    return bad('unsupported', `colour in transfer syntax ${file.transferSyntax} is not supported`);
  const frame = await codecs.decode(codec, jpeg === null ? stored : asLabelled(stored, jpeg, photometric));
  const fits = frame?.rows === rows && frame.columns === columns && frame.bytes.length === 3 * pixels;
  if (!fits) return bad('unreadable', 'the compressed picture is damaged, or is not what its header says');
  // libjpeg turns the colours of a JPEG stream itself, by what the stream says.
  return codec === 'libjpeg' || WAVELET_RGB.includes(photometric)
    ? ok({ rows, columns, rgb: frame.bytes })
    : inSpace(photometric, frame.bytes);

  function inSpace(space: string, samples: Uint8Array): Result<ColourFrame> {
    if (space === 'RGB') return ok({ rows, columns, rgb: samples });
    if (space === 'YBR_FULL') return ok({ rows, columns, rgb: rgbOf(samples) });
    return bad('unsupported', `the colour space ${space || 'without a name'} is not supported`);
  }
}

/** A copy with the upper 8 of the bits stored of each sample. */
function upperBytes(samples: Uint8Array, { bitsAllocated, highBit }: PixelShape): Uint8Array {
  const size = bitsAllocated >> 3;
  if (size === 1) return new Uint8Array(samples);
  // Little endian: bits highBit - 7 to highBit, which may lie across two bytes.
  const low = Math.max(0, highBit - 7);
  const [byte, shift] = [low >> 3, low & 7];
  return Uint8Array.from({ length: Math.floor(samples.length / size) }, (_, i) => {
    const at = i * size + byte;
    const next = byte + 1 < size ? samples[at + 1]! : 0;
    return ((samples[at]! | (next << 8)) >> shift) & 0xff;
  });
}

/** RRR GGG BBB to RGB RGB RGB (PS3.3, C.7.6.3.1.3). */
function interleaved(planes: Uint8Array, pixels: number): Uint8Array {
  const out = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++)
    for (let sample = 0; sample < 3; sample++) out[3 * i + sample] = planes[sample * pixels + i]!;
  return out;
}

/** Y1 Y2 Cb Cr of two neighbours to Y Cb Cr of each. */
function pairsApart(stored: Uint8Array, pixels: number): Uint8Array {
  const out = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    out[3 * i] = stored[pair + (i & 1)]!;
    out[3 * i + 1] = stored[pair + 2]!;
    out[3 * i + 2] = stored[pair + 3]!;
  }
  return out;
}

/** YBR_FULL to RGB in place: the inverse of the equations in PS3.3, C.7.6.3.1.2 (ITU-R BT.601, full range). */
function rgbOf(samples: Uint8Array): Uint8Array {
  const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  for (let i = 0; i < samples.length; i += 3) {
    const [y, cb, cr] = [samples[i]!, samples[i + 1]! - 128, samples[i + 2]! - 128];
    samples[i] = byte(y + 1.402 * cr);
    samples[i + 1] = byte(y - 0.344136 * cb - 0.714136 * cr);
    samples[i + 2] = byte(y + 1.772 * cb);
  }
  return samples;
}
