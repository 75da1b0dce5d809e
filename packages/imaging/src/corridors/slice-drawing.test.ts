import { drawnCorridor } from '@foramen/phantom';
import { affineFrom } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { corridorRoom } from './corridor.ts';
import { corridorOnSlice, sliceOfTarget } from './slice-drawing.ts';

// Sagittal: i to posterior, j to the feet, k to the left, slices 4 mm apart; axial: i to the left, j to posterior, k to the head.
const sagittal = {
  size: [200, 200, 15] as const,
  ijkToLps: affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    [1, 1, 4],
    [-28, -100, 100],
  ),
};
const axial = {
  size: [200, 200, 9] as const,
  ijkToLps: affineFrom(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [1, 1, 4],
    [-100, -100, -16],
  ),
};
const corridor = drawnCorridor([16, 0, 0]);

describe('a way drawn on a slice', () => {
  it('shows the window on its own sagittal slice, and as a line where an axial slice cuts it', () => {
    const own = corridorOnSlice(sagittal, corridor, 11);
    expect(sliceOfTarget(sagittal, corridor)).toBe(11);
    expect(own.targetOff).toBeCloseTo(0, 9);
    expect(own.window).toHaveLength(3);
    expect(own.target).toEqual([100, 100]);
    expect(corridorOnSlice(sagittal, corridor, 8).window).toEqual([]);
    const across = corridorOnSlice(axial, corridor, 5).window;
    expect(across).toHaveLength(2);
    // 4 mm above the target the triangle reaches from two thirds of its slope to its back.
    expect(across.map((p) => Math.round(p[0]))).toEqual([116, 116]);
  });

  it('runs only partly in a sagittal slice, wholly in the axial one of its target', () => {
    const piece = corridorOnSlice(sagittal, corridor, 11).inSlice!;
    expect(piece[0]).toEqual([100, 100]);
    expect(piece[1]![0]).toBeCloseTo(102, 6);
    expect(corridorOnSlice(sagittal, corridor, 3).inSlice).toBeNull();
    const whole = corridorOnSlice(axial, corridor, 4);
    expect(whole.inSlice).toEqual(whole.way);
    expect(corridorOnSlice(axial, corridor, 6).inSlice).toBeNull();
  });

  it('puts each distance between the axis and the place it was measured to', () => {
    const drawn = corridorOnSlice(axial, corridor, 4).distances;
    expect(drawn.map((d) => d.to)).toEqual(['sac', 'bone']);
    const bone = drawn.find((d) => d.to === 'bone')!;
    expect(bone).toMatchObject({ mm: 3.4, uncertaintyMm: 3.2, slice: 4, at: [126, 120] });
    // The foot of the plumb line from (26, 20) on the line from (16, 0) at 45 degrees.
    expect(bone.from.map((v) => Math.round(v))).toEqual([131, 115]);
    const sac = drawn.find((d) => d.to === 'sac')!;
    expect(sac.from).toEqual([116, 100]);
  });

  it('has no slice for a target beyond the series', () => {
    expect(sliceOfTarget(sagittal, { ...corridor, target: [60, 0, 0] })).toBeNull();
    expect(sliceOfTarget(sagittal, { ...corridor, target: [31, 0, 0] })).toBe(14);
  });

  it('is called in doubt where a clearance may be none within its interval', () => {
    expect(corridorRoom(corridor)).toBe('doubtful');
    const clear = { ...corridor, clearanceMm: { bone: 4, sac: 5, root: null } };
    expect(corridorRoom(clear)).toBe('room');
    expect(corridorRoom({ ...clear, fits: false })).toBe('narrow');
    const across = {
      ...clear,
      kind: 'interlaminar' as const,
      clearanceMm: { bone: 4, sac: -14, root: null },
    };
    expect(corridorRoom(across)).toBe('room');
  });
});
