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
 * any draft. Writing is synchronous, flushing is not: meant for a thread that does nothing else.
 */
export class Together {
  readonly #root: string;
  readonly #folder: string;
  readonly #prefix = fresh(1);
  readonly #ring: Keyring;

  constructor(root: string, ring: Keyring) {
    this.#root = root;
    this.#folder = join(root, this.#prefix.toString('hex'));
    this.#ring = ring;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** @throws Error when the disk takes no more files. */
  writer(): { write(bytes: Uint8Array): void; finish(): Promise<StoredBlob>; abort(): void } {
    const id = Buffer.concat([this.#prefix, fresh(15)]);
    const object = id.toString('hex');
    const path = join(this.#folder, object);
    // Opened and closed at once rather than by the pool of threads: while those wait for the disk, the next object must not wait for them.
    const file = BlockFile.create(this.#root, join(this.#prefix.toString('hex'), object));
    const stream = new SealStream(this.#ring, id, file);
    const abort = (): void => {
      file.close();
      rmSync(path, { force: true });
    };
    return {
      write: (bytes) => stream.write(bytes),
      abort: () => {
        stream.close();
        abort();
      },
      finish: async () => {
        try {
          stream.end();
          const flushed = flush(file.fd);
          // Hashed while the disk is at work.
          const digest = stream.digest();
          stream.close();
          const [sha256] = await Promise.all([digest, flushed]);
          file.close();
          return { object, size: stream.size, sha256 };
        } catch (error) {
          abort();
          throw error;
        }
      },
    };
  }

  /** The names of all objects are on disk when this resolves. */
  async named(): Promise<void> {
    await syncFolder(this.#folder);
  }
}
