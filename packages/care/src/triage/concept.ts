/** What free text can raise. A hit raises a flag or a question; it never clears one. */
const TEXT_CONCEPTS = [
  'saddle',
  'bladder',
  'retention',
  'bowel',
  'sexual',
  'bilateral',
  'weakness',
  'severe-weakness',
  'progression',
  'cauda-equina',
  'vertebral-fracture',
  'cord',
  'fever',
  'raised-markers',
  'unwell',
  'sudden-onset',
  'systemic-alarm',
  'weight-loss',
  'cancer',
  'severe-trauma',
  'minor-trauma',
  'steroids',
  'osteoporosis',
  'intravenous-drugs',
  'immunosuppression',
  'diabetes',
  'infection-source',
  'leg-numbness',
  'heavy-legs',
  'claudication',
  'spinal-needle',
  'blood-thinner',
  'sudden-severe-pain',
  'night-pain',
  'pulsatile',
  'cold-limb',
  'arterial-claudication',
  'morning-stiffness',
  'better-moving',
  'worse-resting',
  'spondyloarthritis',
  'rash',
  'self-harm',
  'overdose',
  'withdrawal',
  'anaphylaxis',
  'dural-leak',
  'clot',
  'clot-lung',
  'neck-artery',
  'bleeding',
  'serotonin',
  'adrenal',
] as const;
export type TextConcept = (typeof TEXT_CONCEPTS)[number];

const HISTORY: readonly TextConcept[] = [
  'cancer',
  'osteoporosis',
  'steroids',
  'intravenous-drugs',
  'immunosuppression',
  'diabetes',
  'infection-source',
];
/** What can be a relative's, and stays true when it is years ago. */
export const isHistory = (concept: TextConcept): boolean => HISTORY.includes(concept);

/**
 * How a phrase stands in its clause. `hedged`: feared, guessed, somebody else's, or said to be just over - asked about.
 * `hypothetical`: what to watch for, read or heard of; `old`: there for years and no different now. Both raise nothing, and like a
 * denial clear nothing: the question stays open.
 */
export type Assertion = 'affirmed' | 'negated' | 'hedged' | 'hypothetical' | 'old';

export interface TextHit {
  readonly concept: TextConcept;
  readonly assertion: Assertion;
  /** Where in the case the words stand, for example `intake.symptoms.freeText`. */
  readonly path: string;
  /** The words found, as the reader normalised them. */
  readonly quote: string;
}

export interface Phrase {
  readonly concept: TextConcept;
  /** Matched against lower-case text without accents, apostrophes as `'`. */
  readonly pattern: RegExp;
}

/** A language: its phrases and the words by which it denies, hedges, or ends a clause. */
export interface PhraseBook {
  readonly phrases: readonly Phrase[];
  readonly negators: RegExp;
  /** Looks like a denial and is none: "not only", "no change in". */
  readonly falseNegators: RegExp;
  /** Denies a whole list across commas: "denies", "sin". */
  readonly listNegators: RegExp;
  readonly listJoiners: RegExp;
  readonly clauseEnds: RegExp;
  readonly hedgesBefore: RegExp;
  /** Advice and hearsay: "come back if you get", "watch for". "If I cough I leak" is not one. */
  readonly hypothetical: RegExp;
  /** Concepts of history can belong to a relative. */
  readonly relatives: RegExp;
  /** Said after the phrase: "is normal", "is fine". */
  readonly normalAfter: RegExp;
  readonly overAfter: RegExp;
  /** In the sentence: there for years, since childbirth, the same as ever. */
  readonly longSince: RegExp;
  /** In the sentence beside `longSince`: and yet something is new about it. */
  readonly freshly: RegExp;
  /** Somebody else is the subject: "my mother had". */
  readonly anotherPerson: RegExp;
  /** Sayings and names that only look like a sign. */
  readonly idioms: RegExp;
  /** After "never had X": "like this", "before" - then it is there now. */
  readonly newAfter: RegExp;
}
