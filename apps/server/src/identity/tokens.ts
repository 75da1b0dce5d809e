import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '../database/connect.ts';
import { isScope, type Scope } from '../policy/scopes.ts';
import type { Session } from './sessions.ts';

/** Begins every token, so that scanners for leaked secrets can know one. */
const MARK = 'fmn_';
const FORM = /^fmn_[A-Za-z0-9_-]{43}$/;
export const LONGEST_DAYS = 366;

export interface NewToken {
  readonly accountId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
  readonly createdBy: string;
}

/** What may be shown of a token; the token itself is shown once, when it is made. */
interface TokenFacts {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly state: 'active' | 'expired' | 'revoked';
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes a token of 256 random bits and answers it; only its hash is kept. */
export async function makeToken(
  tx: Tx,
  siteId: string,
  wanted: NewToken,
  now: Date,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const token = MARK + randomBytes(32).toString('base64url');
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + wanted.days * 86_400_000);
  await tx
    .insertInto('api_tokens')
    .values({
      site_id: siteId,
      id,
      hash: hashOf(token),
      account_id: wanted.accountId,
      name: wanted.name,
      scopes: [...wanted.scopes],
      created_by: wanted.createdBy,
      created_at: now,
      expires_at: expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
  return { id, token, expiresAt };
}

/**
 * The account a token speaks for, within the token's scopes. A token seen after its end is revoked there and then, so that a clock set back
 * later does not bring it to life again.
 */
export async function findToken(
  tx: Tx,
  siteId: string,
  token: string,
  now: Date,
): Promise<Session | undefined> {
  if (!FORM.test(token)) return undefined;
  const row = await tx
    .selectFrom('api_tokens as t')
    .innerJoin('accounts as a', (on) =>
      on.onRef('a.site_id', '=', 't.site_id').onRef('a.id', '=', 't.account_id'),
    )
    .select(['t.id', 't.scopes', 't.expires_at', 't.last_used_at', 't.revoked_at'])
    .select(['a.id as accountId', 'a.name', 'a.role', 'a.demo', 'a.disabled'])
    .where('t.site_id', '=', siteId)
    .where('t.hash', '=', hashOf(token))
    .executeTakeFirst();
  if (row === undefined || row.disabled || row.revoked_at !== null) return undefined;
  const ended = row.expires_at <= now;
  // The time of last use need not be exact; a write for each request would cost more than it tells.
  const stale = Math.abs(now.getTime() - (row.last_used_at?.getTime() ?? 0)) > 60_000;
  if (ended || stale) {
    await tx
      .updateTable('api_tokens')
      .set(ended ? { revoked_at: now } : { last_used_at: now })
      .where('site_id', '=', siteId)
      .where('id', '=', row.id)
      .execute();
  }
  if (ended) return undefined;
  return {
    id: row.id,
    csrf: '',
    account: { id: row.accountId, name: row.name, role: row.role, demo: row.demo },
    mustChangePassword: false,
    token: { id: row.id, scopes: new Set(row.scopes.filter(isScope)) },
  };
}

/** All tokens of an account, newest first. */
export async function tokensOf(
  tx: Tx,
  siteId: string,
  accountId: string,
  now: Date,
): Promise<readonly TokenFacts[]> {
  const rows = await tx
    .selectFrom('api_tokens')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    state: row.expires_at <= now ? 'expired' : row.revoked_at !== null ? 'revoked' : 'active',
  }));
}

/** Answers false when the account has no such token that still works. */
export async function revokeToken(
  tx: Tx,
  siteId: string,
  accountId: string,
  id: string,
  now: Date,
): Promise<boolean> {
  const row = await tx
    .updateTable('api_tokens')
    .set({ revoked_at: now })
    .where('site_id', '=', siteId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
