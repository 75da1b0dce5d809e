import { EVIDENCE } from '@foramen/evidence';
import type { AxialZone, LevelFindings, NerveRoot, PatientCase, Side, SpineFindings } from '@foramen/spine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import { buildCase } from './case/build-case.ts';
import { valueAt, withValue } from './facts.ts';
import { decide } from './plan/decide.ts';
import { plan } from './plan/plan.ts';
import { URGENCY_ORDER } from './triage/judged.ts';

const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 });
const strip = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const side = fc.constantFrom<Side>('left', 'right');
const nrs = fc.integer({ min: 0, max: 10 });
const p01 = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const graded = (n: number, sure = 0.8) =>
  fc.nat(n - 1).map((i) => ({
    grade: i + 1,
    p: Array.from({ length: n }, (_, j) => (i === j ? sure : (1 - sure) / (n - 1))),
  }));

const MUSCLES = [
  'hipFlexion',
  'kneeExtension',
  'ankleDorsiflexion',
  'greatToeExtension',
  'hipAbduction',
  'anklePlantarflexion',
] as const;
const SYMPTOMS =
  'weaknessReported weaknessProgressive claudication reliefSitting reliefBendingForward worseStanding worseBendingBackward worseSitting worseCoughing nightPain improvesWithExercise improvesWithRest alternatingButtockPain saddleNumbness bladderDysfunction urinaryRetention bowelDysfunction sexualDysfunction bilateralLegSymptoms fever weightLoss'.split(
    ' ',
  );
const HISTORY =
  'cancer osteoporosis longTermSteroids immunosuppression intravenousDrugUse recentInfectionOrProcedure diabetes vascularDisease pregnancy familyBackPain ulcerOrGiBleed heartFailure sleepApnoea'.split(
    ' ',
  );
const EXAMINED =
  'hipInternalRotationPain wideBasedGait abnormalRomberg thirtySecondExtensionPositive centralisation spinalTenderness clonusOrBabinski pulsatileAbdominalMass'.split(
    ' ',
  );

/** Most answers are "no" so that gates stay open often enough for plans to be compared. */
const quiet = fc.constantFrom('no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes');
const few = (keys: readonly string[], arb: fc.Arbitrary<unknown>) =>
  fc.record(Object.fromEntries(keys.map((k) => [k, maybe(arb)])));
/** Signs of one leg. Of two legs exactly alike one must be named first, and that is no mirror. */
const oneLeg = fc
  .record({
    on: side,
    straightLegRaise: maybe(fc.constantFrom('positive', 'negative')),
    femoralStretch: maybe(fc.constantFrom('positive', 'negative')),
    achillesReflex: maybe(fc.constantFrom('normal', 'reduced', 'absent')),
    motor: maybe(few(MUSCLES, fc.integer({ min: 4, max: 5 }))),
    sensory: maybe(fc.constantFrom(['L5'], ['S1'], ['L4'])),
  })
  .map(({ on, motor, sensory, ...tests }) => {
    const leg = on === 'left' ? 'Left' : 'Right';
    return {
      ...Object.fromEntries(
        Object.entries(tests).flatMap(([k, v]) => (v === undefined ? [] : [[k, { [on]: v }]])),
      ),
      [`motor${leg}`]: motor,
      [`sensoryLoss${leg}`]: sensory,
    };
  });
