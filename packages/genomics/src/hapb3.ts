import type { GeneTable } from './gene-table.ts';
import type { Strand, Strands } from './strands.ts';

/**
 * DPYD HapB3. The deep intronic c.1129-5923C>G is what disturbs splicing; the exonic c.1236G>A only travels with it. So the
 * intronic base decides, and the exonic one speaks only where the intronic is not known (CPIC DPYD update 2023).
 */
const HAPB3 = 'c.1129-5923C>G, c.1236G>A (HapB3)';
const HAPB3_INTRON = 'c.1129-5923C>G';
const EXON_RSID = 'rs56038477';
const INTRON_RSID = 'rs75017182';
export const HAPB3_ALLELES: ReadonlySet<string> = new Set([HAPB3, HAPB3_INTRON]);

export interface HapB3Sites {
  readonly exon: number;
  readonly intron: number;
}

export function hapB3Sites(table: GeneTable): HapB3Sites {
  const find = (rsid: string) => table.positions.findIndex((position) => position.rsid === rsid);
  return { exon: find(EXON_RSID), intron: find(INTRON_RSID) };
}

const MISMATCH =
  'HapB3: the exonic variant c.1236G>A is present without the intronic c.1129-5923C>G that causes it; read as reference';
const EXON_ONLY = 'HapB3 called from the exonic c.1236G>A alone: the causal intronic position is missing';

export function hasHapB3Variant(strands: Strands, sites: HapB3Sites): boolean {
  return [sites.exon, sites.intron].some((at) => {
    const ref = strands.table.positions[at]?.ref;
    return [strands.first.get(at), strands.second.get(at)].some((base) => base != null && base !== ref);
  });
}

interface HapB3Call {
  readonly allele: string | null;
  readonly note: string | null;
}

/** HapB3 on one strand. */
export function hapB3OnStrand(table: GeneTable, strand: Strand, sites: HapB3Sites): HapB3Call {
  const intron = strand.get(sites.intron) ?? null;
  const exon = strand.get(sites.exon) ?? null;
  const hasExon = exon !== null && exon !== table.positions[sites.exon]?.ref;
  if (intron !== null) {
    if (intron !== table.positions[sites.intron]?.ref)
      return { allele: hasExon ? HAPB3 : HAPB3_INTRON, note: null };
    return { allele: null, note: hasExon ? MISMATCH : null };
  }
  return hasExon ? { allele: HAPB3, note: EXON_ONLY } : { allele: null, note: null };
}

/** HapB3 copies when the strands are not laid out: counted, the intronic count deciding. */
export function hapB3Unphased(strands: Strands, sites: HapB3Sites): { alleles: string[]; notes: string[] } {
  const { table } = strands;
  const read = (at: number): { known: number; alt: number } => {
    const bases = [strands.first.get(at) ?? null, strands.second.get(at) ?? null].filter(
      (base) => base !== null,
    );
    return { known: bases.length, alt: bases.filter((base) => base !== table.positions[at]?.ref).length };
  };
  const intron = strands.isPresent.has(sites.intron) ? read(sites.intron) : { known: 0, alt: 0 };
  const exon = strands.isPresent.has(sites.exon) ? read(sites.exon) : { known: 0, alt: 0 };
  const repeat = (name: string, times: number) => Array.from({ length: times }, () => name);
  if (intron.known === 0) {
    return { alleles: repeat(HAPB3, exon.alt), notes: exon.alt > 0 ? [EXON_ONLY] : [] };
  }
  if (exon.known === 0) return { alleles: repeat(HAPB3_INTRON, intron.alt), notes: [] };
  if (intron.known === 1 || exon.known === 1) {
    return {
      alleles: [],
      notes: ['HapB3: only one of two copies was read at one of its positions, so it is not called'],
    };
  }
  const both = Math.min(intron.alt, exon.alt);
  return {
    alleles: [...repeat(HAPB3, both), ...repeat(HAPB3_INTRON, intron.alt - both)],
    notes: exon.alt > intron.alt ? [MISMATCH] : [],
  };
}
