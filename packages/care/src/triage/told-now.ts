import { BOOK } from './phrase-book.ts';
import { speaksOfSelf } from './whose-symptom.ts';

/** Whether words of the course tell of this patient now: not denied, feared, advised, long ago, or somebody else's. Text is normalised. */
const NOT_SO = /(?:\b(?:not|never|no|nunca|denies|niega|without|sin)|n't)\b[^,.;!?\n]{0,12}$/;
/** Not yet, or only thought or read of. */
const TO_COME =
  /\b(?:i'll|he'll|she'll|will|going to|might|may|would|could (?:\w+ )?(?:last|become|spread|go)|can last|afraid|worried|scared|fear\w*|if|unless|until|so that|in case|hop(?:e|es|ing)|hopefully|wants?|goal|(?:i|he|she) (?:read|heard|saw|wonder)|google|leaflet|pamphlet|without (?:my |the |these )?(?:tablets|pills|medication|painkillers|drugs)|sin (?:mis |las )?(?:pastillas|medicinas)|temo|miedo|si|ojala|quiero|quisiera|gustaria|he leido|lei)\b/;
/** A story of once, in the past tense. */
const ONCE =
  /(?<!\b(?:since|over the|in the|for the|desde|desde el) )\b(?:last (?:year|spring|summer|autumn|winter)|as a (?:child|kid|teenager|student)|(?:when|while) i was|during (?:my|the) (?:\w+ )?pregnanc\w+|used to|in (?:19|20)\d\d|el ano pasado|de joven|cuando (?:estaba|era)|en (?:19|20)\d\d|back (?:at|to) work)\b|\b(?:years?|anos) (?:ago|atras),? (?:i|he|she|we) (?:was|had|spent|could)\b/;
const PAST =
  /\b(?:had|was|were|could|couldn't|got|suffered|spent|went|used to|back (?:at|to) work|tuve|tuvo|estuve|estuvo|tenia|podia|podian?)\b/;
/** "My sister's sciatica lasted two years." */
const HERS = /\b(?:my|mi) (?:[\w-]+ )?\w+'s (?:\w+ ){1,2}(?:lasted|was|had|went|ended|cleared|took)\b/;
const WAS = /\b(?:had|was|got|lost|needed|used|suffered|tuvo|estuvo|tenia|llevaba)\b/;
/** Nobody speaks here for a friend. */
const MYSELF = /\b(?:i|i'm|i've|me|yo|tengo|estoy|puedo)\b/;
const ACQUAINTANCE =
  /\b(?:my|our|mi|un|una|an?) (?:\w+ )?(?:friend|neighbou?r|colleague|boss|mate|cousin|amig[oa]|vecin[oa]|jef[ea]|prim[oa])\b/;

/** Another illness stops them. */
const OTHER_CAUSE =
  /\b(?:because of|due to|with|por) (?:(?:her|his|my|the|a|an|la|el|su|mi) )?(?:ms\b|multiple sclerosis|stroke|parkinson\w*|dementia|asthma|copd|heart|lungs?|weather|rain|esclerosis|ictus|corazon)|\b(?:because of|due to) (?:(?:her|his|my|a) )?(?:\w+ )?(?:knee|hip|ankle|rodilla|cadera)\b/;

/** No sentence is longer: a text of commas alone is not read to its ends at each of them. */
const LONGEST = 1000;
const STOPS = '.;!?\n';

/** The sentence that holds a place of a text, up to `LONGEST` letters to either side. */
export function sentenceAt(text: string, at: number): string {
  let to = at;
  while (to < text.length && to - at < LONGEST && !STOPS.includes(text.charAt(to))) to++;
  return text.slice(sentenceStart(text, at), to);
}

function sentenceStart(text: string, at: number): number {
  let from = at;
  while (from > 0 && at - from < LONGEST && !STOPS.includes(text.charAt(from - 1))) from--;
  return from;
}

/** What stands before a place in its own clause: a comma ends one, but not before "and". */
function clauseBefore(text: string, at: number): string {
  const sentence = text.slice(sentenceStart(text, at), at);
  let comma = sentence.lastIndexOf(', ');
  while (comma > 0 && /^and\b/.test(sentence.slice(comma + 2, comma + 6)))
    comma = sentence.lastIndexOf(', ', comma - 1);
  return comma < 0 || /^and\b/.test(sentence.slice(comma + 2, comma + 6))
    ? sentence
    : sentence.slice(comma + 2);
}

/** Words that may be told of once, or of what may come: for lengths and places, which denial treats on its own. */
export function isOfNow(text: string, at: number): boolean {
  const sentence = sentenceAt(text, at);
  if (/^[^.;!\n]*\?/.test(text.slice(at, at + LONGEST)) || OTHER_CAUSE.test(sentence)) return false;
  const clause = clauseBefore(text, at);
  if (ACQUAINTANCE.test(sentence) && !MYSELF.test(clause)) return false;
  if ((ONCE.test(sentence) && PAST.test(sentence)) || HERS.test(sentence)) return false;
  return !(TO_COME.test(clause) || BOOK.hypothetical.test(clause) || BOOK.hedgesBefore.test(clause));
}

/** The same of an act, which may be denied or another's too. */
export function tellsOfNow(text: string, at: number, length: number): boolean {
  const clause = clauseBefore(text, at);
  const words = text.slice(at, at + length);
  if (NOT_SO.test(clause) || !isOfNow(text, at)) return false;
  // "My wife has to put my socks on" tells of me.
  if (/\b(?:my|me|mi|mis)\b/.test(words)) return true;
  const other = BOOK.anotherPerson.exec(`${clause}${words.split(' ')[0]}`);
  return other === null || !(speaksOfSelf(text) || WAS.test(other[0]) || ACQUAINTANCE.test(other[0]));
}
