import type { LevelMeasures } from '@foramen/spine';

/** Measures that are followed over time. */
export type FollowedMeasure = Exclude<
  {
    [K in keyof LevelMeasures]-?: NonNullable<LevelMeasures[K]> extends number ? K : never;
  }[keyof LevelMeasures],
  undefined
>;

/**
 * Smallest change that is more than repetition would show (95 %): MDC = 1.96 * sqrt(2) * SEM, or half the width of published 95 %
 * limits of agreement. `relative` adds a share of the mean of both values; the greater of both counts.
 */
export interface DetectableChange {
  readonly absolute: number;
  readonly relative?: number;
  readonly unit: 'mm' | 'mm2' | 'mm3' | '%' | 'deg' | 'ratio';
  readonly source: string;
}

const OUTLINE =
  'Derived: standard error of 0.35 mm per outline edge on a 0.75 mm grid, two edges, repeated twice (1.96 * sqrt(2) * 0.5 mm)';
const HERNIATION =
  'Published 95 % limits of agreement of repeated manual measurement of herniated discs: length -1.0 to 1.0 mm within and to 2.6 mm between readers';

/** Detectable change of each followed measure. A measure that is absent here is never called changed. */
export const DETECTABLE_CHANGE: Readonly<Partial<Record<FollowedMeasure, DetectableChange>>> = {
  heightAnteriorMm: { absolute: 1.4, unit: 'mm', source: OUTLINE },
  heightMiddleMm: { absolute: 1.4, unit: 'mm', source: OUTLINE },
  heightPosteriorMm: { absolute: 1.4, unit: 'mm', source: OUTLINE },
  heightIndex: { absolute: 0.04, unit: 'ratio', source: OUTLINE },
  depthMm: { absolute: 2, unit: 'mm', source: OUTLINE },
  areaMm2: { absolute: 35, relative: 0.12, unit: 'mm2', source: OUTLINE },
  bulgeMm: { absolute: 1.8, unit: 'mm', source: HERNIATION },
  herniationApMm: { absolute: 1.8, unit: 'mm', source: HERNIATION },
  herniationWidthMm: {
    absolute: 4,
    unit: 'mm',
    source: 'Derived: one slice interval of a usual 4 mm series',
  },
  herniationAreaMm2: {
    absolute: 21,
    unit: 'mm2',
    source: 'Published within-reader 95 % limits of agreement of herniation area, -21 to 19 mm2',
  },
  herniationVolumeMm3: {
    absolute: 293,
    unit: 'mm3',
    source: 'Published within-reader 95 % limits of agreement of disc-material volume, -293 to 199 mm3',
  },
  herniationCanalPercent: {
    absolute: 12,
    unit: '%',
    source: 'Derived from herniation depth 1.8 mm in a 15 mm canal',
  },
  migrationMm: { absolute: 2.6, unit: 'mm', source: HERNIATION },
  canalApMm: { absolute: 1.8, unit: 'mm', source: OUTLINE },
  duralSacAreaMm2: {
    absolute: 15,
    relative: 0.1,
    unit: 'mm2',
    source: 'Derived from ICC 0.86 to 0.96 of dural-sac area between readers (NORDSTEN)',
  },
  slipMm: {
    absolute: 2,
    unit: 'mm',
    source: 'Derived: standard error 0.7 mm; readers on MRI differ by 1 to 1.5 mm',
  },
  slipPercent: { absolute: 6, unit: '%', source: 'Derived from slip 2 mm over a 33 mm end plate' },
  segmentalAngleDeg: {
    absolute: 5,
    unit: 'deg',
    source: 'Reported error of end-plate angles, 3 to 5 degrees',
  },
  signalRatioToCsf: {
    absolute: 0.08,
    relative: 0.25,
    unit: 'ratio',
    source: 'Derived: signal ratios depend on echo time; only a large change between scanners is real',
  },
};
