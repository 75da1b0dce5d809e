import type { Problem } from '@foramen/spine';
import type { InputSeries } from './series.ts';

/** No scanner's field of view is as wide, not even one put together of several tables: a spacing in another unit, or of nothing. */
const WIDEST_MM = 1200;

/** A picture so wide by its stated spacing that it cannot be one of a body; resampled, it would also fill the memory. */
export function tooWide(series: InputSeries): Problem | null {
  const { size, spacing } = series.volume;
  const wide = Math.max(size[0] * spacing[0], size[1] * spacing[1]);
  if (wide <= WIDEST_MM) return null;
  return {
    code: 'out-of-range',
    severity: 'error',
    where: series.name,
    what: `the picture would be ${(wide / 1000).toFixed(1)} m wide by the pixel spacing that is stated (${Math.max(spacing[0], spacing[1]).toFixed(2)} mm)`,
    help: 'Export the original series; the spacing must be in mm',
  };
}

/** Spacing no spine picture can have: the file lies, or its units are wrong. */
export function implausible(series: InputSeries): Problem[] {
  const [i, j] = series.volume.spacing;
  const field = [series.volume.size[0] * i, series.volume.size[1] * j] as const;
  const bad = i < 0.1 || j < 0.1 || i > 3 || j > 3 || Math.max(...field) < 60 || Math.max(...field) > 1000;
  return bad && series.reading.spacingFrom === 'file'
    ? [
        {
          code: 'out-of-range',
          severity: 'warning',
          where: series.name,
          what: `the stated spacing makes the picture ${field.map((mm) => Math.round(mm)).join(' x ')} mm`,
          help: 'Check the header; lengths are not to be trusted',
        },
      ]
    : [];
}
