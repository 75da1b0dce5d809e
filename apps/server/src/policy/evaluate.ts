import { type Scope, withinScopes } from './scopes.ts';

/**
 * The one access policy. Every path into patient data (API, page, DICOMweb, DIMSE, FHIR, CDS Hooks, export) asks this
 * function and nothing else; it is pure, so that its whole table can be generated and tested.
 */
export const ROLES = ['clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin', 'device'] as const;
export type PolicyRole = (typeof ROLES)[number];

export const RESOURCES = [
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
  'token',
  'password',
  'account',
  'audit',
  'system',
] as const;
export type Resource = (typeof RESOURCES)[number];

export const ACTIONS = ['list', 'read', 'create', 'update', 'delete', 'break-glass'] as const;
export type Action = (typeof ACTIONS)[number];

export const PATHS = ['api', 'page', 'dicomweb', 'dimse', 'fhir', 'cds', 'export'] as const;
export type Path = (typeof PATHS)[number];

export interface Subject {
  readonly accountId: string;
  readonly role: PolicyRole;
  /** Of the token that is used instead of a person's session; absent for a session. */
  readonly scopes?: ReadonlySet<Scope>;
}

export type Consent = 'permit' | 'deny' | 'not-recorded';

/** What is known about the subject and the patient the request is about. */
export interface PatientFacts {
  /** Relationships of this subject to this patient that are valid now. */
  readonly relationships: ReadonlySet<'care-team' | 'proxy' | 'self' | 'break-glass'>;
  readonly consent: Readonly<Record<'treatment' | 'genome' | 'research' | 'proxy', Consent>>;
  readonly deidentified: boolean;
}

export interface AccessRequest {
  readonly subject: Subject;
  readonly resource: Resource;
  readonly action: Action;
  readonly path: Path;
  /** Null when the request is about no single patient (a list, an upload for a new patient, an account). */
  readonly patient: PatientFacts | null;
}

export type Decision =
  | { readonly allow: true; readonly because: string }
  | { readonly allow: false; readonly because: string };

/** Why an emergency opening is allowed; the reason that was stated stands in a line of its own. */
export const STATED_REASON = 'with a stated reason, audited';

const yes = (because: string): Decision => ({ allow: true, because });
const no = (because: string): Decision => ({ allow: false, because });

const CLINICAL = new Set<Resource>([
  'patient',
  'study',
  'picture',
  'findings',
  'judgement',
  'intake',
  'diary',
  'genome',
  'job',
]);

/** What each path can carry at all; a resource that has no business on a path is refused there to everyone. */
const CARRIES: Readonly<Record<Path, ReadonlySet<Resource>>> = {
  api: new Set(RESOURCES),
  page: new Set(['system']),
  dicomweb: new Set(['study', 'picture']),
  dimse: new Set(['study', 'picture']),
  fhir: new Set([...CLINICAL, 'consent']),
  cds: new Set(['patient', 'study', 'findings', 'judgement', 'intake', 'genome']),
  export: CLINICAL,
};

export function decide(request: AccessRequest): Decision {
  const { subject, resource, action, path } = request;
  if (!CARRIES[path].has(resource)) return no('this path does not carry that');
  if (path === 'cds' && action !== 'read') return no('decision support only reads');
  if (path === 'export' && action !== 'read') return no('an export only reads');
  if (action === 'break-glass' && resource !== 'patient')
    return no('only a patient’s record can be opened so');
  if (subject.scopes !== undefined && resource !== 'system' && !withinScopes(subject.scopes, request))
    return no('outside the token’s scopes');
  if (resource === 'system')
    return action === 'read' ? yes('open to every account') : no('nothing to change');
  if (resource === 'token') return ownTokens(request);
  if (resource === 'password') return ownPassword(request);
  if (resource === 'consent' || resource === 'team') return rights(request);
  if (resource === 'acceptance') return acceptance(request);
  if (resource === 'audit') return trail(request);
  switch (subject.role) {
    case 'device':
      return device(request);
    case 'admin':
      return admin(request);
    case 'clinician':
      return clinician(request);
    case 'care-team':
      return careTeam(request);
    case 'patient':
      return self(request);
    case 'proxy':
      return proxy(request);
    case 'researcher':
      return researcher(request);
  }
}

