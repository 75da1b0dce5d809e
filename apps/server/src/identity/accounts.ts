import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/connect.ts';
import type { Role } from '../database/schema.ts';
import { checkPassword, hashPassword } from './password.ts';
import type { UnknownLogins } from './unknown-logins.ts';

export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string | null;
  readonly patientId?: string;
  readonly demo?: boolean;
  /** Chosen by somebody else: whoever signs in with it must choose their own before anything else. */
  readonly mustChange?: boolean;
}

/** Makes an account; one with this login already there is left alone and its id answered. */
export async function ensureAccount(tx: Tx, siteId: string, account: NewAccount): Promise<string> {
  const login = account.login.trim().toLowerCase();
  const there = await tx
    .selectFrom('accounts')
    .select('id')
    .where('site_id', '=', siteId)
    .where('login', '=', login)
    .executeTakeFirst();
  if (there !== undefined) return there.id;
  const id = randomUUID();
  await tx
    .insertInto('accounts')
    .values({
      site_id: siteId,
      id,
      login,
      name: account.name,
      role: account.role,
      password_hash: account.password === null ? null : await hashPassword(account.password),
      patient_id: account.patientId ?? null,
      demo: account.demo ?? false,
      must_change_password: account.mustChange ?? false,
      locked_until: null,
    })
    .execute();
  if (account.patientId !== undefined && account.role === 'patient') {
    await relate(tx, siteId, id, account.patientId, 'self', 'own record');
  }
  return id;
}

/** A new password ends every session of the account. Answers false when there is no such login. */
export async function setPassword(
  tx: Tx,
  siteId: string,
  login: string,
  password: string,
  mustChange = false,
): Promise<boolean> {
  const account = await tx
    .updateTable('accounts')
    .set({
      password_hash: await hashPassword(password),
      must_change_password: mustChange,
      failed_attempts: 0,
      locked_until: null,
    })
    .where('site_id', '=', siteId)
    .where('login', '=', login.trim().toLowerCase())
    .returning('id')
    .executeTakeFirst();
  if (account === undefined) return false;
  await tx
    .deleteFrom('sessions')
    .where('site_id', '=', siteId)
    .where('account_id', '=', account.id)
    .execute();
  return true;
}

export async function relate(
  tx: Tx,
  siteId: string,
  accountId: string,
  patientId: string,
  kind: 'care-team' | 'proxy' | 'self' | 'break-glass',
  reason: string,
  validUntil: Date | null = null,
): Promise<void> {
  await tx
    .insertInto('relationships')
    .values({
      site_id: siteId,
      id: randomUUID(),
      account_id: accountId,
      patient_id: patientId,
      kind,
      reason,
      valid_until: validUntil,
    })
    .execute();
}

/** A person who arrives without a referring account (a modality sent the study) is put before every clinician of the site. */
export async function relateToClinicians(
  tx: Tx,
  siteId: string,
  patientId: string,
  reason: string,
): Promise<void> {
  const clinicians = await tx
    .selectFrom('accounts')
    .select('id')
    .where('site_id', '=', siteId)
    .where('role', '=', 'clinician')
    .where('disabled', '=', false)
    .execute();
  for (const { id } of clinicians) await relate(tx, siteId, id, patientId, 'care-team', reason);
}

type LoginResult =
  | { readonly ok: true; readonly accountId: string }
  | { readonly ok: false; readonly retryAfterSeconds: number | null };

type PasswordChange =
  | { readonly done: true; readonly endedSessions: number }
  | { readonly done: false; readonly because: 'none' }
  | { readonly done: false; readonly because: 'same' }
  | { readonly done: false; readonly because: 'wrong'; readonly retryAfterSeconds: number | null };

/**
 * A person's own new password, given with the present one. A wrong one counts and locks as at sign-in: a session somebody found open is no
 * place to guess. Every other session of the account ends; the one that asks goes on.
 */
