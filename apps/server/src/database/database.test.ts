import '../testing/patience.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendAudit } from '../audit/chain.ts';
import { JobQueue } from '../jobs/queue.ts';
import { createPatient } from '../records/patients.ts';
import { ensureSite } from '../start.ts';
import { testDatabase } from '../testing/site.ts';
import { packagedPostgres, systemPostgres } from './binaries.ts';
import { connect, type Database } from './connect.ts';
import { migrations } from './migrate.ts';

const log = (): void => undefined;
const engines = [
  { engine: 'package', there: packagedPostgres() !== undefined },
  { engine: 'system', there: systemPostgres() !== undefined },
] as const;
for (const { engine, there } of engines) {
  if (!there) console.warn(`no PostgreSQL from the ${engine}: its tests are skipped`);
}

describe.each(engines.filter((e) => e.there))('PostgreSQL from the $engine', ({ engine }) => {
  let base: Awaited<ReturnType<typeof testDatabase>>;
  let database: Database;
  beforeAll(async () => {
    base = await testDatabase(engine);
    // Four processes starting at once must not trip over each other's migrations.
    const four = await Promise.all([1, 2, 3, 4].map(() => connect({ connection: base.url, max: 3, log })));
    await Promise.all(four.slice(1).map((d) => d.close()));
    database = four[0]!;
    await ensureSite(database, 'north');
    await ensureSite(database, 'south');
  });
  afterAll(async () => {
    await database.close();
    await base.close();
  });

  it('brings the rows of an earlier version along, of every site, and hides them from one another again', async () => {
    const older = await testDatabase(engine);
    const client = new pg.Client({ connectionString: older.url });
    await client.connect();
    await client.query('create schema foramen');
    await client.query('set search_path to foramen');
    await client.query(
      'create table schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    );
    // As it was before judgements told how soon apart from their plan.
    for (const { name, text, sha256 } of migrations().filter((m) => m.name < '0010')) {
      await client.query(text);
      await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
    }
    for (const site of ['north', 'south']) {
      await client.query(`select set_config('foramen.site', $1, false)`, [site]);
      await client.query('insert into sites (id) values ($1)', [site]);
      await client.query(
        `insert into patients (site_id, id, name) values ($1, 'a', 'Anna Vogt'), ($1, 'b', 'Berta')`,
        [site],
      );
      await client.query(
        `insert into judgements (site_id, id, patient_id, patient_case, assessment, plan, created_at) values
          ($1, 'j1', 'a', '{}', '{}', '{"urgency":"routine"}', '2026-01-01'),
          ($1, 'j2', 'a', '{}', '{}', '{"urgency":"urgent","next":[{"text":"Go now"}]}', '2026-02-01')`,
        [site],
      );
    }
    await client.end();
    const now = await connect({ connection: older.url, max: 2, log });
    try {
      for (const site of ['north', 'south']) {
        const rows = await now.inSite(site, (tx) =>
          tx.selectFrom('patients').select(['site_id', 'id', 'urgency_rank']).orderBy('id').execute(),
        );
        expect(rows).toEqual([
          { site_id: site, id: 'a', urgency_rank: 1 },
          { site_id: site, id: 'b', urgency_rank: 5 },
        ]);
        const judged = await now.inSite(site, (tx) =>
          tx.selectFrom('judgements').select(['urgency', 'headline']).orderBy('id').execute(),
        );
        expect(judged).toEqual([
          { urgency: 'routine', headline: null },
          { urgency: 'urgent', headline: 'Go now' },
        ]);
      }
      // Also from the tables' owner, as before.
      expect((await now.pool.query('select id from foramen.patients')).rows).toEqual([]);
      const open = await now.pool.query(
        `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where nspname = 'foramen' and relkind = 'r' and relname <> 'schema_migrations' and not (relrowsecurity and relforcerowsecurity)`,
      );
      expect(open.rows).toEqual([]);
    } finally {
      await now.close();
      await older.close();
    }
  });

  it('runs statements as a plain role, never as a superuser, with every change on disk', async () => {
    const row = await database.inSite('north', async (tx) =>
      (await import('kysely')).sql<{
        role: string;
        super: boolean;
        bypass: boolean;
        fsync: string;
        sync: string;
        sums: string;
      }>`
        select current_user as role, rolsuper as super, rolbypassrls as bypass, current_setting('fsync') as fsync,
               current_setting('synchronous_commit') as sync, current_setting('data_checksums') as sums
        from pg_roles where rolname = current_user`.execute(tx),
    );
    expect(row.rows[0]).toEqual({
      role: 'foramen_app',
      super: false,
      bypass: false,
      fsync: 'on',
      sync: 'on',
      sums: 'on',
    });
  });

  it('applies each migration once and refuses a changed or unknown one', async () => {
    const pool = database.pool;
    const names = (
      await pool.query<{ name: string }>('select name from foramen.schema_migrations order by name')
    ).rows.map((r) => r.name);
    expect(names).toEqual(migrations().map((m) => m.name));
    await pool.query(`update foramen.schema_migrations set sha256 = 'x' || sha256 where name = $1`, [
      names[0],
    ]);
    await expect(connect({ connection: base.url, log })).rejects.toThrow('was changed');
    await pool.query(`update foramen.schema_migrations set sha256 = substr(sha256, 2) where name = $1`, [
      names[0],
    ]);
    await pool.query(`insert into foramen.schema_migrations (name, sha256) values ('9999_future.sql', '')`);
    await expect(connect({ connection: base.url, log })).rejects.toThrow('update the product');
    await pool.query(`delete from foramen.schema_migrations where name = '9999_future.sql'`);
  });

  it('keys every table by site first and guards every table with row security', async () => {
    const rows = await database.pool.query<{ name: string; first: string | null; forced: boolean }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
         where i.indrelid = c.oid and i.indisprimary) as first
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'foramen' and c.relkind = 'r' and c.relname <> 'schema_migrations' order by 1`);
    expect(rows.rows.length).toBeGreaterThan(15);
    for (const row of rows.rows) {
      expect(row.forced, row.name).toBe(true);
      expect(row.first, row.name).toBe(row.name === 'sites' ? 'id' : 'site_id');
    }
  });

  it('shows a site its own rows only, and lets it write none of another', async () => {
    const id = await database.inSite('north', (tx) => createPatient(tx, 'north', { name: 'Nora North' }));
    const seen = (site: string) =>
      database.inSite(site, (tx) => tx.selectFrom('patients').select(['id', 'site_id']).execute());
    expect(await seen('north')).toEqual([{ id, site_id: 'north' }]);
    expect(await seen('south')).toEqual([]);
    await expect(
      database.inSite('south', (tx) => createPatient(tx, 'north', { name: 'Intruder' })),
    ).rejects.toThrow(/row-level security/);
    const changed = await database.inSite('south', (tx) =>
      tx.updateTable('patients').set({ name: 'x' }).executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(0n);
    // Without a site, nothing at all; the owner of the tables is bound as well.
    expect((await database.pool.query('select * from foramen.patients')).rowCount).toBe(0);
  });

  it('forgets the site with the transaction', async () => {
    await database.inSite('north', async () => undefined);
    const client = new pg.Client({ connectionString: base.url });
    await client.connect();
    const left = await client.query<{ site: string | null }>(
      `select current_setting('foramen.site', true) as site`,
    );
    await client.end();
    expect(left.rows[0]?.site ?? '').toBe('');
  });

  it('lets the audit trail grow and nothing else', async () => {
    const event = {
      accountId: null,
      role: null,
      path: 'api',
      action: 'read',
      resource: 'patient',
      resourceId: null,
      patientId: null,
      outcome: 'allowed',
      reason: null,
    } as const;
    await database.inSite('north', (tx) => appendAudit(tx, 'north', [event], new Date()));
    await expect(database.inSite('north', (tx) => tx.deleteFrom('audit').execute())).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      database.inSite('north', (tx) => tx.updateTable('audit').set({ reason: 'x' }).execute()),
    ).rejects.toThrow(/permission denied/);
  });

  it('enqueues a job exactly when its transaction commits, and hands it out once', async () => {
    const queue = new JobQueue({ connection: base.url, database, log });
    await queue.start();
    const patientId = await database.inSite('north', (tx) => createPatient(tx, 'north', { name: 'Queue' }));
    const request = { kind: 'analyze', patientId, studyId: null, createdBy: null } as const;
    await expect(
      database.inSite('north', async (tx) => {
        await queue.enqueue(tx, 'north', request);
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    const ids: string[] = [];
    for (let i = 0; i < 10; i++)
      ids.push(await database.inSite('north', (tx) => queue.enqueue(tx, 'north', request)));
    const done: string[] = [];
    await queue.work('analyze', async ({ jobId }) => {
      done.push(jobId);
    });
    await expect.poll(() => done.length).toBe(10);
    expect([...done].sort()).toEqual([...ids].sort());
    await queue.stop();
  });
});
