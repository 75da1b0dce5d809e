import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Log } from '../observe/log.ts';
import type { Settings } from '../settings.ts';

const PROGRAM = join(import.meta.dirname, 'worker-process.ts');

/**
 * Worker processes beside the server: analysis keeps a processor busy for seconds, and must neither slow the page nor take it
 * down. A worker that dies is started again; its job is taken over when its heartbeat is missed.
 */
export class WorkerFleet {
  readonly #settings: Settings;
  readonly #connection: string;
  readonly #log: Log;
  readonly #workers = new Set<ChildProcess>();
  #stopping = false;
  #failures = 0;

  constructor(settings: Settings, options: { readonly connection: string; readonly log: Log }) {
    this.#settings = settings;
    this.#connection = options.connection;
    this.#log = options.log;
  }

  start(count: number): void {
    for (let i = 0; i < count; i++) this.#spawn();
  }

  get processIds(): readonly number[] {
    return [...this.#workers].flatMap((worker) => worker.pid ?? []);
  }

  #spawn(): void {
    const began = Date.now();
    const child = spawn(process.execPath, [PROGRAM], {
      // The channel tells the worker when the server is gone, however it went.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        DATABASE_URL: this.#connection,
        FORAMEN_DATA: this.#settings.dataDir,
        FORAMEN_SITE: this.#settings.siteId,
        FORAMEN_LOG: this.#settings.logLevel,
      },
    });
    this.#workers.add(child);
    child.once('error', () => undefined);
    child.once('exit', () => {
      this.#workers.delete(child);
      if (this.#stopping) return;
      this.#failures = Date.now() - began > 60_000 ? 0 : this.#failures + 1;
      const wait = Math.min(30_000, 200 * 2 ** Math.min(8, this.#failures));
      this.#log('warn', 'a worker ended and is started again', { ms: wait });
      setTimeout(() => {
        if (!this.#stopping) this.#spawn();
      }, wait).unref();
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.#workers].map(
        (child) =>
          new Promise<void>((done) => {
            if (child.exitCode !== null || child.signalCode !== null) return done();
            const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
            child.once('exit', () => {
              clearTimeout(hard);
              done();
            });
            child.kill('SIGTERM');
          }),
      ),
    );
  }
}
