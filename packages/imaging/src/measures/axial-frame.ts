import { invertAffine, type Vec3, type Volume, voxelToLps } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import { CLASS, CLASS_COUNT } from '../segmentation/model.ts';

/** A level carried over from the sagittal series, patient coordinates (LPS, mm, unit vectors). */
export interface LevelAxes {
  /** Middle of the disc's posterior edge. */
  readonly wall: Vec3;
  /** Along the canal, to the head. */
  readonly up: Vec3;
  /** Square to `up`, to the back, in the sagittal plane of the level. */
  readonly posterior: Vec3;
  /** Square to the disc's mid-plane, to the head. */
  readonly discUp: Vec3;
  readonly discHeightMm: number;
  /** Size of this spine: 1 for a disc 34 mm deep. */
  readonly scale: number;
}

/** Pixels of an axial view, mm, and how far it reaches: to either side, in front of and behind the posterior wall. */
export const VIEW_MM = 0.7;
const SIDE_MM = 70;
export const FRONT_MM = 30;
const BACK_MM = 100;
export const VIEW_WIDTH = 2 * Math.round(SIDE_MM / VIEW_MM) + 1;
export const VIEW_HEIGHT = Math.round((FRONT_MM + BACK_MM) / VIEW_MM) + 1;

/**
 * A slice in the level's own coordinates: column for `lat` (mm to the patient's left), row for `d` (mm behind the posterior
 * wall). Outside the picture the signal is negative.
 */
export interface AxialView {
  readonly slice: number;
  /** Height of the slice above the disc's middle along the canal, mm. */
  readonly heightMm: number;
  readonly signal: Float32Array;
  /** Probabilities (0 to 1) of the sagittal network there: body or disc or sacrum, posterior elements, sac or cord. */
  readonly front: Float32Array;
  readonly arch: Float32Array;
  readonly sac: Float32Array;
  /** Turn of the vertebra against the sagittal plane found by its own symmetry, degrees, and how symmetric it is (-1 to 1). */
  readonly turnDeg: number;
  readonly symmetry: number;
  /** Angle of the slice against the level's own plane, degrees. */
  readonly obliqueDeg: number;
  /** Patient position of a place in the view, LPS mm. */
  readonly toPatient: (lat: number, d: number) => Vec3;
}

export const columnOf = (lat: number): number => (lat + SIDE_MM) / VIEW_MM;
export const rowOf = (d: number): number => (d + FRONT_MM) / VIEW_MM;
export const latOf = (column: number): number => column * VIEW_MM - SIDE_MM;
export const depthOf = (row: number): number => row * VIEW_MM - FRONT_MM;

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const plus = (a: Vec3, b: Vec3, k: number): Vec3 => [a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]];
const unit = (a: Vec3): Vec3 => {
  const l = Math.hypot(...a);
  return [a[0] / l, a[1] / l, a[2] / l];
};
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Unit normal of a volume's slices. */
function normalOf(volume: Volume): Vec3 {
  const a = volume.ijkToLps;
  return unit(cross([a[0], a[4], a[8]], [a[1], a[5], a[9]]));
}

/** Angle of a slice against the level: its disc or its canal, whichever it follows, degrees. */
function obliqueDeg(normal: Vec3, axes: LevelAxes): number {
  const near = Math.max(Math.abs(dot(normal, axes.up)), Math.abs(dot(normal, axes.discUp)));
  return (Math.acos(Math.min(1, near)) * 180) / Math.PI;
}

/** Slices of an axial volume that cross the canal of a level between two heights above the disc's middle. */
export function slicesAt(
  volume: Volume,
  axes: LevelAxes,
  fromMm: number,
  toMm: number,
): readonly { readonly slice: number; readonly heightMm: number }[] {
  const normal = normalOf(volume);
  const along = dot(normal, axes.up);
  // Slices along the disc lie oblique to the canal at L5-S1; more oblique to both than this they mix two levels.
  if (Math.abs(along) < Math.cos((50 * Math.PI) / 180) || obliqueDeg(normal, axes) > 30) return [];
  const out: { slice: number; heightMm: number }[] = [];
  for (let k = 0; k < volume.size[2]; k++) {
    const on = voxelToLps(volume.ijkToLps, 0, 0, k);
    const heightMm = dot(plus(on, axes.wall, -1), normal) / along;
    if (heightMm >= fromMm && heightMm <= toMm) out.push({ slice: k, heightMm });
  }
  return out;
}

