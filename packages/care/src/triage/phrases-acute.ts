import type { Phrase, TextConcept } from './concept.ts';
import type { NetRule } from './word-net.ts';

/**
 * Dangers that come with the treatment of a painful back and are no condition of the spine: too much opioid, opioid stopped at once, an
 * allergic shock, a headache after a needle or an operation at the spine. English and Spanish; text as in `word-net.ts`.
 */
const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));
const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`, 'g');

const OPIOID =
  '(?:opioids?|opiates?|morphine|oramorph|mst\\b|zomorph|oxycodone|oxycontin|oxy\\b|percocet|fentanyl|buprenorphine|butrans|methadone|tramadol|tapentadol|palexia|codeine|co-?codamol|dihydrocodeine|hydrocodone|vicodin|norco|hydromorphone|dilaudid|pethidine|heroin|opioides?|opiaceos?|morfina|oxicodona|fentanilo|buprenorfina|metadona|tapentadol|codeina)';
/** Withheld at once it is as dangerous, or worse. */
const HABIT = `(?:${OPIOID}|pregabalin\\w*|gabapentin\\w*|baclofen\\w*|diazepam|lorazepam|clonazepam|alprazolam|benzodiazepin\\w*|(?:strong |my |his |her |the )?painkillers|patch(?:es)?|pain pump|intrathecal pump|parches?)`;
const CRAVING =
  '(?:shak(?:e|es|ing|y)\\b|shiver\\w*|tremor\\w*|trembl\\w*|sweat\\w*|vomit\\w*|throwing up|diarrh?\\w*|goose ?(?:bumps|flesh)|sneez\\w*|runny (?:bottom|tummy)|(?:sit|keep) still|bostez\\w+|piel de gallina|moqueo|no me hallo|piloerection|yawn\\w*|runny nose|rhinorrh\\w*|restless\\w*|crawling|cramps?|agitat\\w*|palpitation\\w*|hallucinat\\w*|seizure|seeing things|(?:spasms?|heart)\\b[^.;!?\\n]{0,12}\\b(?:wild|worse|racing|pounding)|(?:legs?|legs wont) (?:keep|kick\\w*|jump\\w*)|the runs\\b|gut cramps?|dilated pupils|rigid\\w*|confus\\w*|mydriasis|tembl\\w+|temblor\\w*|sud(?:o|ando|ores|oracion)\\b|vomito?s?\\b|diarrea|escalofrios|calambres)';
const NEEDLE =
  '(?:epidural|spinal (?:an(?:a)?esth\\w+|tap|injection|block|fluid|surgery|operation|stimulator|decompression|fusion)|\\bspinal\\b|lumbar puncture|\\blp\\b|(?:nerve )?(?:root )?block|facet (?:joint )?injection|myelogra\\w+|intrathecal|injections? (?:in(?:to)?|to|at) (?:my |the |his |her )?(?:back|spine)|laminectomy|(?:micro)?discectomy|fusion|decompression|(?:back|spine|disc) (?:operation|surgery|op\\b)|dural (?:tear|puncture)|durotomy|puncion lumbar|raquidea|bloqueo|infiltracion|operacion de (?:la )?(?:espalda|columna)|cirugia de (?:la )?columna)';
const HEADACHE =
  '(?:headaches?|cephalalgia|cefaleas?|dolor(?:es)? de cabeza|head (?:is |was |feels? (?:like )?(?:it.?s )?)?(?:pound|split|burst|throb|explod|hurt)\\w*|duele (?:mucho )?la cabeza|cabeza (?:me )?(?:revient|estall|explot|ret[uú]mb)\\w+)';

export const ACUTE_PHRASES: readonly Phrase[] = [
  ...p(
    'overdose',
    `\\b(?:rr|resp(?:iratory|s|irations?)?(?: rate)?|frecuencia respiratoria|fr)\\b[\\s:=]*(?:(?:is|was|of|now|de|at|down to)\\s)*(?<n>[3-9])\\b(?! ?(?:days?|weeks?|\\/))|(?:breath|respir)\\w* (?:only |just |about |at )*(?:[3-9]|three|four|five|six|seven|eight|nine|tres|cuatro|cinco|seis|siete|ocho|nueve) (?:times|breaths|veces|x)\\b|\\b[3-9] (?:breaths|respirations|respiraciones) ?(?:a|per|por|\\/)`,
    '(?:pin ?-?point|constricted) pupils|pupils? (?:are |is |were )?(?:pin ?-?point\\w*|constricted|tiny|very small)|\\bmiosis\\b|\\bmiotic\\b|pupils? (?:are |is )?like (?:dots|pins?|pin ?(?:pricks?|heads?)|full stops)|pupilas (?:\\w+ )?(?:puntiformes|muy pequenas|chiquitas|chiquititas|como (?:puntos|alfileres)|mioticas)',
    "(?:hard|difficult|impossible|unable|not able|cannot|can'?t|could ?n[o']?t|barely|struggl\\w+)(?: be)?(?: to)? (?:properly |fully )?(?:rouse|rousable|arouse|wake(?: up)? (?:him|her|my|dad|mum|mom)|be (?:woken|roused)|waken)|un(?:rousable|arousable)|barely (?:rous|respons)\\w*|(?:can'?t|cannot|could ?n[o']?t) (?:be )?(?:woken|roused)|(?:wo|will|would|does|did|is) ?n[o']?t (?:wak(?:e|ing)(?: up)?|rouse|respond to (?:voice|shaking))\\b(?! (?:me|in|at|until|with))|obtunded|\\bgcs\\b[\\s:=]*(?:(?:is|was|of)\\s)*(?:[3-9]|1[0-3])\\b|no (?:se |l[oae] )?(?:despierta|reacciona|consig\\w+ despertar\\w*|(?:pued|pod)\\w+ despertar\\w*)\\b|cuesta (?:mucho )?despertar(?:l[oa]|se)?",
    '\\blips\\b[^.;,!?\\n]{0,15}\\b(?:blue|purple|grey|gray|bluish)|(?:blue|purple|bluish) lips|(?:shallow|slow|agonal|laboured) (?:and (?:shallow|slow) )?(?:breathing|respirations?|breaths)|breathing (?:is |was |has become |very |so |really )*(?:slow|slowly|shallow|barely)\\w*|(?:barely|hardly) breathing|respira (?:muy |mas )?(?:lento|despacio|poco|mal)|respiracion (?:\\w+ )?(?:lenta|superficial)|labios (?:\\w+ )?(?:azules|morados)|(?:casi|apenas) (?:no )?respira\\w*|respira (?:raro|a pausas)|(?:long|big) gaps (?:between|in) (?:her |his |the )?breath\\w*|stops? breathing|respiratory depression|depresion respiratoria|(?:took|taken|swallow\\w*|ingest\\w*|tomo|tome|tomado)\\b[^.;!?\\n]{0,15}\\b(?:[2-9]\\d|1\\d\\d|ten|twelve|fifteen|twenty|thirty|forty|fifty) ?(?:x\\b|of (?:the|my|his|her)\\b|of\\b|tablets?|pills?|capsules?|comprimidos|pastillas|co-|para\\w+|oxy\\w+|tramadol|codeine|morphine)|(?:tom[oe]|trag[oe]|took|taken|swallow\\w*|drank|chew\\w*|crush\\w*)\\b[^.;!?\\n]{0,40}\\b(?:todas? juntas|todos juntos|de (?:un )?golpe|enter[oa]|all (?:at once|together|in one go)|(?:the )?(?:whole|entire) (?:bottle|box|pack\\w*|strip)|slow[- ]release|(?:my|his|her) patch)|naloxone|narcan|naloxona',
    `(?:${OPIOID})[^.;!?\\n]{0,12}\\b(?:toxicity|poisoning|narcosis|overdos\\w+)|(?:accidental|unintentional|suspected|possible) (?:\\w+ )?overdos\\w+|sobredosis accidental`,
  ),
  ...p(
    'withdrawal',
    `(?:${OPIOID}|opioid|benzo\\w*|baclofen) withdrawal|withdrawal (?:symptoms?|syndrome|state)|(?:sindrome|sintomas) de abstinencia|cold turkey`,
    `(?:(?:ran|run|running) out of|(?:stopp|withh|withdr|cut)\\w*|t(?:ook|aken)\\b(?=[^.;!?\\n]{0,30}\\b(?:away|off)\\b)|(?:came|come|coming|got|taken|straight) off|quit\\b|without|missed|no more|not had|se (?:me )?(?:acab|termin|qued)\\w+|dej(?:e|o|ado|aron|ar)|quitaron|suspend\\w+|cortaron|retiraron|sin)\\b[^.;!?\\n]{0,30}\\b${HABIT}\\b[^!?\\n]{0,110}\\b${CRAVING}|\\b${HABIT}\\b[^.;!?\\n]{0,25}\\b(?:(?:ran|run|running) (?:out|dry|empty)|(?:was|were|have been|has been|got)? ?(?:stopped|withheld|cut off|withdrawn)|se (?:me )?(?:acab|termin)\\w+)\\b[^!?\\n]{0,110}\\b${CRAVING}`,
  ),
  ...p('withdrawal', `\\b(?:no|not any) ${HABIT} (?:since|for|left|in)\\b[^!?\\n]{0,110}\\b${CRAVING}`),
  ...p(
    'anaphylaxis',
    'anaphyla\\w+|anafil\\w+|angio-?(?:o?edema)|(?:severe|acute|bad) allergic reaction|reaccion alergica (?:grave|severa|aguda)|\\bstridor\\b|estridor',
    '\\btight (?:throat|airway)|(?:throat|airway|garganta) (?:is |was |feels? |keeps? |are )?(?:\\w+ )?(?:clos\\w+|tight(?:en\\w*)?|swell\\w*|swollen)|(?:cerr|cierr|hinch)\\w+ la garganta|throat\\b[^.;!?\\n]{0,15}\\blike a straw',
  ),
  ...p(
    'dural-leak',
    `(?:postural|orthostatic|thunderclap|low[- ]pressure|post[- ]?(?:dural|lumbar|spinal|epidural)[\\w -]{0,14}|ortostatic\\w+|pospuncion|post ?-?puncion) (?:puncture )?(?:${HEADACHE})|(?:${HEADACHE}) (?:postural|ortostatica|pos(?:t)? ?-?puncion)`,
    `(?:${HEADACHE})[^.;!?\\n]{0,70}\\b(?:sit(?:s|ting)?|stand(?:s|ing)?|upright|get(?:s|ting)? up|vertical|head up|incorpor\\w+|levant\\w+|de pie|sentad[oa])\\b[^.;!?\\n]{0,60}\\b(?:lie|lies|lying|flat|recumb\\w+|tumb\\w+|acost\\w+)|(?:${HEADACHE})[^.;!?\\n]{0,40}\\b(?:only|gone|better|goes|eases|relieved|disappears|mejora|cede|se (?:me |le )?(?:quita|pasa|alivia))\\b[^.;!?\\n]{0,25}\\b(?:lie|lies|lying|flat|tumb\\w+|acost\\w+)`,
    '(?:csf|cerebrospinal fluid|spinal fluid) (?:leak\\w*|fistula)|pseudomeningocele|fistula de (?:lcr|liquido)|salida de liquido claro|clear (?:watery )?fluid (?:leak|com|drain|drip|run)\\w*',
  ),
];

export const ACUTE_NET: readonly NetRule[] = [
  {
    concept: 'overdose',
    part: g(
      `${OPIOID}|(?:pain|strong) (?:tablets?|pills?|medicines?|medication)|painkillers?|(?:pastillas|medicina|medicamento) (?:para|del) (?:el )?dolor|patch(?:es)?\\b|parches?\\b|sleeping (?:tablets?|pills?)`,
    ),
    loss: g(
      '(?:very|so|extremely|excessively|really|unusually|more and more|increasingly|muy) (?:drowsy|sleepy|sedated|confused|dormid[oa]|somnolient[oa])|drowsiness|somnolen\\w*|over-?sedat\\w*|sedated\\b|nodding off|(?:can.?t|cannot|unable to|can hardly|could ?n.?t) (?:keep (?:\\w+ )?(?:eyes open|awake)|stay awake)|slurr\\w*|snoring (?:loudly|oddly|strangely|funny|weird\\w*)|gurgl\\w*|no abre los ojos|respira cada (?:tanto|rat\\w+)|breathing like a fish|no (?:contesta|responde)\\b|ronc\\w+ (?:raro|fuerte|feo)|floppy\\b|out of it\\b|dormidisim[oa]|muy atontad[oa]|no reacciona|took (?:too many|extra|double|more than|twice)|(?:second|two|extra|three|another|double) (?:of (?:them|her|his|the|those) )?(?:pain |fentanyl )?(?:patch|dose)\\w*|(?:dos|tres|otro|segundo) parches?|(?:tomo|puso|tomado|puesto) de mas|doble (?:dosis|parche)|dosis doble',
    ),
    onlyAsks: true,
    unless:
      /\b(?:in (?:19|20)\d\d|years ago|(?:slightly|a (?:bit|little)|mild(?:ly)?) (?:drowsy|sleepy)|side effects? (?:discussed|explained)|warned|not (?:drowsy|sleepy|sedated)|without (?:drowsiness|sedation|somnolence))\b/,
  },
  {
    concept: 'anaphylaxis',
    part: g(
      'tongue|lips?\\b|face\\b|eyes\\b|eyelids?|lengua|labios?\\b|cara\\b(?! (?:interna|posterior|externa|anterior|lateral))|ojos\\b|parpados',
    ),
    loss: g(
      'swell\\w*|swoll?en|puff(?:ed|y|ing)\\b|bl(?:own|ew) up|balloon\\w*|(?:went|gone|got|is|was) (?:fat|huge|thick|enormous)\\b|como (?:un )?globo|gord[oa]s?\\b|hinch\\w*|inflamad\\w*',
    ),
    unless:
      /\b(?:dentist|tooth|teeth|molar|dental|bite|bitten|punch\w*|steroid|cushing\w*|hay ?fever|cried|crying|(?:in|each) the morning|ankles|years|fell|dientes?|muela)\b/,
  },
  {
    concept: 'anaphylaxis',
    part: g(
      'hives\\b|urticari\\w*|welts\\b|wheals?\\b|weals?\\b|rash\\b|itch\\w*|ronchas|habones|picor\\b|erupcion',
    ),
    loss: g(
      "wheez\\w*|(?:short(?:ness)? of|out of|difficulty|trouble|struggl\\w+|hard) (?:in |with |to |for )?breath\\w*|(?:can'?t|cannot|can not) breathe?|faint\\w*|collaps\\w*|hypotens\\w*|swell\\w*|swollen|chest tight\\w*|sibil\\w+|chifl\\w+|silb\\w+|no pued[eo] respirar|falta (?:de|el) aire|ahog\\w+|hinch\\w*|mare\\w+",
    ),
    unless: /\b(?:years|childhood|hay ?fever|joints?|ankles?|knees?|fingers?|insect bite)\b/,
  },
  {
    // Any headache in the days after a needle or an operation at the dura is asked about.
    concept: 'dural-leak',
    part: g(HEADACHE),
    loss: g(NEEDLE),
    onlyAsks: true,
    unless:
      /\b(?:went away|gone|better|resolved|settled|tension|migraines? (?:since|for)|for years|always|cervicogenic|years ago|in (?:19|20)\d\d|se (?:me )?(?:quito|paso))\b/,
  },
  {
    concept: 'dural-leak',
    part: g(HEADACHE),
    loss: g(
      '(?:neck|nuchal) (?:is |was |feels )?(?:\\w+ )?(?:stiff\\w*|rigid\\w*)|stiff neck|photophobi\\w*|light hurts|meningi\\w+|rigidez (?:de nuca|cervical)|fotofobia',
    ),
    onlyAsks: true,
    unless:
      /\b(?:tension|for (?:years|months)|migraines?|posture|desk|screen|cervicogenic|office|cefalea tensional)\b/,
  },
];
