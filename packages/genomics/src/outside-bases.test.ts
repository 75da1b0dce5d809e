import { describe, expect, it } from 'vitest';
import { readOutsideCalls } from './outside.ts';
import { callGenome } from './profile.ts';

/** The phenotype of the one gene a text speaks of, else what is wrong with it. */
function said(text: string): string | undefined {
  const read = readOutsideCalls(text, 'calls');
  if (!read.ok) return read.problems[0].what;
  const called = callGenome(null, 'p', { outside: read.value, genesOnly: true, brief: true });
  if (!called.ok) return called.problems[0].what;
  return called.warnings[0]?.what ?? called.value.genes[read.value[0]?.gene ?? '']?.phenotype;
}

describe('a gene read at one position', () => {
  it('is given by its two bases, on either strand and not on both', () => {
    for (const text of [
      'VKORC1\tA/A',
      'VKORC1\tTT',
      'VKORC1\t-1639 AA',
      'VKORC1: -1639G>A A/A',
      'VKORC1 rs9923231 T/T',
    ])
      expect(said(text), text).toBe('-1639 AA');
    for (const text of ['VKORC1\tG/A', 'VKORC1\trs9923231 C/T', '"VKORC1","G/A"'])
      expect(said(text), text).toBe('-1639 AG');
    expect(said('ABCG2\tC/A')).toBe('Decreased Function');
    expect(said('VKORC1\tG/T')).toContain('VKORC1 G');
    expect(said('CYP2C9 A/C')).toContain('CYP2C9 is named, but');
  });
});
