import { describe, expect, it } from 'vitest';
import { guidanceTables } from './guidance.ts';
import { readOutsideCalls } from './outside.ts';
import { phenotypePrior } from './populations.ts';
import { callGenome } from './profile.ts';
import { untestedPrior } from './untested.ts';

const guideline = (drug: string) => {
  const found = guidanceTables()
    .flatMap((table) => table.guidelines)
    .find((entry) => entry.drug === drug && entry.guideline === 'CPIC');
  if (!found) throw new Error(drug);
  return found;
};
const chance = (gene: string, start: string) =>
  phenotypePrior(gene, 'EUR')
    .filter((entry) => entry.phenotype.startsWith(start))
    .reduce((sum, entry) => sum + entry.p, 0);

describe('somebody who was not tested', () => {
  it('has the product of two independent genes for a drug that rests on both', () => {
    const prior = untestedPrior(guideline('amitriptyline'), 'EUR', '2024-03-25');
    expect(prior?.gene).toBe('CYP2C19 and CYP2D6');
    expect(prior?.phenotypes.reduce((sum, entry) => sum + entry.p, 0)).toBeCloseTo(1, 6);
    const both = prior?.phenotypes
      .filter((entry) => entry.phenotype === 'CYP2C19 Normal Metabolizer, CYP2D6 Poor Metabolizer')
      .map((entry) => ({ p: entry.p, action: entry.action }));
    expect(both).toHaveLength(1);
    expect(both?.[0]?.action).toBe('avoid');
    expect(both?.[0]?.p).toBeCloseTo(chance('CYP2C19', 'Normal') * chance('CYP2D6', 'Poor'), 6);
    const plain = prior?.phenotypes.find(
      (entry) => entry.phenotype === 'CYP2C19 Normal Metabolizer, CYP2D6 Normal Metabolizer',
    );
    expect(plain?.action).toBe('standard');
    // Slow or very fast in either gene is most of Europe, so a test would often change the prescription.
    expect(prior?.pActionable).toBeGreaterThan(0.5);
    expect(prior?.pActionable).toBeLessThan(1);
  });

  it('is told so for sertraline, and for phenytoin with HLA-B left open', () => {
    expect(untestedPrior(guideline('sertraline'), 'EAS', '')?.gene).toBe('CYP2B6 and CYP2C19');
    const phenytoin = untestedPrior(guideline('phenytoin'), 'EUR', '');
    expect(phenytoin?.gene).toBe('CYP2C9');
    expect(phenytoin?.text).toContain('HLA-B: not estimated from ancestry, test before use');
    expect(phenytoin?.phenotypes.some((entry) => entry.action === 'reduce')).toBe(true);
    expect(untestedPrior(guideline('sevoflurane'), 'EUR', '')).toBeNull();
    expect(phenytoin?.verified).toBe(true);
    const warfarin = untestedPrior(guideline('warfarin'), 'EAS', '');
    expect(warfarin?.gene).toContain('VKORC1');
    expect(warfarin?.verified).toBe(false);
    expect(warfarin?.text).toContain('to be checked at the source');
    const sensitive = phenotypePrior('VKORC1', 'EAS').find((entry) => entry.phenotype === '-1639 AA');
    expect(sensitive?.p).toBeCloseTo(0.885 ** 2, 2);
    expect(untestedPrior(guideline('carbamazepine'), 'EUR', '')).toBeNull();
  });

  it('never has the estimate as a result', () => {
    const called = callGenome(null, 'p', { context: { ancestry: 'EUR' } });
    if (!called.ok) throw new Error(called.problems[0].what);
    for (const entry of called.value.drugs) expect(entry.action).toBe('untested');
    const said = (drug: string) => called.value.drugs.find((entry) => entry.drug === drug)?.doseText;
    expect(said('carbamazepine')).toContain('a carrier missed may die: test before use');
    expect(said('sevoflurane')).toContain('family reactions to anaesthesia');
    for (const gene of Object.values(called.value.genes)) expect(gene.phenotype).toBe('No Result');
    const amitriptyline = called.value.drugs.find((entry) => entry.drug === 'amitriptyline');
    expect(amitriptyline?.untested?.text).toMatch(/a test of CYP2C19 and CYP2D6 would change/);
  });

  it('with one gene of two known, is told what the other would change', () => {
    const outside = readOutsideCalls('CYP2D6\t*1/*1\n', 'calls');
    if (!outside.ok) throw new Error(outside.problems[0].what);
    const called = callGenome(null, 'p', { outside: outside.value, context: { ancestry: 'EUR' } });
    if (!called.ok) throw new Error(called.problems[0].what);
    const entry = called.value.drugs.find((d) => d.drug === 'amitriptyline' && d.guideline === 'CPIC');
    expect(entry?.action).toBe('standard');
    const share = Number(
      /CYP2C19 test would change this action for about (\d+) in 100/.exec(entry?.because.join() ?? '')?.[1],
    );
    const fast = chance('CYP2C19', 'Rapid') + chance('CYP2C19', 'Ultrarapid') + chance('CYP2C19', 'Poor');
    expect(share).toBeGreaterThanOrEqual(Math.floor(fast * 100));
  });
});
