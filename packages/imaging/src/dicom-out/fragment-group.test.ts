import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { item, items, readDicom, text, uidFromSeed } from '@foramen/dicom';
import type { Mm, Mm2, SpineFindings } from '@foramen/spine';
import { afterAll, describe, expect, it } from 'vitest';
import { readInput } from '../volumes/read-input.ts';
import { writeReport } from './report-object.ts';
import { sagittalSlice } from './sagittal-slice.fixture.ts';

const picture = sagittalSlice(0, { Rows: 8, Columns: 8, PixelData: new Uint16Array(64) });
const read = await readInput([picture]);
if (!read.ok) throw new Error(read.problems[0].what);
const series = read.value.series[0]!;

const findings: SpineFindings = {
  schema: 'foramen.findings/1',
  series: [series.reading],
  enumeration: { confidence: 0.9, lumbarCount: 5, transitional: 'none', because: [] },
  levels: [],
  vertebrae: [],
  possibleFragments: [
    {
      behind: 'L5',
      p: 0.8,
      areaMm2: 74 as Mm2,
      lengthMm: 11 as Mm,
      depthMm: 7.2 as Mm,
      because: { seriesUid: series.reading.seriesUid!, slice: 0, box: [0, 0, 1, 1], models: [] },
    },
  ],
  limits: [],
  models: [],
};
const report = writeReport(findings, [series], { now: '2026-01-02T03:04:05Z', version: '1', models: [] });
if (!report.ok) throw new Error(report.problems[0].what);
const { bytes } = report.value;

const folder = mkdtempSync(join(tmpdir(), 'foramen-fragment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const judged = spawnSync('which', ['dciodvfy']).status === 0;
if (!judged) console.warn('SKIPPED: dciodvfy is not installed (Debian package dicom3tools)');

describe('a possible fragment in the report', () => {
  it('is a group of its own, about its vertebra, tied to the slice it was seen on', () => {
    const file = readDicom(bytes);
    if (!file.ok) throw new Error('unreadable');
    const found: string[] = [];
    const meaning = (
      set: Parameters<typeof items>[0],
      name: 'ConceptNameCodeSequence' | 'ConceptCodeSequence',
    ) => text(item(set, name) ?? new Map(), 'CodeMeaning') ?? '';
    const walk = (set: Parameters<typeof items>[0]): void => {
      const value = item(set, 'MeasuredValueSequence');
      const image = item(set, 'ReferencedSOPSequence');
      found.push(
        [
          meaning(set, 'ConceptNameCodeSequence'),
          (value && text(value, 'NumericValue')) ??
            (image && text(image, 'ReferencedSOPInstanceUID')) ??
            text(set, 'TextValue') ??
            meaning(set, 'ConceptCodeSequence'),
        ].join(': '),
      );
      items(set, 'ContentSequence').forEach(walk);
    };
    walk(file.value.set);
    expect(found).toEqual(
      expect.arrayContaining([
        'Finding: Possible migrated fragment of disc',
        'Finding Site: L5 vertebra',
        `Source of Measurement: ${uidFromSeed('image 0')}`,
        'Probability of a migrated fragment of disc: 0.8',
        'Area: 74',
        'Fragment, along the spine: 11',
        'Fragment, anteroposterior: 7.2',
      ]),
    );
    expect(found.join('\n')).toContain('Comment: Behind L5: possible migrated fragment of disc (80%)');
  });

  it.runIf(judged)('passes dciodvfy without an error', () => {
    const path = join(folder, 'sr.dcm');
    writeFileSync(path, bytes);
    const run = spawnSync('dciodvfy', [path], { encoding: 'utf8' });
    const output = `${run.stdout}${run.stderr}`;
    expect(output.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    expect(output).toContain('ComprehensiveSR');
  });
});
