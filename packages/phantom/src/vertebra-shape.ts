import type { Vec3 } from '@foramen/spine';
import { forEachInside, type LocalFrame, type Raster } from './local-frame.ts';
import { add, dot, unit } from './plane.ts';
import { clamp } from './prng.ts';
import type { PlacedVertebra } from './spine-column.ts';
import { CLASS, TISSUE } from './tissue.ts';

/** Lesions inside one body, in its own frame (mm). */
export interface BodyLesions {
  readonly schmorlTop: number;
  readonly schmorlBottom: number;
  readonly schmorlAt: number;
  readonly modicTop: 0 | 1 | 2 | 3;
  readonly modicBottom: 0 | 1 | 2 | 3;
  readonly haemangiomaAt: Vec3;
}

const MODIC = [TISSUE.marrow, TISSUE.modic1, TISSUE.modic2, TISSUE.modic3] as const;

/** Surface of the upper (sign 1) or lower (sign -1) endplate at (a, l): height above the body's centre, mm. */
export function endplateAt(v: PlacedVertebra, a: number, l: number, sign: 1 | -1): number {
  const s = v.spec;
  const ra = (2 * a) / s.depth;
  const rl = (2 * l) / s.width;
  const rho = ra * ra + rl * rl;
  const flat = s.height * (1 - s.fracture * 0.35) * 0.5 + sign * 0 + a * Math.tan(v.tilt);
  const dish = rho < 1 ? (1 - rho) * (1 - 0.25 * ra) : 0;
  const conc = s.concavity * (sign > 0 ? 0.85 : 1.1) + s.fracture * s.height * (sign > 0 ? 0.42 : 0.12);
  const rim = rho > 0.8 ? (rho - 0.8) * 3.4 : 0;
  const crush = s.fracture > 0 && sign > 0 ? s.fracture * s.height * 0.35 * clamp(0.3 + ra * 0.7, 0, 1) : 0;
  return flat - dish * conc - Math.min(rim, 2.2) - crush;
}

/** 1 on the side wall, below 1 inside: superellipse with a hollow back and a waist. */
function footprint(v: PlacedVertebra, a: number, l: number, waist: number, flare: number): number {
  const s = v.spec;
  const rl = Math.abs(2 * l) / (s.width * (1 - waist * 0.8));
  const half = (s.depth / 2) * (1 - waist);
  if (a >= 0) {
    const ra = a / (half * (1 + flare));
    return ra ** 2.3 + rl ** 2.4;
  }
  // The back wall is hollow towards the canal in its middle third and rounded at the sides.
  const hollow = half * (1 - 0.055 * Math.max(0, 1 - rl * rl * 4));
  const ra = -a / hollow;
  return ra ** 4 + rl ** 2.6;
}

export function paintBody(raster: Raster, v: PlacedVertebra, lesions: BodyLesions): void {
  const s = v.spec;
  const half = s.height / 2 + 3;
  const reach = s.depth / 2 + s.osteophyte + 2;
  const box = {
    a: [-reach, reach],
    l: [-s.width / 2 - 2, s.width / 2 + 2],
    u: [-half - 2, half + 2],
  } as const;
  const { tissue, label } = raster;
  const h = s.height / 2;
  const shell = 0.75;
  forEachInside(raster, v.frame, box, (a, l, u, i) => {
    const ru = clamp(u / h, -1, 1);
    const waist = s.waist * (1 - ru * ru);
    const flare =
      s.osteophyte > 0 ? (s.osteophyte / s.depth) * 2 * Math.max(0, Math.abs(ru) - 0.55) * 2.2 : 0;
    const f = footprint(v, a, l, waist, flare);
    if (f > 1) return;
    const top = endplateAt(v, a, l, 1);
    const bottom = -endplateAt(v, a, l, -1);
    if (u > top || u < bottom) return;
    label[i] = CLASS.vertebralBody;
    const toTop = top - u;
    const toBottom = u - bottom;
    const edge = (1 - f) * (s.depth / 4.6);
    if (toTop < shell || toBottom < shell || edge < shell) {
      tissue[i] = TISSUE.cortex;
    } else {
      tissue[i] = insideBody(v, lesions, a, l, u, toTop, toBottom);
    }
    const at = lesions.schmorlAt * s.depth;
    const r2 = (a - at) ** 2 + (l * 0.8) ** 2;
    const deepTop = lesions.schmorlTop * Math.max(0, 1 - r2 / 36);
    const deepBottom = lesions.schmorlBottom * Math.max(0, 1 - r2 / 36);
    if (deepTop > 0 && toTop < deepTop + 1) {
      tissue[i] = toTop < deepTop ? TISSUE.annulus : TISSUE.cortex;
      if (toTop < deepTop) label[i] = CLASS.disc;
    }
    if (deepBottom > 0 && toBottom < deepBottom + 1) {
      tissue[i] = toBottom < deepBottom ? TISSUE.annulus : TISSUE.cortex;
      if (toBottom < deepBottom) label[i] = CLASS.disc;
    }
  });
}

