import type { Graded } from '@foramen/spine';
import { gradeByCuts } from './normal.ts';
import { mostProbable } from './ordinal.ts';

/** Standard errors of measurement, mm or ratio; sources beside each. */
const MEASUREMENT_SD = {
  /** Corner to corner on a 0.75 mm grid; reader-to-reader slip on MRI differs by 1 to 1.5 mm (Even 2014, Spine J). */
  slipMm: 1.1,
  /** Height ratios of a body, from repeated outlines. */
  heightRatio: 0.045,
} as const;

function vector(grades: readonly number[], p: readonly number[]): Graded {
  const total = p.reduce((a, b) => a + b, 0);
  const q = p.map((v) => v / total);
  return { grade: mostProbable(grades, q), p: q };
}

/**
 * Meyerding grade 0 to 4 from the slip in mm and the length of the lower end plate. Below 3 mm there is no slip (the
 * limit used by NORDSTEN-DS); then I to 25 %, II to 50 %, III to 75 %, IV beyond.
 */
export function meyerding(slipMm: number, endplateMm: number): Graded {
  const cuts = [3, 0.25 * endplateMm, 0.5 * endplateMm, 0.75 * endplateMm].map((c, i) =>
    Math.max(c, 3 + i * 0.5),
  );
  return vector([0, 1, 2, 3, 4], gradeByCuts(Math.abs(slipMm), MEASUREMENT_SD.slipMm, cuts));
}

/**
 * Genant grade 0 to 3 from the greatest height loss of a body: below 20 % none, 20 to 25 mild, 25 to 40 moderate, above
 * severe (Genant 1993). `loss` is 1 - smallest of anterior / posterior, middle / posterior and posterior / expected.
 */
export function genant(loss: number): Graded {
  return vector([0, 1, 2, 3], gradeByCuts(loss, MEASUREMENT_SD.heightRatio, [0.2, 0.25, 0.4]));
}
