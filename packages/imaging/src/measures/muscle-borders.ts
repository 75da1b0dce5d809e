import type { Side } from '@foramen/spine';
import { median } from '../levels/smoothing.ts';
import { type AxialView, columnOf, depthOf, rowOf, VIEW_HEIGHT, VIEW_MM, VIEW_WIDTH } from './axial-frame.ts';

/** Outlines of the back muscles on one slice; depths in mm behind the posterior wall, by view column; NaN where not seen. */
export interface MuscleBorders {
  readonly skin: Float32Array;
  /** Front of the subcutaneous fat. */
  readonly fascia: Float32Array;
  /** Back of laminae, articular processes and flavum. */
  readonly front: Float32Array;
  /** Cleft between multifidus and erector spinae: mm from the midline at 28 mm depth, slope, and whether it was seen. */
  readonly cleft: Readonly<Record<Side, Cleft>>;
  /** How far out the erector spinae is read, mm. */
  readonly outerMm: number;
}
interface Cleft {
  readonly atMm: number;
  readonly slope: number;
  readonly seen: boolean;
}

/** Usual place of the cleft by level, mm from the midline for a disc 34 mm deep: the multifidus grows toward the sacrum. */
const USUAL_CLEFT: Readonly<Record<string, number>> = {
  'L5-S1': 32,
  'L4-L5': 26,
  'L3-L4': 22,
  'L2-L3': 19,
  'L1-L2': 18,
};
const CLEFT_DEPTH_MM = 28;
/** Beside this the fascia is not followed. */
const FASCIA_SIDE_MM = 56;
/** The erector spinae is read from here backward, clear of the transverse processes. */
const ERECTOR_FROM_MM = 14;

const cleftAt = (c: Cleft, d: number): number => c.atMm + c.slope * (d - CLEFT_DEPTH_MM);

/** Brightest signal worth speaking of: the 97th percentile of the view's back half. */
function brightOf(view: AxialView): number {
  const values: number[] = [];
  for (let r = Math.round(rowOf(0)); r < VIEW_HEIGHT; r += 2)
    for (let c = 0; c < VIEW_WIDTH; c += 2) {
      const v = view.signal[r * VIEW_WIDTH + c] as number;
      if (v >= 0) values.push(v);
    }
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length * 0.97)] ?? 0;
}

/** Outer surface of the back: the last row, from behind, where tissue begins and goes on for 3 mm. */
function skinLine(view: AxialView, bright: number): Float32Array {
  const out = new Float32Array(VIEW_WIDTH).fill(Number.NaN);
  const run = Math.round(3 / VIEW_MM);
  for (let c = 0; c < VIEW_WIDTH; c++) {
    let n = 0;
    for (let r = VIEW_HEIGHT - 1; r > 0; r--) {
      const v = view.signal[r * VIEW_WIDTH + c] as number;
      if (v > 0.12 * bright) n++;
      else n = 0;
      if (n < run) continue;
      out[c] = depthOf(r + run - 1);
      break;
    }
  }
  return out;
}

function columnSums(view: AxialView, c: number): Float64Array {
  const sums = new Float64Array(VIEW_HEIGHT + 1);
  for (let r = 0; r < VIEW_HEIGHT; r++) {
    // Two neighbours on either side: the edge runs on, streaks do not.
    let v = 0;
    let n = 0;
    for (let k = -2; k <= 2; k++) {
      const cc = c + k;
      if (cc < 0 || cc >= VIEW_WIDTH) continue;
      const one = view.signal[r * VIEW_WIDTH + cc] as number;
      if (one < 0) continue;
      v += one;
      n++;
    }
    sums[r + 1] = (sums[r] as number) + (n > 0 ? v / n : 0);
  }
  return sums;
}

/**
 * The thoracolumbar fascia as the line of least cost from side to side: fat behind it that goes on to the skin, something darker in
 * front. Null where subcutaneous fat is not brighter than what lies before it (fat suppressed, or out of the picture).
 */
