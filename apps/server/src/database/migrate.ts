import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { VERSION } from '../version.ts';
import { fillNameKeys } from './fill-names.ts';

const FOLDER = join(import.meta.dirname, 'migrations');
/** Any number, the same in every process: who holds it migrates. */
const LOCK = 7205402;

/**
 * A migration changes rows of every site, and row security, forced, would hide them all from it without a word. Within its transaction, which locks
 * the tables for everybody else, their owner is let through; what was forced is forced again before it commits.
 */
const UNFORCE = `do $$
declare
  name text;
begin
  perform set_config('foramen.forced', '', true);
  for name in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' and c.relforcerowsecurity
  loop
    execute format('alter table %I no force row level security', name);
    perform set_config('foramen.forced', current_setting('foramen.forced') || ' ' || name, true);
  end loop;
end $$`;
const FORCE = `do $$
declare
  name text;
begin
  foreach name in array string_to_array(trim(current_setting('foramen.forced')), ' ')
  loop
    if to_regclass(quote_ident(name)) is not null then
      execute format('alter table %I force row level security', name);
    end if;
  end loop;
end $$`;

/** What a migration leaves to the product to fill in, in the same transaction. */
const FILLS: Readonly<Record<string, (client: pg.PoolClient) => Promise<void>>> = {
  '0020_who_they_are.sql': fillNameKeys,
};

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

export function migrations(): readonly Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    });
}

/**
 * Applies what is missing, each file in its own transaction, under an advisory lock so that several processes may start at once.
 *
 * @throws Error when an applied file was changed afterwards, or the database is ahead of this version of the product.
 */
export async function migrate(
  client: pg.PoolClient,
  schema: string,
  appRole: string | null,
  log: (message: string) => void,
): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(`create schema if not exists ${schema}`);
    await client.query(
      `create table if not exists ${schema}.schema_migrations (
         name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    );
    const applied = await client.query<{ name: string; sha256: string }>(
      `select name, sha256 from ${schema}.schema_migrations order by name`,
    );
    const known = migrations();
    for (const row of applied.rows) {
      const same = known.find((m) => m.name === row.name);
      if (same === undefined)
        throw new Error(
          `the database has migration ${row.name}, which this version does not know: update the product`,
        );
      if (same.sha256 !== row.sha256)
        throw new Error(`migration ${row.name} was changed after it was applied`);
    }
    const done = new Set(applied.rows.map((row) => row.name));
    for (const migration of known.filter((m) => !done.has(m.name))) {
      await client.query('begin');
      try {
        await client.query(`set local search_path to ${schema}`);
        await client.query(UNFORCE);
        await client.query(migration.text);
        await FILLS[migration.name]?.(client);
        await client.query(FORCE);
        await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [
          migration.name,
          migration.sha256,
        ]);
        await client.query('commit');
        log(`applied migration ${migration.name}`);
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
    }
    if (appRole !== null && known.some((m) => !done.has(m.name))) await grantTables(client, schema, appRole);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/**
 * Why a process that does not migrate cannot work with this database; undefined when the two fit.
 *
 * @param pool any connection to the database
 */
export async function schemaMismatch(
  pool: Pick<pg.Pool, 'query'>,
  schema: string,
): Promise<string | undefined> {
  const there = await pool.query<{ name: string | null }>(`select to_regclass($1)::text as name`, [
    `${schema}.schema_migrations`,
  ]);
  if (there.rows[0]?.name == null)
    return 'the database holds nothing of the product yet: start the server first';
  const applied = await pool.query<{ name: string; sha256: string }>(
    `select name, sha256 from ${schema}.schema_migrations order by name`,
  );
  const known = new Map(migrations().map((m) => [m.name, m.sha256]));
  const newer = applied.rows.find((row) => !known.has(row.name));
  if (newer !== undefined)
    return `the database has migration ${newer.name}, which version ${VERSION} does not know: update this worker to the server’s version`;
  const changed = applied.rows.find((row) => known.get(row.name) !== row.sha256);
  if (changed !== undefined)
    return `migration ${changed.name} differs from the one that was applied: run the server’s version`;
  const done = new Set(applied.rows.map((row) => row.name));
  const missing = [...known.keys()].find((name) => !done.has(name));
  return missing === undefined
    ? undefined
    : `the database is older than version ${VERSION}, it lacks migration ${missing}: update and start the server first`;
}

async function grantTables(client: pg.PoolClient, schema: string, role: string): Promise<void> {
  await client.query(`grant usage on schema ${schema} to ${role}`);
  await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to ${role}`);
  await client.query(`revoke all on ${schema}.schema_migrations from ${role}`);
  await client.query(`grant select on ${schema}.schema_migrations to ${role}`);
  // The trail only grows: the running product may neither change nor remove what it wrote.
  await client.query(`revoke update, delete, truncate on ${schema}.audit from ${role}`);
  // So do the marks of readers and the words of clinicians on plans, whose changes are rows of their own.
  await client.query(`revoke update, delete, truncate on ${schema}.reader_marks from ${role}`);
  await client.query(`revoke update, delete, truncate on ${schema}.plan_acceptances from ${role}`);
  // And what was answered or written into the diary.
  await client.query(`revoke update, truncate on ${schema}.intakes, ${schema}.diary_entries from ${role}`);
}
