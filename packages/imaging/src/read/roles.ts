import type { SequenceRole } from '@foramen/spine';
import type { CanonicalSeries } from './series.ts';
import { isAxial } from './series.ts';

/** Which series is read for what. Indices into the input. */
export interface ReadingPlan {
  /** Levels are located and measured here. */
  readonly primary: number;
  readonly t2: number | null;
  readonly t1: number | null;
  readonly axialT2: number | null;
}

const PREFERENCE: readonly SequenceRole[] = [
  'sagittal-T2',
  'sagittal-STIR',
  'sagittal-water-fat',
  'sagittal-T1',
  'sagittal-unknown',
];

function finest(series: readonly CanonicalSeries[], role: SequenceRole): number | null {
  let best: number | null = null;
  series.forEach((s, i) => {
    if (s.reading.role !== role) return;
    if (best === null || voxels(s) > voxels(series[best] as CanonicalSeries) * 1.5) best = i;
  });
  return best;
}

const voxels = (s: CanonicalSeries) => s.volume.size[0] * s.volume.size[1] * Math.min(30, s.volume.size[2]);

/** Null when there is no sagittal series. Levels are located on the first T2, else on what else there is. */
export function planReading(series: readonly CanonicalSeries[]): ReadingPlan | null {
  let primary = -1;
  for (const role of PREFERENCE) {
    const first = series.findIndex((s) => s.reading.role === role);
    if (first >= 0) {
      primary = first;
      break;
    }
  }
  if (primary < 0) primary = series.findIndex((s) => s.reading.role === 'unknown' && s.plane === 'sagittal');
  if (primary < 0) return null;
  const t2 = series.findIndex((s) => s.reading.role === 'sagittal-T2');
  const axial = series.findIndex((s) => isAxial(s.reading.role) && s.reading.role === 'axial-T2');
  return {
    primary,
    t2: t2 >= 0 ? t2 : null,
    t1: finest(series, 'sagittal-T1'),
    axialT2: axial >= 0 ? axial : null,
  };
}
