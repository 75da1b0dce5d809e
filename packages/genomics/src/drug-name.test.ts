import { describe, expect, it } from 'vitest';
import { drugName, namesDrug } from './drug-name.ts';
import { opioidPrecautions } from './interactions.ts';
import { readOutsideCalls } from './outside.ts';
import { activeModulators, MODULATORS } from './phenoconversion.ts';
import { callGenome } from './profile.ts';

describe('a medicine list in the words of the one who wrote it', () => {
  it.each([
    ['Fluoxetina 20 mg', 'fluoxetine'],
    ['duloxetin', 'duloxetine'],
    ['Bupropión XL 150', 'bupropion'],
    ['PAROXETINA', 'paroxetine'],
    ['fenitoína', 'phenytoin'],
    ['rifampin 600 mg', 'rifampicin'],
    ['Nexium 40', 'esomeprazole'],
    ['St. John’s wort', 'st johns wort'],
    ["St John's Wort", 'st johns wort'],
    ['hierba de San Juan', 'st johns wort'],
    ['hidromorfona', 'hydromorphone'],
    ['co-codamol 30/500', 'codeine'],
    ['ácido acetilsalicílico 100 mg', 'aspirin'],
    ['azul de metileno', 'methylene blue'],
    ['Contrave', 'bupropion'],
    ['Contrave', 'naltrexone'],
    ['Symbyax 6/25', 'fluoxetine'],
    ['Nuedexta', 'quinidine'],
    ['Xeristar', 'duloxetine'],
    ['Zyntabac 150', 'bupropion'],
    ['Motivan', 'paroxetine'],
    ['Reneuron', 'fluoxetine'],
    ['Plaquenil', 'hydroxychloroquine'],
    ['Rifaldin 300', 'rifampicin'],
    ['Epanutin', 'phenytoin'],
    ['Vandral Retard', 'venlafaxine'],
    ['Aldocumar', 'warfarin'],
    ['Transtec 35', 'buprenorphine'],
    ['Norvir', 'ritonavir'],
    ['Azilect', 'rasagiline'],
    ['Hidroclorotiazida', 'hydrochlorothiazide'],
    ['Tylenol-3', 'codeine'],
  ])('%s', (text, drug) => {
    expect(namesDrug(text, drug)).toBe(true);
  });

  it('knows every drug that changes an enzyme, in its own name', () => {
    for (const { drug } of MODULATORS) {
      expect(namesDrug(`${drug.toUpperCase()} 10 mg`, drug)).toBe(true);
      expect(drugName(drug)).toBe(drug);
    }
  });

  it('takes a name for no other', () => {
    const named = (text: string) => new Set(activeModulators('CYP2C19', [{ name: text }]).map((m) => m.drug));
    expect([...named('esomeprazol')]).toEqual(['esomeprazole']);
    expect([...named('omeprazol')]).toEqual(['omeprazole']);
    for (const text of ['vitamin D', 'paracetamol 1 g', 'magnesio', 'ibuprofeno'])
      expect(MODULATORS.some((m) => namesDrug(text, m.drug))).toBe(false);
  });

  it('so a slow enzyme is seen in any language', () => {
    const outside = readOutsideCalls('CYP2D6\t*1/*1\n', 'calls');
    if (!outside.ok) throw new Error('unread');
    for (const name of ['fluoxetine', 'fluoxetina', 'Prozac']) {
      const called = callGenome(null, 'p', { outside: outside.value, context: { medications: [{ name }] } });
      if (!called.ok) throw new Error('uncalled');
      expect(called.value.genes.CYP2D6?.phenotypeWithDrugs).toBe('Poor Metabolizer');
      expect(called.value.drugs.find((d) => d.drug === 'codeine')?.action).toBe('avoid');
    }
  });
});

