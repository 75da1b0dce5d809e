import { assess, buildCase, plan } from '@foramen/care';
import { EVIDENCE } from '@foramen/evidence';
import { SAMPLE_STORIES } from '@foramen/phantom';
import type { CarePlan, SpineFindings } from '@foramen/spine';
import { mm } from '@foramen/spine';
import { describe, expect, it } from 'vitest';
import { type ClinicalReportParts, renderClinicalReport } from './clinical-report.ts';
import { numbersWithoutReason, REPORT_WALK } from './number-walk.fixture.ts';

const because = { slice: 0, box: [0, 0, 1, 1] as const, models: [] };
const FINDINGS: SpineFindings = {
  schema: 'foramen.findings/1',
  series: [],
  enumeration: { confidence: 0.93, lumbarCount: 5, transitional: 'none', because: ['counted up'] },
  levels: (['L5-S1', 'L4-L5', 'L3-L4'] as const).map((level, i) => ({
    level,
    indexFromBottom: i + 1,
    confidence: 0.95,
    pfirrmann: { grade: 4, p: [0.01, 0.04, 0.2, 0.6, 0.15] },
    modic: { grade: 1, p: [0.2, 0.7, 0.05, 0.05] },
    schizas: { grade: 3, p: [0.05, 0.1, 0.7, 0.15] },
    herniation: { p: 0.9 - 0.3 * i },
    herniationSide: 'left' as const,
    herniationZone: 'subarticular' as const,
    spondylolisthesis: { p: i === 1 ? 0.9 : 0.05 },
    bulging: { p: 0.7 },
    measures: { heightMiddleMm: mm(8.4), canalApMm: mm(9.3) },
    because,
  })),
  vertebrae: [],
  limits: ['no axial series'],
  models: [],
};

/** The seven sample patients as they were told, and again with worn pictures and with weights for every goal. */
const people: readonly ClinicalReportParts[] = SAMPLE_STORIES.flatMap((story) =>
  [
    { findings: null, intake: story.intake },
    { findings: FINDINGS, intake: story.intake },
    {
      findings: FINDINGS,
      intake: {
        ...story.intake,
        goals: { weights: { painRelief: 8, function: 7, work: 5, speed: 3, lowRisk: 6 } },
      },
    },
  ].map((parts): ClinicalReportParts => {
    const built = buildCase({ patientId: story.id, now: '2026-05-31', ...parts });
    if (!built.ok) throw new Error(built.problems[0].what);
    const assessment = assess(built.value);
    return {
      version: '9.9.9',
      case: built.value,
      assessment,
      plan: plan(built.value, assessment),
      pictures: [],
      priorPictures: [],
    };
  }),
);
const walk = (html: string) => numbersWithoutReason(html, { ...REPORT_WALK, base: EVIDENCE });
const open = people.find(
  (p) => p.plan.options.some((o) => o.rank !== null) && p.assessment.forecasts.length > 0,
)!;

describe('the walk over the report', () => {
  it('finds every number of every sample patient with its reasons, in the part for the clinician and in that for the patient', () => {
    expect(people.length).toBe(21);
    for (const parts of people) {
      const html = renderClinicalReport(parts);
      expect(html, parts.case.patientId).toContain('For the patient');
      expect(walk(html), parts.case.patientId).toEqual([]);
    }
  });

  it('finds a number that was written beside the statements', () => {
    const html = renderClinicalReport(open).replace(
      '<h2>What next</h2>',
      '<h2>What next</h2><p>Works in 73 of us.</p>',
    );
    expect(walk(html).map((o) => o.number)).toEqual(['73']);
  });

  it('finds a statement that lost its reasons, for either reader', () => {
    const bare = (plan: CarePlan): CarePlan => ({
      ...plan,
      forPatient: plan.forPatient.map((s) =>
        s.key === 'plan.reassess' ? { ...s, because: [] as unknown as (typeof s)['because'] } : s,
      ),
    });
    const found = walk(renderClinicalReport({ ...open, plan: bare(open.plan) }));
    expect(found.length).toBe(1);
    expect(found[0]?.text).toMatch(/weeks/);
  });

  it('finds a forecast without reasons, and one whose record does not exist', () => {
    const [first, ...rest] = open.assessment.forecasts;
    for (const because of [[], [{ kind: 'evidence', id: 'effect/never-was', text: 'planted' }]]) {
      const planted = {
        ...first!,
        because: because as unknown as (typeof open.assessment.forecasts)[number]['because'],
      };
      const html = renderClinicalReport({
        ...open,
        assessment: { ...open.assessment, forecasts: [planted, ...rest] },
      });
      expect(walk(html).length).toBeGreaterThan(3);
    }
  });
});
