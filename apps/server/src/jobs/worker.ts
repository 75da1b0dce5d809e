import { loadModels, modelFolder } from '../analysis/models.ts';
import { createNetworkRunner } from '../analysis/network.ts';
import { openFault } from '../blobs/catalogue.ts';
import { existingKeyring } from '../blobs/keyring.ts';
import { openBlobStore } from '../blobs/open.ts';
import type { BlobStore } from '../blobs/store.ts';
import { connect, type Database } from '../database/connect.ts';
import { schemaMismatch } from '../database/migrate.ts';
import { readPeers, readTls } from '../dicom/peers.ts';
import { jsonLog } from '../observe/log.ts';
import { telemetry } from '../observe/telemetry.ts';
import { traceparent, within } from '../observe/trace.ts';
import { diskSpace, KEEP_FREE_BYTES, waitForRoom } from '../operations/space.ts';
import { isDiskFull } from '../problem-error.ts';
import type { Settings } from '../settings.ts';
import { VERSION } from '../version.ts';
import { analyzeJob } from './analyze.ts';
import { ANALYZE, type JobHandler, type JobKind, JobQueue, SAMPLE, SEND_BACK } from './queue.ts';
import { sampleJob } from './sample.ts';
import { sendBackJob } from './send-back.ts';

interface WorkerOptions {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeLog: (line: string) => void;
  /** Ends the worker after the job it is doing. */
  readonly signal: AbortSignal;
}

/** How often a worker looks whether the server was updated under it. */
const LOOK_MS = 10_000;

/**
 * Takes jobs until told to stop. Needs DATABASE_URL and the blob store of the server (the same bucket, or the same folder over the
 * network) and its master key.
 *
 * @throws Error with one line when there is no DATABASE_URL, or when database and worker are of different versions, also when the database is
 *   brought to another version while the worker runs.
 */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { settings } = options;
  if (settings.databaseUrl === undefined)
    throw new Error('a worker needs DATABASE_URL: the database of the server it works for');
  const log = jsonLog(options.writeLog, settings.logLevel, () => new Date());
  const database = await connect({
    connection: settings.databaseUrl,
    max: 4,
    log: (line) => log('info', line),
    migrate: false,
  });
  const parts = await (async () => {
    const mismatch = await schemaMismatch(database.pool, 'foramen');
    if (mismatch !== undefined) throw new Error(mismatch);
    // A key made here would open nothing of the server's: unlike a server, a worker never makes one.
    const keyring = existingKeyring(settings.dataDir, options.env);
    if (keyring === undefined)
      throw new Error('a worker needs the server’s master key: FORAMEN_MASTER_KEY_FILE');
    const blobs = openBlobStore(settings.dataDir, options.env, keyring);
    await seesObjects(database, settings.siteId, blobs);
    return { blobs };
  })().catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  const network = createNetworkRunner(modelFolder());
  const queue = new JobQueue({
    connection: settings.databaseUrl,
    database,
    log: (line) => log('warn', line),
  });
  const observed = telemetry(options.env, { name: 'foramen-worker', site: settings.siteId });
  const context = {
    database,
    blobs: parts.blobs,
    run: network.run,
    reading: () => loadModels(modelFolder()).reading,
    queue,
    peers: readPeers(settings.dicomPeers, readTls(settings.dicomTls)),
    aeTitle: settings.aeTitle,
    now: () => new Date(),
    log,
    metrics: observed.metrics,
  };
  const ended = Promise.withResolvers<void>();
  // Whoever awaits it hears of it; a worker that is told so before it takes jobs must not end by an unhandled rejection.
  ended.promise.catch(() => undefined);
  const stop = (): void => ended.resolve();
  const fits = async (): Promise<void> => {
    const found = await schemaMismatch(database.pool, 'foramen');
    if (found === undefined) return;
    ended.reject(new Error(found));
    throw new Error(found);
  };
  // While the database is away nothing can be said, and no job be taken.
  const looking = setInterval(() => void fits().catch(() => undefined), LOOK_MS);
  const space = diskSpace({ objects: settings.dataDir, database: undefined, keepFree: KEEP_FREE_BYTES });
  const strange = new Set<string>();
  const done =
    (kind: JobKind, work: JobHandler): JobHandler =>
    async (payload, attempt) => {
      await fits();
      const { version, job } = { version: payload.version ?? VERSION, job: payload.jobId };
      if (version !== VERSION && !strange.has(version)) {
        strange.add(version);
        log('warn', `a job was ordered by another version of the product than ${VERSION}`, { version, job });
      }
      const span = observed.metrics.begin(`job ${kind}`, 'job', { kind }, traceparent(payload.trace));
      try {
        await within(span.traceparent, () => work(payload, attempt));
        span.end();
      } catch (error) {
        span.end({ failed: true });
        // Tried again at once it would fail again, until it is given up.
        if (isDiskFull(error)) await waitForRoom(space, options.signal);
        throw error;
      }
    };
  try {
    if (options.signal.aborted) return;
    options.signal.addEventListener('abort', stop, { once: true });
    await queue.start();
    await queue.work(
      ANALYZE,
      done(ANALYZE, (payload, { last }) => analyzeJob(context, payload, last)),
    );
    await queue.work(
      SAMPLE,
      done(SAMPLE, (payload) => sampleJob(context, payload)),
    );
    await queue.work(
      SEND_BACK,
      done(SEND_BACK, (payload, { last }) => sendBackJob(context, payload, last)),
    );
    await ended.promise;
  } finally {
    clearInterval(looking);
    options.signal.removeEventListener('abort', stop);
    await queue.stop().catch(() => undefined);
    await observed.stop();
    await network.release();
    await database.close();
  }
}

/** A worker that cannot open the server's objects would take jobs only to fail them. */
async function seesObjects(database: Database, siteId: string, blobs: BlobStore): Promise<void> {
  const why = await openFault(database, siteId, blobs);
  if (why !== undefined)
    throw new Error(
      `the server’s objects cannot be opened (${why}): a worker needs the same bucket or folder, and the same master key`,
    );
}
