import { describe, expect, it } from 'vitest';
import { readOutsideFhir } from './outside-fhir.ts';
import { callGenome } from './profile.ts';

const loinc = (code: string, display?: string) => ({
  coding: [{ system: 'http://loinc.org', code, ...(display ? { display } : {}) }],
});
const gene = (coding: object) => [
  {
    code: loinc('48018-6'),
    valueCodeableConcept: { coding: [{ system: 'http://www.genenames.org/geneId', ...coding }] },
  },
];
const GENOTYPE = loinc('84413-4', 'Genotype display name');
const CYP2D6 = gene({ code: 'HGNC:2625', display: 'CYP2D6' });
const text = (value: string) => ({ valueCodeableConcept: { text: value } });
const observation = (code: object, value: object, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code,
  ...value,
  ...more,
});
const bundle = (...resources: readonly object[]) => ({
  resourceType: 'Bundle',
  entry: resources.map((resource) => ({ resource })),
});

function read(...resources: readonly object[]): string[] {
  const calls = readOutsideFhir(bundle(...resources), 'calls.json');
  if (!calls.ok) return calls.problems.map((problem) => `${problem.code}: ${problem.what}`);
  const called = callGenome(null, 'p', { outside: calls.value, genesOnly: true, brief: true });
  if (!called.ok) throw new Error(called.problems[0].what);
  const genes = Object.entries(called.value.genes).filter(([, result]) => result.source === 'outside');
  const lines = genes.map(
    ([name, result]) =>
      `${name} ${result.diplotypes.join(' or ')}: ${result.phenotype}, ${result.activityScore}`,
  );
  return [...lines, ...calls.warnings.map((warning) => warning.what)];
}

describe('genomics observations', () => {
  it('in words that name several genes are read gene by gene, or refused where they do not say which', () => {
    const both = observation(
      { text: 'CYP2D6 and CYP2C19 genotype' },
      { valueString: 'CYP2D6 *4/*4, CYP2C19 *1/*2' },
    );
    expect(read(both)).toEqual([
      'CYP2C19 *1/*2: Intermediate Metabolizer, null',
      'CYP2D6 *4/*4: Poor Metabolizer, 0',
    ]);
    const one = observation({ text: 'CYP2C9 genotype' }, { valueString: '*1/*3' });
    const unclear = observation({ text: 'CYP2D6/CYP2C19 genotype' }, { valueString: '*1/*2' });
    expect(read(one, unclear)).toEqual([
      'inconsistent: observation 2 names CYP2D6 and CYP2C19, and its result "*1/*2" does not say of which',
    ]);
    const comment = observation(
      { text: 'Comment' },
      { valueString: 'CYP2D6 and CYP2C19 were tested by PCR' },
    );
    expect(read(one, comment)).toEqual(['CYP2C9 *1/*3: Intermediate Metabolizer, 1']);
  });

  it('name their gene by symbol, number, code or value', () => {
    const expected = ['CYP2D6 *4/*10: Intermediate Metabolizer, 0.25'];
    for (const one of [
      observation(GENOTYPE, text('*4/*10'), { component: CYP2D6 }),
      observation(GENOTYPE, text('CYP2D6 *4/*10'), { component: gene({ code: 'HGNC:2625' }) }),
      observation(GENOTYPE, text('*4/*10'), { component: gene({ code: '2625' }) }),
      observation(GENOTYPE, text('CYP2D6 *4/*10')),
      observation({ text: 'CYP2D6 genotype' }, { valueString: '*4/*10' }),
    ])
      expect(read(one)).toEqual(expected);
  });

  it('say a class by word or answer code, as value or component', () => {
    const expected = ['CYP2D6 Poor Metabolizer: Poor Metabolizer, null'];
    const poor = loinc('LA9657-3');
    const effect = { code: loinc('53040-2'), valueCodeableConcept: poor };
    for (const one of [
      observation(loinc('53040-2'), { valueCodeableConcept: poor }, { component: CYP2D6 }),
      observation(loinc('53040-2'), text('Poor metaboliser'), { component: CYP2D6 }),
      observation({ text: 'therapeutic implication' }, {}, { component: [effect, ...CYP2D6] }),
      observation(
        loinc('79715-9', 'CYP2D6 gene product metabolic activity interpretation'),
        text('Poor metabolizer'),
      ),
    ])
      expect(read(one)).toEqual(expected);
  });

  it('of one HLA allele say yes or no', () => {
    const named = { text: 'HLA-B*15:02 [Presence] in Blood or Tissue' };
    for (const [value, says] of [
      [text('Positive'), 'positive'],
      [text('Not detected'), 'negative'],
      [{ valueString: 'Detected' }, 'positive'],
      [{ valueCodeableConcept: loinc('LA9634-2') }, 'negative'],
      [{ valueCodeableConcept: { coding: [{ code: '10828004' }] } }, 'positive'],
    ] as const)
      expect(read(observation(named, value))).toEqual([`HLA-B *15:02 ${says}: *15:02 ${says}, null`]);
  });

  it('that are no results, or of another person, do not count', () => {
    const right = observation(GENOTYPE, text('*1/*1'), { component: CYP2D6 });
    for (const status of ['entered-in-error', 'cancelled', 'registered']) {
      const wrong = { ...observation(GENOTYPE, text('*4/*4'), { component: CYP2D6 }), status };
      expect(read(wrong, right)).toEqual(['CYP2D6 *1/*1: Normal Metabolizer, 2']);
      expect(read(wrong)).toEqual([expect.stringMatching(/^missing: no genomics observation/)]);
    }
    const of = (reference: string) => ({ ...right, subject: { reference } });
    expect(read(of('Patient/1'), of('Patient/2'))).toEqual([
      'inconsistent: speaks of 2 patients (Patient/1, Patient/2)',
    ]);
  });

  it('of a genotype decide over a class beside it, and genes without guidance are named', () => {
    const poor = observation(loinc('53040-2'), text('Poor metabolizer'), { component: CYP2D6 });
    const other = observation(GENOTYPE, text('*1/*2'), {
      component: gene({ code: 'HGNC:9999', display: 'ABC1' }),
    });
    expect(read(poor, observation(GENOTYPE, text('*1/*10'), { component: CYP2D6 }), other)).toEqual([
      'CYP2D6 *1/*10: Normal Metabolizer, 1.25',
      'ABC1: not among the genes read here',
    ]);
  });
});

