import type { LabelVolume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import {
  auc,
  clusterBootstrap,
  deviation,
  expectedCalibrationError,
  quadraticKappa,
  reliability,
} from './agreement.ts';
import { distanceMap, overlap, surfaceDistance } from './overlap.ts';

const volume = (w: number, h: number, on: (x: number, y: number) => number): LabelVolume => ({
  size: [w, h, 1],
  spacing: [0.5, 2, 4],
  ijkToLps: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  data: Uint8Array.from({ length: w * h }, (_, i) => on(i % w, Math.floor(i / w))),
});

describe('overlap and surfaces', () => {
  const square = (x0: number) =>
    volume(40, 30, (x, y) => (x >= x0 && x < x0 + 10 && y >= 8 && y < 18 ? 91 : 0));
  it('gives the Dice coefficient of shifted squares', () => {
    expect(overlap(square(5), square(5), new Set([91])).dice).toBe(1);
    expect(overlap(square(5), square(10), new Set([91])).dice).toBeCloseTo(0.5, 12);
    expect(overlap(square(5), square(5), new Set([92])).dice).toBeNull();
  });
  it('measures surface distance in millimetres along each axis', () => {
    const d = surfaceDistance(square(5), square(7), new Set([91]));
    expect(d?.hausdorff95Mm).toBeCloseTo(1, 12);
    expect(surfaceDistance(square(5), square(5), new Set([91]))).toEqual({ assdMm: 0, hausdorff95Mm: 0 });
    expect(surfaceDistance(square(5), square(5), new Set([1]))).toBeNull();
  });
  it('agrees with brute force on a random mask', () => {
    const mask = Uint8Array.from({ length: 7 * 6 * 5 }, (_, i) => ((i * 37) % 29 === 0 ? 1 : 0));
    const spacing = [0.7, 1.3, 3] as const;
    const d = distanceMap(mask, [7, 6, 5], spacing);
    for (let i = 0; i < mask.length; i++) {
      const at = (n: number) =>
        [(n % 7) * 0.7, (Math.floor(n / 7) % 6) * 1.3, Math.floor(n / 42) * 3] as const;
      let best = Infinity;
      for (let j = 0; j < mask.length; j++) {
        if (!mask[j]) continue;
        const [a, b] = [at(i), at(j)];
        best = Math.min(best, Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      }
      expect(d[i]).toBeCloseTo(best, 9);
    }
  });
});

describe('agreement', () => {
  it('reproduces kappa of a worked example', () => {
    expect(quadraticKappa([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])).toBe(1);
    // Weighted table computed by hand: observed 3/6, expected 2 * 35/12 over six even grades.
    expect(quadraticKappa([1, 2, 3, 4, 5, 6], [1, 2, 3, 5, 4, 5])).toBeCloseTo(
      1 - 0.5 / (35 / 12 + 20 / 9 + 1 / 36),
      9,
    );
    expect(quadraticKappa([2, 2], [1, 3])).toBeNaN();
  });
  it('counts ties as half in the area under the curve', () => {
    expect(auc([0.1, 0.4, 0.4, 0.8], [false, true, false, true])).toBeCloseTo(0.875, 12);
  });
  it('finds calibration error and a repeatable interval over patients', () => {
    expect(expectedCalibrationError([0.9, 0.9, 0.1, 0.1], [true, true, false, false])).toBeCloseTo(0.1, 12);
    const patients = Array.from({ length: 60 }, (_, i) => Math.floor(i / 3));
    const x = patients.map((p, i) => p + (i % 3));
    const once = clusterBootstrap(
      patients,
      (rows) => rows.reduce((a, r) => a + (x[r] as number), 0) / rows.length,
      200,
    );
    const again = clusterBootstrap(
      patients,
      (rows) => rows.reduce((a, r) => a + (x[r] as number), 0) / rows.length,
      200,
    );
    expect(once).toEqual(again);
    expect(once.interval[0]).toBeLessThan(once.value);
    expect(once.interval[1]).toBeGreaterThan(once.value);
  });
});

describe('reliability and deviation', () => {
  it('put each probability in its bin with what came of it', () => {
    const bins = reliability([0.05, 0.15, 0.12, 1], [false, true, false, true]);
    expect(bins.map((b) => [b.from, b.n])).toEqual([
      [0, 1],
      [0.1, 2],
      [0.9, 1],
    ]);
    expect(bins[1]?.meanP).toBeCloseTo(0.135, 12);
    expect(bins[1]?.observed).toBe(0.5);
  });
  it('give bias and limits of agreement', () => {
    const d = deviation([1, 2, 6], [0, 2, 4]);
    expect(d.bias).toBe(1);
    expect(d.meanAbsolute).toBe(1);
    expect(d.limits[1]).toBeCloseTo(1 + 1.96, 12);
    expect(() => deviation([], [])).toThrow(RangeError);
  });
});
