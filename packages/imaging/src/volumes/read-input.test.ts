import { type DataSet, dataSet, SOP_CLASS, TRANSFER_SYNTAX, uidFromSeed, writePart10 } from '@foramen/dicom';
import { type LabelVolume, voxelToLps } from '@foramen/spine';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { writeLabelFile } from './label-files.ts';
import { readInput } from './read-input.ts';
import { labelsOnSourceGrid, type NamedBytes } from './series.ts';

const COLUMNS = 12;
const ROWS = 16;

interface SliceSpec {
  readonly k: number;
  readonly orientation?: readonly number[];
  readonly position?: readonly number[];
  readonly extra?: Parameters<typeof dataSet>[0];
  readonly uid?: string;
  readonly transferSyntax?: string;
}

/** A value that no flip, transpose or reordering leaves in place. */
const valueAt = (i: number, j: number, k: number): number => 1 + i + 20 * j + 400 * k;

/** Sagittal slice as acquired: rows run to posterior, columns to the feet, slices at x = 20 - 4k (right to left backwards). */
function slice(spec: SliceSpec): NamedBytes {
  const { k } = spec;
  const pixels = new Uint16Array(COLUMNS * ROWS);
  for (let j = 0; j < ROWS; j++) for (let i = 0; i < COLUMNS; i++) pixels[j * COLUMNS + i] = valueAt(i, j, k);
  const set: DataSet = dataSet({
    SOPClassUID: SOP_CLASS.mr,
    SOPInstanceUID: spec.uid ?? uidFromSeed(`slice ${k}`),
    StudyInstanceUID: uidFromSeed('study'),
    SeriesInstanceUID: uidFromSeed('series'),
    FrameOfReferenceUID: uidFromSeed('frame'),
    Modality: 'MR',
    PatientID: 'P1',
    StudyDate: '20250102',
    SeriesDescription: 'T2 TSE sag',
    EchoTime: 100,
    RepetitionTime: 3500,
    SliceThickness: 3.5,
    SpacingBetweenSlices: 4,
    ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
    InstanceNumber: k + 1,
    ImagePositionPatient: spec.position ?? [20 - 4 * k, -100, 60],
    ImageOrientationPatient: spec.orientation ?? [0, 1, 0, 0, 0, -1],
    PixelSpacing: [0.8, 0.5],
    Rows: ROWS,
    Columns: COLUMNS,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: pixels,
    ...spec.extra,
  });
  const transferSyntax = spec.transferSyntax ?? TRANSFER_SYNTAX.explicitLittle;
  return { name: `dir/${k}.dcm`, bytes: writePart10(set, { transferSyntax }) };
}

const read = async (files: readonly NamedBytes[], options = {}) => {
  const result = await readInput(files, options);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
};

