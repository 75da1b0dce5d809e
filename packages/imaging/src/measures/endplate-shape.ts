import { median } from '../levels/smoothing.ts';
import type { DiscFrame, Endplate } from './disc-frame.ts';
import { along, distance, minus, type Point, times, unit } from './geometry.ts';
import { firstInside, type Sampler } from './instance-plane.ts';

/** How far an end plate is hollowed on the disc's middle slice. */
export interface EndplateShape {
  /** Greatest distance of the bony end plate from the line between its rims, mm, into the bone; 0 when flat or bulging. */
  readonly depthMm: number;
  /** Depth over the length between the rims. */
  readonly index: number;
  /** Where the deepest place lies, percent of the way from the front rim to the back rim. */
  readonly apexPercent: number;
}

/** Rays start this far on the disc's side of the line: an end plate may stand over it. */
const BEFORE_MM = 3;
/** A deeper hollow is a node or a fracture and is measured as far as this, mm. */
const DEEPEST_MM = 12;
const STEPS = 24;

/**
 * Depth of the hollow of an end plate on the midline: the greatest distance from the line between its rims to the bone, the median of three
 * neighbouring rays so that one ragged pixel does not count (concavity depth and its place as in Lakshmanan 2012, Spine J 12:230).
 * @param into unit direction from the disc into this bone
 */
function shapeOf(rim: Endplate, bone: Sampler, into: Point): EndplateShape | null {
  const length = distance(rim.anterior, rim.posterior);
  if (length < 15) return null;
  const back = unit(minus(rim.posterior, rim.anterior));
  // Square to the line itself, on the bone's side of it.
  const normal: Point = [-back[1], back[0]];
  const inward = normal[0] * into[0] + normal[1] * into[1] >= 0 ? normal : times(normal, -1);
  const depths: (number | null)[] = [];
  for (let n = 0; n <= STEPS; n++) {
    const at = (0.08 + (0.84 * n) / STEPS) * length;
    const from = along(along(rim.anterior, back, at), inward, -BEFORE_MM);
    const d = firstInside(bone, from, inward, BEFORE_MM + DEEPEST_MM);
    depths.push(d === null ? null : d - BEFORE_MM);
  }
  let depthMm = 0;
  let apexPercent = 50;
  let seen = 0;
  for (let n = 1; n < STEPS; n++) {
    const near = depths.slice(n - 1, n + 2).filter((d) => d !== null);
    if (near.length < 2) continue;
    seen++;
    const d = median(near);
    if (d > depthMm) {
      depthMm = d;
      apexPercent = 100 * (0.08 + (0.84 * n) / STEPS);
    }
  }
  return seen < 0.7 * STEPS ? null : { depthMm, index: depthMm / length, apexPercent };
}

/** Shape of the end plates above and below a disc; null where the bone was not seen. */
export function endplateShapes(frame: DiscFrame): {
  readonly upper: EndplateShape | null;
  readonly lower: EndplateShape | null;
} {
  const { upperBody, lowerBody, superior } = frame;
  return {
    upper: upperBody && !frame.upperFromDisc ? shapeOf(frame.upper, upperBody, superior) : null,
    lower: lowerBody && !frame.lowerFromDisc ? shapeOf(frame.lower, lowerBody, times(superior, -1)) : null,
  };
}
