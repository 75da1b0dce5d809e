import '../testing/patience.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChain, verifyChain } from '../audit/verify.ts';
import { recordBlob } from '../blobs/catalogue.ts';
import { SWEEP } from '../jobs/queue.ts';
import { ensureSite } from '../start.ts';
import { readStudy } from '../testing/read-study.ts';
import { type TestSite, testSite } from '../testing/site.ts';
import { BLOB_REFERENCES, sweep } from './sweep.ts';

let site: TestSite;
let studyId: string;
const DAY = 24 * 3_600_000;
beforeAll(async () => {
  site = await testSite();
  ({ studyId } = await readStudy(site, await site.visitor('clinician')));
});
afterAll(() => site.close());

const context = (days: number, mayRemove = true) => ({
  ...site.services,
  mayRemove,
  now: () => new Date(Date.now() + days * DAY),
});
const put = () => site.services.blobs.put(randomBytes(100));
const there = (object: string) =>
  site.services.blobs.read(object).then(
    () => true,
    () => false,
  );
/** Stored and named, but nothing refers to it: what an older analysis left. */
const named = async (siteId = 'main') => {
  const stored = await put();
  await site.database.inSite(siteId, (tx) => recordBlob(tx, site.services.blobs, siteId, stored));
  return stored;
};

describe('the nightly sweep', () => {
  it('knows every column that points at a blob', async () => {
    const rows = await site.database.pool.query<{ table: string; column: string }>(
      `select k.conrelid::regclass::text as table, a.attname as column
       from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
       where k.confrelid = 'foramen.blobs'::regclass and k.contype = 'f' and a.attname <> 'site_id'`,
    );
    const found = rows.rows.map((row) => `${row.table.replace('foramen.', '')}.${row.column}`);
    const known = BLOB_REFERENCES.map(([table, column]) => `${table}.${column}`);
    for (const one of found) expect(known).toContain(one);
    // Labels are optional and were given no constraint; every other column that names a blob must be known as well.
    const columns = await site.database.pool.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'foramen' and column_name ~ '(_blob|blob_id)$'`,
    );
    expect(columns.rows.map((row) => row.name).sort()).toEqual([...known].sort());
  });

  it('removes what nothing refers to, after a day, and nothing else; the trail says so', async () => {
    const litter = await put();
    const forgotten = await named();
    const used = await site.database.inSite('main', (tx) =>
      tx
        .selectFrom('blobs as b')
        .innerJoin('pictures as p', 'p.volume_blob', 'b.id')
        .select('b.object')
        .executeTakeFirstOrThrow(),
    );
    expect(await sweep(context(0))).toEqual({ rows: 0, objects: 0, promises: 0 });
    expect([await there(litter.object), await there(forgotten.object)]).toEqual([true, true]);
    expect(await sweep(context(1.1))).toEqual({ rows: 1, objects: 2, promises: 0 });
    expect([await there(litter.object), await there(forgotten.object)]).toEqual([false, false]);
    expect(await there(used.object)).toBe(true);
    expect(
      (await (await site.visitor('clinician')).request(`/api/studies/${studyId}/series/1/slices/0.png`))
        .status,
    ).toBe(200);
    const records = [];
    for await (const record of readChain(site.database, 'main')) records.push(record);
    expect(records.filter((r) => r.role === 'system').map((r) => r.reason)).toEqual([
      'swept: 1 blobs nothing refers to, 2 objects no row names',
    ]);
    expect(await verifyChain(records)).toMatchObject({ intact: true });
    expect(await sweep(context(1.1))).toEqual({ rows: 0, objects: 0, promises: 0 });
  });

  it('leaves alone what another site of the same store names', async () => {
    await ensureSite(site.database, 'other');
    const theirs = await named('other');
    expect(await sweep(context(1.1))).toMatchObject({ rows: 0, objects: 0 });
    expect(await there(theirs.object)).toBe(true);
  });

  it('removes no object from a bucket that it is not said to own', async () => {
    const litter = await put();
    expect(await sweep(context(1.1, false))).toMatchObject({ objects: 0 });
    expect(await there(litter.object)).toBe(true);
    expect(await sweep(context(1.1))).toMatchObject({ objects: 1 });
  });

  it('takes nothing from under a backup', async () => {
    const forgotten = await named();
    const client = await site.database.pool.connect();
    try {
      await client.query('begin isolation level repeatable read read only');
      await client.query('lock table foramen.blobs in row share mode');
      await expect(sweep(context(1.1))).rejects.toMatchObject({ code: '55P03' });
      expect(await there(forgotten.object)).toBe(true);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect(await sweep(context(1.1))).toMatchObject({ rows: 1, objects: 1 });
  });

  it('forgets promises long kept', async () => {
    await site.database.inSite('main', (tx) =>
      tx
        .insertInto('commitments')
        .values({
          site_id: 'main',
          id: randomUUID(),
          caller: 'PACS',
          transaction_uid: '1.2.3',
          wanted: '[]',
          reported_at: null,
        })
        .execute(),
    );
    expect(await sweep(context(29))).toMatchObject({ promises: 0 });
    expect(await sweep(context(31))).toMatchObject({ promises: 1 });
  });

  it('comes every night by itself, through the queue, and once however many servers there are', async () => {
    let swept = 0;
    const { queue } = site.services;
    const work = async (): Promise<void> => {
      swept++;
    };
    await queue.nightly(SWEEP, '17 3 * * *', work);
    await queue.nightly(SWEEP, '17 3 * * *', work);
    const boss = new PgBoss({
      connectionString: site.url,
      schema: 'pgboss',
      schedule: false,
      supervise: false,
    });
    await boss.start();
    try {
      expect((await boss.getSchedules()).map(({ name, cron }) => ({ name, cron }))).toEqual([
        { name: SWEEP, cron: '17 3 * * *' },
      ]);
      await boss.send(SWEEP, {});
      await expect.poll(() => swept, { timeout: 60_000, interval: 200 }).toBe(1);
    } finally {
      await boss.stop({ graceful: false });
    }
  });

  it('goes by the age of the row, not of the file', async () => {
    const kept = await named();
    const path = join(site.dataDir, 'blobs', kept.object.slice(0, 2), kept.object);
    const old = new Date(Date.now() - 3 * DAY);
    utimesSync(path, old, old);
    // Its row is young: it stays, whatever the file system says of its age.
    expect(await sweep(context(0))).toMatchObject({ rows: 0, objects: 0 });
    expect(await there(kept.object)).toBe(true);
    await site.database.inSite('main', (tx) =>
      sql`update blobs set created_at = ${old} where object = ${kept.object}`.execute(tx),
    );
    expect(await sweep(context(0))).toMatchObject({ rows: 1, objects: 1 });
  });
});
