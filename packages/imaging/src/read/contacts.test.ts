import {
  buildAnatomy,
  type HerniationSpec,
  rasterise,
  rootTruth,
  sagittalPlane,
  shifted,
} from '@foramen/phantom';
import { type Affine, type LevelFindings, mm, type RootContact, type Volume } from '@foramen/spine';
import { beforeAll, describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { besideMidline } from './contacts.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

const N = 256;
const MM = 0.9;
const APART = 4.4;

/** A synthetic person on sagittal slices with exact outlines; `grey` is the brightness of each class, so any contrast can be given. */
async function read(
  herniations: Readonly<Record<number, HerniationSpec>>,
  slices: number,
  grey: readonly number[] = [60, 120, 90, 80, 240, 110, 100],
  seed = 'roots',
) {
  const none = { herniation: null, bulge: 1, stenosis: 0 };
  const anatomy = buildAnatomy(seed, {
    lesions: 0,
    degeneration: 0.2,
    lumbarCount: 5,
    discs: Object.fromEntries([0, 1, 2].map((k) => [k, { ...none, herniation: herniations[k] ?? null }])),
  });
  const aim = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const middle = sagittalPlane([aim[0], aim[1] + 8, aim[2] - 18], MM, N, N);
  const planes = Array.from({ length: slices }, (_, k) => shifted(middle, (k - (slices - 1) / 2) * APART));
  const classes = new Uint8Array(N * N * slices);
  for (const [k, plane] of planes.entries()) classes.set(rasterise(anatomy, plane).label, k * N * N);
  const first = planes[0] as (typeof planes)[number];
  const next = shifted(first, APART);
  const at = (c: 0 | 1 | 2) =>
    [first.du[c], first.dv[c], next.origin[c] - first.origin[c], first.origin[c]] as const;
  const ijkToLps = [...at(0), ...at(1), ...at(2), 0, 0, 0, 1] as unknown as Affine;
  const grid = { size: [N, N, slices] as const, spacing: [MM, MM, APART] as const, ijkToLps };
  const volume: Volume = {
    ...grid,
    data: Float32Array.from(classes, (c, n) => (grey[c] ?? 0) + ((n * 7919) % 13)),
  };
  const series: CanonicalSeries = {
    name: 'phantom',
    volume,
    hasGeometry: true,
    reading: {
      role: grey[4] === 240 ? 'sagittal-T2' : 'sagittal-unknown',
      size: grid.size,
      spacingMm: grid.spacing,
      spacingFrom: 'file',
    },
  };
  const result = await readSpine([series], truthNetwork({ ...grid, data: classes }, slicesToSegment(volume)));
  if (!result.ok) throw new Error(result.problems[0].what);
  return { levels: result.value.findings.levels, anatomy };
}

const contact = (level: LevelFindings | undefined, side: string, path: string): RootContact | undefined =>
  level?.rootContacts?.find((c) => c.side === side && c.path === path);
const displaced = (c: RootContact | undefined) => c?.grade === 'deviation' || c?.grade === 'compression';

describe('root and sac contact on sagittal slices against exact truth', () => {
  let levels: readonly LevelFindings[];
  let anatomy: Awaited<ReturnType<typeof read>>['anatomy'];
  beforeAll(async () => {
    ({ levels, anatomy } = await read(
      {
        0: { kind: 'extrusion', ap: 10, width: 14, lateral: 8, migration: -3 },
        1: { kind: 'protrusion', ap: 7, width: 12, lateral: -9, migration: 0 },
      },
      11,
    ));
  }, 300_000);

  it('the traversing root of the side of the herniation, and no other', () => {
    const lowest = levels.find((l) => l.level === 'L5-S1');
    expect(contact(lowest, 'left', 'traversing')).toMatchObject({ root: 'S1' });
    expect(displaced(contact(lowest, 'left', 'traversing'))).toBe(true);
    expect(contact(lowest, 'right', 'traversing')?.grade).toBe('none');
    const next = levels.find((l) => l.level === 'L4-L5');
    expect(contact(next, 'right', 'traversing')).toMatchObject({ root: 'L5' });
    expect(displaced(contact(next, 'right', 'traversing'))).toBe(true);
    expect(contact(next, 'left', 'traversing')?.grade).toBe('none');
    for (const side of ['left', 'right'])
      expect(
        contact(
          levels.find((l) => l.level === 'L3-L4'),
          side,
          'traversing',
        )?.grade,
      ).toBe('none');
  });

  it('measures the room of the root within two millimetres of what is true', () => {
    const both = (k: number, name: string, side: string) => [
      rootTruth(anatomy, k).find((t) => t.side === side && t.path === 'traversing')?.clearanceMm ?? 99,
      contact(
        levels.find((l) => l.level === name),
        side,
        'traversing',
      )?.read?.clearanceMm ?? -99,
    ];
    for (const side of ['left', 'right']) {
      const [truth = 99, found = -99] = both(1, 'L4-L5', side);
      expect(Math.abs(found - truth)).toBeLessThan(2);
    }
    // Behind L5-S1 the root runs somewhere in thick fat: only the sign is sure.
    const [truth = 99, found = 99] = both(0, 'L5-S1', 'left');
    expect(Math.max(truth, found)).toBeLessThan(0);
  });

  it('a herniation beside the midline is present and of its type although the midline shows none', () => {
    const lowest = levels.find((l) => l.level === 'L5-S1');
    expect(lowest?.herniation && 'p' in lowest.herniation ? lowest.herniation.p : 0).toBeGreaterThan(0.5);
    expect(lowest?.herniationType).toMatch(/protrusion|extrusion/);
    expect([lowest?.herniationSide, lowest?.herniationZone]).toEqual(['left', 'subarticular']);
  });

  it('says why, on which plane, and with a probability of each grade', () => {
    for (const level of levels) {
      for (const c of level.rootContacts ?? []) {
        expect(c.read?.planes).toEqual(['sagittal']);
        expect(c.read?.because).toMatch(/mm beside the midline: tissue .* mm behind the corner line/);
        expect(c.read?.byGrade.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      }
    }
  });
});

describe('what the slices do not reach', () => {
  it('one mid-sagittal slice shows the sac and no root', { timeout: 120_000 }, async () => {
    const { levels } = await read(
      { 1: { kind: 'extrusion', ap: 8, width: 16, lateral: 0, migration: 0 } },
      1,
    );
    const level = levels.find((l) => l.level === 'L4-L5');
    const sac = level?.sacContact;
    expect(sac && 'grade' in sac && sac.grade !== 'none').toBe(true);
    expect(level?.rootContacts).toBeUndefined();
    expect(level?.rootsNotAssessed).toHaveLength(4);
    for (const r of level?.rootsNotAssessed ?? [])
      expect(r.abstained).toMatch(/one sagittal slice only.*lateral recess.*axial T2/);
    const sound = levels.find((l) => l.level === 'L3-L4')?.sacContact;
    expect(sound && 'grade' in sound && sound.grade).toBe('none');
  });

  it('slices through the canal alone name the recess and the foramen they miss', {
    timeout: 120_000,
  }, async () => {
    // Five slices end 8.8 mm beside the midline; contrast inverted: outlines alone must do.
    const { levels } = await read(
      { 1: { kind: 'protrusion', ap: 7, width: 14, lateral: 8, migration: 0 } },
      5,
      [120, 60, 100, 140, 20, 70, 40],
    );
    const level = levels.find((l) => l.level === 'L4-L5');
    expect(displaced(contact(level, 'left', 'traversing'))).toBe(true);
    for (const side of ['left', 'right']) {
      expect(contact(level, side, 'exiting')).toBeUndefined();
      const open = level?.rootsNotAssessed?.find((r) => r.side === side && r.path === 'exiting');
      expect(open?.abstained).toContain('foramen');
    }
  });
});

describe('a herniation that the midline does not show', () => {
  const pushed = (byGrade: readonly [number, number, number, number]): RootContact => ({
    root: 'S1',
    side: 'left',
    path: 'traversing',
    grade: 'deviation',
    p: 1 - byGrade[0],
    read: { byGrade, clearanceMm: mm(-3), planes: ['sagittal'], because: 'drawn' },
  });

  it('is raised by a root that tissue pushes away, and never lowered', () => {
    const found = { rootContacts: [pushed([0.05, 0.05, 0.7, 0.2])] };
    expect(
      besideMidline({ herniation: { p: 0.3 } }, found, { lateral: null, displacement: null, fragment: null })
        .herniation,
    ).toEqual({
      p: expect.closeTo(0.63, 6),
    });
    expect(
      besideMidline({ herniation: { p: 0.9 } }, found, { lateral: null, displacement: null, fragment: null })
        .herniation,
    ).toEqual({
      p: 0.9,
    });
    expect(
      besideMidline(
        { herniation: { p: 0.3 } },
        { rootContacts: [pushed([0.9, 0.1, 0, 0])] },
        { lateral: null, displacement: null, fragment: null },
      ).herniation,
    ).toEqual({ p: 0.3 });
  });

  it('stays open where it was not judged', () => {
    expect(
      besideMidline(
        { herniation: { abstained: 'not seen' } },
        {},
        { lateral: null, displacement: null, fragment: null },
      ),
    ).toEqual({ nassType: { abstained: 'not seen' } });
  });
});
