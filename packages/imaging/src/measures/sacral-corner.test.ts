import { describe, expect, it } from 'vitest';
import type { Point } from './geometry.ts';
import { sacralCorner } from './sacral-corner.ts';

/** S1 from x = -34 to 0, its end plate at y = 0, the posterior edge rounded by `radius`; its arch lies behind the canal. */
const s1 =
  (radius: number) =>
  (p: Point): number => {
    const [x, y] = p;
    if (x > 16 && x < 24 && y > -4 && y < 25) return 1;
    if (x < -34 || x > 0 || y < 0 || y > 26) return 0;
    const [dx, dy] = [x + radius, radius - y];
    return dx > 0 && dy > 0 && Math.hypot(dx, dy) > radius ? 0 : 1;
  };
const endplate = (to: number) => ({ anterior: [-34, 0] as Point, posterior: [to, 0] as Point });

describe('the posterior corner of S1', () => {
  it('is its own, where its end plate is drawn out too far and the arch lies behind it', () => {
    for (const to of [-2, 0, 3]) {
      const [x, y] = sacralCorner(s1(0), endplate(to)) ?? [99, 99];
      expect(Math.abs(x), `${to}`).toBeLessThan(1);
      expect(Math.abs(y), `${to}`).toBeLessThan(1);
    }
  });

  it('lies on a rounded edge, not beyond it', () => {
    const [x, y] = sacralCorner(s1(6), endplate(0)) ?? [99, 99];
    expect(x).toBeGreaterThan(-2.5);
    expect(x).toBeLessThan(-0.8);
    expect(y).toBeGreaterThan(0.8);
  });

  it('is not known where the bone is not seen', () => {
    expect(sacralCorner(() => 0, endplate(0))).toBeNull();
  });
});
