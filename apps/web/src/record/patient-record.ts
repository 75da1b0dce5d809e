import type {
  Assessment,
  CarePlan,
  GenomicProfile,
  Intake,
  PatientCase,
  SpineFindings,
} from '@foramen/spine';
import type { AnalysisState, DiaryEntry } from '../api/shapes.ts';
import type { PictureSource } from './picture.ts';

export interface StudyRecord {
  readonly id: string;
  readonly date: string | null;
  readonly description: string | null;
  readonly analysis: AnalysisState;
  readonly findings: SpineFindings | null;
  readonly pictures: readonly PictureSource[];
  /** Where the one-file report of the study is; null where there is none. */
  readonly reportUrl: string | null;
}

/** All that one patient's page shows, wherever it came from: the server, or an analysis in this tab. */
export interface PatientRecord {
  readonly id: string;
  readonly name: string;
  readonly ageYears: number | null;
  readonly sex: 'female' | 'male' | 'unknown';
  readonly sample: boolean;
  readonly story: string | null;
  /** Another record bears the same patient number: who is who must be looked at. */
  readonly sharesNumber: boolean;
  /** Until when an emergency opening shows it to this account; null where it is shown anyway. */
  readonly openedUntil: string | null;
  /** True when nothing of it is stored anywhere: analysed in this tab. */
  readonly local: boolean;
  /** Newest first. */
  readonly studies: readonly StudyRecord[];
  readonly case: PatientCase | null;
  readonly assessment: Assessment | null;
  readonly plan: CarePlan | null;
  readonly genome: GenomicProfile | null;
  readonly intake: Intake | null;
  readonly diary: readonly DiaryEntry[];
  /** Where the newest judgement of this patient stands; null in the tab. */
  readonly analysis: AnalysisState | null;
}