describe('results in other forms', () => {
  const GENE_PART = gene({ code: 'HGNC:2625', display: 'CYP2D6' });

  it('are a number for the score, and yes or no for an allele', () => {
    const score = { text: 'CYP2D6 activity score' };
    for (const value of [{ valueQuantity: { value: 0.5 } }, { valueString: '0.5' }])
      expect(read(observation(score, value))).toEqual([
        'CYP2D6 activity score 0.5: Intermediate Metabolizer, 0.5',
      ]);
    expect(read(observation(score, { valueInteger: 1 }))).toEqual([
      'CYP2D6 activity score 1: Intermediate Metabolizer, 1',
    ]);
    expect(read(observation(score, { valueQuantity: { value: 3, comparator: '>=' } }))[0]).toContain('≥3');
    const of = (allele: string, valueBoolean: boolean) =>
      observation({ text: `HLA-B${allele} [Presence]` }, { valueBoolean });
    expect(read(of('*1502', false), of('*57:01', true))).toEqual([
      'HLA-B *15:02 negative or *57:01 positive: *15:02 negative; *57:01 positive, null',
    ]);
  });

  it('that are in no form that is read are said, beside those that are', () => {
    const below = observation(
      { text: 'CYP2D6 activity score' },
      { valueQuantity: { value: 1, comparator: '<' } },
    );
    const good = observation({ text: 'CYP2C9 genotype' }, { valueString: '*1/*3' });
    expect(read(below, good)).toEqual([
      'CYP2C9 *1/*3: Intermediate Metabolizer, 1',
      'observation 1, CYP2D6 "<1": not read',
    ]);
    const none = observation({ text: 'CYP2D6 genotype' }, { dataAbsentReason: { text: 'not performed' } });
    expect(read(none, good)).toContain('CYP2D6 : No Result, null');
    const words = observation(
      { text: 'pharmacogenomics' },
      { valueString: 'CYP2D6 sequenced\nCYP2C9 *1/*3' },
    );
    expect(read(words)).toEqual([
      'CYP2C9 *1/*3: Intermediate Metabolizer, 1',
      'CYP2D6 : No Result, null',
      expect.stringMatching(/CYP2D6 is named, but/),
    ]);
  });

  it('stand in components, beside each other', () => {
    const part = (code: object, value: object) => ({ code, ...value });
    const both = [
      ...GENE_PART,
      part(GENOTYPE, { valueString: '*4/*4' }),
      part(loinc('53040-2'), { valueCodeableConcept: loinc('LA9657-3') }),
      part({ text: 'activity score' }, { valueQuantity: { value: 0 } }),
    ];
    expect(read(observation({ text: 'panel' }, {}, { component: both }))).toEqual([
      'CYP2D6 *4/*4: Poor Metabolizer, 0',
    ]);
    expect(read(observation({ text: 'panel' }, {}, { component: [both[0], both[3]] as object[] }))).toEqual([
      'CYP2D6 activity score 0: Poor Metabolizer, 0',
    ]);
  });

  it('are found in a list, in what a report contains, and among empty entries', () => {
    const good = observation({ text: 'CYP2C9 genotype' }, { valueString: '*1/*3' });
    const empty = {
      ...good,
      code: { coding: [null, { code: '84413-4', display: 'CYP2C9 genotype' }] },
      component: [null],
      subject: null,
    };
    for (const given of [
      [null, good],
      { resourceType: 'DiagnosticReport', contained: [null, good] },
      { resourceType: 'Bundle', entry: [null, {}, { resource: null }, { resource: empty }] },
    ]) {
      const calls = readOutsideFhir(given, 'calls.json');
      expect(calls.ok && calls.value.map((call) => `${call.gene} ${call.diplotype}`)).toEqual([
        'CYP2C9 *1/*3',
      ]);
    }
    for (const nothing of [
      null,
      5,
      'x',
      [],
      [null],
      { resourceType: 'Bundle', entry: 'x' },
      { resourceType: 'Observation', code: null, component: 'x' },
      { resourceType: 'Observation', code: { text: 5, coding: [{ code: 5, display: 7 }] }, valueString: 5 },
    ])
      expect(readOutsideFhir(nothing, 'calls.json').ok).toBe(false);
  });
});
