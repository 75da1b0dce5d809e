import { describe, expect, it } from 'vitest';
import type { Point } from '../measures/geometry.ts';
import type { CropSource } from './disc-crop.ts';
import { endplateFeatures } from './endplate-features.ts';
import { COLUMNS, endplateLine } from './endplate-lines.ts';
import { wideInputs } from './grader.ts';
import { CELL_POINTS, CELLS, cellPoints, WIDE, wideCrops } from './wide-crop.ts';

/** A body as a smooth field: 0.5 where `into` millimetres of bone are 0. */
const soft = (into: number): number => Math.max(0, Math.min(1, 0.5 + into / 2));
/** A dent of the end plate of the lower body, mm at a place x of the slice. */
const dent = (x: number, deep: number): number => deep * Math.exp(-(((x - 52) / 3) ** 2));

/** A disc 8 mm high at (50, 60), 36 mm deep, its bodies 25 mm high; signal by the distance into the bodies. */
function source(signal: (intoUpper: number, intoLower: number, p: Point) => number, deep = 0): CropSource {
  const upper = (p: Point) => Math.min(56 - p[1], p[1] - 31);
  const lower = (p: Point) => Math.min(p[1] - 64 - dent(p[0], deep), 89 - p[1]);
  return {
    at: (p) => (p[0] < 0 || p[1] < 0 || p[0] > 100 || p[1] > 120 ? null : signal(upper(p), lower(p), p)),
    frame: {
      centre: [50, 60],
      posterior: [1, 0],
      superior: [0, -1],
      depthMm: 36,
      upperBody: (p) => soft(upper(p)),
      lowerBody: (p) => soft(lower(p)),
    },
    reference: 100,
  };
}

const bone = (upper: number, lower: number) => (upper > 0 || lower > 0 ? 100 : 30);
/** Marrow 2 to 7 mm under the upper end plate by `factor`. */
const changed = (factor: number) =>
  source((upper, lower) => (upper > 2 && upper < 7 ? factor * 100 : bone(upper, lower)));

describe('the line of an end plate', () => {
  it('lies where the bone begins, with its dent', () => {
    const flat = endplateLine(source(bone).frame, 'upper');
    expect(flat?.edge).toHaveLength(COLUMNS);
    for (const e of flat?.edge ?? []) expect(e).toBeCloseTo(4, 1);
    const dented = endplateLine(source(bone, 3).frame, 'lower');
    expect(Math.max(...(dented?.edge ?? []))).toBeCloseTo(7, 0);
    const first = dented?.columnPoint(0, 2);
    expect(first).toEqual([expect.closeTo(50 - 0.92 * 18, 5), expect.closeTo(66, 1)]);
  });
  it('is not drawn where the body is not seen', () => {
    const { frame } = source(bone);
    expect(endplateLine({ ...frame, upperBody: null }, 'upper')).toBeNull();
    expect(endplateLine({ ...frame, lowerBody: () => 0 }, 'lower')).toBeNull();
  });
});

describe('what is read along the end plates', () => {
  it('tells bright, dark and unchanged marrow from the middle of the same body', () => {
    const [bright, dark, plain] = [1.6, 0.5, 1].map((f) => endplateFeatures(changed(f), changed(f)));
    expect(bright?.['t1.upper.band1']).toBeCloseTo(Math.log(1.6), 1);
    expect(dark?.['t1.upper.band1']).toBeCloseTo(Math.log(0.5), 1);
    expect(plain?.['t1.upper.band1']).toBeCloseTo(0, 2);
    expect(bright?.['t1.lower.band1']).toBeCloseTo(0, 2);
    expect(bright?.['most.t2.band2']).toBe(bright?.['t2.upper.band2']);
    expect(bright?.['both.upper.sum1']).toBeCloseTo(2 * Math.log(1.6), 1);
    expect(bright?.['t2.upper.brighter']).toBeGreaterThan(0.4);
    expect(dark?.['t2.upper.darker']).toBeGreaterThan(0.4);
    expect(plain?.['t2.upper.brighter']).toBe(0);
    expect(plain?.['t2.disc']).toBeCloseTo(Math.log(0.3), 1);
  });
  it('sees a node in the end plate, and leaves out a series that is absent', () => {
    const smooth = endplateFeatures(source(bone), null);
    const node = endplateFeatures(source(bone, 4), null);
    expect(smooth['t2.lower.rough']).toBeLessThan(0.1);
    expect(node['t2.lower.pit']).toBeGreaterThan(1.5);
    expect(Object.keys(node).some((k) => k.includes('t1.') || k.startsWith('both.'))).toBe(false);
    for (const v of Object.values(node)) expect(Number.isFinite(v)).toBe(true);
  });
});

describe('wide crops', () => {
  it('are upright around the disc, with cells on both end plates and the disc', () => {
    const [crop] = wideCrops([source((_u, _l, p) => p[1])]);
    expect(crop?.picture).toHaveLength(WIDE.width * WIDE.height);
    const row = (y: number) => crop?.picture[y * WIDE.width + 48] as number;
    expect(row(10)).toBeLessThan(row(80));
    expect([...(crop?.seen ?? [])]).toEqual(Array.from({ length: CELLS }, () => 1));
    // First point of the middle third of the upper plate: half a millimetre before the bone, which begins 4 mm above the centre.
    expect(crop?.points[2 * CELL_POINTS + 1]).toBeCloseTo(-3.5 / 36, 2);
    const disc = cellPoints(source(bone).frame)[CELLS - 2] ?? [];
    for (const p of disc) expect(Math.abs(p[1] - 60)).toBeLessThan(2.5);
  });
  it('leave out what is not there, and a flat picture', () => {
    const { frame, ...rest } = source(bone);
    const [none, half] = wideCrops([null, { ...rest, frame: { ...frame, upperBody: null } }]);
    expect(none).toBeNull();
    expect([...(half?.seen ?? [])].map(Boolean)).toEqual(
      Array.from({ length: CELLS }, (_, c) => c >= 9 && c < 18),
    );
    expect(wideCrops([source(() => 7)])).toEqual([null]);
    const inputs = wideInputs([{ wide: { t2: null, t1: half ?? null } }, { wide: { t2: null, t1: null } }]);
    expect(inputs.wide?.dims).toEqual([1, 1, WIDE.height, WIDE.width]);
    expect([...(inputs.place?.data ?? [])]).toEqual([-1, 0, -1, -1]);
    expect(wideInputs([{ wide: { t2: null, t1: null } }]).seen?.dims).toEqual([1, CELLS]);
  });
});
