import { affineFrom, type LabelVolume, type Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { base64, outline, sliceFigure } from './slice-picture.ts';

const grid = {
  size: [12, 10, 1] as const,
  spacing: [1, 1, 4] as const,
  ijkToLps: affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [1, 0, 0],
    ],
    [1, 1, 4],
    [0, 0, 0],
  ),
};

function labels(): LabelVolume {
  const data = new Uint8Array(120);
  for (let j = 2; j < 8; j++) for (let i = 1; i < 5; i++) data[i + 12 * j] = 44; // body of L4
  for (let j = 6; j < 9; j++) for (let i = 9; i < 11; i++) data[i + 12 * j] = 44; // its spinous process
  return { ...grid, data };
}

describe('the slice of a report', () => {
  it('draws one closed loop a piece, along pixel edges', () => {
    const path = outline(labels().data, 12, 10, 44);
    expect(path.match(/Z/g)).toHaveLength(2);
    expect(path).toContain('M1 2');
    expect(outline(labels().data, 12, 10, 45)).toBe('');
  });

  it('writes base64 as everybody does', () => {
    for (let n = 0; n < 7; n++) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 91 + 13) % 256);
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });

  it('names a vertebra on its body, not between body and spinous process', () => {
    const volume: Volume = { ...grid, data: Float32Array.from({ length: 120 }, (_, n) => n) };
    const many = labels().data.slice();
    const html = sliceFigure(
      { name: 'x', volume, labels: { ...grid, data: many }, keySlice: 0 },
      'a',
      'cap <b>',
    );
    expect(html).toContain('cap &lt;b&gt;');
    expect(html).toMatch(/data:image\/png;base64,iVBOR/);
    expect(html).toContain('<title>L4</title>');
    const unnamed = sliceFigure(
      { name: 'x', volume, labels: { ...grid, data: many }, keySlice: 0 },
      'a',
      'cap',
      true,
      '',
      false,
    );
    expect(unnamed).not.toContain('L4');
    expect(unnamed).toContain('<title>vertebra</title>');
  });
});
