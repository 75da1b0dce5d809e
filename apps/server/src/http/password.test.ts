import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureAccount } from '../identity/accounts.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** A person's own password: what the page's account screen asks for. */
let site: TestSite;
let admin: Visitor;
beforeAll(async () => {
  site = await testSite();
  admin = await site.visitor('admin', 'head');
});
afterAll(() => site.close());

const json = (method: string, body: unknown): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});
const later = (seconds: number): void => {
  site.clock.now = new Date(site.clock.now.getTime() + seconds * 1_000);
};

interface SignedIn {
  readonly status: number;
  readonly account: { readonly id: string; readonly password: string; readonly login: string };
  readonly request: Visitor['request'];
}
async function signIn(login: string, password: string): Promise<SignedIn> {
  later(10);
  const reply = await site.request('/api/session', json('POST', { login, password }));
  const said = (await reply.json()) as { csrf: string; account: SignedIn['account'] };
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    status: reply.status,
    account: said.account,
    request: async (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('cookie', cookie);
      headers.set('x-foramen-csrf', said.csrf);
      return site.request(path, { ...init, headers });
    },
  };
}
const change = (who: Pick<SignedIn, 'request'>, current: string, next: string) =>
  who.request('/api/password', json('PUT', { current, next }));
const why = async (reply: Response) =>
  ((await reply.json()) as { problems: { where: string; what: string }[] }).problems[0];
const person = (login: string, password: string | null, name = 'Somebody') =>
  site.database.inSite('main', (tx) =>
    ensureAccount(tx, 'main', { login, name, role: 'clinician', password }),
  );

const OLD = 'nine green herons nap';
const NEW = 'a lamp beside the weir';

describe('the own password', () => {
  it('is changed with the present one, ends every other session and leaves this one', async () => {
    const id = await person('vera', OLD);
    const [here, there] = [await signIn('vera', OLD), await signIn('vera', OLD)];
    expect(here.account).toMatchObject({ login: 'vera', password: 'own' });
    const reply = await change(here, OLD, NEW);
    expect([reply.status, await reply.json()]).toEqual([200, { changed: true, endedSessions: 1 }]);
    expect((await here.request('/api/patients')).status).toBe(200);
    expect((await there.request('/api/patients')).status).toBe(401);
    expect((await signIn('vera', OLD)).status).toBe(401);
    expect((await signIn('vera', NEW)).status).toBe(200);
    const trail = await site.database.inSite('main', (tx) =>
      tx.selectFrom('audit').selectAll().where('resource', '=', 'password').execute(),
    );
    expect(trail.map((row) => [row.account_id, row.outcome, row.reason])).toContainEqual([
      id,
      'allowed',
      'changed; 1 other sessions ended',
    ]);
    expect(JSON.stringify(trail)).not.toMatch(/herons|weir/);
    expect(site.logged.join('\n')).not.toMatch(/herons|weir/);
  });

  it('is refused with the reason where it is weak or the present one', async () => {
    await person('weak', OLD, 'Ludmilla Frost');
    const here = await signIn('weak', OLD);
    for (const [next, what] of [
      ['password2026!!', 'tried first'],
      ['ludmilla.frost', 'your name or login'],
      [OLD, 'the present one'],
    ] as const) {
      const reply = await change(here, OLD, next);
      expect(reply.status, next).toBe(422);
      expect(await why(reply)).toMatchObject({ where: 'body.next', what: expect.stringContaining(what) });
    }
    expect((await change(here, OLD, 'short')).status).toBe(400);
    expect((await signIn('weak', OLD)).status).toBe(200);
  });

  it('cannot be guessed through an open session: wrong ones count and lock as at sign-in', async () => {
    await person('open', OLD);
    const here = await signIn('open', OLD);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await change(here, `wrong ${n}`, NEW)).status);
    expect(statuses).toEqual([403, 403, 403, 403, 429, 429]);
    const right = await change(here, OLD, NEW);
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
    later(40);
    expect((await change(here, OLD, NEW)).status).toBe(200);
    const tried = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('audit')
        .select(['outcome', 'reason'])
        .where('account_id', '=', here.account.id)
        .where('resource', '=', 'password')
        .where('outcome', '=', 'failed')
        .execute(),
    );
    expect(tried.length).toBe(7);
    expect(tried[0]?.reason).toBe('is not your password');
  });

  it('may be tried so many times only, right or wrong', async () => {
    await person('keen', OLD);
    const here = await signIn('keen', OLD);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await change(here, OLD, OLD)).status);
    expect(statuses.filter((status) => status === 422).length).toBe(10);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  it('is neither changed by a token nor without the CSRF token, and an account without one says so', async () => {
    const id = await person('none', null);
    const none = await site.visitor('clinician', 'none');
    expect(none.accountId).toBe(id);
    expect(await why(await change(none, 'x', NEW))).toMatchObject({ what: 'this account has none' });
    const made = (await (
      await none.request('/api/tokens', json('POST', { name: 't', scopes: ['api:write'], days: 1 }))
    ).json()) as { token: string };
    const put = json('PUT', { current: 'x', next: NEW });
    const byToken = await site.request('/api/password', {
      ...put,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${made.token}` },
    });
    expect(byToken.status).toBe(403);
    expect(
      (await why(await none.request('/api/password', { ...put, headers: { 'x-foramen-csrf': '' } })))?.where,
    ).toBe('x-foramen-csrf');
  });
});

describe('a first password', () => {
  it('that an administrator chose opens nothing but the choice of another', async () => {
    const made = await admin.request(
      '/api/accounts',
      json('POST', { login: 'nurse', name: 'N', role: 'care-team', password: OLD }),
    );
    const account = (await made.json()) as { id: string; firstPassword: boolean };
    expect([made.status, account.firstPassword]).toEqual([201, true]);
    const nurse = await signIn('nurse', OLD);
    expect(nurse.account.password).toBe('first');
    for (const entry of site.table.filter((e) => e.resource !== 'password')) {
      const reply = await nurse.request(entry.path.replace(/\{\w+\}/g, '1'), {
        method: entry.method.toUpperCase(),
      });
      expect([entry.path, reply.status, (await why(reply))?.where]).toEqual([entry.path, 403, 'password']);
    }
    expect((await change(nurse, OLD, OLD)).status).toBe(422);
    expect((await change(nurse, OLD, NEW)).status).toBe(200);
    expect((await nurse.request('/api/patients')).status).toBe(200);
    expect((await signIn('nurse', NEW)).account.password).toBe('own');
    // A reset is a first password again, and ends what was open.
    const reset = await admin.request(`/api/accounts/${account.id}`, json('PUT', { password: OLD }));
    expect(((await reset.json()) as { firstPassword: boolean }).firstPassword).toBe(true);
    expect((await nurse.request('/api/patients')).status).toBe(401);
    expect((await signIn('nurse', OLD)).account.password).toBe('first');
  });

  it('is held to the same rules, and administrators change their own like everybody', async () => {
    const weak = await admin.request(
      '/api/accounts',
      json('POST', { login: 'weakling', name: 'W', role: 'care-team', password: 'Welcome12345' }),
    );
    expect([weak.status, (await why(weak))?.where]).toEqual([422, 'body.password']);
    const own = await admin.request(`/api/accounts/${admin.accountId}`, json('PUT', { password: NEW }));
    expect([own.status, (await why(own))?.what]).toEqual([409, 'is your own']);
  });
});