describe('an enzyme that a drug slows', () => {
  const after = (call: string, ...names: string[]) => {
    const outside = readOutsideCalls(`CYP2D6\t${call}\n`, 'calls');
    const context = { medications: names.map((name) => ({ name })) };
    const called = outside.ok ? callGenome(null, 'p', { outside: outside.value, context }) : outside;
    return called.ok ? called.value.genes.CYP2D6?.phenotypeWithDrugs : 'unread';
  };

  it('is not slowed from the skin or the nails', () => {
    for (const name of [
      'terbinafine 1% cream',
      'Lamisil gel',
      'terbinafina crema',
      'terbinafine nail lacquer',
    ])
      expect(after('*1/*1', name), name).toBeUndefined();
    for (const name of [
      'terbinafine 250 mg',
      'duloxetine gel capsules',
      'fluoxetine liquid gel caps',
      'Prozac soft gel',
    ])
      expect(after('*1/*1', name), name).toMatch(/Poor|Intermediate/);
  });

  it('is known by its class where no score was given, as far as half of any score tells it', () => {
    expect(after('\tNormal Metabolizer', 'duloxetine')).toBe('Intermediate Metabolizer');
    expect(after('\tIntermediate Metabolizer', 'duloxetine')).toBe('Intermediate Metabolizer');
    // Half of 2.5 is a normal score, half of 5 still an ultrarapid one.
    expect(after('\tUltrarapid Metabolizer', 'duloxetine')).toBe(
      'Ultrarapid Metabolizer or Normal Metabolizer',
    );
    expect(after('\tUltrarapid Metabolizer', 'paroxetine')).toBe('Poor Metabolizer');
  });
});

describe('an operation on somebody who takes', () => {
  const plan = (...names: string[]) => {
    const called = callGenome(null, 'p', { context: { medications: names.map((name) => ({ name })) } });
    if (!called.ok) throw new Error('uncalled');
    const opioid = called.value.perioperative?.find((item) => item.role === 'opioid');
    const tramadol = called.value.drugs.find((d) => d.drug === 'tramadol');
    return { opioid, tramadol };
  };

  it('a benzodiazepine: an opioid is still there, with the precautions of the boxed warning', () => {
    const { opioid } = plan('lorazepam');
    expect(opioid?.prefer.length).toBeGreaterThan(1);
    expect(opioid?.because[0]).toMatch(/lorazepam is taken: .*smallest dose.*monitored.*naloxone/);
  });

  it('buprenorphine: it is carried on, and a full agonist may be added', () => {
    const { opioid } = plan('Suboxone');
    expect(opioid?.prefer).toContain('hydromorphone');
    expect(opioid?.because[0]).toMatch(/carry it on/);
  });

  it('an antidepressant: fentanyl is given and watched, beside an MAO inhibitor it is not', () => {
    const { opioid } = plan('duloxetine', 'ácido fólico');
    expect(opioid?.avoid).not.toContain('fentanyl');
    expect(opioid?.because.join()).toMatch(/duloxetine is taken: with fentanyl watch for serotonin toxicity/);
    expect(plan('phenelzine').opioid?.avoid).toContain('fentanyl');
  });

  it('naltrexone: no opioid, which it blocks', () => {
    const { opioid } = plan('naltrexone');
    expect(opioid?.prefer).toEqual([]);
    expect(opioid?.because.join()).toMatch(/naltrexone blocks it/);
  });

  it('neither: no such line', () => {
    expect(opioidPrecautions({ medications: [{ name: 'ibuprofen' }] })).toEqual([]);
    expect(opioidPrecautions({ medications: [{ name: 'lorazepam', stoppedDaysAgo: 30 }] })).toEqual([]);
  });

  it('that are not understood, or that no rule names, are said; denials and what stays on the skin are not', () => {
    const context = {
      medications: [
        { name: 'Casbol' },
        { name: 'Xyzzy 5 mg' },
        { name: 'metformina' },
        { name: 'aciclovir cream' },
        { name: 'enalapril' },
      ],
      allergies: ['NKDA', 'sin alergias conocidas', 'peanuts', 'morfina', 'AINEs'],
    };
    const called = callGenome(null, 'p', { outside: [], context });
    if (!called.ok) throw new Error(called.problems[0].what);
    expect(called.warnings.map(({ severity, where, what }) => `${severity} ${where} ${what}`)).toEqual([
      'warning medicines Xyzzy 5 mg, metformina: named by no rule here, or not understood',
      'warning allergies peanuts: no medicine known here',
    ]);
    expect(called.value.notes?.join()).toContain('Xyzzy 5 mg, metformina');
    expect(callGenome(null, 'p', { outside: [], context: {} }).ok && called.value.notes?.length).toBe(3);
  });

  it('of trade are those of Spain and Latin America, too', () => {
    for (const [trade, drug] of [
      ['Casbol', 'paroxetine'],
      ['Adofen 20', 'fluoxetine'],
      ['Quomem', 'bupropion'],
      ['Dobupal retard', 'venlafaxine'],
      ['Metasedin', 'methadone'],
      ['Codeisan jarabe', 'codeine'],
      ['Cod-Efferalgan', 'codeine'],
      ['Tafil', 'alprazolam'],
    ] as const)
      expect(namesDrug(trade, drug), trade).toBe(true);
  });
});
