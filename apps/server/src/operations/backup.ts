import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import type { BlobStore } from '../blobs/store.ts';
import type { Database, Tx } from '../database/connect.ts';
import { migrations } from '../database/migrate.ts';
import { folderFault, makeFolder } from '../make-folder.ts';
import { SITE_TABLES } from './tables.ts';

export interface BackupManifest {
  readonly format: 'foramen.backup/1';
  readonly siteId: string;
  readonly at: string;
  /** Migrations the data were written under; a restore brings the database to at least these. */
  readonly migrations: readonly string[];
  readonly tables: Readonly<Record<string, { readonly rows: number; readonly sha256: string }>>;
  readonly blobs: number;
  readonly auditSeq: number;
  readonly auditHash: string;
}

interface BackupOptions {
  readonly database: Database;
  readonly siteId: string;
  readonly blobs: BlobStore;
  /** A folder that does not exist yet, or is empty. */
  readonly to: string;
  readonly at: Date;
}

/**
 * Writes one site's rows, as they are at one moment, and every blob they name. The server may go on working meanwhile: rows
 * come from one snapshot, and blobs are never changed once written. Blobs stay encrypted; the master key is not part of a backup.
 *
 * @throws Error when something is at the target, it cannot be made, or the disk is full; what was half written is then removed.
 */
export async function backup(options: BackupOptions): Promise<BackupManifest> {
  const { database, siteId, to } = options;
  const there = await vacant(to);
  const draft = await beginDraft(to);
  try {
    const manifest = await database.kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        // Before the snapshot: while it lasts, the nightly sweep removes no blob of it.
        await sql`lock table foramen.blobs in row share mode`.execute(tx);
        await sql`select set_config('search_path', 'foramen', true), set_config('foramen.site', ${siteId}, true)`.execute(
          tx,
        );
        const tables: Record<string, { rows: number; sha256: string }> = {};
        for (const table of SITE_TABLES)
          tables[table] = await dumpTable(tx, table, join(draft, 'tables', `${table}.ndjson.gz`));
        const objects = await sql<{ object: string }>`select object from blobs order by object`.execute(tx);
        for (const { object } of objects.rows) await copyBlob(options.blobs, draft, object);
        const head = await sql<{
          seq: number;
          hash: string;
        }>`select audit_seq as seq, audit_hash as hash from sites`.execute(tx);
        return {
          format: 'foramen.backup/1' as const,
          siteId,
          at: options.at.toISOString(),
          migrations: migrations().map((m) => m.name),
          tables,
          blobs: objects.rows.length,
          auditSeq: head.rows[0]?.seq ?? 0,
          auditHash: head.rows[0]?.hash ?? '',
        };
      });
    await writeSynced(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await rm(join(draft, UNFINISHED));
    // Only ever an empty folder: what came to lie there meanwhile is not ours to remove.
    if (there) await rmdir(to);
    await rename(draft, to);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Marks a backup that is being written; where it is still there, the backup was cut off. */
const UNFINISHED = 'unfinished-backup';

/** Whether the target is an empty folder (true) or nothing (false). @throws Error where something is there. */
async function vacant(to: string): Promise<boolean> {
  try {
    if ((await readdir(to)).length === 0) return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code === 'ENOTDIR') throw new Error(`${to} is a file, or a part of its name is: choose a new folder`);
    throw new Error(`${to} cannot be looked into (${folderFault(error)}): choose a new folder`);
  }
  throw new Error(`${to} is not empty: choose a new folder`);
}

/** A folder beside the target to write into; drafts of backups that were cut off are removed, anything else of that name is not touched. */
async function beginDraft(to: string): Promise<string> {
  const place = resolve(to);
  const [folder, name] = [dirname(place), `${basename(place)}.part-`];
  try {
    makeFolder(folder, 0o700);
    for (const entry of await readdir(folder)) {
      const old = join(folder, entry);
      const unfinished = entry.startsWith(name) && (await stat(join(old, UNFINISHED)).catch(() => undefined));
      if (
        unfinished !== undefined &&
        unfinished !== false &&
        !isAlive(await readFile(join(old, UNFINISHED), 'utf8'))
      )
        await rm(old, { recursive: true, force: true });
    }
    const draft = await mkdtemp(join(folder, name));
    await writeFile(join(draft, UNFINISHED), String(process.pid), { mode: 0o600 });
    await mkdir(join(draft, 'tables'), { mode: 0o700 });
    return draft;
  } catch (error) {
    throw new Error(`the backup cannot be written to ${to} (${folderFault(error)}): choose another folder`);
  }
}

/** Whether the process of this number is at work, and its backup with it. */
function isAlive(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Most rows, and about how many characters of them, that are in memory at a time: a judgement is a megabyte, an entry of the trail 300 bytes. */
export const MOST_ROWS = 500;
export const BATCH_CHARACTERS = 4 << 20;

async function dumpTable(tx: Tx, table: string, path: string): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  async function* lines(): AsyncGenerator<string> {
    await sql`declare dump no scroll cursor for select row_to_json(t)::text as line from ${sql.table(table)} t`.execute(
      tx,
    );
    for (let many = 1; ; ) {
      const batch = await sql<{ line: string }>`fetch ${sql.lit(many)} from dump`.execute(tx);
      if (batch.rows.length === 0) break;
      const text = batch.rows.map((row) => `${row.line}\n`).join('');
      rows += batch.rows.length;
      hash.update(text);
      yield text;
      many = Math.min(MOST_ROWS, 1 + Math.floor((BATCH_CHARACTERS * batch.rows.length) / text.length));
    }
    await sql`close dump`.execute(tx);
  }
  await pipeline(
    lines,
    createGzip({ level: 4 }),
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { rows, sha256: hash.digest('hex') };
}

async function copyBlob(blobs: BlobStore, target: string, object: string): Promise<void> {
  const to = join(target, 'blobs', object.slice(0, 2), object);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await blobs.saveSealed(object, to);
}

async function writeSynced(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flush: true });
}
