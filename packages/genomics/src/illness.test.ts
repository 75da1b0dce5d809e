import type { Intake } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { alternativesFor, offered } from './alternatives.ts';
import { type Illness, namedIllnesses, unweighed } from './illness.ts';
import type { PatientContext } from './medicines.ts';
import { readOutsideCalls } from './outside.ts';
import { patientContext } from './patient-context.ts';
import { callGenome } from './profile.ts';

const SICK = 'CYP2D6\t*4/*4\nCYP2C19\t*2/*2\nCYP2C9\t*3/*3\nHLA-B\t*15:02/*07:02';

function profileOf(calls: string, context: PatientContext) {
  const outside = readOutsideCalls(calls, 'calls');
  if (!outside.ok) throw new Error(outside.problems[0].what);
  const called = callGenome(null, 'p', { outside: outside.value, context });
  if (!called.ok) throw new Error(called.problems[0].what);
  return called.value;
}
const instead = (drug: string, ...words: string[]) =>
  offered(alternativesFor(drug, [], { illnesses: namedIllnesses(words) }), 20);

describe('illnesses in anybody’s words', () => {
  it('are the person’s own, not a relative’s, and not what was ruled out', () => {
    for (const [words, expected] of [
      [['Cirrhosis, Child-Pugh A'], ['liverDisease']],
      [['cirrhosis'], ['liverModerate', 'liverDisease']],
      [['cirrhosis', 'Child-Pugh score 5'], ['liverDisease']],
      [['Child Pugh class C'], ['liverSevere', 'liverModerate', 'liverDisease']],
      [['non-alcoholic fatty liver disease'], ['liverDisease']],
      [['alcoholic hepatitis'], ['alcohol', 'liverDisease']],
      [['opioid use disorder in remission'], ['substanceUse']],
      [['Epilepsia desde niño'], ['seizures']],
      [['QTc 510 ms'], ['longQt']],
      [['QTc 430 ms'], []],
      [['lactancia materna'], ['breastfeeding']],
      [['open-angle glaucoma'], []],
      [['nicotine addiction', 'adicción al tabaco', 'hepatitis B vaccination'], []],
      [['glaucoma'], ['glaucoma']],
      [['ictus en 2020'], ['arterial', 'stroke']],
      [['hyponatraemia'], ['hyponatraemia']],
      [['Hiponatremia con sertralina', 'SIADH'], ['hyponatraemia']],
      [['sodium 128 mmol/L'], ['hyponatraemia']],
      [['sodium 138', 'low-sodium diet', 'low sodium diet', 'dieta baja en sodio'], []],
      [['smoker', 'Fumador de 20 al día'], ['smoking']],
      [['ex-smoker', 'former smoker', 'stopped smoking 2019', 'exfumadora', 'non-smoker', 'no fuma'], []],
      [['smoking cessation', 'smoking: former', 'never smoking', 'chews tobacco'], []],
      [['no seizures', 'mother has epilepsy', 'liver disease ruled out'], []],
    ] as const)
      expect(namedIllnesses(words), words.join()).toEqual(expected);
    for (const named of [
      'malignant hyperthermia 1998',
      'mother had malignant hyperthermia',
      'Hipertermia maligna (hermano)',
    ])
      expect(namedIllnesses([named]), named).toEqual(['hyperthermia']);
    for (const not of [
      'no family history of malignant hyperthermia',
      'sin antecedentes de hipertermia maligna',
      'malignant hyperthermia ruled out',
      'family malignant hyperthermia: no',
    ])
      expect(namedIllnesses([not]), not).toEqual([]);
    for (const named of [
      'G6PD deficiency',
      'déficit de G6PD',
      'glucose-6-phosphate dehydrogenase deficiency',
      'favismo',
    ])
      expect(namedIllnesses([named]), named).toEqual(['g6pd']);
    for (const named of [
      'pseudocholinesterase deficiency',
      'succinylcholine apnea 2010',
      'déficit de pseudocolinesterasa',
      'apnea prolongada por succinilcolina',
    ])
      expect(namedIllnesses([named]), named).toContain('cholinesterase');
    expect(namedIllnesses(['G6PD normal', 'no G6PD deficiency', 'cholinesterase normal'])).toEqual([]);
    expect(unweighed(['gout', 'epilepsy', 'malignant hyperthermia'])).toEqual(['gout']);
  });

  it.each([
    ['AF; afib; paroxysmal AF; FA; FA permanente', 'heartRhythm'],
    ['MI 2019; old MI; IAM 2020; MI', 'arterial heartRhythm'],
    ['CAD; IHD; PAD; PVD; CABG 2018; stents in my heart', 'arterial'],
    ['CVA 2015; ACV isquémico; AIT', 'arterial stroke'],
    ['derrame cerebral', 'arterial brainBleed stroke'],
    ['PUD; sangrado digestivo; stomach bleed', 'ulcerOrGiBleed'],
    ['ICC', 'heartFailure'],
    ['SAOS; SAHS', 'sleepApnoea'],
    ['EtOH abuse; trastorno por uso de alcohol', 'alcohol'],
    ['IVDU; methadone maintenance; consumo de cocaína; trastorno por consumo de opioides', 'substanceUse'],
    ['IRC estadio 5; ERC G4', 'kidneyDisease kidneyFailed'],
    ['asma por aspirina; asma por AINE', 'aspirinAsthma'],
    ['HTA no controlada; HTN, poorly controlled', 'hypertension'],
    ['esteatosis hepática', 'liverDisease'],
    ['Child C cirrhosis', 'liverDisease liverModerate liverSevere'],
    ['cirrosis hepática, Child A', 'liverDisease'],
    ['BPH with retention', 'urinaryRetention'],
    ['enfisema', 'breathing'],
    ['gestante de 20 semanas', 'pregnancy'],
    ['Na 126', 'hyponatraemia'],
    [
      'me duele mi espalda; mi rodilla; heating pad; as a child; niega consumo de drogas; diabetes gestacional; HTA; NA; BPH; Na 140; father: MI 2010; paternal CVA; grandmother with AF; abuela con ICC',
      '',
    ],
  ])('in the short forms of letters: %s', (entries, illnesses) => {
    for (const entry of entries.split('; '))
      expect([...namedIllnesses([entry])].sort().join(' '), entry).toBe(illnesses);
  });

  it('come from the answers of an intake too', () => {
    const intake: Intake = {
      history: {
        liverDisease: 'severe',
        breastfeeding: 'yes',
        seizures: 'no',
        longQt: 'unknown',
        pregnancy: 'no',
        substanceUse: { personalPrescription: 'yes', familyAlcohol: 'yes' },
        conditions: ['Parkinson'],
      },
    };
    expect(new Set(patientContext(intake, '2026-11-22').illnesses)).toEqual(
      new Set(['liverSevere', 'liverModerate', 'liverDisease', 'breastfeeding', 'substanceUse', 'parkinson']),
    );
    expect(patientContext({}, '2026-11-22').illnesses).toBeUndefined();
  });
});

