import pg from 'pg';
import { JOB_CHANNEL } from './queue.ts';

type JobListener = (siteId: string, jobId: string) => void;

/**
 * One connection that listens for changes of jobs, whichever process makes them, and calls the listeners. A lost connection is opened again;
 * listeners are then called with empty ids, meaning "look again, something may have been missed".
 */
export class JobWatch {
  readonly #config: pg.ClientConfig;
  readonly #log: (message: string) => void;
  readonly #listeners = new Set<JobListener>();
  #client: pg.Client | undefined;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: string | pg.ClientConfig, log: (message: string) => void) {
    this.#config = typeof connection === 'string' ? { connectionString: connection } : connection;
    this.#log = log;
  }

  async start(): Promise<void> {
    const client = new pg.Client({
      ...this.#config,
      application_name: 'foramen-watch',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    client.on('end', () => this.#lost(client));
    client.on('notification', (message) => {
      const [siteId, jobId] = (message.payload ?? '').split(' ');
      if (siteId !== undefined && jobId !== undefined) this.#tell(siteId, jobId);
    });
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${JOB_CHANNEL}`);
    } catch (error) {
      this.#log(`watching jobs failed: ${error instanceof Error ? error.message : 'unknown reason'}`);
      await client.end().catch(() => undefined);
      this.#lost(client);
      return;
    }
    this.#tell('', '');
  }

  #lost(client: pg.Client): void {
    if (this.#stopped || this.#client !== client) return;
    this.#client = undefined;
    this.#timer = setTimeout(() => void this.start(), 500);
  }

  #tell(siteId: string, jobId: string): void {
    for (const listener of this.#listeners) listener(siteId, jobId);
  }

  /** Answers how to stop listening. */
  subscribe(listener: JobListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }
}
