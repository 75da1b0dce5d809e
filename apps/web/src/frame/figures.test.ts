import { describe, expect, it } from 'vitest';
import { ahead, instrumentName, interval, spelt, words } from './figures.ts';

describe('figures on a screen', () => {
  it('round no end of an interval to none or to certain', () => {
    expect([interval([0.004, 0.15]), interval([0, 0.08]), interval([0.9, 0.996])]).toEqual([
      '<1–15%',
      '0–8%',
      '90–>99%',
    ]);
  });

  it('tell time ahead in the words of the trials', () => {
    expect([1, 6, 12, 26, 52, 104].map((weeks) => ahead(weeks))).toEqual([
      '1 week',
      '6 weeks',
      '12 weeks',
      '6 months',
      '1 year',
      '2 years',
    ]);
    expect([1, 26, 104].map((weeks) => ahead(weeks, 'es'))).toEqual(['1 semana', '6 meses', '2 años']);
  });

  it('spell keys as the field does', () => {
    expect(words('cauda-equina')).toBe('Cauda equina');
    expect(words('nsaid')).toBe('NSAID');
    expect(spelt('odi-30-percent')).toBe('ODI 30 percent');
    expect(words('modified-pfirrmann')).toBe('Modified Pfirrmann');
    expect(['odi', 'phq-9', 'start-back', 'eq-5d-5l'].map(instrumentName)).toEqual([
      'ODI',
      'PHQ-9',
      'STarT Back',
      'EQ-5D-5L',
    ]);
  });
});
