import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { within } from '../observe/trace.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { VERSION } from '../version.ts';
import { ANALYZE, SAMPLE, updateJob } from './queue.ts';

let site: TestSite;
let clinician: Visitor;
let jobId: string;
beforeAll(async () => {
  site = await testSite();
  clinician = await site.visitor('clinician');
  ({ jobId } = await readStudy(site, clinician));
});
afterAll(() => site.close());

const enqueue = () =>
  site.database.inSite('main', (tx) =>
    site.services.queue.enqueue(tx, 'main', {
      kind: ANALYZE,
      patientId: null,
      studyId: null,
      createdBy: null,
    }),
  );

describe('the job queue', () => {
  it('carries ids, the version and the place in the trace, and nothing of a patient', async () => {
    const trace = `00-${'7'.repeat(32)}-${'8'.repeat(16)}-01`;
    const id = await within(trace, enqueue);
    const rows = await site.database.pool.query<{ data: unknown }>(
      'select data from pgboss.job where id = $1',
      [id],
    );
    expect(rows.rows[0]?.data).toEqual({ siteId: 'main', jobId: id, version: VERSION, trace });
  });

  it('tells how long the oldest waiting job has waited', async () => {
    await site.database.pool.query(
      "update pgboss.job set created_on = now() - interval '10 minutes' where id = $1",
      [jobId],
    );
    const depth = (await site.services.queue.depth())[ANALYZE];
    expect(depth?.oldestSeconds).toBeGreaterThan(599);
    expect(depth?.oldestSeconds).toBeLessThan(700);
    const text = await (await site.request('/metrics')).text();
    const seconds = /foramen_jobs_oldest_seconds\{kind="analyze"\} ([\d.]+)/.exec(text)?.[1];
    expect(Number(seconds)).toBeGreaterThan(599);
    expect(text).toMatch(/foramen_jobs_oldest_seconds\{kind="send-back"\} 0\n/);
  });

  it('puts back what it has lost as it was ordered: the seed of a sample person, whether only facts are new, what goes first', async () => {
    const { queue } = site.services;
    const order = (wanted: object) =>
      site.database.inSite('main', (tx) =>
        queue.enqueue(tx, 'main', {
          kind: ANALYZE,
          patientId: null,
          studyId: null,
          createdBy: null,
          ...wanted,
        }),
      );
    const ids = [
      await order({ kind: SAMPLE, seed: 77 }),
      await order({ onlyFacts: true, priority: 1 }),
      await order({}),
    ];
    // One of them had been begun.
    await site.database.inSite('main', (tx) => updateJob(tx, 'main', ids[1]!, { state: 'running' }));
    await site.database.pool.query('delete from pgboss.job where id = any($1)', [ids]);
    expect(await queue.resume('main')).toBe(3);
    const rows = await site.database.pool.query<{ id: string; name: string; data: object; priority: number }>(
      'select id, name, data, priority from pgboss.job where id = any($1)',
      [ids],
    );
    const told = (id?: string) => rows.rows.find((row) => row.id === id);
    const payload = (id?: string) => ({ siteId: 'main', jobId: id, version: VERSION });
    expect(told(ids[0])).toMatchObject({ name: SAMPLE, data: { ...payload(ids[0]), seed: 77 } });
    expect(told(ids[1])).toMatchObject({ priority: 1, data: { ...payload(ids[1]), onlyFacts: true } });
    expect(told(ids[2])).toMatchObject({ priority: 0, data: payload(ids[2]) });
    expect(await queue.resume('main')).toBe(0);
  });

  it('ends what nobody is left to end: a job that killed its worker each time', async () => {
    const { queue } = site.services;
    expect(await queue.reconcile('main')).toBe(0);
    await site.database.pool.query(
      "update pgboss.job set state = 'failed', retry_count = 4, completed_on = now() where id = $1",
      [jobId],
    );
    expect(await queue.reconcile('main')).toBe(1);
    const job = (await (await clinician.request(`/api/jobs/${jobId}`)).json()) as {
      state: string;
      problems: { what: string }[];
    };
    expect(job.state).toBe('failed');
    expect(job.problems[0]?.what).toContain('its worker ended 5 times');
    expect(await queue.reconcile('main')).toBe(0);
    // So is one that somebody called off in the queue; what waits or runs is left alone.
    const [off, waits] = [await enqueue(), await enqueue()];
    await site.database.pool.query("update pgboss.job set state = 'cancelled' where id = $1", [off]);
    expect(await queue.reconcile('main')).toBe(1);
    const state = (id: string) =>
      site.database.inSite('main', (tx) =>
        tx.selectFrom('jobs').select(['state', 'started_at']).where('id', '=', id).executeTakeFirst(),
      );
    expect([(await state(off))?.state, (await state(waits))?.state]).toEqual(['failed', 'queued']);
  });

  it('keeps when a job began, however often it is taken up again', async () => {
    const id = await enqueue();
    const run = () =>
      site.database.inSite('main', async (tx) => {
        await updateJob(tx, 'main', id, { state: 'running' });
        return tx.selectFrom('jobs').select('started_at').where('id', '=', id).executeTakeFirstOrThrow();
      });
    const first = await run();
    await new Promise((later) => setTimeout(later, 20));
    expect(first.started_at).not.toBeNull();
    expect(await run()).toEqual(first);
  });
});
