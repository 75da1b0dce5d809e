import { type Assertion, isHistory, type PhraseBook } from './concept.ts';
import { everyMatch } from './every-match.ts';
import { FURTHEST, type SaidPlace } from './said-place.ts';

/** Words that are denied, before or behind them; `hedged` where what was there is said to be well again only lately. */
export function denialOf({
  text,
  at,
  itself,
  before,
  after,
  concept,
  book,
}: SaidPlace): Assertion | undefined {
  const blanked = before.replace(book.falseNegators, (m) => '#'.repeat(m.length));
  let negated = false;
  for (const m of everyMatch(blanked, book.negators)) {
    const between = blanked.slice(m.index + m[0].length);
    negated = reaches(m[0], between, `${itself}${after}`, book);
  }
  if (negated && book.newAfter.test(after)) negated = false;
  // "No ... ni siento la vejiga": the second denial is the complaint itself.
  if (text.startsWith('ni ', at)) negated = false;
  // "Cancer in 2019, scans were fine": tests that were clear do not undo a history.
  const normal = isHistory(concept) && TESTS_WERE.test(after) ? null : book.normalAfter.exec(after);
  if (!negated && normal !== null && !/\b(?:not?|no)\b/.test(normal[0].slice(0, 30)))
    // "Could not pee for twelve hours, today it is fine": it was there, and lately.
    return LATELY_WELL.test(normal[0]) ? 'hedged' : 'negated';
  return negated || deniedFromAfar(text, at, book) || deniedBehind(itself, after) ? 'negated' : undefined;
}

const TESTS_WERE =
  /^[^.;!?\n]{0,25}, (?:(?:the|my|his|her|all) )?(?:scans?|tests?|bloods?|checks?|follow-?ups?)\b/;
const LATELY_WELL = /\b(?:today|now|since|again|this (?:morning|week)|hoy|ahora|ya)\b/;

function deniedBehind(itself: string, after: string): boolean {
  const absent = ABSENT.exec(after);
  return (
    NOTHING_AFTER.test(after) ||
    /^[^.,;:!?\n]{0,20}?\b(?:excluded|ruled out)\b/.test(after) ||
    (LISTED_NO.test(after) && !ENDS_DENIED.test(itself)) ||
    SAID_FINE.test(itself) ||
    NOT_MINE.test(after) ||
    NONE_OF_THEM.test(after) ||
    ALL_NO.test(after) ||
    (absent !== null && !GOOD_THING.test(`${itself}${absent[0]}`))
  );
}

/** A denial reaches over a comma only within a list: "no fever, chills or sweats", never "no fever, numb since Monday". */
function reaches(negator: string, between: string, rest: string, book: PhraseBook): boolean {
  if (!between.includes(',')) return between.split(' ').length <= 9;
  // "Does not ease lying down, with shivers": what comes with it is there.
  if (ANOTHER_SUBJECT.test(between) || /, (?:con|with) $/.test(between)) return false;
  if (book.listNegators.test(negator)) return true;
  // "no fever, numb between the legs" and "no fever, my foot drops" start a new statement.
  if (NEW_STATEMENT.test(rest)) return false;
  const list = `${between}${rest.split(/[.;:!?\n]/)[0] ?? ''}`;
  const items = list.split(/,|\b(?:and|or|nor|y|o|ni|u|e)\b/);
  return (
    book.listJoiners.test(list) &&
    items.every((item, i) => item.trim().split(' ').length <= (i === 0 ? 7 : 5))
  );
}
/** "Denies saddle anaesthesia, sphincter disturbance, fever, ... or trauma": one denial, however long its list. */
function deniedFromAfar(text: string, at: number, book: PhraseBook): boolean {
  let from = at;
  while (from > 0 && !ENDS_LIST.has(text[from - 1]!)) {
    from -= 1;
    if (at - from > LONGEST_LIST) return false;
  }
  const sentence = text.slice(from, at);
  return (
    sentence.length > FURTHEST &&
    !ANOTHER_SUBJECT.test(sentence) &&
    FROM_AFAR.test(sentence) &&
    sentence.match(book.clauseEnds) === null
  );
}

/** No list of what is not there is longer, in characters; words that never come to a stop are no list. */
const LONGEST_LIST = 1000;

const ENDS_LIST = new Set('.;:!?\n');

