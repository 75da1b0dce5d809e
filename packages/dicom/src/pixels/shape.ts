import { fail, ok, type Problem, type Result } from '@foramen/spine';
import { type DataSet, number, text } from '../data-set.ts';

/** How the pixels of one object are stored (PS3.3 C.7.6.3). */
export interface PixelShape {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  /** Float Pixel Data or Double Float Pixel Data. */
  readonly floating: boolean;
  readonly photometric: string;
  /** Samples stored one plane after the other. */
  readonly planar: boolean;
}

/** Most samples and frames of one object that are read; a 640 x 640 x 160 volume has 65 million. */
const MOST_SAMPLES = 256 * 1024 * 1024;
const MOST_FRAMES = 16384;

/** The pixel module of a data set, or why it cannot hold a picture. */
export function pixelShape(set: DataSet, where = 'DICOM input'): Result<PixelShape> {
  const bad = (code: Problem['code'], what: string): Result<PixelShape> =>
    fail({ code, severity: 'error', where, what, help: 'Give an image object as the scanner exports it' });
  const rows = number(set, 'Rows');
  const columns = number(set, 'Columns');
  if (rows === undefined || columns === undefined)
    return bad('missing', 'the object holds no picture (no Rows and Columns)');
  if (!(rows > 0 && columns > 0)) return bad('out-of-range', `the picture is ${rows} x ${columns} pixels`);
  const frames = number(set, 'NumberOfFrames') ?? 1;
  if (!Number.isInteger(frames) || frames < 1)
    return bad('out-of-range', `the number of frames is ${frames}`);
  const samples = number(set, 'SamplesPerPixel') ?? 1;
  const floating = set.has(0x7fe00008) ? 32 : set.has(0x7fe00009) ? 64 : 0;
  const bitsAllocated = number(set, 'BitsAllocated') ?? floating;
  const bitsStored = number(set, 'BitsStored') ?? bitsAllocated;
  const highBit = number(set, 'HighBit') ?? bitsStored - 1;
  if (![1, 8, 16, 32].includes(bitsAllocated) && !(floating === 64 && bitsAllocated === 64))
    return bad('unsupported', `${bitsAllocated} bits a sample are not supported`);
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit < bitsStored - 1 || highBit >= bitsAllocated) {
    return bad(
      'inconsistent',
      `${bitsStored} bits stored with high bit ${highBit} do not fit ${bitsAllocated} allocated`,
    );
  }
  if (frames > MOST_FRAMES || rows * columns * frames * samples > MOST_SAMPLES)
    return bad('too-large', `${frames} frames of ${rows} x ${columns} are too many to hold`);
  return ok({
    rows,
    columns,
    frames,
    samples,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: number(set, 'PixelRepresentation') === 1,
    floating: floating > 0,
    photometric: text(set, 'PhotometricInterpretation') ?? '',
    planar: number(set, 'PlanarConfiguration') === 1,
  });
}
