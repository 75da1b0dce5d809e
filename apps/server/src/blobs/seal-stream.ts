import { createHash, type Hash, webcrypto } from 'node:crypto';
import type { BlockFile } from './block-file.ts';
import { chunkCipher, type Envelope, newEnvelope } from './envelope.ts';
import type { Keyring } from './keyring.ts';

/**
 * Bytes of a sealed chunk: small, so that most of an object is sealed and on its way to the disk while the rest of it is still to come, and
 * a chunk stays in the processor's cache on its way from one to the other.
 */
const SEALED_BYTES = 128 << 10;
/** Content is kept so long for its SHA-256; a multiple of what is sealed at a time. */
const KEPT_BYTES = 1 << 20;
/** Bytes on their way to the disk before the sender is slowed down. */
const MOST_BEHIND = 4 << 20;

/** Buffers for reuse: making a megabyte for every object keeps the garbage collector busy. */
const BUFFERS: Buffer[] = [];
const MOST_BUFFERS = 16;

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

/** One object on its way into an open, empty file, hashed and sealed. Sealing is synchronous: meant for a thread that does nothing else. */
export class SealStream {
  readonly #file: BlockFile;
  readonly #envelope: Envelope;
  readonly #buffer = BUFFERS.pop() ?? Buffer.allocUnsafeSlow(KEPT_BYTES);
  #header: Buffer | undefined;
  #hash: Hash | undefined;
  #filled = 0;
  /** So much of the buffer is sealed. */
  #sealed = 0;
  #index = 0;
  #size = 0;
  #digest: Promise<string> | undefined;

  constructor(ring: Keyring, id: Buffer, file: BlockFile) {
    const { envelope, header } = newEnvelope(ring, id, SEALED_BYTES);
    this.#file = file;
    this.#envelope = envelope;
    this.#header = header;
  }

  /** Content bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Answers what must be waited for before more is written, where the disk is far behind. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    this.#size += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      // A full chunk waits for the next byte: only then is it known not to be the last.
      while (this.#filled - this.#sealed >= SEALED_BYTES) this.#seal(SEALED_BYTES, false);
      if (this.#filled === KEPT_BYTES) {
        this.#hash ??= createHash('sha256');
        this.#hash.update(this.#buffer);
        this.#filled = 0;
        this.#sealed = 0;
      }
      const take = Math.min(KEPT_BYTES - this.#filled, bytes.length - at);
      this.#buffer.set(take === bytes.length ? bytes : bytes.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
    }
    return this.#file.behind > MOST_BEHIND ? this.#file.settled(MOST_BEHIND) : undefined;
  }

  /** Seals the rest. What is in the file when this resolves is whole, though not yet flushed. @see BlockFile.end */
  async end(here: boolean): Promise<void> {
    while (this.#filled - this.#sealed > SEALED_BYTES) this.#seal(SEALED_BYTES, false);
    this.#seal(this.#filled - this.#sealed, true);
    this.#digest = this.#hashed();
    this.#digest.catch(() => undefined);
    await this.#file.end(here);
  }

  /** SHA-256 of the content, lower-case hex, once it has ended. */
  get digest(): Promise<string> {
    return this.#digest ?? Promise.reject(new Error('asked for the digest of an object before its end'));
  }

  /** What fits into the buffer is hashed as one, by another thread, while this one sees to the disk. */
  async #hashed(): Promise<string> {
    const rest = this.#buffer.subarray(0, this.#filled);
    if (this.#hash !== undefined) return this.#hash.update(rest).digest('hex');
    return Buffer.from(await webcrypto.subtle.digest('SHA-256', rest)).toString('hex');
  }

  /** Nothing more comes, and nothing more is asked. */
  close(): void {
    const giveBack = (): void => {
      if (BUFFERS.length < MOST_BUFFERS) BUFFERS.push(this.#buffer);
    };
    if (this.#digest === undefined) giveBack();
    else this.#digest.then(giveBack, giveBack);
  }

  #seal(length: number, last: boolean): void {
    const file = this.#file;
    const cipher = chunkCipher(this.#envelope, this.#index++, last);
    if (this.#header !== undefined) file.push(this.#header);
    this.#header = undefined;
    if (length > 0) {
      const sealed = cipher.update(this.#buffer.subarray(this.#sealed, this.#sealed + length));
      file.push(sealed);
      release(sealed);
      this.#sealed += length;
    }
    cipher.final();
    file.push(cipher.getAuthTag());
  }
}
