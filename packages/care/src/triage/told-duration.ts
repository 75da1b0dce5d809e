import { BOOK } from './phrase-book.ts';
import type { Told } from './told-course.ts';
import { isOfNow } from './told-now.ts';
import { speaksOfSelf } from './whose-symptom.ts';

/**
 * For how many weeks the pain has been there, where the words say it: a length ("for six weeks", "4/52 LBP", "dos meses de evolución") or a
 * beginning ("since March", "started on Friday"). Lengths of anything else, and beginnings of getting worse, are left out; two lengths that
 * disagree leave it open. Text is normalised.
 */
const WEEKS: Readonly<Record<string, number>> = {
  hour: 1 / 168,
  hora: 1 / 168,
  day: 1 / 7,
  dia: 1 / 7,
  week: 1,
  wk: 1,
  semana: 1,
  fortnight: 2,
  quincena: 2,
  month: 52 / 12,
  mes: 52 / 12,
  year: 52,
  yr: 52,
  ano: 52,
  decade: 520,
};
const UNIT = '(hour|hora|day|dia|week|wk|semana|fortnight|quincena|month|mes|year|yr|ano|decade)(?:e?s)?\\b';
const ABOUT =
  '(?:(?:about|around|just(?: over| under)?|only|exactly|a little over|coming up to|close to|roughly|approx\\w*|nearly|almost|over|well over|more than|longer than|greater than|at least|the|these|past|last|some|a good|good|the best part of|mas de|casi|unos|unas|ya|aproximadamente|los ultimos|las ultimas|[>~]) ?)*';
const COUNT =
  '(\\d{1,3}(?:[.,]5)?|half an?|medio|media|an?|una?|(?:a )?couple of|un par de|a few|several|many|varios|varias|unos|unas)';
const LENGTH = new RegExp(
  `(?<![\\w.,/])${ABOUT}\\b${COUNT}(?: ?(?:-|–|to|or|a|o) ?(\\d{1,3}))?(?: and a half)?[ -]${UNIT}(?: and a half| y medi[oa])?`,
  'g',
);
const MANY = 3;
/** "For months", "desde hace años". */
const PLURAL =
  /\b(?:for|over|desde hace|hace|llevo|lleva) (?:(?:many|several|some|muchos|varios|unos) )?(months|years|meses|anos)\b/g;

/** "The third week now." */
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
const ORDINAL = new RegExp(
  `\\b(${ORDINALS.slice(1).join('|')}) (week|month|year)\\b(?= (?:now|of (?:this|pain|sciatica|it)|running)|$)`,
  'g',
);

/** What stands before a length that lasts. */
const LASTS =
  /\b(?:for|over|since|x|lasting|lasted|lasts|been|been (?:like this|this bad)|(?:had|got|have) (?:it|this)|going on(?: for)?|with (?:it|this)|duration(?: of| is)?|onset|episode of|desde hace|hace|llev(?:o|a|amos|an)(?: ya)?|durante|dura|de|este|esta|in|part of|nearly|of)[ :]*$/;
