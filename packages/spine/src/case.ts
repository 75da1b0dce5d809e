import type { SpineFindings } from './finding.ts';
import type { GenomicProfile } from './genome.ts';
import type { Intake } from './intake.ts';
import type { Problem } from './problem.ts';

/** Scored instrument: `score` is null when the missing-item rule forbids one. */
export interface InstrumentScore {
  readonly instrument: string;
  readonly date?: string;
  readonly score: number | null;
  readonly max: number;
  readonly band?: string;
  readonly subscores?: Readonly<Record<string, number | null>>;
  readonly why?: string;
}

/** Signals that monitoring has raised since the last plan. */
export interface Signal {
  readonly id: string;
  readonly date: string;
  readonly kind: string;
  readonly text: string;
}

/**
 * Everything known about one person at one moment. Imaging, genome and intake may each be missing; a missing
 * part is `null` and stays unknown. `problems` names contradictions; statements that depend on them are withheld.
 */
export interface PatientCase {
  readonly schema: 'foramen.case/1';
  readonly patientId: string;
  /** The moment of judgement, ISO 8601; an argument, never a clock. */
  readonly now: string;
  readonly findings: SpineFindings | null;
  readonly priorFindings: readonly SpineFindings[];
  readonly genome: GenomicProfile | null;
  readonly intake: Intake | null;
  readonly scores: readonly InstrumentScore[];
  readonly signals: readonly Signal[];
  readonly problems: readonly Problem[];
  /** Answers that could not be used as given (impossible value, unknown code), kept word for word; judged as unknown. */
  readonly setAside?: readonly SetAside[];
}

export interface SetAside {
  /** Address in the case, for example `intake.symptoms.backPainNrs`. */
  readonly path: string;
  /** The value as it was given. */
  readonly value: unknown;
}