function fasciaLine(view: AxialView, skin: Float32Array, bright: number): Float32Array | null {
  const c0 = Math.round(columnOf(-FASCIA_SIDE_MM));
  const c1 = Math.round(columnOf(FASCIA_SIDE_MM));
  const r0 = Math.round(rowOf(20));
  const rows = VIEW_HEIGHT - r0;
  const width = c1 - c0 + 1;
  const near = Math.round(5 / VIEW_MM);
  const cost = new Float32Array(width * rows).fill(1);
  for (let x = 0; x < width; x++) {
    const c = c0 + x;
    const s = skin[c] as number;
    if (Number.isNaN(s)) continue;
    const end = Math.round(rowOf(s) - 1.6 / VIEW_MM);
    const sums = columnSums(view, c);
    const mean = (a: number, b: number): number =>
      b > a ? ((sums[b] as number) - (sums[a] as number)) / (b - a) : 0;
    // Darkest stretch of 2 mm between here and the skin.
    const three = (r: number): number => mean(r - 1, r + 2);
    let darkest = Number.POSITIVE_INFINITY;
    for (let r = end - 2; r >= r0; r--) {
      const y = r - r0;
      darkest = Math.min(darkest, three(r));
      if (y >= rows || r - near < 0) continue;
      const behind = mean(r, Math.min(end, r + near));
      const before = Math.min(mean(r - near, r), three(r - 2), three(r - 3));
      const tail = 0.5 * darkest + 0.5 * mean(r, end);
      // The fascia is dark, also over a muscle that is all fat; and nothing but fat follows it.
      cost[x * rows + y] = 1 - (behind - before) / bright - 0.6 * Math.min(1, tail / bright);
    }
  }
  const best = Float32Array.from(cost);
  const from = new Int16Array(width * rows);
  for (let x = 1; x < width; x++) {
    for (let y = 0; y < rows; y++) {
      let low = Number.POSITIVE_INFINITY;
      let at = y;
      for (let k = -2; k <= 2; k++) {
        const yy = y + k;
        if (yy < 0 || yy >= rows) continue;
        const v = (best[(x - 1) * rows + yy] as number) + 0.03 * k * k;
        if (v < low) {
          low = v;
          at = yy;
        }
      }
      best[x * rows + y] = low + (cost[x * rows + y] as number);
      from[x * rows + y] = at;
    }
  }
  let y = 0;
  for (let k = 1; k < rows; k++)
    if ((best[(width - 1) * rows + k] as number) < (best[(width - 1) * rows + y] as number)) y = k;
  const out = new Float32Array(VIEW_WIDTH).fill(Number.NaN);
  let total = 0;
  for (let x = width - 1; x >= 0; x--) {
    out[c0 + x] = depthOf(r0 + y - 0.5);
    total += cost[x * rows + y] as number;
    y = from[x * rows + y] as number;
  }
  return total / width < 0.62 ? out : null;
}

/** Back of bone and flavum for each column: the last arch behind the canal; between laminae the back of the sac and 5 mm. */
function frontLine(view: AxialView, fascia: Float32Array): Float32Array {
  const out = new Float32Array(VIEW_WIDTH).fill(Number.NaN);
  const lowest = Math.round(rowOf(4));
  let sacBack = 14;
  for (let c = Math.round(columnOf(-4)); c <= columnOf(4); c++)
    for (let r = lowest; r < VIEW_HEIGHT; r++)
      if ((view.sac[r * VIEW_WIDTH + c] as number) >= 0.5) sacBack = Math.max(sacBack, depthOf(r));
  for (let c = 0; c < VIEW_WIDTH; c++) {
    const lat = Math.abs(c - columnOf(0)) * VIEW_MM;
    const end = fascia[c] as number;
    if (Number.isNaN(end)) continue;
    // Beside the sac its back does not count: there the joints stand.
    let front = lat < 14 ? sacBack + 5 - Math.max(0, lat - 9) * 0.8 : ERECTOR_FROM_MM;
    for (let r = lowest; r < rowOf(end - 3); r++)
      if ((view.arch[r * VIEW_WIDTH + c] as number) >= 0.35) front = Math.max(front, depthOf(r) + 1.2);
    out[c] = front + 1;
  }
  return out;
}

