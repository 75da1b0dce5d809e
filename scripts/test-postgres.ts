/**
 * `npm run test:postgres15 [TESTS...]`: every test that uses a database over the distribution's PostgreSQL 15: reached by address over TCP as
 * DATABASE_URL is, by a plain role; as a cluster of the test's own where a test kills it or fills its disk. Without TESTS those of the applications
 * and of the whole: packages reach no database. Ends by counting what spoke to which version, and fails when a file that spoke to a database did
 * not speak to 15. Installs it where apt-get is and we are root; says so, and fails, where it is not to be had.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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
  const report = join(dir, 'report.json');
  const versions = join(dir, 'versions.ndjson');
  writeFileSync(versions, '');
  status =
    spawnSync(
      join(root, 'node_modules', '.bin', 'vitest'),
      [
        ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ...(tests.length > 0 ? tests : ['apps/', 'test/']),
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: {
          ...process.env,
          FORAMEN_TEST_POSTGRES: address('tester', 'tester'),
          FORAMEN_POSTGRES: 'system',
          FORAMEN_TEST_VERSIONS: versions,
        },
      },
    ).status ?? 1;
  if (!overFifteen(versions, report)) status = 1;
} finally {
  server.kill('SIGINT');
  await new Promise((done) => server.once('exit', done));
  rmSync(dir, { recursive: true, force: true });
}
process.exit(status);

/** Says how many tests are in files that spoke to PostgreSQL 15, and which files spoke to others; whether all did that spoke to any. */
function overFifteen(versions: string, report: string): boolean {
  const spoken = new Map<string, Set<string>>();
  for (const line of readFileSync(versions, 'utf8').split('\n').filter(Boolean)) {
    const [file, version] = JSON.parse(line) as [string, string];
    spoken.set(file, (spoken.get(file) ?? new Set()).add(version.split('.')[0]!));
  }
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; assertionResults: { status: string }[] }[];
  };
  const over = testResults.filter(({ name }) => spoken.get(name)?.has('15') === true);
  const passed = over.flatMap((f) => f.assertionResults).filter((test) => test.status === 'passed').length;
  process.stdout.write(`\nOver PostgreSQL 15: ${passed} tests passed in ${over.length} files.\n`);
  for (const [file, majors] of spoken)
    if (majors.size > 1 || !majors.has('15'))
      process.stdout.write(`${relative(root, file)} spoke to ${[...majors].sort().join(' and ')}.\n`);
  return [...spoken.values()].every((majors) => majors.has('15'));
}
