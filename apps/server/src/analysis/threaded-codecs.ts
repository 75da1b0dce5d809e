import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CodecFrame, Codecs, WasmCodec } from '@foramen/dicom';
import type { Decoded, ToDecode } from './decode-thread.ts';

interface Asked {
  readonly codec: WasmCodec;
  readonly data: Uint8Array;
  readonly resolve: (frame: CodecFrame | null) => void;
  readonly reject: (error: unknown) => void;
}

interface Helper {
  readonly worker: Worker;
  readonly given: Map<number, Asked>;
  ready: boolean;
  idle?: NodeJS.Timeout;
}

/** More threads than a series keeps busy would only hold memory. */
const MOST_THREADS = 4;
/** One frame in work and one to go on with while the answer is fetched. */
const GIVEN_AT_ONCE = 2;
/** Fewer frames are done before a thread has started. */
const WORTH_A_THREAD = 4;
const IDLE_MS = 2000;

/**
 * `own`, helped by threads while several compressed frames wait, so that a series is decoded on every processor. The asking thread decodes too:
 * nothing waits for a helper to start, and a single picture needs none. Helpers end when nothing has come for two seconds, their memory with them.
 */
export function threadedCodecs(
  own: Codecs,
  threads = Math.min(MOST_THREADS, availableParallelism()),
): Codecs {
  if (threads < 2) return own;
  const waiting: Asked[] = [];
  let helpers: Helper[] = [];
  let count = 0;
  let working = false;
  let failed = false;

  const hand = (helper: Helper): void => {
    while (helper.ready && helper.given.size < GIVEN_AT_ONCE) {
      const asked = waiting.shift();
      if (asked === undefined) return;
      const id = ++count;
      helper.given.set(id, asked);
      // The process lives on for its answer.
      helper.worker.ref();
      const data = Uint8Array.from(asked.data);
      helper.worker.postMessage({ id, codec: asked.codec, data } satisfies ToDecode, [data.buffer]);
    }
  };

  const rest = (helper: Helper): void => {
    helper.worker.unref();
    clearTimeout(helper.idle);
    helper.idle = setTimeout(() => {
      if (helper.given.size > 0) return;
      helpers = helpers.filter((one) => one !== helper);
      void helper.worker.terminate();
    }, IDLE_MS).unref();
  };

  const start = (): Helper => {
    const worker = new Worker(new URL('./decode-thread.ts', import.meta.url));
    const helper: Helper = { worker, given: new Map(), ready: false };
    worker.unref();
    worker.on('message', (answer: Decoded | 'ready') => {
      if (answer === 'ready') helper.ready = true;
      else {
        const asked = helper.given.get(answer.id);
        helper.given.delete(answer.id);
        if (answer.failed === undefined) asked?.resolve(answer.frame);
        else asked?.reject(new Error(answer.failed));
      }
      hand(helper);
      if (helper.given.size === 0) rest(helper);
    });
    // A helper that dies gives back what it had; from then on there is none.
    const gone = (): void => {
      if (!helpers.includes(helper)) return;
      helpers = helpers.filter((one) => one !== helper);
      failed = true;
      waiting.unshift(...helper.given.values());
      helper.given.clear();
      void work();
    };
    worker.once('error', gone);
    worker.once('exit', gone);
    return helper;
  };

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    if (!failed && helpers.length === 0 && waiting.length >= WORTH_A_THREAD)
      helpers = Array.from({ length: threads - 1 }, start);
    for (;;) {
      helpers.forEach(hand);
      const asked = waiting.shift();
      if (asked === undefined) break;
      await own.decode(asked.codec, asked.data).then(asked.resolve, asked.reject);
      // Answers of helpers come in between two frames.
      await new Promise<void>((done) => setImmediate(done));
    }
    working = false;
  };

  return {
    ...own,
    atOnce: 2 * threads + GIVEN_AT_ONCE,
    decode: (codec, data) =>
      new Promise((resolve, reject) => {
        waiting.push({ codec, data, resolve, reject });
        // All frames asked for in one go are seen together.
        queueMicrotask(() => void work());
      }),
  };
}
