import { affineFrom, type Vec3, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../segmentation/network.ts';
import { axesForView, reorient } from '../volumes/orientation.ts';
import type { Contrast, InputSeries } from '../volumes/series.ts';
import { channelOf, picturesFor } from './pictures-for.ts';
import type { NnunetPlan } from './plan.ts';
import { runSiteModel } from './site-model.ts';

const planOf = (...names: string[]): NnunetPlan => ({
  name: 'Dataset7',
  configuration: '3d_fullres',
  dimensions: 3,
  patchSize: [4, 16, 12],
  spacing: [4, 1, 1],
  transpose: [0, 1, 2],
  inputs: names.map((name) => ({ name, normalisation: { scheme: 'none' } })),
  reorientToRas: false,
  channels: [{ kind: 'background' }, { kind: 'label', label: 45 }, { kind: 'label', label: 50 }],
  regions: false,
});

interface Made {
  readonly name?: string;
  readonly size?: Vec3;
  readonly spacing?: Vec3;
  readonly origin?: Vec3;
  readonly frame?: string;
  readonly geometry?: boolean;
  readonly plane?: 'sagittal' | 'axial';
}

/** A sagittal series whose value is a function of the place in the patient. */
function series(contrast: Contrast, value: (p: Vec3) => number, made: Made = {}): InputSeries {
  const { size = [20, 36, 6], spacing = [1, 1, 4], origin = [-10, 0, 0] } = made;
  const ijkToLps = affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    spacing,
    origin,
  );
  const data = new Float32Array(size[0] * size[1] * size[2]);
  for (let k = 0, n = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, n++)
        data[n] = value([origin[0] + k * spacing[2], origin[1] + i * spacing[0], origin[2] - j * spacing[1]]);
  const axes = axesForView(ijkToLps, 'sagittal');
  const volume: Volume<Float32Array> = reorient({ size, ijkToLps, data }, axes);
  return {
    name: made.name ?? contrast,
    id: made.name ?? contrast,
    format: 'dicom',
    volume,
    plane: made.plane ?? 'sagittal',
    contrast,
    header: {},
    reading: { role: 'sagittal-T2', size: volume.size, spacingMm: volume.spacing, spacingFrom: 'file' },
    hasGeometry: made.geometry ?? true,
    frameOfReferenceUid: made.frame ?? '1.2.3',
    source: { size, spacing, ijkToLps, slices: [] },
    axes,
    warnings: [],
  };
}

const slope = (p: Vec3): number => 100 + p[0] + 2 * p[1] - 3 * p[2] + 0.25;
const problemOf = (read: ReturnType<typeof picturesFor>): string =>
  read.ok ? '' : `${read.problems[0].where}: ${read.problems[0].what}`;

