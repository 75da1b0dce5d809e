import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  type Action,
  type Consent,
  decide,
  PATHS,
  type Path,
  type PatientFacts,
  type PolicyRole,
  RESOURCES,
  type Resource,
  ROLES,
} from './evaluate.ts';

/** Everything a patient can be to somebody, as far as the policy looks. */
function facts(
  relationships: readonly ('care-team' | 'proxy' | 'self' | 'break-glass')[],
  consent: Partial<Record<'treatment' | 'genome' | 'research' | 'proxy', Consent>> = {},
  deidentified = false,
): PatientFacts {
  return {
    relationships: new Set(relationships),
    consent: {
      treatment: 'not-recorded',
      genome: 'not-recorded',
      research: 'not-recorded',
      proxy: 'not-recorded',
      ...consent,
    },
    deidentified,
  };
}
const SITUATIONS = {
  'nobody in particular': null,
  stranger: facts([]),
  team: facts(['care-team']),
  'team, refused': facts(['care-team'], { treatment: 'deny' }),
  'team, genome closed': facts(['care-team'], { genome: 'deny' }),
  opened: facts(['break-glass']),
  'opened, refused': facts(['break-glass'], { treatment: 'deny' }),
  'opened, genome closed': facts(['break-glass'], { genome: 'deny' }),
  self: facts(['self']),
  'self, genome closed': facts(['self'], { genome: 'deny' }),
  'proxy, not appointed': facts(['proxy']),
  proxy: facts(['proxy'], { proxy: 'permit' }),
  'proxy, withdrawn': facts(['proxy'], { proxy: 'deny' }),
  'de-identified': facts([], {}, true),
  'de-identified, research': facts([], { research: 'permit' }, true),
  'de-identified, research and genome': facts([], { research: 'permit', genome: 'permit' }, true),
  'named, research': facts([], { research: 'permit', genome: 'permit' }),
} as const;
type Situation = keyof typeof SITUATIONS;

/**
 * The rights, written a second time and in another form: an allow-list of products. What is not listed is refused. A change of the
 * evaluator that this list does not make as well turns a cell red.
 */
interface Grant {
  readonly role: readonly PolicyRole[];
  readonly path: readonly Path[];
  readonly resource: readonly Resource[];
  readonly action: readonly Action[];
  readonly when: readonly Situation[];
}
const ANY = Object.keys(SITUATIONS) as Situation[];
const WORDS: readonly Resource[] = ['patient', 'study', 'findings', 'judgement', 'intake', 'diary', 'job'];
const PIXELS: readonly Resource[] = ['picture'];
const LOOK: readonly Action[] = ['read', 'list'];
const WRITE: readonly Action[] = ['read', 'list', 'create', 'update'];
const TEAM: readonly Situation[] = ['team', 'team, genome closed'];
const OPENED: readonly Situation[] = ['opened', 'opened, refused', 'opened, genome closed'];
const OPEN_GENOME: readonly Situation[] = ['team', 'opened', 'opened, refused'];
const CLINICAL_PATHS: readonly Path[] = ['api', 'fhir'];
const CDS: readonly Resource[] = ['patient', 'study', 'findings', 'judgement', 'intake'];
const EVERYTHING: readonly Resource[] = [...WORDS, ...PIXELS, 'genome'];
const NONE: readonly Situation[] = ['nobody in particular'];
const RESEARCHED: readonly Resource[] = [
  'patient',
  'study',
  'findings',
  'judgement',
  'intake',
  'diary',
  'picture',
];
const CONSENTED: readonly Situation[] = ['de-identified, research', 'de-identified, research and genome'];

