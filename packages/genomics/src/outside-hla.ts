import type { GeneState } from './gene-state.ts';
import type { OutsideCall } from './outside.ts';

/** Alleles that guidelines act on, by gene. */
export const HLA_ALLELES: Readonly<Record<string, readonly string[]>> = {
  'HLA-A': ['*31:01'],
  'HLA-B': ['*15:02', '*57:01', '*58:01'],
};

/** A test for one allele, as calls hold it. */
export const HLA_WORD = /^(\*\d{2,3}:\d{2,3}) (positive|negative)$/;

/** The two sides of a diplotype. A GL string of HLA parts them by `+`, and means "or" by `/`: that is then no allele. */
export function chromosomesOf({ gene, diplotype }: OutsideCall): readonly string[] {
  const text = diplotype ?? '';
  return HLA_ALLELES[gene] && text.includes('+')
    ? text.replace(/^hla#[\d.]+#/i, '').split('+')
    : text.split('/');
}

/** The first two fields of an HLA allele or of a G or P group, which say the protein; null where they are not there, as in `*15` or `*1502`. */
export function twoFields(name: string): string | null {
  return /^\*?(\d{2,3}:\d{2,3})(?::\d{2,3}){0,2}[NLSCAQGP]?$/.exec(name)?.[1]?.replace(/^/, '*') ?? null;
}

/** Of somebody typed on one chromosome only, what was not found is not known. */
export function hlaState(gene: string, alleles: readonly string[]): GeneState | null {
  const phenotypes = (HLA_ALLELES[gene] ?? []).flatMap((allele) =>
    alleles.some((name) => twoFields(name) === allele)
      ? [`${allele} positive`]
      : alleles.length > 1
        ? [`${allele} negative`]
        : [],
  );
  if (phenotypes.length === 0) return null;
  return {
    gene,
    diplotype: alleles.join('/'),
    phenotype: phenotypes.join('; '),
    score: null,
    phenotypes,
    label: `${gene} ${phenotypes.join(', ')}`,
  };
}