const region = fc.record({
  region: fc.constantFrom(
    'low-back',
    'buttock',
    'groin',
    'anterior-thigh',
    'lateral-leg',
    'posterior-calf',
    'great-toe',
  ),
  side: maybe(side),
});
const intake = fc
  .record({
    setting: maybe(fc.constantFrom('primary', 'specialist', 'emergency')),
    person: maybe(
      fc.record({
        ageYears: maybe(fc.integer({ min: 8, max: 92 })),
        sex: maybe(fc.constantFrom('female', 'male')),
        occupationLoad: maybe(fc.constantFrom('light', 'heavy', 'not-working')),
      }),
    ),
    symptoms: fc
      .tuple(
        few(SYMPTOMS, quiet),
        fc.record({
          backPainNrs: maybe(nrs),
          legPainNrs: maybe(nrs),
          on: side,
          legPainSide: maybe(side),
          regions: maybe(fc.uniqueArray(region, { maxLength: 3, selector: (r) => r.region })),
          numbness: maybe(fc.uniqueArray(region, { maxLength: 2, selector: (r) => r.region })),
          durationWeeks: maybe(fc.integer({ min: 0, max: 200 })),
          course: maybe(fc.constantFrom('improving', 'stable', 'worsening')),
          onset: maybe(fc.constantFrom('sudden', 'gradual')),
        }),
      )
      .map(([a, { on, regions, numbness, legPainSide, ...rest }]) => {
        const there = (list: typeof regions) =>
          list?.map((r) => ({ ...r, ...(r.side === undefined ? {} : { side: on }) }));
        return {
          ...a,
          ...rest,
          legPainSide: legPainSide === undefined ? undefined : on,
          regions: there(regions),
          numbness: there(numbness),
        };
      }),
    examination: fc
      .tuple(
        few(EXAMINED, quiet),
        fc.record({
          sacroiliacTestsPositive: maybe(fc.integer({ min: 0, max: 6 })),
          pedalPulses: maybe(fc.constantFrom('normal', 'reduced')),
          postVoidResidualMl: maybe(fc.integer({ min: 0, max: 90 })),
        }),
        oneLeg,
      )
      .map(([a, b, c]) => ({ ...a, ...b, ...c })),
    history: maybe(few(HISTORY, quiet)),
    medications: maybe(
      fc.array(
        fc.record({ name: fc.constantFrom('apixaban', 'naproxen', 'tramadol', 'sertraline', 'metformin') }),
        {
          maxLength: 2,
        },
      ),
    ),
    goals: maybe(
      fc.record({ weights: fc.record({ painRelief: nrs, avoidSurgery: maybe(nrs), speed: maybe(nrs) }) }),
    ),
  })
  .map(strip);

/** Two sides that differ, for the same reason. */
const unlike = fc
  .tuple(graded(4, 0.8), graded(4, 0.6), fc.boolean())
  .map(([a, b, turned]) => (turned ? { left: b, right: a } : { left: a, right: b }));
const level = (name: string, i: number) =>
  fc
    .record({
      pfirrmann: maybe(graded(5)),
      herniation: maybe(p01.map((p) => ({ p }))),
      herniationSide: maybe(fc.constantFrom('left', 'right', 'bilateral', 'unknown')),
      herniationZone: maybe(fc.constantFrom<AxialZone>('central', 'subarticular', 'foraminal', 'unknown')),
      schizas: maybe(graded(4)),
      leeForaminal: maybe(unlike),
      lateralRecess: maybe(unlike),
      rootContacts: maybe(
        fc.uniqueArray(
          fc.record({
            root: fc.constantFrom<NerveRoot>('L3', 'L4', 'L5', 'S1'),
            side,
            grade: fc.constantFrom('contact', 'compression'),
            p: p01,
          }),
          { maxLength: 2, selector: (c) => c.root },
        ),
      ),
    })
    .map(
      (r) =>
        strip({
          level: name,
          indexFromBottom: i + 1,
          confidence: 0.9,
          measures: {},
          because: { slice: 0, box: [0, 0, 1, 1], models: [] },
          ...r,
        }) as unknown as LevelFindings,
    );
const findings = fc.tuple(...['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3'].map(level)).map(
  (levels) =>
    ({
      schema: 'foramen.findings/1',
      series: [],
      enumeration: { confidence: 0.95, lumbarCount: 5, transitional: 'none', because: [] },
      levels,
      vertebrae: [],
      limits: [],
      models: [],
    }) as unknown as SpineFindings,
);

interface Parts {
  readonly intake: unknown;
  readonly findings: SpineFindings | null;
}
const parts: fc.Arbitrary<Parts> = fc.record({ intake, findings: fc.option(findings, { freq: 4 }) });

function caseOf({ intake: told, findings: seen }: Parts): PatientCase {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: told, findings: seen });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return built.value;
}
/** Assessment and plan alone, as bytes. */
function conclusions(of: Parts): string {
  const patient = caseOf(of);
  const assessment = assess(patient);
  return JSON.stringify([assessment, plan(patient, assessment)]);
}
function judged(of: Parts): string {
  const patient = caseOf(of);
  const assessment = assess(patient);
  return JSON.stringify({ patient, assessment, plan: plan(patient, assessment) });
}

