import {
  type Anatomy,
  AXIAL_PLAN,
  axialStack,
  buildAnatomy,
  muscleFatTruth,
  recessDepthAt,
  sacAreaTruth,
} from '@foramen/phantom';
import { beforeAll, describe, expect, it } from 'vitest';
import { leeCentral } from '../grades/central-stenosis.ts';
import { recessGrade } from '../grades/lateral-recess.ts';
import { goutallier } from '../grades/muscle-fat.ts';
import { axialDetails, axialMeasures, axialNotMeasured } from '../measures/axial-details.ts';
import type { AxialLevel } from '../measures/axial-level.ts';
import { axialOf, readAxial, sagittalPerson } from './axial-person.fixture.ts';

const SIDES = ['left', 'right'] as const;
const MUSCLES = ['multifidus', 'erectorSpinae'] as const;
const DISCS = [0, 1, 2] as const;
const plan = { ...AXIAL_PLAN, discs: DISCS };

const ANGLES = [
  { left: 52, right: 44 },
  { left: 50, right: 32 },
  { left: 38, right: 41 },
] as const;
const anatomy = buildAnatomy('axial person', {
  lesions: 0,
  degeneration: 0.25,
  lumbarCount: 5,
  scoliosisDeg: 0,
  subcutaneous: 18,
  paraspinal: {
    multifidus: { left: 0.5, right: 0.18 },
    erectorSpinae: { left: 0.08, right: 0.28 },
    cleftShiftMm: 2,
  },
  discs: {
    0: { stenosis: 0, facets: { angleDeg: ANGLES[0], recessMm: { left: 5.5, right: 6 } } },
    1: { stenosis: 0, facets: { angleDeg: ANGLES[1], recessMm: { left: 2.4, right: 5.5 } } },
    2: { stenosis: 0, facets: { angleDeg: ANGLES[2], recessMm: { left: 6, right: 5 } } },
  },
});

function errors(person: Anatomy, read: ReturnType<typeof readAxial>) {
  const fat: { error: number; within: boolean }[] = [];
  const angle: number[] = [];
  const recess: number[] = [];
  for (const { k, level } of read) {
    if (k > 2) continue;
    const truth = axialStack(person, { ...AXIAL_PLAN, discs: [k] }).map((p) =>
      muscleFatTruth(person, p, 3.5),
    );
    for (const side of SIDES) {
      if ('muscles' in level.muscles) {
        for (const muscle of MUSCLES) {
          const one = level.muscles.muscles[muscle][side];
          if (!one) continue;
          const real = truth.reduce((a, t) => a + (t?.[muscle][side].share ?? 9), 0) / truth.length;
          const error = one.share - real;
          fat.push({ error, within: Math.abs(error) <= 1.96 * one.error });
        }
      }
      const wanted = person.column.discs[k]?.spec.facets?.angleDeg[side] ?? 0;
      const facet = level.facets[side];
      if ('angleDeg' in facet) angle.push(facet.angleDeg - wanted);
      const deep = level.recesses[side];
      const real = recessDepthAt(person, k, side);
      if ('depthMm' in deep && real !== null) recess.push(deep.depthMm - real);
    }
  }
  return { fat, angle, recess };
}
const mae = (v: readonly number[]) => v.reduce((a, b) => a + Math.abs(b), 0) / v.length;

