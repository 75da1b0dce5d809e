import type { GeneTable } from './gene-table.ts';
import { cyp2d6Phenotype, formatScore } from './phenotype.ts';

const SHORT: Readonly<Record<string, string>> = {
  PM: 'Poor Metabolizer',
  IM: 'Intermediate Metabolizer',
  NM: 'Normal Metabolizer',
  RM: 'Rapid Metabolizer',
  UM: 'Ultrarapid Metabolizer',
};
const MOST_ACTIVITY = 20;

function tidy(text: string): string {
  return text
    .replace(/metaboli[sz]er/i, 'metabolizer')
    .replace(/ultra-?\s?rapid/i, 'ultrarapid')
    .toLowerCase()
    .trim();
}

/**
 * A phenotype as a report writes it (`PM`, `poor metaboliser`), in the words of the gene's own table; null where the gene has no such class,
 * which includes "extensive metabolizer" of before 2020.
 */
export function readPhenotype(table: GeneTable, text: string): string | null {
  const bare = text.replaceAll(table.gene, '').trim();
  const full = SHORT[bare] ?? bare;
  if (table.pairs.size === 0) return full;
  const classes = new Set([...table.pairs.values()].map((pair) => pair.phenotype));
  for (const name of [...classes]) {
    classes.add(`Likely ${name}`);
    classes.add(`Possible ${name}`);
  }
  classes.add('Indeterminate');
  return [...classes].find((name) => tidy(name) === tidy(full)) ?? null;
}

interface ReadScore {
  readonly score: string;
  readonly phenotype: string | null;
}

/** An activity score (`1.25`, `≥3`), with the class it falls in; null where it is no number that can be. */
export function readScore(table: GeneTable, text: string): ReadScore | null {
  const match = /^(≥|>=?)?\s?(\d+(?:\.\d+)?)$/.exec(text.trim().replace(/^(\D*\d+),(?=\d+$)/, '$1.'));
  const value = Number(match?.[2]);
  if (!match || !(value <= MOST_ACTIVITY)) return null;
  const pair = [...table.pairs.values()].find(
    (entry) => entry.score !== null && Number(entry.score) === value && match[1] === undefined,
  );
  if (pair) return { score: pair.score ?? text, phenotype: pair.phenotype };
  if (table.gene === 'CYP2D6')
    return { score: formatScore(value, match[1] !== undefined), phenotype: cyp2d6Phenotype(value) };
  return { score: text.trim(), phenotype: null };
}
