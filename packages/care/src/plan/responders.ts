import { type EffectRecord, type EvidenceBase, effectsOf } from '@foramen/evidence';
import type { Reason, Statement } from '@foramen/spine';
import { say, traced } from '../say.ts';

/** Least room for bias first. */
const ORDER: readonly EffectRecord['comparator']['class'][] = ['sham-placebo', 'usual-care', 'active'];
const SHARES: ReadonlySet<string> = new Set(['relief-30-percent', 'leg-relief-50-percent', 'back-responder']);

/**
 * How many got better in the two arms of a trial, for an option whose trials counted people and gave no mean that a course
 * could be forecast from (stimulators). Undefined where there is no such trial.
 */
export function responderStatement(
  option: string,
  reasons: readonly Reason[],
  base: EvidenceBase,
): Statement | undefined {
  const [trial] = effectsOf(option, { kind: 'between-arm' }, base)
    .filter((r) => SHARES.has(r.outcome) && r.arms !== undefined && ORDER.includes(r.comparator.class))
    .sort((a, b) => ORDER.indexOf(a.comparator.class) - ORDER.indexOf(b.comparator.class));
  if (trial?.arms === undefined) return undefined;
  const from: Reason = { kind: 'evidence', id: trial.id, text: 'shares that got better in a trial' };
  return say(
    'option.responders',
    {
      option: `@option.${option}`,
      comparator: `@comparator.${trial.comparator.class}`,
      what: `@responder.${trial.outcome}`,
      treated: traced(trial.arms.treated, [from]),
      control: traced(trial.arms.comparator, [from]),
      weeks: traced(trial.horizonWeeks, [from]),
    },
    'weak',
    [from, ...reasons],
  );
}
