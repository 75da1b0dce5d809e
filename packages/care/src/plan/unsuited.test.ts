import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { bareCase } from '../bare-case.fixture.ts';
import { plan } from './plan.ts';

function why(
  medications: NonNullable<Intake['medications']>,
  history: Intake['history'],
  allergies: string[] = [],
) {
  const patient = bareCase({
    person: { ageYears: 44 },
    symptoms: { legPainNrs: 6, backPainNrs: 5, durationWeeks: 10 },
    history,
    medications,
    allergies,
  });
  return plan(patient, assess(patient)).medications.flatMap((m) =>
    m.statement.key === 'medication.unsuited' ? [`${m.drug} ${m.statement.params?.why}`] : [],
  );
}

describe('a drug that something known of the person speaks against', () => {
  it.each<[string, Intake['history'], string]>([
    ['codeine', { breastfeeding: 'yes' }, 'codeine @why.breastfeeding'],
    ['tramadol', { seizures: 'yes' }, 'tramadol @why.seizures'],
    ['tramadol', { conditions: ['epilepsy'] }, 'tramadol @why.seizures'],
    ['methadone', { longQt: 'yes' }, 'methadone @why.long-qt'],
    ['gabapentin 800 mg tds', { egfr: 24 }, 'gabapentin @why.kidney-dose'],
    ['morphine', { egfr: 15 }, 'morphine @why.kidney'],
    ['duloxetine', { liverDisease: 'severe' }, 'duloxetine @why.liver'],
    ['diclofenac', { vascularDisease: 'yes' }, 'diclofenac @why.vessels'],
  ])('%s, %o', (name, history, expected) => {
    expect(why([{ name }], history)).toContain(expected);
    expect(why([{ name }], {})).toEqual([]);
    expect(why([{ name: 'paracetamol' }], history)).toEqual([]);
  });

  it('leaves a dose that weak kidneys bear, and asks where the dose is not known', () => {
    expect(why([{ name: 'gabapentin 300 mg bd' }], { egfr: 24 })).toEqual([]);
    expect(why([{ name: 'pregabalin' }], { egfr: 24 })).toEqual(['pregabalin @why.kidney-dose']);
    expect(why([{ name: 'gabapentin 800 mg tds' }], { egfr: 70 })).toEqual([]);
  });

  it('names a drug that the list of allergies names', () => {
    expect(why([{ name: 'codeine' }], {}, ['codeine (rash)'])).toEqual(['codeine @why.allergy']);
    expect(why([{ name: 'codeine' }], {}, ['penicillin'])).toEqual([]);
  });
});

describe('two drugs of which one stays too long', () => {
  it.each([
    ['tizanidine', 'ciprofloxacin', 'avoid'],
    ['duloxetine', 'fluvoxamine', 'avoid'],
    ['sertraline', 'apixaban', 'review'],
  ])('%s with %s', (drug, other, advice) => {
    const patient = bareCase({
      person: { ageYears: 44 },
      symptoms: { backPainNrs: 5, durationWeeks: 10 },
      medications: [{ name: drug }, { name: other }],
    });
    const pairs = plan(patient, assess(patient)).medications.filter(
      (m) => m.statement.key === 'medication.pair',
    );
    expect(pairs.map((m) => [m.drug, m.advice])).toContainEqual([drug, advice]);
  });
});
