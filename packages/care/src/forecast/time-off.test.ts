import { parameter, recordOf } from '@foramen/evidence';
import { describe, expect, it } from 'vitest';
import { backAfter, COHORTS, cohortOffWork, weeksOff } from './time-off.ts';

const published = (weeks: number) => {
  const r = recordOf('natural-history', `natural/care-return-to-work-${weeks}`);
  return [r.estimate, r.interval![0], r.interval![1]] as const;
};

describe('back at work among people off work', () => {
  it('is what the cohorts found at their own weeks, and nothing before the first day', () => {
    expect(COHORTS).toHaveLength(3);
    const cohort = cohortOffWork(undefined);
    for (const weeks of [4, 26, 52]) expect(cohort(weeks)).toEqual(published(weeks));
    expect(cohort(0)).toEqual([0, 0, 0]);
    expect(cohort(-3)).toEqual([0, 0, 0]);
    const [a, b] = [published(4), published(26)];
    expect(cohort(15)[0]).toBeCloseTo((a[0] + b[0]) / 2, 10);
  });

  it('is less for those who are off already, and as much less sure as fewer are left', () => {
    const [all] = published(4);
    const [p, lo, hi] = published(26);
    const [mean, low, high] = cohortOffWork(4)(22);
    expect(mean).toBeCloseTo((p - all) / (1 - all), 10);
    expect(low).toBeCloseTo(Math.max(0, mean - (p - lo) / (1 - all)), 10);
    expect(high).toBeCloseTo(Math.min(1, mean + (hi - p) / (1 - all)), 10);
  });

  it('stays a chance with its interval about it, whatever went before', () => {
    for (const off of [0, 1, 4, 12, 26, 40, 400]) {
      let before = 0;
      for (const weeks of [1, 4, 12, 26, 52, 104]) {
        const [mean, lo, hi] = cohortOffWork(off)(weeks);
        expect(0 <= lo && lo <= mean && mean <= hi && hi <= 1, `${off} ${weeks}`).toBe(true);
        expect(mean).toBeGreaterThanOrEqual(before);
        before = mean;
      }
    }
  });
});

describe('back at work after an operation', () => {
  const middle = (weeks: readonly number[]): number =>
    (weeks[weeks.length / 2 - 1]! + weeks[weeks.length / 2]!) / 2;

  it('puts half of the people back at the median, sooner at a desk and later with heavy work', () => {
    const { weeks, id } = weeksOff('discectomy-open');
    expect(id).toBe('parameter/care-weeks-off-discectomy-open');
    const any = backAfter('discectomy-open', 'medium')!;
    expect(middle(any.typical) / weeks).toBeCloseTo(1, 1);
    for (const load of ['light', 'heavy'])
      expect(middle(backAfter('discectomy-open', load)!.typical) / middle(any.typical)).toBeCloseTo(
        parameter(`care-time-off-${load}`).value,
        6,
      );
    expect(middle(any.fast)).toBeLessThan(middle(any.typical));
    expect(middle(any.slow)).toBeGreaterThan(middle(any.typical));
  });

  it('has the share back that the registry counted at its horizon', () => {
    const registry = recordOf('natural-history', 'natural/rtw-surgery-13');
    const { typical } = backAfter('discectomy-open', 'medium')!;
    const back = typical.filter((w) => w <= registry.horizonWeeks!).length / typical.length;
    expect(Math.abs(back - registry.estimate)).toBeLessThanOrEqual(1 / typical.length);
  });

  it('is nothing for what keeps nobody from work', () => {
    expect(backAfter('nsaid', 'heavy')).toBeNull();
    expect(weeksOff('nsaid')).toEqual({ weeks: 0, id: null });
  });
});
