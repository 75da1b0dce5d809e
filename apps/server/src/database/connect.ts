import { type Kysely, Kysely as KyselyInstance, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

/**
 * The one door to the database. Every statement runs inside a transaction that first takes the plain role and names its site, so
 * row-level security sees both; nothing outlives the transaction, which keeps poolers in transaction mode usable.
 */
export interface Database {
  readonly pool: pg.Pool;
  readonly kysely: Kysely<Schema>;
  /** Role the product's statements run as; null when the connecting role may not make one (row security still holds). */
  readonly appRole: string | null;
  inSite<T>(siteId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const SCHEMA = 'foramen';
const OID = { int8: 20, numeric: 1700, date: 1082 } as const;

function types(): pg.CustomTypesConfig {
  const parsers: Readonly<Record<number, (text: string) => unknown>> = {
    [OID.int8]: Number,
    [OID.numeric]: Number,
    // A birthday has no time zone: it stays the text YYYY-MM-DD.
    [OID.date]: (text) => text,
  };
  const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
    format !== 'binary' && parsers[oid] !== undefined
      ? parsers[oid]
      : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;
  return { getTypeParser };
}

interface ConnectOptions {
  readonly connection: string | pg.PoolConfig;
  readonly max?: number;
  readonly log: (message: string) => void;
  /** Worker processes leave migrations to the server unless nothing was migrated yet. */
  readonly migrate?: boolean;
}

/** @throws Error when the server is older than 15 or cannot be reached. */
export async function connect(options: ConnectOptions): Promise<Database> {
  const base: pg.PoolConfig =
    typeof options.connection === 'string' ? { connectionString: options.connection } : options.connection;
  const pool = new pg.Pool({
    ...base,
    max: options.max ?? 12,
    types: types(),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'foramen',
  });
  // An idle connection that breaks (database restarted) is replaced by the pool on next use.
  pool.on('error', (error) => options.log(`database connection lost: ${error.message}`));
  // While a connection is in use the pool does not listen to it; without a listener its loss would end the process. Whoever uses it
  // gets the error from the query.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const appRole = await prepare(pool, options);
    const kysely = new KyselyInstance<Schema>({ dialect: new PostgresDialect({ pool }) });
    return {
      pool,
      kysely,
      appRole,
      inSite: (siteId, work) =>
        kysely.transaction().execute(async (tx) => {
          await enter(appRole, siteId).execute(tx);
          return work(tx);
        }),
      close: async () => {
        await kysely.destroy();
        // Kysely ends a pool only if it ever asked it something; left open, it would hold the process for half a minute.
        if (!pool.ending) await pool.end();
      },
    };
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw error;
  }
}

function enter(appRole: string | null, siteId: string) {
  const scope = sql`set_config('search_path', ${SCHEMA}, true), set_config('foramen.site', ${siteId}, true)`;
  return appRole === null ? sql`select ${scope}` : sql`select set_config('role', ${appRole}, true), ${scope}`;
}

async function prepare(pool: pg.Pool, options: ConnectOptions): Promise<string | null> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unreachable(error);
  });
  try {
    const about = await client.query<{ version: number; super: boolean; creator: boolean }>(
      `select current_setting('server_version_num')::int as version, rolsuper or rolbypassrls as super,
              rolsuper or rolcreaterole as creator
       from pg_roles where rolname = current_user`,
    );
    const { version, super: privileged, creator } = about.rows[0]!;
    if (version < 150_000)
      throw new Error(`PostgreSQL ${Math.floor(version / 10_000)} is too old: 15 or newer is needed`);
    const appRole = await ensureRole(client, creator);
    if (appRole === null && privileged)
      throw new Error('the database user bypasses row security: connect as a plain role');
    if (options.migrate !== false) await migrate(client, SCHEMA, appRole, options.log);
    return appRole;
  } finally {
    client.release();
  }
}

/** What keeps us from the database, in words that say what to do; the code stays, for who tries again. */
function unreachable(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there: is the database running, are host and port of DATABASE_URL right?',
    ENOENT: 'there is no such socket: is the database running, is the host of DATABASE_URL right?',
    ENOTFOUND: 'its host has no address: is the host of DATABASE_URL right?',
    EAI_AGAIN: 'its host’s address cannot be asked for: is the network up?',
    ETIMEDOUT: 'it does not answer: is it reachable from here, is the host of DATABASE_URL right?',
    '28P01': 'user or password of DATABASE_URL is wrong',
    '28000': 'it does not let this user in: check DATABASE_URL and its pg_hba.conf',
    '3D000': 'it has no database of this name: create it, or correct the name in DATABASE_URL',
    '53300': 'it has no connection left: raise its max_connections, or end what uses them',
  };
  const reason =
    reasons[code ?? ''] ?? (message?.includes('timeout') === true ? reasons.ETIMEDOUT : undefined);
  return reason === undefined
    ? error
    : Object.assign(
        new Error(`the database cannot be reached (${message ?? code}): ${reason}`, { cause: error }),
        {
          code,
        },
      );
}

/** Makes the role without rights of its own that statements run as. */
async function ensureRole(client: pg.PoolClient, mayCreate: boolean): Promise<string | null> {
  const name = 'foramen_app';
  // Two servers starting at once would both try; roles are shared by all databases of a cluster, hence the fixed key.
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock(7205401)');
    const there = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    if (there.rowCount === 0) {
      if (!mayCreate) {
        await client.query('rollback');
        return null;
      }
      await client.query(`create role ${name} nologin nosuperuser nobypassrls`);
    }
    const member = await client.query<{ ok: boolean }>(
      `select pg_has_role(current_user, $1, 'member') as ok`,
      [name],
    );
    if (member.rows[0]?.ok !== true) {
      if (!mayCreate) {
        await client.query('rollback');
        return null;
      }
      await client.query(`grant ${name} to current_user`);
    } else if (
      Number((await client.query('show server_version_num')).rows[0]?.server_version_num) >= 160_000
    ) {
      // PostgreSQL 16 gives a role's maker membership without the right to SET ROLE.
      const settable = await client.query<{ ok: boolean }>(
        `select pg_has_role(current_user, $1, 'set') as ok`,
        [name],
      );
      if (settable.rows[0]?.ok !== true) await client.query(`grant ${name} to current_user with set true`);
    }
    await client.query('commit');
    return name;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
