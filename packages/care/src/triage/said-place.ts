import type { PhraseBook, TextConcept } from './concept.ts';
import { everyMatch } from './every-match.ts';

/** Letters to either side of some words in which anything can speak about them. */
export const FURTHEST = 90;

/** Words found in a text, and what stands around them. */
export interface SaidPlace {
  readonly text: string;
  readonly at: number;
  readonly concept: TextConcept;
  readonly book: PhraseBook;
  readonly itself: string;
  /** From the start of their clause. */
  readonly before: string;
  readonly after: string;
  /** Their sentence, as far as it is about them. */
  readonly sentence: string;
}

export function saidPlace(
  text: string,
  at: number,
  length: number,
  concept: TextConcept,
  book: PhraseBook,
): SaidPlace {
  return {
    text,
    at,
    concept,
    book,
    itself: text.slice(at, at + length),
    before: text.slice(clauseStart(text, at, book), at),
    after: text.slice(at + length, at + length + FURTHEST),
    sentence: sentenceAround(text, at, length),
  };
}

/** Start of the clause that holds `at`. */
function clauseStart(text: string, at: number, book: PhraseBook): number {
  const from = Math.max(0, at - FURTHEST);
  // A little beyond, because a clause may be known to end only by the word that follows ("y se me escapa").
  const near = text.slice(from, at + 20);
  let start = 0;
  for (const end of everyMatch(near, book.clauseEnds)) {
    const stop = end.index + end[0].length;
    if (from + stop <= at) start = stop;
  }
  return from + start;
}

/** The part of a sentence between commas that holds some words. */
export const clauseOf = (sentence: string, words: string): string =>
  sentence.split(',').find((c) => c.includes(words)) ?? sentence;

export const sentenceBefore = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - 2 * FURTHEST), at)
    .split(/[.;!?\n]/)
    .at(-1) ?? '';

/** The sentence that holds `at`, as far as anything in it can speak about that place. */
function sentenceAround(text: string, at: number, length: number): string {
  const before = text.slice(Math.max(0, at - 2 * FURTHEST), at);
  const after = text.slice(at + length, at + length + 2 * FURTHEST);
  const words = text.slice(at, at + length);
  return `${before.split(NEXT_STORY).at(-1) ?? ''}${words}${after.split(NEXT_STORY)[0] ?? ''}`;
}

/** Ends what a "for years" speaks of: "osteoporosis for years, and when I coughed" are two stories. */
const NEXT_STORY =
  /[.;!?\n]|,? \b(?:and|but|y|pero|e)\b (?=(?:when|then|after|while|one day|cuando|luego|despues|al)\b)|, ?now (?=(?:\w+ ){0,2}(?:back|pain)\b)|, and (?=there(?:'s| is| are)\b)/;
