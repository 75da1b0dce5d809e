import { describe, expect, it } from 'vitest';
import { type DataSet, dataSet, element } from '../data-set.ts';
import type { Tag } from '../dictionary.ts';
import { greyPicture } from './grey-scale.ts';

type Entries = Parameters<typeof dataSet>[0];
const show = (set: Entries | DataSet, samples: readonly number[], index = 0): number[] => [
  ...greyPicture(set instanceof Map ? (set as DataSet) : dataSet(set as Entries), index, samples),
];
const exact = (center: number, width: number): Entries => ({
  WindowCenter: center,
  WindowWidth: width,
  VOILUTFunction: 'LINEAR_EXACT',
});
const voi = (center: number, width: number): Entries => ({
  FrameVOILUTSequence: [dataSet(exact(center, width))],
});
const scale = (slope: number, intercept: number): Entries => ({
  PixelValueTransformationSequence: [dataSet({ RescaleSlope: slope, RescaleIntercept: intercept })],
});

describe('a frame of an enhanced object', () => {
  const groups = {
    ...exact(1, 2),
    RescaleSlope: 100,
    SharedFunctionalGroupsSequence: [dataSet({ ...voi(50, 100), ...scale(2, 0) })],
    PerFrameFunctionalGroupsSequence: [
      dataSet({ ...voi(500, 1000), ...scale(10, 0) }),
      dataSet(voi(50, 10)),
      dataSet({}),
    ],
  } satisfies Entries;

  it('is shown by its own window and scale, else by those of all frames', () => {
    expect(show(groups, [0, 20, 100], 0)).toEqual([0, 51, 255]);
    // Its own window, the scale of all.
    expect(show(groups, [0, 25, 100], 1)).toEqual([0, 128, 255]);
    expect(show(groups, [0, 10, 50], 2)).toEqual([0, 51, 255]);
  });

  it('falls back to what stands outside the groups', () => {
    expect(
      show({ ...exact(100, 200), PerFrameFunctionalGroupsSequence: [dataSet({})] }, [0, 50, 200]),
    ).toEqual([0, 64, 255]);
  });
});

describe('a table', () => {
  const lut = (first: number, bits: number, data: readonly number[]): DataSet =>
    dataSet({ LUTDescriptor: [data.length, first, bits], LUTData: data });

  it('of the modality goes before the window; outside it hold the values of its ends', () => {
    const set = { ModalityLUTSequence: [lut(10, 16, [0, 500, 1000])], ...exact(500, 1000), RescaleSlope: 7 };
    expect(show(set, [0, 10, 11, 12, 99])).toEqual([0, 0, 128, 255, 255]);
  });

  it('of values of interest is shown by its bits; a window goes before it', () => {
    const table = { VOILUTSequence: [lut(0, 8, [255, 51, 0])] };
    expect(show(table, [0, 1, 2])).toEqual([255, 51, 0]);
    expect(show({ ...table, ...exact(1, 2) }, [0, 1, 2])).toEqual([0, 128, 255]);
    const wide = { VOILUTSequence: [lut(0, 12, [0, 4095])] };
    expect(show(wide, [0, 1])).toEqual([0, 255]);
  });

  it('as words or packed bytes, from a negative first value, too short or with no table at all', () => {
    const words = new Map(lut(0, 8, [])).set(0x00283006 as Tag, element('OW', Uint16Array.of(255, 0)));
    words.set(0x00283002 as Tag, element('US', [2, 0xffff, 8]));
    expect(show({ VOILUTSequence: [words], PixelRepresentation: 1 }, [-1, 0])).toEqual([255, 0]);
    const packed = new Map(words).set(0x00283006 as Tag, element('OW', Uint8Array.of(255, 0)));
    expect(show({ VOILUTSequence: [packed], PixelRepresentation: 1 }, [-1, 0])).toEqual([255, 0]);
    const short = new Map(words).set(0x00283002 as Tag, element('US', [9, 0, 8]));
    expect(show({ VOILUTSequence: [short] }, [0, 4])).toEqual([0, 255]);
  });
});

describe('a picture without a window', () => {
  it('is shown by the range of its values, without its padding', () => {
    expect(show({}, [10, 20, 30])).toEqual([0, 128, 255]);
    expect(show({ RescaleSlope: -1 }, [10, 20, 30])).toEqual([255, 128, 0]);
    expect(show({ PixelPaddingValue: 4000 }, [10, 20, 30, 4000])).toEqual([0, 128, 255, 255]);
    expect(show({ PixelPaddingValue: 5 }, [5, 5])).toHaveLength(2);
  });

  it('is turned round once, by its shape or by its photometric interpretation', () => {
    const dark = { PhotometricInterpretation: 'MONOCHROME1' } as const;
    expect(show(dark, [0, 1])).toEqual([255, 0]);
    expect(show({ ...dark, PresentationLUTShape: 'INVERSE' }, [0, 1])).toEqual([255, 0]);
    expect(show({ ...dark, PresentationLUTShape: 'IDENTITY' }, [0, 1])).toEqual([0, 255]);
    expect(show({ PresentationLUTShape: 'INVERSE' }, [0, 1])).toEqual([255, 0]);
  });
});
