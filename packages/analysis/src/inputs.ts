import type { RecordedPerson } from '@foramen/care';
import type { EvidenceOverride } from '@foramen/evidence';
import type {
  InputSeries,
  NamedBytes,
  Plane,
  ReadInputOptions,
  ReadOptions,
  RunNetwork,
  SpineReading,
} from '@foramen/imaging';
import type {
  Assessment,
  CarePlan,
  GenomicProfile,
  Intake,
  LabelVolume,
  PatientCase,
  SeriesReading,
  Signal,
  SpineFindings,
  Volume,
} from '@foramen/spine';
import type { AnalysisStage } from './stages.ts';

export type { NamedBytes, RunNetwork, Tensor } from '@foramen/imaging';

export interface AnalysisProgress {
  readonly stage: AnalysisStage;
  /** 0 to 1 of the whole analysis; never falls. */
  readonly fraction: number;
}

export interface Engine {
  readonly run: RunNetwork;
  readonly onProgress?: (progress: AnalysisProgress) => void;
  /** Asked between steps; when it says true the analysis stops with a problem of code `usage` that says "cancelled". */
  readonly cancelled?: () => boolean;
  /** Descriptions of the networks, grading rules and options of the reading. */
  readonly reading?: Omit<ReadOptions, 'onProgress' | 'signal'>;
  /** Decoders of compressed DICOM; a browser passes its own, Node needs none. */
  readonly codecs?: NonNullable<ReadInputOptions['codecs']>;
}

/** Findings of a study that need not be read again, and of the studies before it, oldest first. */
export interface ReadBefore {
  readonly findings: SpineFindings;
  readonly priorFindings: readonly SpineFindings[];
}

/** What there is on one person. Every part may be missing; what is missing stays unknown. */
export interface AnalysisParts {
  readonly patientId: string;
  /** The moment of judgement, ISO 8601. */
  readonly now: string;
  /** The files of one study. */
  readonly imaging?: readonly NamedBytes[];
  /** Earlier studies, one list of files each, oldest first. */
  readonly priors?: readonly (readonly NamedBytes[])[];
  /** What was read from the pictures before, in place of `imaging` and `priors`: only other facts are new. */
  readonly readBefore?: ReadBefore;
  /** A VCF, plain or gzipped. */
  readonly genome?: NamedBytes;
  /** The parsed intake document (`foramen.intake/1`), not yet validated. */
  readonly intake?: unknown;
  /** Whom the record says that this is: answers of somebody else are named. */
  readonly record?: RecordedPerson;
  /** What the person wrote since, such as the notes of a diary. */
  readonly signals?: readonly Signal[];
  /** A site's own evidence file (`foramen.evidence-override/1`), not yet validated. */
  readonly evidence?: unknown;
  /** Row, column and slice spacing in mm for pictures that carry none (PNG). */
  readonly spacing?: readonly [number, number] | readonly [number, number, number];
}

/**
 * A series of a study for showing. The label map lies on the same grid; on a series other than the one that was read it is
 * carried over through patient coordinates (nearest voxel), so a level found on the sagittal is named on the axial.
 */
export interface AnalysedPicture {
  /** Series description, or file name. */
  readonly name: string;
  readonly plane: Plane;
  readonly reading: SeriesReading;
  /** False when position and orientation were made up (PNG). */
  readonly hasGeometry: boolean;
  readonly volume: Volume;
  readonly labels: LabelVolume;
  /** Slice to show first: the middle one of what is labelled. */
  readonly keySlice: number;
}

/** One study as it was read: what goes into DICOM SEG, SR and label files. */
export interface StudyReading {
  /** Every readable series, in the order of `reading.findings.series`. */
  readonly series: readonly InputSeries[];
  readonly reading: SpineReading;
}

export interface Analysis {
  readonly findings: SpineFindings | null;
  readonly genome: GenomicProfile | null;
  readonly intake: Intake | null;
  readonly case: PatientCase;
  readonly assessment: Assessment;
  readonly plan: CarePlan;
  /** Null when there was no imaging. */
  readonly study: StudyReading | null;
  /** The series the findings were read from; null when there was no imaging. */
  readonly picture: AnalysedPicture | null;
  /** Every series that can be shown, `picture` first. */
  readonly pictures: readonly AnalysedPicture[];
  /** Pictures of each earlier study, in the order of `case.priorFindings`. */
  readonly priorPictures: readonly (readonly AnalysedPicture[])[];
  /** The site's own evidence file that the judgement used; null with the shipped base. */
  readonly siteEvidence: EvidenceOverride | null;
}
