import type { Readable } from 'node:stream';

/** Bytes taken ahead of who reads them; beyond it the sender is slowed down. */
const MOST_AHEAD = 512 << 10;

/**
 * What comes over a connection, chunk by chunk as the system gives it. A stream's own iterator joins waiting chunks into new ones, which
 * copies everything once more, and a web stream costs several promises for each.
 */
export class ChunkQueue {
  readonly #stream: Readable;
  readonly #chunks: Buffer[] = [];
  #ahead = 0;
  #wake: (() => void) | undefined;
  #over = false;
  #failure: Error | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      if (this.#over) return;
      this.#chunks.push(chunk);
      this.#ahead += chunk.length;
      if (this.#ahead > MOST_AHEAD) stream.pause();
      this.#wake?.();
    });
    const end = (failure?: Error): void => {
      this.#over = true;
      this.#failure ??= failure;
      this.#wake?.();
    };
    stream.once('end', () => end());
    stream.once('close', () => end());
    stream.once('error', end);
  }

  /** The next of what has come; undefined when there is none. */
  ready(): Buffer | undefined {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) this.#taken(chunk.length);
    return chunk;
  }

  /** All that has come; undefined at the end. @throws Error of the stream. */
  async all(): Promise<Buffer[] | undefined> {
    if (!(await this.more())) return undefined;
    // What the system has read by now comes with it: handing over a few large batches costs less than many small ones.
    await new Promise((done) => setImmediate(done));
    const chunks = this.#chunks.splice(0);
    this.#taken(this.#ahead);
    return chunks;
  }

  /** Nothing more is wanted: what still comes is passed over. */
  close(): void {
    this.#over = true;
    this.#chunks.length = 0;
    this.#stream.resume();
  }

  #taken(bytes: number): void {
    this.#ahead -= bytes;
    if (this.#ahead <= MOST_AHEAD && this.#stream.isPaused()) this.#stream.resume();
  }

  /** Waits for a chunk; false at the end. @throws Error of the stream. */
  async more(): Promise<boolean> {
    while (this.#chunks.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#over) return false;
      await new Promise<void>((done) => {
        this.#wake = done;
      });
      this.#wake = undefined;
    }
    return true;
  }
}
