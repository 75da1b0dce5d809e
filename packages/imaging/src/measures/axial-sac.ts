import { median } from '../levels/smoothing.ts';
import type { AxialView } from './axial-frame.ts';
import { angleOf, sacOutline, viewAt } from './sac-outline.ts';

/** The dural sac on the axial slice that cuts it at a disc. */
interface AxialSac {
  /** Slice of the axial volume. */
  readonly slice: number;
  readonly areaMm2: number;
  /** Standard deviation of the area: how clearly its outline is seen. */
  readonly errorMm2: number;
  /** Antero-posterior and transverse extent, mm. */
  readonly apMm: number;
  readonly widthMm: number;
  /** Share of the sac that is as bright as fluid; roots take the rest. */
  readonly fluidShare: number;
  /** The same for its front third, where no roots lie in a person on their back. */
  readonly frontFluidShare: number;
  /** [row0, column0, row1, column1] on that slice, end exclusive. */
  readonly box: readonly [number, number, number, number];
}

/** Why a series that lies elsewhere says nothing of a disc. */
export const NO_SLICE = 'no axial slice cuts this disc';

export type AxialAnswer = { readonly sac: AxialSac } | { readonly abstained: string };

const UNCLEAR = 'no fluid is seen in the sac: its outline is unclear (severe stenosis possible)';
/** Errors of the outline where it is seen and where only the sagittal slices show it, mm, all the way round. */
const SEEN_MM = 0.25;
const UNSEEN_MM = 0.6;
const GRID_MM = 0.35;

interface SacArea {
  readonly sac: Omit<AxialSac, 'box'>;
  /** Range of the outline in the view: lateral, and behind the wall, mm. */
  readonly lat: readonly [number, number];
  readonly d: readonly [number, number];
}

/**
 * Measures the sac on an axial T2 slice (Schönström 1985) inside the outline that picture and sagittal slices give together. Abstains where no fluid
 * is seen in it, and where the outline is no sac.
 */
export function axialSac(view: AxialView): SacArea | { readonly abstained: string } {
  const inside: number[] = [];
  const around: number[] = [];
  for (let lat = -17; lat <= 17; lat += GRID_MM * 2) {
    for (let d = -6; d <= 30; d += GRID_MM * 2) {
      const v = viewAt(view.signal, lat, d);
      if (v < 0) return { abstained: 'the canal lies outside the axial picture' };
      const p = viewAt(view.sac, lat, d);
      if (p > 0.8) inside.push(v);
      else if (p < 0.05 && d > 0) around.push(v);
    }
  }
  if (inside.length < 12 || around.length < 40)
    return { abstained: 'the dural sac was not found on the sagittal series at this disc' };
  inside.sort((a, b) => a - b);
  const fluid = inside[Math.floor(inside.length * 0.85)] as number;
  const tissue = median(around);
  if (!(fluid > 1.5 * tissue)) return { abstained: UNCLEAR };
  const outline = sacOutline(view, fluid, tissue);
  if (!outline) return { abstained: 'the sac was not found on the axial slice' };
  const { centre, radii, clear } = outline;
  const edge = Array.from(
    radii,
    (r, a) => [centre[0] + r * Math.cos(angleOf(a)), centre[1] + r * Math.sin(angleOf(a))] as const,
  );
  const range = (axis: 0 | 1): readonly [number, number] => [
    Math.min(...edge.map((p) => p[axis])),
    Math.max(...edge.map((p) => p[axis])),
  ];
  const [lat, d] = [range(0), range(1)];
  const areaMm2 = (Math.PI / radii.length) * radii.reduce((sum, r) => sum + r * r, 0);
  const girth = (2 * Math.PI * radii.reduce((sum, r) => sum + r, 0)) / radii.length;
  const shares = fluidShares(view, outline.centre, radii, (fluid + tissue) / 2, d);
  return {
    sac: {
      slice: view.slice,
      areaMm2,
      errorMm2: girth * Math.hypot(SEEN_MM, UNSEEN_MM * (1 - clear)),
      apMm: d[1] - d[0],
      widthMm: lat[1] - lat[0],
      ...shares,
    },
    lat,
    d,
  };
}

/** Share of bright places inside the outline, and of those in its front third. */
function fluidShares(
  view: AxialView,
  centre: readonly [number, number],
  radii: Float32Array,
  bright: number,
  d: readonly [number, number],
): { readonly fluidShare: number; readonly frontFluidShare: number } {
  const front = d[0] + (d[1] - d[0]) / 3;
  let [n, lit, nFront, litFront] = [0, 0, 0, 0];
  for (let y = d[0]; y <= d[1]; y += GRID_MM) {
    for (let x = centre[0] - 18; x <= centre[0] + 18; x += GRID_MM) {
      const [dx, dy] = [x - centre[0], y - centre[1]];
      const turn = Math.atan2(dy, dx) / (2 * Math.PI);
      const at = Math.round((turn < 0 ? turn + 1 : turn) * radii.length) % radii.length;
      // The rim shares its pixels with the dura.
      if (Math.hypot(dx, dy) > (radii[at] as number) - 0.5) continue;
      const is = viewAt(view.signal, x, y) > bright ? 1 : 0;
      n++;
      lit += is;
      if (y > front) continue;
      nFront++;
      litFront += is;
    }
  }
  return { fluidShare: n > 0 ? lit / n : 0, frontFluidShare: nFront > 0 ? litFront / nFront : 0 };
}
