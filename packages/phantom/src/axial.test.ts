import { describe, expect, it } from 'vitest';
import { buildAnatomy, rasterise } from './anatomy.ts';
import { AXIAL_PLAN, axialSlabs, axialStack, scanAxial } from './axial-series.ts';
import { muscleFatTruth, recessDepthAt, sacAreaTruth } from './axial-truth.ts';
import { cross, dot, unit } from './plane.ts';
import { rngFrom } from './prng.ts';
import { CLASS, TISSUE } from './tissue.ts';

const anatomy = buildAnatomy('axial', {
  lesions: 0,
  degeneration: 0.2,
  paraspinal: { multifidus: { left: 0.45, right: 0.12 }, erectorSpinae: { left: 0.06, right: 0.3 } },
  discs: { 1: { facets: { angleDeg: { left: 50, right: 34 }, recessMm: { left: 3, right: 6 } } } },
});
const plan = { ...AXIAL_PLAN, discs: [1] };

describe('axial anatomy of a synthetic person', () => {
  it('fills each compartment with about the share of fat that was asked for, and says how much it is', () => {
    const mean = { left: 0, right: 0 };
    const erector = { left: 0, right: 0 };
    for (const plane of axialStack(anatomy, plan)) {
      const truth = muscleFatTruth(anatomy, plane, 3.5);
      for (const side of ['left', 'right'] as const) {
        mean[side] += (truth?.multifidus[side].share ?? 9) / 4;
        erector[side] += (truth?.erectorSpinae[side].share ?? 9) / 4;
        expect(truth?.multifidus[side].areaMm2).toBeGreaterThan(200);
      }
    }
    expect(Math.abs(mean.left - 0.45)).toBeLessThan(0.13);
    expect(Math.abs(mean.right - 0.12)).toBeLessThan(0.1);
    expect(erector.right).toBeGreaterThan(erector.left + 0.1);
    expect(muscleFatTruth(buildAnatomy('axial'), axialStack(anatomy, plan)[0]!, 3.5)).toBeNull();
  });

  it('draws joints at their angle: the cleft of fluid lies along it', () => {
    const plane = axialStack(anatomy, plan)[2]!;
    const { tissue } = rasterise(anatomy, plane);
    for (const [side, wanted] of [
      ['left', 50],
      ['right', 34],
    ] as const) {
      // Principal axis of the cleft's pixels, columns to the left, rows to the back.
      const points: [number, number][] = [];
      tissue.forEach((t, n) => {
        const x = (n % plane.width) - plane.width / 2;
        if (t === TISSUE.facetFluid && x > 0 === (side === 'left'))
          points.push([Math.abs(x), n / plane.width]);
      });
      expect(points.length).toBeGreaterThan(20);
      const [mx, my] = [0, 1].map((c) => points.reduce((a, p) => a + p[c]!, 0) / points.length) as [
        number,
        number,
      ];
      let [xx, xy, yy] = [0, 0, 0];
      for (const [x, y] of points) {
        xx += (x - mx) ** 2;
        xy += (x - mx) * (y - my);
        yy += (y - my) ** 2;
      }
      const toSagittal = 90 - (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI;
      expect(Math.abs(toSagittal - wanted)).toBeLessThan(3);
    }
  });

  it('gives the deeper recess the greater depth, to about what was asked', () => {
    const left = recessDepthAt(anatomy, 1, 'left') ?? 0;
    const right = recessDepthAt(anatomy, 1, 'right') ?? 0;
    expect(right - left).toBeGreaterThan(2);
    expect(Math.abs(right - 6)).toBeLessThan(2);
  });

  it('cuts parallel and turned stacks through the discs', () => {
    const stack = axialStack(anatomy, { ...plan, discs: [0, 1, 2], tiltDeg: 12, rollDeg: 8 });
    const normal = unit(cross(stack[0]!.du, stack[0]!.dv));
    for (let k = 1; k < stack.length; k++) {
      const step = [0, 1, 2].map((c) => stack[k]!.origin[c]! - stack[k - 1]!.origin[c]!);
      expect(Math.abs(dot(step as [number, number, number], normal))).toBeCloseTo(plan.distance, 3);
    }
    const middle = stack[Math.floor(stack.length / 2)]!;
    expect(rasterise(anatomy, middle).label.includes(CLASS.duralSac)).toBe(true);
    expect(sacAreaTruth(anatomy, axialStack(anatomy, plan)[1]!)).toBeGreaterThan(80);
  });

  it('scans water and fat that add up, and a coil that falls off', () => {
    const slabs = axialSlabs(anatomy, { ...plan, slicesPerDisc: 1 });
    const still = { ...plan, noise: 0 };
    const water = scanAxial(slabs, still, 'dixon-water', rngFrom('wf'))[0]!;
    const fat = scanAxial(slabs, still, 'dixon-fat', rngFrom('wf'))[0]!;
    const tissue = slabs[0]!.centre.tissue;
    const share = (code: number): number => {
      let [f, all] = [0, 0];
      tissue.forEach((t, n) => {
        if (t !== code) return;
        f += fat.pixels[n]!;
        all += fat.pixels[n]! + water.pixels[n]!;
      });
      return f / all;
    };
    expect(share(TISSUE.subcutaneousFat)).toBeGreaterThan(0.9);
    expect(share(TISSUE.psoas)).toBeLessThan(0.05);
    const flat = scanAxial(slabs, still, 'T2', rngFrom('c'))[0]!;
    const coil = scanAxial(slabs, { ...still, coilDepthMm: 70 }, 'T2', rngFrom('c'))[0]!;
    const ratio = (row: number) => {
      const n = row * plan.size + plan.size / 2;
      return coil.pixels[n]! / Math.max(1, flat.pixels[n]!);
    };
    expect(ratio(150)).toBeGreaterThan(1.3 * ratio(90));
  });
});
