import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEADER_BYTES } from './envelope.ts';
import { keyring } from './keyring.ts';
import { release } from './seal-stream.ts';
import { Spool } from './spool.ts';
import { FileBlobStore } from './store.ts';
import { Together } from './together.ts';

const ring = keyring([randomBytes(32).toString('base64')]);
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'foramen-spool-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MIB = 1 << 20;
const SIZES = [0, 1, 131_072, 131_073, 525_000, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 131_073];

describe('objects written by threads that do nothing else', () => {
  it('are read back by the store, whatever their size and however they came', async () => {
    const store = new FileBlobStore(join(root, 'sizes'), ring);
    const spool = new Spool(store.heldFolder, ring);
    const together = new Together(join(root, 'sizes'), ring);
    for (const [n, size] of SIZES.entries()) {
      const content = randomBytes(size);
      const writer = await (n % 2 === 0 ? spool : together).writer();
      for (let at = 0; at < size; ) {
        const step = 1 + Math.floor(Math.random() * 200_000);
        writer.write(content.subarray(at, at + step));
        at += step;
      }
      const stored = await writer.finish(true);
      const digest = typeof stored.sha256 === 'string' ? stored.sha256 : await stored.sha256();
      if ('close' in stored) stored.close();
      expect(digest, `${size}`).toBe(sha(content));
      expect((await store.read(stored.object)).equals(content), `${size}`).toBe(true);
      expect(await store.size(stored.object)).toBe(size);
    }
    await together.named();
    await together.close();
    // The other half is held by the spool; no file is left of those made beforehand.
    const left: unknown[] = [];
    for await (const one of store.list()) left.push(one);
    expect(left).toHaveLength(SIZES.length / 2);
    await spool.close();
  });

  it('are not cut to size when they are one chunk: the header says where it ends, and every change of it is noticed', async () => {
    const store = new FileBlobStore(join(root, 'padded'), ring);
    const spool = new Spool(store.heldFolder, ring);
    const content = randomBytes(70_000);
    const writer = await spool.writer();
    writer.write(content);
    const { object, close } = await writer.finish(true);
    close();
    const path = join(store.heldFolder, object);
    const whole = readFileSync(path);
    const end = HEADER_BYTES + content.length + 16;
    expect(whole.length - end).toBeLessThan(4096);
    expect(whole.subarray(end).every((byte) => byte === 0)).toBe(true);
    const reads = async (bytes: Buffer): Promise<boolean> => {
      writeFileSync(path, bytes);
      return store.read(object).then(
        (read) => read.equals(content),
        () => false,
      );
    };
    expect(await reads(whole.subarray(0, end))).toBe(true);
    for (const at of [0, 7, 9, 30, HEADER_BYTES - 4, HEADER_BYTES - 1, HEADER_BYTES, end - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at]! ^ 3;
      expect(await reads(changed), `byte ${at}`).toBe(false);
    }
    for (const bytes of [whole.subarray(0, end - 1), Buffer.concat([whole, Buffer.alloc(4096)])])
      expect(await reads(bytes), `${bytes.length} bytes`).toBe(false);
    // A backup's part, taken back by a store that has only that.
    writeFileSync(path, whole);
    const saved = join(root, 'saved');
    await store.saveSealed(object, saved);
    const other = new FileBlobStore(join(root, 'other'), ring);
    await other.loadSealed(object, saved);
    expect((await other.read(object)).equals(content)).toBe(true);
    expect(await other.size(object)).toBe(content.length);
    await spool.close();
  });

  it('are held from the moment they are whole, also when many are written at once; what was given up is gone', async () => {
    const store = new FileBlobStore(join(root, 'many'), ring);
    const spool = new Spool(store.heldFolder, ring);
    const contents = Array.from({ length: 150 }, (_, i) => Buffer.alloc(1000 + i, i));
    const stored = await Promise.all(
      contents.map(async (content, i) => {
        const writer = await spool.writer();
        writer.write(content);
        if (i % 10 === 9) return void writer.abort();
        const done = await writer.finish(false);
        const digest = done.sha256();
        // File and buffer may be let go while the digest is worked out.
        done.close();
        expect(await digest).toBe(sha(content));
        return done.object;
      }),
    );
    const kept = stored.filter((object) => object !== undefined);
    expect(kept).toHaveLength(135);
    expect([...(await store.held())].sort()).toEqual([...kept].sort());
    await spool.close();
    expect(readdirSync(store.heldFolder).sort()).toEqual([...kept].sort());
  });
});

describe('files made beforehand', () => {
  it('are all there from the start, and as many again when objects came, failed and went', async () => {
    const folder = join(root, 'ready');
    const spool = new Spool(folder, ring);
    await spool.fill();
    const ready = readdirSync(folder).length;
    expect(ready).toBe(64);
    const taken = await Promise.all(Array.from({ length: 40 }, () => spool.writer()));
    for (const [n, writer] of taken.entries()) {
      writer.write(Buffer.alloc(1_000, n));
      if (n % 2 === 0) writer.abort();
      else (await writer.finish(true)).close();
    }
    await expect.poll(() => readdirSync(folder).length).toBe(ready + 20);
    await spool.close();
    expect(readdirSync(folder).length).toBe(20);
  });
});

describe('giving memory back', () => {
  it('frees a buffer that is alone in its memory, and never one that shares it', () => {
    const own = Buffer.allocUnsafeSlow(70_000);
    release(own);
    expect(own.length).toBe(0);
    const whole = Buffer.allocUnsafeSlow(1000).fill(7);
    release(whole.subarray(10, 20));
    expect(whole[15]).toBe(7);
    release(Buffer.from('of the pool'));
  });
});
