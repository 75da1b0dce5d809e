import './testing/patience.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChain, verifyChain } from './audit/verify.ts';
import { rateLimiter } from './identity/rate-limit.ts';
import { ANALYZE } from './jobs/queue.ts';
import { type TestSite, testSite } from './testing/site.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite();
});
afterAll(() => site.close());
const HOUR = 3_600_000;

describe('a clock that jumps', () => {
  it('revives no session and throws nobody out by going back', async () => {
    const start = site.clock.now.getTime();
    const visitor = await site.visitor('clinician', 'jumper');
    const at = async (hours: number) => {
      site.clock.now = new Date(start + hours * HOUR);
      return (await visitor.request('/api/patients')).status;
    };
    expect(await at(0)).toBe(200);
    expect(await at(-5)).toBe(200);
    expect(await at(13)).toBe(401);
    expect(await at(0.1)).toBe(401);
    site.clock.now = new Date(start);
  });

  it('leaves the trail in the order of what happened, and intact', async () => {
    const start = site.clock.now.getTime();
    const visitor = await site.visitor('clinician', 'walker');
    for (const hours of [0, -2, 0.2, -700, 0.3]) {
      site.clock.now = new Date(start + hours * HOUR);
      expect((await visitor.request('/api/patients')).status).toBe(200);
    }
    site.clock.now = new Date(start);
    const records = [];
    for await (const record of readChain(site.database, 'main')) records.push(record);
    const mine = records
      .filter((r) => r.accountId === visitor.accountId)
      .map((r) => Date.parse(r.at) - start);
    expect(mine.map((ms) => Math.round((ms / HOUR) * 10) / 10)).toEqual([0, -2, 0.2, -700, 0.3]);
    expect(await verifyChain(records)).toMatchObject({ intact: true });
  });

  it('neither locks anybody out of the rate limit nor lets a flood through', () => {
    const limit = rateLimiter({ burst: 2, perSecond: 1 });
    expect([limit.take('a', 10_000), limit.take('a', 10_000)]).toEqual([0, 0]);
    expect(limit.take('a', -1e9)).toBeGreaterThan(0);
    expect(limit.take('a', -1e9 + 3_000)).toBe(0);
    expect(limit.take('a', 1e12)).toBe(0);
    expect(limit.take('a', 1e12)).toBe(0);
    expect(limit.take('a', 1e12)).toBeGreaterThan(0);
  });

  it('does not keep jobs waiting: the queue goes by the database’s clock', async () => {
    site.clock.now = new Date(site.clock.now.getTime() + 100 * HOUR);
    const done: string[] = [];
    const ids: string[] = [];
    for (const hours of [0, -200, 100]) {
      site.clock.now = new Date(site.clock.now.getTime() + hours * HOUR);
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
    }
    await site.services.queue.work(ANALYZE, async ({ jobId }) => {
      done.push(jobId);
    });
    await expect.poll(() => [...done].sort()).toEqual([...ids].sort());
  });
});
