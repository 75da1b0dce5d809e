import type { CorridorAnswer } from './corridor.ts';
import type { OrUnknown } from './knowable.ts';
import type { LevelLandmarks } from './landmarks.ts';
import type { DiscLevel, Enumeration, NerveRoot, Vertebra } from './level.ts';
import type { ColumnMeasure, MeasureDetail, VertebraMeasure } from './measure-detail.ts';
import type { ImageEvidence, ModelReference } from './provenance.ts';
import type { AxialZone, Laterality, Side } from './side.ts';
import type { Degrees, Mm, Mm2, Mm3 } from './units.ts';

/**
 * A grade is a probability for each grade, never a bare number (rule 5): `p` sums to 1 and its sharpness is
 * bounded by how well human readers agree. `grade` is the one that is named, in the scale's own numbering: the most probable, or where
 * `cuts` are given the one they name (`readGrade` says why).
 */
export interface GradeVector {
  readonly grade: number;
  readonly p: readonly number[];
  /** Cut points on the expected grade, in the scale's own numbering: each grade is named as often as expert readers name it. */
  readonly cuts?: readonly number[];
}

/** Presence of a finding as a calibrated probability, or why it was not judged. */
export type Presence = { readonly p: number } | { readonly abstained: string };
export type Graded = GradeVector | { readonly abstained: string };

export function isGrade(value: Graded | undefined): value is GradeVector {
  return value !== undefined && 'p' in value;
}
export function isPresence(value: Presence | undefined): value is { readonly p: number } {
  return value !== undefined && 'p' in value;
}

/** Measures of one disc level. Absent means not measured on this input; nothing is ever filled in. */
export interface LevelMeasures {
  readonly heightAnteriorMm?: Mm;
  readonly heightMiddleMm?: Mm;
  readonly heightPosteriorMm?: Mm;
  /** Mean of the three heights over disc depth (disc height index, after Frobin 1997). */
  readonly heightIndex?: number;
  readonly depthMm?: Mm;
  readonly areaMm2?: Mm2;
  readonly volumeMm3?: Mm3;
  /** Mean height over the mean of the neighbouring discs' mean heights. */
  readonly heightRatioToNeighbours?: number;
  /** Mean nucleus T2 signal over CSF signal of the same series; only for T2-weighted input. */
  readonly signalRatioToCsf?: number;
  /** Greatest extent of disc behind the line joining the posterior corners of its endplates. */
  readonly bulgeMm?: Mm;
  readonly herniationApMm?: Mm;
  readonly herniationWidthMm?: Mm;
  readonly herniationAreaMm2?: Mm2;
  readonly herniationVolumeMm3?: Mm3;
  /** Herniation depth over canal depth, in percent. */
  readonly herniationCanalPercent?: number;
  readonly migrationMm?: Mm;
  /** Antero-posterior extent of the canal (dural sac) at this disc. */
  readonly canalApMm?: Mm;
  /** `canalApMm` over the mean extent of the sac behind the bodies above and below, in percent. */
  readonly canalPercentOfBodies?: number;
  readonly canalAreaMm2?: Mm2;
  readonly duralSacAreaMm2?: Mm2;
  readonly csfSignalRatio?: number;
  readonly slipMm?: Mm;
  readonly slipPercent?: number;
  readonly segmentalAngleDeg?: Degrees;
  /** Greatest depth of the end plate above (below) the disc under the line between its rims, on the midline. */
  readonly endplateConcavityUpperMm?: Mm;
  readonly endplateConcavityLowerMm?: Mm;
  /** That depth over the length between the rims. */
  readonly endplateIndexUpper?: number;
  readonly endplateIndexLower?: number;
  readonly foramenHeightMm?: Readonly<Partial<Record<Side, Mm>>>;
  readonly foramenWidthMm?: Readonly<Partial<Record<Side, Mm>>>;
  readonly foramenAreaMm2?: Readonly<Partial<Record<Side, Mm2>>>;
  /** Share of fat in what lies within 3 mm of the exiting root, in percent. */
  readonly perineuralFatPercent?: Readonly<Partial<Record<Side, number>>>;
  readonly lateralRecessMm?: Readonly<Partial<Record<Side, Mm>>>;
  /** Between the facet joint's line and the vertebra's sagittal plane: 0 sagittal, 90 coronal. */
  readonly facetAngleDeg?: Readonly<Partial<Record<Side, Degrees>>>;
  /** Difference of both facet angles. */
  readonly facetTropismDeg?: Degrees;
  /** Share of fat of the muscle's cross-section, in percent; how it was read stands in `details`. */
  readonly multifidusFatPercent?: Readonly<Partial<Record<Side, number>>>;
  readonly erectorSpinaeFatPercent?: Readonly<Partial<Record<Side, number>>>;
}

