import { z } from 'zod';
import { makeToken, revokeToken, tokensOf } from '../identity/tokens.ts';
import { notThere } from '../problem-error.ts';
import type { Services } from '../services.ts';
import { madeToken, newToken, tokenShape } from './accounts.ts';
import type { Route } from './guard.ts';
import { byId } from './shapes.ts';

/** What the audit trail says of a new token, whoever made it: what it may do and how long, never the token. */
export const tokenMade = (id: string, token: { readonly scopes: readonly string[]; readonly days: number }) =>
  ({
    action: 'create',
    resource: 'token',
    resourceId: id,
    patientId: null,
    reason: `${token.scopes.join(' ')}, ${token.days} days`,
  }) as const;

/** The signed-in person's own tokens: for a viewer, a script, a workstation that acts in their name. */
export function tokenRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  route(
    {
      method: 'get',
      path: '/api/tokens',
      summary: 'Your own tokens',
      resource: 'token',
      action: 'list',
      about: 'none',
      reply: { schema: z.object({ tokens: z.array(tokenShape) }) },
    },
    async ({ tx, session, now }) => ({
      json: { tokens: await tokensOf(tx, siteId, session.account.id, now) },
    }),
  );
  route(
    {
      method: 'post',
      path: '/api/tokens',
      summary: 'A new token in your name; shown once',
      resource: 'token',
      action: 'create',
      about: 'none',
      body: newToken,
      reply: { schema: madeToken },
    },
    async ({ tx, session, body, now, alsoAudit }) => {
      const accountId = session.account.id;
      const made = await makeToken(tx, siteId, { accountId, ...body, createdBy: accountId }, now);
      alsoAudit(tokenMade(made.id, body));
      return { json: { ...made, expiresAt: made.expiresAt.toISOString() }, status: 201 };
    },
  );
  route(
    {
      method: 'delete',
      path: '/api/tokens/{id}',
      summary: 'Revokes one of your tokens',
      resource: 'token',
      action: 'delete',
      about: 'none',
      params: byId,
      reply: { schema: z.object({ revoked: z.boolean() }) },
    },
    async ({ tx, session, params, now }) => {
      if (!(await revokeToken(tx, siteId, session.account.id, params.id, now))) throw notThere('token');
      return { json: { revoked: true } };
    },
  );
}
