import type { Vec3 } from '@foramen/spine';

/**
 * A raster's place in space: pixel (column i, row j) lies at `origin + i * du + j * dv`, LPS millimetres. `du` and `dv`
 * are orthogonal and include the pixel spacing.
 */
export interface Plane {
  readonly origin: Vec3;
  readonly du: Vec3;
  readonly dv: Vec3;
  readonly width: number;
  readonly height: number;
}

export function add(p: Vec3, q: Vec3, scale = 1): Vec3 {
  return [p[0] + q[0] * scale, p[1] + q[1] * scale, p[2] + q[2] * scale];
}
export function dot(p: Vec3, q: Vec3): number {
  return p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
}
export function cross(p: Vec3, q: Vec3): Vec3 {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
}
export function unit(p: Vec3): Vec3 {
  const n = Math.hypot(p[0], p[1], p[2]);
  return [p[0] / n, p[1] / n, p[2] / n];
}

/** The plane moved by `mm` along its normal and by a fraction of a pixel in itself. */
export function shifted(plane: Plane, mm: number, columns = 0, rows = 0): Plane {
  const normal = unit(cross(plane.du, plane.dv));
  const origin = add(add(add(plane.origin, normal, mm), plane.du, columns), plane.dv, rows);
  return { ...plane, origin };
}

/**
 * Sagittal plane, head up, anterior left: columns run posterior, rows inferior. `centre` is the LPS point in the
 * middle of the picture, `rollDeg` the rotation in the plane, `yawDeg` the tilt out of it.
 */
export function sagittalPlane(
  centre: Vec3,
  spacing: number,
  width: number,
  height: number,
  rollDeg = 0,
  yawDeg = 0,
): Plane {
  const r = (rollDeg * Math.PI) / 180;
  const w = (yawDeg * Math.PI) / 180;
  const u: Vec3 = unit([Math.sin(w) * Math.cos(r), Math.cos(w) * Math.cos(r), -Math.sin(r)]);
  const v: Vec3 = unit([-Math.sin(w) * Math.sin(r), -Math.cos(w) * Math.sin(r), -Math.cos(r)]);
  return centred(centre, u, v, spacing, width, height);
}

/** Axial plane: columns run to the patient's left, rows along `posterior` (unit, in-plane). */
export function axialPlane(
  centre: Vec3,
  left: Vec3,
  posterior: Vec3,
  spacing: number,
  width: number,
  height: number,
): Plane {
  return centred(centre, left, posterior, spacing, width, height);
}

function centred(centre: Vec3, u: Vec3, v: Vec3, spacing: number, width: number, height: number): Plane {
  const du: Vec3 = [u[0] * spacing, u[1] * spacing, u[2] * spacing];
  const dv: Vec3 = [v[0] * spacing, v[1] * spacing, v[2] * spacing];
  const origin = add(add(centre, du, -(width - 1) / 2), dv, -(height - 1) / 2);
  return { origin, du, dv, width, height };
}
