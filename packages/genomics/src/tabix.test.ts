import { describe, expect, it } from 'vitest';
import { cutBgzf } from './bgzf.ts';
import { buildLocusIndex } from './locus.ts';
import { indexQueries, readTabix } from './tabix.ts';
import { geneTables } from './tables.ts';

/** One chromosome, one bin (that of the first 16 kb), one chunk. */
function smallIndex(): Uint8Array {
  const ints = (values: readonly number[]) => new Uint8Array(new Int32Array(values).buffer);
  const longs = (values: readonly bigint[]) => new Uint8Array(new BigUint64Array(values).buffer);
  const parts = [
    new Uint8Array([84, 66, 73, 1]),
    ints([1, 2, 1, 2, 0, 35, 0, 6]),
    new TextEncoder().encode('chr10\0'),
  ];
  const tail = [ints([1, 4681, 1]), longs([100n << 16n, 200n << 16n]), ints([1]), longs([100n << 16n])];
  const all = [...parts, ...tail];
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

describe('tabix', () => {
  it('finds the chunks of a region and nothing elsewhere', () => {
    const index = readTabix(smallIndex(), 'x.tbi');
    if (!index.ok) throw new Error(index.problems[0].what);
    expect(index.value.names).toEqual(['chr10']);
    expect(index.value.chunks('chr10', 500, 600)).toEqual([[100 * 65536, 200 * 65536]]);
    expect(index.value.chunks('chr10', 500_000, 500_100)).toEqual([]);
    expect(index.value.chunks('chr9', 1, 10)).toEqual([]);
  });

  it('says so when it is damaged, wherever it is cut', () => {
    const good = smallIndex();
    for (let length = 0; length < good.length; length++) {
      expect(readTabix(good.subarray(0, length), 'x.tbi').ok, `${length}`).toBe(false);
    }
    expect(cutBgzf(new Uint8Array([31, 139, 8, 4, 0, 0]), 0)).toEqual([]);
  });

  it('asks for every gene once, whatever the names of the chromosomes', () => {
    const loci = buildLocusIndex(geneTables(), 'GRCh38');
    const plain = indexQueries(loci, ['10', '22', 'X', 'HLA*01']);
    expect(plain.map((query) => query.chromosome)).toEqual(['10', '22', 'X']);
    expect(indexQueries(loci, ['chr10']).map(({ from, to }) => [from, to])).toEqual(
      plain.filter((q) => q.chromosome === '10').map(({ from, to }) => [from, to]),
    );
  });
});
