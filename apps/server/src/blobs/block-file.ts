import fs, { closeSync, constants, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fresh } from './random.ts';

/** Direct writes are multiples of the disk's block, from memory that is aligned to it; none asks for more than this. */
const BLOCK_BYTES = 4096;
/** In WebAssembly's pages of 64 KiB: a sealed chunk of 1 MiB goes out in one write. */
const BUFFER_PAGES = 17;
const MOST_BUFFERS = 16;
const open = promisify(fs.open);
const write = promisify(fs.write);
const cut = promisify(fs.ftruncate);
const flush = promisify(fs.fdatasync);
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
 * a write. Synchronous: meant for a thread that does nothing else.
 */
export class BlockFile {
  readonly fd: number;
  readonly #direct: boolean;
  #buffer: Buffer | undefined;
  #filled = 0;
  #size = 0;

  private constructor(fd: number, way: number) {
    this.fd = fd;
    this.#direct = way !== NEW_FILE;
  }

  /** `folder` is where is tried how files are opened; `path` is below it. @throws Error when the disk takes no more files. */
  static create(folder: string, path: string): BlockFile {
    const way = wayOf(folder);
    return new BlockFile(openSync(join(folder, path), way, 0o600), way);
  }

  /** As `create`, beside this thread: a folder with many files takes its time to find room for one more. */
  static async createBeside(folder: string, path: string): Promise<BlockFile> {
    const way = wayOf(folder);
    return new BlockFile(await open(join(folder, path), way, 0o600), way);
  }

  push(bytes: Uint8Array): void {
    this.#buffer ??= takeBuffer();
    const buffer = this.#buffer;
    this.#size += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const take = Math.min(buffer.length - this.#filled, bytes.length - at);
      buffer.set(take === bytes.length ? bytes : bytes.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === buffer.length) this.#put(buffer, buffer.length);
    }
  }

  /** Everything is in the file, though not yet flushed. `padded`: zeros up to a whole block may lie behind it, which spares cutting it to size. */
  end(padded = false): void {
    const rest = this.#rest();
    if (rest === undefined) return;
    for (let at = 0; at < rest.length; ) at += writeSync(this.fd, rest, at, rest.length - at);
    if (!padded && rest.length > this.#filled) ftruncateSync(this.fd, this.#size);
    this.#giveBack();
  }

  /** Everything is in the file and flushed when this resolves; the disk is waited for beside this thread. */
  async endBeside(padded = false): Promise<void> {
    const rest = this.#rest();
    if (rest !== undefined) {
      for (let at = 0; at < rest.length; ) {
        at += (await write(this.fd, rest, at, rest.length - at)).bytesWritten;
      }
      if (!padded && rest.length > this.#filled) await cut(this.fd, this.#size);
      this.#giveBack();
    }
    await flush(this.fd);
  }

  /** What is yet to be written, filled up to a whole block where the file asks for that. */
  #rest(): Buffer | undefined {
    const padded = this.#direct ? Math.ceil(this.#filled / BLOCK_BYTES) * BLOCK_BYTES : this.#filled;
    return this.#buffer?.fill(0, this.#filled, padded).subarray(0, padded);
  }

  close(): void {
    this.#giveBack();
    closeSync(this.fd);
  }

  #giveBack(): void {
    if (this.#buffer !== undefined && BUFFERS.length < MOST_BUFFERS) BUFFERS.push(this.#buffer);
    this.#buffer = undefined;
  }

  #put(buffer: Buffer, length: number): void {
    // A nearly full disk may take a part only; the rest is tried again and then fails with the reason.
    for (let at = 0; at < length; ) at += writeSync(this.fd, buffer, at, length - at);
    this.#filled = 0;
  }
}
