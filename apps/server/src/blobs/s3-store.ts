import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  CHUNK_BYTES,
  chunkPlace,
  type Envelope,
  HEADER_BYTES,
  newEnvelope,
  openChunk,
  openEnvelope,
  plainSize,
  sealChunk,
} from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { S3Client, type S3Place } from './s3-client.ts';
import type { BlobOrigin, BlobStore, BlobWriter, StoredBlob } from './store.ts';

/** Sealed bytes a part of an upload holds before it is sent; more than the 5 MiB the S3 API asks for. */
const PART_BYTES = 8 << 20;
/** A marker of another server is taken over when it is so old: that server would have entered its objects long ago. */
const ABANDONED_MS = 3_600_000;
const OBJECT = /^[0-9a-f]{32}$/;

/**
 * Objects in a bucket, in the same envelope as on disk: the service sees names made at random and ciphertext, nothing else. An object appears
 * whole or not at all, so what is `held` is not moved but marked: `held/<server>/<object>` exists from before the object is acknowledged until
 * it is entered in the database.
 */
export class S3BlobStore implements BlobStore {
  readonly origin: BlobOrigin;
  readonly #s3: S3Client;
  readonly #ring: Keyring;
  readonly #server: string;
  readonly #markers = new Map<string, string>();
  /** Held by this process now: not to be recovered by itself. */
  readonly #writing = new Set<string>();

  /** `server`: a name for this machine's data folder that stays the same over restarts. */
  constructor(place: S3Place, ring: Keyring, server: string) {
    this.origin = { kind: 'bucket', place, server };
    this.#s3 = new S3Client(place);
    this.#ring = ring;
    this.#server = server;
  }

