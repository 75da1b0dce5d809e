import type { StructureAssessment } from '@foramen/spine';
import type { GeneTable } from './gene-table.ts';
import { arrangementParts, arrangementScore, cyp2d6Phenotype } from './phenotype.ts';
import { alleleFrequencies, type Population } from './populations.ts';

/** How an arrangement of CYP2D6 looks to a caller that sees small variants only. */
function seenAs(allele: string): string | null {
  if (allele === '*5') return null;
  const parts = arrangementParts(allele).map((part) =>
    part.replace(/x≥?(\d+|N)$/, '').replace(/^(\*\d+)\.\d+$/, '$1'),
  );
  const functional = parts.filter((part) => !['*13', '*36', '*68'].includes(part));
  return functional[functional.length - 1] ?? parts[parts.length - 1] ?? null;
}

function isStructural(allele: string): boolean {
  return (
    allele === '*5' || allele.includes('+') || /x/.test(allele) || ['*13', '*36', '*68'].includes(allele)
  );
}

/** A deletion leaves one copy, which looks homozygous; a duplication or a hybrid looks like its main copy. */
function looksLike(a: string, b: string): string {
  const x = seenAs(a);
  const y = seenAs(b);
  const pair = [x ?? y ?? '*5', y ?? x ?? '*5'].sort();
  return pair.join('/');
}

/**
 * What small variants leave open about CYP2D6: every pair of arrangements that would look the same, weighed by how common it is
 * (Hardy-Weinberg on population allele frequencies), as probabilities of each phenotype.
 */
export function structurePosterior(
  table: GeneTable,
  diplotypes: readonly (readonly [string, string | null])[],
  population: Population | null,
): StructureAssessment {
  const alleles = alleleFrequencies('CYP2D6', population);
  const wanted = new Set(diplotypes.map(([a, b]) => [a, b ?? a].sort().join('/')));
  const phenotypes = new Map<string, number>();
  let total = 0;
  let plain = 0;
  alleles.forEach((x, i) => {
    alleles.slice(i).forEach((y, j) => {
      if (!wanted.has(looksLike(x.allele, y.allele))) return;
      const p = x.p * y.p * (j === 0 ? 1 : 2);
      const a = arrangementScore(table, x.allele);
      const b = arrangementScore(table, y.allele);
      const phenotype = a && b ? cyp2d6Phenotype(a.value + b.value) : 'Indeterminate';
      phenotypes.set(phenotype, (phenotypes.get(phenotype) ?? 0) + p);
      total += p;
      if (!isStructural(x.allele) && !isStructural(y.allele)) plain += p;
    });
  });
  const list = [...phenotypes]
    .map(([phenotype, p]) => ({ phenotype, p: total > 0 ? p / total : 0 }))
    .sort((a, b) => b.p - a.p);
  return {
    assessed: false,
    text:
      total > 0
        ? 'Structure not assessed: deletions, duplications and hybrids of CYP2D6 are not seen in a file of small variants'
        : 'Structure not assessed, and this pair is too rare in reference populations to say how likely a structural variant is',
    phenotypes: list,
    population: population ?? 'mean of five groups',
    pNoStructuralVariant: total > 0 ? plain / total : 0,
  };
}
