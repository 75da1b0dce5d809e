import { buildAnatomy, discTruth, rasterise, sagittalPlane, shifted } from '@foramen/phantom';
import type { Affine, Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

const N = 384;
const MM = 0.75;

/** Sagittal slices of a synthetic person with their exact classes, and what is true of the discs whole in the middle one. */
function person(seed: string, slices: number, options: Parameters<typeof buildAnatomy>[1] = {}) {
  const anatomy = buildAnatomy(seed, options);
  const aim = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const middle = sagittalPlane(aim, MM, N, N);
  const planes = Array.from({ length: slices }, (_, k) => shifted(middle, (k - (slices - 1) / 2) * 4));
  const classes = new Uint8Array(N * N * slices);
  for (const [k, plane] of planes.entries()) classes.set(rasterise(anatomy, plane).label, k * N * N);
  const first = planes[0] as (typeof planes)[number];
  const next = shifted(first, 4);
  const at = (axis: 0 | 1 | 2) =>
    [first.du[axis], first.dv[axis], next.origin[axis] - first.origin[axis], first.origin[axis]] as const;
  const ijkToLps = [...at(0), ...at(1), ...at(2), 0, 0, 0, 1] as unknown as Affine;
  const grid = { size: [N, N, slices] as const, spacing: [MM, MM, 4] as const, ijkToLps };
  const picture: Volume = {
    ...grid,
    data: Float32Array.from(
      classes,
      (c, i) => ([60, 120, 90, 80, 240, 110, 100][c] ?? 0) + ((i * 7919) % 13),
    ),
  };
  const truth = discTruth(anatomy, middle).filter((d) => d.box && d.box[0] >= 10 && d.box[2] < N - 10);
  return { picture, classes: { ...grid, data: classes }, truth };
}

async function read(p: ReturnType<typeof person>) {
  const series: CanonicalSeries = {
    name: 'phantom',
    volume: p.picture,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: p.picture.size, spacingMm: p.picture.spacing, spacingFrom: 'file' },
  };
  const result = await readSpine([series], truthNetwork(p.classes, slicesToSegment(p.picture)));
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value.findings;
}

const mae = (v: readonly number[]) => v.reduce((a, b) => a + Math.abs(b), 0) / v.length;

describe('measures against the truth of synthetic people', () => {
  it('finds every disc of three worn spines and measures them to about half a millimetre', async () => {
    const heights: number[] = [];
    const slips: number[] = [];
    const bulges: number[] = [];
    for (const seed of ['m0', 'm3', 'm7']) {
      const p = person(seed, 1);
      const findings = await read(p);
      for (const t of p.truth) {
        const level = findings.levels.find((l) => l.indexFromBottom === t.indexFromBottom);
        expect(level, `${seed} ${t.name}`).toBeDefined();
        const box = level?.box ?? [0, 0, 0, 0];
        const wanted = t.box as NonNullable<typeof t.box>;
        expect(Math.abs((box[0] + box[2] - wanted[0] - wanted[2]) / 2), `${seed} ${t.name}`).toBeLessThan(14);
        const m = level?.measures;
        if (!m || t.schmorlUpper || t.schmorlLower) continue;
        if (m.heightMiddleMm !== undefined) {
          heights.push((m.heightAnteriorMm ?? 99) - t.heightAnteriorMm, m.heightMiddleMm - t.heightMiddleMm);
          heights.push((m.heightPosteriorMm ?? 99) - t.heightPosteriorMm);
        }
        if (m.slipMm !== undefined) slips.push(m.slipMm - t.slipMm);
        if (m.bulgeMm !== undefined && !t.herniation) bulges.push(m.bulgeMm - t.bulgeMm);
      }
    }
    expect(heights.length).toBeGreaterThan(25);
    expect(mae(heights)).toBeLessThan(0.9);
    expect(mae(slips)).toBeLessThan(0.7);
    expect(mae(bulges)).toBeLessThan(1);
  });

  it('tells depth, zone and side of a herniation on a series of slices', async () => {
    const herniation = { kind: 'extrusion', ap: 8, width: 14, lateral: 8, migration: 0 } as const;
    const p = person('h1', 9, { lesions: 0, degeneration: 0.2, discs: { 1: { herniation } } });
    const findings = await read(p);
    const level = findings.levels.find((l) => l.indexFromBottom === 2);
    expect(Math.abs((level?.measures.herniationApMm ?? 0) - 8)).toBeLessThan(2.2);
    expect(level?.herniationSide).toBe('left');
    const other = findings.levels.filter((l) => l.indexFromBottom !== 2);
    expect(other.every((l) => (l.measures.herniationApMm ?? 0) < 3)).toBe(true);
  });

  it('tells a sequestrum from an extrusion that went as far, on a series and not on one slice', async () => {
    const typed = async (kind: 'extrusion' | 'sequestration', slices: number) => {
      const herniation = { kind, ap: 8, width: 14, lateral: 0, migration: -12 } as const;
      const options = { lesions: 0, degeneration: 0.2, scale: 1.15, discs: { 2: { herniation, height: 4 } } };
      const findings = await read(person('s1', slices, options));
      return { findings, level: findings.levels.find((l) => l.indexFromBottom === 3) };
    };
    const free = await typed('sequestration', 9);
    const p = free.level?.nassType && 'p' in free.level.nassType ? free.level.nassType : null;
    expect(p?.grade).toBe(4);
    expect(p?.p).toHaveLength(5);
    expect(free.level?.herniationType).toBe('sequestration');
    expect(free.findings.limits.join()).toMatch(
      /L3-L4: disc tissue .* below the disc .* no bridge .*sequestration/,
    );
    const joined = await typed('extrusion', 9);
    const q = joined.level?.nassType && 'p' in joined.level.nassType ? joined.level.nassType.p : [];
    expect(q[4] ?? 0).toBeLessThan(0.2);
    expect(joined.level?.herniationType).not.toBe('sequestration');
    const one = await typed('sequestration', 1);
    expect(one.level?.nassType).not.toHaveProperty('p.4');
    expect(one.findings.limits.join()).toMatch(/free of its disc shows only on a sagittal series/);
  });
});
