import { type GeneTable, type PairMeaning, pairKey } from './gene-table.ts';
import { componentsOf, isCombination } from './name-order.ts';
import { withoutCopies } from './outside-allele.ts';

export interface Meaning {
  readonly phenotype: string;
  readonly score: string | null;
  readonly functions: readonly [string | null, string | null];
}

/** An allele that the table names but whose effect nobody has assigned. */
const UNASSIGNED = 'Unassigned function';

export function functionOf(table: GeneTable, allele: string): string | null {
  return table.functions.get(allele) ?? (table.functions.size > 0 ? UNASSIGNED : null);
}

function activityOrFunction(table: GeneTable, allele: string): string | null {
  return (table.scored ? table.scores.get(allele) : table.functions.get(allele)) ?? null;
}

interface ArrangementScore {
  readonly value: number;
  /** The copy number is only known from below. */
  readonly atLeast: boolean;
}

const SCORED = new WeakMap<GeneTable, Map<string, ArrangementScore | null>>();

/**
 * Activity of a CYP2D6 arrangement in words: `*36+*10`, `*2x2`, `*4xN`. A repeat multiplies, a tandem adds. Null where any part is
 * of unknown function; "≥" marks a copy number that is only bounded from below (Gaedigk 2008; CPIC 2020).
 */
export function arrangementScore(table: GeneTable, allele: string): ArrangementScore | null {
  const known = SCORED.get(table) ?? new Map<string, ArrangementScore | null>();
  SCORED.set(table, known);
  let score = known.get(allele);
  if (score === undefined) {
    score = scoreArrangement(table, allele);
    if (known.size < 10_000) known.set(allele, score);
  }
  return score;
}

function scoreArrangement(table: GeneTable, allele: string): ArrangementScore | null {
  let value = 0;
  let atLeast = false;
  for (const part of arrangementParts(allele)) {
    const match = /^(\*[^x≥]+?)(?:x(≥)?(\d+|N))?$/.exec(part);
    if (!match) return null;
    const known = table.scores.get(part);
    const single = table.scores.get(match[1] ?? '');
    const text = known ?? single;
    if (text === undefined || text === 'n/a') return null;
    const unit = Number(text.replace('≥', ''));
    if (Number.isNaN(unit)) return null;
    if (known !== undefined) {
      value += unit;
      if (known.startsWith('≥')) atLeast = true;
      continue;
    }
    if (withoutCopies(part) === null) return null;
    const copies = match[3] === undefined ? 1 : match[3] === 'N' ? 2 : Number(match[3]);
    value += unit * copies;
    if (unit > 0 && (match[2] !== undefined || match[3] === 'N')) atLeast = true;
  }
  return { value, atLeast };
}

export function arrangementParts(allele: string): string[] {
  const inner = isCombination(allele) ? allele.slice(1, -1) : allele;
  return inner
    .split('+')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** CPIC thresholds for CYP2D6 (2020): 0; above 0 and below 1.25; 1.25 to 2.25; above 2.25. */
export function cyp2d6Phenotype(score: number): string {
  if (score === 0) return 'Poor Metabolizer';
  if (score < 1.25) return 'Intermediate Metabolizer';
  return score <= 2.25 ? 'Normal Metabolizer' : 'Ultrarapid Metabolizer';
}

/** DPWG draws the upper line at 2.5. */
export function cyp2d6PhenotypeDpwg(score: number): string {
  if (score === 0) return 'Poor Metabolizer';
  if (score < 1.25) return 'Intermediate Metabolizer';
  return score <= 2.5 ? 'Normal Metabolizer' : 'Ultrarapid Metabolizer';
}

export function formatScore(value: number, atLeast = false): string {
  const text = Number.isInteger(value) ? value.toFixed(1) : String(Number(value.toFixed(4)));
  return atLeast ? `≥${text}` : text;
}

export function meaningOf(table: GeneTable, first: string, second: string | null): Meaning {
  const functions: [string | null, string | null] = [
    functionOf(table, first),
    second === null ? null : functionOf(table, second),
  ];
  const nothing = (phenotype: string): Meaning => ({
    phenotype,
    score: table.scored ? 'n/a' : null,
    functions,
  });
  if (table.gene === 'CYP2D6' && second !== null) {
    const a = arrangementScore(table, first);
    const b = arrangementScore(table, second);
    if (!a || !b) return nothing('Indeterminate');
    const score = formatScore(a.value + b.value, a.atLeast || b.atLeast);
    return { phenotype: cyp2d6Phenotype(a.value + b.value), score, functions };
  }
  const a = activityOrFunction(table, first);
  const b = second === null ? '' : activityOrFunction(table, second);
  const pair: PairMeaning | undefined = a === null || b === null ? undefined : table.pairs.get(pairKey(a, b));
  if (pair) return { phenotype: pair.phenotype, score: pair.score, functions };
  if (table.functions.size === 0) return { phenotype: '', score: null, functions };
  if (table.scored) return nothing('Indeterminate');
  return { phenotype: 'n/a', score: null, functions };
}

/** Names of the variants on one strand. */
export function strandParts(allele: string): string[] {
  return componentsOf(allele);
}