/** Value of a volume at a continuous voxel position; -1 outside. `k` must lie on a slice unless `between`. */
function pictureAt(volume: Volume, i: number, j: number, k: number): number {
  const [w, h, depth] = volume.size;
  const x = Math.floor(i);
  const y = Math.floor(j);
  if (x < 0 || y < 0 || x + 1 >= w || y + 1 >= h) return -1;
  const fx = i - x;
  const fy = j - y;
  const on = (z: number): number => {
    const at = x + w * (y + h * z);
    const { data } = volume;
    return (
      (1 - fy) * ((1 - fx) * (data[at] as number) + fx * (data[at + 1] as number)) +
      fy * ((1 - fx) * (data[at + w] as number) + fx * (data[at + w + 1] as number))
    );
  };
  const z = Math.round(k);
  if (Math.abs(k - z) < 1e-3) return z >= 0 && z < depth ? on(z) : -1;
  const low = Math.floor(k);
  if (low < 0 || low + 1 >= depth) return -1;
  return (1 - k + low) * on(low) + (k - low) * on(low + 1);
}

/** Where a plane across a level shows what: its axes in space. */
interface Cut {
  readonly origin: Vec3;
  readonly left: Vec3;
  readonly back: Vec3;
}

function cutAt(axes: LevelAxes, normal: Vec3, heightMm: number, turnDeg: number, shiftMm: number): Cut {
  const up = dot(normal, axes.up) < 0 ? ([-normal[0], -normal[1], -normal[2]] as const) : normal;
  const back0 = unit(plus(axes.posterior, up, -dot(axes.posterior, up)));
  // Up and back span the sagittal plane; LPS is right-handed, so left is back x up.
  const left0 = cross(back0, up);
  const t = (turnDeg * Math.PI) / 180;
  const left: Vec3 = unit(
    plus([left0[0] * Math.cos(t), left0[1] * Math.cos(t), left0[2] * Math.cos(t)], back0, Math.sin(t)),
  );
  const back = cross(up, left);
  return { origin: plus(plus(axes.wall, axes.up, heightMm), left0, shiftMm), left, back };
}

/** Class probabilities of the sagittal field anywhere in the patient, trilinear; 0 outside the stack. */
function fieldReader(s: SpineInstances, sagittal: Volume) {
  const { field } = s;
  const { width, height, depth, pixelMm, sliceIndex, p } = field;
  const inverse = invertAffine(sagittal.ijkToLps);
  const fx = sagittal.spacing[0] / pixelMm[0];
  const fy = sagittal.spacing[1] / pixelMm[1];
  const k0 = sliceIndex[0] ?? 0;
  const step = depth > 1 ? ((sliceIndex[depth - 1] as number) - k0) / (depth - 1) : 1;
  const n = width * height;
  /** Adds the share of the classes at a point to `out` [front, arch, sac]. */
  return (q: Vec3, out: Float32Array): void => {
    out.fill(0);
    const [i, j, k] = voxelToLps(inverse, q[0], q[1], q[2]);
    const x = (i + 0.5) * fx - 0.5;
    const y = (j + 0.5) * fy - 0.5;
    const z = (k - k0) / step;
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const z0 = Math.floor(z);
    if (x0 < 0 || y0 < 0 || x0 + 1 >= width || y0 + 1 >= height || z0 < -1 || z0 >= depth) return;
    const at = x0 + width * y0;
    for (let dz = 0; dz < 2; dz++) {
      const slice = z0 + dz;
      const wz = dz === 0 ? 1 - (z - z0) : z - z0;
      if (slice < 0 || slice >= depth || wz === 0) continue;
      for (let c = 1; c < CLASS_COUNT; c++) {
        const group = c === CLASS.posterior ? 1 : c === CLASS.sac || c === CLASS.cord ? 2 : 0;
        const base = at + n * (c + CLASS_COUNT * slice);
        const v =
          (1 - (y - y0)) * ((1 - (x - x0)) * (p[base] as number) + (x - x0) * (p[base + 1] as number)) +
          (y - y0) *
            ((1 - (x - x0)) * (p[base + width] as number) + (x - x0) * (p[base + width + 1] as number));
        out[group] = (out[group] as number) + (wz * v) / 255;
      }
    }
  };
}

