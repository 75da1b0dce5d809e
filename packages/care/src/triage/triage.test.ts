import { recordOf, withOverride } from '@foramen/evidence';
import type { Intake, PatientCase } from '@foramen/spine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { withValue } from '../facts.ts';
import { URGENCY_ORDER } from './judged.ts';
import { questionsOf, RED_FLAG_QUESTIONS } from './questions.ts';
import { triage } from './triage.ts';

const yesNo = fc.constantFrom('yes', 'no', 'unknown');
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 });
const mrc = maybe(fc.integer({ min: 0, max: 5 }));
const motor = fc.record({
  ankleDorsiflexion: mrc,
  anklePlantarflexion: mrc,
  greatToeExtension: mrc,
  kneeExtension: mrc,
});
const side = fc.constantFrom('left', 'right', 'bilateral', 'unknown');
const region = fc.record({
  region: fc.constantFrom('low-back', 'posterior-calf', 'great-toe', 'perineum'),
  side: maybe(side),
});

const SYMPTOMS = [
  'saddleNumbness',
  'bladderDysfunction',
  'urinaryRetention',
  'bowelDysfunction',
  'sexualDysfunction',
  'bilateralLegSymptoms',
  'weaknessReported',
  'weaknessProgressive',
  'fever',
  'weightLoss',
  'nightPain',
  'claudication',
  'reliefSitting',
  'improvesWithExercise',
] as const;
const HISTORY = [
  'cancer',
  'osteoporosis',
  'longTermSteroids',
  'immunosuppression',
  'intravenousDrugUse',
  'recentInfectionOrProcedure',
  'vascularDisease',
] as const;
const record = (keys: readonly string[]) => fc.record(Object.fromEntries(keys.map((k) => [k, maybe(yesNo)])));

const anyIntake: fc.Arbitrary<Intake> = fc
  .record({
    person: fc.record({
      ageYears: maybe(fc.integer({ min: 18, max: 95 })),
      sex: maybe(fc.constantFrom('female', 'male', 'unknown')),
    }),
    symptoms: fc
      .tuple(
        record(SYMPTOMS),
        fc.record({
          legPainSide: maybe(side),
          regions: maybe(fc.array(region, { maxLength: 3 })),
          durationWeeks: maybe(fc.integer({ min: 0, max: 300 })),
          course: maybe(fc.constantFrom('improving', 'stable', 'worsening', 'unknown')),
          onset: maybe(fc.constantFrom('sudden', 'gradual', 'unknown')),
          backPainNrs: maybe(fc.integer({ min: 0, max: 10 })),
          walkingDistanceM: maybe(fc.integer({ min: 0, max: 5000 })),
        }),
      )
      .map(([a, b]) => ({ ...a, ...b })),
    examination: fc.record({
      motorLeft: motor,
      motorRight: motor,
      perianalSensation: maybe(fc.constantFrom('normal', 'reduced', 'absent', 'unknown')),
      postVoidResidualMl: maybe(fc.integer({ min: 0, max: 600 })),
      spinalTenderness: maybe(yesNo),
      pedalPulses: maybe(fc.constantFrom('normal', 'reduced', 'absent', 'unknown')),
      straightLegRaise: fc.record({
        left: maybe(fc.constantFrom('positive', 'negative')),
        right: maybe(fc.constantFrom('positive', 'negative')),
      }),
    }),
    history: fc
      .tuple(
        record(HISTORY),
        fc.record({
          recentTrauma: maybe(fc.constantFrom('none', 'minor', 'severe', 'unknown')),
          crpMgL: maybe(fc.integer({ min: 0, max: 200 })),
        }),
      )
      .map(([a, b]) => ({ ...a, ...b })),
  })
  .map((x) => JSON.parse(JSON.stringify(x)) as Intake);

const caseOf = (intake: unknown): PatientCase => {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake });
  if (!built.ok) throw new Error(built.problems[0].what);
  return built.value;
};
const rank = (p: PatientCase): number => URGENCY_ORDER.indexOf(triage(p).urgency);

