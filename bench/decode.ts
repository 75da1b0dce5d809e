/**
 * DICOM decoding against pydicom with GDCM: the same files, read and decoded to pixels by both, warm, in one run on this
 * machine. Prints a ratio a transfer syntax (above 1: ours is faster). Without python3-pydicom and python3-gdcm it prints
 * our own figures only and says so. Then whole series: a folder of 24 slices read to a volume, as every command reads it, against the peer reading
 * the same files one after another.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dataSet,
  decodeGreyFrame,
  pixelShape,
  readDicom,
  SOP_CLASS,
  TRANSFER_SYNTAX,
  uidFromSeed,
  writePart10,
} from '@foramen/dicom';
import { readInput } from '@foramen/imaging';
import { nativeCodecs } from '@foramen/server/analysis';

const REPEATS = 15;
const shared = join(import.meta.dirname, '..', '..', 'shared', 'data', 'dicom');

const PEER = `
import sys, json, time, warnings
warnings.simplefilter('ignore')
import numpy, pydicom, gdcm
asked = json.load(sys.stdin)
gdcm.Trace.WarningOff(); gdcm.Trace.ErrorOff()
def one(path): pydicom.dcmread(path).pixel_array
def volume(paths): numpy.stack([pydicom.dcmread(path).pixel_array for path in paths]).astype('float32')
def best(read, what):
    least = None
    for n in range(${REPEATS} + 1):
        start = time.perf_counter()
        try:
            read(what)
        except Exception:
            return None
        took = time.perf_counter() - start
        if n and (least is None or took < least): least = took
    return least and least * 1000
print(json.dumps([best(volume if isinstance(what, list) else one, what) for what in asked]))
`;

function walk(path: string): string[] {
  if (!existsSync(path)) return [];
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => walk(join(path, name))) : [path];
}

const SIDE = 320;
let state = 1;
const noise = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

/** A lumbar slice's worth of smooth, noisy 12-bit signal. */
function signal(slice: number): Uint16Array<ArrayBuffer> {
  return Uint16Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [r, c] = [Math.floor(i / SIDE), i % SIDE];
    return Math.round(1200 + 800 * Math.sin(r / 20 + slice / 5) * Math.cos(c / 31) + 40 * noise());
  });
}

function slice(n: number, pixels: Uint16Array<ArrayBuffer>) {
  return dataSet({
    SOPClassUID: SOP_CLASS.mr,
    SOPInstanceUID: uidFromSeed(`bench ${n}`),
    SeriesInstanceUID: uidFromSeed('bench series'),
    Modality: 'MR',
    PixelSpacing: [0.8, 0.8],
    SliceThickness: 4,
    ImagePositionPatient: [4 * n, 0, 0],
    ImageOrientationPatient: [0, 1, 0, 0, 0, -1],
    Rows: SIDE,
    Columns: SIDE,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    PixelData: pixels,
  });
}

/** One slice in the transfer syntaxes the product writes. */
function generated(folder: string): string[] {
  const set = slice(0, signal(0));
  return [TRANSFER_SYNTAX.explicitLittle, TRANSFER_SYNTAX.deflated, TRANSFER_SYNTAX.rle].map(
    (transferSyntax, n) => {
      const path = join(folder, `generated-${n}.dcm`);
      writeFileSync(path, writePart10(set, { transferSyntax }));
      return path;
    },
  );
}

// As the command line and the server decode.
const codecs = nativeCodecs();

async function decodeOnce(path: string): Promise<string | null> {
  const read = readDicom(
    new Uint8Array(readFileSync(path)),
    codecs.inflateRaw ? { inflateRaw: codecs.inflateRaw } : {},
  );
  if (!read.ok) return null;
  const shape = pixelShape(read.value.set);
  if (!shape.ok) return null;
  for (let frame = 0; frame < shape.value.frames; frame++) {
    const decoded = await decodeGreyFrame(read.value, frame, codecs);
    if (!decoded.ok) return null;
  }
  return read.value.transferSyntax;
}

