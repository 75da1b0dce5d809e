import RAW from '../data/frequencies.json' with { type: 'json' };
import { arrangementScore, cyp2d6Phenotype, meaningOf } from './phenotype.ts';
import { geneTable } from './tables.ts';

/** Continental groups of the 1000 Genomes Project. Not the same as what people call themselves. */
export type Population = 'EUR' | 'AFR' | 'AMR' | 'EAS' | 'SAS';
export const POPULATIONS: readonly Population[] = ['EUR', 'AFR', 'AMR', 'EAS', 'SAS'];
export const FREQUENCY_SOURCE = RAW.source;
export const FREQUENCY_VERSION = RAW.version;

/** Genes whose frequencies are second-hand, with where they are from. */
export const UNVERIFIED: Readonly<Record<string, string>> = RAW.unverified;

/** Why a gene is not estimated from ancestry. What is not said here is not in the tables of frequencies. */
const NOT_ESTIMATED: Readonly<Record<string, string>> = {
  'HLA-A':
    'HLA types differ many-fold within a continental group and a carrier missed may die: test before use',
  'HLA-B':
    'HLA types differ many-fold within a continental group and a carrier missed may die: test before use',
  RYR1: 'its variants are rare and most have never been judged: ask for own and family reactions to anaesthesia',
  CACNA1S:
    'its variants are rare and most have never been judged: ask for own and family reactions to anaesthesia',
  G6PD: 'deficiency is X-linked and follows where malaria was, not continents: measure the enzyme or test',
};

export function whyNotEstimated(gene: string): string {
  return `${gene} is not estimated from ancestry: ${NOT_ESTIMATED[gene] ?? 'no population frequencies of its alleles are at hand'}`;
}

interface AlleleFrequency {
  readonly allele: string;
  readonly p: number;
}

/**
 * Allele frequencies of a gene, summing to one over what is listed; without a declared ancestry, the plain mean of the groups.
 * Alleles not seen in these people are not in the list.
 */
export function alleleFrequencies(gene: string, population: Population | null): readonly AlleleFrequency[] {
  const at = population === null ? -1 : RAW.populations.indexOf(population);
  const rows = RAW.alleles.filter((row) => row[0] === gene);
  const raw = rows.map((row) => {
    const values = row.slice(2).map(Number);
    const p = at >= 0 ? (values[at] ?? 0) : values.reduce((sum, value) => sum + value, 0) / values.length;
    return { allele: String(row[1]), p };
  });
  const total = raw.reduce((sum, entry) => sum + entry.p, 0);
  return total > 0
    ? raw.filter((entry) => entry.p > 0).map((entry) => ({ ...entry, p: entry.p / total }))
    : [];
}

export interface PhenotypeProbability {
  readonly phenotype: string;
  readonly score: string | null;
  readonly p: number;
}

/** Phenotype of a pair, for alleles as population tables write them (`*36+*10`). */
function pairPhenotype(gene: string, a: string, b: string): { phenotype: string; score: string | null } {
  const table = geneTable(gene);
  if (!table) return { phenotype: 'Indeterminate', score: null };
  if (gene === 'CYP2D6') {
    const x = arrangementScore(table, a);
    const y = arrangementScore(table, b);
    if (!x || !y) return { phenotype: 'Indeterminate', score: 'n/a' };
    const score = x.value + y.value;
    return { phenotype: cyp2d6Phenotype(score), score: String(score) };
  }
  const meaning = meaningOf(table, a, b);
  return { phenotype: meaning.phenotype, score: meaning.score };
}

const PRIORS = new Map<string, readonly PhenotypeProbability[]>();

/** Phenotypes to expect before any test, alleles combining at random (Hardy-Weinberg). */
export function phenotypePrior(gene: string, population: Population | null): readonly PhenotypeProbability[] {
  const key = `${gene} ${population}`;
  const known = PRIORS.get(key) ?? computePrior(gene, population);
  PRIORS.set(key, known);
  return known;
}

function computePrior(gene: string, population: Population | null): readonly PhenotypeProbability[] {
  const alleles = alleleFrequencies(gene, population);
  const out = new Map<string, PhenotypeProbability>();
  alleles.forEach((x, i) => {
    alleles.slice(i).forEach((y, j) => {
      const p = x.p * y.p * (j === 0 ? 1 : 2);
      const { phenotype, score } = pairPhenotype(gene, x.allele, y.allele);
      const key = `${phenotype}|${score}`;
      const before = out.get(key);
      out.set(key, { phenotype, score, p: (before?.p ?? 0) + p });
    });
  });
  return [...out.values()].sort((a, b) => b.p - a.p);
}
