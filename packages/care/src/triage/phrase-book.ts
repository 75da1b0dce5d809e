import type { PhraseBook } from './concept.ts';
import { ENGLISH_PHRASES } from './grammar-en.ts';
import { SPANISH_PHRASES } from './phrases-es.ts';
import { plainly } from './register.ts';
import { inFull } from './shorthand.ts';
import { spelled } from './spelling.ts';

/** What a pure function of a text said lately: a plan asks "what if" many times over and the words stay the same. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    if (known.size >= 256) known.clear();
    const value = make(text);
    known.set(text, { value });
    return value;
  };
}

/** Lower case, without accents, short forms in full, red-flag words as they should be spelled; offsets need not match the original. */
export const normaliseText: (text: string) => string = remembered(normalised);

function normalised(text: string): string {
  return spelled(
    plainly(
      inFull(
        text
          .toLowerCase()
          .normalize('NFD')
          .replace(/[\u0300-\u036f]/g, '')
          .replace(/[\u2018\u2019\u201b`\u00b4]/g, "'")
          .replace(/[ \t\u00a0]+/g, ' ')
          .replace(/\r\n?/g, '\n')
          .replace(/[\u2193\u2b07]/g, ' reduced ')
          .replace(/[\u2191\u2b06]/g, ' increased ')
          // "Suicidal? No." is a denial; "can you feel it? no" is none.
          .replace(
            /(^|[.,;!?\n] ?)((?!(?:can|do|does|are|is|any better|puede|siente)\b)(?:[a-z-]+ ?){1,4})\? ?(?:no|nope|none|nah|never|nil|nada|para nada)(?=\s*(?:[.,;!\n]|$))(?<!\b(?:feel|control|hold|better|normal|ok|sensation|feeling|power|strength|continent|improv\w*|work\w*|relief|help\w*)\b[^.?!]{0,20}\? ?\w+)/g,
            '$1no $2',
          )
          // "Denies: fever, chills" is one denial.
          .replace(
            /\b(denies|denied|denying|niega|niegan|negative for|negativo para|no|nil|sin)\s*:\s*/g,
            '$1 ',
          ),
      ),
    ),
  ).replace(BOOK.idioms, (saying) => '#'.repeat(saying.length));
}

/** Either pattern; both keep their flags, which must be the same. */
const either = (a: RegExp, b: RegExp): RegExp => new RegExp(`(?:${a.source})|(?:${b.source})`, a.flags);

/**
 * People mix languages and many medical words are the same in both, so phrases are looked for in all of them and a word
 * that denies or hedges counts in whichever language it stands.
 */
function merged(a: PhraseBook, b: PhraseBook): PhraseBook {
  return {
    phrases: [...a.phrases, ...b.phrases],
    negators: either(a.negators, b.negators),
    falseNegators: either(a.falseNegators, b.falseNegators),
    listNegators: either(a.listNegators, b.listNegators),
    listJoiners: either(a.listJoiners, b.listJoiners),
    clauseEnds: either(a.clauseEnds, b.clauseEnds),
    hedgesBefore: either(a.hedgesBefore, b.hedgesBefore),
    hypothetical: either(a.hypothetical, b.hypothetical),
    relatives: either(a.relatives, b.relatives),
    normalAfter: either(a.normalAfter, b.normalAfter),
    overAfter: either(a.overAfter, b.overAfter),
    longSince: either(a.longSince, b.longSince),
    freshly: either(a.freshly, b.freshly),
    anotherPerson: either(a.anotherPerson, b.anotherPerson),
    idioms: either(a.idioms, b.idioms),
    newAfter: either(a.newAfter, b.newAfter),
  };
}
/** All languages at once. */
export const BOOK = merged(ENGLISH_PHRASES, SPANISH_PHRASES);
