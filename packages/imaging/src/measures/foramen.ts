import type { Side } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { classPlane } from '../segmentation/field.ts';
import { CLASS } from '../segmentation/model.ts';
import { type DiscFrame, discFrame } from './disc-frame.ts';
import { add, along, type Point, times } from './geometry.ts';
import { firstInside, lastInside, type Sampler, windowSampler } from './instance-plane.ts';

/** One intervertebral foramen on the sagittal slice through its pedicles. */
export interface Foramen {
  readonly side: Side;
  readonly slice: number;
  /** From the upper pedicle to the lower one, mm. */
  readonly heightMm: number;
  /** Smallest distance from body or disc to the facet, mm. */
  readonly widthMm: number;
  readonly areaMm2: number;
  /** Middle of the opening, mm of the slice. */
  readonly centre: Point;
}

/** Pedicles are looked for between these distances from the middle of the canal, mm. */
const LATERAL_MM: readonly [number, number] = [9, 26];
const WIDEST_SLICE_MM = 6;
/** Beyond this nothing bounds the foramen to the back any more, mm. */
const DEEPEST_MM = 16;

/** Posterior elements on a slice around a point. */
export function posteriorSampler(s: SpineInstances, z: number, near: Point): Sampler {
  const { field } = s;
  const half = Math.ceil(45 / field.pixelMm[0]);
  const cx = Math.round(near[0] / field.pixelMm[0]);
  const cy = Math.round(near[1] / field.pixelMm[1]);
  const x0 = Math.max(0, cx - half);
  const y0 = Math.max(0, cy - half);
  const w = Math.min(field.width, cx + half) - x0;
  const h = Math.min(field.height, cy + half) - y0;
  const p = classPlane(field, CLASS.posterior, z);
  const data = new Float32Array(Math.max(0, w * h));
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) data[y * w + x] = (p[(y0 + y) * field.width + x0 + x] as number) / 255;
  return windowSampler(field, { x0, y0, w, h }, data);
}

/** Front border of the foramen at a height: where body or disc ends behind the given point. */
function frontAt(frame: DiscFrame, from: Point): number {
  let front = 0;
  for (const at of [frame.upperBody, frame.lowerBody, frame.disc]) {
    if (!at) continue;
    const t = lastInside(at, from, frame.posterior, 14, 4);
    if (t !== null) front = Math.max(front, t);
  }
  return front;
}

function onSlice(s: SpineInstances, disc: NamedDisc, z: number, side: Side): Foramen | null {
  const frame = discFrame(s, disc, z);
  if (!frame) return null;
  const bone = posteriorSampler(s, z, frame.posteriorMiddle);
  // Start behind the disc's edge, in the opening itself.
  const start = along(frame.posteriorMiddle, frame.posterior, 4);
  if (bone(start) >= 0.5) return null;
  const up = firstInside(bone, start, frame.superior, 24);
  const down = firstInside(bone, start, times(frame.superior, -1), 16);
  if (up === null || down === null) return null;
  const heightMm = up + down;
  if (heightMm < 4) return null;
  let areaMm2 = 0;
  let widthMm = Number.POSITIVE_INFINITY;
  let open = 0;
  const step = 0.75;
  for (let h = -down + step / 2; h < up; h += step) {
    const base = add(along(frame.posteriorMiddle, frame.superior, h), times(frame.posterior, -6));
    const front = frontAt(frame, base);
    const back = firstInside(
      bone,
      along(base, frame.posterior, Math.max(front, 6) + 0.3),
      frame.posterior,
      DEEPEST_MM,
    );
    if (back === null) {
      open++;
      continue;
    }
    const width = Math.max(0, Math.max(front, 6) + 0.3 + back - Math.max(front, 1));
    areaMm2 += width * step;
    // At the very top and bottom the opening always closes.
    if (h > -down + 0.2 * heightMm && h < up - 0.2 * heightMm) widthMm = Math.min(widthMm, width);
  }
  if (!Number.isFinite(widthMm) || open * step > 0.5 * heightMm) return null;
  return {
    side,
    slice: z,
    heightMm,
    widthMm,
    areaMm2,
    centre: along(along(frame.posteriorMiddle, frame.superior, (up - down) / 2), frame.posterior, 5),
  };
}

/**
 * Foramina of a disc level on a sagittal series: on each side the slice that shows both pedicles and the narrowest opening.
 * Height between the pedicles, width from body or disc to the facet (after Hasegawa 1995, J Bone Joint Surg Am 77:32).
 * A side is absent where no slice shows pedicles above and below.
 */
export function foramina(s: SpineInstances, disc: NamedDisc, leftPerSlice: 1 | -1): readonly Foramen[] {
  const { depth, sliceMm, height, pixelMm } = s.field;
  if (depth < 7 || sliceMm > WIDEST_SLICE_MM || !disc.shape) return [];
  const row = Math.min(height - 1, Math.max(0, Math.round(disc.shape.centre[1] / pixelMm[1] - 0.5)));
  const middle = s.plane.slice[row] as number;
  const best: Partial<Record<Side, Foramen>> = {};
  for (let z = 0; z < depth; z++) {
    const left = leftPerSlice * (z - middle) * sliceMm;
    const away = Math.abs(left);
    if (away < LATERAL_MM[0] || away > LATERAL_MM[1]) continue;
    const side: Side = left > 0 ? 'left' : 'right';
    const found = onSlice(s, disc, z, side);
    const known = best[side];
    if (found && (!known || found.widthMm < known.widthMm)) best[side] = found;
  }
  return [best.left, best.right].filter((f) => f !== undefined);
}
