import { CLASS } from '../segmentation/model.ts';
import { type Centreline, STEP_MM } from './centreline.ts';
import type { SpineInstances } from './instances.ts';
import { median } from './smoothing.ts';

/** Picture value at a point of a field slice (mm of the slice); null outside the picture. */
export type PictureAt = (p: readonly [number, number], fieldSlice: number) => number | null;

/** What lies between the first and second sacral segment. Networks and readers count it to the sacrum, so it is sought in the picture. */
export interface SacralDisc {
  /** Thickness with its end plates, mm. */
  readonly thicknessMm: number;
  /** Share of the sacrum's depth over which it is seen. */
  readonly share: number;
  /** Depth of S1 at its lower end over that of its upper end plate: below 0.75 in an ordinary sacrum, near 1 in a squared S1. */
  readonly squaring: number;
  /** The same for the upper end of S2. */
  readonly below: number;
}

/** Where the disc lies below the upper end plate of S1, mm. */
const FROM_MM = 18;
const TO_MM = 42;
/** Half thickness over which the profile is compared with the marrow beside it, mm, and where that marrow lies. */
const BAND_MM = 3;
const BESIDE_MM = [6, 15] as const;
/** Where the profile is all sacrum and nearly all marrow, mm below the end plate. */
const SACRUM_MM = [6, 55] as const;
/** What lies beside a disc is marrow: as a share of the sacrum's usual signal it differs from it by less. */
const LIKE_MARROW = 0.4;
/** A profile that stands out less from the marrow, as a share of its signal, is no disc and no scar of one. */
const LEAST_CONTRAST = 0.15;
/** Share of the greatest contrast above which a sample belongs to the disc. */
const EDGE = 0.4;
const LEAST_EDGE = 0.12;
const TILTS = [-0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4] as const;
/** Longest crossing from a dark end plate to a bright nucleus that is bridged, mm. */
const CROSSING_MM = 1.5;
/** Thickest disc that is as bright as marrow, and so seen by its two end plates alone, mm; the weaker plate as a share of the stronger. */
const BETWEEN_PLATES_MM = 10;
const SECOND_PLATE = 0.6;

const steps = (mm: number) => Math.round(mm / STEP_MM);
const finite = (values: readonly number[]) => values.filter(Number.isFinite);

/** The sacrum on one slice, straightened along the column's centreline; sample 0 is the upper end plate of S1. */
interface Straight {
  /** Front and back of the sacrum, mm from the centreline, per sample; null where the line is outside it. */
  readonly edges: readonly (readonly [number, number] | null)[];
  /** Picture value at a sample, `across` mm behind the centreline. */
  readonly value: (sample: number, across: number) => number | null;
}

function straighten(s: SpineInstances, from: number, z: number, at: PictureAt): Straight {
  const { width, height, pixelMm, classes } = s.field;
  const line: Centreline = s.line;
  const point = (k: number, t: number): readonly [number, number] => [
    (line.x[k] as number) + t * (line.ty[k] as number),
    (line.y[k] as number) - t * (line.tx[k] as number),
  ];
  const bone = (k: number, t: number): boolean => {
    const [x, y] = point(k, t);
    const i = Math.floor(x / pixelMm[0]);
    const j = Math.floor(y / pixelMm[1]);
    if (i < 0 || j < 0 || i >= width || j >= height) return false;
    const c = classes[(z * height + j) * width + i];
    return c === CLASS.sacrum || c === CLASS.disc;
  };
  const reach = (k: number, way: 1 | -1): number => {
    let t = 0;
    while (Math.abs(t) < 30 && (bone(k, t + 0.5 * way) || bone(k, t + way))) t += 0.5 * way;
    return t;
  };
  const count = Math.min(line.x.length - from, steps(60));
  const edges = Array.from({ length: Math.max(0, count) }, (_, n) =>
    bone(from + n, 0) ? ([reach(from + n, -1), reach(from + n, 1)] as const) : null,
  );
  return {
    edges,
    value: (n, t) => {
      const k = from + Math.round(n);
      return k < 0 || k >= line.x.length ? null : at(point(k, t), z);
    },
  };
}

/** Median signal over the middle half of the sacrum's depth at each sample, read along lines of this tilt. */
function profile({ edges, value }: Straight, tilt: number): number[] {
  return edges.map((edge, n) => {
    if (!edge) return Number.NaN;
    const middle = (edge[0] + edge[1]) / 2;
    const half = 0.275 * (edge[1] - edge[0]);
    const seen: number[] = [];
    for (let t = -half; t <= half; t += 0.75) {
      const v = value(n + (tilt * t) / STEP_MM, middle + t);
      if (v !== null) seen.push(v);
    }
    return seen.length > 4 ? median(seen) : Number.NaN;
  });
}

interface Band {
  readonly contrast: number;
  readonly at: number;
  readonly tilt: number;
  readonly marrow: number;
  readonly values: readonly number[];
}