/** Measures that are absent, each with the plane, sequence or structure that is missing. */
export type NotMeasured = Readonly<
  Partial<
    Record<
      | 'muscleFatFraction'
      | 'facetAngle'
      | 'facetAngleLeft'
      | 'facetAngleRight'
      | 'lateralRecess'
      | 'lateralRecessLeft'
      | 'lateralRecessRight'
      | 'multifidusFatLeft'
      | 'multifidusFatRight'
      | 'erectorSpinaeFat'
      | 'duralSacArea'
      | 'canalDepth'
      | 'foramenLeft'
      | 'foramenRight'
      | 'perineuralFatLeft'
      | 'perineuralFatRight'
      | 'csfSignal'
      | 'slip'
      | 'endplateShapeUpper'
      | 'endplateShapeLower',
      string
    >
  >
>;

/**
 * How far disc tissue has come to a nerve root or to the dural sac (after Pfirrmann 2004, Radiology 230:583): free of it, touching it,
 * pushed out of its place, pressed flat.
 */
export type ContactGrade = 'none' | 'contact' | 'deviation' | 'compression';

/** What a picture says beside the grade of a contact. */
export interface ContactEvidence {
  /** Probability of none, contact, deviation, compression. */
  readonly byGrade: readonly [number, number, number, number];
  /** Free distance from disc tissue to the structure or its usual place, mm; negative when tissue has taken that place. */
  readonly clearanceMm: Mm;
  /** Planes on which it was read. */
  readonly planes: readonly ('sagittal' | 'axial')[];
  readonly because: string;
}

/** Contact of disc tissue with a nerve root, as read from the picture or a radiologist's report. */
export interface RootContact {
  readonly root: NerveRoot;
  readonly side: Side;
  readonly grade: ContactGrade;
  /** Probability that there is contact of any grade; with `none`, that there is none. */
  readonly p: number;
  /** Way of the root at this disc: it crosses it to leave one level below, or leaves through the foramen here. */
  readonly path?: RootPath;
  /** Present when the contact was read from a picture. */
  readonly read?: ContactEvidence;
}
export type RootPath = 'traversing' | 'exiting';

/** A root that the pictures do not show well enough, and what is missing. */
export interface RootNotAssessed {
  readonly root: NerveRoot;
  readonly side: Side;
  readonly path: RootPath;
  readonly abstained: string;
}

/** Contact of disc tissue with the dural sac. */
export type SacContact =
  | { readonly grade: ContactGrade; readonly p: number; readonly read: ContactEvidence }
  | { readonly abstained: string };

export interface LevelFindings {
  readonly level: DiscLevel;
  /** 1 is the lowest disc in view. */
  readonly indexFromBottom: number;
  readonly confidence: number;
  /** [row0, column0, row1, column1] on `because.slice`, end exclusive. */
  readonly box?: readonly [number, number, number, number];
  /** Set when the whole level cannot be graded; then no other grade is present. */
  readonly abstained?: string;
  readonly pfirrmann?: Graded;
  /** Grades 0 to 3; index 0 of `p` is "no change". */
  readonly modic?: Graded;
  readonly endplateUpper?: Presence;
  readonly endplateLower?: Presence;
  readonly spondylolisthesis?: Presence;
  readonly herniation?: Presence;
  readonly narrowing?: Presence;
  readonly bulging?: Presence;
  /** Loss of the T2 signal of the nucleus, as a radiologist reports it. */
  readonly signalLoss?: Presence;
  readonly annularFissure?: Presence;
  /** High-intensity zone of the posterior annulus (Aprill & Bogduk 1992). */
  readonly highIntensityZone?: Presence;
  /** Weishaupt 0 to 3, by side. */
  readonly facetDegeneration?: Readonly<Partial<Record<Side, Graded>>>;
  /** Grade 0 to 4. */
  readonly meyerding?: Graded;
  /** Index 0..3 are Schizas A, B, C, D; `grade` 1 to 4. Needs an axial plane. */
  readonly schizas?: Graded;
  /** Lee central, 0 to 3. */
  readonly leeCentral?: Graded;
  /** Lee foraminal, 0 to 3, by side. */
  readonly leeForaminal?: Readonly<Partial<Record<Side, Graded>>>;
  readonly lateralRecess?: Readonly<Partial<Record<Side, Graded>>>;
  /** Fatty infiltration after Goutallier, 0 to 4, by side. */
  readonly goutallierMultifidus?: Readonly<Partial<Record<Side, Graded>>>;
  readonly goutallierErectorSpinae?: Readonly<Partial<Record<Side, Graded>>>;
  /** NASS 2.0 morphology of displaced disc material. */
  readonly herniationType?: 'bulge' | 'protrusion' | 'extrusion' | 'sequestration' | 'unknown';
  /** The same as probabilities: index 0 to 3 are nothing displaced, bulge, protrusion, extrusion; 4, a sequestrum, only where a series shows a free fragment. */
  readonly nassType?: Graded;
  readonly herniationZone?: AxialZone;
  readonly herniationSide?: Laterality;
  /** MSU size 1 to 3 (Mysliwiec 2010). */
  readonly msuSize?: Graded;
  /** MSU zone (Mysliwiec 2010): index 0 to 2 are A central, B lateral, C foraminal and beyond; `grade` 1 to 3. */
  readonly msuZone?: Graded;
  readonly sacContact?: SacContact;
  /** Roots whose contact was read; absent when none was. */
  readonly rootContacts?: readonly RootContact[];
  readonly rootsNotAssessed?: readonly RootNotAssessed[];
  readonly measures: LevelMeasures;
  /** Interval, method and source of the measures that carry them. */
  readonly details?: readonly MeasureDetail[];
  /** Between which points of the picture they were taken. */
  readonly landmarks?: LevelLandmarks;
  readonly notMeasured?: NotMeasured;
  readonly because: ImageEvidence;
}

