import type { Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { measureDiscs } from '../measures/level-reading.ts';
import { DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import type { RunNetwork, Tensor } from '../segmentation/network.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { drawSpine } from './drawn-spine.ts';
import { locateAtScale } from './primary-series.ts';
import { readSpine, sourcesOf } from './read-spine.ts';
import { planReading } from './roles.ts';
import type { CanonicalSeries } from './series.ts';

const drawn = drawSpine({ slices: 5, bodies: 6 });

/** The drawn spine with its pixels called so many times their size, down and across. */
function called<T extends Volume | Volume<Uint8Array>>(volume: T, across: number, down: number): T {
  const [x, y, z] = volume.spacing;
  return { ...volume, spacing: [x * across, y * down, z] };
}

async function read(across: number, down: number, beside: Partial<CanonicalSeries> = {}) {
  const picture = called(drawn.picture, across, down);
  const given: CanonicalSeries = {
    name: 'drawn',
    volume: picture,
    hasGeometry: true,
    reading: { role: 'sagittal-T2', size: picture.size, spacingMm: picture.spacing, spacingFrom: 'file' },
    ...beside,
  };
  return readSpine([given], atAnyScale(called(drawn.truth, across, down), slicesToSegment(picture)));
}

/** The truth at whatever scale the picture is shown: what lies right of it is padding. */
function atAnyScale(truth: Volume<Uint8Array>, slices: readonly number[]): RunNetwork {
  const known = new Map<number, RunNetwork>();
  return (name, inputs) => {
    const { data, dims } = Object.values(inputs)[0] as Tensor;
    const [height, wide] = [dims[2] as number, dims[3] as number];
    let width = 0;
    for (let i = 0; i < height * wide; i++) if (data[i] !== 0) width = Math.max(width, (i % wide) + 1);
    const network =
      known.get(width) ?? truthNetwork(truth, slices, (truth.size[0] * truth.spacing[0]) / width);
    known.set(width, network);
    return network(name, inputs);
  };
}

async function findingsOf(...of: Parameters<typeof read>) {
  const result = await read(...of);
  if (!result.ok) throw new Error(result.problems[0].what);
  const { findings } = result.value;
  const lengths = findings.levels.flatMap((l) => Object.keys(l.measures).filter((m) => /Mm[23]?$/.test(m)));
  return { findings, lengths, limits: findings.limits.join('; ') };
}

describe('a spacing that the vertebrae deny', () => {
  it('gives no lengths of a grown person whose vertebrae come out those of a small child', async () => {
    const { findings, lengths, limits } = await findingsOf(0.5, 0.5, { header: { patientAge: 52 } });
    expect(limits).toContain('as in no one of 52 years');
    expect(lengths).toEqual([]);
    expect(findings.levels[0]?.details?.some((d) => d.unit === 'mm') ?? false).toBe(false);
    expect(findings.vertebrae.some((v) => v.heightAnteriorMm !== undefined)).toBe(false);
    expect(findings.lordosisL1S1Deg).toBeUndefined();
    expect(findings.corridors).toBeUndefined();
    expect(findings.levels[0]?.measures.heightRatioToNeighbours).toBeGreaterThan(0);
  });

  it('remarks on small vertebrae where no age is told: it may be a child', async () => {
    const { lengths, limits } = await findingsOf(0.6, 0.6);
    expect(limits).toContain('a child, or a wrong pixel spacing');
    expect(lengths.length).toBeGreaterThan(0);
  });

  it('gives neither lengths nor angles where only one direction is wrong', async () => {
    const { findings, lengths, limits } = await findingsOf(0.55, 1);
    expect(limits).toContain('neither lengths nor angles are given');
    expect(lengths).toEqual([]);
    expect(findings.levels[0]?.measures.segmentalAngleDeg).toBeUndefined();
  });

  it('reads vertebrae deeper than anybody has at the scale of usual ones, and gives no lengths', async () => {
    const { findings, lengths, limits } = await findingsOf(1.6, 1.6);
    expect(limits).toMatch(/5\d mm deep by the stated pixel spacing.*no lengths are given/);
    expect(findings.levels.map((l) => l.level).slice(0, 3)).toEqual(['L5-S1', 'L4-L5', 'L3-L4']);
    expect(lengths).toEqual([]);
    const [plain] = (await findingsOf(1, 1)).findings.levels;
    const [r0, c0, r1, c1] = findings.levels[0]?.box ?? [0, 0, 0, 0];
    expect([r0, c0, r1, c1].every((v, n) => Math.abs(v - (plain?.box?.[n] ?? 0)) <= 4)).toBe(true);
  });
});

describe('two pictures whose spacings the vertebrae deny', () => {
  it('T1 is shown at the scale of usual vertebrae too, and its discs stand beside those of T2', async () => {
    const volume = called(drawn.picture, 1.6, 1.6);
    const [t2, t1] = (['sagittal-T2', 'sagittal-T1'] as const).map(
      (role): CanonicalSeries => ({
        name: role,
        volume,
        hasGeometry: false,
        reading: { role, size: volume.size, spacingMm: volume.spacing, spacingFrom: 'file' },
      }),
    ) as [CanonicalSeries, CanonicalSeries];
    const run = atAnyScale(called(drawn.truth, 1.6, 1.6), slicesToSegment(volume));
    const located = await locateAtScale(t2, run, DEFAULT_SEGMENTER, {});
    if ('problem' in located) throw new Error(located.problem.what);
    const { instances, numbering } = located.located;
    const discs = measureDiscs(instances, numbering, null);
    const plan = planReading([t2, t1]);
    if (plan === null) throw new Error('nothing to read');
    const sources = await sourcesOf(
      [located.series, t1],
      plan,
      located.located,
      discs,
      run,
      DEFAULT_SEGMENTER,
      {},
    );
    expect(sources.length).toBeGreaterThanOrEqual(5);
    for (const { measured, t1: beside } of sources) {
      const [own, other] = [measured.frame?.centre, beside?.frame.centre];
      expect(
        Math.hypot((own?.[0] ?? 0) - (other?.[0] ?? 99), (own?.[1] ?? 0) - (other?.[1] ?? 99)),
      ).toBeLessThan(2);
    }
  });
});

describe('a slice that is missing and was interpolated', () => {
  it('tells heights and slips there, but nothing of the sac, with the reason', async () => {
    const { findings } = await findingsOf(1, 1, { acquired: [true, true, false, true, true] });
    const level = findings.levels[1];
    expect(level?.measures.heightMiddleMm).toBeGreaterThan(5);
    expect(level?.measures.slipMm).toBeDefined();
    for (const measure of ['canalApMm', 'csfSignalRatio', 'canalPercentOfBodies'] as const)
      expect(level?.measures[measure], measure).toBeUndefined();
    expect(level?.notMeasured?.canalDepth).toContain('interpolated');
    const whole = await findingsOf(1, 1, { acquired: [true, false, true, true, true] });
    expect(whole.findings.levels[1]?.measures.canalApMm).toBeGreaterThan(5);
  });

  it('nor where the slices end beside the canal', async () => {
    const wide = drawSpine({ slices: 9, bodies: 6 });
    const [w, h] = wide.picture.size;
    const half = <D extends Float32Array | Uint8Array>(volume: Volume<D>, slices: number): Volume<D> => ({
      ...volume,
      size: [w, h, slices],
      data: volume.data.subarray(0, w * h * slices) as D,
    });
    const picture = half(wide.picture, 3);
    const given: CanonicalSeries = {
      name: 'half',
      volume: picture,
      hasGeometry: true,
      reading: { role: 'sagittal-T2', size: picture.size, spacingMm: picture.spacing, spacingFrom: 'file' },
    };
    const result = await readSpine([given], truthNetwork(half(wide.truth, 3), [0, 1, 2]));
    if (!result.ok) throw new Error(result.problems[0].what);
    const [level] = result.value.findings.levels;
    expect(level?.measures.canalApMm).toBeUndefined();
    expect(level?.notMeasured?.canalDepth).toContain('end before the middle of the canal');
  });
});
