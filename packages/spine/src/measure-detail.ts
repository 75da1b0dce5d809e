import type { LevelMeasures } from './finding.ts';
import type { ImageEvidence } from './provenance.ts';
import type { Side } from './side.ts';

/** Measures of a vertebral body that carry an interval. */
export type VertebraMeasure = 'heightAnteriorMm' | 'heightMiddleMm' | 'heightPosteriorMm' | 'wedgeRatio';

/** Measures of the whole lumbar column that carry an interval. */
export type ColumnMeasure = 'lordosisL1S1Deg' | 'sacralSlopeDeg';

/** What stands behind one measure: its interval, how it was read, by whose definition, and where. */
export interface MeasureDetail<Measure extends string = keyof LevelMeasures> {
  readonly measure: Measure;
  /** Absent for a measure of the whole level. */
  readonly side?: Side;
  readonly value: number;
  readonly unit: 'mm' | 'mm2' | 'mm3' | 'deg' | '%' | 'ratio';
  /** 95 % interval of the reading: picture, outline and method together. */
  readonly interval: readonly [number, number];
  /** What it was read from, as `axial T2 signal` or `water-fat`. */
  readonly how: string;
  /** The definition's source. */
  readonly definition: string;
  /** What a reader should know of this reading. */
  readonly note?: string;
  readonly because: ImageEvidence;
}
