import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type PostgresBinaries, packagedPostgres, reachableBinaries, systemPostgres } from './binaries.ts';
import { canReach, type SystemUser, unprivilegedUser } from './unprivileged.ts';

/** What a pool needs to connect; `host` may be the folder of a unix socket. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

interface ClusterOptions {
  /** The product's data folder; the cluster lives in `postgres/` below it. */
  readonly dataDir: string;
  readonly log: (message: string) => void;
  /** Which PostgreSQL to prefer; tests use both. */
  readonly prefer?: 'package' | 'system';
}

const SUPERUSER = 'foramen_root';
const OWNER = 'foramen';
const SHELF = '/var/lib/foramen';

/**
 * One PostgreSQL cluster run as a child process: made on first use, durable (fsync on), reachable only over a
 * unix socket (loopback on Windows), started again when it dies, stopped with the product.
 */
export class Cluster {
  readonly #options: ClusterOptions;
  readonly #user: SystemUser | undefined = unprivilegedUser();
  readonly binaries: PostgresBinaries;
  readonly #dir: string;
  #socketDir = '';
  #port = 5432;
  #child: ChildProcess | undefined;
  #stopping = false;
  #restarts = 0;

  /** @throws Error with one plain line when no PostgreSQL 15 or newer can be run here. */
  constructor(options: ClusterOptions) {
    this.#options = options;
    this.#dir = this.#place();
    const found = this.#choose();
    const user = this.#user;
    this.binaries =
      user === undefined ? found : reachableBinaries(found, (path) => canReach(user, path), SHELF);
  }

