import type { ProbabilityField } from '../segmentation/field.ts';
import { CLASS } from '../segmentation/model.ts';
import { alternate, type ColumnSegment } from './alternation.ts';
import { type Centreline, STEP_MM, traceCentreline } from './centreline.ts';
import { type ColumnFrame, columnFrame } from './column-frame.ts';
import { growSeeds, pieces } from './growth.ts';
import { type MidlinePlane, midlinePlane } from './midline.ts';
import { median } from './smoothing.ts';
import { withTopDisc } from './top-disc.ts';

/** [row0, column0, row1, column1] in field pixels, end exclusive. */
type Box = readonly [number, number, number, number];

/** A vertebral body or disc found on the column. `id` is its value in `SpineInstances.labels`. */
export interface Instance {
  readonly id: number;
  readonly kind: 'body' | 'disc';
  readonly segment: ColumnSegment;
  /** Voxels on the field's grid. */
  readonly size: number;
  /** [row0, column0, row1, column1] over all slices, field pixels, end exclusive; null when it has no voxel. */
  readonly box: Box | null;
  /** Cut by the top or bottom edge of the picture: its measures would be wrong. */
  readonly cut: boolean;
}

/** Vertebrae and discs of a series, from the head down, alternating as far as the picture shows them. */
export interface SpineInstances {
  readonly field: ProbabilityField;
  readonly plane: MidlinePlane;
  readonly line: Centreline;
  readonly frame: ColumnFrame;
  /** From the head down. */
  readonly items: readonly Instance[];
  /** Where the sacrum begins on the centreline (sample), or null when none was seen. */
  readonly sacrumFrom: number | null;
  /** Instance id per voxel of the field; `SACRUM_ID`, `SAC_ID` and `CORD_ID` for the unique structures. */
  readonly labels: Uint8Array;
  /** Extent of every label over all slices; null where it does not occur. */
  readonly boxes: readonly (Box | null)[];
  /** Pieces of disc tissue behind the column that touch no disc on any slice: candidates for sequestered fragments. */
  readonly looseDiscPieces: readonly LoosePiece[];
}

/** A piece of tissue that is joined to no instance of its class. */
export interface LoosePiece {
  /** Instance it lies nearest to. */
  readonly id: number;
  readonly size: number;
  /** Voxels of the field. */
  readonly voxels: Int32Array;
}

export const SACRUM_ID = 250;
export const SAC_ID = 251;
export const CORD_ID = 252;

/** Smallest in-plane area that can be part of a structure, mm². Smaller islands are noise of the network. */
const SPECK_MM2 = 12;

function cutByEdge(
  box: Instance['box'],
  segment: ColumnSegment,
  line: Centreline,
  height: number,
  pixelMm: number,
): boolean {
  if (!box) {
    const y = line.y[Math.min(line.y.length - 1, segment.to)] as number;
    return y < pixelMm || y > (height - 1) * pixelMm;
  }
  return box[0] <= 0 || box[2] >= height;
}

/** Finds the instances; null when there is no column of at least two bodies and a disc. */
export function findInstances(field: ProbabilityField): SpineInstances | null {
  const plane = midlinePlane(field);
  const line = traceCentreline(plane);
  if (!line) return null;
  const segments = alternate(plane, line);
  const seen = segments.filter((s) => s.kind !== 'sacrum');
  if (seen.filter((s) => s.kind === 'body').length < 2 || !seen.some((s) => s.kind === 'disc')) return null;
  const { width, height, depth, pixelMm } = field;
  const n = width * height;
  const frame = columnFrame(width, height, pixelMm, line);
  const labels = new Uint8Array(n * depth);
  const bodyMask = new Uint8Array(n * depth);
  const discMask = new Uint8Array(n * depth);
  for (let i = 0; i < labels.length; i++) {
    const c = field.classes[i];
    if (c === CLASS.body) bodyMask[i] = 1;
    else if (c === CLASS.disc) discMask[i] = 1;
  }
  const speck = SPECK_MM2 / (pixelMm[0] * pixelMm[1]);
  const found = withTopDisc(seen, discMask, field, frame, speck);
  seed(found, field, plane, frame, bodyMask, discMask, labels);
  const sliceCost = 3;
  const bodyLabels = new Uint8Array(labels.length);
  const discLabels = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const id = labels[i] as number;
    if (id > 0) (found[id - 1]?.kind === 'body' ? bodyLabels : discLabels)[i] = id;
  }
  growSeeds(bodyMask, bodyLabels, width, height, depth, sliceCost);
  growSeeds(discMask, discLabels, width, height, depth, sliceCost);
  adoptLoose(bodyMask, bodyLabels, found, 'body', field, frame, speck);
  const looseDiscPieces = adoptLoose(discMask, discLabels, found, 'disc', field, frame, speck);
  for (let i = 0; i < labels.length; i++) labels[i] = (bodyLabels[i] as number) || (discLabels[i] as number);
  keepLargePieces(field, CLASS.sacrum, 0.15, SACRUM_ID, labels);
  keepLargePieces(field, CLASS.sac, 0.08, SAC_ID, labels);
  keepLargePieces(field, CLASS.cord, 0.3, CORD_ID, labels);
  const { sizes, boxes } = extents(labels, width, height, depth);
  const items = found.map((segment, i): Instance => {
    const box = boxes[i + 1] ?? null;
    return {
      id: i + 1,
      kind: segment.kind === 'body' ? 'body' : 'disc',
      segment,
      size: sizes[i + 1] as number,
      box,
      // A disc the alternation did not find is seen in part, whatever its box.
      cut: cutByEdge(box, segment, line, height, pixelMm[1]) || !seen.includes(segment),
    };
  });
  const partial = partialTop(items);
  const sacrum = segments.find((s) => s.kind === 'sacrum');
  return {
    field,
    plane,
    line,
    frame,
    items: partial ? items.map((i) => (i.id === partial.id ? { ...i, cut: true } : i)) : items,
    sacrumFrom: sacrum ? sacrum.from : null,
    labels,
    boxes,
    looseDiscPieces,
  };
}

