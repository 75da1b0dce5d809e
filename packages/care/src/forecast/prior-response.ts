import { EVIDENCE, type EvidenceBase, parameter, treatment } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import type { PlanView } from '../plan/view.ts';
import {
  type CourseOutcome,
  type EffectCurve,
  type EffectPoint,
  effectAt,
  sharesEffectOf,
} from './effects.ts';
import { weeksOff } from './time-off.ts';

/** Smallest change that matters: 2 of 10 for pain, 10 of 100 for ODI (Ostelo 2008). */
export const SMALLEST_CHANGE: Readonly<Record<CourseOutcome, number>> = {
  'leg-pain': 2,
  'back-pain': 2,
  function: 10,
};

/**
 * What ends with its course: its effect halves in as long as trials followed it, if that is sooner than the declared half-life. Three weeks of a drug
 * are not believed for a year, and of an epidural steroid nothing is left after one (Oliveira 2020).
 */
const PASSING: ReadonlySet<string> = new Set(['drug', 'injection']);

/** Weeks until which an earlier response is taken to hold whole. */
const FADES_FROM = 13;

const SAME_FAMILY: Readonly<Record<string, string>> = {
  'esi-transforaminal': 'epidural-steroid',
  'esi-interlaminar': 'epidural-steroid',
  'esi-caudal': 'epidural-steroid',
};

/** How this patient fared under an option before, or under its family; undefined where nobody said. */
export function earlierResponse(view: PlanView, option: string): PlanView['prior'][number] | undefined {
  return view.prior.find(
    (t) => (t.option === option || t.option === SAME_FAMILY[option]) && t.outcome !== undefined,
  );
}

/**
 * Updates an option's effect by what the same option did for this patient before: a normal prior over patients
 * (spread from the base) and one noisy observation, whose noise is the spread of individual change.
 */
function updateByResponse(
  view: PlanView,
  option: string,
  outcome: CourseOutcome,
  effect: EffectPoint,
  sd: number,
  base: EvidenceBase = EVIDENCE,
): { readonly effect: EffectPoint; readonly reasons: readonly Reason[] } {
  const past = earlierResponse(view, option);
  if (past === undefined) return { effect, reasons: [] };
  const mcid = SMALLEST_CHANGE[outcome];
  const spread = parameter('care-prior-outcome-sd', base).value * mcid;
  const observed = past.outcome === 'better' ? -1.5 * mcid : past.outcome === 'same' ? 0 : mcid;
  const gain = spread ** 2 / (spread ** 2 + sd ** 2);
  const shift = gain * (observed - effect.estimate);
  return {
    effect: { ...effect, estimate: effect.estimate + shift, lo: effect.lo + shift, hi: effect.hi + shift },
    reasons: [
      { kind: 'fact', path: past.fact.path, text: `${past.fact.value}: ${past.outcome}` },
      { kind: 'evidence', id: 'parameter/care-prior-outcome-sd', text: 'update by an earlier response' },
    ],
  };
}

/**
 * Before the first horizon of its trials an operation has given no more of its effect than the time it keeps from work
 * has passed: who is off work for nineteen weeks after a fusion is not better at six by what was measured at two years.
 */
function healed(option: string, effect: EffectPoint, curve: EffectCurve, base: EvidenceBase): EffectPoint {
  if (effect.weeks >= curve.points[0]!.weeks) return effect;
  // One that shares the effect of decompression is not well before it: no trial saw that.
  const [own, shared] = [weeksOff(option, base), weeksOff(sharesEffectOf(option, 'claudicant'), base)];
  const { weeks: away, id } = shared.weeks > own.weeks ? shared : own;
  if (id === null || effect.weeks >= away) return effect;
  const done = effect.weeks / away;
  return {
    ...effect,
    estimate: effect.estimate * done,
    hi: effect.hi * done,
    shrunkBy: [...(effect.shrunkBy ?? []), id],
  };
}

/**
 * The effect of an option at a horizon for this person: the trial curve, else, where no trial gives a figure, no effect on
 * average; either updated by what the same option did before. Undefined where neither is known. Without a curve the
 * update fades like an effect beyond its last trial horizon.
 */
export function effectForPerson(
  view: PlanView,
  option: string,
  outcome: CourseOutcome,
  weeks: number,
  curve: EffectCurve | null,
  sd: number,
  base: EvidenceBase = EVIDENCE,
): { readonly effect: EffectPoint; readonly reasons: readonly Reason[] } | undefined {
  const halfLife = parameter('care-effect-half-life', base).value;
  if (curve !== null) {
    const half = PASSING.has(treatment(option, base).family)
      ? Math.min(halfLife, curve.points.at(-1)!.weeks)
      : halfLife;
    return updateByResponse(
      view,
      option,
      outcome,
      healed(option, effectAt(curve, weeks, half), curve, base),
      sd,
      base,
    );
  }
  const none = { weeks, estimate: 0, lo: 0, hi: 0, id: 'parameter/care-no-figure-halfwidth' };
  const own = updateByResponse(view, option, outcome, none, sd, base);
  if (own.reasons.length === 0) return undefined;
  const left = 0.5 ** (Math.max(0, weeks - FADES_FROM) / halfLife);
  return { ...own, effect: { ...none, estimate: own.effect.estimate * left } };
}
