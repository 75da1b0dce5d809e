import type { DrugActionKind, UntestedPrior } from '@foramen/spine';
import type { GeneState } from './gene-state.ts';
import { makeState } from './gene-state.ts';
import { applyGuideline } from './guidance.ts';
import type { Guideline } from './guidance-table.ts';
import {
  FREQUENCY_SOURCE,
  type PhenotypeProbability,
  type Population,
  phenotypePrior,
  UNVERIFIED,
} from './populations.ts';

const PLAIN: ReadonlySet<DrugActionKind> = new Set(['standard', 'no-recommendation', 'untested']);

interface Way {
  readonly p: number;
  readonly states: ReadonlyMap<string, readonly GeneState[]>;
  readonly label: string;
}

/** Phenotypes of several genes together. The genes lie on different chromosomes, or far apart on one, and are taken as independent. */
function combinedWays(genes: readonly string[], population: Population | null): readonly Way[] {
  let ways: Way[] = [{ p: 1, states: new Map(), label: '' }];
  for (const gene of genes) {
    const prior: readonly PhenotypeProbability[] = phenotypePrior(gene, population);
    ways = ways.flatMap((way) =>
      prior.map((entry): Way => {
        const state = makeState(gene, '', { ...entry, functions: [null, null] });
        const own = genes.length > 1 ? `${gene} ${entry.phenotype}` : entry.phenotype;
        return {
          p: way.p * entry.p,
          states: new Map([...way.states, [gene, [state]]]),
          label: way.label === '' ? own : `${way.label}, ${own}`,
        };
      }),
    );
  }
  return ways;
}

function estimable(genes: readonly string[], population: Population | null): readonly string[] {
  return genes.filter((gene) => phenotypePrior(gene, population).length > 0);
}

/**
 * What to expect of somebody whose genes have not been tested: phenotypes by how common they are, the action each would call for, and
 * the chance that a test changes anything. Never the patient's result. For guidance on two genes (CYP2D6 and CYP2C19) each pair of
 * phenotypes counts. HLA alleles and RYR1 are not imputed: phenytoin is estimated on CYP2C9 with HLA-B said to be untested; where no gene
 * of the guideline can be estimated, null.
 */
export function untestedPrior(
  guideline: Guideline,
  population: Population | null,
  dated: string,
): UntestedPrior | null {
  const genes = estimable(guideline.genes, population);
  if (genes.length === 0) return null;
  const rows = new Map<string, { phenotype: string; p: number; action: DrugActionKind }>();
  let pActionable = 0;
  for (const way of combinedWays(genes, population)) {
    const applied = applyGuideline(guideline, way.states, dated) ?? [];
    const action = applied[0]?.rule.advice.action ?? 'no-recommendation';
    if (!PLAIN.has(action)) pActionable += way.p;
    const key = `${way.label}|${action}`;
    const before = rows.get(key);
    rows.set(key, { phenotype: way.label, action, p: (before?.p ?? 0) + way.p });
  }
  const where = population ?? 'mean of five groups, ancestry not declared';
  const gene = genes.join(' and ');
  const others = guideline.genes.filter((name) => !genes.includes(name));
  const left =
    others.length > 0 ? ` ${others.join(' and ')}: not estimated from ancestry, test before use.` : '';
  const doubtful = genes.filter((name) => UNVERIFIED[name]);
  const secondHand = doubtful.map((name) => ` ${name}: ${UNVERIFIED[name]}.`).join('');
  const test = genes.length > 1 ? `a test of ${gene}` : `a ${gene} test`;
  return {
    gene,
    population: where,
    phenotypes: [...rows.values()].sort((a, b) => b.p - a.p),
    pActionable,
    text: `Not tested. In ${where}, ${test} would change the prescription for about ${Math.round(pActionable * 100)} in 100 people (${FREQUENCY_SOURCE.split(';')[0]}).${left}${secondHand}`,
    verified: doubtful.length === 0,
  };
}

/**
 * For an action that rests on one gene while another was not tested: how often a test of the other would lead to a different action
 * or strength. Null where the other cannot be estimated or the known gene stands in several ways.
 */
export function valueOfOtherGene(
  guideline: Guideline,
  known: ReadonlyMap<string, readonly GeneState[]>,
  population: Population | null,
  dated: string,
): string | null {
  const missing = guideline.genes.filter((gene) => (known.get(gene) ?? []).length === 0);
  const genes = estimable(missing, population);
  const fixed = guideline.genes.filter((gene) => !missing.includes(gene));
  if (genes.length === 0 || genes.length < missing.length) return null;
  if (fixed.length === 0 || fixed.some((gene) => known.get(gene)?.length !== 1)) return null;
  const now = applyGuideline(guideline, known, dated)?.[0]?.rule.advice.action;
  let p = 0;
  for (const way of combinedWays(genes, population)) {
    const then = applyGuideline(guideline, new Map([...known, ...way.states]), dated)?.[0]?.rule.advice
      .action;
    if (then !== now) p += way.p;
  }
  const where = population ?? 'mean of five groups, ancestry not declared';
  return `a ${genes.join(' and ')} test would change this action for about ${Math.round(p * 100)} in 100 people with the same ${fixed.join(' and ')} (${where}; not this person's result)`;
}