const GRANTS: readonly Grant[] = [
  { role: ROLES, path: ['api', 'page'], resource: ['system'], action: ['read'], when: ANY },
  {
    role: ['device'],
    path: ['dimse', 'dicomweb'],
    resource: ['study', 'picture'],
    action: ['read', 'list', 'create'],
    when: ANY,
  },
  {
    role: ['admin'],
    path: ['api'],
    resource: ['account'],
    action: ['list', 'read', 'create', 'update', 'delete'],
    when: ANY,
  },
  { role: ['admin'], path: ['api'], resource: ['audit'], action: LOOK, when: ANY },
  // Lists are judged row by row afterwards.
  {
    role: ['clinician', 'patient'],
    path: CLINICAL_PATHS,
    resource: EVERYTHING,
    action: ['list'],
    when: NONE,
  },
  { role: ['proxy'], path: CLINICAL_PATHS, resource: EVERYTHING, action: ['list'], when: NONE },
  {
    role: ['care-team'],
    path: CLINICAL_PATHS,
    resource: [...WORDS, ...PIXELS],
    action: ['list'],
    when: NONE,
  },
  {
    role: ['clinician', 'care-team', 'researcher'],
    path: ['dicomweb'],
    resource: ['study', 'picture'],
    action: ['list'],
    when: NONE,
  },
  { role: ['researcher'], path: ['api'], resource: [...RESEARCHED, 'genome'], action: ['list'], when: NONE },
  // Clinicians.
  {
    role: ['clinician'],
    path: CLINICAL_PATHS,
    resource: ['patient', 'study'],
    action: ['create'],
    when: NONE,
  },
  { role: ['clinician'], path: ['dicomweb'], resource: ['study'], action: ['create'], when: NONE },
  {
    role: ['clinician'],
    path: CLINICAL_PATHS,
    resource: [...WORDS, ...PIXELS],
    action: [...WRITE, 'delete'],
    when: TEAM,
  },
  { role: ['clinician'], path: CLINICAL_PATHS, resource: [...WORDS, ...PIXELS], action: WRITE, when: OPENED },
  { role: ['clinician'], path: CLINICAL_PATHS, resource: ['genome'], action: WRITE, when: OPEN_GENOME },
  { role: ['clinician'], path: CLINICAL_PATHS, resource: ['genome'], action: ['delete'], when: ['team'] },
  {
    role: ['clinician'],
    path: ['dicomweb'],
    resource: ['study', 'picture'],
    action: [...WRITE, 'delete'],
    when: TEAM,
  },
  { role: ['clinician'], path: ['dicomweb'], resource: ['study', 'picture'], action: WRITE, when: OPENED },
  { role: ['clinician'], path: ['cds'], resource: CDS, action: ['read'], when: [...TEAM, ...OPENED] },
  { role: ['clinician'], path: ['cds'], resource: ['genome'], action: ['read'], when: OPEN_GENOME },
  { role: ['clinician'], path: ['export'], resource: [...WORDS, ...PIXELS], action: ['read'], when: TEAM },
  { role: ['clinician'], path: ['export'], resource: ['genome'], action: ['read'], when: ['team'] },
  {
    role: ['clinician'],
    path: ['api'],
    resource: ['patient'],
    action: ['break-glass'],
    when: ANY.filter((s) => s !== 'nobody in particular'),
  },
  // Care team.
  { role: ['care-team'], path: CLINICAL_PATHS, resource: [...WORDS, ...PIXELS], action: LOOK, when: TEAM },
  {
    role: ['care-team'],
    path: CLINICAL_PATHS,
    resource: ['intake', 'diary'],
    action: ['create', 'update'],
    when: TEAM,
  },
  { role: ['care-team'], path: ['dicomweb'], resource: ['study', 'picture'], action: LOOK, when: TEAM },
  { role: ['care-team'], path: ['cds'], resource: CDS, action: ['read'], when: TEAM },
  // Patients and proxies.
  {
    role: ['patient'],
    path: CLINICAL_PATHS,
    resource: EVERYTHING,
    action: LOOK,
    when: ['self', 'self, genome closed'],
  },
  {
    role: ['patient'],
    path: ['export'],
    resource: EVERYTHING,
    action: ['read'],
    when: ['self', 'self, genome closed'],
  },
  {
    role: ['patient'],
    path: CLINICAL_PATHS,
    resource: ['intake', 'diary'],
    action: ['create', 'update'],
    when: ['self', 'self, genome closed'],
  },
  { role: ['proxy'], path: CLINICAL_PATHS, resource: [...WORDS, ...PIXELS], action: LOOK, when: ['proxy'] },
  {
    role: ['proxy'],
    path: CLINICAL_PATHS,
    resource: ['diary'],
    action: ['create', 'update'],
    when: ['proxy'],
  },
  // Research.
  { role: ['researcher'], path: ['api'], resource: RESEARCHED, action: LOOK, when: CONSENTED },
  { role: ['researcher'], path: ['export'], resource: RESEARCHED, action: ['read'], when: CONSENTED },
  {
    role: ['researcher'],
    path: ['api'],
    resource: ['genome'],
    action: LOOK,
    when: ['de-identified, research and genome'],
  },
  {
    role: ['researcher'],
    path: ['export'],
    resource: ['genome'],
    action: ['read'],
    when: ['de-identified, research and genome'],
  },
  { role: ['researcher'], path: ['dicomweb'], resource: ['study', 'picture'], action: LOOK, when: CONSENTED },
];

const key = (...parts: readonly string[]): string => parts.join(' | ');
const allowed = new Set(
  GRANTS.flatMap((g) =>
    g.role.flatMap((role) =>
      g.path.flatMap((path) =>
        g.resource.flatMap((resource) =>
          g.action.flatMap((action) => g.when.map((when) => key(role, path, resource, action, when))),
        ),
      ),
    ),
  ),
);

describe.each(ROLES)('access of role %s', (role) => {
  it.each(PATHS)('over %s: every resource, action and situation', (path) => {
    const wrong: string[] = [];
    let cells = 0;
    for (const resource of RESOURCES) {
      for (const action of ACTIONS) {
        for (const [when, patient] of Object.entries(SITUATIONS)) {
          cells++;
          const decision = decide({ subject: { accountId: 'a', role }, resource, action, path, patient });
          const cell = key(role, path, resource, action, when);
          if (decision.allow !== allowed.has(cell))
            wrong.push(`${cell}: ${decision.allow} (${decision.because})`);
          expect(decision.because.length).toBeGreaterThan(0);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBe(RESOURCES.length * ACTIONS.length * Object.keys(SITUATIONS).length);
  });
});

describe('principles of the policy', () => {
  it('keeps administrators away from every patient', () => {
    for (const patient of Object.values(SITUATIONS)) {
      for (const resource of [
        'patient',
        'study',
        'picture',
        'findings',
        'judgement',
        'intake',
        'diary',
        'genome',
        'job',
      ] as const) {
        for (const action of ACTIONS) {
          for (const path of PATHS) {
            expect(
              decide({ subject: { accountId: 'a', role: 'admin' }, resource, action, path, patient }).allow,
            ).toBe(false);
          }
        }
      }
    }
  });

  it('lets nobody change the audit trail', () => {
    for (const role of ROLES) {
      for (const path of PATHS) {
        for (const action of ['create', 'update', 'delete'] as const) {
          expect(
            decide({ subject: { accountId: 'a', role }, resource: 'audit', action, path, patient: null })
              .allow,
          ).toBe(false);
        }
      }
    }
  });
});
