import { STEP_MM } from './centreline.ts';
import type { Instance, SpineInstances } from './instances.ts';

/** Coarse shape of one instance on the slice that passes through the middle of the canal. */
export interface InstanceShape {
  /** Extent along its own long axis, mm. */
  readonly lengthMm: number;
  /** Area over length, mm. */
  readonly thicknessMm: number;
  /** Tilt of the anterior-to-posterior axis against the picture's horizontal; positive when the front is lower. */
  readonly tiltDeg: number;
  readonly areaMm2: number;
  /** Centroid in mm of the slice (x posterior, y inferior). */
  readonly centre: readonly [number, number];
  /** Field slice it was taken on. */
  readonly slice: number;
}

/** Field slice through the middle of the canal at the height of an instance. */
export function midSliceOf(s: SpineInstances, item: Instance): number {
  const mid = Math.round((item.segment.from + item.segment.to) / 2);
  const y = (s.line.y[Math.min(s.line.y.length - 1, mid)] as number) / s.field.pixelMm[1];
  const row = Math.min(s.field.height - 1, Math.max(0, Math.round(y - 0.5)));
  return Math.min(s.field.depth - 1, Math.max(0, Math.round(s.plane.slice[row] as number)));
}

/** Principal axes of the instance's pixels on its middle slice; null when it has too few of them to say. */
export function instanceShape(s: SpineInstances, item: Instance): InstanceShape | null {
  if (!item.box) return null;
  const { width, height, pixelMm } = s.field;
  const z = midSliceOf(s, item);
  const base = z * width * height;
  const [r0, c0, r1, c1] = item.box;
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (let y = r0; y < r1; y++) {
    for (let x = c0; x < c1; x++) {
      if (s.labels[base + y * width + x] !== item.id) continue;
      const u = (x + 0.5) * pixelMm[0];
      const v = (y + 0.5) * pixelMm[1];
      n++;
      sx += u;
      sy += v;
      sxx += u * u;
      sxy += u * v;
      syy += v * v;
    }
  }
  if (n * pixelMm[0] * pixelMm[1] < 20) return null;
  const mx = sx / n;
  const my = sy / n;
  const a = sxx / n - mx * mx;
  const b = sxy / n - mx * my;
  const c = syy / n - my * my;
  const spread = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const major = (a + c) / 2 + spread;
  // A body is nearly square, so its axis is taken from the column instead of from its own moments.
  let angle = 0.5 * Math.atan2(2 * b, a - c);
  if (item.kind === 'body') {
    const mid = Math.min(s.line.tx.length - 1, Math.round((item.segment.from + item.segment.to) / 2));
    angle = Math.atan2(-(s.line.tx[mid] as number), s.line.ty[mid] as number);
  }
  const area = n * pixelMm[0] * pixelMm[1];
  const length =
    item.kind === 'disc' ? Math.sqrt(12 * major) : (item.segment.to - item.segment.from) * STEP_MM;
  // The front lies at smaller x: it is lower (greater y) when y falls along +x.
  return {
    lengthMm: length,
    thicknessMm: area / Math.max(1, length),
    tiltDeg: (-angle * 180) / Math.PI,
    areaMm2: area,
    centre: [mx, my],
    slice: z,
  };
}
