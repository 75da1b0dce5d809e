import { because as cite, EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { PatientCase, Reason, YesNo } from '@foramen/spine';
import { intakeSchema } from '@foramen/spine';
import { distance } from 'fastest-levenshtein';
import { ageOf, because, intakeFact, type Seen } from '../facts.ts';
import type { TextConcept, TextHit } from './concept.ts';
import { progressiveWeakness } from './free-text.ts';
import { freeTexts, hitsIn, textsSetAside } from './intake-text.ts';
import { normaliseText } from './phrase-book.ts';
import { type HeardAgain, heardAgain } from './second-hearing.ts';

/** One question of triage: yes, no, or open. `hedged` words leave it open and worth asking again. */
export interface Sign {
  readonly answer: boolean | undefined;
  readonly reasons: readonly Reason[];
  /** Set when the words and the ticked answer disagree, or the words are uncertain. */
  readonly doubt: boolean;
}

/** What triage reads: the case, its free text read once, and the evidence base to cite. */
export interface TriageInput {
  readonly patient: PatientCase;
  readonly hits: readonly TextHit[];
  /** What the learned reader heard beside the rules; it asks, never decides. */
  readonly again: readonly HeardAgain[];
  readonly base: EvidenceBase;
}

export function triageInput(patient: PatientCase, base: EvidenceBase = EVIDENCE): TriageInput {
  // Words that came with a signal since the last plan count like the patient's own.
  const signals = patient.signals.map((signal, i) => ({ text: signal.text, path: `signals[${i}].text` }));
  const told = patient.intake?.symptoms?.freeText;
  const spoken = [
    ...(told === undefined ? [] : [{ text: told, path: 'intake.symptoms.freeText' }]),
    ...signals,
  ];
  const texts = [...freeTexts(patient.intake), ...textsSetAside(patient), ...signals];
  const hits = texts.flatMap((t) => hitsIn(t.text, t.path));
  const again = texts.flatMap((t) => heardAgain(t.text, t.path));
  const grows = spoken.flatMap((t) => progressiveWeakness(t.text, t.path) ?? []);
  return {
    patient,
    // A bare "worse" says nothing by itself: progression counts only where it is tied to weakness.
    hits: [...hits.filter((h) => h.concept !== 'progression'), ...grows],
    again,
    base,
  };
}

/** "I am 79", "72 yo": used where no age was given. */
const TOLD_AGE =
  /\b(?:i am|i'm|im|aged|at(?= \d\d (?:i|he|she)\b)|tengo|(?:mum|mom|mother|dad|father|wife|husband|gran\w*|nan|aunt|uncle|patient|he|she|madre|padre|mama|papa|abuel[oa]|ti[oa]|suegr[oa]|senora?|marido|mujer)(?: is|,| tiene| de|:)?|(?:he|she)'s|tiene) (\d{1,2})\b(?! ?(?:weeks?|months?|days?|min\w*|hours?|%|kg|kilos?|stone|st\b|lbs?|cm|out of|semanas|meses|dias|horas))|\b(\d{1,2})[- ]?(?:[mf]\b(?! ?(?:\/|fall|drop|high))|yo\b|y\/o\b|yrs? old|years? (?:old|young)|year[- ]old|anos\b)|(?:^ ?|\b(?:client|resident|lady|gentleman|female|male|caller)(?: is|,| aged)? )([2-9]\d)(?=[,.;] |$| (?:had|has|fell|with|who))|, ([6-9]\d)(?=,|\.| ?$)|(?<!\b(?:for|past|last|over|these|since) )([6-9]\d) ?(?:yrs?|years)(?=[,.;]|$)/;

/** Age in years: as given, else as told in the patient's own words. */
export function ageIn(input: TriageInput): Seen<number> | undefined {
  const given = ageOf(input.patient);
  if (given !== undefined) return given;
  const path = 'intake.symptoms.freeText';
  const words = input.patient.intake?.symptoms?.freeText;
  if (words === undefined || !/\d/.test(words)) return undefined;
  const told = TOLD_AGE.exec(normaliseText(words));
  const years = told?.[1] ?? told?.[2] ?? told?.[3] ?? told?.[4] ?? told?.[5];
  return years === undefined || / hace$/.test(told!.input.slice(0, told!.index))
    ? undefined
    : { value: Number(years), path, shown: told![0] };
}

export const evidence = (input: TriageInput, id: string): Reason => cite(id, input.base);

export function hitReason(hit: TextHit): Reason {
  return { kind: 'fact', path: hit.path, text: `in free text: "${hit.quote}"` };
}

export function affirmed(input: TriageInput, ...concepts: readonly TextConcept[]): readonly TextHit[] {
  return input.hits.filter((h) => h.assertion === 'affirmed' && concepts.includes(h.concept));
}
export function hedged(input: TriageInput, ...concepts: readonly TextConcept[]): readonly TextHit[] {
  return input.hits.filter((h) => h.assertion === 'hedged' && concepts.includes(h.concept));
}

/**
 * Joins a ticked answer with what the words say. Words can turn open or "no" into yes (with doubt); words never turn
 * anything into "no".
 */
export function sign(
  input: TriageInput,
  facts: readonly (Seen<unknown> | undefined)[],
  isYes: (value: unknown) => boolean,
  ...concepts: readonly TextConcept[]
): Sign {
  const known = facts.filter((f) => f !== undefined);
  const yes = known.filter((f) => isYes(f.value));
  const words = affirmed(input, ...concepts);
  if (yes.length > 0 || words.length > 0) {
    return {
      answer: true,
      reasons: [...yes.map(because), ...words.map(hitReason)],
      doubt: yes.length === 0 && known.length > 0,
    };
  }
  const doubts = hedged(input, ...concepts);
  if (doubts.length > 0) return { answer: undefined, reasons: doubts.map(hitReason), doubt: true };
  if (known.length > 0) return { answer: false, reasons: known.map(because), doubt: false };
  return { answer: undefined, reasons: [], doubt: false };
}

const isYesAnswer = (v: unknown): boolean => v === 'yes';

type SymptomKey =
  | 'saddleNumbness'
  | 'bladderDysfunction'
  | 'urinaryRetention'
  | 'bowelDysfunction'
  | 'sexualDysfunction'
  | 'bilateralLegSymptoms'
  | 'weaknessReported'
  | 'weaknessProgressive'
  | 'fever'
  | 'weightLoss'
  | 'nightPain';

/** A yes/no symptom joined with the words for it. */
export function symptom(input: TriageInput, key: SymptomKey, ...concepts: readonly TextConcept[]): Sign {
  const read = sign(input, [intakeFact(input.patient, 'symptoms', key)], isYesAnswer, ...concepts);
  const unclear = unclearAnswer(input.patient, key);
  // "Maybe" is no answer of the form: it is asked about, never let go.
  return read.answer === undefined && unclear !== undefined
    ? { answer: undefined, reasons: [...read.reasons, because(unclear)], doubt: true }
    : read;
}

/** Words that say that nothing was said, or no. */
const SAYS_NOTHING =
  /^\W*(?:no|n|none|never|nil|nunca|false|0|unknown|desconocid\w*|n\/?a|not (?:known|asked|assessed|applicable|tested|recorded|present)|no (?:se|sabe|consta)\b.*|\?*)\W*$/i;

/** Names of the questions that the form has. */
const QUESTIONS: Readonly<Record<string, unknown>> = intakeSchema.shape.symptoms.unwrap().shape;
/** Letters that a mistyped name may differ by. */
const SLIP = 2;

/** "bladderDisfunction": an answer under a name that is nearly that of the question, and is no question of its own. */
function misspeltAnswer(patient: PatientCase, key: SymptomKey): Seen<string> | undefined {
  const symptoms = patient.intake?.symptoms as Readonly<Record<string, unknown>> | undefined;
  if (symptoms === undefined || symptoms[key] !== undefined) return undefined;
  for (const [name, value] of Object.entries(symptoms)) {
    const given = value === true ? 'yes' : value;
    if (typeof given !== 'string' || SAYS_NOTHING.test(given) || name in QUESTIONS) continue;
    const near =
      name.startsWith(key.slice(0, -SLIP)) ||
      key.startsWith(name) ||
      distance(name.toLowerCase(), key.toLowerCase()) <= SLIP;
    if (near && name.length >= 6)
      return { value: given, path: `intake.symptoms.${key}`, shown: `${name}: ${given}` };
  }
  return undefined;
}

/** What was given for a symptom and could not be read as yes, no or unknown ("maybe", "a bit", "sometimes"). */
function unclearAnswer(patient: PatientCase, key: SymptomKey): Seen<string> | undefined {
  const misspelt = misspeltAnswer(patient, key);
  if (misspelt !== undefined) return misspelt;
  const aside = patient.setAside?.find((s) => s.path === `intake.symptoms.${key}`);
  if (typeof aside?.value !== 'string' || SAYS_NOTHING.test(aside.value)) return undefined;
  return { value: aside.value, path: aside.path, shown: aside.value };
}

type HistoryKey =
  | 'cancer'
  | 'osteoporosis'
  | 'longTermSteroids'
  | 'immunosuppression'
  | 'diabetes'
  | 'intravenousDrugUse'
  | 'recentInfectionOrProcedure'
  | 'vascularDisease';

export function pastHistory(input: TriageInput, key: HistoryKey, ...concepts: readonly TextConcept[]): Sign {
  return sign(input, [intakeFact(input.patient, 'history', key)], isYesAnswer, ...concepts);
}

/** A drug on the list by generic name; a drug with a stop date before `now` is not current. */
export function takes(input: TriageInput, names: RegExp): readonly Seen<string>[] {
  return (input.patient.intake?.medications ?? []).flatMap((m, i) =>
    names.test(m.name.toLowerCase()) &&
    !(m.stopped !== undefined && m.stopped < input.patient.now.slice(0, 10))
      ? [{ value: m.name, path: `intake.medications[${i}].name` }]
      : [],
  );
}

/** Adds further facts that make a sign positive (a drug on the list, an examination finding). */
export function orFacts(first: Sign, extra: readonly Seen<unknown>[]): Sign {
  return extra.length === 0
    ? first
    : {
        answer: true,
        reasons: [...(first.answer === true ? first.reasons : []), ...extra.map(because)],
        doubt: false,
      };
}

export type { YesNo };
