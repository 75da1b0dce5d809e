const METABOLISER = 'metaboliza(?:dora?|ci[oó]n)';
/** Not where the class goes on: "lento a intermedio" names two. */
const ALONE = String.raw`(?![\wáéíóúñ])(?!\s*(?:[-\/–]|[aouy]\s)\s*(?:probablemente\s)?(?:lent|pobre|deficiente|intermedi|normal|extens|eficiente|r[aá]pid|ultra))`;
const METABOLISERS: readonly (readonly [string, string])[] = [
  ['(?:lent[oa]|pobre|deficiente)', 'poor'],
  ['intermedi[oa]', 'intermediate'],
  ['normal', 'normal'],
  ['(?:extens[oa]|extensiv[oa]|eficiente)', 'extensive'],
  ['r[aá]pid[oa]', 'rapid'],
  ['ultra[- ]?r?r[aá]pid[oa]', 'ultrarapid'],
];
const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['(?:disminuida|reducida)', 'decreased'],
  ['normal', 'normal'],
  ['(?:aumentada|incrementada)', 'increased'],
  ['(?:pobre|deficiente)', 'poor'],
];
const HEARING = `de (?:hipoacusia|sordera|p[eé]rdida (?:auditiva|de (?:la )?audici[oó]n))(?: (?:inducida|causada|asociada) (?:por|a) (?:los )?aminogluc[oó]sidos)?`;

/** Words of Spanish reports and what stands for them in English ones, longer phrases before the words in them. */
const PHRASES: readonly (readonly [RegExp, string])[] = (
  [
    ...METABOLISERS.flatMap(([word, english]) => [
      [`${METABOLISER} ${word} probable${ALONE}`, `likely ${english} metabolizer`],
      [`probable ${METABOLISER} ${word}${ALONE}`, `likely ${english} metabolizer`],
      [`posible ${METABOLISER} ${word}${ALONE}`, `possible ${english} metabolizer`],
      [`${METABOLISER} ${word}${ALONE}`, `${english} metabolizer`],
    ]),
    ...FUNCTIONS.flatMap(([word, english]) => [
      [`posible funci[oó]n ${word}${ALONE}`, `possible ${english} function`],
      [`funci[oó]n ${word}${ALONE}`, `${english} function`],
    ]),
    ['susceptibilidad (?:a (?:la )?)?hipertermia maligna', 'Malignant Hyperthermia Susceptibility'],
    ['susceptibilidad incierta', 'Uncertain Susceptibility'],
    [`riesgo normal ${HEARING}`, 'normal risk of aminoglycoside-induced hearing loss'],
    [`riesgo (?:aumentado|elevado) ${HEARING}`, 'increased risk of aminoglycoside-induced hearing loss'],
    [`riesgo incierto ${HEARING}`, 'uncertain risk of aminoglycoside-induced hearing loss'],
    [
      `deficiente con (?:ahc?ne|anemia hemol[ií]tica(?: cr[oó]nica)? no esferoc[ií]tica(?: cr[oó]nica)?)`,
      'Deficient with CNSHA',
    ],
    ['deficiente', 'Deficient'],
    ['indeterminad[oa]', 'Indeterminate'],
    ['no concluyente|inconcluso', 'inconclusive'],
    ['(?:no determinad[oa]|sin resultado|no realizad[oa])', 'no result'],
    ['(?:puntuaci[oó]n|puntaje|[ií]ndice|valor) de actividad', 'activity score'],
    ['n[uú]mero de copias', 'copy number'],
    ['tres copias', 'three copies'],
    ['cuatro copias', 'four copies'],
    ['copias (?:adicionales|extra)', 'extra copies'],
    ['ganancia de copias', 'gain of copies'],
    ['copias', 'copies'],
    ['(?:duplicaci[oó]n|duplicad[oa])', 'duplication'],
    ['(?:multiplicaci[oó]n|amplificaci[oó]n)', 'multiplication'],
    ['(?:deleci[oó]n|supresi[oó]n del gen)', 'deletion'],
    ['(?:no (?:se )?(?:ha )?detect(?:a|[oó]|ad[oa])|no encontrad[oa]|no hallad[oa])', 'not detected'],
    ['(?:se (?:ha )?)?detect(?:[oó]|ad[oa])', 'detected'],
    ['(?:encontrad[oa]|hallad[oa])', 'found'],
    ['(?:prueba|ensayo)', 'assay'],
    ['(?:incluye|cubre)', 'includes'],
    ['ausencia de', 'without'],
    ['ausente', 'absent'],
    ['presente', 'present'],
    ['negativ[oa] para', 'negative for'],
    ['negativ[oa]', 'negative'],
    ['positiv[oa] para', 'positive for'],
    ['positiv[oa]', 'positive'],
    ['no portadora?', 'not a carrier'],
    ['portadora?', 'carrier'],
    ['no (?:es|tiene|lleva|presenta)(?: una?| el)?', 'not a'],
    ['sin', 'without'],
    ['fenotipo', 'phenotype'],
    ['(?:previst[oa]|predich[oa])', 'predicted'],
    ['resultado', 'result'],
    ['alelo', 'allele'],
  ] as const
).map(([spanish, english]) => [
  // `\b` takes an accented letter for the end of a word.
  new RegExp(
    String.raw`(?<![\wáéíóúñ])(?:${spanish.replaceAll(/ (?!\])/g, '[ \u00a0]+')})(?![\wáéíóúñ])`,
    'giu',
  ),
  english,
]);

/**
 * The words by which Spanish reports state a result, in English, so that one set of rules reads both; the rest of the text stays as it is.
 * Classes after the Spanish names of the CPIC terms (lento, intermedio, normal, rápido, ultrarrápido); "extensivo" is the English "extensive".
 */
export function inEnglish(text: string): string {
  return PHRASES.reduce((done, [spanish, english]) => done.replace(spanish, english), text.normalize('NFC'));
}
