import { item, items, readDicom, text } from '@foramen/dicom';
import type { LabelVolume, SpineFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { readInput } from '../volumes/read-input.ts';
import { writeReport } from './report-object.ts';
import { sagittalSlice } from './sagittal-slice.fixture.ts';
import { writeSegmentation } from './segmentation-object.ts';

const picture = sagittalSlice(0, { Rows: 8, Columns: 8, PixelData: new Uint16Array(64) });
const read = await readInput([picture]);
if (!read.ok) throw new Error(read.problems[0].what);
const series = read.value.series[0]!;
const because = { seriesUid: series.reading.seriesUid!, slice: 0, box: [0, 0, 1, 1], models: [] } as const;
const why = 'the sacrum is not in view, so the levels cannot be named';
const stamp = { now: '2026-01-02T03:04:05Z', version: '1', models: [], unnamed: true };
const labels: LabelVolume = {
  ...series.volume,
  data: Uint8Array.from({ length: 64 }, (_, n) => [0, 45, 100, 2, 50][n % 5]!),
};
const findings: SpineFindings = {
  schema: 'foramen.findings/1',
  series: [series.reading],
  enumeration: {
    confidence: 0.1,
    lumbarCount: 'unknown',
    transitional: 'unknown',
    because: [],
    unnamed: why,
  },
  levels: [{ level: 'L5-S1', indexFromBottom: 1, confidence: 0.1, abstained: why, measures: {}, because }],
  vertebrae: [{ vertebra: 'L5', confidence: 0.1, wedgeRatio: 0.9, because }],
  limits: [why],
  models: [],
};

describe('levels that are not named', () => {
  const seg = writeSegmentation(series, labels, stamp);
  if (!seg.ok) throw new Error(seg.problems[0].what);

  it('carry no code of a level in the segmentation; the canal keeps its own', () => {
    const file = readDicom(seg.value.bytes);
    if (!file.ok) throw new Error('unreadable');
    const names = items(file.value.set, 'SegmentSequence').map((one) => [
      text(one, 'SegmentLabel'),
      text(item(one, 'SegmentedPropertyTypeCodeSequence') ?? new Map(), 'CodeMeaning'),
    ]);
    expect(names).toEqual([
      ['spinal canal', 'Vertebral canal'],
      ['vertebra 45, level not named', 'Vertebra'],
      ['vertebra 50, level not named', 'Vertebra'],
      ['disc 100, level not named', 'Intervertebral disc'],
    ]);
  });

  it('nor in the report, where they are counted from below and stand in the lumbar spine', () => {
    const report = writeReport(findings, [series], stamp, seg.value);
    if (!report.ok) throw new Error(report.problems[0].what);
    const said = new TextDecoder('latin1').decode(report.value.bytes);
    expect(said).toContain('disc 1 from below, level not named');
    expect(said).toContain('vertebra 45, level not named');
    expect(said).not.toMatch(/L5.S1 disc|L5 vertebra/);
    expect(said).toContain(`Not graded: ${why}`);
  });
});
