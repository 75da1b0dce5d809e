import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPassword } from '../identity/accounts.ts';
import { makeToken, revokeToken } from '../identity/tokens.ts';
import { updateJob } from '../jobs/queue.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { createApp } from './app.ts';

/** Streams outlive the request that opened them; they must not outlive the session. */
let site: TestSite;
let clinician: Visitor;
let jobId: string;
let studyId: string;
let patientId: string;
beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician', 'vera');
  ({ patientId, studyId, jobId } = await readStudy(site, clinician));
});
afterAll(() => site.close());

/** An open stream: what it said so far, and whether it has ended. */
async function listen(request: Visitor['request'], path: string) {
  const reply = await request(path);
  expect(reply.status).toBe(200);
  const heard = { text: '', ended: false };
  void (async () => {
    for await (const bytes of reply.body!) heard.text += Buffer.from(bytes).toString();
    heard.ended = true;
  })();
  return heard;
}
const progress = (percent: number): Promise<void> =>
  site.database.inSite('main', (tx) => updateJob(tx, 'main', jobId, { state: 'running', percent }));

async function withToken(): Promise<{ request: Visitor['request']; id: string; accountId: string }> {
  const { accountId } = clinician;
  const { token, id } = await site.database.inSite('main', (tx) =>
    makeToken(
      tx,
      'main',
      { accountId, name: 't', scopes: ['api:read'], days: 1, createdBy: accountId },
      site.clock.now,
    ),
  );
  const request: Visitor['request'] = (path) =>
    Promise.resolve(site.request(path, { headers: { authorization: `Bearer ${token}` } }));
  return { request, id, accountId };
}

