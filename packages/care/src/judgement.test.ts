import type {
  AxialZone,
  Intake,
  LevelFindings,
  NerveRoot,
  PatientCase,
  Side,
  SpineFindings,
} from '@foramen/spine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decisionAid } from './aid/decision-aid.ts';
import { assess } from './assess.ts';
import { traceNumbers } from './explain/trace.ts';
import { withValue } from './facts.ts';
import { plan } from './plan/plan.ts';
import { URGENCY_ORDER } from './triage/judged.ts';

const LEVELS = ['L5-S1', 'L4-L5', 'L3-L4'] as const;
const vector = (n: number) =>
  fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: n, maxLength: n }).map((w) => {
    const total = w.reduce((a, b) => a + b, 0);
    const p = w.map((x) => x / total);
    return { grade: p.indexOf(Math.max(...p)) + 1, p };
  });
const p01 = fc.double({ min: 0, max: 1, noNaN: true });
const side = fc.constantFrom<Side>('left', 'right');
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 });

/** Drops keys whose value is undefined: absent means unknown, and JSON has no undefined. */
function strip<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const level = (name: (typeof LEVELS)[number], i: number): fc.Arbitrary<LevelFindings> =>
  fc
    .record({
      pfirrmann: maybe(vector(5)),
      modic: maybe(vector(4)),
      herniation: maybe(p01.map((p) => ({ p }))),
      herniationSide: maybe(
        fc.constantFrom<'left' | 'right' | 'bilateral' | 'unknown'>('left', 'right', 'bilateral', 'unknown'),
      ),
      herniationZone: maybe(fc.constantFrom<AxialZone>('central', 'subarticular', 'foraminal', 'unknown')),
      schizas: maybe(vector(4)),
      spondylolisthesis: maybe(p01.map((p) => ({ p }))),
      leeForaminal: maybe(fc.record({ left: vector(4), right: vector(4) })),
      rootContacts: maybe(
        fc.array(
          fc.record({
            root: fc.constantFrom<NerveRoot>('L4', 'L5', 'S1'),
            side,
            grade: fc.constantFrom<'contact' | 'compression'>('contact', 'compression'),
            p: p01,
          }),
          { maxLength: 2 },
        ),
      ),
    })
    .map((r) =>
      strip({
        level: name,
        indexFromBottom: i + 1,
        confidence: 0.9,
        measures: {},
        because: { slice: 0, box: [0, 0, 1, 1], models: [] },
        ...r,
      } as unknown as LevelFindings),
    );

const findings: fc.Arbitrary<SpineFindings> = fc
  .tuple(...LEVELS.map((l, i) => level(l, i)), fc.constantFrom('none', 'possible', 'sacralised-L5'))
  .map(
    ([a, b, c, transitional]) =>
      ({
        schema: 'foramen.findings/1',
        series: [],
        enumeration: { confidence: 0.95, lumbarCount: 5, transitional, because: [] },
        levels: [a, b, c],
        vertebrae: [],
        limits: [],
        models: [],
      }) as SpineFindings,
  );

const yesNo = fc.constantFrom<'yes' | 'no' | 'unknown'>('yes', 'no', 'unknown');
const nrs = fc.integer({ min: 0, max: 10 });
const region = fc.record({
  region: fc.constantFrom<'low-back' | 'buttock' | 'groin' | 'lateral-leg' | 'posterior-calf' | 'great-toe'>(
    'low-back',
    'buttock',
    'groin',
    'lateral-leg',
    'posterior-calf',
    'great-toe',
  ),
  side: fc.constantFrom<'left' | 'right'>('left', 'right'),
});
const intake: fc.Arbitrary<Intake> = fc
  .record({
    setting: maybe(fc.constantFrom('primary', 'specialist')),
    person: maybe(
      fc.record({
        ageYears: maybe(fc.integer({ min: 18, max: 90 })),
        sex: maybe(fc.constantFrom('female', 'male')),
        occupationLoad: maybe(fc.constantFrom('light', 'heavy', 'not-working')),
      }),
    ),
    symptoms: maybe(
      fc.record({
        backPainNrs: maybe(nrs),
        legPainNrs: maybe(nrs),
        legPainSide: maybe(side),
        regions: maybe(fc.array(region, { maxLength: 3 })),
        durationWeeks: maybe(fc.integer({ min: 0, max: 200 })),
        claudication: maybe(yesNo),
        reliefSitting: maybe(yesNo),
        weaknessProgressive: maybe(fc.constantFrom('no', 'unknown')),
        saddleNumbness: maybe(fc.constantFrom('no', 'unknown')),
      }),
    ),
    examination: maybe(
      fc.record({
        straightLegRaise: maybe(
          fc.record({
            left: fc.constantFrom('positive', 'negative'),
            right: fc.constantFrom('positive', 'negative'),
          }),
        ),
        motorLeft: maybe(fc.record({ greatToeExtension: fc.integer({ min: 4, max: 5 }) })),
        motorRight: maybe(fc.record({ greatToeExtension: fc.integer({ min: 4, max: 5 }) })),
        sacroiliacTestsPositive: maybe(fc.integer({ min: 0, max: 6 })),
        ankleBrachialIndex: maybe(fc.double({ min: 0.5, max: 1.3, noNaN: true })),
      }),
    ),
    history: maybe(
      fc.record({
        smoking: maybe(fc.constantFrom('never', 'current')),
        egfr: maybe(fc.integer({ min: 15, max: 110 })),
        ulcerOrGiBleed: maybe(yesNo),
        priorTreatments: maybe(
          fc.array(
            fc.record({
              treatment: fc.constantFrom('physiotherapy', 'naproxen', 'medial branch block'),
              weeks: fc.integer({ min: 1, max: 30 }),
              outcome: fc.constantFrom('better', 'same', 'worse'),
            }),
            { maxLength: 2 },
          ),
        ),
      }),
    ),
    medications: maybe(
      fc.array(
        fc.record({
          name: fc.constantFrom('apixaban', 'Warfarin 5 mg', 'naproxen', 'tramadol', 'diazepam', 'metformin'),
        }),
        { maxLength: 2 },
      ),
    ),
    goals: maybe(
      fc.record({ weights: fc.record({ painRelief: nrs, avoidSurgery: maybe(nrs), speed: maybe(nrs) }) }),
    ),
  })
  .map((r) => strip(r) as unknown as Intake);

