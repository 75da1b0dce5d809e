import { describe, expect, it } from 'vitest';
import { decodeRleFrame, encodeRleFrame, type RleShape } from './rle.ts';

const shape: RleShape = { rows: 6, columns: 300, samples: 1, sampleBytes: 2, planar: false };
const size = shape.rows * shape.columns * shape.sampleBytes;

describe('RLE', () => {
  it.each([
    ['flat', () => 7],
    ['noise', (i: number) => (i * 2654435761) >>> 24],
    ['pairs between singles', (i: number) => [1, 2, 2, 3, 4, 4, 4][Math.floor(i / 2) % 7]!],
    ['ramps', (i: number) => (i >> 3) & 255],
    ['two and one', (i: number) => [9, 5, 5][Math.floor(i / 2) % 3]!],
  ])('gives %s back', (_, value) => {
    const frame = Uint8Array.from({ length: size }, (_unused, i) => value(i));
    expect(decodeRleFrame(encodeRleFrame(frame, shape), shape)).toEqual(frame);
  });

  it('gives colour back interleaved', () => {
    const colour: RleShape = { rows: 4, columns: 5, samples: 3, sampleBytes: 1, planar: false };
    const frame = Uint8Array.from({ length: 60 }, (_, i) => i * 4);
    expect(decodeRleFrame(encodeRleFrame(frame, colour), colour)).toEqual(frame);
  });

  it('refuses what is cut off', () => {
    const packed = encodeRleFrame(
      new Uint8Array(size).map((_, i) => i % 251),
      shape,
    );
    for (const length of [0, 20, 64, 100, packed.length - 20]) {
      expect(decodeRleFrame(packed.subarray(0, length), shape)).toBeNull();
    }
  });
});
