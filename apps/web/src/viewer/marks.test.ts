import { describe, expect, it } from 'vitest';
import { angleDeg, type Line, lengthMm, type Mark, markText, withLine } from './marks.ts';

const grid = { spacing: [0.5, 1, 4] as const, ijkToLps: null };
const across: Line = [
  [10, 10],
  [18, 10],
];
const down: Line = [
  [10, 10],
  [10, 13],
];

describe('lengths and angles a reader draws', () => {
  it('are in millimetres also where pixels are not square', () => {
    expect(lengthMm(across, grid)).toBe(4);
    expect(lengthMm(down, grid)).toBe(3);
    expect(
      lengthMm(
        [
          [0, 0],
          [6, 4],
        ],
        grid,
      ),
    ).toBe(5);
  });

  it('do not depend on the way a line was drawn', () => {
    const slope: Line = [
      [0, 0],
      [2, 1],
    ];
    const back: Line = [slope[1], slope[0]];
    expect(angleDeg(across, slope, grid)).toBeCloseTo(45, 9);
    expect(angleDeg(across, back, grid)).toBeCloseTo(45, 9);
    expect(angleDeg(across, down, grid)).toBeCloseTo(90, 9);
    expect(angleDeg(across, [slope[0], slope[0]], grid)).toBe(0);
  });

  it('close an angle with the second line of the same slice, and drop one left open elsewhere', () => {
    const at = { picture: 'a', slice: 3 };
    const open = withLine([], 'angle', at, across);
    expect(markText(open[0] as Mark, grid)).toBe('draw the second line');
    const closed = withLine(open, 'angle', at, down);
    expect(closed).toHaveLength(1);
    expect(markText(closed[0] as Mark, grid)).toBe('90.0°');
    const moved = withLine(open, 'length', { ...at, slice: 4 }, across);
    expect(moved.map((m) => m.kind)).toEqual(['length']);
    expect(markText(moved[0] as Mark, grid)).toBe('≈ 4.0 mm');
    expect(withLine(closed, 'length', at, down).map((m) => m.id)).toEqual([1, 2]);
  });
});
