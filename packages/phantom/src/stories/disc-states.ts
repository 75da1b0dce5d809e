import type { DiscSpec, HerniationSpec, SpineOptions } from '../spine-spec.ts';

/** A disc in good order. Height in mm. */
export const sound = (pfirrmann: 1 | 2 | 3, height: number): Partial<DiscSpec> => ({
  pfirrmann,
  height,
  bulge: 0.4,
  stenosis: 0,
  herniation: null,
});

/** Drop-shaped herniation; lengths in mm, lateral positive to the left, migration positive upward. */
export const extrusion = (ap: number, width: number, lateral: number, migration: number): HerniationSpec => ({
  kind: 'extrusion',
  ap,
  width,
  lateral,
  migration,
});

/** No lesion but those named; a straight spine with five lumbar vertebrae. */
export const plain = {
  lesions: 0,
  lumbarCount: 5,
  scoliosisDeg: 0,
  sacralSlopeDeg: 39,
  sacralRemnant: 1,
  conus: 4.5,
} as const satisfies SpineOptions;

export const zeros = (n: number): number[] => new Array<number>(n).fill(0);

/** A degenerate disc. */
export const worn = (
  pfirrmann: 3 | 4 | 5,
  height: number,
  bulge: number,
  more: Partial<DiscSpec> = {},
): Partial<DiscSpec> => ({
  pfirrmann,
  height,
  bulge,
  anteriorBulge: 2.5,
  stenosis: 0.05,
  herniation: null,
  cleft: 0,
  ...more,
});