/** A series of 24 slices in one transfer syntax; JPEG 2000 lossless by OpenJPEG's own encoder. */
async function generatedSeries(folder: string, transferSyntax: string): Promise<string[]> {
  // @ts-expect-error no types
  const { default: factory } = await import('@cornerstonejs/codec-openjpeg/wasmjs');
  const openjpeg = await factory({ print: () => undefined });
  return Array.from({ length: 24 }, (_, n) => {
    const pixels = signal(n);
    const set = new Map(slice(n, pixels));
    if (transferSyntax === TRANSFER_SYNTAX.jpeg2000Lossless) {
      const encoder = new openjpeg.J2KEncoder();
      const size = { width: SIDE, height: SIDE, bitsPerSample: 12, componentCount: 1, isSigned: false };
      encoder.getDecodedBuffer(size).set(new Uint8Array(pixels.buffer));
      encoder.setQuality(true, 0);
      encoder.encode();
      const stream = Uint8Array.from(encoder.getEncodedBuffer() as Uint8Array);
      encoder.delete();
      set.set(0x7fe00010, { vr: 'OB', value: { offsets: [0], fragments: [stream] } });
    }
    const path = join(folder, `${transferSyntax}-${n}.dcm`);
    writeFileSync(path, writePart10(set, { transferSyntax }));
    return path;
  });
}

/** Best time in ms of reading a folder to a volume. */
async function seriesTime(paths: readonly string[]): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n <= REPEATS; n++) {
    const began = performance.now();
    const files = paths.map((path) => ({ name: path, bytes: new Uint8Array(readFileSync(path)) }));
    const read = await readInput(files, { codecs });
    if (!read.ok || read.value.series[0]?.volume.size[2] !== paths.length)
      throw new Error('a slice is missing');
    if (n > 0) best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Best times of the peer in ms, of a file or of a series read to one array; null where it cannot read, or is not installed. */
function peerTimes(
  paths: readonly (string | readonly string[])[],
  cwd: string,
): readonly (number | null)[] | null {
  const run = spawnSync('/usr/bin/python3', ['-c', PEER], {
    input: JSON.stringify(paths),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    cwd,
  });
  return run.status === 0 ? JSON.parse(run.stdout) : null;
}

async function ownTimes(
  paths: readonly string[],
  into: Map<string, { syntax: string; ms: number }>,
): Promise<void> {
  for (const path of paths) {
    // The first pass loads the codec and warms the compiler, as the peer's first pass does.
    const syntax = await decodeOnce(path);
    if (syntax === null) continue;
    let best = into.get(path)?.ms ?? Number.POSITIVE_INFINITY;
    for (let n = 0; n < REPEATS; n++) {
      const start = performance.now();
      await decodeOnce(path);
      best = Math.min(best, performance.now() - start);
    }
    into.set(path, { syntax, ms: best });
  }
}

const folder = mkdtempSync(join(tmpdir(), 'foramen-bench-'));
try {
  const paths = [...generated(folder), ...walk(shared)];
  const ours = new Map<string, { syntax: string; ms: number }>();
  // Taken in turns, best of each, so that a busy moment of the machine favours neither.
  await ownTimes(paths, ours);
  const before = peerTimes([...ours.keys()], folder);
  await ownTimes(paths, ours);
  const after = before && peerTimes([...ours.keys()], folder);
  if (!before || !after) console.log('pydicom with GDCM is not installed here: own figures only');
  const bySyntax = new Map<string, { files: number; ours: number; peer: number }>();
  for (const [n, { syntax, ms }] of [...ours.values()].entries()) {
    const [one, two] = [before?.[n], after?.[n]];
    if (before && (one == null || two == null)) continue;
    const theirs = Math.min(one ?? 0, two ?? 0);
    const row = bySyntax.get(syntax) ?? { files: 0, ours: 0, peer: 0 };
    bySyntax.set(syntax, { files: row.files + 1, ours: row.ours + ms, peer: row.peer + theirs });
  }
  const total = { files: 0, ours: 0, peer: 0 };
  const line = (name: string, row: typeof total): string =>
    `${name.padEnd(30)} ${String(row.files).padStart(4)} files ${row.ours.toFixed(1).padStart(9)} ms` +
    (before
      ? `  pydicom+GDCM ${row.peer.toFixed(1).padStart(9)} ms  ratio ${(row.peer / row.ours).toFixed(2)}`
      : '');
  for (const [syntax, row] of [...bySyntax].sort()) {
    total.files += row.files;
    total.ours += row.ours;
    total.peer += row.peer;
    console.log(line(syntax, row));
  }
  console.log(line('decode: all', total));
  for (const syntax of [
    TRANSFER_SYNTAX.explicitLittle,
    TRANSFER_SYNTAX.rle,
    TRANSFER_SYNTAX.jpeg2000Lossless,
  ]) {
    const series = await generatedSeries(folder, syntax);
    const first = await seriesTime(series);
    const peer = peerTimes([series, series], folder)?.map((ms) => ms ?? 0) ?? [0];
    const best = Math.min(first, await seriesTime(series));
    console.log(line(`series ${syntax}`, { files: series.length, ours: best, peer: Math.min(...peer) }));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
