import { type EvidenceBase, parameter } from '@foramen/evidence';
import type { LevelFindings, Reason } from '@foramen/spine';
import { isGrade, isPresence } from '@foramen/spine';
import { ID } from '../evidence-ids.ts';
import { boundByAgreement, kappaOf } from './agreement.ts';

/** A herniation as far as the image shows one. */
export interface HerniationSeen {
  /** As graded. */
  readonly graded: number;
  /** Probability, bounded by reader agreement, that tissue is displaced and not merely uncovered by a slip. */
  readonly p: number;
  /** Share of what looks displaced that a slip uncovers, 0 to 1. */
  readonly uncovered: number;
  /** Why `p` is less than the grade, where it is. */
  readonly reasons: readonly Reason[];
}

/** Probability that the displaced tissue is an extrusion or a sequestrum: no slip uncovers that. */
function extruded(level: LevelFindings): number {
  if (level.herniationType === 'extrusion' || level.herniationType === 'sequestration') return 1;
  return isGrade(level.nassType) ? level.nassType.p.slice(3).reduce((sum, p) => sum + p, 0) : 0;
}

/**
 * What the image grade of a herniation is worth at its level. A vertebra that slips leaves the disc below it uncovered, and the contour behind
 * it looks like a herniation without being one ("pseudobulge"; Fardon 2014, Spine J 14:2525: the slip is to be thought of first). So the grade
 * counts less, as far as there is a slip and no extrusion.
 * @param at path of the level in the case. @returns undefined where no herniation was judged.
 */
export function herniationSeen(
  level: LevelFindings,
  at: string,
  base: EvidenceBase,
): HerniationSeen | undefined {
  if (level.abstained !== undefined || !isPresence(level.herniation)) return undefined;
  const graded = level.herniation.p;
  const agreed = boundByAgreement(graded, kappaOf(ID.agreementMorphology, base));
  const slip = isPresence(level.spondylolisthesis)
    ? boundByAgreement(level.spondylolisthesis.p, kappaOf(ID.agreementSlip, base))
    : 0;
  const uncovered = slip * parameter('care-uncovered-disc-share', base).value * (1 - extruded(level));
  if (uncovered < 0.02) return { graded, p: agreed, uncovered: 0, reasons: [] };
  return {
    graded,
    p: agreed * (1 - uncovered),
    uncovered,
    reasons: [
      { kind: 'fact', path: `${at}.spondylolisthesis.p`, text: `${level.level} spondylolisthesis` },
      {
        kind: 'evidence',
        id: 'parameter/care-uncovered-disc-share',
        text: 'a slip uncovers the disc: not each bulge there is a herniation',
      },
    ],
  };
}
