import { describe, expect, it } from 'vitest';
import { profileOf, readText } from './testing/read.ts';
import { dataLines, header, personVcf } from './testing/vcf-text.ts';

const problemOf = (text: string): string => {
  const read = readText(text);
  return 'problem' in read ? `${read.problem.code}: ${read.problem.what}` : 'none';
};
const row = (pos: number, ref: string, alt: string, gt: string, chrom = 'chr22', info = '.', format = 'GT') =>
  `${chrom}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t${info}\t${format}\t${gt}`;
const base = (gene: string, alleles: [string, string], drop: readonly number[]) =>
  dataLines({ [gene]: alleles }, { without: drop });
const call = (gene: string, lines: readonly string[]) =>
  profileOf(`${header('P1')}${lines.join('\n')}\n`).genes[gene];

describe('reading VCF', () => {
  it('is the same however the bytes arrive', () => {
    const text = personVcf({ CYP2C19: ['*2', '*17'], NUDT15: ['*1', '*3'] });
    const whole = readText(text);
    const pieces = readText(text.replaceAll('\n', '\r\n'), 7);
    if (!('file' in whole) || !('file' in pieces)) throw new Error('unreadable');
    expect([...(pieces.file.sitesOf('P1').get('CYP2C19') ?? [])]).toEqual([
      ...(whole.file.sitesOf('P1').get('CYP2C19') ?? []),
    ]);
  });

  it('takes an indel in any placement that spells the same sequence', () => {
    // CYP2D6*9 deletes one of the AAG repeats: leftmost CCTT>C at 42128173, also CTTC>C one base on.
    const rest = base('CYP2D6', ['*1', '*1'], [42128173]);
    expect(call('CYP2D6', [...rest, row(42128173, 'CCTT', 'C', '0/1')])?.diplotypes).toEqual(['*1/*9']);
    expect(call('CYP2D6', [...rest, row(42128175, 'TTCT', 'T', '0/1')])?.diplotypes).toEqual(['*1/*9']);
    expect(call('CYP2D6', [...rest, row(42128172, 'TCCTT', 'TC', '0/1')])?.diplotypes).toEqual(['*1/*9']);
    // NUDT15*14: C|GCGG before a G and CG|CGGG are one sequence.
    const gcgg = base('NUDT15', ['*1', '*1'], [48037825]);
    for (const [pos, ref, alt] of [
      [48037825, 'C', 'CGCGG'],
      [48037826, 'G', 'GCGGG'],
    ] as const)
      expect(call('NUDT15', [...gcgg, row(pos, ref, alt, '0/1', 'chr13')])?.diplotypes).toEqual(['*1/*14']);
    // UGT1A1*28: one TA more, at the left end or the right end of the run.
    const tata = base('UGT1A1', ['*1', '*1'], [233760233]);
    expect(call('UGT1A1', [...tata, row(233760233, 'C', 'CAT', '0/1', 'chr2')])?.diplotypes).toEqual([
      '*1/*28',
    ]);
    expect(call('UGT1A1', [...tata, row(233760234, 'A', 'ATA', '0/1', 'chr2')])?.diplotypes).toEqual([
      '*1/*28',
    ]);
  });

  it('takes substitutions of several bases apart', () => {
    const rest = base('CYP2C9', ['*1', '*1'], [94942290, 94942291]);
    const before = call('CYP2C9', rest);
    expect(before?.diplotypes).toEqual(['*1/*1']);
    expect(call('CYP2C9', [...rest, row(94942289, 'CC', 'CT', '0/1', 'chr10')])?.diplotypes).toEqual([
      '*1/*2',
    ]);
  });

  it('joins a split multiallelic site', () => {
    const rest = base('CYP2C9', ['*1', '*1'], [94981296]);
    const one = call('CYP2C9', [...rest, row(94981296, 'A', 'C,G', '1/2', 'chr10')]);
    const split = call('CYP2C9', [
      ...rest,
      row(94981296, 'A', 'C', '1/0', 'chr10'),
      row(94981296, 'A', 'G', '0/1', 'chr10'),
    ]);
    const other = call('CYP2C9', [
      ...rest,
      row(94981296, 'A', 'G', '0/1', 'chr10'),
      row(94981296, 'A', 'C', '1/0', 'chr10'),
    ]);
    expect(split).toEqual(other);
    expect(split?.diplotypes).toEqual(one?.diplotypes);
  });

  it('a site nobody varies speaks of its own position alone, unless the file is a gVCF', () => {
    // 42128200 lies within the REF of the site at 42128198.
    const rest = base('CYP2D6', ['*1', '*1'], [42128198, 42128200]);
    const missing = (alt: string) =>
      call('CYP2D6', [...rest, row(42128198, 'CTCAG', alt, '0/0')])?.missingPositions;
    expect(missing('.')).toEqual(['rs368858603']);
    expect(missing('C')).toEqual(['rs368858603']);
    expect(missing('<NON_REF>')).toEqual([]);
  });

  it('reads reference blocks of a gVCF, but not those without reads', () => {
    const head = header('P1').replace(
      '#CHROM',
      '##ALT=<ID=NON_REF,Description="x">\n##INFO=<ID=END,Number=1,Type=Integer,Description="x">\n#CHROM',
    );
    const block = (dp: number) =>
      row(94760000, 'A', '<NON_REF>', `0/0:${dp}:${dp}`, 'chr10', 'END=94790000', 'GT:DP:GQ');
    const site = row(94781859, 'G', 'A,<NON_REF>', '0/1', 'chr10');
    const tail = row(94790001, 'A', '<NON_REF>', '0/0:30:60', 'chr10', 'END=94860000', 'GT:DP:GQ');
    const good = profileOf(`${head}${[block(30), site, tail].join('\n')}\n`).genes.CYP2C19;
    expect(good?.missingPositions).toEqual([]);
    const empty = profileOf(`${head}${[block(0), site, tail].join('\n')}\n`).genes.CYP2C19;
    expect(empty?.missingPositions.length).toBeGreaterThan(10);
    expect(empty?.notes.join()).toContain('no reads');
  });

  it('treats ./. as missing and half a genotype as not enough', () => {
    const rest = base('CYP2C19', ['*1', '*1'], [94762706]);
    expect(call('CYP2C19', [...rest, row(94762706, 'A', 'G', './.', 'chr10')])?.missingPositions).toEqual([
      'rs28399504',
    ]);
    expect(call('CYP2C19', [...rest, row(94762706, 'A', 'G', '0/.', 'chr10')])?.missingPositions).toEqual([
      'rs28399504',
    ]);
    expect(call('CYP2C19', [...rest, row(94762706, 'A', 'G', './1', 'chr10')])?.uncalled).toContain(
      'half called',
    );
  });

  it('keeps phase sets apart', () => {
    const rest = base('CYP2C9', ['*1', '*1'], [94942290, 94981296]);
    const with2 = (a: string, b: string) =>
      call('CYP2C9', [
        ...rest,
        row(94942290, 'C', 'T', a, 'chr10', '.', 'GT:PS'),
        row(94981296, 'A', 'C', b, 'chr10', '.', 'GT:PS'),
      ]);
    expect(with2('0|1:1', '0|1:2')?.diplotypes).toEqual(['*2/*3']);
    expect(with2('0|1:1', '0|1:1')?.uncalled).toContain('no pair');
  });

  it('discards a heterozygous genotype that its reads contradict, and says when a filter failed', () => {
    const rest = base('CYP2C19', ['*1', '*1'], [94781859]);
    const contradicted = call('CYP2C19', [
      ...rest,
      row(94781859, 'G', 'A', '0/1:30,0', 'chr10', '.', 'GT:AD'),
    ]);
    expect(contradicted?.missingPositions).toEqual(['rs4244285']);
    const failed = call('CYP2C19', [
      ...rest,
      row(94781859, 'G', 'A', '0/1', 'chr10').replace('PASS', 'LowQual'),
    ]);
    expect(failed?.notes.join()).toContain('failed filter LowQual');
  });

  it('reads one X in a man and refuses a mixture', () => {
    const lines = dataLines({ G6PD: ['Hammersmith'] });
    expect(
      problemOf(
        header('P1') +
          [
            ...lines.slice(0, 3).map((line) => `${line}/0`.replace(/\t(\d)\/0$/, '\t$1/$1')),
            ...lines.slice(3),
          ].join('\n'),
      ),
    ).toContain('mixed ploidy');
    expect(
      problemOf(header('P1') + lines.map((line) => line.replace(/\t(\d)$/, '\t$1/$1/$1')).join('\n')),
    ).toContain('more than two copies');
  });

  it('names what is wrong with a file', () => {
    const good = personVcf({ CYP2C19: ['*1', '*1'] });
    expect(problemOf('hello\nworld\n')).toContain('not a VCF');
    expect(problemOf(good.replace('length=248956422', 'length=249250621'))).toContain('wrong-assembly');
    expect(problemOf(good.replace('length=248956422', 'length=247249719'))).toContain(
      'neither GRCh38 nor GRCh37',
    );
    expect(problemOf(good.replace('##FORMAT', '##source=Mutect2\n##FORMAT'))).toContain('somatic');
    expect(
      problemOf(
        good.replace(
          '##FORMAT',
          '##source=strelka\n##content=strelka germline small-variant calls\n##FORMAT',
        ),
      ),
    ).toBe('none');
    expect(problemOf(good.replace('\tFORMAT\tP1', ''))).toContain('no sample column');
    expect(problemOf(good.slice(0, good.lastIndexOf('\tPASS')))).toContain('cut off');
  });

  it('tells the assembly from the reference bases when the header is silent', () => {
    for (const assembly of ['GRCh38', 'GRCh37'] as const) {
      const text = personVcf({ CYP2C19: ['*1', '*2'], CYP2C9: ['*1', '*1'] }, { assembly }).replace(
        /##contig.*\n/,
        '',
      );
      const read = readText(text);
      expect('file' in read ? read.file.assembly : '').toBe(assembly);
      expect('file' in read ? read.file.warnings[0]?.what : '').toContain('does not name the assembly');
    }
  });
});

