import { describe, expect, it } from 'vitest';
import { niceTicks, spacedOut } from './course-plot.tsx';

describe('ticks of a plot', () => {
  it.each([
    [0, 9.3],
    [0, 0.41],
    [-3, 3],
    [0, 1240],
  ])('from %d to %d are few, round and inside', (low, high) => {
    const ticks = niceTicks(low, high);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks[0]).toBeGreaterThanOrEqual(low);
    expect(ticks.at(-1)).toBeLessThanOrEqual(high);
    const steps = new Set(ticks.slice(1).map((tick, n) => (tick - ticks[n]!).toPrecision(4)));
    expect(steps.size).toBe(1);
  });
  it('does not loop on nothing', () => {
    expect(niceTicks(2, 2)).toEqual([2]);
  });
});

describe('labels under a plot', () => {
  it('are all there while there is room, and keep the ends where there is not', () => {
    expect(spacedOut([0, 100, 200], 80)).toEqual([0, 1, 2]);
    expect(spacedOut([0, 40, 60, 200, 260], 80)).toEqual([0, 4]);
    expect(spacedOut([0, 90, 100, 260], 80)).toEqual([0, 1, 3]);
    expect(spacedOut([50, 50], 80)).toEqual([1]);
    expect(spacedOut([], 80)).toEqual([]);
  });
});
