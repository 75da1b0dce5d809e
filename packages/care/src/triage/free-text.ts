import type { Assertion, PhraseBook, TextConcept, TextHit } from './concept.ts';
import { doubts } from './doubt.ts';
import { ENGLISH_PHRASES } from './phrases-en.ts';
import { SPANISH_PHRASES } from './phrases-es.ts';
import { inFull } from './shorthand.ts';
import { spelled } from './spelling.ts';
import { toldValues } from './told-values.ts';
import { ANY_PART, LIST_FILLER, NET_REACH, WORD_NET } from './word-net.ts';

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
        // "Denies: fever, chills" is one denial.
        .replace(
          /\b(denies|denied|denying|niega|niegan|negative for|negativo para|no|nil|sin)\s*:\s*/g,
          '$1 ',
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
const BOOK = merged(ENGLISH_PHRASES, SPANISH_PHRASES);

const FURTHEST = 90;
const SENTENCE = /[^.;!?\n]+/g;
/** History: it can be a relative's, and it stays true when it is years ago. */
const HISTORY: readonly TextConcept[] = [
  'cancer',
  'osteoporosis',
  'steroids',
  'intravenous-drugs',
  'immunosuppression',
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
const LONG_GONE =
  /(?<!since |desde )\b(?:last (?:year|spring|summer|autumn|winter|christmas|easter)|in (?:the )?(?:spring|summer|autumn|winter)|a year ago|as a (?:child|kid|baby)|de (?:nin[oa]|pequen[oa])|\d+ years? ago|(?:[4-9]|1\d|2\d) months ago|several months ago|many months ago|el ano pasado|hace (?:un ano|\d+ anos|(?:[4-9]|1\d) meses))\b/;

/** Start of the clause that holds `at`. */
function clauseStart(text: string, at: number, book: PhraseBook): number {
  const from = Math.max(0, at - FURTHEST);
  // A little beyond, because a clause may be known to end only by the word that follows ("y se me escapa").
  const near = text.slice(from, at + 20);
  let start = 0;
  for (const end of near.matchAll(book.clauseEnds)) {
    const stop = end.index + end[0].length;
    if (from + stop <= at) start = stop;
  }
  return from + start;
}

/** A denial reaches over a comma only within a list: "no fever, chills or sweats", never "no fever, numb since Monday". */
function reaches(negator: string, between: string, rest: string, book: PhraseBook): boolean {
  if (!between.includes(',')) return between.split(' ').length <= 9;
  if (book.listNegators.test(negator)) return true;
  // "no fever, numb between the legs" and "no fever, my foot drops" start a new statement.
  if (NEW_STATEMENT.test(rest)) return false;
  const list = `${between}${rest.split(/[.;:!?\n]/)[0] ?? ''}`;
  const items = list.split(/,|\b(?:and|or|nor|y|o|ni|u|e)\b/);
  return book.listJoiners.test(list) && items.every((i) => i.trim().split(' ').length <= 5);
}
const NEW_STATEMENT =
  /^(?:numb\b|can\b|can't|cannot|i\b|i'm|my\b|lost\b|losing|los[et]|no\b|not\b|un(?:able)|tengo|noto|siento|se (?:me|le)|me\b|he\b|perdi|pierdo|dormid|adormecid)/;

/** "I keep thinking I have cancer" is a worry, not a history. */
const GUESSED = /\b(?:think(?:s|ing)?|wonder\w*|convinced|suspect\w*|imagin\w*|creo|pienso|sospech\w+)\b/;
const SOUND =
  /\b(?:normal\w*|intact|5\/5|full|good|fine|strong|equal|symmetric\w*|preserved|conservad\w+|simetric\w+|intact[oa]s?)\b/;

function assertionOf(
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
  for (const m of blanked.matchAll(book.negators)) {
    const between = blanked.slice(m.index + m[0].length);
    negated = reaches(m[0], between, rest, book);
  }
  if (negated && book.newAfter.test(after)) negated = false;
  // "No ... ni siento la vejiga": the second denial is the complaint itself.
  if (text.startsWith('ni ', at)) negated = false;
  const normal = book.normalAfter.exec(after);
  if (!negated && normal !== null && !/\b(?:not?|no)\b/.test(after.slice(0, 30))) {
    // "Could not pee for twelve hours, today it is fine": it was there, and lately.
    if (!/\b(?:today|now|since|again|this (?:morning|week)|hoy|ahora|ya)\b/.test(normal[0])) return 'negated';
    return 'hedged';
  }
  const itself = text.slice(at, at + length);
  if (
    negated ||
    NOTHING_AFTER.test(after) ||
    /^[^.,;:!?\n]{0,20}?\b(?:excluded|ruled out)\b/.test(after) ||
    LISTED_NO.test(after) ||
    (ABSENT.test(after) && !GOOD_THING.test(`${itself}${ABSENT.exec(after)?.[0]}`))
  )
    return 'negated';
  if (book.hypothetical.test(before)) return 'hypothetical';
  // "Feels like I've had an epidural" tells of a feeling, not of a needle.
  if ((concept === 'infection-source' || concept === 'spinal-needle') && LIKENED.test(before))
    return 'hypothetical';
  if (HELPS.test(text) && /\b(?:her|his)\b/.test(sentenceAround(text, at, length))) return 'hypothetical';
  // The verb of the other person may be the first word found: "my dad | wears pads".
  const told = bySomebodyElse(`${before}${itself.split(' ')[0]}`, text, concept, book);
  if (told !== undefined) return told;
  // "Power 5/5 in both legs" is about legs that work.
  if (concept === 'bilateral' && SOUND.test(before)) return 'negated';
  const lasting = HISTORY.includes(concept);
  const stays = lasting && concept !== 'infection-source';
  const sentence = sentenceAround(text, at, length);
  // What once was in the blood may sit in a disc for months.
  const deep =
    concept === 'infection-source' && IN_THE_BLOOD.test(itself) && !/\b(?:year|ano|child)/.test(sentence);
  if (EVENTS.includes(concept) && !deep && LONG_GONE.test(sentence)) return 'old';
  // "On tablets for years, sat down hard": a blow has the time of its own clause.
  const spoken = concept.endsWith('trauma') ? clauseOf(sentence, itself) : sentence;
  if (!stays && !deep && isOld(spoken, concept, book)) return 'old';
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
    const carer = MY_OWN.test(sentence) && !SPEAKS_OF_SELF.test(text);
    if (book.relatives.test(clause) && !carer) return 'hedged';
  }
  return 'affirmed';
}

/** "Numb saddle: no", "fever denied"; "numbness absent" but not "sensation absent". */
const LISTED_NO =
  /^[^.,;:!?\n]{0,40}?(?:\s*[:\u2013\u2014-]+\s*(?:no|n|none|nope|not (?:present|reported))|\b(?:denied|not reported|negative|excluded|ruled out|not (?:seen|found|present|demonstrated|identified)|none seen|no|none|nil|descartad[oa]))(?=\s*(?:$|[.,;)/\n]))/;
