import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { readSeals } from '../apps/server/src/audit/seals.ts';
import { readChain, verifyChain } from '../apps/server/src/audit/verify.ts';
import { keyring } from '../apps/server/src/blobs/keyring.ts';
import { FileBlobStore } from '../apps/server/src/blobs/store.ts';
import { find, SOP } from '../apps/server/src/dicom/client.ts';
import { type Sendable, sendAll } from '../apps/server/src/dicom/sender.ts';
import { ensureAccount } from '../apps/server/src/identity/accounts.ts';
import { attach } from '../apps/server/src/operations/attach.ts';
import { backup } from '../apps/server/src/operations/backup.ts';
import { encodePng } from '../apps/server/src/pictures/png.ts';
import { SPARING } from '../apps/server/src/process-memory.ts';
import { readSettings } from '../apps/server/src/settings.ts';
import { testObject } from '../apps/server/src/testing/objects.ts';
import { freePort } from '../apps/server/src/testing/ports.ts';
import { dataSet } from '../packages/dicom/src/index.ts';
import { IDLE, type Look, look, slopePerDay } from './soak/look.ts';
import { spread, surprise, surprises } from './soak/traffic.ts';

/**
 * A clinic's day in minutes: modalities, uploads, pages, sessions, event streams, jobs, queries, a backup, on a clock that runs as much faster. The
 * server rests before and after; what differs then was leaked. Ends with 1 when a limit is passed or anything acknowledged is missing.
 *
 *   npm run soak [minutes=8]
 */
const minutes = Number(process.argv[2] ?? 8);
const DAY_MS = 24 * 3_600_000;
const speed = DAY_MS / (minutes * 60_000);
/** A day: studies of `objects` each by C-STORE, uploads by people, pages read, sessions begun. */
const LOAD = {
  studies: 160,
  objects: 12,
  side: 128,
  uploads: 240,
  pages: 6_000,
  sessions: 400,
  queries: 240,
};
const LIMITS = {
  /** Of the server's process with all its threads, at any moment; PostgreSQL and the workers are processes of their own. */
  residentMb: 300,
  /** Growth of the heap and its buffers after collecting garbage, through the second half of the day. */
  slopeMbPerDay: 24,
  /** After collecting garbage, at rest: after the day against before it. */
  heapMb: 24,
  openFiles: 6,
  resources: 6,
  /** 99 of 100 timers are not later than that beyond those of an idle process beside it (the machine may be busy), as the median of all looks. */
  loopP99Ms: 250,
  /** Rows and indexes for each object and request that was acknowledged. */
  databaseBytesEach: 16_384,
} as const;
const PASSWORD = 'a long enough password';

async function soak(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'foramen-soak-'));
  chmodSync(dir, 0o755);
  const dataDir = join(dir, 'data');
  const dicomPort = await freePort();
  const program = ['--expose-gc', ...SPARING.flags, join(import.meta.dirname, 'soak/server.ts')];
  const server = spawn(process.execPath, program, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...SPARING.env,
      DATABASE_URL: '',
      SOAK_SPEED: String(speed),
      FORAMEN_DATA: dataDir,
      FORAMEN_LOG: 'error',
      FORAMEN_WORKERS: '1',
      FORAMEN_DICOM_PORT: String(dicomPort),
      FORAMEN_DICOM_PEERS: 'SCANNER=127.0.0.1:1',
      FORAMEN_QUIET_SECONDS: '900',
    },
  });
  const lines = createInterface({ input: server.stdout });
  const line = (): Promise<string> => new Promise((done) => lines.once('line', done));
  try {
    const { url } = JSON.parse(await line()) as { url: string };
    const collect = async (): Promise<void> => {
      const said = line();
      server.stdin.write('collect\n');
      await said;
    };
    return await day({ url, dataDir, dir, dicomPort, collect, server });
  } finally {
    const gone = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await gone;
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Place {
  readonly url: string;
  readonly dataDir: string;
  readonly dir: string;
  readonly dicomPort: number;
  readonly collect: () => Promise<void>;
  readonly server: ChildProcess;
}

interface Session {
  readonly headers: Readonly<Record<string, string>>;
}
async function signIn(url: string): Promise<Session> {
  const reply = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ login: 'vera', password: PASSWORD }),
  });
  if (!reply.ok) throw new Error(`signing in: ${reply.status}`);
  const { csrf } = (await reply.json()) as { csrf: string };
  return {
    headers: { cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0]!, 'x-foramen-csrf': csrf },
  };
}

