import type { Vec3 } from '@foramen/spine';
import type { SpineColumn } from './spine-column.ts';

/**
 * Coordinates that follow the spine: `s` mm along the posterior wall of the column (0 at the upper posterior corner of
 * S1, positive upward), `d` mm behind that wall (negative: in front), `lat` mm to the left of its midline. Held as a
 * table over the sagittal plane, so that a look-up costs a bilinear interpolation.
 */
export interface SpineCoordinates {
  readonly s0: number;
  readonly sMax: number;
  /** Posterior wall every millimetre of s, from `s0` upward: LPS. */
  readonly wallX: Float32Array;
  readonly wallY: Float32Array;
  readonly wallZ: Float32Array;
  readonly table: Float32Array;
  readonly y0: number;
  readonly z0: number;
  readonly step: number;
  readonly ny: number;
  readonly nz: number;
}

function catmullRom(points: readonly Vec3[], stepMm: number): Vec3[] {
  const out: Vec3[] = [];
  for (let k = 0; k + 1 < points.length; k++) {
    const p1 = points[k]!;
    const p2 = points[k + 1]!;
    const p0 = points[k - 1] ?? p1;
    const p3 = points[k + 2] ?? p2;
    const n = Math.max(2, Math.ceil(Math.hypot(p2[0] - p1[0], p2[1] - p1[1], p2[2] - p1[2]) / stepMm));
    for (let i = 0; i < n; i++) {
      const t = i / n;
      const f = (c: 0 | 1 | 2): number => {
        const m1 = (p2[c] - p0[c]) * 0.35;
        const m2 = (p3[c] - p1[c]) * 0.35;
        const tt = t * t;
        const ttt = tt * t;
        return (
          (2 * ttt - 3 * tt + 1) * p1[c] +
          (ttt - 2 * tt + t) * m1 +
          (3 * tt - 2 * ttt) * p2[c] +
          (ttt - tt) * m2
        );
      };
      out.push([f(0), f(1), f(2)]);
    }
  }
  out.push(points.at(-1)!);
  return out;
}

export function spineCoordinates(column: SpineColumn): SpineCoordinates {
  const wall = column.wall;
  const top = wall[0]!;
  const next = wall[2]!;
  const len = Math.hypot(top[1] - next[1], top[2] - next[2]);
  const above: Vec3 = [
    top[0] + ((top[0] - next[0]) / len) * 160,
    top[1] + ((top[1] - next[1]) / len) * 160,
    top[2] + ((top[2] - next[2]) / len) * 160,
  ];
  const last = wall.at(-1)!;
  const prior = wall.at(-2)!;
  const lowLen = Math.hypot(last[1] - prior[1], last[2] - prior[2]);
  const below: Vec3 = [
    0,
    last[1] + ((last[1] - prior[1]) / lowLen) * 60,
    last[2] + ((last[2] - prior[2]) / lowLen) * 60,
  ];
  const line = catmullRom([below, ...[...wall].reverse(), above], 1);
  smoothInPlace(line, 3);
  // Arc length, with its zero at the point nearest the upper posterior corner of S1.
  const arc = new Float64Array(line.length);
  for (let i = 1; i < line.length; i++) {
    arc[i] = arc[i - 1]! + Math.hypot(line[i]![1] - line[i - 1]![1], line[i]![2] - line[i - 1]![2]);
  }
  const corner = wall[wall.length - 1 - column.sacrum.length]!;
  let zero = 0;
  for (let i = 0; i < line.length; i++) {
    if (near2(line[i]!, corner) < near2(line[zero]!, corner)) zero = i;
  }
  const s0 = -Math.floor(arc[zero]!);
  const n = Math.floor(arc.at(-1)! - arc[zero]!) - s0;
  const wallX = new Float32Array(n);
  const wallY = new Float32Array(n);
  const wallZ = new Float32Array(n);
  let i = 1;
  for (let k = 0; k < n; k++) {
    const target = k + s0 + arc[zero]!;
    while (i < line.length - 1 && arc[i]! < target) i++;
    const f = (target - arc[i - 1]!) / Math.max(1e-6, arc[i]! - arc[i - 1]!);
    wallX[k] = line[i - 1]![0] + f * (line[i]![0] - line[i - 1]![0]);
    wallY[k] = line[i - 1]![1] + f * (line[i]![1] - line[i - 1]![1]);
    wallZ[k] = line[i - 1]![2] + f * (line[i]![2] - line[i - 1]![2]);
  }
  return { s0, sMax: s0 + n - 1, wallX, wallY, wallZ, ...tabulate(s0, wallY, wallZ) };
}

