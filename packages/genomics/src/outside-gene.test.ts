import { describe, expect, it } from 'vitest';
import { readOutside } from './testing/outside.ts';

describe('a gene of a report that cannot be read', () => {
  it.each([
    ['CYP2C19 *1/*2\nCYP2D6 sequenced', 'CYP2D6', /CYP2D6 is named, but no/],
    ['CYP2C19 *1/*2\nCYP2D6 *1/*4\nCYP2D6 *1/*2', 'CYP2D6', /both stand in the text/],
    ['CYP2C19 *1/*2\nCYP2D6 *1/*2 duplication', 'CYP2D6', /other copies/],
    ['CYP2C19\t*1/*2\nCYP2D6\t*1/*2/*4', 'CYP2D6', /more than two alleles/],
    ['CYP2C19 *1/*2\nFather: CYP2D6 *4/*4', 'CYP2D6', /of somebody else/],
    ['CYP2C19 *1/*2\nDPYD c.1905+1G>A not detected', 'DPYD', /looked for and not found/],
  ])('leaves that gene alone without a result, and says so: %j', (text, gene, why) => {
    const { genes, errors } = readOutside(text);
    expect(genes).toEqual({
      CYP2C19: '*1/*2: Intermediate Metabolizer, called',
      [gene]: ': No Result, no-result',
    });
    expect(errors).toEqual([expect.stringMatching(why)]);
  });

  it('refuses the file where it is all there is', () => {
    const { genes, errors } = readOutside('CYP2D6 sequenced\nDPYD c.1905+1G>A not detected');
    expect(genes).toEqual({});
    expect(errors).toHaveLength(2);
  });

  it('is without a result and no error where the laboratory itself gives none, in English and Spanish', () => {
    for (const text of [
      'CYP2D6: inconclusive',
      'CYP2D6 no call',
      'CYP2D6 test failed, repeat sample',
      'CYP2D6 no concluyente',
    ]) {
      const { genes, said, errors } = readOutside(`CYP2C19 *1/*2\n${text}`);
      expect(genes.CYP2D6, text).toBe(': No Result, no-result');
      expect([said.length, errors.length], text).toEqual([1, 0]);
      expect(said[0]).toContain('CYP2D6: the laboratory gives no result');
      expect(readOutside(text).errors, text).toHaveLength(1);
    }
  });

  it('one person of a table does not take the others with it', () => {
    const table = 'Sample\tGenotype\tFilter\nA\t*1/*4\tPASS\nB\t*1_*4_*10\tNot_assigned_to_haplotypes\n';
    expect(readOutside(table).errors[0]).toContain('not assigned to two haplotypes');
    expect(readOutside(table).genes.CYP2D6).toContain('*1/*4');
  });
});

describe('a report whose class is not that of its diplotype', () => {
  it('is provisional, in a noun or without, and a class of before 2020 says nothing', () => {
    for (const text of ['CYP2C19 *2/*17 rapid', 'CYP2C19 *2/*17 rapid metabolizer', 'CYP2C19 *2/*17 (RM)'])
      expect(readOutside(text).genes.CYP2C19, text).toBe('*2/*17: Intermediate Metabolizer, provisional');
    for (const text of ['CYP2C19 *1/*1 extensive metabolizer', 'CYP2C19 *1/*1 normal', 'CYP2C19 *1/*1'])
      expect(readOutside(text).genes.CYP2C19, text).toBe('*1/*1: Normal Metabolizer, called');
  });
});

describe('genes of panels that change no drug', () => {
  it('are named with why, and their results are not those of the gene before them', () => {
    const { genes, said, errors } = readOutside('VKORC1\nMTHFR 677C>T heterozygous\nCYP2C9 *1/*3');
    expect(genes).toEqual({
      CYP2C9: '*1/*3: Intermediate Metabolizer, called',
      VKORC1: ': No Result, no-result',
    });
    expect(said.join()).toMatch(/MTHFR: not among the genes read here: .*ACMG/);
    expect(errors).toEqual([expect.stringMatching(/VKORC1 is named/)]);
    expect(readOutside('MTHFR C677T heterozygous').errors).toEqual([
      expect.stringMatching(/MTHFR: not among/),
    ]);
  });
});
