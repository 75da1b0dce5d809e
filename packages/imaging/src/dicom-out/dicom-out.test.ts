import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, item, items, readDicom, text, uidFromSeed } from '@foramen/dicom';
import type { LabelVolume, MarkDrawing, Mm, Mm2, ReaderMark, SpineFindings } from '@foramen/spine';
import { afterAll, describe, expect, it } from 'vitest';
import { writeNiftiLabels } from '../volumes/nifti.ts';
import { readInput } from '../volumes/read-input.ts';
import type { InputSeries } from '../volumes/series.ts';
import { importLabelMap } from './label-import.ts';
import { writeReaderReport } from './reader-report.ts';
import { writeReport } from './report-object.ts';
import { sagittalSlice } from './sagittal-slice.fixture.ts';
import { writeSegmentation } from './segmentation-object.ts';
import { labelsOnSeries, readSegmentation } from './segmentation-reader.ts';
import { labelOfName } from './structure-names.ts';

const COLUMNS = 18;
const ROWS = 22;
const SLICES = 5;

async function sampleSeries(): Promise<InputSeries> {
  const files = [4, 1, 0, 2, 3].map((k) =>
    sagittalSlice(k, {
      PatientName: 'Müller^Änne',
      PatientBirthDate: '19700101',
      PatientSex: 'F',
      StudyDate: '20250102',
      StudyTime: '101010',
      StudyID: '1',
      AccessionNumber: 'A1',
      ReferringPhysicianName: null,
      SeriesNumber: 3,
      EchoTime: 100,
      RepetitionTime: 3000,
      SliceThickness: 4,
      ImagePositionPatient: [20 - 4.4 * k, -100.123456, 60],
      // Turned by 10 degrees, as real sagittal planes are.
      ImageOrientationPatient: [0.173648, 0.984808, 0, 0, 0, -1],
      PixelSpacing: [0.7, 0.6],
      Rows: ROWS,
      Columns: COLUMNS,
      PixelData: new Uint16Array(COLUMNS * ROWS).fill(k),
    }),
  );
  const read = await readInput(files);
  if (!read.ok) throw new Error(read.problems[0].what);
  return read.value.series[0]!;
}

/** Lopsided in every direction, and on four of the five slices only. */
function sampleLabels(series: InputSeries): LabelVolume {
  const data = new Uint8Array(series.volume.data.length);
  for (let k = 1; k < SLICES; k++) {
    for (let j = 3; j < ROWS - 1; j++) {
      const value = j < 8 ? 44 : j < 10 ? 95 : j < 14 ? 45 : j < 16 ? 100 : 50;
      for (let i = 2 + k; i < 9; i++) data[i + COLUMNS * (j + ROWS * k)] = value;
      data[12 + COLUMNS * (j + ROWS * k)] = 2;
    }
  }
  return { size: series.volume.size, spacing: series.volume.spacing, ijkToLps: series.volume.ijkToLps, data };
}

