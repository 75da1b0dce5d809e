import type { Displacement } from '../measures/displacement.ts';

export type NassType = 'bulge' | 'protrusion' | 'extrusion';

/** Below this the disc does not leave its space by more than outlines are uncertain, mm. */
const NO_DISPLACEMENT_MM = 1.5;

/**
 * NASS 2.0 morphology as far as one sagittal plane shows it (Fardon 2014): extrusion when displaced tissue reaches further up and
 * down than its base at the disc space, or leaves the level; protrusion otherwise; shallow displacement is a bulge.
 * `broad` says that the tissue is displaced over more than a quarter of the circumference. Null when nothing is displaced.
 */
export function herniationType(d: Displacement, broad = false): NassType | null {
  if (d.greatestMm < NO_DISPLACEMENT_MM) return null;
  if (broad) return 'bulge';
  const migration = Math.max(d.cranialMm, d.caudalMm);
  if (d.greatestMm > 3 && (d.spanMm > 1.15 * d.baseMm || migration > 4)) return 'extrusion';
  return d.greatestMm > 3.5 ? 'protrusion' : 'bulge';
}
