import '../testing/patience.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordOf } from '@foramen/evidence';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readChain, verifyChain } from '../audit/verify.ts';
import type { Role } from '../database/schema.ts';
import { relate } from '../identity/accounts.ts';
import { decide } from '../policy/evaluate.ts';
import { patientFacts } from '../policy/facts.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { remoteAddress } from './address.ts';

let site: TestSite;
let clinician: Visitor;
let patientId: string;
let studyId: string;
let jobId: string;

beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician');
  ({ patientId, studyId, jobId } = await readStudy(site, clinician));
});
afterAll(() => site.close());

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

describe('the guard around every route', () => {
  const address = (path: string): string =>
    path
      .replace(/^(\/dicomweb.*?)\{id\}/, '$11.2.3')
      .replace('{id}', path.includes('/jobs/') ? jobId : path.includes('/studies/') ? studyId : patientId)
      .replace('{n}', '1')
      .replace('{k}', '1')
      .replace(/\{\w+\}/g, '1.2.3');

  it('knows every route under /api that is not deliberately open', () => {
    const open = [
      ...['GET', 'POST', 'DELETE'].map((method) => `${method} /api/session`),
      ...['/api/health', '/api/ready', '/api/openapi.json', '/api/evidence/site'].map(
        (path) => `GET ${path}`,
      ),
    ];
    expect(site.table.length).toBeGreaterThan(20);
    // A place is written `{id}` in the table and `:id`, with or without a pattern, in the router.
    const plain = (path: string): string =>
      path
        .replace(/\{\w+\}/g, '*')
        .replace(/:\w+(\{[^/]*\})?/g, '*')
        .replace(/\.png$/, '');
    const guarded = new Set(site.table.map((e) => `${e.method.toUpperCase()} ${plain(e.path)}`));
    const unguarded = site.answers.filter(
      (route) => / \/(api|dicomweb)\//.test(route) && !guarded.has(plain(route)),
    );
    expect([...new Set(unguarded)].sort()).toEqual(open.sort());
  });

  it('answers 401 without a session and 403 to a change without the token', async () => {
    for (const entry of site.table) {
      const init = { method: entry.method.toUpperCase() };
      expect((await site.request(address(entry.path), init)).status, entry.path).toBe(401);
      if (entry.method === 'get') continue;
      const reply = await clinician.request(address(entry.path), {
        ...init,
        headers: { 'x-foramen-csrf': 'wrong' },
      });
      expect(reply.status, entry.path).toBe(403);
    }
  });

  const roles: readonly Role[] = ['clinician', 'care-team', 'patient', 'proxy', 'researcher', 'admin'];
  const ties = ['none', 'care-team', 'self', 'proxy', 'break-glass'] as const;
  it.each(roles)('gives a %s over HTTP exactly what the policy says', async (role) => {
    for (const tie of ties) {
      const visitor = await site.visitor(role, `${role} ${tie}`);
      if (tie !== 'none') {
        await site.database.inSite('main', (tx) =>
          relate(tx, 'main', visitor.accountId, patientId, tie, 'test'),
        );
      }
      const facts = await site.database.inSite(
        'main',
        async (tx) => (await patientFacts(tx, 'main', visitor.accountId, [patientId])).get(patientId)!,
      );
      for (const entry of site.table) {
        if (entry.path.endsWith('/events') || entry.method !== 'get') continue;
        const subject = { accountId: visitor.accountId, role };
        const patient = entry.about === 'none' ? null : facts;
        if (entry.about === 'study-uid') continue;
        const allowed = decide({
          subject,
          resource: entry.resource,
          action: entry.action,
          path: entry.way,
          patient,
        }).allow;
        const reply = await visitor.request(address(entry.path));
        await reply.body?.cancel();
        const label = `${role}, ${tie}: ${entry.path} gave ${reply.status}`;
        // A document that does not exist yet is a 404 of its own kind.
        if (allowed) expect([200, 404], label).toContain(reply.status);
        else expect([403, 404], label).toContain(reply.status);
        if (entry.path === '/api/patients/{id}' || entry.path.endsWith('{k}.png'))
          expect(reply.status === 200, label).toBe(allowed);
      }
    }
  });

  it('does not tell a stranger which patients exist', async () => {
    const stranger = await site.visitor('clinician', 'stranger');
    const existing = await stranger.request(`/api/patients/${patientId}`);
    const absent = await stranger.request('/api/patients/no-such-patient');
    expect([existing.status, absent.status]).toEqual([404, 404]);
    expect(await existing.json()).toEqual(await absent.json());
    expect(await (await stranger.request('/api/patients')).json()).toEqual({ patients: [], next: null });
  });

  it('lets nobody in before a relationship begins', async () => {
    const visitor = await site.visitor('clinician', 'from tomorrow');
    const path = `/api/patients/${patientId}`;
    const begins = (at: Date) =>
      site.database.inSite('main', (tx) =>
        tx
          .updateTable('relationships')
          .set({ valid_from: at })
          .where('account_id', '=', visitor.accountId)
          .execute(),
      );
    await site.database.inSite('main', (tx) =>
      relate(tx, 'main', visitor.accountId, patientId, 'care-team', 'next shift'),
    );
    await begins(new Date(Date.now() + 86_400_000));
    expect((await visitor.request(path)).status).toBe(404);
    await begins(new Date(Date.now() - 86_400_000));
    expect((await visitor.request(path)).status).toBe(200);
  });

  it('opens a record in an emergency for an hour, with a reason, in the trail', async () => {
    const visitor = await site.visitor('clinician', 'emergency');
    const path = `/api/patients/${patientId}`;
    expect((await visitor.request(`${path}/break-glass`, post({ reason: 'short' }))).status).toBe(400);
    expect(
      (await visitor.request(`${path}/break-glass`, post({ reason: 'unconscious in the emergency room' })))
        .status,
    ).toBe(200);
    const opened = await visitor.request(path);
    expect(opened.status).toBe(200);
    const { openedUntil } = (await opened.json()) as { openedUntil: string };
    expect((Date.parse(openedUntil) - Date.now()) / 60_000).toBeCloseTo(60, 0);
    // A place in the team that was ended shows nothing, so that the opening is still what does.
    await site.database.inSite('main', async (tx) => {
      await relate(tx, 'main', visitor.accountId, patientId, 'care-team', 'last shift');
      await tx
        .updateTable('relationships')
        .set({ ended: true })
        .where('account_id', '=', visitor.accountId)
        .where('kind', '=', 'care-team')
        .execute();
    });
    expect(await (await visitor.request(path)).json()).toMatchObject({ openedUntil });
    await site.database.inSite('main', (tx) =>
      tx
        .updateTable('relationships')
        .set({ valid_until: new Date(Date.now() - 1_000) })
        .where('account_id', '=', visitor.accountId)
        .execute(),
    );
    expect((await visitor.request(path)).status).toBe(404);
    const reasons: (string | null)[] = [];
    for await (const record of readChain(site.database, 'main'))
      if (record.action === 'break-glass') reasons.push(record.reason);
    expect(reasons).toContain('unconscious in the emergency room');
  });

  it('leaves one intact trail of everything above, refusals included', async () => {
    const outcomes = new Set<string>();
    const records = [];
    for await (const record of readChain(site.database, 'main')) {
      records.push(record);
      outcomes.add(record.outcome);
    }
    expect(await verifyChain(records)).toMatchObject({ intact: true });
    expect(outcomes).toEqual(new Set(['allowed', 'denied', 'failed']));
  });
});

