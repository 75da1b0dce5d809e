import { sql } from 'kysely';
import { appendAudit } from '../audit/chain.ts';
import { sweepBlobs } from '../blobs/catalogue.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Database } from '../database/connect.ts';

/** Columns that point at a blob. A test compares them with the database. */
export const BLOB_REFERENCES = [
  ['instances', 'blob_id'],
  ['study_files', 'blob_id'],
  ['pictures', 'volume_blob'],
  ['pictures', 'labels_blob'],
  ['documents', 'blob_id'],
  ['genomes', 'blob_id'],
] as const;

/** What is younger may belong to work that is still going on. */
const GRACE_MS = 24 * 3_600_000;
const KEPT_REPORT_DAYS = 30;
const BATCH = 1_000;

interface SweepContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly siteId: string;
  readonly now: () => Date;
  /** Objects in a bucket are removed only where this installation is said to own it; a copy of the database must not empty the original's. */
  readonly mayRemove: boolean;
}

interface Swept {
  /** Rows of `blobs` that nothing pointed at any more. */
  readonly rows: number;
  /** Objects in the store that no row names. */
  readonly objects: number;
  /** Told promises and closed steps that are past keeping. */
  readonly promises: number;
}

/**
 * Removes what nothing refers to any more: rows of `blobs` left by a second analysis, objects left by a crash between disk and database,
 * reports of storage commitment that were made long ago. Only what is older than a day, and with an entry in the trail.
 *
 * @throws Error of the database (55P03) while a backup reads the blobs: the sweep comes again.
 */
export async function sweep(context: SweepContext): Promise<Swept> {
  const { database, blobs, siteId, now, mayRemove } = context;
  const before = new Date(now().getTime() - GRACE_MS);
  let rows = 0;
  for (;;) {
    const removed = await removeRows(database, siteId, before);
    rows += removed;
    if (removed < BATCH) break;
  }
  const objects = mayRemove
    ? await sweepBlobs(blobs, (names) => namedAnywhere(database, siteId, names), before)
    : 0;
  const swept = { rows, objects, promises: await removePromises(database, siteId, now()) };
  if (rows + objects > 0) {
    await database.inSite(siteId, (tx) =>
      appendAudit(
        tx,
        siteId,
        [
          {
            accountId: null,
            role: 'system',
            path: 'system',
            action: 'delete',
            resource: 'system',
            resourceId: null,
            patientId: null,
            outcome: 'allowed',
            reason: `swept: ${rows} blobs nothing refers to, ${objects} objects no row names`,
          },
        ],
        now(),
      ),
    );
  }
  return swept;
}

async function removeRows(database: Database, siteId: string, before: Date): Promise<number> {
  const unreferenced = sql.join(
    BLOB_REFERENCES.map(
      ([table, column]) =>
        sql`not exists (select 1 from ${sql.table(table)} r where r.site_id = b.site_id and r.${sql.ref(column)} = b.id)`,
    ),
    sql` and `,
  );
  const candidates = await database.inSite(siteId, (tx) =>
    sql<{ id: string }>`select b.id from blobs b where b.site_id = ${siteId} and b.created_at < ${before}
      and ${unreferenced} limit ${BATCH}`.execute(tx),
  );
  const ids = candidates.rows.map((row) => row.id);
  if (ids.length === 0) return 0;
  return database.inSite(siteId, async (tx) => {
    // Whoever is about to refer to one of these rows holds a lock until its transaction ends; so does a backup, which copies their objects.
    // Better to come again than to have everybody queue behind this.
    await sql`set local lock_timeout = '2s'`.execute(tx);
    await sql`lock table blobs in exclusive mode`.execute(tx);
    const gone = await sql`delete from blobs b where b.site_id = ${siteId} and b.id in (${sql.join(ids)})
      and ${unreferenced}`.execute(tx);
    return Number(gone.numAffectedRows ?? 0);
  });
}

/** Which of these objects some site's row names. */
async function namedAnywhere(
  database: Database,
  siteId: string,
  objects: readonly string[],
): Promise<ReadonlySet<string>> {
  return database.inSite(siteId, async (tx) => {
    await sql`select set_config('foramen.sweep', 'on', true)`.execute(tx);
    const rows = await tx
      .selectFrom('blobs')
      .select('object')
      .where('object', 'in', [...objects])
      .execute();
    return new Set(rows.map((row) => row.object));
  });
}

async function removePromises(database: Database, siteId: string, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_REPORT_DAYS * 24 * 3_600_000);
  return database.inSite(siteId, async (tx) => {
    const told = await tx
      .deleteFrom('commitments')
      .where('site_id', '=', siteId)
      .where('created_at', '<', before)
      .executeTakeFirst();
    const steps = await tx
      .deleteFrom('procedure_steps')
      .where('site_id', '=', siteId)
      .where('updated_at', '<', before)
      .executeTakeFirst();
    return Number(told.numDeletedRows) + Number(steps.numDeletedRows);
  });
}