const FROM_AFAR =
  /^ ?(?:(?:he|she|patient|also|currently) )*(?:denies|denied|denying|negative for|niega|no history of|absence of)\b/;

/** "While he denies incontinence, he acknowledges": what follows is told, not denied. */
const ANOTHER_SUBJECT =
  /, (?:but |yet |and |while )?(?:he|she|it|they|i|there|the patient|ella|el paciente|la paciente) (?!denie|neither|nor|or\b)\w+|, (?:it's|they're|i'm|he's|she's|i've) (?!not\b|n[o']t\b)\w+|, (?:y )?(?:me (?:dan?|sube|entra|viene|salen?)|tengo|amanezco|ando con|(?:i|he|she) (?:get|gets|keep|keeps|wake|wakes))\b/;

const NEW_STATEMENT =
  /^(?:numb\b|can\b|can't|cannot|i\b|i'm|my\b|lost\b|losing|los[et]|no\b|not\b|un(?:able)|tengo|noto|siento|se (?:me|le)|me\b|he\b|perdi|pierdo|dormid|adormecid)/;

/** "No control over it, none": the denial is the complaint. */
const ENDS_DENIED =
  /\b(?:no|without|zero|lost|sin) (?:any |all )?(?:control|feeling|warning|sensation|say|sensibilidad)$/;

/** "Orino bien, nada dormido": what was found begins by calling it well. */
const SAID_FINE =
  /^(?:orino|orina|meo|camino|camina|peeing|weeing|i pee|i wee) (?:muy |perfectamente |all )?(?:bien|normal|fine|ok|perfecto)\b/;

/** "Numb saddle: no", "fever denied"; "numbness absent" but not "sensation absent". */
const LISTED_NO =
  /^[^.,;:!?\n]{0,40}?(?:\s*[:\u2013\u2014-]+\s*(?:no|n|none|nope|not (?:present|reported))|\b(?:denied|not reported|negative|neg|excluded|ruled out|not (?:seen|found|present|demonstrated|identified)|none seen|no|none|nil|descartad[oa]))(?=\s*(?:$|[.,;)/\n]|bilateral|on (?:both|either)|en amb))/;

/** "Saddle anaesthesia and retention, none present." */
const NONE_OF_THEM =
  /^[^.;!?\n]{0,80}[,:] ?(?:all (?:absent|denied|negative|no)|none (?:present|of (?:these|those|them|which)|reported|elicited|found|noted)|ningun[oa] presente|tod[oa]s negativ[oa]s)\b/;

/** "Any numbness, any accidents, both legs – no, no, all no." */
const ALL_NO = /^[^.;!?\n]{0,90}[\u2013\u2014-] ?(?:no\b[, ]*){2,}/;

/** "Numbness between the legs would be an emergency, I don't have that." */
const NOT_MINE =
  /^[^.;!?\n]{0,80}[,.;] (?:but |and |which |luckily )?(?:i|he|she|we) (?:do(?:es)? ?n[o']?t|have ?n[o']?t|has ?n[o']?t|have|had|has) (?:have |got |had |get )?(?:that|this|those|these|them|none of (?:that|this|those|these|them|it)|any of (?:that|this|those|these|them|it)|none)(?=\s*(?:$|[.,;!]))|^[^.;!?\n]{0,80}[,.;] (?:pero )?(?:yo )?no tengo (?:eso|nada de eso|ninguno de es[oa]s)\b/;

const ABSENT = /^[^.,;:!?\n]{0,40}?\babsent(?=\s*(?:$|[.,;)/\n]))/;

const GOOD_THING =
  /sensation|feeling|tone|reflex|touch|pulse|squeeze|power|urge|flexion|stream|sensacion|sensibilidad/;

/** "Sexual function: no change." */
const NOTHING_AFTER =
  /^[\s:,/\u2013\u2014-]{0,4}(?:(?:function|sensation|symptoms?|control|screen\w*|questions?|changes?)[\s:,/\u2013\u2014-]{1,3})?(?:(?:is|are|was|were) )?(?:no (?:change|issue|problem|concern|complaint|difficult|disturbance|deficit|abnormal|symptom)\w*|none\b|denie[sd]\b|negative\b|neg\b|not affected|unaffected|unremarkable|sin (?:cambios|alteraciones|problemas)|negativ[oa]\b)/;
