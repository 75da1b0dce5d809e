import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTexture, cutSlab, slabSignal } from './acquisition.ts';
import { buildAnatomy, rasterise } from './anatomy.ts';
import { localToLps } from './local-frame.ts';
import { add, dot, sagittalPlane } from './plane.ts';
import { rngFrom } from './prng.ts';
import { drawSignals } from './sequence-signal.ts';
import { drawSpine, type SpineOptions, usualDiscHeight } from './spine-spec.ts';
import { CLASS, TISSUE } from './tissue.ts';
import { trainingSamples } from './training-sample.ts';
import { discTruth } from './truth.ts';

const still: SpineOptions = { lesions: 0, lumbarCount: 5, scoliosisDeg: 0, degeneration: 0.3 };

/** Length in mm of the run of a class along a line through an LPS point, on the raster. */
function runLength(
  raster: ReturnType<typeof rasterise>,
  from: readonly [number, number, number],
  dir: readonly [number, number, number],
  reach: number,
  wanted: number,
): number {
  const { plane, label } = raster;
  const step = 0.05;
  let length = 0;
  for (let t = -reach; t <= reach; t += step) {
    const p = add(add(from, dir, t), plane.origin, -1);
    const i = Math.round(dot(p, plane.du) / dot(plane.du, plane.du));
    const j = Math.round(dot(p, plane.dv) / dot(plane.dv, plane.dv));
    if (label[j * plane.width + i] === wanted) length += step;
  }
  return length;
}

describe('randomness', () => {
  it('comes from the seed alone, uniform and normal as named', () => {
    const a = rngFrom('x');
    const b = rngFrom('x');
    expect(Array.from({ length: 5 }, a.next)).toEqual(Array.from({ length: 5 }, b.next));
    expect(rngFrom('x').fork('p').next()).not.toBe(rngFrom('x').fork('q').next());
    const r = rngFrom(7);
    const normals = Array.from({ length: 20000 }, () => r.normal(3, 2));
    const mean = normals.reduce((s, v) => s + v, 0) / normals.length;
    expect(mean).toBeCloseTo(3, 1);
    expect(normals.reduce((s, v) => s + (v - mean) ** 2, 0) / normals.length).toBeCloseTo(4, 0);
  });
});

describe('truth and raster', () => {
  it('agree on disc heights within a pixel', () => {
    for (const seed of ['a', 'b', 'c']) {
      const anatomy = buildAnatomy(seed, still);
      const plane = sagittalPlane([0, 0, 80], 0.5, 512, 640);
      const raster = rasterise(anatomy, plane);
      const truth = discTruth(anatomy, plane);
      for (let k = 0; k < 6; k++) {
        const d = anatomy.column.discs[k]!;
        const measured = runLength(raster, [0, d.frame.c[1], d.frame.c[2]], d.frame.u, 14, CLASS.disc);
        expect(Math.abs(measured - truth[k]!.heightMiddleMm), `${seed} ${truth[k]!.name}`).toBeLessThan(0.75);
      }
    }
  });

  it('agree on how far a herniation reaches behind the wall', () => {
    for (const [kind, ap] of [
      ['protrusion', 5],
      ['extrusion', 9],
    ] as const) {
      const anatomy = buildAnatomy('h', {
        ...still,
        discs: { 1: { herniation: { kind, ap, width: 18, lateral: 0, migration: 0 }, bulge: 0 } },
      });
      const plane = sagittalPlane([0, 0, 60], 0.5, 512, 512);
      const { label } = rasterise(anatomy, plane);
      const flat = rasterise(
        buildAnatomy('h', { ...still, discs: { 1: { herniation: null, bulge: 0 } } }),
        plane,
      ).label;
      const d = anatomy.column.discs[1]!;
      let deepest = 0;
      label.forEach((c, i) => {
        if (c !== CLASS.disc || flat[i] === CLASS.disc) return;
        const p = add(add(plane.origin, plane.du, i % plane.width), plane.dv, Math.floor(i / plane.width));
        deepest = Math.max(deepest, -dot(add(p, localToLps(d.frame, -d.depth / 2, 0, 0), -1), d.frame.a));
      });
      expect(Math.abs(deepest - ap), kind).toBeLessThan(1.6);
    }
  });

  it('agree on a slip', () => {
    const anatomy = buildAnatomy('s', { ...still, vertebrae: { 1: { slip: 7 }, 0: { slip: 0 } } });
    const [l5, l4] = [anatomy.column.vertebrae[0]!, anatomy.column.vertebrae[1]!];
    const top = localToLps(l5.frame, -l5.spec.depth / 2, 0, l5.spec.height / 2);
    const low = localToLps(l4.frame, -l4.spec.depth / 2, 0, -l4.spec.height / 2);
    const along = anatomy.column.discs[1]!.frame.a;
    expect(dot(add(low, top, -1), along)).toBeGreaterThan(5.5);
    expect(dot(add(low, top, -1), along)).toBeLessThan(8.5);
  });

  it('put stenosis where it is told: the sac is shallower there', () => {
    const at = (stenosis: number): number => {
      const anatomy = buildAnatomy('t', {
        ...still,
        sacDepth: 13,
        discs: { 1: { stenosis, bulge: 1, herniation: null } },
      });
      return discTruth(anatomy, sagittalPlane([0, 0, 60], 1, 64, 64))[1]!.canalApMm;
    };
    expect(at(0.8)).toBeLessThan(at(0.4));
    expect(at(0.4)).toBeLessThan(at(0));
    expect(at(0)).toBeGreaterThan(10);
  });
});

