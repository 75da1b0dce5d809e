import { sql } from 'kysely';
import type { Database, Tx } from '../database/connect.ts';
import type { BlobStore, StoredBlob } from './store.ts';

/**
 * Names a stored object in the database, in the caller's transaction. Content that is already there keeps its first object, and
 * the new copy is removed. Answers the blob's id.
 */
export async function recordBlob(
  tx: Tx,
  store: BlobStore,
  siteId: string,
  stored: StoredBlob,
): Promise<string> {
  await recordBlobs(tx, store, siteId, [stored]);
  return stored.sha256;
}

/** The same for many, in one statement. */
export async function recordBlobs(
  tx: Tx,
  store: BlobStore,
  siteId: string,
  all: readonly StoredBlob[],
): Promise<void> {
  if (all.length === 0) return;
  const rows = [...all]
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    .map(({ sha256, object, size }) => ({ id: sha256, object, size }));
  const { rows: fresh } = await sql<{ object: string }>`
    insert into blobs (site_id, id, object, size)
    select ${siteId}, id, object, size
    from json_to_recordset(${JSON.stringify(rows)}::json) as stored (id text, object text, size bigint)
    on conflict (site_id, id) do nothing
    returning object`.execute(tx);
  const named = new Set(fresh.map((row) => row.object));
  const others = all.filter(({ object }) => !named.has(object));
  if (others.length === 0) return;
  // A transaction may have been committed although its answer was lost, and be tried again: what it named must stay.
  const there = await tx
    .selectFrom('blobs')
    .select('object')
    .where('site_id', '=', siteId)
    .where(
      'id',
      'in',
      others.map(({ sha256 }) => sha256),
    )
    .execute();
  for (const row of there) named.add(row.object);
  for (const { object } of others) if (!named.has(object)) await store.remove(object);
}

/** @throws Error when the site has no such blob. */
export async function objectOf(tx: Tx, siteId: string, blobId: string): Promise<string> {
  const row = await tx
    .selectFrom('blobs')
    .select('object')
    .where('site_id', '=', siteId)
    .where('id', '=', blobId)
    .executeTakeFirst();
  if (row === undefined) throw new Error('no such blob');
  return row.object;
}

/**
 * Why none of a site's newest objects can be opened; undefined when one can, or there is none. One object that is lost is no reason to think ill
 * of the others.
 */
export async function openFault(
  database: Database,
  siteId: string,
  store: BlobStore,
): Promise<string | undefined> {
  const newest = await database.inSite(siteId, (tx) =>
    tx
      .selectFrom('blobs')
      .select(['object', 'size'])
      .where('site_id', '=', siteId)
      .orderBy('created_at', 'desc')
      .limit(5)
      .execute(),
  );
  let why: string | undefined;
  for (const { object, size } of newest) {
    try {
      if ((await store.size(object)) === size) return undefined;
      why = 'another size';
    } catch (error) {
      why = error instanceof Error ? error.message : 'unknown reason';
    }
  }
  return why;
}

const SWEEP_BATCH = 500;

/**
 * Removes objects that no row names, older than `before`: what a crash between disk and database leaves. `named` answers which of some
 * objects are named; it is asked again for each batch, right before it goes.
 */
export async function sweepBlobs(
  store: BlobStore,
  named: (objects: readonly string[]) => Promise<ReadonlySet<string>>,
  before: Date,
): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const keep = await named(batch);
    for (const object of batch) {
      if (keep.has(object)) continue;
      await store.remove(object);
      removed++;
    }
    batch = [];
  };
  for await (const { object, changed } of store.list()) {
    if (changed >= before) continue;
    batch.push(object);
    if (batch.length >= SWEEP_BATCH) await flush();
  }
  await flush();
  return removed;
}
