import './testing/patience.ts';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSeals } from './audit/seals.ts';
import { readChain, verifyChain } from './audit/verify.ts';
import { keyring } from './blobs/keyring.ts';
import { FileBlobStore } from './blobs/store.ts';
import { associate, SOP } from './dicom/client.ts';
import { type Sendable, sendAll } from './dicom/sender.ts';
import { ensureAccount } from './identity/accounts.ts';
import { attach } from './operations/attach.ts';
import { encodePng } from './pictures/png.ts';
import { readSettings } from './settings.ts';
import { testObject } from './testing/objects.ts';
import { freePort } from './testing/ports.ts';

/** Kills in the default run; `FORAMEN_SOAK=100` gives the long one. */
const KILLS = Number(process.env.FORAMEN_SOAK ?? 6);
const PASSWORD = 'a long enough password';

const dataDir = mkdtempSync(join(tmpdir(), 'foramen-survival-'));
chmodSync(dataDir, 0o755);
let dicomPort = 0;
let httpPort = 0;
let server: ChildProcess;
let up: { url: string; database: number };

async function launch(): Promise<void> {
  server = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'serve-process.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      FORAMEN_DATA: dataDir,
      FORAMEN_LOG: 'error',
      FORAMEN_WORKERS: '1',
      TEST_PORT: String(httpPort),
      FORAMEN_DICOM_PORT: String(dicomPort),
      FORAMEN_DICOM_PEERS: 'SCANNER=127.0.0.1:1',
      FORAMEN_QUIET_SECONDS: '1',
      DATABASE_URL: '',
    },
  });
  up = await new Promise((done, failed) => {
    const gone = setTimeout(() => failed(new Error('the server did not start')), 180_000);
    server.once('exit', (code, signal) => failed(new Error(`the server ended with ${code ?? signal}`)));
    createInterface({ input: server.stdout! }).once('line', (line) => {
      clearTimeout(gone);
      done(JSON.parse(line) as typeof up);
    });
  });
}

async function whileAttached<T>(
  work: (attached: Awaited<ReturnType<typeof attach>>) => Promise<T>,
): Promise<T> {
  const attached = await attach(readSettings({ dataDir }, {}), {});
  try {
    return await work(attached);
  } finally {
    await attached.close();
  }
}

const childrenOf = (pid: number, what: string): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(
        (child) =>
          child.trim() !== '' && readFileSync(`/proc/${child.trim()}/cmdline`, 'utf8').includes(what),
      )
      .map(Number);
  } catch {
    return [];
  }
};

beforeAll(async () => {
  [dicomPort, httpPort] = await Promise.all([freePort(), freePort()]);
  await launch();
  await whileAttached(({ database }) =>
    database.inSite('main', (tx) =>
      ensureAccount(tx, 'main', { login: 'vera', name: 'Vera', role: 'clinician', password: PASSWORD }),
    ),
  );
});
afterAll(async () => {
  const gone = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  await gone;
  rmSync(dataDir, { recursive: true, force: true });
});

const linux = process.platform === 'linux';
if (!linux) console.warn('skipped: killing processes is tested on Linux');

