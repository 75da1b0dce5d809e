import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Keyring, loadKeyring } from '../blobs/keyring.ts';
import { openBlobStore } from '../blobs/open.ts';
import type { BlobStore } from '../blobs/store.ts';
import { isSameProcess, lockDataDir, processStart } from '../data-lock.ts';
import { Cluster } from '../database/cluster.ts';
import { connect, type Database } from '../database/connect.ts';
import type { Settings } from '../settings.ts';
import { connectionUrl, ensureSite } from '../start.ts';

const FILE = 'running.json';

/** Tells commands run beside the server (backup, audit) how to reach its database. Readable by its owner only. */
export function announce(dataDir: string, databaseUrl: string): () => void {
  const path = join(dataDir, FILE);
  writeFileSync(path, JSON.stringify({ pid: process.pid, started: processStart(process.pid), databaseUrl }), {
    mode: 0o600,
  });
  return () => rmSync(path, { force: true });
}

export interface Attached {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly keyring: Keyring;
  readonly blobs: BlobStore;
  close(): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The site's database and blobs: those of the running server if one uses the folder, else opened for the time being; made where there are none. */
export function attach(settings: Settings, env: Env): Promise<Attached> {
  return open(settings, env, true);
}

/**
 * The same for commands that read what is kept. A mistyped folder or site is not made into an empty one, of which a backup or a check of the
 * trail would then say that all is well.
 *
 * @throws Error when there is no such site
 */
export async function attachExisting(settings: Settings, env: Env): Promise<Attached> {
  const { dataDir, databaseUrl } = settings;
  if (databaseUrl === undefined && !Cluster.isIn(dataDir))
    throw new Error(`${dataDir} holds no data of Foramen: name its folder with --data or FORAMEN_DATA`);
  return open(settings, env, false);
}

async function open(settings: Settings, env: Env, make: boolean): Promise<Attached> {
  const undo: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const databaseUrl =
      settings.databaseUrl ?? runningUrl(settings.dataDir) ?? (await openCluster(settings, undo));
    const database = await connect({ connection: databaseUrl, max: 4, log: () => undefined });
    undo.push(() => database.close());
    if (make) await ensureSite(database, settings.siteId);
    else await requireSite(database, settings.siteId);
    const keyring = loadKeyring(settings.dataDir, env);
    return {
      database,
      databaseUrl,
      keyring,
      blobs: openBlobStore(settings.dataDir, env, keyring),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function requireSite(database: Database, siteId: string): Promise<void> {
  const site = await database.inSite(siteId, (tx) =>
    tx.selectFrom('sites').select('id').where('id', '=', siteId).executeTakeFirst(),
  );
  if (site === undefined)
    throw new Error(`the database holds no site ${siteId}: name it with FORAMEN_SITE, or check DATABASE_URL`);
}

function runningUrl(dataDir: string): string | undefined {
  const path = join(dataDir, FILE);
  if (!existsSync(path)) return undefined;
  try {
    const { pid, started, databaseUrl } = JSON.parse(readFileSync(path, 'utf8')) as {
      pid: number;
      started: string;
      databaseUrl: string;
    };
    return isSameProcess(pid, started) ? databaseUrl : undefined;
  } catch {
    return undefined;
  }
}

async function openCluster(settings: Settings, undo: (() => Promise<void> | void)[]): Promise<string> {
  undo.push(lockDataDir(settings.dataDir));
  const cluster = new Cluster({
    dataDir: settings.dataDir,
    log: () => undefined,
    prefer: settings.preferPostgres,
  });
  undo.push(() => cluster.stop());
  await cluster.start();
  return connectionUrl(cluster);
}
