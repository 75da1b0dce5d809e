import type { DiscFrame } from './disc-frame.ts';
import { along, dot, minus, type Point, times } from './geometry.ts';
import { firstInside, lastInside } from './instance-plane.ts';

/** Heights in mm square to the mid-plane of the disc, between the bony end plates. */
export interface DiscHeights {
  readonly anterior: number;
  readonly middle: number;
  readonly posterior: number;
}

/** Gap between the end plates at a point of the mid-plane; from the disc's own outline where a body was not seen. */
function gapAt(frame: DiscFrame, from: Point): number | null {
  const up = frame.upperBody
    ? firstInside(frame.upperBody, from, frame.superior, 20)
    : frame.disc
      ? lastInside(frame.disc, from, frame.superior, 20)
      : null;
  const downward = times(frame.superior, -1);
  const down = frame.lowerBody
    ? firstInside(frame.lowerBody, from, downward, 20)
    : frame.disc
      ? lastInside(frame.disc, from, downward, 20)
      : null;
  return up === null || down === null ? null : up + down;
}

/**
 * Anterior and posterior height: distance between the rim points of the two end plates, square to the bisector of the
 * end plates (Frobin 1997). Middle: gap between the end plates half-way, mean of three rays 2 mm apart.
 */
export function discHeights(frame: DiscFrame): DiscHeights | null {
  const anterior = dot(minus(frame.upper.anterior, frame.lower.anterior), frame.superior);
  const posterior = dot(minus(frame.upper.posterior, frame.lower.posterior), frame.superior);
  const gaps = [-2, 0, 2]
    .map((t) => gapAt(frame, along(frame.centre, frame.posterior, t)))
    .filter((v) => v !== null);
  if (gaps.length === 0) return null;
  const middle = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  if (!(anterior > -3 && posterior > -3)) return null;
  return { anterior: Math.max(0, anterior), middle, posterior: Math.max(0, posterior) };
}

export const meanHeight = (h: DiscHeights): number => (h.anterior + h.middle + h.posterior) / 3;
