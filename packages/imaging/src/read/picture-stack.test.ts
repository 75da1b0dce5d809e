import { describe, expect, it } from 'vitest';
import { writePngLabels } from '../volumes/png.ts';
import { readInput } from '../volumes/read-input.ts';
import { type InputSeries, labelsOnSourceGrid } from '../volumes/series.ts';
import { assumedStepMm, sliceStretches, stackedByName, stackPictures } from './picture-stack.ts';

async function slice(
  name: string,
  width: number,
  value: (i: number, j: number) => number,
): Promise<InputSeries> {
  const height = 40;
  const bytes = writePngLabels({
    size: [width, height, 1],
    spacing: [1, 1, 1],
    ijkToLps: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    data: Uint8Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width))),
  });
  const read = await readInput([{ name, bytes }], { spacing: [0.5, 0.6] });
  if (!read.ok) throw new Error(read.problems[0].what);
  return read.value.series[0] as InputSeries;
}

describe('slices of one series, by their names', () => {
  it('are put in order and cut where numbers are missing; other names stand alone', () => {
    const names = [
      'a/5_t2_SPACE_slice53.png',
      'a/5_t2_SPACE_slice49.png',
      'a/101_t2.png',
      'a/5_t2_SPACE_slice51.png',
      'b/5_t2_SPACE_slice55.png',
      'a/5_t2_SPACE_slice61.png',
      'a/101_t1.png',
      'a/x_slice7.nii.gz',
      'a/x_slice8.nii.gz',
    ];
    expect(sliceStretches(names)).toEqual([
      { members: [1, 3, 0], step: 2, first: 49 },
      { members: [5], step: 0, first: 61 },
      { members: [2], step: 0, first: 0 },
      { members: [4], step: 0, first: 55 },
      { members: [6], step: 0, first: 0 },
      { members: [7], step: 0, first: 0 },
      { members: [8], step: 0, first: 0 },
    ]);
  });

  it('lie as far apart as a body is broad for its count of slices', () => {
    expect([57, 40, 12, 7, 0].map((n) => Number(assumedStepMm(n).toFixed(2)))).toEqual([0.87, 1.23, 4, 6, 6]);
  });

  it('become one series on their own grid, or none where they are not alike', async () => {
    const shade = (k: number) => (i: number, j: number) =>
      40 + ((3 * i + 5 * j + 7 * k) % 150) + (i > 15 ? 30 : 0);
    const parts = await Promise.all([0, 1, 2].map((k) => slice(`p_slice${k}.png`, 30, shade(k))));
    const stack = stackPictures(parts, 1.8);
    expect(stack?.volume.size).toEqual([30, 40, 3]);
    expect(stack?.volume.spacing).toEqual([0.6, 0.5, 1.8]);
    expect(stack?.hasGeometry).toBe(false);
    // Column k of the affine: one slice on is 1.8 mm.
    const m = stack?.volume.ijkToLps ?? [];
    expect(Math.hypot(m[2] ?? 0, m[6] ?? 0, m[10] ?? 0)).toBeCloseTo(1.8, 9);
    parts.forEach((part, k) => {
      expect([...(stack?.volume.data.subarray(1200 * k, 1200 * (k + 1)) ?? [])]).toEqual([
        ...part.volume.data,
      ]);
    });
    expect(stackPictures(parts.slice(0, 1), 1.8)).toBeNull();
    expect(stackPictures([parts[0]!, await slice('p_slice1.png', 31, shade(1))], 1.8)).toBeNull();
  });

  it('of a study take the place of their first; other pictures stay, and labels go back slice by slice', async () => {
    const shade = (k: number) => (i: number, j: number) =>
      40 + ((3 * i + 5 * j + 7 * k) % 150) + (i > 15 ? 30 : 0);
    const names = ['p_t1.png', 'p_slice12.png', 'p_slice10.png', 'p_slice20.png'];
    const parts = await Promise.all(names.map((name, k) => slice(name, 30, shade(k))));
    const { series, warnings } = stackedByName(parts, 1.5);
    expect(series.map((one) => [one.name, one.volume.size[2], one.volume.spacing[2]])).toEqual([
      ['p_t1.png', 1, parts[0]?.volume.spacing[2]],
      ['p_slice12.png', 2, 3],
      ['p_slice20.png', 1, parts[3]?.volume.spacing[2]],
    ]);
    expect(warnings).toEqual([]);
    const stack = series[1] as InputSeries;
    expect(stack.source.slices.map((one) => one.file)).toEqual(['p_slice10.png', 'p_slice12.png']);
    const labels = { ...stack.volume, data: Uint8Array.from(stack.volume.data) };
    expect(labelsOnSourceGrid(stack, labels).data).toEqual(labels.data);
    expect(stackedByName(parts).warnings.map((one) => one.what)).toEqual([
      expect.stringContaining('read with 1 more as slices of one series'),
    ]);
  });
});