describe('a stream of events', () => {
  const ends: readonly (readonly [
    string,
    () => Promise<{ request: Visitor['request']; end: () => unknown; after?: () => unknown }>,
  ])[] = [
    [
      'its session is closed',
      async () => {
        const visitor = await site.visitor('clinician', 'vera');
        return {
          request: visitor.request,
          end: () => visitor.request('/api/session', { method: 'DELETE' }),
        };
      },
    ],
    [
      'its session expires',
      async () => {
        const visitor = await site.visitor('clinician', 'vera');
        return {
          request: visitor.request,
          end: () => {
            site.clock.now = new Date(site.clock.now.getTime() + 31 * 60_000);
          },
        };
      },
    ],
    [
      'the password is changed',
      async () => {
        const visitor = await site.visitor('clinician', 'vera');
        return {
          request: visitor.request,
          end: () =>
            site.database.inSite('main', (tx) => setPassword(tx, 'main', 'vera', 'another long password')),
        };
      },
    ],
    [
      'the account is closed',
      async () => {
        const { request, accountId } = await withToken();
        const disabled = (on: boolean) =>
          site.database.inSite('main', (tx) =>
            tx.updateTable('accounts').set({ disabled: on }).where('id', '=', accountId).execute(),
          );
        return { request, end: () => disabled(true), after: () => disabled(false) };
      },
    ],
    [
      'the account is given another role',
      async () => {
        const visitor = await site.visitor('clinician', 'vera');
        const role = (to: 'clinician' | 'care-team') =>
          site.database.inSite('main', (tx) =>
            tx.updateTable('accounts').set({ role: to }).where('id', '=', visitor.accountId).execute(),
          );
        return { request: visitor.request, end: () => role('care-team'), after: () => role('clinician') };
      },
    ],
    [
      'its token is revoked',
      async () => {
        const { request, id, accountId } = await withToken();
        return {
          request,
          end: () =>
            site.database.inSite('main', (tx) => revokeToken(tx, 'main', accountId, id, site.clock.now)),
        };
      },
    ],
  ];

  it.each(ends)('ends when %s, and says nothing more from that moment', async (_, make) => {
    const { request, end, after } = await make();
    const heard = await listen(request, '/api/events');
    await progress(11);
    await expect.poll(() => heard.text).toContain('"percent":11');
    await end();
    await progress(77);
    // Sooner than anything would be pushed by itself: the change above makes it look.
    await expect.poll(() => heard.ended).toBe(true);
    expect(heard.text).not.toContain('"percent":77');
    expect(heard.text).toContain('event: over');
    await after?.();
  });

  it('ends by itself when nothing happens, and only then', async () => {
    const visitor = await site.visitor('clinician', 'vera');
    const heard = await listen(visitor.request, '/api/events');
    const stays = await listen(
      (await site.visitor('clinician', 'vera')).request,
      `/api/jobs/${jobId}/events`,
    );
    await visitor.request('/api/session', { method: 'DELETE' });
    await expect.poll(() => heard.ended, { timeout: 20_000, interval: 200 }).toBe(true);
    expect(stays.ended).toBe(false);
    expect(stays.text).toContain('"state":"running"');
  });

  it('makes room for newer ones of its session, with a reason, and leaves other sessions alone', async () => {
    const [visitor, beside] = [
      await site.visitor('clinician', 'vera'),
      await site.visitor('clinician', 'vera'),
    ];
    const other = await listen(beside.request, '/api/events');
    const heard: Awaited<ReturnType<typeof listen>>[] = [];
    for (let n = 0; n < 10; n++) heard.push(await listen(visitor.request, '/api/events'));
    await expect.poll(() => heard.filter((one) => one.ended).length).toBe(2);
    expect(heard.map((one) => one.ended)).toEqual([true, true, ...Array(8).fill(false)]);
    expect(heard[0]?.text).toMatch(/event: crowded\ndata: \{"reason":/);
    await progress(33);
    await expect.poll(() => heard.at(-1)?.text).toContain('"percent":33');
    expect(heard[0]?.text).not.toContain('"percent":33');
    expect(other.ended).toBe(false);
    // The places are given back with the session.
    await visitor.request('/api/session', { method: 'DELETE' });
    await expect.poll(() => heard.every((one) => one.ended)).toBe(true);
  });

  it('is refused to an address that holds too many, until some are closed', async () => {
    const { app } = createApp({ ...site.services, secureCookies: true }, { dir: '', ready: () => true });
    const readers: ReadableStreamDefaultReader<Uint8Array>[] = [];
    let cookie = '';
    const open = async (address: string): Promise<Response> =>
      app.request(
        '/api/events',
        { headers: { cookie, 'x-forwarded-for': address } },
        { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
      );
    // Sessions of eight each, from one address.
    for (let n = 0; n < 256; n++) {
      if (n % 8 === 0) ({ cookie } = await site.visitor('clinician', 'vera'));
      const reply = await open('192.0.2.7');
      expect(reply.status).toBe(200);
      readers.push(reply.body!.getReader());
    }
    ({ cookie } = await site.visitor('clinician', 'vera'));
    const refused = await open('192.0.2.7');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await refused.text()).toContain('too many streams are open at this address');
    const elsewhere = await open('192.0.2.8');
    expect(elsewhere.status).toBe(200);
    await elsewhere.body?.cancel();
    await Promise.all(readers.map((reader) => reader.cancel()));
    const again = await open('192.0.2.7');
    expect(again.status).toBe(200);
    await again.body?.cancel();
    expect(site.services.metrics.text()).toMatch(/foramen_event_streams 0/);
  });

  it('ends when the relationship does: the job is no longer told of', async () => {
    const visitor = await site.visitor('clinician', 'vera');
    const heard = await listen(visitor.request, '/api/events');
    await progress(21);
    await expect.poll(() => heard.text).toContain('"percent":21');
    await site.database.inSite('main', (tx) =>
      tx.deleteFrom('relationships').where('patient_id', '=', patientId).execute(),
    );
    await progress(88);
    await new Promise((done) => setTimeout(done, 500));
    expect(heard.text).not.toContain('"percent":88');
    expect(heard.text).not.toContain(`${studyId} 88`);
  });
});
