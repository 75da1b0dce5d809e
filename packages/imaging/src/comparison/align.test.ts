import {
  type Anatomy,
  buildAnatomy,
  buildTexture,
  cutSlab,
  drawSignals,
  type Plane,
  rasterise,
  rngFrom,
  sagittalPlane,
  shifted,
  slabSignal,
} from '@foramen/phantom';
import { type Affine, affineFrom, invertAffine, type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { readSpine } from '../read/read-spine.ts';
import type { CanonicalSeries } from '../read/series.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { alignStudies, type StudyPicture } from './align.ts';
import { matchedSlice } from './matched-slice.ts';
import { compose, nudge, rigidFit } from './rigid.ts';

const N = 320;
const MM = 0.9;
const GAP = 4.4;
const SLICES = 11;

/** A scan of a synthetic person whose scanner coordinates are straight whatever way the person lies. */
async function scan(
  anatomy: Anatomy,
  lying: { readonly rollDeg: number; readonly yawDeg: number; readonly shift: Vec3 },
): Promise<{ study: StudyPicture; planes: Plane[]; scannerOf: (anatomical: Vec3) => Vec3 }> {
  const l3 = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const middle = sagittalPlane(
    [l3[0] + lying.shift[0], l3[1] + 8 + lying.shift[1], l3[2] - 14 + lying.shift[2]],
    MM,
    N,
    N,
    lying.rollDeg,
    lying.yawDeg,
  );
  const planes = Array.from({ length: SLICES }, (_, k) => shifted(middle, (k - (SLICES - 1) / 2) * GAP));
  const table = drawSignals(rngFrom('weighting'), 'T2', 0.3);
  const texture = buildTexture({ seed: 'marrow', size: 1 });
  const data = new Float32Array(N * N * SLICES);
  const classes = new Uint8Array(N * N * SLICES);
  planes.forEach((plane, k) => {
    const slab = cutSlab(anatomy, plane, 4, 1);
    data.set(slabSignal(slab, table, texture), k * N * N);
    classes.set(slab.centre.label, k * N * N);
  });
  const first = planes[0] as Plane;
  const next = planes[1] as Plane;
  const column = (n: 0 | 1 | 2) =>
    [first.du[n], first.dv[n], next.origin[n] - first.origin[n], first.origin[n]] as const;
  const anatomical = [...column(0), ...column(1), ...column(2), 0, 0, 0, 1] as unknown as Affine;
  const across = Math.sign(next.origin[0] - first.origin[0]);
  const scanner = affineFrom(
    [
      [0, 1, 0],
      [0, 0, -1],
      [across, 0, 0],
    ],
    [MM, MM, GAP],
    [-20 * across, -140, 150],
  );
  const volume: Volume = { size: [N, N, SLICES], spacing: [MM, MM, GAP], ijkToLps: scanner, data };
  const series: CanonicalSeries = {
    name: 'scan',
    volume,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: volume.size, spacingMm: volume.spacing, spacingFrom: 'file' },
  };
  const read = await readSpine([series], truthNetwork({ ...volume, data: classes }, slicesToSegment(volume)));
  if (!read.ok) throw new Error(read.problems[0].what);
  const toIndex = invertAffine(anatomical);
  return {
    study: { volume, labels: read.value.labels },
    planes,
    scannerOf: (p) => voxelToLps(scanner, ...voxelToLps(toIndex, ...p)),
  };
}

const apart = (a: Vec3, b: Vec3) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const STILL = { rollDeg: 0, yawDeg: 0, shift: [0, 0, 0] as Vec3 };
const herniated = (ap: number) => ({
  lesions: 0,
  degeneration: 0.2,
  discs: { 1: { herniation: { kind: 'protrusion', ap, width: 16, lateral: 0, migration: 0 } } as const },
});

let straight: ReturnType<typeof scan> | undefined;
/** The later of the two studies, scanned once for all who need one. */
function laterStudy(): ReturnType<typeof scan> {
  straight ??= scan(buildAnatomy('pair', herniated(3)), STILL);
  return straight;
}

