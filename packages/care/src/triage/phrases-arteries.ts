import type { Phrase, TextConcept } from './concept.ts';

/**
 * The leg that lacks blood and the artery that widens, as they are told: a pain that comes at a set distance and goes by standing still, pulses and
 * refill as a note puts them, the pain of the night that a hanging foot eases. English, then Spanish. Who sits, bends or leans on a trolley to be
 * rid of it tells of the spine (claudication of a narrow canal) and is left to its own rules.
 */
const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

const NEAR = '[^!?\\n]';
const MUSCLE = '(?:calf|calves|thighs?|buttocks?|pantorrillas?|gemelos?|muslos?|gluteos?|nalgas?)';
const CRAMPS =
  '(?:cramp\\w*|seiz\\w*|tight\\w*|grip\\w*|burn\\w*|ach(?:e|es|ing)\\b|pain\\w*|vice\\b|hurt\\w*|claudica\\w+|acalambr\\w*|calambres?|apriet\\w*|agarrot\\w*|agarr\\w*|dolor\\w*|duel\\w+|prensa\\w*|piedra)';
const EFFORT =
  '(?:walk\\w*|(?:\\d+|few|hundred) (?:m|met(?:er|re)s?|yards?|yds|steps|metros|pasos)\\b|blocks?\\b|lamp ?posts?|uphill|(?:the|a) hill|upstairs|stairs|exertion|treadmill|pedall?ing|camin\\w+|cuadras?|cuesta|esfuerzo|farol|subiendo)';
const STANDS =
  '(?:stand\\w*|stood|stops?|stopping|halts?|shop window|(?:on|against) the wall|paro\\b|parad[oa]\\b|parar(?:me|se)\\b|de pie|vidriera|en la pared)';
const GOES =
  '(?:gone|goes|eas(?:es|ed)|sorts?|clears?|pass(?:es|ed)|resolv\\w+|reliev\\w+|settl\\w+|recover\\w*|subsid\\w+|lets? go|(?:go|goes|carr(?:y|ies)|walks?) on|sigo|se (?:me )?(?:pasa|quita|va)|sueltan?|cede|calma|y ya\\b)';
/** Unless it takes sitting or bending: "no need to sit" and "without bending" do not. */
const NOT_BY_BENDING = `(?!${NEAR}{0,200}(?<!\\b(?:no|not|n't|need to|have to|without|sin|necesito) )\\b(?:sit|sits|sat|sitting|seated|bench|trolley|bend\\w*|bent|forward|flex\\w*|siento|sent(?:ad|ar)\\w*|banc[oa]|carrito|agach\\w*|dobl\\w*|(?<!\\ba )days?|(?<!\\bal )dias?|day after)\\b)`;
const EASED = `(?:${STANDS}${NEAR}{0,40}\\b${GOES}|${GOES}${NEAR}{0,40}\\b${STANDS})`;
const LEG = '(?:legs?|foot|feet|it|pierna|piernas|pie|pies)';

export const ARTERY_PHRASES: readonly Phrase[] = [
  ...p(
    'arterial-claudication',
    `\\b${MUSCLE}\\b${NOT_BY_BENDING}(?=${NEAR}{0,60}\\b${CRAMPS}|(?<=\\b${CRAMPS}${NEAR}{0,40}))(?=${NEAR}{0,80}\\b${EFFORT})${NEAR}{0,110}\\b${EASED}`,
    `\\b${EFFORT}${NOT_BY_BENDING}(?=${NEAR}{0,60}\\b${MUSCLE}\\b)(?=${NEAR}{0,80}\\b${CRAMPS})${NEAR}{0,110}\\b${EASED}`,
    `\\b(?:vascular|arterial|${MUSCLE}) claudication\\b(?! ruled)`,
    '\\b(?:femoral|popliteal|pedal|foot|distal|dorsalis pedis|tibial) pulses?\\b[^.;,!?\\n]{0,15}\\b(?:weak|faint|reduced|diminished|poor|thready)|\\b(?:weak|faint|reduced|diminished|poor) (?:\\w+ )?(?:femoral|popliteal|pedal|foot|distal) pulses?\\b|\\bpulsos? (?:femorales?|popliteos?|pedios?|distales?)\\b[^.;,!?\\n]{0,15}\\b(?:debil\\w*|disminuid\\w*)',
  ),
  ...p(
    'cold-limb',
    '\\bno (?:palpable )?(?:palpable |pedal |foot |distal |femoral |popliteal )+puls\\w+|\\bno dorsalis pedis\\b',
    '\\bcap(?:illary)? refill\\b[^.;!?\\n\\d]{0,12}(?:[4-9]|1\\d) ?s(?:ec\\w*)?\\b|\\b(?:relleno|llenado) capilar\\b[^.;!?\\n\\d]{0,12}(?:[4-9]|1\\d) ?s(?:eg\\w*)?\\b',
    `\\b(?:hang(?:s|ing)?|dangl(?:e|es|ing))\\b (?:the |my |his |her )?${LEG}\\b[^.;!?\\n]{0,12}\\b(?:out of|over the (?:edge|side)|off the)\\b[^.;!?\\n]{0,10}\\bbed\\b`,
    `\\b(?:better|eas(?:es|ed|ier)|reliev\\w+|less|helps|mejor(?:a)?|alivia|calma)\\b[^.;!?\\n]{0,25}\\b(?:(?:hang(?:s|ing)?|dangl(?:e|es|ing)) (?:the |my |his |her )?${LEG}|dependency|dejandol[ao] colgando|dejo colgando|(?:bajar|colgar|cuelgo) (?:la|el) (?:pierna|pie))\\b`,
    '\\bde noche\\b[^.;!?\\n]{0,40}\\bcuelgo (?:la|el) (?:pierna|pie)\\b',
  ),
  ...p(
    'pulsatile',
    '\\b(?:balloon|bulge|bulging)\\b[^.;!?\\n]{0,12}\\b(?:in|on) (?:his|her|my|the) (?:stomach|tummy|belly|aorta|main artery)\\b|\\bglobo\\b[^.;!?\\n]{0,8}\\b(?:en|de) la (?:barriga|panza|aorta|tripa)\\b',
    '\\b(?:heart ?beat|pulse|throbbing|thumping)\\b[^.;!?\\n]{0,8}\\bin (?:my|his|her|the) (?:stomach|tummy|belly|abdomen)\\b',
  ),
];