/** A person looks after the tokens that act in their name; administrators look after those of devices, as part of the account. */
function ownTokens({ subject, action, path }: AccessRequest): Decision {
  if (path !== 'api' || subject.role === 'device' || subject.role === 'admin') return no('not for this role');
  return action === 'list' || action === 'create' || action === 'delete'
    ? yes('own tokens')
    : no('a token is made or revoked, not changed');
}

/** Everybody who signs in changes the own password; whose it is, is never a question: it is that of the session. */
function ownPassword({ subject, action, path }: AccessRequest): Decision {
  if (path !== 'api' || subject.role === 'device') return no('not for this role');
  return action === 'update' ? yes('own password') : no('a password is changed, never read');
}

/**
 * Who may see a record (consents, the people around a patient) is settled between the patient and those who treat them. Consents only grow; a
 * refusal of treatment must not keep the treating clinician from recording that it was taken back.
 */
function rights({ subject, resource, action, path, patient }: AccessRequest): Decision {
  if (subject.role === 'admin') return no('an administrator sees no patient');
  if (path !== 'api' && path !== 'fhir') return no('not on this path');
  if (patient === null) return no('no patient named');
  const looks = action === 'read' || action === 'list';
  switch (subject.role) {
    case 'clinician':
      if (!patient.relationships.has('care-team')) return no('no relationship with this patient');
      if (looks || action === 'create') return yes('treats this patient');
      return resource === 'team' && action === 'delete' ? yes('treats this patient') : no('this only grows');
    case 'care-team':
      if (!patient.relationships.has('care-team')) return no('no relationship with this patient');
      return looks ? yes('of this patient’s team') : no('reads only');
    case 'patient':
      if (!patient.relationships.has('self')) return no('someone else’s record');
      return looks || (resource === 'consent' && action === 'create') ? yes('own record') : no('reads only');
    case 'proxy':
    case 'researcher':
    case 'device':
      return no('not for this role');
  }
}

/** A clinician who treats the patient accepts a plan, or takes that back; both are kept, and read with the plan. */
function acceptance(request: AccessRequest): Decision {
  if (request.path !== 'api') return no('not on this path');
  if (request.subject.role !== 'clinician') return no('a clinician decides');
  if (request.action !== 'create') return no('this only grows, and is read with the plan');
  return clinician({ ...request, resource: 'judgement' });
}

/** The trail only grows. Administrators read all of it; a patient reads who came to the own record. */
function trail({ subject, action, path, patient }: AccessRequest): Decision {
  if (path !== 'api') return no('not on this path');
  if (action !== 'read' && action !== 'list') return no('the trail only grows');
  if (subject.role === 'admin') return yes('reads the trail');
  if (subject.role !== 'patient') return no('not for this role');
  return patient?.relationships.has('self') === true ? yes('own record') : no('someone else’s record');
}

/** A listed imaging device or PACS: sends studies and fetches pictures, over DICOM only. */
function device({ resource, action, path }: AccessRequest): Decision {
  if (path !== 'dimse' && path !== 'dicomweb') return no('a device speaks DICOM only');
  if (resource === 'study' || resource === 'picture') {
    return action === 'create' || action === 'read' || action === 'list'
      ? yes('listed device')
      : no('not for devices');
  }
  return no('not for devices');
}

/** Runs the system; sees no patient. */
function admin({ resource, action, path }: AccessRequest): Decision {
  if (path !== 'api') return no('an administrator works through the API');
  if (resource === 'account')
    return action === 'break-glass' ? no('not for accounts') : yes('runs the system');
  return no('an administrator sees no patient');
}

