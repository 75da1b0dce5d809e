import type { Intake } from '@foramen/spine';
import { type Illness, liverOf, namedIllnesses } from './illness.ts';
import type { PatientContext } from './medicines.ts';

const DAY_MS = 86_400_000;

/**
 * What an intake says that bears on drugs: present and recently stopped medicines, kidneys, liver and other illnesses, age, allergies, ancestry. `now`
 * (ISO date) is the day from which the days since a stop are counted. What was not asked stays away.
 */
export function patientContext(intake: Intake | null, now: string): PatientContext {
  if (intake === null) return {};
  const { person, history, medications, allergies } = intake;
  return {
    ...(medications === undefined
      ? {}
      : { medications: medications.map((m) => taken(m.name, m.stopped, now)) }),
    ...(person?.ageYears === undefined ? {} : { ageYears: person.ageYears }),
    ...(history?.egfr === undefined ? {} : { egfr: history.egfr }),
    ...(allergies === undefined ? {} : { allergies }),
    ...(history === undefined ? {} : { illnesses: illnessesOf(history) }),
    ...(person?.ancestry === undefined ? {} : { ancestry: person.ancestry }),
  };
}

/** Answers that name an illness by themselves. */
const ASKED = [
  ['ulcerOrGiBleed', 'ulcerOrGiBleed'],
  ['heartFailure', 'heartFailure'],
  ['sleepApnoea', 'sleepApnoea'],
  ['pregnancy', 'pregnancy'],
  ['breastfeeding', 'breastfeeding'],
  ['seizures', 'seizures'],
  ['longQt', 'longQt'],
  ['vascularDisease', 'arterial'],
  ['intravenousDrugUse', 'substanceUse'],
  ['familyMalignantHyperthermia', 'hyperthermia'],
] as const;

/** Answered "yes", or named in the list of conditions whatever was answered. */
function illnessesOf(history: NonNullable<Intake['history']>): readonly Illness[] {
  const { liverDisease: liver, substanceUse: use } = history;
  const out = new Set<Illness>(namedIllnesses(history.conditions ?? []));
  for (const [asked, illness] of ASKED) if (history[asked] === 'yes') out.add(illness);
  if (liver === 'mild' || liver === 'moderate' || liver === 'severe')
    for (const illness of liverOf(liver)) out.add(illness);
  if (history.smoking === 'current') out.add('smoking');
  if (use?.personalAlcohol === 'yes') out.add('alcohol');
  if (use?.personalIllegal === 'yes' || use?.personalPrescription === 'yes') out.add('substanceUse');
  return [...out];
}

function taken(
  name: string,
  stopped: string | undefined,
  now: string,
): { readonly name: string; readonly stoppedDaysAgo?: number } {
  if (stopped === undefined) return { name };
  const days = Math.floor((Date.parse(now.slice(0, 10)) - Date.parse(stopped)) / DAY_MS);
  // A stop that lies ahead, or on a day nobody can read, is a medicine still taken.
  return Number.isFinite(days) && days > 0 ? { name, stoppedDaysAgo: days } : { name };
}
