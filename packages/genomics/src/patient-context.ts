import type { Intake } from '@foramen/spine';
import { type Illness, liverOf, namedIllnesses } from './illness.ts';
import type { PatientContext } from './medicines.ts';

const DAY_MS = 86_400_000;

/** Five half-lives of 38.6 h by which the enzyme falls back after the last cigarette (Faber & Fuhr 2004, doi:10.1016/j.clpt.2004.04.003). */
const CYP1A2_WASHOUT_DAYS = 8;

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
    ...(history === undefined ? {} : { illnesses: illnessesOf(history, now) }),
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
function illnessesOf(history: NonNullable<Intake['history']>, now: string): readonly Illness[] {
  const { liverDisease: liver, substanceUse: use } = history;
  const out = new Set<Illness>(namedIllnesses(history.conditions ?? []));
  for (const [asked, illness] of ASKED) if (history[asked] === 'yes') out.add(illness);
  if (liver === 'mild' || liver === 'moderate' || liver === 'severe')
    for (const illness of liverOf(liver)) out.add(illness);
  for (const state of smokeOf(history, now)) out.add(state);
  if (use?.personalAlcohol === 'yes') out.add('alcohol');
  if (use?.personalIllegal === 'yes' || use?.personalPrescription === 'yes') out.add('substanceUse');
  return [...out];
}

/** Whether smoke acts on the liver's enzymes now, or did until a few days ago. A last cigarette that lies ahead is still to be smoked. */
function smokeOf(
  { smoking, smokingStopped }: NonNullable<Intake['history']>,
  now: string,
): readonly ('smoking' | 'smokingStopped')[] {
  if (smoking === 'current') return ['smoking'];
  if (smoking === 'never' || smokingStopped === undefined) return [];
  const days = daysSince(smokingStopped, now);
  if (days < 0) return ['smoking'];
  return days < CYP1A2_WASHOUT_DAYS ? ['smokingStopped'] : [];
}

const daysSince = (day: string, now: string): number =>
  Math.floor((Date.parse(now.slice(0, 10)) - Date.parse(day)) / DAY_MS);

function taken(
  name: string,
  stopped: string | undefined,
  now: string,
): { readonly name: string; readonly stoppedDaysAgo?: number } {
  if (stopped === undefined) return { name };
  const days = daysSince(stopped, now);
  // A stop that lies ahead, or on a day nobody can read, is a medicine still taken.
  return Number.isFinite(days) && days > 0 ? { name, stoppedDaysAgo: days } : { name };
}
