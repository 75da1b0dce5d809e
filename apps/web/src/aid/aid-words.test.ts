import { fernandezHuerta, fleschKincaidGrade } from '@foramen/care';
import { describe, expect, it } from 'vitest';
import { type Language, WORDS } from './aid-words.ts';

/** Whole sentences of the aid around the statements; labels of one or two words carry no grade. */
function sentences(language: Language): readonly string[] {
  const words = WORDS[language];
  const said = [
    ...Object.values(words).filter((value): value is string => typeof value === 'string'),
    words.commonWithoutPain(42),
    words.commonWithoutPain(null),
    words.between(28, 66),
    ...Object.values(words.outcome).map((outcome) => `47 ${outcome} ${words.inWeeks(6)}.`),
  ];
  // The heading over the international standard speaks to who checks the aid.
  return said.filter((text) => text !== words.questions && text.split(/\s+/).length >= 4);
}

describe('the words of the decision aid', () => {
  it('are read at grade six or below in English, and easily in Spanish', () => {
    expect(sentences('en').length).toBeGreaterThan(12);
    const hard = sentences('en').filter((text) => fleschKincaidGrade(text) > 6);
    expect(hard.map((text) => `${fleschKincaidGrade(text).toFixed(1)} ${text}`)).toEqual([]);
    const difficult = sentences('es').filter((text) => fernandezHuerta(text) < 70);
    expect(difficult.map((text) => `${fernandezHuerta(text).toFixed(0)} ${text}`)).toEqual([]);
  });

  it('count time as people do, and give no range where there is none', () => {
    expect(WORDS.en.inWeeks(6)).toBe('after 6 weeks');
    expect(WORDS.en.inWeeks(52)).toBe('after 1 year');
    expect(WORDS.es.inWeeks(104)).toBe('tras 2 años');
    expect(WORDS.es.inWeeks(26)).toBe('tras 6 meses');
    expect(WORDS.en.between(3, 3)).toBe('');
    expect(WORDS.en.between(3, 4)).toBe('It may be from 3 to 4.');
  });
});
