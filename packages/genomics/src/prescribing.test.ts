import type { DrugAction } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { PatientContext } from './medicines.ts';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';

function drugsOf(calls: string, context: PatientContext = {}): readonly DrugAction[] {
  const outside = readOutsideCalls(calls, 'calls');
  if (!outside.ok) throw new Error(outside.problems[0].what);
  const called = callGenome(null, 'p', { outside: outside.value, context });
  if (!called.ok) throw new Error(called.problems[0].what);
  return called.value.drugs;
}

/** Guideline, action, strength, and a piece of what is said of the dose. */
type Row = readonly [guideline: string, action: string, classification: string, dose?: RegExp];

/**
 * What the guidelines say, written down once more from their tables and not from the product's: CPIC opioids 2020 (PMID 33387367), tricyclics 2016
 * (27997040), antidepressants 2023 (37032427), NSAIDs 2020 (32189324), proton pump inhibitors 2020, clopidogrel 2022 (35034351),
 * carbamazepine 2017 (29392710), phenytoin 2020, ondansetron 2016 (28002639), malignant hyperthermia 2019; DPWG 2023; FDA.
 */
const TABLE: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>> = {
  'CYP2D6\t*4/*4': {
    codeine: [
      ['CPIC', 'avoid', 'Strong', /not tramadol/],
      ['DPWG', 'alternative', 'Unspecified'],
    ],
    tramadol: [
      ['CPIC', 'avoid', 'Strong', /not codeine/],
      ['DPWG', 'monitor', 'Unspecified', /raise the dose/],
    ],
    hydrocodone: [['CPIC', 'standard', 'Optional', /if no response/]],
    oxycodone: [
      ['CPIC', 'no-recommendation', 'No recommendation'],
      ['DPWG', 'standard', 'None', /no action/],
    ],
    nortriptyline: [
      ['CPIC', 'avoid', 'Strong', /50%/],
      ['DPWG', 'reduce', 'Unspecified', /40%/],
      ['FDA', 'monitor', 'None'],
    ],
    desipramine: [['CPIC', 'avoid', 'Optional', /50%/]],
    amitriptyline: [['CPIC', 'avoid', 'Strong', /50%/]],
    venlafaxine: [
      ['CPIC', 'alternative', 'Optional'],
      ['DPWG', 'avoid', 'Unspecified'],
    ],
    paroxetine: [['CPIC', 'reduce', 'Moderate', /50%/]],
    fluvoxamine: [['CPIC', 'reduce', 'Optional', /50-75%/]],
    vortioxetine: [
      ['CPIC', 'reduce', 'Moderate', /50%.*10 mg/],
      ['FDA', 'reduce', 'None', /10 mg/],
    ],
    ondansetron: [['CPIC', 'no-recommendation', 'No recommendation']],
    duloxetine: [['CPIC', 'no-recommendation', 'No recommendation']],
    milnacipran: [['CPIC', 'no-recommendation', 'No recommendation']],
    metoclopramide: [['FDA', 'reduce', 'None']],
    oliceridine: [['FDA', 'monitor', 'None']],
  },
  'CYP2D6\t*4/*41': {
    codeine: [['CPIC', 'standard', 'Moderate', /if no response/]],
    tramadol: [['CPIC', 'standard', 'Optional', /if no response/]],
    nortriptyline: [
      ['CPIC', 'reduce', 'Moderate', /75%/],
      ['DPWG', 'reduce', 'Unspecified', /60%/],
    ],
    desipramine: [['CPIC', 'reduce', 'Optional', /75%/]],
    amitriptyline: [['CPIC', 'reduce', 'Moderate', /75%/]],
    venlafaxine: [
      ['CPIC', 'standard', 'No recommendation'],
      ['DPWG', 'avoid', 'Unspecified'],
    ],
    paroxetine: [['CPIC', 'start-low', 'Optional']],
  },
  'CYP2D6\t*1/*4': { nortriptyline: [['CPIC', 'reduce', 'Optional', /75%/]] },
  'CYP2D6\t*1/*1': {
    codeine: [['CPIC', 'standard', 'Strong']],
    tramadol: [['CPIC', 'standard', 'Strong']],
    ondansetron: [['CPIC', 'standard', 'Strong']],
    amitriptyline: [['CPIC', 'standard', 'Strong']],
  },
  'CYP2D6\t*1x2/*1': {
    codeine: [
      ['CPIC', 'avoid', 'Strong', /toxicity/],
      ['DPWG', 'avoid', 'Unspecified', /20 mg every 6 h/],
      ['FDA', 'avoid', 'None', /12 years/],
    ],
    tramadol: [
      ['CPIC', 'avoid', 'Strong', /toxicity/],
      ['DPWG', 'alternative', 'Unspecified', /40%/],
      ['FDA', 'avoid', 'None', /12 years/],
    ],
    hydrocodone: [['CPIC', 'no-recommendation', 'No recommendation']],
    nortriptyline: [
      ['CPIC', 'avoid', 'Strong', /higher target/],
      ['DPWG', 'increase', 'Unspecified', /1\.7/],
    ],
    venlafaxine: [['DPWG', 'increase', 'Unspecified', /150%/]],
    paroxetine: [
      ['CPIC', 'alternative', 'Moderate'],
      ['DPWG', 'avoid', 'Unspecified'],
    ],
    vortioxetine: [['CPIC', 'alternative', 'Optional']],
    ondansetron: [['CPIC', 'alternative', 'Moderate', /granisetron/]],
    tropisetron: [['CPIC', 'alternative', 'Moderate', /granisetron/]],
  },
  'CYP2C9\t*3/*3': {
    celecoxib: [
      ['CPIC', 'reduce', 'Moderate', /25-50%.*8 days/],
      ['FDA', 'reduce', 'None', /half the lowest/],
    ],
    ibuprofen: [['CPIC', 'reduce', 'Moderate', /25-50%/]],
    flurbiprofen: [['CPIC', 'reduce', 'Moderate', /25-50%/]],
    lornoxicam: [['CPIC', 'reduce', 'Moderate', /25-50%/]],
    meloxicam: [
      ['CPIC', 'alternative', 'Moderate'],
      ['FDA', 'reduce', 'None', /^lower dose$/],
    ],
    piroxicam: [
      ['CPIC', 'alternative', 'Moderate'],
      ['FDA', 'reduce', 'None', /^lower dose$/],
    ],
    tenoxicam: [['CPIC', 'alternative', 'Optional']],
    naproxen: [['CPIC', 'no-recommendation', 'No recommendation']],
    lumiracoxib: [['CPIC', 'no-recommendation', 'No recommendation']],
  },
  'CYP2C9\t*1/*3': {
    celecoxib: [['CPIC', 'start-low', 'Moderate', /lowest/]],
    meloxicam: [['CPIC', 'reduce', 'Moderate', /50%.*7 days/]],
    piroxicam: [['CPIC', 'alternative', 'Moderate']],
    tenoxicam: [['CPIC', 'alternative', 'Optional']],
  },
  'CYP2C9\t*1/*2': {
    celecoxib: [['CPIC', 'standard', 'Moderate']],
    meloxicam: [['CPIC', 'standard', 'Moderate']],
    tenoxicam: [['CPIC', 'standard', 'Moderate']],
  },
  'CYP2C19\t*2/*2': {
    escitalopram: [
      ['CPIC', 'alternative', 'Strong', /50%/],
      ['DPWG', 'reduce', 'Unspecified', /50%/],
    ],
    citalopram: [['FDA', 'reduce', 'None', /20 mg/]],
    sertraline: [
      ['CPIC', 'reduce', 'Moderate', /50%/],
      ['DPWG', 'reduce', 'Unspecified', /75 mg/],
    ],
    omeprazole: [
      ['CPIC', 'reduce', 'Moderate', /12 weeks 50%/],
      ['DPWG', 'standard', 'Unspecified'],
    ],
    dexlansoprazole: [['CPIC', 'reduce', 'Optional', /12 weeks 50%/]],
    carisoprodol: [['FDA', 'monitor', 'None']],
  },
  'CYP2C19\t*1/*2': {
    escitalopram: [
      ['CPIC', 'start-low', 'Moderate'],
      ['DPWG', 'reduce', 'Unspecified', /75%/],
    ],
    omeprazole: [['CPIC', 'reduce', 'Optional', /50%/]],
  },
  'CYP2C19\t*1/*1': { omeprazole: [['CPIC', 'increase', 'Moderate', /50-100%/]] },
  'CYP2C19\t*17/*17': {
    escitalopram: [['CPIC', 'alternative', 'Strong']],
    omeprazole: [
      ['CPIC', 'increase', 'Optional', /100%/],
      ['DPWG', 'increase', 'Unspecified', /3-fold/],
    ],
    pantoprazole: [['DPWG', 'increase', 'Unspecified', /5-fold/]],
  },
  'CYP2C19\t*1/*17': { escitalopram: [['CPIC', 'standard', 'Optional']] },
  'CYP2C19\t*2/*2\nCYP2D6\t*1/*1': { amitriptyline: [['CPIC', 'avoid', 'Moderate', /50%/]] },
  'CYP2C19\t*2/*2\nCYP2D6\t*4/*4': { amitriptyline: [['CPIC', 'avoid', 'Optional']] },
  'CYP2C19\t*1/*17\nCYP2D6\t*1/*1': { amitriptyline: [['CPIC', 'alternative', 'Optional']] },
  'CYP2C19\t*1/*1\nCYP2B6\t*6/*6': {
    sertraline: [['CPIC', 'reduce', 'Optional', /75%/]],
    methadone: [['CPIC', 'monitor', 'None', /third to a half/]],
  },
  'CYP2C19\t*2/*2\nCYP2B6\t*6/*6': { sertraline: [['CPIC', 'alternative', 'Optional']] },
  'HLA-B\t*15:02/*07:02': {
    oxcarbazepine: [['CPIC', 'avoid', 'Strong', /do not start/]],
    carbamazepine: [
      ['CPIC', 'avoid', 'Strong', /do not start/],
      ['CPIC', 'monitor', 'Optional', /3 months/],
    ],
  },
  'HLA-A\t*31:01/*02:01\nHLA-B\t*07:02/*08:01': {
    carbamazepine: [
      ['CPIC', 'avoid', 'Strong', /while an alternative exists/],
      ['CPIC', 'monitor', 'Optional', /only without alternative/],
    ],
  },
  'CYP2C9\t*2/*3\nHLA-B\t*07:02/*08:01': { phenytoin: [['CPIC', 'reduce', 'Strong', /50%/]] },
  'CYP2C9\t*1/*3\nHLA-B\t*07:02/*08:01': { phenytoin: [['CPIC', 'reduce', 'Moderate', /75%/]] },
  'RYR1\tc.488G>T/Reference': {
    sevoflurane: [
      ['CPIC', 'avoid', 'Strong'],
      ['FDA', 'avoid', 'None', /contraindicated/],
    ],
    succinylcholine: [['CPIC', 'avoid', 'Strong']],
  },
  'G6PD\t\tDeficient': {
    prilocaine: [['FDA', 'monitor', 'None', /methaemoglobinaemia/]],
    bupivacaine: [['FDA', 'monitor', 'None', /methylene blue/]],
    'methylene blue': [['FDA', 'avoid', 'None', /contraindicated/]],
  },
};

