import { describe, expect, it } from 'vitest';
import { emptyField } from '../segmentation/field.ts';
import { CLASS, CLASS_COUNT } from '../segmentation/model.ts';
import { findInstances } from './instances.ts';

const WIDTH = 80;
const HEIGHT = 200;

/** One slice of a straight column of 1 mm pixels: bodies of 26 rows from row `top`, discs of 8 between, columns 25 to 54; `more` paints over it. */
function column(top: number, more: readonly (readonly [number, number, number, number, number])[]) {
  const field = emptyField(WIDTH, HEIGHT, [1, 1], 4, [0]);
  const paint = (c: number, x0: number, y0: number, x1: number, y1: number): void => {
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) {
        const at = y * WIDTH + x;
        for (let k = 0; k < CLASS_COUNT; k++) field.p[at + WIDTH * HEIGHT * k] = k === c ? 255 : 0;
        field.classes[at] = c;
      }
  };
  paint(CLASS.background, 0, 0, WIDTH, HEIGHT);
  for (let k = 0; k < 4; k++) {
    const y = top + 34 * k;
    paint(CLASS.body, 25, y, 55, y + 26);
    if (k < 3) paint(CLASS.disc, 25, y + 26, 55, y + 34);
  }
  for (const [c, ...box] of more) paint(c, ...box);
  const found = findInstances(field);
  if (found === null) throw new Error('no column');
  return found;
}

const kinds = (found: ReturnType<typeof column>) => found.items.map((item) => item.kind[0]).join('');

describe('the disc above the uppermost body', () => {
  it('is found where only a corner of it is in the picture, and is seen in part', () => {
    const found = column(8, [[CLASS.disc, 25, 2, 33, 7]]);
    expect(kinds(found)).toBe('dbdbdbdb');
    const [top, body] = found.items;
    expect(top?.cut).toBe(true);
    expect(top?.size).toBe(40);
    expect(top?.box).toEqual([2, 25, 7, 33]);
    expect(top?.segment.to).toBe(body?.segment.from);
    expect(top?.segment.evidence).toBeCloseTo(1, 6);
    // What is below keeps its own tissue.
    expect(body?.size).toBe(30 * 26);
  });

  it('is found as a sliver well inside the picture, where the slice leaves the column sideways', () => {
    expect(kinds(column(50, [[CLASS.disc, 30, 46, 36, 49]]))).toBe('dbdbdbdb');
  });

  it('is not made of a speck, of tissue that the edge cuts, far above, beside or behind the column, nor of the disc below', () => {
    const speck = [CLASS.disc, 30, 4, 33, 7] as const;
    const far = [CLASS.disc, 30, 30, 36, 34] as const;
    const behind = [CLASS.disc, 62, 2, 70, 7] as const;
    const beside = [CLASS.disc, 2, 2, 10, 7] as const;
    const cut = [CLASS.disc, 25, 0, 33, 7] as const;
    expect(kinds(column(8, []))).toBe('bdbdbdb');
    expect(kinds(column(8, [cut]))).toBe('bdbdbdb');
    expect(kinds(column(8, [speck]))).toBe('bdbdbdb');
    expect(kinds(column(50, [far]))).toBe('bdbdbdb');
    expect(kinds(column(8, [behind]))).toBe('bdbdbdb');
    expect(kinds(column(8, [beside]))).toBe('bdbdbdb');
  });
});