describe('a sagittal DICOM series', () => {
  const files = [3, 0, 2, 4, 1].map((k) => slice({ k }));

  it('is sorted by position and turned right to left, with every voxel where the header puts it', async () => {
    const { value } = await read(files);
    const series = value.series[0]!;
    expect(series.reading.role).toBe('sagittal-T2');
    expect(series.volume.size).toEqual([COLUMNS, ROWS, 5]);
    expect(series.volume.spacing.map((mm) => Number(mm.toFixed(6)))).toEqual([0.5, 0.8, 4]);
    for (const [i, j, k] of [
      [0, 0, 0],
      [3, 5, 1],
      [11, 15, 4],
    ] as const) {
      const [x, y, z] = voxelToLps(series.volume.ijkToLps, i, j, k);
      const acquired = (20 - x) / 4;
      expect(acquired).toBeCloseTo(4 - k, 6);
      expect([y, z]).toEqual([-100 + 0.5 * i, 60 - 0.8 * j].map((n) => expect.closeTo(n, 6)));
      expect(series.volume.data[i + COLUMNS * (j + ROWS * k)]).toBe(valueAt(i, j, 4 - k));
    }
    expect(series.sopInstanceUids?.[0]).toBe(uidFromSeed('slice 4'));
    expect(series.studyDate).toBe('2025-01-02');
  });

  it('reads the same from every transfer syntax we write', async () => {
    for (const transferSyntax of [
      TRANSFER_SYNTAX.implicitLittle,
      TRANSFER_SYNTAX.deflated,
      TRANSFER_SYNTAX.rle,
    ]) {
      const { value } = await read([0, 1, 2, 3, 4].map((k) => slice({ k, transferSyntax })));
      const { value: plain } = await read(files);
      expect(value.series[0]!.volume.data).toEqual(plain.series[0]!.volume.data);
    }
  });

  it('interpolates one missing slice, says so, and marks it', async () => {
    const { value, warnings } = await read(files.filter((file) => file.name !== 'dir/2.dcm'));
    const series = value.series[0]!;
    expect(series.volume.size[2]).toBe(5);
    expect(series.source.slices.filter((one) => !one.acquired)).toHaveLength(1);
    expect(series.volume.data[0 + ROWS * COLUMNS * 2]).toBe(valueAt(0, 0, 2));
    expect(warnings.map((w) => w.what).join()).toContain('1 of 5 slices are missing');
  });

  it('interpolates single missing slices up to a third of all, and says why it takes no more', async () => {
    const without = (...gone: readonly number[]) =>
      Array.from({ length: 15 }, (_, k) => k)
        .filter((k) => !gone.includes(k))
        .map((k) => slice({ k }));
    const { value } = await read(without(2, 5, 9, 12));
    const made = value.series[0]!.acquired!.flatMap((is, k) => (is ? [] : [k]));
    expect(made).toEqual([2, 5, 9, 12].map((k) => 14 - k).sort((a, b) => a - b));
    const refused = await readInput(without(1, 2, 5, 6, 9, 10));
    expect(refused.ok ? '' : refused.problems[0].what).toContain('6 of 15 slices are missing');
  });

  it('gives a series that states no UID one of its own, which what is written of it can name', async () => {
    const { value } = await read([0, 1, 2].map((k) => slice({ k, extra: { SeriesInstanceUID: null } })));
    expect(value.series).toHaveLength(1);
    expect(value.series[0]!.reading.seriesUid).toMatch(/^[\d.]+$/);
  });

  it('drops duplicates, whether the same object or another at the same place', async () => {
    const { value, warnings } = await read([...files, files[0]!, slice({ k: 1, uid: uidFromSeed('copy') })]);
    expect(value.series).toHaveLength(1);
    expect(value.series[0]!.volume.size[2]).toBe(5);
    expect(warnings.map((w) => w.what).join()).toContain('2 duplicate slices');
  });

  it('takes slices through a steep disc for axial where the series says so or its others are', async () => {
    const tilted = (deg: number, words: string, key: string) => {
      const [c, t] = [Math.cos((deg * Math.PI) / 180), Math.sin((deg * Math.PI) / 180)];
      return [0, 1, 2].map((k) =>
        slice({
          k,
          uid: uidFromSeed(`${key} ${k}`),
          orientation: [1, 0, 0, 0, c, t],
          position: [-50, -80 - 4 * k * t, 4 * k * c],
          extra: { SeriesDescription: words },
        }),
      );
    };
    for (const deg of [30, 40, 50, 60]) {
      const { value } = await read(tilted(deg, 'T2 TSE ax disc', `ax${deg}`));
      const series = value.series[0]!;
      expect([series.plane, series.reading.role], `${deg}`).toEqual(['axial', 'axial-T2']);
      expect(series.volume.size).toEqual([COLUMNS, ROWS, 3]);
      const [, dy, dz] = [0, 1, 2].map((r) => series.volume.ijkToLps[4 * r + 2]!);
      expect(dz).toBeGreaterThan(0);
      expect(dy).toBeLessThan(0);
    }
    const coronal = await read(tilted(50, 'T2 TSE cor SIJ', 'cor'));
    expect(coronal.value.series[0]!.reading.role).toBe('unknown');
    const unsaid = await read(tilted(50, 'T2 TSE', 'unsaid'));
    expect(unsaid.value.series[0]!.reading.role).toBe('unknown');
    const beside = await read([...tilted(50, 'T2 TSE', 'steep'), ...tilted(10, 'T2 TSE', 'flat')]);
    expect(beside.value.series.map((one) => one.reading.role)).toEqual(['axial-T2', 'axial-T2']);
  });

  it('keeps orientations, echoes and far blocks apart', async () => {
    const axial = [0, 1, 2].map((k) =>
      slice({ k, uid: uidFromSeed(`ax ${k}`), orientation: [1, 0, 0, 0, 1, 0], position: [-50, -80, 4 * k] }),
    );
    const echo = [0, 1, 2].map((k) => slice({ k, uid: uidFromSeed(`echo ${k}`), extra: { EchoTime: 20 } }));
    const { value } = await read([...files, ...axial, ...echo]);
    expect(value.series.map((one) => [one.plane, one.volume.size[2]]).sort()).toEqual([
      ['axial', 3],
      ['sagittal', 3],
      ['sagittal', 5],
    ]);
    const blocks = await read(
      [0, 1, 2, 10, 11, 12].map((k) =>
        slice({ k, orientation: [1, 0, 0, 0, 1, 0], position: [-50, -80, 4 * k] }),
      ),
    );
    expect(blocks.value.series.map((one) => one.volume.size[2])).toEqual([3, 3]);
    expect(new Set(blocks.value.series.map((one) => one.id)).size).toBe(2);
  });

  it('keeps the shear of slices shifted in their plane', async () => {
    const { value } = await read([0, 1, 2].map((k) => slice({ k, position: [20 - 4 * k, -100 + k, 60] })));
    const { volume } = value.series[0]!;
    expect(voxelToLps(volume.ijkToLps, 0, 0, 0)[1]).toBeCloseTo(-98, 6);
    expect(voxelToLps(volume.ijkToLps, 0, 0, 2)[1]).toBeCloseTo(-100, 6);
  });

  it('applies rescale and turns MONOCHROME1', async () => {
    const extra = { RescaleSlope: 2, RescaleIntercept: -5 };
    const scaled = await read([slice({ k: 0, extra })]);
    expect(scaled.value.series[0]!.volume.data[0]).toBe(-3);
    const dark = await read([slice({ k: 0, extra: { PhotometricInterpretation: 'MONOCHROME1' } })]);
    expect(dark.value.series[0]!.volume.data[0]).toBe(65534);
  });

  it('reads an enhanced multi-frame object by its functional groups', async () => {
    const one = (k: number) =>
      dataSet({
        PlanePositionSequence: dataSet({ ImagePositionPatient: [20 - 4 * k, -100, 60] }),
        FrameContentSequence: dataSet({ StackID: '1', InStackPositionNumber: k + 1 }),
      });
    const pixels = new Uint16Array(COLUMNS * ROWS * 3);
    for (let n = 0; n < pixels.length; n++) pixels[n] = n;
    const enhanced = slice({
      k: 0,
      extra: {
        SOPClassUID: SOP_CLASS.enhancedMr,
        NumberOfFrames: 3,
        ImagePositionPatient: undefined,
        ImageOrientationPatient: undefined,
        PixelSpacing: undefined,
        PixelData: pixels,
        SharedFunctionalGroupsSequence: dataSet({
          PlaneOrientationSequence: dataSet({ ImageOrientationPatient: [0, 1, 0, 0, 0, -1] }),
          PixelMeasuresSequence: dataSet({ PixelSpacing: [0.8, 0.5], SliceThickness: 4 }),
        }),
        PerFrameFunctionalGroupsSequence: [2, 0, 1].map(one),
      },
    });
    const { value } = await read([enhanced]);
    const series = value.series[0]!;
    expect(series.volume.size).toEqual([COLUMNS, ROWS, 3]);
    // Frame 1 lies at k = 2, the most rightward, so it comes first.
    expect(series.volume.data[0]).toBe(0);
    expect(series.source.slices.map((one) => one.frame)).toEqual([2, 3, 1]);
  });

  it('carries labels back to the source grid voxel for voxel', async () => {
    const { value } = await read(files);
    const series = value.series[0]!;
    const data = new Uint8Array(series.volume.data.length);
    data[2 + COLUMNS * (3 + ROWS * 4)] = 95;
    const labels: LabelVolume = { ...series.volume, data };
    const own = labelsOnSourceGrid(series, labels);
    const at = own.data.indexOf(95);
    const source = [
      at % COLUMNS,
      Math.floor(at / COLUMNS) % ROWS,
      Math.floor(at / (COLUMNS * ROWS)),
    ] as const;
    expect(voxelToLps(own.ijkToLps, ...source)).toEqual(
      voxelToLps(series.volume.ijkToLps, 2, 3, 4).map((n) => expect.closeTo(n, 6)),
    );
  });
});

