import { describe, expect, it } from 'vitest';
import { auditLedger, evidenceLedger } from './ledger.ts';
import type { PatientContext } from './medicines.ts';
import { readOutsideCalls } from './outside.ts';
import { readOutsideFhir } from './outside-fhir.ts';
import { phenotypePrior } from './populations.ts';
import { callGenome } from './profile.ts';
import { profileOf } from './testing/read.ts';
import { personVcf } from './testing/vcf-text.ts';

function fromOutside(text: string, context: PatientContext = {}) {
  const outside = readOutsideCalls(text, 'calls.tsv');
  if (!outside.ok) throw new Error(outside.problems[0].what);
  const called = callGenome(null, 'p', { outside: outside.value, context });
  if (!called.ok) throw new Error(called.problems[0].what);
  return { ...called.value, warnings: called.warnings };
}
type Profile = ReturnType<typeof fromOutside>;
const action = (profile: Pick<Profile, 'drugs'>, drug: string, guideline = 'CPIC') =>
  profile.drugs.find((entry) => entry.drug === drug && entry.guideline === guideline);

describe('outside calls', () => {
  it('scores tandems, repeats and unknown copy numbers', () => {
    const score = (text: string) => fromOutside(`CYP2D6\t${text}\n`).genes.CYP2D6;
    expect(score('*36+*10/*36+*10')?.activityScore).toBe(0.5);
    expect(score('*68+*4/*1')?.activityScore).toBe(1);
    expect(score('*13+*2/*4')?.activityScore).toBe(1);
    expect(score('*1x2/*2')?.phenotype).toBe('Ultrarapid Metabolizer');
    expect(score('*1/*2xN')?.activityScore).toBe('≥3.0');
    expect(score('*1/*2xN')?.notes.join()).toContain('lower bound');
    expect(score('*4.013+*4/*5')?.phenotype).toBe('Poor Metabolizer');
  });

  it('reads Cyrius, loose laboratory text, phenotypes and scores', () => {
    const cyrius = fromOutside('Sample\tGenotype\tFilter\nS1\t*1/*4\tPASS\n');
    expect(cyrius.genes.CYP2D6?.phenotype).toBe('Intermediate Metabolizer');
    expect(fromOutside('CYP2D6: *4/*41\n').genes.CYP2D6?.activityScore).toBe(0.25);
    expect(fromOutside('CYP2C19\t\tPoor Metabolizer\n').genes.CYP2C19?.phenotype).toBe('Poor Metabolizer');
    expect(fromOutside('CYP2D6\t\t\t0.0\n').genes.CYP2D6?.phenotype).toBe('Poor Metabolizer');
    expect(fromOutside('HLA-B\t*15:02/*57:01\n').genes['HLA-B']?.phenotype).toContain('*15:02 positive');
  });

  it('names an allele nobody lists, and leaves the gene indeterminate', () => {
    const profile = fromOutside('CYP2D6\t*1/*999\n');
    expect(profile.genes.CYP2D6?.phenotype).toBe('Indeterminate');
    expect(
      profile.warnings.some((warning) => warning.severity === 'error' && warning.what.includes('*999')),
    ).toBe(true);
    expect(readOutsideCalls('CYP2D6 only\n', 'f').ok).toBe(false);
    expect(readOutsideCalls('CYP2D6\t\t\t\n', 'f').ok).toBe(false);
  });

  it('reads a FHIR bundle', () => {
    const observation = (gene: string, code: string, text: string) => ({
      resource: {
        resourceType: 'Observation',
        code: { coding: [{ code }] },
        valueCodeableConcept: { text },
        component: [
          { code: { coding: [{ code: '48018-6' }] }, valueCodeableConcept: { coding: [{ display: gene }] } },
        ],
      },
    });
    const read = readOutsideFhir(
      {
        resourceType: 'Bundle',
        entry: [
          observation('CYP2D6', '84413-4', 'CYP2D6*4/*5'),
          observation('CYP2C19', '53040-2', 'Poor metabolizer'),
        ],
      },
      'b.json',
    );
    expect(read.ok && read.value.map((call) => [call.gene, call.diplotype, call.phenotype])).toEqual([
      ['CYP2D6', '*4/*5', null],
      ['CYP2C19', null, 'Poor Metabolizer'],
    ]);
    expect(readOutsideFhir({ resourceType: 'Bundle', entry: [] }, 'b.json').ok).toBe(false);
  });
});

