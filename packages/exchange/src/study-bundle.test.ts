import { assess, buildCase, plan } from '@foramen/care';
import { mm, type SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { studyBundle } from './study-bundle.ts';

const because = { slice: 0, box: [0, 0, 1, 1] as const, models: [] };
const findings: SpineFindings = {
  schema: 'foramen.findings/1',
  studyDate: '2026-05-01',
  series: [],
  enumeration: { confidence: 0.9, lumbarCount: 5, transitional: 'none', because: [] },
  levels: [
    {
      level: 'L4-L5',
      indexFromBottom: 2,
      confidence: 0.9,
      pfirrmann: { grade: 4, p: [0, 0, 0.2, 0.7, 0.1] },
      modic: { abstained: 'needs T1 as well' },
      herniation: { p: 0.8 },
      measures: { heightMiddleMm: mm(8.4) },
      because,
    },
  ],
  vertebrae: [],
  limits: ['no axial series'],
  models: [],
};

function bundle() {
  const built = buildCase({
    patientId: 'p/1',
    now: '2026-05-02',
    findings,
    intake: {
      person: { ageYears: 50, sex: 'male' },
      symptoms: { saddleNumbness: 'yes', urinaryRetention: 'yes' },
    },
  });
  if (!built.ok) throw new Error(built.problems[0].what);
  const assessment = assess(built.value);
  return studyBundle({
    case: built.value,
    assessment,
    plan: plan(built.value, assessment),
    now: '2026-05-02',
  });
}

describe('a study as FHIR R4', () => {
  it('has unique full addresses, and every reference points into the bundle', () => {
    const made = bundle();
    const ids = made.entry.map((e) => e.fullUrl);
    expect(new Set(made.entry.map((e) => e.fullUrl)).size).toBe(made.entry.length);
    const references = [...JSON.stringify(made).matchAll(/"reference":"([^"]+)"/g)].map((m) => m[1]);
    expect(references.length).toBeGreaterThan(3);
    for (const reference of references) expect(ids).toContain(reference);
    for (const e of made.entry) expect(e.resource.id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  });

  it('carries measures in UCUM, grades with their probabilities, and abstentions with their reason', () => {
    const level = bundle().entry.find((e) => e.resource.id === 'level-l4-l5')!.resource as unknown as {
      component: {
        code: { coding: { code: string }[] };
        valueQuantity?: { value: number; code: string };
        valueInteger?: number;
        valueString?: string;
        dataAbsentReason?: { text: string };
      }[];
    };
    const of = (code: string) => level.component.find((c) => c.code.coding[0]!.code === code);
    expect(of('heightMiddleMm')?.valueQuantity).toMatchObject({ value: 8.4, code: 'mm' });
    expect(of('pfirrmann')?.valueInteger).toBe(4);
    expect(of('pfirrmann-probabilities')?.valueString).toBe('0.000, 0.000, 0.200, 0.700, 0.100');
    expect(of('modic')?.dataAbsentReason?.text).toBe('needs T1 as well');
    expect(of('depthMm')).toBeUndefined();
  });

  it('names the disc by SNOMED CT, and tells every resource to people', () => {
    const made = bundle();
    const level = made.entry.find((e) => e.resource.id === 'level-l4-l5')!.resource;
    expect(level.bodySite).toMatchObject({
      coding: [{ system: 'http://snomed.info/sct', code: '84020006' }],
      text: 'L4-L5',
    });
    for (const { resource } of made.entry) {
      const { status, div } = resource.text as { readonly status: string; readonly div: string };
      expect(status).toBe('generated');
      expect(div).toMatch(/^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml"><p>[^<]+<\/p>.*<\/div>$/s);
    }
    const told = (level.text as { readonly div: string }).div;
    expect(told).toContain('<li>Disc height, middle: 8.4 mm</li>');
    expect(told).toContain('<li>Modic type: not given: needs T1 as well</li>');
  });

  it('raises a flag for what triage raised', () => {
    const flags = bundle()
      .entry.filter((e) => e.resource.resourceType === 'Flag')
      .map((e) => e.resource.id);
    expect(flags).toContain('flag-cauda-equina');
  });

  it('is the same bytes for the same case', () => {
    expect(JSON.stringify(bundle())).toBe(JSON.stringify(bundle()));
  });
});
