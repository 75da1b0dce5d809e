import { midSliceOf } from '../levels/disc-shape.ts';
import { type Instance, SAC_ID, SACRUM_ID, type SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { CLASS } from '../segmentation/model.ts';
import { type BodyCorners, cornersFromOutline, outline } from './body-corners.ts';
import { add, distance, dot, middle, minus, type Point, superiorOf, times, unit } from './geometry.ts';
import { firstInside, instanceSampler, lastInside, type Sampler } from './instance-plane.ts';
import { sacralCorner } from './sacral-corner.ts';

/** An end plate: its rim points on the slice. */
export interface Endplate {
  readonly anterior: Point;
  readonly posterior: Point;
}

/**
 * A disc on its middle slice with everything its measures need. Frame: `posterior` is the unit direction of the disc's mid-plane
 * (bisector of its end plates, Frobin 1997, Clin Biomech 12 Suppl 1), `superior` is square to it.
 */
export interface DiscFrame {
  readonly slice: number;
  /** Inferior end plate of the upper body and superior end plate of the lower one. */
  readonly upper: Endplate;
  readonly lower: Endplate;
  /** True when an end plate had to be taken from the disc itself because its body was not seen. */
  readonly upperFromDisc: boolean;
  readonly lowerFromDisc: boolean;
  readonly anteriorMiddle: Point;
  readonly posteriorMiddle: Point;
  readonly centre: Point;
  readonly posterior: Point;
  readonly superior: Point;
  readonly depthMm: number;
  readonly upperBody: Sampler | null;
  readonly lowerBody: Sampler | null;
  readonly disc: Sampler | null;
  readonly sac: Sampler | null;
  readonly upperCorners: BodyCorners | null;
  readonly lowerCorners: BodyCorners | null;
  /** Posterior-superior corner of the sacrum, found as those of bodies are; null over a body, or where the sacrum's edge is not seen. */
  readonly sacralCorner: Point | null;
}

export interface MeasuredBody {
  readonly item: Instance;
  readonly slice: number;
  readonly corners: BodyCorners;
  readonly at: Sampler;
}

function columnPosterior(s: SpineInstances, sample: number): Point {
  const k = Math.min(s.line.tx.length - 1, Math.max(0, Math.round(sample)));
  return [s.line.ty[k] as number, -(s.line.tx[k] as number)];
}

function columnPoint(s: SpineInstances, sample: number): Point {
  const k = Math.min(s.line.x.length - 1, Math.max(0, Math.round(sample)));
  return [s.line.x[k] as number, s.line.y[k] as number];
}

/** Every body is the neighbour of two discs: its outline is taken once. */
const measuredBodies = new WeakMap<SpineInstances, Map<number, MeasuredBody | null>>();

/** Corners of a body on a slice (default its own middle slice). */
export function measureBody(s: SpineInstances, item: Instance, slice?: number): MeasuredBody | null {
  const z = slice ?? midSliceOf(s, item);
  let known = measuredBodies.get(s);
  if (!known) {
    known = new Map();
    measuredBodies.set(s, known);
  }
  const key = item.id + 256 * z;
  let found = known.get(key);
  if (found === undefined) {
    found = outlineBody(s, item, z);
    known.set(key, found);
  }
  return found;
}

function outlineBody(s: SpineInstances, item: Instance, z: number): MeasuredBody | null {
  const at = instanceSampler(s, [item.id], [CLASS.body], z);
  if (!at) return null;
  const sample = (item.segment.from + item.segment.to) / 2;
  const centre = columnPoint(s, sample);
  const points = outline(at, centre, 40, Number.POSITIVE_INFINITY);
  const corners = cornersFromOutline(points, columnPosterior(s, sample));
  return corners ? { item, slice: z, corners, at } : null;
}

/**
 * Superior end plate of the sacrum: where rays from the disc downward first meet bone lies a straight line that ends, in front
 * at the promontory and behind at the canal, where the surface falls away from it.
 */
function sacralEndplate(
  s: SpineInstances,
  disc: NamedDisc,
  z: number,
): { endplate: Endplate; at: Sampler; corner: Point | null } | null {
  const below = s.items.filter((i) => i.segment.from >= disc.item.segment.to).map((i) => i.id);
  const at = instanceSampler(s, [SACRUM_ID, ...below], [CLASS.sacrum, CLASS.body], z);
  if (!at) return null;
  const column = columnPosterior(s, disc.item.segment.to);
  const angle = ((disc.shape?.tiltDeg ?? 0) * Math.PI) / 180;
  const own: Point = [Math.cos(angle), -Math.sin(angle)];
  const posterior = disc.shape && dot(own, column) > 0.8 ? own : column;
  const down = times(superiorOf(posterior), -1);
  const start = disc.shape?.centre ?? columnPoint(s, (disc.item.segment.from + disc.item.segment.to) / 2);
  const hits: { readonly t: number; readonly d: number }[] = [];
  for (let t = -30; t <= 30; t += 0.75) {
    // Rays start a little above the mid-plane: a worn disc may dip below it at one end.
    const from = add(add(start, times(posterior, t)), times(down, -3));
    const d = firstInside(at, from, down, 22);
    if (d !== null) hits.push({ t, d: d - 3 });
  }
  const line = surfaceLine(hits);
  if (!line) return null;
  const on = (t: number): Point =>
    add(add(start, times(posterior, t)), times(down, line.offset + line.slope * t));
  const endplate = { anterior: on(line.from), posterior: on(line.to) };
  return { endplate, at, corner: sacralCorner(at, endplate) };
}

/** Straight stretch of a surface through its middle, by repeated least squares on what lies within 1.5 mm of the line. */
function surfaceLine(
  hits: readonly { readonly t: number; readonly d: number }[],
): { readonly offset: number; readonly slope: number; readonly from: number; readonly to: number } | null {
  let inner = hits.filter((h) => Math.abs(h.t) <= 9);
  if (inner.length < 8) return null;
  let offset = 0;
  let slope = 0;
  let from = 0;
  let to = 0;
  for (let round = 0; round < 5; round++) {
    const n = inner.length;
    const mt = inner.reduce((a, h) => a + h.t, 0) / n;
    const md = inner.reduce((a, h) => a + h.d, 0) / n;
    const stt = inner.reduce((a, h) => a + (h.t - mt) ** 2, 0);
    slope = stt > 0 ? inner.reduce((a, h) => a + (h.t - mt) * (h.d - md), 0) / stt : 0;
    offset = md - slope * mt;
    const near = hits.filter((h) => Math.abs(h.d - offset - slope * h.t) < 1.5);
    const middle = near.findIndex((h) => h.t >= 0);
    if (middle < 0) return null;
    let low = middle;
    let high = middle;
    // A gap of two millimetres ends the end plate.
    while (low > 0 && (near[low] as { t: number }).t - (near[low - 1] as { t: number }).t < 2.4) low--;
    while (
      high + 1 < near.length &&
      (near[high + 1] as { t: number }).t - (near[high] as { t: number }).t < 2.4
    )
      high++;
    inner = near.slice(low, high + 1);
    if (inner.length < 8) return null;
    from = (inner[0] as { t: number }).t;
    to = (inner.at(-1) as { t: number }).t;
  }
  return Math.abs(slope) > 0.7 || to - from < 15 ? null : { offset, slope, from, to };
}

/**
 * End plates as the disc's own outline shows them: its upper and lower surface near the two ends of its long axis. The very
 * ends are left out because the annulus tapers there.
 */
function endplatesOfDisc(disc: NamedDisc, at: Sampler): { upper: Endplate; lower: Endplate } | null {
  const shape = disc.shape;
  if (!shape) return null;
  const angle = (shape.tiltDeg * Math.PI) / 180;
  const posterior: Point = [Math.cos(angle), -Math.sin(angle)];
  const up = superiorOf(posterior);
  const front = lastInside(at, shape.centre, times(posterior, -1), 30);
  const rear = lastInside(at, shape.centre, posterior, 30);
  if (front === null || rear === null || front + rear < 12) return null;
  const surface = (t: number, direction: Point): Point => {
    const from = add(shape.centre, times(posterior, t));
    return add(from, times(direction, lastInside(at, from, direction, 15) ?? 0));
  };
  const anterior = -0.88 * front;
  const back = 0.88 * rear;
  const down = times(up, -1);
  // The surfaces end at the disc's full length, not where they were touched.
  const ends = (direction: Point): Endplate => {
    const a = surface(anterior, direction);
    const b = surface(back, direction);
    return {
      anterior: add(a, times(posterior, anterior * 0.06)),
      posterior: add(b, times(posterior, back * 0.06)),
    };
  };
  return { upper: ends(up), lower: ends(down) };
}

/** The frame of a disc, or null when too little of it is seen. `slice` overrides the middle slice. */
export function discFrame(s: SpineInstances, disc: NamedDisc, slice?: number): DiscFrame | null {
  const z = slice ?? midSliceOf(s, disc.item);
  const own = disc.item.box ? instanceSampler(s, [disc.item.id], [CLASS.disc], z) : null;
  const upperBody = disc.above && !disc.above.cut ? measureBody(s, disc.above, z) : null;
  const lowerBody = disc.below && !disc.below.cut ? measureBody(s, disc.below, z) : null;
  const sacral = disc.below === null ? sacralEndplate(s, disc, z) : null;
  const fromDisc = own && (!upperBody || !(lowerBody ?? sacral)) ? endplatesOfDisc(disc, own) : null;
  const upper: Endplate | undefined = upperBody
    ? { anterior: upperBody.corners.inferiorAnterior, posterior: upperBody.corners.inferiorPosterior }
    : fromDisc?.upper;
  const lower: Endplate | undefined = lowerBody
    ? { anterior: lowerBody.corners.superiorAnterior, posterior: lowerBody.corners.superiorPosterior }
    : (sacral?.endplate ?? fromDisc?.lower);
  if (!upper || !lower) return null;
  const anteriorMiddle = middle(upper.anterior, lower.anterior);
  const posteriorMiddle = middle(upper.posterior, lower.posterior);
  const posterior = unit(minus(posteriorMiddle, anteriorMiddle));
  const superior = superiorOf(posterior);
  if (dot(posterior, columnPosterior(s, (disc.item.segment.from + disc.item.segment.to) / 2)) < 0.5)
    return null;
  return {
    slice: z,
    upper,
    lower,
    upperFromDisc: !upperBody,
    lowerFromDisc: !lowerBody && !sacral,
    anteriorMiddle,
    posteriorMiddle,
    centre: middle(anteriorMiddle, posteriorMiddle),
    posterior,
    superior,
    depthMm: distance(anteriorMiddle, posteriorMiddle),
    upperBody: upperBody?.at ?? null,
    lowerBody: lowerBody?.at ?? sacral?.at ?? null,
    disc: own,
    sac: instanceSampler(s, [SAC_ID, SAC_ID + 1], [CLASS.sac, CLASS.cord], z),
    upperCorners: upperBody?.corners ?? null,
    lowerCorners: lowerBody?.corners ?? null,
    sacralCorner: sacral?.corner ?? null,
  };
}
