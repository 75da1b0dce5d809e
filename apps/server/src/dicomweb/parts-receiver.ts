import type { IncomingMessage } from 'node:http';
import { Worker } from 'node:worker_threads';
import { bodyOf } from '../http/body.ts';
import { ChunkQueue } from '../http/chunk-queue.ts';
import { ProblemError } from '../problem-error.ts';
import type { Services } from '../services.ts';
import type { FromParts, PartsForm, PartsSettings, StoredPart, ToParts } from './parts-link.ts';

/** Bytes on their way to the thread before the sender is slowed down. */
const MOST_UNDER_WAY = 4 << 20;
/** The thread ends when nothing has come for so long, and its memory with it. */
const IDLE_MS = 30_000;

interface Upload {
  readonly parts: StoredPart[];
  underWay: number;
  wake: (() => void) | undefined;
  over: 'done' | Error | undefined;
}

/** Hands the bodies of uploads to a thread that stores what is in them; the thread is there while there is something to do. */
export class PartsReceiver {
  readonly #services: Services;
  readonly #uploads = new Map<number, Upload>();
  #thread: Worker | undefined;
  #count = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  /**
   * All parts of a multipart body, in their order, on disk. Of a body that fails nothing stays.
   *
   * @throws ProblemError when the body is broken or too large; Error of the disk.
   */
  async receive(
    request: Request,
    incoming: IncomingMessage | undefined,
    boundary: string,
    form: PartsForm = 'objects',
  ): Promise<readonly StoredPart[]> {
    const upload: Upload = { parts: [], underWay: 0, wake: undefined, over: undefined };
    const id = ++this.#count;
    this.#uploads.set(id, upload);
    const thread = this.#started();
    const tell = (message: ToParts, handed: readonly ArrayBuffer[] = []): void =>
      thread.postMessage(message, handed);
    tell({ kind: 'open', upload: id, boundary, form, mostBytes: this.#services.maxUploadBytes });
    const source = incoming === undefined ? copied(request) : ownChunks(incoming);
    try {
      for (;;) {
        const { value: chunks, done } = await source.next();
        if (done === true || upload.over !== undefined) break;
        upload.underWay += chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        tell(
          { kind: 'bytes', upload: id, chunks },
          chunks.map((chunk) => chunk.buffer as ArrayBuffer),
        );
        while (upload.underWay > MOST_UNDER_WAY && upload.over === undefined) await awakened(upload);
      }
      tell({ kind: 'end', upload: id });
    } catch (error) {
      tell({ kind: 'drop', upload: id });
      while (upload.over === undefined) await awakened(upload);
      throw error;
    } finally {
      await source.return(undefined);
      while (upload.over === undefined) await awakened(upload);
      this.#uploads.delete(id);
      if (this.#uploads.size === 0) this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    }
    if (upload.over !== 'done') throw upload.over;
    return upload.parts;
  }

  #started(): Worker {
    clearTimeout(this.#idle);
    if (this.#thread !== undefined) return this.#thread;
    const { blobs, keyring } = this.#services;
    const workerData: PartsSettings = {
      origin: blobs.origin,
      keys: keyring.keys.map((key) => key.bytes.toString('base64')),
    };
    const thread = new Worker(new URL('./parts-thread.ts', import.meta.url), {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    });
    thread.on('message', (message: FromParts) => this.#hear(message));
    const gone = (error: Error): void => {
      // One that was ended for idleness takes nothing of its successor's with it.
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      for (const upload of this.#uploads.values()) settle(upload, error);
    };
    thread.once('error', gone);
    thread.once('exit', () => gone(new Error('the thread that stores uploads ended')));
    // Behind the listeners: who listens holds the process, and an idle thread must not keep a server from ending.
    thread.unref();
    this.#thread = thread;
    return thread;
  }

  #hear(message: FromParts): void {
    const upload = this.#uploads.get(message.upload);
    if (upload === undefined) return;
    switch (message.kind) {
      case 'taken':
        upload.underWay -= message.bytes;
        upload.wake?.();
        return;
      case 'part':
        upload.parts[message.at] = message.part;
        return;
      case 'done':
        settle(upload, 'done');
        return;
      case 'failed': {
        const { refusal } = message;
        settle(
          upload,
          refusal === undefined
            ? Object.assign(new Error(message.message), { code: message.code })
            : new ProblemError(refusal.status, refusal.problems),
        );
        return;
      }
    }
  }

  #end(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    void thread?.terminate();
  }
}

function settle(upload: Upload, over: 'done' | Error): void {
  upload.over ??= over;
  upload.wake?.();
}

async function awakened(upload: Upload): Promise<void> {
  await new Promise<void>((done) => {
    upload.wake = done;
  });
  upload.wake = undefined;
}

type Batches = AsyncGenerator<readonly Uint8Array[], void, void>;

/** Chunks as the socket gave them. Each is ours alone, so that it can be handed over; one that is a part of something larger is copied. */
async function* ownChunks(incoming: IncomingMessage): Batches {
  const queue = new ChunkQueue(incoming);
  try {
    for (;;) {
      const chunks = await queue.all();
      if (chunks === undefined) return;
      yield chunks.map((chunk) =>
        chunk.length === chunk.buffer.byteLength ? chunk : Uint8Array.from(chunk),
      );
    }
  } finally {
    queue.close();
  }
}

async function* copied(request: Request): Batches {
  for await (const chunk of bodyOf(request)) yield [Uint8Array.from(chunk)];
}
