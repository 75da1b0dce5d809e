import {
  type LevelFindings,
  LUMBAR_DISCS_FROM_BELOW,
  mm,
  type SpineFindings,
  vertebraAbove,
} from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { compareStudies, followStudies } from './compare.ts';
import { pairDiscs } from './pairing.ts';

/** A person's discs from L5-S1 upwards: height, depth, segmental angle, tilt, distance to the next, height of the body above. */
const PERSON = [
  [8.5, 34, 15, 38, 36, 27],
  [10.6, 35, 10, 15, 37, 28],
  [9.8, 34, 8, 3, 36, 28],
  [8.6, 33, 5, -6, 34, 27],
  [7.2, 32, 3, -12, 32, 26],
  [6, 31, 1, -16, 30, 25],
] as const;

/** The study as it would be read: `from` discs are out of view at the bottom, and what is lowest in view is called L5-S1 unless `sure`. */
function study(
  date: string,
  options: { from?: number; sure?: boolean; noise?: number; confidence?: number; bulge?: number } = {},
): SpineFindings {
  const { from = 0, sure = false, noise = 0, confidence = 0.95, bulge = 1 } = options;
  const jitter = (n: number, scale: number): number => noise * scale * (((n * 7919 + 13) % 17) / 8 - 1);
  let y = 200;
  const levels: LevelFindings[] = [];
  const vertebrae: SpineFindings['vertebrae'][number][] = [];
  const because = { slice: 0, box: [0, 0, 0, 0] as const, models: [] };
  PERSON.forEach(([height, depth, angle, tilt, pitch, body], n) => {
    const centre = y;
    y -= pitch;
    if (n < from) return;
    const level = LUMBAR_DISCS_FROM_BELOW[sure ? n : n - from] as LevelFindings['level'];
    const rise = 15 * Math.tan((tilt * Math.PI) / 180);
    const line = (at: number) =>
      [
        [60, centre + at + rise + jitter(n, 0.5)],
        [90, centre + at - rise],
      ] as const;
    levels.push({
      level,
      indexFromBottom: n - from + 1,
      confidence,
      measures: {
        heightMiddleMm: mm(height + jitter(n, 0.8)),
        depthMm: mm(depth + jitter(n + 3, 1)),
        segmentalAngleDeg: (angle + jitter(n + 5, 2)) as never,
        bulgeMm: mm(n === 1 ? bulge : 1),
        ...(n === 1 && bulge >= 3
          ? { herniationApMm: mm(bulge), herniationAreaMm2: (bulge * 9) as never }
          : {}),
      },
      landmarks: { slice: 0, upper: line(-4), lower: line(4), canal: null, apex: null },
      because,
    });
    vertebrae.push({
      vertebra: vertebraAbove(level),
      confidence,
      heightAnteriorMm: mm(body + jitter(n + 7, 0.6)),
      heightPosteriorMm: mm(body),
      because,
    });
  });
  return {
    schema: 'foramen.findings/1',
    studyDate: date,
    series: [{ role: 'sagittal-T2', size: [320, 320, 15], spacingMm: [1, 1, 4], spacingFrom: 'file' }],
    enumeration: { confidence, lumbarCount: 5, transitional: 'none', because: [] },
    levels,
    vertebrae,
    limits: [],
    models: [],
  };
}

describe('pairing of discs by the shape of the column', () => {
  it('follows the names where shape agrees, and is then surer than they are', () => {
    const p = pairDiscs(study('a', { noise: 1 }), study('b', { confidence: 0.8 }));
    expect(p.namesAgree).toBe(true);
    expect(p.remark).toBeUndefined();
    expect(p.p).toBeGreaterThan(0.95);
  });

  it('a picture that ends above L5-S1, its lowest disc called L5-S1: paired right, and said', () => {
    const short = study('b', { from: 1, noise: 1 });
    for (const [earlier, later] of [
      [study('a'), short],
      [short, study('a')],
    ] as const) {
      const p = pairDiscs(earlier, later);
      expect(p.pairs).toHaveLength(5);
      expect(p.namesAgree).toBe(false);
      const [one, two] = earlier === short ? ['L5-S1', 'L4-L5'] : ['L4-L5', 'L5-S1'];
      expect([p.pairs[0]?.[0].level, p.pairs[0]?.[1].level]).toEqual([one, two]);
      expect(p.remark).toMatch(/L4-L5|L5-S1/);
      expect(p.remark).toContain('numbering of one of them is wrong');
      expect(p.p).toBeGreaterThan(0.8);
    }
  });

  it('fields of view that differ but are named right keep their names', () => {
    const p = pairDiscs(study('a', { from: 1, sure: true, noise: 1 }), study('b'));
    expect(p.namesAgree).toBe(true);
    expect(p.pairs).toHaveLength(5);
    expect(p.remark).toBeUndefined();
  });

  it('without measures the names decide, with no more certainty than they have', () => {
    const bare = (s: SpineFindings): SpineFindings => ({
      ...s,
      vertebrae: [],
      levels: s.levels.map(({ landmarks: _, ...l }) => ({ ...l, measures: {} })),
    });
    const p = pairDiscs(bare(study('a', { confidence: 0.7 })), bare(study('b')));
    expect(p.namesAgree).toBe(true);
    expect(p.p).toBeLessThanOrEqual(0.75);
  });

  it('does not compare the canal and signals over pictures of different weighting, and says so', () => {
    const canal = (s: SpineFindings, ap: number, role: 'sagittal-T1' | 'sagittal-T2'): SpineFindings => ({
      ...s,
      series: s.series.map((one) => ({ ...one, role })),
      levels: s.levels.map((l) => ({ ...l, measures: { ...l.measures, canalApMm: mm(ap) } })),
    });
    const step = compareStudies(canal(study('a'), 14, 'sagittal-T2'), canal(study('b'), 7, 'sagittal-T1'));
    expect(step.levels.some((l) => l.changes.some((c) => c.measure === 'canalApMm'))).toBe(false);
    expect(step.limits[0]).toContain('sagittal-T1');
    const same = compareStudies(canal(study('a'), 14, 'sagittal-T2'), canal(study('b'), 7, 'sagittal-T2'));
    expect(same.levels[0]?.changes.find((c) => c.measure === 'canalApMm')?.verdict).toBe('smaller');
  });

  it('follows a herniation under the newest name whatever the earlier study called the disc', () => {
    const was = study('2025', { from: 1, bulge: 9 });
    const now = study('2026', { bulge: 3.4 });
    const course = followStudies([was, now]);
    const row = course.courses.find((c) => c.level === 'L4-L5' && c.measure === 'herniationApMm');
    expect(row?.values).toEqual([9, 3.4]);
    expect(row?.names).toEqual(['L5-S1', 'L4-L5']);
    expect(row?.verdicts).toEqual(['baseline', 'smaller']);
    const step = compareStudies(was, now);
    expect(step.levels.find((l) => l.level === 'L4-L5')).toMatchObject({
      earlierLevel: 'L5-S1',
      herniation: 'shrunk',
    });
    expect(step.limits[0]).toContain('paired by shape');
    expect(step.limits).toContain('L5-S1 is not in the earlier study');
    // A disc that only the earlier study shows takes its name from those the newest one does.
    const lower = followStudies([now, was]);
    expect(lower.courses.every((c) => c.values.length === 2)).toBe(true);
  });
});
