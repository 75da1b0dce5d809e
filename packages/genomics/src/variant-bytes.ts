import { crc32 } from '@foramen/spine/crc32';
import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { Gunzip, Inflate } from 'fflate';
import { hasBgzfEnd, isBgzf, isGzip, missingBgzfEnd } from './bgzf.ts';
import { tablesToRead } from './profile.ts';
import { VariantReader } from './variant-reader.ts';
import type { VariantFile } from './vcf-reader.ts';
import { isZip, soleMember, type ZipMember } from './zip.ts';

/** Fed to the inflater at a time: what one step swells to must fit into a tab. */
const STEP = 1 << 16;

type Damage = 'truncated' | 'unreadable';

/**
 * Reads a file held in memory: a VCF or raw data of a consumer array, plain, gzipped, or the one file of a zip archive. What is packed is
 * unpacked piece by piece, since a genome unpacked at once would not fit into a tab. `where` names the file in problems.
 */
export function readVariantBytes(
  bytes: Uint8Array,
  where: string,
  samples: readonly string[] | null = null,
): Result<VariantFile> {
  const no = (code: Problem['code'], what: string, help: string): Problem => ({
    code,
    severity: 'error',
    where,
    what,
    help,
  });
  if (bytes.length === 0) return fail(no('unreadable', 'the file is empty', 'Copy or export the file again'));
  const reader = new VariantReader(tablesToRead(), where, samples);
  let damage: Damage | null = null;
  if (isZip(bytes)) {
    const member = soleMember(bytes, where);
    if (!member.ok) return member;
    damage = unzipInto(reader, member.value);
  } else if (isGzip(bytes)) damage = gunzipInto(reader, bytes);
  else reader.push(bytes);
  if (damage !== null) return fail(no(damage, 'the compressed file is damaged or cut off', 'Copy it again'));
  const read = reader.finish();
  if (!read.ok || !isBgzf(bytes) || hasBgzfEnd(bytes)) return read;
  // What is beside it is worth reading all the same.
  const cut: Problem = { ...missingBgzfEnd(where), severity: 'warning' };
  return ok({ ...read.value, warnings: [...read.value.warnings, cut] }, read.warnings);
}

/** Members of gzip and bgzip follow each other; length and checksum at the end of the last one tell whether the file is whole. */
function gunzipInto(reader: VariantReader, bytes: Uint8Array): Damage | null {
  let length = 0;
  let sum = 0;
  const stream = new Gunzip((part) => {
    length += part.length;
    sum = crc32(part, sum);
    if (part.length > 0) reader.push(part);
  });
  stream.onmember = () => {
    length = 0;
    sum = 0;
  };
  if (!stepThrough(stream, bytes, reader)) return 'unreadable';
  if (reader.failed !== null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  if (view.getUint32(4, true) !== length % 2 ** 32) return 'truncated';
  return view.getUint32(0, true) === sum ? null : 'unreadable';
}

function unzipInto(reader: VariantReader, member: ZipMember): Damage | null {
  let length = 0;
  let sum = 0;
  const take = (part: Uint8Array) => {
    length += part.length;
    sum = crc32(part, sum);
    if (length > member.size) throw new RangeError('more than the archive says');
    if (part.length > 0) reader.push(part);
  };
  if (!member.deflated) take(member.packed);
  else if (!stepThrough(new Inflate(take), member.packed, reader)) return 'unreadable';
  if (reader.failed !== null) return null;
  return length === member.size && sum === member.crc32 ? null : 'unreadable';
}

/** Whether the inflater took it all; it stops early where the reader has refused. */
function stepThrough(
  stream: { push(chunk: Uint8Array, final?: boolean): void },
  bytes: Uint8Array,
  reader: VariantReader,
): boolean {
  try {
    for (let at = 0; at < bytes.length && reader.failed === null; at += STEP)
      stream.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    return true;
  } catch {
    return false;
  }
}
