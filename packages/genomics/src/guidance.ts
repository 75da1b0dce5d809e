import CPIC_DPWG from '../data/guidance.json' with { type: 'json' };
import EXTRA from '../data/guidance-extra.json' with { type: 'json' };
import { type GeneState, NO_RESULT, nearestListedScore, stateKeys } from './gene-state.ts';
import {
  type GuidanceRule,
  type GuidanceTable,
  type Guideline,
  type RawGuidance,
  readGuidance,
} from './guidance-table.ts';

let read: readonly GuidanceTable[] | null = null;

export function guidanceTables(): readonly GuidanceTable[] {
  read ??= ([CPIC_DPWG, EXTRA] as unknown as RawGuidance[]).map((raw) => readGuidance(raw, EXTRA.levels));
  return read;
}

/** A rule that applies, with the states of the genes it rests on. */
export interface AppliedRule {
  readonly guideline: Guideline;
  readonly rule: GuidanceRule;
  readonly states: readonly GeneState[];
  readonly untestedGenes: readonly string[];
  readonly dated: string;
  /** Ways the genes may stand under which this rule holds, and how many ways there are. Where they are fewer, it depends on which is true. */
  readonly ways: readonly (readonly GeneState[])[];
  readonly ofWays: number;
}

/**
 * DPWG writes its CYP2C9 advice for pairs of *1, *2 and *3; what it says of other slow alleles is a remark, not a rule of its own
 * (and is not one in ClinPGx's tools either), so it is given as a reason elsewhere.
 */
function byPairOnly(guideline: Guideline, state: GeneState): boolean {
  return (
    guideline.guideline === 'DPWG' && state.gene === 'CYP2C9' && state.phenotype !== 'Normal Metabolizer'
  );
}

/** What a guideline remarks on a state that its rules do not list by pair. */
export function remarkFor(guideline: Guideline, state: GeneState): string | null {
  if (!byPairOnly(guideline, state) || guideline.rules.has(`=${state.diplotype}`)) return null;
  const rule = guideline.rules.get(state.phenotype)?.[0];
  return rule ? `${guideline.guideline} on other slow CYP2C9 alleles: ${rule.advice.text}` : null;
}

/** Two genes with thirty states each; beyond that the states are already merged by meaning. */
const MOST_WAYS = 1000;

const LISTED = new WeakMap<Guideline, Map<number, readonly string[]>>();

/** Keys a guideline lists for its gene at a place, each once. */
function listedKeys(guideline: Guideline, at: number): readonly string[] {
  const own = LISTED.get(guideline) ?? new Map<number, readonly string[]>();
  LISTED.set(guideline, own);
  const listed = own.get(at) ?? [
    ...new Set([...guideline.rules.keys()].map((key) => key.split(' & ')[at] ?? '')),
  ];
  own.set(at, listed);
  return listed;
}

function keysFor(guideline: Guideline, at: number, state: GeneState | null): readonly string[] {
  if (state === null) return [NO_RESULT];
  if (byPairOnly(guideline, state)) return [`=${state.diplotype}`];
  const keys = [...stateKeys(state)];
  if (state.score !== null && state.score !== 'n/a' && state.gene === 'CYP2D6') {
    const nearest = nearestListedScore(state.score, listedKeys(guideline, at));
    if (nearest && nearest !== state.score) keys.splice(1, 0, nearest);
  }
  return keys;
}

function findRules(guideline: Guideline, states: readonly (GeneState | null)[]): readonly GuidanceRule[] {
  let combos: string[] = [''];
  guideline.genes.forEach((_gene, at) => {
    const keys = keysFor(guideline, at, states[at] ?? null);
    combos = combos.flatMap((start) => keys.map((key) => (start === '' ? key : `${start} & ${key}`)));
  });
  for (const key of combos) {
    const rules = guideline.rules.get(key);
    if (rules) return rules;
  }
  return guideline.rules.get('*') ?? [];
}

/**
 * Every rule of a guideline that applies to what is known. A gene may stand in several ways; each way is looked up, and rules that
 * come out the same are given once. Null when none of the guideline's genes has a result.
 */
export function applyGuideline(
  guideline: Guideline,
  known: ReadonlyMap<string, readonly GeneState[]>,
  dated: string,
): readonly AppliedRule[] | null {
  const perGene = guideline.genes.map((gene) => known.get(gene) ?? []);
  if (perGene.every((states) => states.length === 0)) return null;
  let ways: (GeneState | null)[][] = [[]];
  for (const states of perGene) {
    const options = states.length > 0 ? states : [null];
    ways = ways.flatMap((way) => options.map((state) => [...way, state]));
    if (ways.length > MOST_WAYS) ways = ways.slice(0, MOST_WAYS);
  }
  const seen = new Map<string, AppliedRule & { readonly ways: (readonly GeneState[])[] }>();
  for (const way of ways) {
    const states = way.filter((state) => state !== null);
    for (const rule of findRules(guideline, way)) {
      const key = `${rule.population}|${rule.classification}|${rule.advice.action}|${rule.advice.text}`;
      const same = seen.get(key);
      if (same && same.ways.at(-1) !== states) same.ways.push(states);
      if (same) continue;
      seen.set(key, {
        guideline,
        rule,
        states,
        ways: [states],
        ofWays: ways.length,
        untestedGenes: guideline.genes.filter((_g, at) => way[at] === null),
        dated,
      });
    }
  }
  return [...seen.values()];
}
