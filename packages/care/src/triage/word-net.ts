import { ALARM_NET } from './alarm-net.ts';
import type { TextConcept } from './concept.ts';
import { LEG_ACTIVITY_NET } from './leg-activities.ts';
import { ACUTE_NET } from './phrases-acute.ts';
import { SELF_HARM_NET } from './phrases-self-harm.ts';
import { TREATMENT_NET } from './phrases-treatment.ts';
import {
  BLADDER,
  BLOCKED,
  BOWEL,
  BROKEN,
  ELSEWHERE,
  LEAK,
  LIMB,
  NUMB,
  ODD,
  SADDLE,
  SEX,
  TOILET,
  UNAWARE,
  WEAK,
} from './word-lists.ts';

/**
 * A net under the phrases: no list of phrases is ever complete, so a sentence that names a part and, near it, a loss of
 * feeling, control or power counts although nobody has said it in these words before. Denials and hedges are judged
 * where the loss stands, as for phrases. English and Spanish in one net; text is lower case without accents.
 */
export interface NetRule {
  readonly concept: TextConcept;
  readonly part: RegExp;
  readonly loss: RegExp;
  /** The words are asked about, but alone they do not raise the flag: they have common harmless causes too. */
  readonly onlyAsks?: true;
  /** The sentence says something harmless about it: a kidney stone, a breast reduction. */
  readonly unless?: RegExp;
}

