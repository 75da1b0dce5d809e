import {
  type Anatomy,
  buildAnatomy,
  localToLps,
  rasterise,
  sagittalPlane,
  shifted,
  TISSUE,
} from '@foramen/phantom';
import {
  type Affine,
  type Corridor,
  type CorridorHazard,
  invertAffine,
  isCorridor,
  type Vec3,
  type Volume,
  voxelToLps,
} from '@foramen/spine';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSpine, type SpineReading } from '../read/read-spine.ts';
import type { CanonicalSeries } from '../read/series.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { MARGIN_MM, polygonArea } from './corridor.ts';
import { corridorOverlay } from './overlay.ts';
import { nearestTo } from './scene.ts';

const N = 320;
const MM = 0.9;
const GAP = 4;

async function study(anatomy: Anatomy, slices: number): Promise<{ reading: SpineReading; volume: Volume }> {
  const l3 = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const middle = sagittalPlane([l3[0], l3[1] + 8, l3[2] - 14], MM, N, N);
  const planes = Array.from({ length: slices }, (_, k) => shifted(middle, (k - (slices - 1) / 2) * GAP));
  const data = new Uint8Array(N * N * slices);
  const grey = new Float32Array(N * N * slices);
  planes.forEach((plane, k) => {
    const { label, tissue } = rasterise(anatomy, plane);
    data.set(label, k * N * N);
    for (let n = 0; n < label.length; n++)
      grey[k * N * N + n] =
        tissue[n] === 0 ? 0 : ([60, 120, 90, 80, 240, 110, 100][label[n] as number] ?? 0) + ((n * 7919) % 13);
  });
  const [first, next] = planes as [(typeof planes)[number], (typeof planes)[number]];
  const at = (c: 0 | 1 | 2) =>
    [first.du[c], first.dv[c], next.origin[c] - first.origin[c], first.origin[c]] as const;
  const ijkToLps = [...at(0), ...at(1), ...at(2), 0, 0, 0, 1] as unknown as Affine;
  const grid = { size: [N, N, slices] as const, spacing: [MM, MM, GAP] as const, ijkToLps };
  const volume: Volume = { ...grid, data: grey };
  const series: CanonicalSeries = {
    name: 'phantom',
    volume,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: grid.size, spacingMm: grid.spacing, spacingFrom: 'file' },
  };
  const read = await readSpine([series], truthNetwork({ ...grid, data }, slicesToSegment(volume)));
  if (!read.ok) throw new Error(read.problems[0].what);
  return { reading: read.value, volume };
}

/** The far end of a way is rounded: what lies beyond it counts too, mm. */
const BEYOND = 24;