describe('the outside', () => {
  it('carries the headers that keep scripts and frames out and let threads in', async () => {
    for (const path of ['/api/session', '/', '/nowhere.txt', '/api/nothing']) {
      const { headers } = await site.request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('describes itself, answers to monitoring and holds no patient in its metrics', async () => {
    const doc = (await (await site.request('/api/openapi.json')).json()) as {
      paths: Record<string, unknown>;
    };
    expect(Object.keys(doc.paths).length).toBeGreaterThan(15);
    expect((await site.request('/api/ready')).status).toBe(200);
    const text = await (await site.request('/metrics')).text();
    expect(text).toContain('foramen_http_requests_total');
    for (const secret of [patientId, studyId, 'Vogt']) expect(text).not.toContain(secret);
  });

  it('says that the site’s evidence file cannot be used, and not where it lies', async () => {
    vi.stubEnv('FORAMEN_EVIDENCE', join(site.dataDir, 'no such evidence.json'));
    const reply = await site.request('/api/evidence/site');
    vi.unstubAllEnvs();
    expect(reply.status).toBe(422);
    const text = await reply.text();
    expect(text).toContain('evidence check');
    expect(text).not.toContain('no such evidence');
    expect(await (await site.request('/api/evidence/site')).json()).toEqual({ evidence: null });
  });

  it('shows the site’s own evidence to whoever is signed in, and to others only that there is some', async () => {
    const path = join(site.dataDir, 'own evidence.json');
    const own = {
      schema: 'foramen.evidence-override/1',
      site: 'Example clinic',
      records: [{ ...recordOf('effect', 'effect/bailey-leg'), estimate: -2, interval: [-3, -1] }],
    };
    writeFileSync(path, JSON.stringify(own));
    vi.stubEnv('FORAMEN_EVIDENCE', path);
    const outside = await site.request('/api/evidence/site');
    const inside = await clinician.request('/api/evidence/site');
    const [refused, shown] = [await outside.text(), (await inside.json()) as unknown];
    vi.unstubAllEnvs();
    expect([outside.status, inside.status]).toEqual([401, 200]);
    expect(shown).toMatchObject({ evidence: own });
    expect(refused).toContain('is without it');
    expect(refused).not.toContain('Example clinic');
  });

  it('serves no file outside the page’s folder', async () => {
    for (const folder of ['web', 'models', 'web-more'])
      mkdirSync(join(site.dataDir, folder), { recursive: true });
    writeFileSync(join(site.dataDir, 'web', 'open.json'), '"open"');
    expect(await (await site.request('/open.json')).text()).toBe('"open"');
    for (const file of ['secret.json', join('web-more', 'secret.json')])
      writeFileSync(join(site.dataDir, file), 'root: not for the page');
    for (const path of [
      '/..%2fsecret.json',
      '/%2e%2e%2fsecret.json',
      '/assets/..%2f..%2fsecret.json',
      '/..%2fweb-more%2fsecret.json',
      '/models/..%2fsecret.json',
      '/models/..%2fweb-more/secret.json',
      `/${encodeURIComponent(join(site.dataDir, 'secret.json'))}`,
      '/../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/models/..%2f..%2fpackage.json',
      '/assets/%00.js',
      '/%E0%A4%A',
    ]) {
      const reply = await site.request(path);
      expect([404, 200]).toContain(reply.status);
      expect(await reply.text()).not.toContain('root:');
    }
  });

  it('is known by what the proxy on this machine wrote, and by nothing a caller writes', async () => {
    const seen = async (peer: string, forwarded: string, behindProxy: boolean): Promise<string> => {
      const app = new Hono().get('/', (c) => c.text(remoteAddress(c, behindProxy)));
      const env = { incoming: { socket: { remoteAddress: peer } } };
      return (await app.request('/', { headers: { 'x-forwarded-for': forwarded } }, env)).text();
    };
    const [proxy, caller, claim] = ['127.0.0.1', '203.0.113.9', '198.51.100.1'];
    expect(await seen(proxy, `${claim}, ${caller}`, true)).toBe(caller);
    expect(await seen(proxy, claim, false)).toBe(proxy);
    expect(await seen(caller, claim, true)).toBe(caller);
    expect(await seen(proxy, '', true)).toBe(proxy);
  });

  it('slows down whoever asks too often', async () => {
    // All in one moment, however slow the machine is.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      const statuses = await Promise.all(
        Array.from({ length: 3_500 }, () => site.request('/api/health').then((r) => r.status)),
      );
      expect(statuses).toContain(429);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('values that cannot be kept', () => {
  it('are refused as the sender’s mistake wherever they come in, and are no error of ours', async () => {
    const nul = 'a\0b';
    const body = (value: unknown): RequestInit => post(value);
    const asked: readonly (readonly [string, RequestInit?])[] = [
      ['/api/patients', body({ name: nul })],
      ['/api/patients?query=%00'],
      ['/api/patients/%00'],
      ['/api/jobs/%00/events'],
      ['/dicomweb/studies?PatientName=%00'],
      [`/api/studies/${studyId}/series/999999999999/slices/0.png`],
      [`/api/patients/${patientId}/break-glass`, body({ reason: `unconscious ${nul} in the ward` })],
      [`/api/patients/${patientId}/team`, body({ login: nul, kind: 'care-team', reason: 'x' })],
    ];
    const before = site.logged.length;
    for (const [path, init] of asked) {
      const reply = await clinician.request(path, init);
      expect([400, 404], `${path}: ${reply.status}`).toContain(reply.status);
    }
    const login = await site.request('/api/session', body({ login: nul, password: 'x' }));
    expect([400, 401, 429]).toContain(login.status);
    expect(site.logged.slice(before).filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('an address asked with a method that it does not answer', () => {
  it.each([
    ['DELETE', '/api/patients', 'GET, POST'],
    ['PUT', '/dicomweb/studies', 'GET, POST'],
    ['POST', '/api/health', 'GET'],
  ])('%s %s is 405 and says which it does', async (method, path, allowed) => {
    const reply = await clinician.request(path, { method });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe(allowed);
    expect(((await reply.json()) as { problems: unknown[] }).problems).toHaveLength(1);
  });

  it('one that nothing answers is 404', async () => {
    expect((await clinician.request('/api/nothing-here', { method: 'PUT' })).status).toBe(404);
    expect((await clinician.request('/nothing-here', { method: 'PUT' })).status).toBe(404);
  });
});
