import { fail, ok, type Problem, type Result } from '@foramen/spine';
import { bytesOf, type DataSet, numbers } from '../data-set.ts';
import type { DicomFile } from '../read.ts';
import { TRANSFER_SYNTAX as TS } from '../uid.ts';
import type { Codecs } from './codecs.ts';
import { decodeSamples, NATIVE, waveletCodec } from './decode.ts';
import { storedFrame } from './frames.ts';
import { readJpegHeader } from './jpeg-stream.ts';
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
 * uncompressed or as RLE, JPEG, JPEG 2000 or HTJ2K, and PALETTE COLOR wherever its indices can be decoded (C.7.6.3.1.5).
 *
 * @returns problems: `unsupported` for other colour spaces, segmented palettes and lossless JPEG or JPEG-LS in colour; `truncated`, `unreadable`
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
    if (palette === null) return bad('unsupported', 'the palette is missing, segmented or does not fit');
    const indices = await decodeSamples(file, shape, index, codecs, where);
    if (!indices.ok) return indices;
    return ok({ rows, columns, rgb: lookedUp(indices.value.samples, palette) });
  }
  if (shape.samples !== 3 || shape.bitsAllocated !== 8)
    return bad(
      'unsupported',
      `${shape.samples} samples of ${shape.bitsAllocated} bits are not a colour picture that can be shown`,
    );
  const stored = storedFrame(file.set, shape, index);
  if (stored === null)
    return bad('truncated', `the pixel data of frame ${index + 1} are missing or incomplete`);
  const pixels = rows * columns;
  if (NATIVE.includes(file.transferSyntax)) {
    if (photometric === 'YBR_FULL_422') return ok({ rows, columns, rgb: rgbOf(pairsApart(stored, pixels)) });
    return inSpace(photometric, shape.planar ? interleaved(stored, pixels) : new Uint8Array(stored));
  }
  if (file.transferSyntax === TS.rle) {
    const plain = decodeRleFrame(stored, { rows, columns, samples: 3, sampleBytes: 1, planar: false });
    return plain === null
      ? bad('unreadable', 'the RLE compressed picture is damaged')
      : inSpace(photometric, plain);
  }
  const jpeg = readJpegHeader(stored);
  // Baseline, extended and progressive JPEG; libjpeg has neither the lossless process nor JPEG-LS.
  const codec = jpeg === null ? waveletCodec(file.transferSyntax) : jpeg.process < 3 ? 'libjpeg' : null;
  if (codec === null)
    return bad('unsupported', `colour in transfer syntax ${file.transferSyntax} is not supported`);
  const frame = await codecs.decode(codec, stored);
  const fits = frame?.rows === rows && frame.columns === columns && frame.bytes.length === 3 * pixels;
  if (!fits) return bad('unreadable', 'the compressed picture is damaged, or is not what its header says');
  // libjpeg turns the colours of a JPEG stream itself, whatever the header calls them.
  return codec === 'libjpeg' || WAVELET_RGB.includes(photometric)
    ? ok({ rows, columns, rgb: frame.bytes })
    : inSpace(photometric, frame.bytes);

  function inSpace(space: string, samples: Uint8Array): Result<ColourFrame> {
    if (space === 'RGB') return ok({ rows, columns, rgb: samples });
    if (space === 'YBR_FULL') return ok({ rows, columns, rgb: rgbOf(samples) });
    return bad('unsupported', `the colour space ${space || 'without a name'} is not supported`);
  }
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

interface Palette {
  /** The index that the first entry stands for; below it the first, beyond the last the last. */
  readonly first: number;
  /** Red, green and blue, a byte each. */
  readonly channels: readonly Uint8Array[];
}

const PALETTE = [
  ['RedPaletteColorLookupTableDescriptor', 'RedPaletteColorLookupTableData'],
  ['GreenPaletteColorLookupTableDescriptor', 'GreenPaletteColorLookupTableData'],
  ['BluePaletteColorLookupTableDescriptor', 'BluePaletteColorLookupTableData'],
] as const;

/** Null when a table is missing (segmented tables stand elsewhere) or shorter than it says (PS3.3, C.7.9.1). */
function paletteOf(set: DataSet): Palette | null {
  const channels: Uint8Array[] = [];
  let first = 0;
  for (const [descriptor, name] of PALETTE) {
    const [stated, from, bits] = numbers(set, descriptor);
    const data = bytesOf(set, name);
    if (stated === undefined || from === undefined || data === undefined) return null;
    // A count of 65,536 does not fit its 16 bits and is written as 0; as a signed value larger ones are negative.
    const count = stated > 0 ? stated : stated + 65_536;
    first = from;
    // Tables of 16 bits are shown by their high byte. Entries said to have 8 bits may stand in 16 (C.7.9.1.1).
    const wide = data.length >= 2 * count;
    if (data.length < count || (bits === 16 && !wide)) return null;
    channels.push(
      Uint8Array.from({ length: count }, (_, i) => (wide ? data[2 * i + (bits === 16 ? 1 : 0)]! : data[i]!)),
    );
  }
  return { first, channels };
}

function lookedUp(indices: ArrayLike<number>, { first, channels }: Palette): Uint8Array {
  const out = new Uint8Array(3 * indices.length);
  for (let i = 0; i < indices.length; i++)
    for (const [sample, table] of channels.entries())
      out[3 * i + sample] = table[Math.max(0, Math.min(table.length - 1, indices[i]! - first))]!;
  return out;
}
