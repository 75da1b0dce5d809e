import { describe, expect, it } from 'vitest';
import { dataSet, type Encapsulated } from '../data-set.ts';
import { storedFrame } from './frames.ts';
import type { PixelShape } from './shape.ts';

const shape: PixelShape = {
  rows: 2,
  columns: 2,
  frames: 2,
  samples: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
  floating: false,
  photometric: 'MONOCHROME2',
  planar: false,
};

/** Three fragments of which the first two are one frame; `opens` starts each with the marker of a code stream or not. */
const fragments = [Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5, 6, 7, 8)];
const frames = (value: Encapsulated, extended?: readonly number[]) => {
  const table = new DataView(new ArrayBuffer(8 * (extended?.length ?? 0)));
  for (const [i, at] of (extended ?? []).entries()) table.setBigUint64(8 * i, BigInt(at), true);
  const set = dataSet({
    PixelData: value,
    ...(extended === undefined ? {} : { ExtendedOffsetTable: new Uint8Array(table.buffer) }),
  });
  return [0, 1, 2].map((i) => {
    const frame = storedFrame(set, shape, i);
    return frame === null ? null : [...frame];
  });
};
const WHOLE = [[1, 2, 3, 4], [5, 6, 7, 8], null];

describe('frames of several fragments', () => {
  it('follow the basic offset table', () => {
    expect(frames({ offsets: [0, 20], fragments })).toEqual(WHOLE);
  });

  it('follow the extended offset table, which holds one entry of eight bytes a frame', () => {
    expect(frames({ offsets: [], fragments }, [0, 20])).toEqual(WHOLE);
    expect(frames({ offsets: [], fragments }, [0])).toEqual([null, null, null]);
  });

  it('are not given where the table points between fragments, or twice at one', () => {
    expect(frames({ offsets: [0, 21], fragments })).toEqual([null, null, null]);
    expect(frames({ offsets: [20, 20], fragments })[0]).toBeNull();
  });

  it('are one fragment each where there are as many, and begin where a code stream does', () => {
    expect(frames({ offsets: [], fragments: fragments.slice(1) })).toEqual([[3, 4], [5, 6, 7, 8], null]);
    const streams = [Uint8Array.of(0xff, 0xd8), Uint8Array.of(9), Uint8Array.of(0xff, 0x4f, 7)];
    expect(frames({ offsets: [], fragments: streams })).toEqual([[0xff, 0xd8, 9], [0xff, 0x4f, 7], null]);
  });
});

describe('native frames', () => {
  const native = (bytes: readonly number[], over: Partial<PixelShape> = {}) => {
    const set = dataSet({ PixelData: Uint8Array.from(bytes) });
    return [0, 1, 2].map((i) => {
      const frame = storedFrame(set, { ...shape, ...over }, i);
      return frame === null ? null : [...frame];
    });
  };

  it('are cut by size, and what is not all there is none', () => {
    expect(native([1, 2, 3, 4, 5, 6, 7, 8])).toEqual([[1, 2, 3, 4], [5, 6, 7, 8], null]);
    expect(native([1, 2, 3, 4, 5, 6, 7])[1]).toBeNull();
  });

  it('of one bit follow each other without padding', () => {
    // Frames of four pixels: bits 0 to 3, then 4 to 7 of the first byte.
    expect(native([0b1010_0110], { bitsAllocated: 1 })[0]![0]! & 0x0f).toBe(0b0110);
    expect(native([0b1010_0110], { bitsAllocated: 1 })[1]![0]! & 0x0f).toBe(0b1010);
    expect(native([0b1010_0110], { bitsAllocated: 1 })[2]).toBeNull();
  });
});
