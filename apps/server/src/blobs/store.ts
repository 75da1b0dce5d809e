import { createHash, randomBytes } from 'node:crypto';
import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  CHUNK_BYTES,
  chunkPlace,
  HEADER_BYTES,
  newEnvelope,
  openChunk,
  openEnvelope,
  plainSize,
  sealChunk,
} from './envelope.ts';
import type { Keyring } from './keyring.ts';
import type { S3Place } from './s3-client.ts';

/** A blob that has reached the disk. It counts once a row in `blobs` names it; until then it is litter that `sweep` removes. */
export interface StoredBlob {
  /** SHA-256 of the content, lower-case hex: the blob's id. */
  readonly sha256: string;
  readonly size: number;
  /** Name of the encrypted object. */
  readonly object: string;
}

export interface BlobWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Everything is on disk, name included, when this resolves. */
  finish(): Promise<StoredBlob>;
  abort(): Promise<void>;
}

interface WriterOptions {
  readonly held?: boolean;
}

/** Where objects are: a folder, or a bucket and the name this machine has there. */
export type BlobOrigin =
  | { readonly kind: 'folder'; readonly root: string }
  | { readonly kind: 'bucket'; readonly place: S3Place; readonly server: string };

/** Encrypted objects somewhere; content in, content out. */
export interface BlobStore {
  /**
   * `held`: the object waits apart until `settle`, so that after a crash it is known what was acknowledged to a sender but not yet
   * entered in the database.
   */
  writer(options?: WriterOptions): Promise<BlobWriter>;
  settle(object: string): Promise<void>;
  held(): Promise<readonly string[]>;
  /** Removes a held object that holds nothing; sets aside one that was not finished, and so never acknowledged. */
  setAside(object: string): Promise<void>;
  close(): Promise<void>;
  /** Folder of held objects, where the DICOM receiver writes them; undefined when they are not held in a folder. */
  readonly heldFolder?: string;
  /** What another thread needs to open the same store. */
  readonly origin: BlobOrigin;
  put(bytes: Uint8Array): Promise<StoredBlob>;
  /** @throws Error when missing or changed. */
  read(object: string): Promise<Buffer>;
  /** Content bytes `from` to `to` (exclusive), decrypted chunk by chunk. */
  stream(object: string, from?: number, to?: number): AsyncGenerator<Buffer>;
  size(object: string): Promise<number>;
  remove(object: string): Promise<void>;
  list(): AsyncGenerator<{ object: string; changed: Date; path: string }>;
  /** Writes the object, still encrypted, to a new file: a backup's part. */
  saveSealed(object: string, path: string): Promise<void>;
  /** Takes an object back from such a file. */
  loadSealed(object: string, path: string): Promise<void>;
}

/** Chunk buffers for reuse: making a megabyte for every object keeps the garbage collector busy. */
const CHUNKS: Buffer[] = [];

export const OBJECT = /^[0-9a-f]{32}$/;

/** Objects as files, two levels of folders, written to `incoming/` first and renamed when whole. */
export class FileBlobStore implements BlobStore {
  readonly heldFolder: string;
  readonly origin: BlobOrigin;
  readonly #root: string;
  readonly #ring: Keyring;
  readonly #made = new Set<string>();

  constructor(root: string, ring: Keyring) {
    this.#root = root;
    this.heldFolder = join(root, 'held');
    this.origin = { kind: 'folder', root };
    this.#ring = ring;
  }

  #path(object: string): string {
    if (!OBJECT.test(object)) throw new Error('not the name of an object');
    return join(this.#root, object.slice(0, 2), object);
  }

