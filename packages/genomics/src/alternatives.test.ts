import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { againstDrug, alternativesFor, offered } from './alternatives.ts';
import { MEDICINES, medicine, type PatientContext } from './medicines.ts';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';

function drugsOf(calls: string, context: PatientContext = {}) {
  const outside = readOutsideCalls(calls, 'calls');
  if (!outside.ok) throw new Error(outside.problems[0].what);
  const called = callGenome(null, 'p', { outside: outside.value, context, brief: true });
  if (!called.ok) throw new Error(called.problems[0].what);
  return called.value.drugs;
}
const offer = (calls: string, drug: string, context: PatientContext = {}) =>
  drugsOf(calls, context).find((d) => d.drug === drug && d.guideline === 'CPIC')?.alternatives ?? [];
const taking = (...names: string[]): PatientContext => ({ medications: names.map((name) => ({ name })) });

const POOR = 'CYP2D6\t*4/*4\nCYP2C19\t*1/*1';

describe('an allergy', () => {
  it('rules out the family that labels name with it, in any language and by brand, and no other', () => {
    for (const [allergy, drug] of [
      ['ketorolaco', 'naproxen'],
      ['meloxicam', 'ibuprofen'],
      ['indometacina', 'celecoxib'],
      ['Celebrex', 'naproxen'],
      ['Septrin', 'celecoxib'],
      ['Bactrim', 'celecoxib'],
      ['mepivacaína', 'bupivacaine'],
      ['bupivacaine', 'lidocaine plaster'],
      ['Xylocaine', 'lidocaine'],
      ['Tegretol', 'oxcarbazepine'],
    ] as const)
      expect(againstDrug(drug, { allergies: [allergy] }), allergy).not.toEqual([]);
    for (const [allergy, drug] of [
      ['Septrin', 'naproxen'],
      ['procaine', 'lidocaine'],
      ['tramadol', 'tapentadol'],
      ['penicillin', 'naproxen'],
      ['NKDA', 'ibuprofen'],
    ] as const)
      expect(againstDrug(drug, { allergies: [allergy] }), allergy).toEqual([]);
  });
});

