import { type DataSet, DICTIONARY, type Keyword, number, text } from '@foramen/dicom';

/** How stored values become the header's units. */
export interface ValueScale {
  readonly slope: number;
  readonly intercept: number;
  /** Set when the header states a transform that cannot be one: the values are then taken as they are stored. */
  readonly unusable?: string;
}

/** Beyond these a slope leaves nothing that 32-bit numbers can tell apart. */
const STEEPEST = 1e12;
const FLATTEST = 1e-12;
/** An intercept this many slopes away rounds neighbouring values together. */
const FARTHEST = 2 ** 22;

/** Whether a slope and intercept leave values apart that were apart. */
export function isScale(slope: number, intercept: number): boolean {
  const size = Math.abs(slope);
  return size >= FLATTEST && size <= STEEPEST && Math.abs(intercept) <= FARTHEST * size;
}

const stated = (set: DataSet | undefined, name: Keyword): boolean => set?.has(DICTIONARY[name][0]) ?? false;

/** Rescale slope and intercept of the first of the given sets that states one; 1 and 0 where none does. */
export function valueScale(holders: readonly (DataSet | undefined)[]): ValueScale {
  const set = holders.find((one) => stated(one, 'RescaleSlope') || stated(one, 'RescaleIntercept'));
  if (!set) return { slope: 1, intercept: 0 };
  const slope = stated(set, 'RescaleSlope') ? number(set, 'RescaleSlope') : 1;
  const intercept = stated(set, 'RescaleIntercept') ? number(set, 'RescaleIntercept') : 0;
  if (slope !== undefined && intercept !== undefined && isScale(slope, intercept))
    return { slope, intercept };
  const shown = (name: Keyword): string => (text(set, name) ?? 'empty').slice(0, 20);
  return {
    slope: 1,
    intercept: 0,
    unusable: `rescale slope ${shown('RescaleSlope')} and intercept ${shown('RescaleIntercept')} are no scale for values`,
  };
}
