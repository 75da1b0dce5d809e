import { classPlane } from '../segmentation/field.ts';
import { CLASS, CLASS_COUNT } from '../segmentation/model.ts';
import { STEP_MM } from './centreline.ts';
import type { Instance, LoosePiece, SpineInstances } from './instances.ts';

/** Disc tissue in the canal without a bridge to its disc (sequestration, NASS 2.0: Fardon 2014, Spine J 14:2525). */
export interface Fragment {
  /** Probability that no bridge of disc tissue joins it to the disc. */
  readonly p: number;
  readonly volumeMm3: number;
  /** Distance of its middle from the disc along the column, mm; positive above it. */
  readonly migrationMm: number;
  readonly slices: number;
  readonly because: string;
}

/** A series of fewer or thicker slices may have its bridge between them. */
const FEWEST_SLICES = 5;
const THICKEST_SLICE_MM = 6;
/** Why fragments are not looked for, or null where the series shows them. */
export function fragmentsUnseen(s: SpineInstances): string | null {
  const { depth, sliceMm } = s.field;
  return depth >= FEWEST_SLICES && sliceMm <= THICKEST_SLICE_MM
    ? null
    : 'whether a fragment is free of its disc shows only on a sagittal series of five or more slices at most 6 mm apart';
}

/** A fragment smaller than this is no more than a few pixels of the network's doubt, mm³. */
const USUAL_MM3 = 150;
/** Share of those seen on a single slice that are tissue at all. */
const ON_ONE_SLICE = 0.4;
/** Where a fragment lies, mm behind the middle of the column: behind the posterior wall, before the arch. */
const IN_CANAL_MM: readonly [number, number] = [11, 34];
/**
 * Distance to the nearest disc tissue at which a bridge is as likely as none, mm, and over which that turns. Ligament and dark end plates part
 * tissue that is joined by less.
 */
const GAP_MM = 2.6;
const GAP_WIDTH_MM = 0.6;
/** No gap is looked for beyond this, mm. */
const FAR_MM = 12;
/** Probability of disc tissue from which a pixel of the gap counts as a faint bridge. */
const FAINT = 0.1;
/** Surest that a fragment is free: a bridge may lie between two slices. */
const SUREST = 0.92;

/** Shortest distance from a piece to tissue that belongs to a disc, mm; pixels that are faintly disc belong to what they touch. */
function gapMm(s: SpineInstances, piece: LoosePiece): number {
  const { width, height, depth, p, pixelMm, sliceMm } = s.field;
  const n = width * height;
  // Pieces beside it may carry a disc's label; they are no more joined to it than this one.
  const loose = new Set<number>(s.looseDiscPieces.flatMap((one) => [...one.voxels]));
  const discs = new Set<number>(s.items.flatMap((item) => (item.kind === 'disc' ? [item.id] : [])));
  const faint = (at: number): boolean => {
    const z = Math.floor(at / n);
    return (p[at - z * n + n * (CLASS.disc + CLASS_COUNT * z)] as number) >= 255 * FAINT;
  };
  // Cheapest way out of the piece: a step through faint disc tissue is free.
  const steps = [
    [1, pixelMm[0]],
    [-1, pixelMm[0]],
    [width, pixelMm[1]],
    [-width, pixelMm[1]],
    [n, sliceMm],
    [-n, sliceMm],
  ] as const;
  const best = new Map<number, number>();
  let front: number[] = [...piece.voxels];
  for (const v of front) best.set(v, 0);
  let gap = FAR_MM;
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      const so = best.get(at) as number;
      if (so >= gap) continue;
      const x = (at % n) % width;
      for (const [by, mm] of steps) {
        const to = at + by;
        if (to < 0 || to >= n * depth) continue;
        if ((by === 1 && x + 1 >= width) || (by === -1 && x === 0)) continue;
        if (Math.abs(by) === width && Math.floor(to / n) !== Math.floor(at / n)) continue;
        const cost = so + (faint(to) ? 0 : mm);
        if (cost >= gap || cost >= (best.get(to) ?? Number.POSITIVE_INFINITY)) continue;
        best.set(to, cost);
        if (discs.has(s.labels[to] as number) && !loose.has(to)) gap = cost;
        else next.push(to);
      }
    }
    front = next;
  }
  return gap;
}

function judged(s: SpineInstances, piece: LoosePiece, disc: Instance): Fragment | null {
  const { width, height, pixelMm, sliceMm } = s.field;
  const n = width * height;
  let [along, across, sure] = [0, 0, 0];
  const slices = new Set<number>();
  for (const v of piece.voxels) {
    const z = Math.floor(v / n);
    slices.add(z);
    along += s.frame.along[v % n] as number;
    across += s.frame.across[v % n] as number;
    sure += classPlane(s.field, CLASS.disc, z)[v % n] as number;
  }
  const behind = across / piece.size;
  if (behind < IN_CANAL_MM[0] || behind > IN_CANAL_MM[1]) return null;
  const volumeMm3 = piece.size * pixelMm[0] * pixelMm[1] * sliceMm;
  const gap = gapMm(s, piece);
  const free = SUREST / (1 + Math.exp((GAP_MM - gap) / GAP_WIDTH_MM));
  const large = (1 - Math.exp(-volumeMm3 / USUAL_MM3)) * (slices.size > 1 ? 1 : ON_ONE_SLICE);
  const steps = (disc.segment.from + disc.segment.to) / 2 - along / piece.size;
  const migrationMm = steps * STEP_MM;
  return {
    p: free * large * (sure / (255 * piece.size)),
    volumeMm3,
    migrationMm,
    slices: slices.size,
    because: `disc tissue of ${(volumeMm3 / 1000).toFixed(1)} ml lies in the canal ${Math.abs(migrationMm).toFixed(0)} mm ${migrationMm > 0 ? 'above' : 'below'} the disc on ${slices.size} slice${slices.size === 1 ? '' : 's'}, ${gap >= FAR_MM ? 'far from every disc' : `${gap.toFixed(1)} mm from the nearest disc tissue`}, with no bridge on any`,
  };
}

/** The fragment of this disc that is most likely free; null where none is seen, or the series cannot show one. */
export function freeFragment(s: SpineInstances, disc: Instance): Fragment | null {
  if (fragmentsUnseen(s) !== null) return null;
  let best: Fragment | null = null;
  for (const piece of s.looseDiscPieces) {
    if (piece.id !== disc.id) continue;
    const one = judged(s, piece, disc);
    if (one && one.p > (best?.p ?? 0)) best = one;
  }
  return best;
}
