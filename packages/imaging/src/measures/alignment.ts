import type { DiscFrame } from './disc-frame.ts';
import { add, distance, dot, minus, type Point, posteriorOf, tiltOf, unit } from './geometry.ts';
import { posteriorWall } from './posterior-wall.ts';

/** Displacement of the upper vertebra on the lower one. */
export interface Slip {
  /** Positive: the upper vertebra lies too far forward (anterolisthesis); negative: retrolisthesis. */
  readonly mm: number;
  /** Share of the antero-posterior length of the lower end plate, percent (Meyerding 1932). */
  readonly percent: number;
  /**
   * The same to the end of the straight stretch of the lower end plate: it differs over the sacrum, whose end plate runs on over its rounded edge. What the shipped grader
   * and the disc rules have learnt from.
   */
  readonly toEndplateMm: number;
}

/**
 * Slip: distance between the posterior-inferior corner of the upper body and the posterior-superior corner of the lower one, square to
 * the mean direction of both posterior walls. Measured along an end plate, the wedge of the disc and the spurs and hollows of worn end
 * plates would look like a slip; the walls keep their straight stretch. Where neither wall is seen, along the bisector of the end plates.
 */
export function slip(frame: DiscFrame): Slip | null {
  if (frame.upperFromDisc || frame.lowerFromDisc) return null;
  const walls = [posteriorWall(frame, 'upper'), posteriorWall(frame, 'lower')].filter(
    (wall) => wall !== null,
  );
  const superior = walls.length === 0 ? frame.superior : unit(walls.reduce(add));
  const back = posteriorOf(superior);
  const to = (below: Point): number => -dot(minus(frame.upper.posterior, below), back);
  const mm = to(frame.sacralCorner ?? frame.lower.posterior);
  const length = distance(frame.lower.anterior, frame.lower.posterior);
  const upper = distance(frame.upper.anterior, frame.upper.posterior);
  // End plates of one segment are nearly of one length: otherwise one of them was not seen whole.
  if (length < 8 || upper / length < 0.72 || upper / length > 1.4) return null;
  return { mm, percent: (100 * mm) / length, toEndplateMm: to(frame.lower.posterior) };
}

const tiltOfEndplate = (e: { readonly anterior: Point; readonly posterior: Point }): number =>
  tiltOf(unit(minus(e.posterior, e.anterior)));

/** Angle between the end plates that bound the disc, degrees; positive in lordosis (open to the front). */
export function segmentalAngle(frame: DiscFrame): number {
  return tiltOfEndplate(frame.lower) - tiltOfEndplate(frame.upper);
}

/** Lumbar lordosis: angle between the superior end plates of L1 and S1 (Cobb), degrees, lordosis positive; supine. */
export function lordosis(
  superiorL1: { readonly anterior: Point; readonly posterior: Point },
  superiorS1: { readonly anterior: Point; readonly posterior: Point },
): number {
  return tiltOfEndplate(superiorS1) - tiltOfEndplate(superiorL1);
}

/** Sacral slope: superior end plate of S1 against the horizontal of the scanner, degrees; supine, so not the standing one. */
export function sacralSlope(superiorS1: { readonly anterior: Point; readonly posterior: Point }): number {
  return tiltOfEndplate(superiorS1);
}
