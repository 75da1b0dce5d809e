import { mm, vertebraAbove } from '@foramen/spine';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from '../read/locate.ts';
import type { CanonicalSeries } from '../read/series.ts';
import { isSagittal } from '../read/series.ts';
import type { CorridorAnswer } from './corridor.ts';
import { foraminalCorridors } from './foraminal.ts';
import { interlaminarCorridors } from './interlaminar.ts';
import { pedicleCorridor } from './pedicle.ts';
import { sceneAround } from './scene.ts';

const CREST =
  'the iliac crest lies outside sagittal lumbar slices: its height over the disc needs a coronal series, CT or a radiograph';

/**
 * Ways to every measured lumbar disc and along every lumbar pedicle of a sagittal series with true geometry. Where slices through foramina,
 * laminae or pedicles are missing the answer says so; a picture without geometry has no ways at all.
 */
export function planCorridors(
  series: CanonicalSeries,
  located: Located,
  discs: readonly MeasuredDisc[],
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
        ...(level === 'L5-S1'
          ? [
              {
                kind: 'l5s1-transforaminal' as const,
                level,
                side: 'midline' as const,
                abstained: CREST,
                ...(m.heights
                  ? {
                      discSpaceMm: {
                        anterior: mm(m.heights.anterior),
                        middle: mm(m.heights.middle),
                        posterior: mm(m.heights.posterior),
                      },
                    }
                  : {}),
              },
            ]
          : []),
      ];
    });
}
