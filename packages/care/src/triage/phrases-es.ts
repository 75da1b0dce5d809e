import type { Phrase, PhraseBook, TextConcept } from './concept.ts';

const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

const CANT =
  '(?:no (?:puedo|puede|consigo|consigue|logro|logra|he podido|ha podido|pude|pudo|soy capaz de|es capaz de)|incapaz de|imposible|ya no)';
const NUMB =
  '(?:adormec\\w*|duermen?|entumec\\w*|dormid[oa]s?|hormigue\\w*|acorcha\\w*|(?:par|dis)estesi\\w*|(?:ya )?(?:no|apenas|casi no) (?:me |se |la |lo |las |los )*(?:siento|siente|noto|nota)(?! (?:ningun\\w* |nada de |ni )?(?:hormigue|dolor|adormec|entumec|acorch|debil|perdida|falta|molest|cambio|alteracion|problema|diferencia))|sin (?:sensibilidad|sensacion)|(?:perdida|perdido|perdi|pierdo|disminucion|menos|alteracion)[^.;!?\\n]{0,12}(?:sensibilidad|sensacion)|insensib\\w+|anestesia\\w*|como (?:de )?(?:corcho|carton|trapo))';
/** No nota, no siente o no sabe lo que normalmente se nota. */
const UNAWARE =
  '(?:(?:ya )?(?:no|ni|apenas|casi no) (?:me |lo |la )?(?:not\\w+|sient\\w+|sent\\w+|entero|entere|enteraba|doy cuenta|di cuenta|se (?:cuando|si))|sin (?:notar|sentir|enterar|dar)\\w*)';
const SADDLE =
  '(?:ingles?|genital\\w*|perine\\w*|silla de montar|\\bano\\b|anal|recto|entre (?:las |mis |sus )?piernas|entrepierna|nalgas|gluteos|trasero|culo|partes (?:intimas|privadas)|ahi abajo|vagina\\w*|vulva|pene|escroto|testiculos?|muslos? intern\\w+|cara interna|al (?:limpiar|sentar)\\w*|donde me siento|al ir al (?:bano|servicio)|zona (?:intima|de abajo)|papel(?: higienico)?|me limpio)';
const URINE = '(?:orin\\w+|hacer (?:pis|pipi)|mear|vaciar (?:la |mi )?vejiga|miccion\\w*)';
const LIMB = '(?:piernas?|pies?|rodillas?|tobillos?|muslos?|dedos?(?: gordo)?|talon(?:es)?|pantorrillas?)';

