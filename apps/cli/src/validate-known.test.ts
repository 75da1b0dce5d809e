import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelsOnSourceGrid, readInput, writeNiftiLabels, writeSegmentation } from '@foramen/imaging';
import { renderValidation } from '@foramen/report';
import { type Affine, affineFrom, type LabelVolume, type SpineFindings } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StudyFixture, writeFixture } from './study.fixture.ts';
import { loadStudy } from './study-files.ts';
import { maskOn, scoreMask, segmentationOn, summariseLevels, summariseMasks } from './validate-masks.ts';
import { readMeasures, scoreMeasures } from './validate-measures.ts';

const SLOW = 300_000;
const AXES = [
  [0, 1, 0],
  [0, 0, -1],
  [1, 0, 0],
] as const;

/** Discs 95 and 100 and vertebra 45 as boxes, moved by columns; 0.5 mm a column. */
function map(shift: number): LabelVolume {
  const [w, h] = [60, 60];
  const data = Uint8Array.from({ length: w * h }, (_, n) => {
    const [x, y] = [(n % w) - shift, Math.floor(n / w)];
    if (x < 10 || x >= 30) return 0;
    return y < 5 || y >= 55 ? 0 : y < 15 ? 95 : y < 45 ? 45 : 100;
  });
  return { size: [w, h, 1], spacing: [0.5, 1, 4], ijkToLps: affineFrom(AXES, [0.5, 1, 4], [0, 0, 0]), data };
}

describe('masks against known answers', () => {
  it('give Dice and surface distances of boxes moved by a quarter, by structure and by level', () => {
    const scores = ['a', 'b', 'c'].map((patient, n) =>
      scoreMask(`${patient}_1`, patient, { labels: map(0), named: true }, map([0, 5, 5][n]!)),
    );
    const [disc] = summariseMasks(scores);
    expect(disc!.structure).toBe('disc');
    expect(disc!.dice.value).toBeCloseTo((1 + 0.75 + 0.75) / 3, 12);
    expect(disc!.dice.interval[0]).toBeGreaterThanOrEqual(0.75);
    expect(disc!.dice.interval[1]).toBeLessThanOrEqual(1);
    // The ends lie 5 columns of 0.5 mm off.
    expect(disc!.hausdorff95Mm!.value).toBeCloseTo((0 + 2.5 + 2.5) / 3, 12);
    const levels = summariseLevels(scores);
    expect(levels.map((one) => [one.level, one.structure, one.n])).toEqual([
      ['L5', 'vertebra', 3],
      ['L4-L5', 'disc', 3],
      ['L5-S1', 'disc', 3],
    ]);
    for (const one of levels) expect(one.dice.value).toBeCloseTo(2.5 / 3, 12);
  });
  it('count a structure under a wrong name as missed, level by level only', () => {
    const truth = map(0);
    const renamed = { ...truth, data: truth.data.map((v) => (v === 95 ? 94 : v)) };
    const score = scoreMask('a', 'a', { labels: truth, named: true }, renamed);
    expect(summariseMasks([score])[0]!.dice.value).toBe(1);
    expect(summariseLevels([score]).find((one) => one.level === 'L4-L5')!.dice.value).toBe(0);
    expect(score).toMatchObject({ right: 1, discs: 2 });
  });
});

describe('measures against a reader', () => {
  const findings = {
    levels: [
      { level: 'L5-S1', indexFromBottom: 1, measures: { heightMiddleMm: 9, foramenHeightMm: { left: 14 } } },
      { level: 'L4-L5', indexFromBottom: 2, measures: { heightMiddleMm: 11 } },
    ],
  } as unknown as SpineFindings;
  const table = 'name,index,heightMiddleMm,foramenHeightMm.left\np,1,8,15\np,2,11.5,16\np,3,10,\n';

  it('give bias, mean error and limits as worked out by hand', () => {
    const scores = scoreMeasures([{ patient: 'p', findings, measured: readMeasures(table, 't') }]);
    const height = scores.find((one) => one.measure === 'heightMiddleMm' && one.level === null)!;
    expect(height).toMatchObject({ n: 2, abstained: 1, unit: 'mm' });
    expect(height.bias!.value).toBeCloseTo(0.25, 12);
    expect(height.meanAbsolute!.value).toBeCloseTo(0.75, 12);
    const sd = Math.sqrt(0.75 ** 2 + 0.75 ** 2);
    expect(height.limits![0]).toBeCloseTo(0.25 - 1.96 * sd, 12);
    expect(scores.find((one) => one.level === 'L4-L5' && one.measure === 'heightMiddleMm')!.bias!.value).toBe(
      -0.5,
    );
    const left = scores.find((one) => one.measure === 'foramenHeightMm.left' && one.level === null)!;
    expect(left).toMatchObject({ n: 1, abstained: 1 });
    expect(left.bias!.value).toBe(-1);
  });
  it('name the row or the column that cannot be', () => {
    expect(() => readMeasures('name,level,girth\na,L5-S1,3\n', 't')).toThrow(/no measure "girth"/);
    expect(() => readMeasures('name,level,slipMm\na,L5-S1,much\n', 't')).toThrow(/row 2: slipMm is "much"/);
    expect(() => readMeasures('name,slipMm\na,1\n', 't')).toThrow(/wants the columns/);
  });
  it('are drawn on the page', () => {
    const html = renderValidation({
      version: '1',
      models: [],
      pictures: [],
      patients: 1,
      structures: [],
      levels: [],
      numbering: null,
      grades: [
        {
          field: 'herniation',
          n: 4,
          abstained: 0,
          positive: 2,
          kappa: null,
          withinOne: null,
          meanError: null,
          auc: null,
          ece: 0.1,
          eceInterval: [0, 0.2],
          reliability: [{ from: 0.1, to: 0.2, n: 4, meanP: 0.15, observed: 0.5 }],
          byLevel: [],
        },
      ],
      measures: scoreMeasures([{ patient: 'p', findings, measured: readMeasures(table, 't') }]),
      notes: [],
    });
    expect(html).toContain('Reliability of herniation');
    expect(html).toContain('Differences of heightMiddleMm');
    expect(html).not.toMatch(/<script|NaN/);
  });
});

