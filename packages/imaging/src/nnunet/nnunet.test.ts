import { affineFrom, type Vec3, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { Cancelled, type Tensor } from '../segmentation/network.ts';
import { axesForView, reorient } from '../volumes/orientation.ts';
import type { InputSeries } from '../volumes/series.ts';
import { readNnunetPlan } from './plan.ts';
import { nonzeroBox, normalise } from './prepare.ts';
import { runSiteModel } from './site-model.ts';
import { resampleGrid } from './spline.ts';
import { predictInTiles, tileStarts, tileWeights } from './tiles.ts';

const dataset = {
  channel_names: { 0: 'MRI' },
  labels: { background: 0, vertebrae_L5: 1, disc_L5_S: 2, sacrum: 3, kidney: 4 },
};
const configuration = (patch: readonly number[], spacing: readonly number[], scheme = 'NoNormalization') => ({
  patch_size: patch,
  spacing,
  normalization_schemes: [scheme],
  use_mask_for_norm: [false],
});
const plans = (three: object, two: object = three, transpose = [0, 1, 2], back = transpose) => ({
  dataset_name: 'Dataset101_Spine',
  transpose_forward: transpose,
  transpose_backward: back,
  configurations: { '3d_fullres': three, '2d': two },
  foreground_intensity_properties_per_channel: {
    0: { mean: 50, std: 10, percentile_00_5: 0, percentile_99_5: 100 },
  },
});

function plan(p: object, d: object = dataset, wanted = {}) {
  const read = readNnunetPlan(p, d, wanted);
  if (!read.ok) throw new Error(`${read.problems[0].where}: ${read.problems[0].what}`);
  return read.value;
}

/** A sagittal series stored with rows running to the feet, i to posterior and slices from left to right: two axes are turned. */
function series(size: readonly [number, number, number], value: (i: number, j: number, k: number) => number) {
  const spacing: Vec3 = [1, 1, 4];
  const ijkToLps = affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [-1, 0, 0],
    ],
    spacing,
    [40, -60, 90],
  );
  const data = new Float32Array(size[0] * size[1] * size[2]);
  for (let k = 0, n = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++) for (let i = 0; i < size[0]; i++) data[n++] = value(i, j, k);
  const axes = axesForView(ijkToLps, 'sagittal');
  const source = { size, spacing, ijkToLps, slices: [] };
  const volume: Volume = reorient({ size, ijkToLps, data: data.slice() }, axes);
  return {
    data,
    series: { name: 'site', plane: 'sagittal', volume, source, axes } as unknown as InputSeries,
  };
}

describe('plans of nnU-Net', () => {
  it('are read with inheritance, labels by name, and the configuration that fits the network', () => {
    const p = plans(configuration([8, 16, 16], [4, 1, 1], 'ZScoreNormalization'));
    const low = { inherits_from: '3d_fullres', spacing: [4, 2, 2] };
    const read = plan({ ...p, configurations: { ...p.configurations, '3d_lowres': low } }, dataset, {
      configuration: '3d_lowres',
    });
    expect(read.patchSize).toEqual([8, 16, 16]);
    expect(read.spacing).toEqual([4, 2, 2]);
    expect(read.inputs).toEqual([{ name: 'MRI', normalisation: { scheme: 'z-score', masked: false } }]);
    expect(read.channels.map((c) => (c.kind === 'label' ? c.label : c.kind))).toEqual([
      'background',
      45,
      100,
      50,
      'background',
    ]);
    const flat = plans(configuration([8, 16, 16], [4, 1, 1]), configuration([16, 16], [1, 1]));
    expect(plan(flat, dataset, { dimensions: 2 }).configuration).toBe('2d');
    expect(plan(flat, dataset, { dimensions: 3 }).configuration).toBe('3d_fullres');
  });
  it('know the numbers of TotalSpineSeg and SPIDER, and names without a level', () => {
    const labels = (names: readonly string[]) => ({
      labels: Object.fromEntries(['background', ...names].map((name, n) => [name, n])),
    });
    const p = plans(configuration([8, 8, 8], [4, 1, 1]));
    const of = (names: readonly string[]) => plan(p, labels(names)).channels.slice(1);
    expect(of(['45', '95', '2'])).toEqual([45, 95, 2].map((label) => ({ kind: 'label', label })));
    expect(of(['1', '201', '100'])).toEqual([45, 100, 2].map((label) => ({ kind: 'label', label })));
    expect(of(['vertebra', 'disc', 'spinal canal', 'sacrum'])).toEqual(
      [1, 3, 4, 5].map((c) => ({ kind: 'class', class: c })),
    );
  });
  it.each([
    [
      'no patch',
      plans({ spacing: [4, 1, 1], normalization_schemes: ['NoNormalization'] }),
      dataset,
      /patch_size/,
    ],
    ['lengths that differ', plans(configuration([8, 16], [4, 1, 1])), dataset, /2 entries and spacing 3/],
    [
      'a made-up scheme',
      plans(configuration([8, 8, 8], [4, 1, 1], 'MyNorm')),
      dataset,
      /"MyNorm" is not known/,
    ],
    ['a wrong transpose', plans(configuration([8, 8, 8], [4, 1, 1]), undefined, [0, 0, 2]), dataset, /order/],
    [
      'an undone transpose',
      plans(configuration([8, 8, 8], [4, 1, 1]), undefined, [1, 2, 0]),
      dataset,
      /undo/,
    ],
    [
      'a hole in the labels',
      plans(configuration([8, 8, 8], [4, 1, 1])),
      { labels: { background: 0, sacrum: 2 } },
      /no value 1/,
    ],
    [
      'no spine',
      plans(configuration([8, 8, 8], [4, 1, 1])),
      { labels: { background: 0, liver: 1 } },
      /liver/,
    ],
    [
      'an input without normalisation',
      plans(configuration([8, 8, 8], [4, 1, 1])),
      { ...dataset, channel_names: { 0: 'T1', 1: 'T2' } },
      /no entry for input 1 \(T2\)/,
    ],
    [
      'the second stage of a cascade',
      plans({ ...configuration([8, 8, 8], [4, 1, 1]), previous_stage: '3d_lowres' }),
      dataset,
      /second stage of a cascade and also wants the labels of 3d_lowres/,
    ],
    ['nothing', null, dataset, /document/],
  ])('refuses %s in one line', (_, p, d, message) => {
    const read = readNnunetPlan(p, d);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems).toHaveLength(1);
    expect(`${read.problems[0].where}: ${read.problems[0].what}`).toMatch(message);
    expect(read.problems[0].what).not.toContain('\n');
  });
});

