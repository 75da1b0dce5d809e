import type { Phrase, TextConcept } from './concept.ts';

/**
 * Dangers in the words of the kitchen table: how bladder, bowel, legs, weight, arteries and bones are told by what one sees and does, in English and in
 * Spanish of several countries. Text as in `word-net.ts`.
 */
const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

const ELSEWHERE = '[^.;!?\\n]';
const WALKS =
  '(?:walk\\w*|step|steps|yards?|met(?:er|re)s|minutes|block|blocks|stroll\\w*|shops?|hill|uphill|camin\\w+|and(?:o|ar|ando)\\b|cuadras?|metros|pasos|sub(?:o|ir) (?:la )?cuesta)';
const STOPS =
  '(?:st(?:op|and)\\w*(?: still| there)?|pause\\w*|rest(?:ing)? standing|shop windows?|(?:me )?(?:paro|detengo)\\b|parad[oa]\\b|parar(?:me)?\\b|vitrinas?|escaparates?)';
const CALF = '(?:calf|calves|pantorrillas?|gemelos?)';
const CRAMPS =
  '(?:cramp\\w*|seiz\\w*|tight\\w*|grip\\w*|burn\\w*|ache\\w*|hard as|lock\\w*|acalambr\\w*|calambres?|apriet\\w*|agarr\\w*|dur[oa]s?\\b|ard\\w+|duel\\w+)';

