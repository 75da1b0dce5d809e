import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { bareCase } from '../bare-case.fixture.ts';
import { education } from './education.ts';

const told = (intake: object): readonly string[] => {
  const patient = bareCase({ schema: 'foramen.intake/1', ...intake } as unknown as Intake);
  return education(patient, assess(patient)).map((s) => s.key);
};
const back = { backPainNrs: 5, durationWeeks: 20 };

describe('education', () => {
  it('tells of moving and of a strong back where nothing is in danger', () =>
    expect(told({ person: { ageYears: 50 }, symptoms: back })).toContain('education.hurt-harm'));

  it.each([
    ['cauda equina', { person: { ageYears: 50 }, symptoms: { ...back, saddleNumbness: 'yes' } }],
    ['a fracture', { person: { ageYears: 78 }, symptoms: back, history: { recentTrauma: 'severe' } }],
    ['fever', { person: { ageYears: 50 }, symptoms: { ...back, fever: 'yes' } }],
    [
      'a foot that drops',
      {
        person: { ageYears: 50 },
        symptoms: back,
        examination: { motorLeft: { ankleDorsiflexion: 2 } },
      },
    ],
    ['a child', { person: { ageYears: 14 }, symptoms: back }],
    [
      'a wish to die',
      { person: { ageYears: 50 }, symptoms: { ...back, freeText: 'I want to end my life.' } },
    ],
  ])('says nothing of the kind with %s', (_, intake) => {
    const keys = told(intake);
    for (const key of ['education.stay-active', 'education.hurt-harm', 'education.work']) {
      expect(keys).not.toContain(key);
    }
  });

  it('still tells whoever takes an opioid what to know of it', () =>
    expect(
      told({
        person: { ageYears: 50 },
        symptoms: { ...back, fever: 'yes' },
        medications: [{ name: 'oxycodone' }],
      }),
    ).toEqual(['education.opioids']));
});
