import type { Phrase, TextConcept } from './concept.ts';
import type { NetRule } from './word-net.ts';

/**
 * Dangers of the medicines of a painful back beyond those of `phrases-acute.ts`: bleeding under anti-inflammatories or blood thinners, too much
 * serotonin, a steroid stopped at once. English and Spanish; text as in `word-net.ts`.
 */
const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));
const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`, 'g');

const THINNER =
  '(?:blood[- ]?thinn\\w*|anti ?-?coag\\w*|warfarin\\w*|coumadin|apixaban|eliquis|rivaroxaban|xarelto|dabigatran|pradaxa|edoxaban|heparin\\w*|clexane|enoxaparin\\w*|clopidogrel|plavix|ticagrelor|sintrom|acenocumarol|doac|noac)';
const BLEEDS =
  "(?:(?:nose|gums?|mouth|nariz|encias?|boca)\\b[^.;!?\\n]{0,25}\\b(?:bleed\\w*|blood|sangr\\w+)|nose ?bleed\\w*|bleed\\w*[^.;!?\\n]{0,25}\\b(?:wo ?n[o']?t stop|not stop\\w*|n[o']?t stopp?\\w*|gums?|nose)|(?:blood|red|bloody|pink)\\b[^.;!?\\n]{0,15}\\b(?:urine|wee|pee|water|stool|poo)|(?:urine|wee|pee|poo|stools?)\\b[^.;!?\\n]{0,20}\\b(?:red|blood\\w*|pink|black)|bruis\\w+[^.;!?\\n]{0,20}\\b(?:everywhere|all over|grow\\w*|spread\\w*|bigger|huge|massive|for no reason|down to|up to|rock hard|hard as)|(?:huge|massive|growing|spreading|enormous|large) (?:\\w+ )?(?:bruis\\w*|h(?:a)?ematoma)|orin\\w+[^.;!?\\n]{0,12}\\b(?:sangre|roj\\w+)|orina (?:\\w+ )?(?:roja|con sangre)|sangr\\w+[^.;!?\\n]{0,35}\\b(?:nariz|encias?|boca|no (?:me |le |se )?(?:para|corta|detiene))|(?:moret\\w+|hematoma|cardenal\\w*)[^.;!?\\n]{0,20}\\b(?:enorme|grande|crec\\w+|por todo|por todas|sin golpe\\w*))";
const SEROTONERGIC =
  '(?:sertraline?|fluoxetine?|prozac|citalopram|escitalopram|paroxetine?|venlafaxine?|duloxetine?|cymbalta|trazodone?|mirtazapine?|amitriptyline?|tramadol|linezolid|ssris?|snris?|antidepressants?|sertralina|fluoxetina|paroxetina|venlafaxina|duloxetina|trazodona|mirtazapina|amitriptilina|antidepresiv\\w+)';
const OVEREXCITED =
  '(?:shak(?:es|ing|y)\\b|tremor\\w*|trembl\\w*|twitch\\w*|jerk(?:s|y|ing)\\b|jitter\\w*|clonus|sweat\\w*|shiver\\w*|agitat\\w*|restless\\w*|confus\\w*|rigid\\w*|stiff (?:muscles|limbs|jaw|legs)|heart (?:\\w+ )?(?:rac|pound|mental|thump|going)\\w*|pupils\\b|boiling|drench\\w*|on fire|burning up|(?:keep|sit) still|fever\\w*|diarrh?\\w*|the runs|hyperreflexia|tembl\\w+|temblor\\w*|brincando|sudad[oa]|corazon a mil|sudando|sudor\\w*|sudo\\b|agitad\\w+|inquiet\\w+|sacudid\\w+|espasmos|tiesos|rigid\\w+|pupilas|taquicardia|corazon (?:\\w+ )?(?:acelerad|a mil)\\w*|fiebre|diarrea)';
const STEROID =
  '(?:steroids?\\b(?! (?:injection|cream|inhaler|spray))|prednis\\w+|hydrocortisone|dexamethasone|deflazacort|cortico\\w+|cortisona|hidrocortisona|dexametasona)';
const STOPPED =
  '(?:stopp\\w*|ran out of|run out of|came off|come off|quit|missed|forgot|without|not (?:had|taken)|dej(?:e|o|ado|ar)\\b|suspend\\w*|me quitaron|se (?:me |le )?(?:acab|termin)\\w+|sin tomar)';
const DRAINED =
  "(?:weak\\b|dizz\\w*|faint\\w*|collaps\\w*|vomit\\w*|being sick|throwing up|exhaust\\w*|drowsy|confus\\w*|(?:low|dropp\\w*) (?:blood pressure|bp)|(?:blood pressure|bp)[^.;!?\\n]{0,15}\\b(?:low|floor|dropp\\w*)|can(?:'?t|not) (?:stand|get up)|sin fuerzas?|mare\\w+|desmay\\w+|(?:presion|tension)[^.;!?\\n]{0,15}\\b(?:baja|suelos?|piso)|debil\\w*|agotad\\w+)";

export const TREATMENT_PHRASES: readonly Phrase[] = [
  ...p(
    'bleeding',
    '(?:vomit\\w*|throw\\w* up|threw up|sick(?:ed)?(?: up)?|bring\\w* up|brought up|spew\\w*|puk\\w+)\\b[^.;!?\\n]{0,25}\\b(?:blood\\b(?! (?:test|pressure))|coffee grounds?|ground coffee|like coffee)|(?:vomit\\w*|sick|threw up)\\b[^.;!?\\n]{0,55}\\b(?:coffee grounds?|ground coffee)|h(?:a)?ematemesis|coffee[- ]grounds?\\b|vomit\\w*[^.;!?\\n]{0,20}\\b(?:sangre|posos de cafe|borra de cafe|negro|oscur\\w+)|(?:devolv|arroj)\\w+ (?:\\w+ )?sangre|sangre al vomitar|hematemesis',
    `\\bmel(?:a)?ena\\w*\\b|tarry (?:\\w+ )?(?:stools?|poo|motions?)|\\bgi bleed\\w*|gastrointestinal bleed\\w*|hemorragia digestiva|sangrado digestivo`,
    `${THINNER}\\b[^!?\\n]{0,110}\\b${BLEEDS}|${BLEEDS}[^!?\\n]{0,80}\\b${THINNER}`,
  ),
  ...p(
    'serotonin',
    'serotonin (?:syndrome|toxicity|storm)|serotonergic (?:syndrome|toxicity)|sindrome serotonin\\w+',
    `\\b${SEROTONERGIC}\\b[^!?\\n]{0,90}\\b${OVEREXCITED}[^!?\\n]{0,40}?(?:,|\\band\\b|\\by\\b|\\be\\b)[^!?\\n]{0,25}\\b${OVEREXCITED}`,
  ),
  ...p(
    'adrenal',
    '(?:adrenal|addison\\w*) (?:crisis|insufficiency|failure|collapse)|addisonian|(?:crisis|insuficiencia) (?:adrenal|suprarrenal)',
    `\\b${STOPPED}[^.;!?\\n]{0,30}\\b${STEROID}[^!?\\n]{0,110}\\b${DRAINED}`,
  ),
  // Veins after lying, flying or an operation (NICE NG158): a calf that swells, and a chest that hurts while the breath is short.
  ...p(
    'clot',
    '\\b(?:calf|calves|lower leg|shin|leg)\\b[^.;!?\\n]{0,40}\\b(?:swollen|swell(?:s|ed|ing)|puffed|twice the size|blown up|tight and hot)\\b(?=[^.;!?\\n]{0,60}\\b(?:hot|warm|red|hard|sore|tender|hurts?|painful|since|after)\\b|[^!?\\n]{0,120}\\b(?:operation|surgery|flight|plane|discectomy|fusion|cast|bed ?rest|pill)\\b)(?<!\\b(?:both|each|every)\\b[^.;!?\\n]{0,30})',
    '(?<=\\b(?:operation|surgery|discectomy|fusion|flight)\\b[^!?\\n]{0,60})\\b(?:calf|lower leg|leg)\\b[^.;!?\\n]{0,40}\\b(?:swollen|swell(?:s|ed|ing)|hard and sore|hot)\\b',
    '\\b(?:dvt|deep vein thrombosis|trombosis venosa(?: profunda)?|tvp)\\b(?![^.;!?\\n]{0,40}\\b(?:19\\d\\d|20[01]\\d|202[0-4]|years ago|as a|prophyla\\w+|risk|ruled out|excluded|negative|hace \\w+ anos|descartad[oa])\\b)',
    '\\b(?:pantorrilla|gemelo|pierna)\\b[^.;!?\\n]{0,40}\\b(?:hinchad[oa]|se (?:me )?hincho|inflamad[oa])\\b(?=[^.;!?\\n]{0,60}\\b(?:calient\\w*|roj[oa]|dur[oa]|duele|dolor\\w*|desde|despues|tras)\\b|[^!?\\n]{0,120}\\b(?:operaci\\w+|cirugia|vuelo|avion|yeso)\\b)',
  ),
  ...p(
    'clot-lung',
    '\\bchest\\b[^.;!?\\n]{0,60}\\b(?:breathless\\w*|short(?:ness)? of breath|breathe in|breathing in|can\\W?t (?:get|catch) (?:my|his|her) breath|out of breath|gasping)\\b|\\b(?:breathless\\w*|short(?:ness)? of breath|can\\W?t (?:get|catch) (?:my|his|her) breath)\\b[^.;!?\\n]{0,60}\\bchest (?:pain|hurts|tight)',
    '\\b(?:pecho|torax)\\b[^.;!?\\n]{0,60}\\b(?:ahog\\w+|falta (?:el |de )?aire|sin aire|al respirar|no puedo respirar|disnea)\\b|\\b(?:ahog\\w+|falta (?:el |de )?aire|disnea)\\b[^.;!?\\n]{0,60}\\b(?:dolor (?:en|de) (?:el )?pecho|pecho)\\b',
    '\\bcough\\w* (?:up )?blood\\b(?=[^!?\\n]{0,120}\\b(?:leg|calf|operation|surgery|breath\\w*|chest)\\b)|\\bpulmonary embol\\w+\\b(?![^.;!?\\n]{0,40}\\b(?:19\\d\\d|20[01]\\d|202[0-4]|years ago|risk|ruled out|excluded|prophyla\\w+)\\b)',
  ),
];

export const TREATMENT_NET: readonly NetRule[] = [
  {
    concept: 'bleeding',
    part: g(
      'poo\\b|poos\\b|poop\\b|stools?\\b|faeces|motions?\\b|number two|crap\\b|toilet\\b|heces|caca\\b|popo\\b|excrementos?|deposicion\\w*|hago del (?:dos|bano|cuerpo)|haciendo del (?:dos|bano|cuerpo)|evacuacion\\w*|mierda',
    ),
    loss: g('black\\b|tarry|like tar\\b|negr[oa]s?\\b|alquitran|como (?:brea|petroleo)|chapopote'),
    unless:
      /\b(?:iron|ferrous|bismuth|pepto|liquorice|charcoal|hierro|bismuto|carbon activado|black (?:and|&) white|black (?:door|seat|coffee|tea)|cafe negro)\b/,
  },
];
