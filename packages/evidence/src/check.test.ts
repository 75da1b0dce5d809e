import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  checkEvidence,
  EVIDENCE,
  type EvidenceRecord,
  evidenceBase,
  record,
  recordOf,
  recordsOf,
} from './index.ts';
import { RECORDS, SOURCES } from './load.ts';
import { evidenceRecordSchema } from './schema.ts';

const root = join(import.meta.dirname, '..', '..', '..');

function sourceFiles(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    if (name === 'node_modules' || name === 'dist') return [];
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(name) && !/\.test\./.test(name) ? [path] : [];
  });
}

describe('the shipped evidence base', () => {
  it('has no problem of any kind', () => {
    expect(checkEvidence({ records: RECORDS })).toEqual([]);
  });

  it('matches the schema exactly: no field is lost by validation', () => {
    for (const r of RECORDS) expect(evidenceRecordSchema.parse(r), r.id).toEqual(r);
  });

  it('holds every kind of record that the judgement needs', () => {
    for (const type of [
      'grading',
      'agreement',
      'prevalence',
      'likelihood',
      'natural-history',
      'instrument',
      'treatment',
      'effect',
      'harm',
      'contraindication',
      'prerequisite',
      'prognostic',
      'predictive',
      'guideline',
      'cost',
      'change',
    ] as const) {
      expect(recordsOf(type).length, type).toBeGreaterThan(5);
    }
    expect(RECORDS.length).toBeGreaterThan(1000);
  });

  it('shows no recalled or default figure as verified, and widens every recalled one', () => {
    for (const r of RECORDS) {
      if (r.evidence === 'seen' || r.evidence === 'derived') continue;
      expect(r.verified, r.id).toBe(false);
    }
    for (const r of recordsOf('effect')) {
      if (!r.evidence.startsWith('recalled') || r.published === undefined) continue;
      const width = r.interval[1] - r.interval[0];
      const published = r.published[1] - r.published[0];
      expect(width / published, r.id).toBeCloseTo(r.evidence === 'recalled-high' ? 1.25 : 1.5, 1);
    }
  });

  it('has every evidence id that the code cites', () => {
    const prefixes = [...new Set(RECORDS.map((r) => r.id.split('/')[0]))].join('|');
    const cited = new RegExp(
      `['"\`]((?:${prefixes})/[A-Za-z0-9](?:[A-Za-z0-9.+-]*[A-Za-z0-9+])?)['"\`]`,
      'g',
    );
    const bad: string[] = [];
    let seen = 0;
    for (const file of ['packages/care/src', 'packages/evidence/src'].flatMap((d) =>
      sourceFiles(join(root, d)),
    )) {
      for (const m of readFileSync(file, 'utf8').matchAll(cited)) {
        seen++;
        if (!EVIDENCE.records.has(m[1]!)) bad.push(`${file}: ${m[1]}`);
      }
    }
    expect(bad).toEqual([]);
    expect(seen).toBeGreaterThan(30);
  });

  it('keeps marital status, pay and compensation out of predictive factors', () => {
    for (const r of recordsOf('predictive'))
      expect(`${r.modifier} ${r.subgroup}`).not.toMatch(/marri|single|compens|race|post/);
  });
});

