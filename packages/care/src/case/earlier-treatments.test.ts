import type { PatientCase } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { caseOf } from '../whole-case.fixture.ts';
import { earlierTests, earlierTreatments, weeksOfCare } from './earlier-treatments.ts';

type Told = { treatment: string; weeks?: number; outcome?: 'better' | 'same' | 'worse' | 'unknown' };
const told = (...priorTreatments: Told[]): PatientCase =>
  caseOf({ intake: { history: { priorTreatments } }, findings: null });

describe('earlier treatments', () => {
  it('are met in English and Spanish, and a block is a test too', () => {
    const english = told(
      { treatment: 'Medial branch block', outcome: 'better' },
      { treatment: 'SI joint injection', outcome: 'same' },
      { treatment: 'Selective nerve root block L5', outcome: 'better' },
      { treatment: 'EMG' },
    );
    const spanish = told(
      { treatment: 'Bloqueo facetario', outcome: 'better' },
      { treatment: 'Infiltración sacroilíaca', outcome: 'same' },
      { treatment: 'Bloqueo radicular selectivo L5', outcome: 'better' },
      { treatment: 'Electromiografía' },
    );
    for (const patient of [english, spanish])
      expect(earlierTests(patient).map((t) => [t.test, t.outcome])).toEqual([
        ['medial-branch-block', 'better'],
        ['sacroiliac-block', 'same'],
        ['selective-root-block', 'better'],
        ['electromyography', undefined],
      ]);
    expect(earlierTreatments(spanish).map((t) => t.option)).toEqual(['medial-branch-block', 'si-block']);
  });

  it('take a belt or a facet of care for no test', () => {
    const patient = told({ treatment: 'sacroiliac belt' }, { treatment: 'many facets of care, memg' });
    expect(earlierTests(patient)).toEqual([]);
  });

  it('count as care the longest course that was no operation, in either language', () => {
    const patient = told(
      { treatment: 'fisioterapia', weeks: 8 },
      { treatment: 'discectomía', weeks: 40 },
      { treatment: 'cirugía lumbar', weeks: 30 },
      { treatment: 'naproxen', weeks: 3 },
    );
    expect(weeksOfCare(patient)).toEqual({ value: 8, path: 'intake.history.priorTreatments[0].weeks' });
    expect(weeksOfCare(caseOf({ intake: {}, findings: null }))).toBeUndefined();
  });
});
