/** Only the words: accents and case folded, so that "Úlcera" and "ulcera" are one. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');

/** Words before an illness, in its own clause, that deny it or give it to a relative; and words after it that rule it out. */
const NOT_THEIRS =
  /\b(?:no|not|without|denies|denied|never|family|father|mother|brother|sister|parent|sin|niega|nunca|familiar|familiares|padre|madre|herman[oa])\b[^,;.]*$/;
const RULED_OUT = /^[^,;.]*\b(?:ruled out|excluded|descartad[oa]|excluid[oa])\b|^ *[:?] *no\b/;

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
    /(?:peptic|gastric|duodenal|stomach|bleeding) ulcer|ulcera (?:peptica|gastrica|duodenal|de estomago|sangrante)|\b(?:gi|gastrointestinal|upper gi) (?:bleed|haemorrhage|hemorrhage)|hemorragia digestiva|melaena|melena|haematemesis|hematemesis/,
  heartFailure:
    /heart failure|cardiac failure|\bhf[pr]ef\b|\bchf\b|insuficiencia cardiaca|reduced ejection fraction/,
  sleepApnoea: /(?:sleep )?apn(?:o?ea|ea)\b|\bosas?\b|\bcpap\b/,
  diabetes: /\bdiabetes\b|\bdiabetic\b|\bt[12]dm\b|\bdiabetic[oa]\b/,
  osteoporosis: /\bosteoporo/,
  pregnancy: /\bpregnan(?:t|cy)\b|\bembaraz/,
  breastfeeding:
    /\bbreast.?fe(?:e?d|eding)|\bnursing (?:mother|her|a|my|the)\b|\blactati|\blactancia|\bamamant|\bdando (?:el )?pecho/,
  kidneyFailed:
    /dialysis|dialisis|end.stage (?:kidney|renal)|\besrd\b|kidney failure|renal failure|(?:ckd|chronic (?:kidney|renal) disease|enfermedad renal cronica|\berc\b)\D*(?:g|stage|grade|grado|estadio)?\s*[45]\b|(?:stage|estadio) (?:4|5|iv|v) (?:ckd|chronic kidney disease)|insuficiencia renal (?:grave|terminal|avanzada)/,
  kidneyDisease:
    /\bckd\b|(?:kidney|renal) (?:disease|impairment|insufficiency|transplant)|nephropathy|nefropatia|(?:enfermedad|insuficiencia) renal|trasplante renal|single kidney/,
  liverSevere:
    /child.?pugh\W*(?:class|score|clase|grade|grado)?\W*(?:c\b|1[0-5]\b)|(?:liver|hepatic) (?:failure|encephalopathy)|(?:decompensated|end.stage) (?:alcoholic )?(?:liver|cirrhosis)|severe (?:liver|hepatic)|insuficiencia hepatica|encefalopatia hepatica|cirrosis descompensada|hepatopatia grave/,
  liverMild: /child.?pugh\W*(?:class|score|clase|grade|grado)?\W*(?:a\b|[56]\b)/,
  liverModerate:
    /child.?pugh\W*(?:class|score|clase|grade|grado)?\W*(?:b\b|[789]\b)|cirrho(?:sis|tic)|cirrosis|cirrotic|ascites|ascitis|o?esophageal varices|varices esofagicas|moderate (?:liver|hepatic)/,
  liverDisease:
    /\b(?:liver|hepatic) (?:disease|impairment|fibrosis|transplant|insufficiency)|fatty liver|\bn?afld\b|\bmas[lh]d?\b|\bnash\b|hepatitis(?! [ab] (?:vaccin|immun))|steatohepatitis|\bhepatopatia|higado graso|enfermedad (?:del higado|hepatica)|trasplante hepatico/,
  alcohol:
    /alcohol (?:use disorder|dependen|abuse|misuse|addiction|withdrawal|problem)|(?<!non.?)alcoholi(?:sm|c\b)|alcohol-related liver|heavy (?:drink|alcohol)|drinks heavily|excessive alcohol|alcoholismo|(?<!no )\balcoholic[oa]\b|(?:abuso|dependencia|consumo excesivo) de alcohol/,
  substanceUse:
    /(?:opioid|opiate|substance|stimulant|cocaine|heroin) use disorder|\boud\b|(?<!(?:nicotine|tobacco) )addict(?:ion|ed)(?! to (?:nicotine|tobacco|cigarettes))|(?:opioid|opiate|heroin|cocaine|drug|substance) (?:dependence|abuse|misuse|overdose)|\bheroin\b|(?:adiccion|adict[oa])\b(?! (?:al tabaco|a la nicotina))|dependencia de opio|abuso de (?:sustancias|drogas|opio)|\bheroina\b/,
  seizures: /\bepilep|\bseizure|\bconvulsi|\bcrisis (?:epileptica|comicial)/,
  longQt:
    /long.?qt|(?:prolonged|long) (?:corrected )?qt|\bqtc?\b\W*(?:interval)?\W*(?:is )?(?:prolong|largo|long)|\bqtc?\D{0,12}(?:4[89]\d|[5-7]\d\d)\b|torsade|qt (?:prolongado|largo)|prolongacion del qt/,
  serotoninSyndrome: /serotonin(?:ergic)? (?:syndrome|toxicity)|(?:sindrome|toxicidad) serotoninergic/,
  glaucoma: /(?<!open.angle )glaucoma(?! (?:de angulo abierto|simple|cronico simple))/,
  urinaryRetention: /urinary retention|retention of urine|retencion (?:urinaria|de orina)/,
  heartRhythm:
    /heart block|\bav block|bundle.branch block|myocardial infarct|heart attack|\b(?:n?stemi)\b|arr?h?ythmia|(?:atrial|ventricular) (?:fibrillation|flutter|tachycardia)|infarto|bloqueo (?:cardiaco|auriculoventricular|av|de rama)|arritmia|fibrilacion auricular/,
  arterial:
    /coronary|angina\b|isch(?:a)?emic heart|myocardial infarct|heart attack|\b(?:n?stemi)\b|peripheral arter|\bstroke|\btia\b|transient isch|infarto|\bictus\b|accidente cerebrovascular|cardiopatia isquemica|arteriopatia/,
  stroke:
    /\bstroke|\btia\b|transient isch|cerebral infarct|\bictus\b|accidente cerebrovascular|infarto cerebral/,
  brainBleed:
    /(?:intracranial|intracerebral|cerebral|brain|subarachnoid|subdural) (?:bleed|ha?emorrhage|ha?ematoma)|hemorragia (?:cerebral|intracraneal|subaracnoidea)/,
  hypertension: /(?:uncontrolled|malignant|severe) hypertension|hipertension (?:no controlada|maligna|grave)/,
  parkinson: /parkinson/,
  aspirinAsthma: /(?:aspirin|nsaid).*asthma|asthma.*(?:aspirin|nsaid)|\baerd\b|samter/,
  breathing:
    /\bcopd\b|chronic obstructive|respiratory (?:failure|insufficiency|depression)|\bepoc\b|insuficiencia respiratoria/,
  hyponatraemia:
    /hypo-?natra?em|\bsiadh?\b|inappropriate (?:adh\b|antidiur)|low (?:blood |serum |plasma )?sodium(?!.diet)|\bsodium\b\W*(?:of |is |was )?1(?:[01]\d|2\d|3[0-4])\b|hiponatremi|sodio (?:bajo|(?:de |en )?1(?:[01]\d|2\d|3[0-4])\b)|antidiuretica inadecuada/,
  // What smoke does to the liver's enzymes ends with the smoke: not tobacco that is chewed, not nicotine, not who has stopped.
  smoking:
    /(?<!\b(?:ex|former|previous|past|non|passive|stop|stopped|quit|gave up|given up)[ -]*(?:cigarette )?)\bsmok(?:er|es|ing)\b(?!\W*(?:cessation|former|never|stopped|quit|ex\b|status\W*(?:former|never|ex\b)))|(?<!\bex[ -]*)\bfumadora?\b(?! pasiv)|\bfuma\b|\btabaquismo\b(?! pasivo)/,
  bipolar: /bipolar|\bmania\b|\bmanic\b/,
  selfHarm:
    /suicid|self.?harm|(?:deliberate|intentional) overdose|autolesi|autolitic|sobredosis (?:voluntaria|intencionada)/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type NamedIllness = keyof typeof ILLNESS_WORDS;
