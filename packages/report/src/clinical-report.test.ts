import { assess, buildCase, plan, traceNumbers } from '@foramen/care';
import { EVIDENCE, type EvidenceBase, type EvidenceOverride, withOverride } from '@foramen/evidence';
import type { SpineFindings } from '@foramen/spine';
import { mm } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { renderClinicalReport } from './clinical-report.ts';

const because = { slice: 0, box: [0, 0, 1, 1] as const, models: [] };
const findings: SpineFindings = {
  schema: 'foramen.findings/1',
  series: [],
  enumeration: {
    confidence: 0.93,
    lumbarCount: 5,
    transitional: 'none',
    because: ['counted up from the sacrum'],
  },
  levels: [
    {
      level: 'L4-L5',
      indexFromBottom: 2,
      confidence: 0.93,
      pfirrmann: { grade: 4, p: [0.01, 0.04, 0.2, 0.6, 0.15] },
      herniation: { p: 0.82 },
      narrowing: { p: 0.4 },
      bulging: { p: 0.7 },
      herniationZone: 'subarticular',
      herniationSide: 'left',
      measures: { heightMiddleMm: mm(8.4), herniationApMm: mm(6.2), canalApMm: mm(11.3) },
      because,
    },
    {
      level: 'L5-S1',
      indexFromBottom: 1,
      confidence: 0.5,
      abstained: 'the sacrum is cut off',
      measures: {},
      because,
    },
  ],
  vertebrae: [],
  limits: ['no axial series'],
  models: [],
};

function site(file: EvidenceOverride): EvidenceBase {
  const read = withOverride(file);
  if (!read.ok) throw new Error(read.problems[0].what);
  return read.value;
}

function report(siteEvidence?: EvidenceOverride, read: SpineFindings = findings) {
  const built = buildCase({
    patientId: 'a<b>',
    now: '2026-05-02',
    findings: read,
    intake: {
      person: { ageYears: 46, sex: 'female' },
      symptoms: {
        pain: 'present',
        legPainNrs: 7,
        backPainNrs: 4,
        legPainSide: 'left',
        durationWeeks: 9,
        regions: [{ region: 'dorsum-foot', side: 'left' }],
        saddleNumbness: 'no',
        bladderDysfunction: 'no',
      },
      examination: { straightLegRaise: { left: 'positive' }, sensoryLossLeft: ['L5'] },
      medications: [{ name: 'ibuprofen', doseMg: 400, perDay: 3 }],
      goals: { weights: { painRelief: 8, function: 9 } },
    },
  });
  if (!built.ok) throw new Error(built.problems[0].what);
  const base = siteEvidence === undefined ? EVIDENCE : site(siteEvidence);
  const assessment = assess(built.value, { evidence: base });
  const carePlan = plan(built.value, assessment, { evidence: base });
  const html = renderClinicalReport({
    version: '9.9.9',
    case: built.value,
    assessment,
    plan: carePlan,
    pictures: [],
    priorPictures: [],
    siteEvidence: siteEvidence ?? null,
  });
  return { case: built.value, assessment, plan: carePlan, html };
}

