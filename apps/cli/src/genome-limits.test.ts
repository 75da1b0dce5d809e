import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bgzip } from './genome-bgzip.fixture.ts';
import { scratchFiles } from './scratch-files.fixture.ts';

/** The whole program in a process of its own, with 128 MB for its objects: what needs more dies, and that shows. */
function foramen(...argv: string[]): Promise<{ code: number | null; out: string; err: string; ms: number }> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--max-old-space-size=128', main, 'genome', ...argv]);
    let out = '';
    let err = '';
    child.stdout.on('data', (piece) => {
      out += piece;
    });
    child.stderr.on('data', (piece) => {
      err += piece;
    });
    const hung = setTimeout(() => child.kill('SIGKILL'), 90_000);
    child.on('close', (code) => {
      clearTimeout(hung);
      resolve({ code, out, err, ms: performance.now() - started });
    });
  });
}

const HEAD = `##fileformat=VCFv4.2
##contig=<ID=chr1,length=248956422>
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
`;
const COLUMNS = '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT';
const START = `${HEAD}${COLUMNS}\tS1\n`;
const BODY = 'chr4\t88131171\t.\tG\tT\t.\tPASS\t.\tGT\t0/1\nchr16\t31096368\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n';
const record = (change: Record<number, string>) =>
  `${['chr4', '88131171', '.', 'G', 'T', '.', 'PASS', '.', 'GT', '0/1'].map((cell, at) => change[at] ?? cell).join('\t')}\n`;
const MB = 1 << 20;
/** What swells to `size` megabytes when unpacked: gzip members of the same text, one after the other. */
const swelling = (start: string, piece: string, size: number) => {
  const member = gzipSync(piece.repeat(Math.ceil((4 * MB) / piece.length)));
  return Buffer.concat([gzipSync(start), ...Array.from({ length: size / 4 }, () => member)]);
};

const { dir, file } = scratchFiles('limits');

describe('a file far larger than it should be, in 128 MB', () => {
  const refused: readonly (readonly [string, () => string | Uint8Array, RegExp])[] = [
    ['line.vcf', () => `${START}${record({ 7: 'X'.repeat(64 * MB) })}`, /a line longer than/],
    ['zeros.vcf.gz', () => swelling(START, '\0'.repeat(1024), 2000), /a line longer than/],
    ['empty-lines.vcf.gz', () => swelling(START, '\n'.repeat(1024), 2000), /empty lines/],
    ['header.vcf.gz', () => swelling('##fileformat=VCFv4.2\n', '##a\n', 2000), /header lines/],
    ['again.vcf.gz', () => swelling(START, record({ 1: '7' }), 2000), /again and again/],
    [
      'alternatives.vcf',
      () =>
        `${START}${record({ 4: Array.from({ length: 400_000 }, (_v, i) => `T${'ACGT'[i % 4]}`).join() })}`,
      /thousands of alternatives/,
    ],
    ['allele.vcf', () => `${START}${record({ 3: 'G'.repeat(8 * MB) })}`, /an allele longer/],
    ['copies.vcf', () => `${START}${record({ 9: `${'0/'.repeat(2 * MB)}1` })}`, /more than two copies/],
  ];
  const read: readonly (readonly [string, () => string | Uint8Array])[] = [
    ['columns.vcf', () => `${START}${record({ 9: '0/1\t0/1'.repeat(MB) })}${BODY}`],
    ['position.vcf', () => `${START}${record({ 1: '9'.repeat(MB) })}${BODY}`],
    ['info.vcf', () => `${START}${record({ 7: 'X'.repeat(16 * MB) })}${BODY}`],
    ['long-header.vcf', () => `##x=${'X'.repeat(16 * MB)}\n${START}${BODY}`],
    [
      'filters.vcf',
      () => `${START}${Array.from({ length: 9000 }, (_v, i) => record({ 6: `low${i}` })).join('')}`,
    ],
  ];

  it('is refused in one line, soon', { timeout: 600_000 }, async () => {
    for (const [name, content, why] of refused) {
      const { code, out, err } = await foramen(file(name, content()), '--json');
      expect({ name, code, out }).toEqual({ name, code: 1, out: '' });
      expect(err.trimEnd().split('\n'), name).toHaveLength(1);
      expect(err).toMatch(why);
      expect(err.length).toBeLessThan(400);
    }
  });

  it('is read where it can be', { timeout: 600_000 }, async () => {
    for (const [name, content] of read) {
      const { code, out } = await foramen(file(name, content()), '--json');
      expect({ name, code, called: out.includes('"ABCG2":{"diplotypes":["rs2231142') }).toEqual({
        name,
        code: 0,
        called: true,
      });
    }
  });

  it('with ten thousand people gives one of them, or a line that says to choose', {
    timeout: 600_000,
  }, async () => {
    const people = Array.from({ length: 10_000 }, (_v, i) => `S${i}`);
    const rows = ['chr4\t88131171\t.\tG\tT', 'chr16\t31096368\t.\tC\tT'].map(
      (start, k) =>
        `${start}\t.\tPASS\t.\tGT\t${people.map((_p, i) => (i % 7 === k ? '0/1' : '0/0')).join('\t')}\n`,
    );
    const path = file('many.vcf', `${HEAD}${COLUMNS}\t${people.join('\t')}\n${rows.join('')}`);
    const all = await foramen(path, '--json');
    expect(all.code).toBe(1);
    expect(all.err).toMatch(/holds 10000 samples/);
    const one = await foramen(path, '--sample', 'S7', '--json');
    expect(JSON.parse(one.out).genes.ABCG2.phenotype).toBe('Decreased Function');
    const table = await foramen(path, '--out', join(dir, 'table'));
    expect({ code: table.code, err: table.err }).toEqual({ code: 0, err: '' });
  });
});

