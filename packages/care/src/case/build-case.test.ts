import { isCalendarDate } from '@foramen/spine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithheld } from '../facts.ts';
import { buildCase } from './build-case.ts';
import { isMoment } from './dates.ts';
import { readIntake } from './read-intake.ts';

const build = (intake: unknown, now = '2026-11-22') => buildCase({ patientId: 'p', now, intake });
const value = (intake: unknown) => {
  const built = build(intake);
  if (!built.ok) throw new Error(built.problems[0].what);
  return built.value;
};

describe('building a case', () => {
  it('needs an id, a moment and, when given, an intake that is an object', () => {
    expect(buildCase({ patientId: ' ', now: '2026-11-22' })).toMatchObject({
      ok: false,
      problems: [{ where: 'patientId' }],
    });
    expect(buildCase({ patientId: 'p', now: 'yesterday' })).toMatchObject({
      ok: false,
      problems: [{ where: 'now' }],
    });
    for (const bad of [[], 'text', 7, true])
      expect(build(bad)).toMatchObject({ ok: false, problems: [{ where: 'intake' }] });
    expect(build({ schema: 'foramen.intake/9' })).toMatchObject({
      ok: false,
      problems: [{ code: 'unsupported' }],
    });
    expect(build(undefined)).toMatchObject({ ok: true, value: { intake: null, scores: [] } });
  });

  it('names an impossible value, sets it aside word for word, and keeps the rest', () => {
    const c = value({
      symptoms: { backPainNrs: -3, legPainNrs: 4 },
      examination: { motorLeft: { kneeExtension: 6, hipFlexion: 5 } },
    });
    expect(c.intake?.symptoms).toEqual({ legPainNrs: 4 });
    expect(c.intake?.examination?.motorLeft).toEqual({ hipFlexion: 5 });
    expect(c.setAside).toEqual(
      expect.arrayContaining([
        { path: 'intake.symptoms.backPainNrs', value: -3 },
        { path: 'intake.examination.motorLeft.kneeExtension', value: 6 },
      ]),
    );
    expect(c.problems.map((p) => [p.code, p.severity])).toEqual([
      ['out-of-range', 'error'],
      ['out-of-range', 'error'],
    ]);
  });

  it('keeps both sides of a contradiction and withholds what rests on them', () => {
    const c = value({ symptoms: { pain: 'none', backPainNrs: 9 } });
    expect(c.intake?.symptoms).toEqual({ pain: 'none', backPainNrs: 9 });
    expect(isWithheld(c, 'intake.symptoms.backPainNrs')).toBe(true);
    expect(isWithheld(c, 'intake.symptoms.pain')).toBe(true);
    expect(isWithheld(c, 'intake.symptoms.legPainNrs')).toBe(false);
  });

  it.each([
    [{ symptoms: { legPainNrs: 0, regions: [{ region: 'sole', side: 'left' }] } }, /leg pain is 0/],
    [
      { symptoms: { legPainSide: 'left', regions: [{ region: 'sole', side: 'right' }] } },
      /only on the right/,
    ],
    [{ symptoms: { bladderDysfunction: 'no', urinaryRetention: 'yes' } }, /retention of urine/],
    [{ symptoms: { weaknessReported: 'no', weaknessProgressive: 'yes' } }, /weakness that grows/],
    [{ symptoms: { onset: 'injury' }, history: { recentTrauma: 'none' } }, /began with an injury/],
    [{ symptoms: { durationWeeks: 3000 }, person: { ageYears: 20 } }, /3000 weeks at 20/],
    [{ symptoms: { reliefSitting: 'yes', worseSitting: 'yes' } }, /sitting both/],
    [{ examination: { pedalPulses: 'normal', ankleBrachialIndex: 0.3 } }, /ankle-brachial/],
    [
      { medications: [{ name: 'x', started: '2020-02-02', stopped: '2020-01-01' }] },
      /stopped before it was started/,
    ],
    [{ symptoms: { fever: 'no', freeText: 'I have had fever for three days' } }, /"no" is ticked/],
    [{ person: { birthDate: '2000-01-01' }, examination: { date: '1999-01-01' } }, /before the birth date/],
  ])('names %j', (intake, what) => {
    const found = value(intake).problems.filter((p) => p.code === 'contradiction');
    expect(found).toHaveLength(1);
    expect(`${found[0]?.where} ${found[0]?.what}`).toMatch(what);
  });

  it('sees nothing wrong with an ordinary intake', () => {
    expect(
      value({
        schema: 'foramen.intake/1',
        date: '2026-11-20',
        person: { ageYears: 44, birthDate: '1982-03-01', sex: 'female' },
        symptoms: {
          pain: 'present',
          backPainNrs: 4,
          legPainNrs: 7,
          legPainSide: 'left',
          regions: [{ region: 'posterior-calf', side: 'left', nrs: 7 }],
          durationWeeks: 8,
          freeText: 'No numbness between the legs, no fever.',
          saddleNumbness: 'no',
          fever: 'no',
        },
        medications: [{ name: 'ibuprofen', doseMg: 400, perDay: 3, started: '2026-10-01' }],
        questionnaires: [{ instrument: 'ODI', items: [3, 2, 3, 2, 3, 2, 3, 2, 3, 2], date: '2026-11-20' }],
      }).problems,
    ).toEqual([]);
  });

  it('withholds everything that a future date carries', () => {
    const c = value({
      examination: { date: '2030-01-01', straightLegRaise: { left: 'positive' } },
      questionnaires: [{ instrument: 'NRS', items: [5], date: '2030-01-01' }],
    });
    expect(isWithheld(c, 'intake.examination.straightLegRaise.left')).toBe(true);
    expect(c.scores[0]).toMatchObject({ score: null });
    expect(c.intake?.examination?.straightLegRaise?.left).toBe('positive');
  });

  it('names a study from the future', () => {
    const findings = {
      schema: 'foramen.findings/1',
      studyDate: '2031-05-05',
      series: [],
      enumeration: { confidence: 1, lumbarCount: 5, transitional: 'none', because: [] },
      levels: [],
      vertebrae: [],
      limits: [],
      models: [],
    } as const;
    const built = buildCase({ patientId: 'p', now: '2026-11-22', findings });
    expect(built.ok && built.value.problems[0]?.where).toBe('findings.studyDate');
  });
});

