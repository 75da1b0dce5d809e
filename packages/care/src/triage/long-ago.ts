import { isHistory, type PhraseBook, type TextConcept } from './concept.ts';
import { clauseOf, type SaidPlace } from './said-place.ts';

/** Whether words tell of what is long over, or has been there for years and is no different now. A history stays true however old it is. */
export function isLongAgo({ itself, after, sentence, concept, book }: SaidPlace): boolean {
  // What once was in the blood may sit in a disc for months.
  const deep =
    concept === 'infection-source' &&
    IN_THE_BLOOD.test(itself) &&
    !/\b(?:year(?![- ]old)|ano|child)/.test(sentence);
  if (!deep) {
    // "I sweat so much, I had an infection in spring": the date is that of the second.
    const dated = concept === 'fever' && ANOTHER_EVENT.test(after) ? clauseOf(sentence, itself) : sentence;
    if (EVENTS.includes(concept) && LONG_GONE.test(dated)) return true;
    // "On tablets for years, sat down hard": a blow has the time of its own clause.
    const spoken = concept.endsWith('trauma') ? clauseOf(sentence, itself) : sentence;
    const fades = !isHistory(concept) || concept === 'infection-source';
    if (fades && (isOld(spoken, concept, book) || (concept !== 'progression' && settledThen(sentence))))
      return true;
  }
  return concept.endsWith('trauma') && UNHARMED.test(after);
}

/** It was, and it went: "an episode of frequency last year, which resolved with antibiotics". */
function settledThen(sentence: string): boolean {
  const longGone = LONG_GONE.test(sentence) || (IN_A_YEAR.test(sentence) && !THERE_AGAIN.test(sentence));
  return longGone && SETTLED_THEN.test(sentence);
}

/** What happened once matters while it is recent. */
const EVENTS: readonly TextConcept[] = [
  'severe-trauma',
  'minor-trauma',
  'infection-source',
  'fever',
  'unwell',
  'rash',
];

const IN_THE_BLOOD = /endocarditis|sepsis|septic|bacter\w+mia|tubercul|osteomyelitis|discitis/;

const ANOTHER_EVENT = /^[^.;!?\n,]*, (?:and )?(?:i|he|she) had\b/;

const LONG_GONE =
  /(?<!since |desde )\b(?:(?:in|en) (?:january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b[^.;!?\n]{0,30}\b(?:all gone|all clear|well (?:after|again|since)|gone|cleared|recovered|recuperad[oa]|over|healed|resolved|all better|curad[oa]|se (?:me )?(?:paso|quito))|se (?:me |le )?(?:quito|paso|fue)\b[^.;!?\n]{0,40}\bhace \w+|last (?:year|spring|summer|autumn|winter|christmas|easter)|in (?:the )?(?:spring|summer|autumn|winter)|in (?:(?:his|her|my|early|late) )*(?:adolescence|childhood|youth|infancy|teens|twenties|thirties)|en la (?:adolescencia|infancia|juventud|ninez)|a los (?:\w+) anos(?! de)|a los (?:veinte|treinta|cuarenta|cincuenta|dieci\w+|veinti\w+|quince|[1-5]\d)\b(?! (?:minutos|dias|meses|semanas|horas|segundos|grados|metros|kilos))|a year ago|as a (?:child|kid|baby|lad|boy|girl|teenager|student)|when (?:i|he|she) was(?: about| only| just)? (?:[1-3]?\d|little|young|small|at school|a (?:child|kid|boy|girl|baby|teenager|student)|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)\b(?! ?(?:weeks|months))|at (?:(?:the )?age (?:of )?(?:[1-3]?\d|\w+)|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)\b(?! ?(?:o.clock|am\b|pm\b|mph|miles|metres|last|this|every|past|degrees))|de (?:nin[oa]|pequen[oa])|\d+ years? ago|(?:[4-9]|1\d|2\d) months ago|several months ago|many months ago|el ano pasado|hace (?:un ano|\d+ anos|(?:[4-9]|1\d) meses))\b/;
const SETTLED_THEN =
  /\b(?:resolved|recovered|recovery|settled|cleared|subsided|got better|all came back|(?:steady|fine|stable) ever since|se resolvio|cedio|curo|recuper\w+|qued[eo] (?:\w+ )?bien|sin secuelas)\b/;
/** A year that is past. */
const IN_A_YEAR = /(?<!since |desde )\b(?:in|en|el) (?:19\d\d|20[01]\d|202[0-3])\b/;

const THERE_AGAIN =
  /\b(?:now|again|today|yesterday|this (?:week|month|morning)|last (?:week|night)|lately|recently|worse|ahora|otra vez|de nuevo|hoy|ayer|peor)\b/;

const UNHARMED =
  /^[^.;!?\n]{0,25}\b(?:without (?:any )?(?:trouble|problems?|harm|injury|hurting)|unhurt|unharmed|uninjured|sin (?:hacer(?:me|se) dano|consecuencias))\b/;

/** There for years and the same as ever; not when anything in the sentence is new, and never the growth of something. */
function isOld(sentence: string, concept: TextConcept, book: PhraseBook): boolean {
  if (concept === 'progression' || concept === 'pulsatile' || concept === 'spinal-needle') return false;
  // Whoever has thought of dying for years thinks of it now; what was done long ago is history.
  if (concept === 'self-harm' && !DONE_LONG_AGO.test(sentence)) return false;
  // A leg of polio is weak for life, however lately it was measured.
  if (POLIO.test(sentence)) return true;
  if (!book.longSince.test(sentence)) return false;
  return !book.freshly.test(sentence.replace(new RegExp(book.longSince, 'g'), ' '));
}

const POLIO = /^(?!.*\b(?:worse\w*|weaker|new(?:ly)?|peor|nuev[oa])\b).*\bpolio(?:myelitis|mielitis)?\b/;
const DONE_LONG_AGO =
  /\b(?:(?:years?|decades) ago|in (?:19|20)\d\d|as a (?:child|teen\w*|young)|in my (?:teens|twenties)|hace (?:\w+ )?anos)\b/;