  #key(object: string): string {
    if (!OBJECT.test(object)) throw new Error('not the name of an object');
    return `objects/${object.slice(0, 2)}/${object}`;
  }

  #marker(object: string): string {
    return this.#markers.get(object) ?? `held/${this.#server}/${object}`;
  }

  async writer(options: { readonly held?: boolean } = {}): Promise<BlobWriter> {
    const id = randomBytes(16);
    const object = id.toString('hex');
    const key = this.#key(object);
    const marked = options.held === true ? this.#mark(object) : Promise.resolve();
    // Looked at in `finish`; until then a failure must not end the process.
    marked.catch(() => undefined);
    const { envelope, header } = newEnvelope(this.#ring, id);
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    let filled = 0;
    let index = 0;
    let size = 0;
    let part: Buffer[] = [header];
    let partBytes = header.length;
    let upload: string | undefined;
    const marks: string[] = [];
    let closed = false;
    const seal = async (last: boolean): Promise<void> => {
      for (const bytes of sealChunk(envelope, index++, last, chunk.subarray(0, filled))) {
        part.push(bytes);
        partBytes += bytes.length;
      }
      filled = 0;
      if (last || partBytes < PART_BYTES) return;
      upload ??= await this.#s3.beginParts(key);
      marks.push(await this.#s3.putPart(key, upload, marks.length + 1, part));
      part = [];
      partBytes = 0;
    };
    const abort = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      if (upload !== undefined) await this.#s3.dropParts(key, upload).catch(() => undefined);
      if (options.held === true) {
        await marked.catch(() => undefined);
        await this.#unmark(object).catch(() => undefined);
      }
    };
    return {
      abort,
      write: async (bytes) => {
        hash.update(bytes);
        size += bytes.length;
        for (let at = 0; at < bytes.length; ) {
          if (filled === CHUNK_BYTES) await seal(false);
          const take = Math.min(CHUNK_BYTES - filled, bytes.length - at);
          chunk.set(bytes.subarray(at, at + take), filled);
          filled += take;
          at += take;
        }
      },
      finish: async (): Promise<StoredBlob> => {
        try {
          await seal(true);
          // The marker first: an object without one would be litter to the sweep.
          await marked;
          if (upload === undefined) await this.#s3.put(key, part);
          else {
            marks.push(await this.#s3.putPart(key, upload, marks.length + 1, part));
            await this.#s3.endParts(key, upload, marks);
          }
          closed = true;
        } catch (error) {
          await abort();
          throw error;
        }
        return { sha256: hash.digest('hex'), size, object };
      },
    };
  }

  async #mark(object: string): Promise<void> {
    this.#writing.add(object);
    await this.#s3.put(this.#marker(object), []);
  }

  async #unmark(object: string): Promise<void> {
    await this.#s3.remove(this.#marker(object));
    this.#markers.delete(object);
    this.#writing.delete(object);
  }

  async settle(object: string): Promise<void> {
    this.#key(object);
    await this.#unmark(object);
  }

  async held(): Promise<readonly string[]> {
    const objects: string[] = [];
    for await (const { key, changed } of this.#s3.list('held/')) {
      const [, server, object] = key.split('/');
      if (object === undefined || !OBJECT.test(object) || this.#writing.has(object)) continue;
      if (server !== this.#server && Date.now() - changed.getTime() < ABANDONED_MS) continue;
      this.#markers.set(object, key);
      objects.push(object);
    }
    return objects;
  }

  async setAside(object: string): Promise<void> {
    const found = await this.#s3.get(this.#key(object), 0);
    if (found !== undefined) {
      await this.#s3.put(`unfinished/${object}`, [new Uint8Array(await found.response.arrayBuffer())]);
      await this.#s3.remove(this.#key(object));
    }
    await this.#unmark(object);
  }

  async close(): Promise<void> {
    // Nothing is kept open between calls.
  }

  async put(bytes: Uint8Array): Promise<StoredBlob> {
    const writer = await this.writer();
    await writer.write(bytes);
    return writer.finish();
  }

  async read(object: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.stream(object)) parts.push(part);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  async #open(object: string, upTo: number): Promise<{ envelope: Envelope; total: number; head: Buffer }> {
    const found = await this.#s3.get(this.#key(object), 0, upTo);
    if (found === undefined) throw new Error('an encrypted object is missing');
    const head = Buffer.from(await found.response.arrayBuffer());
    const envelope = openEnvelope(this.#ring, head);
    if (envelope.objectId.toString('hex') !== object)
      throw new Error('an object lies under another one’s name');
    return { envelope, total: found.total, head };
  }

  /** One request for a small object, two for any other. */
  async *stream(object: string, from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    const { envelope, total, head } = await this.#open(object, HEADER_BYTES + CHUNK_BYTES + 16);
    let index = Math.floor(from / envelope.chunkBytes);
    const sealed = this.#sealedChunks(object, envelope, total, head, index, to);
    for await (const { bytes, last } of sealed) {
      const plain = openChunk(envelope, index, last, bytes);
      const start = index++ * envelope.chunkBytes;
      const part = plain.subarray(Math.max(0, from - start), Math.max(0, Math.min(plain.length, to - start)));
      if (part.length > 0) yield part;
      if (last || start + plain.length >= to) return;
    }
  }

  async *#sealedChunks(
    object: string,
    envelope: Envelope,
    total: number,
    head: Buffer,
    first: number,
    to: number,
  ): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
    let index = first;
    const place = (): { start: number; end: number; last: boolean } => {
      const found = chunkPlace(envelope, total, index);
      if (found === undefined) throw new Error('an encrypted object is cut off');
      return found;
    };
    let next = place();
    while (next.end <= head.length) {
      yield { bytes: head.subarray(next.start, next.end), last: next.last };
      if (next.last || (index + 1) * envelope.chunkBytes >= to) return;
      index++;
      next = place();
    }
    const lastIndex = Number.isFinite(to) ? Math.ceil(to / envelope.chunkBytes) - 1 : undefined;
    const until = lastIndex === undefined ? total : (chunkPlace(envelope, total, lastIndex)?.end ?? total);
    const found = await this.#s3.get(this.#key(object), next.start, until);
    if (found?.response.body == null) throw new Error('an encrypted object is missing');
    let waiting: Buffer[] = [];
    let bytes = 0;
    for await (const piece of found.response.body as AsyncIterable<Uint8Array>) {
      waiting.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      bytes += piece.length;
      while (bytes >= next.end - next.start) {
        const all = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
        const length = next.end - next.start;
        yield { bytes: all.subarray(0, length), last: next.last };
        if (next.last || next.end >= until) return;
        waiting = [all.subarray(length)];
        bytes = all.length - length;
        index++;
        next = place();
      }
    }
    throw new Error('an encrypted object is cut off');
  }

  async size(object: string): Promise<number> {
    const { envelope, total } = await this.#open(object, HEADER_BYTES);
    return plainSize(envelope, total);
  }

  async remove(object: string): Promise<void> {
    await Promise.all([this.#s3.remove(this.#key(object)), this.#unmark(object)]);
  }

  async *list(): AsyncGenerator<{ object: string; changed: Date; path: string }> {
    const held = new Set<string>();
    for await (const { key } of this.#s3.list('held/')) held.add(key.split('/')[2] ?? '');
    for await (const { key, changed } of this.#s3.list('objects/')) {
      const object = key.split('/')[2] ?? '';
      if (OBJECT.test(object) && !held.has(object)) yield { object, changed, path: key };
    }
  }

  async saveSealed(object: string, path: string): Promise<void> {
    const found = await this.#s3.get(this.#key(object), 0);
    if (found?.response.body == null) throw new Error('an encrypted object is missing');
    await pipeline(
      Readable.fromWeb(found.response.body as import('node:stream/web').ReadableStream),
      createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }),
    );
  }

  async loadSealed(object: string, path: string): Promise<void> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const key = this.#key(object);
      const piece = async (start: number): Promise<Buffer> => {
        const bytes = Buffer.alloc(Math.min(PART_BYTES, size - start));
        for (let at = 0; at < bytes.length; ) {
          const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
          if (bytesRead === 0) throw new Error('an encrypted object is cut off');
          at += bytesRead;
        }
        return bytes;
      };
      if (size <= PART_BYTES) return await this.#s3.put(key, [await piece(0)]);
      const upload = await this.#s3.beginParts(key);
      const marks: string[] = [];
      for (let at = 0; at < size; at += PART_BYTES)
        marks.push(await this.#s3.putPart(key, upload, marks.length + 1, [await piece(at)]));
      await this.#s3.endParts(key, upload, marks);
    } finally {
      await file.close();
    }
  }
}
