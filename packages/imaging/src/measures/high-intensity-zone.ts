import type { SpineInstances } from '../levels/instances.ts';
import type { NamedDisc } from '../levels/numbering.ts';
import { median } from '../levels/smoothing.ts';
import { type DiscFrame, discFrame } from './disc-frame.ts';
import { along, type Point } from './geometry.ts';
import { csfSignal, type SignalAt } from './signal.ts';

/** The brightest spot of the posterior annulus on T2. */
export interface HighIntensityZone {
  /** Signal of the spot over that of fluid on the slice, and over the annulus around it. */
  readonly fluidShare: number;
  readonly overAnnulus: number;
  /** Signal between spot and nucleus over that of the spot: dark annulus parts them when it is low. */
  readonly bridge: number;
  readonly slice: number;
}

/** Of the half depth of the disc: where the posterior annulus begins, and where the nucleus ends. */
const ANNULUS_FROM = 0.62;
const NUCLEUS_TO = 0.3;
/** A spot lies this far inside the outline at least: the fluid of the sac reaches no further by partial volume, mm. */
const INSIDE_MM = 1.4;
const GRID_MM = 0.5;

/**
 * High-intensity zone after Aprill and Bogduk (1992, Br J Radiol 65:361): a spot in the posterior annulus about as bright as fluid, parted
 * from the nucleus by dark annulus. The slice on which it stands out most; null where no slice shows the posterior annulus.
 *
 * @param slices field slices to look on
 */
export function highIntensityZone(
  s: SpineInstances,
  disc: NamedDisc,
  slices: readonly number[],
  at: SignalAt,
): HighIntensityZone | null {
  let best: HighIntensityZone | null = null;
  for (const z of slices) {
    const frame = discFrame(s, disc, z);
    const csf = frame && csfSignal(s, at, z, frame.centre);
    const spot = frame && csf ? brightest(frame, z, csf, at) : null;
    if (spot && (best === null || spot.fluidShare > best.fluidShare)) best = spot;
  }
  return best;
}

function brightest(frame: DiscFrame, z: number, csf: number, at: SignalAt): HighIntensityZone | null {
  const { disc } = frame;
  if (!disc) return null;
  const half = frame.depthMm / 2;
  const place = (t: number, h: number): Point =>
    along(along(frame.centre, frame.posterior, t), frame.superior, h);
  const annulus: { readonly t: number; readonly h: number; readonly v: number }[] = [];
  for (let t = ANNULUS_FROM * half; t <= half + 3; t += GRID_MM) {
    for (let h = -6; h <= 6; h += GRID_MM) {
      const p = place(t, h);
      const inside = [
        [INSIDE_MM, 0],
        [0, INSIDE_MM * 0.7],
        [0, -INSIDE_MM * 0.7],
      ].every(([dt = 0, dh = 0]) => disc(place(t + dt, h + dh)) >= 0.5);
      const v = inside ? at(p, z) : null;
      if (v !== null) annulus.push({ t, h, v });
    }
  }
  if (annulus.length < 12) return null;
  const spot = annulus.reduce((a, b) => (b.v > a.v ? b : a));
  // A spot is more than one sample: what lies within a millimetre of the peak.
  const around = annulus.filter((q) => Math.hypot(q.t - spot.t, q.h - spot.h) <= 1).map((q) => q.v);
  const peak = median(around);
  const path: number[] = [];
  for (let t = NUCLEUS_TO * half; t < spot.t - 1; t += GRID_MM) {
    const v = at(place(t, spot.h * (t / spot.t)), z);
    if (v !== null) path.push(v);
  }
  const rim = median(annulus.map((q) => q.v));
  if (!(peak > 0) || path.length < 3) return null;
  return {
    fluidShare: peak / csf,
    overAnnulus: peak / Math.max(rim, 0.02 * csf),
    bridge: Math.min(...path) / peak,
    slice: z,
  };
}
