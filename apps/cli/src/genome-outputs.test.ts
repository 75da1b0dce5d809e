import { genomicsBundle } from '@foramen/exchange/genomics';
import {
  callGenome,
  cohortRows,
  cohortTsv,
  namedIllnesses,
  type PatientContext,
  readOutsideCalls,
} from '@foramen/genomics';
import { patientReport, prescriberReport } from '@foramen/report/genome';
import type { GenomicProfile } from '@foramen/spine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const pick = (...names: string[]) => fc.constantFrom(...names);
const some = (...names: string[]) => fc.subarray(names, { maxLength: 3 });

/** Anybody: genes tested or not, drugs, age, kidneys, allergies, illnesses. */
const anybody = fc.record({
  genes: fc.record({
    CYP2D6: pick('', '*1/*1', '*4/*4', '*1/*4', '*4/*41', '*1/*2x2', '*1/*22'),
    CYP2C19: pick('', '*1/*1', '*2/*2', '*1/*2', '*17/*17', '*1/*12'),
    CYP2C9: pick('', '*1/*1', '*2/*3', '*3/*3', '*1/*3'),
    CYP2B6: pick('', '*1/*1', '*6/*6'),
    'HLA-A': pick('', '*31:01/*02:01', '*02:01/*03:01'),
    'HLA-B': pick('', '*15:02/*07:02', '*07:02/*08:01', '*58:01/*07:02'),
    RYR1: pick('', 'Reference/Reference', 'c.488G>T/Reference'),
    CACNA1S: pick('', 'Reference/Reference'),
  }),
  taken: some(
    'warfarin',
    'apixaban',
    'lorazepam',
    'sertraline',
    'duloxetine',
    'tramadol',
    'codeine',
    'lithium',
    'phenelzine',
    'clopidogrel',
    'amiodarone',
    'buprenorphine',
    'ciprofloxacin',
    'carbamazepine',
    'morphine',
    'naproxen',
    'gabapentin',
    'tamoxifen',
  ),
  allergies: some(
    'aspirin',
    'codeine',
    'sulfa drugs',
    'gabapentin',
    'local anaesthetic',
    'opioids',
    'granisetron',
    'propofol',
  ),
  ageYears: fc.constantFrom(8, 15, 40, 66, 78),
  egfr: fc.constantFrom(8, 25, 45, 90),
  ulcerOrGiBleed: fc.boolean(),
  heartFailure: fc.boolean(),
  conditions: some(
    'epilepsy since childhood',
    'Cirrhosis, Child-Pugh C',
    'hepatitis C',
    'long QT syndrome',
    'lactancia materna',
    'opioid use disorder',
    'alcohol dependence',
    'angle-closure glaucoma',
    'ictus en 2021',
    'pregnant, 24 weeks',
  ),
});
type Anybody = typeof anybody extends fc.Arbitrary<infer T> ? T : never;

function profileOf(who: Anybody): GenomicProfile {
  const lines = Object.entries(who.genes).flatMap(([gene, call]) =>
    call === '' ? [] : [`${gene}\t${call}`],
  );
  const outside = readOutsideCalls(lines.join('\n') || 'CYP3A5\t*3/*3', 'calls');
  if (!outside.ok) throw new Error(outside.problems[0].what);
  const context: PatientContext = {
    ...who,
    medications: who.taken.map((name) => ({ name })),
    illnesses: [
      ...(who.ulcerOrGiBleed ? ['ulcerOrGiBleed' as const] : []),
      ...(who.heartFailure ? ['heartFailure' as const] : []),
      ...namedIllnesses(who.conditions),
    ],
  };
  const called = callGenome(null, 'p', { outside: outside.value, context });
  if (!called.ok) throw new Error(called.problems[0].what);
  return called.value;
}

