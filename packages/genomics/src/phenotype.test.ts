import { describe, expect, it } from 'vitest';
import {
  arrangementScore,
  cyp2d6Phenotype,
  cyp2d6PhenotypeDpwg,
  formatScore,
  meaningOf,
} from './phenotype.ts';
import { geneTable } from './tables.ts';

const SCORES = [0, 0.25, 1, 1.24, 1.25, 2, 2.25, 2.26, 2.5, 2.75, 4];

describe('activity of CYP2D6', () => {
  it('is drawn where CPIC draws its lines: 0, below 1.25, to 2.25, above', () => {
    const [pm, im, nm, um] = ['Poor', 'Intermediate', 'Normal', 'Ultrarapid'].map((w) => `${w} Metabolizer`);
    expect(SCORES.map(cyp2d6Phenotype)).toEqual([pm, im, im, im, nm, nm, nm, um, um, um, um]);
    // DPWG differs in the upper line alone.
    expect(SCORES.map(cyp2d6PhenotypeDpwg)).toEqual([pm, im, im, im, nm, nm, nm, nm, nm, um, um]);
  });

  const table = geneTable('CYP2D6')!;
  it.each([
    ['*1', 1, false],
    ['*4', 0, false],
    ['*41', 0.25, false],
    ['*1x2', 2, false],
    ['*2xN', 2, true],
    ['*4xN', 0, false],
    ['*36+*10', 0.25, false],
  ])('of %s is %d', (allele, value, atLeast) => {
    expect(arrangementScore(table, allele)).toEqual({ value, atLeast });
  });

  it('is unknown where any part is, and never taken for none', () => {
    for (const allele of ['*999', '*1+*999', '*22', 'nonsense']) {
      expect(arrangementScore(table, allele), allele).toBeNull();
      expect(meaningOf(table, '*1', allele), allele).toMatchObject({
        phenotype: 'Indeterminate',
        score: 'n/a',
      });
    }
    expect(meaningOf(table, '*1', '*4')).toMatchObject({
      phenotype: 'Intermediate Metabolizer',
      score: '1.0',
    });
    expect(meaningOf(table, '*2xN', '*1')).toMatchObject({
      phenotype: 'Ultrarapid Metabolizer',
      score: '≥3.0',
    });
  });

  it('is written with one decimal, or as many as it has', () => {
    expect([formatScore(1), formatScore(0.25), formatScore(2, true)]).toEqual(['1.0', '0.25', '≥2.0']);
  });
});
