import { callGenome, readOutsideCalls, readOutsideFhir } from '@foramen/genomics';
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

  it('can be read back as outside calls', () => {
    const back = readOutsideFhir(bundle, 'bundle.json');
    expect(back.ok && back.value.find((call) => call.gene === 'CYP2D6')?.diplotype).toBe('*4/*4');
  });
});
