import { assess, buildCase, plan } from '@foramen/care';
import { type Intake, type LevelMeasures, MEASURE_NAME, mm, mm2, type SpineFindings } from '@foramen/spine';
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

const EMERGENCY: Intake['symptoms'] = { saddleNumbness: 'yes', urinaryRetention: 'yes' };

function judged(seen: SpineFindings = findings, symptoms = EMERGENCY) {
  const built = buildCase({
    patientId: 'p/1',
    now: '2026-05-02',
    findings: seen,
    intake: {
      person: { ageYears: 50, sex: 'male' },
      symptoms,
    },
  });
  if (!built.ok) throw new Error(built.problems[0].what);
  const assessment = assess(built.value);
  return { case: built.value, assessment, plan: plan(built.value, assessment), now: '2026-05-02' };
}
const bundle = (seen?: SpineFindings) => studyBundle(judged(seen));

interface Component {
  readonly code: { readonly coding: readonly { readonly code: string }[] };
  readonly valueQuantity?: { readonly value: number; readonly code: string };
  readonly valueInteger?: number;
  readonly valueString?: string;
  readonly dataAbsentReason?: { readonly text: string };
}
function componentsOf(made: ReturnType<typeof bundle>): readonly Component[] {
  const level = made.entry.find((e) => e.resource.id === 'level-l4-l5')!.resource;
  return (level as unknown as { readonly component: readonly Component[] }).component;
}
const resourceOf = <T>(made: ReturnType<typeof bundle>, type: string): T =>
  made.entry.find((e) => e.resource.resourceType === type)!.resource as T;

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
    const components = componentsOf(bundle());
    const of = (code: string) => components.find((c) => c.code.coding[0]!.code === code);
    expect(of('heightMiddleMm')?.valueQuantity).toMatchObject({ value: 8.4, code: 'mm' });
    expect(of('pfirrmann')?.valueInteger).toBe(4);
    expect(of('pfirrmann-probabilities')?.valueString).toBe('0.000, 0.000, 0.200, 0.700, 0.100');
    expect(of('modic')?.dataAbsentReason?.text).toBe('needs T1 as well');
    expect(of('depthMm')).toBeUndefined();
  });

  it('leaves no measure out, each in the unit its name says and of both sides', () => {
    const UCUM = { Mm: 'mm', Mm2: 'mm2', Mm3: 'mm3', Percent: '%', Deg: 'deg' } as const;
    const SIDED = /^(foramen|perineuralFat|lateralRecess|facetAngle|multifidus|erectorSpinae)/;
    const measures: Record<string, unknown> = {};
    const expected: [string, number, string][] = [];
    for (const [n, key] of Object.keys(MEASURE_NAME).entries()) {
      const suffix = /(Mm[23]?|Percent|Deg)$/.exec(key)?.[1];
      const unit = key === 'canalPercentOfBodies' ? '%' : (UCUM[suffix as keyof typeof UCUM] ?? '1');
      measures[key] = SIDED.test(key) ? { left: n, right: n + 0.5 } : n;
      if (SIDED.test(key)) expected.push([`${key}-left`, n, unit], [`${key}-right`, n + 0.5, unit]);
      else expected.push([key, n, unit]);
    }
    const [level] = findings.levels;
    const all = { ...findings, levels: [{ ...level!, measures: measures as LevelMeasures }] };
    const told = new Map(
      componentsOf(bundle(all)).map((c) => [c.code.coding[0]!.code, c.valueQuantity] as const),
    );
    for (const [code, value, unit] of expected)
      expect(told.get(code), code).toMatchObject({ value, code: unit });
    expect(expected.length).toBeGreaterThan(40);
  });

  it('tells of a possible fragment: where, how likely, how large, and in the report', () => {
    const fragment = {
      behind: 'L5',
      p: 0.8,
      areaMm2: mm2(74),
      lengthMm: mm(11),
      depthMm: mm(7.2),
      because,
    } as const;
    const made = bundle({ ...findings, possibleFragments: [fragment] });
    const told = made.entry.find((e) => e.resource.id === 'fragment-l5')!.resource;
    expect(told).toMatchObject({
      resourceType: 'Observation',
      bodySite: { coding: [{ system: 'http://snomed.info/sct', code: '49668003' }], text: 'L5' },
      valueQuantity: { value: 0.8, code: '1' },
      component: [
        { valueQuantity: { value: 74, code: 'mm2' } },
        { valueQuantity: { value: 11, code: 'mm' } },
        { valueQuantity: { value: 7.2, code: 'mm' } },
      ],
      note: [{ text: expect.stringContaining('Behind L5: possible migrated fragment') }],
    });
    const report = resourceOf<{ readonly result: readonly { readonly reference: string }[] }>(
      made,
      'DiagnosticReport',
    );
    expect(report.result.map((one) => one.reference)).toHaveLength(2);
    expect(JSON.stringify(report.result)).toContain(made.entry.find((e) => e.resource === told)!.fullUrl);
  });

  it('says where displaced disc lies and of what kind, and grades both sides', () => {
    const [level] = findings.levels;
    const herniated = {
      ...level!,
      nassType: { grade: 3, p: [0, 0.1, 0.2, 0.7, 0] },
      herniationType: 'extrusion',
      herniationZone: 'subarticular',
      herniationSide: 'unknown',
      lateralRecess: { left: { grade: 2, p: [0, 0.2, 0.7, 0.1] }, right: { abstained: 'no axial series' } },
    } as const;
    const told = new Map(
      componentsOf(bundle({ ...findings, levels: [herniated] })).map(
        (c) => [c.code.coding[0]!.code, c] as const,
      ),
    );
    expect(told.get('nassType')?.valueInteger).toBe(3);
    expect(told.get('nassType-probabilities')?.valueString).toBe('0.000, 0.100, 0.200, 0.700, 0.000');
    expect(told.get('herniationType')?.valueString).toBe('extrusion');
    expect(told.get('herniationZone')?.valueString).toBe('subarticular');
    expect(told.has('herniationSide')).toBe(false);
    expect(told.get('lateralRecess-left')?.valueInteger).toBe(2);
    expect(told.get('lateralRecess-right')?.dataAbsentReason?.text).toBe('no axial series');
  });

  it('gives the differential, the plan and the person as they were judged', () => {
    const whole = judged(findings, {
      legPainNrs: 7,
      legPainSide: 'left',
      durationWeeks: 10,
      weaknessReported: 'yes',
      saddleNumbness: 'no',
      urinaryRetention: 'no',
    });
    // One option is ruled out: it is not offered.
    const options = whole.plan.options.map((o, n) => ({ ...o, eligible: n !== 1 }));
    const parts = { ...whole, plan: { ...whole.plan, options } };
    const made = studyBundle(parts);
    const { prediction } = resourceOf<{
      readonly prediction: readonly {
        readonly probabilityRange: { readonly low: { value: number }; readonly high: { value: number } };
      }[];
    }>(made, 'RiskAssessment');
    expect(prediction.map((p) => [p.probabilityRange.low.value, p.probabilityRange.high.value])).toEqual(
      parts.assessment.differential.map((h) => h.interval.map((v) => Math.round(v * 100_000) / 1_000)),
    );
    const { activity } = resourceOf<{
      readonly activity: readonly {
        readonly detail: { readonly kind: string; readonly code?: Component['code'] };
      }[];
    }>(made, 'CarePlan');
    const offered = activity.flatMap(({ detail }) => detail.code?.coding[0]?.code ?? []);
    expect(offered).toEqual(parts.plan.options.filter((o) => o.eligible).map((o) => o.id));
    expect(offered.length).toBe(options.length - 1);
    expect(resourceOf<{ readonly gender: string }>(made, 'Patient').gender).toBe('male');
    const flags = parts.assessment.triage.flags.filter(
      (f) => f.status === 'raised' || f.status === 'possible',
    );
    expect(flags.some((f) => f.status === 'possible')).toBe(true);
    expect(made.entry.filter((e) => e.resource.resourceType === 'Flag')).toHaveLength(flags.length);
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