async function day(place: Place): Promise<number> {
  const { url, dataDir, dicomPort, collect } = place;
  const inDatabase = async <T>(work: (attached: Awaited<ReturnType<typeof attach>>) => Promise<T>) => {
    const attached = await attach(readSettings({ dataDir }, {}), {});
    try {
      return await work(attached);
    } finally {
      await attached.close();
    }
  };
  await inDatabase(({ database }) =>
    database.inSite('main', (tx) =>
      ensureAccount(tx, 'main', { login: 'vera', name: 'Vera', role: 'clinician', password: PASSWORD }),
    ),
  );
  const databaseBytes = (): Promise<number> =>
    inDatabase(async ({ database }) => {
      const rows = await database.pool.query<{ bytes: number }>(
        'select pg_database_size(current_database())::float8 as bytes',
      );
      return rows.rows[0]!.bytes;
    });
  const began = Date.now();
  /** Everything once, so that what is made on first use is not taken for a leak. */
  const stored = new Set<string>();
  const uploads: { studyId: string; sha256: string }[] = [];
  const patients: string[] = [];
  const scanner = new FileBlobStore(
    join(place.dir, 'scanner'),
    keyring([randomBytes(32).toString('base64')]),
  );
  const us = { aeTitle: 'FORAMEN', host: '127.0.0.1', port: dicomPort };

  const study = async (name: string): Promise<void> => {
    const made = Array.from({ length: LOAD.objects }, (_, instance) =>
      testObject({ study: name, patient: `P-${name}`, instance, side: LOAD.side }),
    );
    const items: Sendable[] = [];
    for (const { bytes, sopUid } of made) {
      const { object } = await scanner.put(bytes);
      items.push({
        sopClass: '1.2.840.10008.5.1.4.1.1.4',
        sopUid,
        transferSyntax: '1.2.840.10008.1.2.1',
        object,
      });
    }
    const result = await sendAll(us, 'SCANNER', scanner, items);
    const refused = new Set(result.failedUids);
    for (const { sopUid } of items) if (!refused.has(sopUid)) stored.add(sopUid);
    if (result.failed > 0) surprise('an object was refused', `${result.failed}`);
    for (const { object } of items) await scanner.remove(object);
  };
  let session = await signIn(url);
  let busy = 0;
  const asked = async (path: string, init: RequestInit = {}): Promise<Response> => {
    for (let tries = 0; ; tries++) {
      const used = session;
      const reply = await fetch(`${url}${path}`, { ...init, headers: { ...used.headers, ...init.headers } });
      // Try again in a few seconds, it says: on a machine without a processor to spare that is an answer.
      if (reply.status === 503 && tries < 20) {
        busy++;
        await reply.body?.cancel();
        await delay(1_000);
        continue;
      }
      // The session ran out, as it should after half an hour without use or twelve hours; on a busy machine that is soon.
      if (reply.status !== 401 || tries === 20) return reply;
      await reply.body?.cancel();
      if (session === used) session = await signIn(url);
    }
  };
  const upload = async (n: number): Promise<void> => {
    const png = encodePng(64, 64, 1, randomBytes(64 * 64));
    const form = new FormData();
    form.append('files', new File([new Uint8Array(png)], `upload ${n}.png`));
    const reply = await asked('/api/studies', { method: 'POST', body: form });
    if (reply.status !== 202) {
      surprise(`upload answered ${reply.status}`, await reply.text());
      return;
    }
    const { studyId, patientId } = (await reply.json()) as { studyId: string; patientId: string };
    patients.push(patientId);
    uploads.push({ studyId, sha256: createHash('sha256').update(png).digest('hex') });
  };
  const page = async (n: number): Promise<void> => {
    const someone = patients[n % Math.max(1, patients.length)];
    const paths = [
      '/api/patients?limit=50',
      '/dicomweb/studies?limit=20',
      someone === undefined ? '/api/ready' : `/api/patients/${someone}`,
      '/api/patients?query=upload',
    ];
    const path = paths[n % paths.length]!;
    const reply = await asked(path);
    if (reply.status !== 200) surprise(`${path} answered ${reply.status}`, '');
    await reply.arrayBuffer();
  };
  const visit = async (): Promise<void> => {
    const own = await signIn(url);
    const stop = new AbortController();
    const events = await fetch(`${url}/api/events`, { headers: own.headers, signal: stop.signal });
    const reading = events.body!.pipeTo(new WritableStream(), { signal: stop.signal }).catch(() => undefined);
    await delay(500);
    // Half say good-bye; the others just go.
    if (stored.size % 2 === 0) await fetch(`${url}/api/session`, { method: 'DELETE', headers: own.headers });
    stop.abort();
    await reading;
  };
  const query = async (n: number): Promise<void> => {
    await find(
      us,
      'SCANNER',
      SOP.studyRootFind,
      dataSet({ QueryRetrieveLevel: 'STUDY', PatientID: `P-s${n}`, StudyInstanceUID: null }),
    );
  };
  const rest = async (): Promise<Look> => {
    for (let tries = 0; tries < 600; tries++) {
      if ((await look(url, began)).waiting === 0) break;
      await delay(500);
    }
    // Idle connections to the database are given up after half a minute.
    await delay(40_000);
    await collect();
    await delay(1_000);
    await collect();
    return look(url, began);
  };

  /** What the server's open files are, by kind (Linux). */
  const files = (): ReadonlyMap<string, number> => {
    const kinds = new Map<string, number>();
    try {
      for (const fd of readdirSync(`/proc/${place.server.pid}/fd`)) {
        const target = readlinkSync(`/proc/${place.server.pid}/fd/${fd}`).replace(place.dir, '');
        const kind =
          /^(\w+):\[/.exec(target)?.[1] ?? target.replace(/[0-9a-f]{32}/g, 'object').replace(/\d+/g, 'n');
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
    } catch {
      // Another system, or a file closed meanwhile.
    }
    return kinds;
  };
  for (let n = 0; n < 8; n++) await study(`warm${n}`);
  for (let n = 0; n < 40; n++) await page(n);
  for (let n = 0; n < 4; n++) await Promise.all([upload(n), visit(), query(n)]);
  const before = await rest();
  const filesBefore = files();
  const sizeBefore = await databaseBytes();
  const countedBefore = stored.size + uploads.length;

  const until = Date.now() + minutes * 60_000;
  const looks: Look[] = [];
  let over = false;
  const idle = new Worker(IDLE, { eval: true });
  const idleMs: number[] = [];
  idle.on('message', (ms: number) => idleMs.push(ms));
  /** Looks right after garbage was collected: what grows from one to the next is kept by somebody. */
  const bare: Look[] = [];
  const watching = (async () => {
    for (let n = 1; !over; n++) {
      looks.push(await look(url, began));
      await delay(2_000);
      if (n % 8 !== 0) continue;
      await collect();
      bare.push(await look(url, began));
    }
  })();
  const counts = await Promise.all([
    spread(LOAD.studies, until, (n) => study(`s${n}`)),
    spread(LOAD.uploads, until, upload),
    spread(LOAD.pages, until, page),
    spread(LOAD.sessions, until, visit),
    spread(LOAD.queries, until, query),
    spread(1, until, async () => {
      await delay((until - Date.now()) / 2);
      await inDatabase(({ database, blobs }) =>
        backup({ database, blobs, siteId: 'main', to: join(place.dir, 'backup'), at: new Date() }),
      );
    }),
  ]);
  over = true;
  await watching;
  await idle.terminate();
  const after = await rest();
  const more = [...files()].flatMap(([kind, count]) => {
    const grown = count - (filesBefore.get(kind) ?? 0);
    return grown > 0 ? [`${kind} +${grown}`] : [];
  });
  const sizeAfter = await databaseBytes();

  const missing = await inDatabase(async ({ database, blobs, keyring: ring }) => {
    const have = await database.inSite('main', (tx) =>
      tx.selectFrom('instances').select('sop_uid').execute(),
    );
    const uids = have.map((row) => row.sop_uid);
    const files = await database.inSite('main', (tx) =>
      tx
        .selectFrom('study_files as f')
        .innerJoin('blobs as b', 'b.id', 'f.blob_id')
        .select(['f.study_id', 'f.blob_id', 'b.object'])
        .execute(),
    );
    const known = new Map(files.map((row) => [row.study_id, row]));
    let wrong = [...stored].filter((uid) => !uids.includes(uid)).length + (uids.length - new Set(uids).size);
    for (const { studyId, sha256 } of uploads) {
      const row = known.get(studyId);
      if (row?.blob_id !== sha256 || (await blobs.size(row.object)) === 0) wrong++;
    }
    const open = await database.inSite('main', (tx) =>
      tx.selectFrom('jobs').select('id').where('state', 'in', ['queued', 'running']).execute(),
    );
    if (open.length > 0) surprise('jobs that never ended', String(open.length));
    const { seals } = await readSeals(ring, dataDir, 'main');
    const verdict = await verifyChain(readChain(database, 'main'), seals);
    if (!verdict.intact) surprise('the trail is broken', `${verdict.seq} ${verdict.what}`);
    else console.log(`  trail        ${verdict.records} records and ${seals.length} seals, intact`);
    return wrong;
  });

  const half = bare.filter((one) => one.at > bare.at(-1)!.at / 2);
  const sorted = looks.map((one) => one.loopP99Ms).sort((a, b) => a - b);
  const control = idleMs.sort((a, b) => a - b)[idleMs.length >> 1] ?? 0;
  const each = (sizeAfter - sizeBefore) / Math.max(1, stored.size + uploads.length - countedBefore);
  const measured = {
    residentMb: Math.max(...looks.map((one) => one.residentMb)),
    slopeMbPerDay: slopePerDay(half, minutes),
    heapMb: after.heapMb - before.heapMb,
    openFiles: after.openFiles - before.openFiles,
    resources: after.resources - before.resources,
    loopP99Ms: Math.max(0, (sorted[sorted.length >> 1] ?? 0) - control),
    databaseBytesEach: each,
  };
  console.log(
    `A day in ${minutes} minutes (clock ${speed.toFixed(0)} times faster): ${counts[0]} studies (${stored.size} objects) by C-STORE, ${counts[1]} uploads with their jobs, ${counts[2]} pages, ${counts[3]} sessions with event streams, ${counts[4]} queries, ${counts[5]} backup`,
  );
  let failed = 0;
  for (const [name, limit] of Object.entries(LIMITS)) {
    const value = measured[name as keyof typeof measured];
    const good = value <= limit;
    if (!good) failed++;
    console.log(
      `  ${good ? 'ok  ' : 'FAIL'} ${name.padEnd(18)} ${value.toFixed(1).padStart(9)}  limit ${limit}`,
    );
  }
  console.log(
    `  resident     ${before.residentMb.toFixed(0)} MB at rest before, ${after.residentMb.toFixed(0)} MB at rest after; heap ${before.heapMb.toFixed(0)} and ${after.heapMb.toFixed(0)} MB; timers' 99th percentile ${(sorted[sorted.length >> 1] ?? 0).toFixed(0)} ms, of an idle process beside it ${control.toFixed(0)} ms`,
  );
  if (more.length > 0) console.log(`  open files   ${more.join(', ')}`);
  console.log(
    `  database     ${(sizeBefore / (1 << 20)).toFixed(1)} MB before, ${(sizeAfter / (1 << 20)).toFixed(1)} MB after`,
  );
  console.log(`  ${missing === 0 ? 'ok  ' : 'FAIL'} acknowledged and missing or doubled: ${missing}`);
  const requests = counts[1] + counts[2] + counts[3];
  if (busy > Math.max(2, requests / 100)) surprise('answered 503', `${busy} of ${requests}`);
  else if (busy > 0) console.log(`  ok   answered 503, and asked again: ${busy}`);
  for (const [kind, { count, example }] of surprises)
    console.log(`  FAIL ${kind}: ${count} times, first: ${example}`);
  return failed + missing + surprises.size === 0 ? 0 : 1;
}

process.exit(await soak());
