import { describe, expect, it } from 'vitest';
import type { DisplacedTissue } from '../measures/displacement.ts';
import type { LateralProfile } from '../measures/lateral-profile.ts';
import { schizas } from './central-stenosis.ts';
import { CROP, discCrop, REFERENCE_VALUE } from './disc-crop.ts';
import { SHIPPED_DISC_RULES } from './disc-rules.ts';
import { genant, meyerding } from './geometric.ts';
import { runGrader, withNeighbours } from './grader.ts';
import { GraderModel } from './grader-model.ts';
import { herniationType, msuZone, nassType } from './herniation-type.ts';
import { gradeByCuts, normalCdf } from './normal.ts';
import { cutGrade, medianGrade, ordinalProbabilities } from './ordinal.ts';

const vector = (g: ReturnType<typeof meyerding>) => {
  if (!('p' in g)) throw new Error(g.abstained);
  expect(g.p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  return g;
};

describe('grades from geometry', () => {
  it('knows the normal distribution', () => {
    expect(normalCdf(0)).toBeCloseTo(0.5, 7);
    expect(normalCdf(1.959964)).toBeCloseTo(0.975, 6);
    expect(gradeByCuts(3, 1, [3])).toEqual([expect.closeTo(0.5, 6), expect.closeTo(0.5, 6)]);
  });
  it('grades a slip by its share of the end plate and stays unsure near a limit', () => {
    expect(vector(meyerding(0.5, 34)).grade).toBe(0);
    expect(vector(meyerding(6, 34)).grade).toBe(1);
    expect(vector(meyerding(-6, 34)).grade).toBe(1);
    expect(vector(meyerding(12, 34)).grade).toBe(2);
    expect(vector(meyerding(20, 34)).grade).toBe(3);
    expect(Math.max(...vector(meyerding(3, 34)).p)).toBeLessThan(0.6);
  });
  it('grades height loss of a body', () => {
    expect([0.05, 0.225, 0.32, 0.5].map((l) => vector(genant(l)).grade)).toEqual([0, 1, 2, 3]);
    // A loss in the middle of the narrow mild band is told from its neighbours by less than half.
    expect(vector(genant(0.225)).p[1]).toBeLessThan(0.5);
  });
  it('takes the median of an ordered grade, not its tallest bar', () => {
    const grades = [1, 2, 3, 4, 5];
    expect(medianGrade(grades, [0.3, 0.1, 0.15, 0.25, 0.2])).toBe(3);
    expect(medianGrade(grades, [0.6, 0.1, 0.1, 0.1, 0.1])).toBe(1);
    expect(medianGrade(grades, [0, 0, 0, 0, 0.9999])).toBe(5);
    expect(medianGrade(grades, [0.1, 0.1, 0.1, 0.1, 0.09])).toBe(5);
    // Cut points on the mean grade: a disc between the first two grades is named 1 where readers name 1 that often.
    const cuts = [0.7, 1.5, 2.5, 3.5];
    expect(medianGrade(grades, [0.4, 0.6, 0, 0, 0])).toBe(2);
    expect(cutGrade(grades, [0.4, 0.6, 0, 0, 0], cuts)).toBe(1);
    expect(cutGrade(grades, [0.3, 0.7, 0, 0, 0], cuts)).toBe(2);
    expect(cutGrade(grades, [0, 0, 0, 0, 1], cuts)).toBe(5);
    const named = [0, 0.25, 0.5, 0.75, 1].map((t) => cutGrade(grades, [1 - t, 0, 0, 0, t], cuts));
    expect(named).toEqual([...named].sort((a, b) => a - b));
  });
  it('names displaced tissue by its shape', () => {
    const d = (greatestMm: number, spanMm: number, migration = 0): DisplacedTissue => ({
      depthMm: greatestMm,
      greatestMm,
      spanMm,
      baseMm: 8,
      cranialMm: 0,
      caudalMm: migration,
      areaMm2: 20,
      apex: [0, 0],
    });
    expect(herniationType(d(0.8, 5))).toBeNull();
    expect(herniationType(d(2.5, 6))).toBe('bulge');
    expect(herniationType(d(5, 6))).toBe('protrusion');
    expect(herniationType(d(6, 12))).toBe('extrusion');
    expect(herniationType(d(5, 6, 7))).toBe('extrusion');
    expect(herniationType(d(5, 6), true)).toBe('bulge');
  });
  it('shares NASS type and MSU zone among their neighbours', () => {
    const d = (greatestMm: number, spanMm: number) => ({
      depthMm: greatestMm,
      greatestMm,
      spanMm,
      baseMm: 8,
      cranialMm: 0,
      caudalMm: 0,
      areaMm2: 20,
      apex: [0, 0] as const,
    });
    expect(vector(nassType(0.05, d(0, 0))).grade).toBe(0);
    expect(vector(nassType(0.1, d(3, 6))).grade).toBe(1);
    expect(vector(nassType(0.9, d(5, 6))).grade).toBe(2);
    expect(vector(nassType(0.9, d(7, 14))).grade).toBe(3);
    const p = vector(nassType(0.4, d(5, 9))).p;
    expect((p[2] ?? 0) + (p[3] ?? 0)).toBeCloseTo(0.4, 9);
    expect(nassType(0.4, null)).toHaveProperty('abstained');
    expect(nassType({ abstained: 'dark' }, d(5, 9))).toEqual({ abstained: 'dark' });
    const tissue = { ...d(5, 6), behindCorners: d(5, 6) };
    const beside = (leftMm: number): LateralProfile => ({
      slices: [{ z: 3, leftMm, at: tissue }],
      depthMm: 5,
      baseMm: 0,
      widthMm: 8,
      volumeMm3: 100,
      focal: true,
      zone: 'central',
      zoneEndsMm: [3, 11],
      side: 'left',
      apex: { z: 3, at: tissue },
    });
    expect([0, -7, 15].map((at) => vector(msuZone(beside(at), true)).grade)).toEqual([1, 2, 3]);
    expect(msuZone(null, true)).toEqual({ abstained: expect.stringContaining('axial series') });
    expect(msuZone(beside(0), false)).toEqual({ abstained: expect.stringContaining('no focal') });
  });
  it('gives Schizas from the axial sac and passes an abstention on', () => {
    const sac = (areaMm2: number, fluidShare: number) =>
      vector(
        schizas({
          sac: {
            slice: 0,
            areaMm2,
            errorMm2: 5,
            apMm: 10,
            widthMm: 14,
            fluidShare,
            frontFluidShare: 1,
            box: [0, 0, 1, 1],
          },
        }),
      ).grade;
    expect([sac(170, 0.8), sac(80, 0.5), sac(55, 0.2), sac(25, 0.1)]).toEqual([1, 2, 3, 4]);
    expect(schizas({ abstained: 'x' })).toEqual({ abstained: 'x' });
  });
  it('lets Pfirrmann rise as signal and height fall, for every disc', () => {
    const model = SHIPPED_DISC_RULES.models.pfirrmann;
    let before = 0;
    for (const [logSignalRatio, heightRatio, heightIndex] of [
      [-0.3, 1.1, 0.34],
      [-0.8, 1.05, 0.31],
      [-1.4, 1, 0.28],
      [-2, 0.85, 0.22],
      [-2.4, 0.45, 0.1],
    ] as const) {
      const p = ordinalProbabilities(model, { logSignalRatio, heightRatio, heightIndex });
      const mean = p.reduce((a, q, k) => a + q * (k + 1), 0);
      expect(mean).toBeGreaterThan(before);
      before = mean;
    }
    expect(before).toBeGreaterThan(3.4);
  });
});

describe('the grading network', () => {
  const frame = {
    centre: [50, 60] as const,
    posterior: [1, 0] as const,
    superior: [0, -1] as const,
    depthMm: 34,
    upperBody: null,
    lowerBody: null,
  };
  it('crops along the disc with marrow at a fixed value, and flags what is absent', () => {
    const crop = discCrop({ at: (p) => (p[0] > 50 ? 300 : 100), frame, reference: 100 }, null);
    const plane = CROP.width * CROP.height;
    expect(crop[0]).toBeCloseTo(REFERENCE_VALUE, 6);
    expect(crop[CROP.width - 1]).toBeCloseTo(3 * REFERENCE_VALUE, 6);
    expect([crop[plane], crop[2 * plane], crop[3 * plane]]).toEqual([0, 1, 0]);
    // Turned by a right angle, what was behind is now at the right of the crop, what was above at its top.
    const turned = discCrop(
      {
        at: (p) => (p[1] < 60 ? 300 : 100),
        frame: { ...frame, posterior: [0, -1], superior: [-1, 0] },
        reference: 100,
      },
      null,
    );
    expect(turned[CROP.width - 1]).toBeGreaterThan(turned[0] as number);
  });
  it('turns logits into calibrated vectors and leaves out what needs a missing series', async () => {
    const model = GraderModel.parse({
      id: 'g',
      version: '1',
      sha256: '',
      features: [{ name: 'above.x', mean: 1, sd: 2 }],
      outputs: [
        { name: 'a', kind: 'cumulative', field: 'pfirrmann', grades: [1, 2, 3, 4, 5] },
        { name: 'b', kind: 'sigmoid', field: 'herniation', scale: 2, shift: -1 },
        { name: 'c', kind: 'softmax', field: 'modic', grades: [0, 1, 2, 3], needs: ['t1'] },
      ],
    });
    const features = withNeighbours([{ x: 3 }, { x: 5 }]);
    expect(features[0]).toEqual({ x: 3, 'above.x': 5, 'rest.x': 5, 'rel.x': -2, 'share.x': 0.6 });
    const seen: number[] = [];
    const out = await runGrader(
      (_m, inputs) => {
        seen.push(...(inputs.features?.data ?? []));
        return Promise.resolve({
          a: { data: Float32Array.from([3, 1, -1, -3, 3, 1, -1, -3]), dims: [2, 4] },
          b: { data: Float32Array.from([0.5, 2]), dims: [2, 1] },
          c: { data: new Float32Array(8), dims: [2, 4] },
        });
      },
      model,
      features.map((f, i) => ({
        crop: new Float32Array(4 * 72 * 96),
        wide: { t2: null, t1: null },
        features: f,
        has: { t1: i === 1, t2: true },
      })),
    );
    expect(seen).toEqual([2, 0]);
    expect(out[0]?.pfirrmann?.p.reduce((x, y) => x + y, 0)).toBeCloseTo(1, 9);
    expect(out[0]?.herniation?.p[1]).toBeCloseTo(0.5, 9);
    expect(out[0]?.modic).toBeUndefined();
    expect(out[1]?.modic?.p).toEqual([0.25, 0.25, 0.25, 0.25]);
    await expect(
      runGrader(() => Promise.resolve({}), model, [
        {
          crop: new Float32Array(4 * 72 * 96),
          wide: { t2: null, t1: null },
          features: {},
          has: { t1: false, t2: true },
        },
      ]),
    ).rejects.toThrow('no output');
  });
});
