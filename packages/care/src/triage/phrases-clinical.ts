import type { Phrase, TextConcept } from './concept.ts';

const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

const LESS =
  '(?:reduced|diminished|blunted|dull\\w*|impaired|absent|lost|decreased|abolished|altered|lacking|flaccid|lax|atonic|hypotonic|patulous|weak\\w*|poor|disminuid\\w*|abolid\\w*|ausentes?|flacid\\w*|reducid\\w*|alterad\\w*)';
const SACRAL =
  '(?:genital\\w*|perine\\w+|perianal|sacral|penile|vaginal|scrotal|vulval?|labial|buttocks?|saddle|s[2-5](?:(?: ?(?:-|to|and|/) ?)s?[2-5])?)';
const MUSCLE =
  '(?:quadriceps|quads?|hamstrings?|glute\\w*|tibialis(?: anterior)?|tib ant|ta|ehl|edl|extensor hallucis(?: longus)?|gastroc\\w*|soleus|psoas|ilio ?psoas|peron\\w+|calf|thigh|adductors?|abductors?)';
const MOVEMENT =
  '(?:(?:hip|knee|ankle|foot|toe|great toe|dorsi|plantar) ?)*(?:flex\\w*|exten[ds]\\w*|dorsiflex\\w*|plantarflex\\w*|abduct\\w*|adduct\\w*|ever\\w+|inver\\w+)';
const LEG = '(?:foot|feet|leg|limb|toes?|extremity|calf|pie|pierna|extremidad|dedos)';

