import type { Side } from '@foramen/spine';
import { median } from '../levels/smoothing.ts';
import { type AxialView, columnOf, depthOf, rowOf, VIEW_HEIGHT, VIEW_MM, VIEW_WIDTH } from './axial-frame.ts';

/** Depth of a lateral recess: posterior border of body or disc to the front of the superior articular process, mm. */
interface LateralRecess {
  readonly side: Side;
  readonly depthMm: number;
  readonly errorMm: number;
  readonly slice: number;
}
export type RecessAnswer = LateralRecess | { readonly side: Side; readonly abstained: string };

/** Pixel, slice thickness and the dark ligament before the wall together, mm. */
const EDGE_ERROR_MM = 0.8;
/** The recess lies between sac and pedicle, mm from the midline for a disc 34 mm deep. */
const FROM_MM = 6.6;
const TO_MM = 11.5;
/** The recess is narrowest a little below the upper end plate of the lower vertebra, where its pedicle begins, mm. */
const PEDICLE_TOP_MM = 1.5;
/** Deeper than this it is the open canal. */
const OPEN_MM = 11;
/** Recesses are 3 to 7 mm deep; where more is read a narrow one was looked past, and the gap behind it measured. */
const DEEPEST_MM = 7.9;
/** The sagittal slices know where bone ends sideways only to about their distance, mm. */
const SIDEWAYS_MM = 4.2;
/** A root is less thick than this, pixels of the view. */
const PROCESS_PX = Math.round(4.2 / VIEW_MM);
/** Error where only the axial picture shows the process, mm. */
const PICTURE_ERROR_MM = 0.5;
/** The pedicle is looked for as far out as this, mm. */
const PEDICLE_MM = 14;

interface Ray {
  readonly depth: number;
  /** Whether the sagittal slices, too, show bone where the gap ends. */
  readonly outlined: boolean;
}

/** What tells a gap from bone on this slice: a third of the way from marrow to the brightest of the canal (fluid or fat). */
interface Levels {
  readonly gap: number;
  /** A gap of two millimetres shares its pixels with what bounds it. */
  readonly faint: number;
}

function levelsOf(view: AxialView): Levels | null {
  const marrow: number[] = [];
  const canal: number[] = [];
  for (let c = Math.round(columnOf(-22)); c <= columnOf(22); c++) {
    const lat = Math.abs(c - columnOf(0)) * VIEW_MM;
    for (let r = Math.round(rowOf(-12)); r <= rowOf(22); r++) {
      const o = r * VIEW_WIDTH + c;
      const v = view.signal[o] as number;
      if (v < 0) continue;
      if ((view.arch[o] as number) > 0.85) marrow.push(v);
      else if (lat < 13 && r > rowOf(0) && r < rowOf(16)) canal.push(v);
    }
  }
  if (marrow.length < 40 || canal.length < 100) return null;
  canal.sort((x, y) => x - y);
  const bright = canal[Math.floor(canal.length * 0.9)] as number;
  const bone = median(marrow);
  if (bright < 1.25 * bone) return null;
  return { gap: bone + 0.33 * (bright - bone), faint: bone + 0.1 * (bright - bone) };
}

/**
 * One ray from the wall backward: the bright gap and, where it ends, bone: what the sagittal series shows within reach sideways, or what the picture
 * itself shows. Something dark in the gap with light behind it is a root or a vessel and does not end it. `pedicle` where no gap begins.
 */
