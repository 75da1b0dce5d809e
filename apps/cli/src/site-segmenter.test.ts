import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInput, writeNiftiLabels, writePngLabels } from '@foramen/imaging';
import { affineFrom, type LabelVolume } from '@foramen/spine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pointwiseNetwork } from './onnx.fixture.ts';
import { runSegment } from './segment.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'foramen-site-model-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Grey 40 background, 100 and 200 in two blocks. */
function picture(size: readonly [number, number, number]): LabelVolume {
  const data = new Uint8Array(size[0] * size[1] * size[2]);
  for (let k = 0, n = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, n++)
        data[n] = i < 12 || i > 40 ? 40 : j > 10 && j < 30 ? 100 : j >= 30 && j < 52 ? 200 : 40;
  const directions = [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ] as const;
  return { size, spacing: [1, 1, 4], ijkToLps: affineFrom(directions, [1, 1, 4], [0, 0, 0]), data };
}

const labelAt = (grey: number): number => (grey === 100 ? 45 : grey === 200 ? 50 : 0);

/** A site's model: grey under 70 is background, up to 150 L5, above sacrum. */
function model(
  name: string,
  axes: 2 | 3,
  change: { plans?: object; dataset?: object; schemes?: number } = {},
): string {
  const folder = join(dir, name);
  mkdirSync(folder, { recursive: true });
  const two = axes === 2;
  writeFileSync(join(folder, 'model.onnx'), pointwiseNetwork(axes, [0, 10, 30], [0, -700, -3700]));
  const configuration = {
    patch_size: two ? [32, 24] : [4, 32, 24],
    spacing: two ? [1, 1] : [4, 1, 1],
    normalization_schemes: Array.from({ length: change.schemes ?? 1 }, () => 'NoNormalization'),
    use_mask_for_norm: Array.from({ length: change.schemes ?? 1 }, () => false),
  };
  const plans = {
    dataset_name: 'Dataset007_Site',
    transpose_forward: [0, 1, 2],
    transpose_backward: [0, 1, 2],
    configurations: { [two ? '2d' : '3d_fullres']: configuration },
    ...change.plans,
  };
  const dataset = {
    channel_names: { 0: 'MRI' },
    labels: { background: 0, vertebrae_L5: 1, sacrum: 2 },
    ...change.dataset,
  };
  writeFileSync(join(folder, 'plans.json'), JSON.stringify(plans));
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(dataset));
  return folder;
}

async function run(...argv: string[]) {
  let err = '';
  const code = await runSegment(argv, { out: () => {}, err: (t) => (err += t) });
  return { code, err };
}

async function labelsOf(path: string): Promise<number[]> {
  const read = await readInput([{ name: path, bytes: new Uint8Array(readFileSync(path)) }], {});
  if (!read.ok) throw new Error(read.problems[0].what);
  return [...read.value.series[0]!.volume.data];
}

