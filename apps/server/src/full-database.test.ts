import './testing/patience.ts';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChain, verifyChain } from './audit/verify.ts';
import { encodePng } from './pictures/png.ts';
import { type DicomSite, dicomSite } from './testing/dicom-site.ts';
import { testObject } from './testing/objects.ts';
import { type TestDatabase, testDatabase, type Visitor } from './testing/site.ts';

/** The whole database, log and all, on a real file system of its own that is filled up; the objects lie elsewhere. Only root may mount one. */
const may = process.platform === 'linux' && process.getuid?.() === 0;
if (!may) console.warn('skipped: a full disk needs a small file system, and only root may mount one');

const disk = mkdtempSync(join(tmpdir(), 'foramen-small-'));
let mounted = false;
let base: TestDatabase | undefined;
let here: DicomSite;
let clinician: Visitor;
let port: number;
beforeAll(async () => {
  if (!may) return;
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=180m,mode=755', 'tmpfs', disk]).status === 0;
  if (!mounted) return console.warn('skipped: mounting is not allowed here');
  chmodSync(disk, 0o755);
  base = await testDatabase(undefined, disk);
  here = await dicomSite({ quietSeconds: 3_600, base });
  clinician = await here.site.visitor('clinician');
  ({ port } = await here.node());
});
afterAll(async () => {
  if (mounted) {
    makeRoom();
    await here.close();
  }
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const filler = join(disk, 'filler');
function fill(): void {
  const block = Buffer.alloc(1 << 20);
  for (;;) {
    const { bavail, bsize } = statfsSync(disk);
    const free = bavail * bsize;
    if (free === 0) return;
    try {
      appendFileSync(filler, block.subarray(0, Math.min(free, block.length)));
    } catch {
      return;
    }
  }
}
function makeRoom(): void {
  rmSync(filler, { force: true });
}

interface Acknowledged {
  readonly studies: string[];
  readonly objects: string[];
}
const acknowledged: Acknowledged = { studies: [], objects: [] };
const statuses = new Map<number, number>();

async function upload(): Promise<number> {
  const form = new FormData();
  form.append('files', new File([new Uint8Array(encodePng(8, 8, 1, randomBytes(64)))], 'slice.png'));
  const reply = await clinician.request('/api/studies', { method: 'POST', body: form });
  statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
  if (reply.status === 202) acknowledged.studies.push(((await reply.json()) as { studyId: string }).studyId);
  else {
    const { problems } = (await reply.json()) as { problems: { what: string }[] };
    expect(problems[0]?.what).toMatch(/is full|not reachable/);
  }
  return reply.status;
}
let sent = 0;
async function send(): Promise<number> {
  const made = testObject({ study: 'full database', patient: 'FD', instance: sent++ });
  const { completed } = await here.store([made.bytes], { aeTitle: 'FORAMEN', host: '127.0.0.1', port });
  if (completed === 1) acknowledged.objects.push(made.sopUid);
  return completed;
}

/** Everything that was acknowledged is there, once, and the trail is whole. */
async function nothingLost(): Promise<void> {
  const { database } = here.site;
  await expect
    .poll(async () => (await here.storedOf('full database')).length, { timeout: 120_000, interval: 500 })
    .toBe(acknowledged.objects.length);
  expect((await here.storedOf('full database')).map((row) => row.sop_uid).sort()).toEqual(
    [...acknowledged.objects].sort(),
  );
  const rows = await database.inSite('main', (tx) =>
    tx
      .selectFrom('study_files as f')
      .innerJoin('blobs as b', 'b.id', 'f.blob_id')
      .innerJoin('jobs as j', 'j.study_id', 'f.study_id')
      .select(['f.study_id', 'b.object'])
      .execute(),
  );
  expect(rows.map((row) => row.study_id).sort()).toEqual([...acknowledged.studies].sort());
  for (const { object } of rows)
    expect((await here.site.services.blobs.read(object)).length).toBeGreaterThan(0);
  expect(await verifyChain(readChain(database, 'main'))).toMatchObject({ intact: true });
}
const ready = async (): Promise<number> => (await here.site.request('/api/ready')).status;

describe.runIf(may)('a database whose disk is full', () => {
  it('is answered with 507, keeps nothing half, keeps what modalities send, and goes on without a restart', async () => {
    if (!mounted) return;
    expect(await upload()).toBe(202);
    expect(await send()).toBe(1);
    fill();
    // What is written fills the pages that are there; then every change is refused.
    let refused = 0;
    for (let n = 0; n < 400 && refused < 5; n++) if ((await upload()) !== 202) refused++;
    expect(refused, JSON.stringify([...statuses])).toBe(5);
    expect(statuses.get(507), JSON.stringify([...statuses])).toBeGreaterThan(0);
    // Reading goes on, and objects are taken: they are safe on a disk of their own, and wait.
    expect(await ready()).toBe(200);
    const before = acknowledged.objects.length;
    for (let n = 0; n < 5; n++) await send();
    expect(acknowledged.objects.length).toBe(before + 5);
    makeRoom();
    await expect.poll(upload, { timeout: 60_000, interval: 500 }).toBe(202);
    await nothingLost();
  });

  it('is started again by itself when its own log found no room', async () => {
    if (!mounted) return;
    fill();
    const before = base?.cluster?.processId;
    const client = new pg.Client({ connectionString: base!.url });
    client.on('error', () => undefined);
    await client.connect();
    let failed = false;
    // A segment of the log is 16 MB: the next one has no room, and the database stops there rather than promise what it cannot keep.
    for (let n = 0; n < 60 && !failed; n++)
      await client.query("select pg_logical_emit_message(true, 'fill', repeat('x', 1000000))").catch(() => {
        failed = true;
      });
    await client.end().catch(() => undefined);
    expect(failed).toBe(true);
    await expect.poll(upload, { timeout: 60_000, interval: 300 }).toBe(503);
    const during = [await upload(), await upload()];
    expect(
      during.every((status) => status === 503 || status === 507),
      String(during),
    ).toBe(true);
    const kept = acknowledged.objects.length;
    expect(await send()).toBe(1);
    expect(acknowledged.objects.length).toBe(kept + 1);
    makeRoom();
    await expect.poll(ready, { timeout: 120_000, interval: 500 }).toBe(200);
    await expect.poll(upload, { timeout: 60_000, interval: 500 }).toBe(202);
    await nothingLost();
    expect(base?.cluster?.processId).toBeDefined();
    console.info(
      `the database's process was ${before} and is ${base?.cluster?.processId}; answers ${JSON.stringify([...statuses])}`,
    );
  });
});
