import { ok, type Result } from '@foramen/spine/problem';
import {
  type BinSection,
  binsOf,
  chunksIn,
  indexProblem,
  namesIn,
  offsetAt,
  type RegionIndex,
  skipBins,
  TABIX_LAYOUT,
} from './bin-index.ts';
import { chromosomeName } from './chromosome.ts';
import type { LocusIndex } from './locus.ts';

/** Bits of a window of the linear index. */
const LINEAR_SHIFT = 14;

/** The bins of one chromosome, and its linear index: the least offset at which a record of each window lies. */
interface Section extends BinSection {
  readonly linear: number;
  readonly linearCount: number;
}

/** Reads an inflated `.tbi` file. */
export function readTabix(bytes: Uint8Array, where: string): Result<RegionIndex> {
  const broken = indexProblem(where, 'tabix -p vcf');
  if (bytes.length < 36 || bytes[0] !== 84 || bytes[1] !== 66 || bytes[2] !== 73 || bytes[3] !== 1)
    return broken('not a tabix index');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sections: Section[] = [];
  let names: readonly string[] = [];
  try {
    const count = view.getInt32(4, true);
    const namesLength = view.getInt32(32, true);
    if (count < 0 || count > 1_000_000 || namesLength < 0 || 36 + namesLength > bytes.length)
      return broken('a damaged tabix index');
    names = namesIn(bytes.subarray(36, 36 + namesLength));
    let at = 36 + namesLength;
    for (let ref = 0; ref < count; ref++) {
      const bins = skipBins(view, at, TABIX_LAYOUT);
      if (bins === null) return broken('a tabix index that ends early');
      const linearCount = view.getInt32(bins.end, true);
      const end = bins.end + 4 + linearCount * 8;
      if (linearCount < 0 || end > bytes.length) return broken('a tabix index that ends early');
      sections.push({ ...bins, linear: bins.end + 4, linearCount });
      at = end;
    }
  } catch {
    return broken('a tabix index that ends early');
  }
  return ok({
    names,
    chunks(name, from, to) {
      const section = sections[names.indexOf(name)];
      if (!section) return [];
      const window = Math.min(Math.max(0, from - 1) >> LINEAR_SHIFT, section.linearCount - 1);
      const least = window >= 0 ? offsetAt(view, section.linear + window * 8) : 0;
      const wanted = binsOf(Math.max(0, from - 1), to, TABIX_LAYOUT);
      return chunksIn(view, section, wanted, TABIX_LAYOUT, () => least);
    },
  });
}

export interface IndexQuery {
  readonly chromosome: string;
  readonly from: number;
  readonly to: number;
}

/** Regions to fetch: the stretches of the genes, joined where they lie close together. */
export function indexQueries(
  index: LocusIndex,
  names: readonly string[],
  join = 200_000,
): readonly IndexQuery[] {
  return names.flatMap((name) => {
    const out: { readonly chromosome: string; readonly from: number; to: number }[] = [];
    for (const { first, last } of index.genes.get(chromosomeName(name)) ?? []) {
      const before = out.at(-1);
      if (before && first - before.to <= join) before.to = Math.max(before.to, last);
      else out.push({ chromosome: name, from: Math.max(first, 1), to: last });
    }
    return out;
  });
}
