import { type AxialView, columnOf, rowOf, VIEW_HEIGHT, VIEW_MM, VIEW_WIDTH } from './axial-frame.ts';

/** Outline of the sac on a view: distance from `centre` [lat, d] at evenly spaced angles, mm. */
interface SacOutline {
  readonly centre: readonly [lat: number, d: number];
  readonly radii: Float32Array;
  /** Mean over the outline of how clearly it is seen, 0 to 1. */
  readonly clear: number;
}

const ANGLES = 72;
const STEP_MM = 0.35;
const REACH_MM = 18;
const RADII = Math.round(REACH_MM / STEP_MM);
/** How far the sagittal slices may be off: along them a pixel, across them half the distance between two, mm. */
const ALONG_MM = 1.1;
const ACROSS_MM = 2.4;
/** What a clear edge is worth against the sagittal slices, and a step of the outline from one angle to the next costs. */
const EDGE_WORTH = 5;
const STEP_COST = 0.35;
const STEPS = 2;

export const angleOf = (n: number): number => (2 * Math.PI * n) / ANGLES;

/** Bilinear value of a field of the view at (lat, d) mm; 0 outside. */
export function viewAt(field: Float32Array, lat: number, d: number): number {
  const x = columnOf(lat);
  const y = rowOf(d);
  const c = Math.floor(x);
  const r = Math.floor(y);
  if (c < 0 || r < 0 || c + 1 >= VIEW_WIDTH || r + 1 >= VIEW_HEIGHT) return 0;
  const at = c + VIEW_WIDTH * r;
  const [fx, fy] = [x - c, y - r];
  return (
    (1 - fy) * ((1 - fx) * (field[at] as number) + fx * (field[at + 1] as number)) +
    fy * ((1 - fx) * (field[at + VIEW_WIDTH] as number) + fx * (field[at + VIEW_WIDTH + 1] as number))
  );
}

/** Middle of the sac as the sagittal slices show it on this view; null where they show none near the canal. */
function middleOf(sac: Float32Array): readonly [number, number] | null {
  let [n, lat, d] = [0, 0, 0];
  for (let r = Math.round(rowOf(-4)); r <= rowOf(30); r++) {
    for (let c = Math.round(columnOf(-16)); c <= columnOf(16); c++) {
      if ((sac[r * VIEW_WIDTH + c] as number) < 0.5) continue;
      n++;
      lat += c;
      d += r;
    }
  }
  if (n * VIEW_MM * VIEW_MM < 15) return null;
  return [(lat / n - columnOf(0)) * VIEW_MM, (d / n - rowOf(0)) * VIEW_MM];
}

/**
 * Finds the sac on an axial slice: the closed outline that lies on clear edges of the picture (fluid to dark, or the dark line of the dura between
 * fluid and fat) and near to where the sagittal slices end, each as far as it can be trusted. Where bright fat lies against a dura too thin to
 * be seen, the sagittal slices decide, so that it cannot run out into the fat.
 *
 * @param fluid and @param dark signal of fluid and of what bounds it
 */
export function sacOutline(view: AxialView, fluid: number, dark: number): SacOutline | null {
  const centre = middleOf(view.sac);
  if (centre === null || !(fluid > dark)) return null;
  const cost = new Float32Array(ANGLES * RADII);
  const score = new Float32Array(ANGLES * RADII);
  for (let a = 0; a < ANGLES; a++) {
    const [ux, uy] = [Math.cos(angleOf(a)), Math.sin(angleOf(a))];
    const ray = new Float32Array(RADII + 8);
    let prior = -1;
    let before = 1;
    for (let n = 0; n < ray.length; n++) {
      const [lat, d] = [centre[0] + ux * n * STEP_MM, centre[1] + uy * n * STEP_MM];
      ray[n] = viewAt(view.signal, lat, d);
      const p = viewAt(view.sac, lat, d);
      if (prior < 0 && p < 0.5) prior = n === 0 ? 0 : n - 1 + (before - 0.5) / Math.max(1e-6, before - p);
      before = p;
    }
    if (prior < 0) return null;
    const sd = Math.hypot(ACROSS_MM * ux, ALONG_MM * uy);
    for (let n = 0; n < RADII; n++) {
      const off = ((n - prior) * STEP_MM) / sd;
      const e = edgeAt(ray, n) / (fluid - dark);
      score[a * RADII + n] = Math.max(0, Math.min(1, e));
      cost[a * RADII + n] = 0.5 * off * off - EDGE_WORTH * (score[a * RADII + n] as number);
    }
  }
  const path = closedPath(cost);
  const radii = Float32Array.from(path, (n) => n * STEP_MM);
  const clear = path.reduce((sum, n, a) => sum + (score[a * RADII + n] as number), 0) / ANGLES;
  return { centre, radii, clear };
}

/** Fall from what lies inside to just outside, or the depth of a dark line here with light on both sides. */
function edgeAt(ray: Float32Array, n: number): number {
  const mean = (from: number, to: number): number => {
    let sum = 0;
    for (let k = from; k <= to; k++) sum += ray[Math.max(0, Math.min(ray.length - 1, k))] as number;
    return sum / (to - from + 1);
  };
  const inside = mean(n - 4, n - 2);
  const outside = mean(n + 1, n + 3);
  const line = mean(n, n + 2);
  const beyond = mean(n + 4, n + 6);
  return Math.max(inside - outside, 1.5 * (Math.min(inside, beyond) - line));
}

/** The cheapest path once round: run twice round and a half, its middle turn is closed. */
function closedPath(cost: Float32Array): number[] {
  const turns = 2 * ANGLES + ANGLES / 2;
  let best = new Float32Array(RADII);
  const from: Int8Array[] = [];
  for (let t = 0; t < turns; t++) {
    const next = new Float32Array(RADII);
    const back = new Int8Array(RADII);
    for (let n = 0; n < RADII; n++) {
      let least = Number.POSITIVE_INFINITY;
      for (let step = -STEPS; step <= STEPS; step++) {
        const v = best[n + step];
        if (v === undefined) continue;
        const c = v + STEP_COST * step * step;
        if (c < least) {
          least = c;
          back[n] = step;
        }
      }
      next[n] = least + (cost[(t % ANGLES) * RADII + n] as number);
    }
    best = next;
    from.push(back);
  }
  let n = best.indexOf(Math.min(...best));
  const path = new Array<number>(ANGLES);
  for (let t = turns - 1; t > 0; t--) {
    if (t >= ANGLES && t < 2 * ANGLES) path[t - ANGLES] = n;
    n += (from[t] as Int8Array)[n] as number;
  }
  return path;
}
