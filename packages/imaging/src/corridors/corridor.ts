import type { DiscLevel, Side, Vec3 } from '@foramen/spine';

export type CorridorKind = 'kambin' | 'transforaminal' | 'interlaminar' | 'tubular' | 'l5s1-transforaminal';

/**
 * A way for a needle or tube, as planning geometry. Everything is in patient coordinates (LPS, mm) of the study, supine; nothing here
 * is a recommendation to take it. `clearanceMm` is measured on the picture, less `marginMm` for outline and registration error.
 */
export interface Corridor {
  readonly kind: CorridorKind;
  readonly level: DiscLevel;
  readonly side: Side | 'midline';
  readonly target: Vec3;
  /** Where the straight way meets the skin; null when the skin is not in the picture. */
  readonly entry: Vec3 | null;
  readonly lengthMm: number | null;
  /** Angle to the sagittal plane (convergence) and to the axial plane (positive: from above), degrees. */
  readonly convergenceDeg: number;
  readonly tiltDeg: number;
  /** Distance of the entry from the midline at the skin, mm. */
  readonly entryOffsetMm: number | null;
  /** Widest round instrument that passes the narrowest seen place, mm. */
  readonly widestMm: number;
  readonly clearanceMm: { readonly bone: number; readonly sac: number; readonly root: number | null };
  readonly fits: boolean;
  readonly notes: readonly string[];
}

export type CorridorAnswer =
  | Corridor
  | {
      readonly kind: CorridorKind;
      readonly level: DiscLevel;
      readonly side: Side | 'midline';
      readonly abstained: string;
    };

export const isCorridor = (c: CorridorAnswer): c is Corridor => !('abstained' in c);

/** Outline error (1 mm) and the spread of supine to prone posture that MRI cannot show (1 mm). */
export const MARGIN_MM = 2;

export const SUPINE = 'measured supine: the foramen and the laminae lie differently in the prone patient';
export const MRI_BONE = 'bone edges on MRI are approximate: confirm on CT before sizing an instrument';
export const ROOT_ASSUMED =
  'the root was not outlined: it is taken to lie in the upper third of the foramen, under the pedicle';
