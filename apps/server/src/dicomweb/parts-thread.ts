import { parentPort, workerData } from 'node:worker_threads';
import { keyring } from '../blobs/keyring.ts';
import { reopenBlobStore } from '../blobs/open.ts';
import type { BlobStore, StoredBlob } from '../blobs/store.ts';
import { Together } from '../blobs/together.ts';
import { multipart, type Part } from '../http/multipart.ts';
import { HEAD_BYTES, HeadBytes, readInstance } from '../ingest/instance.ts';
import { ProblemError, refuse } from '../problem-error.ts';
import { objectsOfJson } from './json-parts.ts';
import type { FromParts, PartsSettings, StoredPart, ToParts } from './parts-link.ts';

/** Parts whose flushing may still be under way while the next are read: as many as the system flushes at a time, and some to come. */
const WRITTEN_BEHIND = 8;

/** So many bytes are taken before the other side is told: less than what it sends ahead, so that it never waits for less. */
const TELL_BYTES = 1 << 20;

/**
 * Takes uploads apart: splits, hashes, encrypts and writes objects, and reads what they say of themselves. In a thread of its own, so that
 * pages do not wait for it, and so that its garbage is collected in a small heap.
 */
if (parentPort === null) throw new Error('runs as a thread of the server');
const port = parentPort;
const settings = workerData as PartsSettings;
const ring = keyring(settings.keys);
const blobs = reopenBlobStore(settings.origin, ring);
const tell = (message: FromParts): void => port.postMessage(message);

interface Writer {
  write(bytes: Uint8Array): void | Promise<void>;
  finish(): Promise<StoredBlob>;
  abort(): void | Promise<void>;
}

/** Where the parts of one upload go. */
interface Place {
  writer(): Writer | Promise<Writer>;
  /** The names of all objects are on disk. */
  named(): Promise<void>;
  close(): Promise<void>;
}

const placeFor = (store: BlobStore): Place =>
  settings.origin.kind === 'folder'
    ? new Together(settings.origin.root, ring)
    : { writer: () => store.writer(), named: async () => undefined, close: async () => undefined };

class Upload {
  readonly #id: number;
  readonly #chunks: Uint8Array[] = [];
  #ended = false;
  #dropped = false;
  #wake: (() => void) | undefined;

  constructor(id: number) {
    this.#id = id;
  }

  hear(message: ToParts): void {
    if (message.kind === 'bytes') this.#chunks.push(...message.chunks);
    else if (message.kind === 'end') this.#ended = true;
    else this.#dropped = true;
    this.#wake?.();
  }

  async *#bytes(): AsyncGenerator<readonly Uint8Array[]> {
    let taken = 0;
    for (;;) {
      if (this.#dropped) throw refuse(400, 'truncated', 'body', 'was not sent to its end', 'send it again');
      if (this.#chunks.length > 0) {
        const chunks = this.#chunks.splice(0);
        taken += chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        yield chunks;
        if (taken >= TELL_BYTES) {
          tell({ kind: 'taken', upload: this.#id, bytes: taken });
          taken = 0;
        }
        continue;
      }
      if (this.#ended) return;
      await new Promise<void>((done) => {
        this.#wake = done;
      });
      this.#wake = undefined;
    }
  }

  async work({ boundary, form, mostBytes }: Extract<ToParts, { kind: 'open' }>): Promise<void> {
    const parts: Promise<StoredPart>[] = [];
    let total = 0;
    const count = (bytes: number): void => {
      total += bytes;
      if (total > mostBytes)
        throw refuse(413, 'too-large', 'body', 'larger than allowed', 'send fewer objects at a time');
    };
    const place = placeFor(blobs);
    try {
      const sent = multipart(this.#bytes(), boundary, true);
      for await (const part of form === 'metadata' ? objectsOfJson(sent) : sent) {
        const [stored] = await receivePart(place, part, count);
        const at = parts.push(stored) - 1;
        // Looked at when all parts are in.
        stored.then(
          (done) => tell({ kind: 'part', upload: this.#id, at, part: done }),
          () => undefined,
        );
        // The next part is read while this one is flushed, but not many ahead of the disk.
        await parts.at(-WRITTEN_BEHIND);
      }
      await Promise.all(parts);
      await Promise.all([place.named(), place.close()]);
      if (this.#dropped) throw refuse(400, 'truncated', 'body', 'is not wanted any more', 'send it again');
      tell({ kind: 'done', upload: this.#id });
    } catch (error) {
      for (const part of await Promise.allSettled(parts))
        if (part.status === 'fulfilled' && part.value.stored !== undefined)
          await blobs.remove(part.value.stored.object).catch(() => undefined);
      await place.close();
      tell({
        kind: 'failed',
        upload: this.#id,
        ...(error instanceof ProblemError
          ? { refusal: { status: error.status, problems: error.problems } }
          : {}),
        message: error instanceof Error ? error.message : 'failed',
        code: (error as NodeJS.ErrnoException | null)?.code,
      });
    }
  }
}

/** Resolves when the part has been read, to what resolves when it is on disk. */
async function receivePart(
  place: Place,
  part: Part,
  count: (bytes: number) => void,
): Promise<readonly [Promise<StoredPart>]> {
  let writer: Writer | undefined;
  const head = new HeadBytes();
  let size = 0;
  try {
    for await (const bytes of part.body) {
      count(bytes.length);
      if (writer !== undefined) await writer.write(bytes);
      else if (head.add(bytes)) {
        // Only now: what is no object and shorter than a head never becomes a file.
        writer = await place.writer();
        await writer.write(head.bytes);
        await writer.write(bytes.subarray(HEAD_BYTES - size));
      }
      size += bytes.length;
    }
  } catch (error) {
    await writer?.abort();
    throw error;
  }
  // Of a copy where it is still to be written: values of the other byte order are turned around in place.
  const read = writer === undefined ? new Uint8Array(head.bytes) : head.bytes;
  const facts = readInstance(read, size <= HEAD_BYTES, 'object');
  if (writer === undefined) {
    if (!facts.ok) return [Promise.resolve({ stored: undefined, facts: undefined })];
    writer = await place.writer();
    await writer.write(head.bytes);
  }
  const stored = writer.finish();
  return [
    stored.then(async (blob) => {
      if (facts.ok || size <= HEAD_BYTES) return { stored: blob, facts: facts.ok ? facts.value : undefined };
      // An enhanced object may keep its identity behind a long functional group sequence.
      const whole = readInstance(await blobs.read(blob.object), true, 'object');
      return { stored: blob, facts: whole.ok ? whole.value : undefined };
    }),
  ];
}

const uploads = new Map<number, Upload>();
port.on('message', (message: ToParts) => {
  if (message.kind !== 'open') return uploads.get(message.upload)?.hear(message);
  const upload = new Upload(message.upload);
  uploads.set(message.upload, upload);
  void upload.work(message).finally(() => uploads.delete(message.upload));
});