describe.runIf(linux)('kill -9 under load', () => {
  it(
    `loses and doubles nothing that was acknowledged (${KILLS} kills of server, worker and database)`,
    async () => {
      const uploads: { studyId: string; sha256: string }[] = [];
      const objects: string[] = [];
      const statuses = new Map<number, number>();
      let stop = false;
      let cookie: { cookie: string; csrf: string } | undefined;
      const signIn = async () => {
        const reply = await fetch(`${up.url}/api/session`, {
          method: 'POST',
          body: JSON.stringify({ login: 'vera', password: PASSWORD }),
        });
        if (!reply.ok) throw new Error(`signing in: ${reply.status}`);
        const { csrf } = (await reply.json()) as { csrf: string };
        cookie = { cookie: (reply.headers.get('set-cookie') ?? '').split(';')[0]!, csrf };
      };
      const uploader = async (): Promise<void> => {
        for (let n = 0; !stop; n++) {
          try {
            if (cookie === undefined) await signIn();
            const png = encodePng(8, 8, 1, randomBytes(64));
            const form = new FormData();
            form.append('files', new File([new Uint8Array(png)], `upload ${n}.png`));
            const reply = await fetch(`${up.url}/api/studies`, {
              method: 'POST',
              body: form,
              headers: { cookie: cookie!.cookie, 'x-foramen-csrf': cookie!.csrf },
              signal: AbortSignal.timeout(10_000),
            });
            statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
            if (reply.status === 401) cookie = undefined;
            if (reply.status === 202) {
              const { studyId } = (await reply.json()) as { studyId: string };
              uploads.push({ studyId, sha256: createHash('sha256').update(png).digest('hex') });
            }
          } catch {
            // Not acknowledged: nothing is promised.
          }
          await delay(20);
        }
      };
      const store = new FileBlobStore(join(dataDir, 'sender'), keyring([randomBytes(32).toString('base64')]));
      const sender = async (): Promise<void> => {
        for (let n = 0; !stop; n++) {
          const made = Array.from({ length: 5 }, (_, instance) =>
            testObject({ study: `s${n}`, patient: `S${n}`, instance }),
          );
          const items: Sendable[] = [];
          for (const { bytes, sopUid } of made) {
            items.push({
              sopClass: '1.2.840.10008.5.1.4.1.1.4',
              sopUid,
              transferSyntax: '1.2.840.10008.1.2.1',
              object: (await store.put(bytes)).object,
            });
          }
          let told = 0;
          try {
            await sendAll(
              { aeTitle: 'FORAMEN', host: '127.0.0.1', port: dicomPort },
              'SCANNER',
              store,
              items,
              async (result) => {
                // Each call follows one answer: success means it is acknowledged.
                if (result.completed > told)
                  objects.push(items[result.completed + result.failed - 1]!.sopUid);
                told = result.completed;
                return !stop;
              },
            );
          } catch {
            await delay(100);
          }
        }
      };
      const load = [uploader(), uploader(), sender()];
      await delay(500);
      for (let kill = 0; kill < KILLS; kill++) {
        const target = (['worker', 'database', 'server'] as const)[kill % 3]!;
        await delay(200 + Math.random() * 600);
        if (target === 'server') {
          const gone = new Promise((done) => server.once('exit', done));
          server.kill('SIGKILL');
          await gone;
          await launch();
        } else if (target === 'database') {
          for (const pid of childrenOf(server.pid!, 'postgres')) process.kill(pid, 'SIGKILL');
          // The supervisor starts it again; requests answer 503 meanwhile.
          await expect
            .poll(
              () =>
                fetch(`${up.url}/api/ready`).then(
                  (r) => r.status,
                  () => 0,
                ),
              { timeout: 120_000, interval: 100 },
            )
            .toBe(200);
        } else {
          for (const pid of childrenOf(server.pid!, 'worker-process')) process.kill(pid, 'SIGKILL');
        }
      }
      await delay(500);
      stop = true;
      await Promise.all(load);
      expect(uploads.length, JSON.stringify([...statuses])).toBeGreaterThan(0);
      expect(objects.length).toBeGreaterThan(0);
      // The node answers still, and everything it received is entered.
      await (
        await associate({ aeTitle: 'FORAMEN', host: '127.0.0.1', port: dicomPort }, 'SCANNER', [
          { abstractSyntax: SOP.verification, transferSyntaxes: ['1.2.840.10008.1.2'] },
        ])
      ).release();
      await whileAttached(async ({ database, blobs, keyring: ring }) => {
        const count = async (sopUid: string) =>
          (
            await database.inSite('main', (tx) =>
              tx.selectFrom('instances').select('id').where('sop_uid', '=', sopUid).execute(),
            )
          ).length;
        await expect.poll(() => count(objects.at(-1)!)).toBe(1);
        const rows = await database.inSite('main', (tx) =>
          tx
            .selectFrom('study_files as f')
            .innerJoin('blobs as b', 'b.id', 'f.blob_id')
            .select(['f.study_id', 'f.blob_id', 'b.object'])
            .execute(),
        );
        for (const { studyId, sha256 } of uploads) {
          const mine = rows.filter((row) => row.study_id === studyId);
          expect(mine).toHaveLength(1);
          expect(mine[0]?.blob_id).toBe(sha256);
          const content = await blobs.read(mine[0]!.object);
          expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
        }
        const kept = await database.inSite('main', (tx) =>
          tx
            .selectFrom('instances as i')
            .innerJoin('blobs as b', 'b.id', 'i.blob_id')
            .select(['i.sop_uid', 'b.object'])
            .execute(),
        );
        for (const sopUid of objects) {
          const mine = kept.filter((row) => row.sop_uid === sopUid);
          expect(mine, sopUid).toHaveLength(1);
          // The row alone is not the object.
          expect((await blobs.read(mine[0]!.object)).length, sopUid).toBeGreaterThan(100);
        }
        const jobs = await database.inSite('main', (tx) =>
          tx
            .selectFrom('jobs')
            .select(['study_id'])
            .where(
              'study_id',
              'in',
              uploads.map((u) => u.studyId),
            )
            .execute(),
        );
        expect(jobs.length).toBe(uploads.length);
        const doubled = await database.inSite('main', (tx) =>
          tx
            .selectFrom('findings')
            .select('study_id')
            .groupBy('study_id')
            .having((eb) => eb.fn.countAll(), '>', 1)
            .execute(),
        );
        expect(doubled).toEqual([]);
        const { seals, forged } = await readSeals(ring, dataDir, 'main');
        expect(forged).toBe(0);
        expect(await verifyChain(readChain(database, 'main'), seals)).toMatchObject({ intact: true });
      });
      console.info(
        `${KILLS} kills: ${uploads.length} uploads and ${objects.length} objects acknowledged, all there once`,
      );
    },
    180_000 + KILLS * 30_000,
  );
});