const ABSENT = /^[^.,;:!?\n]{0,40}?\babsent(?=\s*(?:$|[.,;)/\n]))/;
const GOOD_THING =
  /sensation|feeling|tone|reflex|touch|pulse|squeeze|power|urge|flexion|stream|sensacion|sensibilidad/;

/** "Sexual function: no change." */
const NOTHING_AFTER =
  /^[\s:,/\u2013\u2014-]{0,4}(?:(?:function|sensation|symptoms?|control|screen\w*|questions?|changes?)[\s:,/\u2013\u2014-]{1,3})?(?:(?:is|are|was|were) )?(?:no (?:change|issue|problem|concern|complaint|difficult|disturbance|deficit|abnormal|symptom)\w*|none\b|denie[sd]\b|negative\b|neg\b|not affected|unaffected|unremarkable|sin (?:cambios|alteraciones|problemas)|negativ[oa]\b)/;
const LIKENED = /\b(?:like|as if|as though|como si|como)\b[^.;!?\n]{0,20}$/;

/** The sentence that holds `at`, as far as anything in it can speak about that place. */
function sentenceAround(text: string, at: number, length: number): string {
  const before = text.slice(Math.max(0, at - 2 * FURTHEST), at);
  const after = text.slice(at + length, at + length + 2 * FURTHEST);
  const words = text.slice(at, at + length);
  return `${before.split(NEXT_STORY).at(-1) ?? ''}${words}${after.split(NEXT_STORY)[0] ?? ''}`;
}

/** Ends what a "for years" speaks of: "osteoporosis for years, and when I coughed" are two stories. */
const NEXT_STORY =
  /[.;!?\n]|,? \b(?:and|but|y|pero|e)\b (?=(?:when|then|after|while|one day|cuando|luego|despues|al)\b)|, ?now (?=(?:\w+ ){0,2}(?:back|pain)\b)/;

