import type { Intake, PatientCase } from '@foramen/spine';
import type { TextConcept, TextHit } from './concept.ts';
import { readText } from './free-text.ts';

/** Keys whose strings are codes, names or dates, never a patient's or clinician's sentence. */
const CODED =
  /^(?:schema|date|started|stopped|birthDate|name|language|side|region|instrument|code|system|id)$/;

/** Answers from fixed lists; nothing to read in them. */
const CHOICES = new Set(
  'yes no unknown none present left right bilateral midline normal reduced absent brisk positive negative never former current better same worse minor severe sudden gradual injury improving stable worsening fluctuating light moderate heavy not-working female male primary specialist emergency'.split(
    ' ',
  ),
);

function strings(value: unknown, path: string, key: string, out: { path: string; text: string }[]): void {
  if (typeof value === 'string') {
    if (!CODED.test(key) && !CHOICES.has(value) && /[a-z]/i.test(value)) out.push({ path, text: value });
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => {
      strings(item, `${path}[${i}]`, key, out);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [k, v] of Object.entries(value)) strings(v, `${path}.${k}`, k, out);
  }
}

/** Every free answer of an intake with its place. */
export function freeTexts(
  intake: Intake | null,
): readonly { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = [];
  if (intake !== null) strings(intake, 'intake', '', found);
  return found;
}

/**
 * Red-flag phrases in every free answer of the intake: the patient's own words, goals, listed conditions, indications,
 * and text under keys that the schema does not know. English and Spanish are both tried, whatever language is stated.
 */
export function readIntakeText(intake: Intake | null): readonly TextHit[] {
  return freeTexts(intake).flatMap(({ path, text }) => hitsIn(text, path));
}

/** Phrases of one answer, read by where it stands. */
export function hitsIn(text: string, path: string): readonly TextHit[] {
  const hits = readText(text, path);
  const once = LISTED_REACTIONS.find(([list]) => list.test(path))?.[1];
  return once === undefined ? hits : hits.filter((hit) => !once.includes(hit.concept));
}

/**
 * Reactions that were, by the list that names them: "penicillin (anaphylaxis)", "aspirin: black stools" among the allergies. An illness that is listed
 * may be there now, but for a shock, which nobody lists while it happens.
 */
const LISTED_REACTIONS: readonly (readonly [RegExp, readonly TextConcept[]])[] = [
  [/^intake\.allergies\b/, ['anaphylaxis', 'rash', 'bleeding', 'serotonin', 'withdrawal']],
  [/^intake\.history\.conditions\b/, ['anaphylaxis']],
];

/** Sentences in answers that could not be used as given: a goal in place of the goals, a story in place of a code. */
export function textsSetAside(
  patient: PatientCase,
): readonly { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = [];
  for (const { path, value } of patient.setAside ?? []) strings(value, path, path.split('.').at(-1)!, found);
  return found;
}
