import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { bareCase } from '../bare-case.fixture.ts';
import { plan } from './plan.ts';

const changes = (symptoms: object): string => {
  const intake = {
    schema: 'foramen.intake/1',
    setting: 'specialist',
    person: { ageYears: 47 },
    symptoms: { durationWeeks: 20, ...symptoms },
    history: { recentTrauma: 'none' },
    goals: { weights: { painRelief: 8, function: 7, lowRisk: 5 } },
  } as unknown as Intake;
  const patient = bareCase(intake);
  return plan(patient, assess(patient))
    .counterfactuals.map((c) => c.change)
    .join('; ');
};

describe('the smallest change that would change the advice', () => {
  it('is never an answer that another answer contradicts', () => {
    expect(changes({ pain: 'none', backPainNrs: 0, legPainNrs: 0, regions: [] })).not.toMatch(/PainNrs/);
    const weak = { pain: 'present', backPainNrs: 6, legPainNrs: 0, weaknessProgressive: 'no' };
    expect(changes({ ...weak, weaknessReported: 'no' })).not.toMatch(/weaknessProgressive/);
    expect(changes({ ...weak, weaknessReported: 'yes' })).toMatch(/weaknessProgressive: no -> yes/);
  });
});
