import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readInput, writeNiftiLabels } from '@foramen/imaging';
import { rngFrom, SAGITTAL_PLAN } from '@foramen/phantom';
import type { LabelVolume } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGrade } from './grade.ts';
import { runSegment } from './segment.ts';
import { png, spineSlices, volumeOf } from './strange-pictures.fixture.ts';
import type { Streams } from './streams.ts';
import { writeFixture } from './study.fixture.ts';

/** The installed networks run here; the machine may be doing other things. */
const SLOW = 600_000;
const MM = SAGITTAL_PLAN.spacing;

let dir = '';
let volume: LabelVolume;
const at = (...names: string[]): string => join(dir, ...names);
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foramen-inputs-'));
  const { slices } = spineSlices('inputs', { lesions: 0, degeneration: 0.2 }, 3);
  volume = volumeOf(slices, [MM, MM, SAGITTAL_PLAN.distance]);
  mkdirSync(at('pictures'));
  writeFileSync(at('pictures', '7_t1.png'), png(slices[1]!));
  writeFileSync(at('pictures', '7_t2.png'), png(slices[1]!));
  writeFileSync(at('pictures', '8_t2.png'), 'torn');
  writeFileSync(at('pictures', 'notes.csv'), 'not a picture');
  writeFileSync(at('series.nii.gz'), gzipSync(writeNiftiLabels(volume)));
  writeFileSync(at('series.mha'), metaImage(volume));
}, SLOW);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function metaImage(v: LabelVolume): Uint8Array {
  const a = v.ijkToLps;
  const unit = [0, 1, 2].flatMap((c) => [0, 1, 2].map((r) => a[4 * r + c]! / v.spacing[c]!));
  const header = [
    'ObjectType = Image',
    'NDims = 3',
    'BinaryData = True',
    'BinaryDataByteOrderMSB = False',
    'CompressedData = False',
    `TransformMatrix = ${unit.join(' ')}`,
    `Offset = ${a[3]} ${a[7]} ${a[11]}`,
    `ElementSpacing = ${v.spacing.join(' ')}`,
    `DimSize = ${v.size.join(' ')}`,
    'ElementType = MET_UCHAR',
    'ElementDataFile = LOCAL\n',
  ].join('\n');
  return Buffer.concat([Buffer.from(header), v.data]);
}

