import type { Affine, Volume } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { drawSpine } from './drawn-spine.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

/** Axial slices with an elliptic sac behind every level of the drawn spine, roots in it and a fat pad behind it. */
function axialOf(
  drawn: ReturnType<typeof drawSpine>,
  semi: (zLps: number) => readonly [number, number],
  fluid = 240,
): Volume {
  const { picture, truth } = drawn;
  const [w, h] = picture.size;
  const middle = (picture.size[2] - 1) / 2;
  const size = [160, 160, 60] as const;
  const spacing = [0.6, 0.6, 4] as const;
  const origin = [-48, -20, -120] as const;
  const data = new Float32Array(size[0] * size[1] * size[2]).fill(60);
  for (let k = 0; k < size[2]; k++) {
    const z = origin[2] + k * spacing[2];
    // Row of the sagittal picture at this height, and the middle of its sac there.
    const row = Math.round((120 - z) / picture.spacing[1]);
    if (row < 0 || row >= h) continue;
    let sum = 0;
    let n = 0;
    for (let i = 0; i < w; i++) {
      if (truth.data[i + w * (row + h * middle)] === 4) {
        sum += i;
        n++;
      }
    }
    if (n === 0) continue;
    const cy = -60 + (sum / n) * picture.spacing[0];
    const [a, b] = semi(z);
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++) {
        const x = origin[0] + i * 0.6;
        const y = origin[1] + j * 0.6 - cy;
        const r = (x / b) ** 2 + (y / a) ** 2;
        const at = i + size[0] * (j + size[1] * k);
        if (r <= 1) data[at] = Math.abs(x) < 2 && y > 1 && y < 4 ? 90 : fluid;
        else if (y > a + 2 && y < a + 9 && Math.abs(x) < 6) data[at] = 230;
      }
    }
  }
  // A picture has noise; a handful of values would be a label map.
  for (let n = 0; n < data.length; n++) data[n] = (data[n] as number) + ((n * 7919) % 97) / 40;
  const ijkToLps: Affine = [0.6, 0, 0, origin[0], 0, 0.6, 0, origin[1], 0, 0, 4, origin[2], 0, 0, 0, 1];
  return { size, spacing, ijkToLps, data };
}

async function read(axial: (d: ReturnType<typeof drawSpine>) => Volume, frame = '1.2.3') {
  const drawn = drawSpine({ bodies: 6, slices: 5, sacApMm: 13, sacralSlopeDeg: 20 });
  const series = (
    name: string,
    volume: Volume,
    role: CanonicalSeries['reading']['role'],
    uid: string,
  ): CanonicalSeries => ({
    name,
    volume,
    hasGeometry: true,
    frameOfReferenceUid: uid,
    reading: { role, size: volume.size, spacingMm: volume.spacing, spacingFrom: 'file' },
  });
  const result = await readSpine(
    [series('sag', drawn.picture, 'sagittal-T2', '1.2.3'), series('ax', axial(drawn), 'axial-T2', frame)],
    truthNetwork(drawn.truth, slicesToSegment(drawn.picture)),
  );
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value.findings;
}

describe('levels carried to the axial series', () => {
  it('measures the sac within 8 % and leaves the fat behind it out', async () => {
    const findings = await read((d) => axialOf(d, () => [6.5, 9]));
    const wide = Math.PI * 6.5 * 9;
    const measured = findings.levels.slice(1, 5).map((l) => l.measures.duralSacAreaMm2 ?? 0);
    for (const area of measured) expect(Math.abs(area - wide) / wide).toBeLessThan(0.08);
    const schizas = findings.levels[2]?.schizas;
    expect(schizas && 'p' in schizas && schizas.grade).toBe(1);
  });
  it('abstains without fluid in the sac, and without a common frame of reference', async () => {
    const dry = await read((d) => axialOf(d, () => [6.5, 9], 70));
    expect(dry.levels[2]?.schizas).toEqual({ abstained: expect.stringContaining('fluid') });
    const elsewhere = await read((d) => axialOf(d, () => [6.5, 9]), '9.9');
    expect(elsewhere.levels[2]?.schizas).toEqual({
      abstained: expect.stringContaining('frame of reference'),
    });
    expect(elsewhere.levels[2]?.measures.duralSacAreaMm2).toBeUndefined();
  });
});
