import type { Side } from '@foramen/spine';
import type { AxialAnswer } from './axial-sac.ts';
import type { FacetAnswer } from './facet-angle.ts';
import type { RecessAnswer } from './lateral-recess.ts';
import type { MuscleAnswer } from './muscle-level.ts';

/** Where on a series a measure was read, for its evidence. */
export interface AxialPlace {
  readonly seriesUid?: string;
  readonly sopInstanceUid?: string;
  readonly slice: number;
  /** [row0, column0, row1, column1] on that slice, end exclusive. */
  readonly box: readonly [number, number, number, number];
}

/** What the study's axial slices (or, for the multifidus, its sagittal ones) showed of one level. */
export interface AxialLevel {
  readonly sac: AxialAnswer;
  readonly muscles: MuscleAnswer;
  readonly facets: Readonly<Record<Side, FacetAnswer>>;
  readonly recesses: Readonly<Record<Side, RecessAnswer>>;
  /** Weighting of the series that facets and recesses were read from. */
  readonly boneFrom: 'axial-T1' | 'axial-T2' | null;
  readonly places: {
    readonly sac?: AxialPlace;
    readonly muscles?: AxialPlace;
    readonly facets: Readonly<Partial<Record<Side, AxialPlace>>>;
    readonly recesses: Readonly<Partial<Record<Side, AxialPlace>>>;
  };
}

/** Joints whose angles differ by more than this are asymmetric (tropism), degrees. */
export const TROPISM_DEG = 10;

/** Left and right angle with the greater difference than reading errors explain; null unless both sides were read. */
export function tropism(level: AxialLevel): { readonly deg: number; readonly errorDeg: number } | null {
  const { left, right } = level.facets;
  if ('abstained' in left || 'abstained' in right) return null;
  return {
    deg: Math.abs(left.angleDeg - right.angleDeg),
    errorDeg: Math.hypot(left.errorDeg, right.errorDeg),
  };
}
