import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInput, writePngLabels } from '@foramen/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAnalyze } from './analyze.ts';
import { runGrade } from './grade.ts';
import { runSegment } from './segment.ts';
import type { Streams } from './streams.ts';
import { noisePng, SPACING, type StudyFixture, writeFixture } from './study.fixture.ts';

/** Networks run here; the machine may be doing other things. */
const SLOW = 120_000;
const MM = `${SPACING},${SPACING}`;
const NOW = '2026-05-31';

type Command = (argv: string[], io: Streams) => Promise<number>;
interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let study: StudyFixture;
let dir = '';
const at = (name: string): string => join(dir, name);
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foramen-cli-'));
  study = writeFixture(join(dir, 'in'));
}, SLOW);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(command: Command, ...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await command(argv, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

/** The label map of a file, as a picture is read: no resampling, values as stored. */
async function labels(
  path: string,
): Promise<{ size: readonly number[]; affine: readonly number[]; values: Set<number> }> {
  const read = await readInput([{ name: 'labels', bytes: new Uint8Array(readFileSync(path)) }], {
    anyRegion: true,
  });
  if (!read.ok) throw new Error(read.problems[0].what);
  const { source, volume } = read.value.series[0]!;
  return { size: source.size, affine: source.ijkToLps, values: new Set(volume.data) };
}

const bodies = (values: ReadonlySet<number>): number[] => [...values].filter((v) => v >= 21 && v <= 46);
const discs = (values: ReadonlySet<number>): number[] => [...values].filter((v) => v >= 71 && v <= 100);
const CONTRACT_VALUES = new Set([
  0,
  1,
  2,
  50,
  95,
  96,
  100,
  ...range(21, 32),
  ...range(41, 46),
  ...range(71, 82),
  ...range(91, 95),
]);
function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}

describe('foramen segment', () => {
  it('labels a PNG on its own grid, and goes on past inputs that cannot be used', {
    timeout: SLOW,
  }, async () => {
    const text = put('note.png', 'words, no picture');
    const out = at('labels');
    const done = await run(runSegment, text, at('absent.png'), study.t2, '--spacing', MM, '--out', out);
    expect(done).toMatchObject({ code: 1, out: '' });
    const said = done.err.trim().split('\n');
    expect(said).toHaveLength(2);
    expect(said[0]).toContain(text);
    expect(said[1]).toContain('absent.png');
    expect(readdirSync(out)).toEqual(['101_t2.png']);
    const map = await labels(join(out, '101_t2.png'));
    expect(map.size).toEqual([320, 320, 1]);
    expect([...map.values].filter((v) => !CONTRACT_VALUES.has(v))).toEqual([]);
    expect(map.values.has(2)).toBe(true);
    expect(map.values.has(50)).toBe(true);
    expect(bodies(map.values).length).toBeGreaterThanOrEqual(5);
    expect(discs(map.values).length).toBeGreaterThanOrEqual(5);
    expect(map.values.has(100)).toBe(true);
  });

  it('labels vertebral bodies alone on demand', { timeout: SLOW }, async () => {
    const [whole, alone] = [join(at('labels'), '101_t2.png'), at('bodies.png')];
    const argv = [study.t2, '--spacing', MM, '--out', alone, '--posterior', 'none'];
    expect((await run(runSegment, ...argv)).code).toBe(0);
    const count = async (path: string): Promise<number> => {
      const read = await readInput([{ name: 'l.png', bytes: new Uint8Array(readFileSync(path)) }]);
      return read.ok ? read.value.series[0]!.volume.data.filter((v) => v >= 21 && v <= 46).length : -1;
    };
    expect(await count(alone)).toBeGreaterThan(500);
    expect(await count(whole)).toBeGreaterThan(await count(alone));
  });

  it('labels NIfTI with the identical affine', { timeout: SLOW }, async () => {
    const out = at('series.nii.gz');
    expect(await run(runSegment, study.nifti, '--out', out)).toMatchObject({ code: 0, out: '' });
    const map = await labels(out);
    const input = await labels(study.nifti);
    expect(map.size).toEqual(input.size);
    expect(map.affine).toEqual(input.affine);
    expect(discs(map.values).length).toBeGreaterThanOrEqual(5);
    expect([...map.values].filter((v) => !CONTRACT_VALUES.has(v))).toEqual([]);
  });

  it('reads slices of one series together, and what is none of them alone', { timeout: SLOW }, async () => {
    const read = await readInput([{ name: 's.nii', bytes: new Uint8Array(readFileSync(study.nifti)) }]);
    if (!read.ok) throw new Error(read.problems[0].what);
    const { volume } = read.value.series[0]!;
    const [w, h] = volume.size;
    const folder = at('slices');
    mkdirSync(folder);
    const slice = (k: number): Uint8Array =>
      writePngLabels({ ...volume, data: Uint8Array.from(volume.data.slice(w * h * k, w * h * (k + 1))) });
    for (const k of [1, 2, 3]) writeFileSync(join(folder, `7_slice${k + 3}.png`), slice(k));
    writeFileSync(join(folder, '7_slice9.png'), 'no picture');
    const out = at('slice labels');
    const done = await run(runSegment, folder, '--spacing', MM, '--out', out);
    expect(done.code).toBe(1);
    const said = done.err.trim().split('\n');
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('7_slice4.png: read with 2 more as slices of one series');
    expect(said[1]).toContain('7_slice9.png');
    expect(readdirSync(out).sort()).toEqual(['7_slice4.png', '7_slice5.png', '7_slice6.png']);
    const names = new Set<string>();
    for (const file of readdirSync(out)) {
      const map = await labels(join(out, file));
      expect(map.size).toEqual([w, h, 1]);
      names.add(discs(map.values).sort().join());
    }
    // One count for all of them, which a slice read alone may miss by one.
    expect(names.size).toBe(1);
    const given = await run(runSegment, folder, '--spacing', `${MM},4.4`, '--out', at('said'));
    expect(given.err.trim().split('\n')).toHaveLength(1);
    // A whole analysis reads them as one study too.
    const whole = at('slices analysed');
    const analysed = await run(runAnalyze, folder, '--spacing', `${MM},4.4`, '--now', NOW, '--out', whole);
    expect(analysed.code).toBe(0);
    expect((await labels(join(whole, 'labels.nii.gz'))).size).toEqual([w, h, 3]);
  });

  it('wants a usable command line', async () => {
    for (const argv of [
      [],
      [study.t2, join(dir, 'elsewhere', '101_t2.png'), '--out', at('x.png')],
      [study.t2],
      [study.t2, '--out', at('x.png'), '--posterior', 'perhaps'],
      [study.t2, '--out', at('x.png'), '--spacing', '0'],
      [study.t2, '--out', at('x.png'), '--colour'],
    ]) {
      const done = await run(runSegment, ...argv);
      expect(done.code).toBe(2);
      expect(done.err).toContain('usage: foramen segment');
    }
    expect(existsSync(at('x.png'))).toBe(false);
    expect((await run(runSegment, '--help')).out).toContain('usage:');
  });
});

describe('foramen grade', () => {
  it('reads the series of one person together and prints one JSON document', { timeout: SLOW }, async () => {
    const table = put(
      'overview.csv',
      `new_file_name,PixelSpacing\n101_t2,"[${SPACING}, ${SPACING}]"\n101_t1,"[9, 9]"\n`,
    );
    const noise = put('202_t2.png', noisePng());
    const out = at('grades');
    const done = await run(
      runGrade,
      study.t1,
      study.t2,
      noise,
      '--group-by-prefix',
      '--spacing-from',
      table,
      '--out',
      out,
      '--json',
    );
    expect(done.code).toBe(1);
    expect(
      done.err
        .trim()
        .split('\n')
        .filter((line) => line.includes('202_t2.png')),
    ).toHaveLength(1);
    expect(readdirSync(out)).toEqual(['101.json']);
    const file = JSON.parse(readFileSync(join(out, '101.json'), 'utf8'));
    expect(JSON.parse(done.out)).toEqual({ results: { 101: file } });
    const levels = file.levels as Record<string, unknown>[];
    expect(levels.length).toBeGreaterThanOrEqual(5);
    expect(levels[0]).toMatchObject({ level: 'L5-S1', indexFromBottom: 1 });
    expect(levels.map((level) => level.indexFromBottom)).toEqual(levels.map((_, n) => n + 1));
    for (const level of levels.filter((one) => one.abstained === undefined)) {
      const { pfirrmann, narrowing, box, measures } = level as {
        pfirrmann: { grade: number; p: number[] };
        narrowing: { p: number };
        box: number[];
        measures: Record<string, unknown>;
      };
      expect(pfirrmann.p).toHaveLength(5);
      expect(pfirrmann.p.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(pfirrmann.grade).toBeGreaterThanOrEqual(1);
      expect(narrowing.p).toBeGreaterThanOrEqual(0);
      expect(narrowing.p).toBeLessThanOrEqual(1);
      expect(box).toHaveLength(4);
      expect(Object.keys(measures)).toContain('heightAnteriorMm');
    }
  });

  it('says which weighting a grade lacks', { timeout: SLOW }, async () => {
    for (const [picture, lacking] of [
      [study.t1, 'needs T2 as well'],
      [study.t2, 'needs T1 as well'],
    ] as const) {
      const done = await run(runGrade, picture, '--spacing', MM, '--json');
      expect(done.code, done.err).toBe(0);
      expect(JSON.parse(done.out).levels[0].modic, picture).toEqual({ abstained: lacking });
    }
  });

  it('refuses two sources of spacing, and in one line a table without its columns', async () => {
    const table = put('bad.csv', 'a,b\n1,2\n');
    expect((await run(runGrade, study.t2, '--spacing', MM, '--spacing-from', table)).code).toBe(2);
    const lacking = await run(runGrade, study.t2, '--spacing-from', table);
    expect(lacking.code).toBe(1);
    expect(lacking.err).toMatch(/bad\.csv: the table lacks[^\n]*\n$/);
    expect((await run(runGrade, study.t2, '--spacing-from', at('none.csv'))).code).toBe(1);
  });
});

describe('foramen analyze', () => {
  const intake = {
    person: { ageYears: 46, sex: 'female' },
    symptoms: { legPainNrs: 7, legPainSide: 'right', regions: [{ region: 'great-toe', side: 'right' }] },
  };

  it('goes the whole way from a DICOM folder', { timeout: SLOW }, async () => {
    const out = at('report');
    const answers = put('intake.json', JSON.stringify(intake));
    const done = await run(
      runAnalyze,
      study.dicom,
      '--intake',
      answers,
      '--now',
      NOW,
      '--out',
      out,
      '--json',
    );
    expect(done).toMatchObject({ code: 0 });
    const files = [
      'assessment.json',
      'bundle.json',
      'case.json',
      'corridors.json',
      'findings.json',
      'labels.nii.gz',
      'plan.json',
      'report.html',
      'seg.dcm',
      'sr.dcm',
    ];
    expect(readdirSync(out).sort()).toEqual(files);
    const printed = JSON.parse(done.out);
    expect([...printed.files].sort()).toEqual(files);
    expect(printed.findings).toEqual(JSON.parse(readFileSync(join(out, 'findings.json'), 'utf8')));
    expect(printed.findings.levels.length).toBeGreaterThanOrEqual(5);
    for (const name of ['seg.dcm', 'sr.dcm']) {
      expect(readFileSync(join(out, name)).subarray(128, 132).toString('latin1')).toBe('DICM');
    }
    expect((await labels(join(out, 'labels.nii.gz'))).size).toEqual([320, 320, 5]);
    expect(JSON.parse(readFileSync(join(out, 'bundle.json'), 'utf8')).resourceType).toBe('Bundle');
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    expect(html).toContain('L5-S1');
    expect(html).not.toMatch(/(src|href)="https?:\/\/[^"]+\.(js|css|png)/);
  });

  it('goes without a picture', async () => {
    const out = at('talk');
    const answers = put('talk.json', JSON.stringify(intake));
    const done = await run(runAnalyze, '--intake', answers, '--now', NOW, '--out', out);
    expect(done.code).toBe(0);
    expect(done.out).toContain('urgency:');
    expect(readdirSync(out)).toContain('report.html');
    expect(JSON.parse(readFileSync(join(out, 'findings.json'), 'utf8'))).toBeNull();
  });

  it('wants a usable command line', async () => {
    expect((await run(runAnalyze, '--out', at('y'))).code).toBe(2);
    expect((await run(runAnalyze, study.t2)).code).toBe(2);
    expect((await run(runAnalyze, study.t2, study.t1, '--out', at('y'))).code).toBe(2);
    expect((await run(runAnalyze, study.t2, '--out', at('y'), '--now', 'soon')).code).toBe(2);
    expect(existsSync(at('y'))).toBe(false);
  });
});

describe('the program', () => {
  const foramen = (...argv: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...argv], { encoding: 'utf8' });

  it('keeps standard output to one JSON document', { timeout: SLOW }, () => {
    const done = foramen('grade', study.t2, '--spacing', MM, '--json');
    expect(done.status).toBe(0);
    expect(JSON.parse(done.stdout).levels.length).toBeGreaterThanOrEqual(5);
    expect(done.stderr).not.toContain('\x1b');
  });

  it('ends with 1 for bad input and 2 for wrong usage', { timeout: SLOW }, () => {
    const bad = foramen('segment', at('nowhere.png'), '--out', at('z.png'));
    expect(bad.status).toBe(1);
    expect(bad.stdout).toBe('');
    expect(bad.stderr.trim().split('\n')).toHaveLength(1);
    expect(foramen('paint').status).toBe(2);
  });
});

