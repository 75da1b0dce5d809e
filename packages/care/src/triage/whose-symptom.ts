import { type Assertion, isHistory, type PhraseBook, type TextConcept } from './concept.ts';
import { saidAnywhere } from './said-anywhere.ts';
import { type SaidPlace, sentenceBefore } from './said-place.ts';

/** What stands of words that tell of somebody else than the patient; undefined where they may be the patient's. */
export function ofAnother({
  text,
  at,
  itself,
  before,
  sentence,
  concept,
  book,
}: SaidPlace): Assertion | undefined {
  const first = itself.split(' ')[0] ?? '';
  if (
    helpsAnother(text) &&
    (/\b(?:her|his)\b/.test(sentence) || book.anotherPerson.test(`${before}${first}`))
  )
    return 'hypothetical';
  // "Nurse here, lifted a patient. He could not move his legs."
  if (liftedAPatient(text) && /^\s*(?:he|she|his|her|they)\b/.test(sentence)) return 'hypothetical';
  if (concept === 'pulsatile' && RELATIVES_OWN.test(before) && speaksOfSelf(text)) return 'hypothetical';
  // The verb of the other person may be the first word found: "my dad | wears pads".
  // "My brother had a disc and his foot dropped": what is his reaches back over the clause.
  const whose = OF_ANOTHER.test(before) ? sentenceBefore(text, at) : before;
  return bySomebodyElse(`${whose}${first}`, text, concept, book);
}

/** Whether a history may be a relative's, which is asked about. A carer who never speaks of himself tells the patient's. */
export function mayBeRelatives({ text, before, after, sentence, book }: SaidPlace): boolean {
  const clause = `${before}${after.split(/[.;!?\n]/)[0] ?? ''}`;
  const carer =
    (MY_OWN.test(sentence) || thenThey(text)) &&
    !speaksOfSelf(text) &&
    !THEIRS.test(clause.replace(REPORTS, ' '));
  return book.relatives.test(clause.replace(HANDLED, ' ').replace(REPORTS, ' ')) && !carer;
}

/** Kin, friends and neighbours, in both languages. */
export const KIN =
  '(?:mother|father|mum|mom|dad|sister|brother|aunt|uncle|nan|gran\\w*|friend|mate|neighbou?r|cousin|colleague|boss|workmate|flatmate|madre|padre|mama|papa|herman[oa]|ti[oa]|abuel[oa]|prim[oa]|amig[oa]|vecin[oa]|cunad[oa]|suegr[oa]|companer[oa]|jef[ea])';

/** "Dad's aorta burst, so I made them scan me." */
const RELATIVES_OWN =
  /\b(?:dad|father|mum|mom|mother|brother|sister|uncle|aunt|grand\w+)'s (?:abdominal |main )?$|\b(?:padre|madre|papa|mama|herman[oa]|ti[oa]|abuel[oa])\b[^.;!?\n]{0,12}\ble (?:revento|exploto|estallo) (?:la )?$/;

/** Who is lifted or hugged is not the one who has the history. */
const HANDLED =
  /\b(?:lift|carr|hugg?|held|hold|pick|push|play|bath|sw[iu]ng)\w* (?:up )?(?:with )?(?:my|the|a|our|his|her) (?:\w+ )?(?:grand\w+|sons?|daughters?|husband|wife|mum|dad|mother|father|partner|kids?|child\w*)\b/g;

/** Who tells it is not the one who has it: "her daughter remarks that she has become shorter". */
const REPORTS =
  /\b(?:his|her|my|the|su|mi|la|el) (?:\w+ )?(?:sons?|daughters?|husband|wife|mum|mom|dad|mother|father|partner|sister|brother|friend|neighbou?r|carer|mujer|marido|espos[oa]|hij[oa]|madre|padre|herman[oa]|pareja|vecin[oa]) (?:\w+ )?(?:remark|report|say|said|not(?:e|es|ed|ic)|observ|mention|state|confirm|add|comment|describ|tell|told|call|rang|refier|cuent|dice|explic)\w*/g;

