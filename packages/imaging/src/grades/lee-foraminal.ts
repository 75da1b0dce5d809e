import type { Graded } from '@foramen/spine';
import type { FatAnswer } from '../measures/perineural-fat.ts';
import { medianGrade } from './ordinal.ts';

const GRADES = [0, 1, 2, 3] as const;
/** Where the picture does not tell whether a root without fat has kept its shape (T1). */
const FLATTENED_UNSEEN = 0.45;
/** An outline fails now and then: no grade is less likely than this. */
const LEAST = 0.02;

/**
 * Lee's grade of foraminal stenosis (2010, AJR 194:1095): 0 fat around the root, 1 none on two opposing sides, 2 none on all four, 3 the root
 * collapsed or changed in shape. The vector follows from how likely fat is lost along either axis.
 */
export function leeForaminal(answer: FatAnswer): Graded {
  if ('abstained' in answer) return { abstained: answer.abstained };
  const { across, along } = answer.lost;
  const flat = answer.flattened ?? FLATTENED_UNSEEN;
  const both = across * along;
  const raw = [
    (1 - across) * (1 - along),
    across * (1 - along) + along * (1 - across),
    both * (1 - flat),
    both * flat,
  ];
  const p = raw.map((v) => LEAST + (1 - GRADES.length * LEAST) * v);
  return { grade: medianGrade(GRADES, p), p };
}