describe('bad input: one clear line, exit status 1, nothing written', () => {
  /** One slice of the series with bytes of its header replaced by others of the same length. */
  const slice = (...swaps: readonly (readonly [string, string])[]): Uint8Array => {
    let text = readFileSync(study.slicePaths[3]!).toString('latin1');
    for (const [from, to] of swaps) {
      expect(text).toContain(from);
      expect(to).toHaveLength(from.length);
      text = text.replaceAll(from, to);
    }
    return Buffer.from(text, 'latin1');
  };
  const vcf = (contig: string): string =>
    `##fileformat=VCFv4.2\n##contig=<ID=chr1,${contig}>\n##FORMAT=<ID=GT,Number=1,Type=String,Description="G">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\nchr22\t40851110\t.\tC\tT\t.\tPASS\t.\tGT\t0/1\n`;

  const cases: readonly (readonly [string, () => string[], RegExp])[] = [
    ['not an image', () => [put('letter.png', 'Dear colleague')], /letter\.png/],
    [
      'a truncated DICOM file',
      () => [put('cut.dcm', readFileSync(study.slicePaths[3]!).subarray(0, 60_000))],
      /cut\.dcm.*(ends|cut|truncat)/i,
    ],
    ['another modality', () => [put('ct.dcm', slice(['CS\x02\x00MR', 'CS\x02\x00CT']))], /modality is CT/],
    [
      'another body part',
      () => [put('head.dcm', slice(['LSPINE', 'BRAIN '], ['LUMBAR SPINE', 'BRAIN STUDY ']))],
      /body part|brain/i,
    ],
    ['a picture without a spine', () => [put('noise.png', noisePng())], /noise\.png.*no lumbar spine/],
    ['a path that is not there', () => [at('nowhere')], /nowhere.*no such/],
    [
      'a genome of another assembly',
      () => ['--genome', put('hg18.vcf', vcf('length=247249719'))],
      /hg18\.vcf.*neither GRCh38 nor GRCh37/,
    ],
    [
      'an intake with impossible values',
      () => [
        '--intake',
        put('odd.json', JSON.stringify({ person: { ageYears: 460 }, symptoms: { legPainNrs: 70 } })),
      ],
      /odd\.json.*ageYears/,
    ],
    ['an intake that is no JSON', () => ['--intake', put('torn.json', '{"person":')], /torn\.json.*not JSON/],
  ];
  it.each(cases)('%s', { timeout: SLOW }, async (name, argv, line) => {
    const out = at(`bad ${name}`);
    const done = await run(runAnalyze, ...argv(), '--now', NOW, '--out', out, '--json');
    expect(done.code).toBe(1);
    expect(done.out).toBe('');
    expect(done.err.trim().split('\n')).toHaveLength(1);
    expect(done.err).toMatch(line);
    expect(existsSync(out)).toBe(false);
  });
});
