import { analyze } from '@foramen/analysis';
import type { Answers } from './browser.ts';
import { findings, MARK, pixelsOf, studyOf } from './page-pictures.ts';

/** Answers of the interface for one clinician with three patients. */
export async function answers(): Promise<Answers> {
  const intake = {
    person: { ageYears: 46, sex: 'female', language: 'en' },
    symptoms: {
      legPainNrs: 7,
      backPainNrs: 4,
      legPainSide: 'right',
      durationWeeks: 9,
      regions: [{ region: 'great-toe', side: 'right' }],
    },
    examination: { straightLegRaise: { right: 'positive' } },
    goals: { weights: { painRelief: 8, avoidSurgery: 5 } },
  };
  const run = async () => {
    throw new Error('not used');
  };
  const judged = await analyze({ patientId: 'p1', now: '2026-03-02T09:00:00Z', intake }, { run });
  if (!judged.ok) throw new Error(judged.problems[0].what);
  const done = { state: 'done', jobId: null, percent: 100, step: null, secondsLeft: null, problems: [] };
  const summary = (id: string, name: string, urgency: string | null) => ({
    id,
    name,
    birthDate: null,
    ageYears: 46,
    sex: 'female',
    sample: true,
    story: null,
    studies: 2,
    latestStudyDate: '2026-02-20',
    analysis: done,
    urgency,
    headline: 'L4-L5 herniation',
  });
  const has = { intake: true, genome: false, findings: true, assessment: true, plan: true };
  return {
    '/api/session': {
      signedIn: true,
      demo: true,
      csrf: 'x',
      account: { id: 'a', login: 'demo', name: 'Demo clinician', role: 'clinician', password: 'none' },
    },
    '/api/evidence/site': { evidence: null },
    '/api/patients': {
      patients: [
        summary('p3', 'Cara Routine', 'routine'),
        summary('p1', 'Anna Vogt', 'soon'),
        summary('p2', 'Emil Notfall', 'emergency'),
      ],
      next: null,
    },
    '/api/patients/p1': {
      ...summary('p1', 'Anna Vogt', 'soon'),
      studyList: [studyOf('s2', '2026-02-20', done), studyOf('s1', '2025-11-02', done)],
      has,
    },
    '/api/patients/p1/case': judged.value.case,
    '/api/patients/p1/assessment': judged.value.assessment,
    '/api/patients/p1/plan': judged.value.plan,
    '/api/patients/p1/plan/revisions': {
      revisions: [
        {
          from: 'j1',
          to: 'j2',
          at: '2026-03-02T09:00:00.000Z',
          revisedBy: 'Vera Ros',
          signalId: 'o2',
          changes: ['urgency routine, now soon'],
          acceptedBy: 'Clara Ros',
          acceptedAt: '2026-03-02T10:00:00.000Z',
          withdrawnBy: null,
          withdrawnAt: null,
        },
        {
          from: null,
          to: 'j1',
          at: '2026-03-01T08:00:00.000Z',
          revisedBy: null,
          signalId: null,
          changes: [],
          acceptedBy: null,
          acceptedAt: null,
          withdrawnBy: null,
          withdrawnAt: null,
        },
      ],
    },
    '/api/patients/p1/intake': intake,
    '/api/patients/p1/intake/draft': { draft: null },
    'PUT /api/patients/p1/intake/draft': { revision: 1, updatedAt: '2026-03-02T09:01:00.000Z' },
    'PUT /api/patients/p1/intake': { job: { id: 'j1' } },
    'PUT /api/patients/p1/genome': { job: { id: 'j1' } },
    'POST /api/patients': { id: 'p1' },
    'PUT /api/patients/p1/diary/2026-03-01': { revision: 1 },
    '/api/patients/p1/diary': {
      entries: [
        { date: '2026-02-01', pain: 6, steps: 3000, note: null },
        { date: '2026-02-02', pain: 5, steps: null, note: null },
      ],
    },
    '/api/patients/p1/consents': {
      consents: [{ scope: 'research', decision: 'permit', at: '2026-02-01T10:00:00.000Z', by: 'Anna Vogt' }],
    },
    '/api/patients/p1/team': {
      members: [
        {
          id: 'm1',
          login: 'demo',
          name: 'Demo clinician',
          role: 'clinician',
          kind: 'care-team',
          reason: 'made the record',
          from: '2026-01-05T09:00:00.000Z',
          until: null,
        },
      ],
    },
    '/api/patients/p1/access': {
      accesses: [
        {
          day: '2026-02-21',
          accountId: 'x',
          name: 'Dr Night',
          role: 'clinician',
          first: '2026-02-21T03:10:00.000Z',
          last: '2026-02-21T03:12:00.000Z',
          times: 6,
          read: ['patient', 'findings'],
          changed: [],
          refused: 0,
          emergency: 'unconscious in the emergency room',
          byProgram: false,
        },
      ],
      next: null,
    },
    '/api/tokens': { tokens: [] },
    '/api/studies/s1/marks': { marks: [] },
    '/api/studies/s2/marks': { marks: [MARK] },
    'POST /api/studies/s2/marks': MARK,
    [`PUT /api/studies/s2/marks/${MARK.id}`]: MARK,
    '/api/studies/s1/findings': findings('2025-11-02', 8.2),
    '/api/studies/s2/findings': findings('2026-02-20', 3.1),
    ...pixelsOf('s1'),
    ...pixelsOf('s2'),
  };
}
