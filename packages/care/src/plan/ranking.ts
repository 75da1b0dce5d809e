import type { EvidenceBase } from '@foramen/evidence';
import type { PatientCase, Reason } from '@foramen/spine';
import { round } from '../facts.ts';
import { type Appraised, benefitOf } from './appraise.ts';
import type { OptionDefinition } from './options.ts';
import type { PlanView } from './view.ts';

/** The goals a patient may weigh, 0 to 10. Only those the patient weighed count; none is filled in. */
export const GOALS = [
  'painRelief',
  'function',
  'work',
  'avoidSurgery',
  'avoidOpioids',
  'speed',
  'lowRisk',
  'lowCost',
] as const;
export type Goal = (typeof GOALS)[number];
export type Weights = Readonly<Partial<Record<Goal, number>>>;

export interface Ranked {
  readonly appraised: Appraised;
  readonly rank: number;
  readonly score: number;
  /** What each weighed goal gave: 0 worst to 1 best. */
  readonly utility: Readonly<Partial<Record<Goal, number>>>;
}

/** The weights the patient gave, or null when none was given or all are zero. */
export function elicitedWeights(patient: PatientCase): Weights | null {
  const given = patient.intake?.goals?.weights;
  if (given === undefined) return null;
  const weights: Partial<Record<Goal, number>> = {};
  for (const goal of GOALS) {
    const w = given[goal];
    if (w !== undefined && Number.isFinite(w)) weights[goal] = w;
  }
  return GOALS.some((g) => (weights[g] ?? 0) > 0) ? weights : null;
}

export function weightReasons(weights: Weights): readonly Reason[] {
  return GOALS.flatMap((g): Reason[] =>
    weights[g] === undefined
      ? []
      : [{ kind: 'fact', path: `intake.goals.weights.${g}`, text: `${g}: ${weights[g]}` }],
  );
}

/** Weeks away from work that the option itself costs, and the record that says so; none for what keeps nobody away. */
export function weeksOff(
  option: string,
  base: EvidenceBase,
): { readonly weeks: number; readonly id: string | null } {
  const id = `parameter/care-weeks-off-${option}`;
  const record = base.records.get(id);
  return record?.type === 'parameter' ? { weeks: record.value, id } : { weeks: 0, id: null };
}

const unit = (x: number): number => Math.min(1, Math.max(0, x));

function utilityOf(
  goal: Goal,
  option: OptionDefinition,
  benefit: ReturnType<typeof benefitOf>,
  base: EvidenceBase,
): number {
  switch (goal) {
    case 'painRelief':
      return unit(0.5 + benefit.pain / 2);
    case 'function':
      return unit(0.5 + benefit.function / 2);
    case 'speed':
      return unit(0.5 + benefit.speed / 2);
    case 'work':
      return unit(0.75 + benefit.function / 4 - weeksOff(option.id, base).weeks / 26);
    case 'avoidSurgery':
      return option.surgical ? 0 : 1;
    case 'avoidOpioids':
      return option.opioid ? 0 : 1;
    case 'lowRisk':
      return unit(1 - benefit.harm / 0.25);
    case 'lowCost':
      return (4 - option.costClass) / 3;
    default: {
      const never: never = goal;
      return never;
    }
  }
}

/**
 * Ranks the eligible options by the patient's own weights: a weighted mean of utilities over the goals that were
 * weighed. Ties keep the less invasive order of the option list, so that equal benefit never favours the knife.
 */
export function rankOptions(
  view: PlanView,
  appraised: readonly Appraised[],
  weights: Weights,
): readonly Ranked[] {
  const goals = GOALS.filter((g) => (weights[g] ?? 0) > 0);
  const total = goals.reduce((sum, g) => sum + (weights[g] ?? 0), 0);
  const scored = appraised
    .filter((a) => a.eligible)
    .map((a) => {
      const benefit = benefitOf(view, a.option);
      const utility: Partial<Record<Goal, number>> = {};
      let score = 0;
      for (const g of goals) {
        const u = utilityOf(g, a.option, benefit, view.base);
        utility[g] = u;
        score += ((weights[g] ?? 0) / total) * u;
      }
      return { appraised: a, score: round(score), utility };
    });
  return scored
    .map((s, i) => ({ s, i }))
    .sort((a, b) => b.s.score - a.s.score || a.i - b.i)
    .map(({ s }, i) => ({ ...s, rank: i + 1 }));
}
