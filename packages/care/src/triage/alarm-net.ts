import type { NetRule } from './word-net.ts';

/** What the rest of the body tells: nights, chills, a crack at a small effort, a belly that beats. Text as in `word-net.ts`. */
const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`, 'g');

const BELLY = 'belly|tummy|stomach|abdomen|gut\\b|guts\\b|barriga|panza|guata|tripa|vientre|estomago';
const AT_ONCE =
  'sudden\\w*|(?:out of|from) (?:the blue|nowhere)|all at once|in an instant|like a bolt|de repente|de golpe|de pronto|subit\\w+';
const TRUNK = `back\\b|flank|loin|side\\b|spine|${BELLY}|espalda|costado|columna`;

export const ALARM_NET: readonly NetRule[] = [
  {
    // Says nothing alone: heavy legs count where a bleed is feared.
    concept: 'heavy-legs',
    part: g('legs?\\b|feet\\b|piernas?\\b'),
    loss: g(
      'heav(?:y|ier|iness)\\b|like (?:lead|jelly|stone|wood)|wobbl\\w*|unstead\\w*|pesad[oa]s?|floj[oa]s?|de plomo',
    ),
  },
  {
    // Wet on waking and slept through it: sweat or urine, so it is asked.
    concept: 'bladder',
    part: g('(?:wet|soak(?:ed|ing)) through\\b|soak(?:ed|ing)\\b|wet\\b|empapad[oa]|mojad[oa]'),
    loss: g(
      "(?:never|did ?n'?t|not) (?:even )?w(?:o|a)k(?:e|en)\\b|slept through|sin despertar\\w*|no me desper\\w+",
    ),
    onlyAsks: true,
    unless: /\b(?:sweat\w*|sud\w+|rain\w*|shower\w*|ducha|lluvia)\b/,
  },
  {
    concept: 'weight-loss',
    part: g('weight\\b|peso\\b|kilos?\\b|flesh\\b|pounds\\b'),
    loss: g(
      'dropp\\w*|drop(?:s)? off|(?:fall|fell|melt|com|pil)\\w* off|shedding|going down|gone down|wast\\w* away|perd\\w+|baj(?:ando|ado|e)\\b|adelgaz\\w*|skin and bone',
    ),
    unless:
      /(?<!not |n't |without |been |sin |sin hacer )\b(?:trying|diet\w*|dieta|queriendo)\b|\b(?:on purpose|slimming|ozempic|mounjaro|wegovy|gym|dropped (?:a|the) weight|weights|foot|toe|adrede)\b/,
  },
  {
    concept: 'night-pain',
    part: g('nights?\\b|night ?time|small hours|noches?\\b|madrugada|de noche'),
    loss: g(
      '(?:hurt|ach|throb|gnaw)(?:s|es|ing)?\\b|bad\\b|duele\\b|all\\b|wors(?:e|t)\\b|wak(?:e|es|ing|en|ens)\\b|wok(?:e|en)\\b|awake|(?:no|little) sleep|despiert\\w*|peor\\b|mas (?:fuerte|intenso)|duele mas|no (?:me deja|puedo) dormir|toda la|cada\\b',
    ),
    unless:
      /\b(?:pee|wee|toilet|loo|baby|snor\w*|roll\w*|turn(?:ing)? over|better|eas(?:e|es|ed)|bano|orinar|mejor|bebe|shift|sleep (?:well|fine|ok|through)|duermo bien|sweat\w*|sud\w+)\b/,
  },
  {
    concept: 'fever',
    part: g('shak(?:e|es|ing|y)\\b|shiver\\w*|trembl\\w*|tirit\\w+|temblor\\w*|tembl(?:ando|aba|o)\\b'),
    loss: g(
      'sweat\\w*|clammy|fever\\w*|hot\\b|cold\\b|uncontroll\\w*|teeth|sudor\\w*|sud(?:o|ando)\\b|frio\\b|calor\\b',
    ),
    unless:
      /\b(?:gym|ran|bus stop|outside|outdoors|swim\w*|in the (?:cold|snow|rain)|run|running|exercise|workout|anxi\w*|panic|nervous|withdraw\w*|legs? (?:was|were|is|are|shak\w+)|shower|pool|weather|winter|snow|ansiedad|nervios\w*)\b/,
  },
  {
    concept: 'minor-trauma',
    part: g(
      '(?:sneez|cough|bend|lift|twist|turn|reach|stoop|stretch|open|push|pull)\\w*|bent\\b|pick(?:ed|ing) up|(?:sat|sit|got|getting|stood) (?:down|up)|putting on|making the bed|estornud\\w+|tos(?:i|er|iendo)\\b|agach\\w+|levant\\w+|cog(?:i|er)\\b|gir(?:e|ar)\\b|sentar\\w+|sente\\b',
    ),
    loss: g(
      'something (?:\\w+ )?(?:go|goes|went|giv\\w+|gave|break|broke|crack\\w*|snap\\w*|pop\\w*|move[ds]?|slip\\w*|tear|tore)\\b|crack(?:ed|ing)?\\b|crunch\\w*|snap(?:ped)?\\b|crujid\\w+|crujio|chasquido|\\bcrac\\b|algo (?:que )?se (?:me )?(?:rompi\\w*|solt\\w*|parti\\w*)',
    ),
  },
  {
    concept: 'pulsatile',
    part: g(BELLY),
    loss: g('throb\\w*|puls(?:e|es|ing|ating|ation)\\b|beat(?:s|ing)?\\b|late\\b|latido\\w*|palpit\\w+'),
    unless:
      /\b(?:butterfl\w*|anxi\w*|heart (?:rate|palpit\w*)|period|cramps?|baby|kick\w*|bebe|beats? me|ansiedad)\b/,
  },
  {
    // Pain of the trunk that was there at once, and blood pressure that goes with it.
    concept: 'pulsatile',
    part: g(`(?:${AT_ONCE})[^.;!?\\n]{0,60}\\b(?:${TRUNK})|(?:${TRUNK})[^.;!?\\n]{0,60}\\b(?:${AT_ONCE})`),
    loss: g(
      'faint\\w*|collaps\\w*|pass(?:ed|ing) out|black(?:ed|ing) out|clammy|(?:gone?|went|turned|looks?|looking) (?:\\w+ )?(?:grey|gray|white|pale)|cold sweats?|desmay\\w+|mare(?:o|ad[oa]|e)\\b|sudor(?:es)? frios?|sudo frio|palid[oa]|blanc[oa] como',
    ),
  },
];
