import { join } from 'node:path';
import { sealChain } from './audit/seals.ts';
import { openFault } from './blobs/catalogue.ts';
import { loadKeyring, OTHER_KEY } from './blobs/keyring.ts';
import { openBlobStore } from './blobs/open.ts';
import type { BlobStore } from './blobs/store.ts';
import { lockDataDir } from './data-lock.ts';
import { Cluster } from './database/cluster.ts';
import { connect, type Database } from './database/connect.ts';
import { seedDemo } from './demo/seed.ts';
import { DicomNode } from './dicom/node.ts';
import { readPeers, readTls } from './dicom/peers.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { metricsToken } from './http/metrics-access.ts';
import type { WebFiles } from './http/web.ts';
import { firstAdministrator } from './identity/first-administrator.ts';
import { Inbox } from './ingest/inbox.ts';
import { WorkerFleet } from './jobs/fleet.ts';
import { JobQueue, SWEEP } from './jobs/queue.ts';
import { JobWatch } from './jobs/watch.ts';
import { jsonLog, type Log } from './observe/log.ts';
import { telemetry } from './observe/telemetry.ts';
import { announce } from './operations/attach.ts';
import { diskSpace, KEEP_FREE_BYTES } from './operations/space.ts';
import { sweep } from './operations/sweep.ts';
import type { Services } from './services.ts';
import type { Settings } from './settings.ts';
import { ensureWebBuilt } from './web-build.ts';

export interface Running {
  readonly url: string;
  readonly services: Services;
  readonly fleet: WorkerFleet;
  readonly cluster: Cluster | undefined;
  /** Resolves when the page is built and sample patients are in. */
  readonly settled: Promise<void>;
  stop(): Promise<void>;
}

interface StartOptions {
  readonly settings: Settings;
  /** One line for a person at the terminal. */
  readonly say: (line: string) => void;
  /** Structured log, one JSON line each. */
  readonly writeLog: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tests pass their own page. */
  readonly web?: WebFiles;
  /** Tests pass a clock that runs faster. */
  readonly now?: () => Date;
}

/** Makes sure the site and, on first use, its administrator exist. */
export async function ensureSite(database: Database, siteId: string): Promise<void> {
  await database.inSite(siteId, (tx) =>
    tx
      .insertInto('sites')
      .values({ id: siteId })
      .onConflict((c) => c.column('id').doNothing())
      .execute(),
  );
}

export const MODEL_DIR = join(import.meta.dirname, '..', '..', '..', 'packages', 'imaging', 'models');

