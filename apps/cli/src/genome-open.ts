import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync, inflateRawSync } from 'node:zlib';
import {
  buildLocusIndex,
  cutBgzf,
  indexQueries,
  isArrayText,
  isBgzf,
  isGzip,
  type RegionIndex,
  readArrayText,
  readCsi,
  readTabix,
  tablesToRead,
  type VariantFile,
  VcfReader,
} from '@foramen/genomics';
import { fail, type Problem, type Result } from '@foramen/spine/problem';
import { notReadable } from './small-text.ts';

export interface OpenOptions {
  /** Samples wanted; null reads all of them. */
  readonly samples: readonly string[] | null;
  /** A file with more than one sample is refused unless this says otherwise. */
  readonly manySamples: boolean;
  readonly onProgress?: (fraction: number) => void;
}

function unreadable(path: string, what: string, help: string, code: Problem['code'] = 'unreadable'): Problem {
  return { code, severity: 'error', where: path, what, help };
}

function firstBytes(path: string, length: number): Uint8Array {
  const handle = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, 0));
  } finally {
    closeSync(handle);
  }
}

function tooManySamples(path: string, samples: readonly string[]): Problem {
  const shown = samples.slice(0, 4).join(', ');
  return unreadable(
    path,
    `holds ${samples.length} samples (${shown}${samples.length > 4 ? ', …' : ''}) where one was expected`,
    'Choose one with --sample ID, or give --out DIR for a table of all of them',
    'inconsistent',
  );
}

/** Stops reading as soon as the header shows that the file cannot be used as asked. */
function check(reader: VcfReader, path: string, options: OpenOptions): Problem | null {
  if (reader.failed) return reader.failed;
  const samples = reader.samples;
  if (samples && samples.length > 1 && !options.samples && !options.manySamples)
    return tooManySamples(path, samples);
  return null;
}

/** The bytes of a file as they come, with how far reading has come; a pipe has no size. */
interface Source {
  readonly chunks: Readable;
  readonly size: number;
  read(): number;
}

function sourceOf(path: string): Source {
  const chunks = createReadStream(path, { highWaterMark: 1 << 20 });
  return { chunks, size: statSync(path).size, read: () => chunks.bytesRead };
}

async function readThrough(
  path: string,
  source: Source,
  gzip: boolean,
  options: OpenOptions,
): Promise<Result<VariantFile>> {
  const reader = new VcfReader(tablesToRead(), path, options.samples);
  const { size } = source;
  const stream = gzip ? source.chunks.pipe(createGunzip({ chunkSize: 1 << 20 })) : source.chunks;
  if (gzip) source.chunks.on('error', (error) => stream.destroy(error));
  let next = 0;
  try {
    for await (const chunk of stream) {
      reader.push(chunk as Uint8Array);
      const problem = check(reader, path, options);
      if (problem) {
        source.chunks.destroy();
        return fail(problem);
      }
      const at = source.read();
      if (options.onProgress && at >= next) {
        options.onProgress(size > 0 ? at / size : 0);
        next = at + size / 200;
      }
    }
  } catch (error) {
    return fail(readingFailed(path, error));
  }
  return reader.finish();
}

function readingFailed(path: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const message = String((error as Error).message);
  if (/Z_|EOF/.test(code) || /unexpected end|incorrect/.test(message)) {
    const cut = code === 'Z_BUF_ERROR' || /unexpected end/.test(message);
    const what = cut ? 'the compressed file is cut off' : 'the compressed file is damaged';
    const help = 'Copy or download it again, and check its size';
    return unreadable(path, what, help, cut ? 'truncated' : 'unreadable');
  }
  return unreadable(path, `cannot be read (${code || message})`, 'Check the path and the permissions');
}

/** What `<(command)` gives: read once, from its first byte on. */
async function readPipe(path: string, options: OpenOptions): Promise<Result<VariantFile>> {
  const pieces = createReadStream(path, { highWaterMark: 1 << 20 })[Symbol.asyncIterator]();
  try {
    const first = await pieces.next();
    if (first.done) return fail(unreadable(path, 'the pipe is empty', 'Check the command that writes it'));
    const head = first.value as Uint8Array;
    const refused = refusedBy(path, head);
    if (refused) return fail(refused);
    const whole = async function* () {
      yield head;
      for (let piece = await pieces.next(); !piece.done; piece = await pieces.next())
        yield piece.value as Uint8Array;
    };
    const source: Source = { chunks: Readable.from(whole()), size: 0, read: () => 0 };
    return await readThrough(path, source, isGzip(head), options);
  } catch (error) {
    return fail(readingFailed(path, error));
  }
}

function refusedBy(path: string, head: Uint8Array): Problem | null {
  if (head.length === 0) return unreadable(path, 'the file is empty', 'Export it again');
  if (head[0] === 0x42 && head[1] === 0x43 && head[2] === 0x46)
    return unreadable(path, 'a BCF file', 'Convert it: bcftools view -Oz -o file.vcf.gz', 'unsupported');
  return null;
}

function readRange(handle: number, from: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, readSync(handle, bytes, 0, length, from));
}

/** Largest compressed member of bgzip. */
const MEMBER = 1 << 16;
/** A member holds 64 KB and an index of a whole genome some megabytes; what swells to more is neither. */
const MOST_OF_MEMBER = 1 << 20;
const MOST_OF_INDEX = 128 << 20;

