import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { ASSUMED_SPACING, readPng } from '../volumes/png.ts';
import { readInput } from '../volumes/read-input.ts';
import { drawSpine } from './drawn-spine.ts';
import { isLabelMap } from './label-picture.ts';
import { readSpine } from './read-spine.ts';

const drawn = drawSpine({ bodies: 6, slices: 3 });
const as = (value: (at: number) => number): Volume => ({
  ...drawn.picture,
  data: Float32Array.from(drawn.picture.data, (_, at) => value(at)),
});
const truth = (at: number): number => drawn.truth.data[at] as number;
const grey = (at: number): number => drawn.picture.data[at] as number;
/** Blurs rows, as scanners do edges. */
const smooth = (at: number): number => {
  let sum = 0;
  for (let d = -6; d <= 6; d++) sum += grey(Math.max(0, Math.min(drawn.picture.data.length - 1, at + d)));
  return sum / 13;
};

describe('a label map among pictures', () => {
  it('is told by its values, whatever they are', () => {
    const tables = [
      [0, 41, 41, 95, 2, 50, 1],
      [0, 3, 3, 203, 100, 9, 100],
      [0, 76, 76, 29, 150, 50, 150],
      [0, 1, 2, 3, 4, 5, 6],
      [0, 255, 0, 0, 0, 0, 0],
    ];
    for (const table of tables) expect(isLabelMap(as((at) => table[truth(at)] ?? 0))).toBe(true);
  });

  it('is no MRI, however few grey values that has', () => {
    for (const levels of [3, 4, 8, 16, 32]) {
      const step = 256 / levels;
      const noisy = as((at) => Math.floor(Math.max(0, grey(at) + ((at * 7919) % 61) - 30) / step));
      expect(isLabelMap(noisy), `${levels} grey values with noise`).toBe(false);
      const clean = as((at) => Math.floor((smooth(at) + ((at * 104729) % 5)) / step) * 17);
      expect(isLabelMap(clean), `${levels} smooth grey values`).toBe(false);
    }
    expect(isLabelMap(drawn.picture)).toBe(false);
    expect(isLabelMap(as(() => 0))).toBe(false);
  });

  it('given alone is refused with the reason; beside its picture it is set aside', async () => {
    const reading = {
      role: 'sagittal-T2',
      size: drawn.picture.size,
      spacingMm: drawn.picture.spacing,
      spacingFrom: 'file',
    } as const;
    const mask = {
      name: 'mask.nii',
      volume: as((at) => [0, 41, 41, 95, 2, 50, 1][truth(at)] ?? 0),
      reading,
      hasGeometry: true,
    };
    const answer = await readSpine([mask], () => Promise.reject(new Error('not reached')));
    expect(answer.ok ? null : answer.problems[0]).toMatchObject({
      code: 'wrong-modality',
      severity: 'error',
      where: 'mask.nii',
      what: expect.stringContaining('label map'),
    });
  });
});

const spider = join(import.meta.dirname, '../../../../../shared/data/spider');
const here = existsSync(spider);
if (!here) console.warn('label maps against real pictures NOT TESTED: ../shared/data/spider is absent');

describe.runIf(here)('real pictures and masks', () => {
  const volumeOf = (folder: string, name: string): Pick<Volume, 'data' | 'size'> => {
    const picture = readPng(new Uint8Array(readFileSync(join(spider, folder, name))), name, ASSUMED_SPACING);
    if (!picture.ok) throw new Error(picture.problems[0].what);
    return picture.value;
  };
  it('every picture stays one, also at four bits; every mask is told', { timeout: 300_000 }, () => {
    // Neighbouring T2-SPACE slices of a person are alike: a sixth of them, and of their masks, is enough here.
    const some = (folder: string): string[] =>
      readdirSync(join(spider, folder)).filter((_, n) => folder === 'midsagittal' || n % 6 === 0);
    for (const folder of ['midsagittal', 't2-space/images'])
      for (const [n, name] of some(folder).entries()) {
        const picture = volumeOf(folder, name);
        expect(isLabelMap(picture), name).toBe(false);
        if (n % 8 > 0) continue;
        for (const bits of [2, 3, 4]) {
          const coarse = { ...picture, data: picture.data.map((v) => Math.floor(v / 2 ** (8 - bits))) };
          expect(isLabelMap(coarse), `${name} at ${bits} bits`).toBe(false);
        }
      }
    for (const name of some('t2-space/masks'))
      expect(isLabelMap(volumeOf('t2-space/masks', name)), name).toBe(true);
  });

  it('masks are still read as input of other tools', async () => {
    const [name = ''] = readdirSync(join(spider, 't2-space/masks'));
    const bytes = new Uint8Array(readFileSync(join(spider, 't2-space/masks', name)));
    const read = await readInput([{ name, bytes }], { anyRegion: true });
    expect(read.ok).toBe(true);
  });
});
