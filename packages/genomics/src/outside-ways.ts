import { type GeneState, makeState } from './gene-state.ts';
import type { GeneTable } from './gene-table.ts';
import { meaningOf } from './phenotype.ts';

/** Copies of a duplicated allele that were not counted are at least two, and hardly ever more than five (Gaedigk 2012). */
const LIKELY_COPIES = [2, 3, 4, 5] as const;

/** The classes that a pair with an uncounted duplication may have, each with its least score; none where every number of copies gives the same. */
export function byCopies(table: GeneTable, alleles: readonly string[]): readonly GeneState[] {
  const ways = new Map<string, GeneState>();
  for (const copies of LIKELY_COPIES) {
    const counted = alleles.map((allele) =>
      allele.replace(
        /x(?:≥(\d+)|N)/g,
        (_, least?: string) => `x${least === undefined ? copies : Number(least) + copies - 2}`,
      ),
    );
    const meaning = meaningOf(table, counted[0] ?? '', counted[1] ?? null);
    if (!ways.has(meaning.phenotype))
      ways.set(meaning.phenotype, makeState(table.gene, alleles.join('/'), meaning));
  }
  return ways.size > 1 ? [...ways.values()] : [];
}

/** A class alone, of a gene whose guidelines go by score: a state for each score of that class, so that advice is found; named by the class. */
export function byClass(table: GeneTable, state: GeneState): readonly GeneState[] {
  if (!table.scored || state.score !== null) return [];
  const scores = new Set(
    [...table.pairs.values()].flatMap((pair) =>
      pair.phenotype === state.phenotype && pair.score !== null && pair.score !== 'n/a' ? [pair.score] : [],
    ),
  );
  return [...scores].map((score) => ({ ...state, score }));
}
