import { median } from '../levels/smoothing.ts';
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

/** Anterior and posterior height are taken this far from the middle towards the rim, as a share of half the depth. */
const TOWARDS_RIM = 0.8;

/** Rims farther apart than this along the disc are those of a slip, not of outlines that differ, mm. */
const SLIPPED_MM = 2.5;

/** How far the disc reaches from its centre to one side, mm: where a vertebra has slipped, only as far as both end plates do. */
function rimMm(frame: DiscFrame, side: 'anterior' | 'posterior'): number {
  const sign = side === 'posterior' ? 1 : -1;
  const [a, b] = [frame.upper, frame.lower].map(
    (plate) => sign * dot(minus(plate[side], frame.centre), frame.posterior),
  ) as [number, number];
  const half = frame.depthMm / 2;
  return Math.abs(a - b) > SLIPPED_MM ? Math.max(half / 3, Math.min(a, b, half)) : half;
}

/** Mean gap of three rays 1.5 mm apart. */
function meanGap(frame: DiscFrame, t: number): number | null {
  const gaps = [-1.5, 0, 1.5]
    .map((d) => gapAt(frame, along(frame.centre, frame.posterior, t + d)))
    .filter((v) => v !== null);
  return gaps.length === 0 ? null : gaps.reduce((a, b) => a + b, 0) / gaps.length;
}

/** Median gap over the middle half of the depth: a Schmorl node is a hole in the end plate, not a taller disc. */
function middleGap(frame: DiscFrame): number | null {
  const gaps: number[] = [];
  for (let k = -4; k <= 4; k++) {
    const gap = gapAt(frame, along(frame.centre, frame.posterior, (k / 16) * frame.depthMm));
    if (gap !== null) gaps.push(gap);
  }
  return gaps.length < 3 ? null : median(gaps);
}

/**
 * Gap between the end plates square to the bisector of the end plates (mid-plane after Frobin 1997), in the middle and at 80 % of
 * the way to the front and back rim: inside the rims, where osteophytes and the rounding of the corners do not reach.
 * Of a slipped vertebra's disc that goes for the stretch in which both end plates face each other.
 * Where a ray meets no end plate the distance of the rim points stands in.
 */
export function discHeights(frame: DiscFrame): DiscHeights | null {
  const middle = middleGap(frame);
  if (middle === null) return null;
  const rim = (upper: Point, lower: Point): number => {
    const corner = dot(minus(upper, lower), frame.superior);
    return middle + TOWARDS_RIM * (corner - middle);
  };
  const anterior =
    meanGap(frame, -TOWARDS_RIM * rimMm(frame, 'anterior')) ??
    rim(frame.upper.anterior, frame.lower.anterior);
  const posterior =
    meanGap(frame, TOWARDS_RIM * rimMm(frame, 'posterior')) ??
    rim(frame.upper.posterior, frame.lower.posterior);
  return { anterior: Math.max(0, anterior), middle, posterior: Math.max(0, posterior) };
}

export const meanHeight = (h: DiscHeights): number => (h.anterior + h.middle + h.posterior) / 3;
