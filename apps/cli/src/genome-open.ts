import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import {
  hasBgzfEnd,
  isBgzf,
  isGzip,
  isZip,
  missingBgzfEnd,
  readVariantBytes,
  tablesToRead,
  type VariantFile,
  VariantReader,
  VcfReader,
} from '@foramen/genomics';
import { fail, ok, type Problem, type Result } from '@foramen/spine/problem';
import { feedThroughIndex, IndexLeftAside, indexBeside } from './genome-index.ts';
import { notReadable } from './small-text.ts';

interface OpenOptions {
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

function lastBytes(path: string, length: number): Uint8Array {
  const handle = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    const from = Math.max(statSync(path).size - length, 0);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, from));
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
function check(reader: VcfReader | VariantReader, path: string, options: OpenOptions): Problem | null {
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
  const reader = new VariantReader(tablesToRead(), path, options.samples);
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
  // A small file is looked at only now.
  const read = reader.finish();
  const problem = check(reader, path, options);
  return problem ? fail(problem) : read;
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
  // A socket cannot be opened by its path.
  const from = isSocketInput(path) ? { fd: 0 } : {};
  const pieces = createReadStream(path, { ...from, highWaterMark: 1 << 20 })[Symbol.asyncIterator]();
  try {
    const first = await pieces.next();
    if (first.done) return fail(unreadable(path, 'the pipe is empty', 'Check the command that writes it'));
    const head = first.value as Uint8Array;
    const empty = emptyProblem(path, head);
    if (empty) return fail(empty);
    if (isZip(head)) return await readZipPipe(path, head, pieces, options);
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

/** Programs that start this one by Node give it a socket as its standard input. */
function isSocketInput(path: string): boolean {
  return path === '/dev/stdin' && statSync(path, { throwIfNoEntry: false })?.isSocket() === true;
}

function emptyProblem(path: string, head: Uint8Array): Problem | null {
  return head.length === 0 ? unreadable(path, 'the file is empty', 'Export it again') : null;
}

/** The file by way of its index; null where it has none, and why not where the index does not serve. */
function readWithIndex(path: string, options: OpenOptions): Result<VariantFile> | string | null {
  try {
    const index = indexBeside(path);
    if (!index) return null;
    const reader = new VcfReader(tablesToRead(), path, options.samples);
    feedThroughIndex(reader, path, index, () => check(reader, path, options) === null);
    const problem = check(reader, path, options);
    return problem ? fail(problem) : reader.finish();
  } catch (error) {
    if (error instanceof IndexLeftAside) return error.message;
    throw error;
  }
}

/** Opens whatever holds a genotype: VCF (bgzip with or without a tabix or CSI index) or raw data of a consumer array, plain, gzip or zip. */
export async function openGenome(path: string, options: OpenOptions): Promise<Result<VariantFile>> {
  try {
    const not = isSocketInput(path) ? null : notReadable(path);
    if (not) return fail(not);
    return await (statSync(path).isFile() ? openFile(path, options) : readPipe(path, options));
  } catch (error) {
    return fail(readingFailed(path, error));
  }
}

async function openFile(path: string, options: OpenOptions): Promise<Result<VariantFile>> {
  const head = firstBytes(path, 1 << 16);
  const empty = emptyProblem(path, head);
  if (empty) return fail(empty);
  const gzip = isGzip(head);
  if (isZip(head)) return openZip(path, options);
  if (!gzip || !isBgzf(head)) return readThrough(path, sourceOf(path), gzip, options);
  const indexed = readWithIndex(path, options);
  const read =
    indexed === null || typeof indexed === 'string'
      ? await readThrough(path, sourceOf(path), gzip, options)
      : indexed;
  if (!read.ok) return read;
  const said: Problem[] = [];
  if (typeof indexed === 'string') {
    const what = `the index beside it ${indexed}: the whole file was read instead`;
    said.push({ ...unreadable(path, what, 'Make it again: tabix -p vcf FILE'), severity: 'warning' });
  }
  if (!hasBgzfEnd(lastBytes(path, 28))) said.push(missingBgzfEnd(path));
  return said.length === 0
    ? read
    : ok({ ...read.value, warnings: [...read.value.warnings, ...said] }, read.warnings);
}

/** Raw data of a consumer array have some 10 MB in an archive; it is read as a whole, since its directory stands at its end. */
const MOST_OF_ARCHIVE = 256 << 20;

function largeArchive(path: string): Result<VariantFile> {
  const help = 'Unpack it and give the file inside';
  return fail(unreadable(path, 'a zip archive larger than 256 MB', help, 'too-large'));
}

async function readZipPipe(
  path: string,
  head: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
  options: OpenOptions,
): Promise<Result<VariantFile>> {
  const all = [head];
  let size = head.length;
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
    size += piece.value.length;
    if (size > MOST_OF_ARCHIVE) return largeArchive(path);
    all.push(piece.value);
  }
  return readArchive(Buffer.concat(all), path, options);
}

function openZip(path: string, options: OpenOptions): Result<VariantFile> {
  return statSync(path).size > MOST_OF_ARCHIVE
    ? largeArchive(path)
    : readArchive(readFileSync(path), path, options);
}

function readArchive(bytes: Uint8Array, path: string, options: OpenOptions): Result<VariantFile> {
  const read = readVariantBytes(bytes, path, options.samples);
  const { samples } = read.ok ? read.value : { samples: [] };
  return samples.length > 1 && !options.samples && !options.manySamples
    ? fail(tooManySamples(path, samples))
    : read;
}