/** Where, and along which tilt, the profile stands out most from the marrow above and below. */
function strongest(straight: Straight): Band | null {
  let best: Band | null = null;
  for (const tilt of TILTS) {
    const values = profile(straight, tilt);
    const usual = median(finite(values.slice(steps(SACRUM_MM[0]), steps(SACRUM_MM[1]))));
    for (let at = steps(FROM_MM); at < Math.min(values.length, steps(TO_MM)); at++) {
      const [near, far] = BESIDE_MM;
      const above = finite(values.slice(Math.max(0, at - steps(far)), at - steps(near)));
      const under = finite(values.slice(at + steps(near), at + steps(far)));
      if (above.length < 4 || under.length < 6) continue;
      const marrow = (median(above) + median(under)) / 2;
      if (!(Math.abs(marrow - usual) < LIKE_MARROW * usual)) continue;
      const inside = values.slice(at - steps(BAND_MM), at + steps(BAND_MM) + 1);
      const contrast = inside.reduce((sum, v) => sum + Math.abs(v - marrow), 0) / (inside.length * usual);
      if (contrast > (best?.contrast ?? 0)) best = { contrast, at, tilt, marrow, values };
    }
  }
  return best;
}

function onSlice(s: SpineInstances, from: number, z: number, at: PictureAt): SacralDisc | null {
  const straight = straighten(s, from, z, at);
  const band = strongest(straight);
  if (!band) return null;
  const off = band.values.map((v) => Math.abs(v - band.marrow) / band.marrow);
  let peak = band.at;
  for (let n = band.at - 4; n <= band.at + 4; n++) if ((off[n] ?? 0) > (off[peak] as number)) peak = n;
  const contrast = off[peak] as number;
  if (!(contrast >= LEAST_CONTRAST)) return null;
  const edge = Math.max(LEAST_EDGE, EDGE * contrast);
  const end = (from: number, way: 1 | -1): number => {
    let last = from;
    for (let n = from; Math.abs(n - last) <= steps(CROSSING_MM) && n >= 0 && n < off.length; n += way)
      if ((off[n] as number) > edge) last = n;
    return last;
  };
  let [first, last] = [end(peak, -1), end(peak, 1)];
  const reach = steps(BETWEEN_PLATES_MM);
  for (const way of [-1, 1] as const) {
    for (let d = reach; d > last - first; d--) {
      const n = (way < 0 ? last : first) + way * d;
      if (!((off[n] ?? 0) >= SECOND_PLATE * contrast)) continue;
      if (way < 0) first = end(n, -1);
      else last = end(n, 1);
      break;
    }
  }
  const middle = (first + last) / 2;
  const depth = straight.edges[Math.round(middle)];
  if (!depth) return null;
  let hits = 0;
  let all = 0;
  for (let t = depth[0]; t <= depth[1]; t += 0.75, all++) {
    const seen: number[] = [];
    for (let n = first; n <= last; n++) {
      const v = straight.value(n + (band.tilt * (t - (depth[0] + depth[1]) / 2)) / STEP_MM, t);
      if (v !== null) seen.push(Math.abs(v - band.marrow) / band.marrow);
    }
    seen.sort((a, b) => b - a);
    if ((seen[Math.floor(seen.length / 3)] ?? 0) > edge) hits++;
  }
  const widest = (a: number, b: number): number =>
    Math.max(0, ...straight.edges.slice(Math.max(0, a), b + 1).map((e) => (e ? e[1] - e[0] : 0)));
  const top = widest(2, 10);
  return {
    thicknessMm: (last - first + 1) * STEP_MM,
    share: hits / all,
    squaring: widest(first - 5, first) / top,
    below: widest(last + 1, last + 6) / top,
  };
}

/**
 * What the picture shows between S1 and S2, on the slice through the middle of the sacrum and its neighbours (the median of what they
 * show); null without a sacrum, or where nothing stands out from its marrow.
 */
export function sacralDisc(s: SpineInstances, at: PictureAt): SacralDisc | null {
  const from = s.sacrumFrom;
  if (from === null) return null;
  const { depth, height, pixelMm } = s.field;
  const k = Math.min(s.line.x.length - 1, from + steps(20));
  const row = Math.min(height - 1, Math.max(0, Math.round((s.line.y[k] as number) / pixelMm[1] - 0.5)));
  const middle = Math.min(depth - 1, Math.max(0, Math.round(s.plane.slice[row] as number)));
  const slices = depth < 5 ? [middle] : [middle - 1, middle, middle + 1].filter((z) => z >= 0 && z < depth);
  const seen = slices.flatMap((z) => onSlice(s, from, z, at) ?? []);
  if (2 * seen.length <= slices.length) return null;
  const of = (key: keyof SacralDisc) => median(seen.map((one) => one[key]));
  return {
    thicknessMm: of('thicknessMm'),
    share: of('share'),
    squaring: of('squaring'),
    below: of('below'),
  };
}

/**
 * Whether it is a disc like those of free vertebrae under a squared S1 (O'Driscoll 1996, type 4): the sign of a lumbarised S1 or of
 * a sacralised L5 on sagittal pictures. `discMm` is the usual thickness of this person's discs. Ordinary people have remnants of every
 * thickness, but not as thick as their discs, as deep as the sacrum and under a squared S1 at once.
 */
export function isFreeDisc(disc: SacralDisc, discMm: number): boolean {
  return (
    disc.share >= 0.88 &&
    disc.thicknessMm >= Math.max(4.5, 0.85 * discMm) &&
    disc.thicknessMm <= 1.6 * discMm &&
    disc.squaring >= 0.88 &&
    disc.squaring <= 1.2 &&
    disc.below >= 0.75
  );
}
