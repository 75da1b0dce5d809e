import { release } from '../blobs/seal-stream.ts';
import { refuse } from '../problem-error.ts';

/** One part of a multipart body; its body must be read (or skipped) before the next part is asked for. */
export interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncGenerator<Uint8Array>;
}

const CRLF2 = Buffer.from('\r\n\r\n');
const MAX_HEADER_BYTES = 16_384;

/** So many bytes of a delimiter are searched for; the search for so few goes from one candidate to the next at the speed of memory. */
const SOUGHT_BYTES = 6;

/** Where `delimiter` begins in `buffer`, or -1. */
function find(buffer: Buffer, delimiter: Buffer): number {
  const sought = delimiter.subarray(0, SOUGHT_BYTES);
  for (let from = 0; ; from++) {
    from = buffer.indexOf(sought, from);
    if (from < 0 || from + delimiter.length > buffer.length) return -1;
    if (delimiter.equals(buffer.subarray(from, from + delimiter.length))) return from;
  }
}

const broken = (what: string) => refuse(400, 'truncated', 'body', what, 'send it again');

/** The boundary of a `multipart/...` content type. */
export function boundaryOf(contentType: string | null): string {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType ?? '');
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined)
    throw refuse(415, 'unsupported', 'content-type', 'is not multipart with a boundary', 'see docs/api.md');
  return boundary;
}

/**
 * Splits a multipart body (RFC 2046, 7578) as it arrives. Memory stays at the size of one network chunk however large a part is;
 * whatever is not a complete multipart ends in a problem, never in a short part taken for a whole one. `lent`: what a part's body yields is good
 * until more is asked for, and no longer.
 */
export async function* multipart(
  source: AsyncIterable<Uint8Array | readonly Uint8Array[]>,
  boundary: string,
  lent = false,
): AsyncGenerator<Part> {
  const iterator = source[Symbol.asyncIterator]();
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  // A leading line break lets the first delimiter look like all others.
  let buffer: Buffer = Buffer.from('\r\n');
  let ended = false;
  let joined: Buffer | undefined;

  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) {
      ended = true;
      return false;
    }
    const chunks = next.value instanceof Uint8Array ? [next.value] : next.value;
    if (chunks.length === 1 && buffer.length === 0) {
      const [chunk] = chunks;
      buffer = Buffer.from(chunk!.buffer, chunk!.byteOffset, chunk!.byteLength);
    } else {
      buffer = Buffer.concat([buffer, ...chunks]);
      if (lent) {
        if (joined !== undefined) release(joined);
        joined = buffer;
        for (const chunk of chunks) release(chunk);
      }
    }
    return true;
  };

  /** Yields what comes before the next delimiter and leaves the buffer behind it. */
  async function* untilDelimiter(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = find(buffer, delimiter);
      if (at >= 0) {
        const head = buffer.subarray(0, at);
        buffer = buffer.subarray(at + delimiter.length);
        if (head.length > 0) yield head;
        return;
      }
      // The tail may be the beginning of a delimiter.
      const keep = delimiter.length - 1;
      if (buffer.length > keep) {
        const head = buffer.subarray(0, buffer.length - keep);
        buffer = buffer.subarray(buffer.length - keep);
        yield head;
      }
      if (!(await more())) throw broken('ends inside a part');
    }
  }

  try {
    for await (const _ of untilDelimiter()) {
      // The preamble says nothing.
    }
    for (;;) {
      while (buffer.length < 2 && !ended) await more();
      if (buffer.toString('latin1', 0, 2) === '--') return;
      let end = buffer.indexOf(CRLF2);
      while (end < 0) {
        if (buffer.length > MAX_HEADER_BYTES) throw broken('has part headers that do not end');
        if (!(await more())) throw broken('ends inside part headers');
        end = buffer.indexOf(CRLF2);
      }
      const headers = readHeaders(buffer.toString('utf8', 0, end));
      // The blank line's own break stays, so that an empty part still has a delimiter with a line break before it.
      buffer = buffer.subarray(end + 2);
      let strip = 2;
      let read = false;
      async function* body(): AsyncGenerator<Uint8Array> {
        read = true;
        for await (const chunk of untilDelimiter()) {
          const cut = Math.min(strip, chunk.length);
          strip -= cut;
          const rest = chunk.subarray(cut);
          if (rest.length > 0) yield rest;
        }
      }
      const part = { headers, body: body() };
      yield part;
      if (!read) {
        for await (const _ of part.body) {
          // Skipped by the caller.
        }
      }
    }
  } finally {
    await iterator.return?.();
  }
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** `name` and `filename` of a form field. A file's name is a label here, never a path: folders are kept as text only. */
export function formField(part: Part): { name: string; filename: string | undefined } {
  const header = part.headers.get('content-disposition') ?? '';
  const get = (key: string): string | undefined =>
    new RegExp(`;\\s*${key}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1]?.replace(/\\(.)/g, '$1');
  return { name: get('name') ?? '', filename: get('filename') };
}
