import type { AxialZone, LevelFindings, NerveRoot, PatientCase, Side, SpineFindings } from '@foramen/spine';
import fc from 'fast-check';
import { buildCase } from './case/build-case.ts';

/** Whole cases at random: intakes as people fill them in, pictures with findings on one side or both. */

const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 2 });
export const strip = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const side = fc.constantFrom<Side>('left', 'right');
const nrs = fc.integer({ min: 0, max: 10 });
const p01 = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const graded = (n: number, sure = 0.8) =>
  fc.nat(n - 1).map((i) => ({
    grade: i + 1,
    p: Array.from({ length: n }, (_, j) => (i === j ? sure : (1 - sure) / (n - 1))),
  }));

export const MUSCLES = [
  'hipFlexion',
  'kneeExtension',
  'ankleDorsiflexion',
  'greatToeExtension',
  'hipAbduction',
  'anklePlantarflexion',
] as const;
export const SYMPTOMS =
  'weaknessReported weaknessProgressive claudication reliefSitting reliefBendingForward worseStanding worseBendingBackward worseSitting worseCoughing nightPain improvesWithExercise improvesWithRest alternatingButtockPain saddleNumbness bladderDysfunction urinaryRetention bowelDysfunction sexualDysfunction bilateralLegSymptoms fever weightLoss'.split(
    ' ',
  );
export const HISTORY =
  'cancer osteoporosis longTermSteroids immunosuppression intravenousDrugUse recentInfectionOrProcedure diabetes vascularDisease pregnancy familyBackPain ulcerOrGiBleed heartFailure sleepApnoea'.split(
    ' ',
  );
export const EXAMINED =
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

export interface Parts {
  readonly intake: unknown;
  readonly findings: SpineFindings | null;
}
export const parts: fc.Arbitrary<Parts> = fc.record({ intake, findings: fc.option(findings, { freq: 4 }) });

export function caseOf({ intake: told, findings: seen }: Parts): PatientCase {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake: told, findings: seen });
  if (!built.ok) throw new RangeError(built.problems[0].what);
  return built.value;
}
