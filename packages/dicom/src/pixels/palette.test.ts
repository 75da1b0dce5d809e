import { describe, expect, it } from 'vitest';
import { dataSet, element } from '../data-set.ts';
import type { Tag } from '../dictionary.ts';
import { paletteOf } from './palette.ts';

/** Red of a palette whose three tables are the same segments. */
function red(bits: number, count: number, segments: readonly number[]): number[] | null {
  const descriptor = [count, 0, bits];
  const set = new Map(
    dataSet({
      RedPaletteColorLookupTableDescriptor: descriptor,
      GreenPaletteColorLookupTableDescriptor: descriptor,
      BluePaletteColorLookupTableDescriptor: descriptor,
    }),
  );
  const data = bits === 8 ? Uint8Array.from(segments) : Uint16Array.from(segments);
  for (const tag of [0x00281221, 0x00281222, 0x00281223]) set.set(tag as Tag, element('OW', data));
  const palette = paletteOf(set);
  return palette === null ? null : [...palette.channels[0]!];
}

describe('a palette in segments', () => {
  it('of values, lines and copies is unrolled, in bytes', () => {
    expect(red(8, 4, [0, 2, 10, 20, 1, 2, 40])).toEqual([10, 20, 30, 40]);
    // Two segments from the beginning again: a line goes on from what is there.
    expect(red(8, 8, [0, 2, 10, 20, 1, 2, 40, 2, 2, 0, 0, 0, 0])).toEqual([10, 20, 30, 40, 10, 20, 30, 40]);
  });

  it('of 16 bits is shown by the upper eight', () => {
    expect(red(16, 4, [0, 2, 0x0a00, 0x1400, 1, 2, 0x2800])).toEqual([10, 20, 30, 40]);
    expect(red(16, 4, [0, 2, 0x0a00, 0x1400, 2, 1, 0, 0])).toEqual([10, 20, 10, 20]);
  });

  it.each([
    ['is cut off', 4, [0, 4, 1]],
    ['is too short', 4, [0, 2, 1, 2]],
    ['is too long', 2, [0, 3, 1, 2, 3]],
    ['begins with a line', 2, [1, 2, 9]],
    ['is of no known kind', 2, [7, 2, 1, 2]],
    ['copies itself', 2, [2, 1, 0, 0, 0, 0]],
    ['copies what is not there', 4, [0, 2, 1, 2, 2, 1, 200, 0, 0, 0]],
    ['copies nothing for ever', 4, [0, 0, 2, 0, 0, 0, 0, 0]],
  ])('that %s is none', (_, count, segments) => {
    expect(red(8, count, segments)).toBeNull();
  });
});
