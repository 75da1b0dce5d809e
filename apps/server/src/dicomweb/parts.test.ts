import '../testing/patience.ts';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testObject } from '../testing/objects.ts';
import { type TestSite, testSite } from '../testing/site.ts';
import type { StoredPart } from './parts-link.ts';
import { PartsReceiver } from './parts-receiver.ts';

let site: TestSite;
beforeAll(async () => {
  site = await testSite();
});
afterAll(() => site.close());

/** Takes one upload over a real socket, sent in pieces of this size; `cut` ends the connection in the middle. */
async function upload(body: Buffer, piece: number, cut = false): Promise<readonly StoredPart[]> {
  const receiver = new PartsReceiver(site.services);
  const { promise, resolve, reject } = Promise.withResolvers<readonly StoredPart[]>();
  const begun = Promise.withResolvers<void>();
  const server = createServer((incoming: IncomingMessage, reply) => {
    begun.resolve();
    receiver.receive(new Request('http://localhost'), incoming, 'b').then(resolve, reject);
    promise.then(
      () => reply.end(),
      () => reply.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const sending = request({
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    headers: { 'content-length': body.length },
  });
  sending.on('error', () => undefined);
  sending.on('response', (reply) => reply.resume());
  const end = cut ? Math.floor(body.length * 0.6) : body.length;
  for (let at = 0; at < end; at += piece) {
    sending.write(body.subarray(at, Math.min(end, at + piece)));
    await new Promise((done) => setImmediate(done));
  }
  // On a busy machine all may be written before the other side has heard of it, and a connection cut then has brought nothing.
  await begun.promise;
  if (cut) sending.destroy();
  else sending.end();
  try {
    return await promise;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const bodyOf = (objects: readonly Uint8Array[]): Buffer =>
  Buffer.concat([
    ...objects.flatMap((bytes) => [
      Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);

async function stored(): Promise<string[]> {
  const all: string[] = [];
  for await (const { object } of site.services.blobs.list()) all.push(object);
  return all.sort();
}

const objects = [
  ...Array.from({ length: 12 }, (_, i) => testObject({ study: 'parts', instance: i, side: 300 }).bytes),
  Buffer.from('this is no DICOM object'),
];

it('keeps parts apart and in order, however the network cuts them', async () => {
  for (const piece of [777, 65_536, 1 << 20]) {
    const parts = await upload(bodyOf(objects), piece);
    expect(parts).toHaveLength(objects.length);
    for (const [i, part] of parts.entries()) {
      expect(part.facts?.instanceNumber).toBe(i < 12 ? i : undefined);
      // What is small and no DICOM is not kept.
      if (i === 12) expect(part.stored).toBeUndefined();
      else expect((await site.services.blobs.read(part.stored?.object ?? '')).equals(objects[i]!)).toBe(true);
    }
  }
});

it('makes no files of a thousand parts that hold nothing', async () => {
  const before = await stored();
  const parts = await upload(bodyOf(Array.from({ length: 1_000 }, () => new Uint8Array(0))), 65_536);
  expect(parts).toHaveLength(1_000);
  expect(parts.every((part) => part.stored === undefined && part.facts === undefined)).toBe(true);
  expect(await stored()).toEqual(before);
});

it('leaves nothing of an upload that is cut off or too large', async () => {
  const before = await stored();
  await expect(upload(bodyOf(objects), 65_536, true)).rejects.toThrow();
  expect(await stored()).toEqual(before);
  const small = new PartsReceiver({ ...site.services, maxUploadBytes: 500_000 });
  const whole = new Request('http://localhost', { method: 'POST', body: new Uint8Array(bodyOf(objects)) });
  await expect(small.receive(whole, undefined, 'b')).rejects.toMatchObject({ status: 413 });
  expect(await stored()).toEqual(before);
});
