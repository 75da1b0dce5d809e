import { describe, expect, it } from 'vitest';
import { fingers, fitted, keepInside, pinched, screenOf, voxelOf, zoomedAt } from './view-frame.ts';

const grid = { size: [200, 100, 5], spacing: [0.5, 1, 4] } as const;
const VIEW = [400, 300] as const;
const fit = fitted(grid, ...VIEW);

describe('the part of a slice that is seen', () => {
  it('is the whole slice at first, in true proportion', () => {
    expect(fit).toEqual({ x: 50, y: 50, scale: 3 });
    expect(screenOf(grid, fit, ...VIEW, 0, 0)).toEqual([50, 0]);
    expect(voxelOf(grid, fit, ...VIEW, 50, 0)).toEqual([0, 0]);
  });

  it('keeps what is under the pointer while it is zoomed', () => {
    const before = voxelOf(grid, fit, ...VIEW, 260, 120);
    const zoomed = zoomedAt(fit, 2, 260 - 200, 120 - 150, fit);
    const after = voxelOf(grid, zoomed, ...VIEW, 260, 120);
    expect(after[0]).toBeCloseTo(before[0], 9);
    expect(after[1]).toBeCloseTo(before[1], 9);
  });

  it('is neither zoomed nor moved out of sight', () => {
    expect(zoomedAt(fit, 1_000, 0, 0, fit).scale).toBe(36);
    expect(zoomedAt(fit, 0.001, 0, 0, fit).scale).toBeCloseTo(2.4, 9);
    // All of it fits: it stays in the middle. Zoomed in, its edge is not drawn away from the edge of the view.
    expect(keepInside(grid, { x: 500, y: -500, scale: 2 }, ...VIEW)).toEqual({ x: 50, y: 50, scale: 2 });
    const far = keepInside(grid, { x: 500, y: -500, scale: 12 }, ...VIEW);
    expect(far.x).toBeCloseTo(100 - 400 / 12 / 2, 9);
    expect(far.y).toBeCloseTo(300 / 12 / 2, 9);
  });

  it('goes along with two fingers: what lay between them still does, and apart they zoom', () => {
    expect(fingers([[1, 1]])).toBeNull();
    const from = fingers([
      [100, 100],
      [200, 100],
    ])!;
    const to = fingers([
      [130, 160],
      [330, 160],
    ])!;
    const moved = pinched(fit, to.apart / from.apart, from.middle, to.middle, VIEW, fit);
    expect(moved.scale).toBe(6);
    const held = voxelOf(grid, fit, ...VIEW, ...from.middle);
    const now = voxelOf(grid, moved, ...VIEW, ...to.middle);
    expect(now[0]).toBeCloseTo(held[0], 9);
    expect(now[1]).toBeCloseTo(held[1], 9);
  });
});