function castRay(view: AxialView, c: number, levels: Levels): Ray | 'open' | 'pedicle' | null {
  const at = (field: Float32Array, r: number): number => {
    // Mean of three columns: one pixel of noise is no edge.
    const o = r * VIEW_WIDTH + c;
    return ((field[o - 1] as number) + (field[o] as number) + (field[o + 1] as number)) / 3;
  };
  const near = Math.round(SIDEWAYS_MM / VIEW_MM);
  const boneNear = (from: number, to: number): boolean => {
    for (let r = Math.max(0, from); r <= to; r++)
      for (let k = -near; k <= near; k++)
        if ((view.arch[r * VIEW_WIDTH + c + k] as number) >= 0.4) return true;
    return false;
  };
  const stop = Math.min(VIEW_HEIGHT - 6, Math.round(rowOf(OPEN_MM + 6)));
  /** The picture's own process: cortex as dark as it gets, and no light for as far as a root is thick. */
  const processAt = (darkest: number): boolean => {
    if (at(view.signal, darkest) > 0.45 * levels.gap) return false;
    for (let k = 1; k <= PROCESS_PX; k++) if (at(view.signal, darkest + k) > 0.9 * levels.gap) return false;
    return true;
  };
  let wall = -99;
  for (let r = Math.round(rowOf(-10)); r < stop; r++) {
    const [p, q] = [at(view.front, r), at(view.front, r + 1)];
    if (p >= 0.5 && q < 0.5) {
      wall = depthOf(r) + ((p - 0.5) / (p - q)) * VIEW_MM;
      break;
    }
  }
  if (wall < -8 || wall > 9) return null;
  let r = Math.ceil(rowOf(wall + 0.4));
  const begin = Math.round(rowOf(wall + 4));
  while (r <= begin && at(view.signal, r) < levels.faint) r++;
  if (r > begin) return 'pedicle';
  let top = 0;
  const end = Math.min(stop, Math.round(rowOf(wall + OPEN_MM)));
  for (; r < end; r++) {
    const v = at(view.signal, r);
    if (v < 0) return null;
    top = Math.max(top, v);
    if (v > 0.85 * levels.gap) continue;
    // Down from the gap: the edge lies half-way to the darkest of the next two millimetres.
    let dark = v;
    let darkest = r;
    for (let k = 1; k <= 3; k++) {
      const next = at(view.signal, r + k);
      if (next >= dark) continue;
      dark = next;
      darkest = r + k;
    }
    // Marrow has no cortex in it: a pedicle, not a gap and its end.
    if (dark > 0.62 * top) {
      if (at(view.arch, r) >= 0.5) return 'pedicle';
      continue;
    }
    // Light again within three millimetres: that was no bone.
    let returns = false;
    for (let k = 1; k <= 4; k++) returns ||= at(view.signal, r + k) > levels.gap;
    const half = (top + dark) / 2;
    // Back from the darkest: a root that dims the gap on the way lies before its end.
    let e = darkest;
    while (e > 0 && at(view.signal, e - 1) < half) e--;
    const [before, after] = [at(view.signal, e - 1), at(view.signal, e)];
    const edge = depthOf(e) - ((half - after) / Math.max(1e-6, before - after)) * VIEW_MM;
    const outlined = boneNear(Math.round(rowOf(edge - 1)), Math.round(rowOf(edge + 3.5)));
    if (!returns && (outlined || processAt(darkest))) return { depth: Math.max(0, edge - wall), outlined };
    while (r < end && at(view.signal, r) < levels.gap) r++;
    top = 0;
  }
  return 'open';
}

/** The 2 mm next to the pedicle, or as far out as the pedicle would stand; null where no process stands behind them. */
function besidePedicle(view: AxialView, side: Side, scale: number): Ray | null {
  const sign = side === 'left' ? 1 : -1;
  const levels = levelsOf(view);
  if (!levels) return null;
  let run: Ray[] = [];
  let usual: Ray[] = [];
  let pedicle = false;
  for (let lat = FROM_MM * scale; lat <= PEDICLE_MM * scale; lat += VIEW_MM) {
    const ray = castRay(view, Math.round(columnOf(sign * lat)), levels);
    // Next to the sac its own dark wall may fill the ray: only behind a gap does bone mean the pedicle.
    if (ray === 'pedicle' && run.length > 0) {
      pedicle = true;
      break;
    }
    run = typeof ray === 'string' || ray === null ? [] : [...run.slice(-2), ray];
    if (lat <= TO_MM * scale) usual = run;
  }
  const beside = pedicle ? run : usual;
  if (beside.length < 3) return null;
  return { depth: median(beside.map((r) => r.depth)), outlined: beside.some((r) => r.outlined) };
}

/**
 * Depth of the recess on the slice nearest the top of the lower vertebra's pedicle (Ciric 1980, J Neurosurg 53:433; shortest distance as in
 * Steurer 2011, BMC Musculoskelet Disord 12:175). Abstains where the sagittal series shows no articular process behind it.
 *
 * @param endplateMm height of the upper end plate of the lower vertebra in the level's coordinates (below 0)
 */
export function lateralRecess(
  views: readonly AxialView[],
  side: Side,
  scale: number,
  endplateMm: number,
): RecessAnswer {
  if (views.length === 0) {
    return { side, abstained: 'no axial slice cuts the lateral recess of this level' };
  }
  const off = (v: AxialView): number => Math.abs(v.heightMm - endplateMm + PEDICLE_TOP_MM);
  const read = [...views]
    .sort((a, b) => off(a) - off(b))
    .flatMap((view) => {
      const found = besidePedicle(view, side, scale);
      return found === null ? [] : [{ ...found, view }];
    });
  const [first, second] = read;
  if (!first)
    return {
      side,
      abstained:
        'the articular process behind the recess was not seen, or nothing bright outlines the recess',
    };
  if (first.depth > DEEPEST_MM * scale)
    return {
      side,
      abstained: `${first.depth.toFixed(0)} mm were read, deeper than a lateral recess is: a narrow recess may have been looked past`,
    };
  const spread = second ? Math.abs(first.depth - second.depth) : 1;
  return {
    side,
    depthMm: first.depth,
    errorMm: Math.hypot(
      EDGE_ERROR_MM,
      Math.min(1, 0.25 * spread),
      0.25 * off(first.view),
      first.outlined ? 0 : PICTURE_ERROR_MM,
    ),
    slice: first.view.slice,
  };
}
