import { createHash, randomBytes } from 'node:crypto';
import { fdatasync, fdatasyncSync, mkdirSync, rmSync, writevSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHUNK_BYTES, newEnvelope, sealChunk } from './envelope.ts';
import type { Keyring } from './keyring.ts';
import { type StoredBlob, syncFolder } from './store.ts';

const SLOTS = 64;
const flush = promisify(fdatasync);

/** An object on its way to the disk. Writing is synchronous: meant for a thread that does nothing else. */
export interface SpoolWriter {
  write(bytes: Uint8Array): void;
  /**
   * Everything is on disk when this resolves. `alone`: nobody else waits for this thread, so it may itself wait for the disk, which
   * saves two changes of thread.
   */
  finish(alone: boolean): Promise<StoredBlob>;
  abort(): void;
}

/**
 * Held objects, as `BlobStore.held` finds them, written into files made beforehand: their names are on disk already, so that one flush
 * of the data makes an object durable. That halves what a scanner waits for.
 */
export class Spool {
  readonly #folder: string;
  readonly #ring: Keyring;
  readonly #slots: { id: Buffer; file: FileHandle }[] = [];
  /** Chunk buffers for reuse: making a megabyte for every object keeps the garbage collector busy. */
  readonly #buffers: Buffer[] = [];
  #making: Promise<void> | undefined;
  #closed = false;

  constructor(folder: string, ring: Keyring) {
    this.#folder = folder;
    this.#ring = ring;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  #path(id: Buffer): string {
    return join(this.#folder, id.toString('hex'));
  }

  async #makeSlots(): Promise<void> {
    const made: { id: Buffer; file: FileHandle }[] = [];
    for (let i = 0; i < SLOTS && !this.#closed; i++) {
      const id = randomBytes(16);
      made.push({ id, file: await open(this.#path(id), 'wx', 0o600) });
    }
    await syncFolder(this.#folder);
    this.#slots.push(...made);
  }

  async #slot(): Promise<{ id: Buffer; file: FileHandle }> {
    for (;;) {
      if (this.#slots.length <= SLOTS / 2) {
        this.#making ??= this.#makeSlots().finally(() => {
          this.#making = undefined;
        });
        // A failure (full disk) is the next writer's to report, when no slot is left.
        if (this.#slots.length === 0) await this.#making;
        else this.#making.catch(() => undefined);
      }
      const slot = this.#slots.shift();
      if (slot !== undefined) return slot;
    }
  }

  /** @throws Error when the disk takes no more files. */
  async writer(): Promise<SpoolWriter> {
    const { id, file } = await this.#slot();
    const path = this.#path(id);
    const { envelope, header } = newEnvelope(this.#ring, id);
    const hash = createHash('sha256');
    const buffer = this.#buffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    let ahead: readonly Buffer[] = [header];
    let filled = 0;
    let index = 0;
    let size = 0;
    let over = false;
    const put = (parts: readonly Buffer[]): void => {
      writeAll(file.fd, [...ahead, ...parts]);
      ahead = [];
    };
    const end = async (): Promise<void> => {
      over = true;
      this.#buffers.push(buffer);
      await file.close();
    };
    const abort = (): void => {
      if (over) return;
      void end().catch(() => undefined);
      rmSync(path, { force: true });
    };
    return {
      abort,
      write: (bytes) => {
        hash.update(bytes);
        size += bytes.length;
        for (let at = 0; at < bytes.length; ) {
          // A full chunk waits for the next byte: only then is it known not to be the last.
          if (filled === CHUNK_BYTES) {
            put(sealChunk(envelope, index++, false, buffer));
            filled = 0;
          }
          const take = Math.min(CHUNK_BYTES - filled, bytes.length - at);
          buffer.set(bytes.subarray(at, at + take), filled);
          filled += take;
          at += take;
        }
      },
      finish: async (alone) => {
        try {
          put(sealChunk(envelope, index, true, buffer.subarray(0, filled)));
          if (alone) fdatasyncSync(file.fd);
          else await flush(file.fd);
        } catch (error) {
          abort();
          throw error;
        }
        // Closing cannot lose what was flushed, so nobody waits for it.
        void end().catch(() => undefined);
        return { sha256: hash.digest('hex'), size, object: id.toString('hex') };
      },
    };
  }

  /** Closes and removes the files made beforehand that were not used. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#making?.catch(() => undefined);
    for (const { id, file } of this.#slots.splice(0)) {
      await file.close();
      rmSync(this.#path(id), { force: true });
    }
  }
}

function writeAll(fd: number, parts: readonly Buffer[]): void {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const written = writevSync(fd, parts);
  if (written === total) return;
  // A nearly full disk may take a part only; the rest is tried again and then fails with the reason.
  let rest = Buffer.concat(parts).subarray(written);
  while (rest.length > 0) rest = rest.subarray(writevSync(fd, [rest]));
}
