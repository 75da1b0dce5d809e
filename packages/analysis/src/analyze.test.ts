import { describe, expect, it } from 'vitest';
import { analyze } from './analyze.ts';
import type { AnalysisProgress, Engine } from './inputs.ts';

const NOW = '2026-11-22T08:00:00Z';
const refuse: Engine = {
  run: async () => {
    throw new Error('no network is needed here');
  },
};
const intake = {
  person: { ageYears: 46, sex: 'female' },
  symptoms: { legPainNrs: 7, legPainSide: 'right', regions: [{ region: 'great-toe', side: 'right' }] },
  examination: { straightLegRaise: { right: 'positive' } },
};

describe('the whole way', () => {
  it('goes with an intake alone: no picture, no genome, still an assessment and a plan', async () => {
    const steps: AnalysisProgress[] = [];
    const result = await analyze(
      { patientId: 'p', now: NOW, intake },
      { ...refuse, onProgress: (step) => steps.push(step) },
    );
    if (!result.ok) throw new Error(result.problems[0].what);
    const { value } = result;
    expect(value.findings).toBeNull();
    expect(value.picture).toBeNull();
    expect(value.case.intake?.symptoms?.legPainNrs).toBe(7);
    expect(value.assessment.differential.length).toBeGreaterThan(0);
    expect(value.plan.patientId).toBe('p');
    expect(steps.at(-1)).toEqual({ stage: 'judge', fraction: 1 });
    expect(steps.every((step, n) => n === 0 || step.fraction >= steps[n - 1]!.fraction)).toBe(true);
  });

  it('gives the same bytes for the same case', async () => {
    const once = await analyze({ patientId: 'p', now: NOW, intake }, refuse);
    const twice = await analyze({ patientId: 'p', now: NOW, intake: structuredClone(intake) }, refuse);
    expect(JSON.stringify(once)).toBe(JSON.stringify(twice));
  });

  it('refuses what is no picture, naming the file', async () => {
    const bytes = new TextEncoder().encode('not a picture at all, only words');
    const result = await analyze(
      { patientId: 'p', now: NOW, imaging: [{ name: 'note.txt', bytes }] },
      refuse,
    );
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problems[0].where).toContain('note.txt');
  });

  it('refuses a moment that is none and an intake that is no document', async () => {
    expect((await analyze({ patientId: 'p', now: 'yesterday' }, refuse)).ok).toBe(false);
    expect((await analyze({ patientId: 'p', now: NOW, intake: [1, 2] }, refuse)).ok).toBe(false);
  });

  it('stops when cancelled, before any picture is read', async () => {
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
    const result = await analyze(
      { patientId: 'p', now: NOW, imaging: [{ name: 'a.png', bytes }] },
      { ...refuse, cancelled: () => true },
    );
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problems[0].what).toContain('cancelled');
  });
});
