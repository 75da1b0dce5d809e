import { median } from '../levels/smoothing.ts';
import type { DiscFrame } from './disc-frame.ts';
import { add, middle, type Point, times, unit } from './geometry.ts';
import { lastInside } from './instance-plane.ts';

/** The rim of the end plate, which spurs and rounding displace, is left out, mm. */
const RIM_MM = 4;
/** Further on comes the other end plate's rim, mm. */
const REACH_MM = 18;
const STEP_MM = 1;
const FEWEST = 5;

/**
 * Direction of the posterior wall of the body above or below a disc, a unit vector to superior; null where less than 5 mm of wall is seen.
 * Rays to the back, 4 to 18 mm from the disc's end plate, last leave the bone on the wall, or in the foramen of the basivertebral vein, on a
 * pedicle or a spur; the median slope between any two such points (Theil and Sen) is that of the wall.
 */
export function posteriorWall(frame: DiscFrame, body: 'upper' | 'lower'): Point | null {
  const at = body === 'upper' ? frame.upperBody : frame.lowerBody;
  if (at === null) return null;
  const start = middle(frame[body].anterior, frame[body].posterior);
  const sign = body === 'upper' ? 1 : -1;
  const wall: { readonly up: number; readonly back: number }[] = [];
  for (let t = RIM_MM; t <= REACH_MM; t += STEP_MM) {
    const up = sign * t;
    const back = lastInside(at, add(start, times(frame.superior, up)), frame.posterior, 30);
    if (back !== null && back > 1) wall.push({ up, back });
  }
  if (wall.length < FEWEST) return null;
  const slopes = wall.flatMap((a, n) => wall.slice(n + 1).map((b) => (b.back - a.back) / (b.up - a.up)));
  return unit(add(frame.superior, times(frame.posterior, median(slopes))));
}
