import { describe, expect, it } from 'vitest';
import { namesStructure } from './structural-change.ts';
import { profileOf } from './testing/read.ts';
import { dataLines, header } from './testing/vcf-text.ts';

const rest = [...dataLines({ CYP2C19: ['*1', '*1'], CYP2C9: ['*1', '*1'] })];
const row = (pos: number, ref: string, alt: string, gt: string, info = '.', format = 'GT', chr = 'chr10') =>
  `${chr}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t${info}\t${format}\t${gt}`;
const genesOf = (...lines: readonly string[]) =>
  profileOf(`${header('P1')}${[...rest, ...lines].join('\n')}\n`, { brief: true }).genes;

/** Between rs12248560 (94761900) and the next positions of CYP2C19, with none in reach. */
const BETWEEN = 94_790_000;

describe('a change of structure that is carried between the positions of a gene', () => {
  it.each([
    [
      'a deletion',
      row(BETWEEN, 'A', '<DEL>', '0/1', `SVTYPE=DEL;END=${BETWEEN + 5000}`),
      /<DEL> at chr10:94790000-94795000/,
    ],
    [
      'a deletion that gives its length',
      row(BETWEEN, 'A', '<DEL>', '0/1', 'SVLEN=-5000'),
      /<DEL> at chr10:94790000-/,
    ],
    ['an insertion', row(BETWEEN, 'A', '<INS>', '1/1', 'SVTYPE=INS'), /<INS>/],
    ['a breakend', row(BETWEEN, 'A', 'A]chr17:198982]', '0/1', 'SVTYPE=BND'), /A\]chr17:198982\]/i],
    ['a breakend without a mate', row(BETWEEN, 'A', 'A.', '0/1', 'SVTYPE=BND'), /\(A\. at/],
    ['copies counted', row(BETWEEN, 'N', '<DUP>', './.:3', `END=${BETWEEN + 3000}`, 'GT:CN'), /<DUP>/],
    [
      'copies counted without a genotype',
      row(BETWEEN, 'N', '<DUP>', '3', `END=${BETWEEN + 3000}`, 'CN'),
      /<DUP>/,
    ],
    ['one beside a base', row(BETWEEN, 'A', 'G,<DEL>', '0/2', `END=${BETWEEN + 700}`), /<DEL>/],
    ['bases spelled out', row(BETWEEN, `A${'C'.repeat(60)}`, 'A', '0/1'), /60 bases deleted/],
    ['bases put in', row(BETWEEN, 'A', `A${'C'.repeat(50)}`, '0/1'), /50 bases inserted/],
  ])('(%s) is told and makes the gene provisional, and no other', (_what, line, told) => {
    const { CYP2C19, CYP2C9 } = genesOf(line);
    expect(CYP2C19).toMatchObject({ diplotypes: ['*1/*1'], status: 'provisional', missingPositions: [] });
    expect(CYP2C19?.notes.join()).toMatch(told);
    expect(CYP2C19?.provisional).toMatch(told);
    expect(CYP2C9?.status).toBe('called');
  });

  it.each([
    ['not carried', row(BETWEEN, 'A', '<DEL>', '0/0', `END=${BETWEEN + 5000}`)],
    ['not called', row(BETWEEN, 'A', '<DEL>', './.', `END=${BETWEEN + 5000}`)],
    ['another allele carried', row(BETWEEN, 'A', 'G,<DEL>', '0/1', `END=${BETWEEN + 5000}`)],
    ['two copies', row(BETWEEN, 'N', '<CNV>', './.:2', `END=${BETWEEN + 5000}`, 'GT:CN')],
    ['a block of a gVCF', row(BETWEEN, 'A', '<NON_REF>', '0/0', `END=${BETWEEN + 5000}`)],
    ['a base beside that of a gVCF', row(BETWEEN, 'A', 'G,<NON_REF>', '0/1')],
    ['a small insertion', row(BETWEEN, 'A', `A${'C'.repeat(49)}`, '0/1')],
    ['what another record deletes', row(BETWEEN, 'A', 'G,*', '1/2')],
    ['far off', row(10_000_000, 'A', '<DEL>', '0/1', 'END=10005000')],
    [
      'in a gene of another chromosome',
      row(BETWEEN, 'A', '<DEL>', '0/1', `END=${BETWEEN + 9}`, 'GT', 'chr11'),
    ],
  ])('(%s) is none', (_what, line) => {
    const { CYP2C19, CYP2C9 } = genesOf(line);
    expect([CYP2C19?.status, CYP2C9?.status, CYP2C19?.notes]).toEqual(['called', 'called', []]);
  });

  it('over several genes is told of each', () => {
    const { CYP2C19, CYP2C9 } = genesOf(row(94_700_000, 'A', '<DUP>', '0/1', 'SVTYPE=DUP;END=95500000'));
    expect([CYP2C19?.status, CYP2C9?.status]).toEqual(['provisional', 'provisional']);
    expect(CYP2C9?.provisional).toContain('copies of the gene may be missing or changed');
  });
});

describe('namesStructure', () => {
  const names = (ref: string, alt: string) => {
    const line = new TextEncoder().encode(`chr1\t100\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT\t0/1`);
    return namesStructure(line, 8, line.length);
  };
  it('tells from the bytes what decoding would', () => {
    for (const alt of ['<DEL>', '<CN0>,<CN2>', 'A,<INS>', 'G]17:1]', '[2:3[G', 'G.', `G${'A'.repeat(50)}`])
      expect(names('G', alt), alt).toBe(true);
    for (const alt of ['A', '.', '*', '<NON_REF>', '<*>', 'A,<NON_REF>', 'A,*', `G${'A'.repeat(49)}`])
      expect(names('G', alt), alt).toBe(false);
    expect(names('G'.repeat(60), 'G')).toBe(true);
    expect(names('G'.repeat(60), '<NON_REF>')).toBe(false);
    expect(names('G'.repeat(60), `${'G'.repeat(59)}A`)).toBe(false);
  });
});
