import { type DataSet, pixelShape, storedFrame, TRANSFER_SYNTAX, writePart10 } from '@foramen/dicom';
import type { Part } from '../http/multipart.ts';
import { refuse } from '../problem-error.ts';
import { PIXEL_DATA } from './json.ts';
import { fromDicomJson } from './json-read.ts';

/** Metadata and values are put together in memory. */
const MOST_BYTES = 64 << 20;
/** Metadata take many times their length once they are read. */
const MOST_METADATA = 8 << 20;
const MOST_OBJECTS = 10_000;
const PLAIN = new Set<string>([TRANSFER_SYNTAX.explicitLittle, TRANSFER_SYNTAX.implicitLittle]);

/**
 * The objects of a STOW-RS request that sends metadata and bulk data apart (PS3.18, 10.5.1.2): each becomes the part that it would be had it been
 * sent as a file, in explicit little endian. One that cannot be put together becomes an empty part, which is refused by itself.
 *
 * @throws ProblemError 400 where there is no metadata, 413 where there is too much, 415 for values that are compressed
 */
export async function* objectsOfJson(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  const models: unknown[] = [];
  const values = new Map<string, Uint8Array>();
  let total = 0;
  let text = 0;
  for await (const part of parts) {
    const type = part.headers.get('content-type') ?? '';
    const metadata = /^application\/(dicom\+)?json\b/i.test(type);
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.body) {
      total += chunk.length;
      text += metadata ? chunk.length : 0;
      if (total > MOST_BYTES || text > MOST_METADATA)
        throw refuse(
          413,
          'too-large',
          'body',
          'larger than metadata and values sent apart may be: 64 MB, 8 of them metadata',
          'send whole objects',
        );
      // Good until more is asked for only.
      chunks.push(Uint8Array.from(chunk));
    }
    if (metadata) models.push(...modelsOf(Buffer.concat(chunks)));
    else {
      const syntax = /;\s*transfer-syntax="?([0-9.]+)/i.exec(type)?.[1];
      if (!/^application\/octet-stream\b/i.test(type) || (syntax !== undefined && !PLAIN.has(syntax)))
        throw refuse(
          415,
          'unsupported',
          'body',
          'holds a value that is not plain bytes',
          'send compressed objects as application/dicom',
        );
      const address = part.headers.get('content-location');
      if (address === undefined)
        throw refuse(
          400,
          'missing',
          'body',
          'holds a value without Content-Location',
          'name each part as the metadata do',
        );
      values.set(address, new Uint8Array(Buffer.concat(chunks)));
    }
  }
  if (models.length === 0)
    throw refuse(400, 'missing', 'body', 'holds no metadata', 'send a part of application/dicom+json');
  if (models.length > MOST_OBJECTS)
    throw refuse(413, 'too-large', 'body', `holds more than ${MOST_OBJECTS} objects`, 'send fewer at a time');
  for (const model of models) {
    const bytes = fileOf(model, values);
    yield { headers: new Map(), body: once(bytes) };
  }
}

function modelsOf(bytes: Buffer): readonly unknown[] {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return Array.isArray(json) ? json : [json];
  } catch {
    throw refuse(400, 'unreadable', 'body', 'holds metadata that is no JSON', 'send it as DICOM JSON');
  }
}

function fileOf(model: unknown, values: ReadonlyMap<string, Uint8Array>): Uint8Array {
  try {
    const set = fromDicomJson(model, (address) => values.get(address));
    return fits(set)
      ? writePart10(set, { transferSyntax: TRANSFER_SYNTAX.explicitLittle })
      : new Uint8Array(0);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return new Uint8Array(0);
    throw error;
  }
}

/** A picture that is said to be there is there, whole: its values come from another part than its size does. */
function fits(set: DataSet): boolean {
  const picture = set.get(PIXEL_DATA)?.value;
  if (!(picture instanceof Uint8Array)) return true;
  const shape = pixelShape(set);
  return !shape.ok || storedFrame(set, shape.value, shape.value.frames - 1) !== null;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
