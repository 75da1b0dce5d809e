import { randomUUID } from 'node:crypto';
import type { Problem } from '@foramen/spine';
import { sql } from 'kysely';
import type pg from 'pg';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Database, Tx } from '../database/connect.ts';
import type { JobOrder, JobState } from '../database/schema.ts';
import { currentTrace } from '../observe/trace.ts';
import { problem } from '../problem-error.ts';
import { VERSION } from '../version.ts';

export const ANALYZE = 'analyze';
export const SEND_BACK = 'send-back';
/** Makes the files of a generated sample person. */
export const SAMPLE = 'sample';
/** Tells a peer which of its objects are kept. Done by the server itself: it knows what is still on its way into the database. */
export const COMMITMENT = 'commitment';
const QUEUES = [ANALYZE, SEND_BACK, SAMPLE, COMMITMENT] as const;
export type JobKind = (typeof QUEUES)[number];
const isKind = (name: string): name is JobKind => (QUEUES as readonly string[]).includes(name);
/** Removes what nothing refers to any more; once a night, by one of the servers. */
export const SWEEP = 'sweep';
export const JOB_CHANNEL = 'foramen_job';

/** Ids only: the queue's tables never hold patient data. */
export interface JobPayload extends Omit<JobOrder, 'priority'> {
  readonly siteId: string;
  readonly jobId: string;
  /** Version of the product that ordered the job. */
  readonly version?: string;
  /** Where the trace of the order is. */
  readonly trace?: string;
}

interface JobRequest extends JobOrder {
  readonly kind: JobKind;
  readonly patientId: string | null;
  readonly studyId: string | null;
  readonly createdBy: string | null;
}

export type JobHandler = (payload: JobPayload, attempt: { readonly last: boolean }) => Promise<void>;

interface QueueOptions {
  readonly connection: string | pg.PoolConfig;
  readonly database: Database;
  readonly log: (message: string) => void;
  /** Whether this process looks after lost jobs and old ones; every worker and server may. */
  readonly supervise?: boolean;
  /** Whether this process starts what is to be done at a certain hour: a server does. */
  readonly schedule?: boolean;
}

interface QueueDepth {
  readonly queued: number;
  readonly active: number;
  /** How long the oldest waiting job has waited. */
  readonly oldestSeconds: number;
}

interface OpenJob {
  readonly id: string;
  readonly kind: string;
  readonly ordered: JobOrder;
  /** The queue's own state of it; null where the queue does not hold it. */
  readonly held: string | null;
  readonly retries: number | null;
}

const SCHEMA = 'pgboss';

