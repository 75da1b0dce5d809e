import { forEachInside, type Raster } from './local-frame.ts';
import { clamp } from './prng.ts';
import type { PlacedVertebra } from './spine-column.ts';
import type { VertebraSpec } from './spine-spec.ts';
import { CLASS, TISSUE } from './tissue.ts';
import { type Bar, paintBar } from './vertebra-shape.ts';

/** Which articular processes an arch brings itself; those of a joint of known angle are painted with that joint. */
interface ArticularProcesses {
  readonly superior: boolean;
  readonly inferior: boolean;
}
const BOTH: ArticularProcesses = { superior: true, inferior: true };

/** Middle of a pedicle beside the midline, mm; those of the lowest vertebra lie further apart. */
export const pedicleAside = (s: VertebraSpec, index: number): number =>
  s.width * (0.315 + (index === 0 ? 0.045 : 0));

/**
 * Arch of one vertebra as rounded bars in its own frame: pedicles, pars and articular processes, laminae, transverse
 * processes. `lumbar` is 1 at L1 and below, falling to 0 in the thoracic spine, where facets turn and processes slope.
 */
function archBars(v: PlacedVertebra, index: number, processes: ArticularProcesses = BOTH): Bar[] {
  const s = v.spec;
  const h = s.height;
  const back = -s.depth / 2;
  const lumbar = clamp((7 - index) / 3, 0, 1);
  const ped = pedicleAside(s, index);
  const pw = (index === 0 ? 7.2 : 4.2 + lumbar * 0.9) * (s.width / 46);
  const arch = back - s.canalDepth;
  const bars: Bar[] = [];
  for (const side of [-1, 1]) {
    const l = side * ped;
    bars.push({
      from: [back + 4, l, h * 0.2],
      to: [back - 8, l * 1.02, h * 0.17],
      across: pw,
      along: h * 0.27,
    });
    bars.push({ from: [back - 8, l, h * 0.12], to: [arch + 4.5, l * 0.9, -h * 0.2], across: 4, along: 5 });
    if (processes.superior) {
      bars.push({
        from: [back - 9, l * 1.08, h * 0.2],
        to: [back - 11, l * 1.08, h * 0.62],
        across: 5.2,
        along: 5,
      });
    }
    if (processes.inferior) {
      bars.push({
        from: [arch + 4.5, l * 0.88, -h * 0.2],
        to: [arch + 2.5, l * 0.93, -h * 0.72],
        across: 5,
        along: 4.8,
      });
    }
    bars.push({
      from: [arch + 3, l * 0.8, -h * 0.2],
      to: [arch - 3.5, side * 1.5, -h * 0.32],
      across: 3.3,
      along: h * 0.33,
    });
    bars.push({
      from: [back - 7, l * 1.1, h * 0.12],
      to: [back - 12, side * (s.width * 0.5 + 14), h * 0.16],
      across: 2.8,
      along: 4.6,
    });
  }
  return bars;
}

export function paintArch(
  raster: Raster,
  v: PlacedVertebra,
  index: number,
  processes: ArticularProcesses = BOTH,
): void {
  for (const bar of archBars(v, index, processes)) paintBar(raster, v.frame, bar, 0.9);
  if (!v.spec.bifid) paintSpinousProcess(raster, v, index);
}

/** Hatchet-shaped plate in the midline; thoracic ones are longer, thinner and slope down. */
function paintSpinousProcess(raster: Raster, v: PlacedVertebra, index: number): void {
  const s = v.spec;
  const start = -s.depth / 2 - s.canalDepth - 1;
  const len = s.spinousLength;
  const thoracic = clamp((index - 4) / 3, 0, 1);
  const slope = 0.12 + 0.75 * thoracic;
  const tall = s.height * (0.4 - 0.14 * thoracic);
  const middle = -s.height * 0.3;
  const box = { a: [start - len - 1, start + 3], l: [-5, 5], u: [-s.height * 1.9, s.height * 0.45] } as const;
  const { tissue, label } = raster;
  forEachInside(raster, v.frame, box, (a, l, u, i) => {
    const t = (start - a) / len;
    if (t < -0.12 || t > 1) return;
    const centre = middle - slope * t * len;
    const grow = 0.72 + 0.4 * Math.min(1, Math.max(0, t) * 1.3);
    const end = t > 0.82 ? Math.sqrt(Math.max(0, 1 - ((t - 0.82) / 0.18) ** 2)) : 1;
    const half = tall * grow * (0.35 + 0.65 * end);
    const thick = (2.3 + 1.6 * Math.max(0, t)) * (0.4 + 0.6 * end);
    const fu = (u - centre) / half;
    const f = fu ** 4 + (l / thick) ** 2;
    if (f > 1) return;
    label[i] = CLASS.posteriorElements;
    tissue[i] = f > 0.72 ? TISSUE.cortex : TISSUE.posteriorMarrow;
  });
}

/** Fluid and cartilage between articular processes of this vertebra and the one below. */
export function paintFacetJoint(raster: Raster, v: PlacedVertebra, fluid: number): void {
  const s = v.spec;
  const arch = -s.depth / 2 - s.canalDepth;
  const ped = s.width * 0.315;
  const { tissue, label } = raster;
  for (const side of [-1, 1]) {
    const ca = arch + 6;
    const cl = side * ped;
    const cu = -s.height * 0.72;
    const box = { a: [ca - 5, ca + 5], l: [cl - 6, cl + 6], u: [cu - 7, cu + 7] } as const;
    forEachInside(raster, v.frame, box, (a, l, u, i) => {
      const across = (a - ca) * 0.75 + side * (l - cl) * 0.6 - (u - cu) * 0.15;
      if (Math.abs(across) > fluid || (u - cu) ** 2 + (a - ca) ** 2 > 45) return;
      if (label[i] !== CLASS.posteriorElements) return;
      tissue[i] = TISSUE.facetFluid;
      label[i] = CLASS.background;
    });
  }
}

/** Pedicle screws: rods of metal; the signal void around them is made at acquisition. */
export function paintScrews(raster: Raster, v: PlacedVertebra): void {
  const s = v.spec;
  const { tissue } = raster;
  const back = -s.depth / 2;
  for (const side of [-1, 1]) {
    const l0 = side * s.width * 0.36;
    const box = {
      a: [back - 26, s.depth * 0.28],
      l: [Math.min(l0, 0) - 5, Math.max(l0, 0) + 5],
      u: [-1, s.height * 0.4],
    } as const;
    forEachInside(raster, v.frame, box, (a, l, u, i) => {
      const t = (a - back) / s.depth;
      const dl = l - l0 * (1 - 0.3 * t);
      const du = u - s.height * 0.2;
      if (dl * dl + du * du < (a < back - 14 ? 36 : 9)) tissue[i] = TISSUE.metal;
    });
  }
}
