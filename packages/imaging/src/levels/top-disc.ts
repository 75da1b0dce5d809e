import type { ProbabilityField } from '../segmentation/field.ts';
import { CLASS, CLASS_COUNT } from '../segmentation/model.ts';
import type { ColumnSegment } from './alternation.ts';
import { STEP_MM } from './centreline.ts';
import type { ColumnFrame } from './column-frame.ts';
import { pieces } from './growth.ts';

/** Disc tissue further above the uppermost body than this is not its disc, mm. */
const APART_MM = 8;
/** How far beside the column's middle the seen part of a disc may lie, and how far behind it, mm. */
const BESIDE_MM = 20;
const BEHIND_MM = 10;
/** Share of the body, from its top, that an oblique disc may reach down beside. */
const BESIDE_BODY = 0.4;

/**
 * The segments with the disc above the uppermost body first, where only a part of it is in the picture: a corner that the edge leaves, or a sliver
 * where the slice leaves the column sideways. So little of it lies along the centreline that the alternation does not find it; its tissue tells.
 * What runs on beyond the picture's edge is left out, as readers leave it: on SPIDER experts drew none of 34 such pieces, and nine of ten others.
 * @param found bodies and discs from the head down. @param discMask voxels of the field that are disc. @param speck voxels below which a piece is noise.
 */
export function withTopDisc(
  found: readonly ColumnSegment[],
  discMask: Uint8Array,
  field: ProbabilityField,
  frame: ColumnFrame,
  speck: number,
): readonly ColumnSegment[] {
  const [top] = found;
  if (top === undefined || top.kind !== 'body' || top.from < 1) return found;
  const { width, height, depth, p } = field;
  const n = width * height;
  const lowestAlong = top.from + BESIDE_BODY * (top.to - top.from);
  let from = top.from;
  let sure = 0;
  let size = 0;
  for (const piece of pieces(discMask, null, width, height, depth)) {
    if (piece.size < speck) continue;
    let [first, last, across, mass] = [Number.POSITIVE_INFINITY, 0, 0, 0];
    let beyond = false;
    for (const voxel of piece.voxels) {
      const at = voxel % n;
      const along = frame.along[at] as number;
      beyond ||= at < width;
      first = Math.min(first, along);
      last = Math.max(last, along);
      across += frame.across[at] as number;
      mass += p[at + n * (CLASS.disc + CLASS_COUNT * Math.floor(voxel / n))] as number;
    }
    across /= piece.size;
    if (beyond || last >= lowestAlong || last < top.from - APART_MM / STEP_MM) continue;
    if (Math.abs(across) > BESIDE_MM || across > BEHIND_MM) continue;
    from = Math.min(from, first);
    sure += mass / 255;
    size += piece.size;
  }
  if (size === 0) return found;
  return [
    { kind: 'disc', from: Math.min(from, top.from - 1), to: top.from, evidence: sure / size },
    ...found,
  ];
}
