import type { PatientCase } from '@foramen/spine';
import { earlierTreatments } from '../case/earlier-treatments.ts';
import type { Seen } from '../facts.ts';
import { namedCondition } from '../plan/past-conditions.ts';

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

/** Illnesses that go with spondyloarthritis, and the record that weighs each (Rudwaleit 2004). */
const COMPANIONS: readonly (readonly [RegExp, string])[] = [
  [/\buveitis\b|\biritis\b|iridociclitis|iridocyclitis/, 'lr/care-uveitis-spondyloarthritis'],
  [
    /\bcrohn|ulcerative colitis|colitis ulcerosa|\bibd\b|inflammatory bowel|enfermedad inflamatoria intestinal/,
    'lr/care-bowel-spondyloarthritis',
  ],
  [/psoria(?:sis|tic)|psoriasi|artritis psoriasica/, 'lr/care-psoriasis-spondyloarthritis'],
];

/** A feature of spondyloarthritis outside the back: the record of its ratio, and the fact that shows it. */
export interface Companion {
  readonly evidence: string;
  readonly fact: Seen<string>;
}

/**
 * Uveitis, inflammatory bowel disease and psoriasis from the list of conditions, and pain that an anti-inflammatory drug has helped. What is not
 * listed says nothing: nobody was asked for each.
 */
export function companions(patient: PatientCase): readonly Companion[] {
  const found = COMPANIONS.flatMap(([pattern, evidence]): readonly Companion[] => {
    const fact = namedCondition({ patient }, pattern);
    return fact === undefined ? [] : [{ evidence, fact }];
  });
  const helped = earlierTreatments(patient).find((t) => t.option === 'nsaid' && t.outcome === 'better');
  return helped === undefined
    ? found
    : [...found, { evidence: 'lr/care-nsaid-response-spondyloarthritis', fact: helped.fact }];
}
