import type { DiscFrame } from './disc-frame.ts';
import { add, along, distance, dot, minus, type Point, posteriorOf, times, unit } from './geometry.ts';

/** Disc tissue behind the posterior edge of the disc space on one slice. */
export interface DisplacedTissue {
  /** Greatest extent behind the line between the corners, mm; 0 when nothing lies behind it. */
  readonly depthMm: number;
  /** Greatest extent behind the line including tissue above and below the disc space. */
  readonly greatestMm: number;
  /** Tissue more than a millimetre behind the line reaches this far above and below the disc space, mm. */
  readonly cranialMm: number;
  readonly caudalMm: number;
  /** Area behind the line, mm². */
  readonly areaMm2: number;
  /** Cranio-caudal extent of displaced tissue at half its depth, mm. */
  readonly spanMm: number;
  /** Width of its base at the disc, mm: the posterior height of the disc space. */
  readonly baseMm: number;
  /** Where the greatest extent is reached. */
  readonly apex: Point;
}

/** The same, what a slip uncovers left out. */
export interface Displacement extends DisplacedTissue {
  /** All that lies behind the line between the corners, as the grader has learnt it. */
  readonly behindCorners: DisplacedTissue;
}

const STEP = 0.5;
const REACH_BACK = 16;
const REACH_ALONG = 22;
/** From here a slip uncovers the disc; below, corners differ as they do in healthy spines. In full from `SLIPPED_MM`. */
const SHIFTED_MM = 2;
const SLIPPED_MM = 4;
/** The uncovered disc ends this far beyond its space; a fragment further off is no longer taken for it. */
const UNCOVERED_MM = 4;
const FREE_MM = 10;

/**
 * Extent of disc tissue behind the line joining the posterior corners of the end plates (NASS 2.0 measures displacement from
 * the edges of the ring apophyses, Fardon 2014, Spine J 14:2525). Above and below the disc space the posterior walls take
 * the line's place, so a migrated fragment is measured from the wall it lies behind. A slip uncovers the disc, which lies behind that line and is
 * no herniation ("pseudobulge", same source): there tissue is displaced only as far as it lies behind the corner that stands further back.
 * Null without a disc outline.
 *
 * @param slipMm slip at this disc, forward positive; null where it was not measured.
 */
export function displacement(frame: DiscFrame, slipMm: number | null): Displacement | null {
  const at = frame.disc;
  if (!at) return null;
  const behindCorners = displaced(frame, at, 0);
  const slips = slipMm !== null && Math.abs(slipMm) > SHIFTED_MM;
  return { ...(slips ? displaced(frame, at, slipMm) : behindCorners), behindCorners };
}

function displaced(frame: DiscFrame, at: (p: Point) => number, slipMm: number): DisplacedTissue {
  const { baseMm: base, wall, rays } = posteriorRays(frame, REACH_ALONG, STEP);
  const slipped = Math.min(1, Math.max(0, (Math.abs(slipMm) - SHIFTED_MM) / (SLIPPED_MM - SHIFTED_MM)));
  const forward = slipMm > 0;
  const rear = forward ? frame.lower.posterior : frame.upper.posterior;
  const back = posteriorOf(wall);
  const extents: { readonly h: number; readonly t: number; readonly tip: Point }[] = [];
  for (const { h, origin, out } of rays) {
    const reach = furthest(at, origin, out);
    if (reach === null) continue;
    const tip = along(origin, out, reach);
    // A fragment far from the space is measured from its wall.
    const beyond = Math.max(0, -h, h - base);
    const bare = forward ? h > 0 : h < base;
    const near = !bare
      ? 0
      : slipped * Math.min(1, Math.max(0, (FREE_MM - beyond) / (FREE_MM - UNCOVERED_MM)));
    const t = near === 0 ? reach : (1 - near) * reach + near * dot(minus(tip, rear), back);
    if (t > 0) extents.push({ h, t, tip });
  }
  let depth = 0;
  let greatest = 0;
  let apex: Point = frame.posteriorMiddle;
  let cranial = 0;
  let caudal = 0;
  let area = 0;
  for (const e of extents) {
    area += e.t * STEP;
    if (e.h >= 0 && e.h <= base && e.t > depth) depth = e.t;
    if (e.t > greatest) {
      greatest = e.t;
      apex = e.tip;
    }
    if (e.t > 1) {
      cranial = Math.max(cranial, e.h - base);
      caudal = Math.max(caudal, -e.h);
    }
  }
  const half = extents.filter((e) => e.t > greatest / 2).map((e) => e.h);
  const span = half.length > 0 ? Math.max(...half) - Math.min(...half) + STEP : 0;
  return {
    depthMm: depth,
    greatestMm: greatest,
    cranialMm: cranial,
    caudalMm: caudal,
    areaMm2: area,
    spanMm: span,
    baseMm: base,
    apex,
  };
}

/** A ray to the back from the line that joins the posterior corners of the end plates, or from the posterior walls beyond them. */
interface PosteriorRay {
  /** Height above the lower corner along that line, mm; the upper corner lies at `baseMm`. */
  readonly h: number;
  readonly origin: Point;
  readonly out: Point;
}

/** Rays from `reachMm` below the disc space to as far above it, and the mean direction of both posterior walls, to superior. */
export function posteriorRays(
  frame: DiscFrame,
  reachMm: number,
  stepMm: number,
): { readonly baseMm: number; readonly wall: Point; readonly rays: readonly PosteriorRay[] } {
  const top = frame.upper.posterior;
  const bottom = frame.lower.posterior;
  const base = Math.max(0.5, distance(top, bottom));
  let up = unit(minus(top, bottom));
  // In a collapsed disc the two corners nearly meet and their line says nothing: the frame's axis stands in.
  if (base < 2 || dot(up, frame.superior) < 0.6) up = frame.superior;
  const back: Point = [-up[1], up[0]];
  const wallUp = frame.upperCorners
    ? unit(minus(frame.upperCorners.superiorPosterior, frame.upperCorners.inferiorPosterior))
    : up;
  const wallDown = frame.lowerCorners
    ? unit(minus(frame.lowerCorners.inferiorPosterior, frame.lowerCorners.superiorPosterior))
    : times(up, -1);
  const rays: PosteriorRay[] = [];
  for (let h = -reachMm; h <= base + reachMm; h += stepMm) {
    if (h < 0) rays.push({ h, origin: along(bottom, wallDown, -h), out: posteriorOf(times(wallDown, -1)) });
    else if (h > base) rays.push({ h, origin: along(top, wallUp, h - base), out: posteriorOf(wallUp) });
    else rays.push({ h, origin: add(bottom, times(unit(minus(top, bottom)), h)), out: back });
  }
  return { baseMm: base, wall: unit(minus(wallUp, wallDown)), rays };
}

/** Distance to the furthest point of the disc behind `origin`; rays do not have to start in tissue because fragments may lie free. */
export function furthest(at: (p: Point) => number, origin: Point, direction: Point): number | null {
  let best: number | null = null;
  let previous = at(origin);
  for (let t = 0.3; t <= REACH_BACK; t += 0.3) {
    const v = at(along(origin, direction, t));
    if (previous >= 0.5 && v < 0.5) best = t - 0.3 + (0.3 * (previous - 0.5)) / (previous - v);
    previous = v;
  }
  return best;
}
