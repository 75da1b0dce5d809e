import { describe, expect, it } from 'vitest';
import { readGrade } from './grade-reading.ts';

const ROMAN = ['I', 'II', 'III', 'IV', 'V'];

describe('a grade as it is put to a reader', () => {
  it('says nothing more where the most probable grade is named', () => {
    const r = readGrade({ grade: 3, p: [0.01, 0.09, 0.82, 0.06, 0.02] }, ROMAN, 1);
    expect(r).toMatchObject({ named: 2, likeliest: 2, range: [2, 2], because: null });
    expect(r.expected).toBeCloseTo(2.99, 9);
  });

  it('gives expected grade, range and the reason where cut points name a less probable one', () => {
    const cuts = [1.792, 2.559, 3.34, 4.154];
    const r = readGrade({ grade: 5, p: [0, 0.02, 0.06, 0.63, 0.29], cuts }, ROMAN, 1);
    expect(r).toMatchObject({ named: 4, likeliest: 3, range: [3, 4] });
    expect(r.rangeP).toBeCloseTo(0.92, 9);
    expect(r.because).toBe(
      'Named V although IV alone is likelier (63%): the expected grade is 4.19, and expert readers say V from 4.15.',
    );
    const low = readGrade({ grade: 1, p: [0.4, 0.6, 0, 0, 0], cuts }, ROMAN, 1);
    expect(low.because).toContain('expert readers say I up to 1.8');
  });

  it('explains a median, and always holds the named grade in its range', () => {
    const r = readGrade({ grade: 2, p: [0.4, 0.15, 0.45] }, ['0', '1', '2'], 1);
    expect(r.because).toContain('half of the probability');
    for (const grade of [1, 2, 3, 4, 5]) {
      const { range, named, rangeP } = readGrade({ grade, p: [0.5, 0.1, 0.1, 0.1, 0.2] }, ROMAN, 1);
      expect(range[0]).toBeLessThanOrEqual(named);
      expect(range[1]).toBeGreaterThanOrEqual(named);
      expect(rangeP).toBeGreaterThanOrEqual(0.8 - 1e-9);
    }
  });
});
