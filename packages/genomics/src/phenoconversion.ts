import { namesDrug } from './drug-name.ts';
import type { GeneState } from './gene-state.ts';
import { stateLabel } from './gene-state.ts';
import { cyp2d6Phenotype, formatScore } from './phenotype.ts';

/** A drug the patient takes, or stopped `stoppedDaysAgo` days ago. */
export interface Medication {
  readonly name: string;
  readonly stoppedDaysAgo?: number;
}

type Strength = 'strong' | 'moderate' | 'weak';

interface Modulator {
  readonly drug: string;
  readonly gene: string;
  readonly effect: 'inhibitor' | 'inducer';
  readonly strength: Strength;
  /** Days after the last dose until the enzyme is back: about five half-lives, or enzyme turnover for inducers. */
  readonly washoutDays: number;
}

/**
 * CYP2D6: a strong inhibitor takes the activity score to 0, a moderate one halves it, a weak one leaves it (Cicali 2021, UF Health;
 * PMC7292748). For the other enzymes there is no agreed number, so these give a warning and no new phenotype.
 */
const row = (gene: string, effect: Modulator['effect'], strength: Strength, list: string): Modulator[] =>
  list.split(' ').map((entry) => {
    const [drug, days] = entry.split(':');
    return { drug: (drug ?? '').replaceAll('_', ' '), gene, effect, strength, washoutDays: Number(days) };
  });

export const MODULATORS: readonly Modulator[] = [
  ...row(
    'CYP2D6',
    'inhibitor',
    'strong',
    'bupropion:8 fluoxetine:35 paroxetine:5 quinidine:2 terbinafine:90',
  ),
  ...row(
    'CYP2D6',
    'inhibitor',
    'moderate',
    'abiraterone:5 cinacalcet:8 duloxetine:3 lorcaserin:3 mirabegron:11',
  ),
  ...row(
    'CYP2D6',
    'inhibitor',
    'weak',
    'amiodarone:120 celecoxib:3 cimetidine:1 citalopram:8 desvenlafaxine:3 escitalopram:7 hydroxychloroquine:120 ritonavir:2 sertraline:6 venlafaxine:2',
  ),
  ...row('CYP2C19', 'inhibitor', 'strong', 'fluconazole:7 fluoxetine:35 fluvoxamine:4 ticlopidine:5'),
  ...row('CYP2C19', 'inhibitor', 'moderate', 'esomeprazole:1 omeprazole:1 voriconazole:2'),
  ...row('CYP2C19', 'inducer', 'strong', 'rifampicin:14 apalutamide:28'),
  ...row('CYP2C19', 'inducer', 'weak', 'carbamazepine:21 phenytoin:21 st_johns_wort:14'),
  ...row('CYP2C9', 'inhibitor', 'moderate', 'amiodarone:120 fluconazole:7'),
  ...row('CYP2C9', 'inducer', 'moderate', 'rifampicin:14 carbamazepine:21 enzalutamide:42 apalutamide:28'),
  ...row('CYP2B6', 'inducer', 'moderate', 'carbamazepine:21 rifampicin:14 efavirenz:21 phenytoin:21'),
];

interface ActiveModulator extends Modulator {
  /** Days still to pass before the effect is gone; 0 while the drug is taken. */
  readonly daysLeft: number;
  readonly current: boolean;
}

export function activeModulators(
  gene: string,
  medications: readonly Medication[],
): readonly ActiveModulator[] {
  return medications.flatMap((medication) =>
    MODULATORS.filter((m) => m.gene === gene && namesDrug(medication.name, m.drug)).flatMap(
      (m): ActiveModulator[] => {
        const stopped = medication.stoppedDaysAgo;
        if (stopped === undefined) return [{ ...m, daysLeft: 0, current: true }];
        return stopped < m.washoutDays
          ? [{ ...m, daysLeft: Math.ceil(m.washoutDays - stopped), current: false }]
          : [];
      },
    ),
  );
}

