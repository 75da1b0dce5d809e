import { affineFrom } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../record/picture.ts';
import {
  drawingOn,
  labelOf,
  linesOf,
  madeOn,
  type Point,
  pointsOn,
  sliceOn,
  thinned,
  withPoint,
} from './marks.ts';

/** Sagittal: i to posterior, j to foot, k to the left, 4 mm apart. */
const picture = (more: Partial<Picture> = {}): Picture => ({
  id: 's/1',
  series: { uid: '1.2.3', number: 1 },
  title: 'T2 sagittal',
  plane: 'sagittal',
  size: [100, 100, 9],
  spacing: [0.5, 1, 4],
  ijkToLps: affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    [0.5, 1, 4],
    [-16, -25, 50],
  ),
  data: new Uint8Array(0),
  labels: null,
  window: { center: 0, width: 1 },
  keySlice: 4,
  ...more,
});
const across: readonly Point[] = [
  [10.5, 10.5],
  [18.5, 10.5],
];

describe('measures on the pictures', () => {
  it('are kept with their place in the patient, and shown again on their slice alone', () => {
    const drawing = drawingOn(picture(), 5, 'length', across, 'L4-L5');
    expect(drawing.lps).toEqual([
      [4, -20, 40],
      [4, -16, 40],
    ]);
    expect(labelOf(drawing)).toBe('4.0 mm');
    expect(pointsOn(drawing, picture(), 5)).toEqual(across);
    expect(pointsOn(drawing, picture(), 4)).toBeNull();
  });

  it('keep their place where the series is cut or numbered anew', () => {
    const drawing = drawingOn(picture(), 5, 'length', across, null);
    const cut = picture({
      series: { uid: '1.2.3', number: 4 },
      ijkToLps: affineFrom(
        [
          [0, 1, 0],
          [0, 0, -1],
          [1, 0, 0],
        ],
        [0.5, 1, 4],
        [-8, -25, 50],
      ),
    });
    expect(sliceOn(drawing, cut)).toBe(3);
    expect(pointsOn(drawing, cut, 3)).toEqual(across);
    expect(pointsOn(drawing, picture({ series: { uid: '9', number: 1 } }), 5)).toBeNull();
  });

  it('without a position go by the number of the picture', () => {
    const png = picture({ series: { uid: null, number: 1 }, ijkToLps: null });
    const drawing = drawingOn(png, 0, 'length', across, null);
    expect(drawing.lps).toBeNull();
    expect(labelOf(drawing)).toBe('≈ 4.0 mm');
    expect(pointsOn(drawing, png, 0)).toEqual(across);
    expect(madeOn(drawing, { series: { uid: null, number: 2 } })).toBe(false);
  });

  it('a crest is shown on every series that shows the place', () => {
    const drawing = drawingOn(picture(), 5, 'crest', [across[0]!], 'L5-S1');
    const other = picture({ series: { uid: '9', number: 2 } });
    expect(pointsOn(drawing, other, 5)).toEqual([across[0]]);
    // Not beside it, on the next slice, and not in between, but for its own thickness.
    for (const slice of [4, 6, 7]) expect(pointsOn(drawing, other, slice)).toBeNull();
    expect(pointsOn(drawing, other, 5.7)).toEqual([across[0]]);
  });

  it('an angle asks for its second line, and an end that is moved takes its place along', () => {
    const open = drawingOn(picture(), 5, 'angle', across, null);
    expect(labelOf(open)).toBe('draw the second line');
    const whole = drawingOn(picture(), 5, 'angle', [...across, [10.5, 10.5], [10.5, 13.5]], null);
    expect(linesOf('angle', whole.points)).toHaveLength(2);
    expect(labelOf(whole)).toBe('90.0°');
    const moved = withPoint({ ...whole, note: 'kept' }, picture(), 3, [18.5, 14.5]);
    expect(labelOf(moved)).toBe('45.0°');
    expect(moved.note).toBe('kept');
    expect(moved.lps?.[3]).toEqual([4, -16, 36]);
  });

  it('an outline is thinned to what its shape needs', () => {
    const dense = Array.from({ length: 5000 }, (_, n): Point => [n / 50, 0]);
    expect(thinned(dense).length).toBeLessThanOrEqual(201);
    expect(thinned(Array.from({ length: 5000 }, (_, n): Point => [n, 0])).length).toBe(300);
  });
});