/** There for years and the same as ever; not when anything in the sentence is new, and never the growth of something. */
function isOld(sentence: string, concept: TextConcept, book: PhraseBook): boolean {
  if (concept === 'progression' || concept === 'pulsatile' || concept === 'spinal-needle') return false;
  if (!book.longSince.test(sentence)) return false;
  return !book.freshly.test(sentence.replace(new RegExp(book.longSince, 'g'), ' '));
}

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
  if (CARED_FOR.test(before)) return 'hypothetical';
  const other = book.anotherPerson.exec(before);
  if (
    other === null ||
    /\b(?:i|me|my|i'm|i've|yo|mi|mis|me)\b/.test(before.slice(other.index + other[0].length))
  )
    return undefined;
  return /\bwho\b|\b(?:had|was|got|died|lost|fell|broke|suffered|tuvo|murio|sufrio|perdio|estuvo)\b/.test(
    other[0],
  )
    ? 'hypothetical'
    : SPEAKS_OF_SELF.test(text)
      ? 'hedged'
      : undefined;
}

/** Whoever never speaks of himself speaks for the one he names: "my mum is 82, she can't feel her bottom". */
const MY_OWN = /\bm(?:y|i) \w+[^.;!?\n]*\b(?:pain|back|dolor|espalda)\b/;
const SPEAKS_OF_SELF =
  /\b(?:i|i'm|i've|i'd|i'll|me|myself|yo|tengo|siento|noto|estoy|soy)\b|\bm(?:y|is?) (?!(?:\w+ )?(?:mother|father|mum|mom|mummy|dad|daddy|parents?|sister|brother|aunt|uncle|gran\w*|nan\w*|wife|husband|partner|friend|neighbou?r|son|daughter|cousin|madre|padre|mama|papa|herman[oa]|ti[oa]|abuel[oa]|espos[oa]|marido|mujer|pareja|amig[oa]|vecin[oa]|hij[oa]|prim[oa])\b)/;

