import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { item, items, readDicom } from '@foramen/dicom';
import { afterAll, describe, expect, it } from 'vitest';
import { readInput } from '../volumes/read-input.ts';
import { sagittalSlice } from './sagittal-slice.fixture.ts';
import { writeSegmentation } from './segmentation-object.ts';
import { labelsOnSeries, readSegmentation } from './segmentation-reader.ts';

const SIZE = 10;
const slice = (k: number) =>
  sagittalSlice(k, {
    SpacingBetweenSlices: 4,
    Rows: SIZE,
    Columns: SIZE,
    PixelData: new Uint16Array(SIZE * SIZE).map((_, i) => i + k),
  });
const read = await readInput([0, 1, 3, 4, 5].map(slice));
if (!read.ok) throw new Error(read.problems[0].what);
const series = read.value.series[0]!;
const labels = {
  size: series.volume.size,
  spacing: series.volume.spacing,
  ijkToLps: series.volume.ijkToLps,
  data: Uint8Array.from(series.volume.data, (_, i) => (i % SIZE < 4 ? 45 : i % SIZE > 6 ? 2 : 0)),
};
const made = writeSegmentation(series, labels, { now: '2026-01-02T03:04:05Z', version: '1', models: [] });
if (!made.ok) throw new Error(made.problems[0].what);
const { bytes } = made.value;

const folder = mkdtempSync(join(tmpdir(), 'foramen-interpolated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const judged = spawnSync('which', ['dciodvfy']).status === 0;
if (!judged) console.warn('SKIPPED: dciodvfy is not installed (Debian package dicom3tools)');

describe('a segmentation of a series with an interpolated slice', () => {
  it('names no image for that slice, and comes back whole', async () => {
    const file = readDicom(bytes);
    if (!file.ok) throw new Error('unreadable');
    const sources = items(file.value.set, 'PerFrameFunctionalGroupsSequence').map(
      (frame) => item(frame, 'DerivationImageSequence') !== undefined,
    );
    expect(sources.filter((is) => !is)).toHaveLength(2);
    expect(sources).toHaveLength(12);
    const back = await readSegmentation(file.value);
    if (!back.ok) throw new Error(back.problems[0].what);
    expect(labelsOnSeries(back.value.labels, series).data).toEqual(labels.data);
  });

  it('puts the frames of that slice last in their segment', () => {
    const other = writeSegmentation(
      series,
      { ...labels, data: labels.data.map((v) => (v === 2 ? 2 : 0)) },
      { now: '2026-01-02T03:04:05Z', version: '1', models: [] },
    );
    if (!other.ok) throw new Error(other.problems[0].what);
    const file = readDicom(other.value.bytes);
    if (!file.ok) throw new Error('unreadable');
    const named = items(file.value.set, 'PerFrameFunctionalGroupsSequence').map(
      (frame) => item(frame, 'DerivationImageSequence') !== undefined,
    );
    expect(named).toEqual([true, true, true, true, true, false]);
  });

  it.runIf(judged)('passes dciodvfy without an error', () => {
    const path = join(folder, 'seg.dcm');
    writeFileSync(path, bytes);
    const run = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
    const output = `${run.stdout}${run.stderr}`;
    expect(output.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    expect(output).toContain('Segmentation');
  });
});