describe('a CT of the lumbar spine', () => {
  const axial = (count: number, mm: number, extra = {}): NamedBytes[] =>
    Array.from({ length: count }, (_, k) =>
      slice({
        k,
        position: [-3, -100, mm * k],
        orientation: [1, 0, 0, 0, 1, 0],
        extra: {
          Modality: 'CT',
          BodyPartExamined: 'LSPINE',
          SeriesDescription: 'bone',
          RescaleIntercept: -1024,
          EchoTime: undefined,
          RepetitionTime: undefined,
          SpacingBetweenSlices: undefined,
          SliceThickness: mm,
          ...extra,
        },
      }),
    );

  it('of close axial slices is read as the sagittal picture they make, on its own grid', async () => {
    const result = await readInput(axial(45, 2));
    if (!result.ok) throw new Error(result.problems[0].what);
    const [series] = result.value.series;
    expect(series?.contrast).toBe('ct');
    expect(series?.plane).toBe('sagittal');
    expect(series?.reading.role).toBe('sagittal-unknown');
    // Anterior to posterior, head to foot, right to left.
    expect(series?.volume.size).toEqual([ROWS, 45, COLUMNS]);
    expect(series?.volume.spacing.map((mm) => Number(mm.toFixed(2)))).toEqual([0.8, 2, 0.5]);
    expect(series?.source.size).toEqual([COLUMNS, ROWS, 45]);
    expect(series?.volume.data[0]).toBe(valueAt(0, 0, 44) - 1024);
  });

  it('of far axial slices has no sagittal picture', async () => {
    const result = await readInput(axial(20, 5));
    expect(result.ok && result.value.series[0]?.roleReason).toContain('5.0 mm apart');
  });
});

