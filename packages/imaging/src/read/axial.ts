import { axialViews, slicesAt } from '../measures/axial-frame.ts';
import type { AxialPlace } from '../measures/axial-level.ts';
import { type AxialAnswer, axialSac, NO_SLICE } from '../measures/axial-sac.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { placeIn } from './axial-levels.ts';
import { levelAxes } from './level-axes.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

const NO_PLANE = 'needs an axial T2-weighted series through the disc';

/** Furthest the axial slice may lie from the disc's middle, mm along the canal. */
const OFF_SLICE_MM = 5;

/** The sac of one disc, and where it was read. */
export interface SacReading {
  readonly answer: AxialAnswer;
  readonly place?: AxialPlace;
}

/**
 * The sac on the axial series at every disc. The level is carried over in patient coordinates, so both series must
 * belong to one frame of reference.
 */
export function axialSacs(
  located: Located,
  primary: CanonicalSeries,
  axials: readonly CanonicalSeries[],
  discs: readonly MeasuredDisc[],
): SacReading[] {
  const usable = axials.filter(
    (a) => a.hasGeometry && primary.hasGeometry && a.frameOfReferenceUid === primary.frameOfReferenceUid,
  );
  return discs.map((m): SacReading => {
    if (axials.length === 0) return { answer: { abstained: NO_PLANE } };
    if (usable.length === 0) {
      return {
        answer: {
          abstained: 'the axial series cannot be matched to the sagittal one (no common frame of reference)',
        },
      };
    }
    const axes = m.frame && m.canal ? levelAxes(located, m) : null;
    if (!axes)
      return { answer: { abstained: 'the dural sac was not found on the sagittal series at this disc' } };
    let why: AxialAnswer = { abstained: NO_PLANE };
    for (const a of usable) {
      const nearest = [...slicesAt(a.volume, axes, -OFF_SLICE_MM, OFF_SLICE_MM)].sort(
        (p, q) => Math.abs(p.heightMm) - Math.abs(q.heightMm),
      );
      const [view] = axialViews(a.volume, nearest.slice(0, 1), axes, located.instances, located.volume);
      const found = view ? axialSac(view) : { abstained: NO_SLICE };
      if (view && 'sac' in found) {
        const place = placeIn(a, view, found.lat, found.d);
        return { answer: { sac: { ...found.sac, box: place.box } }, place };
      }
      const answer: AxialAnswer = 'sac' in found ? { abstained: NO_SLICE } : found;
      // What the block through this disc says counts, not that other blocks lie elsewhere.
      if (answer.abstained !== NO_SLICE || why.abstained === NO_PLANE) why = answer;
    }
    return { answer: why };
  });
}
