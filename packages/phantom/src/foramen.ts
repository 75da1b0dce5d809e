import type { Side } from '@foramen/spine';
import type { Canal } from './dural-sac.ts';
import { clamp } from './prng.ts';
import { CLASS, TISSUE } from './tissue.ts';

export type FatDirection = 'front' | 'behind' | 'above' | 'below';

/** One foramen whose exiting root and the fat around it are known. */
export interface ForamenSpec {
  /** Fat left between the root and the tissue that narrows the foramen, mm; bone may leave less. */
  readonly fatMm: Readonly<Record<FatDirection, number>>;
  /** Half of the root with its ganglion, front to back and up and down, mm: about 2.6 and 3.2 where nothing presses on it. */
  readonly rootMm: readonly [number, number];
}

/** A foramen in place: `s` of its root along the wall. */
export interface PlacedForamen {
  readonly disc: number;
  readonly s: number;
  /** Middle of the pedicles beside the midline, mm. */
  readonly pedicleMm: number;
  readonly spec: Readonly<Record<Side, ForamenSpec>>;
}

/** The root lies so far above the middle of the disc, mm. */
export const ROOT_ABOVE_DISC_MM = 7;
/** The root comes nearer to the wall on its way out: its depth behind the wall at `side` mm beside the midline. */
const rootDepth = (side: number): number => 5 - (side - 14) * 0.5;
/** A root that was given by its fat has room behind it too. */
export const knownRootDepth = (side: number): number => rootDepth(side) - 1;
/** Where the root of an open foramen first shows beside the midline, mm. */
const ROOT_FROM_MM = 8;
/** So far inside the middle of the pedicle the foramen opens into the canal, mm. */
const INSIDE_PEDICLE_MM = 4;
/** Where less fat than this is left, what narrows the foramen fills it so far from the root, mm. */
const ROOM_MM = 1.5;
const CROWDED_MM = 8;

const withClass = (tissue: number, label: number): number => tissue | (label << 8);

/** Tissue (and class, in the high byte) beside the root of a foramen that was given by its fat; -1 elsewhere. */
export function knownForamen(canal: Canal, s: number, d: number, lat: number): number {
  const own = canal.foramina.find((f) => Math.abs(s - f.s) < 15);
  const side = Math.abs(lat);
  if (!own || side < own.pedicleMm - INSIDE_PEDICLE_MM || side > 24) return -1;
  const inside = Math.abs(side - own.pedicleMm) < INSIDE_PEDICLE_MM;
  return besideRoot(own.spec[lat > 0 ? 'left' : 'right'], s - own.s, d - knownRootDepth(side), inside);
}

/** Fat of the foramen with the exiting root below each pedicle and small vessels. */
export function foramenTissue(canal: Canal, s: number, d: number, lat: number, n: number): number {
  const known = knownForamen(canal, s, d, lat);
  if (known >= 0) return known;
  const w = canal.window[clamp(Math.round(s - 11) - canal.s0, 0, canal.window.length - 1)]!;
  const side = Math.abs(lat);
  if (side > ROOT_FROM_MM && w > 0.55) {
    const rd = d - rootDepth(side);
    const peak = (1 - w) * 9;
    if (rd * rd + peak * peak < 9) return TISSUE.root;
  }
  return n > 1.3 ? TISSUE.vein : n < -1.5 ? TISSUE.ligament : TISSUE.epiduralFat;
}

/** Root, fat or what has taken its place, at `up` and `back` mm from the middle of the root; -1 farther away than fat matters. */
function besideRoot(f: ForamenSpec, up: number, back: number, inside: boolean): number {
  const [rd, rs] = f.rootMm;
  const q = Math.hypot(back / rd, up / rs);
  if (q < 1) return TISSUE.root;
  const away = Math.hypot(back, up) * (1 - 1 / q);
  const across = Math.abs(back) / rd > Math.abs(up) / rs;
  const of: FatDirection = across ? (back < 0 ? 'front' : 'behind') : up > 0 ? 'above' : 'below';
  // Next to the root fat is whole: a vessel there would read as fat that is lost.
  if (away <= f.fatMm[of]) return TISSUE.epiduralFat;
  if (away > CROWDED_MM || f.fatMm[of] > ROOM_MM || !inside) return -1;
  // Disc and its rim press from the front and below; flavum, joint capsule and periosteum from behind and above.
  return of === 'front' || of === 'below' ? withClass(TISSUE.annulus, CLASS.disc) : TISSUE.ligament;
}
