import { fail, ok, type Result } from '@foramen/spine/problem';
import type { TabixIndex } from './tabix.ts';

/** Bins deeper than this would number above 2^31. */
const MOST_DEPTH = 9;

interface Section {
  readonly start: number;
  readonly binCount: number;
}

function longAt(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Bins of any minimum size and depth that may hold records overlapping [from, to), zero-based. */
function binsOf(from: number, to: number, minShift: number, depth: number): ReadonlySet<number> {
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

/**
 * Reads an inflated `.csi` file as bcftools writes it beside a VCF: the tabix settings and chromosome names lie in its auxiliary block, bins
 * are of any size (SAM/BCF "CSIv1" specification). A `.csi` of a BCF, which names no chromosome, is refused.
 */
export function readCsi(bytes: Uint8Array, where: string): Result<TabixIndex> {
  const broken = (what: string) =>
    fail<TabixIndex>({
      code: 'unreadable',
      severity: 'error',
      where,
      what,
      help: 'Make the index again with bcftools index, or remove it: the file is then read through',
    });
  if (bytes.length < 16 || bytes[0] !== 67 || bytes[1] !== 83 || bytes[2] !== 73 || bytes[3] !== 1)
    return broken('not a CSI index');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const minShift = view.getInt32(4, true);
  const depth = view.getInt32(8, true);
  const auxLength = view.getInt32(12, true);
  if (minShift < 1 || minShift > 30 || depth < 0 || depth > MOST_DEPTH) return broken('a damaged CSI index');
  if (auxLength < 28 || 16 + auxLength + 4 > bytes.length)
    return broken('a CSI index without chromosome names');
  const names = new TextDecoder()
    .decode(bytes.subarray(16 + 28, 16 + Math.min(auxLength, 28 + Math.max(0, view.getInt32(40, true)))))
    .split('\0')
    .filter(Boolean);
  const sections: Section[] = [];
  try {
    const count = view.getInt32(16 + auxLength, true);
    if (count < 0 || count > 1_000_000) return broken('a damaged CSI index');
    let at = 20 + auxLength;
    for (let ref = 0; ref < count; ref++) {
      const binCount = view.getInt32(at, true);
      sections.push({ start: at + 4, binCount });
      at += 4;
      for (let b = 0; b < binCount; b++) {
        const chunks = view.getInt32(at + 12, true);
        if (chunks < 0) return broken('a damaged CSI index');
        at += 16 + chunks * 16;
        if (at > bytes.length) return broken('a CSI index that ends early');
      }
    }
  } catch {
    return broken('a CSI index that ends early');
  }
  if (names.length === 0 || names.length > sections.length)
    return broken('a CSI index without chromosome names');
  return ok({
    names,
    chunks(name, from, to) {
      const section = sections[names.indexOf(name)];
      if (!section) return [];
      const wanted = binsOf(Math.max(0, from - 1), to, minShift, depth);
      const out: (readonly [number, number])[] = [];
      let at = section.start;
      for (let b = 0; b < section.binCount; b++) {
        const least = longAt(view, at + 4);
        const chunkCount = view.getInt32(at + 12, true);
        if (wanted.has(view.getUint32(at, true))) {
          for (let c = 0; c < chunkCount; c++) {
            const end = longAt(view, at + 24 + c * 16);
            if (end > least) out.push([Math.max(longAt(view, at + 16 + c * 16), least), end]);
          }
        }
        at += 16 + chunkCount * 16;
      }
      return out;
    },
  });
}
