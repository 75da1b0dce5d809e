import type { GeneTable, VariantPosition } from './gene-table.ts';
import { minimalChange, placements } from './indel.ts';

export type Assembly = 'GRCh38' | 'GRCh37';

/** One variant position on one assembly, ready to be recognised in whatever spelling a file uses. */
export interface Locus {
  readonly gene: string;
  readonly index: number;
  readonly chromosome: string;
  readonly pos: number;
  readonly ref: string;
  readonly alts: readonly string[];
  /** Every allele the tables know here; on GRCh37 the genome's own base may be one of the variants. */
  readonly documented: ReadonlySet<string>;
  readonly rsid: string;
  readonly isIndel: boolean;
  /** Last position at which a record could begin and still speak of this locus. */
  readonly last: number;
  /** `pos:ref:alt` of every equivalent placement, to the allele as the gene table spells it. */
  readonly equivalents: ReadonlyMap<string, string>;
  /** Of an indel in a run of repeats: the unit, and where the run's last copy could be anchored. */
  readonly run: { readonly unit: string; readonly last: number } | null;
}

/** From the first to the last position of a gene, and a little beyond: what changes in between may change the gene. */
export interface GeneSpan {
  readonly gene: string;
  readonly first: number;
  readonly last: number;
}

export interface LocusIndex {
  readonly assembly: Assembly;
  readonly byChromosome: ReadonlyMap<string, readonly Locus[]>;
  /** Merged windows by chromosome: [first, last] pairs, ascending, flattened. */
  readonly windows: ReadonlyMap<string, Float64Array>;
  /** Genes by chromosome, in their order. */
  readonly genes: ReadonlyMap<string, readonly GeneSpan[]>;
}

/** Bases on either side of the outermost positions of a gene that count as its own; its nearest neighbours lie farther off. */
const BESIDE_GENE = 1000;

/** What one copy more or less adds or takes, the shortest where several are described. */
function unitOf(position: VariantPosition): string {
  const units = position.alts.map((alt) => {
    const { ref, alt: to } = minimalChange(position.pos38, position.ref, alt);
    return (ref.length > to.length ? ref : to).slice(1);
  });
  return units.reduce((least, unit) => (unit.length < least.length ? unit : least));
}

function makeLocus(
  table: GeneTable,
  position: VariantPosition,
  index: number,
  assembly: Assembly,
): Locus | null {
  const pos = assembly === 'GRCh38' ? position.pos38 : position.pos37;
  if (pos <= 0) return null;
  const isIndel = position.ref.length > 1 || position.alts.some((alt) => alt.length > 1);
  const equivalents = new Map<string, string>();
  if (isIndel) {
    for (const alt of position.alts) {
      const insertion = alt.length > position.ref.length;
      const slack = position.shift > 0 ? position.shift + (insertion ? position.ref.length - 1 : 0) : 0;
      for (const key of placements(pos, position.ref, alt, slack)) equivalents.set(key, alt);
    }
  }
  return {
    gene: table.gene,
    index,
    chromosome: table.chromosome,
    pos,
    ref: assembly === 'GRCh37' ? position.ref37 : position.ref,
    alts: position.alts,
    documented: new Set([position.ref, ...position.alts]),
    rsid: position.rsid,
    isIndel,
    last: pos + position.ref.length - 1 + position.shift + (isIndel ? position.ref.length : 0),
    equivalents,
    run: isIndel && position.shift > 0 ? { unit: unitOf(position), last: pos + position.shift } : null,
  };
}

/** Built once for a list of tables and an assembly; a thousand files share it. */
const BUILT = new WeakMap<readonly GeneTable[], Map<Assembly, LocusIndex>>();

export function buildLocusIndex(tables: readonly GeneTable[], assembly: Assembly): LocusIndex {
  const own = BUILT.get(tables) ?? new Map<Assembly, LocusIndex>();
  BUILT.set(tables, own);
  const built = own.get(assembly) ?? buildIndex(tables, assembly);
  own.set(assembly, built);
  return built;
}

function buildIndex(tables: readonly GeneTable[], assembly: Assembly): LocusIndex {
  const byChromosome = new Map<string, Locus[]>();
  for (const table of tables) {
    table.positions.forEach((position, index) => {
      const locus = makeLocus(table, position, index, assembly);
      if (!locus) return;
      const list = byChromosome.get(locus.chromosome);
      if (list) list.push(locus);
      else byChromosome.set(locus.chromosome, [locus]);
    });
  }
  const windows = new Map<string, Float64Array>();
  for (const [chromosome, loci] of byChromosome) {
    loci.sort((a, b) => a.pos - b.pos);
    const merged: number[] = [];
    for (const locus of loci) {
      const lastAt = merged.length - 1;
      if (lastAt > 0 && locus.pos <= (merged[lastAt] ?? 0) + 1)
        merged[lastAt] = Math.max(merged[lastAt] ?? 0, locus.last);
      else merged.push(locus.pos, locus.last);
    }
    windows.set(chromosome, Float64Array.from(merged));
  }
  const genes = new Map([...byChromosome].map(([chromosome, loci]) => [chromosome, spansOf(loci)]));
  return { assembly, byChromosome, windows, genes };
}

function spansOf(loci: readonly Locus[]): readonly GeneSpan[] {
  const out = new Map<string, GeneSpan>();
  for (const { gene, pos, last } of loci) {
    const before = out.get(gene) ?? { gene, first: pos - BESIDE_GENE, last: 0 };
    out.set(gene, { ...before, last: Math.max(before.last, last + BESIDE_GENE) });
  }
  return [...out.values()];
}

/** Index of the first window whose end is not before `pos`. */
function firstWindow(windows: Float64Array, pos: number): number {
  let low = 0;
  let high = windows.length / 2;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((windows[mid * 2 + 1] ?? 0) < pos) low = mid + 1;
    else high = mid;
  }
  return low;
}

export function touches(windows: Float64Array, pos: number, end: number): boolean {
  const at = firstWindow(windows, pos);
  return at * 2 < windows.length && (windows[at * 2] ?? 0) <= end;
}

/** Loci that a record covering [pos, end] may speak of. */
export function lociIn(loci: readonly Locus[], pos: number, end: number): readonly Locus[] {
  let low = 0;
  let high = loci.length;
  const reach = 200;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((loci[mid]?.pos ?? 0) < pos - reach) low = mid + 1;
    else high = mid;
  }
  const out: Locus[] = [];
  for (let i = low; i < loci.length; i++) {
    const locus = loci[i];
    if (!locus || locus.pos > end) break;
    if (locus.last >= pos) out.push(locus);
  }
  return out;
}
