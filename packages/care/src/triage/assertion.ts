import type { Assertion, PhraseBook, TextConcept } from './concept.ts';
import { everyMatch } from './every-match.ts';
import { saidAnywhere } from './said-anywhere.ts';

const FURTHEST = 90;
/** History: it can be a relative's, and it stays true when it is years ago. */
const HISTORY: readonly TextConcept[] = [
  'cancer',
  'osteoporosis',
  'steroids',
  'intravenous-drugs',
  'immunosuppression',
  'diabetes',
  'infection-source',
];

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
const clauseOf = (sentence: string, words: string): string =>
  sentence.split(',').find((c) => c.includes(words)) ?? sentence;
const ANOTHER_EVENT = /^[^.;!?\n,]*, (?:and )?(?:i|he|she) had\b/;
const LONG_GONE =
  /(?<!since |desde )\b(?:(?:in|en) (?:january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b[^.;!?\n]{0,30}\b(?:all gone|all clear|gone|cleared|recovered|over|healed|resolved|all better|curad[oa]|se (?:me )?(?:paso|quito))|se (?:me |le )?(?:quito|paso|fue)\b[^.;!?\n]{0,40}\bhace \w+|last (?:year|spring|summer|autumn|winter|christmas|easter)|in (?:the )?(?:spring|summer|autumn|winter)|in (?:(?:his|her|my|early|late) )*(?:adolescence|childhood|youth|infancy|teens|twenties|thirties)|en la (?:adolescencia|infancia|juventud|ninez)|a los (?:\w+) anos(?! de)|a year ago|as a (?:child|kid|baby|lad|boy|girl|teenager|student)|when (?:i|he|she) was(?: about| only| just)? (?:[1-3]?\d|little|young|small|at school|a (?:child|kid|boy|girl|baby|teenager|student)|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)\b(?! ?(?:weeks|months))|at (?:(?:the )?age (?:of )?(?:[1-3]?\d|\w+)|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty)\b(?! ?(?:o.clock|am\b|pm\b|mph|miles|metres|last|this|every|past|degrees))|de (?:nin[oa]|pequen[oa])|\d+ years? ago|(?:[4-9]|1\d|2\d) months ago|several months ago|many months ago|el ano pasado|hace (?:un ano|\d+ anos|(?:[4-9]|1\d) meses))\b/;

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

/** A denial reaches over a comma only within a list: "no fever, chills or sweats", never "no fever, numb since Monday". */
function reaches(negator: string, between: string, rest: string, book: PhraseBook): boolean {
  if (!between.includes(',')) return between.split(' ').length <= 9;
  if (ANOTHER_SUBJECT.test(between)) return false;
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
  /, (?:but |yet |and |while )?(?:he|she|it|they|i|there|the patient|ella|el paciente|la paciente) (?!denie|neither|nor|or\b)\w+|, (?:y )?(?:me (?:dan?|sube|entra|viene|salen?)|tengo|amanezco|ando con|(?:i|he|she) (?:get|gets|keep|keeps|wake|wakes))\b/;
const NEW_STATEMENT =
  /^(?:numb\b|can\b|can't|cannot|i\b|i'm|my\b|lost\b|losing|los[et]|no\b|not\b|un(?:able)|tengo|noto|siento|se (?:me|le)|me\b|he\b|perdi|pierdo|dormid|adormecid)/;

/** "I keep thinking I have cancer" is a worry, not a history. */
const GUESSED = /\b(?:think(?:s|ing)?|wonder\w*|convinced|suspect\w*|imagin\w*|creo|pienso|sospech\w+)\b/;
const SOUND =
  /\b(?:normal\w*|intact|5\/5|full|good|fine|strong|equal|symmetric\w*|preserved|conservad\w+|simetric\w+|intact[oa]s?|flexor|down-?going|negativ\w+)\b/;

/** Who is lifted or hugged is not the one who has the history. */
const HANDLED =
  /\b(?:lift|carr|hugg?|held|hold|pick|push|play|bath|sw[iu]ng)\w* (?:up )?(?:with )?(?:my|the|a|our|his|her) (?:\w+ )?(?:grand\w+|sons?|daughters?|husband|wife|mum|dad|mother|father|partner|kids?|child\w*)\b/g;
/** Who tells it is not the one who has it: "her daughter remarks that she has become shorter". */
const REPORTS =
  /\b(?:his|her|my|the|su|mi|la|el) (?:\w+ )?(?:sons?|daughters?|husband|wife|mum|mom|dad|mother|father|partner|sister|brother|friend|neighbou?r|carer|mujer|marido|espos[oa]|hij[oa]|madre|padre|herman[oa]|pareja|vecin[oa]) (?:\w+ )?(?:remark|report|say|said|not(?:e|es|ed|ic)|observ|mention|state|confirm|add|comment|describ|tell|told|call|rang|refier|cuent|dice|explic)\w*/g;

/** Of the third person's relative: "the caller's husband has prostate cancer, she has strained her back". */
const THEIRS =
  /\b(?:his|her|(?:caller|patient|client)'s|su) (?:\w+ )?(?:sons?|daughters?|husband|wife|mum|mom|dad|mother|father|partner|sister|brother|mujer|marido|espos[oa]|hij[oa]|madre|padre|herman[oa])\b/;

/** "I can lift both feet": nothing between the can and the legs takes it back. */
const CAN =
  /\b(?:can|able to) (?:still )?(?:lift|move|feel|raise|stand on|wiggle|bend)(?: (?:my|his|her))?\s*$/;

/** How the words at `at` stand in their clause: affirmed, denied, feared, advice, somebody else's, or old. */
export function assertionOf(
  text: string,
  at: number,
  length: number,
  concept: TextConcept,
  book: PhraseBook,
): Assertion {
  const start = clauseStart(text, at, book);
  const before = text.slice(start, at);
  const after = text.slice(at + length, at + length + FURTHEST);
  const rest = text.slice(at, at + length + FURTHEST);
  const blanked = before.replace(book.falseNegators, (m) => '#'.repeat(m.length));
  let negated = false;
  for (const m of everyMatch(blanked, book.negators)) {
    const between = blanked.slice(m.index + m[0].length);
    negated = reaches(m[0], between, rest, book);
  }
  if (negated && book.newAfter.test(after)) negated = false;
  // "No ... ni siento la vejiga": the second denial is the complaint itself.
  if (text.startsWith('ni ', at)) negated = false;
  const normal = book.normalAfter.exec(after);
  if (!negated && normal !== null && !/\b(?:not?|no)\b/.test(normal[0].slice(0, 30))) {
    // "Could not pee for twelve hours, today it is fine": it was there, and lately.
    if (!/\b(?:today|now|since|again|this (?:morning|week)|hoy|ahora|ya)\b/.test(normal[0])) return 'negated';
    return 'hedged';
  }
  const itself = text.slice(at, at + length);
  if (
    negated ||
    deniedFromAfar(text, at, book) ||
    NOTHING_AFTER.test(after) ||
    /^[^.,;:!?\n]{0,20}?\b(?:excluded|ruled out)\b/.test(after) ||
    (LISTED_NO.test(after) && !ENDS_DENIED.test(itself)) ||
    SAID_FINE.test(itself) ||
    NOT_MINE.test(after) ||
    NONE_OF_THEM.test(after) ||
    (ABSENT.test(after) && !GOOD_THING.test(`${itself}${ABSENT.exec(after)?.[0]}`))
  )
    return 'negated';
  if (book.hypothetical.test(before)) return 'hypothetical';
  // "Feels like I've had an epidural" tells of a feeling, not of a needle.
  if ((concept === 'infection-source' || concept === 'spinal-needle') && LIKENED.test(before))
    return 'hypothetical';
  if (
    helpsAnother(text) &&
    (/\b(?:her|his)\b/.test(sentenceAround(text, at, length)) ||
      book.anotherPerson.test(`${before}${itself.split(' ')[0]}`))
  )
    return 'hypothetical';
  // "Nurse here, lifted a patient. He could not move his legs."
  if (liftedAPatient(text) && /^\s*(?:he|she|his|her|they)\b/.test(sentenceAround(text, at, length)))
    return 'hypothetical';
  // The verb of the other person may be the first word found: "my dad | wears pads".
  // "My brother had a disc and his foot dropped": what is his reaches back over the clause.
  const whose = OF_ANOTHER.test(before) ? sentenceBefore(text, at) : before;
  const told = bySomebodyElse(`${whose}${itself.split(' ')[0]}`, text, concept, book);
  if (told !== undefined) return told;
  const lasting = HISTORY.includes(concept);
  // "Power 5/5 in both legs" is about legs that work.
  if (concept === 'bilateral' && (SOUND.test(before) || CAN.test(before))) return 'negated';
  if (concept === 'bilateral' && WARM.test(`${itself}${after}`)) return 'negated';
  const sentence = sentenceAround(text, at, length);
  if (concept === 'bilateral' && AFTER_EFFORT.test(sentence)) return 'negated';
  if (OF_LEGS.includes(concept) && TIRED_AND_FINE.test(sentence)) return 'negated';
  if (OF_LEGS.includes(concept) && LEGS_OF_SPORT.test(sentence) && !MORE_THAN_TIRED.test(sentence))
    return 'negated';
  if (concept === 'cold-limb' && KNOCKED.test(sentence)) return 'negated';
  if (
    lasting &&
    TESTED_CLEAN.test(after) &&
    /\b(?:miedo|worried|afraid|scared|preocup\w+|thought|feared)\b/.test(before)
  )
    return 'hypothetical';
  if (concept === 'saddle' && SAT_ASLEEP.test(sentence) && !STAYS_SO.test(sentence)) return 'negated';
  if (OF_LEGS.includes(concept) && HELD_BY_PAIN.test(`${itself}${after}`)) return 'negated';
  if (concept === 'fever' && THE_CHANGE.test(sentence) && !RUNS_HOT.test(sentence)) return 'hypothetical';
  if (lasting && TURNED_OUT.test(before) && book.anotherPerson.test(sentence)) return 'hypothetical';
  if (concept === 'fever' && OF_THE_COLD.test(sentence) && !RUNS_HOT_TOO.test(sentence)) return 'negated';
  if (concept === 'pulsatile' && NARROW.test(after)) return 'negated';
  const stays = lasting && concept !== 'infection-source';
  // What once was in the blood may sit in a disc for months.
  const deep =
    concept === 'infection-source' &&
    IN_THE_BLOOD.test(itself) &&
    !/\b(?:year(?![- ]old)|ano|child)/.test(sentence);
  // "I sweat so much, I had an infection in spring": the date is that of the second.
  const dated = concept === 'fever' && ANOTHER_EVENT.test(after) ? clauseOf(sentence, itself) : sentence;
  if (EVENTS.includes(concept) && !deep && LONG_GONE.test(dated)) return 'old';
  // "On tablets for years, sat down hard": a blow has the time of its own clause.
  const spoken = concept.endsWith('trauma') ? clauseOf(sentence, itself) : sentence;
  if (!stays && !deep && isOld(spoken, concept, book)) return 'old';
  const longGone = LONG_GONE.test(sentence) || (IN_A_YEAR.test(sentence) && !THERE_AGAIN.test(sentence));
  if (!stays && !deep && concept !== 'progression' && longGone && SETTLED_THEN.test(sentence)) return 'old';
  if (concept.endsWith('trauma') && UNHARMED.test(after)) return 'old';
  if (concept === 'cauda-equina' && REASSURED.test(sentence)) return 'hypothetical';
  const over = !stays && book.overAfter.test(after) && !CAME_BACK.test(after);
  if (book.hedgesBefore.test(before) || over) return 'hedged';
  if (lasting && GUESSED.test(before)) return 'hedged';
  // Urine lost on a cough in pregnancy or after births is common; it is asked about.
  if (
    concept === 'bladder' &&
    STRESS_LEAK.test(text.slice(at, at + length)) &&
    /\b(?:pregnan\w+|embaraz\w+|gave birth|di a luz|parto)\b/.test(text)
  )
    return 'hedged';
  if (lasting) {
    const clause = `${text.slice(clauseStart(text, at, book), at)}${after.split(/[.;!?\n]/)[0] ?? ''}`;
    const carer = MY_OWN.test(sentence) && !speaksOfSelf(text) && !THEIRS.test(clause.replace(REPORTS, ' '));
    if (book.relatives.test(clause.replace(HANDLED, ' ').replace(REPORTS, ' ')) && !carer) return 'hedged';
  }
  return 'affirmed';
}

/** It was, and it went: "an episode of frequency last year, which resolved with antibiotics". */
const SETTLED_THEN =
  /\b(?:resolved|recovered|recovery|settled|cleared|subsided|got better|all came back|(?:steady|fine|stable) ever since|se resolvio|cedio|curo|recuper\w+)\b/;
/** A year that is past. */
const IN_A_YEAR = /(?<!since |desde )\b(?:in|en) (?:19\d\d|20[01]\d|202[0-3])\b/;
const THERE_AGAIN =
  /\b(?:now|again|today|yesterday|this (?:week|month|morning)|last (?:week|night)|lately|recently|worse|ahora|otra vez|de nuevo|hoy|ayer|peor)\b/;
const UNHARMED =
  /^[^.;!?\n]{0,25}\b(?:without (?:any )?(?:trouble|problems?|harm|injury|hurting)|unhurt|unharmed|uninjured|sin (?:hacer(?:me|se) dano|consecuencias))\b/;
const REASSURED = /\breassur\w+|tranquiliz\w+/;

/** An aorta of less than 3 cm is none too wide. */
const NARROW =
  /^(?:\W| diameter| is| of| de| aorta| screening| measur\w+| normal){0,5} ?[0-2](?:[.,]\d+)? ?cm\b|^[^.!?\n]{0,80}\b(?:and|,) (?:it|that|the (?:scan|result|aorta)) (?:was|is|came back) (?:all |perfectly |completely |quite )?(?:normal|clear|fine|not (?:wide|enlarged|dilated))\b/;
/** Pulses that are there on both sides. */
const WARM = /^[^.;!?\n]{0,40}\b(?:pulses? (?:are )?(?:palpable|present|good)|(?:feet|legs) (?:are )?warm)\b/;

/** Legs that ache after an effort, and nothing more. */
const AFTER_EFFORT =
  /^(?!.*\b(?:numb|weak|tingl|dead|burn|shoot|sciatica)).*\b(?:the (?:next|following) day|agujetas|from (?:the |my |yesterday's |\w+day's )?(?:\w+ )?(?:hike|walk|run|gym|match|race|ride|workout|squats)|(?:after|following) (?:a |the |my )?(?:long |hard |hilly )?(?:walk|hike|run|gym|match|race|ride|workout|leg day|squats|exercis\w+|class|training))\b/;

const OF_LEGS: readonly TextConcept[] = ['bilateral', 'weakness', 'severe-weakness', 'heavy-legs'];
/** "Walked ten miles and my legs were like jelly after, fine today." */
const TIRED_AND_FINE =
  /\b(?:walked|ran|hiked|cycled|climbed|danced|swam|rode|camin[eo]|corri|sub[ií]|baile)\b.*\b(?:miles?|km|kilomet\w+|hours|horas|all (?:day|night)|marathon|maraton|mountains?|hills?|camino)\b.*\b(?:fine|ok|gone|recovered|better|wore off|passed|se (?:me )?(?:pasa|paso|quito|quita)|ya (?:bien|esta))\b/;
/** "Five a side last night, legs like lead." */
const LEGS_OF_SPORT =
  /^(?=.*\blegs? (?:\w+ )?(?:like|as) (?:lead|jelly|rubber|concrete|wood)\b).*\b(?:(?:5|five) ?a ?side|football|netball|match|gym|run|squats|spin|marathon|hike|leg day|class|parkrun|tennis|cycling|bike ride|training|stairs at work)\b/;
const MORE_THAN_TIRED =
  /\b(?:numb|foot|drop\w*|gave|give|giv\w* way|buckl\w*|fell|trip\w*|pee|wee|bladder|bowels?|groin|weak\w*|worse|can ?not|can.?t)\b/;
/** A toe that was stubbed is blue of the blow. */
const KNOCKED =
  /\b(?:me (?:pegue|golpee|machuque|di un golpe)|tropece|stubbed|kicked|banged|dropped|knocked|trod)\b/;
const TESTED_CLEAN =
  /\b(?:estudios|analisis|pruebas|resonancia|tests?|scans?|bloods?|checks?)\b[^.;!?\n]{0,20}\b(?:limpi[oa]s?|bien|normal(?:es)?|clear|fine|ok|clean)\b/;
/** A seat that falls asleep from sitting and wakes up at once: "sat so long my bum went numb, wears off in two minutes". */
const SAT_ASLEEP =
  /^(?=.*\b(?:s[ai]t(?:ting)?|knel\w*|kneel\w*|squat\w*|cross\w*|perch\w*|seat|bleachers|kayak|canoe|rowing|sentad[oa]|sentarme|cruz[oa]\w*)\b)(?=.*\b(?:(?:wears?|wore|worn|goes|went|passes|passed|comes? back|came back|gone|fine|back to normal)\b[^.;!?\n]{0,20}\b(?:secs?|seconds?|mins?|minutes?|moment|when i (?:stand|stood|get up|got up|move|moved|stretch)|once i (?:stand|move|get up)|after a (?:stretch|walk|shake))|(?:secs?|seconds?|mins?|minutes?)[^.;!?\n]{0,40}?,? (?:and|then) (?:it.?s |it is )?(?:gone|fine|ok|back|right|normal)\b|se (?:me )?(?:pasa|quita|va)\b[^.;!?\n]{0,20}\b(?:al (?:mover|levant|par)\w+|en un (?:rato|momento|minuto)|segundos|minutos|enseguida)))/;
const STAYS_SO =
  /\b(?:still|now|days?|weeks?|worse|every ?where|spread\w*|(?:does|do|did) ?n[o']?t (?:wear|go|come)|not (?:wear|go|come)|ever since|todavia|dias?|semanas?|peor|no se (?:me )?(?:pasa|quita))\b/;
/** "Cannot lift the leg for pain, but the strength is there." */
const HELD_BY_PAIN =
  /^[^.;!?\n]{0,45}\b(?:por(?:que)? (?:el |del |me |tanto )?(?:dolor|duele)|because (?:of (?:the )?pain|it hurts)|for (?:the )?pain)\b[^.;!?\n]{0,40}\b(?:fuerza (?:si )?(?:tengo|normal|bien|conservada|buena|completa)|tengo (?:la )?fuerza|(?:strength|power) (?:is |was )?(?:normal|fine|there|good|full|ok))/;
/** Who shivers out of the sea shivers of the sea. */
const OF_THE_COLD =
  /\b(?:shiver\w*|teeth chatter\w*|tirit\w+|temblando)\b[^.;!?\n]{0,30}\b(?:sea|lake|river|pool|swim\w*|snow|ice bath|cold (?:water|plunge|shower)|mar|rio|alberca|piscina|nieve|agua fria)\b/;
const RUNS_HOT_TOO =
  /\b(?:temp\w*|fever\w*|fiebre|calentura|rigors?|38|39|nights?|noches?|still|days?|dias?)\b/;
/** Sweats of the menopause. */
const THE_CHANGE = /\b(?:menopaus\w*|hot flush\w*|hot flash\w*|hrt\b|climaterio|sofocos|bochornos)/;
const RUNS_HOT = /\b(?:chill\w*|shiver\w*|rigors?|temp\w*|fever\w*|fiebre|calentura|escalofri\w*|unwell)\b/;
/** "My neighbour had back pain and it turned out to be cancer." */
const TURNED_OUT =
  /\b(?:it|that|his|hers|theirs|eso) (?:turned out|ended up|was|proved|result[oó])\b[^.;!?\n]{0,15}$/;
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
/** "Numbness between the legs would be an emergency, I don't have that." */
const NOT_MINE =
  /^[^.;!?\n]{0,80}[,.;] (?:but |and |which |luckily )?(?:i|he|she|we) (?:do(?:es)? ?n[o']?t|have ?n[o']?t|has ?n[o']?t|have|had|has) (?:have |got |had |get )?(?:that|this|those|these|them|none of (?:that|this|those|these|them|it)|any of (?:that|this|those|these|them|it)|none)(?=\s*(?:$|[.,;!]))|^[^.;!?\n]{0,80}[,.;] (?:pero )?(?:yo )?no tengo (?:eso|nada de eso|ninguno de es[oa]s)\b/;
const ABSENT = /^[^.,;:!?\n]{0,40}?\babsent(?=\s*(?:$|[.,;)/\n]))/;
const GOOD_THING =
  /sensation|feeling|tone|reflex|touch|pulse|squeeze|power|urge|flexion|stream|sensacion|sensibilidad/;

/** "Sexual function: no change." */
const NOTHING_AFTER =
  /^[\s:,/\u2013\u2014-]{0,4}(?:(?:function|sensation|symptoms?|control|screen\w*|questions?|changes?)[\s:,/\u2013\u2014-]{1,3})?(?:(?:is|are|was|were) )?(?:no (?:change|issue|problem|concern|complaint|difficult|disturbance|deficit|abnormal|symptom)\w*|none\b|denie[sd]\b|negative\b|neg\b|not affected|unaffected|unremarkable|sin (?:cambios|alteraciones|problemas)|negativ[oa]\b)/;
const LIKENED = /\b(?:like|as if|as though|como si|como)\b[^.;!?\n]{0,20}$/;

/** What is told of him, her or it. */
const OF_ANOTHER = /\b(?:se le|le|his|her)\b[^,.;!?\n]*$/;
const sentenceBefore = (text: string, at: number): string =>
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

/** There for years and the same as ever; not when anything in the sentence is new, and never the growth of something. */
function isOld(sentence: string, concept: TextConcept, book: PhraseBook): boolean {
  if (concept === 'progression' || concept === 'pulsatile' || concept === 'spinal-needle') return false;
  // Whoever has thought of dying for years thinks of it now; what was done long ago is history.
  if (concept === 'self-harm' && !DONE_LONG_AGO.test(sentence)) return false;
  if (!book.longSince.test(sentence)) return false;
  return !book.freshly.test(sentence.replace(new RegExp(book.longSince, 'g'), ' '));
}

const DONE_LONG_AGO =
  /\b(?:(?:years?|decades) ago|in (?:19|20)\d\d|as a (?:child|teen\w*|young)|in my (?:teens|twenties)|hace (?:\w+ )?anos)\b/;

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
  if (HISTORY.includes(concept)) return undefined;
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
const SPEAKS_OF_SELF =
  /\b(?:the patient|patient (?:is|has|was|had|reports?|describes?|denies)|(?:he|she) (?:him|her)self|(?:el|la) paciente|paciente (?:de|con|que|preocupad[oa]))\b|\b(?:(?<!\bwhen )i|i'm|i've|i'd|i'll|me|mine|myself|yo|tengo|siento|noto|estoy|soy)\b|\bm(?:y|is?) (?!(?:[\w-]+ ){0,2}(?:mother|father|mum|mom|mummy|dad|daddy|parents?|sister|brother|aunt|uncle|gran\w*|nan\w*|wife|husband|partner|friend|neighbou?r|son|daughter|cousin|madre|padre|mama|papa|herman[oa]|ti[oa]|abuel[oa]|espos[oa]|marido|mujer|pareja|amig[oa]|vecin[oa]|hij[oa]|prim[oa]|suegr[oa]|cunad[oa]|niet[oa]|nuera|yerno|viej[oa]|flatmate|girlfriend|boyfriend)\b)/;

export const speaksOfSelf = saidAnywhere(SPEAKS_OF_SELF);

/** Gone, and there again. */
const CAME_BACK =
  /\b(?:(?:came|come|comes|coming|is|has come|it's) back|returned|again (?:now|since|this|today|yesterday)|ha vuelto|volvio|otra vez|de nuevo)\b/;
const STRESS_LEAK = /\b(?:cough|sneeze|laugh|lift|jump|tos|estornud|rei|rio)/;
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
