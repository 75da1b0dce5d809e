import type { Effect } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import {
  because,
  citationOf,
  EVIDENCE,
  type EvidenceOverride,
  effectsOf,
  guidelineRules,
  harmsOf,
  parameter,
  predictiveFactors,
  prevalenceWithoutPain,
  readOverride,
  recordOf,
  recordsOf,
  withOverride,
} from './index.ts';

describe('prevalence without pain', () => {
  it('gives the table at its own ages and mixes between them', () => {
    expect(prevalenceWithoutPain('disc-degeneration', 50)?.p).toBe(0.8);
    const between = prevalenceWithoutPain('protrusion', 45);
    expect(between?.p).toBeCloseTo(0.345, 6);
    expect(between?.ids).toEqual(['prevalence/protrusion-40', 'prevalence/protrusion-50']);
  });

  it('has no figure far outside the table, nor for an unknown finding', () => {
    expect(prevalenceWithoutPain('bulge', 8)).toBeNull();
    expect(prevalenceWithoutPain('bulge', 12)?.p).toBe(0.3);
    expect(prevalenceWithoutPain('bulge', 95)).toBeNull();
    // Ten years past either end still count, and no day more.
    expect(prevalenceWithoutPain('bulge', 90)?.p).toBe(prevalenceWithoutPain('bulge', 80)?.p);
    expect(prevalenceWithoutPain('bulge', 90.1)).toBeNull();
    expect(prevalenceWithoutPain('bulge', 10)?.p).toBe(0.3);
    expect(prevalenceWithoutPain('bulge', 9.9)).toBeNull();
    expect(prevalenceWithoutPain('unicorn', 50)).toBeNull();
  });

  it('never falls with age, and extrusion stays rare', () => {
    for (const finding of [
      'disc-degeneration',
      'bulge',
      'protrusion',
      'spondylolisthesis',
      'facet-degeneration',
    ]) {
      let last = 0;
      for (let age = 15; age <= 88; age++) {
        const share = prevalenceWithoutPain(finding, age)!;
        expect(share.p).toBeGreaterThanOrEqual(last);
        expect(share.interval[0]).toBeLessThanOrEqual(share.p);
        expect(share.interval[1]).toBeGreaterThanOrEqual(share.p);
        last = share.p;
      }
    }
    expect(prevalenceWithoutPain('extrusion', 60)?.p).toBe(0.01);
  });
});

describe('treatments', () => {
  it('inherit effects, harms and rules from the treatment above them, their own first', () => {
    const effects = effectsOf('discectomy-endoscopic');
    expect(effects[0]?.id).toBe('effect/gadjradj-leg');
    expect(effects.map((e) => e.id)).toContain('effect/bailey-leg');
    expect(
      effectsOf('discectomy-endoscopic', { ownOnly: true }).every(
        (e) => e.treatment === 'discectomy-endoscopic',
      ),
    ).toBe(true);
    expect(harmsOf('discectomy-open').map((h) => h.event)).toContain('dural-tear');
    expect(guidelineRules('esi-caudal').map((g) => g.rule)).toContain('N8');
  });

  it('keeps within-arm change apart from between-arm effect', () => {
    const between = effectsOf('basivertebral-ablation', { kind: 'between-arm' });
    expect(between.every((e) => e.comparator.class !== 'none')).toBe(true);
    for (const e of recordsOf('effect'))
      expect(e.kind === 'within-arm', e.id).toBe(e.comparator.class === 'none');
  });

  it('marks the modifiers as halfway to the overall effect', () => {
    const smoker = predictiveFactors('decompression').find((p) => p.subgroup === 'smoker')!;
    expect(smoker.shrunk).toBeCloseTo((-9.4 + -1.6) / 2, 6);
  });
});

describe('an effect record', () => {
  it('has every field of an Effect', () => {
    const effect: Effect = recordOf('effect', 'effect/bailey-leg');
    expect(effect).toMatchObject({
      kind: 'between-arm',
      horizonWeeks: 26,
      estimate: -2.4,
      interval: [-3.4, -1.4],
    });
  });
});

describe('derived figures', () => {
  it('recovery rates are ln 2 over the medians', () => {
    expect(parameter('recovery-rate-conservative').value).toBeCloseTo(Math.LN2 / 12.1, 4);
    expect(parameter('recovery-rate-early-surgery').value).toBeCloseTo(Math.LN2 / 4, 4);
  });

  it('the early-delayed gap follows from the medians', () => {
    const rmst = (median: number) => (1 - Math.exp((-52 * Math.LN2) / median)) / (Math.LN2 / median);
    expect((rmst(12.1) - rmst(4)) / 52).toBeCloseTo(
      recordOf('benchmark', 'benchmark/early-delayed-gap').expected!,
      3,
    );
  });

  it('25 of 334 referrals had cauda equina syndrome', () => {
    expect(recordOf('base-rate', 'base-rate/cauda-equina-referred').estimate).toBeCloseTo(25 / 334, 4);
  });
});