describe('triage properties', () => {
  it('a worse sign never lowers the urgency, nor opens the gate', () => {
    fc.assert(
      fc.property(anyIntake, fc.nat(), (intake, pick) => {
        const before = caseOf(intake);
        const worse: [string, unknown][] = [
          ...[
            'saddleNumbness',
            'bladderDysfunction',
            'urinaryRetention',
            'bowelDysfunction',
            'sexualDysfunction',
            'bilateralLegSymptoms',
            'weaknessReported',
            'weaknessProgressive',
            'fever',
            'weightLoss',
          ].map((k): [string, unknown] => [`intake.symptoms.${k}`, 'yes']),
          ...HISTORY.map((k): [string, unknown] => [`intake.history.${k}`, 'yes']),
          ['intake.history.recentTrauma', 'severe'],
          ['intake.examination.perianalSensation', 'absent'],
          ['intake.examination.postVoidResidualMl', 600],
          ['intake.examination.clonusOrBabinski', 'yes'],
          ['intake.examination.pulsatileAbdominalMass', 'yes'],
        ];
        const [path, value] = worse[pick % worse.length]!;
        const after = withValue(before, path, value);
        expect(rank(after), path).toBeGreaterThanOrEqual(rank(before));
        if (triage(before).gate) expect(triage(after).gate, path).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('a weaker muscle never lowers the urgency', () => {
    fc.assert(
      fc.property(
        anyIntake,
        fc.constantFrom('motorLeft', 'motorRight'),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        (intake, leg, power, less) => {
          const path = `intake.examination.${leg}.ankleDorsiflexion`;
          const strong = withValue(caseOf(intake), path, power);
          const weak = withValue(strong, path, Math.min(power, less));
          expect(rank(weak)).toBeGreaterThanOrEqual(rank(strong));
        },
      ),
      { numRuns: 120 },
    );
  });

  it('unknown is never read as no: it never makes a condition "not raised", and is the same as not asked', () => {
    fc.assert(
      fc.property(
        anyIntake,
        fc.constantFrom(
          ...RED_FLAG_QUESTIONS.filter(
            (q) => /^intake\.(symptoms|history)\./.test(q.path) && !/Minutes|Years/.test(q.path),
          ),
        ),
        (intake, question) => {
          const base = caseOf(intake);
          const unknown = withValue(base, question.path, 'unknown');
          const [section, key] = question.path.split('.').slice(1) as ['symptoms' | 'history', string];
          const part = { ...base.intake![section] } as Record<string, unknown>;
          delete part[key];
          const absent = { ...base, intake: { ...base.intake!, [section]: part } };
          expect(triage(unknown)).toEqual(triage(absent));
          const conditions = (
            [
              'cauda-equina',
              'progressive-deficit',
              'fracture',
              'infection',
              'malignancy',
              'vascular',
              'inflammatory',
            ] as const
          ).filter((c) => questionsOf(c).some((q) => q.path === question.path && q.key));
          for (const c of conditions) {
            const flag = triage(unknown).flags.find((f) => f.condition === c)!;
            // Weakness that is denied answers whether it grows; nothing else may stand in for the open answer.
            const deniedWeakness =
              question.sign === 'progressive' && unknown.intake?.symptoms?.weaknessReported === 'no';
            if (!deniedWeakness) expect(flag.status, `${c} ${question.path}`).not.toBe('not-raised');
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('a no never raises the urgency above the same question left open', () => {
    fc.assert(
      fc.property(
        anyIntake,
        fc.constantFrom('saddleNumbness', 'bladderDysfunction', 'bowelDysfunction', 'fever', 'weightLoss'),
        (intake, key) => {
          const open = withValue(caseOf(intake), `intake.symptoms.${key}`, 'unknown');
          const no = withValue(open, `intake.symptoms.${key}`, 'no');
          expect(rank(no)).toBeLessThanOrEqual(rank(open));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('facts without bearing change nothing', () => {
    fc.assert(
      fc.property(
        anyIntake,
        fc.constantFrom(
          ['intake.goals.weights.speed', 4],
          ['intake.allergies', ['latex']],
          ['intake.person.ancestry', 'EAS'],
          ['intake.person.language', 'en'],
          ['intake.history.familyBackPain', 'yes'],
        ),
        (intake, [path, value]) => {
          const before = caseOf(intake);
          expect(triage(withValue(before, path as string, value))).toEqual(triage(before));
        },
      ),
      { numRuns: 120 },
    );
  });

  it('mirrored sides give the same urgency, gate, flags and probabilities', () => {
    const mirror = (text: string): string =>
      text.replace(
        /"left"|"right"|motorLeft|motorRight/g,
        (m) =>
          ({ '"left"': '"right"', '"right"': '"left"', motorLeft: 'motorRight', motorRight: 'motorLeft' })[
            m
          ]!,
      );
    fc.assert(
      fc.property(anyIntake, (intake) => {
        const [a, b] = [triage(caseOf(intake)), triage(caseOf(JSON.parse(mirror(JSON.stringify(intake)))))];
        expect([b.urgency, b.gate, b.withinHours, b.flags.map((f) => [f.status, f.p])]).toEqual([
          a.urgency,
          a.gate,
          a.withinHours,
          a.flags.map((f) => [f.status, f.p]),
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it('the same case gives the same bytes, whatever the order of its keys', () => {
    fc.assert(
      fc.property(anyIntake, (intake) => {
        const reversed = JSON.parse(JSON.stringify(intake), (_, v) =>
          v !== null && typeof v === 'object' && !Array.isArray(v)
            ? Object.fromEntries(Object.entries(v).reverse())
            : v,
        );
        expect(JSON.stringify(triage(caseOf(reversed)))).toBe(JSON.stringify(triage(caseOf(intake))));
      }),
      { numRuns: 120 },
    );
  });

  it('probabilities cohere, statements have reasons, and an emergency closes the gate', () => {
    fc.assert(
      fc.property(anyIntake, (intake) => {
        const t = triage(caseOf(intake));
        for (const f of t.flags) {
          if (f.p !== null) expect(f.p >= 0 && f.p <= 0.95).toBe(true);
          expect(f.statement.because.length).toBeGreaterThan(0);
          if (f.status === 'not-assessed') expect(f.ask.length, f.condition).toBeGreaterThan(0);
        }
        if (t.urgency === 'emergency') expect(t.gate).toBe(true);
        if (t.urgency === 'emergency') expect(t.withinHours).toBe(4);
        const floor = recordOf('base-rate', 'base-rate/cauda-equina-primary').estimate;
        const ces = t.flags[0]!;
        if (ces.p !== null) expect(ces.p).toBeGreaterThanOrEqual(floor);
      }),
      { numRuns: 120 },
    );
  });
});

describe('triage', () => {
  it('follows a site that wants motor deficits seen sooner', () => {
    const own = withOverride({
      schema: 'foramen.evidence-override/1',
      site: 'Example clinic',
      records: [{ ...recordOf('parameter', 'parameter/hours-motor-deficit'), value: 12 }],
      sources: [],
    });
    if (!own.ok) throw new Error(own.problems[0].what);
    const patient = caseOf({ examination: { motorLeft: { kneeExtension: 2 } } });
    expect(triage(patient).withinHours).toBe(48);
    expect(triage(patient, own.value).withinHours).toBe(12);
  });

  it('points every reason of fact at something that is in the case', () => {
    const patient = caseOf({
      symptoms: { saddleNumbness: 'yes', freeText: 'I cannot pee' },
      examination: { motorLeft: { kneeExtension: 2 } },
    });
    const reasons = triage(patient).flags.flatMap((f) => f.statement.because);
    expect(reasons.filter((r) => r.kind === 'fact').map((r) => r.path)).toEqual(
      expect.arrayContaining([
        'intake.symptoms.saddleNumbness',
        'intake.symptoms.freeText',
        'intake.examination.motorLeft.kneeExtension',
      ]),
    );
  });
});
