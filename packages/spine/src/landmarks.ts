/** A pixel position [column, row] on a slice of the primary series' canonical grid; 0 is the centre of the first pixel. */
export type PixelPoint = readonly [number, number];

/** What a level's measures were taken between, for showing on the picture. */
export interface LevelLandmarks {
  readonly slice: number;
  /** Anterior and posterior rim point of the end plates above and below the disc. */
  readonly upper: readonly [PixelPoint, PixelPoint];
  readonly lower: readonly [PixelPoint, PixelPoint];
  /** Front and back of the dural sac where it is narrowest at this disc. */
  readonly canal: readonly [PixelPoint, PixelPoint] | null;
  /** Furthest point of the disc behind its corner line. */
  readonly apex: PixelPoint | null;
}
