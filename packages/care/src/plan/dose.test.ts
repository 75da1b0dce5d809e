import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { doseOf } from './dose.ts';
import { takenDrugs } from './drug-classes.ts';

type Entry = NonNullable<Intake['medications']>[number];

const patientOf = (entry: Entry) => bareCase({ medications: [entry] });

/** What a day brings of the entry's drug that stands at `which`. */
function daily(entry: Entry | string, which = 0): number | undefined {
  const patient = patientOf(typeof entry === 'string' ? { name: entry } : entry);
  const drug = takenDrugs(patient)[which];
  if (drug === undefined) throw new Error('no drug was read from the entry');
  return doseOf({ patient }, drug)?.perDay;
}

describe('the dose a day of an entry on a medicine list', () => {
  it.each([
    ['oxycodone 20 mg twice a day', 40],
    ['tramadol 50 mg every 6 hours', 200],
    ['tramadol 50mg tds', 150],
    ['tramadol 50 mg qid', 200],
    ['morphine 10 mg cada 8 horas', 30],
    ['oxicodona 10 mg dos veces al día', 20],
    ['tramadol 37,5 mg una vez al día', 37.5],
    ['enoxaparin 40 mg once daily', 40],
    ['fentanyl 75 mcg/h', 75],
    ['fentanilo 12,5 µg por hora', 12.5],
  ])('reads %s', (name, mg) => {
    expect(daily(name)).toBe(mg);
  });

  it('takes fields before words, each with where it was read', () => {
    const patient = patientOf({ name: 'oxycodone 5 mg once a day', doseMg: 20, perDay: 3 });
    expect(doseOf({ patient }, takenDrugs(patient)[0]!)).toEqual({
      perDay: 60,
      fields: [
        ['doseMg', 'oxycodone 20 mg'],
        ['perDay', '3 a day'],
      ],
    });
    expect(daily({ name: 'oxycodone 5 mg', perDay: 4 })).toBe(20);
  });

  it.each([
    ['Targin 20/10 mg bd', 40],
    ['oxycodone/naloxone 20 mg/10 mg twice a day', 40],
    ['Zaldiar 37.5/325 mg tid', 112.5],
    ['paracetamol/tramadol 325/37.5 mg tid', 112.5],
    ['paracetamol 325 mg + tramadol 37.5 mg tid', 112.5],
    ['paracetamol and tramadol 325/37.5 mg tid', 112.5],
  ])('gives a drug its own strength in a combination: %s', (name, mg) => {
    expect(daily(name)).toBe(mg);
  });

  it.each([
    ['oxycodone 20 mg'],
    ['oxycodone twice a day'],
    ['enoxaparin 1 mg/kg twice a day'],
    ['enoxaparin 1.5 mg per kg once daily'],
    ['morphine 10 mg/5 ml four times a day'],
    ['fentanyl 75 mcg'],
    ['buprenorphine 10 mcg/h'],
    ['oxycodone 20 mg every 0 hours'],
  ])('does not guess from %s', (name) => {
    expect(daily(name)).toBeUndefined();
  });

  it('reads a long row of digits once', () => {
    expect(() => expect(daily(`oxycodone ${'1'.repeat(20_000)} mg bd`)).toBeUndefined()).toNeedLessThan(500);
  });
});
