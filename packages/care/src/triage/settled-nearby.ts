import { type Assertion, isHistory, type PhraseBook, type TextConcept } from './concept.ts';
import { saidAnywhere } from './said-anywhere.ts';
import { FURTHEST, type SaidPlace, sentenceBefore } from './said-place.ts';
import { KIN, speaksOfSelf } from './whose-symptom.ts';

/**
 * What the next sentences, or the whole story of one sentence, make of words that sound alarming in their own clause: there as ever, gone for
 * good, another person's told at length, or a manner of speaking. Undefined where they settle nothing. A history stays true, growth stays growth.
 */
export function settledNearby(place: SaidPlace): Assertion | undefined {
  const { concept, sentence, itself, book } = place;
  if (isHistory(concept) || concept === 'progression' || concept === 'self-harm') return undefined;
  if (ofTheOneNamed(place) || ofOneHeardOf(place)) return 'hypothetical';
  // A bug or a laxative takes everybody by surprise once; with child the bladder has no room.
  if (concept === 'bowel' && UPSET.test(sentence)) return 'hedged';
  if (concept === 'bladder' && WITH_CHILD_NOW.test(sentence) && OF_EFFORT.test(sentence)) return 'hedged';
  if (inJest(place)) return 'hypothetical';
  if (inAnEssay(place.text) || tellsOfABeast(place.text, sentenceBefore(place.text, place.at), itself))
    return 'hypothetical';
  if (concept === 'fever' && isOverSince(place)) return 'old';
  if (
    INJURIES.includes(concept) &&
    LONG_AGO.test(sentence) &&
    NO_TROUBLE.test(sentence) &&
    !AFRESH.test(sentence)
  )
    return 'old';
  if (NONE_NOW.test(nextSentence(place))) return 'hypothetical';
  if (!isFresh(sentence, book)) {
    if (NORMAL_FOR.test(sentence)) return 'old';
    const next = nextSentence(place);
    if (BEGAN_YEARS_AGO.test(next) && NO_CHANGE.test(next)) return 'old';
    if (
      LONG_LASTING.test(sentence) &&
      (NO_CHANGE.test(sentence) || (NO_CHANGE.test(next) && !isFresh(next, book)))
    )
      return 'old';
  }
  const later = restOfStory(place);
  if (OF_STRENGTH.includes(concept) && ONCE_ONLY.test(`${itself}${later}`)) return 'hedged';
  const gone = CONTROL.includes(concept) && GONE_SINCE.test(`${itself}${later}`) && !THERE_AGAIN.test(later);
  return gone ? 'hedged' : undefined;
}

/** Whether a sentence tells of anything new. The age of somebody, and what never empties, are no news. */
function isFresh(sentence: string, book: PhraseBook): boolean {
  return book.freshly.test(sentence.replace(NO_CHANGE, ' ').replace(NO_NEWS, ' '));
}
const NO_NEWS =
  /\b(?:(?:he|she|who|i)(?:'s|'m| is| am) (?:\d+|\w+) now|never (?:feels?|quite|fully|empt\w+))\b/g;

const OF_STRENGTH: readonly TextConcept[] = ['weakness', 'severe-weakness', 'heavy-legs'];
/** "Gave way once in March, nothing since." */
const ONCE_ONLY =
  /\b(?:once|one time|una vez)\b[^;!?\n]{0,60}\b(?:(?:nothing|not|never|none) (?:\w+ )?(?:since|again|after)|(?:nada|nunca|no) (?:mas |ha vuelto )?(?:desde entonces|despues|mas|a pasar))\b/;

const INJURIES: readonly TextConcept[] = ['vertebral-fracture', 'severe-trauma', 'minor-trauma'];
const AFRESH =
  /\b(?:now|today|yesterday|again|new|newly|this (?:week|morning)|ahora|hoy|ayer|otra vez|de nuevo|nuev[oa])\b/;