  #heldPath(object: string): string {
    if (!OBJECT.test(object)) throw new Error('not the name of an object');
    return join(this.heldFolder, object);
  }

  async #open(object: string): Promise<FileHandle> {
    try {
      return await open(this.#path(object), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    try {
      return await open(this.#heldPath(object), 'r');
    } catch {
      // It may have been settled between the two looks.
      return open(this.#path(object), 'r');
    }
  }

  async settle(object: string): Promise<void> {
    const path = this.#path(object);
    await this.#folder(dirname(path));
    await rename(this.#heldPath(object), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Empty files that this process made beforehand and has not filled are not among them. */
  async held(): Promise<readonly string[]> {
    const names = await readdir(this.heldFolder).catch(() => [] as string[]);
    const began = Date.now() - process.uptime() * 1_000;
    const held: string[] = [];
    for (const name of names.filter((n) => OBJECT.test(n))) {
      const { size, mtimeMs } = await stat(this.#heldPath(name)).catch(() => ({ size: 0, mtimeMs: began }));
      if (size > 0 || mtimeMs < began) held.push(name);
    }
    return held;
  }

  async setAside(object: string): Promise<void> {
    const path = this.#heldPath(object);
    const found = await stat(path).catch(() => undefined);
    // Set aside already, by an attempt that was not committed.
    if (found === undefined) return;
    if (found.size === 0) return rm(path, { force: true });
    const folder = join(this.#root, 'unfinished');
    await this.#folder(folder);
    await rename(path, join(folder, object));
  }

  async close(): Promise<void> {
    // Nothing is kept open between calls.
  }

  /** Makes a folder once a process. */
  async #folder(path: string): Promise<void> {
    if (this.#made.has(path)) return;
    await mkdir(path, { recursive: true, mode: 0o700 });
    this.#made.add(path);
  }

  async writer(options: WriterOptions = {}): Promise<BlobWriter> {
    const held = options.held === true;
    const { id, file, draft } = await (held ? this.#heldDraft() : this.#draft());
    const object = id.toString('hex');
    const { envelope, header } = newEnvelope(this.#ring, id);
    const hash = createHash('sha256');
    const buffer = CHUNKS.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    let filled = 0;
    let index = 0;
    let size = 0;
    let closed = false;
    const giveBack = (): void => {
      if (CHUNKS.length < 16) CHUNKS.push(buffer);
    };
    const abort = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      giveBack();
      await file.close().catch(() => undefined);
      await rm(draft, { force: true });
    };
    // The header travels with the first chunk: one write less.
    let ahead: readonly Buffer[] = [header];
    const put = async (parts: readonly Buffer[]): Promise<void> => {
      await writeParts(file, [...ahead, ...parts]);
      ahead = [];
    };
    return {
      abort,
      write: async (bytes) => {
        hash.update(bytes);
        size += bytes.length;
        for (let at = 0; at < bytes.length; ) {
          // A full chunk waits for the next byte: only then is it known not to be the last.
          if (filled === CHUNK_BYTES) {
            await put(sealChunk(envelope, index++, false, buffer));
            filled = 0;
          }
          const take = Math.min(CHUNK_BYTES - filled, bytes.length - at);
          buffer.set(bytes.subarray(at, at + take), filled);
          filled += take;
          at += take;
        }
      },
      finish: async () => {
        try {
          await put(sealChunk(envelope, index, true, buffer.subarray(0, filled)));
          await file.datasync();
          await file.close();
          if (!held) {
            const path = this.#path(object);
            await this.#folder(dirname(path));
            await rename(draft, path);
            await syncFolder(dirname(path));
          }
          closed = true;
          giveBack();
        } catch (error) {
          await abort();
          throw error;
        }
        return { sha256: hash.digest('hex'), size, object };
      },
    };
  }

  async #heldDraft(): Promise<{ id: Buffer; file: FileHandle; draft: string }> {
    const id = randomBytes(16);
    await this.#folder(this.heldFolder);
    const draft = this.#heldPath(id.toString('hex'));
    const file = await open(draft, 'wx', 0o600);
    await syncFolder(this.heldFolder);
    return { id, file, draft };
  }

  async #draft(): Promise<{ id: Buffer; file: FileHandle; draft: string }> {
    const id = randomBytes(16);
    const incoming = join(this.#root, 'incoming');
    await this.#folder(incoming);
    const draft = join(incoming, id.toString('hex'));
    return { id, file: await open(draft, 'wx', 0o600), draft };
  }

  async put(bytes: Uint8Array): Promise<StoredBlob> {
    const writer = await this.writer();
    try {
      await writer.write(bytes);
      return await writer.finish();
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }

  async read(object: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.stream(object)) parts.push(part);
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  async *stream(object: string, from = 0, to = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    const file = await this.#open(object);
    try {
      const { size } = await file.stat();
      const envelope = openEnvelope(this.#ring, await readExactly(file, 0, Math.min(HEADER_BYTES, size)));
      if (envelope.objectId.toString('hex') !== object)
        throw new Error('an object lies under another one’s name');
      for (let index = Math.floor(from / envelope.chunkBytes); ; index++) {
        const place = chunkPlace(envelope, size, index);
        if (place === undefined) throw new Error('an encrypted object is cut off');
        const plain = openChunk(
          envelope,
          index,
          place.last,
          await readExactly(file, place.start, place.end - place.start),
        );
        const start = index * envelope.chunkBytes;
        const part = plain.subarray(
          Math.max(0, from - start),
          Math.max(0, Math.min(plain.length, to - start)),
        );
        if (part.length > 0) yield part;
        if (place.last || start + plain.length >= to) return;
      }
    } finally {
      await file.close();
    }
  }

  async size(object: string): Promise<number> {
    const file = await this.#open(object);
    try {
      const { size } = await file.stat();
      return plainSize(openEnvelope(this.#ring, await readExactly(file, 0, HEADER_BYTES)), size);
    } finally {
      await file.close();
    }
  }

  async remove(object: string): Promise<void> {
    await rm(this.#path(object), { force: true });
    await rm(this.#heldPath(object), { force: true });
    await rm(join(this.#root, 'incoming', object), { force: true });
  }

  /** A copy with bytes of its own, also on the same disk: a second name for the same bytes would be damaged with them. */
  async saveSealed(object: string, path: string): Promise<void> {
    const take = (from: string) => copyFile(from, path);
    // What was entered a moment ago may still lie among the held ones, or be settled between two looks.
    await take(this.#path(object))
      .catch(() => take(this.#heldPath(object)))
      .catch(() => take(this.#path(object)));
    const file = await open(path, 'r+');
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  async loadSealed(object: string, path: string): Promise<void> {
    const target = this.#path(object);
    await this.#folder(dirname(target));
    await copyFile(path, target);
  }

  async *list(): AsyncGenerator<{ object: string; changed: Date; path: string }> {
    for (const folder of await readdir(this.#root).catch(() => [] as string[])) {
      if (!/^[0-9a-f]{2}$|^incoming$/.test(folder)) continue;
      for (const object of await readdir(join(this.#root, folder))) {
        const path = join(this.#root, folder, object);
        if (OBJECT.test(object)) yield { object, changed: (await stat(path)).mtime, path };
      }
    }
  }
}

async function writeParts(file: FileHandle, parts: readonly Buffer[]): Promise<void> {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const { bytesWritten } = await file.writev([...parts]);
  if (bytesWritten === total) return;
  // A nearly full disk may take a part only; the rest is tried again and then fails with the reason.
  const rest = Buffer.concat(parts).subarray(bytesWritten);
  for (let at = 0; at < rest.length; ) at += (await file.write(rest, at)).bytesWritten;
}

async function readExactly(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, start + at);
    if (bytesRead === 0) throw new Error('an encrypted object is cut off');
    at += bytesRead;
  }
  return bytes;
}

/** The new name itself must survive a power cut; Windows has no way to ask for that. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
