import { describe, expect, it } from 'vitest';
import { SITUATIONS, type Situation } from '../testing/situations.ts';
import {
  ACTIONS,
  type Action,
  decide,
  PATHS,
  type Path,
  type PolicyRole,
  RESOURCES,
  type Resource,
  ROLES,
} from './evaluate.ts';
import { SCOPES, type Scope } from './scopes.ts';

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
const TREATING: readonly Situation[] = ['team', 'team, refused', 'team, genome closed'];
const OWN: readonly Situation[] = ['self', 'self, genome closed'];
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
  { role: ['patient'], path: ['api'], resource: ['audit'], action: LOOK, when: OWN },
  // Own tokens.
  {
    role: ['clinician', 'care-team', 'patient', 'proxy', 'researcher'],
    path: ['api'],
    resource: ['token'],
    action: ['list', 'create', 'delete'],
    when: ANY,
  },
  // The own password: every person, administrators too.
  {
    role: ['clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin'],
    path: ['api'],
    resource: ['password'],
    action: ['update'],
    when: ANY,
  },
  // Consents and the people around a patient: `team` does not travel by FHIR.
  {
    role: ['clinician'],
    path: CLINICAL_PATHS,
    resource: ['consent'],
    action: [...LOOK, 'create'],
    when: TREATING,
  },
  {
    role: ['clinician'],
    path: ['api'],
    resource: ['team'],
    action: [...LOOK, 'create', 'delete'],
    when: TREATING,
  },
  { role: ['care-team'], path: CLINICAL_PATHS, resource: ['consent'], action: LOOK, when: TREATING },
  { role: ['care-team'], path: ['api'], resource: ['team'], action: LOOK, when: TREATING },
  { role: ['patient'], path: CLINICAL_PATHS, resource: ['consent'], action: [...LOOK, 'create'], when: OWN },
  { role: ['patient'], path: ['api'], resource: ['team'], action: LOOK, when: OWN },
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
  // A clinician's word on a plan: only ever a new one, by the API.
  {
    role: ['clinician'],
    path: ['api'],
    resource: ['acceptance'],
    action: ['create'],
    when: [...TEAM, ...OPENED],
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

/** What a token may do, again stated apart from the evaluator: its account's rights, less what its scopes and the rules below leave out. */
describe('tokens', () => {
  const IN_PERSON = ['account', 'audit', 'token', 'password', 'consent', 'team', 'acceptance'];
  const subsets = [[], ...SCOPES.map((scope) => [scope]), [...SCOPES]] as const;
  it.each(ROLES)('of a %s: every resource, action, path, situation and scope', (role) => {
    const wrong: string[] = [];
    for (const scopes of subsets) {
      for (const resource of RESOURCES) {
        for (const action of ACTIONS) {
          for (const path of PATHS) {
            for (const [when, patient] of Object.entries(SITUATIONS)) {
              const subject = { accountId: 'a', role, scopes: new Set<Scope>(scopes) };
              const decision = decide({ subject, resource, action, path, patient });
              const cell = key(role, path, resource, action, when);
              const looks = action === 'read' || action === 'list';
              const covered = (scopes as readonly string[]).includes(`${path}:${looks ? 'read' : 'write'}`);
              const inPerson = IN_PERSON.includes(resource) || action === 'break-glass';
              const expected = allowed.has(cell) && (resource === 'system' || (covered && !inPerson));
              if (decision.allow !== expected) wrong.push(`${scopes.join('+')} ${cell}: ${decision.because}`);
            }
          }
        }
      }
    }
    expect(wrong).toEqual([]);
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
        'acceptance',
        'intake',
        'diary',
        'genome',
        'job',
        'consent',
        'team',
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
