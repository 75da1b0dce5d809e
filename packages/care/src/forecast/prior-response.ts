import { EVIDENCE, type EvidenceBase, parameter } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import type { PlanView } from '../plan/view.ts';
import type { CourseOutcome, EffectPoint } from './effects.ts';

/** Smallest change that matters: 2 of 10 for pain, 10 of 100 for ODI (Ostelo 2008). */
export const SMALLEST_CHANGE: Readonly<Record<CourseOutcome, number>> = {
  'leg-pain': 2,
  'back-pain': 2,
  function: 10,
};

const SAME_FAMILY: Readonly<Record<string, string>> = {
  'esi-transforaminal': 'epidural-steroid',
  'esi-interlaminar': 'epidural-steroid',
  'esi-caudal': 'epidural-steroid',
};

/**
 * Updates an option's effect by what the same option did for this patient before: a normal prior over patients
 * (spread from the base) and one noisy observation, whose noise is the spread of individual change.
 */
export function updateByResponse(
  view: PlanView,
  option: string,
  outcome: CourseOutcome,
  effect: EffectPoint,
  sd: number,
  base: EvidenceBase = EVIDENCE,
): { readonly effect: EffectPoint; readonly reasons: readonly Reason[] } {
  const past = view.prior.find(
    (t) => (t.option === option || t.option === SAME_FAMILY[option]) && t.outcome !== undefined,
  );
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
