import { z } from 'zod';
import type { Tx } from '../database/connect.ts';
import { ensureAccount, setPassword } from '../identity/accounts.ts';
import { LONGEST_PASSWORD, passwordFault, SHORTEST_PASSWORD } from '../identity/password-rules.ts';
import { LONGEST_DAYS, makeToken, revokeToken, tokensOf } from '../identity/tokens.ts';
import { ROLES } from '../policy/evaluate.ts';
import { SCOPES } from '../policy/scopes.ts';
import { notThere, refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId } from './shapes.ts';
import { tokenMade } from './tokens.ts';

const roleShape = z.enum(ROLES);
const accountShape = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: roleShape,
  disabled: z.boolean(),
  lockedUntil: z.string().nullable(),
  /** Its first password, chosen by an administrator, is still in use. */
  firstPassword: z.boolean(),
  createdAt: z.string(),
  /** Tokens that still work. */
  tokens: z.number(),
});
const password = z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);
const newAccount = z.object({
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._@-]{0,99}$/),
  name: z.string().trim().min(1).max(200),
  role: roleShape,
  password: password.optional(),
  /** The record an account of a patient is for. */
  patientId: z.string().max(100).optional(),
});
const change = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  role: roleShape.optional(),
  disabled: z.boolean().optional(),
  password: password.optional(),
  /** Ends a lock after wrong passwords. */
  unlock: z.literal(true).optional(),
});

export const tokenShape = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});
export const newToken = z.object({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1),
  days: z.number().int().min(1).max(LONGEST_DAYS),
});
export const madeToken = z.object({ id: z.string(), token: z.string(), expiresAt: z.string() });
const tokenAddress = byId.extend({ token: z.string().min(1).max(100) });

