/** What a sample shows at one position, already spelled the way the gene table spells it. */
export interface SiteCall {
  /** Allele of the first and second strand; null where that half is not known. `second` is null too on one-copy sites. */
  readonly first: string | null;
  readonly second: string | null;
  readonly haploid: boolean;
  readonly phased: boolean;
  /** Phase set, when the file gives one; sites phased without a set form one block. */
  readonly phaseSet: string | null;
  /** Alleles carried here that no definition knows. */
  readonly undocumented: readonly string[];
  /** Sites of one unphased record of several bases: an ALT is one strand, so what it changes travels together. */
  readonly tied?: string;
  /** Where a record of several bases spoke: its `position:REF` and its ALT, to know the other half of a site that was split. */
  readonly spelled?: { readonly site: string; readonly alt: string };
  /** What makes the genotype doubtful, in the file's own figures; absent where they are good or not given. */
  readonly doubt?: string;
  /** All alleles that the record names here, the reference first: what it names and nobody carries, it denies. */
  readonly named?: readonly (string | null)[];
}

/** Position index in the gene table to what the sample shows there. Positions not in the map are missing. */
export type GeneSites = ReadonlyMap<number, SiteCall>;

/** Genes in which a base nobody has described is read as reference, with a note (CPIC/ClinPGx practice). */
export const UNDOCUMENTED_AS_REFERENCE: ReadonlySet<string> = new Set([
  'CACNA1S',
  'DPYD',
  'G6PD',
  'NUDT15',
  'RYR1',
  'TPMT',
]);

/** Genes read by listing damaging variants and taking the two worst, since their variants combine freely. */
export const LEAST_FUNCTION_GENES: ReadonlySet<string> = new Set(['DPYD', 'RYR1']);
