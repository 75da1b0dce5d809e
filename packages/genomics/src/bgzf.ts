import type { Problem } from '@foramen/spine/problem';

/** One bgzip member of a file: where it starts, how long it is compressed, and its compressed bytes without header and footer. */
export interface BgzfMember {
  readonly offset: number;
  readonly size: number;
  readonly deflated: Uint8Array;
  /** Checksum and length of what it holds, unpacked. */
  readonly crc32: number;
  readonly inflatedSize: number;
}

/** The empty member that ends every whole bgzip file (SAM/BAM specification, 4.1.2). */
const END_MARK = [31, 139, 8, 4, 0, 0, 0, 0, 0, 255, 6, 0, 66, 67, 2, 0, 27, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Whether the last bytes of a bgzip file are its end mark. Without it the file may be cut off between two members. */
export function hasBgzfEnd(lastBytes: Uint8Array): boolean {
  const from = lastBytes.length - END_MARK.length;
  return from >= 0 && END_MARK.every((byte, at) => lastBytes[from + at] === byte);
}

/** What is said of a bgzip file without its end mark: its lines may be whole and yet not all. */
export function missingBgzfEnd(where: string): Problem {
  return {
    code: 'truncated',
    severity: 'error',
    where,
    what: 'the end mark of bgzip is missing: the file may be cut off, and only what it holds was read',
    help: 'Copy or download it again, and check its size',
  };
}

function uint32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** bgzip writes the size of each member into an extra field `BC`; plain gzip has none. */
export function isBgzf(bytes: Uint8Array): boolean {
  return isGzip(bytes) && memberSize(bytes, 0) !== null;
}

function memberSize(bytes: Uint8Array, at: number): { size: number; header: number } | null {
  if (
    bytes.length < at + 18 ||
    bytes[at] !== 0x1f ||
    bytes[at + 1] !== 0x8b ||
    ((bytes[at + 3] ?? 0) & 4) === 0
  )
    return null;
  const extra = (bytes[at + 10] ?? 0) | ((bytes[at + 11] ?? 0) << 8);
  const end = at + 12 + extra;
  for (let i = at + 12; i + 4 <= end && i + 6 <= bytes.length; ) {
    const length = (bytes[i + 2] ?? 0) | ((bytes[i + 3] ?? 0) << 8);
    if (bytes[i] === 66 && bytes[i + 1] === 67 && length === 2) {
      return { size: ((bytes[i + 4] ?? 0) | ((bytes[i + 5] ?? 0) << 8)) + 1, header: 12 + extra };
    }
    i += 4 + length;
  }
  return null;
}

/** Cuts a stretch of a bgzip file into members; a member cut off at the end of the stretch is left out. */
export function cutBgzf(bytes: Uint8Array, fileOffset: number): BgzfMember[] {
  const out: BgzfMember[] = [];
  let at = 0;
  while (at < bytes.length) {
    const member = memberSize(bytes, at);
    if (!member || at + member.size > bytes.length) break;
    const end = at + member.size;
    out.push({
      offset: fileOffset + at,
      size: member.size,
      deflated: bytes.subarray(at + member.header, end - 8),
      crc32: uint32(bytes, end - 8),
      inflatedSize: uint32(bytes, end - 4),
    });
    at = end;
  }
  return out;
}
