import { createHash } from 'node:crypto';
import type { Tx } from '../database/connect.ts';

/** One thing somebody did, or tried to do, with a patient's data. */
export interface AuditEvent {
  readonly accountId: string | null;
  readonly role: string | null;
  readonly path: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceId: string | null;
  readonly patientId: string | null;
  readonly outcome: 'allowed' | 'denied' | 'failed';
  readonly reason: string | null;
}

export interface AuditRecord extends AuditEvent {
  readonly siteId: string;
  readonly seq: number;
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  readonly previous: string;
  readonly hash: string;
}

export const FIRST_HASH = '0'.repeat(64);

/** SHA-256 over the previous hash and every field in a fixed order: a change anywhere breaks every later link. */
export function auditHash(record: Omit<AuditRecord, 'hash'>): string {
  const body = JSON.stringify([
    ...[record.siteId, record.seq, record.at, record.accountId, record.role, record.path, record.action],
    ...[record.resource, record.resourceId, record.patientId, record.outcome, record.reason],
  ]);
  return createHash('sha256').update(`${record.previous}\n${body}`).digest('hex');
}

/**
 * Appends to the site's chain in the caller's transaction. Locks the site's row until commit, which is what orders the
 * chain, so it belongs at the end of a transaction.
 */
export async function appendAudit(
  tx: Tx,
  siteId: string,
  events: readonly AuditEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return;
  const head = await tx
    .selectFrom('sites')
    .select(['audit_seq', 'audit_hash'])
    .where('id', '=', siteId)
    // Weaker than FOR UPDATE on purpose: every insert of the site holds a key share on this row for its foreign key, and two
    // of those asking for more would deadlock.
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  let seq = head.audit_seq;
  let previous = head.audit_hash === '' ? FIRST_HASH : head.audit_hash;
  const rows = events.map((event) => {
    seq++;
    const open = { ...event, siteId, seq, at: at.toISOString(), previous };
    const hash = auditHash(open);
    const row = {
      site_id: siteId,
      seq,
      at,
      account_id: event.accountId,
      role: event.role,
      path: event.path,
      action: event.action,
      resource: event.resource,
      resource_id: event.resourceId,
      patient_id: event.patientId,
      outcome: event.outcome,
      reason: event.reason,
      previous,
      hash,
    };
    previous = hash;
    return row;
  });
  await tx.insertInto('audit').values(rows).execute();
  await tx
    .updateTable('sites')
    .set({ audit_seq: seq, audit_hash: previous })
    .where('id', '=', siteId)
    .execute();
}
