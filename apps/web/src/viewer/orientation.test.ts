import { affineFrom } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { edgesOf, slicePlace, towards } from './orientation.ts';

// Sagittal: i to posterior, j to the feet, k to the left; axial: i to the left, j to posterior, k to the feet.
const sagittal = affineFrom(
  [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  [1, 1, 4],
  [-20, -100, 150],
);
const axial = affineFrom(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, -1],
  ],
  [0.5, 0.5, 5],
  [-40, -60, 40],
);

describe('orientation', () => {
  it('names what lies beyond each edge, as a reader expects it', () => {
    expect(edgesOf({ ijkToLps: sagittal })).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' });
    expect(edgesOf({ ijkToLps: axial })).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
  });

  it('says the second direction of a tilted picture, the larger first, and nothing of a slight tilt', () => {
    const tilt = (degrees: number) => {
      const a = (degrees * Math.PI) / 180;
      return towards([0, Math.cos(a), -Math.sin(a)]);
    };
    expect(tilt(10)).toBe('P');
    expect(tilt(30)).toBe('PF');
    expect(tilt(60)).toBe('FP');
  });

  it('places a slice along the axis of its stack', () => {
    expect(slicePlace({ ijkToLps: sagittal, size: [200, 300, 11] }, 0)).toBe('R 20.0 mm');
    expect(slicePlace({ ijkToLps: sagittal, size: [200, 300, 11] }, 6)).toBe('L 4.0 mm');
    expect(slicePlace({ ijkToLps: sagittal, size: [200, 300, 11] }, 5)).toBe('0.0 mm');
    expect(slicePlace({ ijkToLps: axial, size: [160, 160, 20] }, 10)).toBe('F 10.0 mm');
  });

  it('guesses nothing without geometry', () => {
    expect(edgesOf({ ijkToLps: null })).toBeNull();
    expect(slicePlace({ ijkToLps: null, size: [1, 1, 1] }, 0)).toBeNull();
  });
});
