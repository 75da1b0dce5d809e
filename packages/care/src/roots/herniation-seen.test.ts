import { EVIDENCE } from '@foramen/evidence';
import type { Intake, LevelFindings, SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bareCase } from '../bare-case.fixture.ts';
import { weighDifferential } from '../differential/differential.ts';
import { imageContacts } from './contacts.ts';
import { herniationSeen } from './herniation-seen.ts';

const at = 'findings.levels[0]';
const level = (over: Partial<LevelFindings>) =>
  ({
    level: 'L4-L5',
    indexFromBottom: 2,
    confidence: 1,
    herniation: { p: 0.6 },
    spondylolisthesis: { p: 0.05 },
    ...over,
  }) as LevelFindings;
const seen = (over: Partial<LevelFindings>) => herniationSeen(level(over), at, EVIDENCE)!;

describe('a herniation at a slip', () => {
  it('counts less, with the slip and the rule as reasons', () => {
    const uncovered = seen({ spondylolisthesis: { p: 0.72 } });
    expect(uncovered.graded).toBe(0.6);
    expect(uncovered.p).toBeLessThan(0.6 * seen({}).p);
    expect(uncovered.p).toBeGreaterThan(0.1);
    expect(
      uncovered.reasons.map((r) => (r.kind === 'fact' ? r.path : r.kind === 'evidence' ? r.id : '')),
    ).toEqual([`${at}.spondylolisthesis.p`, 'parameter/care-uncovered-disc-share']);
  });

  it('counts as graded where the slip was not judged or is an extrusion beside it', () => {
    const { spondylolisthesis: _, ...unjudged } = level({});
    expect(herniationSeen(unjudged, at, EVIDENCE)).toEqual({
      graded: 0.6,
      p: 0.6,
      uncovered: 0,
      reasons: [],
    });
    const slip = { spondylolisthesis: { p: 0.9 } };
    expect(seen({ ...slip, herniationType: 'extrusion' }).p).toBe(0.6);
    const doubtful = seen({ ...slip, nassType: { grade: 2, p: [0.1, 0.2, 0.4, 0.3] } }).p;
    expect(doubtful).toBeGreaterThan(seen(slip).p);
    expect(doubtful).toBeLessThan(0.6);
  });

  it('is not what a root pushed by an uncovered disc speaks for', () => {
    const met = (slip: number) => {
      const contact = {
        root: 'L5',
        side: 'left',
        path: 'traversing',
        grade: 'deviation',
        p: 0.9,
        read: { byGrade: [0.1, 0.1, 0.7, 0.1], clearanceMm: -2, planes: ['sagittal'], because: 'seen' },
      } as unknown as NonNullable<LevelFindings['rootContacts']>[number];
      const findings = {
        enumeration: { confidence: 1, lumbarCount: 5, transitional: 'none', because: [] },
        levels: [level({ spondylolisthesis: { p: slip }, rootContacts: [contact] })],
      } as unknown as SpineFindings;
      return imageContacts(findings, EVIDENCE).find((c) => c.mechanism === 'herniation' && c.root === 'L5')!
        .p;
    };
    expect(met(0.9)).toBeLessThan(0.6 * met(0.01));
  });

  it('never leads a claudication with a narrow canal', () => {
    const intake = {
      schema: 'foramen.intake/1',
      setting: 'specialist',
      person: { ageYears: 68 },
      symptoms: {
        claudication: 'yes',
        reliefSitting: 'yes',
        reliefBendingForward: 'yes',
        regions: [
          { region: 'low-back', side: 'midline' },
          { region: 'posterior-leg', side: 'left' },
        ],
      },
    } as unknown as Intake;
    const believed = (slip: number) => {
      const findings: SpineFindings = {
        schema: 'foramen.findings/1',
        series: [],
        enumeration: { confidence: 1, lumbarCount: 5, transitional: 'none', because: [] },
        levels: [
          level({ spondylolisthesis: { p: slip }, measures: { canalApMm: 9 } as LevelFindings['measures'] }),
        ],
        vertebrae: [],
        models: [],
      } as unknown as SpineFindings;
      const patient = { ...bareCase(intake), findings };
      const { conditions } = weighDifferential(patient, imageContacts(findings, EVIDENCE), null, EVIDENCE);
      const p = (c: string) => conditions.find((x) => x.condition === c)!.p;
      return { herniation: p('herniation'), stenosis: p('central-stenosis'), slip: p('spondylolisthesis') };
    };
    const slipped = believed(0.75);
    expect(slipped.stenosis).toBeGreaterThan(slipped.herniation);
    expect(slipped.herniation).toBeLessThan(believed(0.03).herniation);
  });
});
