import { z } from 'zod';
import { changeOwnPassword } from '../identity/accounts.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../identity/password-rules.ts';
import { rateLimiter } from '../identity/rate-limit.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { refuseWeak } from './accounts.ts';
import type { Route } from './guard.ts';
import { tooMany } from './session.ts';

const change = z.object({
  current: z.string().min(1).max(LONGEST_PASSWORD),
  next: z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD),
});

/** The signed-in person's own password. Whoever forgot it gets a first one from an administrator. */
export function passwordRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  // Each attempt derives a key on purpose slowly; nobody needs more than a few.
  const attempts = rateLimiter({ burst: 10, perSecond: 0.1 });
  route(
    {
      method: 'put',
      path: '/api/password',
      summary: 'Changes your own password; your other sessions end',
      resource: 'password',
      action: 'update',
      about: 'none',
      body: change,
      reply: { schema: z.object({ changed: z.boolean(), endedSessions: z.number() }) },
    },
    async ({ tx, session, body, now, alsoAudit }) => {
      const wait = attempts.take(session.account.id, now.getTime());
      if (wait > 0) return { refusal: tooMany(wait, 'password') };
      const person = await tx
        .selectFrom('accounts')
        .select(['login', 'name'])
        .where('site_id', '=', siteId)
        .where('id', '=', session.account.id)
        .executeTakeFirstOrThrow();
      refuseWeak(body.next, person, 'body.next');
      const own = { id: session.id, accountId: session.account.id };
      const result = await changeOwnPassword(tx, siteId, own, body, now);
      if (result.done) {
        const { endedSessions } = result;
        alsoAudit({
          action: 'update',
          resource: 'password',
          resourceId: session.account.id,
          patientId: null,
          reason: `changed; ${endedSessions} other sessions ended`,
        });
        return { json: { changed: true, endedSessions } };
      }
      switch (result.because) {
        case 'none':
          throw refuse(409, 'usage', 'password', 'this account has none', 'ask your administrator');
        case 'same':
          return {
            refusal: refuse(422, 'usage', 'body.next', 'is the present one', 'choose another'),
          };
        case 'wrong':
          return {
            refusal:
              result.retryAfterSeconds === null
                ? refuse(403, 'usage', 'body.current', 'is not your password', 'type it again')
                : tooMany(result.retryAfterSeconds, 'password'),
          };
      }
    },
  );
}
