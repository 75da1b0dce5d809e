import {
  type Anatomy,
  buildAnatomy,
  endplatePoint,
  localToLps,
  rasterise,
  sagittalPlane,
  shifted,
  studyTruth,
} from '@foramen/phantom';
import type { Affine, SpineFindings, Vec3, Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { readSpine } from '../read/read-spine.ts';
import type { CanonicalSeries } from '../read/series.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';

const N = 384;
const MM = 0.75;

async function findingsOf(anatomy: Anatomy, slices: number, gap: number): Promise<SpineFindings> {
  const l3 = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const middle = sagittalPlane([l3[0], l3[1] + 8, l3[2] + 4], MM, N, N);
  const planes = Array.from({ length: slices }, (_, k) => shifted(middle, (k - (slices - 1) / 2) * gap));
  const classes = new Uint8Array(N * N * slices);
  planes.forEach((plane, k) => {
    classes.set(rasterise(anatomy, plane).label, k * N * N);
  });
  const first = planes[0] as (typeof planes)[number];
  const next = shifted(first, gap);
  const at = (c: 0 | 1 | 2) =>
    [first.du[c], first.dv[c], next.origin[c] - first.origin[c], first.origin[c]] as const;
  const ijkToLps = [...at(0), ...at(1), ...at(2), 0, 0, 0, 1] as unknown as Affine;
  const grid = { size: [N, N, slices] as const, spacing: [MM, MM, gap] as const, ijkToLps };
  const volume: Volume = {
    ...grid,
    data: Float32Array.from(
      classes,
      (c, n) => ([60, 120, 90, 80, 240, 110, 100][c] ?? 0) + ((n * 7919) % 13),
    ),
  };
  const series: CanonicalSeries = {
    name: 'phantom',
    volume,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: grid.size, spacingMm: grid.spacing, spacingFrom: 'file' },
  };
  const read = await readSpine([series], truthNetwork({ ...grid, data: classes }, slicesToSegment(volume)));
  if (!read.ok) throw new Error(read.problems[0].what);
  return read.value.findings;
}

type Placed = Anatomy['column']['vertebrae'][number];

/** An end plate from rim to rim in the sagittal plane [posterior, superior], mm. */
function surface(v: Placed, sign: 1 | -1): readonly (readonly [number, number])[] {
  const half = 0.46 * v.spec.depth;
  return Array.from({ length: 93 }, (_, n) => {
    const p = endplatePoint(v, half - (2 * half * n) / 92, sign);
    return [p[1], p[2]] as const;
  });
}

function hollow(points: readonly (readonly [number, number])[], into: 1 | -1): number {
  const [a, b] = [points[0] as readonly [number, number], points.at(-1) as readonly [number, number]];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const off = (p: readonly [number, number]) =>
    (into * ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))) / length;
  return Math.max(0, ...points.map(off));
}

