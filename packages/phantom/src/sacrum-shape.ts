import { forEachInside, type Raster } from './local-frame.ts';
import { clamp } from './prng.ts';
import type { PlacedSacral } from './spine-column.ts';
import { CLASS, TISSUE } from './tissue.ts';

/** Bodies S1 to S5 and coccyx, their remnant discs, and the alae of the first three. Painted after the L5-S1 disc. */
export function paintSacrum(raster: Raster, segments: readonly PlacedSacral[]): void {
  segments.forEach((_, k) => {
    paintSegment(raster, segments, k);
  });
}

/** Roof of the sacral canal. Painted before the arches, which lie on it. */
export function paintSacralRoof(raster: Raster, segments: readonly PlacedSacral[], canal: number): void {
  segments.forEach((s, k) => {
    paintCrest(raster, s, k, canal);
  });
}

/** Height of the upper endplate of S1 above its centre; `f` is 0 in the middle of the endplate and 1 at its rim. */
function sacralDish(s: PlacedSacral, f: number): number {
  return s.height / 2 - 0.9 * (1 - Math.min(1, f)) - (f > 0.75 ? (f - 0.75) * 5 : 0);
}

/** Midline height of S1's endplate above its frame's centre, `a` mm in front of the endplate's middle. */
export function sacralEndplateAt(s: PlacedSacral, a: number): number {
  return sacralDish(s, Math.abs((2 * a) / s.depthTop) ** 3.2);
}

/** Where the middle of S1's endplate lies in its frame (anterior, mm): the back walls of segments are in line. */
export function sacralEndplateMiddle(s: PlacedSacral): number {
  return -(s.depthTop + s.depthBottom) / 4 + s.depthTop / 2;
}

function paintSegment(raster: Raster, segments: readonly PlacedSacral[], k: number): void {
  const s = segments[k]!;
  const { tissue, label } = raster;
  const h = s.height / 2;
  // The back walls of successive segments are in line; the front walls step in as depth falls.
  const back = -(s.depthTop + s.depthBottom) / 4;
  const ala = k < 3 ? [46, 38, 24][k]! : 0;
  const side = Math.max(s.widthTop / 2, ala) + 2;
  const box = { a: [back - 1, back + s.depthTop + 2], l: [-side, side], u: [-h - 1, h + 1] } as const;
  forEachInside(raster, s.frame, box, (a, l, u, i) => {
    const t = clamp((u + h) / s.height, 0, 1);
    const depth = s.depthBottom + (s.depthTop - s.depthBottom) * t;
    const width = s.widthBottom + (s.widthTop - s.widthBottom) * t;
    const ra = (a - back) / depth;
    const rl = Math.abs(l) / (width / 2);
    const f = Math.abs(ra * 2 - 1) ** 3.2 + rl ** 2.6;
    const wingDepth = depth * (0.62 + 0.25 * clamp(rl - 1, 0, 1));
    const wing =
      ala > 0 &&
      Math.abs(l) < ala * (0.6 + 0.4 * t) &&
      a > back + depth * 0.14 &&
      a < back + depth * 0.14 + wingDepth &&
      rl > 0.8;
    // Sacral foramina lie between segments, beside the bodies.
    const hole = wing && (Math.abs(l) - width * 0.5 - 3) ** 2 / 36 + (u + h) ** 2 / 60 < 1;
    if (hole) {
      tissue[i] = TISSUE.epiduralFat;
      return;
    }
    const dish = k === 0 ? sacralDish(s, f) : h + 0.6;
    if ((f > 1 && !wing) || u > dish) return;
    label[i] = CLASS.sacrum;
    // A free disc is centred on the joint: the next segment, drawn later, keeps its own half for it.
    const above = segments[k - 1];
    const mine = s.freeDisc ? s.remnant / 2 : above?.freeDisc ? above.remnant / 2 : 0;
    const toJoint = s.freeDisc ? u + h : h - u;
    const edge = wing ? Math.min(ala * (0.6 + 0.4 * t) - Math.abs(l), 3) : (1 - f) * depth * 0.16;
    const toTop = dish - u;
    if (edge < 0.8 || (k === 0 && toTop < 0.9)) tissue[i] = TISSUE.cortex;
    else if (mine > 0 && toJoint < mine && rl < 0.85 && ra > 0.03 && ra < 0.97) tissue[i] = TISSUE.sacralDisc;
    else if (mine > 0 && toJoint < mine + 0.9 && rl < 0.9) tissue[i] = TISSUE.cortex;
    else if (u < -h + s.remnant / 2 && rl < 0.75 && ra > 0.12 && ra < 0.86) tissue[i] = TISSUE.sacralDisc;
    else if (u < -h + s.remnant / 2 + 0.8 && rl < 0.8) tissue[i] = TISSUE.cortex;
    else tissue[i] = TISSUE.sacralMarrow;
  });
}

/** Roof of the sacral canal with the median crest. */
function paintCrest(raster: Raster, s: PlacedSacral, k: number, canal: number): void {
  if (s.coccyx || k > 3) return;
  const { tissue, label } = raster;
  const back = -(s.depthTop + s.depthBottom) / 4;
  const gap = canal * [0.95, 0.72, 0.55, 0.45][k]!;
  const thick = [5.5, 5, 4.5, 4][k]!;
  const h = s.height / 2;
  const box = { a: [back - gap - 16, back - gap + 4], l: [-22, 22], u: [-h, h] } as const;
  forEachInside(raster, s.frame, box, (a, l, u, i) => {
    const depthBehind = back - gap + Math.abs(l) * 0.35 - a;
    const crest = Math.abs(l) < 3.2 ? 6.5 * Math.cos((u / h) * 1.35) : 0;
    if (depthBehind < 0 || depthBehind > thick + crest) return;
    if (k === 0 && u > h * 0.55) return;
    label[i] = CLASS.sacrum;
    tissue[i] = depthBehind < 0.9 || depthBehind > thick + crest - 0.9 ? TISSUE.cortex : TISSUE.sacralMarrow;
  });
}
