import type { Graded } from '@foramen/spine';
import type { AxialLevel } from '../measures/axial-level.ts';
import { gradeByCuts } from './normal.ts';
import { mostProbable } from './ordinal.ts';

/** From the middle of a facet joint to its front inner end, mm. */
const HALF_JOINT_MM = 7;
/** Errors of the herniation's depth and of the line between the joints, mm. */
const DEPTH_ERROR_MM = 1.2;
const LINE_ERROR_MM = 1.5;

/**
 * MSU size 1 to 3 (Mysliwiec 2010, Eur Spine J 19:1087): the herniation reaches up to half-way, beyond half-way, or beyond the line that
 * joins the inner edges of both facet joints. Abstains without a focal herniation and where a joint was not seen.
 *
 * @param apMm depth of the herniation behind the disc's margin, null where none is described
 */
export function msuSize(apMm: number | null, level: AxialLevel): Graded {
  const { left, right } = level.facets;
  if (apMm === null) return { abstained: 'no focal herniation is described at this level' };
  if ('abstained' in left) return { abstained: left.abstained };
  if ('abstained' in right) return { abstained: right.abstained };
  const edge = (f: typeof left): number => f.depthMm - HALF_JOINT_MM * Math.cos((f.angleDeg * Math.PI) / 180);
  const line = (edge(left) + edge(right)) / 2;
  if (line < 4) return { abstained: 'the line between the facet joints was not found clearly' };
  const ratio = apMm / line;
  const p = gradeByCuts(ratio, Math.hypot(DEPTH_ERROR_MM, ratio * LINE_ERROR_MM) / line, [0.5, 1]);
  return { grade: mostProbable([1, 2, 3], p), p };
}
