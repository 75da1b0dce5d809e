import { analyze } from '@foramen/analysis';
import { drawnCorridor } from '@foramen/phantom';
import {
  affineFrom,
  type CorridorAnswer,
  type LevelFindings,
  mm,
  type ReaderMark,
  type SpineFindings,
} from '@foramen/spine';
import type { Answers } from './browser.ts';

/** A small world of patients for the pages: pictures of blocks, findings on them, and what was really judged from an intake. */

const SIZE = [48, 64, 5] as const;
const AXIAL_SIZE = [48, 48, 9] as const;
/** Right over the L4-L5 disc of the sagittal blocks: slice 5 of 9 lies at its height. */
const AXIAL = affineFrom(
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, -1],
  ],
  [1, 2, 5],
  [-24, -48, -5],
);
const AFFINE = affineFrom(
  [
    [0, 1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  [2, 2, 5],
  [-10, -48, 64],
);

/** A column of five discs between six blocks, canal behind them, on the three middle slices. */
function picture(): { readonly volume: Int16Array; readonly labels: Uint8Array } {
  const [columns, rows, slices] = SIZE;
  const volume = new Int16Array(columns * rows * slices);
  const labels = new Uint8Array(columns * rows * slices);
  const vertebra = [50, 45, 44, 43, 42, 41];
  const disc = [100, 95, 94, 93, 92];
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const at = i + columns * (j + rows * k);
        const level = Math.floor((rows - 1 - j) / 11);
        const inDisc = (rows - 1 - j) % 11 >= 8;
        const label =
          k === 0 || k === slices - 1
            ? 0
            : i >= 26 && i < 31
              ? 2
              : i >= 8 && i < 26
                ? ((inDisc ? disc[level] : vertebra[level]) ?? 0)
                : 0;
        labels[at] = label;
        volume[at] = label === 0 ? 40 : label === 2 ? 900 : label >= 91 ? 300 : 550;
      }
    }
  }
  return { volume, labels };
}

function level(name: LevelFindings['level'], index: number, bulge: number): LevelFindings {
  const row = 64 - (index - 1) * 11 - 10;
  return {
    level: name,
    indexFromBottom: index,
    confidence: 0.97,
    pfirrmann:
      index === 2 ? { grade: 4, p: [0, 0.05, 0.2, 0.6, 0.15] } : { grade: 2, p: [0.1, 0.6, 0.2, 0.1, 0] },
    herniation: { p: index === 2 ? 0.86 : 0.05 },
    bulging: { p: index === 2 ? 0.9 : 0.1 },
    narrowing: { p: 0.2 },
    schizas: { abstained: 'there is no axial T2 series' },
    measures: { heightMiddleMm: 9.1, bulgeMm: bulge, herniationApMm: bulge } as LevelFindings['measures'],
    landmarks: {
      slice: 2,
      upper: [
        [8, row],
        [25, row],
      ],
      lower: [
        [8, row + 2],
        [25, row + 2],
      ],
      canal: [
        [26, row + 1],
        [30, row + 1],
      ],
      apex: null,
    },
    because: { slice: 2, box: [row, 8, row + 3, 26], models: [] },
  };
}

/** A measure that was kept before: taken away, so that the pictures start without one. */
const MARK: ReaderMark = {
  id: 'm1',
  revision: 2,
  removed: true,
  drawing: {
    kind: 'length',
    seriesUid: null,
    series: 1,
    title: 'T2 sagittal',
    slice: 2,
    spacingMm: [2, 2],
    points: [
      [10, 10],
      [20, 10],
    ],
    lps: null,
    level: null,
    note: 'smallest depth',
  },
  frameOfReferenceUid: null,
  author: 'Dr Reader',
  at: '2026-02-21T09:30:00.000Z',
  drawnAt: '2026-02-21T09:00:00.000Z',
};

const WAY = drawnCorridor([5, 6, -25], {
  widestMm: 6.5,
  clearanceMm: { bone: 4.5, sac: 6.5, root: 1.5 },
  uncertaintyMm: { bone: 3.1, sac: 3.1, root: 4.4 },
  nearest: { bone: [11, 8, -25], sac: [0, 8, -25], root: [5, 8, -17] },
  outline: [
    [5, 2, -29],
    [5, 10, -29],
    [5, 10, -21],
  ],
  windowAreaMm2: 32,
  notes: ['measured supine'],
});
const CORRIDORS: readonly CorridorAnswer[] = [
  WAY,
  { kind: 'kambin', level: 'L4-L5', side: 'right', abstained: 'no slice shows the pedicles on this side' },
  {
    kind: 'l5s1-transforaminal',
    level: 'L5-S1',
    side: 'midline',
    abstained: 'the iliac crest is not outlined by this reading: mark its top on T2 sagittal',
    discSpaceMm: { anterior: mm(9), middle: mm(8), posterior: mm(7) },
    crest: { centre: [0, -14, -47], up: [0, 0, 1], discHeightMm: 8, bodyHeightMm: 16, seenOn: [0] },
  },
];

