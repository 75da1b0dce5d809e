import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../database/connect.ts';
import type { Role } from '../database/schema.ts';
import type { Subject } from '../policy/evaluate.ts';
import type { Scope } from '../policy/scopes.ts';

export interface Session {
  readonly id: string;
  readonly csrf: string;
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly demo: boolean;
  };
  /** Somebody else chose the password this was opened with: nothing may be done but choosing another. */
  readonly mustChangePassword: boolean;
  /** Set when a program came with a token instead of a person with a cookie. */
  readonly token?: { readonly id: string; readonly scopes: ReadonlySet<Scope> };
}

/** Who asks, as the policy sees it. */
export function subjectOf(session: Session): Subject {
  const { account, token } = session;
  return {
    accountId: account.id,
    role: account.role,
    ...(token === undefined ? {} : { scopes: token.scopes }),
  };
}

const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 12 * 3_600_000;

/** Only the hash of the token is stored: the table, or a backup of it, opens no session. */
const idOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Opens a session and answers the cookie's token, which is not kept. */
export async function openSession(
  tx: Tx,
  siteId: string,
  accountId: string,
  now: Date,
): Promise<{ token: string; csrf: string }> {
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  await tx.deleteFrom('sessions').where('site_id', '=', siteId).where('expires_at', '<', now).execute();
  await tx
    .insertInto('sessions')
    .values({
      site_id: siteId,
      id: idOf(token),
      account_id: accountId,
      csrf,
      created_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + LONGEST_MS),
    })
    .execute();
  return { token, csrf };
}

/** The session of a token: over after 30 minutes without use, or 12 hours. */
export async function findSession(
  tx: Tx,
  siteId: string,
  token: string,
  now: Date,
): Promise<Session | undefined> {
  const row = await tx
    .selectFrom('sessions as s')
    .innerJoin('accounts as a', (on) =>
      on.onRef('a.site_id', '=', 's.site_id').onRef('a.id', '=', 's.account_id'),
    )
    .select([
      's.id',
      's.csrf',
      's.seen_at',
      's.expires_at',
      'a.id as accountId',
      'a.name',
      'a.role',
      'a.demo',
      'a.disabled',
      'a.must_change_password',
    ])
    .where('s.site_id', '=', siteId)
    .where('s.id', '=', idOf(token))
    .executeTakeFirst();
  if (row === undefined || row.disabled) return undefined;
  const idle = now.getTime() - row.seen_at.getTime();
  if (idle > IDLE_MS || row.expires_at <= now) {
    // Removed at once: a clock set back later must not revive it.
    await closeSession(tx, siteId, row.id);
    return undefined;
  }
  if (idle > 60_000) {
    await tx
      .updateTable('sessions')
      .set({ seen_at: now })
      .where('site_id', '=', siteId)
      .where('id', '=', row.id)
      .execute();
  }
  return {
    id: row.id,
    csrf: row.csrf,
    account: { id: row.accountId, name: row.name, role: row.role, demo: row.demo },
    mustChangePassword: row.must_change_password,
  };
}

/** Whether a session or token that was good a while ago still is, with the role it had; looking does not prolong it. */
export async function stillGood(tx: Tx, siteId: string, session: Session, now: Date): Promise<boolean> {
  const account = await tx
    .selectFrom('accounts')
    .select(['role', 'disabled'])
    .where('site_id', '=', siteId)
    .where('id', '=', session.account.id)
    .executeTakeFirst();
  if (account === undefined || account.disabled || account.role !== session.account.role) return false;
  if (session.token !== undefined) {
    const token = await tx
      .selectFrom('api_tokens')
      .select('id')
      .where('site_id', '=', siteId)
      .where('id', '=', session.token.id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return token !== undefined;
  }
  const row = await tx
    .selectFrom('sessions')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '=', session.id)
    .where('expires_at', '>', now)
    .where('seen_at', '>=', new Date(now.getTime() - IDLE_MS))
    .executeTakeFirst();
  return row !== undefined;
}

export async function closeSession(tx: Tx, siteId: string, id: string): Promise<void> {
  await tx.deleteFrom('sessions').where('site_id', '=', siteId).where('id', '=', id).execute();
}
