import type { RedFlag } from '@foramen/spine';
import type { TextConcept, TextHit } from './concept.ts';
import { SETTLED } from './doubt.ts';
import { readText } from './free-text.ts';
import { BOOK, normaliseText } from './phrase-book.ts';
import { scores, toldModel } from './told-reader.ts';
import { statementsIn, wordsOf } from './told-tokens.ts';
import { CARED_FOR, KIN, speaksOfSelf } from './whose-symptom.ts';
import { BLADDER, BOWEL, SADDLE, SEX, TOILET } from './word-lists.ts';

/** What the learned reader can hear. */
export type Hearable = Exclude<RedFlag['condition'], 'inflammatory'> | 'self-harm';

/** Concepts by which the rules decide each condition. */
const FAMILY: Readonly<Record<Hearable, readonly TextConcept[]>> = {
  'cauda-equina': [
    'saddle',
    'bladder',
    'retention',
    'bowel',
    'sexual',
    'bilateral',
    'cauda-equina',
    'leg-numbness',
    'claudication',
  ],
  'progressive-deficit': ['weakness', 'severe-weakness', 'progression', 'cord', 'claudication'],
  fracture: ['severe-trauma', 'minor-trauma', 'vertebral-fracture'],
  infection: ['fever', 'raised-markers', 'intravenous-drugs', 'infection-source', 'immunosuppression'],
  malignancy: ['cancer', 'weight-loss'],
  vascular: ['pulsatile', 'cold-limb', 'arterial-claudication'],
  'self-harm': ['self-harm'],
};

