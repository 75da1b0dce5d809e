import {
  closeSync,
  constants,
  ftruncate,
  ftruncateSync,
  open,
  openSync,
  rmSync,
  write,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fresh } from './random.ts';

/** Direct writes are multiples of the disk's block, from memory that is aligned to it; none asks for more than this. */
const BLOCK_BYTES = 4096;
/** In WebAssembly's pages of 64 KiB: an object of 1 MiB is kept in one. */
const BUFFER_PAGES = 17;
/** Fewer bytes are not written before the end. */
const PIECE_BYTES = 128 << 10;
const MOST_BUFFERS = 16;
const openSoon = promisify(open);
const truncateSoon = promisify(ftruncate);
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
  /** Writes under way. */
  #busy = 0;
  #failure: Error | undefined;
  #waiting: (() => void)[] = [];

  private constructor(fd: number, way: number) {
    this.fd = fd;
    this.#direct = way !== NEW_FILE;
  }

  /** `folder` is where is tried how files are opened; `path` is below it. @throws Error when the disk takes no more files. */
  static create(folder: string, path: string): BlockFile {
    const way = wayOf(folder);
    return new BlockFile(openSync(join(folder, path), way, 0o600), way);
  }

  /** The same by the system's threads: making a file waits for the disk while that writes its own log. */
  static async createSoon(folder: string, path: string): Promise<BlockFile> {
    const way = wayOf(folder);
    return new BlockFile(await openSoon(join(folder, path), way, 0o600), way);
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
        part = { buffer: takeBuffer(), start: this.#size, filled: 0, sent: 0, written: 0 };
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

  /** Hands to the system's threads what is a piece by now, without waiting for the one before: who receives in bursts would hear of its end too late. */
  #proceed(): void {
    for (const part of this.#parts) {
      const full = part.filled === part.buffer.length;
      const ready = full ? part.filled : part.filled - (part.filled % BLOCK_BYTES);
      if (ready - part.sent >= (full ? 1 : PIECE_BYTES)) this.#send(part, part.sent, ready);
    }
  }

  #send(part: Part, from: number, to: number): void {
    part.sent = to;
    this.#busy++;
    write(this.fd, part.buffer, from, to - from, part.start + from, (error, count) => {
      this.#busy--;
      if (error !== null) this.#failure ??= error;
      else {
        part.written += count;
        this.#written += count;
        // A nearly full disk may take a part only; the rest is tried again and then fails with the reason.
        if (from + count < to) this.#send(part, from + count, to);
        if (part.written === part.buffer.length) this.#done(part);
      }
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  #done(part: Part): void {
    this.#parts.splice(this.#parts.indexOf(part), 1);
    giveBack(part.buffer);
  }

  /** Resolves when not more than so many bytes are behind. @throws Error of the disk. */
  async settled(most: number): Promise<void> {
    while (this.#busy > 0 && this.behind > most) await this.#pause();
    if (this.#failure !== undefined) throw this.#failure;
  }

  #pause(): Promise<void> {
    return new Promise((done) => this.#waiting.push(done));
  }

  /**
   * Everything is in the file, though not yet flushed, when this resolves. `here`: this thread has nothing else to do and waits for the disk
   * itself, which saves changes of thread. @throws Error of the disk.
   */
  async end(here: boolean): Promise<void> {
    const part = this.#parts.at(-1);
    if (part === undefined) return;
    const { buffer, filled } = part;
    const padded = this.#direct ? Math.ceil(filled / BLOCK_BYTES) * BLOCK_BYTES : filled;
    if (padded > filled) buffer.fill(0, filled, padded);
    if (!here && part.sent < padded) this.#send(part, part.sent, padded);
    while (this.#busy > 0) await this.#pause();
    if (this.#failure !== undefined) throw this.#failure;
    while (part.sent < padded)
      part.sent += writeSync(this.fd, buffer, part.sent, padded - part.sent, part.start + part.sent);
    if (padded > filled) {
      if (here) ftruncateSync(this.fd, this.#size);
      else await truncateSoon(this.fd, this.#size);
    }
    if (this.#parts.length > 0) this.#done(part);
    this.#written = this.#size;
  }

  /** As soon as nothing is under way. */
  close(): void {
    if (this.#busy > 0) return void this.#pause().then(() => this.close());
    for (const { buffer } of this.#parts.splice(0)) giveBack(buffer);
    closeSync(this.fd);
  }
}

interface Part {
  readonly buffer: Buffer;
  /** Where in the file it begins. */
  readonly start: number;
  filled: number;
  /** So much of it was handed to the system's threads. */
  sent: number;
  written: number;
}

function giveBack(buffer: Buffer): void {
  if (BUFFERS.length < MOST_BUFFERS) BUFFERS.push(buffer);
}
