import { describe, expect, it } from 'vitest';
import { gradeOf, rootGrades, sacGrades } from './contact-grade.ts';

const room = (clearanceMm: number, displacedMm = 6) => ({
  clearanceMm,
  displacedMm,
  sdMm: 1.2,
  missed: 0.04,
});

describe('grades of contact', () => {
  it('go from none to compression as tissue takes the place of a root, and always sum to one', () => {
    const grades = [4, -0.2, -3, -6.5].map((mm) => gradeOf(rootGrades(room(mm))).grade);
    expect(grades).toEqual(['none', 'contact', 'deviation', 'compression']);
    for (let mm = -8; mm <= 8; mm += 0.5) {
      const p = rootGrades(room(mm));
      expect(p.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
    }
  });

  it('do not call the ordinary edge of a disc a contact, however near the root lies', () => {
    expect(gradeOf(rootGrades(room(0, 0.5))).grade).toBe('none');
    expect(gradeOf(sacGrades({ gapMm: 0.2, displacedMm: 0.4, pushedMm: 0, apShare: 1 })).grade).toBe('none');
  });

  it('never deny a contact more surely than such pictures can', () => {
    expect(rootGrades({ ...room(8, 0), missed: 0.1 })[0]).toBeLessThanOrEqual(0.9);
  });

  it('tell a sac that is touched from one that is pushed and one that is pressed flat', () => {
    const sac = (pushedMm: number, apShare: number) =>
      gradeOf(sacGrades({ gapMm: 0, displacedMm: 5, pushedMm, apShare })).grade;
    expect(sac(0, 1)).toBe('contact');
    expect(sac(3.5, 0.9)).toBe('deviation');
    expect(sac(5, 0.4)).toBe('compression');
    // A network draws ligament and dura thick; a wall that has given way was still met.
    const drawn = sacGrades({ gapMm: 2, displacedMm: 8.3, pushedMm: 5.6, apShare: 0.71 });
    expect(gradeOf(drawn)).toMatchObject({ grade: 'deviation' });
    const sound = sacGrades({ gapMm: 1.9, displacedMm: 0.8, pushedMm: 0, apShare: 0.98 });
    expect(gradeOf(sound)).toMatchObject({ grade: 'none' });
  });
});