describe('what is not a lumbar MR', () => {
  it.each([
    ['modality', { Modality: 'CT', SeriesDescription: 'chest' }, 'wrong-modality'],
    ['body part', { BodyPartExamined: 'HEAD', SeriesDescription: 'T2 sag' }, 'wrong-body-part'],
    ['knee', { StudyDescription: 'MRI Knee left', SeriesDescription: 'PD sag' }, 'wrong-body-part'],
  ])('is refused by its %s', async (_, extra, code) => {
    const result = await readInput([slice({ k: 0, extra })]);
    expect(result.ok ? 'read' : result.problems[0].code).toBe(code);
  });

  it('is one clear line for text, an empty file, a cut file, two patients, a DICOMDIR alone', async () => {
    const whole = slice({ k: 0 }).bytes;
    const other = slice({ k: 1, extra: { PatientID: 'P2' } });
    const cases: readonly (readonly [readonly NamedBytes[], string])[] = [
      [[{ name: 'a.txt', bytes: new TextEncoder().encode('hello, this is no picture') }], 'unreadable'],
      [[{ name: 'a', bytes: new Uint8Array(0) }], 'unreadable'],
      [[{ name: 'a.dcm', bytes: whole.subarray(0, whole.length - 40) }], 'truncated'],
      [[slice({ k: 0 }), other], 'contradiction'],
      [[], 'missing'],
    ];
    for (const [files, code] of cases) {
      const result = await readInput(files);
      expect(result.ok ? 'read' : result.problems[0].code).toBe(code);
    }
  });
});

describe('PNG', () => {
  it("reads a 16-bit grey PNG with the caller's spacing and writes labels in its grid", async () => {
    const data = Uint16Array.from({ length: 12 }, (_, n) => n * 5000);
    const bytes = encode({ width: 4, height: 3, data, depth: 16, channels: 1 });
    const { value } = await read([{ name: 'a.png', bytes }], { spacing: [0.6, 0.5] });
    const series = value.series[0]!;
    expect(series.reading.spacingFrom).toBe('caller');
    expect(series.volume.spacing).toEqual([0.5, 0.6, 4]);
    expect([...series.volume.data]).toEqual([...data]);
    const labels = { ...series.volume, data: Uint8Array.from({ length: 12 }, (_, n) => n * 9) };
    const back = await read([{ name: 'b.png', bytes: writeLabelFile(series, labels).bytes }]);
    expect([...back.value.series[0]!.volume.data]).toEqual([...labels.data]);
  });

  it('refuses colour and cut PNG', async () => {
    const colour = encode({ width: 2, height: 1, data: Uint8Array.from([1, 2, 3, 4, 5, 6]), channels: 3 });
    const grey = encode({
      width: 64,
      height: 64,
      data: Uint8Array.from({ length: 4096 }, (_, n) => (n * 7) % 251),
      channels: 1,
    });
    const one = await readInput([{ name: 'c.png', bytes: colour }]);
    const two = await readInput([{ name: 'd.png', bytes: grey.subarray(0, grey.length - 30) }]);
    expect(one.ok ? '' : one.problems[0].code).toBe('unsupported');
    expect(two.ok ? '' : two.problems[0].code).toBe('truncated');
  });
});
