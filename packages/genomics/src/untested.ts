import type { DrugActionKind, UntestedPrior } from '@foramen/spine';
import type { GeneState } from './gene-state.ts';
import { makeState } from './gene-state.ts';
import { applyGuideline } from './guidance.ts';
import type { Guideline } from './guidance-table.ts';
import { FREQUENCY_SOURCE, type Population, phenotypePrior } from './populations.ts';

const PLAIN: ReadonlySet<DrugActionKind> = new Set(['standard', 'no-recommendation', 'untested']);

/**
 * What to expect of somebody whose gene has not been tested: phenotypes by how common they are, the action each would call for, and
 * the chance that a test changes anything. Never the patient's result. HLA alleles and RYR1 are not imputed.
 */
export function untestedPrior(
  guideline: Guideline,
  population: Population | null,
  dated: string,
): UntestedPrior | null {
  const [gene] = guideline.genes;
  if (!gene || guideline.genes.length > 1) return null;
  const prior = phenotypePrior(gene, population);
  if (prior.length === 0) return null;
  const rows = new Map<string, { phenotype: string; p: number; action: DrugActionKind }>();
  let pActionable = 0;
  for (const entry of prior) {
    const state: GeneState = makeState(gene, '', { ...entry, functions: [null, null] });
    const applied = applyGuideline(guideline, new Map([[gene, [state]]]), dated) ?? [];
    const action = applied[0]?.rule.advice.action ?? 'no-recommendation';
    if (!PLAIN.has(action)) pActionable += entry.p;
    const key = `${entry.phenotype}|${action}`;
    const before = rows.get(key);
    rows.set(key, { phenotype: entry.phenotype, action, p: (before?.p ?? 0) + entry.p });
  }
  const where = population ?? 'mean of five groups, ancestry not declared';
  return {
    gene,
    population: where,
    phenotypes: [...rows.values()].sort((a, b) => b.p - a.p),
    pActionable,
    text: `Not tested. In ${where}, a ${gene} test would change the prescription for about ${Math.round(pActionable * 100)} in 100 people (${FREQUENCY_SOURCE.split(';')[0]})`,
  };
}
