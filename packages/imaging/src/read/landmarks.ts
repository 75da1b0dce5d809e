import type { DiscLevel, LevelLandmarks, PixelPoint } from '@foramen/spine';
import type { Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

/** Landmarks of each measured level, turned back to the series' own grid. */
export function landmarksOf(
  series: CanonicalSeries,
  located: Located,
  discs: readonly MeasuredDisc[],
): ReadonlyMap<DiscLevel, LevelLandmarks> {
  const [w, h] = series.volume.size;
  const { spacing } = located.volume;
  const pixel = (p: Point): PixelPoint => {
    const x = p[0] / spacing[0] - 0.5;
    const y = p[1] / spacing[1] - 0.5;
    return [located.turn.columns ? w - 1 - x : x, located.turn.rows ? h - 1 - y : y];
  };
  const found = discs.flatMap((m): [DiscLevel, LevelLandmarks][] => {
    const { frame } = m;
    if (!frame) return [];
    return [
      [
        m.disc.level,
        {
          slice: located.instances.field.sliceIndex[frame.slice] ?? 0,
          upper: [pixel(frame.upper.anterior), pixel(frame.upper.posterior)],
          lower: [pixel(frame.lower.anterior), pixel(frame.lower.posterior)],
          canal: m.canal ? [pixel(m.canal.anterior), pixel(m.canal.posterior)] : null,
          apex: m.displacement && m.displacement.greatestMm > 0 ? pixel(m.displacement.apex) : null,
        },
      ],
    ];
  });
  return new Map(found);
}
