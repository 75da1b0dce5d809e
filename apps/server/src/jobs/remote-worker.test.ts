import '../testing/patience.ts';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { SAMPLE_STORIES, samplePatient } from '@foramen/phantom';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { modelFolder } from '../analysis/models.ts';
import { connect, type Database } from '../database/connect.ts';
import { ensureAccount } from '../identity/accounts.ts';
import { endProcess } from '../testing/ports.ts';
import { S3_KEYS, type S3Server, s3Server } from '../testing/s3-server.ts';
import { testDatabase } from '../testing/site.ts';

/**
 * A server and its workers as on separate machines: no folder in common, only the database, a bucket and the master key; and a collector
 * that hears the traces of both.
 */
// A whole study is read, twice over: seconds on a quiet machine, minutes on one that trains a network beside it.
vi.setConfig({ hookTimeout: 300_000, testTimeout: 900_000 });

const installed = existsSync(join(modelFolder(), 'segmenter.onnx'));
if (!installed) console.warn('skipped: no network is installed (packages/imaging/models/segmenter.onnx)');

const PASSWORD = 'a long enough password';
const root = mkdtempSync(join(tmpdir(), 'foramen-remote-'));
const spans: { service: string; name: string; traceId: string; parent: string; id: string }[] = [];
let base: Awaited<ReturnType<typeof testDatabase>>;
let s3: S3Server;
let collector: Server;
let server: ChildProcess;
let url: string;
let database: Database;
let shared: Record<string, string>;
const workers: { child: ChildProcess; said: string }[] = [];

type Json = Record<string, unknown>;
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Reads the JSON form of OTLP traces. */
function hear(body: string): void {
  const { resourceSpans } = JSON.parse(body) as { resourceSpans?: unknown };
  for (const group of list(resourceSpans)) {
    const attributes = list((group.resource as Json | undefined)?.attributes);
    const named = attributes.find((a) => a.key === 'service.name')?.value as Json | undefined;
    for (const scope of list(group.scopeSpans))
      for (const span of list(scope.spans))
        spans.push({
          service: String(named?.stringValue),
          name: String(span.name),
          traceId: String(span.traceId),
          id: String(span.spanId),
          parent: String(span.parentSpanId ?? ''),
        });
  }
}

/** A worker as an administrator starts it on another machine. */
function startWorker(more: Record<string, string> = {}): { child: ChildProcess; said: string } {
  const program = join(import.meta.dirname, '../../../cli/src/main.ts');
  const child = spawn(process.execPath, [program, 'worker'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: join(root, 'elsewhere'),
      ...shared,
      ...more,
    },
  });
  const worker = { child, said: '' };
  child.stderr!.on('data', (bytes: Buffer) => {
    worker.said += bytes.toString();
  });
  workers.push(worker);
  return worker;
}
const ending = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    if (child.exitCode !== null) done(child.exitCode);
    else child.once('exit', (code) => done(code));
  });

