import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import {
  buildLocusIndex,
  cutBgzf,
  indexQueries,
  type RegionIndex,
  readCsi,
  readTabix,
  tablesToRead,
  type VcfReader,
} from '@foramen/genomics';

/** Largest compressed member of bgzip. */
const MEMBER = 1 << 16;
/** A member holds 64 KB and an index of a whole genome some megabytes; what is or swells to more is neither. */
const MOST_OF_MEMBER = 1 << 20;
const MOST_OF_INDEX = 128 << 20;
const NEWLINE = 10;

/** Why an index beside a file is not used; the file is read through instead. */
export class IndexLeftAside extends Error {}

/** The index beside a bgzip file; null where there is none. Throws IndexLeftAside for one that is older than the file or no index. */
export function indexBeside(path: string): RegionIndex | null {
  for (const kind of ['tbi', 'csi'] as const) {
    const index = `${path}.${kind}`;
    if (!existsSync(index)) continue;
    // Made before the file was last written, it speaks of another file.
    if (statSync(index).mtimeMs < statSync(path).mtimeMs - 2000)
      throw new IndexLeftAside('is older than the file');
    const read = readIndexFile(index, kind);
    if (!read) throw new IndexLeftAside('cannot be read');
    return read;
  }
  return null;
}

function readIndexFile(path: string, kind: 'tbi' | 'csi'): RegionIndex | null {
  try {
    if (statSync(path).size > MOST_OF_INDEX) return null;
    const bytes = gunzipSync(readFileSync(path), { maxOutputLength: MOST_OF_INDEX });
    const index = kind === 'tbi' ? readTabix(bytes, path) : readCsi(bytes, path);
    return index.ok && index.value.names.length > 0 ? index.value : null;
  } catch {
    return null;
  }
}

function readRange(handle: number, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, readSync(handle, bytes, 0, length, from));
}

type Member = ReturnType<typeof cutBgzf>[number];

function unpacked(member: Member): Uint8Array {
  const plain = inflateRawSync(member.deflated, { maxOutputLength: MOST_OF_MEMBER });
  if (plain.length !== member.inflatedSize || crc32(plain) !== member.crc32)
    throw new IndexLeftAside('leads to damaged bytes');
  return plain;
}

/** Chunks of an index begin and end between two lines, in members of the file; where one does not, the index was made of another file. */
function feedRange(reader: VcfReader, handle: number, begin: number, end: number): void {
  const fits = (yes: boolean) => {
    if (!yes) throw new IndexLeftAside('is not of this file');
  };
  const lastMember = Math.floor(end / 65536);
  const lastWithin = end % 65536;
  let offset = Math.floor(begin / 65536);
  let skip = begin % 65536;
  let lastByte = NEWLINE;
  while (offset < lastMember || (offset === lastMember && lastWithin > 0)) {
    const length = Math.min(Math.max(lastMember - offset + MEMBER, MEMBER), 4 << 20);
    const members = cutBgzf(readRange(handle, offset, length), offset);
    if (members.length === 0) throw new IndexLeftAside('leads beyond the file');
    for (const member of members) {
      if (member.offset > lastMember) break;
      const plain = unpacked(member);
      const until = member.offset === lastMember ? lastWithin : plain.length;
      fits(until <= plain.length && (skip === 0 || plain[skip - 1] === NEWLINE));
      if (until > skip) {
        reader.push(plain.subarray(skip, until));
        lastByte = plain[until - 1] ?? NEWLINE;
      }
      skip = 0;
      offset = member.offset + member.size;
    }
  }
  // Past the last member by its own length, or just before it where nothing of it is wanted.
  fits(lastByte === NEWLINE);
}

function feedHeader(reader: VcfReader, handle: number): void {
  let offset = 0;
  while (!reader.samples && !reader.failed) {
    const members = cutBgzf(readRange(handle, offset, MEMBER * 4), offset);
    if (members.length === 0) return;
    for (const member of members) {
      const plain = unpacked(member);
      const text = new TextDecoder().decode(plain);
      const at = text.search(/(^|\n)#CHROM[^\n]*\n/);
      if (at >= 0) {
        const lineEnd = plain.indexOf(NEWLINE, Buffer.byteLength(text.slice(0, at), 'utf8') + 1);
        reader.push(plain.subarray(0, lineEnd + 1));
        break;
      }
      reader.push(plain);
      offset = member.offset + member.size;
    }
  }
}

/** The stretches of the file that hold a position of interest on either assembly, in their order, none twice. */
function stretches(index: RegionIndex): readonly (readonly [number, number])[] {
  const tables = tablesToRead();
  const chunks = (['GRCh38', 'GRCh37'] as const)
    .map((assembly) => buildLocusIndex(tables, assembly))
    .flatMap((loci) => indexQueries(loci, index.names))
    .flatMap((query) => index.chunks(query.chromosome, query.from, query.to))
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const out: [number, number][] = [];
  for (const [begin, end] of chunks) {
    const last = out[out.length - 1];
    if (last && begin <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([begin, end]);
  }
  return out;
}

/**
 * Feeds the reader the header and only those stretches of the file that its index says hold a position of interest. `goOn` is asked once the
 * header is read. Throws IndexLeftAside where the index does not fit the file: what was fed until then must be thrown away.
 */
export function feedThroughIndex(
  reader: VcfReader,
  path: string,
  index: RegionIndex,
  goOn: () => boolean,
): void {
  const handle = openSync(path, 'r');
  try {
    feedHeader(reader, handle);
    if (!goOn()) return;
    for (const [begin, end] of stretches(index)) feedRange(reader, handle, begin, end);
  } catch (error) {
    if (error instanceof IndexLeftAside) throw error;
    // Deflated bytes begin at a member: what cannot be inflated is none, or damaged, which reading through tells.
    throw new IndexLeftAside('leads to damaged bytes');
  } finally {
    closeSync(handle);
  }
}