describe('reasons', () => {
  it('say when a figure has not been verified or is a default', () => {
    expect(because('effect/bailey-leg').text).toBe('Bailey 2020, NEJM');
    expect(because('effect/exercise-pain').text).toMatch(/not yet verified/);
    expect(because('parameter/early-refer-now').text).toMatch(/configurable default/);
  });
});

describe("a site's own file", () => {
  const first = {
    ...recordOf('parameter', 'parameter/hours-motor-deficit'),
    value: 24,
    sourceId: 'example-2026',
  };
  const own: EvidenceOverride = {
    schema: 'foramen.evidence-override/1',
    site: 'Example clinic',
    records: [first],
    sources: [
      { id: 'example-2026', citation: 'Example clinic, own pathway 2026', link: null, how: 'our-choice' },
    ],
  };

  it('replaces a record and leaves the shipped base alone', () => {
    const made = withOverride(own);
    expect(made.ok && parameter('hours-motor-deficit', made.value).value).toBe(24);
    expect(parameter('hours-motor-deficit').value).toBe(48);
    expect(made.ok && because('parameter/hours-motor-deficit', made.value).text).toMatch(
      /own figure of Example clinic/,
    );
  });

  it('is cited for its figures, also where a record keeps the id of a shipped source', () => {
    const shipped = recordOf('parameter', 'parameter/hours-motor-deficit');
    const made = withOverride(own);
    const kept = withOverride({ ...own, records: [{ ...shipped, value: 24 }], sources: [] });
    if (!made.ok || !kept.ok) throw new Error('the file is good');
    const of = (base: typeof made.value) => citationOf(recordOf('parameter', shipped.id, base), base);
    expect(of(made.value)).toMatchObject({ site: 'Example clinic' });
    expect(of(made.value).text).toContain('Example clinic, own pathway 2026');
    expect(of(kept.value).text).toContain('own figure of Example clinic');
    // The shipped source does not vouch for a figure that was changed.
    const before = citationOf(shipped);
    expect(of(kept.value).text).not.toContain(before.text);
    expect(of(kept.value).link).toBeNull();
    expect(before.site).toBeUndefined();
    // In the data too: the record names a source of its own, the shipped one is what it stood beside.
    const record = recordOf('parameter', shipped.id, kept.value);
    expect(record).toMatchObject({ sourceId: 'site:example-clinic', verified: false, evidence: 'default' });
    expect(record.alsoSources).toContain(shipped.sourceId);
    expect(kept.value.sources.get(record.sourceId)?.citation).toContain('Example clinic');
    expect(recordOf('parameter', shipped.id, made.value).sourceId).toBe('example-2026');
  });

  it('names what is wrong instead of loading half of it', () => {
    expect(readOverride('x')).toMatchObject({ ok: false });
    expect(withOverride({ ...own, records: [{ ...first, value: 'soon' }] })).toMatchObject({
      ok: false,
      problems: [{ where: 'override.records[0].value' }],
    });
    expect(withOverride({ ...own, sources: [] })).toMatchObject({
      ok: false,
      problems: [{ code: 'missing' }],
    });
    const typo = withOverride({ ...own, records: [{ ...first, id: 'parameter/hours-motr' }] });
    expect(typo.ok && typo.warnings[0]?.what).toMatch(/is new/);
  });

  it('names the shipped record that a new id may have meant', () => {
    const shipped = recordOf('parameter', 'parameter/hours-motor-deficit');
    const help = (id: string) => {
      const made = withOverride({ ...own, records: [{ ...first, id }] });
      return made.ok ? made.warnings[0]?.help : undefined;
    };
    const [head, tail] = [shipped.id.slice(0, -3), shipped.id.slice(-3)];
    const swapped = `${head}${tail[0]}${tail[2]}${tail[1]}`;
    for (const id of [`${head}${tail.slice(1)}`, `${shipped.id}s`, swapped])
      expect(help(id)).toContain(`Did you mean ${shipped.id}?`);
    expect(help('parameter/an-own-figure-of-this-clinic')).not.toMatch(/Did you mean/);
  });

  it('refuses a field that nothing reads, an id given twice and a source under a shipped id', () => {
    const refused = (over: Partial<EvidenceOverride>): string => {
      const made = withOverride({ ...own, ...over });
      return made.ok ? '' : `${made.problems[0].where} ${made.problems[0].what}`;
    };
    expect(refused({ records: [{ ...first, valeu: 12 }] })).toMatch(
      /records\[0\].* valeu that nothing reads/,
    );
    expect(refused({ records: [first, { ...first, value: 12 }] })).toMatch(/records\[1\].* given twice/);
    const [source] = own.sources;
    expect(refused({ sources: [source!, { ...source!, citation: 'Another' }] })).toMatch(/given twice/);
    const shipped = EVIDENCE.sources.get('hayden-2021')!;
    expect(refused({ sources: [source!, { ...shipped, citation: 'Another' }] })).toMatch(/is already Hayden/);
    expect(refused({ sources: [source!, shipped] })).toBe('');
  });
});
