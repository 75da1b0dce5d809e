import { isPresence, type LevelFindings } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { drawSpine } from '../read/drawn-spine.ts';
import { readSpine } from '../read/read-spine.ts';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { discSigns } from './disc-signs.ts';

const p = (found: LevelFindings['signalLoss']): number => (isPresence(found) ? found.p : Number.NaN);

/** Levels of a drawn spine with a bright spot in one disc, `behind` mm before the posterior corner of the vertebra above it. */
async function levels(behind: number, role: 'sagittal-T2' | 'sagittal-T1' = 'sagittal-T2') {
  const drawn = drawSpine({ bodies: 6, slices: 1, sacralSlopeDeg: 20, pixelMm: 0.5 });
  const { picture } = drawn;
  const quad = drawn.quads[2];
  if (!quad) throw new Error('not drawn');
  // The third disc from below lies under the third body.
  const [front, back] = [quad[3], quad[2]];
  const length = Math.hypot(back[0] - front[0], back[1] - front[1]);
  const u = [(back[0] - front[0]) / length, (back[1] - front[1]) / length] as const;
  const spot = [back[0] - behind * u[0] - 4 * u[1], back[1] - behind * u[1] + 4 * u[0]] as const;
  const [w] = picture.size;
  const data = Float32Array.from(picture.data, (v, at) => {
    const x = ((at % w) + 0.5) * 0.5;
    const y = (Math.floor(at / w) + 0.5) * 0.5;
    return Math.hypot(x - spot[0], y - spot[1]) < 1.7 ? 235 : v;
  });
  const volume = {
    ...picture,
    data: data.map((v, at) => (drawn.truth.data[at] === 4 && role === 'sagittal-T1' ? 30 : v)),
  };
  const result = await readSpine(
    [
      {
        name: 'drawn',
        volume,
        hasGeometry: true,
        reading: { role, size: picture.size, spacingMm: picture.spacing, spacingFrom: 'file' },
      },
    ],
    truthNetwork(drawn.truth, slicesToSegment(picture)),
  );
  if (!result.ok) throw new Error(result.problems[0].what);
  return result.value.findings.levels;
}

describe('signs worded beside the grades', () => {
  it('a bright spot in the posterior annulus is a high-intensity zone, at its disc alone', async () => {
    const found = await levels(5);
    expect(p(found[2]?.highIntensityZone)).toBeGreaterThan(0.6);
    for (const n of [0, 1, 3, 4]) expect(p(found[n]?.highIntensityZone)).toBeLessThan(0.1);
  });

  it('a bright nucleus is not', async () => {
    expect(p((await levels(17))[2]?.highIntensityZone)).toBeLessThan(0.1);
  });

  it('without T2 weighting neither signal nor zone is judged, and it says what is needed', async () => {
    const [level] = await levels(5, 'sagittal-T1');
    for (const sign of [level?.signalLoss, level?.highIntensityZone])
      expect(sign && 'abstained' in sign && sign.abstained).toContain('T2-weighted');
  });

  it('signal loss is the share of Pfirrmann III and worse; what cannot show is abstained on', () => {
    const signs = discSigns({ grade: 3, p: [0.05, 0.25, 0.4, 0.2, 0.1] }, true, null);
    expect(p(signs.signalLoss)).toBeCloseTo(0.7, 9);
    expect(signs.annularFissure).toHaveProperty('abstained');
    expect(signs.facetDegeneration?.left).toHaveProperty('abstained');
    expect(discSigns({ abstained: 'no disc tissue' }, true, null).signalLoss).toEqual({
      abstained: 'no disc tissue',
    });
  });
});