describe('an alternative for somebody who is ill', () => {
  it('is none that the illness forbids', () => {
    for (const [illness, drug, not] of [
      ['breastfeeding', 'celecoxib', 'naproxen'],
      ['breastfeeding', 'clopidogrel', 'ticagrelor'],
      ['breastfeeding', 'carbamazepine', 'pregabalin'],
      ['breastfeeding', 'tramadol', 'tapentadol'],
      ['Child-Pugh C', 'codeine', 'morphine'],
      ['Child-Pugh B', 'celecoxib', 'naproxen'],
      ['Child-Pugh B', 'citalopram', 'sertraline'],
      ['hepatitis C', 'amitriptyline', 'duloxetine'],
      ['alcohol dependence', 'carbamazepine', 'duloxetine'],
      ['alcohol dependence', 'codeine', 'morphine'],
      ['heroin addiction', 'codeine', 'hydromorphone'],
      ['epilepsy', 'codeine', 'tapentadol'],
      ['epilepsy', 'ondansetron', 'metoclopramide'],
      ['long QT', 'paroxetine', 'citalopram'],
      ['long QT', 'ondansetron', 'granisetron'],
      ['long QT', 'tramadol', 'buprenorphine'],
      ['glaucoma', 'carbamazepine', 'duloxetine'],
      ['atrial fibrillation', 'carbamazepine', 'nortriptyline'],
      ['suicide attempt', 'carbamazepine', 'venlafaxine'],
      ['angina', 'piroxicam', 'celecoxib'],
      ['stroke', 'clopidogrel', 'prasugrel'],
      ['dialysis', 'codeine', 'morphine'],
      ['severe hypertension', 'amitriptyline', 'venlafaxine'],
      ['hyponatraemia', 'amitriptyline', 'duloxetine'],
      ['SIADH', 'paroxetine', 'sertraline'],
    ] as const) {
      expect(instead(drug), drug).toContain(not);
      expect(instead(drug, illness), `${drug}, ${illness}`).not.toContain(not);
    }
    expect(instead('codeine', 'Child-Pugh C')).toEqual(['hydromorphone']);
    expect(instead('codeine', 'opioid use disorder')).toEqual(['buprenorphine']);
    expect(instead('ondansetron', 'long QT')).toEqual(['dexamethasone']);
    expect(instead('paroxetine', 'hyponatraemia')).toEqual(['mirtazapine']);
  });

  it('comes with what to look after', () => {
    const ill: PatientContext = {
      egfr: 40,
      illnesses: ['seizures', 'substanceUse'],
      medications: [{ name: 'morphine' }, { name: 'sumatriptan' }],
    };
    const action = profileOf(SICK, ill).drugs.find((d) => d.drug === 'carbamazepine');
    const said = action?.because.join('\n') ?? '';
    expect(said).toContain(
      'gabapentin (smaller dose for eGFR 40; substance use disorder: misuse, small amounts at a time; breathing, with morphine)',
    );
    expect(said).toContain('duloxetine (serotonin, with sumatriptan)');
    expect(said).toContain('only with whoever treats them');
  });

  it('keeps volatile agents and succinylcholine from families with malignant hyperthermia, whatever their genes say', () => {
    for (const answer of ['yes', 'no', 'unknown'] as const) {
      const context = patientContext({ history: { familyMalignantHyperthermia: answer } }, '2026-11-23');
      const genes = 'RYR1\tReference/Reference\nCACNA1S\tReference/Reference\n';
      const { perioperative = [], drugs } = profileOf(genes, context);
      const item = perioperative.find(({ role }) => role === 'anaesthetic');
      const because = drugs.filter(({ drug }) => drug === 'sevoflurane').flatMap((one) => one.because);
      if (answer === 'yes') {
        expect(item?.avoid).toEqual(expect.arrayContaining(['sevoflurane', 'desflurane', 'succinylcholine']));
        expect(item?.because[0]).toMatch(/^malignant hyperthermia in the person or the family/);
        expect(because).toContain('this patient: malignant hyperthermia in the person or the family');
      } else expect(item?.avoid).toEqual([]);
      expect(item?.prefer).toEqual(['propofol', 'ketamine', 'rocuronium', 'vecuronium']);
    }
  });

  it('holds around an operation what was told of an enzyme that no gene here was read for', () => {
    const { perioperative = [] } = profileOf('CYP2D6\t*1/*1\n', {
      illnesses: namedIllnesses(['déficit de pseudocolinesterasa', 'favismo']),
    });
    const item = (role: string) => perioperative.find((one) => one.role === role);
    expect(item('anaesthetic')?.avoid).toEqual(['succinylcholine']);
    expect(item('anaesthetic')?.prefer).toEqual(['propofol', 'ketamine', 'rocuronium', 'vecuronium']);
    expect(item('local-anaesthetic')?.avoid).toEqual(['prilocaine']);
    expect(item('local-anaesthetic')?.because.join()).toContain('methylene blue is contraindicated');
  });

  it('comes with what smoke and diuretics do to it', () => {
    const told = (context: PatientContext) =>
      profileOf(SICK, context)
        .drugs.find((d) => d.drug === 'carbamazepine')
        ?.because.join('\n') ?? '';
    const smoke = 'duloxetine (smoking: about a third less in the blood (CYP1A2)';
    const smokes = (smoking: 'current' | 'former' | 'never') =>
      told(patientContext({ history: { smoking } }, '2026-11-23'));
    expect(smokes('current')).toContain(smoke);
    for (const not of ['former', 'never'] as const) expect(smokes(not)).not.toContain('smoking');
    const gaveUp = (smokingStopped: string, smoking?: 'current' | 'never' | 'former') =>
      told(patientContext({ history: { smokingStopped, ...(smoking ? { smoking } : {}) } }, '2026-11-23'));
    const lately = 'duloxetine (smoking given up in the last days: up to half more in the blood';
    for (const day of ['2026-11-23', '2026-11-16']) expect(gaveUp(day, 'former')).toContain(lately);
    expect(gaveUp('2026-11-20')).toContain(lately);
    expect(gaveUp('2026-11-15', 'former')).not.toContain('smoking');
    expect(gaveUp('2026-11-30', 'former')).toContain(smoke);
    expect(gaveUp('2026-11-20', 'current')).toContain(smoke);
    expect(gaveUp('2026-11-20', 'never')).not.toContain('smoking');
    for (const name of ['Hidroclorotiazida 25 mg', 'indapamide', 'chlortalidone'])
      expect(told({ medications: [{ name }] })).toMatch(/duloxetine \([^)]*blood sodium checked, with/);
    expect(told({ medications: [{ name: 'amlodipine' }] })).not.toContain('sodium');
    expect(told({ illnesses: ['hyponatraemia'] })).toContain('this patient: low blood sodium');
  });

  it('says so of the drug itself, and watches rather than refuses around an operation', () => {
    const context = (illness: Illness): PatientContext => ({ illnesses: [illness] });
    const codeine = profileOf('CYP2D6\t*1/*1', context('breastfeeding')).drugs.find(
      (d) => d.drug === 'codeine',
    );
    expect(codeine?.action).toBe('standard');
    expect(codeine?.because).toContain("this patient: breastfeeding: slows the child's breathing");
    const opioid = profileOf(SICK, context('substanceUse')).perioperative?.find((p) => p.role === 'opioid');
    expect(opioid?.prefer).toContain('morphine');
    expect(opioid?.because).toContain('morphine, with care: substance use disorder, now or before');
    const sick = profileOf(SICK, context('longQt')).perioperative?.find((p) => p.role === 'antiemetic');
    expect(sick?.prefer).toEqual(['dexamethasone']);
  });
});
