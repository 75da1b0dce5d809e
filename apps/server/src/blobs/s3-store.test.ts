import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3_KEYS, type S3Server, s3Server } from '../testing/s3-server.ts';
import { sweepBlobs } from './catalogue.ts';
import { CHUNK_BYTES } from './envelope.ts';
import { keyring } from './keyring.ts';
import { openBlobStore, s3Place } from './open.ts';
import { S3BlobStore } from './s3-store.ts';
import { type BlobStore, FileBlobStore } from './store.ts';

const ring = keyring([randomBytes(32).toString('base64')]);
const root = mkdtempSync(join(tmpdir(), 'foramen-s3-'));
let s3: S3Server;
beforeAll(async () => {
  s3 = await s3Server({ page: 3 });
});
afterAll(async () => {
  await s3.close();
  rmSync(root, { recursive: true, force: true });
});
const place = (prefix: string) => ({
  endpoint: s3.endpoint,
  bucket: 'spine',
  region: 'eu-central-1',
  prefix,
  ...S3_KEYS,
});

/** One suite for every place objects can lie in. */
const STORES: readonly [string, (name: string) => BlobStore][] = [
  ['a folder', (name) => new FileBlobStore(join(root, name), ring)],
  ['a bucket', (name) => new S3BlobStore(place(`${name}/`), ring, 'a')],
];
const collect = async (parts: AsyncGenerator<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};

describe.each(STORES)('a store in %s', (where, open) => {
  const store = (name: string): BlobStore => open(`contract-${name}`);

  it.each([0, 1, 100, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 9 * CHUNK_BYTES, 20 * CHUNK_BYTES + 17])(
    'gives back %i bytes as they were',
    async (size) => {
      const blobs = store('sizes');
      const content = randomBytes(size);
      const writer = await blobs.writer();
      for (let at = 0; at < size; at += 700_001) await writer.write(content.subarray(at, at + 700_001));
      const stored = await writer.finish();
      expect(stored).toMatchObject({ size, sha256: createHash('sha256').update(content).digest('hex') });
      expect((await blobs.read(stored.object)).equals(content)).toBe(true);
      expect(await blobs.size(stored.object)).toBe(size);
    },
  );

  it('reads a range without the rest', async () => {
    const blobs = store('range');
    const content = randomBytes(4 * CHUNK_BYTES + 500);
    const { object } = await blobs.put(content);
    for (const [from, to] of [
      [0, 10],
      [0, CHUNK_BYTES],
      [CHUNK_BYTES - 5, CHUNK_BYTES + 5],
      [2 * CHUNK_BYTES, 3 * CHUNK_BYTES],
      [4 * CHUNK_BYTES + 100, content.length],
      [17, content.length],
    ] as const)
      expect(
        (await collect(blobs.stream(object, from, to))).equals(content.subarray(from, to)),
        `${from}-${to}`,
      ).toBe(true);
    for await (const first of blobs.stream(object)) {
      expect(first.equals(content.subarray(0, first.length))).toBe(true);
      break;
    }
  });

  it('keeps what was acknowledged apart until it is entered', async () => {
    const blobs = store('held');
    const writer = await blobs.writer({ held: true });
    await writer.write(Buffer.from('acknowledged'));
    const { object } = await writer.finish();
    // A store opened anew stands for the server after a crash.
    const again = store('held');
    expect(await again.held()).toContain(object);
    expect((await again.read(object)).toString()).toBe('acknowledged');
    expect(await sweepBlobs(again, async () => new Set(), new Date(Date.now() + 60_000))).toBe(0);
    await again.settle(object);
    expect(await again.held()).not.toContain(object);
    expect((await store('held').read(object)).toString()).toBe('acknowledged');
    await blobs.close();
  });

  it('sets aside what cannot be entered, forgets what was given up, and removes for good', async () => {
    const blobs = store('aside');
    const writer = await blobs.writer({ held: true });
    await writer.write(Buffer.from('unreadable'));
    const { object } = await writer.finish();
    const again = store('aside');
    await again.setAside(object);
    expect(await again.held()).not.toContain(object);
    await expect(again.read(object)).rejects.toThrow();
    const given = await again.writer({ held: true });
    await given.write(randomBytes(100));
    await given.abort();
    const kept = await again.put(Buffer.from('x'));
    await again.remove(kept.object);
    await expect(again.read(kept.object)).rejects.toThrow();
    await again.close();
    await blobs.close();
    const left: string[] = [];
    for await (const item of store('aside').list()) left.push(item.object);
    expect(left).toEqual([]);
  });

  it('lists everything, and the sweep removes what no row names', async () => {
    const blobs = store('list');
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, i) => blobs.put(Buffer.from(`object ${i}`))),
    );
    const listed: string[] = [];
    for await (const { object } of blobs.list()) listed.push(object);
    expect(listed.sort()).toEqual(made.map((m) => m.object).sort());
    const named = new Set(made.slice(0, 5).map((m) => m.object));
    expect(await sweepBlobs(blobs, async () => named, new Date(Date.now() + 60_000))).toBe(3);
  });

  it('carries sealed objects out and in again', async () => {
    const blobs = store('carry');
    for (const [i, size] of [100, 10 * CHUNK_BYTES].entries()) {
      const content = randomBytes(size);
      const { object } = await blobs.put(content);
      const file = join(root, `${object}-${i}`);
      await blobs.saveSealed(object, file);
      await blobs.remove(object);
      await blobs.loadSealed(object, file);
      expect((await blobs.read(object)).equals(content)).toBe(true);
    }
  });

  it('opens no object with a foreign key', async () => {
    const { object } = await store('key').put(Buffer.from('secret'));
    const other = keyring([randomBytes(32).toString('base64')]);
    const foreign =
      where === 'a folder'
        ? new FileBlobStore(join(root, 'contract-key'), other)
        : new S3BlobStore(place('contract-key/'), other, 'a');
    await expect(foreign.read(object)).rejects.toThrow('master key');
  });
});

