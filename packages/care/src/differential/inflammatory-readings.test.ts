import { EVIDENCE } from '@foramen/evidence';
import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { weighDifferential } from './differential.ts';

const FEATURES = {
  backPainNrs: 6,
  legPainNrs: 0,
  durationWeeks: 40,
  onset: 'gradual',
  improvesWithExercise: 'yes',
  improvesWithRest: 'no',
  nightPain: 'yes',
};

function weighed(symptoms: object, ageYears = 28, setting: string = 'primary') {
  const intake = { schema: 'foramen.intake/1', setting, person: { ageYears }, symptoms } as unknown as Intake;
  const work = weighDifferential(bareCase(intake), [], null, EVIDENCE);
  return {
    p: work.conditions.find((c) => c.condition === 'axial-spondyloarthritis')!.p,
    tests: work.readings.filter((r) => r.condition === 'axial-spondyloarthritis').map((r) => r.evidence),
  };
}

describe('axial spondyloarthritis in the differential', () => {
  it('is believed about as much as the published figures give, where the features are met', () => {
    // 5 % of chronic pain that began before 45, and a ratio of 9.6: one in three.
    expect(weighed(FEATURES).p).toBeGreaterThan(0.25);
    expect(weighed(FEATURES).p).toBeLessThan(0.42);
  });

  it('is hardly believed where two features are denied, and where the pain began late', () => {
    expect(weighed({ ...FEATURES, improvesWithExercise: 'no', nightPain: 'no' }).p).toBeLessThan(0.02);
    const late = weighed(FEATURES, 66);
    expect(late.p).toBeLessThan(0.005);
    expect(late.tests).not.toContain('lr/inflammatory-asas');
  });

  it('leaves the criteria alone while what was not asked could decide', () => {
    const { nightPain: _, improvesWithRest: __, ...less } = FEATURES;
    expect(weighed(less).tests).not.toContain('lr/inflammatory-asas');
    expect(weighed(less).tests).toContain('lr/care-chronic-young-spondyloarthritis');
    const { durationWeeks: ___, ...unknown } = FEATURES;
    expect(weighed(unknown).tests).toEqual([]);
  });
});
