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

/** Where the bins and the linear index of one chromosome lie in the index file. */
interface Section {
  readonly bins: number;
  readonly binCount: number;
  readonly linear: number;
  readonly linearCount: number;
}

function offsetAt(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Walks over one chromosome without keeping anything: an index of a whole genome holds hundreds of thousands of entries. */
function sectionAt(view: DataView, start: number): Section & { readonly end: number } {
  const binCount = view.getInt32(start, true);
  let at = start + 4;
  for (let b = 0; b < binCount; b++) at += 8 + view.getInt32(at + 4, true) * 16;
  const linearCount = view.getInt32(at, true);
  return { bins: start + 4, binCount, linear: at + 4, linearCount, end: at + 4 + linearCount * 8 };
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sections: Section[] = [];
  let names: readonly string[] = [];
  try {
    const count = view.getInt32(4, true);
    const namesLength = view.getInt32(32, true);
    if (count < 0 || count > 1_000_000 || namesLength < 0 || 36 + namesLength > bytes.length)
      return broken('a damaged tabix index');
    names = new TextDecoder()
      .decode(bytes.subarray(36, 36 + namesLength))
      .split('\0')
      .filter(Boolean);
    let at = 36 + namesLength;
    for (let ref = 0; ref < count; ref++) {
      const section = sectionAt(view, at);
      if (section.end <= at || section.end > bytes.length) return broken('a tabix index that ends early');
      sections.push(section);
      at = section.end;
    }
  } catch {
    return broken('a tabix index that ends early');
  }
  return ok({
    names,
    chunks(name, from, to) {
      const section = sections[names.indexOf(name)];
      if (!section) return [];
      const window = Math.min(Math.max(0, from - 1) >> LINEAR_SHIFT, section.linearCount - 1);
      const least = window >= 0 ? offsetAt(view, section.linear + window * 8) : 0;
      const wanted = new Set(binsOf(Math.max(0, from - 1), to));
      const out: (readonly [number, number])[] = [];
      let at = section.bins;
      for (let b = 0; b < section.binCount; b++) {
        const chunkCount = view.getInt32(at + 4, true);
        if (wanted.has(view.getUint32(at, true))) {
          for (let c = 0; c < chunkCount; c++) {
            const begin = offsetAt(view, at + 8 + c * 16);
            const end = offsetAt(view, at + 16 + c * 16);
            if (end > least) out.push([Math.max(begin, least), end]);
          }
        }
        at += 8 + chunkCount * 16;
      }
      return out;
    },
  });
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
