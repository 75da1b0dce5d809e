import '../testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { within } from '../observe/trace.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';
import { VERSION } from '../version.ts';
import { ANALYZE } from './queue.ts';

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
  });
});
