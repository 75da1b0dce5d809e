import type { Phrase, TextConcept } from './concept.ts';

const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

const EFFORT =
  '(?:cough|sneez|bend|bent|lift|twist|turn|reach|stoop|open|push|pull|carr|pick|sat|sit|stood|laugh|tos|estornud|agach|levant|gir)';

const NOT_WALKING =
  '\\b(?:(?:in|en) (?:a )?(?:wheelchair|silla de ruedas)|carried|two people|bed ?bound|en brazos)\\b';
/** From walking alone to being carried, within days. What comes before is looked for last: it is costly and seldom needed. */
const CARRIED = `${NOT_WALKING}(?<=(?:\\b(?:last week|(?:a|1|one) week ago|days ago|on \\w+day|yesterday|hace (?:una|1) semana|ayer|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))\\b[^.!?\\n]{0,70}\\b(?:today|now|hoy|ahora)\\b[^.!?\\n]{0,30}|\\b(?:last week|week ago|days ago|on \\w+day|yesterday)\\b[^.!?\\n]{0,70})${NOT_WALKING})`;

/** How a clinician's note, a letter or a form puts what the person said; English, then Spanish. */
export const NOTE_PHRASES: readonly Phrase[] = [
  ...p(
    'sexual',
    '(?:tried|slept|been|intimate|close) with (?:my|his|her) (?:husband|wife|partner|boyfriend|girlfriend)[^!?\\n]{0,90}\\b(?:wax|wood|stone|rubber|plastic|cardboard|felt nothing)\\b',
  ),
  ...p(
    'night-pain',
    '(?:deprives?|robs?|depriving) (?:him|her|me) of (?:\\w+ )?sleep',
    '(?:pain|worst|worse)[^.;!?\\n]{0,20}\\b(?:in|during) the (?:small|early) hours|(?:three|two|four|3|2|4) in the morning',
    '\\b(?:nocturnal|night) (?:\\w+ ){0,2}pain\\b|\\brelentless\\b[^.;!?\\n]{0,15}\\bpain|dolor[^.;!?\\n]{0,25}(?:nocturn\\w+|(?:aumenta|empeora|peor) (?:al|cuando) (?:me |se )?(?:acost|tumb)\\w+)|\\b(?:indifferent to|unaffected by|independent of) (?:posture|position|movement|activity)',
    '\\b(?:pain|aches?|aching)\\b(?:(?!\\b(?:better|eases?|gone|less|no)\\b)[^.;,!?\\n]){0,30}\\b(?:at|by) night\\b(?! when (?:turn|roll|mov))',
    "(?:\\bno\\b|\\bnot\\b|cannot|can ?n[o']?t|unable|without|irrespective of|regardless of)[^.;,!?\\n]{0,22}\\b(?:any |a |change (?:of|in) )?(?:comfortable )?position\\b|\\bin any position\\b|(?:pain|ache)[^.;!?\\n]{0,25}\\b(?:at rest|lying still|when (?:he|she|i) lies? down)\\b|\\bunremitting\\b|\\bnon-?mech(?:anical)?\\b",
    '(?:en ninguna|sin|no hay|ninguna) (?:\\w+ )?(?:postura|posicion)\\b|dolor[^.;!?\\n]{0,20}\\ben reposo\\b|no (?:cede|se alivia|se quita)[^.;!?\\n]{0,20}\\b(?:noches?|reposo|nada)\\b',
  ),
  ...p(
    'sudden-onset',
    '(?:pain|back|spine)\\b[^.;!?\\n]{0,30}\\ball at once\\b|(?:like|as) (?:a |of a )?(?:knife|bolt|lightning|dagger|stab)\\w*\\b',
    '(?:brought on|set off|came with|followed by) (?:a |an )?(?:sudden|sharp|stabbing|severe)',
    'punalada|latigazo|como un (?:cuchillo|rayo)',
  ),
  ...p(
    'minor-trauma',
    '\\b(?:tripp|stumbl|slipp)ing (?:over|on|off|down)\\b|\\bfalling (?:over|down|in|on|at|against|off|backwards|forwards)\\b',
    '\\b(?:since|after|following) (?:\\w+ )?(?:lift|bend|twist|reach|stoop|cough|sneez|pull|push|carry)ing\\b',
    '\\b(?:sneez|cough|bent|lift|twist|reach|stoop)\\w*(?: \\w+){0,4}? and (?:now|then|since|felt|my back|immediately|suddenly)\\b|\\b(?:was|been|got) dropped (?:in|from|by|off|out|on)\\b',
    '\\b(?:low[- ](?:energy|impact|velocity)|mech(?:anical)?|ground[- ]level|simple|minor|witnessed|unwitnessed) falls?\\b|(?:had|took|taken) an? (?:\\w+ )?(?:tumble|spill)\\b|found (?:lying )?on (?:the )?(?:\\w+ )?(?:floor|ground)\\b',
    '\\b(?:several|recurrent|multiple|two|three|repeated|frequent) falls\\b',
    '\\b(?:minor|slight|small|trivial|simple) (?:stumble|slip|trip|tumble|knock|jolt|bump)\\b|\\bjolted\\b',
    `(?:came on|began|start\\w*|appear\\w*|set in|struck|caught (?:him|her|me))\\b[^.;!?\\n]{0,20}\\b(?:when|while|after|on|as) (?:i |he |she |the patient )?(?:was )?(?:\\w+ )?${EFFORT}\\w*`,
    `(?:since|after|from|following) (?:a|one|that|the) (?:\\w+ )?(?:cough|sneeze|twist|bump|jolt|stumble|trip|slip|hug)\\b`,
    `\\b(?:crack|crunch|snap|pop)\\b[^.;!?\\n]{0,20}\\b(?:when|while|as) (?:i |he |she )${EFFORT}`,
    `(?:empez|comenz|aparec)\\w*[^.;!?\\n]{0,20}\\bal ${EFFORT}\\w*`,
  ),
  ...p(
    'severe-trauma',
    '(?:fell|landed|dropped|came down)\\b[^.;!?\\n]{0,25}\\bfrom (?:the |a )?(?:\\w+ )?(?:bars?|beam|vault|rings|crane|cherry picker|bunk)\\b',
    'high[- ]speed (?:collision|crash|impact|accident)|(?:motor )?vehicle collision|(?:in|sustained) (?:an? )?(?:[\\w-]+ )?(?:collision|crash)\\b',
    '(?:slam|smash|hurl|dump|throw|thrown|fl[iu]ng)\\w*[^.;!?\\n]{0,15}\\b(?:in|on)?(?:to|against) (?:the |a )?(?:sand|ground|floor|wall|rail|kerb|rocks?|boards|tarmac|ice|water|dashboard|railings?)\\b',
  ),
  ...p(
    'diabetes',
    '(?<!pre-?|not )\\bdiabet(?:es|ic|ica|ico|ics)\\b(?! insipid\\w*)|\\b(?:t1dm|t2dm|iddm|niddm)\\b',
  ),
  ...p(
    'osteoporosis',
    'bisphosphonat\\w*|bifosfonat\\w*|raloxifene|teriparatid\\w*|forteo|evenity|romosozumab|\\bop (?=on (?:adcal|alend|bisphos|calci|vit))',
    '(?:body mass index|bmi)(?: of| is)? 1[0-8]\\b|co?eliac|anorexia nervosa|(?:with|has|from) anorexia\\b|anorexic|eating disorder|bulimi\\w+|(?:early|premature) menopause|osteopeni\\w+',
    '(?:low[- ]energy|low[- ]trauma|low[- ]impact) (?:\\w+ )?fractures?|(?:visibly|noticeably|become|grown|getting|got|became) (?:\\w+ )?shorter\\b(?! of breath)',
    '(?:cm|centimet\\w+|inch\\w*) shorter|(?:new|developed a|has a) (?:hump|kyphosis|stoop)\\b',
  ),
  ...p(
    'sudden-severe-pain',
    '(?:much|far|a lot) more (?:\\w+ )?pain\\b|worst (?:pain )?(?:i|he|she) (?:ha|\\W?v|\\W?d)\\w* ever\\b|\\b(?:stab(?:s|bed|bing)?|knife|dagger)\\b',
    'dolor[^.;!?\\n]{0,25}(?:muy fuerte|fortisim\\w*|tremendo|agudisimo|desgarr\\w+)|punalada',
  ),
  ...p(
    'pulsatile',
    '(?:like|as) (?:an? |the )?(?:sword|knife|dagger|axe)\\b[^!?\\n]{0,60}\\b(?:fell|sweat\\w*|collaps\\w*|faint\\w*|pale)\\b',
    'sudden\\w*,?[^!?\\n]{0,25}\\b(?:back|flank|loin|tummy|belly|abdomen|stomach)\\b[^!?\\n]{0,60}\\b(?:pale|sweaty|clammy|gr[ea]y|faint\\w*|light-?headed|collaps\\w*|passed out)\\b',
    'desgarra\\w+[^.;!?\\n]{0,25}\\b(?:espalda|dolor|pecho)|dolor[^.;!?\\n]{0,25}desgarra\\w+',
  ),
  ...p(
    'severe-weakness',
    'ability to (?:lift|raise|move|dorsiflex|extend|bend|straighten)[^.;!?\\n]{0,25}\\b(?:foot|leg|toes?|ankle|knee)\\b[^.;!?\\n]{0,60}\\b(?:absent|lost|gone)\\b|ability to (?:lift|raise|move|dorsiflex|extend)[^.;!?\\n]{0,25}\\b(?:foot|leg|toes?|ankle|knee)\\b[^.;!?\\n]{0,15}\\b(?:diminish|declin|deteriorat)\\w*|\\bgrade [0-3](?:/5)? (?:weakness|power|strength)',
    '(?:impossible|unable|cannot|can.t|no longer)[^.;!?\\n]{0,35}\\bwithout (?:(?:using|the use of|the help of|help from) )?(?:(?:my|his|her|the|both) )*(?:arms|hands)\\b',
    CARRIED,
    '\\bmyotomes?\\b[^.;!?\\n]{0,40}\\b(?:l[2-5]|s1)\\D{0,3}[0-3](?:[+-]|/5)?(?![\\d.])|(?:heel|calf) rais\\w*[^.;!?\\n]{0,12}\\b(?:r|l|right|left)\\b\\W{0,3}(?:[0-5] reps?|[0-3]\\/(?:10|12|15|20|25))\\b',
    '\\b(?:leg|knee|foot) (?:just|simply|suddenly) (?:goes|went|gave|gives)\\b',
    '(?:lift|rais)\\w* (?:my |the |his |her )?(?:\\w+ )?(?:knee|leg|foot) (?:\\w+ )?high\\w*[^.;!?\\n]{0,20}\\b(?:avoid|clear|stop|keep|so)\\b',
    '(?:cuesta|no puede)[^.;!?\\n]{0,25}\\b(?:pie|punta|dedos)\\b[^.;!?\\n]{0,40}\\btrop(?:ez|iez)\\w*',
    "\\b(?:legs?|knees?)\\b[^.;!?\\n]{0,25}\\bfolding\\b|\\b(?:foot|leg|toes?|knee) (?:do(?:es)?|did) (?:not|n't) obey\\b",
  ),
  ...p(
    'cord',
    'difficult\\w* (?:with )?(?:using|tying|holding|handling) (?:\\w+ )?(?:chopsticks|scissors|pens?|tools|laces|needles?|fishing line)\\b|(?:walk\\w*|gait)[^.;!?\\n]{0,20}\\b(?:jerky|spastic)\\b',
    'fingers? (?:no longer|do not|don.t|will not|won.t) obey|(?:feet|legs) (?:wide|far) apart|(?:wide|broad)[- ]based|broad and unsteady|aument\\w+ (?:de )?la base de sustentacion',
    '(?:loss|decline|deteriorat\\w*|reduc\\w*|problems?|difficult\\w*|impair\\w*) (?:of|in|with) (?:manual |fine |hand |finger )*(?:dexterity|motor skills|finger movements)|difficult\\w* (?:with )?(?:fasten|button|typ|writ|handling|using (?:a |his |her |my )?(?:mobile|phone|keyboard|cutlery|keys))\\w*',
    '(?:tingl|numb|weak|paraesthes|pins and needles)\\w*[^.;!?\\n]{0,20}\\b(?:all four|all 4|four) limbs|legs (?:as |feel |are |were )*(?:stiff|rigid) and (?!sore|pain|ach|tired)\\w+',
    '(?:perdida de destreza|torpeza)[^.;!?\\n]{0,15}\\bman(?:os|ual)',
    '(?:wife|husband|daughter|son|partner|mother|someone|carer) (?:now |always )?(?:does|do|has to do|fastens|buttons|ties|cuts)\\b[^.;!?\\n]{0,20}\\b(?:buttons?|zips?|laces|shirt|food)\\b',
    'sway\\w*\\b[^.;!?\\n]{0,25}\\b(?:eyes|dark|shower)\\b|romberg\\w* (?:is |was |sign )?positive|positive romberg',
  ),
  ...p(
    'weakness',
    'fuerza[^.;!?\\n]{0,20}\\b(?:ha ido a menos|va a menos|disminu\\w+|ha bajado|es menor)',
    '(?:leg|limb|muscle|motor|foot|ankle|knee) (?:strength|power) (?:is |was |are |has )?(?:diminish\\w*|reduced|decreas\\w*|impaired|down)',
    'no (?:me |le )?(?:muev\\w+|pued\\w+ mover) (?:bien |apenas |casi )?(?:la|las|el|los) (?:piernas?|pies?)\\b',
  ),
  ...p(
    'steroids',
    '(?:maintenance|chronic|prolonged|long[- ]standing|high[- ]dose|systemic|repeated|multiple courses of) (?:\\w+ )?steroids?\\b(?! (?:inject|inhal|cream))|\\bsteroid (?:therapy|maintenance|treatment)\\b',
  ),
  ...p(
    'infection-source',
    '(?:fresh|raw|unpasteuri\\w+|goat\\W?s?)[^.;!?\\n]{0,10}\\b(?:milk|cheese)\\b|\\b(?:recent|new) (?:\\w+ )?(?:tavi|pacemaker|valve|stent|fistula|prosthesis)\\b',
    '(?:weeks?|days?) (?:after|following|since|post) (?:an? |the |his |her |my )?(?:\\w+ ){0,2}(?:lithotripsy|cystoscop\\w*|biops\\w*|colonoscop\\w*|extraction|catheteri\\w*|hysterectomy|arthroplasty|replacement|stent\\w*|implant\\w*|tattoo|piercing|angiogra\\w+|turp|ercp|cabg|nephrostomy|laser|dental \\w+|root canal|c(?:a)?esarean|c-section|hernia repair|(?:micro)?discectomy|laminectomy|decompression|fusion)',
    '(?:wound|scar|incision|dressing)[^.;!?\\n]{0,40}\\b(?:cloudy|fluid|stain\\w*|seep\\w*|exud\\w*|serous)',
  ),
  ...p('fever', '(?:evening|nightly|low[- ]grade|swinging|recurrent) (?:temperatures?|fevers?|pyrexia)\\b'),
  ...p(
    'heavy-legs',
    "(?:can ?n[o']?t|can't|unable to|can no longer|could ?n[o']?t) (?:\\w+ )?(?:stand|walk|get up|bear weight|rise)\\b(?! (?:for|long|the|it|him|her|far|still|upright for))",
  ),
  ...p('progression', 'evolv\\w+|advanc\\w+ to\\b'),
  ...p(
    'intravenous-drugs',
    'admits (?:to )?(?:\\w+ )?(?:inject\\w+|iv use)|\\binject(?:s|ed|ing) (?:last|this|again|daily|regularly|occasionally|yesterday)\\b',
  ),
  ...p(
    'weight-loss',
    '\\bshed (?:\\w+ ){0,3}(?:kilos?|kilograms?|kg|pounds|lbs?|stone)\\b',
    '(?:(?:wife|husband|daughter|mother) (?:has |had |has had )?(?:to )?)?(?:take|took|taken|taking) in (?:his|her|my|the) (?:trousers|clothes|skirts?|dress(?:es)?|belt)\\b',
    '\\bskin and bones?\\b|(?:scales?|weigh\\w*)\\b[^.;!?\\n]{0,20}\\d+[^.;!?\\n]{0,20}\\b(?:was|used to be|down from)\\b[^.;!?\\n]{0,12}\\d+',
  ),
  ...p(
    'saddle',
    'feels? (?:the |my |his |her )?(?:toilet|seat|chair|saddle|paper)[^.;!?\\n]{0,15}\\bonly on (?:the|one)\\b',
    '(?:like|as if|as though) (?:i|he|she) (?:had|has|have) no (?:bottom|backside|bum|behind|seat|buttocks|privates)\\b',
  ),
  ...p(
    'bilateral',
    '(?:down|in|into|along) (?:the |my )?(?:two|2) legs\\b|(?:radicular|sciat\\w+|\\bleg pain)[^.;!?\\n]{0,30}\\bsymmetric\\w*',
    '\\b(?:left|right) leg\\b[^!?\\n]{0,40}\\bnow (?:the |my )?(?:right|left|other) (?:one|leg|side|foot)\\b(?! (?:is |feels )?(?:\\w+ )?(?:fine|better|good|ok|normal|arm))',
  ),
  ...p(
    'retention',
    'palpable bladder|bladder (?:is |was )?(?:palpable|distended|percuss\\w+)|distended bladder|globo vesical',
  ),
  ...p('bladder', '\\benuresis\\b'),
  ...p(
    'progression',
    '\\bday after day\\b',
    '\\b(?:declin|deteriorat)(?:ed|es|ing)\\b|in the space of\\b|a menos (?:cada dia|dia a dia|de dia en dia)|pierd\\w+ fuerza (?:cada dia|dia a dia)',
    CARRIED,
    '\\d[+-]?/5[^.;!?\\n]{0,25}\\d[+-]?/5[^.;!?\\n]{0,25}\\b(?:today|now|wk|week|hoy)\\b',
  ),
  ...p('fever', '(?:since then|keeps?|kept|has been|have been|now) sweating\\b'),
  ...p(
    'cold-limb',
    '(?:foot|toes|leg)[^.;!?\\n]{0,12}\\bdusky|dusky (?:foot|toes|leg)|no cap(?:illary)? refill|(?:foot|leg|calf) (?:pain|ache)[^.;!?\\n]{0,25}\\b(?:hang\\w*|dangl\\w*|dependen\\w*)|\\bleg\\b[^.;!?\\n]{0,25}\\bpale, cold\\b',
  ),
  ...p('systemic-alarm', 'early satiety'),
  ...p('cancer', 'aromatase inhibitors?'),
  ...p('bladder', '\\bbed ?wetting\\b'),
];