function insideBody(
  v: PlacedVertebra,
  lesions: BodyLesions,
  a: number,
  l: number,
  u: number,
  toTop: number,
  toBottom: number,
): number {
  const s = v.spec;
  if (s.haemangioma > 0) {
    const [ha, hl, hu] = lesions.haemangiomaAt;
    if ((a - ha) ** 2 + (l - hl) ** 2 + (u - hu) ** 2 < s.haemangioma ** 2) return TISSUE.haemangioma;
  }
  // Basivertebral vein: a wedge from the middle of the back wall.
  const behind = a + s.depth / 2;
  if (
    behind < s.depth * 0.42 &&
    Math.abs(l) < 7 &&
    Math.abs(u) < 1.1 + 1.1 * (1 - behind / (s.depth * 0.42))
  ) {
    return TISSUE.basivertebral;
  }
  const wave = 0.75 + 0.55 * Math.sin(a * 0.16 + l * 0.1 + s.height) + 0.12 * Math.sin(a * 0.9 + l * 0.7);
  if (lesions.modicTop > 0 && toTop < s.height * 0.28 * wave) return MODIC[lesions.modicTop]!;
  if (lesions.modicBottom > 0 && toBottom < s.height * 0.28 * wave) return MODIC[lesions.modicBottom]!;
  if (s.fracture > 0.2 && toTop < s.height * 0.35 * wave) return TISSUE.oedema;
  return s.osteophyte > 0 && Math.abs(a) > s.depth / 2 ? TISSUE.osteophyte : TISSUE.marrow;
}

/** A rounded bar between two points of a vertebra's frame with elliptic cross-section. */
export interface Bar {
  readonly from: Vec3;
  readonly to: Vec3;
  /** Half-thickness (mm) towards the frame's anterior or left axis, whichever lies across, and upward. */
  readonly across: number;
  readonly along: number;
}

export function paintBar(raster: Raster, frame: LocalFrame, bar: Bar, shell: number): void {
  const [fa, fl, fu] = bar.from;
  const [ta, tl, tu] = bar.to;
  const r = Math.max(bar.across, bar.along);
  const box = {
    a: [Math.min(fa, ta) - r, Math.max(fa, ta) + r],
    l: [Math.min(fl, tl) - r, Math.max(fl, tl) + r],
    u: [Math.min(fu, tu) - r, Math.max(fu, tu) + r],
  } as const;
  const axis: Vec3 = [ta - fa, tl - fl, tu - fu];
  const len2 = dot(axis, axis) + 1e-9;
  // Cross-section axes: one as near to up as the bar allows, the other across both.
  const dir = unit(axis);
  let v: Vec3 = add([0, 0, 1], dir, -dir[2]);
  v = dot(v, v) < 0.05 ? unit(add([1, 0, 0], dir, -dir[0])) : unit(v);
  const w: Vec3 = [
    dir[1] * v[2] - dir[2] * v[1],
    dir[2] * v[0] - dir[0] * v[2],
    dir[0] * v[1] - dir[1] * v[0],
  ];
  const { tissue, label } = raster;
  forEachInside(raster, frame, box, (a, l, u, i) => {
    const pa = a - fa;
    const pl = l - fl;
    const pu = u - fu;
    const t = clamp((pa * axis[0] + pl * axis[1] + pu * axis[2]) / len2, 0, 1);
    const ra = pa - t * axis[0];
    const rl = pl - t * axis[1];
    const ru = pu - t * axis[2];
    const sv = (ra * v[0] + rl * v[1] + ru * v[2]) / bar.along;
    const sw = (ra * w[0] + rl * w[1] + ru * w[2]) / bar.across;
    const sd = (ra * dir[0] + rl * dir[1] + ru * dir[2]) / Math.max(bar.along, bar.across);
    const f = Math.sqrt(sv * sv + sw * sw + sd * sd);
    if (f > 1) return;
    if ((1 - f) * bar.across < shell) {
      if (tissue[i] !== TISSUE.posteriorMarrow) tissue[i] = TISSUE.cortex;
    } else tissue[i] = TISSUE.posteriorMarrow;
    label[i] = CLASS.posteriorElements;
  });
}