/** Power that is there, and pain as the reason: nothing is left to ask about a leg. */
const STRONG =
  /\b(?:(?:no|nil|any|without|denies|sin|ni|niega\w*)\b[^.;!?\n]{0,30}\b(?:weak\w*|giving way|power loss|motor\b|deficits?|neuro\w*|red flags?|debil\w*|perdida de fuerza)|(?:5|five)\/5|can (?:still )?(?:lift|raise|move|bend) (?:my |the |both )+(?:\w+ )?(?:legs?|foot|feet|toes|knees?)\b(?! (?:with|only|a (?:little|bit)|by|off|less))(?![^.;!?\n]*\bnot\b)|full power|(?:power|strength) (?:is |was |were |are |all )?(?:normal|intact|full|ok|good|preserved)|(?:grade|graded|mrc|mrc grade) 5\b|\bm5\b|no (?:atrophy|wasting)|pulses? (?:are |is )?(?:palpable|present)|without (?:any )?difficulty|normal power|neuro\w* (?:exam\w* )?(?:nad|normal|intact|unremarkable)|able to (?:heel|toe)|(?:never|not|n[o']?t) (?:given? way|giv(?:es?|en|ing) way|weak|tripp?ed|stumbl)|fuerza (?:normal|conservada|bien)|holds me (?:fine|well|ok)|(?:heel|toe) walking (?:is |was )?(?:normal|intact|fine|ok)|rais\w* x ?\d\d|legs? (?:is|are|feels?) (?:strong|fine|good|normal))\b/;
/** Normal figures and clear tests. */
const CLEAR =
  /\b(?:afebrile|apyrexi\w+|(?:t|temp\w*) ?:? ?3[67](?:\.\d)?(?!\d)|no (?:fever|temp\w*|red flags?|weight loss|trauma|injury|history of|hx|height loss|osteoporosis|fractures?|falls?|accidents?)|(?:appears?|looks?|looked|appeared) well|pulses? (?:is |are |was |were )?(?:present|palpable|normal|good|intact|strong)|pulsos (?:\w+ )?(?:presentes|normales|conservados)|abp?i\W{0,3}(?:0?\.9\d?|1\.[0-3]\d?)(?!\d)|crp\W{0,3}(?:(?:is|was|of) )?[0-9](?:\.\d)?(?![\d.])|(?:crp|esr|bloods?|wcc|psa|temp\w*|weight)\b[^.;!?\n]{0,20}\b(?:normal|fine|stable|negative|ok|unremarkable|clear)|sin (?:fiebre|perdida de peso|antecedentes)|benign|on purpose|dieting|(?:with|by|through|thanks to|help of) (?:\w+ ){0,3}?(?:diet|dietician|nutritionist|exercise)\b|slimming|by trying (?:very )?hard|signo (?:es |de )?cancer|(?:ca|cancer) (?:nurse|ward|unit|charity|research)|long gone|(?:lost|loses) no \w+|all clear|smear test|(?:it'?s|it is|is|are|all) (?:now )?over now|, (?:all )?over now|now it'?s (?:over|gone|better|fine)|cleared up|ruled out|excluded)\b/;
const SENSES = /\b(?:tingl\w*|numb\w*|pins and needles|prickl\w*|hormigue\w*)/;
const MOVES =
  /\b(?:weak|lift|rais|walk|stand|step|trip|stumbl|fall|fell|drag|drop|flop|hang|hold|push|kick|giv|gave|buckl|power|strength|heav|dead|useless|mov|climb|stair|carry|control|limp|debil|fuerza|levant|and[ao]|camin|muev|cae|cai|arrastr|pesad|floj|sub[eio])/;
/** A denial that governs the whole statement. */
const DENIES =
  /^[^,]{0,25}\b(?:not aware of|no (?:known|history|evidence|sign|hx)|denies|denied|negative for|nil|never had|absence of|free of|niega|sin antecedentes|family history)\b/;
/** "The image shows no band", "has had no fall": nothing was found; not "there is no feeling". */
const FOUND_NOTHING =
  /^[^,]{0,60}\b(?:shows?|showed|demonstrat\w+|reveal\w*|disclos\w+|there (?:is|are|was|were|has been|have been)|(?:has|have|had) had|muestra|no hay|(?<!we |i |they )(?:has|had)) no (?!feel|sens|power|strength|control|urge|puls|mov|contrac|tone|longer|relief|posit|comf|appet|hope|better|idea|warn|respon|reflex|flow|stream|desire|wish|plan|future|point|way|bottom|grip|awareness)(?:(?!\b(?:but|yet|although|however|except|though|now|since)\b)[^.;!?\n])*$/;
/** "I can hold my urine and my stool", and nothing that takes it back. */
const CAN_DO =
  /^(?:(?:conserva|mantiene|preserva) (?:la|el|las|los)|(?:i|he|she|we) can|(?:i am|he is|she is) able to|puedo|puede) (?:still |also |easily )?(?!not\b|only\b|hardly\b|barely\b|just\b|no\b)\w+(?:(?!\b(?:not?|n[o']?t|but|only|hardly|barely|if|when|after|unless|except|less|without|until|pero|solo|sin)\b)[^.;!?\n])*$/;
/** "None of that has happened": nothing of what was asked or warned of. */
const NONE_OF_IT =
  /^(?:none of (?:that|those|these|this|it|them)\b[^,]*|i (?:do not|don'?t|have not|haven'?t|did not|didn'?t) (?:have|had|got|get|notic\w+) (?:any of )?(?:that|those|these|this|it|them|any)|(?:no tengo|no hay|nada de|ninguno de|no me pasa) (?:nada de )?(?:eso|esto|ell[oa]s)[^,]*)$/;
/** Not to know whether one must go is a complaint, not an "if". */
const UNSURE =
  /\b(?:not|n[o']?t|cannot|never) (?:\w+ )?(?:know|tell|sure|feel|notice) (?:if|whether|when)\b/g;
/** What is taken out and is no cancer. */
const HARMLESS_LUMP =
  /\b(?:(?:kidney|gall|bladder) ?stones?|gall ?bladder|appendix|cataracts?|hernia|tonsils|wisdom teeth|calculos?|piedras?|vesicula|apendice)\b/;
const CLEARED: Readonly<Record<Hearable, RegExp>> = {
  'cauda-equina': SETTLED,
  'progressive-deficit': STRONG,
  // What somebody has long had is no injury.
  fracture: new RegExp(`${CLEAR.source}|(?:^|, )known [^,.;!?]{3,30}$`),
  infection: CLEAR,
  malignancy: new RegExp(`${CLEAR.source}|${HARMLESS_LUMP.source}`),
  vascular: CLEAR,
  'self-harm':
    /\b(?:end(?:ing)? (?:the|my|his|her|this|these) (?:pain|tablets|medication|treatment|dependence|physio\w*)|hopelessness is not|want\w* (?:an?|the|any|another|more) (?:\w+ )?(?:operation|surgery|injections?|tablets|painkillers|medication|scan|mri|fusion)|get on with (?:my|his|her) life|confident|look(?:ing|s|ed)? forward to|enjoys? life|laugh\w*|jok(?:e|es|ing))\b/,
};
/** Asks about a treatment, a trip or a thing, counts pain, or excuses the call: no word of life or death, of burden, end or means among them. */
const ORDINARY =
  /(?:^|, )(?:\W*(?:(?:so|and|but|y|o|pues|p:|q:) )?(?:is there|are there|is it|can i|can (?:some|any)(?:one|body)|could i|should i|shall i|do i|will i|would it|how long|how much|which|what (?:can|should|about)|puedo|se puede|hay (?:alg\w+|otr\w+)|merece la pena|vale la pena|me conviene|conviene|es normal|sera|tengo que|debo|cuanto|que (?:pena|verguenza) molestar\w*|perdon|decime|digame|dime|lo que queria saber|queria saber|i wanted to know|just wanted to (?:ask|know))\b|(?:pain|dolor)\b[^,]{0,20}\b\d+ (?:out of|de|sobre|\/) ?10|(?:he|she|they) will (?:tell|say)\b|.{0,25}\b(?:le escribo|escribo) por mi\b)/;
const DARK =
  /\b(?:die|dying|dead|death|kill\w*|suicid\w*|end (?:it|this|everything|things)|ending|alive|liv(?:e|ing)|life|wake up|point\b|burden|better off|without me|peace|forever|for good|hopeless\w*|give up|giving up|overdose|tablets|pills|rope|bridge|jump|knife|train|goodbye|mori\w*|muert\w*|muero|matar\w*|acabar|vivir|vida|viva|vivo|estorb\w*|carga|pastillas|soga|puente|despert\w+|despedi\w+|sin mi|descansar|desaparec\w+|sentido|cortar\w*|lanzar\w*|tirar\w*)\b/;

/** Asks for a thing, a sheet or a word of advice about one. */
const REQUEST =
  /\b(?:recommend\w*|recomiend\w+|aconsej\w+|please send|send me|(?:me|nos) (?:mand|envi)\w+|what (?:\w+ )?(?:size|height|kind of|brand|shoes?|pillow|mattress|chair|cushion|bike)\b|(?:que|cual) (?:zapat|almohad|colchon|silla|faja|cojin|ejercicio)\w*|(?:sigo|continuo|repito|dejo) con (?:los|las|el|la) (?:\w+ )?(?:ejercicios?|natacion|yoga|pilates|caminatas?)|(?:pregunto|preguntaba|consulta|duda)\b[^,]{0,8}\b(?:si|es|para|sobre)|(?:^|, )plan:|(?:^|, )(?:xr|mri|ct) reported)/;
const COMPLAINS =
  /\b(?:numb\w*|weak\w*|can ?not|can'?t|unable|n[o']?t feel|no siento|no noto|no puedo|drop\w*|drag\w*|gave|fever|fiebre|cold|leak\w*|pee\w*|wee\w*|urin\w*|orin\w*|bleed\w*|sangr\w*|cancer|tumou?r|lump|bulto|peso|weight|fell|fall\w*|cai\w*)\b/;

/** What cauda equina is about. */
const OF_CONTROL = new RegExp(
  `\\b(?:${BLADDER}|${BOWEL}|${SADDLE}|${SEX}|${TOILET}|legs?\\b|feet\\b|numb\\w*|piernas?\\b|pies?\\b|dormid\\w*|leak\\w*|feel\\w*|sient\\w*)`,
);

/** Says nothing of how well anything is. */
const AS_WELL = /\b(?:as|might as|just as) well\b/g;
/** What may lie long ago and matter still. */
const LASTING: readonly Hearable[] = ['fracture', 'infection', 'malignancy', 'vascular', 'self-harm'];

/**
 * Whether anything is left to hear in a statement: the rules have not denied it, nor laid it aside as advice, as old or as another's, and
 * the words do not call it normal.
 */
export function isOpenStatement(
  statement: string,
  text: string,
  condition: Hearable,
  hits: readonly TextHit[],
): boolean {
  const decided = hits.filter(
    (h) => FAMILY[condition].includes(h.concept) && statement.includes(h.quote) && h.assertion !== 'hedged',
  );
  if (decided.length > 0 && decided.every((h) => h.assertion !== 'affirmed')) return false;
  // Legs that fail on walking, told with what relieves them, have been judged as that.
  const told = (concept: TextConcept): boolean => decided.some((h) => h.concept === concept);
  if (told('claudication') && (condition === 'progressive-deficit' || told('bilateral'))) return false;
  // "I have no pulsatile mass": denied, and nothing else is said.
  const said = hits.filter((h) => statement.includes(h.quote));
  if (
    said.length > 0 &&
    said.every((h) => h.assertion === 'negated') &&
    (statement.split(' ').length <= 6 || said.every((h) => h.concept === 'self-harm'))
  )
    return false;
  // A rash in the band of pain has been said, and asks for its own doctor.
  if (
    (condition === 'vascular' || condition === 'infection') &&
    hits.some((h) => h.concept === 'rash' && h.assertion === 'affirmed')
  )
    return false;
  // What a leg feels says nothing of what it can do.
  if (condition === 'progressive-deficit' && SENSES.test(statement) && !MOVES.test(statement)) return false;
  if (CLEARED[condition].test(statement.replace(AS_WELL, ' '))) return false;
  // Who asks for a thing or a sheet tells of nothing.
  if (REQUEST.test(statement) && !COMPLAINS.test(statement) && !DARK.test(statement)) return false;
  if (condition === 'self-harm' && ORDINARY.test(statement) && !DARK.test(statement)) return false;
  if (condition === 'cauda-equina' && ORDINARY.test(statement) && !OF_CONTROL.test(statement)) return false;
  if ([DENIES, CAN_DO, FOUND_NOTHING, NONE_OF_IT].some((said) => said.test(statement))) return false;
  if (BOOK.hypothetical.test(statement.replace(UNSURE, ' '))) return false;
  if (CARED_FOR.test(statement)) return false;
  if (BOOK.anotherPerson.test(statement) && speaksOfSelf(text)) return false;
  // A relative's cancer, told as one, has been asked about by the rules as far as it must be.
  if (condition === 'malignancy' && ofRelativesAlone(statement, text, hits)) return false;
  if (LASTING.includes(condition)) return true;
  return !BOOK.longSince.test(statement) || BOOK.freshly.test(statement);
}

/** A relative's, told as one: "a su padre le hallaron un cáncer", or by somebody who speaks of himself beside it. */
const OF_RELATIVES = new RegExp(`\\b(?:a|de) (?:su|mi|una?) (?:\\w+ )?${KIN}\\b`);
const KIN_NAMED = new RegExp(`\\b(?:su|mi|una?|my|our|his|her|an?) (?:\\w+ )?${KIN}\\b`);

function ofRelativesAlone(statement: string, text: string, hits: readonly TextHit[]): boolean {
  const told = hits.filter((h) => h.concept === 'cancer' && statement.includes(h.quote));
  return (
    told.length > 0 &&
    told.every((h) => h.assertion === 'hedged') &&
    (OF_RELATIVES.test(statement) || (KIN_NAMED.test(statement) && speaksOfSelf(text)))
  );
}

/** Words that are like others that meant a danger. They ask, and never decide nor clear. */
export interface HeardAgain {
  readonly condition: Hearable;
  /** The score reached the level that none of the harmless stories reached in training. */
  readonly sure: boolean;
  readonly path: string;
  /** The statement, as the reader normalised it. */
  readonly quote: string;
}

/** What the learned reader hears in one text, at most once a condition, its strongest statement. */
export function heardAgain(raw: string, path: string): readonly HeardAgain[] {
  const key = `${path}\n${raw}`;
  const known = HEARD.get(key);
  if (known !== undefined) return known;
  const heard = listen(raw, path);
  if (HEARD.size >= 256) HEARD.clear();
  HEARD.set(key, heard);
  return heard;
}
/** Texts heard lately: a plan asks "what if" many times over and the words stay the same. */
const HEARD = new Map<string, readonly HeardAgain[]>();
const FEWEST_WORDS = 3;
/** Of not wanting to live nobody tells in four words that a phrase of its own does not know, and many ordinary statements are that short. */
const FEWEST_OF_LIFE = 5;

function listen(raw: string, path: string): readonly HeardAgain[] {
  const text = normaliseText(raw);
  const model = toldModel();
  const best = new Map<Hearable, { readonly score: number; readonly heard: HeardAgain }>();
  // Who says the same twice is heard once.
  for (const statement of new Set(statementsIn(text))) {
    const words = wordsOf(statement);
    const told = words.filter((w) => /^[a-z]/.test(w)).length;
    if (told < FEWEST_WORDS) continue;
    const found = scores(words, model);
    for (const [i, condition] of model.conditions.entries()) {
      if (condition === 'self-harm' && told < FEWEST_OF_LIFE) continue;
      const score = found[i]!;
      if (score < model.ask[i]! || score <= (best.get(condition)?.score ?? Number.NEGATIVE_INFINITY))
        continue;
      const hits = readText(raw, path);
      if (!isOpenStatement(statement, text, condition, hits)) continue;
      // What is feared or guessed is asked about, however much it sounds like the danger.
      const feared = hits.some(
        (h) =>
          h.assertion === 'hedged' && FAMILY[condition].includes(h.concept) && statement.includes(h.quote),
      );
      const heard = {
        condition,
        sure: score >= model.sure[i]! && !feared,
        path,
        quote: statement.slice(0, LONGEST_QUOTE),
      };
      best.set(condition, { score, heard });
    }
  }
  return [...best.values()].map((b) => b.heard);
}
const LONGEST_QUOTE = 100;
