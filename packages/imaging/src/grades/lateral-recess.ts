import type { Graded } from '@foramen/spine';
import type { RecessAnswer } from '../measures/lateral-recess.ts';
import { gradeByCuts } from './normal.ts';
import { mostProbable } from './ordinal.ts';

/**
 * Grade 0 to 3 of lateral recess stenosis from its depth: 5 mm and more is normal, up to 3 mm suggests stenosis, up to 2 mm is severe
 * (Ciric 1980, J Neurosurg 53:433; Mikhael 1981, Radiology 140:97). Readers grade by what happens to the root (Bartynski 2003, AJNR
 * 24:348); depth stands for it, with their disagreement added to the error.
 */
const CUTS_MM = [5, 3, 2] as const;
const READER_ERROR_MM = 0.5;

export function recessGrade(answer: RecessAnswer): Graded {
  if ('abstained' in answer) return { abstained: answer.abstained };
  const sd = Math.hypot(answer.errorMm, READER_ERROR_MM);
  const p = gradeByCuts(
    -answer.depthMm,
    sd,
    CUTS_MM.map((c) => -c),
  );
  return { grade: mostProbable([0, 1, 2, 3], p), p };
}