describe('every drug of the tables', () => {
  it('has the action, strength and dose that each guideline gives, side by side', () => {
    const wrong: string[] = [];
    for (const [calls, drugs] of Object.entries(TABLE)) {
      const actions = drugsOf(calls);
      for (const [drug, rows] of Object.entries(drugs)) {
        for (const [guideline, action, classification, dose] of rows) {
          const own = actions.filter((entry) => entry.drug === drug && entry.guideline === guideline);
          const hit = own.some(
            (entry) =>
              entry.action === action &&
              entry.classification === classification &&
              (dose === undefined || dose.test(entry.doseText ?? '')),
          );
          const got = own
            .map((entry) => `${entry.action} ${entry.classification} ${entry.doseText}`)
            .join(' | ');
          if (!hit) wrong.push(`${calls.replace('\n', ', ')} ${drug} ${guideline}: ${got}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is there, tested or not', () => {
    const names = new Set(
      drugsOf('G6PD\t\tDeficient\nCYP2C9\t*1/*1\nCYP2D6\t*1/*1\nCYP2C19\t*2/*2\nHLA-B\t*57:01/*07:02').map(
        (d) => d.drug,
      ),
    );
    const asked =
      'codeine tramadol hydrocodone oxycodone methadone oliceridine celecoxib ibuprofen flurbiprofen lornoxicam meloxicam piroxicam tenoxicam aceclofenac aspirin diclofenac indomethacin lumiracoxib metamizole nabumetone naproxen nortriptyline desipramine amitriptyline clomipramine doxepin imipramine trimipramine venlafaxine duloxetine milnacipran paroxetine fluvoxamine vortioxetine citalopram escitalopram sertraline carbamazepine oxcarbazepine phenytoin fosphenytoin sevoflurane desflurane isoflurane halothane enflurane methoxyflurane succinylcholine ondansetron tropisetron omeprazole lansoprazole pantoprazole dexlansoprazole clopidogrel warfarin lidocaine bupivacaine ropivacaine mepivacaine articaine prilocaine carisoprodol';
    // FDA alone speaks of these, and only of slow metabolisers of the gene.
    for (const drug of asked.split(' ').filter((name) => name !== 'oliceridine'))
      expect(names, drug).toContain(drug);
  });

  it('never offers prasugrel to somebody after a stroke', () => {
    const clopidogrel = drugsOf('CYP2C19\t*2/*2').filter((entry) => entry.drug === 'clopidogrel');
    const stroke = clopidogrel.find((entry) => entry.population === 'stroke or TIA');
    expect(stroke?.alternatives).toEqual(['ticagrelor']);
    expect(clopidogrel.find((entry) => entry.population?.startsWith('acute'))?.alternatives).toContain(
      'prasugrel',
    );
  });
});

describe('the CPIC level of a drug', () => {
  it('stands beside CPIC alone, tested or not, and is absent where it is not known', () => {
    const levels = (calls: string, drug: string) =>
      drugsOf(calls)
        .filter((d) => d.drug === drug)
        .map((d) => [d.guideline, d.cpicLevel]);
    expect(levels('CYP2D6\t*4/*4', 'codeine')).toEqual([
      ['CPIC', 'A'],
      ['DPWG', undefined],
    ]);
    expect(levels('CYP2D6\t*1/*1', 'hydrocodone')).toEqual([['CPIC', 'B']]);
    expect(levels('CYP2D6\t*4/*4', 'duloxetine')).toEqual([['CPIC', 'C']]);
    expect(levels('CYP2D6\t*4/*4', 'celecoxib')).toEqual([['CPIC', 'A']]);
    expect(levels('CYP2D6\t*4/*4', 'paroxetine')[0]).toEqual(['CPIC', undefined]);
  });
});
