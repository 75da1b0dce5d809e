import type { Volume } from '@foramen/spine';
import { SAC_ID, type SpineInstances } from '../levels/instances.ts';
import type { DiscFrame } from './disc-frame.ts';
import { along, type Point } from './geometry.ts';

/** Picture value at a point (mm of the slice) of a field slice; null outside the picture. */
export type SignalAt = (p: Point, fieldSlice: number) => number | null;

/** Bilinear reading of the volume the field was made from. */
export function signalOf(volume: Volume, sliceIndex: readonly number[]): SignalAt {
  const [w, h] = volume.size;
  return (p, z) => {
    const k = sliceIndex[z];
    if (k === undefined) return null;
    const u = p[0] / volume.spacing[0] - 0.5;
    const v = p[1] / volume.spacing[1] - 0.5;
    const x = Math.floor(u);
    const y = Math.floor(v);
    if (x < 0 || y < 0 || x + 1 >= w || y + 1 >= h) return null;
    const f = u - x;
    const g = v - y;
    const i = x + w * (y + h * k);
    const d = volume.data;
    return (
      (1 - g) * ((1 - f) * (d[i] as number) + f * (d[i + 1] as number)) +
      g * ((1 - f) * (d[i + w] as number) + f * (d[i + w + 1] as number))
    );
  };
}

/** Signal of a disc against the fluid of the same slice. */
export interface DiscSignal {
  /** Mean nucleus signal over CSF signal. */
  readonly ratio: number;
  /** Standard deviation within the nucleus over CSF signal. */
  readonly spread: number;
  /** Mean of the outer rings of the disc (annulus) over CSF signal. */
  readonly annulusRatio: number;
  readonly csf: number;
}

/** How far above and below the disc CSF is looked for, mm; near enough for the coil's shading to be the same. */
const CSF_REACH_MM = 45;

/** CSF: mean of the brightest tenth to fortieth percent of the sac near the disc, which leaves out roots and flow peaks. */
export function csfSignal(s: SpineInstances, at: SignalAt, z: number, near: Point): number | null {
  const { width, height, pixelMm } = s.field;
  const values: number[] = [];
  const y0 = Math.max(0, Math.floor((near[1] - CSF_REACH_MM) / pixelMm[1]));
  const y1 = Math.min(height - 1, Math.ceil((near[1] + CSF_REACH_MM) / pixelMm[1]));
  for (let y = y0; y <= y1; y++) {
    for (let x = 0; x < width; x++) {
      if (s.labels[x + width * (y + height * z)] !== SAC_ID) continue;
      const v = at([(x + 0.5) * pixelMm[0], (y + 0.5) * pixelMm[1]], z);
      if (v !== null) values.push(v);
    }
  }
  if (values.length < 40) return null;
  values.sort((a, b) => b - a);
  const from = Math.floor(values.length * 0.1);
  const to = Math.max(from + 1, Math.floor(values.length * 0.4));
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] as number;
  const mean = sum / (to - from);
  return mean > 0 ? mean : null;
}

/**
 * Mean T2 signal of the nucleus over that of CSF on the same slice (the quantity behind Pfirrmann I to IV; Pfirrmann 2001,
 * Spine 26:1873). The nucleus is the middle half of the disc's depth and 60 % of its height.
 */
export function discSignal(
  s: SpineInstances,
  frame: DiscFrame,
  middleHeight: number,
  at: SignalAt,
): DiscSignal | null {
  if (!frame.disc) return null;
  const csf = csfSignal(s, at, frame.slice, frame.centre);
  if (csf === null) return null;
  let n = 0;
  let sum = 0;
  let squares = 0;
  let rim = 0;
  let rimCount = 0;
  const half = frame.depthMm / 2;
  for (let t = -0.95; t <= 0.95; t += 0.05) {
    for (let h = -0.45; h <= 0.451; h += 0.1) {
      const p = along(along(frame.centre, frame.posterior, t * half), frame.superior, h * middleHeight);
      if (frame.disc(p) < 0.5) continue;
      const v = at(p, frame.slice);
      if (v === null) continue;
      if (Math.abs(t) <= 0.5 && Math.abs(h) <= 0.3) {
        n++;
        sum += v;
        squares += v * v;
      } else if (Math.abs(t) > 0.75) {
        rim += v;
        rimCount++;
      }
    }
  }
  if (n < 12) return null;
  const mean = sum / n;
  return {
    ratio: mean / csf,
    spread: Math.sqrt(Math.max(0, squares / n - mean * mean)) / csf,
    annulusRatio: rimCount > 0 ? rim / rimCount / csf : mean / csf,
    csf,
  };
}

/**
 * Mean T2 signal between the front and the back of the sac at the disc over that of CSF near it. Where roots fill the sac the
 * ratio falls; on sagittal T2 it is the measure that best tells central stenosis.
 */
export function sacSignal(
  s: SpineInstances,
  frame: DiscFrame,
  crossing: { readonly anterior: Point; readonly posterior: Point },
  at: SignalAt,
): number | null {
  const csf = csfSignal(s, at, frame.slice, frame.centre);
  if (csf === null) return null;
  let sum = 0;
  let n = 0;
  for (let f = 0.1; f <= 0.901; f += 0.1) {
    for (const rise of [-1.5, 0, 1.5]) {
      const p: Point = [
        crossing.anterior[0] + f * (crossing.posterior[0] - crossing.anterior[0]),
        crossing.anterior[1] + f * (crossing.posterior[1] - crossing.anterior[1]),
      ];
      const v = at(along(p, frame.superior, rise), frame.slice);
      if (v !== null) {
        sum += v;
        n++;
      }
    }
  }
  return n < 9 ? null : sum / n / csf;
}
