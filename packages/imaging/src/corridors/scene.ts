import type { CorridorHazard, Vec3, Volume } from '@foramen/spine';
import { SAC_ID, type SpineInstances } from '../levels/instances.ts';
import { CLASS } from '../segmentation/model.ts';
import { pointInPatient } from './patient-lines.ts';

/** Outlines near a level as points in patient coordinates (LPS, mm), three numbers a point. */
export interface Scene {
  readonly sac: Float32Array;
  /** Laminae, facets, pedicles and processes. */
  readonly facet: Float32Array;
  /** Bodies and sacrum. */
  readonly body: Float32Array;
}

/** Outlines are gathered this far above and below a level, mm. */
const REACH_MM = 32;

/** Edge pixels of each structure on every slice around a row (mm from the picture's top). */
export function sceneAround(s: SpineInstances, volume: Volume, rowMm: number): Scene {
  const { field, labels } = s;
  const { width, height, depth, pixelMm, classes } = field;
  const y0 = Math.max(1, Math.floor((rowMm - REACH_MM) / pixelMm[1]));
  const y1 = Math.min(height - 2, Math.ceil((rowMm + REACH_MM) / pixelMm[1]));
  const out = { sac: [] as number[], facet: [] as number[], body: [] as number[] };
  const kindAt = (n: number): keyof Scene | null => {
    const c = classes[n];
    if (c === CLASS.posterior) return 'facet';
    if (c === CLASS.body || c === CLASS.sacrum) return 'body';
    return (c === CLASS.sac || c === CLASS.cord) && (labels[n] === SAC_ID || labels[n] === SAC_ID + 1)
      ? 'sac'
      : null;
  };
  for (let z = 0; z < depth; z++) {
    const plane = z * width * height;
    for (let y = y0; y <= y1; y++) {
      for (let x = 1; x + 1 < width; x++) {
        const n = plane + y * width + x;
        const kind = kindAt(n);
        if (kind === null) continue;
        if (
          kindAt(n - 1) === kind &&
          kindAt(n + 1) === kind &&
          kindAt(n - width) === kind &&
          kindAt(n + width) === kind
        )
          continue;
        out[kind].push(...pointInPatient(s, volume, [(x + 0.5) * pixelMm[0], (y + 0.5) * pixelMm[1]], z));
      }
    }
  }
  return {
    sac: Float32Array.from(out.sac),
    facet: Float32Array.from(out.facet),
    body: Float32Array.from(out.body),
  };
}

export interface Nearest {
  readonly distanceMm: number;
  readonly point: Vec3;
}

/** The point that lies nearest to the straight line between two places; null without points. */
export function nearestTo(points: Float32Array, from: Vec3, to: Vec3): Nearest | null {
  if (points.length === 0) return null;
  const d = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const;
  const length = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] || 1;
  let best = Number.POSITIVE_INFINITY;
  let at = 0;
  for (let n = 0; n < points.length; n += 3) {
    const p = [
      (points[n] as number) - from[0],
      (points[n + 1] as number) - from[1],
      (points[n + 2] as number) - from[2],
    ] as const;
    const t = Math.max(0, Math.min(1, (p[0] * d[0] + p[1] * d[1] + p[2] * d[2]) / length));
    const q = (p[0] - t * d[0]) ** 2 + (p[1] - t * d[1]) ** 2 + (p[2] - t * d[2]) ** 2;
    if (q < best) [best, at] = [q, n];
  }
  return {
    distanceMm: Math.sqrt(best),
    point: [points[at] as number, points[at + 1] as number, points[at + 2] as number],
  };
}

/** Nearest points of what was measured, by what they belong to. */
export function nearestPoints(
  all: Readonly<Record<CorridorHazard, Nearest | null>>,
): Readonly<Partial<Record<CorridorHazard, Vec3>>> {
  return {
    ...(all.bone === null ? {} : { bone: all.bone.point }),
    ...(all.sac === null ? {} : { sac: all.sac.point }),
    ...(all.root === null ? {} : { root: all.root.point }),
  };
}

/** Points every half millimetre on a line through places, three numbers a point. */
export function pointsAlong(places: readonly Vec3[]): Float32Array {
  const out: number[] = [];
  for (let n = 0; n + 1 < places.length; n++) {
    const a = places[n] as Vec3;
    const b = places[n + 1] as Vec3;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
    const steps = Math.max(1, Math.ceil(length / 0.5));
    for (let k = 0; k <= steps; k++) {
      const t = k / steps;
      out.push(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]));
    }
  }
  return Float32Array.from(out);
}
