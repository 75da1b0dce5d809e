import { alignStudies, matchedSlice, type StudyPicture } from '@foramen/imaging';
import { affineFrom, DISC_LABEL, type DiscLevel } from '@foramen/spine';
import type { Picture } from '../record/picture.ts';

/** Anterior to the left and head up, as every sagittal picture is shown; for pictures that carry no position. */
const MADE_UP = [
  [0, 1, 0],
  [0, 0, -1],
  [1, 0, 0],
] as const;

function studyPicture(picture: Picture): StudyPicture | null {
  const { size, spacing, labels } = picture;
  if (labels === null || picture.plane !== 'sagittal') return null;
  const ijkToLps = picture.ijkToLps ?? affineFrom(MADE_UP, spacing, [0, 0, 0]);
  const data = picture.data instanceof Float32Array ? picture.data : Float32Array.from(picture.data);
  const grid = { size, spacing, ijkToLps };
  return { volume: { ...grid, data }, labels: { ...grid, data: labels } };
}

/**
 * The earlier picture re-cut to one slice of the later one, by how the vertebrae beside the level lie in both; null when either has
 * no outlines or they do not fit.
 */
export function matchedPicture(
  earlier: Picture,
  later: Picture,
  level: DiscLevel,
  slice: number,
  sameContrast: boolean,
): Picture | null {
  const before = studyPicture(earlier);
  const after = studyPicture(later);
  if (before === null || after === null) return null;
  const alignment = alignStudies(before, after, { only: level, sameContrast });
  const cut = matchedSlice(before, after.volume, alignment, slice);
  if (cut === null || !cut.labels.includes(DISC_LABEL[level])) return null;
  return {
    ...earlier,
    id: `${earlier.id} on ${later.id} ${level} ${slice}`,
    size: [cut.width, cut.height, 1],
    spacing: later.spacing,
    ijkToLps: null,
    data: cut.data,
    labels: cut.labels,
    keySlice: 0,
  };
}
