import type { DiscFrame } from '../measures/disc-frame.ts';
import { along, type Point } from '../measures/geometry.ts';

/** Which end plate of a disc: the one of the body above or of the body below. */
type EndplateSide = 'upper' | 'lower';

/** What of a disc's frame an end plate is drawn from. */
type EndplateFrame = Pick<
  DiscFrame,
  'centre' | 'posterior' | 'superior' | 'depthMm' | 'upperBody' | 'lowerBody'
>;

/** Columns across the depth of the disc, from front to back, and how far they reach: 1 is the rim. */
export const COLUMNS = 48;
const REACH = 0.92;

/** Bone is looked for this far either way of the disc's mid-plane, mm, in steps of `STEP_MM`. */
const SEEK_MM = { before: 6, beyond: 20 } as const;
const STEP_MM = 0.25;
/** A column counts when the bone goes on for this long, mm. */
const THICK_MM = 3;
/** With fewer columns there is no line. */
const FEWEST = 24;

/** Place of a column across the disc: -1 is its front rim, 1 its back rim. */
export const columnAt = (i: number): number => -REACH + (2 * REACH * i) / (COLUMNS - 1);

/** The end plate of one body: where its bone begins, mm from the disc's mid-plane towards that body, column by column. */
export interface EndplateLine {
  readonly side: EndplateSide;
  readonly edge: readonly number[];
  /** Point at a place across the disc (-1 to 1) and a distance into the body, mm. */
  readonly point: (u: number, into: number) => Point;
  /** Point of a column at a distance into the body, mm. */
  readonly columnPoint: (column: number, into: number) => Point;
}

/** Straight over what is missing between two columns, and level beyond the outermost. */
function filled(found: readonly (number | null)[]): number[] {
  const known = found.flatMap((v, i) => (v === null ? [] : [{ i, v }]));
  return found.map((own, i) => {
    if (own !== null) return own;
    const before = known.findLast((k) => k.i < i);
    const after = known.find((k) => k.i > i);
    if (!before || !after) return (before ?? after)?.v ?? 0;
    return before.v + ((after.v - before.v) * (i - before.i)) / (after.i - before.i);
  });
}

/** Both what is read along a line and the cells of a wide crop ask for it: it is sought once. */
const known = new WeakMap<EndplateFrame, Map<EndplateSide, EndplateLine | null>>();

/** The line of an end plate; null when its body is not seen, or on too few columns. */
export function endplateLine(frame: EndplateFrame, side: EndplateSide): EndplateLine | null {
  const lines = known.get(frame) ?? new Map<EndplateSide, EndplateLine | null>();
  known.set(frame, lines);
  let line = lines.get(side);
  if (line === undefined) {
    line = soughtLine(frame, side);
    lines.set(side, line);
  }
  return line;
}

function soughtLine(frame: EndplateFrame, side: EndplateSide): EndplateLine | null {
  const body = side === 'upper' ? frame.upperBody : frame.lowerBody;
  if (!body) return null;
  const sign = side === 'upper' ? 1 : -1;
  const half = frame.depthMm / 2;
  const at = (u: number, rise: number): Point =>
    along(along(frame.centre, frame.posterior, u * half), frame.superior, sign * rise);
  const steps = Math.round((SEEK_MM.before + SEEK_MM.beyond) / STEP_MM);
  const found = Array.from({ length: COLUMNS }, (_, i): number | null => {
    const u = columnAt(i);
    let before = 0;
    for (let k = 0; k <= steps; k++) {
      const rise = k * STEP_MM - SEEK_MM.before;
      const p = body(at(u, rise));
      if (p >= 0.5 && body(at(u, rise + THICK_MM)) >= 0.5) {
        return k === 0 ? null : rise - (STEP_MM * (p - 0.5)) / Math.max(1e-6, p - before);
      }
      before = Math.min(p, 0.5);
    }
    return null;
  });
  if (found.filter((v) => v !== null).length < FEWEST) return null;
  const edge = filled(found);
  const edgeAt = (u: number): number => {
    const x = Math.max(0, Math.min(COLUMNS - 1, ((u + REACH) / (2 * REACH)) * (COLUMNS - 1)));
    const i = Math.min(COLUMNS - 2, Math.floor(x));
    return (1 - (x - i)) * (edge[i] as number) + (x - i) * (edge[i + 1] as number);
  };
  return {
    side,
    edge,
    point: (u, into) => at(u, edgeAt(u) + into),
    columnPoint: (i, into) => at(columnAt(i), (edge[i] as number) + into),
  };
}
