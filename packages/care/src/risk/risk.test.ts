import { recordOf } from '@foramen/evidence';
import type { PatientCase, RiskEstimate } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { buildCase } from '../case/build-case.ts';
import { riskEstimates } from './risk.ts';

const caseOf = (intake: unknown, genome?: PatientCase['genome']): PatientCase => {
  const built = buildCase({ patientId: 'p', now: '2026-11-22', intake, genome: genome ?? null });
  if (!built.ok) throw new Error(built.problems[0].what);
  return built.value;
};
const risk = (name: string, intake: unknown, genome?: PatientCase['genome']): RiskEstimate =>
  riskEstimates(caseOf(intake, genome)).find((r) => r.risk === name)!;
const start = (items: number[]) => ({
  symptoms: { durationWeeks: 3 },
  questionnaires: [{ instrument: 'STarT Back', items }],
});
const ALL_NO = {
  personalAlcohol: 'no',
  personalIllegal: 'no',
  personalPrescription: 'no',
  familyAlcohol: 'no',
  familyIllegal: 'no',
  familyPrescription: 'no',
};

describe('chronic pain', () => {
  it('follows the STarT Back groups and says what can be changed', () => {
    const low = risk('chronic-pain', start([0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const medium = risk('chronic-pain', start([1, 1, 1, 1, 0, 0, 0, 0, 0]));
    const high = risk('chronic-pain', start([1, 1, 1, 1, 1, 1, 1, 1, 1]));
    expect([low.p, medium.p, high.p]).toEqual([0.2, 0.33, 0.5]);
    expect([low.band, medium.band, high.band]).toEqual(['low', 'moderate', 'high']);
    expect(high.modifiable.map((s) => s.key)).toContain('risk.modify.stratified-care');
    expect(low.modifiable.map((s) => s.key)).not.toContain('risk.modify.stratified-care');
  });

  it('without a score spans the groups instead of guessing one', () => {
    const r = risk('chronic-pain', { symptoms: { durationWeeks: 3 } });
    expect(r.p).toBe(0.32);
    expect(r.interval![0]).toBeLessThan(0.2);
    expect(r.interval![1]).toBeGreaterThan(0.5);
  });

  it('is withheld when the duration contradicts the age', () => {
    expect(
      risk('chronic-pain', { person: { ageYears: 20 }, symptoms: { durationWeeks: 3000 } }),
    ).toMatchObject({ p: null, band: 'unknown' });
  });
});

describe('opioid use disorder by two questionnaires', () => {
  const both = (ort: number, substanceUse: object): RiskEstimate =>
    riskEstimates({
      ...caseOf({
        person: { ageYears: 60 },
        history: {
          substanceUse,
          psychiatric: { addOcdBipolarSchizophrenia: 'no', depression: 'no' },
        },
      }),
      scores: [{ instrument: 'ort', score: ort, max: 26 }],
    }).find((r) => r.risk === 'opioid-use-disorder')!;

  it('where the ORT says more than a low ORT-OUD, tells that and gives no chance', () => {
    for (const [ort, band] of [
      [9, 'high'],
      [8, 'high'],
      [7, 'moderate'],
      [4, 'moderate'],
    ] as const) {
      const r = both(ort, ALL_NO);
      expect(r, String(ort)).toMatchObject({ band, p: null, interval: null });
      expect(r.statement.key).toBe('risk.opioid.ort');
      expect(r.statement.params?.band).toBe(`@band.${band}`);
    }
  });

  it('keeps the ORT-OUD where they agree or it says more', () => {
    const low = both(3, ALL_NO);
    expect(low).toMatchObject({ band: 'low', statement: { key: 'risk.opioid.low' } });
    const high = both(0, { ...ALL_NO, personalAlcohol: 'yes', personalIllegal: 'yes', familyAlcohol: 'yes' });
    expect(high).toMatchObject({ band: 'high', statement: { key: 'risk.opioid.high' } });
    expect(high.p!).toBeGreaterThan(low.p!);
  });
});

describe('pain after surgery', () => {
  it('rises with each factor, less with each further one, and stays within its interval', () => {
    const none = risk('chronic-post-surgical-pain', { medications: [{ name: 'ibuprofen' }] });
    const one = risk('chronic-post-surgical-pain', { medications: [{ name: 'oxycodone' }] });
    const two = risk('chronic-post-surgical-pain', {
      medications: [{ name: 'oxycodone' }],
      questionnaires: [{ instrument: 'PCS', items: Array(13).fill(4) }],
    });
    expect(none.p).toBe(recordOf('natural-history', 'natural/cpsp-lumbar').estimate);
    expect(one.p!).toBeGreaterThan(none.p!);
    expect(two.p!).toBeGreaterThan(one.p!);
    expect(two.p! - one.p!).toBeLessThan(one.p! - none.p!);
    for (const r of [none, one, two]) {
      expect(r.interval![0]).toBeLessThanOrEqual(r.p!);
      expect(r.interval![1]).toBeGreaterThanOrEqual(r.p!);
    }
    expect(two.modifiable.map((s) => s.key)).toEqual([
      'risk.modify.catastrophizing',
      'risk.modify.preoperative-opioids',
    ]);
  });

  it('a drug stopped in the past does not count', () => {
    const past = risk('chronic-post-surgical-pain', {
      medications: [{ name: 'oxycodone', stopped: '2020-01-01' }],
    });
    expect(past.modifiable).toEqual([]);
  });
});

describe('opioid use disorder', () => {
  it('gives no estimate while open answers could cross the cut-off', () => {
    expect(
      risk('opioid-use-disorder', { history: { substanceUse: { ...ALL_NO, familyAlcohol: 'yes' } } }),
    ).toMatchObject({ p: null, band: 'unknown' });
    expect(
      risk('opioid-use-disorder', {
        person: { ageYears: 60 },
        history: { substanceUse: ALL_NO, psychiatric: { depression: 'yes' } },
      }),
    ).toMatchObject({ band: 'low' });
  });

  it('moves the base rate by the ratio of the tool', () => {
    const high = risk('opioid-use-disorder', {
      questionnaires: [{ instrument: 'ORT-OUD', items: [1, 1, 1, 0, 0, 0, 0, 0, 0] }],
    });
    const low = risk('opioid-use-disorder', {
      questionnaires: [{ instrument: 'ORT-OUD', items: [0, 0, 0, 0, 0, 0, 0, 0, 0] }],
    });
    expect(high.p).toBeCloseTo(((0.1 / 0.9) * 5.667) / (1 + (0.1 / 0.9) * 5.667), 3);
    expect(low.p).toBeCloseTo(((0.1 / 0.9) * 0.176) / (1 + (0.1 / 0.9) * 0.176), 3);
    expect(low.p!).toBeGreaterThan(0);
  });

  it('gives no number of adults to a child, and the same one from 18', () => {
    for (const key of ['chronic-pain', 'chronic-post-surgical-pain'] as const) {
      const child = risk(key, { person: { ageYears: 15 }, symptoms: { durationWeeks: 5 } });
      expect([child.p, child.interval, child.band, child.statement.key]).toEqual([
        null,
        null,
        'unknown',
        'risk.adults-only',
      ]);
      expect(risk(key, { person: { ageYears: 18 }, symptoms: { durationWeeks: 5 } }).p).toBeGreaterThan(0);
    }
  });

  it('age alone is no ground for an estimate', () => {
    expect(risk('opioid-use-disorder', { person: { ageYears: 30 } }).band).toBe('unknown');
  });
});

describe('progression of degeneration', () => {
  it('has no number for one person; markers and family history move nothing', () => {
    const marker = { marker: 'GDF5 rs143383', verdict: 'research' as const, text: 'research', sources: [] };
    const genome = { sample: 's', assembly: 'GRCh38', genes: {}, drugs: [], markers: [marker] };
    const plain = risk('degeneration-progression', { history: {} });
    const marked = risk('degeneration-progression', { history: { familyBackPain: 'yes' } }, genome);
    for (const r of [plain, marked]) expect(r).toMatchObject({ p: null, interval: null, band: 'unknown' });
    expect(marked.statement.because.map((b) => (b.kind === 'fact' ? b.path : b.kind))).toContain(
      'genome.markers[0]',
    );
  });
});

describe('every risk', () => {
  it('is unknown, never low, when nothing was asked', () => {
    for (const r of riskEstimates(caseOf({}))) expect(r.band, r.risk).toBe('unknown');
    for (const r of riskEstimates(caseOf(undefined))) expect(r.band, r.risk).toBe('unknown');
  });
});
