/**
 * Notes and text messages in full words, before anything is read: "b/l sciatica", "NPU since 0600", "x 3/7", "cant feel", "q no noto".
 * Every pattern then hears the short form as the long one. Works on lower-case text without accents.
 */
type Rewrite = readonly [RegExp, string];

const NOTES: readonly Rewrite[] = [
  // "4- --> 3": from one to the other.
  [/ ?(?:-{1,3}|=)> ?/g, ' to '],
  // A dot that ends no sentence.
  [/\b(?:inc|incl)\.?(?= [a-z])/g, 'including'],
  [/\be\.g\.|\beg\.(?= )/g, 'for example'],
  [/\b(approx|esp|vs|resp|prob|poss)\.(?= [a-z0-9])/g, '$1'],
  // A mark before a word asks, after it ends a sentence: "?CES", "? cord compression".
  [/(^|[\s(,;/.:-])\?{1,3} ?(?=[a-z])/g, '$1query '],
  [/\bb ?\/ ?l\b|\bbilat\b\.?|\bbil\b\.?/g, 'bilateral'],
  [/\b(\d{1,2}) ?\/ ?7\b(?!\/)/g, '$1 days'],
  [/\b(\d{1,2}) ?\/ ?52\b/g, '$1 weeks'],
  [/\b(\d{1,2}) ?\/ ?12\b(?!\/)/g, '$1 months'],
  [/\bhnpu\b|\bnpu'?d?\b|\bno pu\b|\bnot pu'?d?\b|\bnil pu\b/g, 'not passed urine'],
  [/\bpu(?:'?d|ing)\b/g, 'passing urine'],
  [/\b(?:no bo|bno|bonw|bnor)\b/g, 'bowels not open'],
  [/\bi?pvru?\b|\bpmr(?= ?:? ?\d{2,4} ?ml)/g, 'post-void residual'],
  [/\baur\b/g, 'acute urinary retention'],
  [/\bluts\b/g, 'urinary symptoms'],
  [/\bnhl\b(?! (?:game|player|season|match|hockey|team))/g, 'lymphoma'],
  [/\bcrc\b/g, 'colorectal cancer'],
  [
    /\b(known|history of|with|has|longstanding|severe) as\b(?=[,.;]|$)|(?<=^|[.;] ?)\bas (?=pt\b)/g,
    '$1 ankylosing spondylitis ',
  ],
  [/\bdecr?\b(?= (?:to |sens|power|tone|lt\b|pp\b|light|pin|feel|strength))/g, 'decreased'],
  [/\b(to|decreased|reduced|absent) lt\b/g, '$1 light touch'],
  [/\bke(?= [0-5])/g, 'knee extension'],
  [/\bhf(?= [0-5])/g, 'hip flexion'],
  [/(^|[.,;] ?)si (?=with(?:out)? (?:an? |active )*(?:plan|intent))/g, '$1suicidal ideation '],
  [/\b(known )op\b(?=[,.;]|$)|\bop(?= (?:dx|diagnos))/g, '$1osteoporosis'],
  [/\bces(?:[- ]?[sirc])?\b/g, 'cauda equina syndrome'],
  [/\bsi ?\/ ?hi\b|\bsi ?\+(?=\W|$)/g, 'suicidal ideation'],
  [
    /\b(active|passive|endors\w+|denie[sd]|denying|express\w+|intermittent|fleeting|nil|no current|admits(?: to)?|positive for|negative for) si\b(?! (?:joints?|jt|pain|dysfunction|region|injection|belt|tiene|le|la|no))/g,
    '$1 suicidal ideation',
  ],
  [/\btlnwl\b/g, 'thoughts that life is not worth living'],
  [/\bdsh\b/g, 'self-harm'],
  [/\b(prior|previous|past|intentional|attempted|polypharmacy|mixed|recent|took an) od\b/g, '$1 an overdose'],
  [/\bmscc\b/g, 'metastatic cord compression'],
  [/\bclbp\b/g, 'chronic low back pain'],
  [/\blbp\b/g, 'low back pain'],
  [/\bc\/o\b/g, 'complains of'],
  [/\b(?:pmhx?|phx|h\/o|hx(?: of)?)\b/g, 'history of'],
  [/\bs\/p\b/g, 'after'],
  [/\bw\/o\b/g, 'without'],
  [/\bw\/ ?(?=[a-z])/g, 'with '],
  [/\bd\/t\b/g, 'due to'],
  [/\br\/o\b/g, 'query'],
  [/\bbll\b|\bb?ble\b(?= weak)/g, 'both lower limbs'],
  [/(?<!')\b(?:l\/l|ll)s?\b/g, 'lower limb'],
  [/\b(?:rll|r le)\b/g, 'right lower limb'],
  [/\b(?:lll|l le)\b/g, 'left lower limb'],
  [/\bdf\b/g, 'dorsiflexion'],
  [/\bpf\b/g, 'plantarflexion'],
  [/\bwt\b/g, 'weight'],
  [/\bwd\b(?= ?:? ?\d)/g, 'walking distance'],
  [/\bsx\b/g, 'symptoms'],
  [/\bmets\b(?! (?:score|hemo|haemo|at ))/g, 'metastases'],
  // "Goals met" and "we met" tell of none.
  [
    /\b(bon[ey]|brain|liver|lung|spin\w+|vertebra\w*|sacral|pelvic|solitary|single|new|known|[tls]\d+) met\b/g,
    '$1 metastases',
  ],
  [/\b(?:t|c)?(?:tf)?esi\b/g, 'epidural steroid injection'],
  [/\bpod ?#?(\d)/g, 'post-op day $1'],
  [/\b(?:doac|noac)s?\b/g, 'anticoagulant'],
  [/\b(?:#|fx)(?= |$)/g, 'fracture'],
  [/\b(?:wnl|nad)\b/g, 'normal'],
  [/\b(?:nil|neg for|neg)\b(?! by mouth)(?=\s+[a-z])/g, 'no'],
  [/\bnvi\b/g, 'neurovascularly intact'],
  [/\bfi\b(?=[^a-z]*(?:and|&|\+|,|$|x))/g, 'faecal incontinence'],
  [/\bui\b(?=[^a-z]*(?:and|&|\+|,|$|x))/g, 'urinary incontinence'],
  [/\bpins ?(?:n|&|\+) ?needles\b|\bp&n\b|\bpnn\b/g, 'pins and needles'],
  [/\bpar(?:a)?es\b\.?/g, 'paraesthesia'],
  [/\ban(?:a)?es\b\.?/g, 'anaesthesia'],
  [/\bpt\b/g, 'patient'],
];

const MESSAGES: readonly Rewrite[] = [
  [
    /\bloos(e|es|ing)(?= (?:\w+ )?(?:weight|feeling|control|power|strength|sensation|balance|kilos?))/g,
    'los$1',
  ],
  [/\b(ca|do|does|did|was|were|have|has|had|is|are|would|could|should|wo)nt\b/g, "$1n't"],
  [/\bi ?ve\b/g, "i've"],
  [/\bim\b/g, "i'm"],
  [/\b(he|she|it)s(?= (?:been|got|not|now|gone|lost|had)\b)/g, "$1's"],
  [/\bwett?in\b/g, 'wetting'],
  [
    /\b(pee|wee|piss|leak|tingl|los|go|burn|shoot|dragg?|tripp?|com|hav|feel|gett|sweat|shak|fall|walk|sitt|dribbl|soak|stumbl|giv|gettin|numb|hurt|poo|soil|mess)in\b/g,
    '$1ing',
  ],
  [/\b4 (?=(?:\d|a|the)\b)/g, 'for '],
  [/\bb4\b/g, 'before'],
  [/\b2day\b/g, 'today'],
  [/\b2nite\b|\btonite\b/g, 'tonight'],
  [/\b(?:yest|yday|yestday|yesturday|yesterdy)\b/g, 'yesterday'],
  [/\bnite(s?)\b/g, 'night$1'],
  [/\bwk(s?)\b/g, 'week$1'],
  [/\bhr(s?)\b/g, 'hour$1'],
  [/\byr(s?)\b/g, 'year$1'],
  [/\b(?:cos|coz|bcos|bc)\b/g, 'because'],
  [/\bcu?dn'?t\b/g, "couldn't"],
  [/\b(?:kant|carnt|cnt)\b/g, "can't"],
  [/\b(?:toilit|tiolet|toliet|toylet)\b/g, 'toilet'],
  [/\b(?:nummb|nunb|num|numm)\b/g, 'numb'],
  [/\bwe{2,3}-?we{2,3}\b/g, 'wee'],
  [/\bq\b(?= (?:no|me|se|ya|la|el|tengo|siento|noto))/g, 'que'],
  [/\b(?:xq|pq|porq)\b/g, 'porque'],
  [/\b(?:ago|aser|haser)(?= (?:pis|pipi|caca))/g, 'hago'],
  [/\bboy(?= al? (?:bano|servicio|water))/g, 'voy'],
  [/\borinar(?:me)?(?= enzima)/g, 'orinarme'],
  [/\ben[zs]ima\b/g, 'encima'],
  [/\b(me )?e (?=(?:\w+[ai]do|hecho)\b)/g, '$1he '],
  [/\bk(?= (?:no|me|se|ya|la|el|tengo|siento|noto))/g, 'que'],
  [/\baora\b/g, 'ahora'],
  [/\base (?=(?:\d|un|una|dos|tres|cuatro|dias|semanas))/g, 'hace '],
  [/\b(no|ni|ya) ciento\b/g, '$1 siento'],
  [/\bbejiga\b/g, 'vejiga'],
  [/\bormigueos?\b/g, 'hormigueo'],
  [/\b(al|el) vano\b/g, '$1 bano'],
];

/** "Two years" as "2 years", so that a rule with figures hears both. */
const FIGURES: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  fourteen: '14',
  fifteen: '15',
  sixteen: '16',
  seventeen: '17',
  eighteen: '18',
  nineteen: '19',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
  diez: '10',
  quince: '15',
  veinte: '20',
};
const TENS: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const UNIT =
  '(?=[ -](?:and a half )?(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?|anos?|meses|semanas?|dias?|horas?|minutos?)\\b)';
/** "Seventy nine years", "twenty weeks". */
const IN_TENS = new RegExp(
  `\\b(${Object.keys(TENS).join('|')})(?:[ -](one|two|three|four|five|six|seven|eight|nine))?${UNIT}`,
  'g',
);
const COUNTED = new RegExp(`\\b(${Object.keys(FIGURES).join('|')})${UNIT}`, 'g');

const ALL: readonly Rewrite[] = [...NOTES, ...MESSAGES];

/** Text with its short forms written out. */
export function inFull(text: string): string {
  return ALL.reduce((t, [short, long]) => t.replace(short, long), text)
    .replace(IN_TENS, (_, tens: string, one: string | undefined) =>
      String(TENS[tens]! + (one === undefined ? 0 : Number(FIGURES[one]))),
    )
    .replace(COUNTED, (word) => FIGURES[word] ?? word);
}