/** Every way a page may write a number that the case, the judgement or the evidence holds. */
function writable(parts: readonly unknown[]): Set<string> {
  const known = new Set<string>();
  const add = (n: number) => {
    for (const value of [n, 100 * n, Math.abs(n), 100 * (1 - n), n / 24, n / 7, n * 7]) {
      for (const digits of [0, 1, 2, 3]) known.add(String(Number(value.toFixed(digits))));
      known.add(String(Math.floor(value)));
      known.add(String(Math.ceil(value)));
    }
  };
  const walk = (value: unknown): void => {
    if (typeof value === 'number') add(value);
    else if (typeof value === 'string') for (const m of value.matchAll(/\d+(?:\.\d+)?/g)) add(Number(m[0]));
    else if (Array.isArray(value)) {
      add(value.length);
      value.forEach(walk);
    } else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  parts.forEach(walk);
  return known;
}

describe('the clinical report', () => {
  const made = report();

  it('counts discs from below where levels are not named', () => {
    const unnamed = 'the sacrum is not in view';
    const { html } = report(undefined, {
      ...findings,
      enumeration: { ...findings.enumeration, unnamed },
      levels: findings.levels.map(({ level, indexFromBottom, confidence, measures }) => ({
        level,
        indexFromBottom,
        confidence,
        measures,
        abstained: unnamed,
        because,
      })),
    });
    expect(html).toContain(`Levels are not named: ${unnamed}`);
    expect(html).toContain('<h3>Disc 2 <span');
    expect(html).not.toContain('<h3>L4-L5');
    expect(report().html).toContain('<h3>L4-L5');
  });

  it('says nothing that has no reason: every number of every statement traces to a fact, a rule or a record', () => {
    expect(traceNumbers(made.case, made.assessment, made.plan)).toEqual([]);
  });

  it('shows no number that is in neither the case, the judgement nor the evidence it cites', () => {
    const cited = [...made.html.matchAll(/<(?:code|a [^>]*)>([^<]+)<\/(?:code|a)>/g)].map((m) =>
      m[1]!.replaceAll('&amp;', '&'),
    );
    const records = cited.flatMap((id) => EVIDENCE.records.get(id) ?? []);
    expect(records.length).toBeGreaterThan(20);
    const sources = records.map((r) => EVIDENCE.sources.get((r as { sourceId?: string }).sourceId ?? ''));
    const known = writable([made.case, made.assessment, made.plan, records, sources]);
    const fixed = new Set(['95', '100', '2024', '4', '9.9.9', '0']); // "95% interval", the model's attribution, the version
    const text = made.html
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .replace(/<footer>[\s\S]*?<\/footer>/, '')
      .replace(/<ul class="why">[\s\S]*?<\/ul>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll(/&[a-z]+;/g, ' ');
    const orphans = [...text.matchAll(/(?<![\w.-])\d+(?:\.\d+)?(?![\w-]|\.\d)/g)]
      .map((m) => m[0])
      .filter((n) => !known.has(String(Number(n))) && !fixed.has(n));
    expect(orphans).toEqual([]);
  });

  it('is one file: no script, nothing fetched, and names are escaped', () => {
    expect(made.html).not.toMatch(/<script|<link|src="http|url\(/i);
    expect(made.html).not.toContain('a<b>');
    expect(made.html).toContain('a&lt;b&gt;');
  });

  it('says what was not graded, and why', () => {
    expect(made.html).toContain('the sacrum is cut off');
    expect(made.html).toContain('no axial series');
  });

  it('names what need not be asked once, not line by line', () => {
    const idle = made.plan.valueOfInformation.filter((v) => v.probabilityPlanChanges < 0.005);
    expect(idle.length).toBeGreaterThan(1);
    expect(made.html.match(/whatever the answer/g)).toHaveLength(1);
    expect(made.html).not.toContain('no simulated answer');
  });

  it("cites a site's own figures as the site's file, in the reasons and in the list of sources", () => {
    const id = [...EVIDENCE.records.values()].find(
      (r) =>
        made.html.includes(`>${r.id}</`) &&
        [...EVIDENCE.records.values()].filter((other) => other.sourceId === r.sourceId).length === 1,
    )?.id;
    const shipped = EVIDENCE.records.get(id ?? '')!;
    const own = report({
      schema: 'foramen.evidence-override/1',
      site: 'Example clinic',
      records: [{ ...shipped, population: 'our own patients' }],
      sources: [],
    });
    const sources = own.html.slice(own.html.indexOf('<footer>'));
    const citation = EVIDENCE.sources.get(shipped.sourceId)!.citation.replaceAll('&', '&amp;');
    expect(made.html.slice(made.html.indexOf('<footer>'))).toContain(citation);
    expect(sources).toContain('own figure of Example clinic, from its evidence file');
    expect(sources).toContain(`<code>${shipped.id}</code>`);
    expect(sources).not.toContain(citation);
    expect(own.html.slice(0, own.html.indexOf('<footer>'))).toContain('own figure of Example clinic');
  });

  it('is the same bytes for the same case', () => {
    expect(report().html).toBe(made.html);
  });
});
