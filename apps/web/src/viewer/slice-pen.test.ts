import { describe, expect, it } from 'vitest';
import { type Pen, penMoved, penSaid, penSet } from './slice-pen.tsx';

const GRID = { size: [320, 160, 15], spacing: [0.5, 2, 4] } as const;
const START: Pen = { at: [100, 40], set: [] };

describe('a pen that keys move', () => {
  it('goes in millimetres whatever the pixels are, and never off the slice', () => {
    expect(penMoved(START, GRID, [1, 0]).at).toEqual([102, 40]);
    expect(penMoved(START, GRID, [0, -1]).at).toEqual([100, 39.5]);
    expect(penMoved(START, GRID, [-500, 1000]).at).toEqual([0, 160]);
  });

  it('draws a line between two different points', () => {
    const first = penSet(START, 'line') as Pen;
    expect(first).toEqual({ at: [100, 40], set: [[100, 40]] });
    expect(penSet(first, 'line')).toBe(first);
    const moved = penMoved(first, GRID, [30, 0]);
    expect(penSaid(moved, GRID)).toBe('30.0 mm from the last point');
    expect(penSet(moved, 'line')).toEqual({
      drawn: [
        [100, 40],
        [160, 40],
      ],
    });
  });

  it('closes an outline of three points or more where a point is set twice', () => {
    let pen = penSet(START, 'outline') as Pen;
    expect(penSet(pen, 'outline')).toBe(pen);
    for (const step of [
      [10, 0],
      [0, 10],
    ] as const)
      pen = penSet(penMoved(pen, GRID, step), 'outline') as Pen;
    expect(penSet(pen, 'outline')).toEqual({
      drawn: [
        [100, 40],
        [120, 40],
        [120, 45],
      ],
    });
  });

  it('points at a place with any other tool, and says where it is', () => {
    expect(penSet(START, 'point')).toEqual({ drawn: [[100, 40]] });
    expect(penSaid(START, GRID)).toBe('pen 50 mm from the left and 80 mm from the top');
  });
});
