import { callGenome, readOutsideCalls, readOutsideFhir } from '@foramen/genomics';
import type { GeneResult } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { genomicsBundle } from './genomics-report.ts';

describe('genomics reporting bundle', () => {
  const outside = readOutsideCalls('CYP2D6\t*4/*4\nHLA-B\t\t*15:02 negative\n', 'calls');
  if (!outside.ok) throw new Error('calls');
  const called = callGenome(null, 'p 1', { outside: outside.value });
  if (!called.ok) throw new Error('profile');
  const bundle = genomicsBundle(called.value, '2026-11-22');
  const of = (type: string) =>
    bundle.entry.map((entry) => entry.resource).filter((resource) => resource.resourceType === type);

  it('has one report that points at every result, and ids FHIR allows', () => {
    const urls = new Set(bundle.entry.map((entry) => entry.fullUrl));
    const [report] = of('DiagnosticReport');
    const results = report?.result as { reference: string }[];
    expect(results.length).toBe(of('Observation').length);
    expect(results.every((result) => urls.has(result.reference))).toBe(true);
    expect(urls.size).toBe(bundle.entry.length);
    expect(bundle.entry.every((entry) => /^[A-Za-z0-9.-]{1,64}$/.test(entry.resource.id))).toBe(true);
  });

  it('gives an uncalled gene a reason for absence, never a value, and leaves untested drugs out', () => {
    const genotype = (gene: string) =>
      of('Observation').find((resource) => resource.id === `genotype-${gene}`);
    expect(genotype('CYP2C19')).toHaveProperty('dataAbsentReason');
    expect(genotype('CYP2C19')).not.toHaveProperty('valueCodeableConcept');
    expect(genotype('CYP2D6')).toMatchObject({ valueCodeableConcept: { text: 'CYP2D6 *4/*4' } });
    const implications = of('Observation').filter((resource) => resource.id.startsWith('implication'));
    expect(implications.some((resource) => JSON.stringify(resource).includes('LA9657-3'))).toBe(true);
    expect(implications.length).toBe(called.value.drugs.filter((drug) => drug.action !== 'untested').length);
  });

  it('has every element that the profiles of the guide require', () => {
    const text = (value: unknown) => JSON.stringify(value);
    const urls = new Map(bundle.entry.map((entry) => [entry.fullUrl, entry.resource]));
    const [report] = of('DiagnosticReport');
    expect(report).toMatchObject({
      meta: { profile: [expect.stringContaining('/genomic-report')] },
      code: { coding: [{ system: 'http://loinc.org', code: '51969-4' }] },
    });
    for (const observation of of('Observation')) {
      const { category, code, component, derivedFrom, meta } = observation as unknown as {
        category: object[];
        code: object;
        component: { code: { coding: { code: string }[] } }[];
        derivedFrom?: { reference: string }[];
        meta: { profile: string[] };
      };
      // labCategory and geCategory, each once.
      expect(category).toHaveLength(2);
      expect(text(category)).toContain('"laboratory"');
      expect(text(category)).toContain('"GE"');
      const codes = component.map((part) => part.code.coding[0]?.code ?? '');
      if (meta.profile[0]?.endsWith('/genotype')) {
        expect(text(code)).toContain('84413-4');
        expect(codes).toContain('48018-6');
        expect(Object.keys(observation).filter((key) => /^value|^dataAbsent/.test(key))).toHaveLength(1);
        continue;
      }
      expect(meta.profile[0]).toMatch(/\/therapeutic-implication$/);
      expect(text(code)).toContain('"therapeutic-implication"');
      expect(Object.keys(observation).some((key) => key.startsWith('value'))).toBe(false);
      expect(derivedFrom?.length).toBeGreaterThan(0);
      for (const { reference } of derivedFrom ?? [])
        expect(text(urls.get(reference)?.meta)).toContain('/genotype');
      expect(codes.filter((c) => c === '51963-7')).toHaveLength(1);
      expect(codes).toContain('therapeutic-implication');
      for (const part of component)
        expect(Object.keys(part).filter((key) => key.startsWith('value'))).toHaveLength(1);
    }
    const tasks = of('Task');
    expect(tasks.length).toBeGreaterThan(3);
    for (const task of tasks) {
      expect(task).toMatchObject({ status: 'requested', intent: 'proposal' });
      expect(text(task.code)).toMatch(/LA26421-0|LA26423-6/);
      const reason = (task.reasonReference as { reference: string }).reference;
      expect(text(urls.get(reason)?.meta)).toContain('/therapeutic-implication');
      const url = [...urls].find(([, resource]) => resource === task)?.[0] ?? 'none';
      expect(text(report?.extension)).toContain(url);
    }
  });

  it('calls preliminary what rests on positions that were not read', () => {
    const gene = {
      ...(called.value.genes.CYP2D6 as GeneResult),
      provisional: 'CYP2D6: 1 of 156 positions not read',
    };
    const open = genomicsBundle({ ...called.value, genes: { CYP2D6: gene } }, '2026-11-22');
    const first = open.entry.map((entry) => entry.resource).find((r) => r.id === 'genotype-CYP2D6');
    expect(first?.status).toBe('preliminary');
    expect(JSON.stringify(first?.note)).toContain('provisional');
  });

  it('gives no code of a normal metaboliser for one that rests on an incomplete reading', () => {
    const normal = {
      ...(called.value.genes.CYP2D6 as GeneResult),
      phenotype: 'Normal Metabolizer',
      diplotypes: ['*1/*1'],
    };
    const coded = (gene: GeneResult) =>
      JSON.stringify(genomicsBundle({ ...called.value, genes: { CYP2D6: gene } }, '2026-11-22')).includes(
        'LA25391-6',
      );
    expect(coded(normal)).toBe(true);
    const open = {
      ...normal,
      provisional: 'CYP2D6: 1 of 156 positions not read',
      status: 'provisional' as const,
    };
    expect(coded(open)).toBe(false);
    expect(
      JSON.stringify(genomicsBundle({ ...called.value, genes: { CYP2D6: open } }, '2026-11-22')),
    ).toContain('CYP2D6: Normal Metabolizer (provisional)');
  });

  it('can be read back as outside calls', () => {
    const back = readOutsideFhir(bundle, 'bundle.json');
    expect(back.ok && back.value.find((call) => call.gene === 'CYP2D6')?.diplotype).toBe('*4/*4');
    // What was open when it was written is open when it is read.
    const gene = {
      ...(called.value.genes.CYP2D6 as GeneResult),
      provisional: 'CYP2D6: 1 of 156 positions not read',
    };
    const open = readOutsideFhir(
      genomicsBundle({ ...called.value, genes: { CYP2D6: gene } }, '2026-11-22'),
      'b',
    );
    if (!open.ok) throw new Error(open.problems[0].what);
    const again = callGenome(null, 'p', { outside: open.value });
    if (!again.ok) throw new Error(again.problems[0].what);
    expect(again.value.genes.CYP2D6).toMatchObject({ status: 'provisional' });
    expect(again.value.drugs.find((drug) => drug.drug === 'codeine')?.provisional).toContain('CYP2D6');
  });
});
