import '../testing/patience.ts';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relate } from '../identity/accounts.ts';
import { createPatient } from '../records/patients.ts';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite, type Visitor } from '../testing/site.ts';

/** Bodies come as slowly as their senders like; nothing else may wait for them, and what changes meanwhile counts. */
let site: TestSite;
let patientId: string;
beforeAll(async () => {
  site = await testSite();
  patientId = await site.database.inSite('main', (tx) => createPatient(tx, 'main', { name: 'Anna Vogt' }));
});
afterAll(() => site.close());

const doctor = async (name: string): Promise<Visitor> => {
  const visitor = await site.visitor('clinician', name);
  await site.database.inSite('main', (tx) =>
    relate(tx, 'main', visitor.accountId, patientId, 'care-team', 'test'),
  );
  return visitor;
};

interface Way {
  readonly path: () => string;
  readonly method: string;
  readonly type: string;
  readonly head: string;
  readonly rest: Uint8Array;
  readonly good: number;
}
const dicom = testObject({ study: 'slow', patient: 'SLOW', instance: 1 }).bytes;
const WAYS: Readonly<Record<string, Way>> = {
  upload: {
    path: () => '/api/studies',
    method: 'POST',
    type: 'multipart/form-data; boundary=b',
    head: '--b\r\nContent-Disposition: form-data; name="files"; filename="a.dcm"\r\n\r\n',
    rest: Buffer.concat([dicom, Buffer.from('\r\n--b--\r\n')]),
    good: 202,
  },
  'STOW-RS': {
    path: () => '/dicomweb/studies',
    method: 'POST',
    type: 'multipart/related; type="application/dicom"; boundary=b',
    head: '--b\r\nContent-Type: application/dicom\r\n\r\n',
    rest: Buffer.concat([
      testObject({ study: 'stow', patient: 'STOW', instance: 1 }).bytes,
      Buffer.from('\r\n--b--\r\n'),
    ]),
    good: 200,
  },
  genome: {
    path: () => `/api/patients/${patientId}/genome`,
    method: 'PUT',
    type: 'text/plain',
    head: '##fileformat=VCFv4.2\n',
    rest: Buffer.from('#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n'),
    good: 202,
  },
};

/** A request whose body stops after its head until `go` is called. */
function begin(visitor: Visitor, way: Way): { answer: Promise<Response>; go: () => void } {
  let go = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from(way.head));
      go = () => {
        controller.enqueue(way.rest);
        controller.close();
      };
    },
  });
  const init = { method: way.method, headers: { 'content-type': way.type }, body, duplex: 'half' };
  return { answer: visitor.request(way.path(), init as RequestInit), go: () => go() };
}
const busy = (): number => site.database.pool.totalCount - site.database.pool.idleCount;
const objects = (): number =>
  readdirSync(join(site.dataDir, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(site.dataDir, 'blobs', name)).isFile(),
  ).length;

describe.each(Object.entries(WAYS))('a slow body of %s', (name, way) => {
  it('holds no connection to the database: more of them than it has, and others are served', async () => {
    const visitor = await doctor(`${name} many`);
    const slow = Array.from({ length: 14 }, () => begin(visitor, way));
    await expect.poll(busy).toBe(0);
    expect((await visitor.request('/api/patients')).status).toBe(200);
    for (const { go } of slow) go();
    const statuses = (await Promise.all(slow.map(({ answer }) => answer))).map((reply) => reply.status);
    expect(statuses).toContain(way.good);
    // The study is one and the same: the first makes it, the others hear that it is here.
    expect(statuses.filter((status) => status !== way.good && status !== 409)).toEqual([]);
  });

  it('comes to nothing when its sender is signed out before its end', async () => {
    const visitor = await doctor(`${name} leaver`);
    const before = objects();
    const { answer, go } = begin(visitor, way);
    await expect.poll(busy).toBe(0);
    await visitor.request('/api/session', { method: 'DELETE' });
    go();
    expect((await answer).status).toBe(401);
    await expect.poll(objects).toBe(before);
  });
});

it('a genome whose sender is taken from the team before its end is refused, and nothing of it kept', async () => {
  const visitor = await doctor('former');
  const before = objects();
  const { answer, go } = begin(visitor, WAYS.genome!);
  await expect.poll(busy).toBe(0);
  await site.database.inSite('main', (tx) =>
    tx.deleteFrom('relationships').where('account_id', '=', visitor.accountId).execute(),
  );
  go();
  expect((await answer).status).toBe(404);
  expect(objects()).toBe(before);
});