describe('drug actions', () => {
  it('never offers codeine for tramadol, nor tramadol for codeine', () => {
    for (const diplotype of ['*4/*4', '*1x2/*2', '*4/*41', '*1/*1', '*10/*10']) {
      const profile = fromOutside(`CYP2D6\t${diplotype}\n`);
      for (const drug of ['codeine', 'tramadol', 'hydrocodone']) {
        for (const entry of profile.drugs.filter((d) => d.drug === drug)) {
          expect(entry.alternatives).not.toContain('codeine');
          expect(entry.alternatives).not.toContain('tramadol');
        }
      }
    }
  });

  it('checks alternatives against genes, drugs, kidneys, age and allergies', () => {
    const offer = (text: string, drug: string, context: PatientContext = {}) =>
      action(fromOutside(text, context), drug)?.alternatives ?? [];
    expect(offer('CYP2D6\t*4/*4\n', 'codeine')).toContain('morphine');
    expect(offer('CYP2D6\t*4/*4\n', 'codeine', { egfr: 20 })).not.toContain('morphine');
    expect(offer('CYP2D6\t*4/*4\n', 'codeine', { allergies: ['Morphine: rash'] })).not.toContain('morphine');
    expect(offer('CYP2D6\t*4/*4\n', 'codeine', { medications: [{ name: 'sertraline' }] })).not.toContain(
      'fentanyl',
    );
    expect(offer('CYP2C9\t*3/*3\n', 'celecoxib')).toContain('naproxen');
    expect(offer('CYP2C9\t*3/*3\n', 'celecoxib')).not.toContain('meloxicam');
    expect(offer('CYP2C9\t*3/*3\n', 'celecoxib', { medications: [{ name: 'apixaban' }] })).toEqual([]);
    expect(offer('CYP2D6\t*4/*4\n', 'nortriptyline')).not.toContain('carbamazepine');
    expect(offer('CYP2D6\t*4/*4\n', 'nortriptyline', { ageYears: 80 })).not.toContain('desipramine');
  });

  it('shows CPIC, DPWG and FDA apart where they differ', () => {
    const profile = fromOutside('CYP2D6\t*4/*4\n');
    expect(action(profile, 'tramadol')?.action).toBe('avoid');
    expect(action(profile, 'tramadol', 'DPWG')?.action).toBe('monitor');
    expect(action(profile, 'venlafaxine')?.strength).toBe('optional');
    expect(action(profile, 'venlafaxine', 'DPWG')?.action).toBe('avoid');
    expect(fromOutside('CYP2D6\t*2x2/*17\n').genes.CYP2D6).toMatchObject({
      phenotype: 'Ultrarapid Metabolizer',
      phenotypeDpwg: 'Normal Metabolizer',
    });
  });

  it('knows that no result and indeterminate are not the same action', () => {
    const noResult = action(fromOutside('CYP2D6\t*1/*1\n'), 'amitriptyline');
    expect(noResult?.classification).toBe('Strong');
    const indeterminate = action(fromOutside('CYP2D6\t*1/*1\nCYP2C19\t*1/*12\n'), 'amitriptyline');
    expect(indeterminate?.classification).toBe('No recommendation');
  });

  it('tells a change by a drug where one of two diplotypes stays what it was, and none where all do', () => {
    const paroxetine = { medications: [{ name: 'paroxetine' }] };
    for (const calls of ['CYP2D6\t*4/*4\nCYP2D6\t*1/*4\n', 'CYP2D6\t*1/*4\nCYP2D6\t*4/*4\n'])
      expect(fromOutside(calls, paroxetine).genes.CYP2D6, calls).toMatchObject({
        phenotypeWithDrugs: 'Poor Metabolizer',
        activityScoreWithDrugs: 0,
      });
    const poor = fromOutside('CYP2D6\t*4/*4\n', paroxetine);
    expect(poor.genes.CYP2D6?.phenotypeWithDrugs).toBeUndefined();
    expect(action(poor, 'codeine')?.basis).toEqual(['CYP2D6 Poor Metabolizer (activity score 0.0)']);
  });

  it('turns a normal metaboliser of tramadol into a poor one under bupropion, and counts the washout', () => {
    const taken = fromOutside('CYP2D6\t*1/*1\n', { medications: [{ name: 'Bupropion XL' }] });
    expect(taken.genes.CYP2D6).toMatchObject({
      phenotype: 'Normal Metabolizer',
      phenotypeWithDrugs: 'Poor Metabolizer',
      activityScoreWithDrugs: 0,
    });
    expect(action(taken, 'tramadol')?.action).toBe('avoid');
    expect(action(taken, 'tramadol')?.because.join()).toContain('by genotype alone');
    expect(
      fromOutside('CYP2D6\t*1/*1\n', { medications: [{ name: 'Cymbalta 60 mg' }] }).genes.CYP2D6
        ?.activityScoreWithDrugs,
    ).toBe(1);
    const stopped = fromOutside('CYP2D6\t*1/*1\n', {
      medications: [{ name: 'fluoxetine', stoppedDaysAgo: 10 }],
    });
    expect(stopped.genes.CYP2D6?.phenotypeWithDrugs).toBe('Poor Metabolizer');
    expect(stopped.genes.CYP2D6?.notes.join()).toContain('25 days');
    const over = fromOutside('CYP2D6\t*1/*1\n', {
      medications: [{ name: 'fluoxetine', stoppedDaysAgo: 60 }],
    });
    expect(over.genes.CYP2D6?.phenotypeWithDrugs).toBeUndefined();
    const other = fromOutside('CYP2C19\t*1/*1\n', { medications: [{ name: 'fluvoxamine' }] });
    expect(other.genes.CYP2C19?.notes.join()).toContain('no agreed number');
  });

  it('makes one page for an operation, on which a negative RYR1 is never safe', () => {
    const negative = profileOf(
      personVcf({
        RYR1: ['Reference', 'Reference'],
        CACNA1S: ['Reference', 'Reference'],
        G6PD: ['B (reference)', 'B (reference)'],
      }),
    );
    const slot = (profile: Pick<Profile, 'perioperative'>, role: string) =>
      profile.perioperative?.find((item) => item.role === role);
    expect(slot(negative, 'anaesthetic')?.because.join()).toContain(
      'does not rule malignant hyperthermia out',
    );
    expect(negative.drugs.filter((d) => d.drug === 'sevoflurane').map((d) => d.action)).not.toContain(
      'standard',
    );
    expect(
      JSON.stringify([negative.perioperative, negative.drugs.filter((d) => d.genes.includes('RYR1'))]),
    ).not.toMatch(/\bis safe\b|"safe"/);
    const positive = profileOf(personVcf({ RYR1: ['Reference', 'c.488G>T'] }));
    expect(slot(positive, 'anaesthetic')?.avoid).toContain('succinylcholine');
    // What sets nothing off stays open to them.
    expect(slot(positive, 'anaesthetic')?.prefer).toEqual(expect.arrayContaining(['propofol', 'rocuronium']));
    expect(slot(positive, 'opioid')).toEqual(slot(negative, 'opioid'));
    for (const profile of [positive, negative]) {
      expect(slot(profile, 'anaesthetic')?.prefer).not.toContain('sevoflurane');
      expect(slot(profile, 'anaesthetic')?.prefer).not.toContain('succinylcholine');
    }
    const roles = negative.perioperative?.map((item) => item.role);
    expect(roles).toEqual([
      'opioid',
      'nsaid',
      'antiemetic',
      'anaesthetic',
      'local-anaesthetic',
      'blood-thinner',
    ]);
    expect(slot(fromOutside('CYP2D6\t*1x2/*2\n'), 'antiemetic')?.avoid).toContain('ondansetron');
    // Prilocaine makes methaemoglobin, and its antidote is closed to them.
    const local = (phenotype: string) => slot(fromOutside(`G6PD\t\t${phenotype}\n`), 'local-anaesthetic');
    expect(local('Deficient')?.avoid).toEqual(['prilocaine']);
    expect(local('Normal')?.avoid).toEqual([]);
  });

  it('gives an untested person a prior and never a result', () => {
    const profile = fromOutside('CYP2C19\t*1/*1\n', { ancestry: 'EAS' });
    const codeine = action(profile, 'codeine');
    expect(codeine?.action).toBe('untested');
    expect(codeine?.untested?.population).toBe('EAS');
    expect(profile.genes.CYP2D6?.phenotype).toBe('No Result');
    const total = codeine?.untested?.phenotypes.reduce((sum, entry) => sum + entry.p, 0) ?? 0;
    expect(total).toBeCloseTo(1, 9);
    expect(action(profile, 'oxcarbazepine')?.untested).toBeUndefined();
    const pm = phenotypePrior('CYP2D6', 'EUR')
      .filter((entry) => entry.phenotype === 'Poor Metabolizer')
      .reduce((sum, entry) => sum + entry.p, 0);
    expect(pm).toBeGreaterThan(0.04);
    expect(pm).toBeLessThan(0.08);
  });

  it('shows markers as their verdict allows', () => {
    const text = `${personVcf({ CYP2C19: ['*1', '*1'] })}chr6\t154039662\trs1799971\tA\tG\t.\tPASS\t.\tGT\t0/1\nchr22\t19963748\trs4680\tG\tA\t.\tPASS\t.\tGT\t0/1\n`;
    const marker = (profile: Pick<Profile, 'markers'>, name: string) =>
      profile.markers.find((entry) => entry.marker.startsWith(name));
    expect(marker(profileOf(text), 'OPRM1')?.genotype).toBe('A/G');
    expect(marker(profileOf(text), 'COMT')?.genotype).toBeUndefined();
    expect(marker(profileOf(text, { showResearch: true }), 'COMT')?.genotype).toBe('A/G');
    const panel = marker(profileOf(text), 'Commercial opioid-risk panel');
    expect(panel).toMatchObject({ verdict: 'refused' });
    expect(panel?.text).toContain('0.40%');
  });

  it('dates every action and lists what has gone stale', () => {
    const profile = fromOutside('CYP2D6\t*4/*4\n');
    expect(
      profile.drugs.every(
        (entry) => /^\d{4}-\d{2}-\d{2}$/.test(entry.dated ?? '') && entry.sources.length > 0,
      ),
    ).toBe(true);
    expect(evidenceLedger().every((entry) => /^\d{4}-\d{2}-\d{2}$/.test(entry.dated))).toBe(true);
    const audit = auditLedger('2026-11-22', 365);
    expect(audit.find((entry) => entry.what.startsWith('CPIC guidance'))?.stale).toBe(true);
    expect(auditLedger('2025-11-30', 30).find((entry) => entry.what.startsWith('CYP2C19'))?.stale).toBe(
      false,
    );
  });
});
