import { affineFrom, type CrestReference, type Vec3 } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { CanonicalSeries } from '../read/series.ts';
import { crestHeight, crestSeries } from './iliac-crest.ts';

const CENTRE: Vec3 = [0, 20, -150];
const UP: Vec3 = [0, 0.34, 0.94];

function series(
  plane: 'sagittal' | 'coronal' | 'axial',
  size: readonly [number, number, number],
  spacing: Vec3,
  origin: Vec3,
): CanonicalSeries {
  const axes = {
    sagittal: [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    coronal: [
      [1, 0, 0],
      [0, 0, -1],
      [0, 1, 0],
    ],
    axial: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  } as const;
  const volume = { size, spacing, ijkToLps: affineFrom(axes[plane], spacing, origin) };
  return {
    name: `${plane} series`,
    plane,
    hasGeometry: true,
    frameOfReferenceUid: '1.2',
    volume: { ...volume, data: new Float32Array(0) },
    reading: { role: 'unknown', size, spacingMm: spacing, spacingFrom: 'file' },
  };
}

describe('the iliac crest over its disc', () => {
  const lumbar = series('sagittal', [300, 300, 15], [1, 1, 4], [-28, -130, 0]);
  const whole = series('coronal', [350, 300, 12], [1, 1, 5], [-175, -10, 0]);

  it('is in view on a coronal series that reaches it, not on the usual sagittal slices', () => {
    expect(crestSeries([lumbar, whole], lumbar, CENTRE, UP)).toEqual([1]);
    const narrow = series('coronal', [90, 300, 12], [1, 1, 5], [-45, -10, 0]);
    const ahead = series('coronal', [350, 300, 4], [1, 1, 5], [-175, -90, 0]);
    const axial = series('axial', [350, 350, 60], [1, 1, 4], [-175, -150, -250]);
    const wide = series('sagittal', [300, 300, 40], [1, 1, 4], [-80, -130, 0]);
    expect(crestSeries([narrow, ahead, axial, wide], lumbar, CENTRE, UP)).toEqual([3]);
  });

  it('is looked for only where positions are those of the same frame of reference', () => {
    expect(crestSeries([{ ...whole, frameOfReferenceUid: '9' }], lumbar, CENTRE, UP)).toEqual([]);
    expect(crestSeries([{ ...whole, hasGeometry: false }], lumbar, CENTRE, UP)).toEqual([]);
  });

  it('is read along the column, with an interval that grows with the distance from it', () => {
    const reference: CrestReference = {
      centre: CENTRE,
      up: UP,
      discHeightMm: 10,
      bodyHeightMm: 28,
      seenOn: [1],
    };
    const at = (above: number, side = 60): Vec3 => [side, CENTRE[1] + 0.34 * above, CENTRE[2] + 0.94 * above];
    const length = 0.34 ** 2 + 0.94 ** 2;
    expect(crestHeight(reference, at(20)).aboveDiscMm).toBeCloseTo(20 * length, 6);
    expect([-12, 2, 14, 28, 50].map((above) => crestHeight(reference, at(above)).at)).toEqual([
      'below the disc',
      'beside the disc',
      'lower half',
      'upper half',
      'above the vertebra',
    ]);
    const [near, far] = [crestHeight(reference, at(20, 40)), crestHeight(reference, at(20, -90))];
    expect(near.besideMm).toBe(40);
    expect(far.uncertaintyMm).toBeGreaterThan(near.uncertaintyMm);
    expect(near.uncertaintyMm).toBeGreaterThan(3.9);
  });
});
