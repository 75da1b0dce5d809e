import fs, { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BlockFile } from './block-file.ts';
import type { Keyring } from './keyring.ts';
import { fresh } from './random.ts';
import { SealStream } from './seal-stream.ts';
import { type StoredBlob, syncFolder } from './store.ts';

const flush = promisify(fs.fdatasync);

/**
 * Objects of one upload, in one folder of a `FileBlobStore`, under their own names from the start: until rows name them, they are litter like
 * any draft. Sealing is synchronous: meant for a thread that does nothing else.
 */
export class Together {
  readonly #root: string;
  readonly #folder: string;
  readonly #prefix = fresh(1);
  readonly #ring: Keyring;
  /** A file for the next object, made while this one comes. */
  #next: Promise<Slot> | undefined;

  constructor(root: string, ring: Keyring) {
    this.#root = root;
    this.#folder = join(root, this.#prefix.toString('hex'));
    this.#ring = ring;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  async #make(): Promise<Slot> {
    const id = Buffer.concat([this.#prefix, fresh(15)]);
    const path = join(this.#prefix.toString('hex'), id.toString('hex'));
    return { id, file: await BlockFile.createSoon(this.#root, path) };
  }

  #drop({ id, file }: Slot): void {
    file.close();
    rmSync(join(this.#folder, id.toString('hex')), { force: true });
  }

  /** @throws Error when the disk takes no more files. */
  async writer(): Promise<{
    write(bytes: Uint8Array): Promise<void> | undefined;
    finish(): Promise<StoredBlob>;
    abort(): void;
  }> {
    const slot = await (this.#next ?? this.#make());
    this.#next = this.#make();
    // Looked at when it is wanted.
    this.#next.catch(() => undefined);
    const { id, file } = slot;
    const stream = new SealStream(this.#ring, id, file);
    const abort = (): void => {
      stream.close();
      this.#drop(slot);
    };
    return {
      write: (bytes) => stream.write(bytes),
      abort,
      finish: async () => {
        try {
          await stream.end(false);
          await flush(file.fd);
          const stored = { object: id.toString('hex'), size: stream.size, sha256: await stream.digest };
          stream.close();
          file.close();
          return stored;
        } catch (error) {
          abort();
          throw error;
        }
      },
    };
  }

  /** No more objects come. The names of all there are are on disk when this resolves. */
  async close(): Promise<void> {
    const next = await this.#next?.catch(() => undefined);
    this.#next = undefined;
    if (next !== undefined) this.#drop(next);
    await syncFolder(this.#folder);
  }
}

interface Slot {
  readonly id: Buffer;
  readonly file: BlockFile;
}
