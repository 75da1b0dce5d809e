import { describe, expect, it } from 'vitest';
import { slicesToSegment } from '../segmentation/segment.ts';
import { truthNetwork } from '../segmentation/truth-network.ts';
import { type DrawnSpec, drawSpine } from './drawn-spine.ts';
import { readSpine } from './read-spine.ts';
import type { CanonicalSeries } from './series.ts';

async function read(spec: DrawnSpec, role: CanonicalSeries['reading']['role'] = 'sagittal-T2') {
  const drawn = drawSpine(spec);
  const series: CanonicalSeries = {
    name: 'drawn',
    volume: drawn.picture,
    hasGeometry: true,
    reading: { role, size: drawn.picture.size, spacingMm: drawn.picture.spacing, spacingFrom: 'file' },
  };
  const result = await readSpine([series], truthNetwork(drawn.truth, slicesToSegment(drawn.picture)));
  return { drawn, result };
}

async function levelsOf(spec: DrawnSpec) {
  const { drawn, result } = await read(spec);
  if (!result.ok) throw new Error(result.problems[0].what);
  return { drawn, findings: result.value.findings, labels: result.value.labels };
}

describe('reading a drawn spine', () => {
  it('names the levels from the sacrum up and measures heights to half a millimetre', async () => {
    const { drawn, findings } = await levelsOf({ slices: 5, bodies: 6 });
    expect(findings.levels.map((l) => l.level)).toEqual([
      'L5-S1',
      'L4-L5',
      'L3-L4',
      'L2-L3',
      'L1-L2',
      'T12-L1',
    ]);
    expect(findings.enumeration.confidence).toBeGreaterThan(0.9);
    findings.levels.forEach((l, i) => {
      const [anterior, posterior] = drawn.spec.discs[i] as readonly [number, number];
      expect(Math.abs((l.measures.heightAnteriorMm ?? 0) - anterior), `${l.level} anterior`).toBeLessThan(
        0.8,
      );
      expect(Math.abs((l.measures.heightPosteriorMm ?? 0) - posterior), `${l.level} posterior`).toBeLessThan(
        0.8,
      );
      expect(Math.abs((l.measures.heightMiddleMm ?? 0) - (anterior + posterior) / 2), l.level).toBeLessThan(
        0.5,
      );
      expect(Math.abs((l.measures.depthMm ?? 0) - 33), `${l.level} depth`).toBeLessThan(1.2);
      expect(Math.abs(l.measures.slipMm ?? 9), `${l.level} slip`).toBeLessThan(0.8);
    });
    expect(Math.abs((findings.sacralSlopeDeg ?? 0) - 36)).toBeLessThan(2);
  });
});
