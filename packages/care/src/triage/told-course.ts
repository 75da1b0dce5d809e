import { normaliseText } from './phrase-book.ts';

/**
 * How long the pain lasts, where it goes and what it stops, where nobody was asked and the words say it plainly. Told, not confirmed:
 * the questions stay open beside it. Two durations in one story, or a denial that reaches the words, leave the answer open.
 */
export interface ToldCourse {
  readonly weeks?: Told<number>;
  readonly radiation?: Told<'below-knee' | 'leg' | 'back-only'>;
  readonly walkM?: Told<number>;
  readonly offWorkWeeks?: Told<number>;
  /** 2: up and about or at work no more; 1: hampered; 0: does everything. */
  readonly mobility?: Told<0 | 1 | 2>;
}

export interface Told<T> {
  readonly value: T;
  readonly quote: string;
}

const SENTENCE = /[^.;!?\n]+/g;
const PAIN =
  /\b(?:pain\w*|hurt\w*|aches?|aching|sciatica\w*|sore|stiff\w*|agony|killing|back (?:has|is|went|problem|trouble)|bad back|backache|lumbago|dolor\w*|duele\w*|ciatic\w+|lumbalgia|molesta\w*|con la espalda|mi espalda)\b|^ ?(?:it|this|the problem)(?:'s| has| is)? (?:\w+ )?(?:been|start\w*|began|came on|happen\w*|going on)|\bbeen (?:like|this way|this bad)\b|\b(?:had|put up with|suffer\w*|struggl\w+|living) (?:\w+ )?(?:it|this)\b|\b(?:history|no better|back|disc|leg|foot|giving me|plagu\w*|nursing|of this|pierna|pie|llevo asi|with (?:it|this))\b/;
/** The time of something else, or somebody else's. */
const OTHER_TIME =
  /\b(?:cancer|surgery|operat\w+|operaron|discectomy|fusion|injection|infiltracion|accident|born|birth|pregnan\w+|embaraz\w+|diabet\w+|smok\w+|married|retired|tablets?|pills?|walk(?:ing)? for|sit(?:ting)? (?:for|mucho)|stand(?:ing)? for|appointment|next|wait(?:ing)? list|mother|father|mum|dad|wife|husband|brother|sister|madre|padre|better (?:for|in)|(?:to|at|off) work (?:for|in)|pain[- ]free)\b/;
const DAYS: Readonly<Record<string, number>> = {
  day: 1 / 7,
  dia: 1 / 7,
  week: 1,
  wk: 1,
  semana: 1,
  fortnight: 2,
  month: 52 / 12,
  mes: 52 / 12,
  year: 52,
  yr: 52,
  ano: 52,
};
const UNIT = '(day|dia|week|wk|semana|fortnight|month|mes|year|yr|ano)(?:e?s)?\\b';
const LASTS = new RegExp(
  `\\b(?:for|over|since|past|last|x|desde hace|hace|llevo|lleva)(?: (?:about|around|nearly|almost|over|more than|at least|the|the past|the last|some|mas de|casi|unos|unas|ya))* (\\d{1,2}|half an?|medio|an?|un|una|(?:a )?couple of|a few|several|many|varios|varias|unos|unas)(?: and a half)? ${UNIT}(?: and a half)?(?! ago| at a time| old| before| off\\b)|\\b(\\d{1,2}|a)[- ]${UNIT}(?:[- ](?:history|now|already|in\\b)| of (?:\\w+ )?(?:pain|back|sciatica|agony)| (?:con|de) (?:dolor|ciatica|lumbalgia))|(?:start|began|came on|happen|went)\\w* (?:\\w+ ){0,2}?(\\d{1,2}|half an?|an?|(?:a )?couple of|a few) ${UNIT} ago|\\b(?:for|over|desde hace|hace|llevo) (months|years|meses|anos)\\b|(?:been|going on|part of|nearly|almost|about|had (?:it|this)|^) ?(?:like (?:this|that) )?(?:the )?(?:best part of |about |nearly |almost |over )*(\\d{1,2}|half an?|medio|an?|(?:a )?couple of|a few) ${UNIT}(?: and a half)?(?! (?:ago|old|before|off\\b|apart|later))(?= (?:now|today|on and off|of|con|con la|of this|like this|and|since|down|in\\b|with|already)|[,.]|$)`,
  'g',
);
const MANY = 3;

function countOf(word: string): number {
  if (/^\d/.test(word)) return Number(word);
  if (/^(?:half|medio)/.test(word)) return 0.5;
  if (/couple/.test(word)) return 2;
  return /^(?:an?|una?)$/.test(word) ? 1 : MANY;
}

function weeksIn(text: string): Told<number> | undefined {
  const found: Told<number>[] = [];
  for (const [sentence] of text.matchAll(SENTENCE)) {
    if (!PAIN.test(sentence) || OTHER_TIME.test(sentence)) continue;
    for (const m of sentence.matchAll(LASTS)) {
      const unit = (m[2] ?? m[4] ?? m[6] ?? m[7] ?? m[9] ?? '').replace(/^(months|meses)$/, 'month');
      const each = DAYS[unit] ?? DAYS[unit.replace(/s$/, '')] ?? 0;
      const word = m[1] ?? m[3] ?? m[5] ?? m[8] ?? 'many';
      const count = countOf(word) + (m[0].includes('and a half') ? 0.5 : 0);
      if (each > 0) found.push({ value: count * each, quote: m[0] });
    }
  }
  const [first] = found;
  return first !== undefined && found.every((f) => Math.abs(f.value - first.value) < 1) ? first : undefined;
}

const RUNS =
  '(?:pain\\w*|shocks?|zips?|zaps?|creeps?|spreads?|on fire|agony|gone|shoot\\w*|burn\\w*|ach\\w+|hurt\\w*|sciatica|electric\\w*|stab\\w*|runs?|running|goes|going|travels?|radiat\\w+|down|dolor\\w*|duele\\w*|baja\\w*|ciatica|irradi\\w+|quem\\w+|llega\\w*|corre\\w*|pincha\\w*|runs)';
/** Words between the pain and its place, none of which denies. */
const UNDENIED = "(?:(?!\\b(?:no|not|never|without|nothing|n't|sin|ni|nada)\\b)[^.;!?\\n])";
const BELOW =
  '(?:calf|calves|shins?|foot|feet|toes?|ankles?|heels?|soles?|below (?:the |my )?knee|pantorrilla|gemelo|tobillo|talon|pie|dedos?|debajo de la rodilla)';
const BELOW_KNEE = new RegExp(
  `\\b${RUNS}\\b${UNDENIED}{0,45}\\b${BELOW}\\b|\\b${BELOW}\\b[^.;!?\\n]{0,15}\\b(?:pain|hurts?|aches?|burns?|on fire|duele)`,
);
const IN_LEG = new RegExp(
  `\\b(?:stops?|ends?) (?:at|above) (?:the|my) knee|(?:back|front|side) of (?:the|my) thigh|\\bsciatica\\b|\\bciatica\\b|\\b(?:leg|thigh|pierna|muslo) (?:pain|aches?)|\\b${RUNS}\\b${UNDENIED}{0,30}\\b(?:legs?|thighs?|hamstrings?|piernas?|muslos?)\\b|\\b(?:legs?|thighs?)\\b (?:hurts?|aches?|burns?)|duele\\w* (?:la|las|una|el) (?:piernas?|muslo)`,
);
const BACK_ONLY =
  /\b(?:nothing (?:\w+ )?(?:down|in|into) (?:the|my|either|his|her) legs?|in (?:the|my) (?:lower |low )?back only|solo me duele la (?:cintura|espalda)|stays? (?:put )?in (?:the (?:small|middle) of )?(?:my )?(?:lower )?back|only (?:ever )?in (?:the (?:small|middle) of )?my (?:lower )?back|never (?:strays|leaves my back)|across (?:my|the) (?:waist|lower back) only|solo (?:en )?(?:los rinones|la espalda|la cintura)|no me baja|no (?:me )?pasa de la cintura|no (?:\w+ ){0,2}(?:leg|sciatic\w*) (?:pain|symptoms?)|no (?:pain|symptoms?) (?:in|down) (?:my |the |either )?legs?|no sciatica|nothing (?:in|down) (?:my |the )?legs?|(?:does ?n[o']?t|not|never) (?:\w+ )?(?:go|goes|going|run|travel|spread|shoot|radiate) (?:\w+ )?(?:down|into|to|anywhere)|(?:only|just) in (?:my |the )?(?:lower |low )?back|sin irradi\w+|no (?:se )?(?:irradia|baja|me baja)|nada en (?:las |la )?piernas?|sin (?:dolor|nada) en (?:las )?piernas?|sin ciatica)\b/;
const DENIED = /\b(?:no|not|never|without|denies|n't|sin|niega|ni|nunca)\b[^,.;!?\n]{0,25}$/;

function radiationIn(text: string): ToldCourse['radiation'] {
  const only = BACK_ONLY.exec(text);
  for (const [value, pattern] of [
    ['below-knee', BELOW_KNEE],
    ['leg', IN_LEG],
  ] as const) {
    const m = pattern.exec(text);
    if (m === null || DENIED.test(text.slice(0, m.index))) continue;
    // "Down one leg, nothing in the foot" is not told plainly enough to be scored.
    return only !== null ? undefined : { value, quote: m[0].slice(0, 100) };
  }
  return only === null ? undefined : { value: 'back-only', quote: only[0] };
}

const CANT =
  "(?:can'?t|cannot|can not|could ?n[o']?t|unable to|not able to|no longer|no puedo|no puede|no consigo)";
const STOPS = new RegExp(
  `\\b(?:${CANT} (?:\\w+ )?(?:walk|stand up|get up|get out of bed|move|work|go to work|leave the house|put (?:any )?weight|andar|caminar|moverme|levantarme|trabajar|salir)\\b(?! (?:far|fast|long|properly|much|for (?:long|more)|heavy|mucho|bien|(?:\\w+ ){0,3}(?:further|farther|beyond|past|more than)))|off (?:work|sick)\\b|signed off|(?:have|has) ?n[o']?t (?:been|gone|made it) (?:in)?to work|(?:given|giving) up work|sick note|(?:has|have) ?n[o']?t left (?:her|his|my|the) (?:bed|house|flat|room)|crawl\\w* to|can(?:not|'?t|no?t) get (?:upstairs|downstairs|outside|to the (?:bathroom|toilet|door))|(?:stuck|confined) (?:indoors|at home|to bed)|no he podido (?:ir a )?(?:trabajar|levantarme|salir|andar)|sin poder (?:levantarme|moverme|andar|trabajar)|estoy en (?:la )?cama|no salgo de (?:casa|la cama)|(?:bed|house)[- ]?bound|stuck in bed|in bed all day|on crutches|wheelchair|de baja\\b|en cama\\b|con muletas)`,
);
const HAMPERS = new RegExp(
  `\\b(?:${CANT} (?:\\w+ ){0,2}(?:walk|sit|stand|bend|drive|sleep|exercise|run|play|lift|dress|put on|andar|caminar|sentar\\w*|conducir|agachar\\w*)|(?:hard|difficult|struggl\\w+|painful|hurts) (?:to|with) (?:walk|stand|sit|bend|get|move|dress)\\w*|limp(?:s|ing)?\\b|hobbl\\w+|barely (?:walk|move)|need (?:a hand|help) (?:to|with)|can (?:hardly|barely|scarcely) (?:bend|walk|sit|stand|move)|(?:driving|sitting|standing|walking|bending|sleeping) is (?:impossible|agony|a struggle|hard|torture)|can(?:not|'?t) walk (?:\\w+ ){0,3}(?:further|farther|beyond|past|more than)|me cuesta (?:ponerme|vestirme|agacharme|sentarme)|hurts (?:to|when i) (?:sit|stand|walk)|out of the question|(?:has|have) to (?:put|pull|tie|help) (?:\\w+ ){0,3}(?:socks?|shoes?|laces|tights|dress\\w*)|shuffl\\w+|before i (?:have to|need to) (?:stop|sit)|apenas (?:puedo|consigo)|no aguanto (?:sentad[oa]|de pie)|me cuesta (?:andar|caminar|levantarme|moverme)|cojeo|cojeando|light duties)`,
);
const FREE =
  /\b(?:(?:can|able to) (?:still )?(?:do everything|walk (?:fine|normally|for miles|ok)|work (?:fine|normally)|move (?:fine|freely))|still (?:work|working|walk|run|at work|going to the gym|play)\w*|walk\w* (?:is )?(?:fine|ok|normal\w*)|still (?:\w+ )?(?:jog|run|swim|cycle|drive|garden|lift|play|go)\w*|doing everything|(?:go|going|went) to (?:the office|work) as (?:usual|normal|always)|hago mi vida normal|manag\w+ (?:my|the|all my) (?:shifts?|job|work|housework)(?: fine| ok)?|sigo (?:yendo|haciendo|corriendo|jugando)|ando bien|camino bien|sigo trabajando|hago vida normal|trabajo normal)\b/;
const WALK =
  /\b(?:walk|manage|andar|camin\w+|ando)\w*\b[^.;!?\n\d]{0,25}\b(\d{1,4}) ?(m|met(?:er|re)s?|metros|yards?|steps|pasos)\b/;
const OFF_WORK = new RegExp(
  `\\b(?:off (?:work|sick)|signed off|de baja)\\b[^.;!?\\n]{0,20}?\\b(\\d{1,2}|an?|una?) ${UNIT}`,
);

/** What the story tells, each with the words that told it. */
export function toldCourse(raw: string): ToldCourse {
  const text = normaliseText(raw);
  const weeks = weeksIn(text.replace(OFF_WORK, ' '));
  const radiation = radiationIn(text);
  const walk = WALK.exec(text);
  const off = OFF_WORK.exec(text);
  const mobility = (
    [
      [2, STOPS],
      [1, HAMPERS],
      [0, FREE],
    ] as const
  )
    .map(([value, pattern]) => ({ value, m: pattern.exec(text) }))
    .find(
      ({ m }) =>
        m !== null && !/\b(?:not|never|n't|no|nunca)\b[^,.;!?\n]{0,12}$/.test(text.slice(0, m.index)),
    );
  return {
    ...(weeks === undefined ? {} : { weeks }),
    ...(radiation === undefined ? {} : { radiation }),
    ...(walk === null
      ? {}
      : { walkM: { value: Number(walk[1]) * (/^(?:step|paso)/.test(walk[2]!) ? 0.75 : 1), quote: walk[0] } }),
    ...(off === null
      ? {}
      : {
          offWorkWeeks: {
            value: (/^\d/.test(off[1]!) ? Number(off[1]) : 1) * (DAYS[off[2]!] ?? 0),
            quote: off[0],
          },
        }),
    ...(mobility?.m == null ? {} : { mobility: { value: mobility.value, quote: mobility.m[0] } }),
  };
}
