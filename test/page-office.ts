import type { Answers } from './browser.ts';

const account = (id: string, name: string, role: string, over: object = {}) => ({
  id,
  login: id,
  name,
  role,
  disabled: false,
  lockedUntil: null,
  firstPassword: false,
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
    account: { id: 'root', login: 'root', name: 'Ada Min', role: 'admin', password: 'own' },
  },
  '/api/evidence/site': { evidence: null },
  'PUT /api/password': { changed: true, endedSessions: 2 },
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
