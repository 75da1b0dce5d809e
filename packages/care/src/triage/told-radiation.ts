import type { Told } from './told-course.ts';
import { isOfNow, sentenceAt } from './told-now.ts';

/** Where the pain goes: below the knee, into the leg, or nowhere. Told both ways it stays open. Text is normalised. */
const RUNS =
  "(?:(?<!\\b(?:i|i've|i have|he|she) )(?:hurt\\w*)|pain\\w*|shocks?|zips?|zaps?|creeps?|spread\\w*|extend\\w*|on fire|agony|shoot\\w*|burn\\w*|ach\\w+|sciatica|electric\\w*|stab\\w*|runs?|running|goes|going|gone|travel\\w*|mov(?:es|ed|ing)|radiat\\w+|referred|reach\\w*|down|tingl\\w*|lumbociatica|dolor\\w*|duele\\w*|baj\\w+|ciatica|irradi\\w+|se (?:extiende|va|me va)|va (?:a|hasta|hacia)|quem\\w+|lleg\\w+|corr\\w+|recorre|pincha\\w*|pasa)";
/** Words between the pain and its place, none of which denies. */
const UNDENIED =
  "(?:(?!\\b(?:no|not|never|without|nothing|neither|sin|ni|nada|nunca|but|pero)\\b|n't\\b)[^.;!?\\n])";
const BELOW =
  '(?:cal(?:f|ves)|shins?|foot|feet|toes?|ankles?|heels?|soles?|(?:below|under|past|beyond) (?:the |my |his |her )?knees?|lower leg|pantorrillas?|empeine|gemelos?|espinilla|tobillos?|talon(?:es)?|pies?|dedos?|(?:debajo|mas abajo|mas alla) de (?:la |las )?rodillas?|planta)';
const LEG =
  '(?:legs?|thighs?|hamstrings?|knees?|(?:back|side|front) of (?:the|my) knee|piernas?|muslos?|rodillas?|corva|isquiotibial\\w*)';
