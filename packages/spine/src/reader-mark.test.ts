import { describe, expect, it } from 'vitest';
import { type MarkDrawing, markDrawing, markText, markValue } from './reader-mark.ts';

const drawing = (kind: MarkDrawing['kind'], points: [number, number][], placed = true): MarkDrawing => ({
  kind,
  seriesUid: '1.2.3',
  series: 1,
  title: 'T2 sagittal',
  slice: 7,
  spacingMm: [0.5, 1],
  points,
  lps: placed ? points.map(([i, j]) => [0, i / 2, -j] as [number, number, number]) : null,
  level: null,
  note: '',
});

describe('what a reader draws', () => {
  it('is in millimetres also where pixels are not square', () => {
    expect(
      markValue(
        drawing('length', [
          [10, 10],
          [18, 10],
        ]),
      ),
    ).toEqual({ value: 4, unit: 'mm' });
    expect(
      markValue(
        drawing('length', [
          [0, 0],
          [6, 4],
        ]),
      )?.value,
    ).toBe(5);
    expect(
      markText(
        drawing(
          'length',
          [
            [0, 0],
            [6, 4],
          ],
          false,
        ),
      ),
    ).toBe('≈ 5.0 mm');
  });

  it('angles do not depend on the way a line was drawn', () => {
    const across: [number, number][] = [
      [10, 10],
      [18, 10],
    ];
    expect(markText(drawing('angle', [...across, [0, 0], [2, 1]]))).toBe('45.0°');
    expect(markText(drawing('angle', [...across, [2, 1], [0, 0]]))).toBe('45.0°');
    expect(markText(drawing('angle', [...across, [10, 10], [10, 13]]))).toBe('90.0°');
    expect(markText(drawing('angle', [...across, [3, 3], [3, 3]]))).toBe('0.0°');
  });

  it('areas do not depend on where or which way round the outline began', () => {
    const box: [number, number][] = [
      [0, 0],
      [20, 0],
      [20, 10],
      [0, 10],
    ];
    expect(markText(drawing('area', box))).toBe('100 mm²');
    expect(markText(drawing('area', [...box].reverse()))).toBe('100 mm²');
  });

  it('is refused with the wrong number of points, without its positions, or out of all bounds', () => {
    const ok = (value: unknown) => markDrawing.safeParse(value).success;
    expect(
      ok(
        drawing('length', [
          [0, 0],
          [6, 4],
        ]),
      ),
    ).toBe(true);
    expect(ok(drawing('length', [[0, 0]]))).toBe(false);
    expect(ok(drawing('crest', [[0, 0]], false))).toBe(false);
    expect(
      ok({
        ...drawing('length', [
          [0, 0],
          [6, 4],
        ]),
        lps: [[0, 0, 0]],
      }),
    ).toBe(false);
    expect(
      ok(
        drawing('length', [
          [0, Number.NaN],
          [6, 4],
        ]),
      ),
    ).toBe(false);
    expect(
      ok(
        drawing('length', [
          [0, 1e9],
          [6, 4],
        ]),
      ),
    ).toBe(false);
    expect(
      ok({
        ...drawing('length', [
          [0, 0],
          [6, 4],
        ]),
        spacingMm: [0, 1],
      }),
    ).toBe(false);
    expect(
      ok({
        ...drawing('length', [
          [0, 0],
          [6, 4],
        ]),
        note: 'x'.repeat(501),
      }),
    ).toBe(false);
  });
});
