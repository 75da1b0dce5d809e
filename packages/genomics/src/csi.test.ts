import { describe, expect, it } from 'vitest';
import { type BinLayout, binsOf, TABIX_LAYOUT } from './bin-index.ts';
import { readCsi } from './csi.ts';

/** One chromosome; the first 16 kb in its smallest bin, one chunk in the bin of the whole chromosome. */
function smallIndex(minShift = 14, depth = 5): Uint8Array {
  const ints = (...values: number[]) => Buffer.from(new Int32Array(values).buffer);
  const longs = (...values: bigint[]) => Buffer.from(new BigUint64Array(values).buffer);
  const smallest = (8 ** depth - 1) / 7;
  return Buffer.concat([
    Buffer.from('CSI\x01', 'latin1'),
    ints(minShift, depth, 34, 2, 1, 2, 0, 35, 0, 6),
    Buffer.from('chr10\0'),
    ints(1, 2, smallest),
    longs(100n << 16n),
    ints(1),
    longs(100n << 16n, 200n << 16n),
    ints(0),
    longs(0n),
    ints(1),
    longs(900n << 16n, 901n << 16n),
  ]);
}

describe('csi', () => {
  it('finds the chunks of a region at any bin size', () => {
    for (const [minShift, depth] of [
      [14, 5],
      [12, 6],
      [14, 6],
    ] as const) {
      const index = readCsi(smallIndex(minShift, depth), 'x.csi');
      if (!index.ok) throw new Error(index.problems[0].what);
      expect(index.value.names).toEqual(['chr10']);
      expect(index.value.chunks('chr10', 500, 600)).toEqual([
        [100 * 65536, 200 * 65536],
        [900 * 65536, 901 * 65536],
      ]);
      expect(index.value.chunks('chr10', 500_000, 500_100)).toEqual([[900 * 65536, 901 * 65536]]);
      expect(index.value.chunks('chr9', 1, 10)).toEqual([]);
    }
  });

  it('says so when it is damaged, wherever it is cut', () => {
    const good = smallIndex();
    for (let length = 0; length < good.length; length++)
      expect(readCsi(good.subarray(0, length), 'x.csi').ok, `${length}`).toBe(false);
    expect(readCsi(smallIndex(14, 30), 'x.csi').ok).toBe(false);
  });
});

describe('both kinds of index', () => {
  it('find the same bins for a region, whatever its place', () => {
    const csi: BinLayout = { head: 12, minShift: 14, depth: 5 };
    for (const [from, to] of [
      [0, 1],
      [16_383, 16_385],
      [94_761_899, 94_853_205],
      [536_870_000, 536_870_911],
    ] as const)
      expect([...binsOf(from, to, csi)]).toEqual([...binsOf(from, to, TABIX_LAYOUT)]);
    // SAM specification: 0, 1 + (beg >> 26), 9 + (beg >> 23), 73 + (beg >> 20), 585 + (beg >> 17), 4681 + (beg >> 14).
    expect([...binsOf(94_761_899, 94_761_900, TABIX_LAYOUT)]).toEqual([0, 2, 20, 163, 1307, 10_464]);
  });
});
