import { closeSync, constants, ftruncateSync, openSync, rmSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fresh } from './random.ts';

/** Direct writes are multiples of the disk's block, from memory that is aligned to it; none asks for more than this. */
const BLOCK_BYTES = 4096;
/** In WebAssembly's pages of 64 KiB: an object of 1 MiB is kept in one. */
const BUFFER_PAGES = 17;
/** Fewer bytes are not written before the end. */
const PIECE_BYTES = 64 << 10;
const MOST_BUFFERS = 16;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

// Only what is used here of it: the platform's types without a browser's know nothing of it.
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
};

/** Reused. The memory of a WebAssembly instance is the one that the platform gives out aligned to a page. */
const BUFFERS: Buffer[] = [];

/** How files are opened in a folder, tried once for each: the disk's own way, or through the system's cache where it has no such way. */
const WAYS = new Map<string, number>();

function wayOf(folder: string): number {
  let way = WAYS.get(folder);
  if (way === undefined) {
    way = directWay(folder) ? NEW_FILE | constants.O_DIRECT : NEW_FILE;
    WAYS.set(folder, way);
  }
  return way;
}

function directWay(folder: string): boolean {
  if (constants.O_DIRECT === undefined) return false;
  const path = join(folder, `try-${fresh(8).toString('hex')}`);
  const buffer = takeBuffer();
  try {
    const fd = openSync(path, NEW_FILE | constants.O_DIRECT, 0o600);
    try {
      return writeSync(fd, buffer, 0, BLOCK_BYTES) === BLOCK_BYTES;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  } finally {
    BUFFERS.push(buffer);
    rmSync(path, { force: true });
  }
}

function takeBuffer(): Buffer {
  return BUFFERS.pop() ?? Buffer.from(new WebAssembly.Memory({ initial: BUFFER_PAGES }).buffer);
}

/**
 * A new file, written from its beginning to its end, past the system's page cache: what comes from a scanner is written once and read
 * later, if ever, and need not push out what the database reads all the time. Making room in that cache is also what costs most of
 * a write. Pieces are on their way to the disk while the next are pushed.
 */
export class BlockFile {
  readonly fd: number;
  readonly #direct: boolean;
  /** Buffers on their way into the file, the last of which is still filled. */
  readonly #parts: Part[] = [];
  #size = 0;
  #written = 0;
  #busy = false;
  #ending = false;
  #failure: Error | undefined;
  #waiting: (() => void)[] = [];

  /** `folder` is where is tried how files are opened; `path` is below it. @throws Error when the disk takes no more files. */
  constructor(folder: string, path: string) {
    const way = wayOf(folder);
    this.#direct = way !== NEW_FILE;
    this.fd = openSync(join(folder, path), way, 0o600);
  }

  /** Bytes that are not in the file yet. */
  get behind(): number {
    return this.#size - this.#written;
  }

  push(bytes: Uint8Array): void {
    // Nothing is gathered for a disk that takes no more: who asks next is told.
    if (this.#failure !== undefined) return;
    for (let at = 0; at < bytes.length; ) {
      let part = this.#parts.at(-1);
      if (part === undefined || part.filled === part.buffer.length) {
        part = { buffer: takeBuffer(), start: this.#size, filled: 0, written: 0 };
        this.#parts.push(part);
      }
      const take = Math.min(part.buffer.length - part.filled, bytes.length - at);
      part.buffer.set(take === bytes.length ? bytes : bytes.subarray(at, at + take), part.filled);
      part.filled += take;
      this.#size += take;
      at += take;
    }
    this.#proceed();
  }

  /** One write at a time is under way, of all the whole pieces there are by then. */
  #proceed(): void {
    const part = this.#parts[0];
    if (part === undefined || this.#busy || this.#failure !== undefined || this.#ending) return;
    const { buffer, start, written } = part;
    const to = part.filled === buffer.length ? part.filled : part.filled - (part.filled % PIECE_BYTES);
    if (to <= written) return;
    this.#busy = true;
    write(this.fd, buffer, written, to - written, start + written, (error, count) => {
      this.#busy = false;
      if (error !== null) this.#failure = error;
      else this.#wrote(part, count);
      this.#proceed();
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** A nearly full disk may take a part only; the rest is tried again and then fails with the reason. */
  #wrote(part: Part, count: number): void {
    part.written += count;
    this.#written += count;
    if (part.written === part.buffer.length) this.#done(part);
  }

  #done(part: Part): void {
    this.#parts.shift();
    giveBack(part.buffer);
  }

  /** Resolves when not more than so many bytes are behind. @throws Error of the disk. */
  async settled(most: number): Promise<void> {
    while (this.#busy && this.behind > most) await this.#pause();
    if (this.#failure !== undefined) throw this.#failure;
  }

  #pause(): Promise<void> {
    return new Promise((done) => this.#waiting.push(done));
  }

  /** Everything is in the file, though not yet flushed, when this resolves. @throws Error of the disk. */
  async end(): Promise<void> {
    this.#ending = true;
    while (this.#busy) await this.#pause();
    if (this.#failure !== undefined) throw this.#failure;
    for (let part = this.#parts[0]; part !== undefined; part = this.#parts[0]) {
      const { buffer, start, filled } = part;
      const padded = this.#direct ? Math.ceil(filled / BLOCK_BYTES) * BLOCK_BYTES : filled;
      buffer.fill(0, filled, padded);
      for (let at = part.written; at < padded; )
        at += writeSync(this.fd, buffer, at, padded - at, start + at);
      if (padded > filled) ftruncateSync(this.fd, this.#size);
      this.#done(part);
    }
    this.#written = this.#size;
  }

  /** As soon as nothing is under way. */
  close(): void {
    this.#ending = true;
    if (this.#busy) return void this.#pause().then(() => this.close());
    for (const { buffer } of this.#parts.splice(0)) giveBack(buffer);
    closeSync(this.fd);
  }
}

interface Part {
  readonly buffer: Buffer;
  /** Where in the file it begins. */
  readonly start: number;
  filled: number;
  written: number;
}

function giveBack(buffer: Buffer): void {
  if (BUFFERS.length < MOST_BUFFERS) BUFFERS.push(buffer);
}
