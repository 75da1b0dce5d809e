import type { ColumnMeasure, ImageEvidence, MeasureDetail, VertebraMeasure } from '@foramen/spine';
import { type Reach, reachOf, rounded } from './reach.ts';

interface Definition {
  readonly unit: MeasureDetail['unit'];
  readonly by: string;
  /** How far below and above a reading the truth lies in 95 % of synthetic people (`bench/measure-coverage.ts`). */
  readonly below: Reach;
  readonly above: Reach;
}

const GENANT = 'Genant 1993, J Bone Miner Res 8:1137';

const DEFINITION: Readonly<Record<VertebraMeasure | ColumnMeasure, Definition>> = {
  heightAnteriorMm: {
    unit: 'mm',
    by: `Between the front corners of both end plates (six points, ${GENANT})`,
    below: [0.6, 0],
    above: [2.4, 0],
  },
  heightMiddleMm: {
    unit: 'mm',
    by: `Through the middle of the body (six points, ${GENANT})`,
    below: [1.7, 0],
    above: [1.8, 0],
  },
  heightPosteriorMm: {
    unit: 'mm',
    by: `Between the back corners of both end plates (six points, ${GENANT})`,
    below: [0.9, 0],
    above: [2.6, 0],
  },
  wedgeRatio: {
    unit: 'ratio',
    by: `Anterior over posterior height (${GENANT})`,
    below: [0.09, 0],
    above: [0.1, 0],
  },
  lordosisL1S1Deg: {
    unit: 'deg',
    by: 'Between the upper end plates of L1 and S1 (Cobb), supine',
    below: [4, 0],
    above: [4, 0],
  },
  sacralSlopeDeg: {
    unit: 'deg',
    by: 'Upper end plate of S1 against the horizontal of the scanner (Legaye 1998, Eur Spine J 7:99), supine',
    below: [3, 0],
    above: [3, 0],
  },
};

/** Interval and definition of measures of a body or of the whole column; what was not measured is left out. */
export function bodyDetails<Measure extends VertebraMeasure | ColumnMeasure>(
  measures: Readonly<Partial<Record<Measure, number>>>,
  because: ImageEvidence,
): MeasureDetail<Measure>[] {
  return (Object.keys(DEFINITION) as Measure[]).flatMap((measure) => {
    const value = measures[measure];
    if (value === undefined) return [];
    const { unit, by, below, above } = DEFINITION[measure];
    const low = value - reachOf(below, value);
    return [
      {
        measure,
        value: rounded(value),
        unit,
        interval: [rounded(unit === 'deg' ? low : Math.max(0, low)), rounded(value + reachOf(above, value))],
        how: 'sagittal outlines',
        definition: by,
        note: 'Interval from synthetic people of known truth',
        because,
      },
    ];
  });
}
