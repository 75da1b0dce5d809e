import { type CipherGCM, createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { type Keyring, unwrap, WRAPPED_BYTES, wrap } from './keyring.ts';
import { fresh } from './random.ts';

/**
 * An encrypted object: magic, object id, wrapped data key, chunk size, then chunks, each sealed alone with AES-256-GCM so that a
 * part can be read without the rest. The additional data of a chunk is the object id, its index and whether it is
 * the last, so chunks can be neither swapped, moved between objects, nor cut off unnoticed. The data key is used for one object
 * only, which is why the index can serve as the nonce.
 */
const MAGIC = Buffer.from('FORAMEN\u0001', 'latin1');
export const CHUNK_BYTES = 1 << 20;
export const HEADER_BYTES = MAGIC.length + 16 + WRAPPED_BYTES + 4;
const TAG_BYTES = 16;
/** Where the header says which version it is, and the size of a chunk: of every chunk but the last, or, in the second version, of the only one. */
const VERSION_AT = 7;
const SIZE_AT = 24 + WRAPPED_BYTES;
const MOST_PADDING = 4096;

export interface Envelope {
  readonly objectId: Buffer;
  readonly key: Buffer;
  readonly chunkBytes: number;
  /** Content bytes, where the object is one chunk whose header says so; then padding up to a block of the disk may lie behind it. */
  readonly only?: number;
}

export function newEnvelope(ring: Keyring, objectId: Buffer): { envelope: Envelope; header: Buffer } {
  const key = fresh(32);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(CHUNK_BYTES);
  return {
    envelope: { objectId, key, chunkBytes: CHUNK_BYTES },
    header: Buffer.concat([MAGIC, objectId, wrap(ring, key, objectId), size]),
  };
}

/**
 * Makes a new header say that one chunk of so many bytes is all: the file may then be longer, up to a block of the disk. To cut it to size would
 * cost as much as writing it.
 */
export function tellOnlyChunk(header: Buffer, contentBytes: number): void {
  header[VERSION_AT] = 2;
  header.writeUInt32BE(contentBytes, SIZE_AT);
}

/** @throws Error when this is not one of our objects or no key opens it. */
export function openEnvelope(ring: Keyring, header: Uint8Array): Envelope {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength);
  const version = bytes[VERSION_AT];
  if (
    bytes.length < HEADER_BYTES ||
    !bytes.subarray(0, VERSION_AT).equals(MAGIC.subarray(0, VERSION_AT)) ||
    (version !== 1 && version !== 2)
  )
    throw new Error('not an encrypted object');
  const objectId = Buffer.from(bytes.subarray(8, 24));
  const key = unwrap(ring, bytes.subarray(24, 24 + WRAPPED_BYTES), objectId);
  const chunkBytes = bytes.readUInt32BE(SIZE_AT);
  if (version === 2) {
    if (chunkBytes > CHUNK_BYTES) throw new Error('not an encrypted object');
    return { objectId, key, chunkBytes: CHUNK_BYTES, only: chunkBytes };
  }
  if (chunkBytes < 1 || chunkBytes > 1 << 26) throw new Error('not an encrypted object');
  return { objectId, key, chunkBytes };
}

function nonce(index: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 8);
  return bytes;
}

function bound(envelope: Envelope, index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(21);
  envelope.objectId.copy(bytes);
  bytes.writeUInt32BE(index, 16);
  bytes[20] = last ? 1 : 0;
  return bytes;
}

/** The sealed chunk in parts to be written one after the other: joining them would copy a megabyte for sixteen bytes. */
export function sealChunk(
  envelope: Envelope,
  index: number,
  last: boolean,
  plain: Uint8Array,
): readonly Buffer[] {
  const cipher = chunkCipher(envelope, index, last);
  const body = cipher.update(plain);
  cipher.final();
  return [body, cipher.getAuthTag()];
}

/** Seals one chunk: what it puts out, then its tag, is the sealed chunk. For who wants it in pieces. */
export function chunkCipher(envelope: Envelope, index: number, last: boolean): CipherGCM {
  // As a key object: looked at as bytes, a key costs three times as much.
  const key = createSecretKey(envelope.key);
  return createCipheriv('aes-256-gcm', key, nonce(index)).setAAD(bound(envelope, index, last));
}

/** @throws Error when the chunk was changed, moved or is not the one it claims to be. */
export function openChunk(envelope: Envelope, index: number, last: boolean, sealed: Uint8Array): Buffer {
  if (sealed.length < TAG_BYTES) throw new Error('encrypted chunk is cut off');
  const cut = sealed.length - TAG_BYTES;
  const open = createDecipheriv('aes-256-gcm', envelope.key, nonce(index)).setAAD(
    bound(envelope, index, last),
  );
  open.setAuthTag(sealed.subarray(cut));
  return Buffer.concat([open.update(sealed.subarray(0, cut)), open.final()]);
}

/** Where chunk `index` lies in an object of `objectBytes`, and whether it is the last one. */
export function chunkPlace(
  envelope: Envelope,
  objectBytes: number,
  index: number,
): { start: number; end: number; last: boolean } | undefined {
  if (envelope.only !== undefined) {
    const end = HEADER_BYTES + envelope.only + TAG_BYTES;
    if (index > 0 || objectBytes < end || objectBytes - end >= MOST_PADDING) return undefined;
    return { start: HEADER_BYTES, end, last: true };
  }
  const stride = envelope.chunkBytes + TAG_BYTES;
  const start = HEADER_BYTES + index * stride;
  if (start + TAG_BYTES > objectBytes) return undefined;
  const end = Math.min(start + stride, objectBytes);
  return { start, end, last: end === objectBytes };
}

export function plainSize(envelope: Envelope, objectBytes: number): number {
  if (envelope.only !== undefined) return envelope.only;
  const body = objectBytes - HEADER_BYTES;
  return body - Math.ceil(body / (envelope.chunkBytes + TAG_BYTES)) * TAG_BYTES;
}
