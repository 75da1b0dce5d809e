import { affineFrom, type LabelVolume, type Vec3 } from '@foramen/spine';
import { addNoise, blur, buildTexture, cutSlab, type Slab, slabSignal } from './acquisition.ts';
import type { Anatomy } from './anatomy.ts';
import { localToLps } from './local-frame.ts';
import { add, axialPlane, cross, type Plane, sagittalPlane, shifted, unit } from './plane.ts';
import { clamp, type Rng } from './prng.ts';
import { type Contrast, drawSignals, type SignalTable } from './sequence-signal.ts';

export type SeriesRole = 'sagittal-t2' | 'sagittal-t1' | 'axial-t2';

/** One acquired slice: where it lies and its stored values (12 bits). */
interface MrSlice {
  readonly plane: Plane;
  readonly pixels: Uint16Array;
}

export interface MrSeries {
  readonly role: SeriesRole;
  readonly contrast: Contrast;
  readonly spacing: number;
  readonly thickness: number;
  readonly gap: number;
  readonly repetitionTime: number;
  readonly echoTime: number;
  readonly slices: readonly MrSlice[];
  /** Class of every pixel of every slice, `ijkToLps` to patient coordinates (axial stacks of several angles: first block). */
  readonly labels: LabelVolume;
}

interface SagittalPlan {
  readonly count: number;
  readonly size: number;
  readonly spacing: number;
  readonly thickness: number;
  /** Between slice centres, mm. */
  readonly distance: number;
}

/** 15 slices of 320 x 320, 4.4 mm apart: a usual sagittal protocol. */
export const SAGITTAL_PLAN: SagittalPlan = {
  count: 15,
  size: 320,
  spacing: 0.9,
  thickness: 4,
  distance: 4.4,
};

/** Sagittal stack, right to left, centred on the lumbar spine; head up, anterior left. */
export function sagittalPlanes(anatomy: Anatomy, plan: SagittalPlan): Plane[] {
  const l3 = anatomy.column.vertebrae[2]!.frame.c;
  const middle: Vec3 = [l3[0] * 0.6, l3[1] + 8, l3[2] - 18];
  return Array.from({ length: plan.count }, (_, k) => {
    const x = (k - (plan.count - 1) / 2) * plan.distance;
    return sagittalPlane([middle[0] + x, middle[1], middle[2]], plan.spacing, plan.size, plan.size);
  });
}

/** Four slices through each of the given discs, in the plane of the disc; from below up. */
export function axialPlanes(
  anatomy: Anatomy,
  discs: readonly number[],
  size: number,
  spacing: number,
): Plane[] {
  return discs.flatMap((k) => {
    const d = anatomy.column.discs[k]!;
    const back: Vec3 = [0, -d.frame.a[1], -d.frame.a[2]];
    const posterior = unit(back);
    const centre = localToLps(d.frame, -d.depth / 2 - 6, 0, 0);
    return [-1.5, -0.5, 0.5, 1.5].map((step) =>
      axialPlane(add(centre, d.frame.u, step * 4), [1, 0, 0], posterior, spacing, size, size),
    );
  });
}

function labelsOf(slabs: readonly Slab[], distance: number): LabelVolume {
  const first = slabs[0]!.centre.plane;
  const n = first.width * first.height;
  const data = new Uint8Array(n * slabs.length);
  slabs.forEach((s, k) => {
    data.set(s.centre.label, k * n);
  });
  const spacing: Vec3 = [Math.hypot(...first.du), Math.hypot(...first.dv), distance];
  const directions = [unit(first.du), unit(first.dv), stackDirection(slabs)] as const;
  return {
    size: [first.width, first.height, slabs.length],
    spacing,
    ijkToLps: affineFrom(directions, spacing, first.origin),
    data,
  };
}

function stackDirection(slabs: readonly Slab[]): Vec3 {
  const a = slabs[0]!.centre.plane;
  const b = slabs[1]?.centre.plane;
  return b ? unit(add(b.origin, a.origin, -1)) : unit(cross(a.du, a.dv));
}

/** Coil and scanner of a whole series: the same shading on every slice, noise of its own on each. */
function expose(
  signal: Float32Array<ArrayBuffer>,
  plane: Plane,
  noise: number,
  fall: number,
  rng: Rng,
): Uint16Array {
  const { width, height, origin, du, dv } = plane;
  blur(signal, width, height, 0.45, 0.45);
  for (let j = 0; j < height; j++) {
    for (let i = 0; i < width; i++) {
      const y = origin[1] + i * du[1] + j * dv[1];
      const front = clamp((30 - y) / 220, 0, 1.2);
      signal[j * width + i]! *= 1.1 * Math.exp(-fall * front);
    }
  }
  addNoise(signal, noise, rng);
  const pixels = new Uint16Array(signal.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = clamp(Math.round(signal[i]! * 1500), 0, 4095);
  return pixels;
}

interface SeriesShape {
  readonly role: SeriesRole;
  readonly contrast: Contrast;
  readonly spacing: number;
  readonly thickness: number;
  readonly distance: number;
  readonly repetitionTime: number;
  readonly echoTime: number;
}

function series(shape: SeriesShape, slabs: readonly Slab[], table: SignalTable, rng: Rng): MrSeries {
  const texture = buildTexture({ seed: `${rng.next()}`, size: 1 });
  const fall = rng.range(0.7, 1.3);
  const noise = rng.range(0.012, 0.02);
  const slices = slabs.map((slab): MrSlice => {
    const { plane } = slab.centre;
    return { plane, pixels: expose(slabSignal(slab, table, texture), plane, noise, fall, rng) };
  });
  const { role, contrast, spacing, thickness, repetitionTime, echoTime } = shape;
  const gap = shape.distance - thickness;
  return {
    role,
    contrast,
    spacing,
    thickness,
    gap,
    repetitionTime,
    echoTime,
    slices,
    labels: labelsOf(slabs, shape.distance),
  };
}

/** Sagittal T2, sagittal T1 and axial T2 through the lower discs, in one frame of reference. */
export function acquireStudy(anatomy: Anatomy, rng: Rng, axialDiscs: readonly number[]): readonly MrSeries[] {
  const plan = SAGITTAL_PLAN;
  const slabs = sagittalPlanes(anatomy, plan).map((p) => cutSlab(anatomy, p, plan.thickness, 3));
  const t2 = drawSignals(rng.fork('t2'), 'T2', 0.35);
  const t1 = drawSignals(rng.fork('t1'), 'T1', 0.35);
  const axial = axialPlanes(anatomy, axialDiscs, 256, 0.7).map((p) =>
    cutSlab(anatomy, shifted(p, 0), 3.5, 1),
  );
  const sagittal = { spacing: plan.spacing, thickness: plan.thickness, distance: plan.distance };
  return [
    series(
      { role: 'sagittal-t2', contrast: 'T2', ...sagittal, repetitionTime: 3600, echoTime: 102 },
      slabs,
      t2,
      rng.fork('sagittal t2'),
    ),
    series(
      { role: 'sagittal-t1', contrast: 'T1', ...sagittal, repetitionTime: 560, echoTime: 11 },
      slabs,
      t1,
      rng.fork('sagittal t1'),
    ),
    series(
      {
        role: 'axial-t2',
        contrast: 'T2',
        spacing: 0.7,
        thickness: 3.5,
        distance: 4,
        repetitionTime: 4200,
        echoTime: 98,
      },
      axial,
      t2,
      rng.fork('axial t2'),
    ),
  ];
}
