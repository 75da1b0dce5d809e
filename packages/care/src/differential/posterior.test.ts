import { EVIDENCE, recordsOf } from '@foramen/evidence';
import type { Enumeration } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { boundByAgreement } from '../roots/agreement.ts';
import { exitingRoot, rootsAt, traversingRoot } from '../roots/root-map.ts';
import { CONDITIONS } from './condition.ts';
import { expectedChange } from './next-test.ts';
import { posterior, shrunkSum } from './posterior.ts';
import { probableRatio } from './readings.ts';

const RULES = { second: 0.5, further: 0.25, cap: 0.9, rest: 'rest', priorError: 0 };

describe('a probable result', () => {
  it('is the sure ratio at its ends and says nothing where it is as likely as in everybody', () => {
    const [plus, minus, prior] = [10, 0.84, 0.12];
    expect(probableRatio(1, plus, minus, prior)).toBe(plus);
    expect(probableRatio(0, plus, minus, prior)).toBe(minus);
    const sensitivity = (plus * (1 - minus)) / (plus - minus);
    const everybody = prior * sensitivity + (1 - prior) * (sensitivity / plus);
    expect(probableRatio(everybody, plus, minus, prior)).toBeCloseTo(1, 12);
    expect(probableRatio(0.5, plus, minus, prior)).toBeLessThan(0.5 * plus + 0.5 * minus);
    // A site may give a condition no base rate.
    expect(probableRatio(0.5, plus, minus, 0)).toBeCloseTo(5.42, 12);
  });
});

describe('posterior', () => {
  it('is Bayes for a single test', () => {
    const out = posterior(
      new Map([
        ['a', 0.2],
        ['rest', 0.8],
      ]),
      [{ condition: 'a', group: 'g', log: Math.log(4), error: 0 }],
      RULES,
    );
    // 0.2 x 4 against 0.8: even odds.
    expect(out[0]?.p).toBeCloseTo(0.5, 12);
    expect(out[0]?.interval).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  });

  it('shrinks correlated tests: the strongest in full, the second at half, the rest at a quarter', () => {
    const r = (value: number) => ({ group: 'g', log: Math.log(value), error: 0 });
    expect(shrunkSum([r(2), r(10), r(3), r(1.5)], RULES).log).toBeCloseTo(
      Math.log(10) + 0.5 * Math.log(3) + 0.25 * Math.log(2) + 0.25 * Math.log(1.5),
      12,
    );
    const apart = shrunkSum(
      [
        { group: 'g', log: 1, error: 0 },
        { group: 'h', log: 1, error: 0 },
      ],
      RULES,
    );
    expect(apart.log).toBe(2);
  });

  it('caps a specific condition and gives the rest to the others in proportion', () => {
    const out = posterior(
      new Map([
        ['a', 0.5],
        ['b', 0.2],
        ['rest', 0.3],
      ]),
      [{ condition: 'a', group: 'g', log: 9, error: 0.2 }],
      RULES,
    );
    expect(out[0]?.p).toBe(0.9);
    expect(out.reduce((s, w) => s + w.p, 0)).toBeCloseTo(1, 12);
    expect(out[1]!.p / out[2]!.p).toBeCloseTo(2 / 3, 9);
  });

  it('does not cap the class that holds what is left', () => {
    const out = posterior(
      new Map([
        ['a', 0.01],
        ['rest', 0.99],
      ]),
      [],
      RULES,
    );
    expect(out[1]?.p).toBeCloseTo(0.99, 12);
  });

  it('widens with the interval of the ratio', () => {
    const width = (error: number): number => {
      const [a] = posterior(
        new Map([
          ['a', 0.2],
          ['rest', 0.8],
        ]),
        [{ condition: 'a', group: 'g', log: 1, error }],
        RULES,
      );
      return a!.interval[1] - a!.interval[0];
    };
    expect(width(0.6)).toBeGreaterThan(width(0.2));
  });
});

describe('next tests', () => {
  it('is worth nothing when the result does not depend on the cause, and most when it settles it', () => {
    const now = [0.5, 0.5];
    expect(
      expectedChange(now, [
        [0.3, 0.3],
        [0.7, 0.7],
      ]),
    ).toBeCloseTo(0, 12);
    expect(
      expectedChange(now, [
        [1, 0],
        [0, 1],
      ]),
    ).toBeCloseTo(0.5, 12);
    expect(
      expectedChange(
        [1, 0],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toBeCloseTo(0, 12);
  });
});

describe('base rates and roots', () => {
  it('has a base rate for every condition and setting, summing to 1', () => {
    for (const setting of ['primary', 'specialist']) {
      const rows = recordsOf('base-rate', EVIDENCE).filter(
        (r) => r.id.startsWith('base-rate/care-') && r.setting === setting,
      );
      expect(rows.map((r) => r.condition).sort()).toEqual([...CONDITIONS].sort());
      expect(rows.reduce((s, r) => s + r.estimate, 0)).toBeCloseTo(1, 6);
    }
  });

  it('knows traversing and exiting roots', () => {
    expect([traversingRoot('L4-L5'), exitingRoot('L4-L5')]).toEqual(['L5', 'L4']);
    expect([traversingRoot('L5-S1'), exitingRoot('L5-S1')]).toEqual(['S1', 'L5']);
    expect(traversingRoot('L6-S1')).toBe('S2');
  });

  it('splits belief over roots where zone or numbering is in doubt', () => {
    const sure: Enumeration = { confidence: 1, lumbarCount: 5, transitional: 'none', because: [] };
    expect(rootsAt('L4-L5', 'subarticular', sure)).toEqual([{ root: 'L5', share: 1 }]);
    expect(rootsAt('L4-L5', 'foraminal', sure)).toEqual([{ root: 'L4', share: 1 }]);
    expect(rootsAt('L4-L5', 'unknown', sure).map((r) => r.root)).toEqual(['L5', 'L4']);
    const doubt: Enumeration = { ...sure, transitional: 'sacralised-L5' };
    const shares = rootsAt('L4-L5', 'subarticular', doubt);
    expect(shares.map((r) => r.root).sort()).toEqual(['L4', 'L5', 'S1']);
    expect(shares.reduce((s, r) => s + r.share, 0)).toBeCloseTo(1, 12);
  });

  it('never lets a reading be surer than readers agree', () => {
    expect(boundByAgreement(0.99, 0.47)).toBeCloseTo(0.735, 12);
    expect(boundByAgreement(0.1, 0.47)).toBe(0.1);
  });
});