export const COLLOQUIAL_PHRASES: readonly Phrase[] = [
  ...p(
    'retention',
    `(?:toilet|loo|bathroom|lav|wee|pee|urinate)\\b${ELSEWHERE}{0,50}\\b(?:only|just|hardly|barely|nothing but)\\b${ELSEWHERE}{0,15}\\b(?:spoonful|dribbl\\w*|drops?|drips?|trickle|thimble\\w*|egg ?cup\\w*)\\b(?! (?:of|in) (?:water|tea))`,
    `(?:bano|orin\\w+|pipi|pis)\\b${ELSEWHERE}{0,40}\\b(?:gota a gota|a gotas|unas gotas|(?:un|apenas un|solo un) chorrito|no (?:me |le )?sale (?:nada|ni gota))`,
    `(?:apretar|apriet|aplast|empuj|press|push)\\w*${ELSEWHERE}{0,15}\\b(?:panza|barriga|vientre|belly|tummy|stomach)\\b${ELSEWHERE}{0,30}\\b(?:vaciar|orinar|salir|salga|wee|pee|empty|go)\\b`,
  ),
  ...p(
    'bowel',
    `(?:(?:pass|broke|break|let)\\w* (?:\\w+ )?(?:wind|gas)|fart(?:s|ed|ing)?)\\b${ELSEWHERE}{0,60}\\b(?:no|without|lost|zero|not any) (?:any |all )?(?:control|warning|say)`,
    '(?:gases|pedos|popo|caca|excremento|mierda) (?:se me |se le )?(?:sale|salen|escapa|escapan|salio)\\w*|se (?:me|le|nos) (?:sale|salen|salio|escapa|escapan|escapo)\\w* (?:el |la |los |las )?(?:gases|pedos|popo|caca|excremento|mierda|del dos)',
    'no (?:me doy cuenta|se|noto|siento)(?: cuando| si)?(?: ya)? (?:hice|he hecho|termine|acabe|evacu\\w+|ensuci\\w+|me ensuci\\w+)|tengo que mirar (?:si|para saber si) (?:ya )?(?:hice|he hecho|termine|sali\\w+)',
  ),
  ...p(
    'saddle',
    '(?:culo|trasero|nalgas|pompas|ano|cola|partes|pene|vagina|huevos|cojones|entrepierna)\\b[^.;!?\\n]{0,25}\\b(?:de corcho|de carton|de goma|de trapo|como si no fuera mi[oa]|muert[oa]s?\\b|anestesiad[oa]s?)|se me (?:durmi\\w+|duermen|han dormido|entumi\\w+) (?:el |la |los |las |mis |todo )?(?:huevos|culo|trasero|nalgas|partes|cola|entrepierna|genitales|pompas)',
  ),
  ...p(
    'weight-loss',
    '(?:down|gone in|tightened|lost) (?:\\w+ )?belt (?:holes?|notch\\w*)|se (?:me|le) (?:ha ido|fue|esta yendo) (?:\\w+ )?(?:peso|kilos)\\b',
    '\\b(?:half a|\\d+|one|two|three|four|a|couple of|several) (?:stone|kilos?|kg|pounds?|lbs?)\\b (?:has |have |had |is |are )?(?:just )?(?:gone|come|came|dropped|fallen|fell|melted) (?:off|from) (?:me|him|her)\\b',
    '(?:trousers|jeans|skirts?|clothes|pants|rings?|watch|pantalones|ropa|anillos?)\\b[^.;!?\\n]{0,20}\\b(?:drown\\w*|swim\\w*|swamp\\w*|se me caen|(?:me|le) bailan?|(?:me|le) nadan?)|(?:swimming|drowning) in (?:my|his|her) (?:clothes|trousers|jeans)|se (?:me|le) caen (?:los pantalones|las faldas|la ropa|los anillos)|en los huesos\\b(?=[^.;!?\\n]{0,30}(?:$|[.,;!?\\n]))',
  ),
  ...p(
    'cancer',
    '(?:breast|prostate|bowel|lung|kidney|womb|throat) (?:thing|trouble|business|problem)\\b[^.;!?\\n]{0,20}\\b(?:gone|cleared|cured|beaten|remission|got it all|taken out)\\b',
  ),
  ...p(
    'fever',
    '\\btemp(?:erature)? (?:is |was |has been |keeps? |going |goes )?(?:up and down|up\\b|spik\\w+|sky[- ]high|through the roof|all over the place)',
  ),
  ...p(
    'vertebral-fracture',
    '(?:denosumab|prolia)\\b[^.;!?\\n]{0,40}\\b(?:stopp|miss|late|overdue|discontinu|suspend|dej)\\w*[^!?\\n]{0,60}\\b(?:back pain|pain in (?:the|his|her|my) (?:back|spine)|dolor de espalda)',
  ),
  ...p(
    'severe-weakness',
    '(?:calf|foot|ankle|leg|thigh|quads?|toes?|knee)\\b[^.;!?\\n]{0,20}\\b(?:is|are|now) (?:only |just |now )*(?:an? )?[0-3] ?(?:\\/|out of) ?5\\b|weak even (?:when|while|at) (?:(?:he|she|i) (?:is|am|was) )?(?:sit|rest|lying)\\w*',
    '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|last (?:week|night))\\b[^!?\\n]{0,40}\\b(?:walk\\w*|shopping|danc\\w*|ran|running|fine|stick|crutches|frame|limp\\w*|ambulant)\\b[^!?\\n]{0,60}\\b(?:today|tonight|now|this morning)\\b[^!?\\n]{0,40}\\b(?:carr(?:y|ied)|wheelchair|hoist\\w*|bed ?bound|chair ?bound|can(?:\\W?t|not) (?:stand|walk)|lift(?:ed)? (?:me|him|her))\\b',
    '(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|ayer|antier)\\b[^!?\\n]{0,40}\\b(?:caminaba|camine|andaba|cojeaba|muletas|baston|bien)\\b[^!?\\n]{0,60}\\bhoy\\b[^!?\\n]{0,40}\\b(?:me cargan|silla de ruedas|no (?:me|se) (?:tengo|tiene|puedo|puede|levanto|levanta|sostengo)|no puedo (?:caminar|levantarme|pararme)|en cama)\\b',
  ),
  ...p(
    'progression',
    '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|last week)\\b[^!?\\n]{0,40}\\b(?:walk\\w*|shopping|stick|crutches|frame)\\b[^!?\\n]{0,60}\\b(?:today|tonight|now)\\b[^!?\\n]{0,40}\\b(?:carr(?:y|ied)|wheelchair|hoist\\w*|chair ?bound|can(?:\\W?t|not) (?:stand|walk)|lift(?:ed)? (?:me|him|her))\\b',
    '(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|ayer)\\b[^!?\\n]{0,40}\\b(?:caminaba|camine|andaba|cojeaba|muletas|baston)\\b[^!?\\n]{0,60}\\bhoy\\b[^!?\\n]{0,40}\\b(?:me cargan|silla de ruedas|no (?:me|se) (?:tengo|tiene|puedo|puede|levanto|sostengo))\\b',
  ),
  ...p('weakness', '\\blegs? (?:is|are) (?:going|giving up|packing (?:in|up))\\b(?=[^a-z]*(?:$|[.,;!?\\n]))'),
  ...p(
    'cord',
    'camin\\w+ como (?:un )?(?:pato|robot|zombi)\\b|walk\\w* like (?:a )?(?:robot|zombie|frankenstein|drunk)\\b',
  ),
  ...p(
    'night-pain',
    '(?:worst|worse) (?:when )?(?:i am |i.m )?(?:lying|laid|lie)(?: down| flat| in bed)?\\b|peor (?:acostad[oa]|tumbad[oa]|en la cama)|(?:espalda|dolor|columna)[^.;!?\\n]{0,12} no (?:me|le) deja dormir|no (?:se (?:me |le )?(?:quita|va|pasa)|afloja|cede) ni (?:acostad[oa]|tumbad[oa]|en (?:la )?cama|de noche|durmiendo)',
  ),
  ...p(
    'systemic-alarm',
    '\\b(?:toso|tose|tosio|tosi|escup\\w+|tosiendo)\\b[^.;!?\\n]{0,10}\\bsangre|(?:bolit|bult|bol|ganglio)\\w+[^.;!?\\n]{0,25}\\b(?:cuello|ingles?|axilas?|sobacos?|testiculos?|pechos?|mamas?)\\b|(?:lumps?|glands|balls)\\b[^.;!?\\n]{0,20}\\b(?:neck|groin|armpits?|testicles?|balls|breasts?|boobs?)\\b|(?:boob|breast|testicle|neck|groin|armpit)\\b[^.;!?\\n]{0,12}\\blumps?\\b|no (?:me |le )?(?:entra|apetece) (?:la )?comida|(?:can ?not|can.?t) face (?:any )?food',
  ),
  ...p(
    'arterial-claudication',
    `${CALF}\\b${ELSEWHERE}{0,25}\\b${CRAMPS}[^!?\\n]{0,50}\\b${WALKS}[^!?\\n]{0,45}\\b${STOPS}[^!?\\n]{0,40}\\b(?:gone|goes|eases?|sorts?|clears?|passes|wears off|better|se (?:me )?(?:pasa|quita|va)|cede)\\b`,
    `${WALKS}[^!?\\n]{0,45}\\b${CALF}\\b${ELSEWHERE}{0,30}\\b${CRAMPS}[^!?\\n]{0,45}\\b${STOPS}[^!?\\n]{0,40}\\b(?:gone|goes|eases?|sorts?|clears?|passes|wears off|better|se (?:me )?(?:pasa|quita|va)|cede)\\b|${WALKS}[^!?\\n]{0,45}\\b${CRAMPS}[^!?\\n]{0,12}\\b${CALF}\\b[^!?\\n]{0,45}\\b${STOPS}[^!?\\n]{0,40}\\b(?:gone|goes|eases?|sorts?|se (?:me )?(?:pasa|quita|va)|cede)\\b`,
  ),
  ...p(
    'cold-limb',
    '(?:dedos?|pies?)(?: gordo)?(?: del pie)?\\b[^.;!?\\n]{0,15}\\b(?:negr[oa]s?|gangren\\w+)\\b|(?:pierna|pie)\\b[^.;!?\\n]{0,25}\\b(?:helad[oa]|sin pulso|morad[oa]s?)\\b',
  ),
  ...p(
    'arterial-claudication',
    `(?:${CALF}|buttocks?)\\b${ELSEWHERE}{0,25}\\b${CRAMPS}[^!?\\n]{0,40}\\b${WALKS}[^!?\\n]{0,30}\\b(?:wears? off|goes|gone|eases?|passes)\\b${ELSEWHERE}{0,15}\\b(?:as soon as|when|once) i (?:stop|stand still)\\b(?!${ELSEWHERE}{0,30}\\b(?:sit|bend|lean (?:forward|over)))`,
    '(?:piernas|pantorrillas|gemelos)\\b[^!?\\n]{0,50}\\b(?:cuadras?|metros|pasos|caminar|camino)\\b[^!?\\n]{0,30}\\b(?:descanso parad[oa]|me paro (?:un rato |un momento |tantito )?y (?:sigo|se (?:me )?(?:pasa|quita)))',
  ),
  ...p(
    'pulsatile',
    '(?:rip|tear)(?:s|ped|ping|ing)?\\b[^.;!?\\n]{0,25}\\b(?:back|chest)\\b[^.!?\\n]{0,50}\\b(?:clammy|pass(?:ed|ing) out|faint\\w*|sweat\\w*|gr[ea]y|collaps\\w*)',
    '(?:bulge|widening|balloon\\w*|swelling|weak(?:ness| spot)?)\\b[^.;!?\\n]{0,15}\\b(?:main|big|large) (?:artery|blood vessel|vessel)|(?:main|big) (?:artery|blood vessel)\\b[^.;!?\\n]{0,25}\\b(?:bulg\\w*|wide\\w*|swollen|balloon\\w*|tear|torn)',
    '(?:latidos?|brinc\\w+|palpit\\w+|late\\b)[^.;!?\\n]{0,20}\\b(?:ombligo|barriga|panza|abdomen|vientre|estomago|tripa|guata)\\b|(?:ombligo|barriga|panza|abdomen|vientre|tripa|guata)\\b[^.;!?\\n]{0,15}\\b(?:me |le )?(?:late|brinca|palpita)\\b',
    '(?:presion|tension|pa|ta)\\b[^.;!?\\n]{0,15}\\b(?:en |de )?(?:un|el) brazo[^.;!?\\n]{0,12}\\b\\d{2,3}\\b[^.;!?\\n]{0,15}\\b(?:en |el )+otro|(?:presion|tension) (?:\\w+ )?(?:distinta|diferente|desigual)[^.;!?\\n]{0,15}\\bbrazos|(?:pressures?|bp|pulses?)\\b[^.;!?\\n]{0,25}\\b(?:different|unequal|not the same)\\b[^.;!?\\n]{0,15}\\barms|arms\\b[^.;!?\\n]{0,20}\\bdifferent (?:blood )?(?:pressure|pulse)s?',
    '(?:dolor|punzada|cuchillada|latigazo)\\b[^.;!?\\n]{0,30}\\b(?:de golpe|de repente|subit\\w+|repentin\\w+)[^.;!?\\n]{0,30}\\b(?:fue|paso|bajo|subio|corrio|movio|va|pasa|sube|baja) (?:pa\\W?l|para el|al|hacia el) pecho\\b',
    '(?:worst|sudden\\w*|out of nowhere|tear\\w*|ripp\\w*|came (?:on )?in a second)[^!?\\n]{0,160}\\bmarfan\\w*',
  ),
  ...p(
    'pulsatile',
    '(?:de la nada|de repente|de golpe|subit\\w+|repentin\\w+)\\b[^.!?\\n]{0,40}\\b(?:espalda|barriga|panza|vientre|cintura|lomo)\\b[^.!?\\n]{0,60}\\b(?:desplom\\w+|cayo al (?:suelo|piso)|desvanec\\w+|sud\\w+ frio)',
  ),
  ...p('minor-trauma', '(?:estornud|tosi)\\w+ y (?:se )?(?:qued|ya no)\\w*'),
  ...p(
    'severe-trauma',
    '\\b(?:me|se|nos) (?:volte|volqu|volc)\\w+ (?:en|con) (?:el|la|un|una|mi) \\w+|(?:salt|brinc|tir)\\w+ (?:de|desde) (?:el |la |un |una )?(?:segundo|tercer|cuarto|barda|azotea|ventana|techo)\\b|\\b(?:me|se|nos) (?:estamp|estrell)\\w+[^.;!?\\n]{0,25}\\b(?:contra|con)\\b|(?:crash|smash|slam|plough|wrapp)\\w*[^.;!?\\n]{0,20}\\b(?:into|against|round) (?:a|the) (?:\\w+ )?(?:post|pole|tree|wall|lamp ?post|barrier)',
    '(?:me|le|lo|nos) (?:cayo|cayeron|cae) (?:encima )?(?:un|una|el|la|unos|unas) (?:\\w+ ){1,4}?(?:en|sobre|encima de) (?:la |el |mi |los )?(?:espalda|lomo|columna|nuca|cuello|hombros|cabeza)|(?:se (?:me|le) vino encima|(?:me|le) aplasto)\\b|se (?:cayo|vino abajo) (?:un|una|el|la) (?:\\w+ )?(?:rama|viga|pared|muro|techo|arbol|andamio|carga|tarima|caja)[^.;!?\\n]{0,30}\\b(?:me|le|encima|espalda|lomo)',
    '(?:sack|beam|branch|pallet|wall|bale|crate|girder|barrel|block|slab)\\b[^.;!?\\n]{0,15}\\b(?:fell|came down|landed|dropped|hit)\\b[^.;!?\\n]{0,20}\\b(?:my|his|her) (?:\\w+ )?(?:back|neck|shoulders?|head|spine)',
    '(?:div|dove|jump|plung)\\w* (?:head ?first )?(?:in|into|off)\\b[^.;!?\\n]{0,30}\\b(?:shallow|pool|river|lake|sea|quarry|rocks?|pier)\\b[^!?\\n]{0,60}\\b(?:neck|head|back|bottom|cannot|can.?t)\\b|(?:tir|lanz|avent|clav)\\w+ (?:de cabeza )?(?:al|a la|en el|en la|del) (?:\\w+ )?(?:pileta|piscina|alberca|rio|lago|mar|pozo|poza)\\b[^!?\\n]{0,60}\\b(?:cuello|cabeza|espalda|fondo|nuca)\\b',
  ),
  ...p(
    'osteoporosis',
    '(?:me he |se ha |se me ha |esta |estoy |ha )(?:encogid[oa]|achicad[oa]|encorvad[oa])\\b|(?:esta|estoy|ando) (?:mas bajit[oa]|jorobandose|encorvandose)|huesos (?:porosos|de cristal|de vidrio|fragiles|debiles|como (?:de )?(?:galleta|gis|tiza|vidrio|cristal|cascaron))|bones (?:are |is )?like (?:chalk|glass|biscuits?|egg ?shells?|crackers?)|(?:brittle|crumbl\\w*|thin|chalky) bones',
  ),
  ...p(
    'minor-trauma',
    '\\b(?:desde que |al |cuando )(?:carg\\w+|levant\\w+|alz\\w+|abr\\w+|empuj\\w+)[^.;!?\\n]{0,40}\\b(?:dolor|punzada|latigazo|pinchazo)\\b[^.;!?\\n]{0,15}\\b(?:clavad\\w+|fuerte|fortisimo|brutal|seco|de golpe|de repente)',
  ),
  ...p(
    'intravenous-drugs',
    '\\b(?:que |se |el |ella )(?:se )?(?:inyecta|pica|pincha|chuta)\\b(?![^.;!?\\n]{0,20}(?:insulina|heparina|clexane|vitamina|botox|metotrexato|ozempic|mosquit|abeja|avispa|en (?:la (?:espalda|rodilla)|el)))|\\b(?:who|he|she|they) (?:still |also )?injects?\\b(?! (?:insulin|heparin|clexane|enoxaparin|methotrexate|ozempic|vitamin|b12|botox))',
  ),
  ...p(
    'minor-trauma',
    '\\bsomething (?:in (?:my|his|her) (?:back|spine) )?(?:went|gave|popped|snapped|cracked)\\b(?! (?:wrong|to|on|away|back|me))|\\bal (?:sacar|cargar|levantar|alzar|mover|jalar)\\b[^.;!?\\n]{0,30}\\b(?:grit\\w+|dolor|trono|crujio)\\b',
  ),
  ...p('night-pain', '\\bach\\w+ in (?:my|his|her|the) (?:back|spine) in bed\\b'),
  ...p(
    'bowel',
    '(?:me|se) ensuci\\w+\\b[^.;!?\\n]{0,25}\\b(?:ni por enterad[oa]|ni cuenta|ni lo (?:noto|siento)|sin (?:darme|sentir|querer))',
  ),
  ...p(
    'sexual',
    '(?:me toca|touch\\w* me)\\b[^.;!?\\n]{0,25}\\b(?:como si|as if|like)\\b[^.;!?\\n]{0,20}\\b(?:pared|otr[oa]|madera|wall|wood|someone else)',
  ),
  ...p(
    'cord',
    "(?:can ?not|can'?t|no puedo) (?:walk|caminar|andar) (?:in |en )?(?:a )?(?:straight|linea recta|derech[oa])",
  ),
];
