import type { EvidenceBase } from '@foramen/evidence';
import { treatment } from '@foramen/evidence';
import type { PatientCase, Triage } from '@foramen/spine';
import { triage } from '../triage/triage.ts';
import { type Appraised, appraise } from './appraise.ts';
import { elicitedWeights, type Ranked, rankOptions, type Weights } from './ranking.ts';
import { type PlanView, planView } from './view.ts';

/** The decision in numbers: what a simulated answer or a changed fact is compared on. */
export interface Decision {
  readonly view: PlanView;
  readonly triage: Triage;
  readonly appraised: readonly Appraised[];
  readonly weights: Weights | null;
  readonly ranked: readonly Ranked[] | null;
  /** What the plan advises, in one comparable string. */
  readonly advice: string;
}

/** Decides a case. A triage already made is reused when the caller knows that it still holds. */
export function decide(
  patient: PatientCase,
  base: EvidenceBase,
  known?: Triage,
  previous?: PlanView,
): Decision {
  const flags = known ?? triage(patient, base);
  const view = planView(patient, flags, base, previous);
  const appraised = appraise(view);
  const weights = elicitedWeights(patient);
  const ranked = flags.gate || weights === null ? null : rankOptions(view, appraised, weights);
  return {
    view,
    triage: flags,
    appraised,
    weights,
    ranked,
    advice: adviceOf(flags, appraised, ranked, base),
  };
}

/**
 * The advice to the same person after some other answer. Behind a closed gate nothing but triage is made again: it alone decides.
 *
 * @param triaged whether triage reads the answer
 */
export function adviceAfter(d: Decision, patient: PatientCase, base: EvidenceBase, triaged: boolean): string {
  const flags = triaged ? triage(patient, base) : d.triage;
  return flags.gate ? gated(flags) : decide(patient, base, flags, d.view).advice;
}

const gated = (flags: Triage): string => `gate:${flags.urgency}`;

/** The advice to the same person with other goals: only the ranking is made again, nothing else hangs on them. */
export function adviceWithGoals(d: Decision, patient: PatientCase, base: EvidenceBase): string {
  const weights = elicitedWeights(patient);
  const ranked = d.triage.gate || weights === null ? null : rankOptions(d.view, d.appraised, weights);
  return adviceOf(d.triage, d.appraised, ranked, base);
}

/**
 * The advice as one string: the triage outcome behind a closed gate, else the leading option, or those that share the lead; without goals, which
 * invasive options are open (nothing may be ranked then).
 */
function adviceOf(
  flags: Triage,
  appraised: readonly Appraised[],
  ranked: readonly Ranked[] | null,
  base: EvidenceBase,
): string {
  if (flags.gate) return gated(flags);
  if (ranked !== null) {
    const first = ranked.filter((r) => r.rank === 1).map((r) => r.appraised.option.id);
    return first.length === 0 ? 'none' : first.join('+');
  }
  const open = appraised
    .filter((a) => a.eligible && treatment(a.option.id, base).invasiveness >= 2)
    .map((a) => a.option.id);
  return open.length === 0 ? 'conservative' : `open:${open.join('+')}`;
}
