import type { Graded } from '@foramen/spine';
import type { Fragment } from '../levels/fragment.ts';
import type { DisplacedTissue } from '../measures/displacement.ts';
import type { LateralProfile } from '../measures/lateral-profile.ts';
import { gradeByCuts, normalCdf } from './normal.ts';
import { mostProbable } from './ordinal.ts';

export type NassType = 'bulge' | 'protrusion' | 'extrusion';

/** Below this the disc does not leave its space by more than outlines are uncertain, mm. */
const NO_DISPLACEMENT_MM = 1.5;

/**
 * NASS 2.0 morphology as far as one sagittal plane shows it (Fardon 2014): extrusion when displaced tissue reaches further up and
 * down than its base at the disc space, or leaves the level; protrusion otherwise; shallow displacement is a bulge.
 * `broad` says that the tissue is displaced over more than a quarter of the circumference. Null when nothing is displaced.
 */
export function herniationType(d: DisplacedTissue, broad = false): NassType | null {
  if (d.greatestMm < NO_DISPLACEMENT_MM) return null;
  if (broad) return 'bulge';
  const migration = Math.max(d.cranialMm, d.caudalMm);
  if (d.greatestMm > 3 && (d.spanMm > 1.15 * d.baseMm || migration > 4)) return 'extrusion';
  return d.greatestMm > 3.5 ? 'protrusion' : 'bulge';
}

/** Errors of depth and reach of displaced tissue, and of how far beside the midline its slice lies, mm. */
const DEPTH_SD_MM = 1.2;
const REACH_SD_MM = 1.5;
const BESIDE_SD_MM = 2.2;

/**
 * NASS 2.0 type as probabilities of nothing displaced, bulge, protrusion, extrusion and, where a free fragment is seen, sequestration. How likely
 * there is a herniation at all is the grader's; whether one is extruded and whether what is none bulges is read from the outline with its error.
 *
 * @param p probability of a herniation, or why it was not judged
 * @param shown displaced tissue on the slice of its greatest extent; null where the disc has no outline there
 * @param fragment tissue that no slice of a series joins to the disc; without one a sequestrum is not told from an extrusion
 */
export function nassType(
  p: number | { readonly abstained: string },
  shown: DisplacedTissue | null,
  fragment: Fragment | null = null,
): Graded {
  if (typeof p !== 'number') return p;
  if (!shown) return { abstained: 'the posterior edge of the disc was not seen' };
  const bulges = normalCdf((shown.greatestMm - NO_DISPLACEMENT_MM) / DEPTH_SD_MM);
  const wide = normalCdf((shown.spanMm - 1.15 * shown.baseMm) / REACH_SD_MM);
  const away = normalCdf((Math.max(shown.cranialMm, shown.caudalMm) - 4) / REACH_SD_MM);
  const extruded = normalCdf((shown.greatestMm - 3) / DEPTH_SD_MM) * (1 - (1 - wide) * (1 - away));
  const free = fragment?.p ?? 0;
  const joined = p * (1 - free);
  const q = [(1 - p) * (1 - bulges), (1 - p) * bulges, joined * (1 - extruded), joined * extruded];
  if (fragment) q.push(p * free);
  return { grade: mostProbable([...q.keys()], q), p: q };
}

/** MSU zone A, B or C (Mysliwiec 2010) from where beside the midline the herniation reaches furthest back. */
export function msuZone(lateral: LateralProfile | null, focal: boolean): Graded {
  if (!lateral)
    return { abstained: 'needs sagittal slices from side to side, or an axial series through the disc' };
  if (!focal) return { abstained: 'no focal herniation is described at this level' };
  const beside = lateral.slices.find((one) => one.z === lateral.apex.z)?.leftMm ?? 0;
  const q = gradeByCuts(Math.abs(beside), BESIDE_SD_MM, lateral.zoneEndsMm);
  return { grade: mostProbable([1, 2, 3], q), p: q };
}
