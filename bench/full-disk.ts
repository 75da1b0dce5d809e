import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { readChain, verifyChain } from '../apps/server/src/audit/verify.ts';
import { keyring } from '../apps/server/src/blobs/keyring.ts';
import { FileBlobStore } from '../apps/server/src/blobs/store.ts';
import { dataSetStart, sendAll } from '../apps/server/src/dicom/sender.ts';
import { ensureAccount, relate } from '../apps/server/src/identity/accounts.ts';
import { attach } from '../apps/server/src/operations/attach.ts';
import { KEEP_FREE_BYTES } from '../apps/server/src/operations/space.ts';
import { encodePng } from '../apps/server/src/pictures/png.ts';
import { createPatient } from '../apps/server/src/records/patients.ts';
import { readSettings } from '../apps/server/src/settings.ts';
import { testObject } from '../apps/server/src/testing/objects.ts';
import { freePort } from '../apps/server/src/testing/ports.ts';
import { SAMPLE_SIZE, trainingSamples } from '../packages/phantom/src/index.ts';

/**
 * The whole product, database and all, on one small disk of its own that runs full under load: objects by C-STORE and STOW-RS, uploads, answers in a
 * diary. First nearly full, then to the last byte, then room is made. Ends with 1 when anything acknowledged is missing or doubled, when
 * something is refused without a status, when health does not say so, or when it does not go on by itself.
 *
 *   npm run soak:disk
 */
const DISK_MB = 1_700;
const MOST_ANALYSES = 40;
const PASSWORD = 'nine green herons nap';
const SECONDS = { nearly: 20, full: 25, after: 15 } as const;

type Way = 'C-STORE' | 'STOW' | 'upload' | 'answer';
type Phase = 'room' | 'nearly full' | 'full' | 'room again';
const tally = new Map<string, number>();
const wrong: string[] = [];
let phase: Phase = 'room';
const note = (way: Way, outcome: string): void => {
  const key = `${phase}|${way}|${outcome}`;
  tally.set(key, (tally.get(key) ?? 0) + 1);
};
const noted = (at: Phase, way: Way, outcome: RegExp): number =>
  [...tally].reduce((sum, [key, n]) => {
    const [p, w, o] = key.split('|');
    return p === at && w === way && outcome.test(o ?? '') ? sum + n : sum;
  }, 0);

/** A file system of its own: ext4 on a loop device where that may be had, else one in memory; undefined where nothing may be mounted. */
function smallDisk(
  dir: string,
): { readonly kind: string; readonly path: string; readonly close: () => void } | undefined {
  const path = join(dir, 'disk');
  mkdirSync(path);
  const image = join(dir, 'image');
  const done = (...command: readonly string[]): boolean =>
    spawnSync(command[0]!, command.slice(1), { stdio: 'ignore' }).status === 0;
  const close = (): void => void spawnSync('umount', ['-l', path]);
  if (
    done('truncate', '-s', `${DISK_MB}M`, image) &&
    done('mkfs.ext4', '-q', '-m', '0', image) &&
    done('mount', '-o', 'loop', image, path)
  )
    return { kind: 'ext4 on a loop device', path, close };
  if (done('mount', '-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', path))
    return { kind: 'tmpfs', path, close };
  return undefined;
}

async function run(dir: string, disk: { readonly kind: string; readonly path: string }): Promise<void> {
  chmodSync(dir, 0o755);
  chmodSync(disk.path, 0o755);
  const dataDir = join(disk.path, 'data');
  mkdirSync(dataDir, { mode: 0o755 });
  const dicomPort = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: '',
    SOAK_SPEED: '1',
    FORAMEN_DATA: dataDir,
    FORAMEN_LOG: 'error',
    FORAMEN_WORKERS: '1',
    FORAMEN_DICOM_PORT: String(dicomPort),
    FORAMEN_DICOM_PEERS: 'SCANNER=127.0.0.1:1',
    FORAMEN_QUIET_SECONDS: '3600',
  };
  const server = spawn(process.execPath, [join(import.meta.dirname, 'soak/server.ts')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env,
  });
  const said = new Map<string, number>();
  createInterface({ input: server.stderr }).on('line', (line) => {
    const { message = line } = parsed(line);
    said.set(message, (said.get(message) ?? 0) + 1);
  });
  const first = new Promise<string>((done, failed) => {
    createInterface({ input: server.stdout }).once('line', done);
    server.once('exit', (code) =>
      failed(new Error(`the server ended with ${code}: ${[...said.keys()].join('\n')}`)),
    );
  });
  try {
    const { url } = JSON.parse(await first) as { url: string };
    await day(dir, disk.path, dataDir, url, dicomPort);
  } finally {
    const gone = new Promise((done) => server.once('exit', done));
    if (server.exitCode === null && server.kill('SIGTERM')) await gone;
    console.info(`disk: ${disk.kind}, ${DISK_MB} MB; logged: ${JSON.stringify([...said].slice(0, 8))}`);
  }
}

