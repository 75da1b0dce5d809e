import { describe, expect, it } from 'vitest';
import { listedText, variantsSaid } from './outside-variants.ts';
import { readOutside } from './testing/outside.ts';

describe('variants with a result beside each', () => {
  const said = (text: string) =>
    variantsSaid(text).map(({ name, isFound }) => `${name} ${isFound ? 'yes' : 'no'}`);

  it('are told apart, one by one, in rows, and behind what is said of them', () => {
    expect(said('c.1905+1G>A not detected, c.2846A>T heterozygous')).toEqual([
      'c.1905+1G>A no',
      'c.2846A>T yes',
    ]);
    expect(said(': *2, *3 and *17: not detected')).toEqual(['*2 no', '*3 no', '*17 no']);
    expect(said(' negative for *2 and *3')).toEqual(['*2 no', '*3 no']);
    expect(said('*2: absent; *17 (c.-806C>T): positive')).toContain('*2 no');
    expect(said('*1/*2')).toEqual([]);
  });

  it('are no genotype and no normal, whatever they say', () => {
    for (const text of [
      'DPYD c.1905+1G>A not detected\nDPYD c.1679T>G not detected\nDPYD c.2846A>T not detected',
      'DPYD: c.1905+1G>A: negative; c.2846A>T: negative. Normal metabolizer.',
      'CYP2C19: *2 not detected, *3 not detected, *17 not detected',
      'CYP2C19: *2 no detectado, *3 no detectado',
      'TPMT negative for *2, *3A and *3C',
    ]) {
      const { genes, errors } = readOutside(text);
      expect(genes, text).toEqual({});
      expect(errors, text).toEqual([expect.stringMatching(/says nothing of its other variants/)]);
    }
    expect(readOutside('CYP2C19 *2: not detected\nCYP2C19 *17: heterozygous').errors).toEqual([
      expect.stringMatching(/CYP2C19 \*17, and not \*2: named one by one/),
    ]);
    expect(listedText('VKORC1', [{ name: '-1639G>A', isFound: false }])).toContain('two bases are not given');
  });

  it('take time in proportion to their length', () => {
    expect(() => {
      for (const long of [
        '*2, '.repeat(20_000),
        '*2 not '.repeat(20_000),
        'no '.repeat(40_000),
        'c.1A>T ('.repeat(20_000),
      ])
        variantsSaid(long);
    }).toNeedLessThan(3000);
  });
});

describe('a zygosity beside the one position that decides', () => {
  it('is read of SLCO1B1 and VKORC1, and not where it does not agree with the bases', () => {
    for (const text of [
      'SLCO1B1 521T>C heterozygous',
      'SLCO1B1 521T>C: CT',
      'SLCO1B1 rs4149056: heterozygous',
      'SLCO1B1 c.521T>C heterocigoto',
    ])
      expect(readOutside(text).genes.SLCO1B1, text).toBe('Decreased Function: Decreased Function, called');
    expect(readOutside('SLCO1B1 521T>C homozygous').genes.SLCO1B1).toContain('Poor Function, called');
    for (const text of [
      'SLCO1B1 521T>C C/T homozygous',
      'SLCO1B1 521T>C homozygous wild type',
      'SLCO1B1 heterozygous',
      'SLCO1B1 521T>C heterozygous or homozygous',
    ])
      expect(readOutside(text).genes, text).toEqual({});
    for (const text of [
      'VKORC1 -1639G>A homozygous / A/A',
      'VKORC1 -1639G>A homozygous',
      'VKORC1 -1639G>A homozygous (A/A)',
    ])
      expect(readOutside(text).genes.VKORC1, text).toContain('-1639 AA, called');
    expect(readOutside('VKORC1 -1639G>A homozygous wild type (G/G)').genes.VKORC1).toContain(
      '-1639 GG, called',
    );
    expect(readOutside('VKORC1 rs9923231 heterozygous').genes.VKORC1).toContain('-1639 AG, called');
    expect(readOutside('VKORC1 (-1639G>A) G/A').genes.VKORC1).toContain('-1639 AG, called');
    for (const text of ['DPYD c.1236G>A heterozygous', 'DPYD c.1236G>A (HapB3) heterozygous'])
      expect(readOutside(text).genes.DPYD, text).toMatch(/HapB3\): Intermediate Metabolizer, called$/);
    expect(readOutside('VKORC1 rs1111 heterozygous').genes).toEqual({});
  });
});
