import type { Intake } from '@foramen/spine';
import type { DiaryStory } from '../diary.ts';
import type { ConditionStory } from '../fhir-bundle.ts';
import type { GenotypeStory } from '../genotype.ts';
import type { DiscSpec, SpineOptions } from '../spine-spec.ts';

/** One examination of a sample patient: its date and what differs from the patient's own anatomy on that day. */
export interface ScanStory {
  readonly key: string;
  readonly date: string;
  readonly discs?: Readonly<Record<number, Partial<DiscSpec>>>;
}

/** Everything about one sample patient that is not drawn from the seed. */
export interface SampleStory {
  readonly id: string;
  readonly title: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: 'female' | 'male';
  readonly birthDate: string;
  readonly ageYears: number;
  readonly anatomy: SpineOptions;
  readonly scans: readonly ScanStory[];
  readonly genotype: GenotypeStory;
  readonly markers: Readonly<Record<string, string>>;
  readonly conditions: readonly ConditionStory[];
  readonly intake: Intake;
  readonly diary: DiaryStory;
}
