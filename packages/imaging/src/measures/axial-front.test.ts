import type { Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { axialFront, type LinePoint } from './axial-front.ts';

const size = [120, 100, 3] as const;

/** Three axial slices: disc in front of y = 0, then ligament, fat beside and fluid in the sac; dark tissue to `left` and `right` mm in the recesses. */
function axial(left: number, right: number, fluid = 240): Volume {
  const data = new Float32Array(size[0] * size[1] * size[2]);
  for (let k = 0, n = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, n++) {
        const x = -30 + i * 0.5;
        const y = -20 + j * 0.5;
        const edge = Math.abs(x - 8) < 4.5 ? left : Math.abs(x + 8) < 4.5 ? right : 0;
        const sac = (x / 9) ** 2 + ((y - 9) / 6) ** 2 < 1;
        data[n] = y < edge + 1 ? 50 + ((n * 7919) % 9) : sac ? fluid : 200;
      }
    }
  }
  return {
    size,
    spacing: [0.5, 0.5, 4],
    ijkToLps: [0.5, 0, 0, -30, 0, 0.5, 0, -20, 0, 0, 4, -4, 0, 0, 0, 1],
    data,
  };
}

const lines: LinePoint[][] = [-16, -12, -8, -4, 0, 4, 8, 12, 16].map((x) =>
  [-4, -2, 0, 2, 4].map((z) => ({ leftMm: x, at: [x, 0, z], back: [0, 1, 0] })),
);

describe('tissue behind the corner line on axial slices', () => {
  it('is told by side, to about a millimetre, dura and ligament left out', () => {
    const front = axialFront(axial(6, 0), lines, [0, 9, 0], 9);
    expect(Math.abs((front?.displacedMm.left ?? 99) - 6)).toBeLessThan(1);
    expect(front?.displacedMm.right).toBeLessThan(0.8);
    expect(front?.slices).toBe(3);
    const other = axialFront(axial(1, 4), lines, [0, 9, 0], 9);
    expect((other?.displacedMm.right ?? 0) - (other?.displacedMm.left ?? 9)).toBeGreaterThan(2);
  });

  it('is not read where fluid and annulus are alike or no slice cuts the disc', () => {
    expect(axialFront(axial(6, 0, 70), lines, [0, 9, 0], 9)).toBeNull();
    const above = lines.map((points) => points.map((p): LinePoint => ({ ...p, at: [p.at[0], p.at[1], 60] })));
    expect(axialFront(axial(6, 0), above, [0, 9, 60], 9)).toBeNull();
  });
});
