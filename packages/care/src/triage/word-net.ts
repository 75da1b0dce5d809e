import type { TextConcept } from './concept.ts';

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
}

const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`, 'g');

const BLADDER =
  'pee\\w*|piss\\w*|wee(?:ing|s|d)?\\b|urin\\w+|bladder|water ?works|pass(?:ing)? water|orin\\w+|vejiga|pis\\b|pipi\\b|mear\\b|meo\\b|miccion\\w*';
const BOWEL =
  'poo(?:p|s|ing|ped|ping|ed)?\\b|stools?\\b|bowels?\\b|f(?:a)?eces|motions\\b|turds?\\b|shit\\w*|farts?\\b|farting|flatus|gas(?:es)?\\b|break(?:ing)? wind|pedos?\\b|heces|caca\\b|cagar\\w*|defec\\w+|deposicion\\w*|esfinter\\w*';
const SADDLE =
  'genital\\w*|perianal|toilet seat|(?:bicycle|bike) (?:seat|saddle)|sillin|tail ?(?:end|bone)|tampon|(?:mis|sus) partes|privates?\\b|private parts?|penis|vagin\\w+|vulva|labia|scrotum|testicles?|balls\\b|perine\\w+|anus\\b|anal\\b|back passage|bottom|bum\\b|backside|crotch|saddle|between (?:my |the )?(?:legs|thighs|cheeks)|down (?:below|there)|inner thighs?|pene\\b|escroto|testiculos?|ano\\b|culo\\b|trasero|entrepierna|entre (?:las |mis )?piernas|silla de montar|ahi abajo|partes (?:intimas|privadas)';
const SEX =
  'sex\\b|intercourse|making love|relaciones\\b|hacer el amor|orgasm\\w*|erection\\w*|ereccion\\w*|pene\\b|penis\\b';
const LIMB =
  'quad(?:s|riceps)?\\b|ehl\\b|dorsiflex\\w*|plantar ?flex\\w*|legs?\\b|foot\\b|feet\\b|knees?\\b|ankles?\\b|toes?\\b|thighs?\\b|cal(?:f|ves)\\b|heels?\\b|piernas?\\b|pies?\\b|rodillas?\\b|tobillos?\\b|muslos?\\b|dedos?\\b|talon(?:es)?\\b|pantorrillas?\\b';

const NUMB =
  "(?:reduced|decreased|diminished|absent|altered|impaired|less) (?:\\w+ )?(?:sensation|feeling)|(?:sensation|feeling) (?:is |was |are )?(?:\\w+ )?(?:reduced|decreased|diminished|absent|altered|impaired|gone|less)|(?:does ?n[o']t|doesn'?t) feel (?:like|cold|warm|anything|right|normal|mine)|feels? (?:fuzzy|muffled)|numb(?:s|ed|ing|ness|er)?\\b|tingl\\w+|pins and needles|no (?:\\w+ )?(?:sense|feeling|sensation|sensitivity)|(?:feel|feels|felt|feeling) (?:nothing|wooden|woolly|dull|distant|foreign)|(?:gone|went|fallen|fell|fast) (?:to sleep|asleep|dead)|(?:can'?t|can ?not|couldn'?t|don'?t|do not|did not|didn'?t|no longer|barely|hardly|never) (?:\\w+ )?(?:feel|felt|sense|register)|unable to feel|adormecid\\w*|dormid[oa]s?\\b|entumec\\w+|acorch\\w+|insensib\\w+|sin (?:sentir|notar|sensibilidad|sensacion)|no (?:me |la |lo |las |los )?(?:siento|noto|sentia|notaba)\\b|hormigue\\w+";
const UNAWARE =
  "(?:had|have|has|did|do|does|could|can) ?n[o']t (?:know|noticed|known|felt|reali[sz]ed|tell|reali[sz]e|notice)(?! (?:any|a|much|of any) )|(?:only|just) (?:\\w+ ){0,3}(?:know|knew|tell|notice)|by the (?:sound|noise|time|clock)|without (?:\\w+ing)|unaware|no (?:se|sabia|supe) (?:si|cuando|que)|sin (?:darme cuenta|enterarme|saber\\w*)|no me (?:entero|entere|doy cuenta|di cuenta)";
const LEAK =
  "leak\\w*|(?:empt\\w+|open\\w*) (?:itself|themselves)|sal\\w+ sol[oa]s?|sol[oa]s?\\b|(?:urge|need)[^.;!?\\n]{0,20}\\b(?:is|has|was) (?:gone|lost|away)|drip\\w*|dribbl\\w*|accidents?\\b|soak\\w*|without (?:a )?warning|by (?:itself|themselves)|on (?:its|their) own|(?:just|simply) (?:comes?|runs?|falls?|goes)|comes? (?:out )?when (?:it|they) wants?|(?:no|lost|losing|lose|out of|less|poor|little) (?:\\w+ )?control|can ?n?[o']?t hold|(?:can'?t|cannot|could not|couldn'?t|unable to|not able to) (?:hold|stop|control|keep)|(?:se me|me) (?:escapa\\w*|sale\\w*|hago|hice)|sin (?:avisar|aviso|control)|perdid\\w+|goteo|no (?:controlo|aguanto|retengo)";
const BLOCKED =
  "(?:can'?t|can ?not|could ?n[o']t|couldn'?t|unable to|not able to|impossible to|no longer|fail\\w* to) (?:\\w+ ){0,2}(?:pee|urinat|wee|go|start|pass|empty|begin)\\w*|strain\\w*|(?:if i |when i |unless i )?(?:press(?:ing)? (?:on|down)|lean(?:ing)? forward)|push(?:ing)? (?:on|down)|trickl\\w*|gota a gota|drained|catheter\\w*|retention|stuck|no (?:puedo|consigo|logro|pude|podia) (?:\\w+ )?(?:orin|hacer|vaciar|mear|empezar)\\w*|sonda\\w*|no (?:orinaba|meaba)|apret\\w+|empuj\\w+|retencion";
const WEAK =
  "weak\\w*|no (?:power|strength|force)|los[st]\\w* (?:\\w+ )?(?:power|strength|force)|less (?:power|strength)|powerless|folds?\\b|folded|buckl\\w*|flopp\\w*|giv(?:es?|ing) (?:way|out|in)|gave (?:way|out|in)|won'?t (?:move|lift|work|hold|come up|do)|(?:does|do|will) ?n[o']t (?:\\w+ )?(?:move|lift|work|hold|come up|obey|respond|push)|laz(?:y|ier)|heavier|jelly|(?:drop|drag|slap|flop|droop|dangl)(?:s|ped|ging|ping|ing|s)?\\b|stumbl\\w*|trip(?:s|ped|ping)?\\b|paraly[sz]\\w*|debil\\w*|sin fuerza\\w*|floj[oa]s?\\b|no (?:me )?(?:sube|responde|obedece|sostiene|aguanta|mueve|levanta)\\w*|se (?:me )?(?:dobla|vence|afloja|cae)\\w*|menos fuerza|tropiez\\w+|colgando|cuelga";

export const WORD_NET: readonly NetRule[] = [
  {
    concept: 'saddle',
    part: g(SADDLE),
    loss: g(
      `${NUMB}|(?:changed|different|strange\\w*|weird|odd|funny|dead|foreign|not mine|rar[oa]s?|extran[oa]s?|distint[oa]s?|como si no (?:fuera|fuese)\\w* mi[oa]s?)\\b`,
    ),
  },
  { concept: 'bladder', part: g(BLADDER), loss: g(`${NUMB}|${UNAWARE}|${LEAK}`) },
  { concept: 'retention', part: g(BLADDER), loss: g(BLOCKED) },
  { concept: 'bowel', part: g(BOWEL), loss: g(`${NUMB}|${UNAWARE}|${LEAK}`) },
  {
    concept: 'bladder',
    part: g('urge\\b|ganas de'),
    loss: g('(?:is|has|was) (?:\\w+ )?(?:gone|lost|missing|vanished)|han? desaparecido'),
  },
  {
    concept: 'bladder',
    part: g(
      'underwear|knickers|panties|underpants|boxers|ropa interior|bragas|calzoncillos|panal\\w*|nappy|nappies|diapers?',
    ),
    loss: g('accidents?\\b|wet\\b|soil\\w*|stain\\w*|wear\\w*|manch\\w+|mojad\\w+|llev\\w+|uso'),
  },
  { concept: 'saddle', part: g('(?:asiento|vater|inodoro|toilet seat|taza)\\b'), loss: g(NUMB) },
  { concept: 'bowel', part: g('(?:messed|soiled|dirtied|ensuci\\w+|manch\\w+)\\b'), loss: g(UNAWARE) },
  {
    concept: 'bladder',
    part: g('(?:toilet|loo|bathroom|bano|servicio)\\b'),
    loss: g(`${UNAWARE}|${NUMB}|trickl\\w*|gotas?\\b|drops\\b`),
  },
  {
    concept: 'bladder',
    part: g('(?:bed|sheets?|mattress|trousers|pants|cama|sabanas?|pantalon\\w*)\\b'),
    loss: g('wet\\b(?! (?:grass|floor|road|towel))|soaked|mojad\\w+|moj[oae]\\b'),
  },
  {
    concept: 'sexual',
    part: g(SEX),
    loss: g(`${NUMB}|no (?:me )?respond\\w+|does ?n[o']t work|stopped working`),
  },
  {
    concept: 'bilateral',
    part: g(
      'sciatica|ciatica\\w*|leg pain|(?:pain|numb\\w*|weak\\w*|tingl\\w+)[^.;!?\\n]{0,20}legs|legs\\b[^.;!?\\n]{0,25}(?:jelly|heavy|dead|pain\\w*|hurt\\w*|ach\\w+|numb\\w*|weak\\w*|tingl\\w+)|dolor de piernas?',
    ),
    loss: g(
      'both\\b(?! (?:fine|good|ok|okay|normal|strong))|both sides|either side|left and right|right and left|(?:los|ambos|dos) (?:dos )?lados|ambas',
    ),
  },
  { concept: 'weakness', part: g(LIMB), loss: g(WEAK) },
  {
    concept: 'bowel',
    part: g(BOWEL),
    loss: g('(?:new|sudden\\w*) (?:trouble|problem|difficult)\\w*|stopped working|no longer work\\w*'),
    onlyAsks: true,
  },
];

/** How many characters may lie between the part and the loss. */
export const NET_REACH = 60;
