import type { Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { drawSpine } from './drawn-spine.ts';
import { readSpine } from './read-spine.ts';
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
  return readSpine([given], truthNetwork(called(drawn.truth, across, down), slicesToSegment(picture)));
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

  it('refuses vertebrae deeper than anybody has, and says why', async () => {
    const result = await read(1.6, 1.6);
    expect(result.ok ? '' : result.problems[0].what).toMatch(/5\d mm deep.*the pixel spacing is wrong/);
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
});
