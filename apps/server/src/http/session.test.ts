import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAccount, lockSeconds } from '../identity/accounts.ts';
import { type TestSite, testSite } from '../testing/site.ts';
import { createApp } from './app.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite();
});
afterAll(() => site.close());

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});

describe('sessions', () => {
  it('says who is signed in, signs in with the right password and out again', async () => {
    expect(await (await site.request('/api/session')).json()).toEqual({ signedIn: false, demo: false });
    await site.database.inSite('main', (tx) =>
      ensureAccount(tx, 'main', {
        login: 'Vera',
        name: 'Vera',
        role: 'clinician',
        password: 'correct horse',
      }),
    );
    const reply = await site.request('/api/session', post({ login: 'vera', password: 'correct horse' }));
    expect(reply.status).toBe(200);
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const { csrf, account } = (await reply.json()) as { csrf: string; account: { role: string } };
    expect(account.role).toBe('clinician');
    const own = { cookie: cookie.split(';')[0]! };
    expect((await site.request('/api/session', { method: 'DELETE', headers: own })).status).toBe(403);
    expect(
      (await site.request('/api/session', { method: 'DELETE', headers: { ...own, 'x-foramen-csrf': csrf } }))
        .status,
    ).toBe(200);
    expect((await site.request('/api/patients', { headers: own })).status).toBe(401);
  });

  it('locks an account after wrong passwords, also against the right one, for longer each time', async () => {
    await site.database.inSite('main', (tx) =>
      ensureAccount(tx, 'main', { login: 'lock', name: 'L', role: 'clinician', password: 'right' }),
    );
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      site.clock.now = new Date(site.clock.now.getTime() + 10_000);
      statuses.push((await site.request('/api/session', post({ login: 'lock', password: 'wrong' }))).status);
    }
    expect(statuses.slice(0, 4)).toEqual([401, 401, 401, 401]);
    expect(statuses.at(-1)).toBe(429);
    site.clock.now = new Date(site.clock.now.getTime() + 10_000);
    const right = await site.request('/api/session', post({ login: 'lock', password: 'right' }));
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    site.clock.now = new Date(site.clock.now.getTime() + 60_000);
    expect((await site.request('/api/session', post({ login: 'lock', password: 'right' }))).status).toBe(200);
    expect([4, 5, 6, 7, 20].map(lockSeconds)).toEqual([0, 30, 60, 120, 900]);
  });

  it('locks a login that does not exist just as one that does', async () => {
    await site.database.inSite('main', (tx) =>
      ensureAccount(tx, 'main', { login: 'there', name: 'T', role: 'clinician', password: 'right' }),
    );
    const start = site.clock.now;
    const answersFor = async (login: string, minutes: number) => {
      const answers: string[] = [];
      for (const seconds of [0, 10, 20, 30, 40, 50, 100, 110, 200]) {
        site.clock.now = new Date(start.getTime() + minutes * 60_000 + seconds * 1_000);
        const reply = await site.request('/api/session', post({ login, password: 'wrong' }));
        answers.push(`${reply.status} ${reply.headers.get('retry-after')} ${await reply.text()}`);
      }
      return answers;
    };
    // The address has its own share of attempts, which minutes give back.
    const real = await answersFor('there', 10);
    expect(real.map((answer) => answer.slice(0, 3))).toContain('429');
    expect(await answersFor(' Not There', 20)).toEqual(real);
    site.clock.now = start;
  });

  it('forgets wrong passwords after a right one', async () => {
    await site.database.inSite('main', (tx) =>
      ensureAccount(tx, 'main', { login: 'thumbs', name: 'T', role: 'clinician', password: 'right' }),
    );
    const statuses: number[] = [];
    for (const password of [
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'right',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
    ]) {
      site.clock.now = new Date(site.clock.now.getTime() + 10_000);
      statuses.push((await site.request('/api/session', post({ login: 'thumbs', password }))).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 200, 401, 401, 401, 401]);
  });

  it('are nobody’s once the account is closed, even where a session was left behind', async () => {
    const visitor = await site.visitor('clinician', 'closed');
    expect((await visitor.request('/api/patients')).status).toBe(200);
    await site.database.inSite('main', (tx) =>
      tx.updateTable('accounts').set({ disabled: true }).where('id', '=', visitor.accountId).execute(),
    );
    expect((await visitor.request('/api/patients')).status).toBe(401);
  });

  it('takes as long for an unknown login as for a wrong password', async () => {
    const time = async (login: string): Promise<number> => {
      site.clock.now = new Date(site.clock.now.getTime() + 60_000);
      const began = performance.now();
      expect((await site.request('/api/session', post({ login, password: 'wrong' }))).status).toBe(401);
      return performance.now() - began;
    };
    // One beside the other in the same moment: an answer that derives no key comes in a tenth of the time.
    const wrong = Math.min(await time('vera'), await time('vera'));
    const unknown = Math.min(await time('nobody'), await time('nobody'));
    expect(unknown / wrong).toBeGreaterThan(1 / 3);
  });

  it('ends after half an hour without use, and twelve hours in any case', async () => {
    const start = site.clock.now;
    const visitor = await site.visitor('clinician', 'idle');
    const at = (minutes: number) => {
      site.clock.now = new Date(start.getTime() + minutes * 60_000);
      return visitor.request('/api/patients').then((r) => r.status);
    };
    expect(await at(29)).toBe(200);
    expect(await at(58)).toBe(200);
    expect(await at(89)).toBe(401);
    const long = await site.visitor('clinician', 'long');
    const opened = site.clock.now;
    let last = 200;
    for (let m = 0; m < 12 * 60 + 30 && last === 200; m += 25) {
      site.clock.now = new Date(opened.getTime() + m * 60_000);
      last = (await long.request('/api/patients')).status;
    }
    expect(last).toBe(401);
    site.clock.now = start;
  });

  it('travel encrypted only behind TLS', async () => {
    const { app } = createApp({ ...site.services, secureCookies: true }, { dir: '', ready: () => true });
    const behind = await app.request('/api/session', post({ login: 'vera', password: 'correct horse' }));
    expect(behind.headers.get('set-cookie')).toMatch(/; Secure/);
  });

  it('refuses a login that another site’s page sends', async () => {
    const reply = await site.request(
      '/api/session',
      post({ login: 'vera', password: 'correct horse' }, { 'sec-fetch-site': 'cross-site' }),
    );
    expect(reply.status).toBe(403);
  });
});
