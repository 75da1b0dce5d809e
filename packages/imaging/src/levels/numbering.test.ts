import { describe, expect, it } from 'vitest';
import { type DrawnSpec, drawSpine } from '../read/drawn-spine.ts';
import { CLASS, DEFAULT_SEGMENTER } from '../segmentation/model.ts';
import { segmentVolume } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { STEP_MM } from './centreline.ts';
import { conusEnds } from './conus.ts';
import { CORD_ID, findInstances } from './instances.ts';
import { numberLevels, sacrumSeen } from './numbering.ts';
import { hasSacralArch } from './sacral-arch.ts';

async function number(spec: DrawnSpec) {
  const drawn = drawSpine(spec);
  const field = await segmentVolume(drawn.picture, truthNetwork(drawn.truth, [0]), DEFAULT_SEGMENTER);
  const instances = findInstances(field);
  if (!instances) throw new Error('nothing found');
  const numbering = numberLevels(instances);
  if (!numbering) throw new Error('not numbered');
  return { drawn, instances, numbering };
}

const levels = (n: Awaited<ReturnType<typeof number>>) => n.numbering.discs.map((d) => d.level);

describe('numbering', () => {
  it('counts up from the sacrum and is surer when the conus agrees', async () => {
    const plain = await number({ bodies: 6 });
    expect(levels(plain)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2', 'T12-L1']);
    const withConus = await number({ bodies: 6, cordTo: 70 });
    expect(withConus.numbering.enumeration.confidence).toBeGreaterThan(
      plain.numbering.enumeration.confidence,
    );
    expect(plain.numbering.enumeration).toMatchObject({ lumbarCount: 5, transitional: 'none' });
  });

  it('flags a conus that ends far too low for the numbering', async () => {
    const low = await number({ bodies: 6, cordTo: 150 });
    expect(low.numbering.enumeration.confidence).toBeLessThanOrEqual(0.75);
    expect(low.numbering.enumeration.transitional).toBe('possible');
  });

  it('lets an odd conus speak of the count, not of which disc is the lowest', async () => {
    const usual = await number({ bodies: 6, cordTo: 70 });
    const low = await number({ bodies: 6, cordTo: 150 });
    expect(low.numbering.lowest).toBe(usual.numbering.lowest);
    expect(low.numbering.lowest).toBeGreaterThan(low.numbering.enumeration.confidence);
  });

  it('takes the end of the cord that fits where the cord is lost and seen again', async () => {
    const { instances } = await number({ bodies: 6, cordTo: 90 });
    const whole = conusEnds(instances);
    expect(whole?.upper).toBe(whole?.lower);
    const labels = instances.labels.map((id, at) => {
      const y = Math.floor(at / instances.field.width) * instances.field.pixelMm[1];
      return id === CORD_ID && y > 62 && y < 76 ? 0 : id;
    });
    const parted = conusEnds({ ...instances, labels });
    expect(parted?.lower).toBe(whole?.lower);
    expect(parted?.upper).toBeLessThan((whole?.lower ?? 0) - 10 / STEP_MM);
    const roots = labels.map((id, at) => (id === CORD_ID && at < labels.length / 3 ? 0 : id));
    expect(conusEnds({ ...instances, labels: roots })).toBeNull();
  });

  it('is not sure when hardly any sacrum is in view', async () => {
    const { instances } = await number({ bodies: 6 });
    const { plane, frame, sacrumFrom } = instances;
    expect(sacrumSeen(instances)).toBeGreaterThan(30);
    const edge = (sacrumFrom ?? 0) + 15 / STEP_MM;
    const sacrum = plane.sacrum.map((v, at) => ((frame.along[at] as number) > edge ? 0 : v));
    const top = { ...instances, plane: { ...plane, sacrum } };
    expect(sacrumSeen(top)).toBeLessThan(20);
    expect(numberLevels(top)?.enumeration.confidence).toBeLessThan(0.9);
    expect(numberLevels(top)?.enumeration.because.join()).toMatch(/top of the sacrum/);
  });

  it('does not take a small S1-S2 disc for L5-S1', async () => {
    const n = await number({ bodies: 5, freeS1: 0.45, sacralSlopeDeg: 40 });
    const [, , inferiorPosterior] = n.drawn.quads[0] as (typeof n.drawn.quads)[number];
    const lowest = n.numbering.discs[0];
    expect(lowest?.level).toBe('L5-S1');
    expect(Math.abs((lowest?.shape?.centre[1] ?? 0) - inferiorPosterior[1])).toBeLessThan(14);
    expect(n.numbering.enumeration).toMatchObject({ transitional: 'possible', lumbarCount: 'unknown' });
    expect(n.numbering.enumeration.confidence).toBeLessThan(0.8);
  });

  it('takes a body with the crest of the sacrum behind it for S1', async () => {
    const { instances, numbering } = await number({ bodies: 6 });
    const lowest = numbering.discs[0]?.above;
    expect(lowest && hasSacralArch(instances, lowest)).toBe(false);
    const { from, to } = lowest?.segment ?? { from: 0, to: 0 };
    const classes = instances.field.classes.map((c, at) => {
      const along = instances.frame.along[at] as number;
      return c === CLASS.posterior && along >= from && along <= to ? CLASS.sacrum : c;
    });
    const crest = { ...instances, field: { ...instances.field, classes } };
    const other = numberLevels(crest);
    expect(other?.discs[0]).toMatchObject({ level: 'L5-S1', item: { id: numbering.discs[1]?.item.id } });
    expect(other?.enumeration).toMatchObject({ transitional: 'possible', lumbarCount: 'unknown' });
    expect(other?.enumeration.because.join()).toMatch(/crest of the sacrum/);
    expect(other?.enumeration.confidence).toBeLessThanOrEqual(0.7);
  });

  it('keeps the lumbosacral level, without tissue, when that disc is fused away', async () => {
    const n = await number({ bodies: 6, fusedLowest: true, sacralSlopeDeg: 30 });
    expect(levels(n)).toEqual(['L5-S1', 'L4-L5', 'L3-L4', 'L2-L3', 'L1-L2', 'T12-L1']);
    expect(n.numbering.discs[0]?.item.size).toBe(0);
    expect(n.numbering.bodies[0]?.vertebra).toBe('L5');
    expect(n.numbering.enumeration.transitional).toBe('possible');
    expect(n.numbering.enumeration.confidence).toBeLessThan(0.7);
  });

  it('names by tilt when the network saw no sacrum, with less confidence', async () => {
    const n = await number({ bodies: 6, noSacrum: true, sacralSlopeDeg: 40 });
    expect(levels(n)[0]).toBe('L5-S1');
    expect(n.numbering.enumeration.confidence).toBeLessThan(0.9);
    expect(n.numbering.enumeration.confidence).toBeGreaterThan(0.4);
  });

  it.each([0, 1, 2, 3])('parts bodies fused through disc %i', async (bridgeAt) => {
    const n = await number({ bodies: 6, bridgeAt });
    expect(levels(n)).toHaveLength(6);
  });

  it('finds collapsed discs and wedged ones', async () => {
    const n = await number({
      bodies: 6,
      discs: [
        [14, 5],
        [3, 2.5],
        [2.5, 2],
        [10, 7],
        [9, 7],
        [8, 6],
      ],
    });
    expect(levels(n)).toHaveLength(6);
  });
});