describe('back muscles, facet joints and recesses against exact truth', () => {
  let person: Awaited<ReturnType<typeof sagittalPerson>>;
  beforeAll(async () => {
    person = await sagittalPerson(anatomy);
  }, 300_000);
  const at = (read: ReturnType<typeof readAxial>, k: number): AxialLevel =>
    (read.find((r) => r.k === k) as (typeof read)[number]).level;

  it('T2: fat to five points, angles to three degrees, recesses to a millimetre, with places and sources', {
    timeout: 300_000,
  }, () => {
    const read = readAxial(person, axialOf(anatomy, plan, ['T2']));
    const { fat, angle, recess } = errors(anatomy, read);
    expect(fat).toHaveLength(12);
    expect(mae(fat.map((f) => f.error))).toBeLessThan(0.05);
    expect(fat.filter((f) => f.within).length).toBeGreaterThanOrEqual(11);
    expect(angle.length).toBeGreaterThanOrEqual(5);
    expect(mae(angle)).toBeLessThan(3);
    expect(recess.length).toBeGreaterThanOrEqual(4);
    expect(mae(recess)).toBeLessThan(1.1);
    const l45 = at(read, 1);
    const left = 'muscles' in l45.muscles ? l45.muscles.muscles.multifidus.left : undefined;
    const right = 'muscles' in l45.muscles ? l45.muscles.muscles.multifidus.right : undefined;
    if (!left || !right) throw new Error('not read');
    const fuller = goutallier(left);
    expect('grade' in fuller && fuller.grade).toBeGreaterThanOrEqual(2);
    const leaner = goutallier(right);
    expect('grade' in leaner && leaner.grade).toBeLessThan('grade' in fuller ? fuller.grade : 0);
    const narrow = recessGrade(l45.recesses.left);
    const wide = recessGrade(l45.recesses.right);
    expect('grade' in narrow && narrow.grade).toBeGreaterThanOrEqual(1);
    expect('grade' in wide && wide.grade).toBeLessThanOrEqual(1);
    const measures = axialMeasures(l45);
    expect(measures.facetTropismDeg).toBeGreaterThan(10);
    const details = axialDetails(l45, []);
    for (const d of details) {
      expect(d.interval[0]).toBeLessThanOrEqual(d.value);
      expect(d.interval[1]).toBeGreaterThanOrEqual(d.value);
      expect(d.definition).toMatch(/\d{4}/);
      expect(d.because.box[2] - d.because.box[0]).toBeGreaterThan(4);
      expect(d.because.seriesUid).toBe('1.2.axial-T2');
    }
    expect(details.find((d) => d.measure === 'multifidusFatPercent')?.note).toContain(
      'estimated from signal',
    );
    expect(details.filter((d) => d.measure === 'facetAngleDeg').map((d) => d.side)).toEqual(SIDES);
    expect(axialNotMeasured(l45).muscleFatFraction).toBeUndefined();
    const sac = l45.sac;
    if (!('sac' in sac)) throw new Error(sac.abstained);
    const area = sacAreaTruth(anatomy, axialStack(anatomy, { ...plan, discs: [1] })[sac.sac.slice] as never);
    expect(Math.abs(sac.sac.areaMm2 - area) / area).toBeLessThan(0.12);
    const lee = leeCentral(sac);
    expect('grade' in lee && lee.grade).toBe(0);
  });

  it('T1 under a coil that halves the signal every 5 cm: the same shares', { timeout: 300_000 }, () => {
    const coil = { ...plan, discs: [1], coilDepthMm: 72, noise: 0.03 };
    const { fat, angle, recess } = errors(
      anatomy,
      readAxial(person, axialOf(anatomy, coil, ['T1'])).filter((r) => r.k === 1),
    );
    expect(fat).toHaveLength(4);
    expect(mae(fat.map((f) => f.error))).toBeLessThan(0.06);
    // The joint shows less on T1: a side may be left out, but is not wrong.
    for (const error of angle) expect(Math.abs(error)).toBeLessThan(10);
    // On T1 the sac is as dark as bone's cortex: no recess.
    expect(recess).toHaveLength(0);
  });

  it('water and fat: a real fraction, with a narrower interval', { timeout: 300_000 }, () => {
    const read = readAxial(person, axialOf(anatomy, { ...plan, discs: [1] }, ['dixon-water', 'dixon-fat']));
    const { fat } = errors(
      anatomy,
      read.filter((r) => r.k === 1),
    );
    expect(fat).toHaveLength(4);
    expect(mae(fat.map((f) => f.error))).toBeLessThan(0.035);
    const detail = axialDetails(at(read, 1), []).find((d) => d.measure === 'multifidusFatPercent');
    expect(detail?.how).toContain('water-fat');
    expect(detail?.note ?? '').not.toContain('estimated');
    const half = readAxial(person, axialOf(anatomy, { ...plan, discs: [1] }, ['dixon-fat']));
    const answer = at(half, 1).muscles;
    expect('muscles' in answer && answer.muscles.from).toBe('sagittal-T2');
  });

  it('fat suppressed: says so, and falls back on the sagittal slices for the multifidus alone', {
    timeout: 300_000,
  }, () => {
    const level = at(readAxial(person, axialOf(anatomy, { ...plan, discs: [1] }, ['STIR'])), 1);
    expect(level.facets.left).toEqual({
      side: 'left',
      abstained: expect.stringContaining('fat is suppressed'),
    });
    if (!('muscles' in level.muscles)) throw new Error(level.muscles.abstained);
    expect(level.muscles.muscles.from).toBe('sagittal-T2');
    expect(level.muscles.muscles.erectorSpinae).toEqual({});
    expect(level.muscles.muscles.multifidus.left?.error).toBeGreaterThan(0.1);
    expect(axialNotMeasured(level).erectorSpinaeFat).toContain('axial');
    // The same pictures under a header that hides it: told by the picture.
    const lying = axialOf(anatomy, { ...plan, discs: [1] }, ['STIR']).map((s) => ({ ...s, contrast: 't2' }));
    const seen = at(readAxial(person, lying), 1);
    expect('muscles' in seen.muscles && seen.muscles.muscles.from).toBe('sagittal-T2');
  });

  it('a parallel stack of 5 mm slices, turned in its plane: levels it does not reach name the plane', {
    timeout: 300_000,
  }, () => {
    const stack = {
      ...plan,
      discs: [1, 2],
      slicesPerDisc: 3,
      tiltDeg: 9,
      rollDeg: 8,
      thickness: 5,
      distance: 5.5,
    };
    const read = readAxial(person, axialOf(anatomy, stack, ['T2']));
    const { fat, angle } = errors(
      anatomy,
      read.filter((r) => r.k >= 1),
    );
    expect(fat.length).toBeGreaterThanOrEqual(6);
    expect(mae(fat.map((f) => f.error))).toBeLessThan(0.08);
    expect(mae(angle)).toBeLessThan(5);
    const upper = read.find((r) => r.name === 'L1-L2')?.level as AxialLevel;
    expect(axialNotMeasured(upper).facetAngle).toContain('needs an axial series through the disc');
    const other = readAxial(person, axialOf(anatomy, { ...plan, discs: [1] }, ['T2'], '9.9'));
    expect(at(other, 1).facets.left).toEqual({
      side: 'left',
      abstained: expect.stringContaining('frame of reference'),
    });
  });

  it('a scoliotic spine', { timeout: 300_000 }, async () => {
    const bent = buildAnatomy('bent', {
      lesions: 0,
      degeneration: 0.2,
      lumbarCount: 5,
      scoliosisDeg: 24,
      paraspinal: { multifidus: { left: 0.15, right: 0.4 }, erectorSpinae: { left: 0.1, right: 0.2 } },
      discs: {
        1: { stenosis: 0, facets: { angleDeg: { left: 45, right: 40 }, recessMm: { left: 5, right: 5 } } },
      },
    });
    const { fat, angle } = errors(
      bent,
      readAxial(await sagittalPerson(bent), axialOf(bent, { ...plan, discs: [1] }, ['T2'])).filter(
        (r) => r.k === 1,
      ),
    );
    expect(fat).toHaveLength(4);
    expect(mae(fat.map((f) => f.error))).toBeLessThan(0.07);
    expect(mae(angle)).toBeLessThan(5);
  });
});
