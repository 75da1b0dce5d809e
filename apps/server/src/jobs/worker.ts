import { loadModels, modelFolder } from '../analysis/models.ts';
import { createNetworkRunner } from '../analysis/network.ts';
import { loadKeyring } from '../blobs/keyring.ts';
import { openBlobStore } from '../blobs/open.ts';
import { connect } from '../database/connect.ts';
import { readPeers, readTls } from '../dicom/peers.ts';
import { jsonLog } from '../observe/log.ts';
import { telemetry } from '../observe/telemetry.ts';
import type { Settings } from '../settings.ts';
import { analyzeJob } from './analyze.ts';
import { ANALYZE, JobQueue, SAMPLE, SEND_BACK } from './queue.ts';
import { sampleJob } from './sample.ts';
import { sendBackJob } from './send-back.ts';

export interface WorkerOptions {
  readonly settings: Settings;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeLog: (line: string) => void;
  /** Ends the worker after the job it is doing. */
  readonly signal: AbortSignal;
}

/**
 * Takes jobs until told to stop. Needs DATABASE_URL and the blob store of the server (the same folder, over the network for
 * another machine) and its master key.
 *
 * @throws Error when there is no DATABASE_URL.
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
  const keyring = loadKeyring(settings.dataDir, options.env);
  const network = createNetworkRunner(modelFolder());
  const queue = new JobQueue({
    connection: settings.databaseUrl,
    database,
    log: (line) => log('warn', line),
  });
  const observed = telemetry(options.env, { name: 'foramen-worker', site: settings.siteId });
  const context = {
    database,
    blobs: openBlobStore(settings.dataDir, options.env, keyring),
    run: network.run,
    reading: () => loadModels(modelFolder()).reading,
    queue,
    peers: readPeers(settings.dicomPeers, readTls(settings.dicomTls)),
    aeTitle: settings.aeTitle,
    now: () => new Date(),
    log,
    metrics: observed.metrics,
  };
  try {
    await queue.start();
    await queue.work(ANALYZE, (payload, { last }) => analyzeJob(context, payload, last));
    await queue.work(SAMPLE, (payload) => sampleJob(context, payload));
    await queue.work(SEND_BACK, (payload, { last }) => sendBackJob(context, payload, last));
    await new Promise<void>((done) => {
      if (options.signal.aborted) done();
      else options.signal.addEventListener('abort', () => done(), { once: true });
    });
  } finally {
    await queue.stop().catch(() => undefined);
    await observed.stop();
    await network.release();
    await database.close();
  }
}
