/** Only the words: accents and case folded, so that "Úlcera" and "ulcera" are one. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');

/** Words before an illness, in its own clause, that deny it or give it to a relative; and words after it that rule it out. */
const NOT_THEIRS =
  /\b(?:no|not|without|denies|denied|never|family|father|mother|brother|sister|parent|grand(?:father|mother|parents?)|paternal|maternal|aunt|uncle|cousin|daughter|husband|wife|sin|niega|nunca|familiar|familiares|padre|madre|herman[oa]|abuel[oa]s?|patern[oa]|matern[oa])\b[^,;.]*$/;
/** Words behind an illness, folded, that rule it out. */
export const RULED_OUT = /^[^,;.]*\b(?:ruled out|excluded|descartad[oa]|excluid[oa])\b|^ *[:?] *no\b/;

/** Whether an entry of a list of illnesses, folded, names one as the person's own. */
export function namesIllness(text: string, pattern: RegExp): boolean {
  const found = pattern.exec(text);
  return (
    found !== null &&
    !NOT_THEIRS.test(text.slice(0, found.index)) &&
    !RULED_OUT.test(text.slice(found.index + found[0].length))
  );
}

/** Illnesses that safety turns on, as people and letters write them, English and Spanish; the patterns meet folded text. */
export const ILLNESS_WORDS = {
  ulcerOrGiBleed:
    /(?:peptic|gastric|duodenal|stomach|bleeding) ulcer|ulcera (?:peptica|gastrica|duodenal|de estomago|sangrante)|\b(?:gi|gastrointestinal|upper gi) (?:bleed|haemorrhage|hemorrhage)|hemorragia digestiva|hemorragia gastrointestinal|sangrado (?:digestivo|gastrointestinal|de estomago)|stomach bleed|\bpud\b|\bu?gib\b|melaena|melena|haematemesis|hematemesis/,
  heartFailure:
    /heart failure|cardiac failure|\bhf[pr]ef\b|\bchf\b|\bicc\b|insuficiencia cardiaca|reduced ejection fraction|fraccion de eyeccion reducida/,
  sleepApnoea: /(?:sleep )?apn(?:o?ea|ea)\b|\bosas?\b|\bsah?o?s\b|\bcpap\b/,
  diabetes: /\bdiabetes\b|\bdiabetic\b|\bt[12]dm\b|\bdiabetic[oa]\b/,
  osteoporosis: /\bosteoporo/,
  pregnancy: /\bpregnan(?:t|cy)\b|\bembaraz|\bgestante\b|semanas de gestacion|weeks.? gestation/,
  breastfeeding:
    /\bbreast.?fe(?:e?d|eding)|\bnursing (?:mother|her|a|my|the)\b|\blactati|\blactancia|\bamamant|\bdando (?:el )?pecho/,
  kidneyFailed:
    /dialysis|dialisis|end.stage (?:kidney|renal)|\besrd\b|kidney failure|renal failure|(?:ckd|chronic (?:kidney|renal) disease|enfermedad renal cronica|\b[ei]rc\b)\D*(?:g|stage|grade|grado|estadio)?\s*[45]\b|(?:stage|estadio) (?:4|5|iv|v) (?:ckd|chronic kidney disease)|insuficiencia renal (?:grave|terminal|avanzada)/,
  kidneyDisease:
    /\bckd\b|\b[ei]rc\b|(?:kidney|renal) (?:disease|impairment|insufficiency|transplant)|nephropathy|nefropatia|(?:enfermedad|insuficiencia) renal|trasplante renal|single kidney/,
  liverSevere:
    /child.?pugh\W*(?:class|score|clase|grade|grado)?\W*(?:c\b|1[0-5]\b)|\bchild (?:class |clase )?c\b|(?:liver|hepatic) (?:failure|encephalopathy)|(?:decompensated|end.stage) (?:alcoholic )?(?:liver|cirrhosis)|severe (?:liver|hepatic)|insuficiencia hepatica|encefalopatia hepatica|cirrosis descompensada|hepatopatia grave/,
  liverMild:
    /child.?pugh\W*(?:class|score|clase|grade|grado)?\W*(?:a\b|[56]\b)|\bchild (?:class |clase )a\b|cirr\w+\W+(?:\w+\W+)?child a\b/,
  liverModerate:
    /child.?pugh\W*(?:class|score|clase|grade|grado)?\W*(?:b\b|[789]\b)|cirrho(?:sis|tic)|cirrosis|cirrotic|ascites|ascitis|o?esophageal varices|varices esofagicas|moderate (?:liver|hepatic)/,
  liverDisease:
    /\b(?:liver|hepatic) (?:disease|impairment|fibrosis|transplant|insufficiency)|fatty liver|\bn?afld\b|\bmas[lh]d?\b|\bnash\b|hepatic steatosis|esteatosis hepatica|hepatitis(?! [ab] (?:vaccin|immun))|steatohepatitis|\bhepatopatia|higado graso|enfermedad (?:del higado|hepatica)|trasplante hepatico/,
  alcohol:
    /alcohol (?:use disorder|dependen|abuse|misuse|addiction|withdrawal|problem)|(?<!non.?)alcoholi(?:sm|c\b)|alcohol-related liver|(?:etoh|ethanol) (?:use disorder|dependen|abuse|misuse)|\baud\b|heavy (?:drink|alcohol)|drinks heavily|excessive alcohol|alcoholismo|(?<!no )\balcoholic[oa]\b|(?:abuso|dependencia|consumo excesivo|trastorno por (?:uso|consumo)) de alcohol/,
  substanceUse:
    /(?:opioid|opiate|substance|stimulant|cocaine|heroin) use disorder|\boud\b|(?<!(?:nicotine|tobacco) )addict(?:ion|ed)(?! to (?:nicotine|tobacco|cigarettes))|(?:opioid|opiate|heroin|cocaine|drug|substance) (?:dependence|abuse|misuse|overdose)|\bheroin\b|(?:adiccion|adict[oa])\b(?! (?:al tabaco|a la nicotina))|\bivdu\b|\bpwid\b|\b(?:cocaine|methamphetamine) us(?:e|er)\b|(?:methadone|buprenorphine|suboxone) (?:maintenance|program)|dependencia de opio|(?:abuso|trastorno por (?:uso|consumo)) de (?:sustancias|drogas|opio|estimul|cocaina)|(?:consumo|consumidora?|uso) de (?:cocaina|drogas)|\bheroina\b|(?:programa|mantenimiento) (?:de|con) metadona/,
  seizures: /\bepilep|\bseizure|\bconvulsi|\bcrisis (?:epileptica|comicial)/,
  longQt:
    /long.?qt|(?:prolonged|long) (?:corrected )?qt|\bqtc?\b\W*(?:interval)?\W*(?:is )?(?:prolong|largo|long)|\bqtc?\D{0,12}(?:4[89]\d|[5-7]\d\d)\b|torsade|qt (?:prolongado|largo)|prolongacion del qt/,
  serotoninSyndrome: /serotonin(?:ergic)? (?:syndrome|toxicity)|(?:sindrome|toxicidad) serotoninergic/,
  glaucoma: /(?<!open.angle )glaucoma(?! (?:de angulo abierto|simple|cronico simple))/,
  urinaryRetention:
    /urinary retention|(?:\bbph\b|\bhbp\b|prostat).*reten(?:tion|cion)|retention of urine|retencion (?:urinaria|de orina)/,
  heartRhythm:
    /heart block|\bav block|bundle.branch block|myocardial infarct|heart attack|\b(?:n?stemi)\b|arr?h?ythmia|(?:atrial|ventricular) (?:fibrillation|flutter|tachycardia)|infarto|bloqueo (?:cardiaco|auriculoventricular|av|de rama)|arritmia|fibrilacion auricular|\ba-?fib\b|\baf\b|^fa$|\bfa (?:paroxistica|permanente|persistente|cronica)|\b(?:mi|iam)\b(?= *(?:$|[,;(]|\d|in \d|en \d|x ?\d))|(?:acute|old|prior|previous|history of) mi\b/,
  arterial:
    /coronary|angina\b|isch(?:a)?emic heart|myocardial infarct|heart attack|\b(?:n?stemi)\b|peripheral arter|\bstroke|\btia\b|transient isch|infarto|\bictus\b|accidente cerebrovascular|\bc\.?v\.?a\b|\bacva?\b|\bait\b|derrame cerebral|cardiopatia isquemica|arteriopatia|\bcad\b|\bihd\b|\bpvd\b|(?<!\b(?:heating|knee|foot|fat) )\bpad\b|\bcabg\b|\bpci\b|heart stent|stents? in (?:the |my )?heart|stent en el corazon|\b(?:mi|iam)\b(?= *(?:$|[,;(]|\d|in \d|en \d|x ?\d))|(?:acute|old|prior|previous|history of) mi\b/,
  stroke:
    /\bstroke|\btia\b|transient isch|cerebral infarct|\bictus\b|accidente cerebrovascular|infarto cerebral|\bc\.?v\.?a\b|\bacva?\b|\bait\b|derrame cerebral/,
  brainBleed:
    /(?:intracranial|intracerebral|cerebral|brain|subarachnoid|subdural) (?:bleed|ha?emorrhage|ha?ematoma)|hemorragia (?:cerebral|intracraneal|subaracnoidea)|derrame cerebral/,
  hypertension:
    /(?:uncontrolled|poorly controlled|malignant|severe) (?:hypertension|htn)|(?:hypertension|htn)\W+(?:uncontrolled|poorly controlled|not controlled)|(?:hipertension|\bhta) (?:arterial )?(?:no controlada|mal controlada|maligna|grave)/,
  parkinson: /parkinson/,
  aspirinAsthma:
    /(?:aspirin|nsaid|\baines?\b|antiinflam).*as(?:th)?ma|as(?:th)?ma.*(?:aspirin|nsaid|\baines?\b|antiinflam)|\baerd\b|samter/,
  breathing:
    /\bcopd\b|emphysema|enfisema|chronic obstructive|respiratory (?:failure|insufficiency|depression)|\bepoc\b|insuficiencia respiratoria/,
  hyponatraemia:
    /hypo-?natra?em|\bsiadh?\b|inappropriate (?:adh\b|antidiur)|low (?:blood |serum |plasma )?sodium(?!.diet)|\bsodium\b\W*(?:of |is |was )?1(?:[01]\d|2\d|3[0-4])\b|\bna\+?\W{1,3}1(?:[01]\d|2\d|3[0-4])\b(?!\/)|hiponatremi|sodio (?:bajo|(?:de |en )?1(?:[01]\d|2\d|3[0-4])\b)|antidiuretica inadecuada/,
  // What smoke does to the liver's enzymes ends with the smoke: not tobacco that is chewed, not nicotine, not who has stopped.
  smoking:
    /(?<!\b(?:ex|former|previous|past|non|passive|stop|stopped|quit|gave up|given up)[ -]*(?:cigarette )?)\bsmok(?:er|es|ing)\b(?!\W*(?:cessation|former|never|stopped|quit|ex\b|status\W*(?:former|never|ex\b)))|(?<!\bex[ -]*)\bfumadora?\b(?! pasiv)|\bfuma\b|\btabaquismo\b(?! pasivo)/,
  cholinesterase:
    /cholinesterase (?:deficien|variant)|(?:deficien\w*|deficit) (?:of |in |de )?(?:la )?(?:plasma |pseudo-?|butyryl-?|butiril-?)?(?:cholinesterase|colinesterasa)|(?:succinylcholine|suxamethonium|scoline) apn|apnea (?:prolongada )?(?:por|con|tras) (?:la )?(?:succinilcolina|suxametonio)/,
  g6pd: /\bg-?6-?pd.?(?:deficien|def\b)|(?:deficien\w*|deficit) (?:of |in |de )?(?:la )?(?:g-?6-?pd|gluco\w*.6.(?:ph|f)os\w*)|dehydrogenase deficien|\bfavism/,
  bipolar: /bipolar|\bmania\b|\bmanic\b/,
  selfHarm:
    /suicid|self.?harm|(?:deliberate|intentional) overdose|autolesi|autolitic|sobredosis (?:voluntaria|intencionada)/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type NamedIllness = keyof typeof ILLNESS_WORDS;
