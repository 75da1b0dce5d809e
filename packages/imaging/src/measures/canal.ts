import type { DiscFrame } from './disc-frame.ts';
import { along, distance, dot, middle, minus, type Point, superiorOf, unit } from './geometry.ts';
import { firstStretch, type Sampler } from './instance-plane.ts';

/** The dural sac where a ray square to it crosses. */
export interface SacCrossing {
  readonly anterior: Point;
  readonly posterior: Point;
  readonly apMm: number;
}

/** Crosses the sac from a point before it, turning the ray until it is square to the sac. */
function crossSac(sac: Sampler, from: Point, posterior: Point): SacCrossing | null {
  let direction = posterior;
  for (let round = 0; round < 3; round++) {
    const up = superiorOf(direction);
    const centres: Point[] = [];
    for (const offset of [-7, 7]) {
      const start = along(from, up, offset);
      const hit = firstStretch(sac, start, direction, 40);
      if (hit) centres.push(along(start, direction, (hit.start + hit.end) / 2));
    }
    const [low, high] = centres;
    if (!low || !high || distance(low, high) < 4) break;
    const sacUp = unit(minus(high, low));
    const next: Point = [-sacUp[1], sacUp[0]];
    if (dot(next, posterior) < 0.7) break;
    direction = next;
  }
  const hit = firstStretch(sac, from, direction, 40);
  if (!hit) return null;
  return {
    anterior: along(from, direction, hit.start),
    posterior: along(from, direction, hit.end),
    apMm: hit.end - hit.start,
  };
}

/**
 * Antero-posterior extent of the dural sac at the disc, square to the sac: the smallest of the crossings between
 * the posterior corners of the two end plates.
 */
export function canalAtDisc(frame: DiscFrame): SacCrossing | null {
  if (!frame.sac) return null;
  const top = frame.upper.posterior;
  const bottom = frame.lower.posterior;
  let best: SacCrossing | null = null;
  for (const f of [0, 0.25, 0.5, 0.75, 1]) {
    const from: Point = [bottom[0] + f * (top[0] - bottom[0]), bottom[1] + f * (top[1] - bottom[1])];
    const c = crossSac(frame.sac, along(from, frame.posterior, -3), frame.posterior);
    if (c && (!best || c.apMm < best.apMm)) best = c;
  }
  return best;
}

/** Crossing behind the middle of a body's posterior wall. */
export function canalBehindBody(
  sac: Sampler,
  corners: { readonly superiorPosterior: Point; readonly inferiorPosterior: Point },
): SacCrossing | null {
  const wallUp = unit(minus(corners.superiorPosterior, corners.inferiorPosterior));
  const posterior: Point = [-wallUp[1], wallUp[0]];
  const from = along(middle(corners.superiorPosterior, corners.inferiorPosterior), posterior, -3);
  return crossSac(sac, from, posterior);
}