/** The other side of every word, in values and keys alike. */
const mirrored = (text: string): string =>
  text.replace(/left|right|Left|Right/g, (w) =>
    w === 'left' ? 'right' : w === 'right' ? 'left' : w === 'Left' ? 'Right' : 'Left',
  );
/** Keys and lists in one order: of two alike on both sides one must stand first, and a record by side has one side first. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(ordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, ordered(v)]),
  );
}
const inOrder = (text: string): string => JSON.stringify(ordered(JSON.parse(text)));
/** `PROPERTY_RUNS=10000` runs every property on that many cases, outside the suite. */
const runs = (usual: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: Number(process.env.PROPERTY_RUNS ?? usual),
  seed: Number(process.env.PROPERTY_SEED ?? 11),
});
const RUNS = runs(60);

/** Facts on a scale of 0 to 10 that the counterfactual may turn. */
const SCALES = [
  'symptoms.legPainNrs',
  'symptoms.backPainNrs',
  'goals.weights.avoidSurgery',
  'goals.weights.painRelief',
  'goals.weights.speed',
].map((path) => `intake.${path}`);

describe('properties of the whole judgement', () => {
  it('mirrors byte for byte, but for the order within lists, when every side is renamed', () => {
    fc.assert(
      fc.property(parts, (c) => {
        const other = JSON.parse(mirrored(JSON.stringify(c))) as Parts;
        const [a, b] = [inOrder(judged(c)), inOrder(mirrored(judged(other)))];
        expect(b).toBe(a);
      }),
      RUNS,
    );
  });

  it('is byte for byte the same for "unknown" and for nothing, in every question', () => {
    const paths = [
      ...SYMPTOMS.map((k) => `symptoms.${k}`),
      ...HISTORY.map((k) => `history.${k}`),
      ...EXAMINED.map((k) => `examination.${k}`),
      'symptoms.course',
      'symptoms.onset',
      'symptoms.legPainSide',
      'examination.pedalPulses',
      'examination.perianalSensation',
      'examination.analTone',
      'history.recentTrauma',
      'history.smoking',
      'person.sex',
      'person.occupationLoad',
      'setting',
    ];
    fc.assert(
      fc.property(parts, fc.constantFrom(...paths), (c, path) => {
        const without = strip(withValue(c.intake, path, undefined));
        const unknown = withValue(c.intake, path, 'unknown');
        const [a, b] = [without, unknown].map((told) => conclusions({ ...c, intake: told }));
        expect(b, path).toBe(a);
      }),
      runs(150),
    );
  });

  it('is not moved by a fact without bearing', () => {
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom<readonly [string, unknown]>(
          ['person.language', 'es'],
          ['person.ancestry', 'EAS'],
          ['shoeSize', 43],
          ['allergies', ['pollen']],
          ['history.conditions', ['hay fever', 'tinnitus']],
          ['symptoms.freeText', 'I like gardening and have two cats.'],
          ['goals.statements', ['dance at my wedding']],
        ),
        (c, [path, value]) => {
          fc.pre(path !== 'goals.statements' || (c.intake as { goals?: unknown }).goals !== undefined);
          expect(conclusions({ ...c, intake: withValue(c.intake, path, value) })).toBe(conclusions(c));
        },
      ),
      RUNS,
    );
  });

  it('never lowers the urgency, nor opens the gate, for a worse deficit of any kind', () => {
    const worse: readonly (readonly [string, readonly unknown[]])[] = [
      ...MUSCLES.flatMap((m) =>
        ['motorLeft', 'motorRight'].map((leg) => [`examination.${leg}.${m}`, [5, 4, 3, 2, 1, 0]] as const),
      ),
      ...(
        [
          'weaknessReported',
          'weaknessProgressive',
          'saddleNumbness',
          'bladderDysfunction',
          'urinaryRetention',
          'bowelDysfunction',
          'sexualDysfunction',
          'bilateralLegSymptoms',
          'fever',
          'weightLoss',
        ] as const
      ).map((k) => [`symptoms.${k}`, ['no', 'yes']] as const),
      ['examination.postVoidResidualMl', [0, 80, 150, 250, 700]],
      ['examination.perianalSensation', ['normal', 'reduced', 'absent']],
      ['examination.analTone', ['normal', 'reduced', 'absent']],
      ['examination.clonusOrBabinski', ['no', 'yes']],
      ['examination.pulsatileAbdominalMass', ['no', 'yes']],
      ['examination.pedalPulses', ['normal', 'reduced', 'absent']],
      ['history.recentTrauma', ['none', 'minor', 'severe']],
      ['history.cancer', ['no', 'yes']],
      ['history.intravenousDrugUse', ['no', 'yes']],
      ['history.longTermSteroids', ['no', 'yes']],
      ['history.crpMgL', [2, 15, 60, 250]],
      [
        'symptoms.freeText',
        ['nothing new', 'nothing new. My left foot drops since yesterday and gets worse.'],
      ],
      ['symptoms.freeText', ['nothing new', 'nothing new. I cannot feel when I wipe.']],
    ];
    fc.assert(
      fc.property(parts, fc.constantFrom(...worse), (c, [path, steps]) => {
        const triaged = steps.map(
          (v) => assess(caseOf({ ...c, intake: withValue(c.intake, path, v) })).triage,
        );
        triaged.slice(1).forEach((after, i) => {
          const before = triaged[i]!;
          const rank = (u: string) => URGENCY_ORDER.indexOf(u as (typeof URGENCY_ORDER)[number]);
          expect(rank(after.urgency), `${path} ${String(steps[i + 1])}`).toBeGreaterThanOrEqual(
            rank(before.urgency),
          );
          if (before.gate) expect(after.gate, `${path} ${String(steps[i + 1])}`).toBe(true);
          if (before.withinHours !== null)
            expect(after.withinHours ?? Number.POSITIVE_INFINITY, path).toBeLessThanOrEqual(
              before.withinHours,
            );
        });
      }),
      runs(200),
    );
  });

  it('gives the same bytes whatever the order in which the answers were written', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([k, v]) => [k, turned(v)]),
            )
          : value;
    fc.assert(
      fc.property(parts, (c) => {
        expect(conclusions({ ...c, intake: turned(c.intake) })).toBe(conclusions(c));
      }),
      RUNS,
    );
  });

  it('names the smallest change that would change the advice, and that change does change it', () => {
    fc.assert(
      fc.property(parts, (c) => {
        const patient = caseOf(c);
        const before = decide(patient, EVIDENCE);
        const adviceWith = (path: string, value: unknown): string =>
          decide(withValue(patient, path, value), EVIDENCE, before.triage).advice;
        const found = plan(patient, assess(patient)).counterfactuals.map(({ change, then }) => {
          const [, path, now, value] = /^(.+): (.+) -> (.+)$/.exec(change) as unknown as [
            string,
            string,
            string,
            string,
          ];
          return { path, then, now: Number(now), value: Number(value), told: value };
        });
        for (const f of found) {
          if (Number.isNaN(f.value)) {
            const after = decide(withValue(patient, f.path, f.told), EVIDENCE).advice;
            expect(after, f.path).toBe(f.then);
            expect(after, f.path).not.toBe(before.advice);
            continue;
          }
          expect(adviceWith(f.path, f.value), f.path).toBe(f.then);
          expect(f.then, f.path).not.toBe(before.advice);
          const nearer = f.value + Math.sign(f.now - f.value);
          if (nearer !== f.now) expect(adviceWith(f.path, nearer), `${f.path} ${nearer}`).toBe(before.advice);
        }
        // Nothing smaller on a scale of 0 to 10 does it.
        const [first] = found;
        if (first === undefined || Number.isNaN(first.value)) return;
        const size =
          Math.abs(first.value - first.now) /
          (/Weeks$/.test(first.path) ? 104 : /egfr$/.test(first.path) ? 100 : 10);
        for (const path of SCALES) {
          const now = valueAt(patient, path);
          if (typeof now !== 'number') continue;
          for (let by = 1; by / 10 < size - 1e-9; by++) {
            for (const value of [now - by, now + by]) {
              if (value >= 0 && value <= 10)
                expect(adviceWith(path, value), `${path} ${value}, smaller than ${first.path}`).toBe(
                  before.advice,
                );
            }
          }
        }
      }),
      RUNS,
    );
  });
});
