import { describe, expect, it } from 'vitest';
import { buildAnatomy, rasterise } from './anatomy.ts';
import type { ForamenSpec } from './foramen.ts';
import { foramenTruth } from './foramen-truth.ts';
import { sagittalPlane } from './plane.ts';

const ROOT = [2.6, 3.2] as const;
const spec = (
  front: number,
  behind: number,
  above: number,
  below: number,
  rootMm: ForamenSpec['rootMm'] = ROOT,
): ForamenSpec => ({ fatMm: { front, behind, above, below }, rootMm });
const open = spec(5, 5, 5, 5);

describe('foramina of known fat', () => {
  const anatomy = buildAnatomy('foramina', {
    lumbarCount: 5,
    lesions: 0,
    degeneration: 0.2,
    scoliosisDeg: 0,
    discs: {
      0: { foramina: { left: open, right: open } },
      1: { foramina: { left: spec(0.2, 0.2, 5, 5), right: open } },
      2: { foramina: { left: spec(0.2, 0.2, 0.2, 0.2), right: spec(5, 5, 0.2, 0.2) } },
      3: { foramina: { left: spec(0.2, 0.2, 0.2, 0.2, [1.2, 3.2]), right: open } },
    },
  });
  const truth = foramenTruth(anatomy);
  const lee = (disc: number, side: 'left' | 'right') =>
    truth.find((t) => t.disc === disc && t.side === side)?.lee;

  it('grades what is drawn', () => {
    expect(truth).toHaveLength(8);
    expect([lee(0, 'left'), lee(0, 'right'), lee(1, 'right'), lee(3, 'right')]).toEqual([0, 0, 0, 0]);
    expect([lee(1, 'left'), lee(2, 'right')]).toEqual([1, 1]);
    expect(lee(2, 'left')).toBe(2);
    expect(lee(3, 'left')).toBe(3);
  });

  it('leaves more fat around an open root than around a crowded one', () => {
    const share = (disc: number, side: 'left' | 'right') =>
      truth.find((t) => t.disc === disc && t.side === side)?.fatShare ?? -1;
    expect(share(1, 'right')).toBeGreaterThan(share(1, 'left') + 0.2);
    expect(share(2, 'left')).toBeLessThan(0.25);
  });

  it('changes nothing of a person whose foramina are not given', () => {
    const options = { lumbarCount: 5, lesions: 0, degeneration: 0.2, scoliosisDeg: 0 } as const;
    const plain = buildAnatomy('foramina', options);
    expect(foramenTruth(plain)).toEqual([]);
    const l3 = plain.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
    // In the midline nothing of a foramen is drawn.
    const middle = sagittalPlane([l3[0], l3[1], l3[2]], 1, 120, 160);
    expect(rasterise(anatomy, middle).tissue).toEqual(rasterise(plain, middle).tissue);
  });
});