/**
 * The uppermost vertebra when the picture shows only part of it without its touching the picture's edge, as after distortion
 * correction or with a faded coil edge: much shorter or thinner than the others.
 */
function partialTop(items: readonly Instance[]): Instance | null {
  const bodies = items.filter((i) => i.kind === 'body');
  const [top, ...rest] = bodies;
  if (!top || rest.length < 2) return null;
  const length = (i: Instance) => i.segment.to - i.segment.from;
  const thin = top.size / length(top) < 0.75 * median(rest.map((i) => i.size / length(i)));
  const short = length(top) < 0.65 * median(rest.map(length));
  return thin || short ? top : null;
}

/** Voxel count and box [row0, column0, row1, column1] over all slices of every label. */
function extents(
  labels: Uint8Array,
  width: number,
  height: number,
  depth: number,
): { sizes: Int32Array; boxes: (Box | null)[] } {
  const sizes = new Int32Array(256);
  const r0 = new Int32Array(256).fill(height);
  const c0 = new Int32Array(256).fill(width);
  const r1 = new Int32Array(256);
  const c1 = new Int32Array(256);
  for (let z = 0, i = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const id = labels[i] as number;
        if (id === 0) continue;
        sizes[id] = (sizes[id] as number) + 1;
        if (y < (r0[id] as number)) r0[id] = y;
        if (x < (c0[id] as number)) c0[id] = x;
        if (y >= (r1[id] as number)) r1[id] = y + 1;
        if (x >= (c1[id] as number)) c1[id] = x + 1;
      }
    }
  }
  const boxes = Array.from(sizes, (n, id): Box | null =>
    n > 0 ? [r0[id] as number, c0[id] as number, r1[id] as number, c1[id] as number] : null,
  );
  return { sizes, boxes };
}

/** Seeds: the core of each segment, near the middle of the column and near the midline slices. */
function seed(
  found: readonly ColumnSegment[],
  field: ProbabilityField,
  plane: MidlinePlane,
  frame: ColumnFrame,
  bodyMask: Uint8Array,
  discMask: Uint8Array,
  labels: Uint8Array,
): void {
  const { width, height, depth, sliceMm } = field;
  const n = width * height;
  const owner = new Uint8Array(frame.along.length > 0 ? 4096 : 0);
  found.forEach((s, i) => {
    const margin = s.kind === 'body' ? 0.25 * (s.to - s.from) : 0;
    const a = Math.ceil(s.from + margin);
    const b = Math.max(a + 1, Math.floor(s.to - margin));
    for (let k = a; k < b; k++) owner[k] = i + 1;
  });
  const reach = Math.max(0.5, 8 / sliceMm);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      if (Math.abs((plane.slice[y] as number) - z) > reach) continue;
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        const id = owner[frame.along[at] as number] as number;
        if (id === 0 || Math.abs(frame.across[at] as number) > 13) continue;
        const mask = found[id - 1]?.kind === 'body' ? bodyMask : discMask;
        if (mask[at + n * z]) labels[at + n * z] = id;
      }
    }
  }
}

/** A piece of disc tissue further along the column than this from every disc takes no disc's label, mm; a fragment may have gone so far. */
const ADOPTED_MM = 15;
const FURTHEST_FRAGMENT_MM = 30;

/**
 * Pieces no seed reached: they go to the segment they lie beside, unless they are specks or far from the column.
 * @returns those behind the column, also those too far along it to be given to a segment
 */
function adoptLoose(
  mask: Uint8Array,
  labels: Uint8Array,
  found: readonly ColumnSegment[],
  kind: 'body' | 'disc',
  field: ProbabilityField,
  frame: ColumnFrame,
  speck: number,
): LoosePiece[] {
  const { width, height, depth } = field;
  const behind: LoosePiece[] = [];
  for (const piece of pieces(mask, labels, width, height, depth)) {
    if (piece.size < speck) continue;
    const at = Math.round(piece.centre[1]) * width + Math.round(piece.centre[0]);
    const across = frame.across[at] as number;
    const along = frame.along[at] as number;
    if (Math.abs(across) > 32) continue;
    let best = -1;
    let distance = (kind === 'body' ? 6 : FURTHEST_FRAGMENT_MM) / STEP_MM;
    found.forEach((s, i) => {
      if (s.kind !== kind) return;
      const d = along < s.from ? s.from - along : along >= s.to ? along - s.to + 1 : 0;
      if (d < distance) {
        distance = d;
        best = i;
      }
    });
    if (best < 0) continue;
    if (distance < ADOPTED_MM / STEP_MM) for (const v of piece.voxels) labels[v] = best + 1;
    if (across > 8) behind.push({ id: best + 1, size: piece.size, voxels: piece.voxels });
  }
  return behind;
}

/** Marks the pieces of a class that are at least `share` of its largest piece. */
function keepLargePieces(
  field: ProbabilityField,
  c: number,
  share: number,
  id: number,
  labels: Uint8Array,
): void {
  const mask = new Uint8Array(field.classes.length);
  let any = false;
  for (let i = 0; i < mask.length; i++) {
    if (field.classes[i] === c) {
      mask[i] = 1;
      any = true;
    }
  }
  if (!any) return;
  const all = pieces(mask, null, field.width, field.height, field.depth);
  const largest = Math.max(...all.map((p) => p.size));
  for (const p of all) if (p.size >= share * largest) for (const v of p.voxels) labels[v] = id;
}