function findings(date: string, bulge: number): SpineFindings {
  return {
    schema: 'foramen.findings/1',
    studyDate: date,
    series: [],
    enumeration: {
      confidence: 0.96,
      lumbarCount: 5,
      transitional: 'none',
      because: ['counted from the sacrum'],
    },
    levels: [level('L5-S1', 1, 0.5), level('L4-L5', 2, bulge), level('L3-L4', 3, 0.3)],
    vertebrae: [],
    limits: ['there is no axial series'],
    corridors: CORRIDORS,
    models: [],
  };
}

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
  const { volume, labels } = picture();
  const study = (id: string, date: string) => ({
    id,
    patientId: 'p1',
    studyUid: null,
    date,
    description: 'Lumbar spine',
    source: 'dicom',
    analysis: done,
    findings: true,
    series: [
      {
        number: 1,
        seriesUid: null,
        description: 'T2 sagittal',
        modality: 'MR',
        slices: SIZE[2],
        rows: SIZE[1],
        columns: SIZE[0],
        spacingMm: [2, 2, 5],
        plane: 'sagittal',
        role: 'sagittal-T2',
        overlay: true,
        keySlice: 2,
        ijkToLps: AFFINE,
        window: { center: 500, width: 1000 },
      },
      {
        number: 2,
        seriesUid: null,
        description: 'T2 axial',
        modality: 'MR',
        slices: AXIAL_SIZE[2],
        rows: AXIAL_SIZE[1],
        columns: AXIAL_SIZE[0],
        spacingMm: [1, 2, 5],
        plane: 'axial',
        role: 'axial-T2',
        overlay: false,
        keySlice: 1,
        ijkToLps: AXIAL,
        window: { center: 500, width: 1000 },
      },
    ],
  });
  const has = { intake: true, genome: false, findings: true, assessment: true, plan: true };
  const pixels = (id: string) => ({
    [`/api/studies/${id}/series/1/volume`]: new Uint8Array(volume.buffer),
    [`/api/studies/${id}/series/1/labels`]: labels,
    [`/api/studies/${id}/series/2/volume`]: new Uint8Array(
      Int16Array.from({ length: AXIAL_SIZE[0] * AXIAL_SIZE[1] * AXIAL_SIZE[2] }, (_, n) => (n * 37) % 900)
        .buffer,
    ),
  });
  return {
    '/api/session': {
      signedIn: true,
      demo: true,
      csrf: 'x',
      account: { id: 'a', name: 'Demo clinician', role: 'clinician' },
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
      studyList: [study('s2', '2026-02-20'), study('s1', '2025-11-02')],
      has,
    },
    '/api/patients/p1/case': judged.value.case,
    '/api/patients/p1/assessment': judged.value.assessment,
    '/api/patients/p1/plan': judged.value.plan,
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
    ...pixels('s1'),
    ...pixels('s2'),
  };
}

const account = (id: string, name: string, role: string, over: object = {}) => ({
  id,
  login: id,
  name,
  role,
  disabled: false,
  lockedUntil: null,
  createdAt: '2026-01-02T08:00:00.000Z',
  tokens: 0,
  ...over,
});

/** Answers of the same interface for an administrator. */
export const ADMIN_ANSWERS: Answers = {
  '/api/session': {
    signedIn: true,
    demo: false,
    csrf: 'x',
    account: { id: 'root', name: 'Ada Min', role: 'admin' },
  },
  '/api/evidence/site': { evidence: null },
  '/api/accounts': {
    accounts: [
      account('root', 'Ada Min', 'admin'),
      account('clara', 'Dr Clara Klein', 'clinician', { tokens: 1 }),
      account('mr1', 'MR 1', 'device'),
      account('leaver', 'Lea Ver', 'care-team', { disabled: true }),
      account('locked', 'Lo Cked', 'clinician', { lockedUntil: '2026-03-01T00:10:00.000Z' }),
    ],
  },
  'POST /api/accounts': account('new', 'Dr New', 'clinician'),
  'PUT /api/accounts/clara': account('clara', 'Dr Clara Klein', 'clinician'),
  '/api/accounts/mr1/tokens': { tokens: [] },
  'POST /api/accounts/mr1/tokens': {
    id: 't9',
    token: 'fmn_shown_this_once',
    expiresAt: '2026-05-01T00:00:00.000Z',
  },
  '/api/accounts/clara/tokens': {
    tokens: [
      {
        id: 't1',
        name: 'viewer',
        scopes: ['dicomweb:read'],
        createdAt: '2026-01-02T08:00:00.000Z',
        expiresAt: '2026-12-02T08:00:00.000Z',
        lastUsedAt: null,
        state: 'active',
      },
    ],
  },
  'DELETE /api/accounts/clara/tokens/t1': { revoked: true },
  '/api/audit': {
    entries: [
      {
        seq: 7,
        at: '2026-02-21T03:10:00.000Z',
        account: 'clara',
        role: 'clinician',
        path: 'api',
        action: 'read',
        resource: 'patient',
        resourceId: 'p1',
        patientId: 'p1',
        outcome: 'denied',
        reason: 'no relationship with this patient',
      },
    ],
    next: null,
  },
};
