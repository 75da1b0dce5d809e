/**
 * `npm run test:postgres15 [TESTS...]`: the server's tests over the distribution's PostgreSQL 15, reached by address over TCP as DATABASE_URL is,
 * by a plain role. Installs it where apt-get is and we are root; says so, and fails, where it is not to be had.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const BIN = '/usr/lib/postgresql/15/bin';
const asRoot = process.getuid?.() === 0;

if (!existsSync(join(BIN, 'postgres')) && asRoot && existsSync('/usr/bin/apt-get')) {
  process.stdout.write('No PostgreSQL 15 here: installing the distribution’s.\n');
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql-15'], {
    stdio: 'inherit',
  });
}
if (!existsSync(join(BIN, 'postgres'))) {
  process.stderr.write('*** NOT TESTED: PostgreSQL 15 is not installed and could not be.\n');
  process.exit(1);
}

const idOf = (flag: string): number =>
  Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
const user = asRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
const dir = mkdtempSync(join(tmpdir(), 'foramen-pg15-'));
if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid);
const port = await new Promise<number>((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
  });
});
const password = randomBytes(12).toString('hex');
const secret = join(dir, 'pw');
writeFileSync(secret, password, { mode: 0o644 });
const data = join(dir, 'data');
const made = spawnSync(
  join(BIN, 'initdb'),
  [
    '-D',
    data,
    '-U',
    'root_of_tests',
    '-A',
    'scram-sha-256',
    `--pwfile=${secret}`,
    '--locale=C',
    '--encoding=UTF8',
  ],
  { ...user, cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] },
);
if (made.status !== 0) process.exit(1);
const server = spawn(
  join(BIN, 'postgres'),
  [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${dir}`,
    '-c',
    'max_connections=200',
  ],
  { ...user, cwd: '/', stdio: 'ignore' },
);
let status = 1;
try {
  const address = (role: string, base: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${base}`;
  const { default: pg } = await import('pg');
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: address('root_of_tests', 'postgres') });
    try {
      await client.connect();
      await client.query(
        `create role tester login createdb createrole nosuperuser nobypassrls password '${password}'`,
      );
      await client.query('create database tester owner tester');
      await client.end();
      break;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (tries > 100) throw error;
      await delay(100);
    }
  }
  const tests = process.argv.slice(2);
  status =
    spawnSync(
      join(root, 'node_modules', '.bin', 'vitest'),
      ['run', ...(tests.length > 0 ? tests : ['apps/server'])],
      {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, FORAMEN_TEST_POSTGRES: address('tester', 'tester') },
      },
    ).status ?? 1;
} finally {
  server.kill('SIGINT');
  await new Promise((done) => server.once('exit', done));
  rmSync(dir, { recursive: true, force: true });
}
process.exit(status);