const cases: fc.Arbitrary<PatientCase> = fc
  .record({
    findings: fc.option(findings, { freq: 4 }),
    intake: fc.option(intake, { freq: 6 }),
    scores: fc.array(
      fc.record({
        instrument: fc.constantFrom('ODI', 'PHQ-9', 'ORT-OUD', 'RMDQ'),
        score: fc.integer({ min: 0, max: 24 }),
        max: fc.constant(100),
      }),
      { maxLength: 2 },
    ),
  })
  .map((r) => ({
    schema: 'foramen.case/1',
    patientId: 'p',
    now: '2026-11-22T00:00:00Z',
    priorFindings: [],
    genome: null,
    signals: [],
    problems: [],
    ...r,
  }));

/** `PROPERTY_RUNS=10000` runs every property on that many cases, outside the suite. */
const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 40),
  seed: Number(process.env.PROPERTY_SEED ?? 7),
} as const;
const judge = (patient: PatientCase) => {
  const assessment = assess(patient);
  return { assessment, plan: plan(patient, assessment) };
};

const OTHER: Readonly<Record<string, string>> = {
  left: 'right',
  right: 'left',
  motorLeft: 'motorRight',
  motorRight: 'motorLeft',
  sensoryLossLeft: 'sensoryLossRight',
  sensoryLossRight: 'sensoryLossLeft',
};
/** The same case in the mirror: every left is right. */
function mirror(value: unknown): unknown {
  if (typeof value === 'string') return OTHER[value] ?? value;
  if (Array.isArray(value)) return value.map(mirror);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [OTHER[k] ?? k, mirror(v)]));
}

