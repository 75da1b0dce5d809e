import { randomUUID } from 'node:crypto';
import type { Problem } from '@foramen/spine';
import { sql } from 'kysely';
import type pg from 'pg';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Database, Tx } from '../database/connect.ts';
import type { JobState } from '../database/schema.ts';

export const ANALYZE = 'analyze';
export const SEND_BACK = 'send-back';
/** Makes the files of a generated sample person. */
export const SAMPLE = 'sample';
export const QUEUES = [ANALYZE, SEND_BACK, SAMPLE] as const;
export type JobKind = (typeof QUEUES)[number];
export const JOB_CHANNEL = 'foramen_job';

/** Ids only: the queue's tables never hold patient data. */
export interface JobPayload {
  readonly siteId: string;
  readonly jobId: string;
  /** Of a sample person. */
  readonly seed?: number;
}

export interface JobRequest {
  readonly kind: JobKind;
  readonly patientId: string | null;
  readonly studyId: string | null;
  readonly createdBy: string | null;
  /** Higher goes first. */
  readonly priority?: number;
  readonly seed?: number;
}

export interface QueueOptions {
  readonly connection: string | pg.PoolConfig;
  readonly database: Database;
  readonly log: (message: string) => void;
  /** Whether this process looks after lost jobs and old ones; every worker and server may. */
  readonly supervise?: boolean;
}

const SCHEMA = 'pgboss';

/** pg-boss behind the few calls the product makes. */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #options: QueueOptions;

  constructor(options: QueueOptions) {
    this.#options = options;
    const base =
      typeof options.connection === 'string'
        ? { connectionString: options.connection }
        : connectionOf(options.connection);
    this.#boss = new PgBoss({
      ...base,
      schema: SCHEMA,
      max: 4,
      application_name: 'foramen-jobs',
      useListenNotify: true,
      schedule: false,
      supervise: options.supervise ?? true,
      // A worker that was killed is noticed by its missing heartbeat; looking often is cheap on a queue of this size.
      superviseIntervalSeconds: 5,
      monitorIntervalSeconds: 5,
    });
    this.#boss.on('error', (error) => options.log(`job queue: ${error.message}`));
  }

  async start(): Promise<void> {
    await this.#boss.start();
    for (const name of QUEUES) {
      if ((await this.#boss.getQueue(name)) !== null) continue;
      await this.#boss.createQueue(name, {
        notify: true,
        // Drawing pictures keeps the processor for many seconds, in which no heartbeat gets out.
        heartbeatSeconds: name === SAMPLE ? 60 : 10,
        retryLimit: 4,
        retryDelay: 1,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds: 1_800,
      });
    }
    const role = this.#options.database.appRole;
    if (role !== null) {
      // Enqueuing happens inside the product's own transactions, which run as this role.
      const { pool } = this.#options.database;
      const granted = await pool.query<{ ok: boolean }>(
        `select has_schema_privilege($1, '${SCHEMA}', 'usage') and has_table_privilege($1, '${SCHEMA}.job', 'insert') as ok`,
        [role],
      );
      if (granted.rows[0]?.ok !== true) {
        await pool.query(`grant usage on schema ${SCHEMA} to ${role}`);
        await pool.query(`grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${role}`);
        await pool.query(`grant execute on all functions in schema ${SCHEMA} to ${role}`);
      }
    }
  }

  /** In the caller's transaction: the job exists exactly when the change that asked for it does. */
  async enqueue(tx: Tx, siteId: string, request: JobRequest): Promise<string> {
    const id = randomUUID();
    await tx
      .insertInto('jobs')
      .values({
        site_id: siteId,
        id,
        kind: request.kind,
        patient_id: request.patientId,
        study_id: request.studyId,
        step: null,
        seconds_left: null,
        created_by: request.createdBy,
        started_at: null,
      })
      .execute();
    const payload: JobPayload = {
      siteId,
      jobId: id,
      ...(request.seed === undefined ? {} : { seed: request.seed }),
    };
    await this.#boss.send(request.kind, payload, { id, db: fromKysely(tx), priority: request.priority ?? 0 });
    await notifyJob(tx, siteId, id);
    return id;
  }

  /**
   * Puts back what the page shows as waiting but the queue does not hold: after a restore, or when a queue's tables were lost.
   * Answers how many.
   */
  async resume(siteId: string): Promise<number> {
    const waiting = await this.#options.database.inSite(siteId, (tx) =>
      tx
        .selectFrom('jobs')
        .select(['id', 'kind'])
        .where('site_id', '=', siteId)
        .where('state', 'in', ['queued', 'running'])
        .execute(),
    );
    let resumed = 0;
    for (const { id, kind } of waiting) {
      if ((await this.#boss.findJobs(kind, { id })).length > 0) continue;
      await this.#boss.send(kind, { siteId, jobId: id } satisfies JobPayload, { id });
      resumed++;
    }
    return resumed;
  }

  /** Takes jobs until `stop`. A handler that throws puts the job back until its retries are used up. */
  async work(
    kind: JobKind,
    handler: (payload: JobPayload, attempt: { readonly last: boolean }) => Promise<void>,
  ): Promise<void> {
    const options = {
      batchSize: 1,
      pollingIntervalSeconds: 2,
      notifyPollingIntervalSeconds: 5,
      includeMetadata: true,
    } as const;
    const worker = await this.#boss.work<JobPayload, void, typeof options>(kind, options, async (jobs) => {
      try {
        for (const job of jobs) await handler(job.data, { last: job.retryCount >= job.retryLimit });
      } finally {
        // Jobs that came while this one ran have sent their signal already: look at once, not at the next poll.
        this.#boss.notifyWorker(worker);
      }
    });
  }

  /** Queued and active jobs of each kind, for the metrics. */
  async depth(): Promise<Readonly<Record<string, { readonly queued: number; readonly active: number }>>> {
    const queues = await this.#boss.getQueues([...QUEUES]);
    return Object.fromEntries(queues.map((q) => [q.name, { queued: q.queuedCount, active: q.activeCount }]));
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 20_000, close: true });
  }
}

function connectionOf(config: pg.PoolConfig): {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
} {
  return {
    host: config.host ?? 'localhost',
    port: config.port ?? 5432,
    user: config.user ?? '',
    password: typeof config.password === 'string' ? config.password : '',
    database: config.database ?? '',
  };
}

export interface JobChange {
  readonly state?: JobState;
  readonly percent?: number;
  readonly step?: string | null;
  readonly secondsLeft?: number | null;
  readonly problems?: readonly Problem[];
}

/** Writes what the page shows of a job and wakes whoever watches it, both at commit. */
export async function updateJob(tx: Tx, siteId: string, jobId: string, change: JobChange): Promise<void> {
  await tx
    .updateTable('jobs')
    .set({
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.state === 'running' ? { started_at: sql<Date>`coalesce(started_at, now())` } : {}),
      ...(change.percent === undefined ? {} : { percent: change.percent }),
      ...(change.step === undefined ? {} : { step: change.step }),
      ...(change.secondsLeft === undefined ? {} : { seconds_left: change.secondsLeft }),
      ...(change.problems === undefined ? {} : { problems: JSON.stringify(change.problems) }),
      updated_at: sql<Date>`now()`,
    })
    .where('site_id', '=', siteId)
    .where('id', '=', jobId)
    .execute();
  await notifyJob(tx, siteId, jobId);
}

async function notifyJob(tx: Tx, siteId: string, jobId: string): Promise<void> {
  await sql`select pg_notify(${JOB_CHANNEL}, ${`${siteId} ${jobId}`})`.execute(tx);
}
