import type { InputSeries } from '@foramen/imaging';
import type { LabelVolume } from '@foramen/spine';
import { carryLabels, noLabels } from './carry-labels.ts';
import type { AnalysedPicture, StudyReading } from './inputs.ts';

/** The series of a study as pictures, the one that was read first. */
export function picturesOf(study: StudyReading): readonly AnalysedPicture[] {
  const { series, reading } = study;
  const primary = series[reading.primary];
  if (primary === undefined) return [];
  const others = series.filter((other, n) => n !== reading.primary && isShown(other));
  return [
    picture(primary, reading.labels),
    ...others.map((other) =>
      picture(
        other,
        sameSpace(primary, other) ? carryLabels(reading.labels, other.volume) : noLabels(other.volume),
      ),
    ),
  ];
}

function isShown(series: InputSeries): boolean {
  return series.reading.role !== 'localiser' && series.reading.role !== 'not-lumbar';
}

/** Whether both series tell positions in the same patient coordinates. A missing frame of reference is taken as the study's. */
function sameSpace(a: InputSeries, b: InputSeries): boolean {
  if (!a.hasGeometry || !b.hasGeometry) return false;
  const [x, y] = [a.frameOfReferenceUid, b.frameOfReferenceUid];
  return x === undefined || y === undefined || x === y;
}

function picture(series: InputSeries, labels: LabelVolume): AnalysedPicture {
  const { volume, reading } = series;
  return {
    name: series.name,
    plane: series.plane,
    reading,
    hasGeometry: series.hasGeometry,
    volume,
    labels,
    keySlice: keySlice(labels),
  };
}

/** The middle of the slices that show anything labelled; of all slices where none does. */
function keySlice(labels: LabelVolume): number {
  const [ni, nj, nk] = labels.size;
  const area = ni * nj;
  let first = -1;
  let last = -1;
  for (let k = 0; k < nk; k++) {
    if (!labels.data.subarray(k * area, (k + 1) * area).some((label) => label !== 0)) continue;
    if (first < 0) first = k;
    last = k;
  }
  return first < 0 ? nk >> 1 : (first + last) >> 1;
}