describe('foramen segment --model', () => {
  it('refuses a label map given as a picture', async () => {
    const mask = picture([56, 70, 6]);
    const path = join(dir, 'mask.nii');
    writeFileSync(path, writeNiftiLabels({ ...mask, data: mask.data.map((v) => (v === 40 ? 0 : v)) }));
    const { code, err } = await run(path, '--out', join(dir, 'no.nii.gz'), '--model', model('m', 3));
    expect(code).toBe(1);
    expect(err).toMatch(/mask\.nii: this is a label map/);
  });

  it('labels a volume by a 3-D network of the site, voxel by voxel as it must', async () => {
    const volume = picture([56, 70, 6]);
    writeFileSync(join(dir, 'study.nii'), writeNiftiLabels(volume));
    const out = join(dir, 'labels.nii.gz');
    const { code, err } = await run(join(dir, 'study.nii'), '--out', out, '--model', model('three', 3));
    expect(err).not.toMatch(/error|refused/i);
    expect(code).toBe(0);
    expect(await labelsOf(out)).toEqual([...volume.data].map(labelAt));
  });

  it('reads several pictures of a patient together, by the file names of nnU-Net', async () => {
    const t2 = picture([56, 70, 6]);
    const t1 = {
      ...t2,
      data: t2.data.map((v, n) => (Math.floor(n / 56) % 70 < 20 ? 0 : v === 40 ? 10 : 60)),
    };
    const pair = join(dir, 'pair');
    mkdirSync(pair);
    for (const name of ['one', 'two']) {
      writeFileSync(join(pair, `${name}_0000.nii`), writeNiftiLabels(t2));
      writeFileSync(
        join(pair, `${name}_0001.nii`),
        writeNiftiLabels({ ...t1, data: t1.data.map((v) => v + 1) }),
      );
    }
    writeFileSync(join(pair, 'alone_0000.nii'), writeNiftiLabels(t2));
    const folder = model('pairs', 3, { dataset: { channel_names: { 0: 'T2', 1: 'T1' } }, schemes: 2 });
    // The second picture takes the label away where it is dark.
    const weights = [0, 0, 10, 100, 30, 100];
    writeFileSync(join(folder, 'model.onnx'), pointwiseNetwork(3, weights, [0, -2700, -5700], 2));
    const out = join(dir, 'pairs-out');
    const { code, err } = await run(pair, '--out', out, '--model', folder);
    expect(err).toMatch(/alone_0000.*none is named _0001/);
    expect(code).toBe(1);
    for (const name of ['one', 'two']) {
      const labels = await labelsOf(join(out, `${name}.nii.gz`));
      expect(labels).toEqual([...t2.data].map((v, n) => (t1.data[n] === 60 ? labelAt(v) : 0)));
    }
  });

  it('labels a picture by a 2-D network', async () => {
    const slice = picture([56, 70, 1]);
    writeFileSync(join(dir, 'slice.png'), writePngLabels(slice));
    const out = join(dir, 'slice-labels.png');
    const { code } = await run(
      join(dir, 'slice.png'),
      '--spacing',
      '1,1',
      '--out',
      out,
      '--model',
      model('two', 2),
    );
    expect(code).toBe(0);
    expect(await labelsOf(out)).toEqual([...slice.data].map(labelAt));
  });

  it.each<[string, () => string, RegExp]>([
    ['a folder that is not there', () => join(dir, 'nowhere'), /no such folder/],
    [
      'plans that are no JSON',
      () => {
        const folder = model('broken', 2);
        writeFileSync(join(folder, 'plans.json'), '{"a":');
        return folder;
      },
      /plans\.json: not JSON/,
    ],
    [
      'no network',
      () => {
        const folder = model('empty', 2);
        rmSync(join(folder, 'model.onnx'));
        return folder;
      },
      /no \.onnx file/,
    ],
    [
      'two networks',
      () => {
        const folder = model('both', 2);
        copyFileSync(join(folder, 'model.onnx'), join(folder, 'other.onnx'));
        return folder;
      },
      /2 networks/,
    ],
    [
      'a file that is no network',
      () => {
        const folder = model('text', 2);
        writeFileSync(join(folder, 'model.onnx'), 'not a network');
        return folder;
      },
      /not a network that runs here/,
    ],
    [
      'a plan without configurations',
      () => model('none', 2, { plans: { configurations: {} } }),
      /no configuration/,
    ],
    [
      'a network of other inputs than dataset.json names',
      () => {
        const folder = model('inputs', 2);
        writeFileSync(join(folder, 'model.onnx'), pointwiseNetwork(2, [0, 0, 1, 1, 2, 2], [0, 0, 0], 2));
        return folder;
      },
      /reads 2 pictures and dataset.json names 1/,
    ],
    [
      'labels that are no spine',
      () => model('liver', 2, { dataset: { labels: { background: 0, liver: 1, spleen: 2 } } }),
      /liver, spleen/,
    ],
    [
      'a plan of other dimensions',
      () => {
        const folder = model('dims', 3);
        writeFileSync(join(folder, 'model.onnx'), pointwiseNetwork(2, [0, 1, 2], [0, 0, 0]));
        return folder;
      },
      /no configuration fits a network of 2 dimensions/,
    ],
    [
      'fewer outputs than labels',
      () => {
        const folder = model('few', 2);
        writeFileSync(join(folder, 'model.onnx'), pointwiseNetwork(2, [0, 1], [0, 0]));
        return folder;
      },
      /expected \[1, 3, 32, 24\]/,
    ],
  ])('refuses %s in one line', async (_, folder, message) => {
    writeFileSync(join(dir, 'bad.png'), writePngLabels(picture([56, 70, 1])));
    const { code, err } = await run(
      join(dir, 'bad.png'),
      '--spacing',
      '1,1',
      '--out',
      join(dir, 'bad-out.png'),
      '--model',
      folder(),
    );
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(message);
  });
});
