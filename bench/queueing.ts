import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../apps/server/src/database/connect.ts';
import { JobQueue } from '../apps/server/src/jobs/queue.ts';
import { createPatient } from '../apps/server/src/records/patients.ts';
import { ensureSite } from '../apps/server/src/start.ts';
import { testDatabase } from '../apps/server/src/testing/site.ts';

/**
 * How long a study waits for its analysis, as a function of arrivals, service time and workers: a simulation (Poisson arrivals by hour of
 * the day, lognormal service, c workers, first come first served), checked on one machine against the real queue (pg-boss over
 * PostgreSQL, workers that take a fixed time), then run at the scale of docs/scale.md.
 *
 *   node bench/queueing.ts
 */

/** Mulberry32: the simulation gives the same numbers for the same seed. */
function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Load {
  /** Arrival times, seconds, ascending. */
  readonly arrivals: readonly number[];
  /** Service time of each, seconds. */
  readonly service: readonly number[];
  readonly workers: number;
  /** From a job's arrival to a free worker's start, seconds: notification and fetch. */
  readonly pickup: number;
}

/** Waiting times of a first-come-first-served queue with c servers. */
export function simulate({ arrivals, service, workers, pickup }: Load): number[] {
  // Binary heap of the times at which workers become free.
  const free = new Float64Array(workers);
  const sink = (value: number): void => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= workers) break;
      if (child + 1 < workers && free[child + 1]! < free[child]!) child++;
      if (free[child]! >= value) break;
      free[at] = free[child]!;
      at = child;
    }
    free[at] = value;
  };
  return arrivals.map((arrival, i) => {
    const begin = Math.max(arrival + pickup, free[0]!);
    sink(begin + service[i]!);
    return begin - arrival;
  });
}

export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? 0;
}

/** Share of a day's studies that come in each hour, of a European clinic's working day. */
const HOURS = [
  0.2, 0.2, 0.2, 0.2, 0.2, 0.5, 2, 6, 10, 11, 11, 10, 8, 9, 10, 9, 6, 3, 1.5, 0.8, 0.5, 0.4, 0.2, 0.1,
];

function day(
  studies: number,
  seed: number,
  meanService: number,
  spread: number,
): Pick<Load, 'arrivals' | 'service'> {
  const next = random(seed);
  const total = HOURS.reduce((sum, h) => sum + h, 0);
  const arrivals: number[] = [];
  for (const [hour, share] of HOURS.entries()) {
    const rate = (studies * share) / total / 3600;
    for (let t = hour * 3600; ; ) {
      t += -Math.log(1 - next()) / rate;
      if (t >= (hour + 1) * 3600) break;
      arrivals.push(t);
    }
  }
  // Lognormal with the given mean.
  const mu = Math.log(meanService) - (spread * spread) / 2;
  const service = arrivals.map(() =>
    Math.exp(mu + spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  );
  return { arrivals, service };
}

/** The real queue: jobs arrive as in `load`, each worker sleeps the service time. Answers the measured waits. */
async function measure(load: Load): Promise<number[]> {
  const base = await testDatabase();
  const dir = mkdtempSync(join(tmpdir(), 'foramen-queue-'));
  const log = (): void => undefined;
  const database = await connect({ connection: base.url, log });
  await ensureSite(database, 'main');
  const queues: JobQueue[] = [];
  try {
    const sender = new JobQueue({ connection: base.url, database, log });
    await sender.start();
    queues.push(sender);
    const patientId = await database.inSite('main', (tx) =>
      createPatient(tx, 'main', { name: randomBytes(4).toString('hex') }),
    );
    const started = new Map<string, number>();
    const service = new Map<string, number>();
    for (let i = 0; i < load.workers; i++) {
      const worker = new JobQueue({ connection: base.url, database, log, supervise: false });
      await worker.start();
      queues.push(worker);
      await worker.work('analyze', async ({ jobId }) => {
        started.set(jobId, performance.now());
        // The sender may not have noted the time yet: its transaction has just committed.
        while (!service.has(jobId)) await delay(1);
        await delay((service.get(jobId) ?? 0) * 1000);
      });
    }
    await delay(500);
    const sent: [string, number][] = [];
    const began = performance.now();
    for (const [i, at] of load.arrivals.entries()) {
      await delay(Math.max(0, at * 1000 - (performance.now() - began)));
      const id = await database.inSite('main', (tx) =>
        sender.enqueue(tx, 'main', { kind: 'analyze', patientId, studyId: null, createdBy: null }),
      );
      sent.push([id, performance.now()]);
      service.set(id, load.service[i]!);
    }
    while (started.size < sent.length) await delay(50);
    return sent.map(([id, at]) => Math.max(0, (started.get(id)! - at) / 1000));
  } finally {
    for (const queue of queues.reverse()) await queue.stop();
    await database.close();
    await base.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const report = (name: string, waits: readonly number[]): string =>
  `  ${name.padEnd(10)} mean ${(waits.reduce((a, b) => a + b, 0) / waits.length).toFixed(2)} s, median ${quantile(waits, 0.5).toFixed(2)} s, 95 % ${quantile(waits, 0.95).toFixed(2)} s`;

if (process.argv[1] === import.meta.filename) {
  const next = random(7);
  const count = 120;
  const arrivals: number[] = [];
  let t = 0;
  for (let i = 0; i < count; i++) {
    t += -Math.log(1 - next()) * 0.1;
    arrivals.push(t);
  }
  const load: Load = { arrivals, service: arrivals.map(() => 0.15 + 0.1 * next()), workers: 3, pickup: 0.02 };
  console.log(`one machine: ${count} jobs, one each 0.1 s on the average, 0.15 to 0.25 s of work, 3 workers`);
  console.log(report('predicted', simulate(load)));
  console.log(report('measured', await measure(load)));

  const studies = 10_000_000 / 250;
  console.log(`\nnetwork: 1,000 sites, 10 million studies a year on 250 working days: ${studies} a day`);
  for (const [meanService, fleets] of [
    [8, [10, 12, 16, 24]],
    [20, [26, 32, 40, 60]],
  ] as const) {
    for (const workers of fleets) {
      const { arrivals: times, service } = day(studies, 1, meanService, 0.5);
      const busiest = (studies * 11) / HOURS.reduce((a, b) => a + b, 0) / 3600;
      if ((busiest * meanService) / workers > 1.3) continue;
      const waits = simulate({ arrivals: times, service, workers, pickup: 0.05 });
      console.log(
        `  ${String(workers).padStart(4)} workers, ${meanService} s a study: load ${((100 * busiest * meanService) / workers).toFixed(0)} % in the busiest hour; wait median ${quantile(waits, 0.5).toFixed(1)} s, 95 % ${quantile(waits, 0.95).toFixed(1)} s, 99.9 % ${quantile(waits, 0.999).toFixed(1)} s`,
      );
    }
  }
}