export interface VertebraFindings {
  readonly vertebra: Vertebra;
  readonly confidence: number;
  readonly box?: readonly [number, number, number, number];
  readonly heightAnteriorMm?: Mm;
  readonly heightMiddleMm?: Mm;
  readonly heightPosteriorMm?: Mm;
  /** Anterior over posterior height. */
  readonly wedgeRatio?: number;
  /** Genant grade 0 to 3. */
  readonly genant?: Graded;
  /** Interval and definition of each of these measures. */
  readonly details?: readonly MeasureDetail<VertebraMeasure>[];
  readonly because: ImageEvidence;
}

/**
 * Tissue between a vertebral body and the dural sac that is neither fat nor fluid: perhaps disc that has migrated there. Whether it is joined to its
 * disc (extrusion) or free (sequestrum) is not told.
 */
export interface PossibleFragment {
  readonly behind: Vertebra;
  readonly p: number;
  /** On the slice that shows most of it, which `because` names; the box is that of the vertebra. */
  readonly areaMm2: Mm2;
  readonly lengthMm: Mm;
  readonly depthMm: Mm;
  readonly because: ImageEvidence;
}

export type SequenceRole =
  | 'sagittal-T1'
  | 'sagittal-T2'
  | 'sagittal-STIR'
  | 'sagittal-water-fat'
  | 'sagittal-unknown'
  | 'axial-T2'
  | 'axial-T1'
  | 'axial-water-fat'
  | 'localiser'
  | 'not-lumbar'
  | 'unknown';

export interface SeriesReading {
  readonly seriesUid?: string;
  readonly description?: string;
  readonly role: SequenceRole;
  readonly size: readonly [number, number, number];
  readonly spacingMm: readonly [number, number, number];
  /** Whether the spacing came from the file, the caller, or is the documented default. */
  readonly spacingFrom: 'file' | 'caller' | 'default';
}

/** Everything read from one imaging study, levels from the bottom up. */
export interface SpineFindings {
  readonly schema: 'foramen.findings/1';
  readonly studyUid?: string;
  readonly studyDate?: string;
  readonly series: readonly SeriesReading[];
  readonly enumeration: Enumeration;
  readonly levels: readonly LevelFindings[];
  readonly vertebrae: readonly VertebraFindings[];
  readonly lordosisL1S1Deg?: Degrees;
  readonly sacralSlopeDeg?: Degrees;
  /** Interval and definition of both angles. */
  readonly columnDetails?: readonly MeasureDetail<ColumnMeasure>[];
  readonly conusLevel?: OrUnknown<string>;
  /** Behind which vertebrae a migrated fragment may lie; absent where none is seen. Only on T2-weighted sagittal slices. */
  readonly possibleFragments?: readonly PossibleFragment[];
  /** Ways for needle and tube, as planning geometry; absent where the pictures carry no position. */
  readonly corridors?: readonly CorridorAnswer[];
  /** What was not read and why (missing plane, poor quality, metal). */
  readonly limits: readonly string[];
  readonly models: readonly ModelReference[];
}
