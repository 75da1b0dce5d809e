/** One of the five ASAS features: there, not there, or not known. */
export type AsasFeature = boolean | undefined;

/** Features that together make inflammatory back pain (Sieper 2009, Ann Rheum Dis 68:784): four of five. */
const FEATURES_NEEDED = 4;
/** The criteria were made in, and speak of, pain of three months and more that began before this age. */
const CHRONIC_WEEKS = 12;
const ONSET_BEFORE = 45;
/** The feature "onset before 40" itself. */
const YOUNG_ONSET = 40;
const WEEKS_A_YEAR = 52;

/** Years of age at which the pain began, or undefined where age or duration is unknown. */
export const ageAtOnset = (age: number | undefined, weeks: number | undefined): number | undefined =>
  age === undefined || weeks === undefined ? undefined : age - weeks / WEEKS_A_YEAR;

export const youngOnset = (onset: number | undefined): AsasFeature =>
  onset === undefined ? undefined : onset < YOUNG_ONSET;

/** Whether the person is one of those of whom the criteria speak; undefined where that is not known. */
export function criteriaApply(onset: number | undefined, weeks: number | undefined): boolean | undefined {
  if (weeks !== undefined && weeks < CHRONIC_WEEKS) return false;
  return onset === undefined || weeks === undefined ? undefined : onset < ONSET_BEFORE;
}

/** Met, not met, or open: open while what is unknown could still decide. */
export function asasMet(features: readonly AsasFeature[]): boolean | undefined {
  const there = features.filter((f) => f === true).length;
  if (there >= FEATURES_NEEDED) return true;
  const open = features.filter((f) => f === undefined).length;
  return there + open < FEATURES_NEEDED ? false : undefined;
}
