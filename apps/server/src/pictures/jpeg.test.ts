import { dataSet, SOP_CLASS, TRANSFER_SYNTAX, uidFromSeed, writePart10 } from '@foramen/dicom';
import { describe, expect, it } from 'vitest';
import { decodedFrame } from '../dicomweb/pixels.ts';
import { encodeJpeg } from './jpeg.ts';

/** Read again by the decoder of compressed DICOM objects, which is other people's. */
async function decoded(columns: number, rows: number, jpeg: Uint8Array): Promise<Uint8Array> {
  const even = jpeg.length % 2 === 0 ? jpeg : Buffer.concat([jpeg, Buffer.alloc(1)]);
  const object = writePart10(
    dataSet({
      SOPClassUID: SOP_CLASS.mr,
      SOPInstanceUID: uidFromSeed('jpeg'),
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: rows,
      Columns: columns,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      PixelData: { offsets: [], fragments: [even] },
    }),
    { transferSyntax: TRANSFER_SYNTAX.jpegBaseline },
  );
  return decodedFrame(object, 0);
}

/** A soft wave with sharp marks on it. */
function picture(columns: number, rows: number): Uint8Array {
  return Uint8Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    return Math.round(125 + 100 * Math.sin(x / 7) * Math.cos(y / 5) + (x % 9 === 0 ? 20 : 0));
  });
}

function worst(one: Uint8Array, other: Uint8Array): number {
  expect(one).toHaveLength(other.length);
  return one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
}

describe('a JPEG picture', () => {
  it.each([
    // Whole blocks, and sides that end within one.
    [64, 48, 100, 2],
    [37, 21, 95, 4],
    [1, 1, 90, 1],
    [333, 17, 90, 8],
  ])('of %i x %i in quality %i is within %i of what it shows', async (columns, rows, quality, most) => {
    const pixels = picture(columns, rows);
    const jpeg = await encodeJpeg(columns, rows, 1, pixels, quality);
    expect(worst(await decoded(columns, rows, jpeg), pixels)).toBeLessThanOrEqual(most);
  });

  it('bears the hardest picture there is, black beside white, at the best quality', async () => {
    const noise = Uint8Array.from({ length: 64 * 64 }, (_, i) => (((i * 2654435761) >>> 13) & 1) * 255);
    const board = Uint8Array.from({ length: 64 * 64 }, (_, i) => ((i + (i >> 6)) % 2) * 255);
    for (const pixels of [noise, board, new Uint8Array(64 * 64), new Uint8Array(64 * 64).fill(255)])
      expect(
        worst(await decoded(64, 64, await encodeJpeg(64, 64, 1, pixels, 100)), pixels),
      ).toBeLessThanOrEqual(3);
  });

  it('is the smaller the lower its quality', async () => {
    const pixels = picture(256, 256);
    const sizes: number[] = [];
    for (const quality of [100, 90, 50, 10])
      sizes.push((await encodeJpeg(256, 256, 1, pixels, quality)).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(sizes).size).toBe(4);
  });
});
