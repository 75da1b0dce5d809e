import type { Problem, SequenceRole, Urgency } from '@foramen/spine';
import type { Who } from '../frame/who.ts';

/** Shapes of docs/api.md that are not types of `@foramen/spine`. */
export interface Session {
  readonly signedIn: boolean;
  readonly demo: boolean;
  readonly csrf?: string;
  readonly account?: Who;
}

export interface AnalysisState {
  readonly state: 'none' | 'queued' | 'running' | 'done' | 'failed';
  readonly jobId: string | null;
  /** 0 to 100. */
  readonly percent: number;
  readonly step: string | null;
  readonly secondsLeft: number | null;
  readonly problems: readonly Problem[];
}

export interface PatientSummary {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string | null;
  readonly ageYears: number | null;
  readonly sex: 'female' | 'male' | 'unknown';
  /** A generated person. */
  readonly sample: boolean;
  readonly story: string | null;
  readonly studies: number;
  readonly latestStudyDate: string | null;
  readonly analysis: AnalysisState;
  readonly urgency: Urgency | null;
  readonly headline: string | null;
}

export interface PatientDetail extends PatientSummary {
  /** Another record bears the same number. Absent from servers that do not say it yet. */
  readonly sharesNumber?: boolean;
  /** Absent from servers that do not say it yet. */
  readonly openedUntil?: string | null;
  readonly studyList: readonly StudySummary[];
  readonly has: {
    readonly intake: boolean;
    readonly genome: boolean;
    readonly findings: boolean;
    readonly assessment: boolean;
    readonly plan: boolean;
  };
}

export interface StudySummary {
  readonly id: string;
  readonly patientId: string;
  readonly studyUid: string | null;
  readonly date: string | null;
  readonly description: string | null;
  readonly source: 'dicom' | 'nifti' | 'png' | 'mha';
  readonly series: readonly SeriesSummary[];
  readonly analysis: AnalysisState;
  readonly findings?: boolean;
}

export interface SeriesSummary {
  readonly number: number;
  readonly seriesUid: string | null;
  readonly description: string | null;
  readonly modality: string | null;
  readonly slices: number;
  readonly rows: number;
  readonly columns: number;
  /** Along a row, down a column, between slices. */
  readonly spacingMm: readonly [number, number, number];
  readonly plane: 'sagittal' | 'axial' | 'coronal' | 'oblique' | 'unknown';
  readonly role: SequenceRole | null;
  readonly overlay: boolean;
  readonly keySlice: number;
  readonly ijkToLps?: readonly number[] | null;
  readonly window?: { readonly center: number; readonly width: number } | null;
}

export interface DiaryEntry {
  readonly date: string;
  readonly pain: number | null;
  readonly steps: number | null;
  readonly note: string | null;
}