const phrases: readonly Phrase[] = [
  ...p(
    'saddle',
    `${NUMB}[^.;!?\\n]{0,60}${SADDLE}`,
    `${SADDLE}[^.;!?\\n]{0,40}${NUMB}`,
    `(?:me |se )?(?:limpi|lav|sec|duch)\\w*[^.;!?\\n]{0,30}${UNAWARE}|${UNAWARE}[^.;!?\\n]{0,20}(?:limpi|lav|sec)\\w*`,
    'anestesia en silla|hipoestesia (?:en silla|perineal)',
  ),
  ...p(
    'retention',
    '\\b(?:me |le |lo |la )?(?:tuvieron que |tienen que |han )?sond(?:ar|aron|ado|arme)\\b|(?:llevo|lleva|pusieron|puesto) (?:una )?sonda\\b',
    `(?:${CANT}|dificultad\\w*|me cuesta|le cuesta|cuesta|problemas?|esfuerzo)[^.;!?\\n]{0,35}\\b${URINE}`,
    `(?:fuerza|apret\\w+|empuj\\w+|esforz\\w+|tardo|tarda)[^.;!?\\n]{0,25}\\b${URINE}`,
    '(?:no (?:he|ha)|sin) (?:podido )?(?:orinar|orinado|hacer pis|hecho pis|meado)[^.;!?\\n]{0,20}|retencion (?:aguda )?(?:de orina|urinaria)|no (?:\\w+ )?vaci\\w+[^.;!?\\n]{0,15}vejiga|chorro[^.;!?\\n]{0,12}(?:debil|flojo|lento|fino|cortado)|sonda urinaria',
    'sin (?:poder|conseguir|lograr) (?:orinar|hacer pis|mear)|(?:solo|apenas) (?:me )?(?:salen?|caen?) (?:unas |cuatro )?(?:gotas|gotitas)|(?:chorro|orina|pis) (?:sale )?(?:muy )?(?:debil|lent[oa]|flojo|a gotas)',
  ),
  ...p(
    'bladder',
    'incontinen\\w*(?! fecal)',
    'se (?:me|le) escapa\\w*[^.;!?\\n]{0,20}(?:orina|pis|pipi|gotas)|(?:perdidas?|escapes?|goteo) de orina',
    '(?:perdido|perdi|pierdo|pierde|perdida|sin|falta de|poco)[^.;!?\\n]{0,12}control[^.;!?\\n]{0,15}(?:vejiga|orina|esfinter\\w*|pis)',
    '(?:pierdo|pierde|perdiendo) (?:la )?orina|(?:orin\\w+|pis|pipi) sin darme cuenta|no me (?:entero|doy cuenta) (?:de )?(?:cuando|que|si|al) (?:\\w+ )?(?:hago pis|orin\\w+|meo)|me (?:orino|meo|hago (?:pis|pipi))(?: encima)?|me (?:he|habia) (?:orinado|meado|hecho pis)',
    '(?:no|ni|apenas|ya no) (?:me )?(?:siento|siente|noto|nota|controlo|controla|aguanto|aguanta)[^.;!?\\n]{0,25}(?:orin\\w*|vejiga|pis\\b|ganas de orinar)',
    '(?:problemas?|alteracion\\w*|trastornos?|sintomas?) (?:de|con|en) (?:la |mi )?(?:vejiga|orina|esfinter\\w*)|problemas? urinari\\w+',
    `\\bme (?:orine|mee|hice pis|hice pipi|moje|oriné)\\b|${UNAWARE}[^.;!?\\n]{0,25}(?:\\borin\\w+|\\bpis\\b|vejiga)`,
    '(?:me|se) moj(?:o|a|e|ado|aba)\\b(?! (?:el|la|los|las) )|llev(?:o|ar) panal\\w*|(?:no (?:tengo|siento)|sin|perdido) (?:las )?ganas de (?:orinar|hacer pis|mear)',
  ),
  ...p(
    'bowel',
    'incontinencia fecal|(?:escapes?|perdidas?) de (?:heces|gases)|me (?:hago|he hecho|hice) (?:caca|encima)|me (?:he cagado|cago|cague)|(?:manch|ensuci)\\w+ la ropa interior|se (?:me|le) escapan?[^.;!?\\n]{0,12}(?:heces|caca|gases)',
    '(?:perdido|perdi|pierdo|pierde|perdida|sin|falta de)[^.;!?\\n]{0,12}control[^.;!?\\n]{0,15}(?:intestin\\w*|heces|vientre|caca|esfinter anal)',
    'no (?:me )?(?:controlo|controla|aguanto|aguanta|siento|noto)[^.;!?\\n]{0,25}(?:heces|caca|deposicion\\w*|vientre|intestin\\w+|esfinter\\w*)|ensucio la ropa|(?:problemas?|alteracion\\w*) (?:de|con|en) (?:el |los )?(?:intestin\\w*|vientre)',
  ),
  ...p(
    'bowel',
    `${UNAWARE}[^.;!?\\n]{0,25}(?:heces|\\bcaca\\b|deposicion\\w*|\\bgases\\b|ganas de (?:cagar|defecar|ir al bano))`,
    '(?:heces|caca|gases)[^.;!?\\n]{0,15}(?:sin|se (?:me |le )?(?:escapa|sale))\\w*',
  ),
  ...p(
    'sexual',
    '(?:no (?:tengo|logro|consigo|puedo|hay)|sin|perdida de|dificultad\\w*)(?! (?:problema|dificult|alterac))[^.;!?\\n]{0,20}(?:ereccion\\w*|orgasmos?)|ereccion\\w*|impotencia|disfuncion (?:sexual|erectil)|orgasmos?|eyacul\\w+|(?:problemas?|alteracion\\w*) sexual\\w*|no siento[^.;!?\\n]{0,25}(?:relaciones|sexo)',
  ),
  ...p(
    'bilateral',
    '(?:ambas|las dos|mis dos|sus dos|las 2) piernas|(?:ambos|los dos|mis dos|los 2) pies|bilateral(?:es|mente|ly)?\\b(?!\\W{0,3}(?:\\w+ )?(?:hamstring|facet|sij|sacroilia|hips?\\b|knees?\\b|hands?\\b|arm|shoulder|wrist|carpal|elbow|foramin|recess|pars\\b|paraspinal|lumbar|low(?:er)? back|back pain|bridge|breath|air entry|pulses|reflex|slr|normal|caderas|manos|hombros|rodillas))|en la otra pierna tambien|tambien (?:en )?la otra pierna|pierna (?:derecha e izquierda|izquierda y (?:la )?derecha|derecha y (?:la )?izquierda)',
  ),
  ...p(
    'bilateral',
    '\\b(?:izquierd[oa]|derech[oa]|una(?: sola)? pierna)\\b(?:(?!\\bbien\\b|normal)[^.;!?\\n]){0,50}\\b(?:ahora|tambien|ademas|ya)\\b(?:(?!\\bbien\\b|normal)[^.;!?\\n]){0,30}\\b(?:la|el|en|las) (?:pierna )?(?:otr[oa]|dos|derech[oa]|izquierd[oa])\\b(?! (?:esta|va) bien)',
  ),
  ...p(
    'weakness',
    `(?:cada vez|cada dia)[^.;!?\\n]{0,20}(?:levanto|muevo|subo|doblo) (?:menos|peor)[^.;!?\\n]{0,15}\\b${LIMB}|(?:levanto|muevo|subo|doblo)[^.;!?\\n]{0,15}\\b${LIMB}[^.;!?\\n]{0,20}\\b(?:menos|apenas|poco)\\b|\\b(?:apenas|casi no) (?:puedo )?(?:levant|muev|mov|sub|dobl)\\w+[^.;!?\\n]{0,15}\\b${LIMB}`,
    `pie caido|se (?:me )?ha caido el pie|arrastr\\w+ (?:el |la |mi |un |una |los )?(?:pie|pierna|pies)|(?:debilidad|debil\\w*|paralis\\w*|paraliz\\w*)[^.;!?\\n]{0,30}\\b${LIMB}`,
    `\\b${LIMB}[^.;!?\\n,]{0,30}(?:debil\\w*|sin fuerza|no (?:me )?respond\\w+|se (?:me |le )?(?:dobla|va|vence)\\w*|fall\\w+|floj[oa]s?|paraliz\\w+)`,
    `(?:perdida de|perdido(?: la| mucha)?|perdi|pierdo|no tengo(?: casi| ninguna)?|menos|sin|poca|falta de) fuerza[^.;!?\\n]{0,30}`,
    `${CANT}[^.;!?\\n]{0,25}(?:levantar|mover|subir|alzar|doblar|apoyar)[^.;!?\\n]{0,20}\\b${LIMB}`,
    `${CANT}[^.;!?\\n]{0,15}(?:andar|caminar|ponerme|ponerse) (?:de|en) (?:puntillas|talones|puntas)|me tropiezo|tropiezo con el pie|se me (?:dobla|va|vence|afloja|duerme y falla)\\w* (?:la |el )?(?:pierna|rodilla|pie)|me falla\\w* (?:la |el )?(?:pierna|rodilla|pie)`,
    '\\bpie (?:derecho |izquierdo )?(?:se (?:me )?cae|(?:me )?cuelga|colgando)|se me cae el pie|\\btropiezo\\b',
  ),
  ...p(
    'weakness',
    `(?:no )?(?:podia|podria|pude)[^.;!?\\n]{0,25}\\b${LIMB}[^.;!?\\n]{0,40}\\b(?:hoy|ahora|ya)[^.;!?\\n]{0,10}\\b(?:no|nada)\\b`,
  ),
  ...p(
    'progression',
    '(?:semana pasada|ayer|antes)[^.;!?\\n]{0,40}\\b(?:hoy|ahora)\\b[^.;!?\\n]{0,10}\\b(?:no|nada|menos)\\b|aument\\w+|va a mas|van a mas|desde (?:el )?(?:fin de semana)|de dia en dia|cada (?:vez|dia) (?:\\w+ )?(?:mas|peor|menos)|empeor\\w+|\\bpeor\\b|progresiv\\w+|progres(?:a|ando|o)\\b|desde (?:ayer|anoche|esta manana|hace (?:\\w+ )?(?:dias?|horas?)|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))|en (?:los ultimos|las ultimas|pocos|pocas|unos|unas) (?:\\w+ )?(?:dias?|horas?)|mas debil|de repente|de golpe|subit\\w+|avanza\\w*|\\bayer\\b|esta manana',
  ),
  ...p(
    'cord',
    'manos torpes|torpeza (?:en|de) las manos|calambres? (?:electricos?)[^.;!?\\n]{0,15}(?:espalda|columna)|marcha inestable|piernas rigidas',
  ),
  ...p(
    'fever',
    'destemplad[oa]|frio y calor|sudores(?! de la menopausia)|empapad[oa] en sudor|calentura|fiebre(?! del heno| reumatica| amarilla)|\\bfebril|escalofrios|tirit\\w+|sudor\\w* nocturn\\w*|sud\\w+ (?:mucho )?(?:por|de|en|cada|todas) (?:las? )?noches?|temperatura (?:alta|de (?:3[89]|40))|(?:3[89]|40)(?:[.,]\\d)? ?grados',
  ),
  ...p(
    'weight-loss',
    '(?:he |ha )?(?:perdido|bajado|pierdo|perdida|perdi|baje)[^.;!?\\n]{0,30}(?:peso|kilos?|\\bkg)|adelgaz\\w+|ropa (?:me|le) (?:queda|esta|viene) (?:\\w+ )?(?:grande|enorme|ancha|holgada|suelta)|se me caen los pantalones',
  ),
  ...p(
    'cancer',
    '(?:me|le) (?:quitaron|extirparon|sacaron) (?:un |una |el |la |los |las )?(?:\\w+ )?(?:pecho|seno|mama|bulto malo|lunar malo|tumor)|operad[oa] (?:de (?:la |el |un )?)(?:mama|pecho|seno|tumor|cancer)|en remision|bultos? malos?|hodgkin|gammapatia',
    '(?<!signo |signo es |horoscopo |soy |sign |sign is |zodiac )cancer(?!ian| sign)|tumor\\w*|carcinoma|linfoma|mieloma|melanoma|leucemia|metasta\\w+|quimio\\w*|radioterapia|mastectomia|sarcoma|malign[oa]s?|oncolog\\w+',
  ),
  ...p(
    'severe-trauma',
    '(?:cai|caida|cayo|caido|caer\\w*|rod[eo]\\w*|rodado|baj[eo] rodando|precipit\\w+|tir\\w+|lanz\\w+)[^.;!?\\n]{0,20}(?:desde|de|por|del) (?:\\w+ )?(?:escaleras?|tejado|techo|altura|caballo|arbol|andamio|muro|balcon|ventana|moto\\w*|bici\\w*|\\d+ metros)|(?:cai|caida|caido|golpe\\w*|estrell\\w+)[^.;!?\\n]{0,30}\\b(?:velocidad)\\b',
    '(?:me|le|lo|la) (?:tiro|tumbo|lanzo|derribo|volteo) (?:el|la|un|una|mi|su) (?:caballo|yegua|toro|vaca|moto|bici\\w*|coche|camion|ola)\\b|accidente (?:de )?(?:coche|carro|moto\\w*|trafico|auto\\w*|bici\\w*)|atropell\\w+|(?:moto|coche|carro|camion|bici\\w*) me (?:dio|golpeo|tiro|embistio|pego)|choque (?:de|con|en)\\b|(?:me|nos|lo|la) choc(?:o|aron)\\b|chocamos|rod(?:e|o|ando|amos) (?:\\w+ )?(?:escaleras?|hasta abajo|cuesta abajo)|escaleras abajo|volcadura|volc(?:amos|aron|o)\\b|volque\\b|accidente (?:vial|en (?:la |el )?(?:moto|carro|coche|auto))',
  ),
  ...p(
    'minor-trauma',
    '\\btras (?:levant|agach|tos|estornud|gir|cog|recog|estir|carg|empuj)\\w*|\\b(?:me|le) tron(?:o|aron) (?:la|el|algo)',
    '\\b(?:me cai|se cayo|una caida|(?:se sento|me sente|sentarse|sentarme) (?:de golpe|mal|bruscamente|de culo)|(?<!(?:mano|vejiga|matriz|pierna|cara) )caidas?(?! de(?:l)? (?:pelo|cabello|parpado|pie|ojo|un pie)| desde| de\\w* \\w+ metros)|caida desde su (?:propia )?altura|resbal\\w+|tropece|culada|culetazo|cai de culo|bache|badén|baden)\\b|(?:tosi|tose|toser|estornud\\w+|agach\\w+|levant\\w+)[^.;!?\\n]{0,40}(?:crujido|chasquido|crac\\b|latigazo)|(?:note|senti|oi|noto|sintio|oyo) (?:un |como un )?(?:crujido|tronido|chasquido|crac\\b)',
  ),
  ...p(
    'steroids',
    'prednis\\w+|dexametasona|metilpred\\w+|(?:tomo|uso|usa|tomando|toma|pastillas de|tratamiento (?:\\w+ )?con|uso (?:\\w+ )?de)[^.;!?\\n]{0,20}(?:cortico\\w*|cortisona|esteroides)',
  ),
  ...p(
    'osteoporosis',
    'huesos (?:\\w+ )?(?:debiles|fragiles|de cristal|descalcificad\\w+|poros\\w+|blandos|finos)|osteoporo\\w+|huesos fragiles|alendron\\w+|risedron\\w+|zoledron\\w+|denosumab',
  ),
  ...p(
    'intravenous-drugs',
    'me (?:pico|pincho|chuto|meto) (?:caballo|jaco|coca|en vena|por la vena)|caballo en vena|por la vena|\\budvp\\b|heroina|(?:me (?:inyect|pinch|chut)\\w+|inyect\\w+)[^.;!?\\n]{0,15}(?:drogas?|heroina|cocaina)|drogas? (?:intravenosas?|inyectad\\w*)|via parenteral',
  ),
  ...p(
    'immunosuppression',
    '\\bvih\\b|inmuno ?(?:supres|deprim|deficien)\\w*|trasplant\\w+|quimio\\w*|metotrexato|azatioprina|tacrolimus|dialisis',
  ),
  ...p(
    'infection-source',
    '(?:reciente|tuve|tuvo|he tenido|ha tenido|despues de|me trataron)[^.;!?\\n]{0,30}(?:infeccion|absceso|operacion|cirugia|epidural|infiltracion)|infeccion (?:reciente|de orina|urinaria)|bacterias? en (?:la )?sangre|sepsis|endocarditis|tubercul\\w+|discitis|osteomielitis|bacteriemia',
    'herida[^.;!?\\n]{0,15}(?:supur\\w*|pus\\b|infectad\\w*)',
  ),
  ...p(
    'night-pain',
    'dolor\\b[^.;!?\\n]{0,20}\\b(?:me|le) despierta\\b|me despiert[oa] (?:del|por el|con) dolor',
    '\\bni (?:acostad|tumbad|echad)[oa]\\b|despierta (?:por|de|en|cada|todas) (?:las? )?noches?|dolor nocturno|dolor (?:por|de) la noche|peor (?:por|de) la noche',
  ),
  ...p(
    'pulsatile',
    '(?:de repente|subit\\w+|de golpe|brutal)[^.!?\\n]{0,40}(?:espalda|tripa|barriga|abdomen|vientre)[^.!?\\n]{0,60}(?:desmay\\w+|mare\\w+|sincope|perdi el conocimiento|sudor frio)',
    '(?<!\\b(?:estenosis|valvula|valvulopatia|insuficiencia|esclerosis|protesis|raiz) )\\baort(?:a|ic[oa]s?)\\b(?! (?:valvula|estenosis|bicuspide|valve|valv|sclerosis|regurgitation))',
    '(?:bulto|masa|algo)\\b[^.;!?\\n]{0,15}\\b(?:late|palpita|pulsa)\\w*|pulsatil\\w*|pulsante|aneurisma|latidos? (?:\\w+ )?en (?:el |la |mi )?(?:abdomen|barriga|vientre|panza|estomago|tripa|guata)|dolor desgarrante',
  ),
  ...p(
    'cold-limb',
    '(?:pie|pierna|pies|dedos) (?:\\w+ ){0,5}(?:fri[oa]s?|azul\\w*|palid[oa]s?|blanc[oa]s?|morad[oa]s?)\\b',
  ),
  ...p(
    'better-moving',
    '(?:mejor\\w*|alivia\\w*|se pasa)[^.;!?\\n]{0,25}(?:mov\\w+|muev\\w+|ejercicio|andar|caminar)',
  ),
  ...p(
    'worse-resting',
    '(?:peor|no mejor\\w*)[^.;!?\\n]{0,25}(?:repos\\w+|descans\\w+|tumbad\\w+|quiet\\w+)',
  ),
  ...p(
    'spondyloarthritis',
    'uveitis|psoria\\w+|crohn|colitis ulcerosa|hla[- ]?b ?27|espondil(?:itis|oartritis)\\w*|sacroileitis',
  ),
  ...p('morning-stiffness', 'rigid\\w+[^.;!?\\n]{0,20}(?:manana|matutina|levantarme)'),
  ...p(
    'claudication',
    '\\b(?:camin\\w+|and(?:ar|o|ando)|de pie|metros|cola)\\b[^!?\\n]{0,110}\\b(?:sent\\w+|siento|sentado|inclin\\w+|agach\\w+|carrito|parar|paro|descans\\w+)',
  ),
  ...p(
    'severe-weakness',
    'no (?:soy|es) capaz de (?:mover|levantar|subir|doblar) (?:el |la |los )?(?:pie|tobillo|pierna|rodilla|dedos?|punta)|pie caido|pie pendulo|marcha en estepaje|se me ha caido el pie',
  ),
  ...p(
    'cord',
    'mielopat\\w*|compresion medular|hiperreflexia|reflejos vivos|espastic\\w*|babinski|nivel sensitivo|(?:ando|camino|camina) como (?:un )?borrach[oa]',
  ),
  ...p(
    'spinal-needle',
    '(?:epidural|infiltracion|puncion lumbar|inyeccion en la (?:espalda|columna)|operacion de (?:espalda|columna|hernia)|me operaron de (?:la )?(?:espalda|columna|hernia))[^.!?\\n]{0,40}\\b(?:hoy|ayer|esta manana|anoche|hace (?:unas? |dos |tres |\\d )?(?:horas?|dias?))',
    '\\b(?:hoy|ayer|esta manana|anoche|hace (?:unas? |dos |tres |\\d )?(?:horas?|dias?))[^.!?\\n]{0,30}(?:epidural|infiltracion|puncion lumbar|me operaron de (?:la )?(?:espalda|columna|hernia))',
  ),
  ...p(
    'blood-thinner',
    'anticoagul\\w*|sintrom|acenocumarol|warfarina|apixaban|eliquis|rivaroxaban|xarelto|heparina|clopidogrel',
  ),
  ...p(
    'sudden-severe-pain',
    'dolor[^.;!?\\n]{0,25}(?:terrible|insoportable|horrible|fortisimo|brutal|intenso)',
  ),
  ...p('rash', 'herpes|culebrilla|ampollas?|sarpullido|erupcion\\w*|vesiculas'),
];

