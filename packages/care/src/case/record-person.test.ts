import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { buildCase } from './build-case.ts';

const now = '2026-11-22';
const built = (person: object, record: { birthDate: string | null; sex: 'female' | 'male' | 'unknown' }) => {
  const intake = { schema: 'foramen.intake/1', person, symptoms: { backPainNrs: 5 } } as unknown as Intake;
  const result = buildCase({ patientId: 'p', now, intake, record });
  if (!result.ok) throw new Error('no case');
  return result.value;
};
const places = (person: object, record: Parameters<typeof built>[1]) =>
  built(person, record)
    .problems.filter((p) => p.code === 'contradiction')
    .map((p) => p.where);

describe('answers beside the record they came into', () => {
  const record = { birthDate: '1980-05-17', sex: 'female' } as const;
  it('are somebody else’s where age or sex is another', () => {
    expect(places({ ageYears: 70, sex: 'male' }, record)).toEqual([
      'intake.person.ageYears',
      'intake.person.sex',
    ]);
    expect(places({ birthDate: '1951-01-01' }, record)).toEqual(['intake.person.birthDate']);
  });

  it('fit within a year, and where either is not known', () => {
    expect(places({ ageYears: 45, sex: 'female' }, record)).toEqual([]);
    expect(places({ ageYears: 70 }, { birthDate: null, sex: 'unknown' })).toEqual([]);
    expect(places({ sex: 'unknown' }, record)).toEqual([]);
  });

  it('are named, and what rests on the age is withheld', () => {
    const { abstained } = assess(built({ ageYears: 70 }, record));
    expect(abstained.map((s) => s.key)).toContain('withheld.contradiction');
  });
});

describe('notes of the diary', () => {
  it('are heard by triage', () => {
    const signals = [{ id: 'd', date: now, kind: 'diary', text: 'Numb between my legs and I cannot pee.' }];
    const result = buildCase({ patientId: 'p', now, intake: { schema: 'foramen.intake/1' }, signals });
    if (!result.ok) throw new Error('no case');
    expect(assess(result.value).triage.urgency).toBe('emergency');
  });
});
