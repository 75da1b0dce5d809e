import { type ImageEvidence, type LevelMeasures, mm, mm2 } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { sagittalDetails } from './sagittal-details.ts';

const because: ImageEvidence = { slice: 3, box: [0, 0, 9, 9], models: [] };
const of = (measures: LevelMeasures) => sagittalDetails(measures, because);

describe('what stands behind a sagittal measure', () => {
  it('is unit, interval, definition and place, for each side by itself', () => {
    const found = of({
      heightMiddleMm: mm(9.2),
      foramenHeightMm: { left: mm(17), right: mm(15) },
      areaMm2: mm2(500),
    });
    expect(found.map((d) => [d.measure, d.side, d.unit])).toEqual([
      ['heightMiddleMm', undefined, 'mm'],
      ['areaMm2', undefined, 'mm2'],
      ['foramenHeightMm', 'left', 'mm'],
      ['foramenHeightMm', 'right', 'mm'],
    ]);
    for (const d of found) {
      expect(d.interval[0]).toBeLessThan(d.value);
      expect(d.interval[1]).toBeGreaterThan(d.value);
      expect(d.definition).toMatch(/\(.+\)$/);
      expect(d.because).toBe(because);
    }
    expect(found[2]?.definition).toContain('Hasegawa');
    expect(found[2]?.note).toContain('estimated');
    expect(found[0]?.note).toContain('Interval: ');
  });

  it('two readings that differ by the detectable change just touch with a share of their intervals', () => {
    const [height] = of({ heightMiddleMm: mm(10) });
    const half = ((height?.interval[1] ?? 0) - (height?.interval[0] ?? 0)) / 2;
    expect(half * Math.SQRT2).toBeGreaterThan(1);
    expect(half * Math.SQRT2).toBeLessThan(2);
  });

  it('reaches farther where outlines are known to end short', () => {
    const [area] = of({ herniationAreaMm2: mm2(40) });
    expect(area?.interval[0]).toBeCloseTo(40 - 31 / Math.SQRT2, 2);
    expect(area?.interval[1]).toBeCloseTo(40 + 65 + 0.7 * 40, 2);
    expect(area?.note).toContain('synthetic people of known truth');
    const [canal] = of({ canalApMm: mm(12) });
    expect(canal?.note).not.toContain('synthetic');
  });

  it('never below nothing, but for what has a sign', () => {
    const [bulge] = of({ bulgeMm: mm(0.2) });
    expect(bulge?.interval[0]).toBe(0);
    const [slip] = of({ slipMm: mm(-1) });
    expect(slip?.interval[0]).toBeLessThan(-1);
  });
});