describe('what cannot be used', () => {
  const body = personVcf({ CYP2C19: ['*1', '*2'] });
  const said = (text: string) => {
    const read = readText(text);
    if ('problem' in read) return read.problem.what;
    return read.file.warnings.map((warning) => `${warning.severity}: ${warning.what}`).join();
  };

  it('is said in one line each', () => {
    expect(said(body)).toBe('');
    expect(said(`\uFEFF${body}`)).toBe('');
    expect(said(body.replaceAll('\tGT\t', '\tDP\t'))).toContain('no genotype (GT) field');
    expect(said(`${body}chr10\t94781859\n`)).toContain('2 columns');
    expect(said(body.replace('\t94781859\t', '\t-3\t'))).toContain('"-3" where the position belongs');
    expect(said(body.replaceAll(/\d[/|]\d$/gm, 'A/G'))).toMatch(/no genotype can be read: .*A\/G/);
    expect(said(body.replace('\tP1\n', '\tP1\tP1\n'))).toContain('two sample columns are called P1');
    expect(said(body.replace('\tPOS\tID', '\tID\tPOS'))).toBe('column 2 is called ID where POS belongs');
    // One base that is not the genome's: the rest is read, and the file is not called good.
    expect(said(body.replace('rs4244285\tG\t', 'rs4244285\tC\t'))).toMatch(/^error: .*rs4244285/);
  });
});