describe('dates', () => {
  it('knows the calendar', () => {
    expect(isCalendarDate('2024-02-29')).toBe(true);
    expect(isCalendarDate('2023-02-29')).toBe(false);
    expect(isCalendarDate('2026-13-01')).toBe(false);
    expect(isMoment('2026-11-22T10:20:30Z')).toBe(true);
    expect(isMoment('2026-11-22T10:20:30+01:00')).toBe(true);
    expect(isMoment('22.11.2026')).toBe(false);
  });
});

describe('any document', () => {
  it('is read or refused with a problem, never a crash, and what is read is valid', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (raw) => {
        const built = build(raw);
        if (built.ok) expect(built.value.schema).toBe('foramen.case/1');
        else expect(built.problems[0].what.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    const junk = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.record(
          {
            person: junk,
            symptoms: junk,
            examination: junk,
            history: junk,
            medications: junk,
            goals: junk,
            questionnaires: junk,
            date: junk,
            setting: junk,
          },
          { requiredKeys: [] },
        ),
        (raw) => {
          const read = readIntake(raw);
          expect('intake' in read || 'code' in read).toBe(true);
          expect(build(raw).ok).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of unreasonable size is cut with a problem', () => {
    const c = value({ allergies: Array.from({ length: 4000 }, (_, i) => `a${i}`) });
    expect(c.problems[0]).toMatchObject({ code: 'too-large' });
    expect(c.intake?.allergies?.length).toBe(500);
    let deep: unknown = 'x';
    for (let i = 0; i < 5000; i++) deep = { a: deep };
    expect(build({ symptoms: { note: deep } }).ok).toBe(true);
  });
});
