import {
  type CorridorAbstained,
  type CorridorAnswer,
  type CrestReference,
  mm,
  vertebraAbove,
} from '@foramen/spine';
import type { NamedBody } from '../levels/numbering.ts';
import { measureBody } from '../measures/disc-frame.ts';
import { along } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from '../read/locate.ts';
import type { CanonicalSeries } from '../read/series.ts';
import { isSagittal } from '../read/series.ts';
import { foraminalCorridors } from './foraminal.ts';
import { crestSeries } from './iliac-crest.ts';
import { interlaminarCorridors } from './interlaminar.ts';
import { between, direction, pointInPatient } from './patient-lines.ts';
import { pedicleCorridor } from './pedicle.ts';
import { sceneAround } from './scene.ts';

const CREST =
  'the iliac crest lies outside these slices: its height over the disc needs a coronal series, CT or a radiograph';

/**
 * Ways to every measured lumbar disc and along every lumbar pedicle of a sagittal series with true geometry. Where slices through foramina,
 * laminae or pedicles are missing the answer says so; a picture without geometry has no ways at all.
 * `all` is the whole study: other series may show what this one does not reach.
 */
export function planCorridors(
  series: CanonicalSeries,
  located: Located,
  discs: readonly MeasuredDisc[],
  all: readonly CanonicalSeries[] = [series],
): readonly CorridorAnswer[] {
  if (!series.hasGeometry || !isSagittal(series.reading.role)) return [];
  const { instances, volume, numbering } = located;
  const across = volume.ijkToLps[2];
  const leftPerSlice = across >= 0 ? 1 : -1;
  return discs
    .filter((m) => !m.disc.level.startsWith('T'))
    .flatMap((m): CorridorAnswer[] => {
      const { level } = m.disc;
      const centre = m.frame?.centre[1] ?? m.disc.shape?.centre[1] ?? 0;
      const scene = sceneAround(instances, volume, centre);
      const body = numbering.bodies.find((b) => b.vertebra === vertebraAbove(level));
      return [
        ...foraminalCorridors(instances, volume, m, 'left', scene),
        ...foraminalCorridors(instances, volume, m, 'right', scene),
        ...interlaminarCorridors(instances, volume, m, scene),
        ...(body && !body.item.cut
          ? (['left', 'right'] as const).map((side) =>
              pedicleCorridor(instances, volume, body, level, side, leftPerSlice, scene),
            )
          : []),
        ...(level === 'L5-S1' ? [lowestApproach(series, all, located, m, body)] : []),
      ];
    });
}

/** The lateral way to L5-S1, which the iliac crest may bar: its disc space, and where the crest's height can be read. */
function lowestApproach(
  series: CanonicalSeries,
  all: readonly CanonicalSeries[],
  located: Located,
  m: MeasuredDisc,
  body: NamedBody | undefined,
): CorridorAbstained {
  const crest = crestReference(series, all, located, m, body);
  const names = (crest?.seenOn ?? []).map((n) => all[n]?.name ?? '');
  return {
    kind: 'l5s1-transforaminal',
    level: m.disc.level,
    side: 'midline',
    abstained:
      names.length === 0
        ? CREST
        : `the iliac crest is not outlined by this reading: mark its top on ${names.join(' or ')} to read its height over the disc`,
    ...(crest === null ? {} : { crest }),
    ...(m.heights
      ? {
          discSpaceMm: {
            anterior: mm(m.heights.anterior),
            middle: mm(m.heights.middle),
            posterior: mm(m.heights.posterior),
          },
        }
      : {}),
  };
}

function crestReference(
  series: CanonicalSeries,
  all: readonly CanonicalSeries[],
  located: Located,
  m: MeasuredDisc,
  body: NamedBody | undefined,
): CrestReference | null {
  const { frame, heights } = m;
  if (!frame || !heights) return null;
  const { instances: s, volume } = located;
  const centre = pointInPatient(s, volume, frame.centre, frame.slice);
  const head = pointInPatient(s, volume, along(frame.centre, frame.superior, 10), frame.slice);
  const up = direction(between(centre, head));
  const corners = body && !body.item.cut ? measureBody(s, body.item)?.corners : undefined;
  const wall = (a: readonly [number, number], b: readonly [number, number]): number =>
    Math.hypot(a[0] - b[0], a[1] - b[1]);
  return {
    centre,
    up,
    discHeightMm: heights.middle,
    bodyHeightMm:
      corners === undefined
        ? null
        : (wall(corners.superiorAnterior, corners.inferiorAnterior) +
            wall(corners.superiorPosterior, corners.inferiorPosterior)) /
          2,
    seenOn: crestSeries(all, series, centre, up),
  };
}