const list = (text: string) => new Set(text.split(' '));
const NSAID = list(
  'naproxen ibuprofen diclofenac celecoxib ketorolac meloxicam flurbiprofen lornoxicam piroxicam tenoxicam',
);
const OPIOID = list(
  'morphine hydromorphone buprenorphine tapentadol oxycodone fentanyl methadone codeine tramadol hydrocodone',
);
const PRODRUG = list('codeine tramadol hydrocodone');
const SEROTONIN = list(
  'sertraline escitalopram citalopram paroxetine fluvoxamine vortioxetine duloxetine venlafaxine milnacipran amitriptyline nortriptyline desipramine imipramine doxepin clomipramine trimipramine tramadol tapentadol fentanyl methadone',
);
const TRICYCLIC = list(
  'amitriptyline nortriptyline desipramine imipramine doxepin clomipramine trimipramine',
);
const QT = list('escitalopram citalopram ondansetron methadone droperidol');
const LOCAL = list('lidocaine bupivacaine ropivacaine mepivacaine articaine prilocaine');

/** What labels and guidelines forbid in an illness, written apart from the product's own. */
const FORBIDS: readonly (readonly [RegExp, string])[] = [
  [
    /epilepsy/,
    'tramadol tapentadol amitriptyline nortriptyline desipramine imipramine doxepin clomipramine trimipramine metoclopramide',
  ],
  [
    /Child-Pugh C/,
    'morphine oxycodone hydrocodone codeine tramadol tapentadol methadone buprenorphine duloxetine milnacipran venlafaxine sertraline tizanidine nortriptyline desipramine apixaban rivaroxaban prasugrel ticagrelor carbamazepine naproxen ibuprofen diclofenac celecoxib ketorolac',
  ],
  [/hepatitis/, 'duloxetine milnacipran diclofenac'],
  [
    /long QT/,
    'methadone buprenorphine citalopram escitalopram ondansetron granisetron tropisetron droperidol nortriptyline desipramine amitriptyline',
  ],
  [
    /lactancia/,
    'codeine tramadol tapentadol oxycodone hydrocodone pregabalin ticagrelor prasugrel apixaban rivaroxaban naproxen ketorolac',
  ],
  [/alcohol/, 'duloxetine milnacipran carisoprodol diazepam'],
  [/glaucoma/, 'duloxetine nortriptyline desipramine amitriptyline'],
  [/ictus/, 'prasugrel celecoxib diclofenac'],
  [
    /pregnant/,
    'naproxen ibuprofen diclofenac celecoxib ketorolac pregabalin carbamazepine phenytoin paroxetine warfarin apixaban rivaroxaban',
  ],
];

