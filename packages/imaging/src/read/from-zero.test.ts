import type { Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { drawSpine } from './drawn-spine.ts';
import { countedFromZero } from './from-zero.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

const drawn = drawSpine({ slices: 5, bodies: 6 });
/** Air around the person, which a drawing has none of. */
const picture: Volume = {
  ...drawn.picture,
  data: drawn.picture.data.map((v, i) => (i % drawn.picture.size[0] < 12 ? 0 : v)),
};

const series = (value: (v: number) => number, contrast?: string): CanonicalSeries => ({
  name: 'drawn',
  volume: { ...picture, data: picture.data.map(value) },
  hasGeometry: true,
  reading: { role: 'sagittal-T2', size: picture.size, spacingMm: picture.spacing, spacingFrom: 'file' },
  ...(contrast === undefined ? {} : { contrast }),
});

describe('values counted from air', () => {
  it('gives the ratios of brightness of a shifted picture as those of the picture itself', async () => {
    const ratios = async (given: CanonicalSeries): Promise<readonly (number | undefined)[]> => {
      const read = await readSpine([given], truthNetwork(drawn.truth, slicesToSegment(picture)));
      if (!read.ok) throw new Error(read.problems[0].what);
      return read.value.findings.levels.map((l) => l.measures.signalRatioToCsf);
    };
    const [plain, shifted, scored] = [
      await ratios(series((v) => v)),
      await ratios(series((v) => v - 2048)),
      await ratios(series((v) => (v - 90) / 40)),
    ];
    expect(plain.filter((r) => r !== undefined)).toHaveLength(6);
    for (const [n, ratio] of plain.entries()) {
      expect(shifted[n]).toBeCloseTo(ratio ?? 9, 2);
      expect(scored[n]).toBeCloseTo(ratio ?? 9, 2);
    }
  });

  it('leaves a CT, a picture from nought and a little ringing alone', () => {
    const ct = series((v) => v - 1000, 'ct');
    expect(countedFromZero(ct)).toBe(ct);
    for (const value of [(v: number) => v, (v: number) => v - 4]) {
      const given = series(value);
      expect(countedFromZero(given)).toBe(given);
    }
  });
});