/** The fat plane between the two muscles: the straight bright line, upright or leaning outward, near its usual place. */
function findCleft(
  view: AxialView,
  side: Side,
  usual: number,
  fascia: Float32Array,
  front: Float32Array,
  contrast: number,
): Cleft {
  const sign = side === 'left' ? 1 : -1;
  const at = (lat: number, d: number): number => {
    const c = Math.round(columnOf(sign * lat));
    const r = Math.round(rowOf(d));
    return c < 0 || c >= VIEW_WIDTH || r >= VIEW_HEIGHT ? -1 : (view.signal[r * VIEW_WIDTH + c] as number);
  };
  let best = 0;
  let found: Cleft = { atMm: usual, slope: 0.1, seen: false };
  for (let off = -9; off <= 9; off += 0.7) {
    for (let slope = -0.25; slope <= 0.5; slope += 0.125) {
      const line: Cleft = { atMm: usual + off, slope, seen: true };
      const ridge: number[] = [];
      const centre = Math.round(columnOf(sign * line.atMm));
      const end = (fascia[centre] as number) - 2;
      const start = Math.max(17, (front[centre] as number) + 2);
      for (let d = start; d < end; d += 1) {
        const lat = cleftAt(line, d);
        const middle = Math.max(at(lat, d), at(lat + 0.7, d));
        const inner = Math.min(at(lat - 3.2, d), at(lat - 2.4, d));
        const outer = Math.min(at(lat + 3.2, d), at(lat + 4, d));
        if (middle < 0 || inner < 0 || outer < 0) continue;
        ridge.push(middle - Math.max(inner, outer));
      }
      if (ridge.length < 8) continue;
      // Streaks make a ridge here and there; the fat plane makes one nearly all along.
      ridge.sort((a, b) => a - b);
      const score = (ridge[Math.floor(ridge.length * 0.3)] as number) / contrast - 0.004 * off * off;
      if (score > best) {
        best = score;
        found = line;
      }
    }
  }
  return best > 0.12 ? found : { atMm: usual, slope: 0.1, seen: false };
}

/** Null without a fascia: then nothing tells muscle from what covers it. */
export function muscleBorders(view: AxialView, level: string, scale: number): MuscleBorders | null {
  const usual = USUAL_CLEFT[level];
  if (usual === undefined) return null;
  const bright = brightOf(view);
  const skin = skinLine(view, bright);
  const fascia = fasciaLine(view, skin, bright);
  if (!fascia) return null;
  const front = frontLine(view, fascia);
  const at = (side: Side): Cleft => findCleft(view, side, usual * scale, fascia, front, bright);
  return {
    skin,
    fascia,
    front,
    cleft: { left: at('left'), right: at('right') },
    outerMm: (level === 'L5-S1' ? 46 : 52) * scale,
  };
}

export type Muscle = 'multifidus' | 'erectorSpinae';

/** View pixels of each muscle of a side, away from bone, fascia and cleft. */
export function musclePixels(
  view: AxialView,
  borders: MuscleBorders,
  cleft: Readonly<Record<Side, Cleft>>,
): Readonly<Record<Muscle, Readonly<Record<Side, readonly number[]>>>> {
  const out = {
    multifidus: { left: [] as number[], right: [] as number[] },
    erectorSpinae: { left: [] as number[], right: [] as number[] },
  };
  for (let c = 0; c < VIEW_WIDTH; c++) {
    const lat = (c - columnOf(0)) * VIEW_MM;
    const side: Side = lat > 0 ? 'left' : 'right';
    const l = Math.abs(lat);
    if (l < 4.5 || l > borders.outerMm) continue;
    const end = (borders.fascia[c] as number) - 2.2;
    const start = borders.front[c] as number;
    if (Number.isNaN(end) || Number.isNaN(start)) continue;
    for (let r = Math.ceil(rowOf(start)); r <= rowOf(end); r++) {
      const o = r * VIEW_WIDTH + c;
      if ((view.signal[o] as number) < 0 || (view.arch[o] as number) > 0.25) continue;
      const d = depthOf(r);
      const border = cleftAt(cleft[side], d);
      const clear = cleft[side].seen ? 1.8 : 3;
      if (l < border - clear) out.multifidus[side].push(o);
      else if (l > border + clear && d >= ERECTOR_FROM_MM) out.erectorSpinae[side].push(o);
    }
  }
  return out;
}

/** One cleft for all slices of a level: the median of those that were seen. */
export function commonCleft(all: readonly MuscleBorders[], side: Side, usual: Cleft): Cleft {
  const seen = all.map((b) => b.cleft[side]).filter((c) => c.seen);
  if (seen.length === 0) return all[0]?.cleft[side] ?? usual;
  return { atMm: median(seen.map((c) => c.atMm)), slope: median(seen.map((c) => c.slope)), seen: true };
}

/** View pixels of subcutaneous fat, away from fascia and skin. */
export function subcutaneousPixels(view: AxialView, borders: MuscleBorders): readonly number[] {
  const out: number[] = [];
  for (let c = 0; c < VIEW_WIDTH; c += 2) {
    const start = (borders.fascia[c] as number) + 2;
    const end = (borders.skin[c] as number) - 3;
    if (Number.isNaN(start) || Number.isNaN(end)) continue;
    for (let r = Math.ceil(rowOf(start)); r <= rowOf(end); r += 2) {
      const o = r * VIEW_WIDTH + c;
      if ((view.signal[o] as number) >= 0) out.push(o);
    }
  }
  return out;
}