/** Why a drug must not be named for this person: facts of labels and of Beers 2023, written apart from the product's own. */
function against(drug: string, replaced: string, who: Anybody, monitored = false): string[] {
  const taken = who.taken.filter((name) => name !== replaced && name !== drug);
  const has = (...names: string[]) => taken.some((name) => names.includes(name));
  const allergic = (...names: string[]) => who.allergies.some((name) => names.includes(name));
  const out: string[] = [];
  const when = (bad: boolean, why: string) => {
    if (bad) out.push(why);
  };
  when(who.allergies.includes(drug), 'allergy to it');
  when(NSAID.has(drug) && allergic('aspirin'), 'aspirin allergy');
  when(drug === 'celecoxib' && allergic('sulfa drugs'), 'sulfa allergy');
  when(OPIOID.has(drug) && allergic('opioids'), 'opioid allergy');
  when(
    ['morphine', 'hydromorphone', 'oxycodone', 'hydrocodone'].includes(drug) && allergic('codeine'),
    'of one family with codeine',
  );
  when(
    (LOCAL.has(drug) || drug === 'lidocaine plaster') && allergic('local anaesthetic'),
    'local anaesthetic allergy',
  );
  when(NSAID.has(drug) && who.egfr < 30, 'kidneys');
  when(
    ['morphine', 'tapentadol', 'duloxetine', 'baclofen', 'oxycodone'].includes(drug) && who.egfr < 30,
    'kidneys',
  );
  when(['gabapentin', 'pregabalin', 'milnacipran'].includes(drug) && who.egfr < 15, 'kidneys');
  when(NSAID.has(drug) && who.heartFailure, 'heart');
  when(NSAID.has(drug) && drug !== 'celecoxib' && who.ulcerOrGiBleed, 'ulcer');
  when(NSAID.has(drug) && has('warfarin', 'apixaban', 'clopidogrel', 'lithium'), 'bleeding or lithium');
  when(['prasugrel', 'ticagrelor'].includes(drug) && has('warfarin', 'apixaban'), 'bleeding');
  when(drug === 'prasugrel' && who.ageYears >= 75, 'age');
  when(TRICYCLIC.has(drug) && who.ageYears >= 65, 'age');
  when(PRODRUG.has(drug) && drug !== 'hydrocodone' && who.ageYears < 12, 'a child');
  when(drug === 'tapentadol' && who.ageYears < 18, 'a child');
  when(
    SEROTONIN.has(drug) && !(monitored && drug === 'fentanyl') && taken.some((name) => SEROTONIN.has(name)),
    'serotonin',
  );
  when(drug === 'fentanyl' && has('phenelzine'), 'MAO inhibitor');
  when(SEROTONIN.has(drug) && !OPIOID.has(drug) && has('phenelzine'), 'MAO inhibitor');
  // Around an operation breathing is watched, and both pairs are allowed for with precautions.
  when(OPIOID.has(drug) && !monitored && has('lorazepam'), 'benzodiazepine');
  when(
    drug === 'buprenorphine' ? has('morphine') : OPIOID.has(drug) && !monitored && has('buprenorphine'),
    'opioids that block each other',
  );
  when(
    drug === 'duloxetine' && has('tramadol', 'codeine', 'tamoxifen', 'ciprofloxacin'),
    'through CYP2D6 or CYP1A2',
  );
  when(PRODRUG.has(drug) && has('duloxetine'), 'not activated');
  when(QT.has(drug) && has('amiodarone'), 'QT time');
  when(['omeprazole', 'esomeprazole'].includes(drug) && has('clopidogrel'), 'clopidogrel not activated');
  when(drug === 'ticagrelor' && has('carbamazepine'), 'induced');
  for (const [word, drugs] of FORBIDS)
    when(list(drugs).has(drug) && who.conditions.some((said) => word.test(said)), String(word));
  // At home; in hospital breathing is watched.
  const depends = who.conditions.some((said) => /opioid use|alcohol/.test(said));
  const alone = who.conditions.every((said) => !said.includes('alcohol'));
  when(OPIOID.has(drug) && !monitored && depends && !(drug === 'buprenorphine' && alone), 'dependence');
  return out;
}

describe('what is offered in place of a drug, and around an operation', () => {
  it('meets nothing in the same person: genes, drugs, kidneys, age, allergies, illnesses', () => {
    let offered = 0;
    fc.assert(
      fc.property(anybody, (who) => {
        const profile = profileOf(who);
        const changed = new Map(
          profile.drugs
            .filter((entry) => !['standard', 'no-recommendation', 'untested'].includes(entry.action))
            .map((entry) => [entry.drug, entry.action]),
        );
        const check = (drug: string, replaced: string, monitored = false) => {
          offered++;
          expect({ drug, replaced, action: changed.get(drug) }).toEqual({
            drug,
            replaced,
            action: undefined,
          });
          expect({ drug, replaced, against: against(drug, replaced, who, monitored) }).toEqual({
            drug,
            replaced,
            against: [],
          });
        };
        for (const entry of profile.drugs) {
          for (const drug of entry.alternatives) {
            check(drug, entry.drug);
            expect(who.taken.includes(drug)).toBe(false);
            expect(PRODRUG.has(entry.drug) && PRODRUG.has(drug)).toBe(false);
            const hla = profile.drugs.some(
              (d) => d.drug === drug && d.action === 'untested' && d.genes.join().includes('HLA'),
            );
            expect(hla, `${drug} for ${entry.drug}: HLA not tested`).toBe(false);
          }
        }
        expect(profile.perioperative?.length).toBe(6);
        for (const { role, prefer, avoid, because } of profile.perioperative ?? []) {
          if (role === 'opioid' && prefer.length > 0)
            for (const name of ['lorazepam', 'buprenorphine'])
              if (who.taken.includes(name))
                expect(because.some((why) => why.startsWith(`${name} is taken`))).toBe(true);
          for (const drug of prefer) {
            check(drug, '', true);
            expect(avoid, role).not.toContain(drug);
            expect(PRODRUG.has(drug)).toBe(false);
          }
        }
      }),
      { numRuns: 100, seed: 8 },
    );
    expect(offered).toBeGreaterThan(1500);
  });
});

