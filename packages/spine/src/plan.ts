import type { Urgency } from './assessment.ts';
import type { Reason, Statement } from './statement.ts';

export interface PlanOption {
  readonly id: string;
  readonly name: string;
  /** 1 is best for this patient's own goals; null when options may not be ranked (gate, or no goals elicited). */
  readonly rank: number | null;
  readonly score: number | null;
  /** Options that score the same on the patient's goals and share this rank; absent when none does. */
  readonly tied?: readonly string[];
  readonly eligible: boolean;
  readonly statements: readonly [Statement, ...Statement[]];
  readonly steps: readonly string[];
  readonly forecastKeys: readonly string[];
}

export interface Trigger {
  readonly when: string;
  readonly then: string;
  readonly direction: 'escalate' | 'de-escalate' | 'reassess';
  /** The same in the message catalogue, for other readers and languages. */
  readonly statement?: Statement;
  readonly because: readonly [Reason, ...Reason[]];
}

export interface MedicationAdvice {
  readonly drug: string;
  readonly advice: 'avoid' | 'adjust' | 'prefer' | 'standard' | 'stop-before-procedure' | 'review';
  /** Taken now: a patient is never told to stop such a drug alone. */
  readonly taken?: true;
  readonly statement: Statement;
}

/** What the answer to an unknown would most likely change. */
export interface ValueOfInformation {
  readonly unknown: string;
  readonly probabilityPlanChanges: number;
  readonly statement: Statement;
}

export interface Counterfactual {
  readonly change: string;
  readonly then: string;
  readonly statement: Statement;
}

export interface CarePlan {
  readonly schema: 'foramen.plan/1';
  readonly patientId: string;
  readonly now: string;
  readonly urgency: Urgency;
  readonly next: readonly Statement[];
  readonly options: readonly PlanOption[];
  readonly ruledOut: readonly PlanOption[];
  readonly medications: readonly MedicationAdvice[];
  readonly triggers: readonly Trigger[];
  readonly reassessWeeks: number | null;
  readonly valueOfInformation: readonly ValueOfInformation[];
  readonly counterfactuals: readonly Counterfactual[];
  /** Grade-6 text for the patient, one paragraph an entry. */
  readonly forPatient: readonly Statement[];
  readonly limits: readonly string[];
  /** `limits` as statements, for other readers and languages; the limits of the study itself stay in the findings' own words. */
  readonly limitStatements?: readonly Statement[];
}

/** What changed, which signal caused it, who gave that, who accepted it. */
export interface PlanRevision {
  /** The judgement before it; null for the first plan. */
  readonly from: string | null;
  readonly to: string;
  /** ISO 8601. */
  readonly at: string;
  /** Who gave what led to it; null where nobody did (a modality sent a study), and where it was not kept. */
  readonly revisedBy: string | null;
  /** The order it came from; null where it was not kept. */
  readonly signalId: string | null;
  readonly changes: readonly string[];
  /** The clinician who accepted the plan; null where nobody did, or it was taken back. */
  readonly acceptedBy: string | null;
  /** ISO 8601. */
  readonly acceptedAt: string | null;
  /** Who took the acceptance back last, where none holds. */
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: string | null;
}
