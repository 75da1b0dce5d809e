import type { Vec3 } from '@foramen/spine';
import type { AxialPlace } from '../measures/axial-level.ts';
import { type AxialAnswer, axialSac, NO_SLICE } from '../measures/axial-sac.ts';
import { middle, minus, superiorOf, unit } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { midSliceAt, toPatient } from './level-axes.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

const NO_PLANE = 'needs an axial T2-weighted series through the disc';

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
    const { frame, canal } = m;
    if (!frame || !canal)
      return { answer: { abstained: 'the dural sac was not found on the sagittal series at this disc' } };
    const k = midSliceAt(located, middle(canal.anterior, canal.posterior));
    const across = unit(minus(canal.posterior, canal.anterior));
    const up = superiorOf(across);
    const centre = toPatient(located.volume, middle(canal.anterior, canal.posterior), k);
    const above = toPatient(
      located.volume,
      [
        middle(canal.anterior, canal.posterior)[0] + 10 * up[0],
        middle(canal.anterior, canal.posterior)[1] + 10 * up[1],
      ],
      k,
    );
    const canalDirection: Vec3 = [
      (above[0] - centre[0]) / 10,
      (above[1] - centre[1]) / 10,
      (above[2] - centre[2]) / 10,
    ];
    let why: AxialAnswer = { abstained: NO_PLANE };
    for (const a of usable) {
      const answer = axialSac(a.volume, centre, canalDirection, canal.apMm);
      if ('sac' in answer) return { answer, place: sacPlace(a, answer.sac.slice, answer.sac.box) };
      // What the block through this disc says counts, not that other blocks lie elsewhere.
      if (answer.abstained !== NO_SLICE || why.abstained === NO_PLANE) why = answer;
    }
    return { answer: why };
  });
}

function sacPlace(series: CanonicalSeries, slice: number, box: AxialPlace['box']): AxialPlace {
  const sop = series.sopInstanceUids?.[slice];
  const { seriesUid } = series.reading;
  return {
    ...(seriesUid !== undefined ? { seriesUid } : {}),
    ...(sop !== undefined ? { sopInstanceUid: sop } : {}),
    slice,
    box,
  };
}
