import { isGrade } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { AxialLevel } from '../measures/axial-level.ts';
import { leeCentral } from './central-stenosis.ts';
import { recessGrade } from './lateral-recess.ts';
import { msuSize } from './msu-size.ts';
import { goutallier } from './muscle-fat.ts';

const fat = (share: number, error = 0.03) => goutallier({ share, error, areaMm2: 500, slice: 3 });
const recess = (depthMm: number, errorMm = 0.6) => recessGrade({ side: 'left', depthMm, errorMm, slice: 1 });
const sac = (areaMm2: number, fluidShare: number, frontFluidShare: number) =>
  leeCentral({
    sac: {
      slice: 0,
      areaMm2,
      errorMm2: 5,
      apMm: 12,
      widthMm: 14,
      fluidShare,
      frontFluidShare,
      box: [0, 0, 9, 9],
    },
  });
const grade = (g: ReturnType<typeof fat>): number => (isGrade(g) ? g.grade : -1);
const level = (depthMm: number): AxialLevel => {
  const facet = (side: 'left' | 'right') => ({
    side,
    angleDeg: 45,
    errorDeg: 3,
    slices: 3,
    slice: 2,
    latMm: 16,
    depthMm,
  });
  return {
    sac: { abstained: 'not asked' },
    muscles: { abstained: 'not asked' },
    facets: { left: facet('left'), right: facet('right') },
    recesses: { left: { side: 'left', abstained: '' }, right: { side: 'right', abstained: '' } },
    boneFrom: 'axial-T2',
    places: { facets: {}, recesses: {} },
  };
};

describe('grades of the axial plane', () => {
  it('Goutallier rises with fat, is shared near a limit, and flatter when the reading is worse', () => {
    expect([0.02, 0.18, 0.35, 0.5, 0.75].map((s) => grade(fat(s)))).toEqual([0, 1, 2, 3, 4]);
    const edge = fat(0.25);
    expect(isGrade(edge) && Math.abs((edge.p[1] ?? 0) - (edge.p[2] ?? 0))).toBeLessThan(0.02);
    const sure = fat(0.7, 0.02);
    const unsure = fat(0.7, 0.15);
    expect(isGrade(sure) && isGrade(unsure) && (sure.p[4] ?? 0) - (unsure.p[4] ?? 0)).toBeGreaterThan(0.05);
    for (const g of [edge, sure, unsure]) {
      expect(isGrade(g) && g.p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
  });

  it('recess by depth: 5 mm is normal, 3 mm narrow, 2 mm severe', () => {
    expect([6.5, 4, 2.5, 1].map((d) => grade(recess(d)))).toEqual([0, 1, 2, 3]);
    expect(recessGrade({ side: 'left', abstained: 'no plane' })).toEqual({ abstained: 'no plane' });
  });

  it('Lee central: fluid in front, roots apart, roots bundled, no fluid', () => {
    expect(grade(sac(170, 0.9, 0.97))).toBe(0);
    expect(grade(sac(88, 0.7, 0.4))).toBe(1);
    expect(grade(sac(60, 0.4, 0.2))).toBe(2);
    expect(grade(sac(30, 0.1, 0.05))).toBe(3);
  });

  it('MSU size against the line between the joints', () => {
    // Front inner ends of the joints lie 8 mm behind the wall.
    const at = level(8 + 7 * Math.cos(Math.PI / 4));
    expect([2.5, 6, 10].map((ap) => grade(msuSize(ap, at)))).toEqual([1, 2, 3]);
    expect(msuSize(null, at)).toEqual({ abstained: expect.stringContaining('no focal herniation') });
    const half = { ...at, facets: { ...at.facets, right: { side: 'right', abstained: 'no line' } as const } };
    expect(msuSize(5, half)).toEqual({ abstained: 'no line' });
  });
});