const stamp = {
  now: '2026-01-02T03:04:05Z',
  version: '0.1.0',
  models: [{ id: 'segmenter', version: '1', sha256: 'ab' }],
};
const findings: SpineFindings = {
  schema: 'foramen.findings/1',
  series: [],
  enumeration: { confidence: 0.9, lumbarCount: 5, transitional: 'none', because: [] },
  levels: [
    {
      level: 'L5-S1',
      indexFromBottom: 1,
      confidence: 0.97,
      pfirrmann: { grade: 5, p: [0, 0.01, 0.06, 0.64, 0.29], cuts: [1.8, 2.56, 3.34, 4.15] },
      modic: { abstained: 'no T1 series' },
      leeForaminal: { left: { grade: 2, p: [0.1, 0.2, 0.6, 0.1] } },
      herniation: { p: 0.8 },
      herniationType: 'protrusion',
      sacContact: {
        grade: 'contact',
        p: 0.81,
        read: {
          byGrade: [0.19, 0.61, 0.15, 0.05],
          clearanceMm: -0.4 as Mm,
          planes: ['sagittal'],
          because: 'disc tissue reaches the front of the sac',
        },
      },
      rootContacts: [{ root: 'S1', side: 'left', grade: 'deviation', p: 0.6 }],
      rootsNotAssessed: [{ root: 'L5', side: 'right', path: 'exiting', abstained: 'no slice there' }],
      details: [
        {
          measure: 'foramenHeightMm',
          side: 'left',
          value: 11,
          unit: 'mm',
          interval: [9.5, 12.5],
          how: 'sagittal T1',
          definition: 'pedicle to pedicle (Hasegawa 1995)',
          because: { slice: 2, box: [0, 0, 1, 1], models: [] },
        },
      ],
      measures: {
        heightAnteriorMm: 9.123456789 as Mm,
        areaMm2: 233.1 as Mm2,
        foramenHeightMm: { left: 11 as Mm, right: 12 as Mm },
      },
      because: { slice: 2, box: [0, 0, 1, 1], models: [] },
    },
    {
      level: 'T12-L1',
      indexFromBottom: 6,
      confidence: 0.9,
      abstained: 'cut by the edge of the picture',
      measures: {},
      because: { slice: 2, box: [0, 0, 1, 1], models: [] },
    },
  ],
  vertebrae: [
    {
      vertebra: 'L5',
      confidence: 1,
      heightAnteriorMm: 27.5 as Mm,
      wedgeRatio: 1.02,
      genant: { grade: 0, p: [0.9, 0.06, 0.03, 0.01] },
      because: { slice: 2, box: [0, 0, 1, 1], models: [] },
    },
  ],
  conusLevel: 'L1',
  limits: ['no axial series'],
  models: [],
};

const series = await sampleSeries();
const labels = sampleLabels(series);
const made = writeSegmentation(series, labels, stamp);
if (!made.ok) throw new Error(made.problems[0].what);
const segmentation = made.value;
const withSegments = writeReport(findings, [series], stamp, segmentation);
const withoutSegments = writeReport(findings, [series], stamp);
if (!withSegments.ok || !withoutSegments.ok) throw new Error('no report');

const mark = (drawing: Partial<MarkDrawing>, more: Partial<ReaderMark> = {}): ReaderMark => ({
  id: drawing.kind ?? 'length',
  revision: 2,
  removed: false,
  frameOfReferenceUid: '1.2.3',
  author: 'Dr Änne^Reader',
  at: '2026-01-03T00:00:00Z',
  drawnAt: '2026-01-02T00:00:00Z',
  ...more,
  drawing: {
    kind: 'length',
    seriesUid: series.reading.seriesUid ?? null,
    series: 1,
    title: 'T2 sagittal',
    slice: 1,
    spacingMm: [series.volume.spacing[0], series.volume.spacing[1]],
    points: [
      [2, 3],
      [10, 3],
    ],
    lps: null,
    level: 'L5-S1',
    note: '',
    ...drawing,
  },
});
const readerMarks = [
  mark({ note: 'smallest depth of the sac' }),
  mark({
    kind: 'angle',
    level: null,
    points: [
      [0, 0],
      [4, 0],
      [0, 0],
      [4, 4],
    ],
  }),
  mark({
    kind: 'area',
    points: [
      [2, 2],
      [6, 2],
      [6, 6],
    ],
  }),
  mark({ kind: 'crest', points: [[3, 3]], lps: [[60, 0, 10]] }),
  mark({ note: 'taken away' }, { removed: true, id: 'gone' }),
];
const crest = { centre: [0, 0, 0], up: [0, 0, 1], discHeightMm: 10, bodyHeightMm: 28, seenOn: [0] } as const;
const byReaders = writeReaderReport(readerMarks, [series], stamp, crest);
const crestUnread = writeReaderReport(readerMarks, [series], stamp, null);
if (!byReaders.ok || !crestUnread.ok) throw new Error('no report of readers');

