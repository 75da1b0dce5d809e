import { ok, type Result } from '@foramen/spine/problem';
import {
  type BinLayout,
  type BinSection,
  binsOf,
  chunksIn,
  indexProblem,
  namesIn,
  offsetAt,
  type RegionIndex,
  skipBins,
} from './bin-index.ts';

/** Bins deeper than this would number above 2^31. */
const MOST_DEPTH = 9;

/**
 * Reads an inflated `.csi` file as bcftools writes it beside a VCF: the tabix settings and chromosome names lie in its auxiliary block, bins
 * are of any size (SAM/BCF "CSIv1" specification). A `.csi` of a BCF, which names no chromosome, is refused.
 */
export function readCsi(bytes: Uint8Array, where: string): Result<RegionIndex> {
  const broken = indexProblem(where, 'bcftools index');
  if (bytes.length < 16 || bytes[0] !== 67 || bytes[1] !== 83 || bytes[2] !== 73 || bytes[3] !== 1)
    return broken('not a CSI index');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout: BinLayout = { head: 12, minShift: view.getInt32(4, true), depth: view.getInt32(8, true) };
  const auxLength = view.getInt32(12, true);
  if (layout.minShift < 1 || layout.minShift > 30 || layout.depth < 0 || layout.depth > MOST_DEPTH)
    return broken('a damaged CSI index');
  if (auxLength < 28 || 16 + auxLength + 4 > bytes.length)
    return broken('a CSI index without chromosome names');
  const names = namesIn(
    bytes.subarray(16 + 28, 16 + Math.min(auxLength, 28 + Math.max(0, view.getInt32(40, true)))),
  );
  const sections: BinSection[] = [];
  try {
    const count = view.getInt32(16 + auxLength, true);
    if (count < 0 || count > 1_000_000) return broken('a damaged CSI index');
    let at = 20 + auxLength;
    for (let ref = 0; ref < count; ref++) {
      const section = skipBins(view, at, layout);
      if (section === null) return broken('a CSI index that ends early');
      sections.push(section);
      at = section.end;
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
      const wanted = binsOf(Math.max(0, from - 1), to, layout);
      return chunksIn(view, section, wanted, layout, (bin) => offsetAt(view, bin + 4));
    },
  });
}
