import { EVIDENCE } from '@foramen/evidence';
import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { appraise, benefitOf } from './appraise.ts';
import { elicitedWeights, rankOptions, weightReasons } from './ranking.ts';
import { planView } from './view.ts';

const sciatica: Intake = {
  person: { ageYears: 44 },
  symptoms: { legPainNrs: 8, backPainNrs: 3, legPainSide: 'left', durationWeeks: 10 },
};
const view = planView(bareCase(sciatica), null, EVIDENCE);
const appraised = appraise(view);
const ranked = (weights: Parameters<typeof rankOptions>[2]) => rankOptions(view, appraised, weights);

describe('the weights a patient gave', () => {
  const given = (weights: NonNullable<Intake['goals']>['weights']) =>
    elicitedWeights(bareCase({ ...sciatica, goals: { weights } }));

  it('are only those that were given; none, or nothing but zeros, is no weighing', () => {
    expect(elicitedWeights(bareCase(sciatica))).toBeNull();
    expect(given({})).toBeNull();
    expect(given({ painRelief: 0, work: 0 })).toBeNull();
    expect(given({ painRelief: 8, work: 0 })).toEqual({ painRelief: 8, work: 0 });
  });

  it('stand as reasons at their own places', () => {
    expect(weightReasons({ painRelief: 8, work: 0 })).toEqual([
      { kind: 'fact', path: 'intake.goals.weights.painRelief', text: 'painRelief: 8' },
      { kind: 'fact', path: 'intake.goals.weights.work', text: 'work: 0' },
    ]);
  });
});

describe('ranking', () => {
  it('has only eligible options, the best first, and no rank for a gap', () => {
    const order = ranked({ painRelief: 5, avoidSurgery: 5 });
    expect(order.length).toBeGreaterThan(2);
    expect(order.every((r) => r.appraised.eligible)).toBe(true);
    expect(order[0]!.rank).toBe(1);
    order.forEach((r, i) => {
      expect(r.rank === i + 1 || r.rank === order[i - 1]!.rank, r.appraised.option.id).toBe(true);
      if (i > 0 && order[i - 1]!.stepped === undefined && r.stepped === undefined)
        expect(r.score).toBeLessThanOrEqual(order[i - 1]!.score);
    });
  });

  it('gives each goal the utility that its definition says', () => {
    for (const r of ranked({
      painRelief: 1,
      function: 1,
      speed: 1,
      avoidSurgery: 1,
      avoidOpioids: 1,
      lowRisk: 1,
    })) {
      const { option } = r.appraised;
      const benefit = benefitOf(view, option);
      const inUnit = (x: number): number => Math.min(1, Math.max(0, x));
      expect(r.utility, option.id).toEqual({
        painRelief: inUnit((1 + benefit.pain) / 2),
        function: inUnit((1 + benefit.function) / 2),
        speed: inUnit((1 + benefit.speed) / 2),
        avoidSurgery: option.surgical ? 0 : 1,
        avoidOpioids: option.opioid ? 0 : 1,
        // A harm in a quarter of people is the worst there is.
        lowRisk: inUnit(1 - 4 * benefit.harm),
      });
      expect(r.score).toBeCloseTo(Object.values(r.utility).reduce((sum, u) => sum + u, 0) / 6, 2);
    }
  });

  it('counts weights by their share: doubling all of them changes nothing, a goal of weight 0 does not count', () => {
    const plain = ranked({ painRelief: 2, lowCost: 3 });
    expect(ranked({ painRelief: 4, lowCost: 6 })).toEqual(plain);
    expect(ranked({ painRelief: 2, lowCost: 3, work: 0 })).toEqual(plain);
    for (const r of ranked({ lowCost: 1 })) expect(Object.keys(r.utility)).toEqual(['lowCost']);
  });
});