async function run(command: (argv: string[], io: Streams) => Promise<number>, ...argv: string[]) {
  let out = '';
  let err = '';
  const code = await command(argv, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

async function labels(path: string) {
  const bytes = new Uint8Array(readFileSync(path));
  const read = await readInput([{ name: 'labels', bytes }], { anyRegion: true });
  if (!read.ok) throw new Error(read.problems[0].what);
  const { source, volume: v } = read.value.series[0]!;
  return { size: source.size, affine: source.ijkToLps, values: new Set(v.data) };
}

describe('inputs of every kind', { timeout: SLOW }, () => {
  it('a folder of pictures: one label map each, one line for the torn one, the rest of the folder left alone', async () => {
    const done = await run(runSegment, at('pictures'), '--spacing', `${MM},${MM}`, '--out', at('labels'));
    expect(done).toMatchObject({ code: 1, out: '' });
    const lines = done.err
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('warning:'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('8_t2.png');
    expect(readdirSync(at('labels')).sort()).toEqual(['7_t1.png', '7_t2.png']);
  });

  it('.nii.gz and .mha of 4 mm slices: labels on the grid they came in, alike', async () => {
    const inputs = [at('series.nii.gz'), at('series.mha')];
    for (const [n, input] of inputs.entries()) {
      const out = at(`volume-${n}.nii.gz`);
      expect((await run(runSegment, input, '--posterior', 'none', '--out', out)).code).toBe(0);
      const map = await labels(out);
      expect(map.size).toEqual(volume.size);
      map.affine.forEach((v, i) => {
        expect(Math.abs(v - volume.ijkToLps[i]!), `${i}`).toBeLessThan(1e-3);
      });
      for (const value of [2, 43, 44, 45, 93, 94, 95, 100])
        expect(map.values.has(value), `${value}`).toBe(true);
    }
    expect(await labels(at('volume-0.nii.gz'))).toEqual(await labels(at('volume-1.nii.gz')));
  });

  it('a DICOM folder is one input: to DICOM SEG, and to grades of one document', async () => {
    const study = writeFixture(at('dicom'), 'seg');
    const graded = await run(runGrade, study.dicom, '--json');
    expect(graded.code).toBe(0);
    expect(JSON.parse(graded.out).levels[0]).toMatchObject({ indexFromBottom: 1 });
    expect((await run(runSegment, study.dicom, '--out', at('seg.dcm'))).code).toBe(0);
    expect(readFileSync(at('seg.dcm')).subarray(128, 132).toString('latin1')).toBe('DICM');
    expect(readFileSync(at('seg.dcm')).toString('latin1')).toContain('1.2.840.10008.5.1.4.1.1.66.4');
  });

  it('series of one patient: one result of one document, or a folder of results', async () => {
    const [t1, t2] = [at('pictures', '7_t1.png'), at('pictures', '7_t2.png')];
    const argv = ['--group-by-prefix', '--spacing', `${MM},${MM}`];
    const one = await run(runGrade, t1, t2, ...argv, '--json');
    expect(one.code).toBe(0);
    expect(JSON.parse(one.out).levels[0]).toMatchObject({ level: 'L5-S1', indexFromBottom: 1 });
    const folder = await run(runGrade, at('pictures'), ...argv, '--out', at('grades'), '--json');
    expect(folder.code).toBe(1);
    expect(Object.keys(JSON.parse(folder.out).results)).toEqual(['7']);
    expect(readdirSync(at('grades'))).toEqual(['7.json']);
    expect(JSON.parse(readFileSync(at('grades', '7.json'), 'utf8')).levels).toEqual(
      JSON.parse(one.out).levels,
    );
  });
});

describe('inputs as they lie about', { timeout: SLOW }, () => {
  it('a folder of one picture gives a folder of one result; what macOS hides beside it is no input', async () => {
    mkdirSync(at('single'));
    copyFileSync(at('pictures', '7_t2.png'), at('single', 'a.png'));
    writeFileSync(at('single', '._a.png'), 'resource fork');
    const done = await run(runSegment, at('single'), '--spacing', `${MM},${MM}`, '--out', at('of single'));
    expect(done).toEqual({ code: 0, out: '', err: '' });
    expect(readdirSync(at('of single'))).toEqual(['a.png']);
  });

  it('a study of links is the study, whatever leads in circles; a link to nothing is named', async () => {
    const study = writeFixture(at('linked from'), 'links');
    mkdirSync(at('links'));
    for (const path of study.slicePaths) symlinkSync(path, at('links', basename(path)));
    symlinkSync('.', at('links', 'round'));
    expect((await run(runSegment, study.dicom, '--out', at('straight.nii.gz'))).code).toBe(0);
    expect(await run(runSegment, at('links'), '--out', at('linked.nii.gz'))).toMatchObject({ code: 0 });
    expect(readFileSync(at('linked.nii.gz'))).toEqual(readFileSync(at('straight.nii.gz')));
    symlinkSync(at('gone.dcm'), at('links', 'gone.dcm'));
    const gone = await run(runSegment, at('links'), '--out', at('linked.nii.gz'));
    expect(gone.code).toBe(1);
    expect(gone.err).toMatch(/links\/gone\.dcm: there is no such file[^\n]*\n$/);
  });

  it('what has no end or no writer is refused and not waited for; the others are read', async () => {
    expect(spawnSync('mkfifo', [at('pipe.png')]).status).toBe(0);
    const argv = ['/dev/zero', at('pipe.png'), at('pictures', '7_t2.png'), '--spacing', `${MM},${MM}`];
    const done = await run(runGrade, ...argv, '--json');
    expect(done.code).toBe(1);
    expect(Object.keys(JSON.parse(done.out).results)).toEqual(['7_t2']);
    expect(done.err.trim().split('\n')).toEqual([
      expect.stringMatching(/^\/dev\/zero: a device/),
      expect.stringMatching(/pipe\.png: a device or named pipe/),
    ]);
  });
});

describe('places for results', () => {
  it('never the picture itself, never a folder named like a file', async () => {
    const picture = at('own.png');
    copyFileSync(at('pictures', '7_t2.png'), picture);
    symlinkSync(dir, at('same folder'));
    const before = readFileSync(picture);
    for (const argv of [
      [picture, '--out', at('same folder')],
      [picture, '--out', at('same folder', 'own.png')],
      [picture, '--out', ''],
      [picture, '--out', picture],
      [picture, '--out', dir],
      [at('pictures'), '--out', at('pictures')],
      [picture, at('pictures', '7_t2.png'), '--out', at('both.png')],
    ]) {
      const done = await run(runSegment, ...argv);
      expect(done.code).toBe(2);
      expect(done.out).toBe('');
    }
    expect(readFileSync(picture)).toEqual(before);
    expect(existsSync(at('both.png'))).toBe(false);
  });

  it(
    'a place that cannot be written to: one line, exit status 1',
    async () => {
      writeFileSync(at('file'), rngFrom('x').int(0, 9).toString());
      const done = await run(runSegment, at('series.nii.gz'), '--out', at('file', 'labels.nii.gz'));
      expect(done.code).toBe(1);
      const lines = done.err
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('warning:'));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('cannot be written');
    },
    SLOW,
  );
});
