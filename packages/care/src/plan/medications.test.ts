import type { DrugAction, Intake, MedicationAdvice } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { bareCase } from '../bare-case.fixture.ts';
import type { Catalogue } from '../messages/catalogue.ts';
import { ENGLISH } from '../messages/en.ts';
import { SPANISH } from '../messages/es.ts';
import { render } from '../messages/render.ts';
import { plan } from './plan.ts';

/** Ten weeks of sciatica of a person who takes these; no picture, no genome. */
function adviceFor(
  medications: NonNullable<Intake['medications']>,
  history: Intake['history'] = {},
  drugs: readonly DrugAction[] | null = null,
): readonly MedicationAdvice[] {
  const patient = bareCase(
    {
      person: { ageYears: 44 },
      symptoms: { legPainNrs: 8, backPainNrs: 3, legPainSide: 'left', durationWeeks: 10 },
      history,
      medications,
    },
    drugs,
  );
  return plan(patient, assess(patient)).medications;
}

const said = (advice: readonly MedicationAdvice[], key: RegExp) =>
  advice.filter((a) => key.test(a.statement.key)).map((a) => a.statement);
const number = (value: unknown): number => (value as { readonly value: number }).value;

describe('morphine equivalents a day', () => {
  it('adds what is known, each dose by the factor of its drug', () => {
    const [mme, ...more] = said(
      adviceFor([{ name: 'oxycodone', doseMg: 10, perDay: 2 }, { name: 'tramadol 50 mg tds' }]),
      /^medication\.mme/,
    );
    expect(more).toEqual([]);
    expect(mme?.key).toBe('medication.mme-above');
    expect(number(mme?.params?.mme)).toBeCloseTo(10 * 2 * 1.5 + 50 * 3 * 0.2, 6);
    expect(mme?.params?.drug).toBe('oxycodone + tramadol');
  });

  it('says which opioid is not counted where the sum is the least it can be', () => {
    const [mme] = said(
      adviceFor([{ name: 'oxycodone', doseMg: 10, perDay: 2 }, { name: 'morphine' }]),
      /^medication\.mme/,
    );
    expect(mme?.key).toBe('medication.mme-part');
    expect(number(mme?.params?.mme)).toBeCloseTo(30, 6);
    expect(mme?.params?.uncounted).toBe('morphine');
    expect(mme?.text).toContain('30 morphine milligram equivalents a day without morphine');
    expect(mme?.because).toContainEqual(
      expect.objectContaining({ kind: 'fact', path: 'intake.medications[1].name' }),
    );
  });

  it('leaves a small dose, and an unknown one alone, without a number', () => {
    expect(said(adviceFor([{ name: 'codeine', doseMg: 30, perDay: 3 }]), /^medication\.mme/)).toEqual([]);
    expect(said(adviceFor([{ name: 'morphine' }]), /^medication\.mme/)).toEqual([]);
  });
});

describe('a drug that the genes speak against', () => {
  const codeine = [
    {
      drug: 'codeine',
      genes: ['CYP2D6'],
      action: 'avoid',
      strength: 'strong',
      alternatives: [],
      sources: ['CPIC'],
    },
  ] as unknown as readonly DrugAction[];

  const words = (of: MedicationAdvice | undefined, language: Catalogue, reader: 'patient' | 'clinician') =>
    of && render(language, of.statement.key, of.statement.params ?? {}, reader);

  it('is not taken when it is new, and not left alone when it is taken', () => {
    const [anew] = adviceFor([], {}, codeine).filter((a) => a.drug === 'codeine');
    expect([anew?.advice, anew?.taken]).toEqual(['avoid', undefined]);
    expect(words(anew, ENGLISH, 'patient')).toContain('do not take it');
    const [taken] = adviceFor([{ name: 'codeine' }], {}, codeine).filter((a) => a.drug === 'codeine');
    expect([taken?.advice, taken?.taken]).toEqual(['avoid', true]);
    expect(words(taken, ENGLISH, 'patient')).toContain('Do not stop it on your own');
    expect(words(taken, SPANISH, 'patient')).toContain('No lo deje por su cuenta');
    expect(words(taken, ENGLISH, 'clinician')).toContain('avoid; taken now');
  });
});

describe('two drugs that do not go together', () => {
  it.each([
    ['tramadol', 'bupropion', 'medication.activation-blocked'],
    ['oxycodone', 'Lexatin', 'medication.opioid-benzodiazepine'],
    ['morphine', 'pregabalin', 'medication.sedatives-together'],
  ])('%s with %s', (a, b, key) => {
    expect(adviceFor([{ name: a }, { name: b }]).map((m) => m.statement.key)).toContain(key);
    expect(adviceFor([{ name: a }]).map((m) => m.statement.key)).not.toContain(key);
  });
});

