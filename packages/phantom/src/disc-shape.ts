import { forEachInside, type Raster } from './local-frame.ts';
import { clamp } from './prng.ts';
import type { PlacedDisc } from './spine-column.ts';
import { CLASS, TISSUE } from './tissue.ts';

/**
 * Paints a disc between two bodies that are painted afterwards: it fills whatever the endplates leave free, swells
 * beyond the rims by its bulge, and parts into nucleus, cleft and annulus.
 */
export function paintDisc(raster: Raster, d: PlacedDisc): void {
  const s = d.spec;
  const half = d.depth / 2;
  const wide = d.width / 2;
  const slope = Math.tan(d.tilt);
  const grade = s.pfirrmann;
  const tall = s.height / 2 + 4 + Math.abs(slope) * half;
  const reach = half + Math.max(s.bulge, s.anteriorBulge) + 2;
  const box = { a: [-reach, reach], l: [-wide - 5, wide + 5], u: [-tall, tall] } as const;
  const { tissue, label } = raster;
  const nucleus = grade <= 2 ? 0.68 : grade === 3 ? 0.6 : 0.5;
  forEachInside(raster, d.frame, box, (a, l, u, i) => {
    const rl = Math.abs(l) / (wide * 0.99);
    const local =
      a > 0
        ? half * 0.985 + s.anteriorBulge * 0.8
        : half * (0.985 - 0.055 * Math.max(0, 1 - rl * rl * 4)) + s.bulge;
    const ra = a > 0 ? a / local : -a / local;
    const f = a > 0 ? ra ** 2.4 + rl ** 2.4 : ra ** 3.4 + rl ** 2.6;
    if (f > 1) return;
    // Height of the gap between the rims here; beyond the rims the disc rounds off.
    const gap = s.height / 2 + a * slope;
    const inner = a > 0 ? a / half : -a / half;
    const beyond = Math.max(0, Math.max(inner, rl) - 0.93) / 0.14;
    const limit = inner < 0.9 && rl < 0.9 ? gap + 4 : gap * (1.02 - 0.3 * clamp(beyond, 0, 1) ** 2);
    if (Math.abs(u) > Math.max(limit, 0.5)) return;
    label[i] = CLASS.disc;
    if (s.cage && Math.abs(a) < half * 0.7 && Math.abs(l) < wide * 0.6 && f < 0.5) {
      tissue[i] = TISSUE.metal;
      return;
    }
    const n = (a + half * 0.06) / (half * nucleus * 1.12);
    const lens = Math.abs(u) / (gap + 2.2);
    const ragged = 0.1 * Math.sin(a * 1.3 + l * 0.9) * Math.sin(u * 1.7 + l);
    const nf = n * n + (l / (wide * nucleus)) ** 2 + lens * lens * 0.6 + ragged;
    if (nf > 1.28) {
      tissue[i] = TISSUE.annulus;
    } else if (nf > 0.86) {
      tissue[i] = TISSUE.innerAnnulus;
    } else if (s.cleft > 0 && grade <= 3 && Math.abs(u + 0.5 * ragged) < 0.7 * s.cleft && nf < 0.6) {
      tissue[i] = TISSUE.nuclearCleft;
    } else tissue[i] = TISSUE.nucleus;
  });
}
