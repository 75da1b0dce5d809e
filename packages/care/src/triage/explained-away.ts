import { type Assertion, isHistory, type TextConcept } from './concept.ts';
import type { SaidPlace } from './said-place.ts';

/** What stands of words whose own sentence gives them a harmless reason, or tells that a test was clean; undefined where it gives none. */
export function explainedAway(place: SaidPlace): Assertion | undefined {
  const { text, itself, before, after, sentence, concept, book } = place;
  if (harmlessIn(place)) return 'negated';
  // "Feels like I've had an epidural" tells of a feeling, not of a needle.
  if ((concept === 'infection-source' || concept === 'spinal-needle') && LIKENED.test(before))
    return 'hypothetical';
  if (concept === 'anaphylaxis' && /^ana(?:phyla|fil)/.test(itself) && ALLERGIC_TO.test(before))
    return 'hypothetical';
  if (concept === 'fever' && THE_CHANGE.test(sentence) && !RUNS_HOT.test(sentence)) return 'hypothetical';
  // An aneurysm that was mended, or is looked at every year and does not grow, is asked about.
  if (
    concept === 'pulsatile' &&
    /aneur|aort|\baaa\b/.test(itself) &&
    MENDED.test(sentence) &&
    !AS_IF_TORN.test(text)
  )
    return 'hedged';
  if (
    concept === 'cauda-equina' &&
    (REASSURED.test(sentence) || (SUSPECTED.test(`${before}${itself}`) && SHOWN_CLEAR.test(after)))
  )
    return 'hypothetical';
  if (concept === 'infection-source' && CURED_YEARS_AGO.test(sentence) && !ONCE_MORE.test(text)) return 'old';
  if (!isHistory(concept)) return undefined;
  if (TESTED_CLEAN.test(after) && AFRAID.test(before)) return 'hypothetical';
  return TURNED_OUT.test(before) && book.anotherPerson.test(sentence) ? 'hypothetical' : undefined;
}

function harmlessIn({ itself, before, after, sentence, concept }: SaidPlace): boolean {
  const further = `${itself}${after}`;
  if (
    OF_LEGS.includes(concept) &&
    (OF_LAUGHTER.test(sentence) ||
      TIRED_AND_FINE.test(sentence) ||
      (LEGS_OF_SPORT.test(sentence) && !MORE_THAN_TIRED.test(sentence)) ||
      HELD_BY_PAIN.test(further))
  )
    return true;
  switch (concept) {
    case 'bilateral':
      // "Power 5/5 in both legs" is about legs that work.
      return SOUND.test(before) || CAN.test(before) || WARM.test(further) || AFTER_EFFORT.test(sentence);
    case 'cold-limb':
      return (
        KNOCKED.test(sentence) ||
        (OF_NO_SUN.test(sentence) && !/\b(?:cold|fri[oa]|helad[oa]|numb)\b/.test(sentence))
      );
    case 'minor-trauma':
      // Nearly fallen is not fallen.
      return (
        /\b(?:nearly|almost|casi|por poco)(?: me)? $/.test(before) &&
        !/\b(?:but|then|and) (?:\w+ )?(?:fell|landed|hit)\b/.test(sentence)
      );
    case 'unwell':
    case 'infection-source':
      return /\b(?:no|not any|without|sin) (?:\w+ )?(?:pus|discharge|redness|smell)\b/.test(further);
    case 'sexual':
      return (
        /\bfe(?:lt|els?) (?:just |like |as |perfectly |completely )*normal\b/.test(sentence) &&
        !/\b(?:until|till|but|now|since|before|used to)\b/.test(sentence)
      );
    case 'weight-loss':
      return /\b(?:by|after|from|with) (?:\w+ ){0,2}(?:trying|effort|diet\w*|slimming|exercis\w*)\b/.test(
        after,
      );
    case 'night-pain':
      return (
        /\b(?:sleep(?:s|ing)?|slept|duermo|duerme|dormi) (?:\w+ )?(?:all|through|well|fine|toda|bien)\b/.test(
          sentence,
        ) && !/\b(?:can'?t|cannot|not|n't|no|unable|never) (?:\w+ )?(?:sleep|duermo|duerme)/.test(sentence)
      );
    case 'saddle':
      if (/\b(?:nothing|nada) (?:is |feels |was |esta )?$/.test(before)) return true;
      return SAT_ASLEEP.test(sentence) && !STAYS_SO.test(sentence);
    case 'retention':
      // Who sits too long on the loo with a leg asleep has no trouble passing water.
      return LEG_ASLEEP.test(sentence) && SAT_ASLEEP.test(sentence) && !OF_WATER.test(sentence);
    case 'fever':
      return OF_THE_COLD.test(sentence) && !RUNS_HOT_TOO.test(sentence);
    case 'pulsatile':
      return NARROW.test(after);
    default:
      return false;
  }
}