describe('any anatomy', () => {
  it('stacks from the sacrum up, keeps tissue and class together, and shows every class near the midline', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const anatomy = buildAnatomy(seed);
        const { vertebrae, discs } = anatomy.column;
        for (let k = 1; k < vertebrae.length; k++) {
          expect(vertebrae[k]!.frame.c[2]).toBeGreaterThan(vertebrae[k - 1]!.frame.c[2]);
        }
        discs.forEach((d, k) => {
          expect(d.spec.height).toBeGreaterThan(2);
          expect(d.frame.c[2]).toBeLessThan(vertebrae[k]!.frame.c[2]);
        });
        for (const f of [...vertebrae, ...discs].map((v) => v.frame)) {
          for (const [p, q] of [
            [f.a, f.l],
            [f.l, f.u],
            [f.u, f.a],
          ] as const) {
            expect(Math.abs(dot(p, q))).toBeLessThan(1e-9);
          }
          expect(f.a[1]).toBeLessThan(0);
          expect(f.u[2]).toBeGreaterThan(0);
        }
        const x = vertebrae[1]!.frame.c[0];
        const raster = rasterise(anatomy, sagittalPlane([x, 20, 90], 1.5, 240, 260));
        const seen = new Set(raster.label);
        for (const c of [CLASS.vertebralBody, CLASS.disc, CLASS.duralSac, CLASS.sacrum])
          expect(seen.has(c)).toBe(true);
        for (let i = 0; i < raster.label.length; i++) {
          const t = raster.tissue[i]!;
          if (t === TISSUE.csf || t === TISSUE.root)
            expect([CLASS.duralSac, CLASS.background]).toContain(raster.label[i]);
          if (t === TISSUE.cord) expect(raster.label[i]).toBe(CLASS.cord);
          if (t === TISSUE.marrow) expect(raster.label[i]).toBe(CLASS.vertebralBody);
          if (t === TISSUE.nucleus || t === TISSUE.herniated) expect(raster.label[i]).toBe(CLASS.disc);
          if (t === TISSUE.air) expect(raster.label[i]).toBe(CLASS.background);
        }
      }),
      { numRuns: 12, seed: 42 },
    );
  });
});

describe('contrast', () => {
  it('has bright fluid on T2, dark fluid on T1 and dark fat on STIR, and a nucleus that fades with grade', () => {
    const rng = rngFrom('c');
    const t2 = drawSignals(rng, 'T2', 0.3);
    const t1 = drawSignals(rng, 'T1', 0.3);
    const stir = drawSignals(rng, 'STIR', 0.3);
    expect(t2.signal[TISSUE.csf]!).toBeGreaterThan(2 * t2.signal[TISSUE.cord]! * 0.75);
    expect(t1.signal[TISSUE.csf]!).toBeLessThan(t1.signal[TISSUE.marrow]!);
    expect(stir.signal[TISSUE.subcutaneousFat]!).toBeLessThan(0.15);
    expect(t2.nucleusByGrade[0]!).toBeGreaterThan(t2.nucleusByGrade[3]!);
  });

  it('averages through the slice', () => {
    const anatomy = buildAnatomy('p', still);
    const plane = sagittalPlane([9, 0, 60], 1, 200, 200);
    const table = { ...drawSignals(rngFrom(1), 'T2', 0), rough: new Float32Array(64) };
    const texture = buildTexture({ seed: 't', size: 1 });
    const thin = new Set(slabSignal(cutSlab(anatomy, plane, 4, 1), table, texture));
    const thick = new Set(slabSignal(cutSlab(anatomy, plane, 4, 3), table, texture));
    expect(thick.size).toBeGreaterThan(2 * thin.size);
  });
});

describe('usual disc height', () => {
  it('is that of discs that are not worn, in small and large people, and more than that of collapsed ones', () => {
    for (const scale of [0.85, 1.2]) {
      const share = (degeneration: number): number[] => {
        const spine = drawSpine(rngFrom('usual'), { lesions: 0, scale, degeneration });
        const worn = spine.discs.map((d, k) => ({
          grade: d.pfirrmann,
          share: d.height / usualDiscHeight(k, spine.vertebrae[k]!.depth),
        }));
        return worn.filter(({ grade }) => grade <= 2 || grade === 5).map((d) => d.share);
      };
      for (const own of share(0)) {
        expect(own).toBeGreaterThan(0.8);
        expect(own).toBeLessThan(1.22);
      }
      const collapsed = share(1);
      expect(collapsed.length).toBeGreaterThan(0);
      for (const own of collapsed) expect(own).toBeLessThan(0.86);
    }
  });
});

describe('training samples', () => {
  it('are the same bytes for the same seed and different for another', () => {
    const [a] = trainingSamples('1/0/0', 1);
    const [b] = trainingSamples('1/0/0', 1);
    const [c] = trainingSamples('1/0/1', 1);
    expect(Buffer.compare(a!.image, b!.image)).toBe(0);
    expect(Buffer.compare(a!.label, b!.label)).toBe(0);
    expect(a!.truth).toEqual(b!.truth);
    expect(Buffer.compare(a!.image, c!.image)).not.toBe(0);
  });
});
