import type { GeneTable, NamedAllele } from './gene-table.ts';
import type { GeneSites } from './site.ts';

const WOBBLE: Readonly<Record<string, string>> = {
  R: 'AG',
  Y: 'CT',
  S: 'CG',
  W: 'AT',
  K: 'GT',
  M: 'AC',
  B: 'CGT',
  D: 'AGT',
  H: 'ACT',
  V: 'ACG',
  N: 'ACGT',
};

export function isWobble(base: string): boolean {
  return base.length === 1 && WOBBLE[base] !== undefined;
}

/** Whether an observed base is what the definition asks for; a wobble code accepts each of its bases. */
export function accepts(expected: string, observed: string | null): boolean {
  if (observed === null) return false;
  if (expected === observed) return true;
  return expected.length === 1 && (WOBBLE[expected]?.includes(observed) ?? false) && observed.length === 1;
}

/**
 * A sample's two strands at the positions it has, and how far they are tied together. Heterozygous positions fall into blocks:
 * within a block it is known which alleles travel together, between blocks it is not.
 */
export interface Strands {
  readonly table: GeneTable;
  /** Indices of the positions present, ascending. */
  readonly present: readonly number[];
  readonly isPresent: ReadonlySet<number>;
  readonly first: ReadonlyMap<number, string | null>;
  readonly second: ReadonlyMap<number, string | null>;
  /** Positions at which the strands differ, by block. */
  readonly blocks: readonly (readonly number[])[];
  readonly haploid: boolean;
  /** Every position phased in the file. */
  readonly phased: boolean;
  /** At most one block: only one way to lay the strands out. */
  readonly effectivelyPhased: boolean;
  readonly usesPhaseSets: boolean;
  /** Half-called positions (`0/.`). */
  readonly partial: boolean;
  readonly undocumented: readonly number[];
  readonly missing: readonly number[];
  /** Positions read on thin evidence. */
  readonly doubtful: ReadonlySet<number>;
}

export function layStrands(table: GeneTable, sites: GeneSites, undocumentedAsReference: boolean): Strands {
  const present: number[] = [];
  const missing: number[] = [];
  const undocumented: number[] = [];
  const doubtful = new Set<number>();
  const first = new Map<number, string | null>();
  const second = new Map<number, string | null>();
  const blocks = new Map<string, number[]>();
  const sets = new Set<string>();
  let phased = true;
  let partial = false;
  let haploidSites = 0;
  table.positions.forEach((position, at) => {
    const site = sites.get(at);
    if (!site) {
      missing.push(at);
      return;
    }
    present.push(at);
    const replace = (allele: string | null) =>
      undocumentedAsReference && allele !== null && site.undocumented.includes(allele)
        ? position.ref
        : allele;
    const a = replace(site.first);
    const b = replace(site.second);
    first.set(at, a);
    second.set(at, b);
    if (site.undocumented.length > 0) undocumented.push(at);
    if (site.doubt !== undefined) doubtful.add(at);
    if (!site.phased) phased = false;
    else sets.add(site.phaseSet ?? '');
    if (site.haploid) haploidSites++;
    else if (a === null || b === null) partial = true;
    if (site.haploid || a === b) return;
    const key = site.phased ? `set ${site.phaseSet ?? ''}` : site.tied ? `record ${site.tied}` : `at ${at}`;
    const block = blocks.get(key);
    if (block) block.push(at);
    else blocks.set(key, [at]);
  });
  const haploid = present.length > 0 && haploidSites === present.length;
  return {
    table,
    present,
    isPresent: new Set(present),
    first,
    second,
    blocks: [...blocks.values()],
    haploid,
    phased,
    effectivelyPhased: blocks.size <= 1,
    usesPhaseSets: sets.size > 1 || (sets.size === 1 && !sets.has('')),
    partial,
    undocumented,
    missing,
    doubtful,
  };
}

/** The base a definition asks for at a position: its own, or the reference allele's where it says nothing. */
export function expectedBase(table: GeneTable, allele: NamedAllele, at: number): string {
  const own = allele.bases.get(at);
  if (own !== undefined) return own;
  const reference = table.alleles[0]?.bases.get(at) ?? '';
  return isWobble(reference) ? (table.positions[at]?.ref ?? '') : reference;
}

/** Number of positions that define an allele and that the sample has. */
export function definedCount(allele: NamedAllele, strands: Strands): number {
  if (allele.isReference) return strands.present.length;
  let count = 0;
  for (const at of allele.bases.keys()) if (strands.isPresent.has(at)) count++;
  return count;
}

/** One strand laid out, for genes read strand by strand: position index to allele (null where not known). */
export type Strand = ReadonlyMap<number, string | null>;

/** All ways to lay the strands out; null when there are more than 2^`maxBlocks`/2 of them. */
export function layouts(strands: Strands, maxBlocks = 12): readonly (readonly [Strand, Strand])[] | null {
  const { blocks } = strands;
  if (blocks.length > maxBlocks) return null;
  const out: [Strand, Strand][] = [];
  const ways = blocks.length === 0 ? 1 : 2 ** (blocks.length - 1);
  for (let way = 0; way < ways; way++) {
    const a = new Map(strands.first);
    const b = new Map(strands.second);
    blocks.forEach((block, index) => {
      if (index === 0 || ((way >> (index - 1)) & 1) === 0) return;
      for (const at of block) {
        a.set(at, strands.second.get(at) ?? null);
        b.set(at, strands.first.get(at) ?? null);
      }
    });
    out.push([a, b]);
  }
  return out;
}
