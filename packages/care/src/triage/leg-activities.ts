import { WEAK } from './word-lists.ts';
import type { NetRule } from './word-net.ts';

/**
 * Weakness told as something a leg no longer does, without a word for weakness or for the leg: the pedal, the kerb, the tiptoe, the slipper
 * that falls off. Grouped by the muscles that do it, so that a new activity has one place. English and Spanish; text as in `word-net.ts`.
 */
const g = (...sources: readonly string[]): RegExp => new RegExp(`\\b(?:${sources.join('|')})`, 'g');

/** The ability is gone, or only just there. */
const LOST = [
  "(?:can'?t|can ?not|could ?n[o']?t|could not|would ?n[o']?t|would not|unable to|not able to|no longer|won'?t|not been able to)\\b",
  'nothing happen\\w*|struggl\\w*|hard(?:er)? to|difficult\\w*|trouble|impossible|barely|hardly|scarcely|only just|fail(?:s|ed|ing)? to',
  '(?:no|not enough|lost|little|less) (?:the )?(?:\\w+ )?(?:strength|power|force|push|oomph)|not strong enough|too weak|weak(?:er|ly|ness)?\\b',
  'no (?:puedo|puede|consigo|logro|soy capaz|tengo fuerza)|me cuesta|le cuesta|incapaz|sin fuerza',
].join('|');

/** Whoever stops for pain has not lost the power. */
const FOR_PAIN =
  /\b(?:because|due to|from|without|with|too much|so much|such|for|of) (?:of )?(?:the |my |this |so much |too much |much )?(?:\w+ )?(?:pain|ache|agony|stiffness|soreness)|\btoo (?:painful|sore|stiff|sharp)|\b(?:hurts?|painful|agony|sore|spasm\w*|cramps?)\b|por (?:el|culpa del) dolor|sin dolor|me duele/;

/** Ankle and toes up: L4, L5. */
const FOOT_UP = g(
  '(?:pull|lift|bring|point|turn|cock|flex|raise|move|wiggle|waggle)\\w* (?:up )?(?:my |the |his |her |both )*(?:\\w+ )?(?:foot|feet|toes?|big toe|ankle)\\b',
  '(?:heels?|foot|feet|toes?|big toe|ankle)\\b[^.;!?\\n]{0,16}\\b(?:up|back|off the (?:floor|ground))\\b',
  '(?:walk|stand|go|get)\\w* (?:up )?on (?:my |his |her |the )?(?:left |right |one |both )?heels?\\b|heel[- ]walk\\w*',
  '(?:dorsi|plantar) ?flex\\w*|e(?:vert|version)\\b|great toe extension',
  '(?:tap|tapping) (?:my |the |his |her )?(?:\\w+ )?(?:foot|feet|toes?)\\b',
  '(?:levant|sub|mov|extend|flexion)\\w* (?:\\w+ )?(?:punta del pie|dedo gordo|los dedos|el pie)|(?:andar|caminar) (?:de|sobre los) talones',
);
/** Ankle down, push-off: S1. */
const PUSH_OFF = g(
  '(?:push|press|work|use|hold|operate)\\w* (?:down )?(?:on )?(?:in )?(?:the |my |his |her |a )?(?:\\w+ )?(?:pedals?|clutch|brakes?|accelerator|gas|throttle)\\b',
  '(?:pedals?|clutch|brakes?|accelerator|embrague|freno|acelerador)\\b',
  'push(?:ing)? off\\b|tip ?-?toes?\\b|tippy ?-?toes?|(?:heel|calf) (?:raise|rise|lift)s?|on(?:to)? (?:my |his |her |the )?(?:toes|balls? of)\\b|puntillas|de puntas',
  '(?:hop|hopping|jump|jumping|skip|run|running) on (?:it|one leg|that leg|my|the)',
);
/** Knee and hip: L2 to L4. */
const STEP_UP = g(
  '(?:climb|go up|get up|step up|mount|manage|take)\\w* (?:a |the |any |even )*(?:single )?(?:steps?|stairs?|kerbs?|curbs?|staircase)\\b',
  '(?:lift|get|swing|raise|haul|heave)\\w* (?:my |the |his |her |that |it )?(?:\\w+ )?(?:leg|knee|thigh|foot|it) (?:up )?(?:in|into|onto|over|out of|up|off|on to)\\b',
  '(?:straighten|extend|lock|bend)\\w* (?:my |the |his |her |that )?(?:\\w+ )?knee\\b',
  '(?:lift|raise|get)\\w* (?:my |the )?(?:\\w+ )?(?:leg|foot) (?:high enough|off the (?:bed|floor|ground))',
  '(?:subir|levantar|meter) la pierna|estirar la rodilla|subir (?:un )?(?:escalon|bordillo)',
);

