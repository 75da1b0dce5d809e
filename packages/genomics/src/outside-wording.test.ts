import { describe, expect, it } from 'vitest';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';

/** What one line of laboratory text gives: diplotype and phenotype of its gene, the phenotype alone, or that it is refused. */
function read(text: string): string {
  const outside = readOutsideCalls(`${text}\n`, 'calls');
  if (!outside.ok) return 'refused';
  const called = callGenome(null, 'p', { outside: outside.value, genesOnly: true, brief: true });
  if (!called.ok) return 'no profile';
  const result = called.value.genes[text.split(/[\s:]/)[0]!];
  if (!result) return 'nothing';
  const named = result.diplotypes.join(', ');
  // A class without alleles stands where alleles would.
  return named === result.phenotype ? named : `${named}: ${result.phenotype}`;
}

describe('what a laboratory says in the words of a gene', () => {
  it.each([
    ['NAT2 slow acetylator', 'Poor Metabolizer'],
    ['NAT2: Rapid acetylator.', 'Rapid Metabolizer'],
    ['UGT1A1 (TA)7/(TA)7', '*28/*28: Poor Metabolizer'],
    ['UGT1A1: TA6/TA7', '*1/*28: Intermediate Metabolizer'],
    ['UGT1A1 6/7 TA repeats', '*1/*28: Intermediate Metabolizer'],
    ['UGT1A1 A(TA)6TAA/A(TA)7TAA', '*1/*28: Intermediate Metabolizer'],
    ['SLCO1B1 rs4149056 T/C', 'Decreased Function'],
    ['SLCO1B1 c.521T>C: CC', 'Poor Function'],
    ['G6PD A- hemizygous', 'Deficient'],
    ['CYP2C19: rapid', 'Rapid Metabolizer'],
    ['CYP2D6 ultra-rapid', 'Ultrarapid Metabolizer'],
    ['CYP3A5 non-expresser', 'Poor Metabolizer'],
    ['ABCG2 c.421C>A heterozygous', 'rs2231142 reference (G)/rs2231142 variant (T): Decreased Function'],
    ['ABCG2 c.421C>A homozygous', 'rs2231142 variant (T)/rs2231142 variant (T): Poor Function'],
  ])('%s', (text, said) => {
    expect(read(text)).toBe(said);
  });

  it.each([
    // One position leaves the other alleles open.
    'SLCO1B1 rs4149056 T/T',
    'SLCO1B1 rs4149056: no call',
    // An expresser has one or two working copies.
    'CYP3A5 expresser',
    // A woman with one such copy may be anything between.
    'G6PD A- heterozygous',
    'NAT2 slow or intermediate acetylator',
    'NAT2: not a slow acetylator',
    'NAT2 slow acetylator (mother)',
    'UGT1A1 (TA)7',
    'UGT1A1 (TA)9/(TA)7',
    'UGT1A1 tested 6/7 2024',
    'CYP2C19: not rapid',
    'ABCG2 c.421C>A negative',
    'ABCG2 c.421C>A heterozygous or homozygous',
    'CYP2C9 rapid',
  ])('%s says too little, and is refused', (text) => {
    expect(read(text)).toBe('refused');
  });
});
