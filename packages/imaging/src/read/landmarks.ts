import type { DiscLevel } from '@foramen/spine';
import type { Point } from '../measures/geometry.ts';
import type { MeasuredDisc } from '../measures/level-reading.ts';
import type { Located } from './locate.ts';
import type { CanonicalSeries } from './series.ts';

/** A pixel position [column, row] on a slice of the primary series' canonical grid; 0 is the centre of the first pixel. */
export type PixelPoint = readonly [number, number];

/** What a level's measures were taken between, for showing on the picture. */
export interface LevelLandmarks {
  readonly level: DiscLevel;
  readonly slice: number;
  /** Anterior and posterior rim point of the end plates above and below the disc. */
  readonly upper: readonly [PixelPoint, PixelPoint];
  readonly lower: readonly [PixelPoint, PixelPoint];
  /** Front and back of the dural sac where it is narrowest at this disc. */
  readonly canal: readonly [PixelPoint, PixelPoint] | null;
  /** Furthest point of the disc behind its corner line. */
  readonly apex: PixelPoint | null;
}

export function landmarksOf(
  series: CanonicalSeries,
  located: Located,
  discs: readonly MeasuredDisc[],
): LevelLandmarks[] {
  const [w, h] = series.volume.size;
  const { spacing } = located.volume;
  const pixel = (p: Point): PixelPoint => {
    const x = p[0] / spacing[0] - 0.5;
    const y = p[1] / spacing[1] - 0.5;
    return [located.turn.columns ? w - 1 - x : x, located.turn.rows ? h - 1 - y : y];
  };
  return discs.flatMap((m): LevelLandmarks[] => {
    const { frame } = m;
    if (!frame) return [];
    return [
      {
        level: m.disc.level,
        slice: located.instances.field.sliceIndex[frame.slice] ?? 0,
        upper: [pixel(frame.upper.anterior), pixel(frame.upper.posterior)],
        lower: [pixel(frame.lower.anterior), pixel(frame.lower.posterior)],
        canal: m.canal ? [pixel(m.canal.anterior), pixel(m.canal.posterior)] : null,
        apex: m.displacement && m.displacement.greatestMm > 0 ? pixel(m.displacement.apex) : null,
      },
    ];
  });
}
