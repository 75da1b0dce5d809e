/**
 * What is known of one gene: where its variants are, what its named alleles are made of, what each allele does and what
 * a pair of alleles means. Facts only; written by `foramen genome import` from a published definition release.
 */

/** One variant position, in VCF terms (left-aligned, forward strand, 1-based). */
export interface VariantPosition {
  readonly pos38: number;
  /** 0 where the position on GRCh37 is not known. */
  readonly pos37: number;
  readonly rsid: string;
  readonly ref: string;
  /** Reference base on GRCh37 where the two assemblies differ. */
  readonly ref37: string;
  readonly alts: readonly string[];
  /** HGVS names in the order of `alts`. */
  readonly hgvs: readonly string[];
  /** Bases by which an insertion or deletion can be moved to the right and still mean the same sequence. */
  readonly shift: number;
}

export interface NamedAllele {
  readonly name: string;
  readonly isReference: boolean;
  /** Position index to base: only the positions that define this allele. A base may be an IUPAC wobble code. */
  readonly bases: ReadonlyMap<number, string>;
}

export interface PairMeaning {
  readonly phenotype: string;
  /** Activity score where the gene is scored, else null. */
  readonly score: string | null;
}

interface PriorityRule {
  readonly among: readonly string[];
  readonly pick: string;
}

export interface GeneTable {
  readonly gene: string;
  readonly chromosome: string;
  readonly source: string;
  readonly version: string;
  readonly modified: string;
  readonly functionVersion: string;
  readonly positions: readonly VariantPosition[];
  /** Reference allele first. */
  readonly alleles: readonly NamedAllele[];
  readonly functions: ReadonlyMap<string, string>;
  readonly scores: ReadonlyMap<string, string>;
  /** Keyed by the two functions (or values, for scored genes) sorted and joined by `|`; one alone for haploid genes. */
  readonly pairs: ReadonlyMap<string, PairMeaning>;
  readonly scored: boolean;
  /** Positions (GRCh38) without which no call is made. */
  readonly required: readonly number[];
  readonly priorities: readonly PriorityRule[];
  /** Alleles a clinical test must cover by AMP/CAP tier 1. */
  readonly tier1: readonly string[];
}

/** The compact form on disk. */
export interface RawGeneTable {
  readonly gene: string;
  readonly chromosome: string;
  readonly source: string;
  readonly version: string;
  readonly modified: string;
  readonly functionVersion: string;
  /** GRCh38 position minus GRCh37 position: constant over each gene here. Absent where it is not known. */
  readonly offset37?: number;
  readonly ref37?: Readonly<Record<string, string>>;
  /** [position, rsid, reference, "alt,alt", shift?, "hgvs;hgvs"?] */
  readonly positions: readonly (readonly (string | number)[])[];
  /** [name, "index=base index=base"]: the reference row holds only what differs from the genome's base. */
  readonly alleles: readonly (readonly [string, string])[];
  readonly functions: Readonly<Record<string, readonly string[]>>;
  readonly scores?: Readonly<Record<string, readonly string[]>>;
  /** [a, b, phenotype] or [a, b, phenotype, score]; b is empty for one copy. */
  readonly pairs: readonly (readonly string[])[];
  readonly required?: readonly number[];
  readonly priorities?: readonly (readonly string[])[];
  readonly tier1?: readonly string[];
}

export function pairKey(a: string, b: string | null): string {
  if (b === null || b === '') return a;
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

function invert(lists: Readonly<Record<string, readonly string[]>>): Map<string, string> {
  const out = new Map<string, string>();
  for (const [value, names] of Object.entries(lists)) for (const name of names) out.set(name, value);
  return out;
}

function readPosition(raw: RawGeneTable, row: readonly (string | number)[]): VariantPosition {
  const pos38 = Number(row[0]);
  const ref = String(row[2]);
  const alts = String(row[3]).split(',').filter(Boolean);
  const hgvs = row[5] ? String(row[5]).split(';') : alts.map((alt) => `g.${pos38}${ref}>${alt}`);
  return {
    pos38,
    pos37: raw.offset37 === undefined ? 0 : pos38 - raw.offset37,
    rsid: String(row[1]),
    ref,
    ref37: raw.ref37?.[String(pos38)] ?? ref,
    alts,
    hgvs,
    shift: Number(row[4] ?? 0),
  };
}

export function readGeneTable(raw: RawGeneTable): GeneTable {
  const positions = raw.positions.map((row) => readPosition(raw, row));
  const alleles = raw.alleles.map(([name, text], index): NamedAllele => {
    const bases = new Map<number, string>();
    if (index === 0) for (const [at, position] of positions.entries()) bases.set(at, position.ref);
    for (const part of text.split(' ').filter(Boolean)) {
      const [at, base] = part.split('=');
      bases.set(Number(at), base ?? '');
    }
    return { name, isReference: index === 0, bases };
  });
  const pairs = new Map<string, PairMeaning>();
  for (const [a, b, phenotype, score] of raw.pairs) {
    pairs.set(pairKey(a ?? '', b ?? ''), { phenotype: phenotype ?? '', score: score ?? null });
  }
  return {
    gene: raw.gene,
    chromosome: raw.chromosome,
    source: raw.source,
    version: raw.version,
    modified: raw.modified,
    functionVersion: raw.functionVersion,
    positions,
    alleles,
    functions: invert(raw.functions),
    scores: invert(raw.scores ?? {}),
    pairs,
    scored: raw.scores !== undefined,
    required: raw.required ?? [],
    priorities: (raw.priorities ?? []).map((row) => ({ among: row.slice(1), pick: row[0] ?? '' })),
    tier1: raw.tier1 ?? [],
  };
}
