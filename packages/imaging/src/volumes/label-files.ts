import type { LabelVolume } from '@foramen/spine';
import { gzipSync } from 'fflate';
import { writeNiftiLabels } from './nifti.ts';
import { writePngLabels } from './png.ts';
import { type InputSeries, labelsOnSourceGrid } from './series.ts';

export interface LabelFile {
  readonly extension: '.png' | '.nii.gz';
  readonly bytes: Uint8Array;
}

/**
 * The label map as a file in the input's own grid: 8-bit PNG for a PNG, gzipped NIfTI for everything else (with the
 * identical affine when the input was NIfTI).
 * @param labels on the series' canonical grid
 * @throws RangeError when they are not
 */
export function writeLabelFile(series: InputSeries, labels: LabelVolume): LabelFile {
  const own = labelsOnSourceGrid(series, labels);
  if (series.format === 'png') return { extension: '.png', bytes: writePngLabels(own) };
  return {
    extension: '.nii.gz',
    bytes: gzipSync(writeNiftiLabels(own, series.source.niftiHeader), { mtime: 0 }),
  };
}
