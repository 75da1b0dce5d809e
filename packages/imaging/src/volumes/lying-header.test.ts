import { dataSet, SOP_CLASS, uidFromSeed, writePart10 } from '@foramen/dicom';
import { describe, expect, it } from 'vitest';
import { writeNiftiLabels } from './nifti.ts';
import { readInput } from './read-input.ts';
import type { NamedBytes } from './series.ts';

const SIZE = 40;
const SLICES = 9;
const MM = 4;

/** Lopsided in both directions and nearly alike on neighbouring slices, as a body is. */
const shown = (i: number, j: number, k: number): number =>
  60 + 900 * Math.exp(-((i - 9 - 0.2 * k) ** 2 + (j - 24) ** 2) / 60) + 8 * i + 12 * j;

interface Given {
  readonly k: number;
  readonly pixel?: (i: number, j: number) => number;
  readonly extra?: Parameters<typeof dataSet>[0];
}

/** Sagittal slices 4 mm apart; row direction to posterior, columns to the feet. */
function slice({ k, pixel = (i, j) => shown(i, j, k), extra = {} }: Given): NamedBytes {
  const pixels = new Uint16Array(SIZE * SIZE);
  for (let j = 0; j < SIZE; j++) for (let i = 0; i < SIZE; i++) pixels[j * SIZE + i] = pixel(i, j);
  const set = dataSet({
    SOPClassUID: SOP_CLASS.mr,
    SOPInstanceUID: uidFromSeed(`${k} ${JSON.stringify(extra)}`),
    SeriesInstanceUID: uidFromSeed('series'),
    Modality: 'MR',
    PatientID: 'P1',
    SeriesDescription: 'T2 sag',
    SliceThickness: 3.5,
    SpacingBetweenSlices: MM,
    InstanceNumber: k + 1,
    ImagePositionPatient: [MM * k, -100, 60],
    ImageOrientationPatient: [0, 1, 0, 0, 0, -1],
    PixelSpacing: [2, 2],
    Rows: SIZE,
    Columns: SIZE,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    PixelData: pixels,
    ...extra,
  });
  return { name: `${k}.dcm`, bytes: writePart10(set) };
}

const all = (each: (k: number) => Omit<Given, 'k'>): NamedBytes[] =>
  Array.from({ length: SLICES }, (_, k) => slice({ k, ...each(k) }));
const told = async (files: readonly NamedBytes[]) => {
  const read = await readInput(files);
  return {
    read: read.ok,
    series: read.ok ? read.value.series : [],
    words: (read.ok ? read.warnings : read.problems).map((one) => one.what).join('; '),
  };
};
const value = (volume: { readonly data: Float32Array }, i: number, j: number, k: number): number =>
  volume.data[i + SIZE * (j + SIZE * k)]!;

/** The row direction turned about, with and without the corner it starts from. */
const TURNED = { ImageOrientationPatient: [0, -1, 0, 0, 0, -1] };
const turnedAt = (k: number) => ({ ...TURNED, ImagePositionPatient: [MM * k, -100 + 2 * (SIZE - 1), 60] });

describe('slices mirrored against their neighbours', () => {
  it('are no remark where none is', async () => {
    const { read, words } = await told(all(() => ({})));
    expect(read).toBe(true);
    expect(words).not.toContain('mirror');
  });

  it.each([
    ['in the picture, left to right', (i: number, j: number, k: number) => shown(SIZE - 1 - i, j, k)],
    ['in the picture, upside down', (i: number, j: number, k: number) => shown(i, SIZE - 1 - j, k)],
  ])('every other one %s: refused', async (_, pixel) => {
    const got = await told(all((k) => (k % 2 ? { pixel: (i, j) => pixel(i, j, k) } : {})));
    expect(got.read).toBe(false);
    expect(got.words).toMatch(/4 of 9 slices are mirrored/);
  });

  it.each([
    ['in direction alone', () => TURNED],
    ['in direction and corner', turnedAt],
  ])('every other one by the header %s, not in the picture: refused', async (_, extra) => {
    const got = await told(all((k) => (k % 2 ? { extra: extra(k) } : {})));
    expect(got.read).toBe(false);
    expect(got.words).toMatch(/states slices of this series mirrored/);
  });

  it('every other one by header and picture alike: read as two series, and said', async () => {
    const got = await told(
      all((k) => (k % 2 ? { extra: turnedAt(k), pixel: (i, j) => shown(SIZE - 1 - i, j, k) } : {})),
    );
    expect(got.series.map((one) => one.volume.size[2])).toEqual([5, 4]);
    expect(got.words).toMatch(/stored mirrored against each other/);
    // Both halves lie the same way: the blob is in front.
    for (const { volume } of got.series) expect(value(volume, 9, 24, 1)).toBeGreaterThan(900);
  });

  it('a single one: left out and interpolated, and said', async () => {
    const got = await told(all((k) => (k === 4 ? { pixel: (i, j) => shown(SIZE - 1 - i, j, k) } : {})));
    expect(got.words).toMatch(/1 of 9 slices are mirrored left to right.*\(5\).*left out/);
    const { volume, source } = got.series[0]!;
    expect(source.slices.map((one) => one.acquired).indexOf(false)).toBe(4);
    expect(value(volume, 9, 24, 4)).toBeCloseTo(shown(9, 24, 4), -1);
  });
});

