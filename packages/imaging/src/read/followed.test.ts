import { describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { type DrawnSpec, drawSpine } from './drawn-spine.ts';
import { readSpine } from './read-spine.ts';

const TALL: DrawnSpec = { sizeMm: [200, 330], bodies: 4 };

async function read(spec: DrawnSpec, empty = false) {
  const { picture, truth } = drawSpine(spec);
  const [w, h] = picture.size;
  const data = picture.data.slice();
  // Nothing is seen in the upper half of the picture: no coverage by the coil.
  if (empty) data.fill(0, 0, w * Math.floor(h * 0.38));
  const volume = { ...picture, data };
  const result = await readSpine(
    [
      {
        name: 'drawn',
        volume,
        hasGeometry: true,
        reading: { role: 'sagittal-T2', size: picture.size, spacingMm: picture.spacing, spacingFrom: 'file' },
      },
    ],
    truthNetwork(truth, slicesToSegment(picture)),
  );
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value.findings;
}
const said = (f: { readonly limits: readonly string[] }) =>
  f.limits.some((line) => line.includes('not followed further up'));

describe('a column that ends inside the picture', () => {
  it('is said to go on, and keeps its names while the sacrum is sure', async () => {
    const findings = await read(TALL);
    expect(said(findings)).toBe(true);
    expect(findings.enumeration.because.join()).toContain('not followed further up');
    expect(findings.enumeration.confidence).toBeGreaterThan(0.9);
    expect(findings.levels.map((l) => l.level).slice(0, 3)).toEqual(['L5-S1', 'L4-L5', 'L3-L4']);
  });

  it('leaves less confidence when the lower end is in doubt as well', async () => {
    const fused = { fusedLowest: true } as const;
    const short = await read({ ...TALL, ...fused });
    const whole = await read({ bodies: 7, ...fused });
    expect(said(short)).toBe(true);
    expect(said(whole)).toBe(false);
    expect(short.enumeration.confidence).toBeLessThan(0.8 * whole.enumeration.confidence);
    expect(short.levels[0]?.confidence).toBeLessThan(0.8 * (whole.levels[0]?.confidence ?? 0));
  });

  it('is not said to go on where the picture is empty or ends', async () => {
    expect(said(await read(TALL, true))).toBe(false);
    expect(said(await read({ bodies: 7 }))).toBe(false);
  });
});
