import type { Selectable } from 'kysely';
import type { Database, Tx } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';
import { type AuditRecord, auditHash, FIRST_HASH } from './chain.ts';

export type Verdict =
  | { readonly intact: true; readonly records: number; readonly head: string }
  | { readonly intact: false; readonly seq: number; readonly what: string };

/**
 * Walks a chain from its first record. `expected` is a head noted earlier (a seal, a printed number): a chain that was cut and
 * continued, or rebuilt from some record on, no longer contains it.
 */
export async function verifyChain(
  records: AsyncIterable<AuditRecord> | Iterable<AuditRecord>,
  expected: readonly { readonly seq: number; readonly hash: string }[] = [],
): Promise<Verdict> {
  const seals = new Map(expected.map((seal) => [seal.seq, seal.hash]));
  let seq = 0;
  let head = FIRST_HASH;
  for await (const record of records) {
    if (record.seq !== seq + 1) return { intact: false, seq: seq + 1, what: 'is missing' };
    if (record.previous !== head)
      return { intact: false, seq: record.seq, what: 'does not follow the record before it' };
    if (auditHash(record) !== record.hash)
      return { intact: false, seq: record.seq, what: 'was changed after it was written' };
    const seal = seals.get(record.seq);
    if (seal !== undefined && seal !== record.hash)
      return { intact: false, seq: record.seq, what: 'differs from its seal' };
    seals.delete(record.seq);
    seq = record.seq;
    head = record.hash;
  }
  const lost = [...seals.keys()].sort((a, b) => a - b)[0];
  if (lost !== undefined)
    return { intact: false, seq: lost, what: `the chain ends at ${seq}, but ${lost} was sealed` };
  return { intact: true, records: seq, head };
}

/** A row of the trail, as the database or a backup gives it. */
type AuditRow = Omit<Selectable<Schema['audit']>, 'at'> & { readonly at: Date | string };

const PAGE = 1_000;

/** A site's records in order, a thousand at a time. */
export async function* readChain(database: Database, siteId: string): AsyncGenerator<AuditRecord> {
  yield* pages((after) => database.inSite(siteId, (tx) => page(tx, siteId, after)));
}

/** The same, as a transaction sees them that has not ended yet. */
export async function* readChainWithin(tx: Tx, siteId: string): AsyncGenerator<AuditRecord> {
  yield* pages((after) => page(tx, siteId, after));
}

async function* pages(read: (after: number) => Promise<readonly AuditRecord[]>): AsyncGenerator<AuditRecord> {
  for (let after = 0; ; ) {
    const records = await read(after);
    yield* records;
    const last = records.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function page(tx: Tx, siteId: string, after: number): Promise<readonly AuditRecord[]> {
  const rows = await tx
    .selectFrom('audit')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(PAGE)
    .execute();
  return rows.map(recordOf);
}

/** A record of the trail from its row; `at` may be the text that a backup holds. */
export function recordOf(row: AuditRow): AuditRecord {
  return {
    siteId: row.site_id,
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    accountId: row.account_id,
    role: row.role,
    path: row.path,
    action: row.action,
    resource: row.resource,
    resourceId: row.resource_id,
    patientId: row.patient_id,
    outcome: row.outcome,
    reason: row.reason,
    previous: row.previous,
    hash: row.hash,
  };
}
