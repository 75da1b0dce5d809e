import type { Graded } from '@foramen/spine';
import type { FatShare } from '../measures/muscle-level.ts';
import { gradeByCuts } from './normal.ts';
import { mostProbable } from './ordinal.ts';

/**
 * Shares of fat at which one Goutallier grade gives way to the next (adapted from 1994, Clin Orthop 304:78): 0 none, 1 streaks, 2 less
 * fat than muscle, 3 as much, 4 more. The scale names no numbers below one half; 10 % is where Kjaer 2007 (BMC Med 5:2) ends normal,
 * 25 % and the five points around one half are ours.
 */
const CUTS = [0.1, 0.25, 0.45, 0.55] as const;
/** Readers put the same muscle one grade apart now and then: spread of their judgement as a share of fat. */
const READER_ERROR = 0.05;

/** Goutallier grade 0 to 4 of one muscle from its share of fat and that share's error. */
export function goutallier(fat: FatShare): Graded {
  const p = gradeByCuts(fat.share, Math.hypot(fat.error, READER_ERROR), CUTS);
  return { grade: mostProbable([0, 1, 2, 3, 4], p), p };
}