function parsed(line: string): { readonly message?: string } {
  try {
    return JSON.parse(line) as { message?: string };
  } catch {
    return {};
  }
}

async function day(
  dir: string,
  disk: string,
  dataDir: string,
  url: string,
  dicomPort: number,
): Promise<void> {
  const inDatabase = async <T>(work: (attached: Awaited<ReturnType<typeof attach>>) => Promise<T>) => {
    const attached = await attach(readSettings({ dataDir }, {}), {});
    try {
      return await work(attached);
    } finally {
      await attached.close();
    }
  };
  const patientId = await inDatabase(({ database }) =>
    database.inSite('main', async (tx) => {
      const account = await ensureAccount(tx, 'main', {
        login: 'vera',
        name: 'Vera',
        role: 'clinician',
        password: PASSWORD,
      });
      const id = await createPatient(tx, 'main', { name: 'Anna Vogt' });
      await relate(tx, 'main', account, id, 'care-team', 'full disk');
      return id;
    }),
  );
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ login: 'vera', password: PASSWORD }),
  });
  const headers = {
    cookie: (signedIn.headers.get('set-cookie') ?? '').split(';')[0]!,
    'x-foramen-csrf': ((await signedIn.json()) as { csrf: string }).csrf,
  };

  const free = (): number => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  const filler = join(disk, 'filler');
  const fillTo = (left: number): void => {
    const block = Buffer.alloc(4 << 20);
    for (let room = free() - left; room > 0; room = free() - left) {
      try {
        appendFileSync(filler, block.subarray(0, Math.min(room, block.length)));
      } catch {
        return;
      }
    }
  };
  const storage = async (): Promise<string> => {
    const reply = await fetch(`${url}/api/ready`);
    return `${reply.status} ${((await reply.json()) as { storage?: string }).storage}`;
  };

  // What was acknowledged, and by what it is known again.
  const kept = {
    objects: new Map<string, string>(),
    uploads: new Map<string, string>(),
    answers: new Set<number>(),
  };
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  /** Without the file's head, which over C-STORE the receiver writes. */
  const dataSet = (bytes: Uint8Array): Uint8Array => bytes.subarray(dataSetStart(bytes));
  const answered = async (way: Way, asked: Promise<Response>, took: (reply: Response) => Promise<void>) => {
    try {
      const reply = await asked;
      note(way, String(reply.status));
      if (reply.ok) await took(reply);
      else await reply.body?.cancel();
    } catch (error) {
      // A refusal before the body was read may meet a sender that is still sending.
      const code = (error as { cause?: { code?: string } }).cause?.code ?? 'connection closed';
      note(way, `cut off (${code})`);
    }
  };
  const scanner = new FileBlobStore(join(dir, 'scanner'), keyring([randomBytes(32).toString('base64')]));
  const us = { aeTitle: 'FORAMEN', host: '127.0.0.1', port: dicomPort };
  const store = async (n: number): Promise<void> => {
    const made = testObject({ study: `c${n >> 5}`, patient: 'FULL-C', instance: n & 31, side: 512 });
    const { object } = await scanner.put(made.bytes);
    const item = {
      sopClass: '1.2.840.10008.5.1.4.1.1.4',
      sopUid: made.sopUid,
      transferSyntax: '1.2.840.10008.1.2.1',
      object,
    };
    try {
      const result = await sendAll(us, 'SCANNER', scanner, [item]);
      note('C-STORE', result.failed === 0 ? 'stored' : 'refused');
      if (result.failed === 0) kept.objects.set(made.sopUid, sha256(dataSet(made.bytes)));
    } catch {
      note('C-STORE', 'no association');
    }
    await scanner.remove(object);
  };
  const stow = (n: number): Promise<void> => {
    const made = testObject({ study: `s${n >> 5}`, patient: 'FULL-S', instance: n & 31, side: 512 });
    const body = Buffer.concat([
      Buffer.from('--part\r\nContent-Type: application/dicom\r\n\r\n'),
      made.bytes,
      Buffer.from('\r\n--part--\r\n'),
    ]);
    const type = 'multipart/related; type="application/dicom"; boundary=part';
    return answered(
      'STOW',
      fetch(`${url}/dicomweb/studies`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type },
        body,
      }),
      async (reply) => {
        kept.objects.set(made.sopUid, sha256(dataSet(made.bytes)));
        await reply.arrayBuffer();
      },
    );
  };
  // Pictures that can be read: their analyses are under way when the disk runs full.
  const slices = [...trainingSamples('full disk', 8)].map((sample) => sample.image);
  const upload = (n: number): Promise<void> => {
    const slice = Uint8Array.from(slices[n % slices.length]!);
    // No two alike, so that each is an object of its own.
    slice.set(randomBytes(64));
    const png = encodePng(SAMPLE_SIZE, SAMPLE_SIZE, 1, slice);
    const form = new FormData();
    form.append('files', new File([new Uint8Array(png)], `upload ${n}.png`));
    return answered(
      'upload',
      fetch(`${url}/api/studies`, { method: 'POST', headers, body: form }),
      async (reply) => {
        kept.uploads.set(((await reply.json()) as { studyId: string }).studyId, sha256(png));
      },
    );
  };
  const answer = (n: number): Promise<void> =>
    answered(
      'answer',
      fetch(`${url}/api/patients/${patientId}/diary/2026-01-01`, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ pain: n % 11, steps: n, note: null }),
      }),
      async (reply) => {
        kept.answers.add(n);
        await reply.arrayBuffer();
      },
    );
  const counters: Record<Way, number> = { 'C-STORE': 0, STOW: 0, upload: 0, answer: 0 };
  const load = async (at: Phase, seconds: number): Promise<void> => {
    phase = at;
    const until = Date.now() + seconds * 1_000;
    const keep = async (way: Way, work: (n: number) => Promise<void>, pauseMs: number): Promise<void> => {
      while (Date.now() < until) {
        await work(counters[way]++);
        await delay(pauseMs);
      }
    };
    await Promise.all([
      keep('C-STORE', store, 5),
      keep('STOW', stow, 5),
      keep('upload', upload, 1_200),
      keep('answer', answer, 20),
    ]);
  };
  const demand = (holds: boolean, what: string): void => void (holds || wrong.push(what));

  await load('room', 5);
  demand((await storage()) === '200 ok', `with room, health says ${await storage()}`);
  // More analyses than can be done until then: some are under way when the last byte goes, others wait.
  let again = 0;
  for (let n = 0; n < MOST_ANALYSES; n++) {
    const studyId = [...kept.uploads.keys()][n % kept.uploads.size];
    const reply = await fetch(`${url}/api/studies/${studyId}/analysis`, { method: 'POST', headers });
    if (reply.status === 202) again++;
    await reply.body?.cancel();
  }
  // So much is left that the load itself takes the rest.
  fillTo(KEEP_FREE_BYTES + (24 << 20));
  await load('nearly full', SECONDS.nearly);
  await delay(1_100);
  demand((await storage()) === '200 low', `nearly full, health says ${await storage()}`);
  for (const way of ['C-STORE', 'STOW', 'upload'] as const)
    demand(noted('nearly full', way, /refused|507/) > 0, `nearly full, ${way} was never refused`);
  demand(
    noted('nearly full', 'answer', /^200$/) > 20 && noted('nearly full', 'answer', /^[^2]/) === 0,
    'nearly full, an answer was refused',
  );

  let seenFull = '';
  const filling = (async () => {
    for (const until = Date.now() + SECONDS.full * 1_000; Date.now() < until; await delay(250)) {
      fillTo(0);
      seenFull = await storage().catch((error: unknown) => String(error));
    }
  })();
  await load('full', SECONDS.full);
  await filling;
  demand(/^(200|503) full$/.test(seenFull), `full, health says ${seenFull}`);
  demand(
    [...tally.keys()].filter((key) => key.startsWith('full|')).every((key) => !/\|(500|4\d\d)$/.test(key)),
    'full, something was refused with a status that does not say so',
  );

  const madeRoom = Date.now();
  rmSync(filler, { force: true });
  while ((await storage().catch(() => '')) !== '200 ok' && Date.now() - madeRoom < 120_000) await delay(200);
  const back = Date.now() - madeRoom;
  demand(back < 120_000, 'it did not come back by itself');
  await load('room again', SECONDS.after);
  for (const [way, good] of [
    ['C-STORE', /stored/],
    ['STOW', /^200$/],
    ['upload', /^202$/],
    ['answer', /^200$/],
  ] as const)
    demand(noted('room again', way, good) > 0, `with room again, ${way} is not taken`);

  // Whatever was received before the database could enter it is entered now.
  const failures = new Set<string>();
  const jobs = async (): Promise<Readonly<Record<string, number>>> =>
    inDatabase(({ database }) =>
      database.inSite('main', async (tx) => {
        const rows = await tx.selectFrom('jobs').select(['state', 'problems']).execute();
        for (const { state, problems } of rows)
          if (state === 'failed') failures.add(problems.map(({ what }) => what).join('; '));
        return Object.fromEntries(
          ['queued', 'running', 'done', 'failed'].map((s) => [
            s,
            rows.filter((row) => row.state === s).length,
          ]),
        );
      }),
    );
  for (let n = 0; n < 600 && ((await jobs()).queued ?? 0) + ((await jobs()).running ?? 0) > 0; n++)
    await delay(500);
  const states = await jobs();
  demand(states.queued === 0 && states.running === 0, `jobs that do not end: ${JSON.stringify(states)}`);
  await inDatabase(async ({ database, blobs }) => {
    const instances = await database.inSite('main', (tx) =>
      tx
        .selectFrom('instances as i')
        .innerJoin('blobs as b', 'b.id', 'i.blob_id')
        .select(['i.sop_uid', 'b.object'])
        .execute(),
    );
    const files = await database.inSite('main', (tx) =>
      tx
        .selectFrom('study_files as f')
        .innerJoin('blobs as b', 'b.id', 'f.blob_id')
        .select(['f.study_id', 'b.object'])
        .execute(),
    );
    const days = await database.inSite('main', (tx) =>
      tx.selectFrom('diary_entries').select('steps').execute(),
    );
    const check = async (
      what: string,
      wanted: ReadonlyMap<string, string>,
      rows: readonly { readonly key: string; readonly object: string }[],
      part: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
    ): Promise<void> => {
      const places = new Map<string, string[]>();
      for (const { key, object } of rows) places.set(key, [...(places.get(key) ?? []), object]);
      const lost = [...wanted.keys()].filter((key) => !places.has(key)).length;
      const twice = [...wanted.keys()].filter((key) => (places.get(key)?.length ?? 0) > 1).length;
      let changed = 0;
      for (const [key, hash] of wanted) {
        const [object] = places.get(key) ?? [];
        if (object !== undefined && sha256(part(await blobs.read(object))) !== hash) changed++;
      }
      console.info(
        `${what}: ${wanted.size} acknowledged, ${lost} missing, ${twice} doubled, ${changed} changed`,
      );
      demand(lost + twice + changed === 0, `${what}: acknowledged and not there as they were`);
    };
    await check(
      'objects',
      kept.objects,
      instances.map(({ sop_uid, object }) => ({ key: sop_uid, object })),
      dataSet,
    );
    await check(
      'uploads',
      kept.uploads,
      files.map(({ study_id, object }) => ({ key: study_id, object })),
    );
    const steps = days.map((row) => row.steps);
    const lost = [...kept.answers].filter((n) => !steps.includes(n)).length;
    const twice = steps.length - new Set(steps).size;
    console.info(`answers: ${kept.answers.size} acknowledged, ${lost} missing, ${twice} doubled`);
    demand(lost + twice === 0, 'answers: acknowledged and not there once');
    const verdict = await verifyChain(readChain(database, 'main'));
    demand(verdict.intact, 'the trail is broken');
    console.info(`trail: ${verdict.intact ? `intact, ${verdict.records} records` : 'broken'}`);
  });
  if (failures.size > 0) console.info(`jobs failed with: ${[...failures].join(' | ')}`);
  console.info(
    `jobs: ${JSON.stringify(states)}, ${again} of them asked for before the disk was full; back ${(back / 1_000).toFixed(1)} s after room was made; health when full: ${seenFull}`,
  );
  console.info('| | C-STORE | STOW | upload | answer |\n|---|---|---|---|---|');
  for (const at of ['room', 'nearly full', 'full', 'room again'] as const) {
    const cell = (way: Way): string =>
      [...tally]
        .filter(([key]) => key.startsWith(`${at}|${way}|`))
        .map(([key, n]) => `${n} ${key.split('|')[2]}`)
        .join(', ');
    console.info(`| ${at} | ${cell('C-STORE')} | ${cell('STOW')} | ${cell('upload')} | ${cell('answer')} |`);
  }
}

const dir = mkdtempSync(join(tmpdir(), 'foramen-disk-'));
const disk = smallDisk(dir);
try {
  if (disk === undefined)
    console.warn('NOT RUN: a full disk needs a file system of its own, and none may be mounted here');
  else await run(dir, disk);
} finally {
  disk?.close();
  rmSync(dir, { recursive: true, force: true });
}
for (const line of wrong) console.error(`FAILED: ${line}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
