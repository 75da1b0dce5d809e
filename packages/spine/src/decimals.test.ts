import { describe, expect, it } from 'vitest';
import { decimals, percent, signed, withUnit } from './decimals.ts';

describe('decimals', () => {
  it.each([
    [-0.3, 0, '0'],
    [-0.04, 1, '0.0'],
    [-0, 2, '0.00'],
    [-0.5, 0, '-1'],
    [-0.06, 1, '-0.1'],
    [0.04, 1, '0.0'],
    [12.345, 1, '12.3'],
    [-6, 0, '-6'],
  ])('writes %d with %i decimals as %s', (value, digits, text) => {
    expect(decimals(value, digits)).toBe(text);
  });

  it('gives a change its sign, and none to one that rounds to nothing', () => {
    expect([1.26, -1.26, 0.04, -0.04].map((v) => signed(v, 1))).toEqual(['+1.3', '-1.3', '0.0', '0.0']);
  });

  it('stand with their unit as they are read', () => {
    expect([withUnit('12.3', 'mm'), withUnit('31', '%'), withUnit('40', '°'), withUnit('0.30', '')]).toEqual([
      '12.3 mm',
      '31%',
      '40°',
      '0.30',
    ]);
  });

  it('never round a chance to none or to certain', () => {
    expect([0, 0.004, 0.5, 0.996, 1].map(percent)).toEqual(['0%', '<1%', '50%', '>99%', '100%']);
  });
});
