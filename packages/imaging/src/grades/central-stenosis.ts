import type { Graded } from '@foramen/spine';
import type { AxialAnswer } from '../measures/axial-sac.ts';
import { gradeByCuts } from './normal.ts';
import { mostProbable } from './ordinal.ts';

/**
 * Schizas class from the sac's area and how much of it is fluid. Area limits: below 100 mm² relative and below 75 mm² absolute
 * stenosis (Schönström 1985); classes C and D show no fluid around the roots (Schizas 2010, Spine 35:1919). Area alone over- and
 * under-calls the class in about half of cases there, which the wide error keeps in the probabilities.
 * Index 0 to 3 are A to D; `grade` 1 to 4.
 */
const AREA_SD_MM2 = 22;

export function schizas(answer: AxialAnswer): Graded {
  if ('abstained' in answer) return answer;
  const { areaMm2, fluidShare } = answer.sac;
  // From large to small area: A above 95, B to 65, C to 40, D below.
  const byArea = gradeByCuts(-areaMm2, AREA_SD_MM2, [-95, -65, -40]);
  const fluid = Math.min(1, Math.max(0, fluidShare));
  // Plenty of fluid speaks against C and D, hardly any against A.
  const weight = [0.25 + fluid, 0.6, 1.15 - fluid, 1.1 - fluid];
  const p = byArea.map((v, i) => v * Math.max(0.05, weight[i] as number));
  const total = p.reduce((a, b) => a + b, 0);
  const q = p.map((v) => v / total);
  return { grade: mostProbable([1, 2, 3, 4], q), p: q };
}
