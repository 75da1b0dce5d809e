import { parameter, recordOf } from '@foramen/evidence';
import type { Intake, RedFlag, Triage } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { buildCase } from '../case/build-case.ts';
import { triage } from './triage.ts';

/** Flags from fields alone: no words to hear, so that each rule is met by itself. */
function judged(intake: Intake): Triage {
  return triage(bareCase(intake));
}

function flagOf(condition: RedFlag['condition'], intake: Intake): RedFlag {
  const flag = judged(intake).flags.find((f) => f.condition === condition);
  if (flag === undefined) throw new Error(`no ${condition} among the flags`);
  return flag;
}

describe('fracture', () => {
  const fracture = (intake: Intake) => flagOf('fracture', intake);
  const fallen = (
    recentTrauma: 'none' | 'minor' | 'severe' | 'unknown',
    ageYears: number,
    sex?: 'female' | 'male',
  ) => fracture({ person: { ageYears, ...(sex === undefined ? {} : { sex }) }, history: { recentTrauma } });

  it('a small knock says nothing of sound young bone, and counts where the bone is tender, thin or of unknown age', () => {
    for (const age of [19, 32, 49]) {
      expect(fallen('minor', age).status).not.toBe('possible');
      expect(fallen('minor', age).p).toBe(fallen('none', age).p);
    }
    const knocked = (more: Intake) =>
      fracture({ ...more, history: { recentTrauma: 'minor', ...more.history } });
    expect(knocked({}).status).toBe('possible');
    expect(knocked({ person: { ageYears: 32 }, examination: { spinalTenderness: 'yes' } }).status).toBe(
      'possible',
    );
    expect(knocked({ person: { ageYears: 32 }, history: { longTermSteroids: 'yes' } }).status).toBe('raised');
    expect(knocked({ person: { ageYears: 32 }, history: { osteoporosis: 'yes' } }).status).toBe('raised');
  });

  it('a small fall counts where bones may be thin: over seventy, on steroids, with osteoporosis', () => {
    expect(fallen('minor', 50).status).toBe('possible');
    expect(fallen('minor', 70).status).toBe('possible');
    expect(fallen('minor', 71).status).toBe('raised');
    expect(
      fracture({ person: { ageYears: 50 }, history: { recentTrauma: 'minor', osteoporosis: 'yes' } }).status,
    ).toBe('raised');
    expect(fracture({ person: { ageYears: 50 }, history: { longTermSteroids: 'yes' } }).status).toBe(
      'raised',
    );
  });

  it('what is not known is no fall', () => {
    expect(fallen('unknown', 50).status).not.toBe('possible');
    expect(fallen('none', 71).status).toBe('possible');
    expect(fallen('unknown', 71).p).toBe(fallen('none', 71).p);
    expect(fallen('minor', 71).p!).toBeGreaterThan(fallen('none', 71).p!);
  });

  it('three of four (a woman, over seventy, a hard fall, steroids) are the combination; sex is not guessed', () => {
    const { estimate, id } = recordOf('post-test', 'post-test/fracture-combination');
    const woman = fallen('severe', 71, 'female');
    expect(woman.p!).toBeGreaterThanOrEqual(estimate);
    const cites = (flag: RedFlag) => JSON.stringify(flag).includes(id);
    expect(cites(woman)).toBe(true);
    expect(cites(fallen('severe', 71, 'male'))).toBe(false);
    expect(cites(fallen('severe', 71))).toBe(false);
    expect(cites(fallen('severe', 70, 'female'))).toBe(false);
  });

  it('a hard fall with a weak leg may be an unstable spine', () => {
    const examination = { motorLeft: { ankleDorsiflexion: 3 } };
    const fall = { person: { ageYears: 40 }, history: { recentTrauma: 'severe' } } as const;
    expect(judged(fall)).toMatchObject({ urgency: 'urgent', gate: true });
    expect(judged({ ...fall, examination })).toMatchObject({
      urgency: 'emergency',

      gate: true,
    });
    expect(JSON.stringify(fracture({ ...fall, examination }))).toContain('ankleDorsiflexion');
  });
});