describe('what is not a file', () => {
  it('is one line and no wait, but for a pipe that the shell made', { timeout: 300_000 }, async () => {
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const good = file('good.vcf', `${START}${BODY}`);
    for (const argv of [
      [pipe],
      ['/dev/zero'],
      ['/dev/null'],
      [dir],
      [good, '--outside', '/dev/zero'],
      [good, '--outside', pipe],
      [good, '--intake', '/dev/zero'],
    ]) {
      const { code, out, err } = await foramen(...argv, '--json');
      expect({ argv, code, out }).toEqual({ argv, code: 1, out: '' });
      expect(err.trimEnd().split('\n')).toHaveLength(1);
    }
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const run = (command: string) => JSON.parse(execFileSync('bash', ['-c', command], { encoding: 'utf8' }));
    const packed = join(dir, 'good.zip');
    writeFileSync(packed, zipSync({ 'good.vcf': readFileSync(good) }));
    for (const input of [`<(cat ${good})`, `<(gzip -c ${good})`, `<(cat ${packed})`, `- < <(cat ${packed})`])
      expect(run(`${process.execPath} ${main} genome ${input} --json`).genes.ABCG2.phenotype).toBe(
        'Decreased Function',
      );
  });

  it('an index that swells is left aside', { timeout: 300_000 }, async () => {
    const blocks = bgzip(`${START}${BODY}`);
    const path = file('swollen.vcf.gz', blocks.bytes);
    file('swollen.vcf.gz.tbi', swelling('TBI\x01', '\0'.repeat(1024), 1000));
    const { code, out } = await foramen(path, '--json');
    expect({ code, read: out.includes('Decreased Function') }).toEqual({ code: 0, read: true });
  });
});

describe('a damaged file', () => {
  it('is read or refused in one or a few lines, whatever was changed in it', {
    timeout: 600_000,
  }, async () => {
    const plain = Buffer.from(
      `${START}${BODY}${'chr10\t94781859\t.\tG\tA\t.\tPASS\t.\tGT\t0|1\n'.repeat(3)}`,
    );
    let state = 12345;
    const roll = (below: number) => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % below;
    };
    const paths = Array.from({ length: 120 }, (_v, k) => {
      const bytes = Buffer.from(plain);
      for (let i = roll(12); i >= 0; i--) bytes[roll(bytes.length)] = roll(256);
      const packed = k % 3 === 0 ? gzipSync(bytes) : bytes;
      if (k % 6 === 0) packed[roll(packed.length)] = roll(256);
      return file(
        `bad-${k}.${k % 3 === 0 ? 'vcf.gz' : 'vcf'}`,
        k % 5 === 0 ? packed.subarray(0, roll(packed.length)) : packed,
      );
    });
    const { code, out, err, ms } = await foramen(...paths, '--json');
    expect(code === 0 || code === 1).toBe(true);
    expect(Array.isArray(JSON.parse(out))).toBe(true);
    expect(err).not.toMatch(/defect|heap|at .*\.ts:/);
    expect(ms).toBeLessThan(90_000);
  });
});
