import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import { z } from 'zod';
import { readChainWithin, type Verdict, verifyChain } from '../audit/verify.ts';
import { openingFault } from '../blobs/opening-fault.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Database, Tx } from '../database/connect.ts';
import { migrations } from '../database/migrate.ts';
import { FIRST_LOGIN } from '../identity/first-administrator.ts';
import { BATCH_CHARACTERS, type BackupManifest, MOST_ROWS } from './backup.ts';
import { SITE_TABLES } from './tables.ts';

const manifestSchema = z.object({
  format: z.literal('foramen.backup/1'),
  siteId: z.string(),
  at: z.string(),
  migrations: z.array(z.string()),
  tables: z.record(z.string(), z.object({ rows: z.number(), sha256: z.string() })),
  blobs: z.number(),
  auditSeq: z.number(),
  auditHash: z.string(),
});

interface RestoreOptions {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly from: string;
}

/**
 * Brings a backup into a database that holds nothing of its site. All rows arrive in one transaction; every row file is checked
 * against its SHA-256, every blob is decrypted once, and the audit chain must end where the manifest says. Jobs that were
 * waiting are left as they are: the server puts them back in the queue when it starts.
 *
 * @throws Error, with nothing written to the database, when anything does not fit.
 */
export async function restore(options: RestoreOptions): Promise<BackupManifest> {
  const { database, from } = options;
  const manifest = await readManifest(from);
  const newer = newerThanUs(manifest);
  if (newer !== undefined) throw new Error(newer);
  await database.inSite(manifest.siteId, async (tx) => {
    await sql`select set_config('role', session_user, true)`.execute(tx);
    // The empty site the product makes at its first start, with its administrator, gives way; anything more is somebody's.
    const there = await sql<{ n: number }>`
      select (select count(*)::int from patients) + (select count(*)::int from accounts where login <> ${FIRST_LOGIN}) as n
    `.execute(tx);
    if ((there.rows[0]?.n ?? 0) > 0)
      throw new Error(
        `the database already holds patients or accounts of site ${manifest.siteId}: restore into an empty one`,
      );
    for (const table of [...SITE_TABLES].reverse()) await sql`delete from ${sql.table(table)}`.execute(tx);
    for (const table of SITE_TABLES) await loadTable(tx, table, from, manifest);
    const rows = await sql<{ object: string }>`select object from blobs`.execute(tx);
    for (const { object } of rows.rows) {
      try {
        await options.blobs.loadSealed(object, join(from, 'blobs', object.slice(0, 2), object));
        for await (const _ of options.blobs.stream(object)) {
          // Decrypting proves that the key fits and no byte is wrong.
        }
      } catch (error) {
        throw new Error(`file ${object} of the backup: ${openingFault(error)}`, { cause: error });
      }
    }
    const fault = chainFault(await verifyChain(readChainWithin(tx, manifest.siteId)), manifest);
    if (fault !== undefined) throw new Error(fault);
  });
  return manifest;
}

/** Why this version cannot take the backup in; undefined when it can. */
export function newerThanUs(manifest: BackupManifest): string | undefined {
  const known = new Set(migrations().map((m) => m.name));
  const newer = manifest.migrations.find((name) => !known.has(name));
  return newer === undefined
    ? undefined
    : `the backup was made by a newer version (it knows ${newer}): update the product first`;
}

/** What is wrong with the trail of a backup; undefined where it is whole and ends as it did. */
export function chainFault(verdict: Verdict, manifest: BackupManifest): string | undefined {
  if (!verdict.intact) return `the audit chain of the backup is broken at ${verdict.seq}: ${verdict.what}`;
  if (verdict.records !== manifest.auditSeq)
    return `the audit chain has ${verdict.records} records, not ${manifest.auditSeq}`;
  return manifest.auditSeq > 0 && verdict.head !== manifest.auditHash
    ? 'the audit chain does not end as it did when the backup was made'
    : undefined;
}

/** @throws Error when there is none, or it is not one. */
export async function readManifest(from: string): Promise<BackupManifest> {
  let text: string;
  try {
    text = await readFile(join(from, 'manifest.json'), 'utf8');
  } catch {
    throw new Error(`${from} is not a backup: it has no manifest.json`);
  }
  const parsed = manifestSchema.safeParse(parsedJson(text));
  if (!parsed.success) throw new Error(`${from}/manifest.json is not a manifest of a backup`);
  return parsed.data;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Rows of a table as the backup has them, a line of JSON each.
 *
 * @throws Error at the end when they are not those the manifest speaks of.
 */
export async function* tableLines(
  from: string,
  table: string,
  manifest: BackupManifest,
): AsyncGenerator<string, void> {
  const expected = manifest.tables[table];
  // A table that is newer than the backup stays empty.
  if (expected === undefined) return;
  const hash = createHash('sha256');
  const file = createReadStream(join(from, 'tables', `${table}.ndjson.gz`));
  const zip = createGunzip();
  // Piping does not carry a failure on, and nobody listening for one ends the process.
  file.on('error', (error) => zip.destroy(error));
  let rows = 0;
  try {
    for await (const line of createInterface({
      input: file.pipe(zip),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      hash.update(`${line}\n`);
      rows++;
      yield line;
    }
  } catch (error) {
    throw new Error(
      `${table} of the backup is damaged (${error instanceof Error ? error.message : 'unreadable'})`,
    );
  }
  if (rows !== expected.rows || hash.digest('hex') !== expected.sha256)
    throw new Error(`${table} of the backup is damaged`);
}

async function loadTable(tx: Tx, table: string, from: string, manifest: BackupManifest): Promise<void> {
  let batch: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    const [first] = batch;
    if (first === undefined) return;
    // Those the backup has: a column that is newer gets what a new row gets, not null.
    const columns = sql.join(Object.keys(JSON.parse(first) as object).map((name) => sql.ref(name)));
    await sql`insert into ${sql.table(table)} (${columns}) select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${`[${batch.join(',')}]`}::json)`.execute(
      tx,
    );
    batch = [];
    characters = 0;
  };
  for await (const line of tableLines(from, table, manifest)) {
    batch.push(line);
    characters += line.length;
    if (batch.length >= MOST_ROWS || characters >= BATCH_CHARACTERS) await flush();
  }
  await flush();
}
