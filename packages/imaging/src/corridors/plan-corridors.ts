import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from '../read/locate.ts';
import type { CanonicalSeries } from '../read/series.ts';
import { isSagittal } from '../read/series.ts';
import type { CorridorAnswer } from './corridor.ts';
import { foraminalCorridors } from './foraminal.ts';
import { interlaminarCorridors } from './interlaminar.ts';

/**
 * Ways to every measured disc of a sagittal series with true geometry. Where slices through foramina or laminae are missing the
 * answer says so; a picture without geometry has no ways at all.
 */
export function planCorridors(
  series: CanonicalSeries,
  located: Located,
  discs: readonly MeasuredDisc[],
): readonly CorridorAnswer[] {
  if (!series.hasGeometry || !isSagittal(series.reading.role)) return [];
  return discs
    .filter((m) => m.disc.level !== 'T12-L1' && !m.disc.level.startsWith('T'))
    .flatMap((m) => [
      ...foraminalCorridors(located.instances, located.volume, m, 'left'),
      ...foraminalCorridors(located.instances, located.volume, m, 'right'),
      ...interlaminarCorridors(located.instances, located.volume, m),
      ...(m.disc.level === 'L5-S1'
        ? [
            {
              kind: 'l5s1-transforaminal' as const,
              level: m.disc.level,
              side: 'midline' as const,
              abstained:
                'the iliac crest lies outside sagittal lumbar slices: needs a coronal series, CT or a radiograph',
            },
          ]
        : []),
    ]);
}