describe('the check', () => {
  const good = recordOf('effect', 'effect/bailey-leg');
  const withRecords = (...extra: EvidenceRecord[]) => {
    const records = [...RECORDS, ...extra];
    return checkEvidence({ base: evidenceBase(records, SOURCES), records });
  };

  it('finds a record without its source', () => {
    const problems = withRecords({
      ...good,
      id: 'effect/planted',
      sourceId: 'nobody-2099',
      horizonWeeks: 27,
    });
    expect(problems.map((p) => p.where)).toContain('effect/planted');
    expect(problems.find((p) => p.where === 'effect/planted')?.what).toMatch(/nobody-2099 does not exist/);
  });

  it('finds a statement that cites an id without a record', () => {
    const [problem] = checkEvidence({ cited: ['effect/never-was', 'effect/bailey-leg'] });
    expect(problem).toMatchObject({ code: 'missing', where: 'effect/never-was' });
  });

  it('finds a source that nothing uses', () => {
    const lonely = {
      id: 'lonely-2020',
      citation: 'Lonely 2020',
      link: 'https://example.org',
      how: 'page-read' as const,
    };
    const base = evidenceBase(RECORDS, [...SOURCES, lonely]);
    expect(checkEvidence({ base })).toEqual([
      expect.objectContaining({ where: 'lonely-2020', severity: 'warning' }),
    ]);
  });

  it('finds two records that disagree, and lets a named disagreement stand', () => {
    const other: EvidenceRecord = { ...good, id: 'effect/planted', estimate: 2, interval: [1, 3] };
    expect(withRecords(other)).toEqual([
      expect.objectContaining({ code: 'contradiction', where: 'effect/bailey-leg and effect/planted' }),
    ]);
    expect(withRecords({ ...other, disagreesWith: ['effect/bailey-leg'] })).toEqual([]);
  });

  it('does not call different populations, comparators or horizons a disagreement', () => {
    const other: EvidenceRecord = { ...good, id: 'effect/planted', estimate: 2, interval: [1, 3] };
    expect(withRecords({ ...other, horizonWeeks: 52 })).toEqual([]);
    expect(withRecords({ ...other, comparator: { class: 'sham-placebo', text: 'sham' } })).toEqual([]);
  });

  it('finds a recalled figure marked verified, an interval that misses, an unknown treatment, a double id', () => {
    const recalled = recordOf('effect', 'effect/exercise-pain');
    const what = (r: EvidenceRecord) =>
      withRecords(r)
        .map((p) => p.what)
        .join('; ');
    expect(what({ ...recalled, id: 'effect/planted', verified: true, horizonWeeks: 14 })).toMatch(
      /marked verified/,
    );
    expect(what({ ...good, id: 'effect/planted', interval: [3, 4], horizonWeeks: 27 })).toMatch(
      /misses its estimate/,
    );
    expect(what({ ...good, id: 'effect/planted', treatment: 'magnets' })).toMatch(
      /magnets, which does not exist/,
    );
    expect(what(good)).toMatch(/used twice/);
  });

  it('finds a ratio that its interval misses, and one of our own that is bare or narrow', () => {
    const ratio = recordOf('likelihood', 'lr/care-leg-pain-disc');
    const positive = (value: number, interval: readonly [number, number] | null) =>
      withRecords({ ...ratio, id: 'lr/planted', positive: { value, interval } } as EvidenceRecord)
        .map((p) => p.what)
        .join('; ');
    expect(positive(5, [1, 2])).toMatch(/misses it/);
    expect(positive(0.5, [0.45, 0.55])).toMatch(/as narrow as a measurement/);
    expect(positive(0.5, null)).toMatch(/no interval/);
    expect(positive(0.5, [0.25, 1])).not.toMatch(/ratio/);
  });

  it('finds two holds of a drug, two classes of a procedure, two scorings, two cells and two subgroups that differ', () => {
    const pairs: readonly (readonly [EvidenceRecord, object])[] = [
      [recordOf('antithrombotic', 'antithrombotic/clopidogrel'), { stopHours: [24, 24] }],
      [recordOf('bleeding-class', 'bleeding/scs'), { bleedingClass: 'low' }],
      [recordOf('instrument', 'instrument/ort'), { bands: [{ from: 0, to: 26, label: 'low' }] }],
      [recordOf('predictive', 'predictive/sps-smoker'), { estimate: -11.7, shrunk: -10.55 }],
    ];
    for (const [r, change] of pairs) {
      const planted = { ...r, id: `${r.id}-planted`, ...change } as EvidenceRecord;
      expect(
        withRecords(planted).map((p) => p.where),
        r.id,
      ).toContain(`${r.id} and ${r.id}-planted`);
    }
    const t = recordOf('table', 'table/eq-5d-5l');
    const rows = t.rows.map((row) => ({
      ...row,
      values: row.values.map((v) => (v === null ? null : v + 1)),
    }));
    expect(withRecords({ ...t, id: 'table/planted', rows }).length).toBeGreaterThan(50);
  });

  it('finds a recalled figure that was not widened, an agreement above 1, an effect larger than its scale', () => {
    const recalled = recordOf('effect', 'effect/exercise-pain');
    const agreement = recordOf('agreement', 'agreement/modic');
    const what = (r: EvidenceRecord) =>
      checkEvidence({ records: RECORDS.map((x) => (x.id === r.id ? r : x)) })
        .filter((p) => p.where === r.id)
        .map((p) => p.what)
        .join('; ');
    expect(what({ ...recalled, interval: recalled.published! })).toMatch(/not widened/);
    expect(what({ ...agreement, estimate: 1.3, interval: null })).toMatch(/above 1/);
    const share = recordOf('parameter', 'parameter/care-uncovered-disc-share');
    expect(what({ ...share, value: 3 })).toMatch(/a probability of 3/);
    expect(what({ ...good, estimate: -24, interval: [-34, -14] })).toMatch(/larger than its scale/);
    expect(what({ ...good, horizonWeeks: -4 })).toMatch(/breaks the schema at horizonWeeks/);
    expect(what({ ...good, comparator: undefined } as unknown as EvidenceRecord)).toMatch(
      /breaks the schema/,
    );
  });

  it('finds rules that advise the opposite in the same words', () => {
    const rule = recordOf('guideline', 'guideline/nice-n8');
    expect(withRecords({ ...rule, id: 'guideline/planted', direction: 'do' }).map((p) => p.what)).toContain(
      'they advise the opposite on epidural-steroid',
    );
  });
});

describe('looking up', () => {
  it('throws on an unknown id, which is a bug', () => {
    expect(() => record('effect/none')).toThrow(RangeError);
    expect(() => recordOf('harm', 'effect/bailey-leg')).toThrow(/is effect, not harm/);
  });
});
