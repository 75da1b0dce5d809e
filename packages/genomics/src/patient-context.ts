import type { Intake } from '@foramen/spine';
import type { PatientContext } from './medicines.ts';

const DAY_MS = 86_400_000;

/**
 * What an intake says that bears on drugs: present and recently stopped medicines, kidneys, stomach, heart, pregnancy, age, allergies, ancestry. `now`
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
    ...answered('ulcerOrGiBleed', history?.ulcerOrGiBleed),
    ...answered('heartFailure', history?.heartFailure),
    ...answered('pregnant', history?.pregnancy),
    ...(person?.ancestry === undefined ? {} : { ancestry: person.ancestry }),
  };
}

function answered<K extends string>(
  key: K,
  answer: 'yes' | 'no' | 'unknown' | undefined,
): { readonly [key in K]?: boolean } {
  return answer === 'yes' || answer === 'no' ? ({ [key]: answer === 'yes' } as { [key in K]: boolean }) : {};
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