/** Gone, and there again. */
const CAME_BACK =
  /\b(?:(?:came|come|comes|coming|is|has come|it's) back|returned|again (?:now|since|this|today|yesterday)|ha vuelto|volvio|otra vez|de nuevo)\b/;
const STRESS_LEAK = /\b(?:cough|sneeze|laugh|lift|jump|tos|estornud|rei|rio)/;

/** Whoever lifts another tells of two bodies; "her leg" is not the patient's. */
const HELPS =
  /\bi (?:\w+ )?(?:lift|carr|help|nurs|wash|turn|push)\w* (?:my \w+|her|him)\b[\s\S]*\bmy (?:own |lower )?(?:back|spine)\b/;

/** Work and duty speak of the one who is cared for. */
const CARED_FOR =
  /\b(?:care|caring|carer|look|looking) (?:for|after) (?:my|an?|the|his|her)\b(?![^.;!?\n]*\b(?:i|i'm|i've|me)\b)|\bcuid[oa] (?:a|de) (?:mi|un|una)\b/;

/** Every phrase found in one text, in order of concept and place; repeated words of one concept are kept once each. */
export function readText(raw: string, path: string): readonly TextHit[] {
  const key = `${path}\n${raw}`;
  const known = READ.get(key);
  if (known !== undefined) return known;
  const hits = scan(raw, path);
  if (READ.size >= 256) READ.clear();
  READ.set(key, hits);
  return hits;
}

/** Texts read lately: a plan asks "what if" many times over and the words stay the same. */
const READ = new Map<string, readonly TextHit[]>();

function scan(raw: string, path: string): readonly TextHit[] {
  const text = normaliseText(raw);
  const hits: TextHit[] = [];
  for (const { concept, pattern } of BOOK.phrases) {
    for (const m of text.matchAll(pattern)) {
      const found = assertionOf(text, m.index, m[0].length, concept, BOOK);
      // A goal names what is to end: "walk without dragging my foot" says that the foot drags.
      const assertion = found === 'negated' && path.includes('.goals.') ? 'hedged' : found;
      const quote = m[0].trim().slice(0, 100);
      if (!hits.some((h) => h.concept === concept && h.quote === quote && h.assertion === assertion)) {
        hits.push({ concept, assertion, path, quote });
      }
    }
  }
  // Nobody sets out to feel, hold or empty what works.
  const goal = path.includes('.goals.') ? GOAL_OF_CONTROL.exec(text) : null;
  if (goal !== null)
    hits.push({ concept: 'bladder', assertion: 'hedged', path, quote: goal[0].slice(0, 100) });
  hits.push(...toldValues(text).map((v) => ({ ...v, path })));
  hits.push(...caughtByNet(text, path, hits));
  return [...hits, ...doubts(text, path, hits, BOOK)];
}

const GOAL_OF_CONTROL =
  /\b(?:feel|control|hold|empty|know|tell|sentir|controlar|aguantar|notar)\b[^.;!?\n]{0,30}\b(?:pee|wee|urin\w+|bladder|toilet|bowels?|poo|wip\w+|orin\w+|vejiga|pis|bano)\b/;

/** Another part stands between the two and takes the loss: "toe numb, can walk on heels, waterworks fine". */
function belongsElsewhere(sentence: string, part: RegExpMatchArray, loss: RegExpMatchArray): boolean {
  const [from, to] =
    part.index! < loss.index!
      ? [part.index! + part[0].length, loss.index!]
      : [loss.index! + loss[0].length, part.index!];
  if (from >= to) return false;
  const gap = sentence.slice(from, to);
  // "Numb thighs, and it has crept up to my privates" speaks of both.
  if (SPREADS.test(gap)) return false;
  const rest = gap.replace(ANY_PART, ' ');
  return rest !== gap && rest.replace(LIST_FILLER, '') !== '';
}

const SPREADS =
  /\b(?:spread\w*|crept|creep\w*|climb\w*|travel\w*|moved|moving|extend\w*|reach\w*|gone|going|goes|up to|into|round to|right up|as far as|all the way|sub\w+ hasta|se extiend\w+|llega\w*|hasta)\b/;

/** What the net catches in a sentence in which no phrase of the same concept was found, affirmed or denied. */
function caughtByNet(text: string, path: string, found: readonly TextHit[]): readonly TextHit[] {
  const hits: TextHit[] = [];
  for (const sentence of text.matchAll(SENTENCE)) {
    for (const rule of WORD_NET) {
      if ([...found, ...hits].some((h) => h.concept === rule.concept && h.assertion === 'affirmed')) continue;
      const parts = [...sentence[0].matchAll(rule.part)];
      if (parts.length === 0) continue;
      for (const loss of sentence[0].matchAll(rule.loss)) {
        const end = loss.index + loss[0].length;
        const part = parts.find(
          (p) =>
            p.index <= end + NET_REACH &&
            p.index + p[0].length >= loss.index - NET_REACH &&
            !belongsElsewhere(sentence[0], p, loss) &&
            !(p.index > loss.index && BOOK.normalAfter.test(sentence[0].slice(p.index + p[0].length))),
        );
        if (part === undefined || rule.unless?.test(sentence[0]) === true) continue;
        const said = assertionOf(text, sentence.index + loss.index, loss[0].length, rule.concept, BOOK);
        if (said === 'negated' || said === 'hypothetical' || said === 'old') continue;
        const [from, to] = [Math.min(part.index, loss.index), Math.max(part.index + part[0].length, end)];
        hits.push({
          concept: rule.concept,
          assertion: rule.onlyAsks === true && said === 'affirmed' ? 'hedged' : said,
          path,
          quote: sentence[0].slice(from, to).trim().slice(0, 100),
        });
        break;
      }
    }
  }
  return hits;
}

/**
 * Weakness that the words say is new or growing: weakness and progression affirmed in one sentence, or in the next
 * one when that one starts by pointing back ("it is getting worse").
 */
export function progressiveWeakness(raw: string, path: string): TextHit | undefined {
  const sentences = normaliseText(raw).match(SENTENCE) ?? [];
  for (const [i, sentence] of sentences.entries()) {
    const weak = readText(sentence, path).find(
      (h) => /weakness$/.test(h.concept) && h.assertion === 'affirmed',
    );
    if (weak === undefined) continue;
    const next = sentences[i + 1] ?? '';
    const pointsBack = /^\s*(?:it|this|that|and|esto?|y|la debilidad|the weakness)\b/.test(next) ? next : '';
    // "No power since yesterday": the "no" belongs to the weakness, not to its onset.
    for (const part of [sentence, sentence.replace(weak.quote, ' '), pointsBack]) {
      const grows = readText(part, path).find(
        (h) => h.concept === 'progression' && h.assertion === 'affirmed',
      );
      if (grows !== undefined)
        return { ...weak, concept: 'progression', quote: `${weak.quote}; ${grows.quote}` };
    }
  }
  return undefined;
}
