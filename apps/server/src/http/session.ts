import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { appendAudit } from '../audit/chain.ts';
import { login } from '../identity/accounts.ts';
import { rateLimiter } from '../identity/rate-limit.ts';
import { sameSecret } from '../identity/same-secret.ts';
import { closeSession, openSession } from '../identity/sessions.ts';
import { unknownLogins } from '../identity/unknown-logins.ts';
import { ProblemError, problem, refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { jsonBody } from './body.ts';
import { COOKIE, CSRF_HEADER, checked, readSession } from './guard.ts';

const loginSchema = z.object({ login: z.string().min(1).max(200), password: z.string().min(1).max(1000) });

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1', 'local']);

export function sessionRoutes(app: OpenAPIHono, services: Services, addressOf: (c: Context) => string): void {
  const { siteId, database } = services;
  const attempts = rateLimiter({ burst: 10, perSecond: 0.2 });
  const unknown = unknownLogins();

  const put = (c: Context, token: string): void =>
    setCookie(c, COOKIE, token, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      secure: services.secureCookies,
    });

  const describe = async (accountId: string, csrf: string) => {
    const account = await database.inSite(siteId, (tx) =>
      tx
        .selectFrom('accounts')
        .select(['id', 'login', 'name', 'role', 'demo', 'must_change_password'])
        .select((eb) => eb('password_hash', 'is not', null).as('password'))
        .where('site_id', '=', siteId)
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow(),
    );
    return {
      signedIn: true,
      demo: account.demo,
      csrf,
      account: {
        id: account.id,
        login: account.login,
        name: account.name,
        role: account.role,
        password: !account.password ? 'none' : account.must_change_password ? 'first' : 'own',
      },
    };
  };

  const begin = async (c: Context, accountId: string) => {
    const now = services.now();
    const { token, csrf } = await database.inSite(siteId, async (tx) => {
      const opened = await openSession(tx, siteId, accountId, now);
      await appendAudit(
        tx,
        siteId,
        [{ ...sessionEvent(accountId), outcome: 'allowed', reason: 'signed in' }],
        now,
      );
      return opened;
    });
    put(c, token);
    return describe(accountId, csrf);
  };

  app.get('/api/session', async (c) => {
    const session = await readSession(c, services);
    if (session !== undefined) return c.json(await describe(session.account.id, session.csrf));
    if (services.demo && LOOPBACK.has(addressOf(c)) && isOwnPage(c)) {
      const demo = await database.inSite(siteId, (tx) =>
        tx
          .selectFrom('accounts')
          .select('id')
          .where('site_id', '=', siteId)
          .where('demo', '=', true)
          .orderBy('created_at')
          .executeTakeFirst(),
      );
      if (demo !== undefined) return c.json(await begin(c, demo.id));
    }
    return c.json({ signedIn: false, demo: services.demo });
  });

  app.post('/api/session', async (c) => {
    // A login changes state before there is a token to check: only this product's own page may ask for it.
    if (!isOwnPage(c))
      throw refuse(403, 'usage', 'origin', 'not from this page', 'sign in on the page itself');
    const now = services.now();
    const wait = attempts.take(addressOf(c), now.getTime());
    if (wait > 0) throw tooMany(wait);
    const body = checked(loginSchema, await jsonBody(c.req.raw), 'body')!;
    const result = await database.inSite(siteId, (tx) =>
      login(tx, siteId, body.login, body.password, now, unknown),
    );
    if (!result.ok) {
      await database.inSite(siteId, (tx) =>
        appendAudit(tx, siteId, [{ ...sessionEvent(null), outcome: 'denied', reason: 'wrong login' }], now),
      );
      if (result.retryAfterSeconds !== null) throw tooMany(result.retryAfterSeconds);
      throw refuse(
        401,
        'usage',
        'login',
        'login or password is wrong',
        'try again, or ask your administrator',
      );
    }
    return c.json(await begin(c, result.accountId));
  });

  app.delete('/api/session', async (c) => {
    const session = await readSession(c, services);
    if (session !== undefined) {
      if (!sameSecret(c.req.header(CSRF_HEADER), session.csrf))
        throw refuse(403, 'usage', CSRF_HEADER, 'missing or wrong', 'send the csrf value');
      await database.inSite(siteId, (tx) => closeSession(tx, siteId, session.id));
    }
    deleteCookie(c, COOKIE, { path: '/' });
    return c.json({ signedIn: false, demo: services.demo });
  });
}

function sessionEvent(accountId: string | null) {
  return {
    accountId,
    role: null,
    path: 'api',
    action: 'create',
    resource: 'session',
    resourceId: null,
    patientId: null,
  } as const;
}

/** Browsers say where a request comes from; programs that say nothing carry no one's cookies by accident. */
function isOwnPage(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

export function tooMany(seconds: number, where = 'login'): ProblemError {
  return new ProblemError(429, [problem('usage', where, 'too many attempts', `wait ${seconds} s`)], seconds);
}