describe('pictures for a network of several inputs', () => {
  it('are found by weighting and laid on the grid of the first, wherever they lie in the list', () => {
    const t1 = series('t1', slope, { size: [30, 50, 9], spacing: [0.8, 0.9, 3.5], origin: [-12, -2, 3] });
    const t2 = series('t2', (p) => p[2] + 0.5);
    const axial = series('t1', slope, { plane: 'axial', name: 'axial' });
    const read = picturesFor(planOf('T2w', 'MR_T1'), [axial, t1, t2]);
    if (!read.ok) throw new Error(problemOf(read));
    const [first, second] = read.value;
    expect(first).toBe(t2);
    const expected = series('t1', slope);
    expect(second?.volume.size).toEqual(t2.volume.size);
    second?.volume.data.forEach((v, n) => {
      expect(v).toBeCloseTo(expected.volume.data[n] as number, 3);
    });
  });

  it('are found by the file names of nnU-Net', () => {
    const one = series('unknown', slope, { name: 'case_0001.nii.gz' });
    const none = series('unknown', (p) => p[1] + 0.5, { name: 'case_0000.nii.gz' });
    const read = picturesFor(planOf('MRI', 'also MRI'), [one, none]);
    expect(read.ok && read.value.map((s) => s.name)).toEqual(['case_0000.nii.gz', 'case_0000.nii.gz']);
    expect(problemOf(picturesFor(planOf('MRI', 'also MRI', 'third'), [one, none]))).toMatch(
      /reads 3 pictures, and none is named _0002 \(third\)/,
    );
    expect([channelOf('a/b_0003.nii'), channelOf('101_t2.png'), channelOf('x_2024.mha')]).toEqual([
      3,
      null,
      2024,
    ]);
  });

  it.each<[string, InputSeries[], RegExp, string[]]>([
    ['a weighting that is not there', [series('t2', slope)], /also reads T1.*sagittal t2/, ['T2', 'T1']],
    ['a name that says no weighting', [series('t2', slope)], /"MRI" does not say which/, ['MRI', 'T1']],
    [
      'another frame of reference',
      [series('t2', slope), series('t1', slope, { frame: '9.9' })],
      /not in one frame of reference/,
      ['T2', 'T1'],
    ],
    [
      'another region',
      [series('t2', slope), series('t1', slope, { origin: [-10, 0, -25] })],
      /shows \d+ % of what t2 shows/,
      ['T2', 'T1'],
    ],
    [
      'another plane',
      [series('t2', slope), series('t1', slope, { plane: 'axial' })],
      /no plane has all of T2, T1/,
      ['T2', 'T1'],
    ],
    [
      'pictures of no place and unequal size',
      [series('t2', slope, { geometry: false }), series('t1', slope, { geometry: false, size: [24, 36, 6] })],
      /no place in the patient/,
      ['T2', 'T1'],
    ],
    [
      'label maps',
      [series('t2', (p) => (p[1] > 4 && p[1] < 16 ? (p[2] < -15 ? 7 : 3) : 0))],
      /label map/,
      ['T2'],
    ],
  ])('refuses %s in one line', (_, given, message, names) => {
    expect(problemOf(picturesFor(planOf(...names), given))).toMatch(message);
  });

  it('sets a label map beside a picture aside with a warning', () => {
    const map = series('unknown', (p) => (p[1] > 4 && p[1] < 16 ? (p[2] < -15 ? 7 : 3) : 0), {
      name: 'mask',
    });
    const read = picturesFor(planOf('T2'), [map, series('t2', slope)]);
    expect(read.ok && read.value.map((s) => s.name)).toEqual(['t2']);
    expect(read.ok && read.warnings.map((w) => w.where)).toEqual(['mask']);
  });

  it('reach the network as channels, each prepared by its own scheme', async () => {
    const inside = (p: Vec3): boolean => p[1] > 4 && p[1] < 15 && p[2] < -8 && p[2] > -30;
    const t2 = series('t2', (p) => (inside(p) ? 3 : 1));
    const t1 = series('t1', (p) => (p[2] < -18 ? 200 : 100));
    const plan: NnunetPlan = {
      ...planOf('T2', 'T1'),
      inputs: [
        { name: 'T2', normalisation: { scheme: 'none' } },
        { name: 'T1', normalisation: { scheme: 'ct', low: 0, high: 300, mean: 150, sd: 50 } },
      ],
    };
    const pictures = picturesFor(plan, [t2, t1]);
    if (!pictures.ok) throw new Error(problemOf(pictures));
    const run = ({ data, dims }: Tensor): Promise<Tensor> => {
      expect(dims.slice(0, 2)).toEqual([1, 2]);
      const n = data.length / 2;
      const out = new Float32Array(3 * n);
      for (let i = 0; i < n; i++) {
        const label = (data[i] as number) > 2 ? ((data[n + i] as number) > 0 ? 2 : 1) : 0;
        out[label * n + i] = 1;
      }
      return Promise.resolve({ data: out, dims: [1, 3, ...dims.slice(2)] });
    };
    const read = await runSiteModel(plan, pictures.value, run);
    if (!read.ok) throw new Error(read.problems[0].what);
    const expected = series('t2', (p) => (inside(p) ? (p[2] < -18 ? 50 : 45) : 0));
    expect([...read.value.data]).toEqual([...expected.volume.data]);
  });
});
