import type { SequenceRole, Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import type { RunNetwork } from '../segmentation/network.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { drawSpine } from './drawn-spine.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

const drawn = drawSpine({ slices: 5, bodies: 6 });
/** Fluid dark, as on T1; the drawing has it bright. */
const darkFluid: Volume = { ...drawn.picture, data: drawn.picture.data.map((v) => (v > 200 ? v - 220 : v)) };

const series = (name: string, role: SequenceRole, volume: Volume): CanonicalSeries => ({
  name,
  volume,
  hasGeometry: true,
  reading: { role, size: volume.size, spacingMm: volume.spacing, spacingFrom: 'file', seriesUid: name },
});

/** A network that knows the truth of pictures of different heights, each by its height. */
function byHeight(truths: readonly Volume<Uint8Array>[]): RunNetwork {
  const networks = truths.map((truth) => truthNetwork(truth, slicesToSegment(drawn.picture)));
  const rows = truths.map((truth) => (truth.size[1] * truth.spacing[1]) / 0.75);
  return (name, inputs) => {
    const height = Object.values(inputs)[0]?.dims[2] ?? 0;
    const nearest = rows.map((r) => Math.abs(height - r));
    return (networks[nearest.indexOf(Math.min(...nearest))] as RunNetwork)(name, inputs);
  };
}

async function readOf(given: readonly CanonicalSeries[]) {
  const result = await readSpine(given, truthNetwork(drawn.truth, slicesToSegment(drawn.picture)));
  if (!result.ok) throw new Error(result.problems[0].what);
  return {
    primary: result.value.primary,
    roles: result.value.findings.series.map((s) => s.role),
    limits: result.value.findings.limits.join('; '),
    warned: result.warnings.map((w) => w.where),
  };
}

describe('the series that is read when headers deny their pictures', () => {
  it('takes the T2 behind a T1 that calls itself T2', async () => {
    const read = await readOf([
      series('lie', 'sagittal-T2', darkFluid),
      series('true', 'sagittal-T2', drawn.picture),
    ]);
    expect(read.primary).toBe(1);
    expect(read.roles).toEqual(['sagittal-T1', 'sagittal-T2']);
    expect(read.warned).toEqual(['lie']);
    expect(read.limits).not.toContain('no T2-weighted');
    expect(read.limits).not.toContain('no T1-weighted');
  });

  it('finds both where T1 and T2 have changed names', async () => {
    const read = await readOf([
      series('called T2', 'sagittal-T2', darkFluid),
      series('called T1', 'sagittal-T1', drawn.picture),
    ]);
    expect(read.primary).toBe(1);
    expect(read.roles).toEqual(['sagittal-T1', 'sagittal-T2']);
    expect(read.warned).toEqual(['called T2', 'called T1']);
  });

  it('reads a T1 that calls itself T2 as T1 where there is no other', async () => {
    const read = await readOf([series('lie', 'sagittal-T2', darkFluid)]);
    expect(read.primary).toBe(0);
    expect(read.roles).toEqual(['sagittal-T1']);
    expect(read.limits).toContain('no T2-weighted');
  });

  it('passes over a part of the spine whose levels cannot be named for the part that shows the sacrum', async () => {
    const upper = drawSpine({
      slices: 5,
      bodies: 6,
      noSacrum: true,
      sizeMm: [200, 195],
      sacralSlopeDeg: 10,
      discs: Array.from({ length: 6 }, () => [9, 8] as const),
    });
    const result = await readSpine(
      [series('upper', 'sagittal-T2', upper.picture), series('lower', 'sagittal-T2', drawn.picture)],
      byHeight([upper.truth, drawn.truth]),
    );
    if (!result.ok) throw new Error(result.problems[0].what);
    expect(result.value.primary).toBe(1);
    expect(result.value.findings.enumeration.unnamed).toBeUndefined();
    expect(result.warnings.map((w) => [w.where, /another series was read/.test(w.what)])).toEqual([
      ['upper', true],
    ]);
  });

  it('passes over a series without a spine, and says so; refuses where none shows one', async () => {
    const { picture, truth } = drawSpine({ slices: 5, sizeMm: [200, 160] });
    const blank: Volume = { ...picture, data: picture.data.map((_, i) => 50 + (i % 7)) };
    const nothing = { ...truth, data: new Uint8Array(truth.data.length) };
    const given = [series('blank', 'sagittal-T2', blank), series('spine', 'sagittal-T2', drawn.picture)];
    const result = await readSpine(given, byHeight([nothing, drawn.truth]));
    if (!result.ok) throw new Error(result.problems[0].what);
    expect(result.value.primary).toBe(1);
    expect(result.warnings.map((w) => w.what).join()).toContain('no lumbar spine was found');
    const none = await readSpine(given.slice(0, 1), byHeight([nothing]));
    expect(none.ok ? '' : none.problems[0].where).toBe('blank');
  });

  it('believes the first that its picture does not deny, and looks no further', async () => {
    const read = await readOf([
      series('true', 'sagittal-T2', drawn.picture),
      series('other', 'sagittal-T2', darkFluid),
    ]);
    expect(read.primary).toBe(0);
    expect(read.warned).toEqual([]);
  });
});
