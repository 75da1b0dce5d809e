import { describe, expect, it } from 'vitest';
import { modernHla } from './outside-hla.ts';
import { readOutside } from './testing/outside.ts';

const hla = (text: string) => readOutside(text).genes['HLA-B'];

describe('tests for HLA alleles', () => {
  it('are read in the names of before 2010, too', () => {
    for (const text of [
      'HLA-B*1502 positive',
      'HLA-B*1502: positive',
      'HLA-B 1502 positive',
      'HLA B*15:02 positive',
      'HLAB1502 positive',
      'HLA-B*1502 positivo',
      'HLA-B\t*1502 positive',
      'HLA-B\t\t*1502 positive',
    ])
      expect(hla(text), text).toBe('*15:02 positive: *15:02 positive, called');
    expect(hla('HLA-B*1502 and HLA-B*5701: negative')).toContain('*15:02 negative; *57:01 negative, called');
    // One field, or a name that has come to mean another allele.
    for (const text of ['HLA-B*15 positive', 'HLA-B15 positive'])
      expect(readOutside(text).genes, text).toEqual({});
    expect(modernHla('*9502 *9201 *150201 *15:02 *15021')).toBe('*9502 *9201 *15:02:01 *15:02 *15021');
  });

  it('are read past what the allele matters for, and of carriers', () => {
    for (const text of [
      'HLA-B*15:02 (carbamazepine): Negative',
      'HLA-B*15:02 non-carrier',
      'HLA-B*15:02 no portador',
    ])
      expect(hla(text), text).toBe('*15:02 negative: *15:02 negative, called');
    for (const text of [
      'HLA-B*15:02 carrier',
      'HLA-B*15:02: heterozygous',
      'HLA-B*15:02 (carbamazepina): portadora',
    ])
      expect(hla(text), text).toBe('*15:02 positive: *15:02 positive, called');
    expect(hla('HLA-B*15:02 carrier status: negative')).toBeUndefined();
    expect(hla('HLA-B*15:02 (positive control) absent')).not.toBe('*15:02 positive: *15:02 positive, called');
  });

  it('on lines of their own hold together, and not one or the other', () => {
    const two = 'HLA-B\t*15:02 negative\nHLA-B\t*57:01 positive\n';
    expect(hla(two)).toMatch(/: \*15:02 negative; \*57:01 positive, called$/);
    expect(hla('HLA-B\t*07:02/*08:01\nHLA-B\t*15:02 negative\n')).toMatch(
      /\*15:02 negative; \*57:01 negative;/,
    );
  });

  it('that say yes and no of one allele are neither', () => {
    const { genes, errors } = readOutside('HLA-B\t*15:02 negative\nHLA-B\t*15:02 positive\nCYP2C9\t*1/*3\n');
    expect(genes['HLA-B']).toMatch(/No Result, no-result$/);
    expect(genes.CYP2C9).toContain('called');
    expect(errors).toEqual([expect.stringMatching(/HLA-B \*15:02: said to be there and not to be there/)]);
  });
});
