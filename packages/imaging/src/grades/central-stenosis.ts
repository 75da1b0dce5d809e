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

/** Share of fluid that is lost before roots are called crowded: limits between the grades, and how far readers scatter about them. */
const LEE_FRONT = 0.6;
const LEE_FLUID = [0.55, 0.25] as const;
const LEE_SD = 0.14;

/**
 * Lee central grade 0 to 3 (Lee 2011, AJR 197:W957): 0 fluid in front of the roots is kept, 1 it is narrowed with the roots apart, 2 roots
 * partly bundled, 3 all one bundle. Bundling shows as fluid lost around the roots of the whole sac; the sac's area (75 mm² and less is
 * absolute stenosis, Schönström 1985) is weighed with it, since a small sac with fluid and a large one full of roots are both seen.
 */
export function leeCentral(answer: AxialAnswer): Graded {
  if ('abstained' in answer) return answer;
  const { areaMm2, fluidShare, frontFluidShare } = answer.sac;
  const [kept = 0] = gradeByCuts(-frontFluidShare, LEE_SD, [-LEE_FRONT]);
  const [apart = 0, partly = 0, bundle = 0] = gradeByCuts(-fluidShare, LEE_SD, [
    -LEE_FLUID[0],
    -LEE_FLUID[1],
  ]);
  const byFluid = [kept * apart, (1 - kept) * apart, partly, bundle];
  const byArea = gradeByCuts(-areaMm2, AREA_SD_MM2, [-100, -75, -45]);
  const p = byFluid.map((v, i) => Math.sqrt(Math.max(0.01, v)) * Math.max(0.002, byArea[i] as number));
  const total = p.reduce((a, b) => a + b, 0);
  const q = p.map((v) => v / total);
  return { grade: mostProbable([0, 1, 2, 3], q), p: q };
}