function near2(p: Vec3, q: Vec3): number {
  return (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2;
}

function smoothInPlace(line: Vec3[], radius: number): void {
  const copy = line.slice();
  for (let i = radius; i < line.length - radius; i++) {
    let x = 0;
    let y = 0;
    let z = 0;
    for (let k = -radius; k <= radius; k++) {
      const p = copy[i + k]!;
      x += p[0];
      y += p[1];
      z += p[2];
    }
    const n = 2 * radius + 1;
    line[i] = [x / n, y / n, z / n];
  }
}

/** Nearest wall point of each node, found by walking from the neighbour's. */
function tabulate(s0: number, wallY: Float32Array, wallZ: Float32Array) {
  const step = 3;
  const y0 = -240;
  const z0 = wallZ[0]! - 90;
  const ny = Math.ceil(420 / step);
  const nz = Math.ceil((wallZ.at(-1)! + 20 - z0) / step);
  const table = new Float32Array(ny * nz * 2);
  const n = wallY.length;
  let rowStart = 0;
  for (let k = 0; k < nz; k++) {
    const z = z0 + k * step;
    let at = rowStart;
    for (let j = 0; j < ny; j++) {
      const y = y0 + j * step;
      let best = Number.POSITIVE_INFINITY;
      let bi = at;
      const from = Math.max(0, at - 14);
      const to = Math.min(n - 1, at + 14);
      for (let i = from; i <= to; i++) {
        const d2 = (wallY[i]! - y) ** 2 + (wallZ[i]! - z) ** 2;
        if (d2 < best) {
          best = d2;
          bi = i;
        }
      }
      at = bi;
      if (j === 0) rowStart = bi;
      const p = Math.max(1, Math.min(n - 2, bi));
      const ty = wallY[p + 1]! - wallY[p - 1]!;
      const tz = wallZ[p + 1]! - wallZ[p - 1]!;
      const tl = Math.hypot(ty, tz);
      const dy = y - wallY[p]!;
      const dz = z - wallZ[p]!;
      const o = (k * ny + j) * 2;
      table[o] = s0 + p + (dy * ty + dz * tz) / tl;
      // The tangent points up; posterior (+y) is to its right in the sagittal plane.
      table[o + 1] = (dy * tz - dz * ty) / tl;
    }
  }
  return { table, y0, z0, step, ny, nz };
}

/** Writes [s, d, lat] of a point into `out`. */
export function toSpine(c: SpineCoordinates, x: number, y: number, z: number, out: Float64Array): void {
  let fy = (y - c.y0) / c.step;
  let fz = (z - c.z0) / c.step;
  fy = Math.max(0, Math.min(c.ny - 1.001, fy));
  fz = Math.max(0, Math.min(c.nz - 1.001, fz));
  const j = fy | 0;
  const k = fz | 0;
  const ty = fy - j;
  const tz = fz - k;
  const o = (k * c.ny + j) * 2;
  const p = o + c.ny * 2;
  const t = c.table;
  const s = (t[o]! * (1 - ty) + t[o + 2]! * ty) * (1 - tz) + (t[p]! * (1 - ty) + t[p + 2]! * ty) * tz;
  const d = (t[o + 1]! * (1 - ty) + t[o + 3]! * ty) * (1 - tz) + (t[p + 1]! * (1 - ty) + t[p + 3]! * ty) * tz;
  let i = Math.round(s) - c.s0;
  i = i < 0 ? 0 : i >= c.wallX.length ? c.wallX.length - 1 : i;
  out[0] = s;
  out[1] = d;
  out[2] = x - c.wallX[i]!;
}

/** s of the wall point nearest an LPS point. */
export function alongWall(c: SpineCoordinates, p: Vec3): number {
  const out = new Float64Array(3);
  toSpine(c, p[0], p[1], p[2], out);
  return out[0]!;
}
