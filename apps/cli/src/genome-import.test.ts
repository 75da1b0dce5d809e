import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runGenome } from './genome.ts';

const dir = mkdtempSync(join(tmpdir(), 'foramen-import-'));
afterAll(() => rmSync(dir, { recursive: true }));

const definition = (alleles: readonly [string, string | null][], version = '2026-01-01') => ({
  gene: 'TPMT',
  version,
  modificationDate: '2026-01-01T00:00:00Z',
  chromosome: 'chr6',
  variants: [{ position: 100, rsid: 'rs1', chromosomeHgvsName: 'g.100A>G', ref: 'A', alts: ['G'] }],
  namedAlleles: alleles.map(([name, base], at) => ({ name, reference: at === 0, alleles: [base] })),
});
const ALLELES: [string, string | null][] = [
  ['*1', 'A'],
  ['*2', 'G'],
];

async function importing(name: string, files: Readonly<Record<string, unknown>>, to: string) {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, value] of Object.entries(files))
    writeFileSync(join(folder, file), typeof value === 'string' ? value : JSON.stringify(value));
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await runGenome(['import', folder, '--to', join(dir, to)], io);
  return { code, out, err };
}

describe('foramen genome import', () => {
  it('writes a table, says what a newer release changes, and keeps a gene the release lacks', async () => {
    const first = await importing('a', { 'TPMT_translation.json': definition(ALLELES) }, 'tables');
    expect([first.code, first.out[0]]).toEqual([0, 'TPMT: 1 changes']);
    expect((await importing('a', {}, 'tables')).out[0]).toBe('TPMT: no change');
    const newer = definition([ALLELES[0] ?? ['', ''], ['*77', 'G']], '2026-06-01');
    const second = await importing('b', { 'TPMT_translation.json': newer }, 'tables');
    expect(second.out).toContain('  ~ allele *2 renamed *77: 100G');
    const other = { ...definition(ALLELES), gene: 'NUDT15' };
    const third = await importing('c', { 'NUDT15_translation.json': other }, 'tables');
    expect(third.out).toContain('TPMT: not in this release, kept as it was');
  });

  it('keeps functions, phenotypes and rules that a release does not hold', async () => {
    const whole = {
      'TPMT_translation.json': definition(ALLELES),
      'TPMT.json': {
        gene: 'TPMT',
        version: '2026-01-01',
        haplotypes: { '*1': 'Normal function', '*2': 'No function' },
        activityValues: {},
        diplotypes: [{ diplotypekey: { '*2': 2 }, generesult: 'Poor Metabolizer', activityScore: null }],
      },
      'exemptions.json': { TPMT: { requiredPositions: [100], amp1Alleles: ['*2'] } },
    };
    expect((await importing('whole', whole, 'kept')).code).toBe(0);
    const table = () => readFileSync(join(dir, 'kept', 'TPMT.json'), 'utf8');
    const before = table();
    const alone = await importing('alone', { 'TPMT_translation.json': definition(ALLELES) }, 'kept');
    expect(alone.out[0]).toBe('TPMT: no change');
    expect(alone.out).toContainEqual(expect.stringMatching(/no phenotype file.* of 2026-01-01 kept/));
    const added = definition([...ALLELES, ['*3', null]], '2026-06-01');
    await importing('added', { 'TPMT_translation.json': added }, 'kept');
    for (const part of ['"No function":["*2"]', 'Poor Metabolizer', '"required": [100]', '"tier1": ["*2"]']) {
      expect(before).toContain(part);
      expect(table()).toContain(part);
    }
  });

  it('takes no option that it does not know, and writes nowhere without being told where', async () => {
    const folder = join(dir, 'usage');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'TPMT_translation.json'), JSON.stringify(definition(ALLELES)));
    const said = async (...argv: string[]) => {
      const err: string[] = [];
      const io = { out: () => undefined, err: (line: string) => void err.push(line) };
      return { code: await runGenome(['import', ...argv], io), lines: err.length };
    };
    const wrong = { code: 2, lines: 1 };
    expect(await said(folder, '--to')).toEqual(wrong);
    expect(await said(folder, '--to', '--dry-run')).toEqual(wrong);
    expect(await said(folder, '--dryrun')).toEqual(wrong);
    expect(await said(folder, folder)).toEqual(wrong);
    expect(await said('--dry-run')).toEqual(wrong);
    expect(await said(join(folder, 'TPMT_translation.json'), '--dry-run')).toEqual({ code: 1, lines: 1 });
  });

  it('changes nothing when a file cannot be used, and names each in one line', async () => {
    const bad = await importing(
      'd',
      {
        'TPMT_translation.json': definition(ALLELES),
        'NUDT15_translation.json': '{"gene": "NUDT15"',
        'DPYD_translation.json': { gene: 'DPYD' },
        'VKORC1_translation.json': { ...definition([...ALLELES, ['*3', 'T']]), gene: 'VKORC1' },
        'CYP2C9_translation.json': { ...definition(ALLELES), gene: 'CYP2C9', chromosome: 'chr77' },
        'CYP2B6_translation.json': { ...definition(ALLELES), gene: 'CYP2B6', genomeBuild: 'GRCh37' },
        'UGT1A1_translation.json': { ...definition([...ALLELES, ['*2', 'G']]), gene: 'UGT1A1' },
      },
      'untouched',
    );
    expect(bad.code).toBe(1);
    expect(bad.out).toEqual([]);
    expect(bad.err).toHaveLength(7);
    const said = bad.err.join('\n');
    expect(said).toMatch(/DPYD_translation.json: not an allele definition: version/);
    expect(said).toMatch(/NUDT15_translation.json: cannot be read/);
    expect(said).toMatch(/VKORC1_translation.json: .*allele \*3 has T at 100, which is A or G/);
    expect(said).toMatch(/nothing was changed, as 6 of its files cannot be used/);
    expect(said).toMatch(/CYP2C9_translation.json: .*chromosome is not a chromosome/);
    expect(said).toMatch(/CYP2B6_translation.json: .*genomeBuild is not GRCh38/);
    expect(said).toMatch(/UGT1A1_translation.json: .*names the allele \*2 twice/);
    expect(existsSync(join(dir, 'untouched'))).toBe(false);
    expect(readFileSync(join(dir, 'tables', 'TPMT.json'), 'utf8')).toContain('*77');
  });

  it('takes a gene that stands twice once, and refuses it where the two differ', async () => {
    const plain = JSON.stringify(definition(ALLELES));
    const twice = { 'TPMT_translation.json': `\uFEFF${plain}`, 'TPMT_translation.json.gz': plain };
    const same = await importing('e', twice, 'twice');
    expect([same.code, same.out.filter((line) => line.startsWith('TPMT')).length]).toEqual([0, 1]);
    const newer = JSON.stringify(definition(ALLELES, '2026-06-01'));
    const differ = await importing('e', { 'TPMT_translation.json.gz': newer }, 'twice');
    expect(differ.code).toBe(1);
    expect(differ.err[0]).toMatch(
      /TPMT_translation.json.gz: defines TPMT otherwise than .*TPMT_translation.json\./,
    );
  });
});