/** Accounts, roles and the tokens of devices: what an administrator looks after, without seeing any patient. */
export function accountRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  const one = async (tx: Tx, id: string, now: Date) => {
    const [found] = await listAccounts(tx, siteId, now, id);
    if (found === undefined) throw notThere('account');
    return found;
  };

  route(
    {
      method: 'get',
      path: '/api/accounts',
      summary: 'All accounts',
      resource: 'account',
      action: 'list',
      about: 'none',
      reply: { schema: z.object({ accounts: z.array(accountShape) }) },
    },
    async ({ tx, now }) => ({ json: { accounts: await listAccounts(tx, siteId, now) } }),
  );

  route(
    {
      method: 'post',
      path: '/api/accounts',
      summary: 'A new account',
      resource: 'account',
      action: 'create',
      about: 'none',
      body: newAccount,
      reply: { schema: accountShape },
    },
    async ({ tx, body, now, alsoAudit }) => {
      const there = await tx
        .selectFrom('accounts')
        .select('id')
        .where('site_id', '=', siteId)
        .where('login', '=', body.login)
        .executeTakeFirst();
      if (there !== undefined) throw refuse(409, 'usage', 'body.login', 'is taken', 'choose another login');
      if ((body.role === 'device') !== (body.password === undefined))
        throw refuse(
          400,
          'usage',
          'body.password',
          'people have a password, devices have tokens',
          'see docs/api.md',
        );
      if (body.password !== undefined) refuseWeak(body.password, body, 'body.password');
      if (body.patientId !== undefined) {
        const patient = await tx
          .selectFrom('patients')
          .select('id')
          .where('site_id', '=', siteId)
          .where('id', '=', body.patientId)
          .executeTakeFirst();
        if (patient === undefined || body.role !== 'patient')
          throw refuse(400, 'usage', 'body.patientId', 'is for an account of a patient', 'leave it out');
      }
      const id = await ensureAccount(tx, siteId, {
        login: body.login,
        name: body.name,
        role: body.role,
        password: body.password ?? null,
        mustChange: body.password !== undefined,
        ...(body.patientId === undefined ? {} : { patientId: body.patientId }),
      });
      alsoAudit({
        action: 'create',
        resource: 'account',
        resourceId: id,
        patientId: null,
        reason: `role ${body.role}`,
      });
      return { json: await one(tx, id, now), status: 201 };
    },
  );

  route(
    {
      method: 'put',
      path: '/api/accounts/{id}',
      summary: 'Changes an account; a new role or password, or closing it, ends its sessions and tokens',
      resource: 'account',
      action: 'update',
      about: 'none',
      params: byId,
      body: change,
      reply: { schema: accountShape },
    },
    async ({ tx, params, body, now, session, alsoAudit }) => {
      const before = await one(tx, params.id, now);
      if (params.id === session.account.id && (body.disabled === true || body.role !== undefined))
        throw refuse(409, 'usage', 'account', 'is your own', 'let another administrator do it');
      if (body.role !== undefined && (body.role === 'device') !== (before.role === 'device'))
        throw refuse(409, 'usage', 'body.role', 'a device does not become a person', 'make a new account');
      if (body.password !== undefined) {
        if (before.role === 'device')
          throw refuse(409, 'usage', 'body.password', 'devices have tokens', 'make a token');
        if (params.id === session.account.id)
          throw refuse(409, 'usage', 'body.password', 'is your own', 'PUT /api/password');
        refuseWeak(body.password, before, 'body.password');
        await setPassword(tx, siteId, before.login, body.password, true);
      }
      const set = {
        ...(body.name === undefined ? {} : { name: body.name }),
        ...(body.role === undefined ? {} : { role: body.role }),
        ...(body.disabled === undefined ? {} : { disabled: body.disabled }),
        ...(body.unlock === undefined ? {} : { failed_attempts: 0, locked_until: null }),
      };
      if (Object.keys(set).length > 0)
        await tx
          .updateTable('accounts')
          .set(set)
          .where('site_id', '=', siteId)
          .where('id', '=', params.id)
          .execute();
      // A password is set for somebody when the one before may have got about: whoever had it may have made a token.
      if (body.role !== undefined || body.disabled === true || body.password !== undefined) {
        await tx
          .deleteFrom('sessions')
          .where('site_id', '=', siteId)
          .where('account_id', '=', params.id)
          .execute();
        await tx
          .updateTable('api_tokens')
          .set({ revoked_at: now })
          .where('site_id', '=', siteId)
          .where('account_id', '=', params.id)
          .where('revoked_at', 'is', null)
          .execute();
      }
      const what = Object.keys(body).sort().join(', ');
      alsoAudit({
        action: 'update',
        resource: 'account',
        resourceId: params.id,
        patientId: null,
        reason: `changed: ${what}${body.role === undefined ? '' : `; role ${before.role} to ${body.role}`}`,
      });
      return { json: await one(tx, params.id, now) };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/accounts/{id}/tokens',
      summary: 'The tokens of an account',
      resource: 'account',
      action: 'read',
      about: 'none',
      params: byId,
      reply: { schema: z.object({ tokens: z.array(tokenShape) }) },
    },
    async ({ tx, params, now }) => ({ json: { tokens: await tokensOf(tx, siteId, params.id, now) } }),
  );

  route(
    {
      method: 'post',
      path: '/api/accounts/{id}/tokens',
      summary: 'A token for a device; shown once',
      resource: 'account',
      action: 'create',
      about: 'none',
      params: byId,
      body: newToken,
      reply: { schema: madeToken },
    },
    async ({ tx, params, body, now, session, alsoAudit }) => {
      // Otherwise an administrator could look at patients in a clinician's name.
      if ((await one(tx, params.id, now)).role !== 'device')
        throw refuse(403, 'usage', 'account', 'people make their own tokens', 'ask the person to do it');
      const made = await makeToken(
        tx,
        siteId,
        { accountId: params.id, ...body, createdBy: session.account.id },
        now,
      );
      alsoAudit(tokenMade(made.id, body));
      return { json: { ...made, expiresAt: made.expiresAt.toISOString() }, status: 201 };
    },
  );

  route(
    {
      method: 'delete',
      path: '/api/accounts/{id}/tokens/{token}',
      summary: 'Revokes a token',
      resource: 'account',
      action: 'delete',
      about: 'none',
      params: tokenAddress,
      reply: { schema: z.object({ revoked: z.boolean() }) },
    },
    async ({ tx, params, now, alsoAudit }) => {
      if (!(await revokeToken(tx, siteId, params.id, params.token, now))) throw notThere('token');
      alsoAudit({
        action: 'delete',
        resource: 'token',
        resourceId: params.token,
        patientId: null,
        reason: 'revoked',
      });
      return { json: { revoked: true } };
    },
  );
}

/** @throws ProblemError 422 that says what is wrong with it. */
export function refuseWeak(
  password: string,
  person: { readonly login: string; readonly name: string },
  where: string,
): void {
  const fault = passwordFault(password, person);
  if (fault !== undefined)
    throw refuse(
      422,
      'usage',
      where,
      fault,
      'several words that have nothing to do with each other are good',
    );
}

async function listAccounts(
  tx: Tx,
  siteId: string,
  now: Date,
  id?: string,
): Promise<readonly z.infer<typeof accountShape>[]> {
  let query = tx
    .selectFrom('accounts as a')
    .select([
      'a.id',
      'a.login',
      'a.name',
      'a.role',
      'a.disabled',
      'a.locked_until',
      'a.created_at',
      'a.must_change_password',
    ])
    .select((eb) =>
      eb
        .selectFrom('api_tokens as t')
        .select((e) => e.fn.countAll<number>().as('n'))
        .where('t.site_id', '=', siteId)
        .whereRef('t.account_id', '=', 'a.id')
        .where('t.revoked_at', 'is', null)
        .where('t.expires_at', '>', now)
        .as('tokens'),
    )
    .where('a.site_id', '=', siteId);
  if (id !== undefined) query = query.where('a.id', '=', id);
  const rows = await query.orderBy('a.login').execute();
  return rows.map((row) => ({
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    disabled: row.disabled,
    lockedUntil: row.locked_until !== null && row.locked_until > now ? row.locked_until.toISOString() : null,
    firstPassword: row.must_change_password,
    createdAt: row.created_at.toISOString(),
    tokens: row.tokens ?? 0,
  }));
}
