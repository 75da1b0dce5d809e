import type { Side } from '@foramen/spine';
import { type AxialView, columnOf, rowOf, VIEW_HEIGHT, VIEW_WIDTH } from './axial-frame.ts';

/** One facet joint of a level. Angle between its line (front inner to back outer end) and the sagittal plane of the vertebra. */
interface FacetAngle {
  readonly side: Side;
  readonly angleDeg: number;
  /** Standard error, degrees. */
  readonly errorDeg: number;
  readonly slices: number;
  readonly slice: number;
  /** Middle of the joint in the level's coordinates, mm. */
  readonly latMm: number;
  readonly depthMm: number;
}
export type FacetAnswer = FacetAngle | { readonly side: Side; readonly abstained: string };

interface Fit {
  readonly lat: number;
  readonly d: number;
  readonly angle: number;
  readonly score: number;
}

/** Error of the line itself: readers differ by three to five degrees, and a curved joint has no one angle. */
const LINE_ERROR_DEG = 3;
/** Error of the sagittal plane that the angle is taken against. */
const PLANE_ERROR_DEG = 1.5;
const HALF_LINE_MM = 5.5;
/** Least contrast of the joint against the bone beside it, as a share of that bone's signal. */
const LEAST_SCORE = 0.3;
/** No lumbar joint lies nearer to the sagittal or to the coronal plane than these, degrees: such a line is an edge of bone. */
const ANGLE_DEG: readonly [number, number] = [12, 80];

const RADIAN = Math.PI / 180;

const ACROSS = [-5.2, -4.4, -3.6, -2.2, -1.5, -0.5, 0, 0.5, 1.5, 2.2, 3.6, 4.4, 5.2] as const;
const STEPS = 5;

/** One side of a view, the right one mirrored onto the left: signal and arch by patient position, bilinear. */
class SideView {
  readonly #view: AxialView;
  readonly #sign: 1 | -1;
  readonly #profile = new Float64Array(ACROSS.length);
  constructor(view: AxialView, side: Side) {
    this.#view = view;
    this.#sign = side === 'left' ? 1 : -1;
  }

  #at(field: Float32Array, lat: number, d: number): number {
    const x = columnOf(this.#sign * lat);
    const y = rowOf(d);
    const c = x | 0;
    const r = y | 0;
    if (x < 0 || y < 0 || c + 1 >= VIEW_WIDTH || r + 1 >= VIEW_HEIGHT) return -1;
    const o = r * VIEW_WIDTH + c;
    const fx = x - c;
    const fy = y - r;
    return (
      (1 - fy) * ((1 - fx) * (field[o] as number) + fx * (field[o + 1] as number)) +
      fy * ((1 - fx) * (field[o + VIEW_WIDTH] as number) + fx * (field[o + VIEW_WIDTH + 1] as number))
    );
  }

  /** Whether the sagittal series shows bone of the arch on both sides of a line: one process each. */
  betweenBones(lat: number, d: number, angle: number): boolean {
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    for (const sign of [-1, 1]) {
      const at = (n: number): number => this.#at(this.#view.arch, lat + sign * n * cos, d - sign * n * sin);
      if ((at(2.6) + at(3.8) + at(5)) / 3 < 0.45) return false;
    }
    return true;
  }

  /**
   * How much a line looks like a joint: marrow on both sides, between them the dark band of both subchondral plates, in whose middle
   * fluid or cartilage may shine. In units of the marrow's signal; 0 where the marrow does not stand out on both sides.
   */
  likeJoint(lat: number, d: number, angle: number): number {
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    const profile = this.#profile;
    for (let k = 0; k < ACROSS.length; k++) {
      const n = ACROSS[k] as number;
      let sum = 0;
      for (let step = -STEPS; step <= STEPS; step++) {
        const t = (step * HALF_LINE_MM) / STEPS;
        const v = this.#at(this.#view.signal, lat + t * sin + n * cos, d + t * cos - n * sin);
        if (v < 0) return 0;
        sum += v;
      }
      profile[k] = sum / (2 * STEPS + 1);
    }
    const mean = (from: number, to: number): number => {
      let s = 0;
      for (let k = from; k <= to; k++) s += profile[k] as number;
      return s / (to - from + 1);
    };
    const [inner, outer] = [mean(0, 2), mean(10, 12)];
    const [darkInner, darkOuter] = [mean(3, 4), mean(8, 9)];
    const middle = mean(5, 7);
    const marrow = Math.min(inner, outer);
    if (marrow <= 0) return 0;
    const walls = Math.min(inner - darkInner, outer - darkOuter);
    const lit = middle - Math.max(darkInner, darkOuter);
    const band = marrow - (darkInner + darkOuter + middle) / 3;
    // Open joint: two dark plates with something brighter between. Closed joint: one dark band.
    const like = Math.max(0.7 * walls + Math.max(0, 1.2 * Math.min(lit, walls)), band);
    // Marrow is alike in both processes; what differs much on one side is muscle or fat.
    return (like / (0.5 * (inner + outer))) * Math.sqrt(marrow / Math.max(inner, outer));
  }
}

