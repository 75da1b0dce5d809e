import { cornerAt, outline } from './body-corners.ts';
import { add, dot, middle, minus, type Point, superiorOf, times, unit } from './geometry.ts';
import type { Sampler } from './instance-plane.ts';

/** Depth below the end plate from which the edge of S1 is seen, and how far down its wall is followed, mm. */
const INSIDE_MM = 8;
const WALL_MM = 12;
/** No bone for so long ends a body, mm: behind the canal lies bone of the sacrum again. */
const CANAL_MM = 3;
const FEWEST = 20;

/**
 * Posterior-superior corner of S1 by its outline, as the corners of bodies are found. The straight stretch of its end plate runs on over the rounded edge, further back than a
 * corner by its outline ever lies, so that a slip read from one to the other would be too far back. Null where the edge is not seen.
 */
export function sacralCorner(
  at: Sampler,
  endplate: { readonly anterior: Point; readonly posterior: Point },
): Point | null {
  const back = unit(minus(endplate.posterior, endplate.anterior));
  const up = superiorOf(back);
  const centre = add(middle(endplate.anterior, endplate.posterior), times(up, -INSIDE_MM));
  if (at(centre) < 0.5) return null;
  const near = outline(at, centre, 40, CANAL_MM).filter((p) => {
    const from = minus(p, centre);
    return dot(from, back) > 0 && dot(from, up) > INSIDE_MM - WALL_MM;
  });
  return near.length < FEWEST ? null : cornerAt(near, back, up);
}
