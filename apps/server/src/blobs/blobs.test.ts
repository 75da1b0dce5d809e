import { createHash, randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sweepBlobs } from './catalogue.ts';
import { CHUNK_BYTES, chunkPlace, HEADER_BYTES, newEnvelope, openChunk, sealChunk } from './envelope.ts';
import { keyring, loadKeyring } from './keyring.ts';
import { FileBlobStore } from './store.ts';

const root = mkdtempSync(join(tmpdir(), 'foramen-blobs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const key = randomBytes(32).toString('base64');
const store = new FileBlobStore(join(root, 'a'), keyring([key]));
const fileOf = (object: string): string => join(root, 'a', object.slice(0, 2), object);

describe('encrypted blobs', () => {
  it.each([
    0,
    1,
    100,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    2 * CHUNK_BYTES,
    2 * CHUNK_BYTES + 12_345,
  ])('gives back %i bytes as they were', async (size) => {
    const content = randomBytes(size);
    const stored = await store.put(content);
    expect(stored.size).toBe(size);
    expect(stored.sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect((await store.read(stored.object)).equals(content)).toBe(true);
    expect(await store.size(stored.object)).toBe(size);
  });

  it('hides the content and is written in pieces of any size', async () => {
    const content = Buffer.from('patient name '.repeat(100_000));
    const writer = await store.writer();
    for (let at = 0; at < content.length; at += 7_919) await writer.write(content.subarray(at, at + 7_919));
    const { object } = await writer.finish();
    expect(readFileSync(fileOf(object)).includes('patient name')).toBe(false);
    expect((await store.read(object)).equals(content)).toBe(true);
  });

  it('reads a range without the rest', async () => {
    const content = randomBytes(3 * CHUNK_BYTES + 500);
    const { object } = await store.put(content);
    for (const [from, to] of [
      [0, 10],
      [CHUNK_BYTES - 5, CHUNK_BYTES + 5],
      [2 * CHUNK_BYTES, 3 * CHUNK_BYTES],
      [3 * CHUNK_BYTES + 100, content.length],
      [17, content.length],
    ] as const) {
      const parts: Buffer[] = [];
      for await (const part of store.stream(object, from, to)) parts.push(part);
      expect(Buffer.concat(parts).equals(content.subarray(from, to))).toBe(true);
    }
  });

  it('notices every changed byte, a cut, an added chunk and a swap of names', async () => {
    const { object } = await store.put(randomBytes(CHUNK_BYTES + 1_000));
    const path = fileOf(object);
    const whole = readFileSync(path);
    for (const at of [
      0,
      9,
      30,
      60,
      91,
      95,
      HEADER_BYTES,
      HEADER_BYTES + CHUNK_BYTES + 16,
      whole.length - 1,
    ]) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ 1;
      writeFileSync(path, changed);
      await expect(store.read(object), `byte ${at}`).rejects.toThrow();
    }
    for (const length of [whole.length - 1, HEADER_BYTES + CHUNK_BYTES + 16, HEADER_BYTES, 10, 0]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      await expect(store.read(object), `cut at ${length}`).rejects.toThrow();
    }
    writeFileSync(path, Buffer.concat([whole, whole.subarray(HEADER_BYTES)]));
    await expect(store.read(object)).rejects.toThrow();
    writeFileSync(path, whole);
    const other = await store.put(Buffer.from('somebody else'));
    renameSync(path, fileOf(other.object));
    await expect(store.read(other.object)).rejects.toThrow('another one');
  });

  it('opens with an older key of the ring, not with a foreign one', async () => {
    const { object } = await store.put(Buffer.from('old'));
    const fresh = randomBytes(32).toString('base64');
    expect((await new FileBlobStore(join(root, 'a'), keyring([fresh, key])).read(object)).toString()).toBe(
      'old',
    );
    await expect(new FileBlobStore(join(root, 'a'), keyring([fresh])).read(object)).rejects.toThrow(
      'master key',
    );
  });

  it('leaves nothing behind when a write is given up, and sweeps what a crash left', async () => {
    const dir = join(root, 'b');
    const small = new FileBlobStore(dir, keyring([key]));
    const writer = await small.writer();
    await writer.write(randomBytes(10));
    await writer.abort();
    expect(readdirSync(join(dir, 'incoming'))).toEqual([]);
    const kept = await small.put(Buffer.from('kept'));
    const litter = await small.put(Buffer.from('litter'));
    // A draft that a kill left: it was never finished under its own name.
    writeFileSync(join(dir, 'incoming', '0'.repeat(32)), 'half');
    const named = async () => new Set([kept.object]);
    expect(await sweepBlobs(small, named, new Date(Date.now() - 60_000))).toBe(0);
    expect(await sweepBlobs(small, named, new Date(Date.now() + 60_000))).toBe(2);
    await expect(small.read(litter.object)).rejects.toThrow();
    expect((await small.read(kept.object)).toString()).toBe('kept');
    expect(readdirSync(join(dir, 'incoming'))).toEqual([]);
  });

  it('refuses names that are not objects', async () => {
    await expect(store.read('../../etc/passwd')).rejects.toThrow('not the name');
  });
});

describe('a sealed chunk', () => {
  const ring = keyring([key]);
  const { envelope } = newEnvelope(ring, randomBytes(16));
  const sealed = Buffer.concat(sealChunk(envelope, 3, false, Buffer.from('chunk')));

  it('is bound to its object, its place and whether it is the last', () => {
    expect(openChunk(envelope, 3, false, sealed).toString()).toBe('chunk');
    // The same key: nothing but what it is bound to tells them apart.
    expect(() => openChunk({ ...envelope, objectId: randomBytes(16) }, 3, false, sealed)).toThrow();
    expect(() => openChunk(envelope, 4, false, sealed)).toThrow();
    expect(() => openChunk(envelope, 3, true, sealed)).toThrow();
    expect(() => openChunk(envelope, 3, false, sealed.subarray(0, 10))).toThrow('cut off');
  });

  it('lies where the size of the object says; behind its end there is none', () => {
    const stride = CHUNK_BYTES + 16;
    const size = HEADER_BYTES + stride + 16;
    expect(chunkPlace(envelope, size, 0)).toMatchObject({ start: HEADER_BYTES, last: false });
    expect(chunkPlace(envelope, size, 1)).toEqual({ start: HEADER_BYTES + stride, end: size, last: true });
    expect(chunkPlace(envelope, size, 2)).toBeUndefined();
    // Less than a tag is no chunk.
    expect(chunkPlace(envelope, size - 1, 1)).toBeUndefined();
  });
});

describe('the master key', () => {
  it('gives each purpose a key of its own, and the first of the ring gives it', () => {
    const [one, two] = [keyring([key]), keyring([key, randomBytes(32).toString('base64')])];
    expect(one.derive('a').equals(one.derive('b'))).toBe(false);
    expect(one.derive('a').equals(two.derive('a'))).toBe(true);
    expect(one.derive('a').equals(Buffer.from(key, 'base64'))).toBe(false);
  });
  it('is made once, readable by the owner only, and the same afterwards', () => {
    const dir = mkdtempSync(join(root, 'key-'));
    const first = loadKeyring(dir, {});
    expect(loadKeyring(dir, {}).keys[0].bytes.equals(first.keys[0].bytes)).toBe(true);
    expect(loadKeyring(dir, { FORAMEN_MASTER_KEY: key }).keys[0].bytes.toString('base64')).toBe(key);
  });
  it('must be 32 bytes', () => {
    expect(() => keyring(['c2hvcnQ='])).toThrow('32 bytes');
  });
});
