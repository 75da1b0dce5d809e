import { describe, expect, it } from 'vitest';
import { joined } from './joined-answers.ts';

const base = { symptoms: { backPainNrs: 3, freeText: 'It hurts.' }, history: { smoking: 'never' } };

describe('answers of two windows', () => {
  it('are joined one by one: what only one of them changed is taken from it', () => {
    const mine = { symptoms: { ...base.symptoms, legPainNrs: 6 }, history: base.history };
    const theirs = { symptoms: { ...base.symptoms, backPainNrs: 5 }, person: { ageYears: 50 }, history: {} };
    expect(joined(base, mine, theirs)).toEqual({
      answers: {
        symptoms: { backPainNrs: 5, freeText: 'It hurts.', legPainNrs: 6 },
        person: { ageYears: 50 },
        history: {},
      },
      differ: [],
    });
  });

  it('keep both where both told in their own words, and once where one goes on from the other', () => {
    const told = (freeText: string) => ({ symptoms: { freeText } });
    const start = told('It hurts.');
    expect(joined(start, told('It hurts. Left leg.'), told('It hurts. Since May.')).answers).toEqual(
      told('It hurts. Left leg.\nSince May.'),
    );
    expect(joined(start, told('It hurts. Left'), told('It hurts. Left leg.')).answers).toEqual(
      told('It hurts. Left leg.'),
    );
  });

  it('told back and forth say each thing once', () => {
    const told = (freeText: string) => ({ symptoms: { freeText } });
    const second = joined(told('X.'), told('X. Two.'), told('X. One.')).answers;
    expect(second).toEqual(told('X. Two.\nOne.'));
    expect(joined(told('X. One.'), told('X. One. More.'), second).answers).toEqual(
      told('X. One. More.\nTwo.'),
    );
  });

  it('of what both changed otherwise this window’s stands, and the other’s is told', () => {
    const mine = { symptoms: { ...base.symptoms, backPainNrs: 7 } };
    const theirs = { symptoms: { ...base.symptoms, backPainNrs: 4 }, history: base.history };
    const both = joined(base, mine, theirs);
    expect(both.answers).toMatchObject({ symptoms: { backPainNrs: 7 } });
    expect(both.differ).toEqual([{ path: 'symptoms.backPainNrs', theirs: 4 }]);
    expect(both.answers).not.toHaveProperty('history');
  });

  it('of windows that began from nothing hold what either said', () => {
    expect(
      joined(
        {},
        { date: '2026-11-24', person: { ageYears: 4 } },
        { date: '2026-11-24', person: { sex: 'female' } },
      ),
    ).toEqual({
      answers: { date: '2026-11-24', person: { ageYears: 4, sex: 'female' } },
      differ: [],
    });
  });
});