describe('rigid motion', () => {
  it('is recovered from its effect on points, also when they lie in one plane', () => {
    const points: Vec3[] = [
      [1, 20, 3],
      [-8, 2, 40],
      [14, -5, 9],
      [3, 33, -20],
    ];
    const axes = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const;
    const m = nudge(axes, [4, 5, 6], [10, -3, 2], [11, -25, 7]);
    const fit = rigidFit(
      points,
      points.map((p) => voxelToLps(m, ...p)),
    );
    for (let n = 0; n < 12; n++) expect(fit?.[n]).toBeCloseTo(m[n] as number, 8);
    const flat = points.map((p): Vec3 => [0, p[1], p[2]]);
    const again = rigidFit(
      flat,
      flat.map((p) => voxelToLps(m, ...p)),
    ) as Affine;
    for (const p of flat) expect(apart(voxelToLps(again, ...p), voxelToLps(m, ...p))).toBeLessThan(1e-6);
    const back = compose(invertAffine(m), m);
    expect(back[0]).toBeCloseTo(1, 10);
    expect(rigidFit(points.slice(0, 2), points.slice(0, 2))).toBeNull();
  });
});

describe('matched slices of two studies', () => {
  it('finds each vertebra again where the person lies askew, and shows the earlier herniation on the later slice', async () => {
    const before = buildAnatomy('pair', herniated(9));
    const after = buildAnatomy('pair', herniated(3));
    const earlier = await scan(before, { rollDeg: 5, yawDeg: 4, shift: [5, -9, 12] });
    const later = await laterStudy();
    const alignment = alignStudies(earlier.study, later.study);
    expect(alignment.vertebrae.length).toBeGreaterThanOrEqual(5);
    const errors = alignment.vertebrae
      .filter((v) => v.label !== 50)
      .map((v) => {
        const body = after.column.vertebrae[45 - v.label] ?? after.column.vertebrae[5 + 32 - v.label];
        const c = body?.frame.c as Vec3;
        return apart(voxelToLps(v.toEarlier, ...later.scannerOf(c)), earlier.scannerOf(c));
      });
    expect(Math.max(...errors)).toBeLessThan(1.6);
    // What a scan of the earlier state in the later scan's own plane would have shown.
    const k = (SLICES - 1) / 2;
    const matched = matchedSlice(earlier.study, later.study.volume, alignment, k);
    const truth = rasterise(before, later.planes[k] as Plane).label;
    expect(matched?.covered).toBeGreaterThan(0.85);
    const dice = (labels: Uint8Array) => {
      let [a, b, both] = [0, 0, 0];
      for (let n = 0; n < truth.length; n++) {
        const isDisc = (labels[n] ?? 0) >= 71;
        const real = truth[n] === 3;
        a += Number(isDisc);
        b += Number(real);
        both += Number(isDisc && real);
      }
      return (2 * both) / (a + b);
    };
    const asAcquired = earlier.study.labels.data.subarray(k * N * N, (k + 1) * N * N);
    expect(dice(matched?.labels ?? new Uint8Array(N * N))).toBeGreaterThan(0.85);
    expect(dice(asAcquired)).toBeLessThan(0.6);
  });

  it('follows each vertebra when the curve of the spine has changed between the studies', async () => {
    const before = buildAnatomy('posture', { lesions: 0, degeneration: 0.1, sacralSlopeDeg: 32 });
    const after = buildAnatomy('posture', { lesions: 0, degeneration: 0.1, sacralSlopeDeg: 42 });
    const earlier = await scan(before, STILL);
    const later = await scan(after, STILL);
    const { vertebrae } = alignStudies(earlier.study, later.study);
    for (const v of vertebrae.filter((one) => one.label >= 41 && one.label <= 45)) {
      const at = (a: Anatomy) => a.column.vertebrae[45 - v.label]?.frame.c as Vec3;
      const moved = voxelToLps(v.toEarlier, ...later.scannerOf(at(after)));
      expect(apart(moved, earlier.scannerOf(at(before))), `label ${v.label}`).toBeLessThan(1.8);
    }
    expect(vertebrae.length).toBeGreaterThanOrEqual(5);
  });

  it('says so when there is nothing to align', async () => {
    const { study } = await laterStudy();
    const empty = { ...study, labels: { ...study.labels, data: new Uint8Array(study.labels.data.length) } };
    const alignment = alignStudies(empty, study);
    expect(alignment.vertebrae).toEqual([]);
    expect(alignment.limits[0]).toContain('fewer than two vertebrae');
    expect(matchedSlice(study, study.volume, alignment, 3)).toBeNull();
  });
});
