import { describe, expect, it } from 'vitest';
import type { PatientSummary } from '../api/shapes.ts';
import { arrange } from './arrange.ts';

function person(
  name: string,
  urgency: PatientSummary['urgency'],
  ageYears: number | null = 50,
): PatientSummary {
  return {
    id: name,
    name,
    birthDate: null,
    ageYears,
    sex: 'unknown',
    sample: true,
    story: null,
    studies: 1,
    latestStudyDate: null,
    urgency,
    headline: urgency === 'urgent' ? 'Foot drop' : null,
    analysis: { state: 'done', jobId: null, percent: 100, step: null, secondsLeft: null, problems: [] },
  };
}
const people = [
  person('Cara', 'routine', 41),
  person('Abel', null),
  person('Dora', 'emergency', null),
  person('Bert', 'urgent', 70),
  person('Anna', 'routine', 30),
];
const names = (...args: Parameters<typeof arrange>) => arrange(...args).map((p) => p.name);

describe('the order of the worklist', () => {
  it('puts emergencies first and who was not assessed last', () => {
    expect(names(people, '', 'all', { by: 'urgency', down: false })).toEqual([
      'Dora',
      'Bert',
      'Anna',
      'Cara',
      'Abel',
    ]);
  });
  it('keeps unknown ages last and breaks ties by urgency, then name', () => {
    expect(names(people, '', 'all', { by: 'age', down: false })).toEqual([
      'Anna',
      'Cara',
      'Abel',
      'Bert',
      'Dora',
    ]);
    expect(names(people, '', 'all', { by: 'studies', down: false })[0]).toBe('Dora');
  });
  it('filters by words anywhere and by urgency', () => {
    expect(names(people, 'foot', 'all', { by: 'name', down: false })).toEqual(['Bert']);
    expect(names(people, '', 'routine', { by: 'name', down: true })).toEqual(['Cara', 'Anna']);
  });
});
