import { affineFrom, invertAffine, voxelToLps } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { Picture, PictureSource } from '../record/picture.ts';
import { cutOf, withCuts } from './cuts.ts';

/** A sagittal 3-D series as scanners give it: columns to posterior, rows to the feet, slices from left to right. */
function space(spacing: readonly [number, number, number], tilt = 0): Picture {
  const size = [40, 50, 30] as const;
  const data = Int16Array.from({ length: 40 * 50 * 30 }, (_, n) => n % 32_000);
  const [c, s] = [Math.cos(tilt), Math.sin(tilt)];
  return {
    id: 's/1',
    series: { uid: '1.2.3', number: 1 },
    title: 'T2 SPACE',
    plane: 'sagittal',
    size,
    spacing,
    ijkToLps: affineFrom(
      [
        [0, c, s],
        [0, s, -c],
        [-1, 0, 0],
      ],
      [...spacing],
      [20, -30, 60],
    ),
    data,
    labels: Uint8Array.from(data, (v) => v % 100),
    window: { center: 100, width: 200 },
    keySlice: 15,
  };
}

const source = (picture: Picture, over: Partial<PictureSource> = {}): PictureSource => ({
  id: picture.id,
  series: picture.series,
  title: picture.title,
  plane: picture.plane,
  role: 'sagittal-T2',
  slices: picture.size[2],
  place: { size: picture.size, ijkToLps: picture.ijkToLps },
  load: async () => picture,
  ...over,
});

describe('cuts across a series', () => {
  const picture = space([0.9, 0.9, 1]);

  it('hold the voxels where they lie in the patient, each once', () => {
    for (const plane of ['axial', 'coronal'] as const) {
      const cut = cutOf(picture, plane);
      const back = invertAffine(picture.ijkToLps!);
      const seen = new Set<number>();
      for (let k = 0; k < cut.size[2]; k += 3)
        for (let j = 0; j < cut.size[1]; j += 4)
          for (let i = 0; i < cut.size[0]; i += 5) {
            const at = voxelToLps(back, ...voxelToLps(cut.ijkToLps!, i, j, k)).map(Math.round);
            const there = at[0]! + 40 * (at[1]! + 50 * at[2]!);
            const here = i + cut.size[0] * (j + cut.size[1] * k);
            expect(cut.data[here]).toBe(picture.data[there]);
            expect(cut.labels![here]).toBe(picture.labels![there]);
            seen.add(there);
          }
      expect(seen.size).toBeGreaterThan(500);
    }
  });

  it('are hung as a radiologist hangs them: left on the right, back below or feet below', () => {
    const axial = cutOf(picture, 'axial');
    expect(axial.size).toEqual([30, 40, 50]);
    expect(axial.spacing).toEqual([1, 0.9, 0.9]);
    expect(axial.ijkToLps![0]).toBeCloseTo(1);
    expect(axial.ijkToLps![5]).toBeCloseTo(0.9);
    expect(axial.ijkToLps![10]).toBeCloseTo(-0.9);
    const coronal = cutOf(picture, 'coronal');
    expect(coronal.size).toEqual([30, 50, 40]);
    expect(coronal.ijkToLps![9]).toBeCloseTo(-0.9);
  });

  it('are offered after the series, in the other two planes, and measures on them are not those of its pixels', async () => {
    const all = withCuts([source(picture)]);
    expect(all.map((one) => one.title)).toEqual(['T2 SPACE', 'T2 SPACE, axial cut', 'T2 SPACE, coronal cut']);
    expect(new Set(all.map((one) => `${one.series.uid} ${one.series.number}`)).size).toBe(3);
    const axial = await all[1]!.load(new AbortController().signal);
    expect(axial.id).toBe(all[1]!.id);
    expect(axial.size[2]).toBe(all[1]!.slices);
  });

  it('are not offered of thick, few, oblique, placeless or very many slices', () => {
    const few = { size: [40, 50, 12], ijkToLps: picture.ijkToLps } as const;
    const many = { size: [512, 512, 200], ijkToLps: picture.ijkToLps } as const;
    for (const one of [
      source(space([0.9, 0.9, 4])),
      source(space([0.9, 0.9, 1], 0.7)),
      source(picture, { place: null }),
      source(picture, { place: few }),
      source(picture, { place: many }),
    ])
      expect(withCuts([one])).toHaveLength(1);
  });
});
