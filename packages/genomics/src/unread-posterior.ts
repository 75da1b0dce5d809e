import type { UnreadAssessment } from '@foramen/spine';
import { pairFits } from './diplotype.ts';
import type { GeneTable, NamedAllele } from './gene-table.ts';
import { meaningOf } from './phenotype.ts';
import { alleleFrequencies, type Population } from './populations.ts';
import type { GeneSites } from './site.ts';
import { layStrands } from './strands.ts';

/**
 * What positions that were not read, or thinly, may change: every pair of alleles that population tables know and that what was surely read allows, weighed by
 * how common it is (Hardy-Weinberg), as probabilities of each phenotype. `called`: the phenotypes of the call, which the rest is a change from. Null where
 * nothing is open, where no frequencies are at hand, and where no pair of common alleles fits. CYP2D6 has a posterior of its own (structure.ts).
 */
export function unreadPosterior(
  table: GeneTable,
  sites: GeneSites,
  called: ReadonlySet<string>,
  population: Population | null,
): UnreadAssessment | null {
  const known = alleleFrequencies(table.gene, population).flatMap(({ allele, p }) => {
    const own = table.alleles.find(({ name }) => name === allele);
    return own ? [{ allele: own, p }] : [];
  });
  const sure: GeneSites = new Map([...sites].filter(([, site]) => site.doubt === undefined));
  const strands = layStrands(table, sure, false);
  if (known.length === 0 || strands.missing.length === 0 || strands.haploid || table.gene === 'CYP2D6')
    return null;
  const phenotypes = new Map<string, number>();
  let total = 0;
  const add = (a: NamedAllele, b: NamedAllele, p: number) => {
    if (!pairFits(strands, a, b)) return;
    const { phenotype } = meaningOf(table, a.name, b.name);
    phenotypes.set(phenotype, (phenotypes.get(phenotype) ?? 0) + p);
    total += p;
  };
  known.forEach((x, i) => {
    known.slice(i).forEach((y, j) => {
      add(x.allele, y.allele, x.p * y.p * (j === 0 ? 1 : 2));
    });
  });
  if (total === 0) return null;
  const list = [...phenotypes]
    .map(([phenotype, p]) => ({ phenotype, p: p / total }))
    .sort((a, b) => b.p - a.p);
  const pOther = list.reduce((sum, one) => (called.has(one.phenotype) ? sum : sum + one.p), 0);
  return { phenotypes: list, pOther, population: population ?? 'mean of five groups' };
}

const SHOWN = 0.0005;

/** In one clause: how likely it is that what was not read makes the phenotype another. */
export function unreadText(gene: string, { phenotypes, pOther, population }: UnreadAssessment): string {
  const percent = (p: number) => (p < SHOWN ? 'under 0.1%' : `${Number((p * 100).toPrecision(2))}%`);
  const shown = phenotypes
    .filter(({ p }) => p >= SHOWN)
    .slice(0, 4)
    .map(({ phenotype, p }) => `${phenotype} ${percent(p)}`);
  return `${gene}: by how common its alleles are (${population}), the positions not surely read make the phenotype another one in ${percent(pOther)} (${shown.join(', ')})`;
}
