import {
  type LevelFindings,
  type LevelMeasures,
  LUMBAR_DISCS_FROM_BELOW,
  type SpineFindings,
} from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { compareStudies, followStudies } from './compare.ts';

const measures = (m: Record<string, number>) => m as unknown as LevelMeasures;

function study(date: string, perLevel: readonly Record<string, number>[], offset = 0): SpineFindings {
  return {
    schema: 'foramen.findings/1',
    studyDate: date,
    series: [],
    enumeration: { confidence: 0.95, lumbarCount: 5, transitional: 'none', because: [] },
    levels: perLevel.map(
      (m, i): LevelFindings => ({
        level: LUMBAR_DISCS_FROM_BELOW[i + offset] as LevelFindings['level'],
        indexFromBottom: i + 1,
        confidence: 0.95,
        measures: measures(m),
        because: { slice: 0, box: [0, 0, 0, 0], models: [] },
      }),
    ),
    vertebrae: [],
    limits: [],
    models: [],
  };
}

const heights = [10, 12, 9, 8, 6];
const base = heights.map((h, i) => ({
  heightMiddleMm: h,
  depthMm: 33 + (i % 2) * 3,
  segmentalAngleDeg: 18 - 5 * i,
  bulgeMm: 0.5,
}));
const withHerniation = (ap: number, area: number) =>
  base.map((m, i) => (i === 1 ? { ...m, bulgeMm: ap, herniationApMm: ap, herniationAreaMm2: area } : m));

describe('comparison of studies', () => {
  it('calls a herniation shrunk only beyond its detectable change', () => {
    const was = study('2025-01-01', withHerniation(8, 70));
    const little = compareStudies(was, study('2025-04-01', withHerniation(7, 60)));
    expect(little.levels[1]?.herniation).toBe('stable');
    const much = compareStudies(was, study('2025-07-01', withHerniation(4, 30)));
    expect(much.levels[1]?.herniation).toBe('shrunk');
    expect(compareStudies(was, study('2026-01-01', withHerniation(1, 2))).levels[1]?.herniation).toBe(
      'resolved',
    );
    expect(much.levels[0]?.herniation).toBe('none');
  });
  it('calls it shrunk or grown where depth at the disc and the sac behind it speak together, each beyond its own limit', () => {
    const at = (ap: number, bulge: number, canal: number) =>
      study(
        '2025-01-01',
        withHerniation(ap, 25).map((m, i) => (i === 1 ? { ...m, bulgeMm: bulge, canalApMm: canal } : m)),
      );
    const verdict = (a: SpineFindings, b: SpineFindings) => compareStudies(a, b).levels[1];
    const [deep, flat] = [at(6.1, 6.1, 8), at(3.1, 0.9, 13.1)];
    expect(verdict(deep, flat)?.herniation).toBe('shrunk');
    expect(verdict(deep, flat)?.because).toMatch(
      /depth at the disc .*, and its sac behind it .*detectable ±4.9/,
    );
    expect(verdict(flat, deep)?.herniation).toBe('grown');
    expect(verdict(deep, at(3.1, 0.9, 8.5))?.herniation).toBe('stable');
    expect(verdict(deep, at(5.5, 5.5, 13.1))?.herniation).toBe('stable');
  });
  it('says grown and appeared', () => {
    expect(
      compareStudies(study('a', withHerniation(4, 30)), study('b', withHerniation(8, 75))).levels[1]
        ?.herniation,
    ).toBe('grown');
    expect(
      compareStudies(study('a', withHerniation(1, 3)), study('b', withHerniation(8, 75))).levels[1]
        ?.herniation,
    ).toBe('appeared');
  });
  it('notices that one study is numbered a level off', () => {
    const shifted = study('b', [
      { heightMiddleMm: 3, depthMm: 20, segmentalAngleDeg: 2, bulgeMm: 0 },
      ...base,
    ]);
    const c = compareStudies(study('a', base), shifted);
    expect(c.limits[0]).toContain('numbering');
    expect(c.levels.every((l) => l.changes.every((m) => m.verdict === 'unchanged'))).toBe(true);
  });
  it('follows a measure over three studies, unknown staying unknown', () => {
    const gap = withHerniation(6, 50).map(({ bulgeMm: _, ...m }) => m);
    const course = followStudies([
      study('1', withHerniation(9, 90)),
      study('2', gap),
      study('3', withHerniation(2, 5)),
    ]);
    const bulge = course.courses.find((c) => c.level === 'L4-L5' && c.measure === 'bulgeMm');
    expect(bulge?.values).toEqual([9, null, 2]);
    expect(bulge?.verdicts).toEqual(['baseline', 'not-measured', 'smaller']);
    expect(course.steps).toHaveLength(2);
  });
  it('knows a herniation as resolved when only a little displacement is left to measure', () => {
    const gone = base.map((m, i) => (i === 1 ? { ...m, bulgeMm: 0.04 } : m));
    const was = study('2026-01-01', withHerniation(6, 41));
    const now = study('2026-10-01', gone);
    expect(compareStudies(was, now).levels[1]?.herniation).toBe('resolved');
    const depth = followStudies([was, now]).courses.find(
      (c) => c.level === 'L4-L5' && c.measure === 'herniationApMm',
    );
    expect(depth?.values).toEqual([6, 0.04]);
    expect(depth?.verdicts).toEqual(['baseline', 'smaller']);
  });
});
