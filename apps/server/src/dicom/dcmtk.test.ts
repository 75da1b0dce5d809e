import '../testing/patience.ts';
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { encodeForTransfer, readDicom } from '@foramen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inbox } from '../ingest/inbox.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite } from '../testing/site.ts';
import { DicomNode, type NodeOptions } from './node.ts';
import { readPeers } from './peers.ts';

const run = promisify(execFile);
let site: TestSite;
let inbox: Inbox;
let node: DicomNode;
let port: number;
let archivePort: number;
const dir = mkdtempSync(join(tmpdir(), 'foramen-dimse-'));
const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

function options(more: Partial<NodeOptions> = {}): NodeOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    aeTitle: 'FORAMEN',
    peers: readPeers(`SCANNER=127.0.0.1:1,ARCHIVE=127.0.0.1:${archivePort}!`),
    maxAssociations: 10,
    maxObjectBytes: 8 << 20,
    minFreeBytes: 0,
    dataDir: dir,
    idleMs: 5_000,
    ...more,
  };
}

beforeAll(async () => {
  site = await testSite();
  archivePort = await freePort();
  inbox = new Inbox(site.services, { quietSeconds: 0 });
  node = new DicomNode(site.services, inbox, options());
  port = await node.listen();
});
afterAll(async () => {
  await node.stop();
  await inbox.stop();
  await site.close();
  rmSync(dir, { recursive: true, force: true });
});

const stored = (sopUid: string) =>
  site.database.inSite('main', (tx) =>
    tx
      .selectFrom('instances as i')
      .innerJoin('blobs as b', 'b.id', 'i.blob_id')
      .select(['b.object', 'i.received_from', 'i.study_id'])
      .where('i.sop_uid', '=', sopUid)
      .executeTakeFirst(),
  );

const tools = ['echoscu', 'storescu', 'findscu', 'movescu', 'getscu', 'storescp'];
const onPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((d) => existsSync(join(d, name)));
const dcmtk = tools.every(onPath);
if (!dcmtk)
  console.warn('skipped: dcmtk is not installed (echoscu, storescu, findscu, movescu, getscu, storescp)');

describe.runIf(dcmtk)('against dcmtk', () => {
  it('stores, finds, moves and gets', async () => {
    const folder = join(dir, 'dcmtk');
    mkdirSync(folder);
    const objects = Array.from({ length: 5 }, (_, instance) =>
      testObject({ study: 'dcmtk', patient: 'K1', instance }),
    );
    for (const [i, { bytes }] of objects.entries()) writeFileSync(join(folder, `${i}.dcm`), bytes);
    const to = ['-aec', 'FORAMEN', '127.0.0.1', String(port)];
    await run('echoscu', ['-aet', 'SCANNER', ...to]);
    await run('storescu', ['-aet', 'SCANNER', ...to, '+sd', folder]);
    await inbox.settled();
    for (const { sopUid } of objects) expect(await stored(sopUid)).toBeDefined();
    const { stderr, stdout } = await run('findscu', [
      '-aet',
      'SCANNER',
      '-S',
      '-k',
      'QueryRetrieveLevel=STUDY',
      '-k',
      'PatientID=K1',
      '-k',
      'StudyInstanceUID',
      ...to,
    ]);
    expect(`${stdout}${stderr}`).toContain(objects[0]!.studyUid);
    // Get: over the same association.
    const got = join(dir, 'got');
    mkdirSync(got);
    await run('getscu', [
      '-aet',
      'SCANNER',
      '-S',
      '-k',
      'QueryRetrieveLevel=STUDY',
      '-k',
      `StudyInstanceUID=${objects[0]!.studyUid}`,
      '-od',
      got,
      '+B',
      ...to,
    ]);
    expect(readdirSync(got)).toHaveLength(5);
    // Move: to an archive of dcmtk's own.
    const moved = join(dir, 'moved');
    mkdirSync(moved);
    const { spawn } = await import('node:child_process');
    const archive = spawn('storescp', ['-aet', 'ARCHIVE', '-od', moved, '+B', String(archivePort)], {
      stdio: 'ignore',
    });
    try {
      await delay(300);
      await run('movescu', [
        '-aet',
        'SCANNER',
        '-aem',
        'ARCHIVE',
        '-S',
        '-k',
        'QueryRetrieveLevel=STUDY',
        '-k',
        `StudyInstanceUID=${objects[0]!.studyUid}`,
        ...to,
      ]);
      await expect.poll(() => readdirSync(moved).length, { timeout: 60_000 }).toBe(5);
    } finally {
      archive.kill();
    }
    const pixels = (path: string): string | undefined => {
      const read = readDicom(readFileSync(path));
      return read.ok
        ? Buffer.from(encodeForTransfer(read.value.set, '1.2.840.10008.1.2.1')).toString('hex')
        : undefined;
    };
    const want = new Set(objects.map((_, i) => pixels(join(folder, `${i}.dcm`))));
    for (const back of [got, moved])
      for (const name of readdirSync(back)) expect(want.has(pixels(join(back, name)))).toBe(true);
    await expect(run('echoscu', ['-aet', 'NOBODY', ...to])).rejects.toThrow();
  });
});
