import { describe, expect, it } from 'vitest';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';

/** What one line of laboratory text gives: diplotype and phenotype of its gene, or the problem. */
function read(gene: string, text: string): string {
  const outside = readOutsideCalls(`${text}\n`, 'calls');
  if (!outside.ok) return `refused: ${outside.problems.length}`;
  const called = callGenome(null, 'p', { outside: outside.value, genesOnly: true, brief: true });
  if (!called.ok) return 'no profile';
  const result = called.value.genes[gene];
  return result ? `${result.diplotypes.join(', ')}: ${result.phenotype}` : 'nothing';
}

describe('a variant and how many copies carry it', () => {
  it('is the genotype of a gene whose alleles are single variants', () => {
    const carrier = 'Reference/c.1905+1G>A (*2A): Intermediate Metabolizer';
    for (const text of [
      'DPYD c.1905+1G>A heterozygous',
      'DPYD: heterozygous for c.1905+1G>A (*2A).',
      'DPYD *2A heterozygote',
      'DPYD c.1905+1G>A en heterocigosis',
      'DPYD: heterocigoto para c.1905+1G>A',
    ])
      expect(read('DPYD', text), text).toBe(carrier);
    expect(read('DPYD', 'DPYD c.1905+1G>A homozygous')).toBe(
      'c.1905+1G>A (*2A)/c.1905+1G>A (*2A): Poor Metabolizer',
    );
    expect(read('DPYD', 'DPYD HapB3 heterozygous')).toBe(
      'Reference/c.1129-5923C>G, c.1236G>A (HapB3): Intermediate Metabolizer',
    );
    expect(read('RYR1', 'RYR1 c.1840C>T heterozygous')).toBe(
      'Reference/c.1840C>T: Malignant Hyperthermia Susceptibility',
    );
    expect(read('CACNA1S', 'CACNA1S c.520C>T (heterozygous)')).toMatch(/^Reference\/c\.520C>T: Malignant/);
    expect(read('MT-RNR1', 'MT-RNR1 m.1555A>G detected')).toMatch(/^m\.1555A>G: increased risk/);
  });

  it('is read from a panel that denies the others', () => {
    const carrier = 'Reference/c.1905+1G>A (*2A): Intermediate Metabolizer';
    for (const text of [
      'DPYD c.1905+1G>A heterozygous; c.2846A>T not detected',
      'DPYD c.1905+1G>A heterozygous, all other variants not detected',
      'DPYD c.2846A>T, c.1679T>G not detected, c.1905+1G>A heterozygous',
      'DPYD: c.1905+1G>A heterozygous, c.2846A>T wild type and HapB3 wild type.',
      'DPYD c.1905+1G>A heterocigosis; las demás negativas',
    ])
      expect(read('DPYD', text), text).toBe(carrier);
  });

  it('is read gene by gene', () => {
    const text = 'RYR1 c.1840C>T heterozygous, DPYD c.1905+1G>A homozygous; CACNA1S: c.3257G>A heterozygous';
    expect(read('RYR1', text)).toBe('Reference/c.1840C>T: Malignant Hyperthermia Susceptibility');
    expect(read('DPYD', text)).toMatch(/: Poor Metabolizer$/);
    expect(read('CACNA1S', text)).toMatch(/^Reference\/c\.3257G>A: Malignant/);
  });

  it('is refused where it is denied, doubted, of somebody else, of two variants, or of nobody knows how many copies', () => {
    for (const text of [
      'DPYD not heterozygous for c.1905+1G>A',
      'DPYD c.1905+1G>A heterozygous or homozygous',
      'DPYD c.1905+1G>A heterozygous, c.2846A>T heterozygous',
      'DPYD c.1905+1G>A heterozygous; c.1905+1G>A not detected',
      'DPYD c.1905+1G>A not detected, all others not detected',
      'DPYD c.1905+1G>A and c.2846A>T heterozygous, others not detected',
      'DPYD compound heterozygous c.1905+1G>A',
      'DPYD c.1905+1G>A',
      'DPYD c.9999A>T heterozygous',
      'DPYD heterozygous',
      'RYR1 c.1840C>T heterozygous in the mother',
      'RYR1 possible heterozygous c.1840C>T',
      'MT-RNR1 m.1555A>G not detected',
    ])
      expect(read(text.split(' ')[0] ?? '', text), text).toMatch(/^refused: 1$/);
  });

  it('says nothing of a gene with star alleles, where the other variants make the allele', () => {
    for (const text of ['CYP2D6 *3 heterozygous', 'SLCO1B1 c.388A>G heterozygous', 'G6PD A- heterozygous'])
      expect(read(text.split(' ')[0] ?? '', text), text).toMatch(/^refused: 1$/);
  });
});
