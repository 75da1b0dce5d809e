import { describe, expect, it } from 'vitest';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';

function called(line: string) {
  const outside = readOutsideCalls(`${line}\n`, 'calls');
  if (!outside.ok) throw new RangeError(outside.problems[0].what);
  const profile = callGenome(null, 'p', { outside: outside.value });
  if (!profile.ok) throw new RangeError(profile.problems[0].what);
  const { genes, drugs } = profile.value;
  const cpic = (drug: string) =>
    drugs.filter((d) => d.drug === drug && d.guideline === 'CPIC').map((d) => d.action);
  return { gene: genes[line.split('\t')[0]!]!, cpic, drugs };
}

describe('a class without a score', () => {
  it('has the advice of its class, and is offered nothing that the class speaks against', () => {
    const poor = called('CYP2D6\t\tPoor Metabolizer');
    expect([poor.gene.phenotype, poor.gene.activityScore]).toEqual(['Poor Metabolizer', null]);
    for (const drug of ['codeine', 'tramadol', 'desipramine'])
      expect(poor.cpic(drug), drug).toEqual(['avoid']);
    const offered = poor.drugs.flatMap((d) => d.alternatives);
    for (const drug of ['codeine', 'tramadol', 'desipramine']) expect(offered, drug).not.toContain(drug);
    expect(called('CYP2D6\t\tUltrarapid Metabolizer').cpic('codeine')).toEqual(['avoid']);
    expect(called('CYP2C9\t\tPoor Metabolizer').cpic('ibuprofen').length).toBeGreaterThan(0);
  });
});

describe('copies that nobody counted', () => {
  it('leave open every class they may give', () => {
    const open = called('CYP2D6\t*2xN/*4');
    expect(open.gene.phenotype).toBe('Normal Metabolizer or Ultrarapid Metabolizer');
    expect(new Set(open.cpic('codeine'))).toEqual(new Set(['standard', 'avoid']));
    expect(called('CYP2D6\t*1/*1xN').gene.phenotype).toBe('Ultrarapid Metabolizer');
    expect(called('CYP2D6\t*4/*4xN').gene.phenotype).toBe('Poor Metabolizer');
  });
});

describe('a class that is not that of the genotype beside it', () => {
  it('is provisional, and the advice of both is given', () => {
    const both = called('CYP2D6\t*4/*4\tNormal Metabolizer');
    expect([both.gene.phenotype, both.gene.status]).toEqual(['Normal Metabolizer', 'provisional']);
    expect(new Set(both.cpic('codeine'))).toEqual(new Set(['standard', 'avoid']));
  });
});
