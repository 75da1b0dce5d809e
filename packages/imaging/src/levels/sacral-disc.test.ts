import {
  addNoise,
  buildAnatomy,
  buildTexture,
  type Contrast,
  cutSlab,
  drawSignals,
  rngFrom,
  type SpineOptions,
  sagittalPlane,
  slabSignal,
} from '@foramen/phantom';
import { affineFrom, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { signalOf } from '../measures/signal.ts';
import { DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import { segmentVolume } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { findInstances } from './instances.ts';
import { numberLevels } from './numbering.ts';
import { isFreeDisc, type SacralDisc } from './sacral-disc.ts';

const N = 320;
const MM = 0.9;

/** The middle slice of a synthetic person, numbered with its exact outlines and its own picture. */
async function numbered(options: SpineOptions, contrast: Contrast) {
  const anatomy = buildAnatomy('sacrum', { lesions: 0, scoliosisDeg: 0, ...options });
  const aim = anatomy.column.vertebrae[1]?.frame.c ?? [0, 0, 0];
  const slab = cutSlab(anatomy, sagittalPlane([aim[0], aim[1] + 8, aim[2]], MM, N, N), 3.6, 3);
  const rng = rngFrom(`sacrum/${contrast}`);
  const table = drawSignals(rng.fork('signals'), contrast, 0.6);
  const signal = slabSignal(slab, table, buildTexture({ seed: 'sacrum', size: 1 }));
  addNoise(signal, 0.018, rng);
  const size = [N, N, 1] as const;
  const spacing = [MM, MM, 4] as const;
  const ijkToLps = affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    spacing,
    [0, 0, 0],
  );
  const picture: Volume = { size, spacing, ijkToLps, data: signal };
  const truth = { size, spacing, ijkToLps, data: slab.centre.label };
  const field = await segmentVolume(picture, truthNetwork(truth, [0]), DEFAULT_SEGMENTER);
  const instances = findInstances(field);
  if (!instances) throw new Error('nothing found');
  const numbering = numberLevels(instances, signalOf(picture, field.sliceIndex));
  if (!numbering) throw new Error('not numbered');
  return numbering;
}

describe('a disc between S1 and S2', () => {
  it.each(['T2', 'T1'] as const)('like a free one under a squared S1 is flagged, on %s', async (contrast) => {
    const odd = await numbered({ squareS1: true, sacralRemnant: 8 }, contrast);
    expect(odd.enumeration).toMatchObject({ transitional: 'possible', lumbarCount: 'unknown' });
    expect(odd.enumeration.because.join()).toMatch(/between S1 and S2 lies a disc \d+ mm thick/);
    expect(odd.enumeration.confidence).toBeLessThanOrEqual(0.7);
    expect(odd.discs[0]?.level).toBe('L5-S1');
  });

  it.each(['T2', 'T1', 'STIR'] as const)('that is a usual remnant is not, on %s', async (contrast) => {
    for (const sacralRemnant of [1, 4]) {
      const plain = await numbered({ sacralRemnant }, contrast);
      expect(plain.enumeration.because.join()).not.toMatch(/between S1 and S2/);
    }
  });

  it('is free only where every sign agrees', () => {
    const full: SacralDisc = { thicknessMm: 9, share: 1, squaring: 0.95, below: 0.9 };
    expect(isFreeDisc(full, 9)).toBe(true);
    expect(isFreeDisc({ ...full, thicknessMm: 4 }, 9)).toBe(false);
    expect(isFreeDisc({ ...full, thicknessMm: 20 }, 9)).toBe(false);
    expect(isFreeDisc({ ...full, share: 0.6 }, 9)).toBe(false);
    expect(isFreeDisc({ ...full, squaring: 0.7 }, 9)).toBe(false);
    expect(isFreeDisc({ ...full, below: 0.5 }, 9)).toBe(false);
  });
});
