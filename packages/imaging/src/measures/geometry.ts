/** A point or direction in a sagittal slice, mm: x to posterior, y to inferior. */
export type Point = readonly [number, number];

export const add = (a: Point, b: Point): Point => [a[0] + b[0], a[1] + b[1]];
export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
export const times = (a: Point, k: number): Point => [a[0] * k, a[1] * k];
export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];
export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
export const along = (from: Point, direction: Point, t: number): Point => [
  from[0] + t * direction[0],
  from[1] + t * direction[1],
];

export function unit(a: Point): Point {
  const l = Math.hypot(a[0], a[1]);
  return l > 0 ? [a[0] / l, a[1] / l] : [0, 0];
}

/** Turns a posterior-pointing direction into the superior-pointing one square to it. */
export const superiorOf = (posterior: Point): Point => [posterior[1], -posterior[0]];

/** Turns a superior-pointing direction into the posterior-pointing one square to it. */
export const posteriorOf = (superior: Point): Point => [-superior[1], superior[0]];

/** Angle in degrees of a posterior-pointing direction against the horizontal; positive when the front end is lower. */
export const tiltOf = (posterior: Point): number => (Math.atan2(-posterior[1], posterior[0]) * 180) / Math.PI;
