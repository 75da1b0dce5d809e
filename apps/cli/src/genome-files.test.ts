import { readdirSync, rmSync, truncateSync, utimesSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { runGenome } from './genome.ts';
import { bgzip, tabix } from './genome-bgzip.fixture.ts';
import { scratchFiles } from './scratch-files.fixture.ts';

const { file } = scratchFiles('files');

async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runGenome([...argv, '--json'], {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  const profile = out[0] === undefined ? null : JSON.parse(out[0]);
  return { code, err, phenotype: profile?.genes.ABCG2.phenotype as string | undefined };
}

const HEAD = `##fileformat=VCFv4.2\n##contig=<ID=chr1,length=248956422>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n`;
const row = (chrom: string, pos: number, ref: string, alt: string) =>
  `${chrom}\t${pos}\t.\t${ref}\t${alt}\t.\tPASS\t.\tGT\t0/1\n`;
const padding = (step: number) =>
  Array.from({ length: 2000 }, (_v, at) => row('chr2', 1000 + at * step, 'A', 'G')).join('');
const TEXT = `${HEAD}${padding(10)}${row('chr4', 88131171, 'G', 'T')}`;
const READ = 'Decreased Function';

describe('an index', () => {
  it('leads to what lies between the positions of a gene, too', async () => {
    // Two positions of DPYD, 300,000 bases apart, a deletion halfway, and enough around it for blocks of their own.
    const body = [
      row('chr1', 97078993, 'G', 'A').replace('0/1', '0/0'),
      padding(10).replaceAll('chr2', 'chr1a'),
      row('chr1', 97250000, 'A', '<DEL>').replace('\t.\tGT', '\tSVTYPE=DEL;END=97260000\tGT'),
      row('chr1', 97450058, 'C', 'T').replace('0/1', '0/0'),
    ].join('');
    const blocks = bgzip(`${HEAD}${body}`, 4000);
    const out: string[] = [];
    const read = async (path: string) => {
      out.length = 0;
      const code = await runGenome([path, '--json'], { out: (line) => out.push(line), err: () => undefined });
      return { code, dpyd: JSON.parse(out[0] ?? '').genes.DPYD };
    };
    const path = file('between.vcf.gz', blocks.bytes);
    const through = await read(path);
    file('between.vcf.gz.tbi', tabix(blocks));
    expect(await read(path)).toEqual(through);
    expect(through.dpyd.provisional).toContain('<DEL> at chr1:97250000-97260000');
  });
});

describe('an index that is no use', () => {
  const OTHER = bgzip(
    `${HEAD}${padding(1000)}${row('chr4', 88131171, 'G', 'T')}${row('chr16', 31096368, 'C', 'T')}`,
  );
  const cases: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
    ['text', () => Buffer.from('not an index'), /cannot be read/],
    ['empty', () => new Uint8Array(0), /cannot be read/],
    ['other', () => tabix(OTHER), /is not of this file|leads beyond the file|leads to damaged bytes/],
    ['smaller', () => tabix(bgzip(`${HEAD}${row('chr4', 88131171, 'G', 'T')}`)), /is not of this file/],
  ];

  it('is left aside with a line, and the file is read whole', async () => {
    for (const [name, index, why] of cases) {
      const path = file(`${name}.vcf.gz`, bgzip(TEXT).bytes);
      file(`${name}.vcf.gz.tbi`, index());
      const { code, err, phenotype } = await run(path);
      expect({ name, code, phenotype, lines: err.length }).toEqual({
        name,
        code: 0,
        phenotype: READ,
        lines: 1,
      });
      expect(err[0]).toMatch(why);
    }
    const path = file('old.vcf.gz', bgzip(TEXT).bytes);
    utimesSync(path, 1e9 + 10, 1e9 + 10);
    const index = file('old.vcf.gz.tbi', tabix(bgzip(TEXT)));
    // Copied in the same moment, either may come first.
    utimesSync(index, 1e9 + 9, 1e9 + 9);
    expect(await run(path)).toMatchObject({ code: 0, err: [] });
    utimesSync(index, 1e9 + 7, 1e9 + 7);
    expect(await run(path)).toMatchObject({
      code: 0,
      phenotype: READ,
      err: [expect.stringMatching(/older/)],
    });
  });

  it('does not hide that the file itself is cut off or damaged', async () => {
    const blocks = bgzip(TEXT);
    const { bytes } = blocks;
    const broken = Buffer.from(bytes);
    const at = broken.length - 200;
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    for (const [name, content] of [
      ['cut', bytes.subarray(0, bytes.length - 300)],
      ['flip', broken],
    ] as const) {
      const path = file(`${name}.vcf.gz`, content);
      file(`${name}.vcf.gz.tbi`, tabix(blocks));
      const { code, err, phenotype } = await run(path);
      expect({ name, code, phenotype, lines: err.length }).toEqual({
        name,
        code: 1,
        phenotype: undefined,
        lines: 1,
      });
      expect(err[0]).toMatch(/cut off|damaged/);
    }
  });

  it('a bgzip file without its end mark is read, and said to be perhaps cut off', async () => {
    const blocks = bgzip(TEXT);
    const path = file('mark.vcf.gz', blocks.bytes.subarray(0, blocks.bytes.length - 28));
    const unmarked = {
      code: 1,
      phenotype: READ,
      err: [expect.stringMatching(/end mark of bgzip is missing/)],
    };
    expect(await run(path)).toEqual(unmarked);
    file('mark.vcf.gz.tbi', tabix(blocks));
    expect(await run(path)).toEqual(unmarked);
  });
});

describe('another kind of file', () => {
  it('is named, with the way out', async () => {
    const utf16 = Buffer.from(TEXT, 'utf16le');
    const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ['a.bcf', gzipSync('BCF\x02\x02rest'), /a BCF file.*bcftools view/],
      ['a.bam', gzipSync('BAM\x01rest'), /reads \(BAM or CRAM\)/],
      ['a.zip', Buffer.from('PK\x03\x04rest'), /zip archive is cut off/],
      ['b.zip', zipSync({ 'a.vcf': Buffer.from(TEXT), 'b.vcf': Buffer.from(TEXT) }), /2 files.*Unpack/],
      ['a.vcf', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), /UTF-16.*UTF-8/],
      ['b.vcf', utf16, /UTF-16/],
      ['c.vcf', TEXT.replaceAll('\n', '\r'), /carriage returns/],
      ['d.vcf', TEXT.replace(/#CHROM.*\n/, ''), /without its #CHROM line/],
    ];
    for (const [name, content, pattern] of cases) {
      const { code, err } = await run(file(name, content));
      expect({ name, code, lines: err.length }).toEqual({ name, code: 1, lines: 1 });
      expect(err[0]).toMatch(pattern);
    }
  });

  it('an archive of one file is read, and its reports take its name', async () => {
    const packed = file('me.vcf.zip', zipSync({ 'calls.vcf': Buffer.from(TEXT) }));
    expect(await run(packed)).toEqual({ code: 0, err: [], phenotype: READ });
    const two = TEXT.replace(/\tS1\n/, '\tS1\tS2\n').replace(/0\/1\n/g, '0/1\t0/0\n');
    const people = file('two.zip', zipSync({ 'calls.vcf': Buffer.from(two) }));
    expect((await run(people)).err).toEqual([expect.stringMatching(/holds 2 samples \(S1, S2\)/)]);
    expect(await run(people, '--sample', 'S1')).toMatchObject({ code: 0, phenotype: READ });
    const out = file('out', '');
    rmSync(out);
    expect((await run(packed, '--out', out)).code).toBe(0);
    expect(readdirSync(out)).toContain('me.prescriber.html');
  });

  it('an array file of ten gigabytes is refused at its first endless line', async () => {
    const path = file('huge.txt', '# 23andMe\n# rsid\tchromosome\tposition\tgenotype\n');
    truncateSync(path, 10 * 2 ** 30);
    const { code, err } = await run(path);
    expect({ code, err }).toEqual({ code: 1, err: [expect.stringMatching(/a line longer than/)] });
  });
});

describe('what goes with a file', () => {
  const good = () => file('good.vcf', TEXT);

  it('that is of another kind is one line', async () => {
    const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ['--outside', Buffer.from(TEXT, 'utf16le'), /not plain text/],
      ['--outside', gzipSync('CYP2D6\t*1/*4\n'), /not plain text/],
      ['--outside', TEXT, /no gene and call in .* and 2000 more lines that are no call/],
      ['--outside', '<html></html>\n', /no gene is named/],
      ['--intake', '%PDF-1.4\n%nonsense\n', /cannot be read/],
      ['--intake', '{"resourceType":"Bundle"}', /holds nothing of an intake \(resourceType\)/],
    ];
    for (const [at, [option, content, pattern]] of cases.entries()) {
      const { code, err } = await run(good(), option, file(`beside-${at}`, content));
      expect({ at, code, lines: err.length, breaks: err.join('').includes('\n') }).toEqual({
        at,
        code: 1,
        lines: 1,
        breaks: false,
      });
      expect(err[0]).toMatch(pattern);
    }
    expect((await run(good(), '--intake', file('empty.json', '{}'))).code).toBe(0);
  });

  it('an option without its value is wrong usage', async () => {
    expect(await run(good(), '--out=')).toMatchObject({
      code: 2,
      err: [expect.stringMatching(/--out needs a value/)],
    });
  });
});
