import { createHash } from 'node:crypto';
import { readDicom } from '@foramen/dicom';
import type { BlobStore } from '../blobs/store.ts';
import { HEAD_BYTES } from './instance.ts';

/** Preamble, `DICM`, and the first element of the file meta information, which says how long the rest of it is (PS3.10 7.1). */
const FIRST_ELEMENT_END = 144;
const LONGEST_HEADER = 64 << 10;

/** Transfer syntax and SHA-256 of what stands behind the file meta information; undefined where that does not say where it ends. */
async function contentOf(blobs: BlobStore, object: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  let gathered = 0;
  let header: { end: number; syntax: string } | undefined;
  const begin = (): boolean => {
    const head = Buffer.concat(parts);
    if (head.length < FIRST_ELEMENT_END || head.toString('latin1', 128, 132) !== 'DICM') return false;
    if (head.readUInt32LE(132) !== 0x0000_0002) return false;
    const end = FIRST_ELEMENT_END + head.readUInt32LE(140);
    const read = readDicom(head.subarray(0, HEAD_BYTES));
    if (end > Math.min(head.length, LONGEST_HEADER) || !read.ok) return false;
    header = { end, syntax: read.value.transferSyntax };
    hash.update(head.subarray(end));
    return true;
  };
  for await (const part of blobs.stream(object)) {
    if (header !== undefined) {
      hash.update(part);
      continue;
    }
    parts.push(Buffer.from(part));
    gathered += part.length;
    if (gathered >= LONGEST_HEADER && !begin()) return undefined;
  }
  if (header === undefined && !begin()) return undefined;
  return `${header?.syntax} ${hash.digest('hex')}`;
}

/**
 * Whether two kept objects are one DICOM object, byte for byte: who sent it, and whose software wrote the file, stands before its data set alone, so a
 * modality and the PACS behind it send the same object in different files. An object that cannot be read is no other's equal.
 */
export async function sameObject(blobs: BlobStore, one: string, other: string): Promise<boolean> {
  try {
    const content = await contentOf(blobs, one);
    return content !== undefined && content === (await contentOf(blobs, other));
  } catch {
    return false;
  }
}