export async function changeOwnPassword(
  tx: Tx,
  siteId: string,
  session: { readonly id: string; readonly accountId: string },
  words: { readonly current: string; readonly next: string },
  now: Date,
): Promise<PasswordChange> {
  const account = await tx
    .selectFrom('accounts')
    .select(['id', 'password_hash', 'disabled', 'failed_attempts', 'locked_until'])
    .where('site_id', '=', siteId)
    .where('id', '=', session.accountId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (account.password_hash === null) return { done: false, because: 'none' };
  const locked = lockLeft(account.locked_until, now);
  if (locked > 0) return { done: false, because: 'wrong', retryAfterSeconds: locked };
  const good = await checkPassword(words.current, account.password_hash);
  const wait = await countAttempt(tx, siteId, account, good, now);
  if (!good) return { done: false, because: 'wrong', retryAfterSeconds: wait === 0 ? null : wait };
  if (words.next.normalize('NFKC') === words.current.normalize('NFKC'))
    return { done: false, because: 'same' };
  await tx
    .updateTable('accounts')
    .set({ password_hash: await hashPassword(words.next), must_change_password: false })
    .where('site_id', '=', siteId)
    .where('id', '=', account.id)
    .execute();
  const ended = await tx
    .deleteFrom('sessions')
    .where('site_id', '=', siteId)
    .where('account_id', '=', account.id)
    .where('id', '<>', session.id)
    .executeTakeFirst();
  return { done: true, endedSessions: Number(ended.numDeletedRows) };
}

const FREE_ATTEMPTS = 5;
const LONGEST_LOCK_SECONDS = 15 * 60;

/** After five wrong passwords an account waits, twice as long each time, up to a quarter of an hour. */
export function lockSeconds(failedAttempts: number): number {
  if (failedAttempts < FREE_ATTEMPTS) return 0;
  return Math.min(LONGEST_LOCK_SECONDS, 30 * 2 ** (failedAttempts - FREE_ATTEMPTS));
}

const lockLeft = (until: Date | null, now: Date): number =>
  until === null ? 0 : Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));

/** Counts a right or wrong password of an account whose row is locked; seconds to wait from now on, or 0. */
async function countAttempt(
  tx: Tx,
  siteId: string,
  account: { readonly id: string; readonly failed_attempts: number },
  good: boolean,
  now: Date,
): Promise<number> {
  const failed = good ? 0 : account.failed_attempts + 1;
  const wait = lockSeconds(failed);
  await tx
    .updateTable('accounts')
    .set({ failed_attempts: failed, locked_until: wait === 0 ? null : new Date(now.getTime() + wait * 1000) })
    .where('site_id', '=', siteId)
    .where('id', '=', account.id)
    .execute();
  return wait;
}

export async function login(
  tx: Tx,
  siteId: string,
  name: string,
  password: string,
  now: Date,
  unknown: UnknownLogins,
): Promise<LoginResult> {
  const wanted = name.trim().toLowerCase();
  // Locked until commit: parallel guesses count one after another.
  const account = await tx
    .selectFrom('accounts')
    .select(['id', 'password_hash', 'disabled', 'failed_attempts', 'locked_until'])
    .where('site_id', '=', siteId)
    .where('login', '=', wanted)
    .forUpdate()
    .executeTakeFirst();
  const locked =
    account === undefined ? unknown.wait(wanted, now.getTime()) : lockLeft(account.locked_until, now);
  if (locked > 0) return { ok: false, retryAfterSeconds: locked };
  const good = await checkPassword(password, account?.password_hash ?? null);
  if (account === undefined)
    return { ok: false, retryAfterSeconds: unknown.failed(wanted, now.getTime()) || null };
  const wait = await countAttempt(tx, siteId, account, good, now);
  if (good && !account.disabled) return { ok: true, accountId: account.id };
  return { ok: false, retryAfterSeconds: wait === 0 ? null : wait };
}