  /** A cluster can only be opened by the major version that made it. */
  #choose(): PostgresBinaries {
    const order = [packagedPostgres, systemPostgres];
    if (this.#options.prefer === 'system') order.reverse();
    const mark = join(this.#dir, 'PG_VERSION');
    const wanted = existsSync(mark) ? Number(readFileSync(mark, 'utf8')) : undefined;
    for (const find of order) {
      const found = find(wanted);
      if (found !== undefined) return found;
    }
    throw new Error(
      wanted === undefined
        ? 'no PostgreSQL found: run npm ci again, install PostgreSQL 15 or newer, or set DATABASE_URL'
        : `the database in ${this.#dir} was made by PostgreSQL ${wanted}, which is not installed: install it, or restore a backup into a new folder`,
    );
  }

  /** Below the data folder, unless the unprivileged user cannot get there: then on the shelf, and a file says where. */
  #place(): string {
    const { dataDir } = this.#options;
    const pointer = join(dataDir, 'postgres.location');
    if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
    const near = join(dataDir, 'postgres');
    if (this.#user === undefined || existsSync(join(near, 'PG_VERSION')) || canReach(this.#user, near))
      return near;
    const far = join(SHELF, `cluster-${randomBytes(8).toString('hex')}`);
    mkdirSync(SHELF, { recursive: true, mode: 0o755 });
    mkdirSync(far, { mode: 0o700 });
    writeFileSync(pointer, `${far}\n`);
    this.#options.log(`${dataDir} is closed to the database's user; the database is kept in ${far}`);
    return far;
  }

  get directory(): string {
    return this.#dir;
  }

  /** Whether a cluster was made for this data folder before. */
  static isIn(dataDir: string): boolean {
    return ['postgres.location', join('postgres', 'PG_VERSION')].some((name) =>
      existsSync(join(dataDir, name)),
    );
  }

  get processId(): number | undefined {
    return this.#child?.pid;
  }

  connection(database = 'foramen'): Connection {
    return { ...this.#address(), user: OWNER, password: this.#secret('postgres-owner'), database };
  }

  #address(): { host: string; port: number } {
    return process.platform === 'win32'
      ? { host: '127.0.0.1', port: this.#port }
      : { host: this.#socketDir, port: this.#port };
  }

  #secret(name: string): string {
    const dir = join(this.#options.dataDir, 'secrets');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const path = join(dir, name);
    if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
    return readFileSync(path, 'utf8').trim();
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const user = this.#user;
    return spawn(join(this.binaries.bin, program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: '/',
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC', PGTZ: 'UTC' },
      // Its own group: an interrupt typed at the terminal must reach the product first, which then stops the database cleanly.
      detached: process.platform !== 'win32',
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    });
  }

  async start(): Promise<void> {
    this.#socketDir = mkdtempSync(join(tmpdir(), 'foramen-'));
    this.#own(this.#socketDir, 0o755);
    if (process.platform === 'win32') this.#port = 40_000 + (process.pid % 20_000);
    if (!existsSync(join(this.#dir, 'PG_VERSION'))) await this.#initialise();
    await this.#launch();
    await this.#provision();
  }

  #own(path: string, mode: number): void {
    if (this.#user !== undefined) chownSync(path, this.#user.uid, this.#user.gid);
    if (process.platform !== 'win32') chmodSync(path, mode);
  }

  async #initialise(): Promise<void> {
    // A folder without PG_VERSION is what an interrupted first start left; nothing was ever acknowledged from it.
    rmSync(this.#dir, { recursive: true, force: true });
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    this.#own(this.#dir, 0o700);
    const password = join(this.#socketDir, 'pw');
    writeFileSync(password, this.#secret('postgres-root'), { mode: 0o600 });
    this.#own(password, 0o600);
    const child = this.#spawn('initdb', [
      ...['-D', this.#dir, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${password}`],
      ...['--locale=C', '--encoding=UTF8', '--data-checksums'],
    ]);
    const output = collect(child);
    const code = await exitCode(child);
    rmSync(password, { force: true });
    if (code !== 0) {
      rmSync(this.#dir, { recursive: true, force: true });
      throw new Error(`initdb ended with ${code}: ${lastLine(output())}`);
    }
  }

  async #launch(): Promise<void> {
    await this.#evict();
    const child = this.#spawn('postgres', [
      ...['-D', this.#dir, '-p', String(this.#port)],
      ...['-c', `listen_addresses=${process.platform === 'win32' ? '127.0.0.1' : ''}`],
      ...(process.platform === 'win32' ? [] : ['-c', `unix_socket_directories=${this.#socketDir}`]),
      ...['-c', 'max_connections=60', '-c', 'shared_buffers=128MB', '-c', 'max_wal_size=512MB'],
      // Statements and parameters could hold patient data: the server's own log gets neither.
      ...[
        '-c',
        'log_statement=none',
        '-c',
        'log_min_error_statement=panic',
        '-c',
        'log_parameter_max_length_on_error=0',
      ],
    ]);
    const output = collect(child);
    this.#child = child;
    let gone: number | null | undefined;
    child.once('exit', (code) => {
      gone = code;
      if (this.#child === child) this.#child = undefined;
    });
    const deadline = Date.now() + 60_000;
    for (;;) {
      if (gone !== undefined) throw new Error(`PostgreSQL did not start: ${lastLine(output())}`);
      if (await this.#answers()) break;
      if (Date.now() > deadline) throw new Error('PostgreSQL did not answer within 60 s');
      await delay(25);
    }
    child.once('exit', () => void this.#revive());
    if (gone !== undefined) void this.#revive();
  }

  /** Starts the server again after it died, as often as needed, waiting longer each time. */
  async #revive(): Promise<void> {
    while (!this.#stopping) {
      const wait = Math.min(5_000, 100 * 2 ** Math.min(6, this.#restarts++));
      this.#options.log(`the database stopped by itself; starting it again in ${wait} ms`);
      await delay(wait);
      if (this.#stopping) return;
      try {
        await this.#launch();
        setTimeout(() => {
          this.#restarts = 0;
        }, 60_000).unref();
        return;
      } catch (error) {
        this.#options.log(error instanceof Error ? error.message : 'the database did not start');
      }
    }
  }

  /**
   * Ends a server that an earlier run left on this folder. A killed postmaster can stay a zombie that nobody reaps
   * (a container without init); PostgreSQL then takes its lock file for a live one, so it is removed here, and only when no
   * process works in the folder any more.
   */
  async #evict(): Promise<void> {
    const lock = join(this.#dir, 'postmaster.pid');
    const deadline = Date.now() + 30_000;
    let asked = false;
    while (existsSync(lock)) {
      const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
      const state = processState(pid, this.#dir);
      if (state === 'foreign') break;
      if (state === 'alive') {
        if (!asked) process.kill(pid, 'SIGINT');
        asked = true;
      } else if (!workersIn(this.#dir)) {
        if (state === 'zombie') rmSync(lock, { force: true });
        break;
      }
      if (Date.now() > deadline) throw new Error(`another PostgreSQL (process ${pid}) holds ${this.#dir}`);
      await delay(50);
    }
  }

  async #answers(): Promise<boolean> {
    const client = this.#superclient();
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  #superclient(): pg.Client {
    const client = new pg.Client({
      ...this.#address(),
      user: SUPERUSER,
      password: this.#secret('postgres-root'),
      database: 'postgres',
      connectionTimeoutMillis: 2_000,
    });
    client.on('error', () => undefined);
    return client;
  }

  /** Makes the plain role that owns the product's database. The superuser is used for nothing else. */
  async #provision(): Promise<void> {
    const client = this.#superclient();
    await client.connect();
    try {
      const role = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
      if (role.rowCount === 0) {
        const password = client.escapeLiteral(this.#secret('postgres-owner'));
        await client.query(
          `create role ${OWNER} login nosuperuser nobypassrls createrole password ${password}`,
        );
      }
      const base = await client.query('select 1 from pg_database where datname = $1', ['foramen']);
      if (base.rowCount === 0) await client.query(`create database foramen owner ${OWNER}`);
    } finally {
      await client.end();
    }
  }

  /** Makes an empty database of this name (tests). */
  async createDatabase(name: string): Promise<void> {
    const client = this.#superclient();
    await client.connect();
    try {
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${OWNER}`);
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = exitCode(child);
      child.kill('SIGINT');
      const slow = setTimeout(() => child.kill('SIGQUIT'), 15_000);
      await gone;
      clearTimeout(slow);
    }
    if (this.#socketDir !== '') rmSync(this.#socketDir, { recursive: true, force: true });
  }
}

function processState(pid: number, dir: string): 'alive' | 'zombie' | 'gone' | 'foreign' {
  if (!Number.isInteger(pid) || pid <= 1) return 'gone';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'gone';
  }
  if (process.platform !== 'linux') return 'alive';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (/^Z$/.test(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3))) return 'zombie';
    // The number may have been given to some other program since.
    return readlinkSync(`/proc/${pid}/cwd`) === dir ? 'alive' : 'foreign';
  } catch {
    return 'gone';
  }
}

/** Whether any process still has `dir` as its working folder: the backends of a killed postmaster live a moment longer. */
function workersIn(dir: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === dir;
      } catch {
        return false;
      }
    });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  const take = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.on('error', (error) => take(Buffer.from(error.message)));
  return () => text;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'no message';
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    child.once('exit', (code) => done(code ?? 1));
    child.once('error', () => done(1));
  });
}