/** A peer that waits for a report may be away for a night; an analysis that failed five times will fail the sixth. */
const RETRY: Readonly<Record<JobKind, { retryLimit: number; retryDelay: number; retryDelayMax: number }>> = {
  [ANALYZE]: { retryLimit: 4, retryDelay: 1, retryDelayMax: 60 },
  [SAMPLE]: { retryLimit: 4, retryDelay: 1, retryDelayMax: 60 },
  [SEND_BACK]: { retryLimit: 16, retryDelay: 2, retryDelayMax: 1_800 },
  [COMMITMENT]: { retryLimit: 40, retryDelay: 2, retryDelayMax: 1_800 },
};

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
      schedule: options.schedule ?? false,
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
      const there = await this.#boss.getQueue(name);
      if (there !== null) {
        // Made by an earlier version: what is in it keeps its rules, what comes has today's.
        if (there.retryLimit !== RETRY[name].retryLimit) await this.#boss.updateQueue(name, RETRY[name]);
        continue;
      }
      await this.#boss.createQueue(name, {
        notify: true,
        // Drawing pictures keeps the processor for many seconds, in which no heartbeat gets out.
        heartbeatSeconds: name === SAMPLE ? 60 : 10,
        ...RETRY[name],
        retryBackoff: true,
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
    const { kind, patientId, studyId, createdBy, ...ordered } = request;
    await tx
      .insertInto('jobs')
      .values({
        site_id: siteId,
        id,
        kind,
        patient_id: patientId,
        study_id: studyId,
        step: null,
        seconds_left: null,
        created_by: createdBy,
        ordered: JSON.stringify(ordered),
        started_at: null,
      })
      .execute();
    const trace = currentTrace();
    await this.#send(kind, ordered, { siteId, jobId: id, ...(trace === undefined ? {} : { trace }) }, tx);
    await notifyJob(tx, siteId, id);
    return id;
  }

  async #send(kind: JobKind, ordered: JobOrder, job: JobPayload, tx?: Tx): Promise<void> {
    const { priority = 0, ...told } = ordered;
    await this.#boss.send(kind, { ...job, ...told, version: VERSION } satisfies JobPayload, {
      id: job.jobId,
      priority,
      ...(tx === undefined ? {} : { db: fromKysely(tx) }),
    });
  }

  /**
   * Puts back, as it was ordered, what the page shows as waiting but the queue does not hold: after a restore, or when a queue's tables were lost.
   * Answers how many.
   */
  async resume(siteId: string): Promise<number> {
    let resumed = 0;
    for (const { id, kind, ordered, held } of await this.#open(siteId)) {
      if (!isKind(kind) || held !== null) continue;
      await this.#send(kind, ordered, { siteId, jobId: id });
      resumed++;
    }
    return resumed;
  }

  /** Takes jobs until `stop`. A handler that throws puts the job back until its retries are used up. */
  async work(kind: JobKind, handler: JobHandler): Promise<void> {
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

  /**
   * Ends what the page shows as waiting or running although the queue has given it up: a job that killed its worker each time leaves nobody
   * to say so. Answers how many.
   */
  async reconcile(siteId: string): Promise<number> {
    const { database } = this.#options;
    let ended = 0;
    for (const { id, kind, held, retries } of await this.#open(siteId)) {
      if (held !== 'failed' && held !== 'cancelled') continue;
      await database.inSite(siteId, (tx) =>
        updateJob(tx, siteId, id, {
          state: 'failed',
          step: null,
          secondsLeft: null,
          problems: [
            problem(
              'unsupported',
              kind,
              `was given up: its worker ended ${(retries ?? 0) + 1} times on the way`,
              'look for memory pressure in the log; then ask for it again',
            ),
          ],
        }),
      );
      ended++;
    }
    return ended;
  }

  /** What the page shows as waiting or running, beside what the queue holds of it: one question, however long the line is. */
  async #open(siteId: string): Promise<readonly OpenJob[]> {
    const { rows } = await this.#options.database.inSite(siteId, (tx) =>
      sql<OpenJob>`
        select j.id, j.kind, j.ordered, q.state::text as held, q.retry_count as retries
        from jobs j left join ${sql.raw(SCHEMA)}.job q on q.name = j.kind and q.id = j.id::uuid
        where j.site_id = ${siteId} and j.state in ('queued', 'running')`.execute(tx),
    );
    return rows;
  }

  /** Does something every night, wherever the clock of the database says it is that time (UTC); a night that was missed is made good. */
  async nightly(name: typeof SWEEP, cron: string, work: () => Promise<void>): Promise<void> {
    if ((await this.#boss.getQueue(name)) === null)
      await this.#boss.createQueue(name, {
        heartbeatSeconds: 60,
        retryLimit: 12,
        retryDelay: 300,
        expireInSeconds: 6 * 3_600,
      });
    await this.#boss.schedule(name, cron, null, { tz: 'UTC', missed: 'once' });
    await this.#boss.work(name, { pollingIntervalSeconds: 30 }, work);
  }

  /** Jobs of each kind that wait and are being done, and how long the oldest has waited, for the metrics. */
  async depth(): Promise<Readonly<Record<string, QueueDepth>>> {
    const queues = await this.#boss.getQueues([...QUEUES]);
    const ages = await this.#options.database.pool.query<{ name: string; seconds: number }>(
      `select name, extract(epoch from now() - min(created_on))::float8 as seconds
       from ${SCHEMA}.job where name = any($1) and state < 'active' group by name`,
      [[...QUEUES]],
    );
    const oldest = new Map(ages.rows.map((row) => [row.name, row.seconds]));
    return Object.fromEntries(
      queues.map((q) => [
        q.name,
        { queued: q.queuedCount, active: q.activeCount, oldestSeconds: oldest.get(q.name) ?? 0 },
      ]),
    );
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

interface JobChange {
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
