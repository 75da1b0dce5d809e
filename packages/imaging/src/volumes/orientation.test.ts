import { type Affine, voxelToLps } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { axesForView, planeOfNormal, reorient } from './orientation.ts';

const size = [3, 4, 5] as const;
const PERMUTATIONS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;
const SPACING = [0.5, 0.8, 4] as const;

/** Source axis n points along signed patient axis order[n]. */
function affine(order: readonly number[], signs: readonly number[]): Affine {
  const rows = [0, 1, 2].map((r) => [
    ...order.map((axis, n) => (axis === r ? signs[n]! * SPACING[n]! : 0)),
    10 * (r + 1),
  ]);
  return [...rows.flat(), 0, 0, 0, 1] as unknown as Affine;
}

describe('turning a picture to a view', () => {
  it('keeps every voxel at its place in the patient, from all 48 orientations to each view', () => {
    for (const order of PERMUTATIONS) {
      for (let bits = 0; bits < 8; bits++) {
        const signs = [0, 1, 2].map((n) => ((bits >> n) & 1 ? -1 : 1));
        const ijkToLps = affine(order, signs);
        for (const view of ['sagittal', 'axial', 'coronal'] as const) {
          // Each voxel holds its own position, so that it can be checked wherever it ends up.
          const positions: number[][] = [];
          for (let k = 0; k < size[2]; k++) {
            for (let j = 0; j < size[1]; j++) {
              for (let i = 0; i < size[0]; i++) positions.push([...voxelToLps(ijkToLps, i, j, k)]);
            }
          }
          const data = Float32Array.from(positions, (_, n) => n);
          const volume = reorient({ size, ijkToLps, data }, axesForView(ijkToLps, view));
          let at = 0;
          for (let k = 0; k < volume.size[2]; k++) {
            for (let j = 0; j < volume.size[1]; j++) {
              for (let i = 0; i < volume.size[0]; i++, at++) {
                const [x, y, z] = voxelToLps(volume.ijkToLps, i, j, k);
                const [px, py, pz] = positions[volume.data[at]!]!;
                const off = Math.abs(x - px!) + Math.abs(y - py!) + Math.abs(z - pz!);
                if (off > 1e-9)
                  expect.fail(`${order} ${signs} ${view}: voxel ${i},${j},${k} is off by ${off} mm`);
              }
            }
          }
          const a = volume.ijkToLps;
          const grows =
            view === 'sagittal'
              ? [a[4], -a[9], a[2]]
              : view === 'axial'
                ? [a[0], a[5], a[10]]
                : [a[0], -a[9], a[6]];
          expect(grows.every((component) => component > 0)).toBe(true);
        }
      }
    }
  });

  it('names a plane by its normal, and a far lean oblique', () => {
    expect(planeOfNormal([0.98, 0.17, 0]).plane).toBe('sagittal');
    expect(planeOfNormal([0, -0.42, 0.9075]).plane).toBe('axial');
    expect(planeOfNormal([0.7, 0.714, 0])).toEqual({ plane: 'oblique', nearest: 'coronal' });
  });
});