describe('values and what the header says of them', () => {
  it.each([
    ['0', '0'],
    ['abc', '0'],
    [null, null],
    ['1e300', '0'],
    ['1', '1e20'],
  ])('slope %s and intercept %s: stored values, and said', async (slope, intercept) => {
    const got = await told(all(() => ({ extra: { RescaleSlope: slope, RescaleIntercept: intercept } })));
    expect(value(got.series[0]!.volume, 3, 5, 2)).toBe(Math.floor(shown(3, 5, 2)));
    expect(got.words).toMatch(/are no scale for values; stored values were taken/);
  });

  it('a slope of 0 among others: those slices are left out; too many: refused', async () => {
    const scaled = (bad: readonly number[]) =>
      told(all((k) => ({ extra: { RescaleSlope: bad.includes(k) ? '0' : '2', RescaleIntercept: '0' } })));
    const few = await scaled([3]);
    expect(few.words).toMatch(/on 1 of 9 slices, which were left out/);
    expect(value(few.series[0]!.volume, 9, 24, 3)).toBeGreaterThan(1800);
    expect((await scaled([1, 3, 5, 7])).read).toBe(false);
  });

  it('bits beyond those stored: refused', async () => {
    const got = await told(all(() => ({ extra: { BitsStored: 8, HighBit: 7 } })));
    expect(got.read).toBe(false);
    expect(got.words).toMatch(/bits outside those the header says are stored/);
    expect((await told(all(() => ({ extra: { HighBit: 15 } })))).read).toBe(false);
  });

  it('but not where the header says an overlay lies in them', async () => {
    const files = all((k) => ({ pixel: (i, j) => Math.floor(shown(i, j, k)) + (i === 20 ? 0x1000 : 0) }));
    expect((await told(files)).read).toBe(false);
    // OverlayBitPosition of the first overlay group.
    const marked = files.map(({ name, bytes }) => {
      const at = bytes.findIndex(
        (_, n) => bytes[n] === 0xe0 && bytes[n + 1] === 0x7f && bytes[n + 2] === 0x10,
      );
      const overlay = Uint8Array.of(0x00, 0x60, 0x02, 0x01, 0x55, 0x53, 2, 0, 12, 0);
      const out = new Uint8Array(bytes.length + overlay.length);
      out.set(bytes.subarray(0, at));
      out.set(overlay, at);
      out.set(bytes.subarray(at), at + overlay.length);
      return { name, bytes: out };
    });
    const got = await told(marked);
    expect(got.read).toBe(true);
    expect(value(got.series[0]!.volume, 20, 5, 2)).toBe(Math.floor(shown(20, 5, 2)));
  });

  it('negative numbers called unsigned are read as signed, and said', async () => {
    const low = (k: number) => (i: number, j: number) => Math.floor(shown(i, j, k)) - 200;
    for (const bits of [12, 16]) {
      const extra = { BitsStored: bits, HighBit: bits - 1 };
      const got = await told(all((k) => ({ extra, pixel: low(k) })));
      expect(got.words).toMatch(/were read as signed/);
      expect(value(got.series[0]!.volume, 1, 1, 2)).toBe(low(2)(1, 1));
      expect(low(2)(1, 1)).toBeLessThan(0);
    }
  });

  it('large numbers called signed are read as unsigned, and said', async () => {
    const high = (k: number) => (i: number, j: number) => Math.floor(35 * shown(i, j, k));
    const extra = { BitsStored: 16, HighBit: 15, PixelRepresentation: 1 };
    const got = await told(all((k) => ({ extra, pixel: high(k) })));
    expect(got.words).toMatch(/were read as unsigned/);
    expect(value(got.series[0]!.volume, 10, 24, 5)).toBe(high(5)(10, 24));
    expect(high(5)(10, 24)).toBeGreaterThan(32767);
  });

  it('negative numbers called so are no remark', async () => {
    const pixel = (k: number) => (i: number, j: number) => shown(i, j, k) - 400;
    const got = await told(all((k) => ({ extra: { PixelRepresentation: 1 }, pixel: pixel(k) })));
    expect(got.words).not.toMatch(/signed/);
  });

  it('values beyond the stated smallest and largest are said', async () => {
    const extra = { SmallestImagePixelValue: 500, LargestImagePixelValue: 600 };
    expect((await told(all(() => ({ extra })))).words).toMatch(/values of 9 slices lie outside/);
  });
});