/** Everything on one port: database, page, interface, jobs. Each step that fails undoes the ones before it. */
export async function start(options: StartOptions): Promise<Running> {
  const { settings, say } = options;
  const undo: (() => Promise<void> | void)[] = [];
  const unwind = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        say(`while stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  try {
    const log: Log = jsonLog(options.writeLog, settings.logLevel, () => new Date());
    const mayReadMetrics = metricsToken(options.env);
    undo.push(lockDataDir(settings.dataDir));
    const web =
      options.web === undefined
        ? ensureWebBuilt((line) => log('error', line))
        : { ...options.web, done: Promise.resolve() };
    const keyring = loadKeyring(settings.dataDir, options.env);
    const { connection, cluster } = await openDatabase(settings, log, undo);
    const database = await connect({ connection, log: (line) => log('info', line) });
    undo.push(() => database.close());
    await ensureSite(database, settings.siteId);
    const blobs = openBlobStore(settings.dataDir, options.env, keyring);
    await requireKey(database, settings.siteId, blobs);
    undo.push(announce(settings.dataDir, connection));
    if (!settings.demo) await firstAdministrator(database, settings.siteId, say);

    const queue = new JobQueue({ connection, database, log: (line) => log('warn', line), schedule: true });
    await queue.start();
    undo.push(() => queue.stop());
    await queue.resume(settings.siteId);
    const watch = new JobWatch(connection, (line) => log('warn', line));
    await watch.start();
    undo.push(() => watch.stop());

    const observed = telemetry(options.env, { name: 'foramen', site: settings.siteId });
    undo.push(() => observed.stop());
    const services: Services = {
      siteId: settings.siteId,
      database,
      blobs,
      keyring,
      queue,
      watch,
      log,
      metrics: observed.metrics,
      now: options.now ?? (() => new Date()),
      space: diskSpace({
        objects: settings.dataDir,
        database: cluster?.directory,
        keepFree: KEEP_FREE_BYTES,
      }),
      demo: settings.demo,
      secureCookies: settings.secureCookies,
      metricsToken: mayReadMetrics,
      maxUploadBytes: settings.maxUploadBytes,
      modelDir: MODEL_DIR,
    };
    const seal = (): Promise<void> =>
      sealChain(database, keyring, settings.dataDir, settings.siteId, services.now());
    const sealing = setInterval(
      () => void seal().catch(() => log('warn', 'the audit chain could not be sealed')),
      60_000,
    );
    undo.push(async () => {
      clearInterval(sealing);
      await seal();
    });

    const inbox = new Inbox(services, { quietSeconds: settings.quietSeconds });
    await inbox.recover();
    inbox.watchStudies();
    undo.push(() => inbox.stop());
    undo.push(await housekeeping(services, options.env));
    const dicomPort = await openDicomNode(settings, services, inbox, undo);
    if (dicomPort !== undefined) say(`DICOM node ${settings.aeTitle} listens on port ${dicomPort}`);

    const fleet = new WorkerFleet(settings, { connection, log });
    const { url, close } = await listen(
      {
        host: settings.host,
        port: settings.port,
        perAddress: 128,
        behindProxy: settings.secureCookies,
        headMs: 10_000,
        idleMs: 60_000,
      },
      createApp(services, web).app.fetch,
    );
    undo.push(close);
    fleet.start(settings.workers);
    undo.push(() => fleet.stop());
    const seeded = settings.demo
      ? seedDemo(services, settings.demoSeed).catch((error: unknown) =>
          say(
            `the sample patients could not be made: ${error instanceof Error ? error.message : String(error)}`,
          ),
        )
      : Promise.resolve();
    return {
      url,
      services,
      fleet,
      cluster,
      settled: Promise.all([web.done, seeded]).then(() => undefined),
      stop: async () => {
        await seeded;
        await unwind();
      },
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}

/** What is done by itself: the nightly sweep, and the end of jobs that nobody is left to end. Answers how to stop. */
async function housekeeping(services: Services, env: StartOptions['env']): Promise<() => void> {
  const { queue, siteId, log, metrics } = services;
  await queue.nightly(SWEEP, '17 3 * * *', async () => {
    const mayRemove = services.blobs.origin.kind === 'folder' || env.FORAMEN_S3_SWEEP === '1';
    const { rows, objects, promises } = await sweep({ ...services, mayRemove });
    for (const [kind, count] of Object.entries({ rows, objects, promises }))
      metrics.count('foramen_swept_total', { kind }, count);
    log('info', 'swept', { count: rows + objects });
  });
  const looking = setInterval(
    () => void queue.reconcile(siteId).catch(() => log('warn', 'jobs could not be looked through')),
    60_000,
  );
  return () => clearInterval(looking);
}

async function openDicomNode(
  settings: Settings,
  services: Services,
  inbox: Inbox,
  undo: (() => Promise<void> | void)[],
): Promise<number | undefined> {
  if (settings.dicomPort === undefined) return undefined;
  const tls = readTls(settings.dicomTls);
  const node = new DicomNode(services, inbox, {
    host: settings.dicomHost,
    port: settings.dicomPort,
    aeTitle: settings.aeTitle,
    peers: readPeers(settings.dicomPeers, tls),
    maxAssociations: 50,
    maxObjectBytes: settings.maxUploadBytes,
    minFreeBytes: KEEP_FREE_BYTES,
    dataDir: settings.dataDir,
    idleMs: 60_000,
    ...(tls === undefined ? {} : { tls }),
  });
  undo.push(() => node.stop());
  const port = await node.listen();
  await node.reportCommitments();
  return port;
}

/** With another key nothing that is kept could be shown, and what comes would be kept under two: that is a mistake in the settings, told at once. */
async function requireKey(database: Database, siteId: string, blobs: BlobStore): Promise<void> {
  if ((await openFault(database, siteId, blobs))?.includes(OTHER_KEY) === true)
    throw new Error(
      'the objects kept here were encrypted with another master key: give that one (FORAMEN_MASTER_KEY_FILE, or secrets/master.key in the data folder). ' +
        'A new key goes on the first line of the file, above the old one',
    );
}

async function openDatabase(
  settings: Settings,
  log: Log,
  undo: (() => Promise<void> | void)[],
): Promise<{ connection: string; cluster: Cluster | undefined }> {
  if (settings.databaseUrl !== undefined) return { connection: settings.databaseUrl, cluster: undefined };
  const cluster = new Cluster({
    dataDir: settings.dataDir,
    log: (line) => log('warn', line),
    prefer: settings.preferPostgres,
  });
  undo.push(() => cluster.stop());
  await cluster.start();
  return { connection: connectionUrl(cluster), cluster };
}

/** The cluster's address as one text, so that worker processes get it like any other database's. */
export function connectionUrl(cluster: Cluster): string {
  const { host, port, user, password, database } = cluster.connection();
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return host.startsWith('/')
    ? `postgres://${credentials}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgres://${credentials}@${host}:${port}/${database}`;
}
