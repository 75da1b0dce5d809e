import type { Volume } from '@foramen/spine';
import { STEP_MM } from '../levels/centreline.ts';
import type { Instance, SpineInstances } from '../levels/instances.ts';
import type { Numbering } from '../levels/numbering.ts';
import { median } from '../levels/smoothing.ts';
import { signalOf } from '../measures/signal.ts';

/** The column ends inside the picture although it must go on. */
export interface Unfollowed {
  /** Distance from the highest disc found to the edge of the picture, along the column, mm. */
  readonly roomMm: number;
  /** Distance from disc to disc below it, mm. */
  readonly pitchMm: number;
  readonly text: string;
}

/** Signal above the column over that of its bodies below which there is nothing to follow: no coverage, or a faded coil edge. */
const EMPTY = 0.15;
/** How far to both sides of the continued line tissue is looked for, mm. */
const HALF_STRIP_MM = 10;
/** What the next disc must clear the picture's edge by to count as in view, mm. */
const MARGIN_MM = 4;
/** Share of the names' confidence that is left when the upper end is missing and the lower one is in doubt too. */
const BOTH_ENDS = 0.75;
/** Confidence below which the lower end counts as in doubt. */
const SURE = 0.9;

const centre = (i: Instance) => (i.segment.from + i.segment.to) / 2;

/** Distance from disc to disc near the upper end, mm; from a body and a disc where there is only one disc. */
function pitchOf(discs: readonly Instance[], bodies: readonly Instance[]): number {
  const gaps = discs.slice(0, 3).flatMap((d, i) => {
    const next = discs[i + 1];
    return next ? [(centre(next) - centre(d)) * STEP_MM] : [];
  });
  if (gaps.length > 0) return median(gaps);
  const own = (of: readonly Instance[]) => median(of.map((i) => (i.segment.to - i.segment.from) * STEP_MM));
  return own(bodies) + own(discs);
}

/**
 * Whether a vertebra and a disc more would fit above the highest disc found, at the spacing of those below, on a part of the picture that is
 * not empty. A mid-sagittal slice that leaves a scoliotic spine, metal, or tissue the network does not know end a column early.
 */
export function unfollowedAbove(volume: Volume, s: SpineInstances): Unfollowed | null {
  const discs = s.items.filter((i) => i.kind === 'disc');
  const bodies = s.items.filter((i) => i.kind === 'body');
  const top = discs[0];
  if (!top || bodies.length === 0) return null;
  const { line, field } = s;
  const [wide, high] = [field.width * field.pixelMm[0], field.height * field.pixelMm[1]];
  const at = Math.max(0, Math.min(line.x.length - 1, Math.round(centre(top))));
  // The direction the column takes there, over the length of a body: the very end of the line is the least sure part of it.
  const below = Math.min(line.x.length - 1, at + Math.round(25 / STEP_MM));
  const [x0, y0] = [line.x[at] as number, line.y[at] as number];
  const [dx, dy] = [x0 - (line.x[below] as number), y0 - (line.y[below] as number)];
  const norm = Math.hypot(dx, dy);
  if (norm === 0 || dy >= 0) return null;
  const [ux, uy] = [dx / norm, dy / norm];
  const roomMm = Math.min(y0 / -uy, ux < 0 ? x0 / -ux : ux > 0 ? (wide - x0) / ux : high);
  const pitchMm = pitchOf(discs, bodies);
  if (roomMm < pitchMm + MARGIN_MM) return null;
  const row = Math.max(0, Math.min(field.height - 1, Math.round(y0 / field.pixelMm[1])));
  const z = Math.min(field.depth - 1, Math.max(0, Math.round(s.plane.slice[row] as number)));
  const signal = signalOf(volume, field.sliceIndex);
  const strip = (from: number, to: number): number[] => {
    const values: number[] = [];
    for (let k = from; k <= to; k++) {
      for (let t = -HALF_STRIP_MM; t <= HALF_STRIP_MM; t += 2) {
        const v = signal([x0 + k * ux - t * uy, y0 + k * uy + t * ux], z);
        if (v !== null) values.push(v);
      }
    }
    return values;
  };
  const above = strip(pitchMm * 0.5, pitchMm);
  const known = strip(-pitchMm, 0);
  if (above.length < 10 || known.length < 10 || median(above) < EMPTY * median(known)) return null;
  return {
    roomMm,
    pitchMm,
    text: `the column was not followed further up: the picture goes on for ${roomMm.toFixed(0)} mm above the highest disc found, room for another vertebra and disc`,
  };
}

/**
 * Names once it is known that the column goes on above: counting from a sure sacrum does not depend on its upper end; where the lower end is in
 * doubt as well, nothing is left to check it by.
 */
export function withUpperEnd(numbering: Numbering, unfollowed: Unfollowed | null): Numbering {
  if (!unfollowed) return numbering;
  const { enumeration } = numbering;
  const doubt = enumeration.confidence < SURE || enumeration.transitional !== 'none';
  const factor = doubt ? BOTH_ENDS : 1;
  return {
    ...numbering,
    discs: numbering.discs.map((d) => ({ ...d, confidence: d.confidence * factor })),
    bodies: numbering.bodies.map((b) => ({ ...b, confidence: b.confidence * factor })),
    enumeration: {
      ...enumeration,
      confidence: enumeration.confidence * factor,
      because: [...enumeration.because, unfollowed.text],
    },
  };
}
