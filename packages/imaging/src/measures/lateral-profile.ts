import type { AxialZone, Laterality } from '@foramen/spine';
import { SAC_ID, type SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { median } from '../levels/smoothing.ts';
import { discFrame } from './disc-frame.ts';
import { type Displacement, displacement } from './displacement.ts';

/** Displaced disc tissue from side to side, on a sagittal series of several slices. */
export interface LateralProfile {
  /** Offset from the middle of the sac in mm, positive to the patient's left, and displacement on each slice. */
  readonly slices: readonly { readonly z: number; readonly leftMm: number; readonly at: Displacement }[];
  /** Greatest extent behind the corner line on any slice, mm. */
  readonly depthMm: number;
  /** What a broad bulge of this disc would show everywhere: the lower third of the slices' extents, mm. */
  readonly baseMm: number;
  /** Width at 35 % of the excess over the base (near its foot), mm; never less than one slice. */
  readonly widthMm: number;
  readonly volumeMm3: number;
  /** True when the tissue is focal: NASS 2.0 calls displacement over less than a quarter of the circumference a herniation. */
  readonly focal: boolean;
  readonly zone: AxialZone;
  /** Where the central and the subarticular zone end beside the midline, mm. */
  readonly zoneEndsMm: readonly [number, number];
  readonly side: Laterality;
  readonly apex: { readonly z: number; readonly at: Displacement };
}

/** A quarter of the circumference of an ellipse of this depth and 1.45 times that width. */
const quarterCircumference = (depthMm: number): number =>
  (Math.PI * Math.sqrt(2 * ((depthMm / 2) ** 2 + (0.725 * depthMm) ** 2))) / 4;

/** Smallest number of slices and greatest slice distance at which side to side means something. */
const FEWEST_SLICES = 5;
const WIDEST_SLICE_MM = 6;
const REACH_MM = 22;
/** Half the distance between the pedicles of a narrow adult canal, mm. */
const MEDIAL_PEDICLE_MM = 11;
/** Excess over the rest of the disc's edge that is more than the outline's error, mm. */
const FOCAL_EXCESS_MM = 2;

/** Half width of the sac at the disc's height, mm, from the slices that show it. */
function sacHalfWidth(s: SpineInstances, row: number): number {
  const { width, height, depth, sliceMm } = s.field;
  let n = 0;
  for (let z = 0; z < depth; z++) {
    for (let x = 0; x < width; x++) {
      if (s.labels[x + width * (row + height * z)] === SAC_ID) {
        n++;
        break;
      }
    }
  }
  return Math.max(5, (n * sliceMm) / 2);
}

/**
 * Profile of a disc over the sagittal slices of one series; null when it has too few or too thick slices, or the disc's end
 * plates are not found on at least three of them. `leftPerSlice` is +1 when the slice index grows to the patient's left; `slipMm` is the slip on the middle slice.
 */
export function lateralProfile(
  s: SpineInstances,
  disc: NamedDisc,
  leftPerSlice: 1 | -1,
  slipMm: number | null,
): LateralProfile | null {
  const { depth, sliceMm, height, pixelMm } = s.field;
  if (depth < FEWEST_SLICES || sliceMm > WIDEST_SLICE_MM || !disc.shape) return null;
  const row = Math.min(height - 1, Math.max(0, Math.round(disc.shape.centre[1] / pixelMm[1] - 0.5)));
  const middle = s.plane.slice[row] as number;
  const slices: { z: number; leftMm: number; at: Displacement }[] = [];
  let apDepth = 0;
  for (let z = 0; z < depth; z++) {
    const leftMm = leftPerSlice * (z - middle) * sliceMm;
    if (Math.abs(leftMm) > REACH_MM) continue;
    const frame = discFrame(s, disc, z);
    const at = frame ? displacement(frame, slipMm) : null;
    if (!frame || !at) continue;
    apDepth = Math.max(apDepth, frame.depthMm);
    slices.push({ z, leftMm, at });
  }
  if (slices.length < 3) return null;
  const extents = slices.map((q) => q.at.greatestMm);
  const sorted = [...extents].sort((a, b) => a - b);
  const base = median(sorted.slice(0, Math.max(2, Math.ceil(sorted.length * 0.5))));
  let top = 0;
  for (let i = 1; i < slices.length; i++) if ((extents[i] as number) > (extents[top] as number)) top = i;
  const depthMm = extents[top] as number;
  const half = base + 0.35 * (depthMm - base);
  let first = top;
  let last = top;
  while (first > 0 && (extents[first - 1] as number) >= half) first--;
  while (last + 1 < slices.length && (extents[last + 1] as number) >= half) last++;
  const widthMm = (last - first + 1) * sliceMm;
  let volumeMm3 = 0;
  for (let i = first; i <= last; i++) volumeMm3 += (slices[i] as { at: Displacement }).at.areaMm2 * sliceMm;
  const apex = slices[top] as { z: number; leftMm: number; at: Displacement };
  const sacHalf = sacHalfWidth(s, row);
  const away = Math.abs(apex.leftMm);
  const central = Math.max(3, sacHalf * 0.4);
  // Zones end at the pedicles (NASS 2.0); the sac, which narrows behind L5-S1, tells where they stand only higher up.
  const pedicle = Math.max(MEDIAL_PEDICLE_MM, sacHalf + 2);
  return {
    slices,
    depthMm,
    baseMm: base,
    widthMm,
    volumeMm3,
    focal: depthMm - base >= FOCAL_EXCESS_MM && widthMm <= quarterCircumference(apDepth),
    zone:
      away <= central
        ? 'central'
        : away <= pedicle
          ? 'subarticular'
          : away <= pedicle + 9
            ? 'foraminal'
            : 'extraforaminal',
    zoneEndsMm: [central, pedicle],
    side: away <= central ? 'midline' : apex.leftMm > 0 ? 'left' : 'right',
    apex: { z: apex.z, at: apex.at },
  };
}
