import { affineFrom, type Vec3, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { findInstances } from '../levels/instances.ts';
import { numberLevels } from '../levels/numbering.ts';
import { drawSpine } from '../read/drawn-spine.ts';
import { CLASS, DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import { segmentVolume } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { epiduralMasses } from './epidural-mass.ts';
import { signalOf } from './signal.ts';

/** A drawn spine with a dark mass of `deep` x `long` mm behind the middle of a body, which pushes the sac back; bright where `fat`. */
async function masses(behind: number, deep: number, long: number, fat = false) {
  const drawn = drawSpine({});
  const quad = drawn.quads[behind];
  if (!quad) throw new Error('no such body');
  // Corners: upper front, upper back, lower back, lower front.
  const [, upper, lower] = quad;
  const [w, h] = drawn.truth.size;
  const [mm] = drawn.truth.spacing;
  const middle = [(upper[0] + lower[0]) / 2, (upper[1] + lower[1]) / 2] as const;
  const length = Math.hypot(upper[0] - lower[0], upper[1] - lower[1]);
  const up = [(upper[0] - lower[0]) / length, (upper[1] - lower[1]) / length] as const;
  const back = [-up[1], up[0]] as const;
  const classes = Uint8Array.from(drawn.truth.data);
  const data = Float32Array.from(classes, (c) => (c === CLASS.sac ? 1000 : c === CLASS.body ? 420 : 700));
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [dx, dy] = [(x + 0.5) * mm - middle[0], (y + 0.5) * mm - middle[1]];
      const along = dx * up[0] + dy * up[1];
      const across = dx * back[0] + dy * back[1];
      const at = y * w + x;
      if (Math.abs(along) > long / 2 || across < 0.5 || across > deep || classes[at] === CLASS.body) continue;
      classes[at] = 0;
      data[at] = fat ? 800 : 240;
    }
  }
  const spacing: Vec3 = [mm, mm, 4];
  const axes = [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ] as const;
  const grid = { size: [w, h, 1] as const, spacing, ijkToLps: affineFrom(axes, spacing, [0, 0, 0]) };
  const volume: Volume = { ...grid, data };
  const field = await segmentVolume(volume, truthNetwork({ ...grid, data: classes }, [0]), DEFAULT_SEGMENTER);
  const s = findInstances(field);
  const numbering = s && numberLevels(s);
  if (!s || !numbering) throw new Error('no spine was found');
  return epiduralMasses(s, numbering, signalOf(volume, field.sliceIndex));
}

describe('dark tissue behind a body', () => {
  it('is named as a possible fragment behind the vertebra it lies behind, with its size', async () => {
    const found = await masses(1, 9, 16);
    expect(found.map((m) => m.behind)).toEqual(['L4']);
    expect(found[0]?.p).toBeGreaterThan(0.8);
    expect(Math.abs((found[0]?.depthMm ?? 0) - 9)).toBeLessThan(2.5);
    expect(Math.abs((found[0]?.lengthMm ?? 0) - 16)).toBeLessThan(3);
  });
  it('is nothing where it is as thin as a ligament, small, fat, or not there', async () => {
    expect(await masses(1, 4, 18)).toEqual([]);
    expect(await masses(1, 8, 4)).toEqual([]);
    expect(await masses(1, 9, 16, true)).toEqual([]);
    expect(await masses(1, 0, 0)).toEqual([]);
  });
});