const MENDED =
  /\b(?:repair\w*|mended|fixed|operated|evar\b|stent(?:ed|[- ]graft)|graft\w*|surveillance|unchanged|no change|stable|same size|not (?:grown|growing|bigger)|yearly scan|reparad[oa]|operad[oa]|endoprotesis|sin cambios|estable|no (?:ha )?crec\w+|vigilad[oa]|en seguimiento)\b/;
const AS_IF_TORN =
  /\b(?:sudden\w*|tear(?:s|ing)|ripp\w*|stab\w*|collaps\w*|faint\w*|giddy|dizz\w*|clammy|grey|worst|new (?:back |abdominal |belly )?pain|severe|puls\w+|throb\w*|repentin\w*|de golpe|de repente|subit\w*|desgarr\w*|mare\w*|sudor\w*|desmay\w*|late\b|latid\w*)\b/;

/** "My legs gave out laughing." */
const OF_LAUGHTER =
  /\b(?:legs?|knees?|piernas?|rodillas?)\b[^.;!?\n]{0,20}\b(?:gave|give|giv\w+|went|buckl\w*|fail\w*|flaque\w*|dobl\w*|fall\w*)\b[^.;!?\n]{0,25}\b(?:laugh\w*|giggl\w*|risa|rei\w*|carcajad\w*)\b/;
/** Pale of the season. */
const OF_NO_SUN =
  /\b(?:no|not (?:had|seen) (?:any|much)|lack of|without|sin) (?:any )?(?:sun|sunshine|tan|sol)\b/;
const CURED_YEARS_AGO =
  /^(?=.*\b(?:19\d\d|200\d|201\d|202[0-3]|(?:years|decades) ago|hace (?:\w+ )?anos)\b).*\b(?:(?:fully |completely |successfully )?(?:treated|cured|cleared|resolved|healed)|discharged|curad[oa]|resuelt[oa]|tratad[oa])\b/;
const ONCE_MORE =
  /\b(?:again|same pain|like (?:it was )?(?:then|before|last time)|recurr\w*|otra vez|de nuevo|mismo dolor|como (?:entonces|aquella vez)|fever\w*|fiebre)\b/;

const AFRAID = /\b(?:miedo|worried|afraid|scared|preocup\w+|thought|feared)\b/;

const SOUND =
  /\b(?:normal\w*|intact|5\/5|full|good|fine|strong|equal|symmetric\w*|preserved|conservad\w+|simetric\w+|intact[oa]s?|flexor|down-?going|negativ\w+)\b/;

/** "I can lift both feet": nothing between the can and the legs takes it back. */
const CAN =
  /\b(?:can|able to) (?:still )?(?:lift|move|feel|raise|stand on|wiggle|bend)(?: (?:my|his|her))?\s*$|\b(?:siente|siento|mueve|muevo|nota|noto) (?:bien|normal) (?:en )?$/;

/** "Allergic to penicillin (anaphylaxis)": a reaction that was. */
const ALLERGIC_TO =
  /\b(?:allerg(?:y|ies|ic)|alergi(?:as?|c[oa]))\b(?![^.;!?\n]*\b(?:now|today|just|ahora|hoy|acab[oa])\b)[^.;!?\n]{0,50}$/;
