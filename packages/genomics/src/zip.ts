import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';

/** The one file of an archive, still packed. */
export interface ZipMember {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly deflated: boolean;
  /** Bytes and CRC-32 of it, unpacked. */
  readonly size: number;
  readonly crc32: number;
}

/** Content beyond which an archive is left packed. */
const MOST_BYTES = 1 << 30;
const MOST_MEMBERS = 10_000;
const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const MAX_COMMENT = 0xffff;
/** Sizes that stand elsewhere (Zip64) are written so. */
const ELSEWHERE = 0xffffffff;

/** What operating systems leave in archives. */
const LITTER = /\/$|(^|\/)(\.|__MACOSX|Thumbs\.db$|desktop\.ini$)/i;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * The file that an archive holds, where it holds one only (APPNOTE 6.3). fflate names neither checksum nor lock, hence the directory is
 * read here.
 */
export function soleMember(bytes: Uint8Array, where: string): Result<ZipMember> {
  const no = (code: Problem['code'], what: string, help: string) =>
    fail<ZipMember>({ code, severity: 'error', where, what, help });
  const broken = () => no('truncated', 'the zip archive is cut off or damaged', 'Copy or download it again');
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = bytes.length - END_RECORD_BYTES;
    const first = Math.max(end - MAX_COMMENT, 0);
    while (end >= first && view.getUint32(end, true) !== END_RECORD) end--;
    if (end < first) return broken();
    const files: { readonly name: string; readonly at: number }[] = [];
    let at = view.getUint32(end + 16, true);
    for (let left = Math.min(view.getUint16(end + 10, true), MOST_MEMBERS); left > 0; left--) {
      if (view.getUint32(at, true) !== CENTRAL_HEADER) return broken();
      const nameEnd = at + 46 + view.getUint16(at + 28, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
      if (!LITTER.test(name)) files.push({ name, at });
      at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    const [file, other] = files;
    if (file === undefined) return no('missing', 'a zip archive with no file in it', 'Download it again');
    if (other !== undefined) {
      const shown = files.slice(0, 3).map(({ name }) => name);
      const what = `a zip archive of ${files.length} files (${shown.join(', ')}${files.length > 3 ? ', …' : ''}) where one was expected`;
      return no('inconsistent', what, 'Unpack it and give the file of this person');
    }
    const method = view.getUint16(file.at + 10, true);
    const help = 'Unpack it and give the file inside';
    if ((view.getUint16(file.at + 8, true) & 1) === 1)
      return no('unsupported', 'the zip archive is locked with a password', help);
    if (method !== 0 && method !== 8)
      return no('unsupported', `a zip archive packed in a way that is not read (method ${method})`, help);
    const packedSize = view.getUint32(file.at + 20, true);
    const size = view.getUint32(file.at + 24, true);
    if (Math.max(packedSize, size) === ELSEWHERE || size > MOST_BYTES)
      return no('too-large', `${file.name} in the zip archive is larger than 1 GB`, help);
    const local = view.getUint32(file.at + 42, true);
    if (view.getUint32(local, true) !== LOCAL_HEADER) return broken();
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + packedSize > bytes.length) return broken();
    return ok({
      name: file.name,
      packed: bytes.subarray(from, from + packedSize),
      deflated: method === 8,
      size,
      crc32: view.getUint32(file.at + 16, true),
    });
  } catch {
    return broken();
  }
}
