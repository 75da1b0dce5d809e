import type { DiscLevel, Vertebra } from './level.ts';
import type { Side } from './side.ts';
import type { Mm } from './units.ts';
import type { Vec3 } from './volume.ts';

export type CorridorKind =
  | 'kambin'
  | 'transforaminal'
  | 'interlaminar'
  | 'tubular'
  | 'pedicle'
  | 'l5s1-transforaminal';

/** What a way has to keep clear of: facet and other arch bone, dural sac, exiting root. */
export type CorridorHazard = 'bone' | 'sac' | 'root';

/**
 * A way for a needle or tube, as planning geometry. Everything is in patient coordinates (LPS, mm) of the study, supine; nothing here
 * is a recommendation to take it. `clearanceMm` is measured on the picture, less 2 mm for outline error and posture.
 */
export interface Corridor {
  readonly kind: CorridorKind;
  readonly level: DiscLevel;
  /** The vertebra whose pedicle this is. */
  readonly vertebra?: Vertebra;
  readonly side: Side | 'midline';
  readonly target: Vec3;
  /** Where the straight way meets the skin; null when the skin is not in the picture. */
  readonly entry: Vec3 | null;
  /** A place on the way towards the skin, for drawing where `entry` is not known. */
  readonly towards: Vec3;
  readonly lengthMm: number | null;
  /** Angle to the sagittal plane (convergence) and to the axial plane (positive: from above), degrees. */
  readonly convergenceDeg: number;
  readonly tiltDeg: number;
  /** Distance of the entry from the midline at the skin, mm. */
  readonly entryOffsetMm: number | null;
  /** Widest round instrument that passes the narrowest seen place, mm. */
  readonly widestMm: number;
  /**
   * From the way's axis to the nearest facet or other arch bone, to the sac and to the root; negative when the way runs through it.
   * For a pedicle `bone` is the distance from the axis to its wall. Null where the structure was not outlined, or the way has no root to mind.
   */
  readonly clearanceMm: Readonly<Record<CorridorHazard, number | null>>;
  /** Half of a 95 % interval about each clearance, from slice distance, outline error and, for the root, its assumed place. */
  readonly uncertaintyMm: Readonly<Record<CorridorHazard, number | null>>;
  /** The outlined point that lies nearest to the axis, where there is one; the root's is where it is taken to run. */
  readonly nearest: Readonly<Partial<Record<CorridorHazard, Vec3>>>;
  readonly fits: boolean;
  /** Corners of the safe window (Kambin's triangle, the gap between the laminae, the pedicle's section), LPS mm. */
  readonly outline: readonly Vec3[];
  readonly windowAreaMm2: number | null;
  readonly notes: readonly string[];
}

/** A disc in patient coordinates, against which the height of an iliac crest is read. */
export interface CrestReference {
  readonly centre: Vec3;
  /** Unit vector along the column, towards the head. */
  readonly up: Vec3;
  readonly discHeightMm: number;
  /** Height of the vertebra above; null when it was not outlined whole. */
  readonly bodyHeightMm: number | null;
  /** Series of the study that reach the place of a crest, by their place in `SpineFindings.series`. */
  readonly seenOn: readonly number[];
}

export interface CorridorAbstained {
  readonly kind: CorridorKind;
  readonly level: DiscLevel;
  readonly vertebra?: Vertebra;
  readonly side: Side | 'midline';
  /** What is missing, with the plane or structure that would show it. */
  readonly abstained: string;
  /** What could be measured of the approach all the same. */
  readonly discSpaceMm?: { readonly anterior: Mm; readonly middle: Mm; readonly posterior: Mm };
  readonly crest?: CrestReference;
}

export type CorridorAnswer = Corridor | CorridorAbstained;

export const isCorridor = (c: CorridorAnswer): c is Corridor => !('abstained' in c);

/**
 * Whether an instrument fits: `narrow` where the narrowest seen place is too small for the least one, `doubtful` where some clearance
 * may be none within its interval, or bone or sac were not outlined. A way that crosses the canal on purpose (interlaminar) is judged by
 * its bone alone.
 */
export function corridorRoom(way: Corridor): 'room' | 'doubtful' | 'narrow' {
  if (!way.fits) return 'narrow';
  const judged = way.kind === 'interlaminar' ? (['bone'] as const) : (['bone', 'sac', 'root'] as const);
  return judged.every((to) => {
    const [mm, within] = [way.clearanceMm[to], way.uncertaintyMm[to]];
    return mm === null || within === null ? to === 'root' : mm - within > 0;
  })
    ? 'room'
    : 'doubtful';
}