/** What was only listed: "None at present." */
const NONE_NOW =
  /^(?:(?:but |i have |has |have )?(?:none|nothing) (?:of (?:these|those|them|this|that|the above)|at present|present|currently|now|so far|today)|(?:ninguno|ninguna|nada) (?:de (?:esto|eso|estos|ellos|lo anterior)|por ahora|de momento|hoy|actualmente))\b/;
const LONG_AGO =
  /\b(?:19\d\d|200\d|201\d|(?:years|decades) ago|hace (?:\w+ )?(?:anos|decadas)|as a (?:child|kid|teenager)|de (?:nin[oa]|joven))\b/;
const NO_TROUBLE =
  /\b(?:never (?:troubled|bothered|hurt|gave|had (?:any )?(?:trouble|problems?))|no (?:trouble|problems?|bother) since|healed|fused|(?:fully |long )?recovered|all (?:fine|clear)|nunca (?:me )?(?:molesto|dio|dolio)|todo (?:salio )?bien|sin problemas|solde|soldo|curad[oa])\b/;

const CONTROL: readonly TextConcept[] = ['bladder', 'retention', 'bowel', 'saddle', 'sexual'];

function restOfStory({ text, at, itself }: SaidPlace): string {
  const from = at + itself.length;
  return text.slice(from, from + 2 * FURTHEST).split(/[.;!?\n]/)[0] ?? '';
}

/** The sentence that follows, where it begins near enough to speak of these words. */
function nextSentence({ text, at, itself }: SaidPlace): string {
  const behind = text.slice(at + itself.length, at + itself.length + 4 * FURTHEST);
  return behind.split(/[.;!?\n]/)[1]?.trim() ?? '';
}

