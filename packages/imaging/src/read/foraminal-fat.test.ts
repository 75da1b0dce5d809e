import {
  addNoise,
  blur,
  buildAnatomy,
  buildTexture,
  type Contrast,
  cutSlab,
  drawSignals,
  type ForamenSpec,
  foramenTruth,
  rngFrom,
  sagittalPlane,
  slabSignal,
} from '@foramen/phantom';
import {
  affineFrom,
  type DiscLevel,
  isGrade,
  type LevelFindings,
  type SequenceRole,
  type Side,
} from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

const SIZE = 250;
const MM = 0.9;
const LEVEL: readonly DiscLevel[] = ['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3'];
const spec = (across: number, along: number, rootMm: ForamenSpec['rootMm'] = [2.6, 3.2]): ForamenSpec => ({
  fatMm: { front: across, behind: across, above: along, below: along },
  rootMm,
});
const open = spec(5, 5);
const anatomy = buildAnatomy('perineural fat', {
  lumbarCount: 5,
  lesions: 0,
  degeneration: 0.2,
  scoliosisDeg: 0,
  discs: {
    0: { foramina: { left: open, right: spec(0.1, 0.1) } },
    1: { foramina: { left: spec(0.1, 5), right: open } },
    2: { foramina: { left: spec(0.1, 0.1), right: open } },
    3: { foramina: { left: open, right: spec(0.1, 0.1, [1.1, 3.2]) } },
  },
});
const truth = foramenTruth(anatomy);

interface Taken {
  readonly series: CanonicalSeries;
  readonly classes: Uint8Array;
}

function take(contrast: Contrast, role: SequenceRole, sliceMm: number, told?: string): Taken {
  const count = Math.round(62 / sliceMm);
  const l3 = anatomy.column.vertebrae[2]?.frame.c ?? [0, 0, 0];
  const at = (k: number) => l3[0] + (k - (count - 1) / 2) * sliceMm;
  const planes = Array.from({ length: count }, (_, k) =>
    sagittalPlane([at(k), l3[1] + 8, l3[2] - 10], MM, SIZE, SIZE),
  );
  const rng = rngFrom(`${contrast} scan`);
  const table = drawSignals(rng.fork('signals'), contrast, 0.3);
  const texture = buildTexture({ seed: 'perineural fat', size: 1 });
  const classes = new Uint8Array(SIZE * SIZE * count);
  const data = new Float32Array(classes.length);
  planes.forEach((plane, k) => {
    const slab = cutSlab(anatomy, plane, 0.9 * sliceMm, 3);
    classes.set(slab.centre.label, k * SIZE * SIZE);
    const signal = slabSignal(slab, table, texture);
    blur(signal, SIZE, SIZE, 0.45, 0.45);
    addNoise(signal, 0.012, rng);
    data.set(
      signal.map((v) => v * 1500),
      k * SIZE * SIZE,
    );
  });
  const spacing = [MM, MM, sliceMm] as const;
  const axes = [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ] as const;
  const ijkToLps = affineFrom(axes, spacing, planes[0]?.origin ?? [0, 0, 0]);
  const size = [SIZE, SIZE, count] as const;
  return {
    classes,
    series: {
      name: contrast,
      volume: { size, spacing, ijkToLps, data },
      reading: { role, size, spacingMm: spacing, spacingFrom: 'file' },
      hasGeometry: true,
      frameOfReferenceUid: '1.2.3',
      ...(told === undefined ? {} : { contrast: told }),
    },
  };
}

const known = new Map<string, readonly LevelFindings[]>();

async function levels(...taken: readonly Taken[]): Promise<readonly LevelFindings[]> {
  const key = taken.map((t) => `${t.series.name} ${t.series.reading.spacingMm[2]}`).join();
  const before = known.get(key);
  if (before) return before;
  const [first] = taken;
  if (!first) throw new Error('no series');
  const { volume } = first.series;
  const all = Array.from({ length: volume.size[2] }, (_, k) => k);
  const read = await readSpine(
    taken.map((t) => t.series),
    truthNetwork({ ...volume, data: first.classes }, all),
  );
  if (!read.ok) throw new Error(read.problems[0].what);
  known.set(key, read.value.findings.levels);
  return read.value.findings.levels;
}

describe('fat around the exiting root', () => {
  const t2 = take('T2', 'sagittal-T2', 4);
  const t1 = take('T1', 'sagittal-T1', 4);

  it.each([
    ['T2', [t2], 0.6],
    ['T1', [t1], 0.6],
    ['T2 and T1', [t2, t1], 0.7],
  ] as const)('is read on %s: grades within one, most of them right', async (_, taken, share) => {
    const found = await levels(...taken);
    const pairs = truth.map((t) => {
      const grade = found.find((l) => l.level === LEVEL[t.disc])?.leeForaminal?.[t.side];
      if (!isGrade(grade)) throw new Error(`${LEVEL[t.disc]} ${t.side} was not graded`);
      expect(grade.p).toHaveLength(4);
      expect(grade.p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      return [grade.grade, t.lee] as const;
    });
    expect(pairs).toHaveLength(8);
    for (const [grade, lee] of pairs) expect(Math.abs(grade - lee)).toBeLessThanOrEqual(1);
    expect(pairs.filter(([grade, lee]) => grade === lee).length / pairs.length).toBeGreaterThanOrEqual(share);
  });

  it('gives the share of fat with its interval, greater where fat is left', async () => {
    const found = await levels(t2, t1);
    const share = (disc: number, side: Side) =>
      found.find((l) => l.level === LEVEL[disc])?.measures.perineuralFatPercent?.[side] ?? Number.NaN;
    expect(share(1, 'right')).toBeGreaterThan(share(2, 'left') + 20);
    for (const t of truth) expect(Math.abs(share(t.disc, t.side) - 100 * t.fatShare)).toBeLessThan(30);
    const detail = found
      .find((l) => l.level === 'L3-L4')
      ?.details?.find((d) => d.measure === 'perineuralFatPercent' && d.side === 'left');
    expect(detail?.definition).toContain('Lee 2010');
    expect(detail?.how).toContain('signal');
    for (const level of found)
      if (level.level === 'T12-L1') expect(isGrade(level.leeForaminal?.left)).toBe(false);
  });

  it.each([
    ['STIR that says so', take('STIR', 'sagittal-STIR', 4, 'stir'), 'without fat suppression'],
    ['a T2 whose fat is suppressed in silence', take('T2-fatsat', 'sagittal-T2', 4), 'fat'],
    ['slices of 5.6 mm', take('T2', 'sagittal-T2', 5.6), 'at most 5 mm'],
  ] as const)('abstains on %s', async (_, taken, reason) => {
    for (const level of await levels(taken)) {
      for (const side of ['left', 'right'] as const) {
        const grade = level.leeForaminal?.[side];
        if (!grade) continue;
        expect(isGrade(grade)).toBe(false);
        const open = LEVEL.includes(level.level);
        if ('abstained' in grade && open && !grade.abstained.includes('no sagittal slice'))
          expect(grade.abstained).toContain(reason);
      }
      expect(level.measures.perineuralFatPercent).toBeUndefined();
    }
  });
});
