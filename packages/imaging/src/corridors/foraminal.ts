import type { Side, Volume } from '@foramen/spine';
import type { SpineInstances } from '../levels/instances.ts';
import type { Foramen } from '../measures/foramen.ts';
import { along, type Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import { type Corridor, type CorridorAnswer, MARGIN_MM, MRI_BONE, ROOT_ASSUMED, SUPINE } from './corridor.ts';
import { anglesOf, direction, lengthOf, pointInPatient, scaled, skinAlong, sum } from './patient-lines.ts';

/** Share of the foramen's height, from above, that the exiting root and its ganglion take up. */
const ROOT_SHARE = 0.42;

/** Usual convergence of a posterolateral way to the disc, degrees, L1-L2 to L5-S1 (planned on 102 MRI studies). */
const CONVERGENCE_DEG = 47;

/**
 * Kambin's triangle and the subpedicular transforaminal target on one side of a level. The triangle lies on the superior end plate of the
 * lower vertebra, between the exiting root above and in front and the facet behind (Kambin 1988): below the root's share of
 * the foramen. The widest instrument is the lesser of the free height under the root and the free width before the facet.
 */
export function foraminalCorridors(
  s: SpineInstances,
  volume: Volume,
  m: MeasuredDisc,
  side: Side,
): readonly CorridorAnswer[] {
  const { level } = m.disc;
  const none = (abstained: string): CorridorAnswer[] => [
    { kind: 'kambin', level, side, abstained },
    { kind: 'transforaminal', level, side, abstained },
  ];
  if (!m.frame) return none('the end plates of this level were not found');
  const foramen = m.foramina.find((f) => f.side === side);
  if (!foramen)
    return none(
      'no slice shows the pedicles above and below on this side: needs sagittal slices through the foramen',
    );
  const free = foramen.heightMm * (1 - ROOT_SHARE);
  const notes = [SUPINE, MRI_BONE, ROOT_ASSUMED];
  if (level === 'L5-S1')
    notes.push(
      'the iliac crest is not in the picture: whether it blocks a straight way needs CT or radiograph',
    );
  const low = along(foramen.centre, m.frame.superior, -foramen.heightMm / 2 + free / 2);
  const high = along(foramen.centre, m.frame.superior, foramen.heightMm / 2 - 2);
  const widest = Math.min(free, foramen.widthMm);
  return [
    way('kambin', low, widest, free / 2, foramen, notes),
    way(
      'transforaminal',
      high,
      Math.min(4, foramen.widthMm),
      // The needle tip stays above and behind the root in the subpedicular place; the root itself is right below.
      1,
      foramen,
      [
        ...notes,
        'subpedicular target: no particulate steroid; above L3 the artery of Adamkiewicz may enter here',
      ],
    ),
  ];

  function way(
    kind: Corridor['kind'],
    at: Point,
    widestMm: number,
    rootMm: number,
    f: Foramen,
    text: readonly string[],
  ): CorridorAnswer {
    const target = pointInPatient(s, volume, at, f.slice);
    const sign = side === 'left' ? 1 : -1;
    const angle = (CONVERGENCE_DEG * Math.PI) / 180;
    const outward = direction([sign * Math.sin(angle), Math.cos(angle), 0]);
    const skin = skinAlong(volume, target, outward);
    const middle = pointInPatient(s, volume, at, s.plane.slice[rowOf(s, at)] as number);
    const sacMm = Math.abs(target[0] - middle[0]) - 8;
    const bone = widestMm / 2 - MARGIN_MM;
    const entry = skin;
    return {
      kind,
      level,
      side,
      target,
      entry,
      lengthMm: entry ? lengthOf([entry[0] - target[0], entry[1] - target[1], entry[2] - target[2]]) : null,
      ...anglesOf(scaled(outward, -1)),
      entryOffsetMm: entry ? Math.abs(sum(entry, scaled(middle, -1))[0]) : null,
      widestMm,
      clearanceMm: { bone, sac: sacMm - MARGIN_MM, root: rootMm - MARGIN_MM / 2 },
      fits: widestMm >= (kind === 'kambin' ? 5 : 2) && bone > -MARGIN_MM,
      notes: entry
        ? text
        : [...text, 'the skin on this way is outside the sagittal slices: entry and length are not given'],
    };
  }
}

function rowOf(s: SpineInstances, p: Point): number {
  return Math.min(s.field.height - 1, Math.max(0, Math.round(p[1] / s.field.pixelMm[1] - 0.5)));
}