const AFTER_PAIN =
  /\b(?:pain|ache|backache|sciatica|lumbago|back|leg|symptoms?|radiculopathy|stiffness|it|this|dolor|ciatica|lumbalgia|lumbociatica|espalda)[ ,:(-]*$/;
/** What stands behind it. */
const OF_PAIN =
  /^(?:'s?)?[ -]*(?:since (?:this|it|the pain|my back|that)\b|history|hx|now\b|already|duration|in duration|de evolucion|on and off|straight|today|and counting|down\b|in\b|with (?:this|it|a|my|low|lower|back|leg|sciatica|pain)|of (?:\w+ ){0,3}(?:pain|sciatica|agony|backache|lumbago|this|it|symptoms)|(?:con|de) (?:la |el |mi |este |un )?(?:\w+ )?(?:dolor|ciatica|lumbalgia|espalda|asi|molestias)|asi\b|sin mejor)/;
const AGO = /^ ?(?:ago|back\b|atras)/;
const BEGAN =
  /\b(?:start\w*|began|begin\w*|came on|come on|onset|happen\w*|went|appear\w*|notic\w*|took hold|woke|pulled|hurt|injur\w+|felt|since|set in|empez\w+|comenz\w+|aparec\w+|inici\w+|hace)\b/;
/** "Two weeks ago the pain started." */
const CAME =
  /^ (?:ago|atras),? (?:\w+ ){0,3}(?:start\w*|began|developed|got|came|noticed|woke|empez\w+|comenz\w+)\b[^.;!?\n]*\b(?:pain|ache|sciatica|back|dolor|espalda|ciatica|it|this)\b|^ (?:ago|atras),? (?:my |the |this |el |mi )?(?:back|pain|sciatica|dolor|espalda)\b/;
/** "Six months ago I lifted a fridge, I've had pain ever since." */
const EVER_SINCE = /\b(?:ever since|since then|desde entonces)\b/;
/** Lengths of something else, by what stands before or behind. */
const NOT_BEFORE =
  /\b(?:every|each|within|next|after|before|another|until|at|aged?|for up to|(?:walk|sit|stand|driv|work|sleep)(?:s|ing)?(?: for)?|(?:to|at|off) work (?:for|in)|sick(?: note)? for|better (?:for|in)|free for|worse\w* (?:for|over|in|since)|cada|dentro de|proxim[oa]s?|tras|despues de|antes de|de baja(?: desde)?(?: hace)?|sentad[oa]|peor (?:desde )?hace)[ ]*(?:the |about )?$/;
const NOT_BEHIND =
  /^(?:-| )?(?:old\b|of age|apart|at a time|later|off\b|pregnant|before|until|till|a (?:day|week)\b|times|each|without|pain[- ]free|post\b|holiday|leave|gestation|sin dolor|embarazada|de edad|de embarazo|de baja|antes|despues|shift\w*|at most|per\b)/;
/** A clause about another illness, another body part or another person. */
const OTHER_CLAUSE =
  /\b(?:cancer|operat\w+|surgery|operaron|discectomy|fusion|injection|infiltracion|accident|born|birth|pregnan\w+|embaraz\w+|diabet\w+|smok\w+|married|retired|tablets?|pills?|take|took|taking|ibuprofen|paracetamol|naproxen|codeine|tomo|tome|whenever|told to|rested?|in hospital|in bed|appointment|wait(?:ing)? list|(?:my|the|mi|la|el) (?:knee|shoulder|neck|wrist|elbow|tooth|head|ankle|rodilla|hombro|cuello|muneca|codo|cabeza)s? (?:has|have|hurts?|ached?|is|been)|(?:knee|shoulder|neck|wrist|elbow|tooth)s? pain|migraine|headaches?|dolor de (?:rodilla|hombro|cuello|cabeza)|duele\w* (?:la rodilla|el hombro|el cuello|la cabeza))\b/;
/** What came before the pain says nothing against its length. */
const CAUSE =
  /\b(?:since|after|following|desde|tras|despues de) (?:my|the|a|an|un|una|mi|el|la|that|having)\b[^,.;!?\n]*/g;
/** A clause that is about this pain, or just "it". */
const PAIN =
  /\b(?:pain\w*|hurt\w*|aches?|aching|sciatica\w*|sore|stiff\w*|agony|killing|back|lumbago|backache|bad|disc|leg|foot|thigh|calf|buttocks?|spine|symptoms?|suffer\w*|radicul\w*|struggl\w+|put up|living with|plagu\w*|nursing|like this|this bad|been there|it|it's|this(?= (?:for|now|since|is|has|pain|back|problem|trouble|sciatica|bout|episode|started|began|all|bad)\b|$)|problem|trouble|onset|duration|history|low back|bout|dolor\w*|duele\w*|ciatic\w+|lumb\w+|molesta\w*|espalda|pierna|pie|asi|llevo|lleva|evolucion)\b/;
/** Nothing but the length itself: the answer to "how long". */
const ONLY_LENGTH =
  /^[ ,-]*(?:(?:it's |it has )?been |for |since |desde |hace |about |started |began |onset |duration |empezo |comenzo |me empezo )?(?:hace |desde hace )?$/;

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
const MONTH_STARTS = [
  'jan|ene',
  'feb',
  'mar',
  'apr|abr',
  'may',
  'jun',
  'jul',
  'aug|ago',
  'sep',
  'oct',
  'nov',
  'dec|dic',
];
const DAY_STARTS = ['sun|dom', 'mon|lun', 'tue|mart', 'wed|mie', 'thu|jue', 'fri|vie', 'sat|sab'];
const SINCE = new RegExp(
  `\\b(?:since(?: (?:my|the|his|her|an?) (?:\\w+ ){1,3}(?:in|on|of))?|woke (?:up )?with (?:it|this|the pain)(?: on)?|started(?: on| in| at)?|(?:gave (?:out|way)|went|seized up|locked(?: up)?|popped)(?: on| in)?|began(?: on| in| at)?|came on(?: in| on)?|onset(?: in| on)?|desde(?: el| la)?|empezo(?: en| el)?|comenzo(?: en| el)?) (?:the |last |this |early |late |mid[- ]?|(?:end|start|beginning|middle) of |el |la |pasado )*(?:(${MONTHS})\\b(?: (?:of )?(?:de )?(20\\d\\d))?|(20\\d\\d)|((?:sun|mon|tues|wednes|thurs|fri|satur)day|lunes|martes|miercoles|jueves|viernes|sabado|domingo)|(yesterday|last night|ayer|anoche)|(today|this morning|hoy|esta manana)|(weekend|fin de semana)|(week|semana pasada)|(month|mes pasado)|(year|ano pasado)|(christmas|navidad|easter|semana santa|new year)\\b)`,
  'g',
);
const FEASTS: Readonly<Record<string, readonly [number, number]>> = {
  christmas: [11, 25],
  navidad: [11, 25],
  'new year': [0, 1],
  // Between the end of March and that of April.
  easter: [3, 8],
  'semana santa': [3, 8],
};
const DAY = 86_400_000;

const at = (pattern: readonly string[], word: string): number =>
  pattern.findIndex((p) => new RegExp(`^(?:${p})`).test(word));

/** Weeks from a beginning to `now`; a month counts from its middle. */
function weeksSince(m: RegExpMatchArray, now: Date): number | undefined {
  const weeks = (from: number): number => (now.getTime() - from) / (7 * DAY);
  const [, month, yearOf, year, weekday, yesterday, today, weekend, week, lastMonth, lastYear, christmas] = m;
  if (month !== undefined || christmas !== undefined) {
    const [index, day] =
      christmas === undefined
        ? [
            at(MONTH_STARTS, month!),
            /\b(?:early|beginning|start of)/.test(m[0]) ? 5 : /\b(?:late|end)\b/.test(m[0]) ? 25 : 15,
          ]
        : (FEASTS[christmas] ?? ([11, 25] as const));
    const year = yearOf === undefined ? now.getUTCFullYear() : Number(yearOf);
    const passed = weeks(Date.UTC(year, index, day));
    if (passed >= 0) return passed;
    // The middle of this month may still be to come.
    if (index === now.getUTCMonth() && christmas === undefined) return 1;
    return yearOf === undefined ? weeks(Date.UTC(year - 1, index, day)) : undefined;
  }
  if (year !== undefined)
    return Number(year) < now.getUTCFullYear() ? weeks(Date.UTC(Number(year), 6, 1)) : undefined;
  if (weekday !== undefined) return (((now.getUTCDay() - at(DAY_STARTS, weekday) + 6) % 7) + 1) / 7;
  if (yesterday !== undefined) return 1 / 7;
  if (today !== undefined) return 0;
  if (weekend !== undefined) return 4 / 7;
  if (week !== undefined) return /\blast|pasada/.test(m[0]) ? 1 : undefined;
  if (lastMonth !== undefined) return /\blast|pasado/.test(m[0]) ? WEEKS.month : undefined;
  return lastYear !== undefined && /\blast|pasado/.test(m[0]) ? WEEKS.year : undefined;
}

function countOf(word: string): number {
  if (/^\d/.test(word)) return Number(word.replace(',', '.'));
  if (/^(?:half|medi)/.test(word)) return 0.5;
  if (/couple|par/.test(word)) return 2;
  return /^(?:an?|una?)$/.test(word) ? 1 : MANY;
}

/** Somebody else's pain, told by one who speaks of himself too, or told as past. */
const anothers = (clause: string, text: string): boolean => {
  const other = BOOK.anotherPerson.exec(clause);
  return (
    other !== null &&
    (speaksOfSelf(text) || /\b(?:had|was|suffered|got|tuvo|tenia|sufrio|estuvo)\b/.test(clause)) &&
    !/\b(?:has|have) had\b/.test(speaksOfSelf(text) ? '' : clause)
  );
};

/** A story of once, with a length of its own. */
const LONG_AGO =
  /\b(?:years? ago|anos? atras),? (?:i|we|he|she|my \w+)\b|\b(?:i|he|she) (?:was|had|spent|got)\b[^.,;!?\n]*\b(?:last (?:year|spring|summer|autumn|winter)|years ago|in (?:19|20)\d\d)\b|\bused to\b/;
/** Sets a comma inside a list of lengths apart from one that ends a clause. */
const CLAUSE = /[^.,;!?\n]+(?:[.,]\d[^.,;!?\n]*)*/g;

/** How long the pain lasts, in weeks. `now` dates a beginning; without it beginnings by date stay unread. */
export function weeksIn(text: string, now?: string): Told<number> | undefined {
  const found: Told<number>[] = [];
  const today = now === undefined ? undefined : new Date(now);
  for (const { 0: clause, index } of text.matchAll(CLAUSE)) {
    if (
      !isOfNow(text, index + clause.length) ||
      LONG_AGO.test(clause) ||
      OTHER_CLAUSE.test(clause.replace(CAUSE, ' ')) ||
      anothers(clause, text)
    )
      continue;
    for (const m of clause.matchAll(LENGTH)) {
      const left = clause.slice(0, m.index);
      const right = clause.slice(m.index + m[0].length);
      if (/\b(?:if|unless|until|should|si)\b/.test(left)) continue;
      const recent = /\b(?:past|last|ultim[oa]s)\b/.test(m[0]);
      if ((NOT_BEFORE.test(left) && !recent) || /\bworse\w*[^,]{0,12}$/.test(left) || NOT_BEHIND.test(right))
        continue;
      const ago = AGO.test(right);
      if (ago && !BEGAN.test(left) && !EVER_SINCE.test(text) && !CAME.test(right)) continue;
      const lasts =
        ago ||
        LASTS.test(left) ||
        (recent && /\b(?:in|for|over|durante|en) ?$/.test(left)) ||
        AFTER_PAIN.test(left) ||
        OF_PAIN.test(right) ||
        (ONLY_LENGTH.test(left) && (right.trim() === '' || PAIN.test(right)));
      if (!lasts || !(PAIN.test(clause) || ONLY_LENGTH.test(left))) continue;
      const low = countOf(m[1]!);
      const count = m[2] === undefined ? low : (low + Number(m[2])) / 2;
      const half = /and a half|y medi/.test(m[0]) ? 0.5 : 0;
      found.push({ value: (count + half) * WEEKS[m[3]!]!, quote: m[0].trim() });
    }
    if (PAIN.test(clause))
      for (const m of clause.matchAll(PLURAL))
        found.push({ value: MANY * WEEKS[/^(?:m)/.test(m[1]!) ? 'month' : 'year']!, quote: m[0] });
    if (PAIN.test(clause))
      for (const m of clause.matchAll(ORDINAL))
        found.push({ value: (ORDINALS.indexOf(m[1]!) + 1) * WEEKS[m[2]!]!, quote: m[0] });
    if (today === undefined || Number.isNaN(today.getTime())) continue;
    for (const m of clause.matchAll(SINCE)) {
      const left = clause.slice(0, m.index);
      const value = weeksSince(m, today);
      const dated =
        PAIN.test(left) || /^(?:started|began|came|onset|empezo|comenzo)/.test(m[0]) || left.trim() === '';
      if (value !== undefined && dated && !/\b(?:worse\w*|not|n't|peor|no)\b[^,]{0,12}$/.test(left))
        found.push({ value, quote: m[0] });
    }
  }
  const [first] = found;
  const agree = found.every((f) => Math.abs(f.value - first!.value) < Math.max(1, 0.2 * first!.value));
  return first !== undefined && agree ? first : undefined;
}