beforeAll(async () => {
  [base, s3] = await Promise.all([testDatabase(), s3Server()]);
  collector = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const bytes = Buffer.concat(parts);
      if (req.url === '/v1/traces')
        hear((req.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString());
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const collectorPort = await new Promise<number>((done) =>
    collector.listen(0, '127.0.0.1', () => {
      const address = collector.address();
      done(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
  const keyFile = join(root, 'master.key');
  writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  shared = {
    DATABASE_URL: base.url,
    FORAMEN_MASTER_KEY_FILE: keyFile,
    FORAMEN_S3_BUCKET: 'spine',
    FORAMEN_S3_ENDPOINT: s3.endpoint,
    FORAMEN_S3_KEY_ID: S3_KEYS.accessKeyId,
    FORAMEN_S3_SECRET: S3_KEYS.secretAccessKey,
    FORAMEN_LOG: 'warn',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
  };
  server = spawn(process.execPath, [join(import.meta.dirname, '../testing/serve-process.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...shared, FORAMEN_DATA: join(root, 'server'), FORAMEN_WORKERS: '0' },
  });
  url = await new Promise((done, failed) => {
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stdout! }).once('line', (line) =>
      done((JSON.parse(line) as { url: string }).url),
    );
  });
  database = await connect({ connection: base.url, max: 2, log: () => undefined, migrate: false });
  await database.inSite('main', (tx) =>
    ensureAccount(tx, 'main', { login: 'vera', name: 'Vera', role: 'clinician', password: PASSWORD }),
  );
});
afterAll(async () => {
  for (const { child } of workers) await endProcess(child, 'SIGKILL');
  await endProcess(server);
  await database?.close();
  await base.close();
  await s3.close();
  await new Promise((done) => collector.close(done));
  rmSync(root, { recursive: true, force: true });
});

/** Uploads one generated study with a trace of the caller's. Answers its job. */
async function upload(trace: string): Promise<string> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ login: 'vera', password: PASSWORD }),
  });
  const { csrf } = (await reply.json()) as { csrf: string };
  const cookie = (reply.headers.get('set-cookie') ?? '').split(';')[0]!;
  const story = SAMPLE_STORIES[0]!;
  const form = new FormData();
  for (const { path, bytes } of samplePatient(1, story).studies[0]!.files)
    form.append('files', new File([new Uint8Array(bytes)], path));
  const stored = await fetch(`${url}/api/studies`, {
    method: 'POST',
    body: form,
    headers: { cookie, 'x-foramen-csrf': csrf, traceparent: `00-${trace}-${'a'.repeat(16)}-01` },
  });
  expect(stored.status, await stored.clone().text()).toBe(202);
  return ((await stored.json()) as { job: { id: string } }).job.id;
}
const job = (id: string) =>
  database.inSite('main', (tx) =>
    tx
      .selectFrom('jobs')
      .select(['state', 'percent', 'attempts', 'problems'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  );
const later = { timeout: 400_000, interval: 200 };

describe('a worker on another machine', () => {
  it('says in one line what is missing or does not fit, and takes no job', async () => {
    const refuses = async (env: Record<string, string>, line: string): Promise<void> => {
      const { child, said } = startWorker(env);
      expect(await ending(child), said).toBe(1);
      const words = workers.at(-1)!.said;
      expect(words).toContain(line);
      expect(words.trim().split('\n')).toHaveLength(1);
    };
    await refuses({ DATABASE_URL: '' }, 'a worker needs DATABASE_URL');
    await refuses({ FORAMEN_MASTER_KEY_FILE: '' }, 'needs the server’s master key');
    const { pool } = database;
    await pool.query("insert into foramen.schema_migrations (name, sha256) values ('9999_future.sql', 'x')");
    await refuses({}, 'update this worker to the server’s version');
    await pool.query("delete from foramen.schema_migrations where name = '9999_future.sql'");
    await pool.query(
      "update foramen.schema_migrations set name = 'x' || name where name = (select max(name) from foramen.schema_migrations)",
    );
    await refuses({}, 'update this worker');
    await pool.query("update foramen.schema_migrations set name = substr(name, 2) where name like 'x%'");
  });

  it.runIf(installed)(
    'does the jobs, is taken over when it is killed in the middle, and is part of the trace',
    async () => {
      const trace = randomBytes(16).toString('hex');
      const id = await upload(trace);
      expect(await job(id)).toMatchObject({ state: 'queued', attempts: 0 });
      // Another key than the server's: it would fail every job it takes.
      const stranger = startWorker({
        FORAMEN_MASTER_KEY_FILE: '',
        FORAMEN_MASTER_KEY: randomBytes(32).toString('base64'),
      });
      expect(await ending(stranger.child)).toBe(1);
      expect(stranger.said).toContain('objects cannot be opened');
      const first = startWorker();
      await expect.poll(async () => (await job(id)).percent > 0, later).toBe(true);
      expect((await job(id)).state).toBe('running');
      await endProcess(first.child, 'SIGKILL');
      const second = startWorker();
      await expect.poll(async () => (await job(id)).state, later).toBe('done');
      expect((await job(id)).attempts).toBe(2);
      const findings = await database.inSite('main', (tx) =>
        tx.selectFrom('findings').select('id').execute(),
      );
      expect(findings).toHaveLength(1);
      // Told to stop: it ends in order, and its spans are sent.
      second.child.kill('SIGTERM');
      expect(await ending(second.child), second.said).toBe(0);
      const mine = () => spans.filter((span) => span.traceId === trace);
      await expect
        .poll(() => mine().map((span) => `${span.service} ${span.name}`), later)
        .toEqual(
          expect.arrayContaining([
            'foramen POST /api/studies',
            'foramen-worker job analyze',
            'foramen-worker analysis segment',
          ]),
        );
      const by = (name: string) => mine().find((span) => span.name === name)!;
      expect(by('POST /api/studies').parent).toBe('a'.repeat(16));
      expect(by('job analyze').parent).toBe(by('POST /api/studies').id);
      expect(by('analysis segment').parent).toBe(by('job analyze').id);
    },
  );

  it('stops taking jobs when the server is updated under it', async () => {
    const worker = startWorker();
    await expect
      .poll(
        async () =>
          (
            await database.pool.query(
              "select 1 from pg_stat_activity where application_name = 'foramen-jobs' and datname = current_database()",
            )
          ).rowCount ?? 0,
        later,
      )
      .toBeGreaterThan(4);
    await database.pool.query(
      "insert into foramen.schema_migrations (name, sha256) values ('9999_future.sql', 'x')",
    );
    try {
      expect(await ending(worker.child)).toBe(1);
      expect(worker.said).toContain('9999_future.sql');
    } finally {
      await database.pool.query("delete from foramen.schema_migrations where name = '9999_future.sql'");
    }
  });
});