function bestLine(view: AxialView, side: Side, scale: number): { best: Fit | null; rival: number } {
  const seen = new SideView(view, side);
  const coarse: Fit[] = [];
  for (let lat = 9 * scale; lat <= 25 * scale; lat += 1.2) {
    for (let d = 5; d <= 24; d += 1.2) {
      for (let a = 6; a <= 84; a += 6) {
        if (!seen.betweenBones(lat, d, a * RADIAN)) continue;
        const score = seen.likeJoint(lat, d, a * RADIAN);
        if (score > 0.5 * LEAST_SCORE) coarse.push({ lat, d, angle: a, score });
      }
    }
  }
  coarse.sort((p, q) => q.score - p.score);
  const top = coarse[0];
  if (!top) return { best: null, rival: 0 };
  const rival = coarse.find((f) => Math.abs(f.angle - top.angle) > 20)?.score ?? 0;
  let best = top;
  for (const start of coarse.slice(0, 2)) {
    for (let lat = start.lat - 0.8; lat <= start.lat + 0.81; lat += 0.4)
      for (let d = start.d - 0.8; d <= start.d + 0.81; d += 0.4)
        for (let a = start.angle - 6; a <= start.angle + 6; a += 2) {
          const score = seen.likeJoint(lat, d, a * RADIAN);
          if (score > best.score) best = { lat, d, angle: a, score };
        }
  }
  return { best, rival };
}

/**
 * Angle of the facet joints on axial slices through the disc (after Boden 1996, J Bone Joint Surg Am 78:403: line of the joint against the
 * vertebra's sagittal axis; 0 degrees sagittal, 90 coronal). A side abstains when no line on any slice looks like a joint, or slices disagree.
 */
export function facetAngle(views: readonly AxialView[], side: Side, scale: number): FacetAnswer {
  if (views.length === 0) return { side, abstained: 'no axial slice cuts the facet joints of this level' };
  const fits = views.flatMap((view) => {
    const { best, rival } = bestLine(view, side, scale);
    return best && best.score >= LEAST_SCORE && best.angle >= ANGLE_DEG[0] && best.angle <= ANGLE_DEG[1]
      ? [{ best, rival, view }]
      : [];
  });
  if (fits.length === 0) return { side, abstained: 'the joint space is not seen against the bone beside it' };
  const strongest = Math.max(...fits.map((f) => f.best.score));
  const kept = fits.filter((f) => f.best.score > 0.55 * strongest);
  const weight = (f: (typeof kept)[number]): number => f.best.score ** 2;
  const total = kept.reduce((a, f) => a + weight(f), 0);
  const angle = kept.reduce((a, f) => a + weight(f) * f.best.angle, 0) / total;
  const spread = Math.sqrt(kept.reduce((a, f) => a + weight(f) * (f.best.angle - angle) ** 2, 0) / total);
  if (spread > 12) return { side, abstained: 'the joint line differs too much from slice to slice' };
  // Another line nearly as good, at another angle: the picture leaves it open.
  const doubt = Math.max(...kept.map((f) => f.rival / f.best.score));
  const first = kept.reduce((a, f) => (f.best.score > a.best.score ? f : a));
  return {
    side,
    angleDeg: angle,
    errorDeg: Math.hypot(
      LINE_ERROR_DEG,
      PLANE_ERROR_DEG,
      spread / Math.sqrt(kept.length),
      kept.length === 1 ? 2.5 : 0,
      doubt > 0.85 ? 4 : 0,
    ),
    slices: kept.length,
    slice: first.view.slice,
    latMm: first.best.lat,
    depthMm: first.best.d,
  };
}
