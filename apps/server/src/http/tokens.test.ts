import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { createPatient } from '../records/patients.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

let site: TestSite;
let admin: Visitor;
let clinician: Visitor;
let patientId: string;
beforeAll(async () => {
  site = await testSite();
  [admin, clinician] = await Promise.all([site.visitor('admin'), site.visitor('clinician')]);
  await site.database.inSite('main', async (tx) => {
    patientId = await createPatient(tx, 'main', { name: 'Anna Vogt' });
    await relate(tx, 'main', clinician.accountId, patientId, 'care-team', 'test');
  });
});
afterAll(() => site.close());

const json = (method: string, body?: unknown): RequestInit => ({
  method,
  ...(body === undefined
    ? {}
    : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
});
const withToken = (token: string, path: string, init: RequestInit = {}) =>
  site.request(path, {
    ...init,
    headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` },
  });
const make = async (visitor: Visitor, path: string, scopes: readonly string[], days = 30) => {
  const reply = await visitor.request(path, json('POST', { name: 'viewer', scopes, days }));
  expect(reply.status).toBe(201);
  return (await reply.json()) as { id: string; token: string };
};

describe('tokens', () => {
  it('do what their scopes say and no more, without cookie or CSRF token', async () => {
    const { token } = await make(clinician, '/api/tokens', ['api:read']);
    expect((await withToken(token, `/api/patients/${patientId}`)).status).toBe(200);
    expect((await withToken(token, '/dicomweb/studies')).status).toBe(403);
    expect((await withToken(token, '/api/patients', json('POST', { name: 'X' }))).status).toBe(403);
    expect((await withToken(token, '/api/tokens')).status).toBe(403);
    const writer = await make(clinician, '/api/tokens', ['api:write']);
    expect((await withToken(writer.token, '/api/patients', json('POST', { name: 'X' }))).status).toBe(201);
    const glass = json('POST', { reason: 'unconscious in the emergency room' });
    expect((await withToken(writer.token, `/api/patients/${patientId}/break-glass`, glass)).status).not.toBe(
      200,
    );
  });

  it('are kept as hashes only and shown once', async () => {
    const { token } = await make(clinician, '/api/tokens', ['api:read']);
    const rows = await site.database.inSite('main', (tx) =>
      tx.selectFrom('api_tokens').selectAll().execute(),
    );
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
    expect(await (await clinician.request('/api/tokens')).text()).not.toContain(token.slice(4));
  });

  it('end when they expire, also if the clock is set back afterwards', async () => {
    const start = site.clock.now;
    const { token } = await make(clinician, '/api/tokens', ['api:read'], 1);
    const at = async (hours: number) => {
      site.clock.now = new Date(start.getTime() + hours * 3_600_000);
      return (await withToken(token, '/api/patients')).status;
    };
    expect([await at(0), await at(23), await at(25), await at(1)]).toEqual([200, 200, 401, 401]);
    site.clock.now = start;
  });

  it('end when they are revoked, when the account is closed or given a password by an administrator, and never help with a wrong one', async () => {
    const one = await make(clinician, '/api/tokens', ['api:read']);
    expect((await clinician.request(`/api/tokens/${one.id}`, json('DELETE'))).status).toBe(200);
    expect((await withToken(one.token, '/api/patients')).status).toBe(401);
    const other = await site.visitor('clinician', 'leaver');
    const theirs = await make(other, '/api/tokens', ['api:read']);
    expect((await clinician.request(`/api/tokens/${theirs.id}`, json('DELETE'))).status).toBe(404);
    expect(
      (await admin.request(`/api/accounts/${other.accountId}`, json('PUT', { disabled: true }))).status,
    ).toBe(200);
    expect((await withToken(theirs.token, '/api/patients')).status).toBe(401);
    expect((await other.request('/api/patients')).status).toBe(401);
    const known = await site.visitor('clinician', 'overheard');
    const made = await make(known, '/api/tokens', ['api:read']);
    const password = 'chosen anew by the head';
    expect((await admin.request(`/api/accounts/${known.accountId}`, json('PUT', { password }))).status).toBe(
      200,
    );
    expect((await withToken(made.token, '/api/patients')).status).toBe(401);
    // Nor does one that was not revoked help a closed account.
    const third = await site.visitor('clinician', 'gone');
    const left = await make(third, '/api/tokens', ['api:read']);
    await site.database.inSite('main', (tx) =>
      tx.updateTable('accounts').set({ disabled: true }).where('id', '=', third.accountId).execute(),
    );
    expect((await withToken(left.token, '/api/patients')).status).toBe(401);
    // A cookie does not make a wrong token good.
    const both = await clinician.request('/api/patients', { headers: { authorization: 'Bearer nonsense' } });
    expect(both.status).toBe(401);
    expect(both.headers.get('www-authenticate')).toContain('Bearer');
  });

  it('let a device store and read by DICOMweb, named in the trail', async () => {
    const made = await admin.request(
      '/api/accounts',
      json('POST', { login: 'mr1', name: 'MR 1', role: 'device' }),
    );
    const { id } = (await made.json()) as { id: string };
    const { token, id: tokenId } = await make(admin, `/api/accounts/${id}/tokens`, [
      'dicomweb:read',
      'dicomweb:write',
    ]);
    const object = testObject({ study: 'token', instance: 1 });
    const body = Buffer.concat([
      Buffer.from('--p\r\nContent-Type: application/dicom\r\n\r\n'),
      object.bytes,
      Buffer.from('\r\n--p--\r\n'),
    ]);
    const headers = { 'content-type': 'multipart/related; type="application/dicom"; boundary=p' };
    expect((await withToken(token, '/dicomweb/studies', { method: 'POST', headers, body })).status).toBe(200);
    const found = await withToken(token, `/dicomweb/studies?StudyInstanceUID=${object.studyUid}`);
    expect(((await found.json()) as unknown[]).length).toBe(1);
    expect((await withToken(token, '/api/patients')).status).toBe(403);
    const trail = (await (await admin.request(`/api/audit?accountId=${id}`)).json()) as {
      entries: { reason: string; action: string }[];
    };
    expect(trail.entries.some((e) => e.reason.includes(`token ${tokenId}`) && e.action === 'create')).toBe(
      true,
    );
    // The machine has become nobody's doctor.
    const ties = await site.database.inSite('main', (tx) =>
      tx.selectFrom('relationships').select('kind').where('account_id', '=', id).execute(),
    );
    expect(ties).toEqual([]);
  });
});

describe('accounts', () => {
  it('are made, changed, closed and unlocked by an administrator, and each step is in the trail', async () => {
    const reply = await admin.request(
      '/api/accounts',
      json('POST', { login: 'Nurse', name: 'N', role: 'care-team', password: 'a long password' }),
    );
    expect(reply.status).toBe(201);
    const { id } = (await reply.json()) as { id: string };
    const again = json('POST', { login: 'nurse', name: 'N', role: 'care-team', password: 'a long password' });
    expect((await admin.request('/api/accounts', again)).status).toBe(409);
    expect((await admin.request(`/api/accounts/${id}`, json('PUT', { role: 'clinician' }))).status).toBe(200);
    expect((await admin.request(`/api/accounts/${id}`, json('PUT', { disabled: true }))).status).toBe(200);
    // Another role ends what was opened under the old one.
    const mover = await site.visitor('care-team', 'mover');
    const { token } = await make(mover, '/api/tokens', ['api:read']);
    const role = json('PUT', { role: 'clinician' });
    expect((await admin.request(`/api/accounts/${mover.accountId}`, role)).status).toBe(200);
    expect((await mover.request('/api/patients')).status).toBe(401);
    expect((await withToken(token, '/api/patients')).status).toBe(401);
    const login = json('POST', { login: 'nurse', password: 'a long password' });
    expect((await site.request('/api/session', login)).status).toBe(401);
    const trail = (await (await admin.request('/api/audit?limit=20')).json()) as {
      entries: { reason: string }[];
    };
    expect(trail.entries.map((e) => e.reason)).toContain('changed: role; role care-team to clinician');
    expect(JSON.stringify(trail)).not.toContain('a long password');
  });

  it('cannot be used by an administrator to look at patients in somebody’s name, or to shut everybody out', async () => {
    const token = json('POST', { name: 'x', scopes: ['api:read'], days: 1 });
    expect((await admin.request(`/api/accounts/${clinician.accountId}/tokens`, token)).status).toBe(403);
    const own = `/api/accounts/${admin.accountId}`;
    for (const change of [{ disabled: true }, { role: 'clinician' }])
      expect((await admin.request(own, json('PUT', change))).status, JSON.stringify(change)).toBe(409);
    expect((await clinician.request('/api/accounts')).status).toBe(403);
  });
});

describe('consents and the care team', () => {
  it('are recorded by the treating clinician, hold at once, and can be taken back', async () => {
    const path = `/api/patients/${patientId}`;
    const record = (decision: string) =>
      clinician
        .request(`${path}/consents`, json('POST', { scope: 'treatment', decision }))
        .then((r) => r.status);
    expect(await record('deny')).toBe(201);
    expect((await clinician.request(path)).status).toBe(404);
    expect(await record('permit')).toBe(201);
    expect((await clinician.request(path)).status).toBe(200);
    const { consents } = (await (await clinician.request(`${path}/consents`)).json()) as {
      consents: unknown[];
    };
    expect(consents).toHaveLength(2);
  });

  it('let a colleague in and out again', async () => {
    const nurse = await site.visitor('care-team', 'tom');
    const path = `/api/patients/${patientId}`;
    expect((await nurse.request(path)).status).toBe(404);
    const add = (login: string, kind: string) =>
      clinician
        .request(`${path}/team`, json('POST', { login, kind, reason: 'ward 3' }))
        .then((r) => r.status);
    expect(await add('nobody', 'care-team')).toBe(422);
    expect(await add('tom', 'proxy')).toBe(422);
    expect(await add('tom', 'care-team')).toBe(201);
    expect((await nurse.request(path)).status).toBe(200);
    const { members } = (await (await clinician.request(`${path}/team`)).json()) as {
      members: { id: string; login: string }[];
    };
    const tie = members.find((m) => m.login === 'tom')!;
    // Nobody's access to another record ends through this one.
    const elsewhere = await site.database.inSite('main', async (tx) => {
      const other = await createPatient(tx, 'main', { name: 'Bert Blum' });
      await relate(tx, 'main', nurse.accountId, other, 'care-team', 'test');
      const row = tx.selectFrom('relationships').select(['id', 'patient_id']).where('patient_id', '=', other);
      return row.executeTakeFirstOrThrow();
    });
    expect((await clinician.request(`${path}/team/${elsewhere.id}`, json('DELETE'))).status).toBe(404);
    expect((await nurse.request(`/api/patients/${elsewhere.patient_id}`)).status).toBe(200);
    expect((await clinician.request(`${path}/team/${tie.id}`, json('DELETE'))).status).toBe(200);
    expect((await nurse.request(path)).status).toBe(404);
  });
});