describe('malignancy', () => {
  const malignancy = (intake: Intake) => flagOf('malignancy', intake);
  const weak = { motorLeft: { ankleDorsiflexion: 3 } };
  const cord = (flag: RedFlag) => JSON.stringify(flag).includes('ankleDorsiflexion');

  it('cancer and a weak leg are a compression until imaged; neither alone is', () => {
    const both = malignancy({ history: { cancer: 'yes' }, examination: weak });
    expect(both.status).toBe('raised');
    expect(cord(both)).toBe(true);
    const { withinHours, who } = judged({ history: { cancer: 'yes' }, examination: weak });
    expect(withinHours!).toBeLessThanOrEqual(parameter('hours-cord').value);
    expect(who).toContain('emergency');
    expect(judged({ history: { cancer: 'yes' } }).withinHours).toBe(parameter('hours-malignancy').value);
    const cancer = malignancy({ history: { cancer: 'yes' } });
    expect(cancer.status).toBe('raised');
    expect(cord(cancer)).toBe(false);
    const losing = malignancy({ symptoms: { weightLoss: 'yes', nightPain: 'yes' }, examination: weak });
    expect(losing.status).toBe('raised');
    expect(cord(losing)).toBe(false);
    expect(malignancy({ history: { cancer: 'no' }, examination: weak }).status).not.toBe('raised');
  });

  it('weight loss is strong only with pain at night or two more flags', () => {
    const losing = (more: Intake) =>
      malignancy({ ...more, symptoms: { weightLoss: 'yes', ...more.symptoms } }).status;
    expect(losing({})).toBe('possible');
    expect(losing({ person: { ageYears: 51 } })).toBe('possible');
    expect(losing({ person: { ageYears: 51 }, symptoms: { durationWeeks: 6, course: 'worsening' } })).toBe(
      'raised',
    );
    expect(losing({ person: { ageYears: 50 }, symptoms: { durationWeeks: 6, course: 'worsening' } })).toBe(
      'possible',
    );
    expect(losing({ person: { ageYears: 51 }, symptoms: { durationWeeks: 5, course: 'worsening' } })).toBe(
      'possible',
    );
    expect(losing({ symptoms: { nightPain: 'yes' } })).toBe('raised');
  });
});

describe('inflammatory back pain', () => {
  const typical = (durationWeeks: number | undefined, ageYears: number): Intake => ({
    person: { ageYears },
    symptoms: {
      onset: 'gradual',
      improvesWithExercise: 'yes',
      improvesWithRest: 'no',
      nightPain: 'yes',
      ...(durationWeeks === undefined ? {} : { durationWeeks }),
    },
  });
  const inflammatory = (intake: Intake) => flagOf('inflammatory', intake).status;

  it('speaks of chronic pain that began before 45, and not where its length is unknown', () => {
    expect(inflammatory(typical(52, 30))).toBe('raised');
    expect(inflammatory(typical(12, 30))).toBe('raised');
    expect(inflammatory(typical(11, 30))).not.toBe('raised');
    expect(inflammatory(typical(undefined, 30))).not.toBe('raised');
    expect(inflammatory(typical(520, 54))).toBe('raised');
    expect(inflammatory(typical(52, 60))).not.toBe('raised');
  });
});

describe('an answer that cannot be read', () => {
  const of = (symptoms: Record<string, unknown>) => {
    const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: { symptoms } });
    if (!built.ok) throw new RangeError(built.problems[0].what);
    const { flags, urgency } = triage(built.value);
    return [flags.find((f) => f.condition === 'cauda-equina')?.status, urgency];
  };
  it('is asked about the same day where it may be a danger', () => {
    expect(of({ saddleNumbness: 'maybe' })).toEqual(['possible', 'urgent']);
    expect(of({ bladderDisfunction: 'yes' })).toEqual(['possible', 'urgent']);
    expect(of({ saddleNumb: 'yes' })).toEqual(['possible', 'urgent']);
  });
  it('is let be where it says no, or nothing', () => {
    for (const symptoms of [
      { saddleNumbness: 'not asked' },
      { bladderDisfunction: 'no' },
      { saddleNumbness: 'no', saddleNumb: 'yes, years ago on the bike' },
      { backPainSince: 'yes' },
    ])
      expect(of(symptoms)[0], JSON.stringify(symptoms)).not.toBe('raised');
    expect(of({ bladderDisfunction: 'no' })[0]).toBe('not-assessed');
  });
});
