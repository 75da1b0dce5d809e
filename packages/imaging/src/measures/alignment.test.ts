import { describe, expect, it } from 'vitest';
import { slip } from './alignment.ts';
import type { DiscFrame, Endplate } from './disc-frame.ts';
import { dot, minus, type Point, superiorOf, times, unit } from './geometry.ts';
import { posteriorWall } from './posterior-wall.ts';

/** A body as a square block, 34 mm deep and 27 mm high, its posterior-inferior (or superior) corner at `corner`, its wall along `wall`. */
function block(corner: Point, wall: Point, above: boolean) {
  const back = unit([-wall[1], wall[0]]);
  return (p: Point): number => {
    const from = minus(p, corner);
    const high = dot(from, wall) * (above ? 1 : -1);
    const deep = -dot(from, back);
    return high >= 0 && high <= 27 && deep >= 0 && deep <= 34 ? 1 : 0;
  };
}

/** Two blocks whose walls are straight up, the upper one moved forward; the end plates as given, so that wear may bend them. */
function frameOf(slipMm: number, upper: Endplate, lower: Endplate): DiscFrame {
  const posterior = unit([
    upper.posterior[0] + lower.posterior[0] - upper.anterior[0] - lower.anterior[0],
    upper.posterior[1] + lower.posterior[1] - upper.anterior[1] - lower.anterior[1],
  ]);
  const up: Point = [0, -1];
  return {
    upper,
    lower,
    upperFromDisc: false,
    lowerFromDisc: false,
    posterior,
    superior: superiorOf(posterior),
    upperBody: block([-slipMm, -5], up, true),
    lowerBody: block([0, 5], up, false),
  } as DiscFrame;
}

const flat = (y: number, x: number): Endplate => ({ anterior: [x - 34, y], posterior: [x, y] });

describe('the slip of a vertebra', () => {
  it.each([0, 4, -5])('of %s mm is found between level end plates', (mm) => {
    expect(slip(frameOf(mm, flat(-5, -mm), flat(5, 0)))?.mm).toBeCloseTo(mm, 1);
  });

  it('is not made up where wear has bent both end plates: the walls tell', () => {
    // Both front rims worn downwards by 8 mm: along the end plates the upper corner would stand 2.3 mm too far back.
    const worn = (e: Endplate): Endplate => ({ ...e, anterior: [e.anterior[0], e.anterior[1] + 8] });
    const found = slip(frameOf(0, worn(flat(-5, 0)), worn(flat(5, 0))))?.mm ?? Number.NaN;
    expect(Math.abs(found)).toBeLessThan(0.3);
  });

  it('over the sacrum is read to its corner, while what grades have learnt from stays', () => {
    const found = slip({ ...frameOf(3, flat(-5, -3), flat(5, 2)), sacralCorner: [0, 5] });
    expect(found?.mm).toBeCloseTo(3, 1);
    expect(found?.toEndplateMm).toBeCloseTo(5, 1);
  });

  it('is not read from the disc alone', () => {
    expect(slip({ ...frameOf(3, flat(-5, -3), flat(5, 0)), lowerFromDisc: true })).toBeNull();
  });
});

describe('a posterior wall', () => {
  it('is the straight stretch, whatever a vein, a pedicle or a spur does beside it', () => {
    const plain = frameOf(0, flat(-5, 0), flat(5, 0));
    const bone = plain.lowerBody!;
    const marked: DiscFrame = {
      ...plain,
      // A spur at the rim, and bone far behind where a pedicle is met.
      lowerBody: (p) =>
        bone(p) || (p[0] > 0 && p[0] < 6 && (p[1] < 10 || (p[1] > 19 && p[1] < 22))) ? 1 : 0,
    };
    const wall = posteriorWall(marked, 'lower');
    expect(wall?.[0]).toBeCloseTo(0, 1);
    expect(wall?.[1]).toBeCloseTo(-1, 1);
  });

  it('is not known where the body is not seen', () => {
    const plain = frameOf(0, flat(-5, 0), flat(5, 0));
    expect(posteriorWall({ ...plain, upperBody: null }, 'upper')).toBeNull();
    expect(
      posteriorWall({ ...plain, upperBody: (p) => (p[1] > -8 ? plain.upperBody!(p) : 0) }, 'upper'),
    ).toBeNull();
  });

  it('leans as the body does', () => {
    const lean = unit([0.3, -1]);
    const plain = frameOf(0, flat(-5, 0), flat(5, 0));
    const wall = posteriorWall({ ...plain, upperBody: block([0, -5], lean, true) }, 'upper');
    expect(wall?.[0]).toBeCloseTo(lean[0], 1);
    expect(times(wall ?? [0, 0], 1)[1]).toBeCloseTo(lean[1], 1);
  });
});