const folder = mkdtempSync(join(tmpdir(), 'foramen-dicom-out-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const has = (tool: string): boolean => {
  const found = spawnSync('which', [tool]).status === 0;
  if (!found) console.warn(`SKIPPED: ${tool} is not installed (Debian packages dicom3tools, dcmtk)`);
  return found;
};
const save = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe('a segmentation', () => {
  it('comes back voxel for voxel, on its own grid and on the series', async () => {
    const file = readDicom(segmentation.bytes);
    if (!file.ok) throw new Error('unreadable');
    const read = await readSegmentation(file.value);
    if (!read.ok) throw new Error(read.problems[0].what);
    expect(read.value.segments.map((one) => one.label)).toEqual([2, 44, 45, 50, 95, 100]);
    expect(read.value.segments.every((one) => one.concept?.scheme === 'SCT')).toBe(true);
    expect(read.value.referencedSeriesUid).toBe(series.reading.seriesUid);
    expect(labelsOnSeries(read.value.labels, series).data).toEqual(labels.data);
  });

  it('points every frame at the image it was made from', () => {
    const file = readDicom(segmentation.bytes);
    if (!file.ok) throw new Error('unreadable');
    const { set } = file.value;
    expect(text(set, 'PatientName')).toBe('Müller^Änne');
    expect(items(item(set, 'ReferencedSeriesSequence')!, 'ReferencedInstanceSequence')).toHaveLength(SLICES);
    for (const frame of items(set, 'PerFrameFunctionalGroupsSequence')) {
      const derivation = item(item(frame, 'DerivationImageSequence')!, 'SourceImageSequence')!;
      const x = Number(text(item(frame, 'PlanePositionSequence')!, 'ImagePositionPatient'));
      const k = Math.round((20 - x) / 4.4);
      expect(text(derivation, 'ReferencedSOPInstanceUID')).toBe(uidFromSeed(`image ${k}`));
    }
    expect(bytesOf(set, 'PixelData')!.length % 2).toBe(0);
  });

  it('is the same bytes for the same input', () => {
    const again = writeSegmentation(series, labels, stamp);
    expect(again.ok && again.value.bytes).toEqual(segmentation.bytes);
  });

  it('of nothing is a problem', () => {
    const empty = writeSegmentation(series, { ...labels, data: new Uint8Array(labels.data.length) }, stamp);
    expect(empty.ok).toBe(false);
  });
});

const picture = await readInput([{ name: 'a_t2.nii', bytes: writeNiftiLabels(labels) }]);
if (!picture.ok) throw new Error('unreadable');
const fromNifti = writeSegmentation(picture.value.series[0]!, labels, stamp);
if (!fromNifti.ok) throw new Error(fromNifti.problems[0].what);

describe.runIf(has('dciodvfy'))('dciodvfy', () => {
  it.each([
    ['segmentation', segmentation.bytes],
    ['segmentation of a NIfTI', fromNifti.value.bytes],
    ['report on segments', withSegments.value.bytes],
    ['report on images', withoutSegments.value.bytes],
    ['report of readers', byReaders.value.bytes],
    ['report of readers without a disc for the crest', crestUnread.value.bytes],
  ])('finds no error in the %s', (name, bytes) => {
    const run = spawnSync('dciodvfy', [save(`${name}.dcm`, bytes)], { encoding: 'utf8' });
    const output = `${run.stdout}${run.stderr}`;
    expect(output.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    expect(output).toMatch(/Segmentation|ComprehensiveSR/);
  });
});

describe.runIf(has('dsrdump'))('dcmtk', () => {
  it('reads the report: groups, units, sides, reasons', () => {
    const out = execFileSync('dsrdump', ['+Pl', save('sr.dcm', withSegments.value.bytes)], {
      encoding: 'utf8',
    });
    expect(out).toContain('"Imaging Measurement Report"');
    expect(out).toContain('"Disc height, anterior")="9.12346" (mm,UCUM,"mm")');
    expect(out).toContain('(pfirrmann-5,99FORAMEN,"Pfirrmann grade V")');
    expect(out).toContain('"Expected Pfirrmann grade")="4.21"');
    expect(out).toContain('Named Pfirrmann grade V although Pfirrmann grade IV alone is likelier (64%)');
    expect(out).toContain('(contact-contac,99FORAMEN,"Contact without displacement")');
    expect(out).toContain('"Free distance of disc tissue to dural sac")="-0.4" (mm,UCUM,"mm")');
    expect(out).toContain('disc tissue reaches the front of the sac');
    expect(out).toContain('Contact with exiting root L5, right not assessed: no slice there');
    expect(out).toContain('"95 % interval, lower end")="9.5"');
    expect(out).toContain('pedicle to pedicle (Hasegawa 1995)');
    expect(out).toContain('"Referenced Segment"');
    expect(out).toContain('no T1 series');
    expect(out).toContain('"Vertebral body height, anterior")="27.5"');
    expect(out).toContain('(contact-deviat,99FORAMEN,"Displaced by disc tissue")');
    expect(out).toContain('Not graded: cut by the edge of the picture');
  });
});

describe('what readers measured', () => {
  it.runIf(has('dsrdump'))('is read back with author, value, note and outline', () => {
    const out = execFileSync('dsrdump', ['+Pl', save('reader.dcm', byReaders.value.bytes)], {
      encoding: 'utf8',
    });
    expect(out).toContain('"Person Observer Name")="Dr Änne Reader"');
    expect(out).toContain('smallest depth of the sac');
    expect(out).toContain('"Angle between two lines")="49.3987"');
    expect(out).toContain('"Height of iliac crest over the disc")="10"');
    expect(out).toContain('Top of the iliac crest lower half');
    expect(out).not.toContain('taken away');
  });

  it('lies on the pixels of the image it was drawn on', () => {
    const file = readDicom(byReaders.value.bytes);
    if (!file.ok) throw new Error('unreadable');
    const measured = items(file.value.set, 'ContentSequence').at(-1)!;
    const [first] = items(measured, 'ContentSequence');
    const value = items(first!, 'ContentSequence').find((one) => text(one, 'ValueType') === 'NUM')!;
    const outline = items(value, 'ContentSequence').find((one) => text(one, 'ValueType') === 'SCOORD')!;
    expect(text(outline, 'GraphicType')).toBe('POLYLINE');
    const image = item(items(outline, 'ContentSequence')[0]!, 'ReferencedSOPSequence')!;
    expect(text(image, 'ReferencedSOPInstanceUID')).toBe(series.sopInstanceUids?.[1]);
  });

  it('is a problem where nothing is left or nothing lies on a stored image', () => {
    for (const marks of [[], [readerMarks[4]!], [mark({ seriesUid: '9.9' })]])
      expect(writeReaderReport(marks, [series], stamp, null).ok).toBe(false);
  });
});

describe('import of other label maps', () => {
  const spider = new Uint8Array(labels.data.length);
  const values: Readonly<Record<number, number>> = { 2: 100, 44: 2, 45: 1, 95: 202, 100: 201, 50: 0 };
  labels.data.forEach((value, i) => {
    spider[i] = values[value] ?? 0;
  });
  const asSeries = async (data: Uint8Array): Promise<InputSeries> => {
    const read = await readInput([{ name: 'mask.nii', bytes: writeNiftiLabels({ ...labels, data }) }]);
    if (!read.ok) throw new Error('unreadable');
    return read.value.series[0]!;
  };

  it('takes SPIDER numbering, TotalSpineSeg numbering, and says when it cannot tell', async () => {
    const fromSpider = importLabelMap(await asSeries(spider), series);
    expect(fromSpider.ok && fromSpider.value.data).toEqual(
      labels.data.map((value) => (value === 50 ? 0 : value)),
    );
    const fromTotal = importLabelMap(await asSeries(labels.data), series);
    expect(fromTotal.ok && fromTotal.value.data).toEqual(labels.data);
    const unclear = importLabelMap(await asSeries(labels.data.map((value) => (value === 2 ? 2 : 0))), series);
    expect(unclear.ok ? '' : unclear.problems[0].code).toBe('contradiction');
  });

  it('knows the names other tools use', () => {
    expect(
      [
        'vertebrae_L5',
        'L4 vertebra',
        'disc_L4_L5',
        'L5/S1 disc',
        'VERTEBRAE_DISK_T12L1',
        'sacrum',
        'spinal_canal',
        'liver',
      ].map(labelOfName),
    ).toEqual([45, 44, 95, 100, 91, 50, 2, undefined]);
  });
});
