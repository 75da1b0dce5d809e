import { EVIDENCE } from '@foramen/evidence';
import type { Intake, SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { imageContacts } from '../roots/contacts.ts';
import { weighDifferential } from './differential.ts';

const DISCS = ['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2'] as const;

function believed(
  motorRight: Record<string, number>,
  herniation: number,
  pain: object,
  setting: 'primary' | 'specialist' = 'specialist',
) {
  const intake = {
    schema: 'foramen.intake/1',
    setting,
    person: { ageYears: 44 },
    symptoms: pain,
    examination: { motorRight },
  } as unknown as Intake;
  const findings = {
    schema: 'foramen.findings/1',
    series: [],
    enumeration: { confidence: 1, lumbarCount: 5, transitional: 'none', because: [] },
    levels: DISCS.map((level, i) => ({
      level,
      indexFromBottom: i + 1,
      confidence: 1,
      herniation: { p: level === 'L4-L5' ? herniation : 0.02 },
      rootContacts:
        level === 'L4-L5' && herniation > 0.5
          ? [{ root: 'L5', side: 'right', grade: 'compression', p: 0.9 }]
          : [],
      measures: {},
    })),
    vertebrae: [],
    models: [],
  } as unknown as SpineFindings;
  const work = weighDifferential(
    { ...bareCase(intake), findings },
    imageContacts(findings, EVIDENCE),
    null,
    EVIDENCE,
  );
  const p = (c: string) => work.conditions.find((x) => x.condition === c)!.p;
  return {
    mimic: p('peripheral-mimic'),
    herniation: p('herniation'),
    noNerve: ['non-specific', 'disc', 'facet', 'sacroiliac'].map(p),
  };
}

const NO_PAIN = { pain: 'none', backPainNrs: 0, legPainNrs: 0, regions: [] };
const SCIATICA = {
  pain: 'present',
  backPainNrs: 3,
  legPainNrs: 8,
  regions: [
    { region: 'lateral-leg', side: 'right' },
    { region: 'dorsum-foot', side: 'right' },
  ],
};

describe('a foot that drops', () => {
  it('is rather a nerve of the leg where the hip is strong and the picture is clean', () => {
    const palsy = believed({ ankleDorsiflexion: 2, greatToeExtension: 2, hipAbduction: 5 }, 0.02, NO_PAIN);
    expect(palsy.mimic).toBeGreaterThan(palsy.herniation);
  });

  it('is rather the root where a herniation presses on it and the leg hurts, hip weak or not examined', () => {
    for (const hip of [{ hipAbduction: 3 }, {}]) {
      const root = believed({ ankleDorsiflexion: 2, greatToeExtension: 2, ...hip }, 0.95, SCIATICA);
      expect(root.herniation).toBeGreaterThan(2 * root.mimic);
    }
  });

  it('speaks for the nerve by a strong hip, and by nothing where the hip is weak too', () => {
    const of = (hip: number) => believed({ ankleDorsiflexion: 2, hipAbduction: hip }, 0.02, NO_PAIN).mimic;
    expect(of(5)).toBeGreaterThan(of(3));
    const mild = believed({ ankleDorsiflexion: 4, hipAbduction: 5 }, 0.02, NO_PAIN).mimic;
    expect(mild).toBeLessThan(of(3));
  });
});

describe('a knee that cannot be straightened', () => {
  const pain = (back: number) => ({
    backPainNrs: back,
    legPainNrs: 3,
    regions: [{ region: 'anterior-thigh', side: 'right' }],
  });

  it('is rather a nerve of the thigh where the back does not hurt and the picture is clean', () => {
    const palsy = believed({ kneeExtension: 2 }, 0.02, pain(0));
    expect(palsy.mimic).toBeGreaterThan(palsy.herniation);
    expect(palsy.mimic).toBeGreaterThan(2 * believed({ kneeExtension: 2 }, 0.02, pain(4)).mimic);
    expect(palsy.mimic).toBeGreaterThan(2 * believed({ kneeExtension: 4 }, 0.02, pain(0)).mimic);
  });

  it('is the root where a herniation presses on it', () => {
    const root = believed({ kneeExtension: 2 }, 0.95, pain(0));
    expect(root.herniation).toBeGreaterThan(root.mimic);
  });
});

describe('a muscle of 3 of 5 or less', () => {
  it('speaks against pain without a nerve in it, which leads in general practice otherwise', () => {
    for (const weak of ['kneeExtension', 'ankleDorsiflexion', 'greatToeExtension', 'anklePlantarflexion']) {
      const mild = believed({ [weak]: 4 }, 0.02, NO_PAIN, 'primary').noNerve;
      const severe = believed({ [weak]: 3 }, 0.02, NO_PAIN, 'primary').noNerve;
      severe.forEach((p, i) => {
        expect(p, weak).toBeLessThan(mild[i]!);
      });
    }
    const drop = believed({ ankleDorsiflexion: 2, hipAbduction: 5 }, 0.02, NO_PAIN, 'primary');
    expect(drop.mimic).toBeGreaterThan(Math.max(...drop.noNerve, drop.herniation));
  });

  it('says nothing where pain holds the hip back', () => {
    const sick = believed({ hipFlexion: 2 }, 0.02, NO_PAIN, 'primary').noNerve;
    const strong = believed({ hipFlexion: 4 }, 0.02, NO_PAIN, 'primary').noNerve;
    expect(sick[2]! / sick[0]!).toBeCloseTo(strong[2]! / strong[0]!, 6);
  });
});