describe('a bucket', () => {
  it('holds ciphertext only', async () => {
    const store = new S3BlobStore(place('cipher/'), ring, 'a');
    const { object } = await store.put(Buffer.from('patient name '.repeat(1_000)));
    const kept = s3.objects.get(`cipher/objects/${object.slice(0, 2)}/${object}`)!;
    expect(kept.bytes.includes('patient name')).toBe(false);
  });

  it('notices a changed, cut or swapped object', async () => {
    const store = new S3BlobStore(place('tamper/'), ring, 'a');
    const key = (o: string) => `tamper/objects/${o.slice(0, 2)}/${o}`;
    const [one, two] = await Promise.all([
      store.put(randomBytes(3 * CHUNK_BYTES)),
      store.put(randomBytes(50)),
    ]);
    const whole = s3.objects.get(key(one.object))!;
    for (const at of [0, 30, 200, CHUNK_BYTES + 5_000, whole.bytes.length - 1]) {
      const bytes = Buffer.from(whole.bytes);
      bytes[at] = bytes[at]! ^ 1;
      s3.objects.set(key(one.object), { ...whole, bytes });
      await expect(store.read(one.object), `byte ${at}`).rejects.toThrow();
    }
    for (const length of [whole.bytes.length - 1, 2 * CHUNK_BYTES, 100]) {
      s3.objects.set(key(one.object), { ...whole, bytes: whole.bytes.subarray(0, length) });
      await expect(store.read(one.object), `cut at ${length}`).rejects.toThrow();
    }
    s3.objects.set(key(one.object), s3.objects.get(key(two.object))!);
    await expect(store.read(one.object)).rejects.toThrow('another one');
  });

  it('goes on through a busy service and a broken line, and says so when neither ends', async () => {
    const store = new S3BlobStore(place('flaky/'), ring, 'a');
    for (const status of [503, 429, 0]) {
      s3.fail(2, status);
      const { object } = await store.put(Buffer.from('through'));
      s3.fail(2, status);
      expect((await store.read(object)).toString()).toBe('through');
    }
    s3.fail(100, 503);
    await expect(store.put(Buffer.from('never'))).rejects.toMatchObject({ status: 503 });
    s3.fail(0, 0);
  });

  it('is not asked twice when it refuses', async () => {
    const wrong = new S3BlobStore({ ...place('x/'), secretAccessKey: 'not the secret' }, ring, 'a');
    const before = s3.requests.length;
    await expect(wrong.put(Buffer.from('x'))).rejects.toThrow('status 403');
    expect(s3.requests.length).toBe(before + 1);
  });

  it('leaves another live server’s objects to that server', async () => {
    const theirs = await new S3BlobStore(place('two/'), ring, 'a').writer({ held: true });
    await theirs.write(Buffer.from('of a'));
    const { object } = await theirs.finish();
    const other = new S3BlobStore(place('two/'), ring, 'b');
    expect(await other.held()).toEqual([]);
    const marker = s3.objects.get(`two/held/a/${object}`)!;
    s3.objects.set(`two/held/a/${object}`, { ...marker, changed: new Date(Date.now() - 2 * 3_600_000) });
    expect(await other.held()).toEqual([object]);
    await other.settle(object);
    expect(s3.objects.has(`two/held/a/${object}`)).toBe(false);
  });

  it('reads a small object with one request', async () => {
    const store = new S3BlobStore(place('one/'), ring, 'a');
    const { object } = await store.put(randomBytes(525_000));
    const before = s3.requests.length;
    await store.read(object);
    expect(s3.requests.length - before).toBe(1);
  });
});

describe('the settings of a bucket', () => {
  const env = { FORAMEN_S3_BUCKET: 'spine', FORAMEN_S3_KEY_ID: 'k', FORAMEN_S3_SECRET: 's' };
  it('choose the store', () => {
    expect(openBlobStore(root, {}, ring)).toBeInstanceOf(FileBlobStore);
    expect(openBlobStore(root, env, ring)).toBeInstanceOf(S3BlobStore);
    expect(s3Place({ ...env, FORAMEN_S3_REGION: 'eu-west-1' })?.endpoint).toBe(
      'https://s3.eu-west-1.amazonaws.com/',
    );
  });
  it.each([
    [{ FORAMEN_S3_BUCKET: 'Not a bucket' }, 'name of a bucket'],
    [{ FORAMEN_S3_KEY_ID: '' }, 'needs FORAMEN_S3_KEY_ID'],
    [{ FORAMEN_S3_ENDPOINT: 'http://10.0.0.5:9000' }, 'must be https'],
    [{ FORAMEN_S3_ENDPOINT: 'nonsense' }, 'not an address'],
    [{ FORAMEN_S3_PREFIX: '../x' }, 'FORAMEN_S3_PREFIX'],
  ])('refuse %o', (change, message) => {
    expect(() => s3Place({ ...env, ...change })).toThrow(message);
  });
});