/** The file ends before the stretch that its index promises. */
class CutOff extends Error {}

function feedRange(reader: VcfReader, handle: number, begin: number, end: number): void {
  let offset = Math.floor(begin / 65536);
  const lastMember = Math.floor(end / 65536);
  const lastWithin = end % 65536;
  let skip = begin % 65536;
  while (offset < lastMember || (offset === lastMember && lastWithin > 0)) {
    const bytes = readRange(
      handle,
      offset,
      Math.min(Math.max(lastMember - offset + MEMBER, MEMBER), 4 << 20),
    );
    const members = cutBgzf(bytes, offset);
    if (members.length === 0) throw new CutOff();
    for (const member of members) {
      if (member.offset > lastMember) return;
      const plain = inflateRawSync(member.deflated, { maxOutputLength: MOST_OF_MEMBER });
      const until = member.offset === lastMember ? lastWithin : plain.length;
      if (until > skip) reader.push(plain.subarray(skip, until));
      skip = 0;
      offset = member.offset + member.size;
    }
  }
}

/** Only the stretches of the file that hold a position of interest. */
function readWithIndex(path: string, index: RegionIndex, options: OpenOptions): Result<VariantFile> {
  const reader = new VcfReader(tablesToRead(), path, options.samples);
  const handle = openSync(path, 'r');
  try {
    let offset = 0;
    while (!reader.samples && !reader.failed) {
      const members = cutBgzf(readRange(handle, offset, MEMBER * 4), offset);
      if (members.length === 0) break;
      for (const member of members) {
        const plain = inflateRawSync(member.deflated, { maxOutputLength: MOST_OF_MEMBER });
        const text = new TextDecoder().decode(plain);
        const at = text.search(/(^|\n)#CHROM[^\n]*\n/);
        if (at < 0) {
          reader.push(plain);
        } else {
          const lineEnd = plain.indexOf(10, Buffer.byteLength(text.slice(0, at), 'utf8') + 1);
          reader.push(plain.subarray(0, lineEnd + 1));
          break;
        }
        offset = member.offset + member.size;
      }
    }
    const problem = check(reader, path, options);
    if (problem) return fail(problem);
    const tables = tablesToRead();
    const chunks = (['GRCh38', 'GRCh37'] as const)
      .map((assembly) => buildLocusIndex(tables, assembly))
      .flatMap((loci) => indexQueries(loci, index.names))
      .flatMap((query) => index.chunks(query.chromosome, query.from, query.to))
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    let from = -1;
    let to = -1;
    for (const [begin, end] of chunks) {
      if (from >= 0 && begin <= to) {
        to = Math.max(to, end);
        continue;
      }
      if (from >= 0) feedRange(reader, handle, from, to);
      from = begin;
      to = end;
    }
    if (from >= 0) feedRange(reader, handle, from, to);
    return reader.finish();
  } catch (error) {
    if (error instanceof CutOff) {
      return fail(
        unreadable(
          path,
          'the compressed file is cut off',
          'Copy or download it again, and check its size',
          'truncated',
        ),
      );
    }
    return fail(
      unreadable(
        path,
        `cannot be read with its index (${(error as Error).message})`,
        'Remove or remake the index beside it (.tbi or .csi)',
      ),
    );
  } finally {
    closeSync(handle);
  }
}

/** Opens whatever holds a genotype: VCF (plain, gzip, bgzip with or without a tabix or CSI index), 23andMe or AncestryDNA text. */
export async function openGenome(path: string, options: OpenOptions): Promise<Result<VariantFile>> {
  try {
    const not = notReadable(path);
    if (not) return fail(not);
    return await (statSync(path).isFile() ? openFile(path, options) : readPipe(path, options));
  } catch (error) {
    return fail(readingFailed(path, error));
  }
}

async function openFile(path: string, options: OpenOptions): Promise<Result<VariantFile>> {
  const head = firstBytes(path, 1 << 16);
  const refused = refusedBy(path, head);
  if (refused) return fail(refused);
  const gzip = isGzip(head);
  if (gzip && isBgzf(head)) {
    for (const kind of ['tbi', 'csi'] as const) {
      const index = indexIsCurrent(path, kind) ? readIndexFile(`${path}.${kind}`, kind) : null;
      if (index) return readWithIndex(path, index, options);
    }
  }
  if (!gzip) {
    const text = new TextDecoder().decode(head.subarray(0, 8000));
    if (isArrayText(text)) return readArrayText(readFileSync(path, 'utf8'), tablesToRead(), path);
  }
  return readThrough(path, sourceOf(path), gzip, options);
}

/** An index made before the file was last written speaks of another file; then the file is read through. */
function indexIsCurrent(path: string, kind: 'tbi' | 'csi'): boolean {
  const index = `${path}.${kind}`;
  return existsSync(index) && statSync(index).mtimeMs >= statSync(path).mtimeMs - 2000;
}

function readIndexFile(path: string, kind: 'tbi' | 'csi'): RegionIndex | null {
  try {
    const bytes = gunzipSync(readFileSync(path), { maxOutputLength: MOST_OF_INDEX });
    const index = kind === 'tbi' ? readTabix(bytes, path) : readCsi(bytes, path);
    return index.ok && index.value.names.length > 0 ? index.value : null;
  } catch {
    return null;
  }
}