/** "Same as ever", "no different now", "sigue igual": and nothing else is said to have changed. */
const NO_CHANGE =
  /\b(?:neither better nor worse|(?:is ?n.?t|is not|not|nothing) (?:\w+ )?new\b(?! (?:pain|symptom|weak|numb))|(?:exactly |just )?the same as (?:ever|always|before|usual)|same as (?:ever|always|before|usual)|(?:(?:it|they) )?(?:has |have )?never (?:changed|been (?:any )?different)|(?:it(?:'s| is) )?no (?:different|worse|change)(?: now| than (?:ever|usual|before))?|(?:nothing|none of it) (?:has |is |about (?:it|that) (?:has )?)?(?:changed|different|new)|as (?:it|they) (?:has |have )?always (?:been|was|were)|no different (?:to|from|than) usual|(?:sigue|siguen|esta|estan) igual|igual (?:que siempre|de siempre|que antes)|como siempre|lo mismo de siempre|no ha cambiado|sin cambios|igual de poco)\b/;

/** Told to have been there for years, in whatever words give the time. */
const LONG_LASTING =
  /\b(?:(?:for|over|since|about|desde hace|hace|llevo) (?:\w+ ){0,3}(?:\d+ |\w+ )?(?:years|decades|anos|decadas)|since (?:my|the|her|his) (?:\w+ ){0,2}(?:was born|baby|birth|child\w*|pregnancy|operation|accident|stroke)|(?:always|siempre) (?:used|had|has|been|he|ha|hemos|uso|usa|tuve|tengo)|(?:he|she|i)(?:'s|'ve| has| have) (?:always|never been able)|since (?:19|20[01])\d\d|in my notes|de toda la vida|all (?:my|his|her) life|desde (?:nin[oa]|pequen[oa]|el parto|que nacio|siempre)|spina bifida|espina bifida|(?:he|she|who)(?:'s| is) (?:1\d|[2-9]\d) now)\b/;

/** "That's normal for him." */
const NORMAL_FOR =
  /\b(?:(?:that|this|it|which)(?:'s| is| has always been) (?:quite |perfectly |just )?normal for (?:him|her|me|them)|es (?:lo )?normal (?:en|para) (?:el|ella|mi)|para (?:el|ella|mi) es (?:lo )?normal)\b/;

/** It was, and it went, with what had caused it or long ago: asked about, no alarm. */
const GONE_SINCE =
  /\b(?:(?:it|that|this|they|all of it|everything) (?:all )?(?:went away|cleared|settled|disappeared|came right|stopped|wore off|has gone)(?: \w+){0,3}|(?:a |within |after )?(?:los )?\w+ (?:dias|semanas|meses) (?:ya )?(?:estaba|quede) (?:como nuev[oa]|bien)|(?:se la|le) quitaron\b[^.;!?\n]{0,60}\bdesde entonces\b[^.;!?\n]{0,20}\b(?:bien|fenomenal|normal|perfecto)|(?:it was|they) (?:taken|took it|removed|out)\b[^.;!?\n]{0,60}\bsince\b[^.;!?\n]{0,20}\b(?:fine|normal|well)|se (?:me )?(?:quito|paso|fue) (?:del todo|por completo|cuando|al|en cuanto))\b/;

const THERE_AGAIN =
  /\b(?:(?:came|come|comes|coming|is|has come|it.s|now) back|returned|again|otra vez|de nuevo|ha vuelto|volvio|vuelve|but (?:now|today|this)|pero (?:ahora|hoy))\b/;

/**
 * "My sister ended up in a wheelchair because hers got missed, she couldn't feel herself wipe": the sentence is of the one it names, told as past,
 * and the speaker speaks of himself elsewhere. Not where the last person spoken of before the words is the speaker.
 */
function ofTheOneNamed({ text, at, itself }: SaidPlace): boolean {
  const story = `${sentenceBefore(text, at)}`;
  const named = NAMED.exec(story);
  if (named === null || !speaksOfSelf(text)) return false;
  const since = story.slice(named.index + named[0].length);
  if (FIRST_PERSON.test(since) || FIRST_PERSON.test(itself)) return false;
  return PAST.test(`${named[0]} ${since} ${itself}`);
}

/** A sentence that no phrase decided, told of a beast or in an essay: nothing of it is asked. */
export const isOfNobody = (text: string, sentence: string): boolean =>
  inAnEssay(text) || tellsOfABeast(text, sentence);

/**
 * "Our dachshund had a slipped disc, he couldn't pee": whoever speaks of himself beside it means the beast by it. It stands before the words that tell what is
 * wrong: in "my horse threw me" it is the cause.
 */
function tellsOfABeast(text: string, before: string, itself = ''): boolean {
  const beast = BEAST.exec(before);
  if (beast === null || !speaksOfSelf(text)) return false;
  return !FIRST_PERSON.test(`${before.slice(beast.index + beast[0].length)}${itself}`);
}
const BEAST =
  /\b(?:my|our|the|his|her|mi|nuestr[oa]|el|la) (?:\w+ )?(?:dog|puppy|dachshund|sausage dog|spaniel|terrier|labrador|retriever|collie|cat|kitten|horse|pony|mare|cow|perr\w+|gat[oa]|gatit[oa]|caballo|yegua)\b/;

/** Symptoms that are written about, by somebody who says to be no patient. */
const inAnEssay = saidAnywhere(
  /^(?=[\s\S]*\b(?:essay|assignment|dissertation|thesis|lecture|exams?|revision|revising|teaching|presentation|trabajo de clase|tesis|examen)\b)(?=[\s\S]*\b(?:not a patient|no patient|(?:i am|i'm|my back is|my own back is) (?:fine|well|healthy)|no soy paciente|yo estoy bien|mi espalda esta bien)\b)/,
);

/** A fever of a while ago that its own or the next sentence calls over: "flu at Christmas, fever 39. All gone within the week". */
function isOverSince(place: SaidPlace): boolean {
  const near = `${place.sentence}. ${nextSentence(place)}`;
  return SOME_TIME_AGO.test(place.sentence) && WELL_SINCE.test(near) && !AFRESH_FEVER.test(near);
}
const SOME_TIME_AGO =
  /\b(?:at christmas|at easter|last (?:year|winter|spring|summer|autumn|christmas)|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:months|years) ago|el (?:ano|invierno|verano) pasado|en (?:navidad|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|hace (?:\w+ )?(?:meses|anos))\b/;
const WELL_SINCE =
  /\b(?:(?:all |completely |fully )?(?:gone|cleared|over|recovered|cured)\b|been (?:well|fine|ok) (?:for|since)|(?:quede|quedo|estoy|quedamos) (?:perfect\w*|bien|como nuev\w*)|se (?:me |le )?(?:quito|paso|curo)|curad[oa])\b/;
const AFRESH_FEVER =
  /\b(?:again|today|tonight|yesterday|this (?:week|morning)|came back|is back|still|otra vez|de nuevo|hoy|ayer|todavia|volvio|ha vuelto)\b/;

const BEGAN_YEARS_AGO =
  /^(?:it )?(?:(?:all )?(?:started|began)|since|empez\w+|desde)\b[^.;!?\n]{0,30}\b(?:baby|birth|child\w*|delivery|pregnancy|19\d\d|20[01]\d|parto|bebe|embarazo|hij[oa])\b/;

const NAMED = new RegExp(
  `^\\s*(?:(?:and|but|so|y|pero|porque|because) )?(?:a )?(?:my|our|a|mi|un|una|nuestr[oa]) (?:\\w+ )?(?:${KIN}|husband|wife|partner|son|daughter|marido|mujer|espos[oa]|hij[oa])\\b`,
);
const FIRST_PERSON =
  /\b(?:i|i'm|i've|i'd|me(?! (?:lo |la )?(?:dijo|conto|ha contado))|my|mine|myself|yo|mi|mis|tengo|siento|noto|estoy|soy)\b/;
const PAST =
  /\b(?:had|was|were|got|ended up|ended|lost|could ?n[o']?t|couldn't|went|died|needed|became|le (?:dio|paso|entro|salio)|tuvo|tenia|acabo|perdio|quedo|se (?:le )?\w+o|estaba|aguantaba|podia)\b/;

const UPSET =
  /\b(?:stomach bug|tummy bug|norovirus|gastroenteritis|food poisoning|diarrh\w*|diarrea\w*|virus (?:de|en) (?:la )?(?:panza|tripa|barriga|estomago)|estomacal|laxative\w*|laxante\w*|colonoscop\w*|bowel prep)\b/;
const OF_EFFORT =
  /\b(?:laugh\w*|cough\w*|sneez\w*|jump\w*|me rio|rei\w*|tos\w*|estornud\w*|cada dos por tres|every (?:half )?(?:an )?hour|all the time)\b/;
const WITH_CHILD_NOW =
  /\b(?:\d{1,2} weeks (?:pregnant|gone|along)|pregnant|my (?:baby )?bump|embarazad[oa]|(?:estoy|voy) de \d{1,2} semanas|midwife|matrona)\b/;

/** "I saw the clip of the lad who couldn't pee": somebody heard or read of. */
function ofOneHeardOf({ text, at }: SaidPlace): boolean {
  return HEARD_OF.test(sentenceBefore(text, at)) && speaksOfSelf(text);
}
const HEARD_OF =
  /\b(?:saw|seen|read|watched|heard|vi|lei|vio|oi|reel|video|tiktok|article|articulo|post|forum|foro)\b[^.;!?\n]{0,40}\b(?:chic[oa]|tip[oa]|senor[a]?|hombre|mujer|pibe|guy|lad|bloke|woman|man|girl|boy|person|someone|somebody|alguien|uno|una) (?:que|who|whose)\b[^.;!?\n]*$/;

/** "Casi me hago encima cuando mi hermano me asustó, jaja": fright and laughter, and almost. */
function inJest({ text, at, itself, before }: SaidPlace): boolean {
  const story = `${sentenceBefore(text, at).slice(-60)}${itself}${text.slice(at + itself.length, at + itself.length + 60)}`;
  return /\b(?:almost|nearly|practically|casi|por poco)\b[^.;!?\n]{0,12}$/.test(before) && JEST.test(story);
}
const JEST =
  /\b(?:laugh\w*|giggl\w*|scared|fright\w*|joke|lol|haha\w*|jaja\w*|jeje\w*|risa|me (?:rei|asust\w+)|asust\w+|susto)\b/;