/** Symmetry of body, sac and arch about a line: correlation of the picture with its mirror image. */
function mirrored(volume: Volume, inverse: Volume['ijkToLps'], cut: Cut, slice: number | null): number {
  let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
  for (let d = -26; d <= 20; d += 1.6) {
    const row = plus(cut.origin, cut.back, d);
    for (let lat = 1.6; lat <= 28; lat += 1.6) {
      const value = (l: number): number => {
        const q = plus(row, cut.left, l);
        const [i, j, k] = voxelToLps(inverse, q[0], q[1], q[2]);
        return pictureAt(volume, i, j, slice ?? k);
      };
      const a = value(lat);
      const b = value(-lat);
      if (a < 0 || b < 0) continue;
      n++;
      sa += a;
      sb += b;
      saa += a * a;
      sbb += b * b;
      sab += a * b;
    }
  }
  const va = saa - (sa * sa) / n;
  const vb = sbb - (sb * sb) / n;
  return n < 100 || va <= 0 || vb <= 0 ? -1 : (sab - (sa * sb) / n) / Math.sqrt(va * vb);
}

/** Turn and shift that make the level most symmetric, found on one slice; coarse, then fine. */
function symmetryOf(
  volume: Volume,
  axes: LevelAxes,
  heightMm: number,
  slice: number | null,
): { readonly turnDeg: number; readonly shiftMm: number; readonly symmetry: number } {
  const inverse = invertAffine(volume.ijkToLps);
  const normal = slice === null ? axes.up : normalOf(volume);
  let best = { turnDeg: 0, shiftMm: 0, symmetry: -1 };
  const look = (turns: readonly number[], shifts: readonly number[]): void => {
    const from = best;
    for (const t of turns) {
      for (const s of shifts) {
        const turnDeg = from.turnDeg + t;
        const shiftMm = from.shiftMm + s;
        const raw = mirrored(volume, inverse, cutAt(axes, normal, heightMm, turnDeg, shiftMm), slice);
        // Without a reason the level is taken to be as the sagittal series shows it.
        const symmetry = raw - 0.0012 * Math.abs(turnDeg) - 0.002 * Math.abs(shiftMm);
        if (symmetry > best.symmetry) best = { turnDeg, shiftMm, symmetry };
      }
    }
  };
  look([-12, -8, -4, 0, 4, 8, 12], [-4, -2, 0, 2, 4]);
  look([-2, 0, 2], [-1, 0, 1]);
  look([-1, 0, 1], [-0.5, 0, 0.5]);
  return best.symmetry > 0.35 ? best : { turnDeg: 0, shiftMm: 0, symmetry: best.symmetry };
}

/** Cuts views of one level; a `null` slice cuts the volume where no slice lies (a sagittal stack seen from above). */
export function axialViews(
  volume: Volume,
  at: readonly { readonly slice: number | null; readonly heightMm: number }[],
  axes: LevelAxes,
  s: SpineInstances,
  sagittal: Volume,
): AxialView[] {
  const inverse = invertAffine(volume.ijkToLps);
  const read = fieldReader(s, sagittal);
  const shares = new Float32Array(3);
  const middle = at[Math.floor(at.length / 2)];
  if (!middle) return [];
  const turned = symmetryOf(volume, axes, middle.heightMm, middle.slice);
  return at.map(({ slice, heightMm }): AxialView => {
    const normal = slice === null ? axes.up : normalOf(volume);
    const cut = cutAt(axes, normal, heightMm, turned.turnDeg, turned.shiftMm);
    const size = VIEW_WIDTH * VIEW_HEIGHT;
    const signal = new Float32Array(size).fill(-1);
    const front = new Float32Array(size);
    const arch = new Float32Array(size);
    const sac = new Float32Array(size);
    for (let r = 0; r < VIEW_HEIGHT; r++) {
      const d = depthOf(r);
      for (let c = 0; c < VIEW_WIDTH; c++) {
        const lat = latOf(c);
        const q = plus(plus(cut.origin, cut.left, lat), cut.back, d);
        const [i, j, k] = voxelToLps(inverse, q[0], q[1], q[2]);
        const o = r * VIEW_WIDTH + c;
        signal[o] = pictureAt(volume, i, j, slice ?? k);
        if (Math.abs(lat) > 34 || d > 75) continue;
        read(q, shares);
        front[o] = shares[0] as number;
        arch[o] = shares[1] as number;
        sac[o] = shares[2] as number;
      }
    }
    return {
      slice: slice ?? -1,
      heightMm,
      signal,
      front,
      arch,
      sac,
      turnDeg: turned.turnDeg,
      symmetry: turned.symmetry,
      obliqueDeg: obliqueDeg(normal, axes),
      toPatient: (lat, d) => plus(plus(cut.origin, cut.left, lat), cut.back, d),
    };
  });
}