describe('an NSAID beside another drug', () => {
  it('says what goes wrong between the two, both by name', () => {
    const [pair] = said(adviceFor([{ name: 'ibuprofen' }, { name: 'Plenur' }]), /^medication\.pair$/);
    expect(pair?.params).toMatchObject({ drug: 'ibuprofen', other: 'lithium' });
    expect(pair?.params?.why).toMatch(/^@?\w/);
    expect(pair?.text).not.toMatch(/[{}@]/);
    expect(pair?.because.map((r) => ('path' in r ? r.path : r.id))).toEqual(
      expect.arrayContaining(['intake.medications[0].name', 'intake.medications[1].name']),
    );
  });
});

describe('antithrombotics before a procedure', () => {
  const holds = (...args: Parameters<typeof adviceFor>): readonly (readonly [number, number])[] =>
    said(adviceFor(...args), /^medication\.hold$/).map((s) => [
      number(s.params?.hours),
      number(s.params?.restart),
    ]);

  it('holds enoxaparin by what it is taken for; a dose by weight or unknown counts as treatment', () => {
    const prophylaxis = holds([{ name: 'enoxaparin 40 mg once daily' }]);
    expect(prophylaxis.length).toBeGreaterThan(0);
    for (const [stop, restart] of prophylaxis) expect([stop, restart]).toEqual([12, 12]);
    for (const name of ['enoxaparin 1 mg/kg twice a day', 'enoxaparin 60 mg bd', 'enoxaparin']) {
      const treatment = holds([{ name }]);
      expect(treatment.length, name).toBeGreaterThan(0);
      for (const [stop] of treatment) expect(stop, name).toBe(24);
    }
  });

  it('holds a heparin known by its trade name as treatment', () => {
    expect(new Set(holds([{ name: 'Hibor 3500 UI' }]).map(([stop]) => stop))).toEqual(new Set([24]));
  });

  it('takes the longer stop of dabigatran unless the kidneys are known to be well', () => {
    const stops = (egfr?: number) =>
      new Set(holds([{ name: 'dabigatran' }], egfr === undefined ? {} : { egfr }).map(([stop]) => stop));
    expect(stops()).toEqual(new Set([144]));
    expect(stops(45)).toEqual(new Set([144]));
    expect(stops(60)).toEqual(new Set([96]));
  });

  it('does not read a drug out of plain words', () => {
    expect(said(adviceFor([{ name: 'paracetamol as needed' }]), /^medication\./)).toEqual([]);
  });
});

describe('what genes say of drugs', () => {
  const action = (drug: string, over: Partial<DrugAction> = {}): DrugAction => ({
    drug,
    genes: ['CYP2D6'],
    action: 'avoid',
    strength: 'strong',
    because: [],
    alternatives: [],
    sources: ['a guideline'],
    ...over,
  });
  const genes = (medications: NonNullable<Intake['medications']>, ...drugs: readonly DrugAction[]) =>
    said(adviceFor(medications, {}, drugs), /^medication\.gene$/);

  it('is carried over for drugs of a spine plan and for those that are taken, and for no others', () => {
    const codeine = action('codeine');
    expect(genes([], codeine).map((s) => s.params?.drug)).toEqual(['codeine']);
    expect(genes([], action('simvastatin'))).toEqual([]);
    expect(genes([{ name: 'Zoloft' }], action('sertraline')).map((s) => s.params?.drug)).toEqual([
      'sertraline',
    ]);
    expect(genes([], action('sertraline'))).toEqual([]);
    for (const quiet of ['standard', 'no-recommendation', 'untested'] as const)
      expect(genes([], action('codeine', { action: quiet }))).toEqual([]);
  });

  it('names no alternative that the same genes rule out', () => {
    const codeine = action('codeine', { alternatives: ['nortriptyline', 'topiramate', 'a non-opioid'] });
    const detail = (...more: readonly DrugAction[]) => genes([], codeine, ...more)[0]?.params?.detail;
    expect(detail()).toContain('nortriptyline, topiramate, a non-opioid');
    for (const out of ['avoid', 'alternative'] as const)
      expect(detail(action('nortriptyline', { action: out }))).toBe('@word.instead+topiramate, a non-opioid');
    expect(detail(action('nortriptyline', { action: 'reduce' }))).toContain('nortriptyline');
  });
});
