import '../testing/patience.ts';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Inbox } from '../ingest/inbox.ts';
import { ANALYZE } from '../jobs/queue.ts';
import { sweep } from '../operations/sweep.ts';
import { createPatient } from '../records/patients.ts';
import { type TestSite, testSite } from '../testing/site.ts';

/** What is settled, beside which little is open. */
const MANY = 20_000;
let site: TestSite;
beforeAll(async () => {
  site = await testSite();
  await site.database.inSite('main', async (tx) => {
    const patient = await createPatient(tx, 'main', { name: 'Long Ago' });
    await sql`insert into studies (site_id, id, patient_id, study_uid, source, arrived_at, settled_at)
      select 'main', 's' || n, ${patient}, '1.2.' || n, 'dicom', now() - interval '1 day', now() from generate_series(1, ${MANY}::int) n`.execute(
      tx,
    );
    await sql`insert into jobs (site_id, id, kind, state)
      select 'main', gen_random_uuid()::text, ${ANALYZE}, 'done' from generate_series(1, ${MANY}::int)`.execute(
      tx,
    );
    await sql`insert into blobs (site_id, id, object, size)
      select 'main', 'sum' || n, 'object' || n, 1 from generate_series(1, ${MANY}::int) n`.execute(tx);
    await sql`update studies set settled_at = null where id in ('s7', 's8')`.execute(tx);
  });
  await site.database.pool.query('analyze');
});
afterAll(() => site.close());

interface Plan {
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}
const looked = (plan: Plan): number =>
  ((plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0)) * (plan['Actual Loops'] ?? 1) +
  (plan.Plans ?? []).reduce((total, part) => total + looked(part), 0);

/** Rows that the database looks at for the queries that `work` asks of these tables: each is asked again, with its plan. */
async function rowsRead(work: () => Promise<unknown>, table: RegExp): Promise<number> {
  const asked: { text: string; values: unknown[] }[] = [];
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ) {
    const [text, values] = args;
    if (typeof text === 'string' && /^\s*select/i.test(text) && table.test(text))
      asked.push({ text, values: Array.isArray(values) ? values : [] });
    return original.apply(this, args);
  } as typeof pg.Client.prototype.query);
  await work().finally(() => spy.mockRestore());
  expect(asked.length).toBeGreaterThan(0);
  const client = await site.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', $1, true), set_config('search_path', 'foramen', true), set_config('foramen.site', 'main', true)`,
      [site.database.appRole],
    );
    let rows = 0;
    for (const { text, values } of asked) {
      const { rows: out } = await client.query<{ 'QUERY PLAN': readonly { Plan: Plan }[] }>(
        `explain (analyze, format json) ${text}`,
        values,
      );
      rows += looked(out[0]!['QUERY PLAN'][0]!.Plan);
    }
    return rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe(`beside ${MANY} that are settled`, () => {
  it('the look of every second for studies that are complete finds the open ones', async () => {
    const inbox = new Inbox(site.services, { quietSeconds: 1 });
    let ready = 0;
    const rows = await rowsRead(async () => {
      ready = await inbox.orderAnalyses();
    }, /"studies"/);
    expect(ready).toBe(2);
    expect(rows).toBeLessThan(100);
  });

  it('the look of every minute at open jobs asks once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++)
      ids.push(
        await site.database.inSite('main', (tx) =>
          site.services.queue.enqueue(tx, 'main', {
            kind: ANALYZE,
            patientId: null,
            studyId: null,
            createdBy: null,
          }),
        ),
      );
    await site.database.pool.query("update pgboss.job set state = 'failed' where id = $1", [ids[0]]);
    let ended = 0;
    const rows = await rowsRead(async () => {
      ended = await site.services.queue.reconcile('main');
    }, /from jobs|pgboss\.job/);
    expect(ended).toBe(1);
    expect(rows).toBeLessThan(100);
  });

  it('the nightly sweep finds who names an object by the object', async () => {
    const stored = await site.services.blobs.put(Buffer.from(randomUUID()));
    await site.services.blobs.put(Buffer.from(randomUUID()));
    const later = () => new Date(Date.now() + 48 * 3_600_000);
    const { database, blobs } = site.services;
    await database.inSite('main', (tx) =>
      tx
        .updateTable('blobs')
        .set({ object: stored.object, created_at: later() })
        .where('id', '=', 'sum1')
        .execute(),
    );
    // Rows that nothing refers to are not what is asked for here.
    await database.inSite('main', (tx) => sql`update blobs set created_at = ${later()}`.execute(tx));
    const rows = await rowsRead(
      () => sweep({ database, blobs, siteId: 'main', now: later, mayRemove: true }),
      /from "blobs" where "object" in/,
    );
    expect(rows).toBeLessThan(100);
    expect((await blobs.read(stored.object)).length).toBe(36);
  });
});
