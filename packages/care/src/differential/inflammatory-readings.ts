import type { PatientCase } from '@foramen/spine';
import { ageOf, answered, type Seen, unlessWithheld, usableFact } from '../facts.ts';
import { belowKneePain } from '../roots/signs.ts';
import {
  ageAtOnset,
  asasMet,
  companions,
  criteriaApply,
  youngOnset,
} from '../triage/inflammatory-features.ts';
import { type Add, yes } from './image-readings.ts';

/** One group, as in triage: the features were seen in the same people, and no study counts them all together. */
const FEATURES = 'spondyloarthritis-features';

/**
 * Axial spondyloarthritis: pain of three months and more that began before 45, and in those people the five ASAS features. A feature that
 * was not asked is open; the ratio of the criteria is used only once they are met or can no longer be met. What goes with the illness (uveitis, bowel,
 * skin, a drug that helped) weighs beside them.
 */
export function inflammatoryReadings(patient: PatientCase, add: Add): void {
  const age = unlessWithheld(patient, ageOf(patient));
  const weeks = usableFact(patient, 'symptoms', 'durationWeeks');
  const began = ageAtOnset(age?.value, weeks?.value);
  const applies = criteriaApply(began, weeks?.value);
  if (applies === undefined) return;
  add('axial-spondyloarthritis', 'lr/care-chronic-young-spondyloarthritis', yes(applies), [age, weeks]);
  const knee = belowKneePain(patient);
  if (knee !== undefined)
    add('axial-spondyloarthritis', 'lr/care-leg-pain-spondyloarthritis', yes(knee.value), [knee]);
  if (!applies) return;
  for (const { evidence, fact } of companions(patient))
    add('axial-spondyloarthritis', evidence, 1, [fact], FEATURES);
  const onset = usableFact(patient, 'symptoms', 'onset');
  const exercise = usableFact(patient, 'symptoms', 'improvesWithExercise');
  const rest = usableFact(patient, 'symptoms', 'improvesWithRest');
  const night = usableFact(patient, 'symptoms', 'nightPain');
  const rested = answered(rest);
  const gradual = onset === undefined || onset.value === 'unknown' ? undefined : onset.value === 'gradual';
  const met = asasMet([
    gradual,
    youngOnset(began),
    answered(exercise),
    rested === undefined ? undefined : !rested,
    answered(night),
  ]);
  const facts: readonly (Seen<unknown> | undefined)[] = [onset, age, exercise, rest, night];
  if (met !== undefined) add('axial-spondyloarthritis', 'lr/inflammatory-asas', yes(met), facts, FEATURES);
}