describe('several acquisitions in one series', () => {
  it('at the same places with other pictures: said', async () => {
    const again = slice({ k: 3, pixel: (i, j) => shown(i, j, 3) + 100, extra: { InstanceNumber: 30 } });
    const got = await told([...all(() => ({})), again]);
    expect(got.words).toMatch(/at 1 places two different pictures lie/);
    expect(value(got.series[0]!.volume, 3, 5, 3)).toBe(Math.floor(shown(3, 5, 3)));
  });

  it('of other picture size or pixel spacing: series of their own, and said', async () => {
    const got = await told(all((k) => (k % 2 ? { extra: { PixelSpacing: [2, 1] } } : {})));
    expect(got.series.map((one) => one.volume.size[2])).toEqual([5, 4]);
    expect(got.words).toMatch(/differ in picture size or pixel spacing/);
  });

  it('with a hole of more than two slices: divided, and said', async () => {
    const got = await told(all(() => ({})).filter((_, k) => k < 3 || k > 5));
    expect(got.words).toMatch(/3 slices in a row are missing/);
  });

  it('farther apart by their positions than the header says: positions are taken, and said', async () => {
    const got = await told(all((k) => ({ extra: { ImagePositionPatient: [12 * k, -100, 60] } })));
    expect(got.series[0]!.volume.spacing[2]).toBeCloseTo(12);
    expect(got.words).toMatch(/slices lie 12.0 mm apart by their positions, 4 mm by the stated spacing/);
  });

  it('between each other: two series', async () => {
    const second = Array.from({ length: SLICES }, (_, k) =>
      slice({ k, extra: { ImagePositionPatient: [MM * k + 1.4, -100, 60], InstanceNumber: 30 + k } }),
    );
    const got = await told([...all(() => ({})), ...second]);
    expect(got.series.map((one) => one.volume.size[2])).toEqual([SLICES, SLICES]);
    expect(got.series.every((one) => Math.abs(one.volume.spacing[2] - MM) < 1e-6)).toBe(true);
    expect(got.words).toMatch(/lie between each other/);
  });
});

describe('files of other formats', () => {
  const meta = (matrix: string): NamedBytes => ({
    name: 'a_t2.mha',
    bytes: new TextEncoder().encode(
      `ObjectType = Image\nNDims = 3\nTransformMatrix = ${matrix}\nElementSpacing = 0.5 0.8 4\nDimSize = 2 2 2\nElementType = MET_UCHAR\nElementDataFile = LOCAL\nabcdefgh`,
    ),
  });

  it.each([
    ['singular', '1 0 0 1 0 0 0 0 1'],
    ['skewed', '0 1 0 0 0.6 -0.8 1 0 0'],
    ['of directions longer than 1', '0 2 0 0 0 -2 1 0 0'],
  ])('a MetaImage whose TransformMatrix is %s: refused', async (_, matrix) => {
    expect((await told([meta(matrix)])).words).toMatch(/TransformMatrix is no rotation/);
    expect((await told([meta('0 0.9999 0.01 0 0.01 -0.9999 1 0 0')])).read).toBe(true);
  });

  it('a NIfTI whose scale leaves nothing of the values: stored values, and said', async () => {
    const bytes = writeNiftiLabels({
      size: [2, 2, 1],
      spacing: [1, 1, 4],
      ijkToLps: [0, 0, 4, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 1],
      data: Uint8Array.of(1, 2, 3, 250),
    });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setFloat32(112, 1e30, true);
    view.setFloat32(116, 1e38, true);
    const got = await told([{ name: 'a_t2.nii', bytes }]);
    expect(Math.max(...got.series[0]!.volume.data)).toBe(250);
    expect(got.words).toMatch(/are no scale for values/);
  });
});