describe('tiles', () => {
  it('overlap by half and end at the edge', () => {
    expect(tileStarts(10, 16)).toEqual([0]);
    expect(tileStarts(32, 16)).toEqual([0, 8, 16]);
    expect(tileStarts(20, 16)).toEqual([0, 4]);
    const w = tileWeights([8, 8]);
    expect(w[3 * 8 + 3]).toBeCloseTo(w[4 * 8 + 4] as number, 6);
    expect(w[0]).toBeCloseTo(Math.exp(-(3.5 * 3.5 - 0.25)), 8);
  });
  it('put together give back what each voxel was given, also where the picture is smaller than a tile', async () => {
    const size = [3, 21, 9];
    const data = Float32Array.from({ length: 3 * 21 * 9 }, (_, n) => ((n * 37) % 101) - 50);
    const echo = ({ data: d, dims }: Tensor): Promise<Tensor> =>
      Promise.resolve({ data: Float32Array.from([...d, ...d.map((v) => 2 * v)]), dims });
    for (const patch of [
      [4, 8, 12],
      [8, 16],
    ]) {
      const out = await predictInTiles([{ size, data }], patch, 2, echo);
      for (let n = 0; n < data.length; n++) {
        expect(out[n]).toBeCloseTo(data[n] as number, 3);
        expect(out[data.length + n]).toBeCloseTo(2 * (data[n] as number), 3);
      }
    }
  });
  it('stop between two tiles once the caller wants no more', async () => {
    const signal = { aborted: false };
    let calls = 0;
    const run = ({ data, dims }: Tensor): Promise<Tensor> => {
      calls++;
      signal.aborted = true;
      return Promise.resolve({ data, dims });
    };
    const picture = { size: [1, 1, 12], data: new Float32Array(12) };
    await expect(predictInTiles([picture], [1, 1, 8], 1, run, { signal })).rejects.toBeInstanceOf(Cancelled);
    expect(calls).toBe(1);
  });
  it('weigh the middle of a tile most', async () => {
    let call = 0;
    const constant = ({ data, dims }: Tensor): Promise<Tensor> =>
      Promise.resolve({ data: new Float32Array(data.length).fill(call++), dims });
    const out = await predictInTiles(
      [{ size: [1, 1, 12], data: new Float32Array(12) }],
      [1, 1, 8],
      1,
      constant,
    );
    const w = tileWeights([8]);
    const expected = (x: number) => (w[x - 4] as number) / ((w[x] as number) + (w[x - 4] as number));
    expect([...out.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    for (let x = 4; x < 8; x++) expect(out[x]).toBeCloseTo(expected(x), 4);
    expect([...out.subarray(8)]).toEqual([1, 1, 1, 1]);
  });
});

describe('preparing a picture', () => {
  it('resamples a cubic polynomial as it is, inside', () => {
    const f = (x: number) => 2 + x - 0.3 * x * x + 0.01 * x ** 3;
    const line = { size: [1, 1, 40], data: Float32Array.from({ length: 40 }, (_, i) => f(i)) };
    const twice = resampleGrid(line, [1, 1, 80], ['nearest', 'nearest', 'cubic']);
    for (let o = 24; o < 56; o++) expect(twice.data[o]).toBeCloseTo(f((o + 0.5) / 2 - 0.5), 3);
    expect([...resampleGrid({ size: [1, 1, 2], data: Float32Array.of(3, 9) }, [1, 1, 4], []).data]).toEqual([
      3, 4.5, 7.5, 9,
    ]);
  });
  it('normalises and crops as the plan says', () => {
    const grid = { size: [1, 3, 4], data: Float32Array.of(0, 0, 0, 0, 0, 2, 4, 0, 0, 6, 8, 0) };
    expect(nonzeroBox(grid)).toEqual([
      [0, 1],
      [1, 3],
      [1, 3],
    ]);
    const z = normalise(
      { size: [1, 2, 2], data: Float32Array.of(2, 4, 6, 8) },
      { scheme: 'z-score', masked: false },
    );
    expect(z.data[3]).toBeCloseTo(3 / Math.sqrt(5), 6);
    const masked = normalise(grid, { scheme: 'z-score', masked: true });
    expect(masked.data[0]).toBe(0);
    expect(masked.data[5]).toBeCloseTo(-3 / Math.sqrt(5), 6);
    const ct = normalise(grid, { scheme: 'ct', low: 1, high: 7, mean: 4, sd: 2 });
    expect([...ct.data.subarray(4, 8)]).toEqual([-1.5, -1, 0, -1.5]);
    expect(normalise(grid, { scheme: 'to-01' }).data[10]).toBe(1);
  });
});

/** Logits whose winner is the rounded value of each voxel. */
const byValue =
  (channels: number) =>
  ({ data, dims }: Tensor): Promise<Tensor> => {
    const out = new Float32Array(channels * data.length);
    for (let c = 0; c < channels; c++)
      for (let n = 0; n < data.length; n++) out[c * data.length + n] = -((Number(data[n]) - c) ** 2);
    return Promise.resolve({ data: out, dims: [1, channels, ...dims.slice(2)] });
  };

describe('a site network on a series', () => {
  const value = (i: number, j: number, k: number) =>
    i > 4 && i < 15 && j > 6 && j < 30 && k > 0 ? 1 + (j > 14 ? 1 : 0) + (k > 3 ? 1 : 0) : 0;
  const label = [0, 45, 100, 50];

  it.each([
    ['3-D', plans(configuration([4, 16, 12], [4, 1, 1])), { dimensions: 3 }],
    ['2-D', plans(configuration([16, 12], [1, 1])), { dimensions: 2 }],
    [
      '3-D with transposed axes',
      plans(configuration([16, 12, 4], [1, 1, 4]), undefined, [1, 2, 0], [2, 0, 1]),
      {},
    ],
    [
      '3-D turned to RAS',
      { ...plans(configuration([12, 10, 8], [1, 1, 4])), image_reader_writer: 'NibabelIOWithReorient' },
      {},
    ],
  ])('labels every voxel where it lies (%s)', async (_, p, wanted) => {
    const s = series([20, 36, 7], value);
    const read = await runSiteModel(plan(p, dataset, wanted), [s.series], byValue(5));
    if (!read.ok) throw new Error(read.problems[0].what);
    const expected = reorient(
      {
        size: s.series.source.size,
        ijkToLps: s.series.source.ijkToLps,
        data: s.data.map((v) => label[v] as number),
      },
      s.series.axes,
    );
    expect([...read.value.data]).toEqual([...expected.data]);
  });

  it('carries labels back from a coarser grid', async () => {
    const s = series([40, 72, 5], (i, j) => (i > 9 && i < 30 && j > 15 && j < 60 ? 1 : 0.001));
    const p = plan(plans(configuration([4, 16, 16], [4, 2, 2])));
    const read = await runSiteModel(p, [s.series], byValue(5));
    if (!read.ok) throw new Error(read.problems[0].what);
    let wrong = 0;
    read.value.data.forEach((v, n) => {
      if (v !== (s.series.volume.data[n] === 1 ? 45 : 0)) wrong++;
    });
    expect(wrong / read.value.data.length).toBeLessThan(0.03);
  });

  it('says in one line what does not fit', async () => {
    const s = series([20, 36, 7], value);
    const p = plan(plans(configuration([4, 16, 12], [4, 1, 1])));
    const few = await runSiteModel(p, [s.series], byValue(3));
    expect(few.ok ? '' : few.problems[0].what).toMatch(/expected \[1, 5, 4, 16, 12\]/);
    const fine = plan(plans(configuration([4, 16, 12], [0.01, 0.02, 0.02])));
    const large = await runSiteModel(fine, [s.series], byValue(5));
    expect(large.ok ? '' : large.problems[0].code).toBe('too-large');
    const tissue = plan(plans(configuration([4, 16, 12], [4, 1, 1])), {
      labels: { background: 0, vertebra: 1, disc: 2 },
    });
    const none = await runSiteModel(tissue, [s.series], byValue(3));
    expect(none.ok ? '' : none.problems[0].what).toMatch(/no lumbar spine/);
  });
});
