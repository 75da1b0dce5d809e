import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyring } from '../blobs/keyring.ts';
import { FileBlobStore } from '../blobs/store.ts';
import { Cluster } from '../database/cluster.ts';
import { connect, type Database } from '../database/connect.ts';
import type { Role } from '../database/schema.ts';
import { createApp } from '../http/app.ts';
import type { RouteEntry } from '../http/guard.ts';
import { CSRF_HEADER } from '../http/guard.ts';
import { ensureAccount } from '../identity/accounts.ts';
import { openSession } from '../identity/sessions.ts';
import { JobQueue } from '../jobs/queue.ts';
import { JobWatch } from '../jobs/watch.ts';
import { jsonLog } from '../observe/log.ts';
import { metrics } from '../observe/metrics.ts';
import { diskSpace, type Space } from '../operations/space.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';
import { connectionUrl, ensureSite } from '../start.ts';

export interface TestDatabase {
  readonly url: string;
  readonly cluster: Cluster | undefined;
  close(): Promise<void>;
}

/**
 * A real database for a test. `FORAMEN_TEST_POSTGRES`, a postgres:// address, chooses a server that somebody else runs; a test that needs a cluster of
 * its own (to kill it, to fill its disk) gets the kind that `FORAMEN_POSTGRES` says, as the product does. `npm run test:postgres15` sets both.
 */
export async function testDatabase(
  prefer?: 'package' | 'system',
  /** Where the cluster lies; a folder of its own unless given. */
  folder?: string,
): Promise<TestDatabase> {
  const wanted = process.env.FORAMEN_TEST_POSTGRES;
  if (prefer === undefined && folder === undefined && wanted !== undefined)
    return { url: await freshDatabase(wanted), cluster: undefined, close: async () => undefined };
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'foramen-test-'));
  // The database's own user must be able to pass through.
  const { chmodSync } = await import('node:fs');
  chmodSync(dataDir, 0o755);
  const cluster = new Cluster({
    dataDir,
    log: () => undefined,
    prefer: prefer ?? readSettings({}, process.env).preferPostgres,
  });
  await cluster.start();
  return {
    url: connectionUrl(cluster),
    cluster,
    close: async () => {
      await cluster.stop();
      if (folder === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A new, empty database on a server somebody else runs. */
async function freshDatabase(address: string): Promise<string> {
  const { default: pg } = await import('pg');
  const name = `foramen_test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}

export interface Visitor {
  readonly accountId: string;
  readonly csrf: string;
  readonly cookie: string;
  request(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestSite {
  readonly url: string;
  readonly services: Services;
  readonly database: Database;
  readonly table: readonly RouteEntry[];
  /** Everything the HTTP side answers to, guarded or not, as `METHOD /path` in the router's own words. */
  readonly answers: readonly string[];
  readonly dataDir: string;
  /** Everything logged so far, every level. */
  readonly logged: readonly string[];
  /** The same clock for everything; tests may move it. */
  readonly clock: { now: Date };
  request(path: string, init?: RequestInit): Promise<Response>;
  /** A signed-in account of this role; asking again with the same name gives the same account. */
  visitor(role: Role, name?: string, patientId?: string): Promise<Visitor>;
  close(): Promise<void>;
}

/** The whole HTTP side over a real database, without a socket. */
export async function testSite(
  options: {
    readonly demo?: boolean;
    readonly siteId?: string;
    readonly base?: TestDatabase;
    readonly space?: () => Promise<Space>;
  } = {},
): Promise<TestSite> {
  const base = options.base ?? (await testDatabase());
  const siteId = options.siteId ?? 'main';
  const dataDir = mkdtempSync(join(tmpdir(), 'foramen-site-'));
  const logged: string[] = [];
  const log = jsonLog(
    (line) => logged.push(line),
    'debug',
    () => new Date(),
  );
  const say = (line: string): void => log('info', line);
  const database = await connect({ connection: base.url, log: say });
  await ensureSite(database, siteId);
  const queue = new JobQueue({ connection: base.url, database, log: say });
  await queue.start();
  const watch = new JobWatch(base.url, say);
  await watch.start();
  const clock = { now: new Date() };
  const ring = keyring([randomBytes(32).toString('base64')]);
  const services: Services = {
    siteId,
    database,
    blobs: new FileBlobStore(join(dataDir, 'blobs'), ring),
    keyring: ring,
    queue,
    watch,
    log,
    metrics: metrics(),
    now: () => clock.now,
    space: options.space ?? diskSpace({ objects: dataDir, database: undefined, keepFree: 0 }),
    demo: options.demo ?? false,
    secureCookies: false,
    metricsToken: undefined,
    maxUploadBytes: 64 << 20,
    modelDir: join(dataDir, 'models'),
  };
  const { app, table } = createApp(services, { dir: join(dataDir, 'web'), ready: () => true });
  return {
    url: base.url,
    services,
    database,
    table,
    answers: app.routes.map(({ method, path }) => `${method} ${path}`),
    dataDir,
    logged,
    clock,
    request: async (path, init) => app.request(path, init),
    visitor: async (role, name = role, patientId) => {
      const { accountId, token, csrf } = await database.inSite(siteId, async (tx) => {
        const accountId = await ensureAccount(tx, siteId, {
          login: name,
          name,
          role,
          password: null,
          ...(patientId === undefined ? {} : { patientId }),
        });
        return { accountId, ...(await openSession(tx, siteId, accountId, clock.now)) };
      });
      const cookie = `foramen_session=${token}`;
      return {
        accountId,
        csrf,
        cookie,
        request: async (path, init = {}) => {
          const headers = new Headers(init.headers);
          headers.set('cookie', cookie);
          if (!headers.has(CSRF_HEADER)) headers.set(CSRF_HEADER, csrf);
          return app.request(path, { ...init, headers });
        },
      };
    },
    close: async () => {
      await watch.stop();
      await queue.stop();
      await database.close();
      await base.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
