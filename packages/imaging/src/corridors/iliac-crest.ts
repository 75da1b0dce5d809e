import { type CrestReference, invertAffine, type Vec3, voxelToLps } from '@foramen/spine';
import type { CanonicalSeries } from '../read/series.ts';
import { between, scaled, sum } from './patient-lines.ts';

/** Where the top of a crest is looked for beside its disc, mm: to the side, above the disc, and behind its middle. */
const BESIDE_MM = 60;
const ABOVE_MM = [0, 15, 30] as const;
const BEHIND_MM = [-30, -15, 0, 15, 30, 45] as const;

/** Places of the series whose slices reach the crest of at least one side: sagittal or coronal, of the same frame of reference. */
export function crestSeries(
  all: readonly CanonicalSeries[],
  read: CanonicalSeries,
  centre: Vec3,
  up: Vec3,
): readonly number[] {
  return all.flatMap((one, n) => {
    if (!one.hasGeometry || one.frameOfReferenceUid !== read.frameOfReferenceUid) return [];
    if (one.reading.role.startsWith('axial-') || one.plane === 'axial') return [];
    return [-1, 1].some((side) => reaches(one, centre, up, side)) ? [n] : [];
  });
}

/** Whether every height at the crest's side is on some slice. */
function reaches({ volume }: CanonicalSeries, centre: Vec3, up: Vec3, side: number): boolean {
  const inverse = invertAffine(volume.ijkToLps);
  return ABOVE_MM.every((above) => {
    const level = sum(sum(centre, scaled(up, above)), [side * BESIDE_MM, 0, 0]);
    return BEHIND_MM.some((behind) => {
      const at = voxelToLps(inverse, level[0], level[1] + behind, level[2]);
      return at.every((v, axis) => v >= -0.5 && v <= (volume.size[axis] as number) - 0.5);
    });
  });
}

export interface CrestHeight {
  /** Above the middle of the disc along the column; negative below it. */
  readonly aboveDiscMm: number;
  /** Half of a 95 % interval: a mark is off by 2 mm, the column's axis by 2 degrees (standard deviations). */
  readonly uncertaintyMm: number;
  readonly besideMm: number;
  /** Where that is on the vertebra above. */
  readonly at: 'below the disc' | 'beside the disc' | 'lower half' | 'upper half' | 'above the vertebra';
}

const MARK_SD_MM = 2;
const AXIS_SD_DEG = 2;

/** Height of the top of a crest, marked by a reader in patient coordinates (LPS, mm), over its disc. */
export function crestHeight(reference: CrestReference, mark: Vec3): CrestHeight {
  const { centre, up, discHeightMm, bodyHeightMm } = reference;
  const off = between(centre, mark);
  const above = off[0] * up[0] + off[1] * up[1] + off[2] * up[2];
  const beside = Math.abs(off[0]);
  const edge = discHeightMm / 2;
  const body = bodyHeightMm ?? USUAL_BODY_MM;
  return {
    aboveDiscMm: above,
    uncertaintyMm: 1.96 * Math.hypot(MARK_SD_MM, beside * Math.tan((AXIS_SD_DEG * Math.PI) / 180)),
    besideMm: beside,
    at:
      above < -edge
        ? 'below the disc'
        : above <= edge
          ? 'beside the disc'
          : above <= edge + body / 2
            ? 'lower half'
            : above <= edge + body
              ? 'upper half'
              : 'above the vertebra',
  };
}

/** Mean height of L5 in adults (Zhou 2000, Eur Spine J 9:242), where the body was not outlined whole. */
const USUAL_BODY_MM = 28;