const HAZARD =
  'rugs?\\b|carpets?\\b|mats?\\b|kerbs?\\b|curbs?\\b|pavement|sidewalk|door ?steps?|door ?sills?|threshold|edges?\\b|flat (?:ground|floor|surface)|level (?:ground|floor)|nothing\\b|my (?:own )?(?:feet|foot|toes?|shoes?)|stairs?\\b|steps?\\b|cracks?\\b|alfombras?|escalon\\w*|bordillos?|acera|nada\\b';
const AGAIN =
  'keep(?:s|ing)?\\b|always|constantly|often|all the time|started|lately|recently|several|twice|three|times|every|again and again|now\\b|days?\\b|weeks?\\b|siempre|mucho|cada|todo el (?:rato|tiempo)|constantemente|continuamente|veces|ultimamente|empec\\w+';

export const LEG_ACTIVITY_NET: readonly NetRule[] = [
  {
    concept: 'severe-weakness',
    part: g('and(?:ar|o|aba)\\b|camin\\w+|de pie|piernas?\\b|walk\\w*|stand\\w*|legs?\\b|on my feet'),
    loss: g(
      "no (?:me )?(?:sostengo|aguanto|tengo en pie|mantengo)|(?:can'?t|cannot|can hardly|could ?n'?t) (?:\\w+ )?(?:hold (?:myself|himself|herself) up|stay upright)",
    ),
    unless: /dolor|duele|pain|hurt|spasm|agony/,
  },
  {
    // Again and again over nothing but one's own foot.
    concept: 'severe-weakness',
    part: g(
      'over (?:my|his|her) (?:own )?(?:\\w+ )?(?:foot|feet|toes?)\\b|con (?:mi|mis|mi propio|la punta del) pies?\\b',
    ),
    loss: g(AGAIN),
    unless: FOR_PAIN,
  },
  {
    // A foot that catches, and its owner on the floor.
    concept: 'severe-weakness',
    part: g(
      '(?:foot|feet|toes?|leg)\\b[^.;!?\\n]{0,20}\\b(?:catch|drag|trip|scuff|scrap|stick)\\w*|(?:pie|pierna|punta)\\b[^.;!?\\n]{0,20}\\b(?:se (?:me )?)?(?:engancha|arrastra|tropieza)\\w*',
    ),
    loss: g('fallen\\b|fell\\b|falls?\\b|falling\\b|me he caido|me cai(?:go)?\\b|se cae\\b|se ha caido'),
    unless: FOR_PAIN,
  },
  {
    // What one foot does and the other does not.
    concept: 'severe-weakness',
    part: FOOT_UP,
    loss: g(
      '(?:but )?not (?:on|with|in)? ?(?:my |the )?(?:left|right|other|bad)\\b|(?:pero )?(?:con |en )?(?:el|la) (?:derech|izquierd|otr)[oa] no\\b',
    ),
    unless: FOR_PAIN,
  },
  {
    // Then and now: "ayer movia el pie y hoy ya no".
    concept: 'severe-weakness',
    part: g(
      'pies?\\b|piernas?\\b|dedos\\b|tobillos?\\b|puntillas|talones|escaleras?|foot\\b|feet\\b|toes?\\b|legs?\\b|ankles?\\b|tip ?-?toes?|heels?\\b|stairs?\\b',
    ),
    loss: g(
      "(?:mov|levant|sub|pod|and|camin)(?:ia|aba|ian|aban)\\b[^.;!?\\n]{0,45}\\b(?:hoy|ahora) (?:ya )?no\\b|(?:moved|lifted|worked|was working|could|was able to)\\b[^.;!?\\n]{0,45}\\b(?:today|now|any ?more) (?:(?:it|i|he|she) )?(?:not|won'?t|does ?n'?t|can'?t|cannot|no longer)\\b",
    ),
    unless: FOR_PAIN,
  },
  {
    // Told as weak, and an everyday act gone with it.
    concept: 'severe-weakness',
    part: g('weak(?:er|ness)?\\b|debil\\w*|sin fuerza|no strength|no power'),
    loss: g(
      "(?:can'?t|cannot|can not|could ?n[o']?t|unable to|no longer|won'?t|no puedo|no puede) (?:\\w+ )?(?:climb|walk|stand|lift|raise|get up|bear|carry|hold|andar|caminar|levant|subir|sosten)\\w*",
    ),
    unless: new RegExp(`${FOR_PAIN.source}|\\b(?:far|long|fast|heavy|properly|much)\\b`),
  },
  {
    // A leg told as weak that lets its owner fall.
    concept: 'severe-weakness',
    part: g(`${WEAK}`),
    loss: g(
      '(?:i|he|she) (?:\\w+ )?(?:fell|fall)\\b|(?:ended up|landed) on the (?:floor|ground)|(?:keep|been|start\\w*) falling|me (?:he )?ca(?:i|igo|ido)\\b|me voy al suelo|(?:pull|haul|drag)\\w* (?:\\w+ )?(?:on|by|up with) (?:the |my )?(?:rail|ban+ister|arms?)',
    ),
    unless: new RegExp(
      `${FOR_PAIN.source}|\\b(?:after|since|because|when) (?:i|he|she|a|the|my) (?:\\w+ )?(?:fell|fall)\\b|desde que me cai`,
    ),
  },
  {
    concept: 'severe-weakness',
    part: g(
      '(?:lift|mov|pull|rais|swing|haul|help|pick)\\w* (?:my |the |his |her |that |it )?(?:\\w+ )?(?:leg|foot|thigh|knee|it)\\b|(?:levant|mov|sub|cog|agarr|met|pon|sac)\\w+ (?:la |mi )?(?:pierna|pie)\\b',
    ),
    loss: g(
      '(?:with|using|by) (?:my |his |her |both |the |one |own |a )*(?:hands?|arms?)\\b|con (?:la|las|mis|las dos|ambas) manos?|by the (?:trouser|sock|ankle)\\w*',
    ),
    unless: FOR_PAIN,
  },
  { concept: 'weakness', part: FOOT_UP, loss: g(LOST), unless: FOR_PAIN },
  { concept: 'weakness', part: PUSH_OFF, loss: g(LOST), unless: FOR_PAIN },
  { concept: 'weakness', part: STEP_UP, loss: g(LOST), unless: FOR_PAIN },
  {
    concept: 'severe-weakness',
    part: new RegExp(`${FOOT_UP.source}|${PUSH_OFF.source}`, 'g'),
    loss: g(
      "(?:can'?t|can ?not|could ?n[o']?t|could not|unable(?: to)?|not able to|no longer|won'?t|fails? to)\\b|nothing happen\\w*|impossible|no (?:strength|power|force|push)\\b|no (?:tengo fuerza|puedo|consigo|logro)|incapaz",
    ),
    unless: new RegExp(
      `${FOR_PAIN.source}|\\b(?:properly|fully|as (?:well|far|high|much)|quite|all the way|easily|run|jump)\\b`,
    ),
  },
  {
    concept: 'weakness',
    part: g('trip(?:s|ping|ped)?\\b|stumbl\\w+|tropiez\\w+|tropez\\w+|catch(?:es|ing)?\\b|scuff\\w*'),
    loss: g(
      `(?:${AGAIN})(?=[^.;!?\\n]{0,40}(?:trip|stumbl|catch|scuff))|over my (?:own )?(?:feet|foot|toes?)|siempre|a cada rato`,
    ),
    unless:
      /\b(?:breath|bus|train|up with|cold|eye|business|holiday|school|day trips?|road trip|field trip)\b/,
  },
  {
    concept: 'weakness',
    part: g('trip(?:s|ping)?\\b|stumbl(?:e|es|ing)\\b|catch(?:es|ing)? (?:on|my|the)|tropiezo|tropieza'),
    loss: g(HAZARD),
    onlyAsks: true,
    unless: /\b(?:breath|bus|train|cold|eye|business|holiday|after|fell|landed|onto|ended up)\b/,
  },
  {
    concept: 'severe-weakness',
    part: g('slippers?\\b|flip[- ]?flops?|sandals?\\b|shoes?\\b|clogs?\\b|zapatillas?|chanclas?|zapatos?'),
    loss: g(
      '(?:fall|fell|come|came|slip|drop|fly|flies|flew)\\w* (?:off|from)|escapa\\w*|keep(?:s)? (?:losing|coming|falling|dropping)|(?:can.?t|cannot|could ?n.?t|won.?t|does ?n.?t) (?:\\w+ )?(?:keep|stay)\\b|los(?:e|es|ing) (?:my|the|his|her|a|it)|scrap(?:e|es|ing)\\b|drag(?:s|ging)?\\b|catch(?:es|ing)?\\b|se (?:me |le )?(?:cae|sale|cayo)|pierd\\w+|perd\\w+|(?:is|are|getting) (?:\\w+ )?(?:worn|scuffed|scraped) (?:\\w+ )?(?:at|on|down)?',
    ),
    unless: /\b(?:too big|loose|wet|mud|size)\b/,
  },
  {
    concept: 'weakness',
    part: g(
      '(?:haul|pull|push|drag|hoist|heave)(?:s|ing)? (?:myself|himself|herself) up|gowers\\w*|(?:one|a) (?:step|stair) at a time',
    ),
    loss: g('arms?\\b|hands?\\b|banister|rail|furniture|sink|leg (?:wo|ca|do|is|has)'),
    onlyAsks: true,
    unless: FOR_PAIN,
  },
];
