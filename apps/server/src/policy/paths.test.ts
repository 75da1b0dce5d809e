import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RouteEntry } from '../http/guard.ts';
import { ensureAccount, relate } from '../identity/accounts.ts';
import { makeToken } from '../identity/tokens.ts';
import { recordConsent } from '../testing/consents.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { SITUATIONS, type Situation } from '../testing/situations.ts';
import { ACTIONS, decide, type PolicyRole, RESOURCES, ROLES } from './evaluate.ts';
import { patientFacts } from './facts.ts';
import type { Scope } from './scopes.ts';

/**
 * The matrix once more, from outside: every route of every way in (API and DICOMweb) is asked by every role, as a stranger and as somebody who may do
 * the most, and by tokens; what the audit trail says was decided must be what the policy says. The page is shown to carry nothing of a patient.
 */
// Hundreds of requests a test: seconds on a quiet machine, minutes on one that trains a network beside it.
vi.setConfig({ hookTimeout: 180_000, testTimeout: 600_000 });

let site: TestSite;
let patientId: string;
let studyId: string;
let jobId: string;
const object = testObject({ study: 'paths', patient: 'PATHS', name: 'Vogt^Anna', instance: 1 });

beforeAll(async () => {
  site = await testSite();
  const clinician = await site.visitor('clinician', 'sender');
  const boundary = 'part';
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
    object.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const stored = await clinician.request('/dicomweb/studies', {
    method: 'POST',
    headers: { 'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}` },
    body,
  });
  expect(stored.status).toBe(200);
  await site.database.inSite('main', async (tx) => {
    const study = await tx.selectFrom('studies').select(['id', 'patient_id']).executeTakeFirstOrThrow();
    studyId = study.id;
    patientId = study.patient_id;
    jobId = await site.services.queue.enqueue(tx, 'main', {
      kind: 'analyze',
      patientId,
      studyId,
      createdBy: null,
    });
    await ensureAccount(tx, 'main', { login: 'colleague', name: 'C', role: 'care-team', password: null });
  });
});
afterAll(() => site.close());

/** Makes the patient what the situation says to this account. */
async function arrange(accountId: string, situation: Situation): Promise<void> {
  const facts = SITUATIONS[situation];
  await site.database.inSite('main', async (tx) => {
    await tx.deleteFrom('relationships').where('account_id', '=', accountId).execute();
    await tx.deleteFrom('consents').where('patient_id', '=', patientId).execute();
    await tx
      .updateTable('patients')
      .set({ deidentified: facts?.deidentified ?? false })
      .where('id', '=', patientId)
      .execute();
    for (const kind of facts?.relationships ?? [])
      await relate(tx, 'main', accountId, patientId, kind, 'situation');
    for (const [scope, decision] of Object.entries(facts?.consent ?? {})) {
      if (decision === 'not-recorded') continue;
      await recordConsent(tx, patientId, { scope: scope as 'treatment', decision });
    }
  });
}

const address = (path: string): string =>
  path
    .replace(/^(\/dicomweb.*?)\{(id|study)\}/, `$1${object.studyUid}`)
    .replace('{series}', object.seriesUid)
    .replace('{instance}', object.sopUid)
    .replace('{frames}', '1')
    .replace('{path}', '7FE00010')
    .replace('{n}', '1')
    .replace('{k}', '1')
    .replace('{date}', '2026-01-01')
    .replace('{id}', path.includes('/jobs/') ? jobId : path.includes('/studies/') ? studyId : patientId)
    .replace(/\{\w+\}/g, 'none');

/** Bodies that pass the check of their form, so that the answer comes from the policy and not from the reader before it. */
const DRAWING = {
  kind: 'length',
  seriesUid: null,
  series: 1,
  title: 'T2',
  slice: 0,
  spacingMm: [1, 1],
  points: [
    [0, 0],
    [1, 1],
  ],
  lps: null,
};
const BODIES: Readonly<Record<string, unknown>> = {
  'put /api/patients/{id}/intake': {},
  'put /api/patients/{id}/intake/draft': { body: {}, basedOn: null, after: 0 },
  'put /api/patients/{id}/diary/{date}': { pain: 3, steps: null, note: null },
  'post /api/patients': { name: 'New' },
  'post /api/patients/{id}/break-glass': { reason: 'unconscious in the emergency room' },
  'post /api/patients/{id}/plan/acceptance': { plan: '2026-01-01T00:00:00.000Z', accepted: true },
  'post /api/patients/{id}/consents': { scope: 'research', decision: 'deny' },
  'post /api/patients/{id}/team': { login: 'colleague', kind: 'care-team', reason: 'test' },
  'post /api/studies/{id}/deidentified-copy': { cleanDescriptors: true, shiftDates: true },
  'post /api/studies/{id}/marks': DRAWING,
  'put /api/studies/{id}/marks/{mark}': { revision: 1, drawing: DRAWING },
  'post /api/accounts': { login: 'sender', name: 'taken', role: 'device' },
  'put /api/accounts/{id}': { name: 'nobody' },
  'post /api/accounts/{id}/tokens': { name: 'x', scopes: ['dicomweb:read'], days: 1 },
  'put /api/password': { current: 'x', next: 'a quiet harbour at dawn' },
  'post /api/tokens': { name: 'x', scopes: ['dicomweb:read'], days: 1 },
};
const bodyOf = (entry: RouteEntry): RequestInit => {
  const body = BODIES[`${entry.method} ${entry.path}`];
  const method = entry.method.toUpperCase();
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
};

/** What the trail says about these requests, in the order they were made; entries a route adds of itself are passed over. */
async function outcomes(accountId: string, after: number, expected: readonly RouteEntry[]) {
  const rows = await site.database.inSite('main', (tx) =>
    tx
      .selectFrom('audit')
      .select(['outcome', 'resource', 'action', 'path'])
      .where('account_id', '=', accountId)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute(),
  );
  let at = 0;
  return expected.map((entry) => {
    while (at < rows.length) {
      const row = rows[at++]!;
      if (row.resource === entry.resource && row.action === entry.action && row.path === entry.way)
        return row.outcome;
    }
    return undefined;
  });
}
const trailEnd = async (): Promise<number> =>
  site.database.inSite('main', async (tx) => {
    const head = tx.selectFrom('sites').select('audit_seq').where('id', '=', 'main');
    return (await head.executeTakeFirstOrThrow()).audit_seq;
  });

const disturbs = (entry: RouteEntry): boolean =>
  entry.action === 'break-glass' || (entry.resource === 'consent' && entry.action === 'create');

/** One route for each cell the table reaches: routes of one cell share the code that decides. */
const cells = (): readonly RouteEntry[] => {
  const seen = new Map<string, RouteEntry>();
  for (const entry of site.table)
    seen.set(`${entry.resource} ${entry.action} ${entry.way} ${entry.about}`, entry);
  return [...seen.values()];
};

async function compare(
  visitor: { accountId: string; request: Visitor['request'] },
  subject: { accountId: string; role: PolicyRole; scopes?: ReadonlySet<Scope> },
  situation: Situation,
  wrong: string[],
  table: readonly RouteEntry[],
): Promise<number> {
  await arrange(visitor.accountId, situation);
  const after = await trailEnd();
  // A request about nobody is the same in every situation.
  const entries = table.filter((e) => (e.about === 'none') === (situation === 'nobody in particular'));
  const statuses: number[] = [];
  for (const entry of entries) {
    const reply = await visitor.request(address(entry.path), bodyOf(entry));
    await reply.body?.cancel();
    statuses.push(reply.status);
    if (disturbs(entry)) await arrange(visitor.accountId, situation);
  }
  const said = await outcomes(visitor.accountId, after, entries);
  for (const [i, entry] of entries.entries()) {
    const { resource, action, way } = entry;
    const patient = entry.about === 'none' ? null : SITUATIONS[situation];
    const { allow } = decide({ subject, resource, action, path: way, patient });
    const cell = `${subject.role}, ${situation}: ${entry.method} ${entry.path} gave ${statuses[i]}`;
    if (said[i] === undefined) wrong.push(`${cell}, nothing in the trail`);
    else if ((said[i] !== 'denied') !== allow) wrong.push(`${cell}, ${said[i]}`);
    else if (!allow && statuses[i] !== 403 && statuses[i] !== 404) wrong.push(`${cell} although refused`);
  }
  return entries.length;
}

/** The situation in which a role may do most. */
const BEST: Readonly<Record<PolicyRole, Situation>> = {
  clinician: 'team',
  'care-team': 'team',
  patient: 'self',
  proxy: 'proxy',
  researcher: 'de-identified, research and genome',
  admin: 'stranger',
  device: 'stranger',
};
const PEOPLE = ROLES.filter((role) => role !== 'device');

describe('every route of the API and DICOMweb', () => {
  it.each(PEOPLE)('decides for a %s as the policy does, and says so in the trail', async (role) => {
    const visitor = await site.visitor(role, `matrix ${role}`);
    const wrong: string[] = [];
    let asked = 0;
    const subject = { accountId: visitor.accountId, role };
    for (const situation of ['nobody in particular', 'stranger', BEST[role]] as const)
      asked += await compare(visitor, subject, situation, wrong, site.table);
    expect(wrong).toEqual([]);
    const named = site.table.filter((entry) => entry.about !== 'none').length;
    const least = BEST[role] === 'stranger' ? 2 : 1;
    expect(asked).toBeGreaterThanOrEqual(least * named + (site.table.length - named));
  });

  it('sees each situation as it is, so that the table of situations speaks for the database', async () => {
    const visitor = await site.visitor('clinician', 'matrix clinician');
    for (const [situation, facts] of Object.entries(SITUATIONS)) {
      if (facts === null) continue;
      await arrange(visitor.accountId, situation as Situation);
      const seen = await site.database.inSite('main', (tx) =>
        patientFacts(tx, 'main', visitor.accountId, [patientId]),
      );
      expect(seen.get(patientId), situation).toEqual(facts);
    }
  });

  it.each(ROLES)('holds a token of a %s to its scopes', async (role) => {
    const wrong: string[] = [];
    for (const scope of role === 'clinician' || role === 'device'
      ? (['api:read', 'api:write', 'dicomweb:read', 'dicomweb:write'] as const)
      : (['api:read'] as const)) {
      const { accountId, token } = await site.database.inSite('main', async (tx) => {
        const id = await ensureAccount(tx, 'main', {
          login: `token ${role}`,
          name: role,
          role,
          password: null,
        });
        const made = await makeToken(
          tx,
          'main',
          { accountId: id, name: 't', scopes: [scope], days: 1, createdBy: id },
          site.clock.now,
        );
        return { accountId: id, token: made.token };
      });
      const request: Visitor['request'] = (path, init = {}) => {
        const headers = new Headers(init.headers);
        headers.set('authorization', `Bearer ${token}`);
        return site.request(path, { ...init, headers });
      };
      const subject = { accountId, role, scopes: new Set<Scope>([scope]) };
      for (const situation of ['nobody in particular', BEST[role]] as const)
        await compare({ accountId, request }, subject, situation, wrong, cells());
    }
    expect(wrong).toEqual([]);
  });

  it('lets nobody in without a session or token, whatever the route', async () => {
    for (const entry of site.table) {
      const plain = await site.request(address(entry.path), bodyOf(entry));
      const bad = await site.request(address(entry.path), {
        ...bodyOf(entry),
        headers: { authorization: `Bearer fmn_${'A'.repeat(43)}` },
      });
      expect([plain.status, bad.status], entry.path).toEqual([401, 401]);
    }
  });

  /** Rights that are granted to somebody but that no route offers yet. A new route shortens this list; a new right lengthens it, on purpose. */
  const NOT_OFFERED = {
    dicomweb: [
      'picture create',
      'picture list',
      'picture update',
      'picture delete',
      'study update',
      'study read',
      'study delete',
    ],
  };
  it('leaves no right over DICOMweb without a route, but those listed, and has no route that nobody may use', () => {
    const reached = new Set(site.table.map((e) => `${e.way} ${e.resource} ${e.action}`));
    const rights = new Set<string>();
    for (const role of ROLES)
      for (const resource of RESOURCES)
        for (const action of ACTIONS)
          for (const path of ['api', 'dicomweb'] as const)
            for (const patient of Object.values(SITUATIONS))
              if (decide({ subject: { accountId: 'a', role }, resource, action, path, patient }).allow)
                rights.add(`${path} ${resource} ${action}`);
    const missing = [...rights]
      .filter((right) => !reached.has(right) && right.startsWith('dicomweb '))
      .sort();
    expect(missing).toEqual(NOT_OFFERED.dicomweb.map((right) => `dicomweb ${right}`).sort());
    // And no route that nobody may use.
    const unusable = [...reached].filter((right) => /^(api|dicomweb) /.test(right) && !rights.has(right));
    expect(unusable).toEqual([]);
  });
});

describe('the page', () => {
  it('is the same for everybody and carries nothing of a patient', async () => {
    const web = join(site.dataDir, 'web');
    mkdirSync(web, { recursive: true });
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>Foramen</title>');
    const paths = [
      '/',
      `/patients/${patientId}`,
      `/patients/${patientId}/aid`,
      '/accounts',
      `/studies/${studyId}`,
    ];
    const visitors = await Promise.all(PEOPLE.map((role) => site.visitor(role, `matrix ${role}`)));
    for (const path of paths) {
      const plain = await (await site.request(path)).text();
      expect(plain).toContain('Foramen');
      for (const secret of ['Vogt', 'PATHS', object.studyUid]) expect(plain).not.toContain(secret);
      for (const visitor of visitors) {
        await arrange(visitor.accountId, 'team');
        expect(await (await visitor.request(path)).text()).toBe(plain);
      }
    }
    for (const role of ROLES)
      for (const resource of RESOURCES)
        for (const action of ACTIONS)
          for (const patient of Object.values(SITUATIONS)) {
            const decision = decide({
              subject: { accountId: 'a', role },
              resource,
              action,
              path: 'page',
              patient,
            });
            expect(decision.allow).toBe(resource === 'system' && action === 'read');
          }
  });
});
