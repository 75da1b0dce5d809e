import { fail, type Result } from '@foramen/spine/problem';

/** An index of a bgzip file, read as far as it is needed to find the stretches of the file that hold a region. */
export interface RegionIndex {
  readonly names: readonly string[];
  /** Virtual file offsets (member offset times 65536 plus offset within): [begin, end] of the chunks of a region. */
  chunks(name: string, from: number, to: number): readonly (readonly [number, number])[];
}

/** How the two formats lay out a bin: a CSI bin carries its least offset itself, a tabix index has a linear one beside. */
export interface BinLayout {
  /** Bytes of a bin before its count of chunks. */
  readonly head: number;
  /** Bits of the smallest bin, and levels of bins eight times larger above it (SAM/BCF: R-tree of UCSC). */
  readonly minShift: number;
  readonly depth: number;
}

/** tabix: bins of 16 kb and five levels above. */
export const TABIX_LAYOUT: BinLayout = { head: 4, minShift: 14, depth: 5 };

/** A 64-bit little-endian offset; files stay below 2^53. */
export function offsetAt(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Bins that may hold records overlapping [from, to), zero-based. */
export function binsOf(from: number, to: number, { minShift, depth }: BinLayout): ReadonlySet<number> {
  const out = new Set<number>();
  let shift = minShift + depth * 3;
  let first = 0;
  for (let level = 0; level <= depth; level++) {
    const last = first + Math.floor((to - 1) / 2 ** shift);
    for (let bin = first + Math.floor(from / 2 ** shift); bin <= last; bin++) out.add(bin);
    first += 8 ** level;
    shift -= 3;
  }
  return out;
}

/** Where the bins of one chromosome lie. */
export interface BinSection {
  readonly start: number;
  readonly binCount: number;
}

/** Walks over the bins of one chromosome without keeping them: a whole genome has hundreds of thousands. Null where it cannot be so. */
export function skipBins(
  view: DataView,
  at: number,
  layout: BinLayout,
): (BinSection & { readonly end: number }) | null {
  const binCount = view.getInt32(at, true);
  let end = at + 4;
  for (let b = 0; b < binCount; b++) {
    const chunks = view.getInt32(end + layout.head, true);
    if (chunks < 0) return null;
    end += layout.head + 4 + chunks * 16;
    if (end > view.byteLength) return null;
  }
  return { start: at + 4, binCount, end };
}

/** Chunks of the wanted bins, cut at the least offset at which a record of the region can lie. */
export function chunksIn(
  view: DataView,
  section: BinSection,
  wanted: ReadonlySet<number>,
  layout: BinLayout,
  leastOf: (bin: number) => number,
): (readonly [number, number])[] {
  const out: (readonly [number, number])[] = [];
  let at = section.start;
  for (let b = 0; b < section.binCount; b++) {
    const chunks = view.getInt32(at + layout.head, true);
    const first = at + layout.head + 4;
    if (wanted.has(view.getUint32(at, true))) {
      const least = leastOf(at);
      for (let c = 0; c < chunks; c++) {
        const end = offsetAt(view, first + c * 16 + 8);
        if (end > least) out.push([Math.max(offsetAt(view, first + c * 16), least), end]);
      }
    }
    at = first + chunks * 16;
  }
  return out;
}

/** Names of chromosomes, each ended by a zero byte. */
export function namesIn(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes).split('\0').filter(Boolean);
}

/** One problem of an index file; the caller can always read the file through instead. */
export function indexProblem(where: string, tool: string): (what: string) => Result<RegionIndex> {
  return (what) =>
    fail({
      code: 'unreadable',
      severity: 'error',
      where,
      what,
      help: `Make the index again with ${tool}, or remove it: the file is then read through`,
    });
}
