import { add, distance, dot, middle, minus, type Point, superiorOf, times, unit } from './geometry.ts';
import { lastInside, type Sampler } from './instance-plane.ts';

/** Corners of a vertebral body on a sagittal slice, mm. */
export interface BodyCorners {
  readonly superiorAnterior: Point;
  readonly superiorPosterior: Point;
  readonly inferiorAnterior: Point;
  readonly inferiorPosterior: Point;
}

const RAYS = 360;

/**
 * Between what a right angle sampled at 0.75 mm loses of its tip at the half level (0.4 mm along its bisector) and what
 * the rounding of a ring apophysis takes away from the support point (0.8 mm).
 */
const CORNER_RETREAT_MM = 0.6;

/** Outline as the outermost point on rays from an inner point: bodies are star-shaped. */
export function outline(at: Sampler, centre: Point, reachMm: number, gapMm: number): Point[] {
  const out: Point[] = [];
  for (let k = 0; k < RAYS; k++) {
    const angle = (2 * Math.PI * k) / RAYS;
    const d: Point = [Math.cos(angle), Math.sin(angle)];
    const t = lastInside(at, centre, d, reachMm, gapMm);
    if (t !== null && t > 0.5) out.push(add(centre, times(d, t)));
  }
  return out;
}

/** Point of the outline furthest in a direction; the mean of all points within a quarter millimetre of the furthest. */
function support(points: readonly Point[], direction: Point): Point {
  let top = Number.NEGATIVE_INFINITY;
  for (const p of points) {
    const v = dot(p, direction);
    if (v > top) top = v;
  }
  let x = 0;
  let y = 0;
  let n = 0;
  for (const p of points) {
    if (dot(p, direction) < top - 0.25) continue;
    x += p[0];
    y += p[1];
    n++;
  }
  return [x / n, y / n];
}

/** Where a line at equal angles to end plate and wall last touches the outline, drawn out to the tip that sampling and rounding have taken away. */
export function cornerAt(points: readonly Point[], endplate: Point, wall: Point): Point {
  const out = unit(add(endplate, wall));
  return add(support(points, out), times(out, CORNER_RETREAT_MM));
}

/**
 * The four corners of a body: where a line at equal angles to end plate and wall last touches the outline (the rim of the ring
 * apophysis). Starts from the column's direction and follows the body's own end plates and walls in three rounds.
 * `posterior` is the unit direction to posterior at this body.
 */
export function cornersFromOutline(points: readonly Point[], posterior: Point): BodyCorners | null {
  if (points.length < RAYS / 3) return null;
  const up = superiorOf(posterior);
  const corner = (endplate: Point, wall: Point) => support(points, unit(add(endplate, wall)));
  const anterior = times(posterior, -1);
  let c: BodyCorners = {
    superiorAnterior: corner(anterior, up),
    superiorPosterior: corner(posterior, up),
    inferiorAnterior: corner(anterior, times(up, -1)),
    inferiorPosterior: corner(posterior, times(up, -1)),
  };
  for (let round = 0; round < 3; round++) {
    const top = unit(minus(c.superiorPosterior, c.superiorAnterior));
    const bottom = unit(minus(c.inferiorPosterior, c.inferiorAnterior));
    const front = unit(minus(c.superiorAnterior, c.inferiorAnterior));
    const back = unit(minus(c.superiorPosterior, c.inferiorPosterior));
    if (
      dot(top, posterior) < 0.5 ||
      dot(bottom, posterior) < 0.5 ||
      dot(front, up) < 0.5 ||
      dot(back, up) < 0.5
    )
      break;
    c = {
      superiorAnterior: corner(times(top, -1), front),
      superiorPosterior: corner(top, back),
      inferiorAnterior: corner(times(bottom, -1), times(front, -1)),
      inferiorPosterior: corner(bottom, times(back, -1)),
    };
  }
  const push = (p: Point, endplate: Point, wall: Point): Point =>
    add(p, times(unit(add(endplate, wall)), CORNER_RETREAT_MM));
  const top = unit(minus(c.superiorPosterior, c.superiorAnterior));
  const bottom = unit(minus(c.inferiorPosterior, c.inferiorAnterior));
  const front = unit(minus(c.superiorAnterior, c.inferiorAnterior));
  const back = unit(minus(c.superiorPosterior, c.inferiorPosterior));
  c = {
    superiorAnterior: push(c.superiorAnterior, times(top, -1), front),
    superiorPosterior: push(c.superiorPosterior, top, back),
    inferiorAnterior: push(c.inferiorAnterior, times(bottom, -1), times(front, -1)),
    inferiorPosterior: push(c.inferiorPosterior, bottom, times(back, -1)),
  };
  const depth = distance(c.superiorAnterior, c.superiorPosterior);
  return depth > 5 ? c : null;
}

/** Middle of the body, for rays that start inside. */
export const bodyCentre = (c: BodyCorners): Point =>
  middle(middle(c.superiorAnterior, c.inferiorPosterior), middle(c.superiorPosterior, c.inferiorAnterior));