const angleOf = (points: readonly (readonly [number, number])[]): number => {
  const [a, b] = [points[0] as readonly [number, number], points.at(-1) as readonly [number, number]];
  return (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
};
const gap = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;

describe('measures against the exact truth of a synthetic person', () => {
  it('end plates, segmental angles, foramina, conus, sacral slope and fluid', {
    timeout: 300_000,
  }, async () => {
    const anatomy = buildAnatomy('measures', { lesions: 0, degeneration: 0.1, conus: 4 });
    const findings = await findingsOf(anatomy, 15, 4);
    const hollows: number[] = [];
    const angles: number[] = [];
    const heights: number[] = [];
    const fluid: number[] = [];
    for (const level of findings.levels.filter((l) => l.indexFromBottom >= 2 && l.indexFromBottom <= 5)) {
      const k = level.indexFromBottom - 1;
      const above = anatomy.column.vertebrae[k] as Placed;
      const below = anatomy.column.vertebrae[k - 1] as Placed;
      const [upper, lower] = [surface(above, -1), surface(below, 1)];
      const m = level.measures;
      hollows.push((m.endplateConcavityUpperMm ?? 99) - hollow(upper, 1));
      hollows.push((m.endplateConcavityLowerMm ?? 99) - hollow(lower, -1));
      expect(m.endplateIndexUpper).toBeCloseTo((m.endplateConcavityUpperMm ?? 0) / above.spec.depth, 1);
      angles.push((m.segmentalAngleDeg ?? 99) - (angleOf(lower) - angleOf(upper)));
      if (m.csfSignalRatio !== undefined) fluid.push(m.csfSignalRatio);
      for (const side of ['left', 'right'] as const) {
        const found = m.foramenHeightMm?.[side];
        if (found === undefined) {
          expect(level.notMeasured?.[side === 'left' ? 'foramenLeft' : 'foramenRight']).toMatch(/pedicles/);
          continue;
        }
        const border = (v: Placed, share: number) =>
          localToLps(
            v.frame,
            -v.spec.depth / 2 - 2,
            (side === 'left' ? 1 : -1) * v.spec.width * 0.32,
            share * v.spec.height,
          );
        heights.push(found - gap(border(above, 0.19 - 0.27), border(below, 0.19 + 0.27)));
        expect(m.foramenWidthMm?.[side]).toBeGreaterThan(2);
      }
    }
    expect(hollows).toHaveLength(8);
    expect(mean(hollows.map(Math.abs))).toBeLessThan(0.7);
    expect(mean(angles.map(Math.abs))).toBeLessThan(3);
    expect(heights.length).toBeGreaterThanOrEqual(4);
    expect(mean(heights.map(Math.abs))).toBeLessThan(3);
    // Every drawn sac holds nothing but fluid of one brightness.
    expect(fluid.length).toBeGreaterThanOrEqual(3);
    for (const ratio of fluid) expect(Math.abs(ratio - 1)).toBeLessThan(0.12);
    const truth = studyTruth(anatomy);
    expect(Math.abs((findings.sacralSlopeDeg ?? 99) - truth.sacralSlopeDeg)).toBeLessThan(3);
    const slope = findings.columnDetails?.find((d) => d.measure === 'sacralSlopeDeg');
    expect(slope?.interval[0]).toBeLessThan(truth.sacralSlopeDeg);
    expect(slope?.interval[1]).toBeGreaterThan(truth.sacralSlopeDeg);
    expect(findings.columnDetails?.map((d) => d.measure)).toEqual(['lordosisL1S1Deg', 'sacralSlopeDeg']);
    expect(String(findings.conusLevel).split('-')).toContain(truth.conusAt);
    const level = findings.levels[1];
    expect(level?.notMeasured?.facetAngle).toBe('needs an axial T2-weighted series through the disc');
    expect(level?.notMeasured?.lateralRecess).toContain('axial T2');
    expect(level?.notMeasured?.muscleFatFraction).toContain('multifidus');
    expect(level?.notMeasured?.duralSacArea).toContain('axial T2');
  });

  it('a slipped vertebra: its disc is as high behind as where both end plates face each other', {
    timeout: 120_000,
  }, async () => {
    for (const person of ['slippeda', 'slippedc']) {
      const anatomy = buildAnatomy(person, {
        lesions: 0,
        degeneration: 0.8,
        lumbarCount: 5,
        discs: { 1: { herniation: null } },
        vertebrae: { 1: { slip: 5 } },
      });
      const findings = await findingsOf(anatomy, 1, 4);
      const found = findings.levels.find((l) => l.indexFromBottom === 2)?.measures;
      expect(found?.slipMm ?? 0).toBeGreaterThan(4);
      // Where the lower end plate alone goes on, a ray upwards meets the waist of the vertebra above.
      const truth = studyTruth(anatomy).discs[1]?.heightPosteriorMm ?? 0;
      expect(Math.abs((found?.heightPosteriorMm ?? 99) - truth), person).toBeLessThan(1.5);
    }
  });

  it('a slip uncovers the disc, which is no herniation; one beside it still is', {
    timeout: 300_000,
  }, async () => {
    const shown = async (ap: number) => {
      const anatomy = buildAnatomy('uncovered', {
        lesions: 0,
        degeneration: 0.45,
        lumbarCount: 5,
        discs: {
          1: {
            bulge: 1.5,
            herniation: ap > 0 ? { kind: 'extrusion', ap, width: 14, lateral: 0, migration: 0 } : null,
          },
        },
        vertebrae: { 1: { slip: 8 }, 0: { slip: 0 }, 2: { slip: 0 } },
      });
      const findings = await findingsOf(anatomy, 15, 4);
      return findings.levels.find((l) => l.indexFromBottom === 2);
    };
    const slipped = await shown(0);
    expect(slipped?.measures.slipMm ?? 0).toBeGreaterThan(6);
    expect(slipped?.herniationType ?? 'none').not.toMatch(/extrusion|protrusion/);
    expect(slipped?.measures.bulgeMm ?? 99).toBeLessThan(4);
    const both = await shown(9);
    expect(both?.measures.herniationApMm ?? 0).toBeGreaterThan(5);
    expect(both?.measures.herniationApMm ?? 0).toBeGreaterThan((slipped?.measures.herniationApMm ?? 0) + 3);
  });

  it('a crushed vertebra: heights, wedge and Genant grade', { timeout: 120_000 }, async () => {
    const anatomy = buildAnatomy('crushed', {
      lesions: 0,
      degeneration: 0.1,
      vertebrae: { 3: { fracture: 0.4 } },
    });
    const findings = await findingsOf(anatomy, 1, 4);
    const v = anatomy.column.vertebrae[3] as Placed;
    const heightAt = (a: number) => gap(endplatePoint(v, a, 1), endplatePoint(v, a, -1));
    const found = findings.vertebrae.find((one) => one.vertebra === 'L2');
    expect(Math.abs((found?.heightMiddleMm ?? 0) - heightAt(0))).toBeLessThan(1.5);
    const middle = found?.details?.find((d) => d.measure === 'heightMiddleMm');
    expect(middle?.interval[0]).toBeLessThan(heightAt(0));
    expect(middle?.interval[1]).toBeGreaterThan(heightAt(0));
    expect(found?.genant && 'grade' in found.genant ? found.genant.grade : 0).toBeGreaterThanOrEqual(1);
    const sound = findings.vertebrae.filter((one) => one.vertebra === 'L3' || one.vertebra === 'L4');
    for (const one of sound) expect(one.genant && 'grade' in one.genant ? one.genant.grade : 9).toBe(0);
    const upper = findings.levels.find((l) => l.level === 'L1-L2');
    const lower = findings.levels.find((l) => l.level === 'L3-L4');
    // The crushed end plate lies below the disc L1-L2.
    expect(upper?.measures.endplateConcavityLowerMm ?? 0).toBeGreaterThan(
      (lower?.measures.endplateConcavityLowerMm ?? 9) + 1.5,
    );
    expect(upper?.notMeasured?.foramenLeft).toContain('seven sagittal slices');
  });
});
