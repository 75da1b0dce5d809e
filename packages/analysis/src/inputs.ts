import type {
  Assessment,
  CarePlan,
  GenomicProfile,
  Intake,
  LabelVolume,
  PatientCase,
  SpineFindings,
  Volume,
} from '@foramen/spine';

/** One file as the caller read it; `name` is only used to tell formats apart and to say which file a problem is in. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A dense tensor, row-major, batch first. */
export interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/**
 * Runs the network with this id on named inputs. The edge passes it in (onnxruntime-node, onnxruntime-web, a site's GPU);
 * it rejects when the network is not there.
 */
export type RunNetwork = (
  model: string,
  inputs: Readonly<Record<string, Tensor>>,
) => Promise<Readonly<Record<string, Tensor>>>;

export type AnalysisStage = 'read' | 'segment' | 'measure' | 'grade' | 'compare' | 'genome' | 'judge';

export interface AnalysisProgress {
  readonly stage: AnalysisStage;
  /** 0 to 1 of the whole analysis; never falls. */
  readonly fraction: number;
}

export interface Engine {
  readonly run: RunNetwork;
  readonly onProgress?: (progress: AnalysisProgress) => void;
  /** Asked between steps; when it says true the analysis stops with the problem `cancelled`. */
  readonly cancelled?: () => boolean;
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
  /** A VCF, plain or gzipped. */
  readonly genome?: NamedBytes;
  /** The parsed intake document (`foramen.intake/1`), not yet validated. */
  readonly intake?: unknown;
  /** Row, column and slice spacing in mm for pictures that carry none (PNG). */
  readonly spacing?: readonly [number, number, number];
}

/** The picture the findings were read from, for showing: the volume, its label map on the same grid. */
export interface AnalysedPicture {
  readonly volume: Volume;
  readonly labels: LabelVolume;
}

export interface Analysis {
  readonly findings: SpineFindings | null;
  readonly genome: GenomicProfile | null;
  readonly intake: Intake | null;
  readonly case: PatientCase;
  readonly assessment: Assessment;
  readonly plan: CarePlan;
  /** Null when there was no imaging. */
  readonly picture: AnalysedPicture | null;
  /** Pictures of the earlier studies, in the order given. */
  readonly priorPictures: readonly AnalysedPicture[];
}