/** How the finding of an examination, a test or an image is put: tone, reflex, dermatome, grade, sign, culture, lesion; English and Spanish. */
export const CLINICAL_PHRASES: readonly Phrase[] = [
  ...p(
    'bowel',
    `(?:anal|sphincter|rectal|esfinter\\w*) (?:sphincter |anal )?(?:tone|squeeze|contraction|tono)\\b[^.;,!?\\n]{0,20}\\b${LESS}|(?:no|absent|weak|poor) voluntary (?:anal |sphincter )?(?:contraction|squeeze)|patulous (?:anus|sphincter)|tono (?:anal|rectal|del esfinter)[^.;,!?\\n]{0,15}\\b${LESS}`,
    `(?:bulbo ?cavernos\\w+|anocutaneous|anal wink|anal reflex|cremasteric)\\b[^.;,!?\\n]{0,20}\\b(?:absent|lost|not (?:elicit\\w*|present|obtain\\w*)|could not be (?:elicit|obtain)\\w*|unobtainable|abolish\\w*|diminish\\w*|negative|ausente|abolido)|(?:absent|lost|abolish\\w*|diminish\\w*) (?:bulbo ?cavernos\\w+|anocutaneous|anal (?:wink|reflex))`,
  ),
  ...p(
    'bowel',
    '(?:soil|mess|dirt)(?:ed|ing|ied)? (?:the|my|his|her) (?:\\w+ )?(?:bed|sheets?|chair|sofa|floor|car seat)\\b',
  ),
  ...p(
    'bladder',
    'sphincter(?:ic)? (?:disturbance|dysfunction|deficit|involvement|compromise|paralysis|weakness|impairment)|neurogenic bladder|vejiga neurogena|(?:alteracion|disfuncion|incontinencia|relajacion|clinica) (?:de )?(?:los )?esfinter\\w*|bladder atony|atonic bladder',
    '(?:perdid[oa]|perdida de|sin|ausencia de|disminu\\w+|no (?:tiene|nota)) (?:del? )?(?:la |el )?(?:sensacion|deseo|ganas) (?:de llenado|miccional|vesical|de replecion|de miccion)',
  ),
  ...p(
    'retention',
    '(?:valsalva|crede)\\b[^.;!?\\n]{0,30}\\b(?:void|mictur|urinat|bladder|empty|pass)\\w*|double void\\w*|sondaje|sondad[oa]\\b|manual expression of the bladder',
  ),
  ...p(
    'bladder',
    "\\b(?:urge|desire|sensation|need)\\b(?: to \\w+)? (?:no longer|never|does ?n[o']?t|does not|hardly|rarely|has stopped|stopped) (?:com\\w+|aris\\w+|appear\\w*|occur\\w*|there)\\b|\\burge\\b(?: to \\w+)? (?:has |is )?(?:gone|disappeared|absent|vanished|lost)",
  ),
  ...p('retention', '(?:presion|apret|empuj|comprim)\\w+[^.;!?\\n]{0,40}\\b(?:orin\\w+|vaciar|miccion)'),
  ...p('sexual', '\\bpriapism\\w*|priapismo|anejaculation|anorgasmi\\w+|aneyacul\\w+'),
  ...p(
    'saddle',
    `\\b${SACRAL}\\b[^.;,!?\\n]{0,15}\\b${LESS}\\b[^.;,!?\\n]{0,12}\\b(?:light touch|pin ?prick|sensation|touch)\\b`,
    `\\b${SACRAL} (?:sensory|sensation|sensibility) (?:loss|deficits?|impairment)\\b`,
    `\\b${SACRAL}\\b[^.;,!?\\n]{0,20}\\b(?:sensation|sensibility|pin ?prick|light touch|feeling|sensibilidad|tacto)\\b[^.;,!?\\n]{0,20}\\b${LESS}|\\b${LESS} (?:\\w+ )?(?:sensation|sensibility|pin ?prick|light touch|feeling|sensibilidad)\\b[^.;,!?\\n]{0,35}\\b${SACRAL}\\b|\\b(?:sensation|sensibility|pin ?prick|light touch|sensibilidad)\\b[^.;,!?\\n]{0,25}\\b${LESS}\\b[^.;,!?\\n]{0,25}\\b${SACRAL}\\b`,
  ),
  ...p(
    'cauda-equina',
    '(?:crowd\\w*|compress\\w*|impinge\\w*|clump\\w*|compromise|stenosis)\\b[^.;,!?\\n]{0,20}\\b(?:of|on) (?:the )?cauda equina|compresion[^.;,!?\\n]{0,20}\\b(?:cola de caballo|cauda equina)',
  ),
  ...p(
    'severe-weakness',
    `\\b(?:${MUSCLE}|${MOVEMENT}|power|strength|fuerza|balance muscular)\\b(?:(?!\\b[45][+-]?\\/5)[^.;!?\\n]){0,35}?(?<![\\d.])[0-3][+-]?\\/5\\b`,
    `\\b${MUSCLE}\\b[^.;!?\\n]{0,12}\\bm[0-3]\\b|\\b(?:power|strength|grade)\\b[^.;!?\\n]{0,25}\\bfrom (?:grade )?[45][+-]? to (?:grade )?[0-3]\\b`,
    '\\b(?:flaccid|profound|dense|complete|total|marked|severe|gross|pronounced|substantial) (?:\\w+ )?(?:weakness|paresis|paralysis|palsy|motor (?:deficit|loss|weakness)|deficit of (?:\\w+ )*(?:flex|exten|dorsiflex|plantarflex)\\w*|loss of (?:\\w+ )?(?:power|strength|dorsiflexion|extension))',
    '(?:unable to|cannot|can.t|fails? to|could not|not able to)(?: perform| do| manage| complete)?(?: an?| the)? (?:(?:heel|toe|tip ?toe)[- ]?(?:walk|stand|raise|rise)|(?:single|one)[- ]leg(?:ged)? (?:calf|heel|toe)[- ]?(?:rais\\w*|rise\\w*|stand\\w*))',
    '\\bswing\\w* (?:the |my |his |her |one )?(?:\\w+ )?leg out|\\b(?:strength|power)\\b[^.;!?\\n]{0,30}\\b(?:has|have) been (?:ebb|fad|leav|drain|wan|slipp|go|dwindl|declin|deteriorat|diminish|decreas|fall|dropp)ing\\b',
    '(?:no (?:puede|puedo|consigue|consigo|logra|logro|es capaz de|soy capaz de)|incapaz de|imposible)[^.;!?\\n]{0,15}\\b(?:and|camin|pon|manten|sosten|qued|alz)\\w+ (?:de|en|sobre) (?:las |los )?(?:puntillas|puntas|talones)|levant\\w+ (?:mucho|mas|muy alta|demasiado) la (?:rodilla|pierna)\\b[^.;!?\\n]{0,40}\\b(?:pie|punta|trop\\w+|roce|arrastr\\w+)',
    // Counts that fall to nothing: "ten heel raises on Monday. Today: none".
    '\\b(?:heel|calf|toe|tip ?toe) (?:raise|rise|lift|stand)s?\\b[^!?\\n]{0,60}\\b(?:today|now)\\W{0,3}(?:only |just )?(?:none|zero|0|one|1|two|2)\\b',
    '\\b(?:gone|went|progress\\w*|declin\\w*|deteriorat\\w*) from (?:walking|running|independ\\w+|mobil\\w+|unaided|a stick|one stick)[^.;!?\\n]{0,40}\\bto\\b[^.;!?\\n]{0,25}\\b(?:wheelchair|frame|walker|zimmer|bed ?bound|two sticks|crutches|carried)|\\b(?:markedly|severely|profoundly|grossly) (?:weak\\b|paretic)',
    '\\bmonoparesis|\\bparalysis of|paralisis (?:de|del)\\b|\\bplejia\\b',
  ),
  ...p(
    'severe-weakness',
    "(?:shoes?|foot|steps?)\\b[^.;!?\\n]{0,20}\\bslap\\w*|\\b(?:leg|knee|foot|ankle)\\b[^.;!?\\n]{0,60}\\b(?:has|have|had) given (?:way|out)\\b|\\b(?:heel|toes?|foot|leg) (?:will not|won'?t|does not|does ?n'?t|no longer|cannot|can ?n[o']?t) (?:leave|come off|lift|clear|rise|go up|move)\\b",
  ),
  ...p(
    'weakness',
    '\\bweak (?:even )?(?:when|while|if) (?:\\w+ ){0,3}(?:sitting|seated|resting|lying)|\\bweak even (?:at rest|sitting|lying)',
    `(?:atroph\\w+|wasting) of (?:the )?(?:\\w+ )?(?:${MUSCLE}|leg|foot|muscles?)|(?:${MUSCLE}|muscle) (?:atrophy|wasting)`,
  ),
  ...p(
    'cord',
    '(?:hard|harder|difficult|struggl\\w+|awkward|fiddly|clumsy) (?:to |with )?(?:fasten|button|do up|tie\\b|type|typing|write|writing|pick up (?:coins|small)|turn (?:pages|keys)|thread)\\w*|reflexes\\b[^.;!?\\n]{0,25}\\b(?:exaggerated|pathological\\w*|exaltad\\w*)|exaggerated (?:\\w+ )?reflexes',
    '\\b(?:para|tetra|quadri)(?:paresis|paresia|plegi\\w+|plejia)|extensor plantars?|plantar(?: response| reflex)?(?:es|s)? (?:is |are |was |were )?(?:extensor|upgoing|equivocal)|plantar extensor|(?:inverted|absent) supinator|finger escape|grip[- ]and[- ]release|\\bsignal change (?:in|of|within) the (?:\\w+ )?cord',
  ),
  ...p(
    'vertebral-fracture',
    'wedg(?:ing|e) (?:of|at|in) (?:the )?(?:[tl] ?-?1?\\d\\b|\\w+ vertebra)|retropuls\\w+',
    'supine sign\\W{0,3}(?:(?:is|was) )?(?:pos\\w*|\\+)|percuss\\w*(?: \\w+)?\\W{0,2}(?:\\+{2,3}|exquisite\\w*)|exquisite\\w* tender\\w*',
    '(?:compression|wedg\\w+|crush|vertebral|biconcave) (?:compression |wedge |body )?(?:deformit\\w+|collapse)|loss of (?:anterior )?vertebral (?:body )?height|end ?plate fracture|acunamiento|fractura\\w*[^.;,!?\\n]{0,15}\\b(?:compresion|acunamiento|aplastamiento|estallido|[dtl]1?\\d)\\b',
  ),
  ...p(
    'minor-trauma',
    '\\b(?:brak(?:ed|ing)|stopp(?:ed|ing)|lurch\\w*) (?:\\w+ )?(?:hard|sharply|suddenly|abruptly)\\b|\\bemergency stop\\b|\\b(?:bus|car|train|tram) lurch\\w*',
    '\\b(?:lowered|dropped|plonked|flopped|came) (?:\\w+ ){0,2}(?:heavily|too hard)\\b|\\bmissed (?:the|a) (?:last|bottom|top|first) (?:step|stair|rung)|\\bsat down with an? \\w+|crack(?:ing)? (?:sensation|noise|sound|feeling)|(?:desde que|cuando|mientras) (?:se |me )?(?:agach|levant|tos|estornud|gir|cog|recog|estir)\\w*(?! (?:la cabeza|el cuello))',
    '\\bfelt an? (?:\\w+ ){0,2}(?:pain|pull|twinge|jolt)\\b[^.;!?\\n]{0,40}\\b(?:while|when|on|as|whilst) (?:\\w+ )?(?:lift|open|bend|reach|push|pull|carr|cough|sneez|twist|turn|stoop|pick|mak|hoover|sweep)\\w*|(?:slid|slipp\\w+|roll\\w+|fell|tumbl\\w+) (?:off|out of|from) (?:the (?:edge|side) of )?(?:(?:my|the|his|her|a) )?(?:bed|chair|sofa|toilet|stool|couch|armchair|wheelchair)\\b',
  ),
  ...p(
    'severe-trauma',
    '(?:vehicle|car|van|bus|truck|lorry|tractor|coche|autobus)\\b[^.;!?\\n]{0,40}\\b(?:overturn\\w*|rolled over|flipped|volco)\\b',
  ),
  ...p(
    'night-pain',
    '\\b(?:pain|ache|dolor)\\b[^.;,!?\\n]{0,20}\\bnoct?urn\\w+|\\bno (?:me|le) deja dormir|impide (?:el sueno|dormir|conciliar)|(?:day and night|night and day|(?:a?round) the clock|dia y noche)\\b',
  ),
  ...p('fever', '(?<!(?:menopausal|hot|cold|meat) )\\bsweats\\b(?=[.,;]|$| and\\b| for\\b| at\\b| since\\b)'),
  ...p(
    'pulsatile',
    'sudden\\w*[^.!?\\n]{0,40}\\bchest\\b[^.!?\\n]{0,60}\\b(?:torn|tear\\w*|ripp\\w+)',
    '(?:subit\\w+|brusc\\w+|repentin\\w+)[^.;!?\\n]{0,60}\\b(?:palidez|sudoracion|sincope|desvanec\\w+|hipotens\\w+)',
  ),
  ...p(
    'osteoporosis',
    '(?:fragile|weakened) bones|height loss|loss (?:of|in) height|perdida de (?:altura|talla|estatura)',
  ),
  ...p(
    'severe-trauma',
    'landed (?:\\w+ )?on (?:my|his|her) (?:head|neck)\\b|over the handle ?bars?',
    '(?:plummet|plung|hurtl|catapult|eject)\\w*\\b[^.;!?\\n]{0,20}\\b(?:from|off|down|out of|through|over)\\b|\\bcoming off (?:his|her|my|the|a) (?:\\w+ )?(?:motor\\w*|bike|bicycle|horse|quad|scooter|moped)|precipit\\w+[^.;!?\\n]{0,20}\\b(?:piso|planta|metros|altura)',
  ),
  ...p(
    'infection-source',
    '\\bcultures?\\b[^.;,!?\\n]{0,20}\\b(?:grew|grown|growing|positive|yield\\w*|isolat\\w*)|discharging (?:sinus|wound)|sinus\\b[^.;,!?\\n]{0,12}\\bdischarg\\w*|positive (?:blood )?cultures?|hemocultivos? (?:\\w+ )?positiv\\w+|\\bs\\.? ?aureus\\b|\\bmssa\\b|streptococc\\w+|enterococc\\w+|pseudomonas|klebsiella',
    '(?:purulent|foul|seropurulent)\\b[^.;!?\\n]{0,12}\\b(?:discharge|exudate|drainage|fluid)|(?:discharge|exudate|drainage|pus)\\b[^.;,!?\\n]{0,12}\\b(?:from|of) (?:the |his |her |my )?(?:\\w+ )?(?:wound|scar|incision|surgical site)',
    '(?:epidural|psoas|paraspinal|paravertebral) (?:abscess|collection|phlegmon)|absceso (?:epidural|de psoas|paravertebral)',
  ),
  ...p(
    'unwell',
    'mal estado general|afectacion del estado general|systemically unwell|toxic[- ](?:appearing|looking)|prostrat\\w+|aspecto septico|constitutional symptoms|sindrome constitucional',
  ),
  ...p(
    'cancer',
    '(?:multiple|several|numerous|enhancing|infiltrat\\w+|marrow)(?: \\w+){0,2} lesions? (?:\\w+ ){0,3}?(?:vertebra\\w*|spine|spinal|sacrum|marrow|pedicles?|bones?)\\b|(?:increased|abnormal|avid|focal|intense) (?:tracer |isotope |fdg )?uptake\\b|(?:suspicious|worrying|concerning|suggestive|highly suspicious) (?:for|of) (?:\\w+ )?(?:deposits?|secondar\\w+|disseminat\\w+)|(?:suspicious|destructive|permeative|aggressive|moth-?eaten) (?:bony |bone |osseous |vertebral )?lesions?|lesion(?:es)? (?:sospechosa|destructiva)s?',
    'calcium (?:level |levels )?(?:(?:is|was|are|of|came back) )*(?:\\w+ )?(?:high|raised|elevated)\\b|(?:high|raised|elevated) (?:blood |serum )?calcium\\b(?! (?:diet|intake|score|food))|(?:alp|alkaline phosphatase) and (?:\\w+ )?calcium (?:are |is )?(?:\\w+ )?(?:high|raised|elevated)|calcio (?:\\w+ )?(?:alto|elevado)|hipercalcemia',
    'marrow[- ](?:replac|infiltrat)\\w+|lesion(?:es)? (?:osteo)?(?:litica|blastica)s?|osteoblastic|lytic lesions?|monoclonal (?:band|protein|spike|gammopathy|peak)|light chains?|pico monoclonal',
  ),
  ...p(
    'weight-loss',
    '(?:loss|decline|decrease|reduction|drop|fall) (?:of|in) (?:\\w+ ){0,3}(?:body )?(?:weight|mass)\\b(?! index)|perdida ponderal|perdida de (?:\\d+ )?(?:peso|kg|kilos)|cachexi\\w+|caquexia',
  ),
  ...p(
    'cold-limb',
    `\\b(?:coldness|coolness|pallor)\\b[^.;!?\\n]{0,30}\\b(?:of|in) (?:the |his |her |my )?(?:\\w+ )?${LEG}\\b`,
    `\\b${LEG}\\b[^.;!?\\n]{0,25}\\b(?:white|pale|blue|gr[ae]y)\\b[^.;!?\\n]{0,12}\\bcold\\b|\\b${LEG}\\b[^.;!?\\n]{0,20}\\bcold\\b[^.;!?\\n]{0,12}\\b(?:white|pale|blue|gr[ae]y)\\b`,
    `\\b(?:pulseless|mottled|cyanos\\w+|cyanotic|ischa?emic)\\b[^.;,!?\\n]{0,20}\\b${LEG}\\b|\\b${LEG}\\b[^.;!?\\n]{0,25}\\b(?:pulseless|mottled|cyanos\\w+|cyanotic|ischa?emic|cool and pale|pale and cool)|${LEG} isch\\w+`,
    '(?:absent|impalpable|missing|undetectable) (?:\\w+ )?(?:(?:and|or) \\w+ )?(?:pulses?)\\b|pulses?\\b[^.;,!?\\n]{0,15}\\b(?:absent|not (?:be )?(?:palpable|palpated|felt|detect\\w*)|impalpable|undetectable)|pulsos?\\b[^.;,!?\\n]{0,20}\\b(?:ausentes?|abolid\\w*|no (?:se )?palp\\w+)|\\bsin pulsos?\\b|isquemia (?:critica|aguda|arterial|de)|extremidad (?:\\w+ )?fria',
  ),
];
