import type { LevelMeasures } from '@foramen/spine';

/** Measures that are followed over time. */
export type FollowedMeasure = Exclude<
  {
    [K in keyof LevelMeasures]-?: NonNullable<LevelMeasures[K]> extends number ? K : never;
  }[keyof LevelMeasures],
  undefined
>;

/**
 * Smallest change that is more than repetition would show (95 %): MDC = 1.96 * sqrt(2) * SEM, half the width of published 95 %
 * limits of agreement, or the 95th percentile of measured differences between two pictures of one person on one day. `relative` adds a share of the mean
 * of both values; the greater of both counts.
 */
export interface DetectableChange {
  readonly absolute: number;
  readonly relative?: number;
  readonly unit: 'mm' | 'mm2' | 'mm3' | '%' | 'deg' | 'ratio';
  readonly source: string;
  /** True when pictures of different weighting cannot be compared by it at all. */
  readonly sameWeighting?: boolean;
}

/**
 * The largest of what was published or derived and what was measured with segmenters 1.3.0 and 1.4.0 holds; `bench/detectable-change.ts` measures again.
 */
const MEASURED =
  'Measured: 95 % of differences of the same discs on T1, T2 and T2-SPACE mid-sagittal slices of one day, 99 pairs of 86 patients (SPIDER, van der Graaf 2024)';
const MEASURED_T2 =
  'Measured: 95 % of differences of the same discs on T2 and T2-SPACE mid-sagittal slices of one day (SPIDER, van der Graaf 2024)';
const LIMITS_OF_AGREEMENT =
  'Published 95 % limits of agreement of repeated manual measurement of herniated discs: length -1.0 to 1.0 mm within and to 2.6 mm between readers';

/** Detectable change of each followed measure. A measure that is absent here is never called changed. */
export const DETECTABLE_CHANGE: Readonly<Partial<Record<FollowedMeasure, DetectableChange>>> = {
  heightAnteriorMm: { absolute: 1.4, unit: 'mm', source: MEASURED },
  heightMiddleMm: { absolute: 1.1, unit: 'mm', source: MEASURED },
  heightPosteriorMm: { absolute: 1.2, unit: 'mm', source: MEASURED },
  heightIndex: { absolute: 0.035, unit: 'ratio', source: MEASURED },
  depthMm: { absolute: 2.4, unit: 'mm', source: MEASURED },
  areaMm2: { absolute: 44, relative: 0.12, unit: 'mm2', source: MEASURED },
  bulgeMm: { absolute: 2, unit: 'mm', source: MEASURED },
  herniationApMm: { absolute: 4.9, unit: 'mm', source: MEASURED },
  herniationWidthMm: {
    absolute: 4,
    unit: 'mm',
    source: 'Derived: one slice interval of a usual 4 mm series',
  },
  herniationAreaMm2: { absolute: 31, unit: 'mm2', source: MEASURED },
  herniationVolumeMm3: {
    absolute: 293,
    unit: 'mm3',
    source: 'Published within-reader 95 % limits of agreement of disc-material volume, -293 to 199 mm3',
  },
  herniationCanalPercent: { absolute: 28, unit: '%', source: MEASURED, sameWeighting: true },
  migrationMm: { absolute: 2.6, unit: 'mm', source: LIMITS_OF_AGREEMENT },
  canalApMm: { absolute: 4.9, unit: 'mm', source: MEASURED_T2, sameWeighting: true },
  duralSacAreaMm2: {
    absolute: 15,
    relative: 0.1,
    unit: 'mm2',
    source: 'Derived from ICC 0.86 to 0.96 of dural-sac area between readers (NORDSTEN)',
  },
  slipMm: { absolute: 2.2, unit: 'mm', source: MEASURED },
  slipPercent: { absolute: 7, unit: '%', source: MEASURED },
  segmentalAngleDeg: { absolute: 4.3, unit: 'deg', source: MEASURED },
  signalRatioToCsf: {
    absolute: 0.22,
    relative: 0.25,
    unit: 'ratio',
    source: MEASURED_T2,
    sameWeighting: true,
  },
  csfSignalRatio: { absolute: 0.35, unit: 'ratio', source: MEASURED_T2, sameWeighting: true },
};
