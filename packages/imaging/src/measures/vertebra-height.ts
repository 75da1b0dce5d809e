import { type BodyCorners, bodyCentre } from './body-corners.ts';
import type { MeasuredBody } from './disc-frame.ts';
import { add, dot, minus, superiorOf, times, unit } from './geometry.ts';
import { lastInside } from './instance-plane.ts';

/** Heights of a vertebral body, mm (six-point morphometry, Genant 1993, J Bone Miner Res 8:1137). */
export interface VertebraHeights {
  readonly anterior: number;
  readonly middle: number;
  readonly posterior: number;
}

const wall = (
  top: readonly [number, number],
  bottom: readonly [number, number],
  up: readonly [number, number],
) => Math.abs(dot(minus(top, bottom), up));

function axisOf(c: BodyCorners): readonly [number, number] {
  const top = unit(minus(c.superiorPosterior, c.superiorAnterior));
  const bottom = unit(minus(c.inferiorPosterior, c.inferiorAnterior));
  return superiorOf(unit(add(top, bottom)));
}

/** Anterior and posterior height between the corners, middle height through the centre, all along the body's own axis. */
export function vertebraHeights(body: MeasuredBody): VertebraHeights | null {
  const c = body.corners;
  const up = axisOf(c);
  const centre = bodyCentre(c);
  const above = lastInside(body.at, centre, up, 30);
  const below = lastInside(body.at, centre, times(up, -1), 30);
  if (above === null || below === null) return null;
  return {
    anterior: wall(c.superiorAnterior, c.inferiorAnterior, up),
    middle: above + below,
    posterior: wall(c.superiorPosterior, c.inferiorPosterior, up),
  };
}
