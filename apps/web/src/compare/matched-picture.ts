import { alignStudies, matchedSlice, type StudyAlignment, type StudyPicture } from '@foramen/imaging';
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

/** Two pictures laid over each other at one level; cutting it is quick, making it is not. */
interface Laid {
  readonly earlier: Picture;
  readonly later: Picture;
  readonly level: DiscLevel;
  /** What the earlier picture calls this disc. */
  readonly earlierLevel: DiscLevel;
  readonly before: StudyPicture;
  readonly after: StudyPicture;
  readonly alignment: StudyAlignment;
}

/** By how the vertebrae beside the level lie in both; null when either has no outlines. `pairs`: names of one disc, earlier then later. */
export function laidOver(
  earlier: Picture,
  later: Picture,
  level: DiscLevel,
  sameContrast: boolean,
  pairs?: readonly (readonly [DiscLevel, DiscLevel])[],
): Laid | null {
  const before = studyPicture(earlier);
  const after = studyPicture(later);
  if (before === null || after === null) return null;
  return {
    earlier,
    later,
    level,
    earlierLevel: pairs?.find(([, name]) => name === level)?.[0] ?? level,
    before,
    after,
    alignment: alignStudies(before, after, { only: level, sameContrast, ...(pairs ? { pairs } : {}) }),
  };
}

/** The earlier picture re-cut to one slice of the later one; null where it does not reach it. */
export function recutTo(
  { earlier, later, level, before, after, alignment }: Laid,
  slice: number,
): Picture | null {
  const cut = matchedSlice(before, after.volume, alignment, slice);
  if (cut === null) return null;
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

/** Whether the level is seen where the two were laid over each other: else they do not fit. */
export function showsLevel(laid: Laid, slice: number): boolean {
  return recutTo(laid, slice)?.labels?.includes(DISC_LABEL[laid.earlierLevel]) === true;
}