/** "Seen for possible cauda equina; the MRI that night showed plenty of room." */
const SUSPECTED = /\b(?:possible|suspected|query|posible|sospecha de) (?:cauda[\w ]*)?$/;
const SHOWN_CLEAR =
  /\b(?:mri|scan|imaging|resonancia)\b[^.!?\n]{0,60}\b(?:no (?:compression|sign)|plenty of room|excluded|ruled out|clear|normal|small|sin compresion|descart\w+)\b/;
const REASSURED = /\breassur\w+|tranquiliz\w+/;

/** An aorta of less than 3 cm is none too wide. */
const NARROW =
  /^(?![^.;!?\n]*\b(?:[3-9](?:[.,]\d+)? ?cm|[3-9]\d ?mm)\b)[^.;!?\n]{0,60}\b(?:[0-2](?:\.\d+|,\d+)? ?cm|[12]\d(?:[.,]\d)? ?mm)\b|^[^.!?\n]{0,80}\b(?:and|,) (?:it|that|the (?:scan|result|aorta)) (?:was|is|came back) (?:all |perfectly |completely |quite )?(?:normal|clear|fine|not (?:wide|enlarged|dilated))\b/;

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
  /^(?=.*\b(?:driv(?:e|es|ing)|cinema|theatre|chairs?|stool|pew|bench|seats|loo|grada\w*|banco|silla|asiento|butaca|cine|piedra|toilet|vater|inodoro|wc|s[ai]t(?:ting)?|knel\w*|kneel\w*|squat\w*|cross\w*|perch\w*|seat|bleachers|kayak|canoe|rowing|hauls?|bus|cab\b|bike|cycl\w+|saddle|sillin|bici\w*|ciclista|sentad[oa]|sentarme|cruz[oa]\w*)\b)(?=.*\b(?:(?:back to normal|fine|gone|ok|right|wears? off|wore off|goes|passes) (?:the (?:minute|moment|second)|as soon as|once)\b|(?:wears?|wore|worn|wakes?|woke|goes|went|passes|passed|comes? back|came back|gone|fine|back to normal)\b[^.;!?\n]{0,20}\b(?:secs?|seconds?|mins?|minutes?|moment|when i (?:stand|stood|get up|got up|move|moved|stretch)|once i (?:stand|move|get up)|after a (?:stretch|walk|shake)|(?:in|within) (?:like |about )?(?:a|one|\d+) (?:mins?|minutes?|secs?|seconds?))|(?:secs?|seconds?|mins?|minutes?)[^.;!?\n]{0,40}?,? (?:and|then) (?:it.?s |it is )?(?:gone|fine|ok|back|right|normal)\b|(?:walked|stood up|got up|moved|stretched)\b[^.;!?\n]{0,25}\b(?:it was |it is |it's |all )?(?:gone|fine|ok|back to normal)\b|(?:secs?|seconds?|mins?|minutes?) after (?:getting|i get|standing)[^.;!?\n]{0,20}\b(?:normal|fine|gone|back)|me levant[oe][^.;!?\n]{0,30}\b(?:y )?(?:vuelve|volvio|se (?:me )?(?:pasa|paso|quito|va|fue))\b|se (?:me )?(?:pasa|quita|va)\b[^.;!?\n]{0,20}\b(?:al (?:mover|levant|par)\w+|en un (?:rato|momento|minuto)|segundos|minutos|enseguida)))/;

const LEG_ASLEEP =
  /\b(?:foot|feet|legs?|toes|pies?|piernas?)\b[^.;!?\n]{0,20}\b(?:asleep|to sleep|numb|dead|tingl\w*|duerm\w*|dormid\w*)\b/;
const OF_WATER = /\b(?:pee\w*|wee\w*|urin\w*|water|bladder|stream|flow|orin\w*|pis|vejiga|chorro)\b/;

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

const LIKENED = /\b(?:like|as if|as though|como si|como)\b[^.;!?\n]{0,20}$/;
