import type { ContactGrade } from '@foramen/spine';
import { normalCdf } from '../grades/normal.ts';

const CONTACT_GRADES = [
  'none',
  'contact',
  'deviation',
  'compression',
] as const satisfies readonly ContactGrade[];

/** Displacement under this is the disc's ordinary edge and touches nothing for certain, mm. */
const DISPLACED_MM = 1.5;
const DISPLACED_SD = 0.8;
/** Tissue and structure closer than this cannot be told apart: dura and ligament take about a millimetre. */
const TOUCHING_MM = 0.8;
/** Room taken from a root from which it must have given way, and from which it has no room left (a root is about 4 mm thick). */
const PUSHED_MM = 1.5;
const PRESSED_MM = 4.5;

/** Outlines fail altogether now and then; what is left is how worn discs meet roots in general. */
const OUTLINE_FAILS = 0.05;
const IN_GENERAL = [0.7, 0.2, 0.07, 0.03] as const;

type Grades = readonly [number, number, number, number];

function withDoubt(p: Grades): Grades {
  const mix = (n: 0 | 1 | 2 | 3): number => (1 - OUTLINE_FAILS) * p[n] + OUTLINE_FAILS * IN_GENERAL[n];
  return [mix(0), mix(1), mix(2), mix(3)];
}

/** What was measured of a root's surroundings. */
export interface RootRoom {
  /** From disc tissue to the root's usual place, mm; negative when tissue has taken it. */
  readonly clearanceMm: number;
  /** Tissue behind the corner line where the root runs, mm. */
  readonly displacedMm: number;
  /** Standard error of the clearance, mm. */
  readonly sdMm: number;
  /** Share of contacts that such pictures miss whatever they show. */
  readonly missed: number;
}

/**
 * None, contact, deviation, compression of a root from the room that disc tissue leaves it. The grades are those of Pfirrmann (2004,
 * Radiology 230:583); the cut-offs in mm are ours: a root of about 4 mm that is pushed by more than a third of itself is displaced, by more than
 * its whole thickness is pressed against what lies behind it.
 */
export function rootGrades(room: RootRoom): Grades {
  const displaced = normalCdf((room.displacedMm - DISPLACED_MM) / DISPLACED_SD);
  const beyond = (mm: number): number => normalCdf((-room.clearanceMm - mm) / room.sdMm) * displaced;
  const touched = beyond(-TOUCHING_MM);
  const pushed = Math.min(touched, beyond(PUSHED_MM));
  const pressed = Math.min(pushed, beyond(PRESSED_MM));
  const seen: [number, number, number, number] = [1 - touched, touched - pushed, pushed - pressed, pressed];
  return withDoubt([seen[0] * (1 - room.missed), seen[1] + seen[0] * room.missed, seen[2], seen[3]]);
}

/** What was measured between a disc and the dural sac. */
export interface SacRoom {
  /** Smallest distance from disc tissue to the sac's front wall, mm. */
  readonly gapMm: number;
  readonly displacedMm: number;
  /** How far the front wall lies behind its course above and below, mm. */
  readonly pushedMm: number;
  /** Extent of the sac at the disc over that behind the bodies. */
  readonly apShare: number;
}

/** Pushing of the front wall that shows on a midline slice, mm, and the share of the sac's depth under which it counts as pressed flat. */
const INDENTED_MM = 1.5;
const FLAT_SHARE = 0.65;
const SAC_GAP_MM = 1.5;

/**
 * The sac is met where nothing but dura and ligament (drawn up to two millimetres thick by a network) lies between, or where its front wall
 * has given way behind displaced tissue, whatever was drawn between them.
 */
export function sacGrades(room: SacRoom): Grades {
  const displaced = normalCdf((room.displacedMm - DISPLACED_MM) / DISPLACED_SD);
  const near = normalCdf((SAC_GAP_MM - room.gapMm) / 0.8);
  const indented = normalCdf(room.pushedMm - INDENTED_MM);
  const touched = displaced * Math.max(near, indented);
  const pushed = displaced * indented;
  const pressed = pushed * normalCdf((FLAT_SHARE - room.apShare) / 0.1);
  return withDoubt([1 - touched, touched - pushed, pushed - pressed, pressed]);
}

/** Most probable grade; contact as a whole is weighed against none first, then its grade. */
export function gradeOf(p: Grades): {
  readonly grade: ContactGrade;
  readonly p: number;
} {
  const any = p[1] + p[2] + p[3];
  if (any < 0.5) return { grade: 'none', p: p[0] };
  let best: 1 | 2 | 3 = 1;
  for (const n of [2, 3] as const) if (p[n] > p[best]) best = n;
  return { grade: CONTACT_GRADES[best], p: any };
}
