import type { ImageEvidence } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { bodyDetails } from './body-details.ts';

const because: ImageEvidence = { slice: 3, box: [0, 0, 9, 9], models: [] };

describe('what stands behind a measure of a body or the column', () => {
  it('is unit, interval, definition and place; what was not measured is left out', () => {
    const found = bodyDetails({ heightAnteriorMm: 24.32, wedgeRatio: 0.9 }, because);
    expect(found.map((d) => [d.measure, d.unit])).toEqual([
      ['heightAnteriorMm', 'mm'],
      ['wedgeRatio', 'ratio'],
    ]);
    for (const d of found) {
      expect(d.interval[0]).toBeLessThan(d.value);
      expect(d.interval[1]).toBeGreaterThan(d.value);
      expect(d.definition).toContain('Genant 1993');
      expect(d.because).toBe(because);
    }
    // Outlines lie a little inside a body: it is rather higher than read.
    const [low, high] = found[0]?.interval ?? [0, 0];
    expect(high - 24.32).toBeGreaterThan(24.32 - low);
  });

  it('an angle may be below nought, a height not', () => {
    expect(bodyDetails({ sacralSlopeDeg: 1 }, because)[0]?.interval[0]).toBeLessThan(0);
    expect(bodyDetails({ heightMiddleMm: 0.4 }, because)[0]?.interval[0]).toBe(0);
  });
});