const BELOW_KNEE = new RegExp(
  `\\b${RUNS}\\b${UNDENIED}{0,70}\\b${BELOW}\\b|\\b${BELOW}\\b[^.,;!?\\n]{0,15}\\b(?:pain|hurts?|aches?|burns?|on fire|duele)`,
);
const IN_LEG = new RegExp(
  `\\b(?:stops?|ends?) (?:at|above) (?:the|my) knee|\\bsciatica\\b|\\bciatic[oa]\\b|\\b(?:leg|thigh|hamstring|pierna|muslo) (?:pain|aches?|symptoms)|dolor(?:es)? (?:de|en) (?:la |las )?(?:piernas?|muslos?)|\\b${RUNS}\\b${UNDENIED}{0,60}\\b${LEG}\\b|\\b${LEG}\\b (?:hurts?|aches?|burns?|pain|(?:is|are) (?:agony|on fire|sore|painful|killing|burning|aching))|duele\\w* (?:la|las|una|el) (?:piernas?|muslo)`,
);
/** How far it does not go says where it ends: "down the thigh, not below the knee". */
const ENDS_ABOVE =
  /,? ?(?:\b(?:but |and |pero |y )?(?:(?:does ?n[o']?t|not|never|no|without|nothing|sin) (?:\w+ ){0,3}?(?:below|past|beyond|under) (?:the |my )?knees?|(?:above|short of) (?:the |my )?knees?|no (?:pasa|baja) (?:mas alla )?(?:de|por debajo de) (?:la )?rodilla|sin (?:pasar|sobrepasar) (?:de )?la rodilla))\b/g;
const BACK_ONLY =
  /\b(?:nothing (?:\w+ )?(?:down|in|into) (?:the|my|either|his|her) legs?|solo (?:me (?:duele|molesta) )?(?:en )?(?:la |los )?(?:zona |parte |region )?(?:lumbar(?:es)?|baja(?: de la espalda)?|espalda|cintura|rinones)|solo me duele la (?:cintura|espalda)|stays? (?:put )?in (?:the (?:small|middle) of )?(?:my |the )?(?:lower |low )?back|(?:confined|localised|localized|limited|restricted) to (?:the |my )?(?:low(?:er)? )?(?:back|lumbar|l[1-5])|(?:axial|central|midline|local(?:ised|ized)?) (?:low |lower )?(?:back|lumbar)? ?pain only|(?:does ?n[o']?t|not|never) leave(?:s)? my back|never (?:strays|leaves my back)|across (?:my|the) (?:waist|lower back) only|no me baja|no (?:me )?pasa de la cintura|no (?:\w+ ){0,2}(?:legs?|sciatic\w*) (?:pain|symptoms?)|no (?:pain|symptoms?) (?:in|down) (?:my |the |either )?(?:legs?|buttocks or legs)|no sciatica|no (?:\w+ )?(?:radicular|radiculopathy|root) ?(?:symptoms?|signs?|pain|features)?|nothing (?:in|down) (?:my |the )?legs?|(?:does ?n[o']?t|not|never) (?:\w+ )?(?:go|goes|going|run|runs|travel|travels|spread|spreads|shoot|shoots|radiate|radiates|move|moves|extend|extends) (?:\w+ )?(?:down|into|to|anywhere|out)|(?:only|just)(?: ever)? in (?:the (?:small|middle) of )?(?:my |the )?(?:lower |low )?back|in (?:the|my|her|his) (?:lower |low )?back only|(?:no|non|without|sin|nil)[ -]?(?:any |se )?(?:radiat\w+|irradi\w+|referred|referral|referido)|no (?:se )?(?:(?:me )?(?:irradia|baja|extiende|corre|va) ?(?:a|hacia|por|hasta)?|me baja)|nada en (?:las |la )?piernas?|sin (?:dolor|nada|molestias) en (?:las )?piernas?|sin ciatica|no me duelen? (?:las )?piernas?|(?:no pain|nothing|nowhere) (?:anywhere )?else(?:where)?|no spread\b|no (?:se )?pasa de la espalda|(?:at|along|above|in) (?:the|my) belt(?: ?line)? only|(?:does ?n[o']?t|not) radiate\b|(?:las )?piernas no\b|not (?:the|my) legs?\b|(?:in|at) (?:just )?one spot|radiation:? (?:none|no|nil)|(?:just|only) (?:across )?(?:the|my) (?:lower |low )?back\b|only across (?:the|my) (?:lower |low )?back|no baja|legs? (?:is|are) (?:fine|ok|free of pain|pain[- ]free|not affected))\b/;
const DENIED = /(?:\b(?:no|not|never|without|denies|sin|niega|ni|nunca|nil)|n't)\b[^,.;!?\n]{0,25}$/;
/** A limb that was hurt for itself. */
const INJURED =
  /\b(?:sprain\w*|bunions?|gout|plantar|fasciitis|fungus|blisters?|shoes?|broke|twisted|stubbed|banged|dropped|operat\w+|replace\w+|esguince|juanete|gota|torci|rompi|operaron)\b/;

export function radiationIn(text: string): Told<'below-knee' | 'leg' | 'back-only'> | undefined {
  const above = ENDS_ABOVE.exec(text);
  ENDS_ABOVE.lastIndex = 0;
  const told = text.replace(ENDS_ABOVE, ' ').replace(ONCE_DID, ' ');
  const only = BACK_ONLY.exec(told);
  for (const [value, pattern] of [
    ['below-knee', BELOW_KNEE],
    ['leg', IN_LEG],
  ] as const) {
    const m = pattern.exec(told);
    if (
      m === null ||
      DENIED.test(told.slice(0, m.index)) ||
      !isOfNow(told, m.index) ||
      MAY.test(told.slice(Math.max(0, m.index - 7), m.index + m[0].length + 12)) ||
      INJURED.test(sentenceAt(told, m.index))
    )
      continue;
    // "Down one leg, nothing in the foot" is not told plainly enough to be scored.
    if (only !== null || (above !== null && value === 'below-knee')) return undefined;
    return { value, quote: m[0].slice(0, 100) };
  }
  return only === null ? undefined : { value: 'back-only', quote: only[0] };
}

const MAY = /\b(?:may|might|could|would|will|puede|podria)\b/;
/** Where it went before, and goes no more. */
const ONCE_DID =
  /\b(?:used to|before it|antes)\b[^.,;!?\n]*?(?=\bbut\b|\bnow\b|\bpero\b|\bahora\b|[.,;!?\n]|$)/g;