export const SPANISH_PHRASES: PhraseBook = {
  phrases,
  negators:
    /\b(?:no|nunca|jamas|sin|niega|nego|niego|tampoco|ni|ningun[oa]?|nada(?= (?:de|dormid|adormec|entumec|floj|debil|raro))|ausencia de|descarta\w*)\b/g,
  falseNegators:
    /\b(?:no (?:puedo|puede|consigo|consigue|logro|logra|pude|pudo|podia|he podido|ha podido)|(?<=\b(?:goal|objetivo|meta|quier[oe]|quisiera|querria|gustaria|deseo|espero|ojala)\b[^.;!?\n]{0,70})sin|no solo|no solamente|no se si|no estoy segur[oa]|no (?:ha )?mejora\w*|no se (?:me |le )?(?:quita|va|pasa)|no ha desaparecido|sin (?:mejora|mejoria|alivio|cambios?)|no (?:lo|le|se lo) he (?:dicho|contado)|no cabe duda|sin duda)\b/g,
  listNegators: /^(?:niega|nego|niego|sin|ausencia de|descarta\w*)$/,
  listJoiners: /\b(?:o|ni|u)\b/,
  clauseEnds:
    /[.;:!?\n]|\b(?:pero|aunque|sin embargo|salvo|excepto|solo|porque|desde|entonces|mas bien|[ye](?= (?:a veces|cuando|hoy|tengo|tiene|siento|noto|me|se|he|ha|ahora|mi|no|la|el|ya|empez\w+)\b))\b/g,
  hedgesBefore:
    /\b(?:evitar|prevenir|miedo (?:a|de|que)|temo|preocupa\w*(?! es que)|podria ser|puede ser que sea|riesgo de)\b/,
  hypothetical:
    /\b(?:(?:dij(?:o|eron)|dice|dicen|advirti\w+|explic\w+|avis\w+|recomend\w+) (?:\w+ )?que si\b|(?:vuelva|volver|vuelve|llame|llamar|acuda|acudir|urgencias|avise|avisar) si|si (?:aparece\w*|apareciera\w*|notara)|por si|(?:informacion|hoja|instrucciones) (?:\w+ )?(?:sobre|de|acerca)|(?:sintomas|signos|motivos|criterios) (?:de alarma|de alerta|que (?:obligan|deben|motivan|requieren)|por los que)|se (?:le )?(?:explic\w+|inform\w+|advirt\w+|recomiend\w+) (?:\w+ )?(?:sobre|de|que|los|las)|he leido|lei sobre|he oido|me (?:dijeron|dijo) que (?:vigil\w+|mir\w+|est\w+ atent\w+)|vigilar|descartar|folleto)\b/,
  relatives:
    /\b(?:compadres?|comadres?|madre|padre|mi mama|mi papa|padres|herman[oa]s?|suegr[oa]s?|cunad[oa]s?|yerno|nuera|ti[oa]s?|abuel[oa]s?|espos[oa]|marido|mujer(?! (?:de \d|\d|con|que|operad|diagnostic|joven|embaraz))|pareja|amig[oa]s?|vecin[oa]|antecedentes familiares|familiares?|hij[oa]s?|prim[oa]s?)\b/,
  normalAfter:
    /^[^.;!?\n]{0,30}?\b(?:(?:es|son|esta|estan|va|van|funciona\w*|sigue\w*)\s+(?:\w+ )?(?:bien|normal\w*|conservad\w+|intact\w+|sin cambios)|(?<!\bfrom )normal\w*|con normalidad|conservad\w+)\b/,
  overAfter:
    /^[^.;!?\n]{0,40}?\b(?:se (?:me |le )?(?:quito|paso|fue)|ya paso|ha desaparecido|hace (?:\w+ )?anos|de (?:nino|nina|pequeno|pequena)|en el pasado)\b/,
  longSince:
    /\b(?:siempre (?:los |las )?(?:he|ha|han|tuve|tengo)\b|desde (?:hace (?:\w+ )?anos|siempre|nin[oa]|pequen[oa]|(?:muy )?(?:chic[oa]|joven)|la infancia|el parto|la menopausia|que (?:tuve|nacio)\w*|mi (?:primer|segundo|tercer|ultimo) (?:hijo|parto|embarazo))|hace (?:\w+ )?anos|a los \w+ anos(?! de)|en (?:el (?:ano )?)?(?:19\d\d|20[01]\d|202[0-3])|desde el (?:principio|inicio|comienzo) del embarazo|de (?:nino|nina|pequeno|pequena|joven)|(?<!\bfum\w{0,6} (?:de )?)(?:de )?toda (?:la|mi) vida|como siempre|igual que (?:siempre|antes)|sin cambios|nada nuevo|no ha cambiado|no es nuevo)\b/,
  freshly:
    /\b(?:ahora|hoy|ayer|anoche|esta (?:semana|manana)|ultim[oa]s (?:dias|horas|semanas)|de repente|de golpe|nuevo|nueva|empez\w+|empeor\w*|peor|mas que|distint[oa]|nunca|recient\w+|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|dias|horas|ha vuelto)\b/,
  anotherPerson:
    /\b(?:a )?un(?:a)? (?:amig[oa]|vecin[oa]|companer[oa]|conocid[oa]|familiar|prim[oa]|ti[oa])\b[^.;!?\n]{0,12}\b(?:le|tuvo|tiene|tenia|murio|acabo|sufrio|perdio)\b|\b(?:mi|su) (?:madre|padre|mama|papa|herman[oa]|ti[oa]|abuel[oa]|espos[oa]|marido|mujer|pareja|amig[oa]|vecin[oa]|prim[oa]|hij[oa]|niet[oa]|bebe|nin[oa]|suegr[oa]|cunad[oa]|yerno|nuera|jef[ea]|companer[oa]|perr[oa]|gat[oa]|caballo) (?:tambien )?(?:se hace|se orina|se moja|lleva panal|usa|necesita|tuvo|tiene|tenia|murio|sufrio|sufre|perdio|estuvo|esta|acabo|arrastraba|arrastra|cojeaba|cojea|llevaba|se (?:cayo|rompio|fracturo|lastimo|mato)|quedo|tomo|fallecio)\b/,
  idioms:
    /\b(?:levantar|quitar|sacar) el pie del (?:acelerador|freno|embrague|pedal)\b|\bsigno (?:del zodiaco |zodiacal )?(?:es |de )?cancer\b|\bme (?:meo|mee|cago|parto) de (?:risa|la risa)\b|\b(?:rei|reimos|reir|reirme|risa)\b[^.;!?\n]{0,30}\bcasi (?:me )?(?:hago|meo|orino|hice|orine|mee)\w*(?: (?:pis|pipi|encima))*|\b(?:trabaj\w+|emplead[oa]|enfermer[oa]|celador[a]?|medic[oa]|turnos?) (?:\w+ )?(?:en|de) (?:la |el |una )?(?:planta de |sala de )?(?:oncologia|quimioterapia|cancer)\b|\b(?:puede|pueden|podria|suele) (?:dar|causar|provocar|producir) (?:\w+ )?(?:fiebre|infeccion|debilidad|incontinencia|paralisis|hormigueo\w*|sangrado)\b|\b(?:soy|signo) cancer\b|\bcancer (?:ascendente|y mi)\b|\bdolor de (?:huevos|cojones)\b|\bno (?:noto|siento|he notado|tengo) (?:nada|ningun\w*) (?:raro|extrano|anormal|distinto)\b|\bme importa un \w+\b|\bhasta el (?:culo|ano)\b/g,
  newAfter: /^[^.;!?\n]{0,20}?\b(?:asi|como (?:esto|este|ahora)|antes|hasta (?:ahora|hoy|ayer))\b/,
};
