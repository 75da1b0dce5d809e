import { fail, ok, type Result } from '@foramen/spine/problem';
import { chromosomeName } from './chromosome.ts';
import type { LocusIndex } from './locus.ts';

/** A tabix index, read as far as it is needed to find the stretches of the file that hold a region. */
export interface TabixIndex {
  readonly names: readonly string[];
  /** Virtual file offsets (member offset times 65536 plus offset within): [begin, end] of the chunks of a region. */
  chunks(name: string, from: number, to: number): readonly (readonly [number, number])[];
}

const LINEAR_SHIFT = 14;

class Cursor {
  private at = 0;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  int(): number {
    const value = this.view.getInt32(this.at, true);
    this.at += 4;
    return value;
  }
  offset(): number {
    const low = this.view.getUint32(this.at, true);
    const high = this.view.getUint32(this.at + 4, true);
    this.at += 8;
    return high * 2 ** 32 + low;
  }
  take(length: number): Uint8Array {
    if (length < 0 || this.at + length > this.bytes.length) throw new RangeError('index ends early');
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }
}

/** Bins that may hold records overlapping [from, to), as in the SAM specification (min shift 14, depth 5). */
function binsOf(from: number, to: number): number[] {
  const out = [0];
  for (const [shift, first] of [
    [26, 1],
    [23, 9],
    [20, 73],
    [17, 585],
    [14, 4681],
  ] as const) {
    for (let bin = first + (from >> shift); bin <= first + ((to - 1) >> shift); bin++) out.push(bin);
  }
  return out;
}

/** Reads an inflated `.tbi` file. */
export function readTabix(bytes: Uint8Array, where: string): Result<TabixIndex> {
  const broken = (what: string) =>
    fail<TabixIndex>({
      code: 'unreadable',
      severity: 'error',
      where,
      what,
      help: 'Make the index again with tabix -p vcf, or remove it: the file is then read through',
    });
  if (bytes.length < 36 || bytes[0] !== 84 || bytes[1] !== 66 || bytes[2] !== 73 || bytes[3] !== 1)
    return broken('not a tabix index');
  try {
    const cursor = new Cursor(bytes.subarray(4));
    const count = cursor.int();
    for (let i = 0; i < 6; i++) cursor.int();
    const names = new TextDecoder().decode(cursor.take(cursor.int())).split('\0').filter(Boolean);
    if (count < 0 || count > 1_000_000) return broken('a damaged tabix index');
    const bins: Map<number, [number, number][]>[] = [];
    const linear: number[][] = [];
    for (let ref = 0; ref < count; ref++) {
      const own = new Map<number, [number, number][]>();
      const binCount = cursor.int();
      for (let b = 0; b < binCount; b++) {
        const bin = cursor.int() >>> 0;
        const chunkCount = cursor.int();
        const chunks: [number, number][] = [];
        for (let c = 0; c < chunkCount; c++) chunks.push([cursor.offset(), cursor.offset()]);
        own.set(bin, chunks);
      }
      bins.push(own);
      const intervals: number[] = [];
      const intervalCount = cursor.int();
      for (let i = 0; i < intervalCount; i++) intervals.push(cursor.offset());
      linear.push(intervals);
    }
    return ok({
      names,
      chunks(name, from, to) {
        const ref = names.indexOf(name);
        if (ref < 0) return [];
        const least = linear[ref]?.[Math.max(0, from - 1) >> LINEAR_SHIFT] ?? 0;
        return binsOf(Math.max(0, from - 1), to)
          .flatMap((bin) => bins[ref]?.get(bin) ?? [])
          .filter(([, end]) => end > least)
          .map(([begin, end]): readonly [number, number] => [Math.max(begin, least), end]);
      },
    });
  } catch {
    return broken('a tabix index that ends early');
  }
}

export interface IndexQuery {
  readonly chromosome: string;
  readonly from: number;
  readonly to: number;
}

/** Regions to fetch: the windows of a position index, joined where they lie close together. */
export function indexQueries(
  index: LocusIndex,
  names: readonly string[],
  join = 200_000,
): readonly IndexQuery[] {
  const out: IndexQuery[] = [];
  for (const name of names) {
    const windows = index.windows.get(chromosomeName(name));
    if (!windows) continue;
    let from = -1;
    let to = -1;
    for (let i = 0; i + 1 < windows.length; i += 2) {
      const start = windows[i] ?? 0;
      const end = windows[i + 1] ?? 0;
      if (from >= 0 && start - to <= join) {
        to = end;
        continue;
      }
      if (from >= 0) out.push({ chromosome: name, from, to });
      from = start;
      to = end;
    }
    if (from >= 0) out.push({ chromosome: name, from, to });
  }
  return out;
}