describe('what stands in for a drug', () => {
  it('is what a pain physician would give for the same pain', () => {
    expect(offer(POOR, 'amitriptyline')).toEqual([
      'gabapentin',
      'pregabalin',
      'duloxetine',
      'lidocaine plaster',
    ]);
    expect(offer('HLA-B\t*15:02/*07:02', 'carbamazepine')).toEqual([
      'gabapentin',
      'pregabalin',
      'duloxetine',
      'venlafaxine',
    ]);
    expect(offer('CYP2D6\t*1/*1\nCYP2C19\t*17/*17', 'amitriptyline')[0]).toBe('nortriptyline');
    expect(offer(POOR, 'tramadol')).toEqual(['morphine', 'hydromorphone', 'buprenorphine', 'tapentadol']);
    for (const { drug } of MEDICINES.filter((m) => m.class === 'tricyclic'))
      expect(offer(POOR, drug)).not.toEqual(expect.arrayContaining(['lamotrigine']));
  });

  it('is not taken for a drug whose name holds its own', () => {
    const against = (drug: string, candidate: string, taken: string) =>
      alternativesFor(drug, [], taking(taken)).find((entry) => entry.drug === candidate)?.against;
    expect(against('sertraline', 'citalopram', 'escitalopram')).toEqual([
      'serotonin syndrome with escitalopram',
      'QT time, with escitalopram',
    ]);
    expect(against('lansoprazole', 'omeprazole', 'esomeprazole')).toEqual([]);
    expect(against('lansoprazole', 'omeprazole', 'omeprazole')).toEqual(['taken already']);
  });

  it('does not meet what is taken already', () => {
    for (const [calls, drug, taken, not] of [
      [POOR, 'tramadol', ['lorazepam'], 'morphine'],
      [POOR, 'tramadol', ['naltrexone'], 'hydromorphone'],
      [POOR, 'tramadol', ['oxycodone'], 'buprenorphine'],
      [POOR, 'codeine', ['sertraline'], 'tapentadol'],
      [POOR, 'amitriptyline', ['tamoxifen'], 'duloxetine'],
      [POOR, 'amitriptyline', ['ciprofloxacin'], 'duloxetine'],
      [POOR, 'amitriptyline', ['linezolid'], 'duloxetine'],
      [POOR, 'paroxetine', ['amiodarone'], 'citalopram'],
      ['CYP2C9\t*3/*3', 'celecoxib', ['lithium'], 'naproxen'],
      ['CYP2C9\t*3/*3', 'celecoxib', ['clopidogrel'], 'naproxen'],
      ['CYP2C19\t*2/*2', 'clopidogrel', ['apixaban'], 'ticagrelor'],
      ['CYP2C19\t*2/*2', 'clopidogrel', ['carbamazepine'], 'ticagrelor'],
      ['CYP2C19\t*17/*17', 'lansoprazole', ['clopidogrel'], 'esomeprazole'],
    ] as const) {
      expect(offer(calls, drug), `${drug} alone`).toContain(not);
      expect(offer(calls, drug, taking(...taken)), `${drug} with ${taken.join()}`).not.toContain(not);
    }
    // The drug that is replaced is no reason against its successor.
    expect(offer(POOR, 'amitriptyline', taking('amitriptyline'))).toContain('duloxetine');
    expect(offer(POOR, 'codeine', { allergies: ['morphine'] })).toEqual(['buprenorphine', 'tapentadol']);
  });

  it('is not what the young are not given, and antidepressants come with what to ask after', () => {
    const at = (drug: string, ageYears: number) => offered(alternativesFor(drug, [], { ageYears }), 20);
    for (const [drug, not] of [
      ['clopidogrel', 'prasugrel'],
      ['clopidogrel', 'ticagrelor'],
      ['carbamazepine', 'venlafaxine'],
      ['citalopram', 'mirtazapine'],
    ] as const) {
      expect(at(drug, 17), drug).not.toContain(not);
      expect(at(drug, 30), drug).toContain(not);
    }
    const care = (ageYears: number) =>
      alternativesFor('carbamazepine', [], { ageYears }).find((c) => c.drug === 'duloxetine')?.care;
    expect(care(19)).toEqual(['age 19: thoughts of suicide asked after in the first weeks']);
    expect(care(25)).toEqual([]);
  });

  it('is not what labels keep apart from what is taken, and comes with what to watch beside it', () => {
    for (const [drug, not, ...names] of [
      ['celecoxib', 'naproxen', 'enalaprilo', 'furosemida'],
      ['celecoxib', 'diclofenac', 'losartán 50', 'Hidroclorotiazida'],
      ['codeine', 'buprenorphine', 'itraconazol'],
      ['codeine', 'oxycodone', 'rifampicina'],
      ['codeine', 'morphine', 'rasagiline'],
      ['ondansetron', 'metoclopramide', 'levodopa/carbidopa'],
    ] as const) {
      const free = (context: PatientContext) => offered(alternativesFor(drug, [], context), 20);
      expect(free({}), drug).toContain(not);
      expect(free(taking(...names)), `${drug} with ${names.join()}`).not.toContain(not);
      expect(free(taking(names[0])).length, `${drug} with ${names[0]}`).toBeGreaterThanOrEqual(
        names[0] === 'rasagiline' ? 0 : 1,
      );
    }
    for (const [drug, stand, says, name] of [
      ['celecoxib', 'naproxen', 'bleeding from the stomach, with sertraline', 'sertralina'],
      ['celecoxib', 'naproxen', 'bleeding from the stomach, with prednisone', 'prednisona 5 mg'],
      ['celecoxib', 'naproxen', 'kidneys and blood pressure checked, with ramipril', 'Ramipril'],
      ['carbamazepine', 'duloxetine', 'bleeding, with apixaban', 'Eliquis'],
      ['carbamazepine', 'venlafaxine', 'bleeding, with aspirin', 'Adiro 100'],
    ] as const) {
      const found = alternativesFor(drug, [], taking(name)).find((c) => c.drug === stand);
      expect(found, name).toMatchObject({ against: [], care: [says] });
    }
    const quiet = alternativesFor(
      'carbamazepine',
      [],
      taking('amlodipine since April', 'metformin', 'paracetamol'),
    );
    expect(quiet.flatMap((candidate) => candidate.care)).toEqual([]);
    const since = alternativesFor('celecoxib', [], taking('amlodipine since April'));
    expect(since.flatMap((candidate) => candidate.care)).toEqual([]);
  });

  it('is not what harms in pregnancy, nor put forward for an operation then', () => {
    const pregnant: PatientContext = { illnesses: ['pregnancy'] };
    expect(offer('CYP2C9\t*3/*3', 'celecoxib', pregnant)).toEqual([]);
    expect(offer(POOR, 'amitriptyline', pregnant)).toEqual(['gabapentin', 'duloxetine', 'lidocaine plaster']);
    expect(offer('HLA-B\t*15:02/*07:02', 'carbamazepine', pregnant)).not.toContain('pregabalin');
    expect(offer('CYP2C19\t*2/*2', 'citalopram', pregnant)).not.toContain('paroxetine');
    const warfarin = 'CYP2C9\t*3/*3\nVKORC1\trs9923231 variant (T)/rs9923231 variant (T)';
    expect(offer(warfarin, 'warfarin')).toEqual(['apixaban', 'rivaroxaban']);
    expect(offer(warfarin, 'warfarin', pregnant)).toEqual([]);
    const called = callGenome(null, 'p', { context: pregnant });
    const nsaid = called.ok ? called.value.perioperative?.find((item) => item.role === 'nsaid') : undefined;
    expect(nsaid?.prefer).toEqual([]);
    expect(nsaid?.because).toContain('naproxen: pregnancy');
  });

  it('is no second anti-inflammatory, and no reuptake inhibitor within two weeks of an MAO inhibitor', () => {
    const SLOW = 'CYP2C9\t*3/*3';
    expect(offer(SLOW, 'celecoxib')).toContain('naproxen');
    for (const other of ['ibuprofen 400', 'aspirin 100 mg', 'indometacina'])
      expect(offer(SLOW, 'celecoxib', taking(other)), other).toEqual([]);
    expect(offer(SLOW, 'celecoxib', taking('celecoxib'))).toContain('naproxen');
    const stopped = (name: string, stoppedDaysAgo: number) =>
      offer(POOR, 'amitriptyline', { medications: [{ name, stoppedDaysAgo }] });
    expect(stopped('phenelzine', 5)).not.toContain('duloxetine');
    expect(stopped('phenelzine', 14)).toContain('duloxetine');
    expect(stopped('moclobemide', 5)).toContain('duloxetine');
  });

  it('and what stands against the drug itself is said, tested or not', () => {
    for (const calls of ['CYP2D6\t*1/*1', 'CYP2C9\t*1/*1']) {
      const codeine = drugsOf(calls, { ageYears: 8 }).find((d) => d.drug === 'codeine');
      expect(codeine?.because).toContain('this patient: under 12 years');
    }
  });

  it('says why where nothing passes', () => {
    const action = drugsOf('CYP2C9\t*3/*3', taking('warfarin')).find((d) => d.drug === 'celecoxib');
    expect(action?.alternatives).toEqual([]);
    expect(action?.because.join()).toContain('no alternative passes the checks: naproxen (bleeding');
  });

  it('is never out by its own genes, never of the same CYP2D6 kind, never taken, never for use in hospital alone', () => {
    const pick = (names: readonly string[]) => fc.constantFrom(...names);
    const person = fc.record({
      d6: pick(['*1/*1', '*4/*4', '*1/*4', '*4/*41', '*1/*2x2', '*10/*10', '*1/*22']),
      c19: pick(['*1/*1', '*2/*2', '*1/*2', '*17/*17', '*1/*17']),
      c9: pick(['*1/*1', '*2/*3', '*3/*3']),
      b: pick(['*15:02/*07:02', '*07:02/*08:01', '*58:01/*07:02']),
      taken: fc.array(
        pick([
          'duloxetine',
          'tramadol',
          'sertraline',
          'apixaban',
          'bupropion',
          'diazepam',
          'morphine',
          'codeine',
        ]),
        { maxLength: 4 },
      ),
      ageYears: pick(['9', '40', '80']).map(Number),
      egfr: pick(['10', '25', '55', '90']).map(Number),
    });
    fc.assert(
      fc.property(person, ({ d6, c19, c9, b, taken, ageYears, egfr }) => {
        const calls = `CYP2D6\t${d6}\nCYP2C19\t${c19}\nCYP2C9\t${c9}\nHLA-B\t${b}`;
        const context = { ...taking(...taken), ageYears, egfr };
        const actions = drugsOf(calls, context);
        const changed = new Set(
          actions
            .filter((a) => !['standard', 'no-recommendation', 'untested'].includes(a.action))
            .map((a) => a.drug),
        );
        for (const action of actions) {
          const own = medicine(action.drug);
          for (const name of action.alternatives) {
            const other = medicine(name);
            expect(changed.has(name), `${name} for ${action.drug}`).toBe(false);
            expect(taken).not.toContain(name);
            expect(own?.cyp2d6Prodrug && other?.cyp2d6Prodrug).toBeFalsy();
            if (own?.class === 'opioid' || own?.class === 'nsaid') expect(other?.inHospital).toBeUndefined();
            expect(egfr).toBeGreaterThanOrEqual(other?.minEgfr ?? 0);
            expect(ageYears).toBeLessThan(other?.maxAge ?? 200);
            if (
              taken.some((drug) => drug === 'tramadol' || drug === 'codeine') &&
              action.drug !== 'tramadol' &&
              action.drug !== 'codeine'
            )
              expect(other?.inhibitsCyp2d6).toBeUndefined();
          }
        }
      }),
      { numRuns: 60, seed: 44 },
    );
  });

  it('knows every name on its lists', () => {
    for (const { drug } of MEDICINES)
      for (const { drug: name } of alternativesFor(drug, [], {})) expect(medicine(name)).toBeDefined();
    expect(offered(alternativesFor('amitriptyline', [], {}), 20)).toHaveLength(7);
  });
});
