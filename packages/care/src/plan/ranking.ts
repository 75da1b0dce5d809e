import { type EvidenceBase, guidelineRules, treatment } from '@foramen/evidence';
import type { PatientCase, Reason } from '@foramen/spine';
import { round, scoreOf } from '../facts.ts';
import { weeksOff } from '../forecast/time-off.ts';
import { type Appraised, benefitOf } from './appraise.ts';
import type { OptionDefinition } from './options.ts';
import { inSteps, type StepOfCare, stepsOfCare } from './steps-of-care.ts';
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
  /** Options that share a rank cannot be told apart by the patient's goals and the evidence. */
  readonly rank: number;
  readonly score: number;
  /** What each weighed goal gave: 0 worst to 1 best. */
  readonly utility: Readonly<Partial<Record<Goal, number>>>;
  /** Set where stepped care, not the score, gave the place. */
  readonly stepped?: StepOfCare;
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

/** STarT Back high or medium risk by its total. */
const highStart = (view: PlanView): boolean => (scoreOf(view.patient, /^start/i)?.value ?? 0) >= 4;

/**
 * What stands behind an option whose score another one reaches too: 3 a trial figure that shows a gain for such a person,
 * 2 a guideline that advises it, not invasive and with nothing against it here, 1 the known natural course, 0 neither,
 * or tried before without gain.
 */
function supportOf(view: PlanView, a: Appraised, shown: boolean): 0 | 1 | 2 | 3 {
  if (shown) return 3;
  const { id } = a.option;
  if (id === 'waiting') return 1;
  if (treatment(id, view.base).invasiveness >= 2 || a.verdicts.length > 0) return 0;
  const failed = (option: string): boolean =>
    view.prior.some((t) => t.option === option && (t.outcome === 'same' || t.outcome === 'worse'));
  if (failed(id)) return 0;
  if (view.prior.some((t) => t.option === id && t.outcome === 'better')) return 3;
  // The combined programme is for obstacles to recovery, or after first-line care failed (NICE N4).
  if (id === 'cbt-rehabilitation' && !failed('education-exercise') && !highStart(view)) return 0;
  const advised = guidelineRules(id, view.base).some(
    (r) => r.direction === 'do' || r.direction === 'consider',
  );
  return advised ? 2 : 0;
}

/**
 * Ranks the eligible options by the patient's own weights: a weighted mean of utilities over the goals that were
 * weighed. Equal scores are told apart by what stands behind them, operations then by how many are operated again within a
 * year, never by the order of the list: what is still equal shares its rank. Then stepped care has its say (`steps-of-care.ts`).
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
      const again = a.option.surgical ? round(benefit.again, 3) : 0;
      return {
        appraised: a,
        score: round(score),
        utility,
        support: supportOf(view, a, benefit.shown),
        again,
      };
    });
  const ordered = scored
    .map((s, i) => ({ s, i }))
    .sort((a, b) => b.s.score - a.s.score || b.s.support - a.s.support || a.s.again - b.s.again || a.i - b.i)
    .map(({ s }) => ({ ...s, id: s.appraised.option.id }));
  const placed = inSteps(ordered, stepsOfCare(view, appraised));
  let rank = 0;
  return placed.map((s, i) => {
    const before = placed[i - 1];
    const shares =
      before !== undefined &&
      before.score === s.score &&
      before.support === s.support &&
      before.again === s.again &&
      before.stepped === undefined &&
      s.stepped === undefined;
    if (!shares) rank = i + 1;
    const { appraised: option, score, utility, stepped } = s;
    return { appraised: option, score, utility, rank, ...(stepped === undefined ? {} : { stepped }) };
  });
}
