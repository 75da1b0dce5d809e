import type { Vec3 } from '@foramen/spine';
import { addNoise, blur, buildTexture, cutSlab, type Slab, slabSignal } from './acquisition.ts';
import type { Anatomy } from './anatomy.ts';
import { localToLps } from './local-frame.ts';
import { add, axialPlane, cross, type Plane, unit } from './plane.ts';
import { clamp, type Rng } from './prng.ts';
import { type Contrast, drawSignals, type SignalTable } from './sequence-signal.ts';
import { TISSUE } from './tissue.ts';
import { drawWaterFat } from './water-fat.ts';

/** An axial stack and how it is scanned. Lengths in mm, angles in degrees. */
export interface AxialPlan {
  /** Discs whose middle the stack covers; without `tiltDeg` each gets its own block in the plane of the disc. */
  readonly discs: readonly number[];
  readonly slicesPerDisc: number;
  readonly size: number;
  readonly spacing: number;
  readonly thickness: number;
  readonly distance: number;
  /** One block of parallel slices through all discs, tilted forward by so much against the patient's axis. */
  readonly tiltDeg?: number;
  /** Turn of the picture in its plane. */
  readonly rollDeg?: number;
  /** Standard deviation of the noise over the signal of fluid. */
  readonly noise: number;
  /** Signal falls to 1/e over this depth in front of a coil behind the back; 0 for a corrected picture. */
  readonly coilDepthMm: number;
}

export const AXIAL_PLAN: AxialPlan = {
  discs: [0, 1, 2],
  slicesPerDisc: 4,
  size: 256,
  spacing: 0.7,
  thickness: 3.5,
  distance: 4,
  noise: 0.015,
  coilDepthMm: 0,
};

export type AxialContrast = Contrast | 'dixon-water' | 'dixon-fat';

/** Slices of a plan, from below up; parallel ones in one block, else block by block. */
export function axialStack(anatomy: Anatomy, plan: AxialPlan): Plane[] {
  const { size, spacing, distance } = plan;
  const roll = ((plan.rollDeg ?? 0) * Math.PI) / 180;
  const turned = (posterior: Vec3): readonly [Vec3, Vec3] => {
    const left: Vec3 = [1, 0, 0];
    const u = unit(add(scaled(left, Math.cos(roll)), posterior, Math.sin(roll)));
    const v = unit(add(scaled(posterior, Math.cos(roll)), left, -Math.sin(roll)));
    return [u, v];
  };
  const behind = (k: number): Vec3 => {
    const d = anatomy.column.discs[k]!;
    return localToLps(d.frame, -d.depth / 2 - 6, 0, 0);
  };
  if (plan.tiltDeg !== undefined) {
    const tilt = (plan.tiltDeg * Math.PI) / 180;
    const [u, v] = turned([0, Math.cos(tilt), Math.sin(tilt)]);
    const normal = unit(cross(u, v));
    const up: Vec3 = normal[2] > 0 ? normal : scaled(normal, -1);
    const ends = plan.discs.map(behind);
    const low = ends[0]!;
    const high = ends.at(-1)!;
    const reach = Math.abs(
      (high[0] - low[0]) * up[0] + (high[1] - low[1]) * up[1] + (high[2] - low[2]) * up[2],
    );
    const extra = ((plan.slicesPerDisc - 1) / 2) * distance;
    const n = Math.ceil((reach + 2 * extra) / distance) + 1;
    return Array.from({ length: n }, (_, i) => {
      const t = i * distance - extra;
      const along = clamp(t / Math.max(1, reach), 0, 1);
      const on = add(scaled(low, 1 - along), high, along);
      // The stack is straight: only the height along its normal moves, the centre stays over the middle of the range.
      const mid = add(scaled(low, 0.5), high, 0.5);
      const off = (on[0] - mid[0]) * up[0] + (on[1] - mid[1]) * up[1] + (on[2] - mid[2]) * up[2];
      const beyond = t < 0 ? t : t > reach ? t - reach : 0;
      return axialPlane(add(mid, up, off + beyond), u, v, spacing, size, size);
    });
  }
  return plan.discs.flatMap((k) => {
    const { frame } = anatomy.column.discs[k]!;
    const [u, v] = turned(unit([0, -frame.a[1], -frame.a[2]]));
    const centre = behind(k);
    return Array.from({ length: plan.slicesPerDisc }, (_, i) =>
      axialPlane(
        add(centre, frame.u, (i - (plan.slicesPerDisc - 1) / 2) * distance),
        u,
        v,
        spacing,
        size,
        size,
      ),
    );
  });
}

const scaled = (p: Vec3, f: number): Vec3 => [p[0] * f, p[1] * f, p[2] * f];

/** What several contrasts of one stack share: its slabs, cut once. */
export function axialSlabs(anatomy: Anatomy, plan: AxialPlan): Slab[] {
  return axialStack(anatomy, plan).map((plane) => cutSlab(anatomy, plane, plan.thickness, 3));
}

/** Signals of a contrast; the two Dixon pictures of one `rng` belong together. */
function axialSignals(rng: Rng, contrast: AxialContrast): SignalTable {
  if (contrast === 'dixon-water') return drawWaterFat(rng).water;
  if (contrast === 'dixon-fat') return drawWaterFat(rng).fat;
  return drawSignals(rng, contrast, 0.35);
}

/** One contrast of a stack: signal, coil, blur of the scanner's point spread, noise. Stored values, 12 bits. */
export function scanAxial(
  slabs: readonly Slab[],
  plan: AxialPlan,
  contrast: AxialContrast,
  rng: Rng,
): readonly { readonly plane: Plane; readonly pixels: Uint16Array }[] {
  const table = axialSignals(rng.fork('signals'), contrast);
  const texture = buildTexture({ seed: `${rng.fork('texture').next()}`, size: 1 });
  const noise = rng.fork(`noise ${contrast}`);
  return slabs.map((slab) => {
    const { plane } = slab.centre;
    const { width, height, origin, du, dv } = plane;
    const signal = slabSignal(slab, table, texture);
    blur(signal, width, height, 0.45, 0.45);
    if (plan.coilDepthMm > 0) {
      const skin = skinOf(slab);
      for (let j = 0; j < height; j++) {
        for (let i = 0; i < width; i++) {
          const x = origin[0] + i * du[0] + j * dv[0];
          const y = origin[1] + i * du[1] + j * dv[1];
          const deep = Math.hypot(Math.max(0, skin - y), 0.5 * x);
          signal[j * width + i]! *= 1.9 * Math.exp(-deep / plan.coilDepthMm);
        }
      }
    }
    addNoise(signal, plan.noise, noise);
    const pixels = new Uint16Array(signal.length);
    for (let i = 0; i < pixels.length; i++) pixels[i] = clamp(Math.round(signal[i]! * 1500), 0, 4095);
    return { plane, pixels };
  });
}

/** Furthest back that tissue reaches on a slice, LPS y: where the coil lies. */
function skinOf(slab: Slab): number {
  const { plane, tissue } = slab.centre;
  let skin = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < plane.height; j++) {
    for (let i = 0; i < plane.width; i++) {
      if (tissue[j * plane.width + i] === TISSUE.air) continue;
      skin = Math.max(skin, plane.origin[1] + i * plane.du[1] + j * plane.dv[1]);
    }
  }
  return skin;
}
