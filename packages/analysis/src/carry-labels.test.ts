import { affineFrom, type LabelVolume, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { carryLabels } from './carry-labels.ts';

// Sagittal: i to posterior, j to the feet, k to the left, 1 x 1 x 4 mm.
const size = [40, 50, 9] as const;
const labels: LabelVolume = {
  size,
  spacing: [1, 1, 4],
  ijkToLps: affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    [1, 1, 4],
    [-16, -20, 25],
  ),
  data: new Uint8Array(40 * 50 * 9),
};
// A block of label 95: y -10..-1, z 5..-4, left half only (k 5..8: x 4..16).
for (let k = 5; k < 9; k++) {
  for (let j = 20; j < 30; j++) for (let i = 10; i < 20; i++) labels.data[i + 40 * (j + 50 * k)] = 95;
}
const axial: Volume = {
  size: [32, 40, 3],
  spacing: [1, 1, 5],
  ijkToLps: affineFrom(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [1, 1, 5],
    [-16, -20, -10],
  ),
  data: new Float32Array(32 * 40 * 3),
};

describe('labels carried onto another series', () => {
  const carried = carryLabels(labels, axial);
  const at = (i: number, j: number, k: number) => carried.data[i + 32 * (j + 40 * k)];

  it('lands where the structure is in the patient, on its own side only', () => {
    // Slice 2 lies at z = 0: x from 4 - 2 (half a sagittal slice) to 15.
    expect(at(25, 15, 2)).toBe(95);
    expect(at(6, 15, 2)).toBe(0);
    expect(at(25, 25, 2)).toBe(0);
  });

  it('is empty on slices the structure does not reach', () => {
    expect(carried.data.subarray(0, 32 * 40).every((label) => label === 0)).toBe(true);
  });

  it('is the identity on the same grid', () => {
    const same = carryLabels(labels, { ...labels, data: new Float32Array(labels.data.length) });
    expect(same.data).toEqual(labels.data);
  });
});