describe('a 3-D series cut in another plane', () => {
  /** 64 slices of 1 mm across the body, or from front to back. */
  const solid = (orientation: readonly number[], at: (k: number) => readonly number[]) =>
    Array.from({ length: 64 }, (_, k) =>
      slice({
        k,
        extra: {
          ImageOrientationPatient: orientation,
          ImagePositionPatient: at(k),
          PixelSpacing: [1, 1],
          SliceThickness: 1,
          SpacingBetweenSlices: 1,
        },
      }),
    );

  it.each([
    ['axial', [1, 0, 0, 0, 1, 0], (k: number) => [0, 0, k]],
    ['coronal', [1, 0, 0, 0, 0, -1], (k: number) => [0, k, 0]],
  ])('%s slices are read as sagittal where there is no other', async (_, orientation, at) => {
    const got = await told(solid(orientation, at));
    expect(got.series[0]!.plane).toBe('sagittal');
    expect(got.series[0]!.reading.role).toBe('sagittal-T2');
    expect(got.series[0]!.volume.size[2]).toBe(SIZE);
  });
});

describe('MONOCHROME1', () => {
  /** A body in air. */
  const body = (i: number, j: number, k: number): number =>
    i < 8 || i > 33 ? (i * j) % 5 : 300 + shown(i, j, k);
  const called = { PhotometricInterpretation: 'MONOCHROME1' };

  it('of a picture that is stored so is turned about', async () => {
    const { series, words } = await told(
      all((k) => ({ pixel: (i, j) => 4095 - body(i, j, k), extra: called })),
    );
    expect(words).not.toContain('MONOCHROME1');
    expect(value(series[0]!.volume, 2, 20, 4)).toBeLessThan(value(series[0]!.volume, 20, 20, 4));
  });

  it('of a picture whose air would be the brightest is not believed, and said', async () => {
    const { series, words } = await told(all((k) => ({ pixel: (i, j) => body(i, j, k), extra: called })));
    expect(words).toContain('MONOCHROME1');
    const { volume } = series[0]!;
    expect(value(volume, 2, 20, 4)).toBeLessThan(6);
    expect(Math.abs(value(volume, 20, 20, 4) - body(20, 20, 4))).toBeLessThan(2);
  });
});

describe('values that stand for nothing, and sizes that nothing has', () => {
  it('padding is as dark as the darkest of the picture, whichever sign it was written with', async () => {
    const pixel = (k: number) => (i: number, j: number) => (i < 6 ? 4000 : shown(i, j, k));
    const padded = await told(all((k) => ({ pixel: pixel(k), extra: { PixelPaddingValue: 4000 } })));
    const plain = await told(all((k) => ({ pixel: pixel(k) })));
    const highest = (one: Awaited<ReturnType<typeof told>>) =>
      one.series[0]!.volume.data.reduce((a, b) => Math.max(a, b));
    expect(highest(plain)).toBe(4000);
    expect(highest(padded)).toBeLessThan(2000);
    // A range reaches from the value to its limit.
    const ranged = await told(
      all((k) => ({ pixel: pixel(k), extra: { PixelPaddingValue: 3900, PixelPaddingRangeLimit: 4095 } })),
    );
    expect(highest(ranged)).toBeLessThan(2000);
  });

  it('a picture of several metres is refused in words, and not resampled for minutes', async () => {
    const metres = await told(all(() => ({ extra: { PixelSpacing: [40, 40] } })));
    expect(metres.read).toBe(false);
    expect(metres.words).toMatch(/1\.6 m wide/);
  });

  it('slices that are all said to lie at one place are one stack, in the order of their numbers', async () => {
    const still = { ImagePositionPatient: [0, -100, 60] };
    const lost = await told(all(() => ({ extra: still })));
    expect(lost.series).toHaveLength(1);
    expect(lost.series[0]!.volume.size[2]).toBe(SLICES);
    expect(lost.series[0]!.hasGeometry).toBe(false);
    expect(lost.words).toMatch(/all 9 slices are said to lie at one place/);
    // One slice taken again and again says when.
    const cine = await told(all((k) => ({ extra: { ...still, TriggerTime: 40 * k } })));
    expect(cine.words).not.toMatch(/at one place/);
  });
});