interface Conversion {
  readonly states: readonly GeneState[];
  readonly changed: boolean;
  readonly notes: readonly string[];
}

function describe(m: ActiveModulator): string {
  return m.current
    ? `${m.drug} (${m.strength} ${m.effect})`
    : `${m.drug}, stopped, acts for about ${m.daysLeft} more days`;
}

/** CYP2D6 after the drugs taken with it. The product is read by range, since it may be in no table. */
export function convertCyp2d6(states: readonly GeneState[], medications: readonly Medication[]): Conversion {
  const active = activeModulators('CYP2D6', medications).filter((m) => m.effect === 'inhibitor');
  const strong = active.filter((m) => m.strength === 'strong');
  const moderate = active.filter((m) => m.strength === 'moderate');
  const acting = strong.length > 0 ? strong : moderate;
  const weak = active
    .filter((m) => m.strength === 'weak')
    .map((m) => `${describe(m)}: no change of the CYP2D6 score`);
  if (acting.length === 0) return { states, changed: false, notes: weak };
  const factor = strong.length > 0 ? 0 : 0.5;
  const because = acting.map(describe).join(', ');
  const blank: GeneState = {
    gene: 'CYP2D6',
    diplotype: '',
    phenotype: '',
    score: '1',
    phenotypes: [],
    label: '',
  };
  const from = states.length > 0 ? states : factor === 0 ? [blank] : [];
  const converted = from.map((state) => convertOne(state, factor));
  const meaning = (state: GeneState) => `${state.phenotype}|${state.score}`;
  const unique = [...new Map(converted.map((state) => [meaning(state), state])).values()];
  // Of several that fit, one may stay as it was and another not.
  const before = new Set(states.map(meaning));
  const changed = before.size !== unique.length || unique.some((state) => !before.has(meaning(state)));
  const washout = acting.map((m) =>
    m.current
      ? `${m.drug}: about ${m.washoutDays} days after the last dose before CYP2D6 is back`
      : `${m.drug}: about ${m.daysLeft} days of its effect are left`,
  );
  return {
    states: changed ? unique : states,
    changed,
    notes: [`CYP2D6 activity times ${factor} by ${because}`, ...washout, ...weak],
  };
}

const NORMAL = 'Normal Metabolizer';
const INTERMEDIATE = 'Intermediate Metabolizer';

function convertOne(state: GeneState, factor: number): GeneState {
  const atLeast = state.score?.startsWith('≥') ?? false;
  const value = Number((state.score ?? '').replace('≥', ''));
  if (factor > 0 && (state.score === null || Number.isNaN(value))) {
    // A class without its score: half of any normal score (1.25 to 2.25) is an intermediate one.
    if (state.phenotype !== NORMAL) return state;
    return {
      ...state,
      phenotype: INTERMEDIATE,
      phenotypes: [INTERMEDIATE],
      label: `${stateLabel('CYP2D6', INTERMEDIATE, null)} with current drugs`,
    };
  }
  const after = factor === 0 ? 0 : value * factor;
  const phenotype = cyp2d6Phenotype(after);
  const score = formatScore(after, atLeast && after > 0);
  return {
    ...state,
    diplotype: '',
    phenotype,
    phenotypes: [phenotype],
    score,
    label: `${stateLabel('CYP2D6', phenotype, score)} with current drugs`,
  };
}

/** Warnings for the enzymes without an agreed number. */
export function modulatorWarnings(
  medications: readonly Medication[],
): readonly { gene: string; text: string }[] {
  return ['CYP2C19', 'CYP2C9', 'CYP2B6'].flatMap((gene) =>
    activeModulators(gene, medications)
      .filter((m) => m.strength !== 'weak' || m.effect === 'inducer')
      .map((m) => ({
        gene,
        text: `${describe(m)} ${m.effect === 'inhibitor' ? 'slows' : 'speeds up'} ${gene}: the real activity is ${
          m.effect === 'inhibitor' ? 'lower' : 'higher'
        } than the genotype says; no agreed number`,
      })),
  );
}