const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`, 'g');

/** Any part that a loss can belong to. */
export const ANY_PART = g([SADDLE, BLADDER, BOWEL, LIMB, ELSEWHERE].join('|'));

/** Words that may stand between the parts of one list: "numb in my toes and private parts". */
export const LIST_FILLER =
  /\b(?:and|or|also|even|then|in|of|on|at|to|into|round|around|near|my|the|his|her|their|our|both|all|whole|left|right|side|down|up|y|e|o|en|de|la|el|las|los|mi|mis|su|sus|al)\b|[\s,/&+-]+/g;

const ORGAN =
  'breasts?\\b|boobs?\\b|kidneys?\\b|prostate|lungs?\\b|bowels?\\b|colon\\b|rectum|thyroid|womb|uterus|cervix|cervical (?:screening|smear)|ovar(?:y|ies)|testicles?\\b|balls?\\b|bladder|stomach|gullet|o?esophagus|pancrea\\w*|liver\\b|brain\\b|throat|larynx|voice ?box|skin\\b|lymph\\w*|glands?\\b|spleen|pecho|senos?\\b|mama\\b|rinon(?:es)?|pulmon(?:es)?|prostata|tiroides|utero|matriz|ovarios?|higado|garganta|ganglios?|estomago|vejiga|testiculos?';
const TAKEN_OUT =
  '(?:off|out|away)\\b|removed|taken|took|cut\\b|lost\\b|operated|operation on|surgery (?:for|on)|quitar\\w*|extirp\\w*|operad[oa]|operaron|sacaron';
const GROWTH =
  'growths?\\b|lumps?\\b|tumou?rs?|mass(?:es)?\\b|nodules?|shadow|lesions?|malign\\w*|bad (?:kind|one|cells|sort)|nasty|suspicious|biops\\w+|radiation|radio(?:therapy)?\\b|chemo\\w*|x-?rays? treatment|rays\\b|spread|secondar\\w+|stage \\w+|bultos?\\b|malos?\\b|radioterapia|quimio\\w*';
const HARMLESS_LUMP =
  /benign|fibro ?adenoma|harmless|stones?\b|fibroids?|goit\w+|\bcysts?\b|prolapse|transplant|donat\w+|donor|hernia|reduction|implant|cosmetic|fatty|lipoma|normal|all (?:clear|fine|good)$|nothing (?:bad|sinister|nasty)|not (?:cancer|malignant)|polyps?|biopsy (?:was )?(?:negative|clear|fine)|calculos?|piedras?|benign[oa]s?|quistes?|miomas?|lactating|breast ?feed/;

const SEXUAL_LOSS = `${NUMB}|(?:${[
  '(?:like|feels?(?: like)?) nothing|only pressure|pressure (?:but|and) (?:no more|nothing)',
  'no (?:me )?respond\\w+|\\bno se me|ya no\\b',
  "(?:does|do|did|will|wo) ?n[o']?t (?:\\w+ )?(?:work|respond|stay|come|get|last)",
  'stopped working|gone\\b|lost\\b|soft\\b|limp\\b|failed|failing|impossible',
  "(?:can'?t|cannot|can not|couldn'?t|unable to|no longer) (?:\\w+ )?(?:get|keep|have|maintain|finish|reach|manage|feel|perform)",
  'no (?:puedo|consigo|logro)|perdid[oa]|perdi\\b',
].join('|')})`;

/** A short muscle, not a weak one. */
const TOO_TIGHT =
  /\b(?:because|as|since|due to) [^.;!?\n]{0,25}\b(?:tight|stiff|inflexible|short)\b|\bso (?:tight|stiff)\b/;

/** Weakness that is severe as told: the foot drops, the knee gives way, the limb does not move. */
const SEVERE_WEAK = [
  '(?:drop|drag|slap|flop|flap|dangl|scuff|clump)(?:p|s|ed|ped|ging|ping|ing|es)?\\b|hang(?:s|ing)\\b',
  "flopp(?:y|ier)\\b|lifeless|los[st]\\w* (?:all )?(?:the |my |its |of )*(?:use|power|strength)|(?:did|would|wo|does|do|will)(?: ?n[o']?t| not) (?:\\w+ )?(?:do it|respond|react|move|work|obey)",
  'paraly[sz]\\w*|plegi\\w*|useless|stopped (?:working|moving|obeying|responding)|no (?:push|power|movement|life)\\b|[0-3]\\/5',
  "(?:can'?t|cant|can not|cannot|couldn'?t|unable to|not able to|no longer|won'?t|wont|will not|do(?:es)? ?n[o']?t|do(?:es)?nt) (?:\\w+ ){0,2}(?:lift|raise|move|wiggle|dorsiflex|plantar ?flex|extend|evert|pull (?:up|back)|come (?:up|off)|clear|bear|(?:hold|support|carry) (?:me|my|him|his|her|the (?:weight|body)))(?! (?:heavy|weights?|anything|things|boxes|shopping|the|a) )",
  'folds?\\b|folded|buckl\\w*|collaps\\w+|giv(?:es?|ing) (?:way|out)|gave (?:way|out)|went from under',
  "(?:won'?t|do(?:es)? ?n[o']?t|did ?n[o']?t|can'?t|not|fails? to) (?:\\w+ )?clear\\b|(?:can'?t|cannot|do ?n'?t|no longer) (?:\\w+ )?(?:trust|rely on)\\b|(?:was|is)(?:n'?t| not) there\\b",
  'queda (?:\\w+ )?(?:caid|colgand|muert)\\w+|no tengo (?:nada de |ninguna |casi )?fuerza|sin (?:ninguna |nada de )?fuerza|no me (?:sostiene|aguanta)|no (?:strength|force)\\b|colgando|cuelga|arrastr\\w+|paraliz\\w*|se (?:me |le )?(?:cae|dobla|vence)\\b|no (?:me |se |le |les |lo |la |los |las )?(?:sube|responden?|mueve|muevo|levanta|levanto|subo)\\b|no (?:lo |la |los |las )?puedo (?:\\w+ )?(?:levant|mov|sub)\\w*',
  "(?:do|does|did|wo|will|can) ?n[o']?t (?:\\w+ )?(?:push|carry|support|hold|take|catch|keep|prop) (?:me|(?:my|his|her|the|any) weight|him|her)\\b|no (?:me )?obedece|(?:da |dando )?golpe(?:a|s|ando)\\b|dead ?weight|hitch\\w*|(?:do|does|did|wo) ?n[o']?t do (?:as|what)|hands? to (?:lift|move|pull|raise|get)|fall(?:s|ing)? over|me falla\\w*|so weak|(?:need|needs|using) (?:a |the |two |my )?(?:crutch(?:es)?|frame|wheelchair|zimmer)|like (?:planks|logs|lead|concrete)",
].join('|');

export const WORD_NET: readonly NetRule[] = [
  {
    concept: 'saddle',
    part: g(
      'wip(?:e|es|ed|ing)\\b|(?:clean|wash|dry)(?:ing|ed|s)? (?:myself|himself|herself)\\b|me limpi\\w+|al limpiarme',
    ),
    loss: g(`${NUMB}|${ODD}|${UNAWARE}`),
    unless:
      /\b(?:table|kitchen|floor|nose|eyes?|glasses|window\w*|hurts?|pain\w*|mesa|cocina|suelo|gafas|duele)\b/,
  },
  {
    concept: 'retention',
    part: g(
      "(?:feel\\w*|i'?m|am) (?:\\w+ ){0,2}full\\b|(?:need|want|dying|desperate) to go\\b(?! (?:to|and|for|back|out|away|home))|make it come",
    ),
    loss: g(
      "(?:can'?t|cannot|could ?n[o']?t|unable to) (?:\\w+ )?(?:make|get) it (?:to )?(?:come|start|go|out)|nothing (?:happens|comes|came|happened)|(?:won'?t|does ?n[o']?t) (?:come|start|flow)",
    ),
    unless: /\b(?:food|eat\w*|meal|stomach|bowels?|poo|stool\w*|work|school|constipat\w*)\b/,
  },
  ...LEG_ACTIVITY_NET,
  ...ALARM_NET,
  ...SELF_HARM_NET,
  ...ACUTE_NET,
  ...TREATMENT_NET,
  {
    // Sheets changed twice: sweat or urine, so it is asked.
    concept: 'bladder',
    part: g('sheets?\\b|bedding\\b|bed\\b|mattress|sabanas?\\b'),
    loss: g(
      '(?:had to |having to |have to )?(?:change|changed|changing|wash|washed|strip|stripped)\\b[^.;!?\\n]{0,25}\\b(?:twice|again|three times|several times|every night)|cambi\\w+[^.;!?\\n]{0,20}(?:dos veces|otra vez|cada noche)',
    ),
    onlyAsks: true,
    unless: /\b(?:sweat\w*|sud\w+|toddler|baby|kids?|child\w*|dog|cat|guests?|hotel|job|cleaner)\b/,
  },
  {
    // Something that is not there, where one sits.
    concept: 'saddle',
    part: g(SADDLE),
    loss: g(
      '(?:like|as if|as though|como si|como)\\b[^.;!?\\n]{0,30}\\b(?:towel|cushion|pad|sponge|cotton|cloth|wad|napp(?:y|ies)|diaper|pillow|padding|layer of|moss|snow|blanket|corcho|toalla|algodon|cojin|esponja|panal)',
    ),
    unless: /\b(?:hurts?|pain\w*|sore|duele|dolor)\b/,
  },
  { concept: 'saddle', part: g(SADDLE), loss: g(`${NUMB}|${ODD}(?! (?:pain|ache|kind of pain))`) },
  { concept: 'bladder', part: g(BLADDER), loss: g(`${NUMB}|${UNAWARE}|${LEAK}|${BROKEN}`) },
  {
    concept: 'bladder',
    part: g(
      "(?:whether|if|when|that) (?:i|he|she)(?:'ve|'s|'m| have| has| am| is)? (?:\\w+ )?(?:been|gone|finished|done|went|going)\\b(?! (?:to|too|told|given|there|on|in|over|through|wrong))",
    ),
    loss: g(UNAWARE),
    onlyAsks: true,
  },
  {
    concept: 'bladder',
    part: g(
      'pour(?:ed|ing|s)\\b|gush\\w*|(?:ran|running|runs) down|leak(?:ed|s|ing)? (?:all|every\\w*|out|down|through|on|over)\\b|all over the (?:floor|seat|chair|sofa|car)',
    ),
    loss: g(
      `(?:can'?t|cannot|could ?n[o']?t|unable to) (?:\\w+ )?(?:stop|hold|control)|just came|on its own|${UNAWARE}`,
    ),
    unless:
      /\b(?:rain\w*|bottle|roof|tears?|nose|sweat\w*|coffee|tea|blood|pain (?:ran|running|runs)|radiator|pipe)\b/,
  },
  { concept: 'retention', part: g(BLADDER), loss: g(BLOCKED) },
  { concept: 'bowel', part: g(BOWEL), loss: g(`${NUMB}|${UNAWARE}|${LEAK}`) },
  {
    concept: 'bladder',
    part: g(
      `urge\\b|ganas de|(?:need|needs|needed|needing|have|having|want) (?:to go|the (?:loo|toilet|bathroom)|a (?:pee|wee))`,
    ),
    loss: g(
      `(?:is|has|was|have) (?:\\w+ )?(?:gone|lost|missing|vanished|disappeared)|han? desaparecido|${UNAWARE}`,
    ),
  },
  {
    concept: 'bladder',
    part: g(
      'underwear|undies|knickers|panties|pants\\b|underpants|boxers|trousers|ropa interior|bragas|calzoncillos|pantalon\\w*',
    ),
    loss: g(
      'dirty|dirtied|marks?\\b|marked|no idea|smell\\w*|(?:keep|have|had|having) (?:\\w+ )?to change|accidents?\\b|wet\\b(?! (?:grass|floor|road|towel|weather))|soil\\w*|soak\\w*|damp\\b|stain\\w*|(?:change|changing|changed) (?:my |them|of )?(?:\\w+ )?(?:twice|three|again|several|constantly|all the time)|manch\\w+|moj\\w+',
    ),
  },
  {
    concept: 'bladder',
    part: g('pads?\\b|nappy|nappies|diapers?|panal\\w*|compresas?'),
    loss: g('(?:wear|use|need|started|buy)\\w*|put (?:on|them)|llev\\w+|uso\\b|pongo\\b'),
    onlyAsks: true,
    unless:
      /knee|heel|shoe|insole|gel|shoulder|heat|elbow|baby|toddler|like (?:i|wearing|i'm|im)|period|menstru/,
  },
  { concept: 'bladder', part: g('pads?\\b|nappy|nappies|diapers?|panal\\w*'), loss: g(LEAK) },
  {
    concept: 'saddle',
    part: g('sit(?:s|ting)?\\b|sat\\b|seat\\w*|chair|sentar\\w*|sentad[oa]|me siento'),
    loss: g(
      '(?:as if|like|as though|como si|como|feels?)\\b[^.;!?\\n]{0,30}\\b(?:cushion\\w*|pillow|sponge|foam|cotton|wool|air\\b|balloon|cloud|towel|padding|padded|napp(?:y|ies)|diaper|rubber|jelly|gel\\b|layer of|moss|snow|blanket|bubble|floating|hovering|not (?:really )?(?:there|touching)|on nothing|nothing (?:is )?(?:there|under\\w*|beneath)|cojin|almohad\\w+|esponja|algodon|corcho|flotando|colchon)',
    ),
    unless:
      /\b(?:nail|needle|knife|glass|golf ball|marble|fire|stone|rock|brick|with a (?:cushion|pillow)|use a|on a (?:cushion|pillow) (?:helps|eases|is))\b/,
  },
  {
    concept: 'fever',
    part: g(
      'nights?\\b|bed\\b|sheets?\\b|pyjamas?|pajamas?|night(?:ie|dress|gown|shirt)|pillow\\w*|t-?shirts?|duvet|evenings?|noches?|cama\\b|sabanas?|pijama',
    ),
    loss: g(
      'sweat\\w*|drench\\w*|(?:soak\\w*|wring\\w*|dripping|wet)(?: wet| through)?\\b|wet through|damp\\b|shiver\\w*|shak(?:e|es|ing|y)\\b|burning up|sud(?:o|ando|ar|ores?|ada|ado)\\b|empapad\\w+|tirit\\w+|temblor\\w*',
    ),
    unless:
      /\b(?:pee|wee|urin\w*|bladder|accident|incontinen\w*|orin\w*|pis|hot flush\w*|menopaus\w*|hot (?:night|day|room|weather|summer)|in the (?:bedroom|room|house)|like everybody|heat ?wave|rain\w*|shower|towel|hair|run|gym|training|pads?|spill\w*|paint\w*|wet the bed|knickers|pants)\b/,
  },
  {
    concept: 'severe-trauma',
    part: g(
      'pedestrian|cyclist|motor ?cyclist|biker|passenger|driver|driving|peaton|ciclista|conductor|restrained|unrestrained',
    ),
    loss: g(
      '(?:v|vs|versus|hit|struck|crash\\w*|collision|collided|impact|rollover|ejected|thrown|mph|kph|km\\/h|speed|atropell\\w*|chocó|choque|choco)\\b',
    ),
    unless: /\b(?:speed limit|stopped|parked|test)\b/,
  },
  { concept: 'saddle', part: g('(?:asiento|vater|inodoro|toilet seat|taza|chair)\\b'), loss: g(NUMB) },
  {
    concept: 'saddle',
    part: g('sat\\b|sit\\b|sits\\b|sitting\\b'),
    loss: g(
      "numb (?:there|where|underneath)|no feeling (?:there|where)|(?:can'?t|cannot|could ?n[o']?t|don'?t|hardly) (?:even )?feel (?:the |my |a )?(?:chair|seat|sofa|myself|cushion|bench|stool)",
    ),
  },
  {
    concept: 'retention',
    part: g('empty\\w*|vaciar\\w*'),
    loss: g(
      "(?:can'?t|cannot|never|don'?t|do not|not|unable to|no (?:puedo|consigo|logro)) (?:\\w+ ){0,2}(?:empty\\w*|vaciar)",
    ),
    unless: /stomach|bin\b|dishwasher|bowel|rubbish|bag|mind|house|shelves|washing/,
  },
  {
    concept: 'bladder',
    part: g('leak(?:s|ing|ed)?\\b|dribbl\\w+'),
    loss: g(
      "since (?:yesterday|last|this|the (?:weekend|fall|accident|injury|injection)|\\w+day)\\b|yesterday|keep|kept|been|start\\w*|i'?m\\b|i am|i was|constant\\w*|always|all (?:day|the time)|without|new\\b",
    ),
    unless:
      /cough|sneez|laugh|birth|roof|tap\b|pipe|wound|scar|nose|eye|boat|breast|milk|radiator|ceiling|oil|water bottle|car\b|football|ball\b|drain|dressing|baby|chin|mouth|bladder|wee\b|pee\b|urin/,
  },
  {
    concept: 'bilateral',
    part: g('left (?:leg|foot|calf|thigh|buttock)\\b'),
    loss: g('right (?:leg|foot|calf|thigh|buttock)\\b'),
    unless:
      /fine|normal|good|ok\b|okay|strong|longer|shorter|than|unlike|compar|not the|never|no pain|no symptoms|instead|opposite|broke|years|operated|spared|unaffected|clear|nothing|cross/,
  },
  {
    concept: 'bladder',
    part: g('(?:wet|damp) (?:patch|spot|mark|stain)\\w*|manchas? (?:de humedad|humedas?|mojadas?)'),
    loss: g(
      `leav\\w+|find\\w*|found|chairs?\\b|seats?\\b|sofa|pants|trousers|underwear|skirt|dej\\w+|silla|${UNAWARE}`,
    ),
    unless: /roof|ceiling|wall\b|rain|sweat|spil/,
  },
  {
    concept: 'bladder',
    part: g(
      '(?:feel|felt|feels|find|found|am|i.m|is|was) (?:\\w+ )?wet\\b|\\b(?:i|he|she) (?:\\w+ )?wets?\\b|(?:estoy|me noto|me encuentro) mojad[oa]',
    ),
    loss: g(UNAWARE),
    unless: /sweat|sudor|rain|swim|sea\b|hair|shower|palms?|hands/,
  },
  {
    concept: 'bladder',
    part: g('(?:go|going|went)\\b'),
    loss: g(
      "(?:don'?t|do not|no longer|never|not|hardly) (?:\\w+ )?(?:get|have|feel) (?:the |any |that |a )?(?:feeling|urge|need|signal|sensation|warning)\\b",
    ),
    onlyAsks: true,
  },
  {
    concept: 'bowel',
    part: g('(?:underwear|pants|knickers|boxers|trousers|messed|soiled|dirtied|ensuci\\w+|manch\\w+)\\b'),
    loss: g(UNAWARE),
  },
  {
    concept: 'retention',
    part: g(TOILET),
    loss: g(
      "(?:never|not|does ?n.t|doesnt) (?:\\w+ ){0,2}empt\\w+|(?:wo|wou?ld|does|do|did|ca)(?: ?n[o']?t| not) (?:\\w+ )?(?:start|come|flow|get going)\\b|(?:run|turn)\\w* (?:on )?the (?:tap|water|faucet)|no (?:arranca|sale)|nothing (?:comes|came|happens)|still (?:feels? )?full|trickle|thimble\\w*|dribs|(?:only|just) (?:get|got|manage|a few|a little|a tiny)",
    ),
    unless: /bowel|stool|poo|shit|constipat/,
  },
  {
    concept: 'retention',
    part: g(`${TOILET}|urinals?\\b|stand(?:ing)? there`),
    loss: g(
      '(?:takes?|took|taking|wait\\w*|stand\\w*|stood|sit|sat)[^.;!?\\n]{0,25}(?:minutes?|ages|forever|long|while|eternity)[^.;!?\\n]{0,25}(?:start\\w*|come\\w*|happen\\w*|go(?:es|ing)?\\b|flow\\w*|anything|begin\\w*)|(?:tarda|tardo|espero)\\w*[^.;!?\\n]{0,25}(?:minutos|rato|empezar|salir)',
    ),
    unless: /bowel|stool|poo\b|shit|constipat|hurt|pain|sore|dolor|duele/,
  },
  {
    concept: 'bladder',
    part: g(`${TOILET}|wip(?:e|es|ed|ing)\\b`),
    loss: g(`${UNAWARE}|perd\\w+ (?:el |todo el )?control|trickl\\w*|gotas?\\b|drops\\b`),
  },
  {
    concept: 'bladder',
    part: g('(?:bed|sheets?|mattress|sofa|car seat|chair|cama|sabanas?|colchon)\\b'),
    loss: g(
      'wet\\b(?! (?:grass|floor|road|towel|weather))|damp\\b|soak(?:ed|ing)(?: wet)?(?! (?:in|with) sweat)|mojad\\w+|moj[oae]\\b',
    ),
    unless: /sweat|sudor|rain|spil|roof|ceiling|pipe|leak in|hot water bottle|toddler|dog\b|cat\b|child/,
  },
  { concept: 'sexual', part: g(SEX), loss: g(SEXUAL_LOSS) },
  {
    concept: 'bilateral',
    part: g(
      'sciatica|ciatica\\w*|leg pain|(?:pain|numb\\w*|weak\\w*|tingl\\w+|burn\\w*|shoot\\w*|ach\\w+)[^.;!?\\n]{0,20}(?:legs|calves|calfs|feet|thighs|hamstrings|shins)|(?:legs|calves|calfs|feet|thighs|hamstrings|shins)\\b[^.;!?\\n]{0,25}(?:jelly|heavy|dead|pain\\w*|hurt\\w*|ach\\w+|numb\\w*|weak\\w*|tingl\\w+|burn\\w*|on fire|cramp\\w*)|dolor de piernas?',
    ),
    loss: g(
      'both\\b(?! (?:fine|good|ok|okay|normal|strong|knees|hips|of us))|both sides|either side|each (?:leg|side)|left and right|right and left|(?:los|ambos|dos) (?:dos )?lados|ambas|las dos',
    ),
  },
  { concept: 'weakness', part: g(LIMB), loss: g(WEAK) },
  { concept: 'severe-weakness', part: g(LIMB), loss: g(SEVERE_WEAK), unless: TOO_TIGHT },
  {
    concept: 'leg-numbness',
    part: g(
      '(?<!between (?:my |the |her |his )?|entre (?:las |mis |sus )?)(?:legs?\\b|feet\\b|foot\\b|piernas?\\b|pies?\\b)',
    ),
    loss: g(
      `${NUMB}|(?:not|have ?n.t|has ?n.t|never) (?:\\w+ )?(?:come|came|coming|woken|wearing) (?:back|up|off)|still (?:dead|asleep|heavy|numb)`,
    ),
  },
  {
    concept: 'bilateral',
    part: g(
      '(?<!(?:one|either|neither|none) of (?:my |the )?)(?:legs|feet)\\b|(?:from (?:the|my) )?waist down\\w*|piernas\\b|pies\\b',
    ),
    loss: g(
      "(?:can'?t|cannot|don'?t|do not|could ?n[o']?t|no longer|hardly|barely) (?:\\w+ )?feel(?! (?:any|pain|better))|no (?:feeling|sensation)|lost (?:all )?(?:the )?(?:feeling|sensation)|numb\\w*|weak\\w*|dead\\b|pins (?:and|&|n) needles|tingl\\w+|paraly\\w+|stopp\\w* (?:work|mov|hold)\\w*|useless|(?:can'?t|cannot|could ?n[o']?t) (?:\\w+ )?(?:move|stand on|use)|(?:give|gave|giving|gone) (?:way|from under)|(?:wo|do|did)n.?t (?:work|move|hold|carry|obey)|not come back|jelly|adormec\\w*|dormid\\w*|duerm\\w+|debil\\w*|hormigue\\w*|acorchad\\w*",
    ),
    unless:
      /restless|cross(?:ed|ing)?[- ]?leg|cross(?:ed|ing)|(?:lower|front|back|three|four) legs|between (?:my|the|her|his) legs|entre (?:las|mis|sus)|after (?:the gym|squats|a run|running|leg day|sitting on)|on the (?:toilet|loo)|kneel|squat|yoga|meditat|read(?:ing)? on|long flight|sit(?:ting)? (?:too long|on my)|al (?:estar )?sentad|cuando (?:cruzo|me siento)|en el (?:bano|vater)|sentado mucho|mucho (?:rato|tiempo) sentad|\bneither\b/,
  },
  {
    concept: 'bowel',
    part: g(BOWEL),
    loss: g('(?:new|sudden\\w*) (?:trouble|problem|difficult)\\w*|stopped working|no longer work\\w*'),
    onlyAsks: true,
  },
  {
    concept: 'cord',
    part: g(
      'walk\\w*|gait|balance|legs?\\b|feet\\b|foot\\b|andar|ando|camin\\w+|equilibrio|marcha|piernas\\b|pies\\b',
    ),
    loss: g(
      "(?:have|has|having|need) to (?:look|watch)[^.;!?\\n]{0,25}\\b(?:where|feet|foot|legs?)\\b|drunk\\w*|wobbl\\w*|stagger\\w*|unstead\\w*|veer\\w*|spastic\\w*|scissor\\w*|robot\\w*|puppet\\w*|marionet\\w*|jump(?:y|ing) (?:by|on|at)|stiff and (?:heavy|jumpy|clumsy)|(?:do ?n.t|do not|can ?n?[o']?t|cant|dont) (?:\\w+ )?(?:know|tell|feel) where|borrach[oa]|tambale\\w*|inestable|rigidas y torpes|no se donde",
    ),
    unless:
      /after (?:\d+|a few|ten|five|some) (?:minutes|metres|meters|yards)|(?:drink|alcohol|beer|wine|party|pub)/,
  },
  {
    concept: 'cord',
    part: g('(?:band|belt|girdle|corset|strap|vice)\\b|cinturon|faja'),
    loss: g('ribs|chest|trunk|bra line|belly button|costillas|pecho|torax'),
    unless: /rash|blister|shingles|herpes|heart|ampollas/,
  },
  {
    concept: 'cord',
    part: g('hands?\\b|fingers?\\b|buttons?|handwriting|chopsticks|manos?\\b|botones|letra'),
    loss: g(
      "clums\\w*|fumbl\\w*|drop(?:s|ping|ped)?\\b|can ?n?[o']?t (?:do|manage|fasten|hold)|cant (?:do|manage|fasten|hold)|gone to pot|torp\\w*|se me caen|no puedo (?:abrochar|escribir)\\w*|worse than it was",
    ),
    unless: /carpal|arthritis|broke|fracture/,
  },
  { concept: 'cancer', part: g(ORGAN), loss: g(GROWTH), unless: HARMLESS_LUMP },
  {
    concept: 'cancer',
    part: g('breasts?\\b|boobs?\\b|pechos?\\b|senos?\\b|mama\\b'),
    loss: g(TAKEN_OUT),
    unless: HARMLESS_LUMP,
  },
  { concept: 'cancer', part: g(ORGAN), loss: g(TAKEN_OUT), unless: HARMLESS_LUMP, onlyAsks: true },
  {
    concept: 'cancer',
    part: g('psa\\b|prostate|prostata|antigeno'),
    loss: g(
      '(?:is|was|of|at|over|above|el)? ?(?!(?:19|20)\\d\\d\\b)(?:[1-9]\\d|\\d{3,})\\b(?![ -]?(?:years?|yrs?|months?|weeks?|days?|anos|meses|am|pm|times))|high\\b|raised|rising|climbing|going up|alt[oa]\\b|elevad[oa]|watch\\w*|surveillance|monitor\\w*|hormone',
    ),
    unless: HARMLESS_LUMP,
  },
  {
    concept: 'infection-source',
    part: g(
      'tooth|teeth|molars?|root canal|gums?\\b|dental|dentist|muelas?|dientes?|dentista|endodoncia|encias?',
    ),
    loss: g(
      'pull\\w*|extrac[ct]\\w*|(?:taken |came )?out\\b|remov\\w*|absces\\w*|infect\\w*|drain\\w*|work done|(?:deep )?clean\\w*|implants?|sac(?:aron|ado|o)\\b|quit\\w+|flem[oó]n|absceso',
    ),
    unless: /numb|anaesthetic|anesthetic|feel like|like (?:after|at) the/,
  },
  {
    concept: 'infection-source',
    part: g(
      'dialysis|picc|hickman|central|neck|tunnel\\w*|port\\b|drip\\b|cannula|iv\\b|dialisis|via\\b|cateter',
    ),
    loss: g(
      '(?:line|lines|catheter|site|port|fistula|sore|red|infect\\w*|pus)\\b|(?<=via )central\\b|infect\\w*',
    ),
  },
];

/** How many characters may lie between the part and the loss. */
export const NET_REACH = 70;
