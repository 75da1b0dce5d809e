import { affineFrom } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../record/picture.ts';
import { covers, referenceLine, voxelAt } from './reference-line.ts';

function picture(
  size: readonly [number, number, number],
  spacing: readonly [number, number, number],
  ijkToLps: Picture['ijkToLps'],
): Picture {
  return {
    id: 'x',
    title: 'x',
    plane: 'unknown',
    size,
    spacing,
    ijkToLps,
    data: new Uint8Array(0),
    labels: null,
    window: { center: 0, width: 1 },
    keySlice: 0,
  };
}
// Sagittal: i to posterior, j to feet, k to the left; axial: i to the left, j to posterior, k to the feet.
const sagittal = picture(
  [200, 300, 11],
  [1, 1, 4],
  affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    [1, 1, 4],
    [-20, -100, 150],
  ),
);
const axial = picture(
  [160, 160, 20],
  [0.5, 0.5, 5],
  affineFrom(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, -1],
    ],
    [0.5, 0.5, 5],
    [-40, -60, 40],
  ),
);

describe('the reference line', () => {
  it('crosses a sagittal slice at the height of the axial slice, over its whole width', () => {
    // Axial slice 4 lies at z = 40 - 20 = 20 mm, which is row 130 of the sagittal.
    const line = referenceLine(sagittal, 5, axial, 4);
    expect(line).not.toBeNull();
    expect(line!.map((n) => Math.round(n * 100) / 100)).toEqual([0, 130.5, 200, 130.5]);
  });

  it('crosses an axial slice where the sagittal slice is', () => {
    // Sagittal slice 5 lies at x = 0, column 80 of the axial.
    expect(referenceLine(axial, 4, sagittal, 5)).toEqual([80.5, 0, 80.5, 160]);
  });

  it('is not drawn for parallel planes or outside the picture', () => {
    expect(referenceLine(sagittal, 5, sagittal, 2)).toBeNull();
    const far = picture(
      axial.size,
      axial.spacing,
      affineFrom(
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, -1],
        ],
        [0.5, 0.5, 5],
        [-40, -60, 900],
      ),
    );
    expect(referenceLine(sagittal, 5, far, 0)).toBeNull();
  });

  it('is not drawn for planes that are nearly parallel: where they meet says nothing', () => {
    const tilted = (degrees: number): Picture => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const axes = [
        [s, c, 0],
        [0, 0, -1],
        [c, -s, 0],
      ] as const;
      return picture([200, 300, 1], [1, 1, 4], affineFrom(axes, [1, 1, 4], [-100 * s, -100 * c, 150]));
    };
    expect(referenceLine(sagittal, 5, tilted(8), 0)).toBeNull();
    expect(referenceLine(sagittal, 5, tilted(20), 0)).not.toBeNull();
  });

  it('maps a point between the planes', () => {
    expect(voxelAt(axial, [0, -40, 20])!.map((n) => Math.round(n * 1e6) / 1e6)).toEqual([80, 40, 4]);
  });

  it('knows which stack a point lies in', () => {
    expect(covers(axial, [0, 0, 20])).toBe(true);
    expect(covers(axial, [0, 0, 43])).toBe(false);
    // To the edge of the last pixel, and no further.
    expect(covers(axial, [39.7, 0, 20])).toBe(true);
    expect(covers(axial, [39.9, 0, 20])).toBe(false);
    expect(covers(null, [0, 0, 20])).toBe(false);
  });
});