function isClinical(resource: Resource): boolean {
  return CLINICAL.has(resource);
}

function clinician({ resource, action, path, patient }: AccessRequest): Decision {
  if (path === 'dimse') return no('people do not speak DIMSE');
  if (!isClinical(resource)) return no('not for clinicians');
  if (patient === null) {
    if (action === 'list') return yes('each row is judged by itself');
    return action === 'create' && (resource === 'patient' || resource === 'study')
      ? yes('new patient')
      : no('no patient named');
  }
  if (action === 'break-glass') return path === 'api' ? yes(STATED_REASON) : no('only through the API');
  const opened = patient.relationships.has('break-glass');
  if (!patient.relationships.has('care-team') && !opened) return no('no relationship with this patient');
  if (opened && !patient.relationships.has('care-team') && (path === 'export' || action === 'delete')) {
    return no('an emergency opening reads and treats, no more');
  }
  if (patient.consent.treatment === 'deny' && !opened) return no('the patient has refused');
  if (resource === 'genome' && patient.consent.genome === 'deny')
    return no('the patient has closed the genome');
  return yes(opened ? 'opened in an emergency' : 'treats this patient');
}

function careTeam({ resource, action, path, patient }: AccessRequest): Decision {
  if (path === 'dimse' || path === 'export') return no('not on this path');
  if (!isClinical(resource) || resource === 'genome') return no('not for the care team');
  if (patient === null)
    return action === 'list' ? yes('each row is judged by itself') : no('no patient named');
  if (!patient.relationships.has('care-team')) return no('no relationship with this patient');
  if (patient.consent.treatment === 'deny') return no('the patient has refused');
  if (action === 'read' || action === 'list') return yes('of this patient’s team');
  const writes = resource === 'intake' || resource === 'diary';
  return writes && (action === 'create' || action === 'update')
    ? yes('of this patient’s team')
    : no('reads only');
}

function self({ resource, action, path, patient }: AccessRequest): Decision {
  if (path === 'dimse' || path === 'dicomweb' || path === 'cds') return no('not on this path');
  if (!isClinical(resource)) return no('not for patients');
  if (patient === null)
    return action === 'list' ? yes('each row is judged by itself') : no('no patient named');
  if (!patient.relationships.has('self')) return no('someone else’s record');
  if (action === 'read' || action === 'list') return yes('own record');
  const writes = resource === 'intake' || resource === 'diary';
  return writes && (action === 'create' || action === 'update') ? yes('own answers') : no('reads only');
}

function proxy({ resource, action, path, patient }: AccessRequest): Decision {
  if (path !== 'api' && path !== 'fhir') return no('not on this path');
  if (!isClinical(resource)) return no('not for proxies');
  if (patient === null)
    return action === 'list' ? yes('each row is judged by itself') : no('no patient named');
  if (!patient.relationships.has('proxy')) return no('not this patient’s proxy');
  if (patient.consent.proxy !== 'permit') return no('the patient has not appointed a proxy');
  if (resource === 'genome') return no('the genome is the patient’s alone');
  if (action === 'read' || action === 'list') return yes('appointed by the patient');
  return resource === 'diary' && (action === 'create' || action === 'update')
    ? yes('keeps the diary')
    : no('reads only');
}

function researcher({ resource, action, path, patient }: AccessRequest): Decision {
  if (path !== 'api' && path !== 'export' && path !== 'dicomweb') return no('not on this path');
  if (!isClinical(resource) || resource === 'job') return no('not for research');
  if (patient === null)
    return action === 'list' ? yes('each row is judged by itself') : no('no patient named');
  if (action !== 'read' && action !== 'list') return no('research only reads');
  if (!patient.deidentified) return no('research sees de-identified people only');
  if (patient.consent.research !== 'permit') return no('no consent to research');
  if (resource === 'genome' && patient.consent.genome !== 'permit')
    return no('no consent to genome research');
  return yes('consented and de-identified');
}
