import fs, { fdatasyncSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BlockFile } from './block-file.ts';
import type { Keyring } from './keyring.ts';
import { fresh } from './random.ts';
import { SealStream } from './seal-stream.ts';
import { syncFolder } from './store.ts';

const SLOTS = 64;
const flush = promisify(fs.fdatasync);

/** An object that is on disk under its name. */
export interface Spooled {
  readonly object: string;
  readonly size: number;
  /** SHA-256 of the content, lower-case hex; to be asked once, before `close`. */
  sha256(): Promise<string>;
  /** Lets go of file and buffer, and makes ready for an object to come: what can wait until the sender has been answered. */
  close(): void;
}

/** An object on its way to the disk. Writing is synchronous: meant for a thread that does nothing else. */
export interface SpoolWriter {
  /** Takes the bytes; answers what must be waited for before more is written, where what is behind it is slow. */
  write(bytes: Uint8Array): Promise<void> | undefined;
  /**
   * Everything is on disk when this resolves. `alone`: nobody else waits for this thread, so it may itself wait for the disk, which
   * saves two changes of thread.
   */
  finish(alone: boolean): Promise<Spooled>;
  abort(): void;
}

interface Slot {
  readonly id: Buffer;
  readonly file: BlockFile;
}

/**
 * Held objects, as `BlobStore.held` finds them, written into files made beforehand: their names are on disk already, so that one flush
 * of the data makes an object durable. That halves what a scanner waits for.
 */
export class Spool {
  readonly #folder: string;
  readonly #ring: Keyring;
  /** Files whose names are on disk. */
  readonly #slots: Slot[] = [];
  /** Files whose names are not, or not yet known to be. */
  #made: Slot[] = [];
  readonly #making = new Set<Promise<void>>();
  #naming: Promise<void> | undefined;
  #closed = false;

  constructor(folder: string, ring: Keyring) {
    this.#folder = folder;
    this.#ring = ring;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  #path(id: Buffer): string {
    return join(this.#folder, id.toString('hex'));
  }

  /** What there is, or will be in a moment. */
  get #ready(): number {
    return this.#slots.length + this.#made.length + this.#making.size;
  }

  #make(): Promise<void> {
    const id = fresh(16);
    const making = BlockFile.createBeside(this.#folder, id.toString('hex'))
      .then((file) => {
        const slot = { id, file };
        if (this.#closed) this.#drop(slot);
        else this.#made.push(slot);
      })
      .finally(() => this.#making.delete(making));
    this.#making.add(making);
    return making;
  }

  /** Makes files until so many are ready. @throws Error when the disk takes no more. */
  async #makeUpTo(count: number): Promise<void> {
    while (this.#ready < count) this.#make().catch(() => undefined);
    await Promise.all(this.#making);
    await this.#named();
  }

  /** One flush of the folder for many names. */
  async #name(): Promise<void> {
    const made = this.#made;
    this.#made = [];
    try {
      await syncFolder(this.#folder);
    } catch (error) {
      for (const slot of made) this.#drop(slot);
      throw error;
    }
    this.#slots.push(...made);
  }

  #named(): Promise<void> {
    this.#naming ??= this.#name().finally(() => {
      this.#naming = undefined;
    });
    return this.#naming;
  }

  #drop({ id, file }: Slot): void {
    file.close();
    rmSync(this.#path(id), { force: true });
  }

  /** Makes all the files that are kept ready, so that not even the first object waits for one. */
  async fill(): Promise<void> {
    await this.#makeUpTo(SLOTS);
  }

  async #slot(): Promise<Slot> {
    for (;;) {
      const slot = this.#slots.shift();
      if (slot !== undefined) return slot;
      if (this.#closed) throw new Error('no object is taken any more');
      await this.#makeUpTo(SLOTS / 2);
    }
  }

  /** In small bites, after each object: a file for a later one, and now and then their names to disk. */
  #refill(): void {
    if (this.#closed || this.#ready >= SLOTS) return;
    this.#make()
      .then(() => (this.#made.length >= SLOTS / 2 ? this.#named() : undefined))
      // A failure (full disk) is the next writer's to report, when no file is left.
      .catch(() => undefined);
  }

  /** @throws Error when the disk takes no more files. */
  async writer(): Promise<SpoolWriter> {
    const slot = this.#slots.shift() ?? (await this.#slot());
    const { id, file } = slot;
    const stream = new SealStream(this.#ring, id, file);
    let over = false;
    const abort = (): void => {
      if (over) return;
      over = true;
      stream.close();
      this.#drop(slot);
      this.#refill();
    };
    const close = (): void => {
      if (over) return;
      over = true;
      stream.close();
      file.close();
      this.#refill();
    };
    return {
      abort,
      write: (bytes) => void stream.write(bytes),
      finish: async (alone) => {
        try {
          stream.end();
          if (alone) fdatasyncSync(file.fd);
          else await flush(file.fd);
        } catch (error) {
          abort();
          throw error;
        }
        return { object: id.toString('hex'), size: stream.size, sha256: () => stream.digest(), close };
      },
    };
  }

  /** Closes and removes the files made beforehand that were not used. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#making);
    await this.#naming?.catch(() => undefined);
    for (const slot of [...this.#slots.splice(0), ...this.#made.splice(0)]) this.#drop(slot);
  }
}
