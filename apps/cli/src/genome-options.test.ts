import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenomicProfile } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { runGenome } from './genome.ts';
import { scratchFiles } from './scratch-files.fixture.ts';

const { dir, file } = scratchFiles('genome-options');

const HEAD = `##fileformat=VCFv4.2
##contig=<ID=chr1,length=248956422>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1
`;
const row = (chrom: string, pos: number, ref: string, alt: string, gt: string): string =>
  `${chrom}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT\t${gt}\n`;
/** ABCG2, VKORC1 and COMT, and the two changes of CYP2B6*6 on unknown strands: together *1/*6, apart *4/*9. */
const VCF = `${HEAD}${row('chr4', 88131171, 'G', 'T', '0/1')}${row('chr16', 31096368, 'C', 'T', '0/1')}${row('chr19', 41006936, 'G', 'T', '0/1')}${row('chr19', 41009358, 'A', 'G', '0/1')}${row('chr22', 19963748, 'G', 'A', '0/1')}`;

async function profile(...argv: string[]): Promise<GenomicProfile> {
  const out: string[] = [];
  const outside = file('outside.tsv', 'CYP2D6\t*1/*1\n');
  const code = await runGenome([file('one.vcf', VCF), '--outside', outside, '--json', ...argv], {
    out: (line) => out.push(line),
    err: () => {},
  });
  expect(code, argv.join(' ')).toBe(0);
  expect(out).toHaveLength(1);
  return JSON.parse(out[0]!) as GenomicProfile;
}
const because = (of: GenomicProfile, drug: string): string =>
  of.drugs.find((one) => one.drug === drug)?.because.join('; ') ?? '';

describe('options of foramen genome', () => {
  it('what is known of the person bears on the advice, and only where it is said', async () => {
    const plain = await profile();
    expect(plain.genes.CYP2D6!.phenotypeWithDrugs).toBeUndefined();
    const paroxetine = await profile('--medications', 'paroxetine, paracetamol');
    expect(paroxetine.genes.CYP2D6!.phenotypeWithDrugs).toBe('Poor Metabolizer');
    for (const [argv, said] of [
      [['--age', '80'], 'age 80'],
      [['--egfr=20'], 'eGFR 20'],
      [['--allergies', 'codeine,latex'], 'allergy: codeine'],
    ] as const) {
      const drugs = (of: GenomicProfile) => of.drugs.filter((one) => because(of, one.drug).includes(said));
      expect(drugs(plain), said).toEqual([]);
      expect(drugs(await profile(...argv)).length, said).toBeGreaterThan(0);
    }
  });

  it('ancestry says in whom an untested gene is weighed', async () => {
    const population = async (...argv: string[]) =>
      new Set((await profile(...argv)).drugs.flatMap((one) => one.untested?.population ?? []));
    expect([...(await population('--ancestry', 'afr'))]).toEqual(['AFR']);
    expect([...(await population())].join()).toContain('ancestry not declared');
  });

  it('a file that lists variants only is read so on demand, and every diplotype that fits is given on demand', async () => {
    const plain = await profile();
    expect(plain.genes.CYP2B6!.missingPositions.length).toBeGreaterThan(5);
    const whole = await profile('--absent-as-reference');
    expect(whole.genes.CYP2B6!.missingPositions).toEqual([]);
    expect(whole.genes.CYP2B6!.diplotypes).toEqual(['*1/*6']);
    const all = await profile('--absent-as-reference', '--all-matches');
    expect(all.genes.CYP2B6!.diplotypes).toEqual(expect.arrayContaining(['*1/*6', '*4/*9']));
  });

  it('genotypes of research-grade markers are shown on demand only', async () => {
    const comt = (of: GenomicProfile) =>
      of.markers.find((one) => one.verdict === 'research' && one.marker.startsWith('COMT'));
    expect(comt(await profile())).toBeDefined();
    expect(comt(await profile())?.genotype).toBeUndefined();
    expect(comt(await profile('--research-markers'))?.genotype).toBe('A/G');
  });

  it('values that make no sense are wrong usage', async () => {
    for (const argv of [
      ['--age', 'old'],
      ['--age', '121'],
      ['--egfr', '-1'],
      ['--ancestry', 'EUROPE'],
      ['--medications', ''],
      ['--sample'],
    ]) {
      const err: string[] = [];
      const io = { out: () => {}, err: (line: string) => void err.push(line) };
      expect(await runGenome([file('one.vcf', VCF), ...argv], io), argv.join(' ')).toBe(2);
      expect(err).toHaveLength(1);
    }
  });

  it('reports of files of one name never take the place of one another', async () => {
    for (const sub of ['a', 'b', 'c', 'd']) mkdirSync(join(dir, sub), { recursive: true });
    const paths = ['a/x.vcf', 'b/x.vcf', 'c/x-2.vcf', 'd/X.vcf'];
    for (const [n, path] of paths.entries()) file(path, VCF.replace('\tS1\n', `\tP${n}\n`));
    const out = join(dir, 'reports');
    const io = { out: () => {}, err: () => {} };
    expect(await runGenome([...paths.map((path) => join(dir, path)), '--out', out], io)).toBe(0);
    const samples = readdirSync(out)
      .filter((name) => /^[^.]+\.json$/.test(name))
      .map((name) => (JSON.parse(readFileSync(join(out, name), 'utf8')) as GenomicProfile).sample);
    expect(samples.sort()).toEqual(['P0', 'P1', 'P2', 'P3']);
  });
});