/** Distances of the way's axis to the nearest true bone of the arch, sac and root: half planes around the axis, half a millimetre fine. */
function trueClearances(anatomy: Anatomy, c: Corridor): Readonly<Record<CorridorHazard, number>> {
  const unit = (v: Vec3): Vec3 => {
    const l = Math.hypot(...v);
    return [v[0] / l, v[1] / l, v[2] / l];
  };
  const cross = (a: Vec3, b: Vec3): Vec3 => [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
  const d = unit([c.towards[0] - c.target[0], c.towards[1] - c.target[1], c.towards[2] - c.target[2]]);
  const e = unit(cross(d, [0, 0, 1]));
  const f = cross(d, e);
  const length = Math.hypot(
    c.towards[0] - c.target[0],
    c.towards[1] - c.target[1],
    c.towards[2] - c.target[2],
  );
  const best = { bone: 40, sac: 40, root: 40 };
  for (let turn = 0; turn < 36; turn++) {
    const [cos, sin] = [Math.cos((turn * Math.PI) / 18), Math.sin((turn * Math.PI) / 18)];
    const across = [0, 1, 2].map(
      (n) => 0.5 * (cos * (e[n] as number) + sin * (f[n] as number)),
    ) as unknown as Vec3;
    const width = Math.ceil(2 * length) + 2 * BEYOND;
    const { label, tissue } = rasterise(anatomy, {
      origin: [0, 1, 2].map((n) => (c.target[n] as number) - BEYOND * (d[n] as number)) as unknown as Vec3,
      du: [d[0] / 2, d[1] / 2, d[2] / 2],
      dv: across,
      width,
      height: 60,
    });
    label.forEach((v, n) => {
      const kind = v === 2 ? 'bone' : v === 4 || v === 6 ? 'sac' : tissue[n] === TISSUE.root ? 'root' : null;
      if (kind === null) return;
      const before = Math.max(0, BEYOND - (n % width) / 2);
      best[kind] = Math.min(best[kind], Math.hypot(before, Math.floor(n / width) / 2));
    });
  }
  return best;
}

describe('corridors against the truth of a synthetic person', () => {
  const anatomy = buildAnatomy('corridor', { lesions: 0, degeneration: 0.1 });
  let reading: SpineReading;
  let volume: Volume;
  const found = (kind: Corridor['kind'], level: string): Corridor[] =>
    (reading.findings.corridors ?? []).filter((c) => c.kind === kind && c.level === level).filter(isCorridor);
  beforeAll(async () => {
    ({ reading, volume } = await study(anatomy, 17));
  }, 240_000);

  it('keep the distance to sac, facet and root that they say, within the interval that they say', () => {
    const ways = ['L2-L3', 'L3-L4', 'L4-L5'].flatMap((level) => found('kambin', level));
    expect(ways.length).toBeGreaterThanOrEqual(4);
    const outside: string[] = [];
    for (const way of ways) {
      const truth = trueClearances(anatomy, way);
      for (const to of ['bone', 'sac', 'root'] as const) {
        const off = (way.clearanceMm[to] as number) + MARGIN_MM - (truth[to] as number);
        const within = way.uncertaintyMm[to] as number;
        expect(within).toBeLessThan(to === 'root' ? 7 : 3.5);
        if (Math.abs(off) > within) outside.push(`${way.level} ${way.side} ${to} ${off.toFixed(1)}`);
        // The point that is drawn is the one that was measured.
        const drawn = nearestTo(
          Float32Array.from(way.nearest[to] as Vec3),
          way.target,
          way.towards,
        )?.distanceMm;
        const radius = to === 'root' ? 2.5 : 0;
        expect((drawn as number) - radius - MARGIN_MM).toBeCloseTo(way.clearanceMm[to] as number, 3);
      }
      expect(way.outline).toHaveLength(3);
      expect(way.windowAreaMm2).toBeGreaterThan(10);
      expect(way.side === 'left').toBe(way.target[0] > (anatomy.column.discs[2]?.frame.c[0] ?? 0));
      expect(way.notes.join()).toContain('root was not outlined');
    }
    // An interval of 95 %: of 18 distances one may lie outside.
    expect(outside.length, outside.join('; ')).toBeLessThanOrEqual(1);
  });

  it('follow the axis of each pedicle', () => {
    let seen = 0;
    for (const [index, level] of [
      [1, 'L4-L5'],
      [2, 'L3-L4'],
      [3, 'L2-L3'],
    ] as const) {
      const v = anatomy.column.vertebrae[index] as (typeof anatomy.column.vertebrae)[number];
      const { height, depth, width } = v.spec;
      for (const way of found('pedicle', level)) {
        const l = (way.side === 'left' ? 1 : -1) * width * 0.32;
        const isthmus = localToLps(v.frame, -depth / 2 - 4, l, height * 0.185);
        const off = nearestTo(Float32Array.from(isthmus), way.target, way.towards)?.distanceMm as number;
        expect(off, `${way.vertebra} ${way.side}`).toBeLessThan(4);
        const [a, , , d] = way.outline as [Vec3, Vec3, Vec3, Vec3];
        expect(Math.abs(Math.hypot(a[0] - d[0], a[1] - d[1], a[2] - d[2]) - 2 * height * 0.27)).toBeLessThan(
          4,
        );
        expect(way.clearanceMm.sac).toBeGreaterThan(-MARGIN_MM);
        expect(way.notes.join()).toContain('convergence is the usual one');
        seen++;
      }
    }
    expect(seen).toBeGreaterThanOrEqual(4);
  });

  it('name the plane or structure that is missing', () => {
    const crest = (reading.findings.corridors ?? []).find((c) => c.kind === 'l5s1-transforaminal');
    expect(crest && !isCorridor(crest) && crest.abstained).toMatch(
      /iliac crest.*coronal series, CT or a radiograph/,
    );
    const space = crest && !isCorridor(crest) ? crest.discSpaceMm : undefined;
    const l5 = reading.findings.levels.find((l) => l.level === 'L5-S1');
    expect(space?.posterior).toBe(l5?.measures.heightPosteriorMm);
    for (const c of reading.findings.corridors ?? []) {
      if (!isCorridor(c))
        expect(c.abstained).toMatch(/needs|not found|not outlined|not in the picture|no gap/);
    }
  });

  it('are drawn on the slices they run through', () => {
    const way = found('kambin', 'L3-L4')[0] as Corridor;
    const overlay = corridorOverlay(volume, way);
    const ways = overlay.filter((o) => o.kind === 'way');
    expect(ways.length).toBeGreaterThan(2);
    const toVoxel = invertAffine(volume.ijkToLps);
    const [i, j, k] = voxelToLps(toVoxel, ...way.target);
    const own = ways.find((o) => o.slice === Math.round(k));
    const ends = own?.points ?? [];
    expect(Math.min(...ends.map((p) => Math.hypot(p[0] - i, p[1] - j)))).toBeLessThan(0.01);
    const sorted = ways.map((o) => o.slice).sort((a, b) => a - b);
    expect(sorted.at(-1)! - sorted[0]!).toBe(sorted.length - 1);
    expect(overlay.find((o) => o.kind === 'outline')?.points).toHaveLength(3);
  });

  it('are not given from three slices, and say which slices would show them', async () => {
    const few = await study(anatomy, 3);
    expect((few.reading.findings.corridors ?? []).filter(isCorridor)).toEqual([]);
    const texts = (few.reading.findings.corridors ?? []).map((c) => (isCorridor(c) ? '' : c.abstained));
    expect(texts.some((t) => t.includes('needs sagittal slices through the foramen'))).toBe(true);
    expect(texts.some((t) => t.includes('through the pedicles'))).toBe(true);
  }, 120_000);
});

describe('areas of windows', () => {
  it('are those of the polygon, whatever its place in space', () => {
    expect(
      polygonArea([
        [10, 5, 5],
        [10, 9, 5],
        [10, 9, 8],
        [10, 5, 8],
      ]),
    ).toBeCloseTo(12, 12);
  });
});