describe('what was taken second-hand', () => {
  it('says so in every sentence of every output', () => {
    let seen = 0;
    fc.assert(
      fc.property(anybody, (who) => {
        const profile = profileOf({ ...who, genes: { ...who.genes, CYP2C19: '*2/*2' } });
        const operation = (profile.perioperative ?? []).flatMap((item) => item.because);
        const bundle = genomicsBundle(profile, '2026-11-22');
        const outputs = [
          ...operation,
          ...profile.drugs.flatMap((action) => action.because),
          ...(prescriberReport(profile, '2026-11-22').match(/<span class="gl">[^<]*/g) ?? []),
          JSON.stringify(bundle, (key, value: unknown) =>
            key === 'note' || key === 'div' ? undefined : value,
          ),
        ].join('\n');
        // Whose warning a rule of care is, with its year, is another thing than a row of the label tables.
        const named = outputs.match(/\bFDA\b(?! boxed warning| and benzodiazepine)[^.<"]{0,14}/g) ?? [];
        seen += named.length;
        for (const text of named) expect(text).toMatch(/^FDA, second-hand/);
      }),
      { numRuns: 20, seed: 11 },
    );
    expect(seen).toBeGreaterThan(100);
  });
});

describe('malignant hyperthermia', () => {
  const CAUSES = list('sevoflurane desflurane isoflurane halothane enflurane methoxyflurane succinylcholine');
  /** The only places at which the word may stand: where it is denied. */
  const DENIED = [/negative is never safe/g, /never makes an anaesthetic safe/g];

  it('is never called safe by a negative or missing result, in any output', () => {
    fc.assert(
      fc.property(
        anybody.filter((who) => who.genes.RYR1 !== 'c.488G>T/Reference'),
        (who) => {
          const profile = profileOf(who);
          for (const entry of profile.drugs.filter((d) => CAUSES.has(d.drug)))
            expect(['monitor', 'untested', 'no-recommendation']).toContain(entry.action);
          const patient = patientReport(profile, '2026-11-22');
          const outputs = [
            JSON.stringify(profile),
            prescriberReport(profile, '2026-11-22'),
            patient,
            patientReport(profile, '2026-11-22', 'es'),
            JSON.stringify(genomicsBundle(profile, '2026-11-22')),
            cohortTsv(cohortRows(profile)),
          ];
          for (const output of outputs) {
            const rest = DENIED.reduce((text, denied) => text.replace(denied, ''), output);
            expect(rest).not.toMatch(/\b(safe|safely|segur[oa]s?|clears|excluded by)\b/i);
            expect(rest).not.toMatch(/RYR1 Normal|CACNA1S Normal/);
          }
          // Neither "no change" nor "no change so far": what is not known of these is said to be not known.
          const cards = patient.split('<div class="card">').slice(1);
          const plain = cards.filter((card) => /No change/.test(card.slice(0, 120))).join();
          for (const drug of CAUSES) expect(plain).not.toContain(drug);
          const page = profile.perioperative?.find((item) => item.role === 'anaesthetic');
          for (const drug of page?.prefer ?? []) expect(CAUSES.has(drug)).toBe(false);
          expect(page?.because[0]).toMatch(/ask for own and family reactions/);
        },
      ),
      { numRuns: 40, seed: 9 },
    );
  });

  it('found means none of its causes', () => {
    fc.assert(
      fc.property(anybody, (who) => {
        const profile = profileOf({ ...who, genes: { ...who.genes, RYR1: 'c.488G>T/Reference' } });
        const page = profile.perioperative?.find((item) => item.role === 'anaesthetic');
        for (const drug of CAUSES) expect(page?.avoid).toContain(drug);
        for (const entry of profile.drugs.filter((d) => CAUSES.has(d.drug) && d.guideline === 'CPIC'))
          expect(entry.action).toBe('avoid');
      }),
      { numRuns: 20, seed: 10 },
    );
  });
});
