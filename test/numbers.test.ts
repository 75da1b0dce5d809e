import { MantineProvider } from '@mantine/core';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { RankedOptions } from '../apps/web/src/aid/ranked-options.tsx';
import { AssessmentTab } from '../apps/web/src/patient/assessment-tab.tsx';
import { ForPatientTab } from '../apps/web/src/patient/for-patient-tab.tsx';
import { PlanTab } from '../apps/web/src/patient/plan-tab.tsx';
import type { PatientRecord } from '../apps/web/src/record/patient-record.ts';
import { assess, buildCase, plan } from '../packages/care/src/index.ts';
import { EVIDENCE } from '../packages/evidence/src/index.ts';
import { SAMPLE_STORIES } from '../packages/phantom/src/index.ts';
import { numbersWithoutReason, PAGE_WALK } from '../packages/report/src/number-walk.fixture.ts';

/** The pages of the workspace, drawn without a browser: every number on them stands with its reasons. */
const records: readonly PatientRecord[] = SAMPLE_STORIES.map((story) => {
  const built = buildCase({ patientId: story.id, now: '2026-11-22', intake: story.intake });
  if (!built.ok) throw new Error(built.problems[0].what);
  const assessment = assess(built.value);
  return {
    id: story.id,
    name: story.title,
    ageYears: story.ageYears,
    sex: story.sex,
    sample: true,
    story: null,
    local: true,
    sharesNumber: false,
    openedUntil: null,
    studies: [],
    case: built.value,
    assessment,
    plan: plan(built.value, assessment),
    genome: null,
    intake: story.intake,
    diary: [],
    analysis: null,
  };
});
const draw = (page: ReactNode): string => renderToStaticMarkup(createElement(MantineProvider, null, page));
const walk = (html: string) => numbersWithoutReason(html, { ...PAGE_WALK, base: EVIDENCE });

describe('numbers on the pages', () => {
  it.each(records.map((r) => [r.id, r] as const))('of %s lead to their reasons', (_, record) => {
    expect(walk(draw(createElement(PlanTab, { record }))), 'plan').toEqual([]);
    expect(walk(draw(createElement(AssessmentTab, { record }))), 'assessment').toEqual([]);
    expect(
      walk(draw(createElement(ForPatientTab, { record, onLanguage: () => {} }))),
      'for the patient',
    ).toEqual([]);
    // The order by the sliders comes later than the rest of that page.
    const { case: known, assessment } = record;
    if (known === null || assessment === null) throw new Error('nothing to rank');
    const order = draw(
      createElement(RankedOptions, { known, assessment, weights: { painRelief: 7 }, language: 'en' }),
    );
    // Nothing is ranked where an emergency comes first, nor where nothing hurts.
    const well = record.intake?.symptoms?.pain === 'none';
    expect(order.includes('<li>')).toBe(assessment.triage.urgency !== 'emergency' && !well);
    expect(walk(order), 'order of the options').toEqual([]);
  });

  it('are found when they were written without any', () => {
    const record = records.find((r) => (r.plan?.options.length ?? 0) > 0)!;
    const html = draw(createElement(PlanTab, { record }));
    expect(
      walk(html.replace('<h2>Next</h2>', '<h2>Next</h2><p>87 of us got well.</p>')).map((o) => o.number),
    ).toEqual(['87']);
    expect(walk(html.replaceAll(/data-reasons="\d+"/g, 'data-reasons="0"')).length).toBeGreaterThan(3);
  });
});
