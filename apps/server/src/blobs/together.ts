import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlockFile } from './block-file.ts';
import type { Keyring } from './keyring.ts';
import { fresh } from './random.ts';
import { SealStream } from './seal-stream.ts';
import { type StoredBlob, syncFolder } from './store.ts';

/**
 * Objects of one upload, in one folder of a `FileBlobStore`, under their own names from the start: until rows name them, they are litter like
 * any draft. Files are made, written and flushed beside the thread, so that it goes on with the next object meanwhile.
 */
export class Together {
  readonly #root: string;
  readonly #folder: string;
  readonly #prefix = fresh(1);
  readonly #ring: Keyring;
  /** A file made while the object before is read. */
  #next: Promise<Begun> | undefined;

  constructor(root: string, ring: Keyring) {
    this.#root = root;
    this.#folder = join(root, this.#prefix.toString('hex'));
    this.#ring = ring;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  async #begin(): Promise<Begun> {
    const id = Buffer.concat([this.#prefix, fresh(15)]);
    const path = join(this.#prefix.toString('hex'), id.toString('hex'));
    return { id, file: await BlockFile.createBeside(this.#root, path) };
  }

  #drop({ id, file }: Begun): void {
    file.close();
    rmSync(join(this.#folder, id.toString('hex')), { force: true });
  }

  /** @throws Error when the disk takes no more files. */
  async writer(): Promise<{ write(bytes: Uint8Array): void; finish(): Promise<StoredBlob>; abort(): void }> {
    const begun = await (this.#next ?? this.#begin());
    this.#next = this.#begin();
    this.#next.catch(() => undefined);
    const { id, file } = begun;
    const object = id.toString('hex');
    const stream = new SealStream(this.#ring, id, file);
    return {
      write: (bytes) => stream.write(bytes),
      abort: () => {
        stream.close();
        this.#drop(begun);
      },
      finish: async () => {
        try {
          const written = stream.endBeside();
          // Hashed while the disk is at work.
          const digest = stream.digest();
          stream.close();
          const [sha256] = await Promise.all([digest, written]);
          file.close();
          return { object, size: stream.size, sha256 };
        } catch (error) {
          this.#drop(begun);
          throw error;
        }
      },
    };
  }

  /** The names of all objects are on disk when this resolves. */
  async named(): Promise<void> {
    await syncFolder(this.#folder);
  }

  /** Nothing more comes: takes away the file that was made for it. */
  async close(): Promise<void> {
    const next = await this.#next?.catch(() => undefined);
    if (next !== undefined) this.#drop(next);
    this.#next = undefined;
  }
}

interface Begun {
  readonly id: Buffer;
  readonly file: BlockFile;
}
