import type { DiscLevel, Mm, Side, Vec3, Vertebra } from '@foramen/spine';

export type CorridorKind =
  | 'kambin'
  | 'transforaminal'
  | 'interlaminar'
  | 'tubular'
  | 'pedicle'
  | 'l5s1-transforaminal';

/**
 * A way for a needle or tube, as planning geometry. Everything is in patient coordinates (LPS, mm) of the study, supine; nothing here
 * is a recommendation to take it. `clearanceMm` is measured on the picture, less `MARGIN_MM` for outline and registration error.
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
   * For a pedicle `bone` is the distance from the axis to its wall.
   */
  readonly clearanceMm: { readonly bone: number; readonly sac: number; readonly root: number | null };
  readonly fits: boolean;
  /** Corners of the safe window (Kambin's triangle, the gap between the laminae, the pedicle's section), LPS mm. */
  readonly outline: readonly Vec3[];
  readonly windowAreaMm2: number | null;
  readonly notes: readonly string[];
}

export type CorridorAnswer =
  | Corridor
  | {
      readonly kind: CorridorKind;
      readonly level: DiscLevel;
      readonly vertebra?: Vertebra;
      readonly side: Side | 'midline';
      /** What is missing, with the plane or structure that would show it. */
      readonly abstained: string;
      /** What could be measured of the approach all the same. */
      readonly discSpaceMm?: { readonly anterior: Mm; readonly middle: Mm; readonly posterior: Mm };
    };

export const isCorridor = (c: CorridorAnswer): c is Corridor => !('abstained' in c);

/** Outline error (1 mm) and the spread of supine to prone posture that MRI cannot show (1 mm). */
export const MARGIN_MM = 2;

export const SUPINE = 'measured supine: the foramen and the laminae lie differently in the prone patient';
export const MRI_BONE = 'bone edges on MRI are approximate: confirm on CT before sizing an instrument';
export const ROOT_ASSUMED =
  'the root was not outlined: it is taken to leave the sac under the pedicle and to fill the upper part of the foramen';

/** Area of a plane polygon in space, mm2. */
export function polygonArea(points: readonly Vec3[]): number {
  let [x, y, z] = [0, 0, 0];
  for (let n = 0; n < points.length; n++) {
    const a = points[n] as Vec3;
    const b = points[(n + 1) % points.length] as Vec3;
    x += a[1] * b[2] - a[2] * b[1];
    y += a[2] * b[0] - a[0] * b[2];
    z += a[0] * b[1] - a[1] * b[0];
  }
  return Math.hypot(x, y, z) / 2;
}
