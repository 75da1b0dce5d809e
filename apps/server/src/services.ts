import type { Keyring } from './blobs/keyring.ts';
import type { BlobStore } from './blobs/store.ts';
import type { Database } from './database/connect.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { JobWatch } from './jobs/watch.ts';
import type { Log } from './observe/log.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Space } from './operations/space.ts';

/** What every handler may use; made once at start and passed down, never imported as a global. */
export interface Services {
  readonly siteId: string;
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly keyring: Keyring;
  readonly queue: JobQueue;
  readonly watch: JobWatch;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly space: () => Promise<Space>;
  /** Demo mode: loopback only, a demo clinician is signed in by itself. */
  readonly demo: boolean;
  /** Cookies carry `Secure`; set when the product is reached over TLS. */
  readonly secureCookies: boolean;
  /** Who shows this may read `/metrics` from anywhere; undefined: only this machine may. */
  readonly metricsToken: string | undefined;
  /** Largest request body, bytes. */
  readonly maxUploadBytes: number;
  /** Folder of the network files; also served to the page, which runs them in the browser. */
  readonly modelDir: string;
}
