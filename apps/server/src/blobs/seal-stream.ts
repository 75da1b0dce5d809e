import { createHash, type Hash, webcrypto } from 'node:crypto';
import type { BlockFile } from './block-file.ts';
import { CHUNK_BYTES, chunkCipher, type Envelope, newEnvelope, tellOnlyChunk } from './envelope.ts';
import type { Keyring } from './keyring.ts';

/** Sealed and written so much at a time: a piece stays in the processor's cache on its way from one to the other. */
const PIECE_BYTES = 128 << 10;

/** Buffers for reuse: making a megabyte for every object keeps the garbage collector busy. */
const CHUNKS: Buffer[] = [];
const MOST_CHUNKS = 16;

/**
 * Gives the memory of a buffer back at once, where it is the buffer's own. Left to the garbage collector, which sees small objects
 * and not what they stand for, network buffers pile up by the hundred.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && !buffer.detached && buffer.byteLength === bytes.byteLength) {
    buffer.transfer(0);
  }
}

/** One object on its way into an open, empty file, hashed and sealed. Writing is synchronous: meant for a thread that does nothing else. */
export class SealStream {
  readonly #file: BlockFile;
  readonly #envelope: Envelope;
  readonly #chunk = CHUNKS.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
  #header: Buffer | undefined;
  #hash: Hash | undefined;
  #filled = 0;
  #index = 0;
  #size = 0;

  constructor(ring: Keyring, id: Buffer, file: BlockFile) {
    const { envelope, header } = newEnvelope(ring, id);
    this.#file = file;
    this.#envelope = envelope;
    this.#header = header;
  }

  /** Content bytes so far. */
  get size(): number {
    return this.#size;
  }

  write(bytes: Uint8Array): void {
    this.#size += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      // A full chunk waits for the next byte: only then is it known not to be the last.
      if (this.#filled === CHUNK_BYTES) {
        this.#seal(false);
        this.#hash ??= createHash('sha256');
        this.#hash.update(this.#chunk);
        this.#filled = 0;
      }
      const take = Math.min(CHUNK_BYTES - this.#filled, bytes.length - at);
      this.#chunk.set(take === bytes.length ? bytes : bytes.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
    }
  }

  /** Seals the rest. What is in the file then is whole, though not yet flushed. */
  end(): void {
    const only = this.#index === 0;
    this.#seal(true);
    this.#file.end(only);
  }

  /** Seals the rest; what is in the file is whole and flushed when this resolves. */
  endBeside(): Promise<void> {
    const only = this.#index === 0;
    this.#seal(true);
    return this.#file.endBeside(only);
  }

  /**
   * SHA-256 of the content, lower-case hex; to be asked once, after the end. An object of one chunk is hashed only now, beside this thread: hashing
   * is the largest part of the work on an object, and its sender is answered without it.
   */
  async digest(): Promise<string> {
    const rest = this.#chunk.subarray(0, this.#filled);
    if (this.#hash !== undefined) return this.#hash.update(rest).digest('hex');
    // Takes a copy before it returns, so that the chunk may be used again at once.
    return Buffer.from(await webcrypto.subtle.digest('SHA-256', rest)).toString('hex');
  }

  /** Nothing more is asked of this stream. */
  close(): void {
    if (CHUNKS.length < MOST_CHUNKS) CHUNKS.push(this.#chunk);
  }

  #seal(last: boolean): void {
    const file = this.#file;
    const cipher = chunkCipher(this.#envelope, this.#index++, last);
    if (this.#header !== undefined) {
      if (last) tellOnlyChunk(this.#header, this.#filled);
      file.push(this.#header);
    }
    this.#header = undefined;
    for (let at = 0; at < this.#filled; at += PIECE_BYTES) {
      const sealed = cipher.update(this.#chunk.subarray(at, Math.min(at + PIECE_BYTES, this.#filled)));
      file.push(sealed);
      release(sealed);
    }
    cipher.final();
    file.push(cipher.getAuthTag());
  }
}