/** Of the third person's relative: "the caller's husband has prostate cancer, she has strained her back". */
const THEIRS =
  /\b(?:his|her|(?:caller|patient|client)'s|su) (?:\w+ )?(?:sons?|daughters?|husband|wife|mum|mom|dad|mother|father|partner|sister|brother|mujer|marido|espos[oa]|hij[oa]|madre|padre|herman[oa])\b/;

/** What is told of him, her or it. */
const OF_ANOTHER = /\b(?:se le|le|his|her)\b[^,.;!?\n]*$/;

/**
 * A symptom of somebody else: in the past it is theirs, in the present it is asked about, because whoever speaks may speak
 * for the patient. A history is judged with `relatives`.
 */
function bySomebodyElse(
  before: string,
  text: string,
  concept: TextConcept,
  book: PhraseBook,
): Assertion | undefined {
  if (isHistory(concept)) return undefined;
  if (concept !== 'self-harm' && CARED_FOR.test(before)) return 'hypothetical';
  const other = book.anotherPerson.exec(before);
  if (
    other === null ||
    /\b(?:i|me|my|i'm|i've|yo|mi|mis|me)\b/.test(before.slice(other.index + other[0].length))
  )
    return undefined;
  // Children and animals are nobody who could be meant.
  if (ANIMALS.test(other[0])) return 'hypothetical';
  if (LITTLE_ONES.test(other[0]) && (speaksOfSelf(text) || CALLERS.test(before))) return 'hypothetical';
  return /\bwho\b|\b(?:had|was|got|died|lost|fell|broke|suffered|tuvo|murio|sufrio|perdio|estuvo|tenia|acabo|arrastraba|cojeaba|llevaba|cayo|quedo|rompio|fracturo|lastimo|tomo|fallecio|wet|weed)\b/.test(
    other[0],
  )
    ? // "Mum fell in the bath, now she can't turn over": whoever never speaks of himself tells of her.
      speaksOfSelf(text) || !LATELY.test(text.slice(text.indexOf(other[0]) + other[0].length))
      ? 'hypothetical'
      : undefined
    : speaksOfSelf(text)
      ? explicitlySelf(text)
        ? 'hypothetical'
        : 'hedged'
      : undefined;
}

/** "I am writing about my own back". */
const explicitlySelf = saidAnywhere(
  /\b(?:writing|asking|calling|here|it is|it's) (?:about|for|because of) (?:my own|my|me|myself)\b|\ba mi me\b/,
);

const ANIMALS = /\b(?:puppy|dog|cat|horse|perr[oa]|gat[oa]|caballo)\b/;

const CALLERS = /\b(?:caller|patient)'s /;

const LITTLE_ONES =
  /\b(?:\d[- ](?:year|month)[- ]old|1[0-5][- ]year[- ]old|toddler|little|boy|girl|kids|child(?:ren)?|baby|bebe|nin[oa]|niet[oa])\b/;

const LATELY =
  /\b(?:now|since|today|yesterday|this (?:morning|week)|last night|ahora|desde|hoy|ayer|anoche|(?:his|her) (?:\w+ )?(?:is|are|hurts?|feels?)|(?:he|she) (?:(?!was\b)\w+s|can'?t|cannot)|le duele|tiene|no puede|no se puede|no (?:la|lo) deja|grita|se queja)\b/;

/** Whoever never speaks of himself speaks for the one he names: "my mum is 82, she can't feel her bottom". */
const MY_OWN =
  /\b(?:m(?:y|i) \w+|mum|mom|dad|gran\w*|nan|he|she|ella|el)\b[^.;!?\n]*\b(?:pain|back|dolor|espalda)\b/;

/** "My grandad had prostate cancer. Now he has a pain in the bones": the next sentence goes on about the same one. */
const thenThey = saidAnywhere(
  /^[^.;!?\n]*\b(?:my|our|mi|nuestr[oa]) (?:\w+ )?(?:mum|mom|mother|dad|father|nan|gran\w*|husband|wife|partner|brother|sister|son|daughter|uncle|aunt|madre|padre|mama|papa|abuel[oa]|marido|mujer|espos[oa]|herman[oa]|hij[oa]|ti[oa]|suegr[oa])\b[^.;!?\n]*[.;!?\n]+ ?(?:now |and |but |ahora |y |desde \w+ |lately )*(?:(?:he|she)(?:'s| is| has| can| wakes| cries| gets| says)|anda|tiene|esta|le duele|se queja|camina|no puede)\b[^!?\n]{0,120}\b(?:pain|ache|aches|sore|hurts?|back|bones?|dolor|duele|espalda|cintura|huesos?|columna)\b/,
);

const SPEAKS_OF_SELF =
  /\b(?:the patient|patient (?:is|has|was|had|reports?|describes?|denies)|(?:he|she) (?:him|her)self|(?:el|la) paciente|paciente (?:de|con|que|preocupad[oa]))\b|\b(?:(?<!\bwhen )i|i'm|i've|i'd|i'll|me|mine|myself|yo|tengo|siento|noto|estoy|soy)\b|\bm(?:y|is?) (?!(?:[\w-]+ ){0,2}(?:mother|father|mum|mom|mummy|dad|daddy|parents?|sister|brother|aunt|uncle|gran\w*|nan\w*|wife|husband|partner|friend|neighbou?r|son|daughter|cousin|madre|padre|mama|papa|herman[oa]|ti[oa]|abuel[oa]|espos[oa]|marido|mujer|pareja|amig[oa]|vecin[oa]|hij[oa]|prim[oa]|suegr[oa]|cunad[oa]|niet[oa]|nuera|yerno|viej[oa]|flatmate|girlfriend|boyfriend)\b)/;

export const speaksOfSelf = saidAnywhere(SPEAKS_OF_SELF);

/** Whoever lifts another tells of two bodies; "her leg" is not the patient's. */
const helpsAnother = saidAnywhere(
  /\bi (?:\w+ )?(?:lift|carr|help|nurs|wash|turn|push)\w* (?:my \w+|her|him)\b[\s\S]*\bmy (?:own |lower )?(?:back|spine)\b/,
);

const liftedAPatient = saidAnywhere(
  /\b(?:lift|mov|turn|transferr|hoist|carr|handl)\w* (?:a|my|the|heavy) (?:\w+ )?(?:patients?|residents?|clients?)\b/,
);

/** Work and duty speak of the one who is cared for. */
export const CARED_FOR =
  /\b(?:care|caring|carer|look|looking) (?:for|after|of) (?:my|an?|the|his|her)\b(?![^.;!?\n]*\b(?:i|i'm|i've|me)\b)|\bcuid[oa] (?:a|de) (?:mi|un|una)\b/;
