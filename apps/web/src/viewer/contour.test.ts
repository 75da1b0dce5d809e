import { describe, expect, it } from 'vitest';
import { sliceMap } from './contour.ts';

describe('outlines of a slice', () => {
  const labels = new Uint8Array(6 * 5 * 2);
  for (let j = 1; j <= 2; j++) for (let i = 2; i <= 4; i++) labels[30 + i + 6 * j] = 95;

  it('finds the structure, its centre and box on its own slice only', () => {
    expect(sliceMap(labels, [6, 5, 2], 0).places.size).toBe(0);
    const place = sliceMap(labels, [6, 5, 2], 1).places.get(95)!;
    expect(place).toEqual({ label: 95, voxels: 6, centre: [3.5, 2], edge: [2, 2.5], box: [2, 1, 4, 2] });
  });

  it('closes the outline: every end of a piece meets exactly one other', () => {
    const [outline] = sliceMap(labels, [6, 5, 2], 1).outlines;
    const ends = new Map<string, number>();
    for (const end of outline!.path.matchAll(/[ML]([\d.-]+ [\d.-]+)/g))
      ends.set(end[1]!, (ends.get(end[1]!) ?? 0) + 1);
    expect(ends.size).toBeGreaterThan(6);
    expect([...ends.values()].every((count) => count === 2)).toBe(true);
  });

  it('closes it at the border of the picture too', () => {
    const full = new Uint8Array(4).fill(2);
    expect(sliceMap(full, [2, 2, 1], 0).outlines[0]!.path.match(/M/g)).toHaveLength(8);
  });
});
