import type { Vec3 } from '@foramen/spine';
import { add, cross, dot, type Plane, unit } from './plane.ts';

/** Orthonormal frame of a bone: centre in LPS mm, then its anterior, left and up axes. */
export interface LocalFrame {
  readonly c: Vec3;
  readonly a: Vec3;
  readonly l: Vec3;
  readonly u: Vec3;
}

/** Extent of a shape in its frame: anterior, left, up (mm). */
interface LocalBox {
  readonly a: readonly [number, number];
  readonly l: readonly [number, number];
  readonly u: readonly [number, number];
}

/** Tissue of each pixel, and class label where `label` is given. Painted back to front. */
export interface Raster {
  readonly plane: Plane;
  readonly tissue: Uint8Array;
  readonly label: Uint8Array;
}

export function localToLps(f: LocalFrame, a: number, l: number, u: number): Vec3 {
  return add(add(add(f.c, f.a, a), f.l, l), f.u, u);
}

/**
 * Frame whose up axis leans forward by `pitch` (radians, positive: anterior) and to the left by `lean`.
 */
export function frameAt(c: Vec3, pitch: number, lean: number): LocalFrame {
  const u = unit([Math.sin(lean), -Math.sin(pitch) * Math.cos(lean), Math.cos(pitch) * Math.cos(lean)]);
  const l = unit([Math.cos(lean), Math.sin(pitch) * Math.sin(lean), -Math.cos(pitch) * Math.sin(lean)]);
  const a = cross(u, l);
  // up x left points posterior or anterior depending on handedness; anterior is -y.
  return { c, u, l, a: a[1] < 0 ? a : [-a[0], -a[1], -a[2]] };
}

type PaintSink = (a: number, l: number, u: number, index: number) => void;

/** Calls `paint` for every pixel of the raster whose point lies in `box` of `frame`. */
export function forEachInside(raster: Raster, frame: LocalFrame, box: LocalBox, paint: PaintSink): void {
  const { plane } = raster;
  const { origin, du, dv, width, height } = plane;
  const uu = dot(du, du);
  const vv = dot(dv, dv);
  const normal = unit(cross(du, dv));
  let i0 = Number.POSITIVE_INFINITY;
  let i1 = Number.NEGATIVE_INFINITY;
  let j0 = Number.POSITIVE_INFINITY;
  let j1 = Number.NEGATIVE_INFINITY;
  let n0 = Number.POSITIVE_INFINITY;
  let n1 = Number.NEGATIVE_INFINITY;
  for (const a of box.a)
    for (const l of box.l)
      for (const u of box.u) {
        const p = add(localToLps(frame, a, l, u), origin, -1);
        const i = dot(p, du) / uu;
        const j = dot(p, dv) / vv;
        const n = dot(p, normal);
        i0 = Math.min(i0, i);
        i1 = Math.max(i1, i);
        j0 = Math.min(j0, j);
        j1 = Math.max(j1, j);
        n0 = Math.min(n0, n);
        n1 = Math.max(n1, n);
      }
  if (n0 > 0 || n1 < 0) return;
  const is = Math.max(0, Math.ceil(i0));
  const ie = Math.min(width - 1, Math.floor(i1));
  const js = Math.max(0, Math.ceil(j0));
  const je = Math.min(height - 1, Math.floor(j1));
  const o = add(origin, frame.c, -1);
  const oa = dot(o, frame.a);
  const ol = dot(o, frame.l);
  const ou = dot(o, frame.u);
  const ia = dot(du, frame.a);
  const il = dot(du, frame.l);
  const iu = dot(du, frame.u);
  const ja = dot(dv, frame.a);
  const jl = dot(dv, frame.l);
  const ju = dot(dv, frame.u);
  const [a0, a1] = box.a;
  const [l0, l1] = box.l;
  const [u0, u1] = box.u;
  for (let j = js; j <= je; j++) {
    for (let i = is; i <= ie; i++) {
      const a = oa + i * ia + j * ja;
      if (a < a0 || a > a1) continue;
      const l = ol + i * il + j * jl;
      if (l < l0 || l > l1) continue;
      const u = ou + i * iu + j * ju;
      if (u < u0 || u > u1) continue;
      paint(a, l, u, j * width + i);
    }
  }
}