describe('judgement as a whole', () => {
  it('gives the same bytes for the same case', () => {
    fc.assert(
      fc.property(cases, (c) => {
        expect(JSON.stringify(judge(structuredClone(c)))).toBe(JSON.stringify(judge(c)));
      }),
      RUNS,
    );
  });

  it('keeps probabilities coherent: they sum to 1, lie in their intervals, and non-specific stays', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const { assessment } = judge(c);
        const sum = assessment.differential.reduce((s, h) => s + h.p, 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
        for (const h of assessment.differential) {
          expect(h.interval[0]).toBeLessThanOrEqual(h.p);
          expect(h.interval[1]).toBeGreaterThanOrEqual(h.p);
          expect(h.p).toBeGreaterThanOrEqual(0);
        }
        expect(assessment.differential.some((h) => h.condition === 'non-specific')).toBe(true);
        const byCondition = new Map<string, number>();
        for (const h of assessment.differential)
          byCondition.set(h.condition, (byCondition.get(h.condition) ?? 0) + h.p);
        for (const [condition, p] of byCondition)
          if (condition !== 'non-specific') expect(p).toBeLessThanOrEqual(0.9005);
      }),
      RUNS,
    );
  });

  it('mirrors when the sides are relabelled', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const a = judge(c);
        const b = judge(mirror(c) as PatientCase);
        const key = (
          h: { condition: string; level?: string; root?: string; p: number },
          s: string | undefined,
        ) => `${h.condition}|${h.level}|${h.root}|${s}|${h.p.toFixed(3)}`;
        const left = a.assessment.differential.map((h) => key(h, OTHER[h.side ?? ''] ?? h.side)).sort();
        const right = b.assessment.differential.map((h) => key(h, h.side)).sort();
        expect(right).toEqual(left);
        expect(b.assessment.triage.urgency).toBe(a.assessment.triage.urgency);
        expect(b.plan.options.map((o) => o.id)).toEqual(a.plan.options.map((o) => o.id));
      }),
      RUNS,
    );
  });

  it('reads "unknown" exactly as it reads nothing', () => {
    const fields = [
      'symptoms.claudication',
      'symptoms.reliefSitting',
      'symptoms.fever',
      'symptoms.course',
      'history.diabetes',
      'history.ulcerOrGiBleed',
      'examination.pedalPulses',
    ];
    fc.assert(
      fc.property(cases, fc.constantFrom(...fields), (c, field) => {
        fc.pre(c.intake !== null);
        const [section, name] = field.split('.') as [string, string];
        const part = {
          ...((c.intake as Record<string, unknown>)[section] as Record<string, unknown> | undefined),
        };
        delete part[name];
        const absent = withValue(c, `intake.${section}`, part);
        const unknown = withValue(c, `intake.${section}`, { ...part, [name]: 'unknown' });
        const [a, b] = [judge(absent), judge(unknown)];
        expect(b.assessment.differential.map((h) => [h.id, h.p])).toEqual(
          a.assessment.differential.map((h) => [h.id, h.p]),
        );
        expect(b.assessment.triage.urgency).toBe(a.assessment.triage.urgency);
        expect(b.plan.options.map((o) => [o.id, o.rank])).toEqual(a.plan.options.map((o) => [o.id, o.rank]));
        expect(b.plan.ruledOut.map((o) => o.id)).toEqual(a.plan.ruledOut.map((o) => o.id));
      }),
      RUNS,
    );
  });

  it('is not moved by an irrelevant fact', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(
          ['person.language', 'es'],
          ['person.ancestry', 'EUR'],
          ['date', '2026-11-20'],
          ['shoeSize', 42],
          ['allergies', ['penicillin']],
          ['history.conditions', ['hay fever']],
        ),
        (c, [path, value]) => {
          fc.pre(c.intake !== null);
          const more = withValue(c, `intake.${path}`, value);
          expect(JSON.stringify(judge(more))).toBe(JSON.stringify(judge(c)));
        },
      ),
      RUNS,
    );
  });

  it('never lowers urgency for a worse deficit', () => {
    const worse: readonly (readonly [string, unknown, unknown])[] = [
      ['intake.examination.motorRight.ankleDorsiflexion', 4, 2],
      ['intake.symptoms.weaknessProgressive', 'no', 'yes'],
      ['intake.symptoms.saddleNumbness', 'no', 'yes'],
      ['intake.symptoms.urinaryRetention', 'no', 'yes'],
      ['intake.examination.postVoidResidualMl', 30, 400],
    ];
    fc.assert(
      fc.property(cases, fc.constantFrom(...worse), (c, [path, mild, severe]) => {
        fc.pre(c.intake !== null);
        const rank = (v: unknown) => URGENCY_ORDER.indexOf(assess(withValue(c, path, v)).triage.urgency);
        expect(rank(severe)).toBeGreaterThanOrEqual(rank(mild));
      }),
      RUNS,
    );
  });

  it('traces every number and resolves every reason', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const { assessment, plan: p } = judge(c);
        expect(traceNumbers(c, assessment, p)).toEqual([]);
      }),
      RUNS,
    );
  });

  it('ranks nothing behind a closed gate, and nothing without goals', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const { assessment, plan: p } = judge(c);
        if (assessment.triage.gate) {
          expect(p.options).toEqual([]);
          expect(assessment.forecasts).toEqual([]);
          expect(decisionAid(c, assessment, p)).toBeNull();
        }
        if (c.intake?.goals === undefined) {
          for (const o of p.options) expect(o.rank).toBeNull();
        }
      }),
      RUNS,
    );
  });

  it('gives forecasts whose means lie in their intervals and in the scale', () => {
    fc.assert(
      fc.property(cases, (c) => {
        for (const f of judge(c).assessment.forecasts) {
          const max = f.unit === 'probability' ? 1 : f.unit.startsWith('ODI') ? 100 : 10;
          for (const at of f.points) {
            expect(at.interval[0]).toBeLessThanOrEqual(at.mean);
            expect(at.interval[1]).toBeGreaterThanOrEqual(at.mean);
            expect(at.mean).toBeGreaterThanOrEqual(0);
            expect(at.interval[1]).toBeLessThanOrEqual(max);
          }
        }
      }),
      RUNS,
    );
  });
});
