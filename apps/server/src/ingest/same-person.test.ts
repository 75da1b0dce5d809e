import { describe, expect, it } from 'vitest';
import { contradicts, type Identity, ofAnotherPerson } from './same-person.ts';

const who = (change: Partial<Identity> = {}): Identity => ({
  number: '4711',
  issuer: null,
  personName: 'Vogt^Anna',
  birthDate: '1980-05-17',
  sex: 'female',
  ...change,
});

describe('whether two identities can be one person', () => {
  it.each([
    ['the same', {}],
    ['a name after a marriage', { personName: 'Keller^Anna' }],
    ['a birth date mistyped', { birthDate: '1980-05-71' }],
    ['a middle name more', { personName: 'VOGT^Anna^Maria' }],
    ['nothing known', { personName: null, birthDate: null, sex: 'unknown' as const }],
    ['another name, the same birth date and sex', { personName: 'Meier^Berta' }],
  ])('%s: yes', (_, change) => expect(contradicts(who(), who(change))).toBe(false));

  it.each([
    ['another name and birth date', { personName: 'Meier^Jo', birthDate: '1951-02-03' }],
    ['a namesake of another family, born elsewhen', { personName: 'Meier^Anna', birthDate: '1951-02-03' }],
    ['another name, birth date unknown', { personName: 'Meier^Jo', birthDate: null }],
    ['another name and sex', { personName: 'Meier^Jo', sex: 'male' as const }],
  ])('%s: no', (_, change) => {
    expect(contradicts(who(), who(change))).toBe(true);
    expect(contradicts(who(change), who())).toBe(true);
  });
});

describe('whether an object is of its study’s patient', () => {
  it('is, under a number that was put right', () =>
    expect(ofAnotherPerson(who(), who({ number: '4712' }))).toBe(false));
  it('is not, where the number and more is another', () => {
    expect(ofAnotherPerson(who(), who({ number: '4712', personName: 'Meier^Jo' }))).toBe(true);
    expect(ofAnotherPerson(who(), who({ number: '4712', birthDate: '1951-02-03' }))).toBe(true);
  });
  it('is not, where another issuer gave the number to somebody else', () =>
    expect(
      ofAnotherPerson(who({ issuer: 'A' }), who({ issuer: 'B', personName: 'Meier^Jo', birthDate: null })),
    ).toBe(true));
  it('is, where nothing more is known', () =>
    expect(
      ofAnotherPerson(who(), who({ number: null, personName: null, birthDate: null, sex: 'unknown' })),
    ).toBe(false));
});
