import type { Intake, LevelFindings, PatientCase, RootContact, SpineFindings } from '@foramen/spine';
import { mm } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';

import { concordance, weighConcordance } from './concordance.ts';
import { imageContacts, rootsWereRead } from './contacts.ts';
import { discordance } from './discordance.ts';

type Grades = readonly [number, number, number, number];

function read(
  root: RootContact['root'],
  side: RootContact['side'],
  path: NonNullable<RootContact['path']>,
  byGrade: Grades,
  planes: NonNullable<RootContact['read']>['planes'] = ['sagittal'],
): RootContact {
  const grade = byGrade[0] >= 0.5 ? 'none' : byGrade[2] > byGrade[1] ? 'deviation' : 'contact';
  return {
    root,
    side,
    path,
    grade,
    p: grade === 'none' ? byGrade[0] : 1 - byGrade[0],
    read: { byGrade, clearanceMm: mm(-2), planes, because: 'sagittal slice through the lateral recess' },
  };
}

const PUSHED: Grades = [0.03, 0.17, 0.6, 0.2];
const FREE: Grades = [0.9, 0.1, 0, 0];
const TOUCHED: Grades = [0.1, 0.85, 0.05, 0];

function findings(over: Partial<LevelFindings>, transitional: 'none' | 'possible' = 'none'): SpineFindings {
  return {
    schema: 'foramen.findings/1',
    series: [],
    enumeration: { confidence: 1, lumbarCount: 5, transitional, because: [] },
    levels: [
      {
        level: 'L5-S1',
        indexFromBottom: 1,
        confidence: 1,
        herniation: { p: 0.3 },
        measures: {},
        because: { slice: 0, box: [0, 0, 1, 1], models: [] },
        ...over,
      },
    ],
    vertebrae: [],
    limits: [],
    models: [],
  };
}

function patient(shown: SpineFindings, side: 'left' | 'right'): PatientCase {
  const intake = {
    schema: 'foramen.intake/1',
    date: '2026-11-22',
    person: { ageYears: 40 },
    symptoms: {
      legPainNrs: 7,
      legPainSide: side,
      durationWeeks: 8,
      regions: [{ region: 'posterior-calf', side }],
    },
    examination: {
      straightLegRaise: { [side]: 'positive' },
      achillesReflex: { [side]: 'reduced' },
    },
  } as unknown as Intake;
  return { ...bareCase(intake), findings: shown };
}

const ALL = [
  read('S1', 'left', 'traversing', PUSHED),
  read('S1', 'right', 'traversing', FREE),
  read('L5', 'left', 'exiting', FREE),
  read('L5', 'right', 'exiting', FREE),
];

describe('contact read from the picture', () => {
  it('takes the place of the herniation probability: a pushed root is met however doubtful the herniation', () => {
    const found = imageContacts(findings({ rootContacts: ALL }));
    const s1 = found.find((c) => c.root === 'S1' && c.side === 'left');
    expect(s1?.p).toBeGreaterThan(0.7);
    expect(s1?.sideRead).toBe(true);
    expect(s1?.reasons.some((r) => r.text.includes('lateral recess'))).toBe(true);
    expect(s1?.reasons.some((r) => r.text.includes('contact was not read'))).toBe(false);
    for (const c of found) if (c !== s1) expect(c.p).toBeLessThan(0.1);
  });

  it('counts a mere touch only as far as there is a herniation', () => {
    const touch = (p: number) =>
      imageContacts(
        findings({ herniation: { p }, rootContacts: [read('S1', 'left', 'traversing', TOUCHED)] }),
      ).find((c) => c.root === 'S1')?.p ?? 0;
    expect(touch(0.9)).toBeGreaterThan(0.6);
    expect(touch(0.1)).toBeLessThan(0.2);
  });

  it('leaves the herniation to speak for roots that were not assessed, and for those alone', () => {
    const some = findings({
      herniation: { p: 0.9 },
      rootContacts: ALL.slice(0, 2),
      rootsNotAssessed: (['left', 'right'] as const).map((side) => ({
        root: 'L5',
        side,
        path: 'exiting',
        abstained: 'no slice reaches the foramen',
      })),
    });
    const found = imageContacts(some);
    expect(found.find((c) => c.root === 'L5')?.reasons.some((r) => r.text.includes('not read'))).toBe(true);
    expect(found.find((c) => c.root === 'S1' && c.side === 'right')?.p).toBeLessThan(0.2);
  });

  it('leaks to the neighbouring roots where the numbering is in doubt', () => {
    const roots = (t: 'none' | 'possible') =>
      imageContacts(findings({ rootContacts: ALL.slice(0, 1) }, t)).map((c) => c.root);
    expect(roots('none')).toEqual(['S1']);
    expect(roots('possible')).toEqual(expect.arrayContaining(['S1', 'L5', 'S2']));
  });

  it('sagittal slices that found nothing, and gradings that abstained, deny no root', () => {
    const none = ALL.slice(1);
    expect(rootsWereRead(findings({ rootContacts: none }))).toBe(false);
    expect(rootsWereRead(findings({ rootContacts: ALL }))).toBe(true);
    const axial = [read('S1', 'right', 'traversing', FREE, ['sagittal', 'axial'])];
    expect(rootsWereRead(findings({ rootContacts: axial }))).toBe(true);
    const abstained = { abstained: 'needs an axial T2-weighted series' };
    expect(
      rootsWereRead(
        findings({
          leeForaminal: { left: abstained, right: abstained },
          lateralRecess: { left: abstained, right: abstained },
        }),
      ),
    ).toBe(false);
  });

  it('is concordant with pain and signs of its root and side, and discordant with the other side', () => {
    const shown = findings({ rootContacts: ALL });
    const same = weighConcordance(patient(shown, 'left'));
    expect(same[0]).toMatchObject({ grade: 3, contact: { root: 'S1', side: 'left' } });
    expect(concordance(patient(shown, 'left'), same)[0]?.statement.strength).toBe('strong');
    const other = patient(shown, 'right');
    expect(weighConcordance(other).every((w) => w.grade <= 1)).toBe(true);
    const said = discordance(other, imageContacts(shown), weighConcordance(other)).map((s) => s.key);
    expect(said).toContain('discordance.wrong-side');
  });
});
