import { AXIAL_PLAN, buildAnatomy, rootTruth } from '@foramen/phantom';
import { describe, expect, it } from 'vitest';
import { axialOf, sagittalPerson } from './axial-person.fixture.ts';
import { readContacts } from './contacts.ts';
import type { CanonicalSeries } from './series.ts';

describe('root contact on sagittal and axial slices together', () => {
  it('finds the root that is met by side, nearer the truth than sagittal slices alone', {
    timeout: 300_000,
  }, async () => {
    const none = { herniation: null, bulge: 1, stenosis: 0 };
    const anatomy = buildAnatomy('v3', {
      lesions: 0,
      degeneration: 0.2,
      lumbarCount: 5,
      discs: {
        0: none,
        1: { ...none, herniation: { kind: 'protrusion', ap: 6, width: 12, lateral: 8, migration: 0 } },
        2: none,
      },
    });
    const { located, series, discs } = await sagittalPerson(anatomy, 13);
    const left = (series.volume.ijkToLps[2] as number) > 0 ? 1 : -1;
    const plan = { ...AXIAL_PLAN, discs: [1, 2], size: 160 };
    const of = (extra: readonly CanonicalSeries[]) =>
      readContacts(located, series, [series, ...extra], discs, left);
    const both = of(axialOf(anatomy, plan, ['T2']));
    for (const k of [1, 2]) {
      const at = discs.findIndex((d) => d.disc.indexFromBottom === k + 1);
      for (const truth of rootTruth(anatomy, k).filter((t) => t.path === 'traversing')) {
        const found = both[at]?.rootContacts?.find((c) => c.side === truth.side && c.path === 'traversing');
        expect(found?.read?.planes).toEqual(['sagittal', 'axial']);
        expect(Math.abs((found?.read?.clearanceMm ?? 99) - truth.clearanceMm)).toBeLessThan(1.5);
        const met = truth.clearanceMm < 0;
        expect(met).toBe(k === 1 && truth.side === 'left');
        if (met) expect(found?.p).toBeGreaterThan(0.85);
        else expect(found?.grade).toBe('none');
      }
    }
    // L5-S1 lies outside the axial stack, and a slice on which fat is dark cannot tell it from a disc.
    expect(
      both[discs.findIndex((d) => d.disc.indexFromBottom === 1)]?.rootContacts?.[0]?.read?.planes,
    ).toEqual(['sagittal']);
    const dark = of(axialOf(anatomy, plan, ['T2-fatsat'])).flatMap((c) => c.rootContacts ?? []);
    expect(dark.every((c) => c.read?.planes.includes('axial') === false)).toBe(true);
    // Another frame of reference: the planes cannot be laid over each other.
    const elsewhere = of(axialOf(anatomy, plan, ['T2'], '9.9')).flatMap((c) => c.rootContacts ?? []);
    expect(elsewhere.every((c) => c.read?.planes.includes('axial') === false)).toBe(true);
  });
});
