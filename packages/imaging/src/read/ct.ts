import type { LevelMeasures, Volume } from '@foramen/spine';
import type { CanonicalSeries } from './series.ts';

/** Hounsfield units between fat and trabecular bone: what lies beyond says nothing about outlines, and would drown the rest. */
const WINDOW: readonly [number, number] = [-160, 500];

export const CT_UNGRADED =
  'CT: discs, canal and roots show too little to be graded; levels, bone and ways for needle and tube are read';
export const CT_LIMIT =
  'CT: nothing is graded, an MR series is needed for findings; nerve roots and the dural sac are hardly seen, so distances to them are to where they usually lie; outlines on CT were tried on synthetic pictures only: look at them';

/** The picture the network is shown: a CT in the window of the spine, anything else as it is. */
export function pictureOf({ volume, contrast }: CanonicalSeries): Volume {
  if (contrast !== 'ct') return volume;
  const [low, high] = WINDOW;
  return { ...volume, data: Float32Array.from(volume.data, (v) => Math.min(high, Math.max(low, v))) };
}

/** What is measured between end plates and facets, which CT shows. */
const BONE: readonly (keyof LevelMeasures)[] = [
  'heightAnteriorMm',
  'heightMiddleMm',
  'heightPosteriorMm',
  'heightIndex',
  'heightRatioToNeighbours',
  'depthMm',
  'slipMm',
  'slipPercent',
  'segmentalAngleDeg',
  'foramenHeightMm',
  'foramenWidthMm',
];

export function boneMeasures(measures: LevelMeasures): LevelMeasures {
  return Object.fromEntries(Object.entries(measures).filter(([name]) => BONE.some((one) => one === name)));
}