describe('reference masks of every kind', () => {
  let dir = '';
  let study: StudyFixture;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'foramen-validate-known-'));
    study = writeFixture(join(dir, 'in'));
  }, SLOW);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** The first series of a path, and labels for it: a block for each of some structures. */
  async function labelled(path: string) {
    const input = await readInput(loadStudy(path), { anyRegion: true });
    if (!input.ok) throw new Error(input.problems[0].what);
    const series = input.value.series[0]!;
    const [w, h] = series.volume.size;
    const data = Uint8Array.from(series.volume.data, (_, n) => {
      const [x, y] = [n % w, Math.floor(n / w) % h];
      const band = Math.floor(y / 20) - 2;
      return x < 90 || x > 150 ? 0 : x > 135 ? 2 : ([44, 95, 45, 100][band] ?? 0);
    });
    return { series, labels: { ...series.volume, data } };
  }
  const kept = (read: Awaited<ReturnType<typeof segmentationOn>>) => {
    if (read === null || !read.ok) throw new Error(read === null ? 'no mask' : read.problems[0].what);
    return [...read.value.labels.data];
  };

  it('NIfTI numbered as TotalSpineSeg and as SPIDER, and MHA, come back as they are', async () => {
    const { series, labels } = await labelled(study.nifti);
    const nifti = writeNiftiLabels(labelsOnSourceGrid(series, labels), series.source.niftiHeader);
    const offset = new DataView(nifti.buffer, nifti.byteOffset).getFloat32(108, true);
    // SPIDER counts vertebrae and discs from the lowest up.
    const spider = new Map([
      [2, 100],
      [45, 1],
      [44, 2],
      [100, 201],
      [95, 202],
    ]);
    const renamed = nifti.slice();
    for (let n = offset; n < renamed.length; n++) renamed[n] = spider.get(renamed[n]!) ?? 0;
    for (const [name, bytes] of [
      ['ours.nii', nifti],
      ['spider.nii', renamed],
      ['ours.mha', asMha(nifti, offset)],
    ] as const) {
      const map = await readInput([{ name, bytes }], { anyRegion: true });
      if (!map.ok) throw new Error(map.problems[0].what);
      expect(kept(maskOn(map.value.series[0]!, series)), name).toEqual([...labels.data]);
    }
  });

  it('a DICOM Segmentation is laid on its study by position, and one of elsewhere is refused', async () => {
    const { series, labels } = await labelled(study.dicom);
    const stamp = { now: '2026-01-01T00:00:00Z', version: '1', models: [] };
    const seg = writeSegmentation(series, labels, stamp);
    if (!seg.ok) throw new Error(seg.problems[0].what);
    expect(kept(await segmentationOn(seg.value.bytes, 'a.dcm', series))).toEqual([...labels.data]);
    const away = {
      ...series,
      volume: { ...series.volume, ijkToLps: shiftedBy(series.volume.ijkToLps, 900) },
    };
    const lost = await segmentationOn(seg.value.bytes, 'a.dcm', away);
    expect(lost?.ok === false && lost.problems[0].what).toContain('lies outside the picture');
    expect(await segmentationOn(readFileSync(study.t2), 'a.png', series)).toBeNull();
  });
});

const shiftedBy = (a: Affine, mm: number): Affine =>
  a.map((v, n) => (n === 3 || n === 7 || n === 11 ? v + mm : v)) as unknown as Affine;

/** The label map of a NIfTI file as MetaImage: world axes of both are millimetres, x and y with opposite signs. */
function asMha(nifti: Uint8Array, offset: number): Uint8Array {
  const view = new DataView(nifti.buffer, nifti.byteOffset);
  const size = [42, 44, 46].map((at) => view.getInt16(at, true));
  const rows = [280, 296, 312].map((at) => [0, 4, 8, 12].map((d) => view.getFloat32(at + d, true)));
  const sign = [-1, -1, 1];
  const spacing = [0, 1, 2].map((c) => Math.hypot(...rows.map((row) => row[c]!)));
  const direction = [0, 1, 2].flatMap((c) => rows.map((row, r) => (sign[r]! * row[c]!) / spacing[c]!));
  const header = [
    'ObjectType = Image',
    'NDims = 3',
    'BinaryData = True',
    'BinaryDataByteOrderMSB = False',
    'CompressedData = False',
    `TransformMatrix = ${direction.join(' ')}`,
    `Offset = ${rows.map((row, r) => sign[r]! * row[3]!).join(' ')}`,
    `ElementSpacing = ${spacing.join(' ')}`,
    `DimSize = ${size.join(' ')}`,
    'ElementType = MET_UCHAR',
    'ElementDataFile = LOCAL\n',
  ].join('\n');
  return Buffer.concat([Buffer.from(header), nifti.subarray(offset)]);
}
