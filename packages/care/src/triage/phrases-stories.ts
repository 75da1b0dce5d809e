import type { Phrase, TextConcept } from './concept.ts';

/**
 * Dangers as a longer story tells them, where no single word is one: aids that grow from stick to wheelchair, a pain that no posture changes, a wound that
 * weeps, a beast that throws. English and Spanish. Text as in `word-net.ts`.
 */
const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

/** However one holds the body. */
const POSTURE = '(?:sit|stand|lie|lay|lying|move|rest)\\w*';

const CLUMSY_HANDS =
  '(?:\\b(?:drop(?:s|ped|ping)|fumbl\\w+)\\b[^.;!?\\n]{0,30}\\b(?:cups?|keys|coins|pens?|tools?|lever|cutlery|fork|spoon|needles?|things|screws|nails|phone|mugs?|plates?)\\b|\\b(?:do up|fasten|button|manage)\\b[^.;!?\\n]{0,12}\\b(?:cuffs?|buttons?|shirt|bra|zips?)\\b|\\b(?:abroch\\w+|aboton\\w+)\\b|\\bse (?:me|le) caen\\b[^.;!?\\n]{0,15}\\b(?:cosas|agujas|llaves|clavos|vasos|monedas|cuchara\\w*|tazas?)\\b)';
const UNSTEADY =
  '(?:\\bwalk(?:s|ing)? (?:\\w+ ){0,3}(?:like|as if)\\b[^.;!?\\n]{0,30}\\b(?:drunk\\w*|ferry|boat|ship|deck|sailor|robot|stilts|duck|pints?|beers?|drinks)\\b|\\b(?:unsteady|stagger\\w*|sway\\w*|lurch\\w*)\\b|\\bcamin\\w+ (?:como|igual)\\b[^.;!?\\n]{0,20}\\b(?:borrach\\w*|pato|robot|barco)\\b|\\b(?:agarrad[oa]|apoyad[oa]|pegad[oa]) (?:a|de|en) (?:la pared|las paredes|los muebles)\\b)';

export const STORY_PHRASES: readonly Phrase[] = [
  ...p(
    'night-pain',
    `(?:does ?n[o']?t (?:care|matter)|no matter|regardless of|makes no difference)[^.;!?\\n]{0,15}\\b(?:how|whether|if|where) (?:i|he|she) ${POSTURE}`,
    '\\b(?:unrelated to|not related to|independent of|sin relacion con) (?:the |la |el )?(?:load\\w*|carga|esfuerzo|exertion|movimiento)\\b',
    '(?:da igual|da lo mismo|no importa)[^.;!?\\n]{0,15}\\b(?:si|como) (?:me |se )?(?:siento|acuesto|paro|tumbo|sienta|acuesta|para)\\b',
  ),
  ...p(
    'severe-weakness',
    '\\b(?:stick|cane)\\b[^!?\\n]{0,50}\\b(?:frame|walker|zimmer|crutches)\\b[^!?\\n]{0,50}\\b(?:wheel ?chair|hoist|carried)\\b|\\bbaston\\b[^!?\\n]{0,50}\\b(?:andador|muletas)\\b[^!?\\n]{0,50}\\b(?:silla de ruedas|en brazos)\\b',
    '\\b(?:used to (?:need|take)|needed|with|by) (?:just )?(?:one|1)\\b[^!?\\n]{0,40}\\bnow (?:it )?(?:takes|needs|with) (?:two|2)\\b|\\b(?:una|1) (?:sola )?persona\\b[^!?\\n]{0,15}\\bahora (?:entre |con |necesita )?(?:dos|2)\\b',
    '\\bno (?:\\w+ )?(?:despeg|levant|sub)[ao] (?:el|los) talon\\w*|\\b(?:talon|pie|punta|izquierd[oa]|derech[oa])\\b[^.;!?\\n]{0,10}\\bse (?:me |le )?desploma\\b',
  ),
  ...p(
    'weakness',
    '\\blegs?\\b[^.;!?\\n]{0,12}\\bnot doing (?:what|as) (?:i|he|she)\\b|\\bpiernas? no (?:me |le )?hacen? (?:lo que|caso)\\b',
  ),
  ...p(
    'severe-trauma',
    '\\b(?:caballo|yegua|mula|burro|toro|vaca|moto|bici)\\b[^.;!?\\n]{0,6}\\b(?:me|lo|la|le|nos) (?:tiro|tumbo|boto|arrastro|lanzo|volteo)\\b|\\bpor encima del (?:manubrio|manillar|volante)\\b',
    '\\bparacaidas\\b[^!?\\n]{0,25}\\baterri\\w+ (?:sentad[oa]|de (?:espaldas|culo|nalgas)|mal)|\\b(?:hallaron|encontraron|encontre|hallo)\\b[^.;!?\\n]{0,12}\\bal pie de (?:la|las|una) escaleras?\\b',
    '\\bconvulsion\\b[^!?\\n]{0,40}\\bdesde (?:ese dia|entonces|ahi)\\b[^!?\\n]{0,30}\\b(?:espalda|columna|espinazo)\\b',
  ),
  ...p(
    'infection-source',
    '\\bherida\\b[^.;,!?\\n]{0,25}\\b(?:suelta|bota|mana|drena|rezuma|chorrea|echa)\\b|\\bcicatriz\\b[^.;!?\\n]{0,30}\\b(?:huele|apesta|se abrio|supura|liquido)\\b',
    '\\b(?:ulcers?|bed ?sores?|ulceras?|llagas?|escaras?)\\b[^.;!?\\n]{0,20}\\b(?:stink\\w*|smell\\w*|apesta\\w*|huelen?)\\b|\\bcateter\\b[^.;!?\\n]{0,8}\\b(?:colorad[oa]|roj[oa]|rojiz[oa])\\b',
  ),
  ...p(
    'fever',
    '\\b3[89] y (?:pico|medio|algo)\\b|\\bcastanete\\w+|\\btiembl\\w+ que (?:mueve|sacude|se mueve)|\\b(?:esta|anda|amanecio) ardiendo\\b(?! de)',
    '\\b(?:skin|forehead|head)(?:\\W?s| is| feels)? (?:burning|boiling|hot)\\b(?! (?:water|sun))',
  ),
  ...p(
    'cancer',
    '\\b(?:incidental|indeterminate|unexplained) (?:\\w+ )?lesion\\b[^.;!?\\n]{0,40}\\b(?:further|suggest\\w*|recommend\\w*|mri|follow)|\\blesion (?:\\w+ )?(?:incidental|indeterminada)\\b[^.;!?\\n]{0,30}\\b(?:sugier\\w+|ampliar|recomiend\\w+)',
  ),
  ...p(
    'self-harm',
    '\\b(?:googl\\w+|search\\w*|look(?:ed|ing) up|read(?:ing)? up|busc(?:o|a|ue|ando)|googlee)\\b[^.;!?\\n]{0,25}\\b(?:how long it takes in|how long it takes to die|painless|lethal dose|ways to (?:die|end)|cuanto tarda (?:el|en)|dosis (?:letal|mortal)|sin dolor para morir)\\b',
    '\\b(?:bought|got|compre|consegui|compro)\\b[^.;!?\\n]{0,6}\\b(?:rope|noose|soga|cuerda|hose|manguera|blades?|navajas?)\\b[^!?\\n]{0,70}\\b(?:behind|hid|hidden|escond\\w+|detras)\\b',
    '\\b(?:stopp?(?:ed|ing)|quit|refus\\w+|dej[oe]|dejado)\\b[^.;!?\\n]{0,20}\\b(?:insulin\\w?|dialysis|dialisis|eating|food|comer)\\b[^.;!?\\n]{0,15}\\b(?:on purpose|deliberately|a proposito|adrede)\\b',
    '\\b(?:hid|hidden|locked away|escondi|escondimos)\\b[^.;!?\\n]{0,12}\\b(?:knives|blades|razors|cuchillos|navajas)\\b(?![^.;!?\\n]{0,20}\\b(?:toddler|baby|bebe|nin[oa]s?|kids|cake)\\b)',
    '\\b(?:grandad|granddad|grandfather|grandpa|uncle|father|dad|brother|abuelo|tio|padre|hermano)\\b[^.;!?\\n]{0,20}\\b(?:ended it|did it|shot himself|hanged himself|acabo con|se mato|se colgo)\\b[^!?\\n]{0,70}\\b(?:understand (?:him|why)|(?:lo|le) entiendo)\\b',
    '\\b(?:scars?|cuts?|marks|cortes|marcas)\\b[^.;!?\\n]{0,20}\\b(?:both|ambos|los dos) (?:forearms|wrists|thighs|antebrazos|brazos|muslos)\\b',
    '\\b(?:pray|ask|thank|pido|rezo|ruego)\\b[^.;!?\\n]{0,60}\\b(?:make it the last|be the last (?:one|night)|sea la ultima)\\b',
    '\\b(?:switch|button|interruptor|boton)\\b[^.;!?\\n]{0,40}\\b(?:i(?:\\W?d| would) have (?:flick\\w*|press\\w*|push\\w*)|ya lo habria)\\b',
    "\\b(?:not|n't) (?:her|his|your|their|anyone's|anybody's) fault (?:what|whatever) (?:happens|comes)|\\blo que (?:venga|pase|haga) no es culpa\\b",
    "\\b(?:not|never) (?:to )?be(?:ing|come)? (?:an?y?body|somebody|someone|anyone|anybody)(?:'s|s)? (?:problem|burden|trouble)\\b|\\bno ser (?:un |una )?(?:problema|estorbo|carga) (?:de|para) nadie\\b",
    '\\b(?:viaduct|bridge|river|railway|viaducto|puente|rio|azotea)\\b[^.;!?\\n]{0,20}\\b(?:it )?\\W?(?:calls (?:him|her|me|to)|calls\\b\\W?$|lo llama|la llama|me llama)\\b',
    '\\b(?:crossing|cross|cruzo|cruza)\\b[^.;!?\\n]{0,20}\\b(?:don.?t look|do not look|without looking|sin mirar)\\b[^!?\\n]{0,60}\\b(?:lorr(?:y|ies)|trucks?|traffic|cars|camion(?:es)?|coches|up to|que decidan)\\b',
    '\\bfound\\b[^.;!?\\n]{0,15}\\bwith (?:a |the |his |her )?(?:belt|rope|noose|ligature)\\b(?! on\\b)',
  ),
  ...p(
    'minor-trauma',
    '\\b(?:back|ribs?|spine)\\b[^.;!?\\n]{0,20}\\b(?:went|gave|popped|cracked)\\b[^.;!?\\n]{0,15}\\bhug\\w*|\\b(?:me|le) abraz\\w+[^.;!?\\n]{0,30}\\bse (?:me|le) fue la espalda\\b',
  ),
  ...p(
    'intravenous-drugs',
    '\\b(?:use|uses|using|share|shares|shared|sharing) needles\\b(?! for (?:acupuncture|knitting|sewing|insulin|my insulin|b12))',
  ),
  ...p('fever', '\\b(?:me|le) sube (?:la )?(?:temperatura|calentura|fiebre)\\b'),
  ...p(
    'cord',
    '\\b(?:toques|corrientazos?|calambrazos?|descargas?|latigazos?)\\b[^.;!?\\n]{0,40}\\b(?:al (?:bajar|agachar|doblar|inclinar|flexionar)|(?:cuando|si) (?:agach|baj|dobl|inclin|flexion)(?:o|a)) (?:la cabeza|el cuello)\\b',
  ),
  ...p(
    'severe-weakness',
    '\\bfalls\\b[^!?\\n]{0,60}\\b(?:foot|toes?|shoe)\\b[^.;!?\\n]{0,12}\\b(?:catch\\w*|snag\\w*) on\\b',
    '\\bpiernas?\\b[^.;!?\\n]{0,25}\\bno (?:me|lo|la|le) llevan?\\b',
  ),
  ...p('bladder', '\\baccidents? in (?:the |my |his |her )?bed\\b'),
  // Walking aids that multiply, told without a verb of weakness.
  ...p(
    'severe-weakness',
    '\\b(?:stick|cane|baston)\\b[^!?\\n]{0,40}\\b(?:two|2|dos) (?:sticks?|canes?|bastones|crutches|muletas)\\b(?![^.;!?\\n]{0,30}\\b(?:better|to one|down to))',
  ),
  ...p('fever', '\\bamane\\w+ (?:tod[oa] )?(?:empapad|mojad|chorread|sudad)[oa]\\b'),
  ...p(
    'systemic-alarm',
    '\\b(?:streaks?|specks?|spots?|flecks?|bits?) of (?:red|blood|rust)(?: colou?r)?\\b[^.;!?\\n]{0,25}\\b(?:hanky|hankie|handkerchief|tissues?|phlegm|spit|sputum|sink)\\b|\\bface (?:any |my |his |her |the )?(?:food|dinners?|meals?|tea|breakfast)\\b',
    '\\b(?:one of my|my (?:left|right)|my|his) (?:balls?|testicles?|nuts?|bollocks?|nads?)\\b[^.;!?\\n]{0,30}\\b(?:hard|bigger|larger|swollen|lump\\w*|size of)\\b|\\bun (?:huevo|testiculo)\\b[^.;!?\\n]{0,30}\\b(?:duro|grande|hinchado|bola)\\b',
  ),
  ...p(
    'cancer',
    '\\bmole\\b[^.;!?\\n]{0,60}\\b(?:nasty one|bad one|melanoma|malignant|cancerous)\\b|\\blunar\\b[^.;!?\\n]{0,50}\\b(?:malo|maligno|melanoma|cancer)\\b',
  ),
  ...p(
    'pulsatile',
    // Whose Marfan it is does not matter: it runs in families.
    '(?<=\\bmarfan\\w*[^!?\\n]{0,200})\\b(?:sudden\\w*|came on (?:like|in)|out of nowhere|tear(?:s|ing)?|ripp\\w*|de golpe|de repente)\\b',
    '\\b(?:like|as if|as though|como si)\\b[^.;!?\\n]{0,25}\\b(?:ripp\\w+|tear\\w*|tore|rasg\\w+|desgarr\\w+)\\b[^.;!?\\n]{0,40}\\b(?:between (?:my|the|his|her) shoulders?|shoulder blades?|chest|pecho|omoplatos)\\b',
  ),
  // Hands that drop and fumble beside a gait that sways: the cord in the neck.
  ...p('cord', `${CLUMSY_HANDS}[^!?\\n]{0,200}${UNSTEADY}|${UNSTEADY}[^!?\\n]{0,200}${CLUMSY_HANDS}`),
  ...p(
    'fever',
    '\\b(?:bed|sheets?|pyjamas|pajamas|nightie|nightshirt|pillow(?:case)?)\\b[^.;!?\\n]{0,15}\\b(?:wringing|soaking|dripping|sopping|drenched)\\b(?! (?:in|with) (?:pee|wee|urine))',
    '\\btiritonas?\\b|\\bafiebrad[oa]\\b|\\bafebrad[oa]\\b|\\b(?:me|le) (?:agarra|da|entra|coge) (?:un |mucho |un gran )?frio\\b[^.;!?\\n]{0,40}\\b(?:frazadas?|cobijas?|mantas?|tiembl\\w+|tap[oa])\\b',
  ),
  ...p(
    'infection-source',
    '\\bcateter\\b[^.;!?\\n]{0,60}\\binfect\\w+|\\b(?:herida|ulcera|llaga|absceso)\\b[^.;!?\\n]{0,20}\\bdrenad[oa]\\b|\\bdrenaron\\b[^.;!?\\n]{0,20}\\b(?:herida|ulcera|absceso)\\b',
    '\\b(?:tbc|tuberculosis)\\b(?=[^!?\\n]{0,120}\\b(?:joroba|giba|afiebrad|fiebre|sud[oa]))',
  ),
  ...p(
    'weight-loss',
    '\\b(?:jeans|trousers|clothes|skirt|rings?|belt)\\b[^.;!?\\n]{0,12}\\b(?:falling|hanging|dropping|slipping|fall|hang) (?:off|down)\\b|\\b(?:pantalon(?:es)?|ropa|falda|anillos?)\\b[^.;!?\\n]{0,12}\\bse (?:me|le) (?:caen?|sale[n]?)\\b',
  ),
  ...p('vertebral-fracture', '\\bse (?:me|le) ha? ?form\\w+[^.;!?\\n]{0,15}\\b(?:joroba|giba)\\b'),
  ...p(
    'severe-trauma',
    '\\bclavado\\b[^!?\\n]{0,80}\\b(?:piedra|roca|fondo|metros)\\b|\\b(?:pegue|cai|pego|cayo)\\b[^.;!?\\n]{0,30}\\b(?:nalgas|espalda|sentad[oa])\\b[^.;!?\\n]{0,40}\\b\\d+ ?(?:m|metros)\\b',
  ),
  ...p('minor-trauma', '\\b(?:senti|sintio|oi|oyo) un (?:traquido|chasquido|crujido|tronido|crac)\\b'),
  ...p(
    'pulsatile',
    '\\b(?:felt|feel|feels|senti|sintio)\\b[^.;!?\\n]{0,25}\\b(?:rip|tear|tore|rasg\\w+|desgarr\\w+)\\b[^.;!?\\n]{0,30}\\b(?:between (?:my|his|her|the) shoulders?|shoulder ?blades?|entre los omoplatos|entre las paletillas)\\b',
    '\\b(?:cuchillad\\w+|punalad\\w+|stab\\w*|sudden\\w*|subit\\w+)\\b[^.;!?\\n]{0,50}\\b(?:entre (?:las|los) (?:paletillas|omoplatos)|breastbone (?:\\w+ ){0,3}shoulder ?blades?|chest (?:\\w+ ){0,4}between (?:the|my|his|her) shoulder ?blades?)\\b',
    '\\b(?:1[2-9]|2[0-4])\\d(?:\\/\\d{2,3})? (?:on|in) (?:one|the (?:left|right)) (?:side|arm)\\b[^.;!?\\n]{0,15}\\b(?:[6-9]\\d|1[0-6]\\d)(?:\\/\\d{2,3})? (?:on|in) the (?:other|left|right)\\b',
  ),
  ...p(
    'cord',
    '\\b(?:chin|neck|head)\\b[^.;!?\\n]{0,20}\\b(?:down|forwards?|bend|bent|chest)\\b[^.;!?\\n]{0,40}\\b(?:buzz\\w*|zaps?|shocks?|electric\\w*|jolts?|tingl\\w*|current)\\b[^.;!?\\n]{0,40}\\b(?:spine|back|legs?|feet|arms?|body)\\b',
  ),
  ...p(
    'weight-loss',
    '\\bbelt\\b[^.;!?\\n]{0,15}\\b(?:in|tighter|tightened)\\b[^.;!?\\n]{0,12}\\b(?:holes?|notch\\w*)\\b',
  ),
  ...p(
    'systemic-alarm',
    '\\b(?:swelling|lump|mass|hardness|bulto|masa)\\b[^.;!?\\n]{0,20}\\b(?:testic\\w+|testis|scrotum|teste)\\b',
  ),
  ...p(
    'pulsatile',
    '\\b(?:stent[- ]?graft|endograft|evar|endoprotesis)\\b[^!?\\n]{0,160}\\b(?:pain|dolor)\\b[^!?\\n]{0,120}\\b(?:giddy|dizz\\w*|faint\\w*|stomach|belly|abdom\\w*|maread[oa])\\b',
    '\\b(?:chest|breastbone|pecho)\\b[^.;!?\\n]{0,12}\\b(?:enter\\w*|through|into|went to|goes to|hasta|pasa a)\\b[^.;!?\\n]{0,12}\\b(?:back|shoulder ?blades?|espalda)\\b[^.;!?\\n]{0,30}\\b(?:like|as if|cutlass|knife|sword|como|cuchillo)\\b',
  ),
  // Affairs put in order: letters, papers, animals and goodbyes.
  ...p(
    'self-harm',
    '\\b(?:written|wrote|writing|left|finished) (?:the|my|all the|a few|some|everyone\\W?s?|their) (?:goodbye )?(?:letters?|notes?)\\b(?![^.;!?\\n]{0,40}\\b(?:solicitor|landlord|council|school|gp|consultant|employer|insur\\w+|work\\b|complain\\w*|surgeon))',
    '\\b(?:know|found|remember) where (?:the|my|his|her|dad\\W?s|mum\\W?s) (?:tablets|pills|meds|insulin|rope|gun|knives) (?:is|are)\\b(?=[^!?\\n]{0,160}\\b(?:dog|cat|letters?|wasted|someone else|goodbye|sorry|tired))',
    '\\b(?:brother|sister|neighbou?r|mum|mother|friend|son|daughter|hermano|hermana|vecin[oa]|prim[oa]|amig[oa]) (?:is |will be |se )?(?:having|taking|keeping|queda con|va a cuidar|cuidara) (?:\\w+ )?(?:dog|cat|budgie|kids|perr[oa]|gat[oa])\\b(?=[^!?\\n]{0,160}\\b(?:wasted|give it to|letters?|no more|for good|desperdic\\w+|cartas?|para siempre))',
    '\\b(?:deje|dejo|tengo|puse) (?:ya )?(?:los|mis|todos los) (?:papeles|asuntos|cuentas)\\b[^.;!?\\n]{0,25}\\b(?:arreglad[oa]s|listos|en orden)\\b|\\b(?:parad[oa]|asomad[oa]|de pie) (?:\\w+ )?en (?:el|la) (?:puente|azotea|cornisa|barandal|via)\\b',
  ),
  ...p(
    'sexual',
    "\\b(?:nothing|not much|does ?n[o']?t) (?:\\w+ )?(?:work\\w*|happen\\w*|stir\\w*|respond\\w*) in (?:that|the \\w+|the bedroom) (?:department|area)?\\b|\\bthat department\\b[^.;!?\\n]{0,30}\\b(?:numb|dead|nothing|no (?:feeling|life))\\b",
  ),
  ...p(
    'saddle',
    '\\b(?:nothing|no feeling|cannot feel|can\\W?t feel|could ?n\\W?t feel|not a thing) (?:at all )?(?:on|in|round|around|over) (?:my |his |her |the )?(?:bits|privates|private parts|undercarriage|nether regions|tackle|crown jewels|lady bits|foof|fanny|willy|parts)\\b',
    '\\b(?:panal|compresa|braga|calzon|ropa interior) de (?:corcho|carton|trapo|plastico)\\b|\\bal limpiarme\\b[^.;!?\\n]{0,40}\\b(?:corcho|carton|no (?:me )?(?:siento|noto)|dormid[oa]|como si)\\b',
  ),
  ...p(
    'retention',
    '\\b(?:vater|wc|inodoro|bano|retrete|taza|orinar|mear|pis)\\b[^.;!?\\n]{0,35}\\bno (?:me |le )?sale\\b(?! (?:sangre|nada raro))|\\b(?:cuatro|unas|dos|tres|pocas) gotas\\b(?=[^.;!?\\n]{0,30}(?:$|[.,;!?\\n]))',
    '\\b(?:abr(?:o|ir|iendo)|dejo correr|oigo|escuch\\w+) el (?:grifo|agua|cano)\\b',
  ),
  ...p(
    'cold-limb',
    '\\b(?:legs?|foot|feet|toes|calf)\\b[^.;!?\\n]{0,20}\\b(?:dead|stone|ice|freezing|marble) cold\\b|\\b(?:it|leg|foot)\\W?(?:s| is| was| went| gone| has gone| turned)? (?:as )?white as (?:paper|a sheet|marble|chalk|snow|wax)\\b',
    '\\b(?:pierna|pie|pies|dedos|pantorrilla)\\b[^.;!?\\n]{0,40}\\b(?:helad[oa]|moradit[oa]|como (?:el )?(?:marmol|hielo|cera)|blanc[oa] como)',
  ),
  ...p(
    'leg-numbness',
    '\\b(?:legs?|piernas?)\\b[^.;!?\\n]{0,25}\\b(?:like|as if|como si)\\b[^.;!?\\n]{0,12}\\b(?:belong\\w*|somebody else\\W?s|someone else\\W?s|fueran? de otr[oa]|no fueran? m[ií]as?)\\b',
  ),
  ...p(
    'spondyloarthritis',
    '\\beyes?\\b[^.;!?\\n]{0,20}\\b(?:red|sore|painful)\\b[^.;!?\\n]{0,40}\\b(?:light|bright|sun)\\b|\\b(?:light|bright\\w*)\\b[^.;!?\\n]{0,20}\\bhurts?\\b[^.;!?\\n]{0,12}\\beyes?\\b|\\bojos?\\b[^.;!?\\n]{0,25}\\broj[oa]s?\\b[^.;!?\\n]{0,30}\\b(?:luz|sol)\\b',
  ),
  ...p(
    'morning-stiffness',
    '\\b(?:mornings?|mananas?)\\b[^.;!?\\n]{0,30}\\b(?:takes?|tardo|necesito|cuesta)\\b[^.;!?\\n]{0,40}\\b(?:unfold|straighten|loosen|get going|get moving|arrancar|enderezar\\w*|desentumec\\w+|soltar\\w*)\\b',
  ),
  ...p(
    'night-pain',
    '\\b(?:wakes?|woken|waking) (?:me |him |her )?(?:up )?(?:in the )?(?:second half|early hours|small hours)\\b|\\bsobre todo de madrugada\\b|\\bdespierta\\b[^.;!?\\n]{0,20}\\b(?:madrugada|segunda mitad)\\b',
  ),
  ...p(
    'worse-resting',
    '\\b(?:sitting|lying|being) (?:still|around) (?:makes it|is) worse\\b|\\bworse (?:when|if) (?:i|he|she) (?:sit|lie|am|sits|lies) (?:still|around)\\b',
  ),
  ...p(
    'weight-loss',
    '\\b(?:pantalon(?:es)?|falda|ropa|camisa|anillo)\\b[^.;!?\\n]{0,15}\\b(?:queda|quedan|esta|baila|bailan) (?:nadando|bailando|enorme|grande|holgad[oa])\\b',
  ),
  ...p(
    'better-moving',
    '\\b(?:walk|pace|move|get up)\\b[^.;!?\\n]{0,30}\\b(?:it|that|the pain) (?:gets|feels|is|goes) (?:better|easier|off|away)\\b',
  ),
  ...p(
    'unwell',
    '\\bfeel(?:s|ing)? (?:as (?:though|if)|like) (?:i|he|she)(?:\\W?(?:ve|s| have| has| had| am|m))?(?: got| getting| coming down with)? (?:a |the )?(?:flu|bug|cold)\\b',
  ),
  ...p(
    'weight-loss',
    '\\b(?:my |his |her )?(?:rings?|watch)\\b[^.;!?\\n]{0,12}\\b(?:got|gone|become|turned|are|is|feels?) (?:\\w+ )?(?:loose|too big)\\b',
  ),
  ...p(
    'morning-stiffness',
    '\\b(?:me levanto|amanezco|me despierto|al levantarme)\\b[^.;!?\\n]{0,25}\\b(?:como una tabla|ties[oa]|dur[oa]|rigid[oa]|oxidad[oa])\\b',
  ),
  ...p(
    'better-moving',
    '\\bse (?:me |le )?(?:va|pasa|quita|afloja)\\b[^.;!?\\n]{0,12}\\b(?:movien\\w+|al mover\\w+|caminando|andando|con el movimiento)\\b',
  ),
  ...p(
    'spondyloarthritis',
    '\\b(?:cambia|alterna) de (?:nalga|cachete|lado|gluteo)\\b|\\bplacas en los codos\\b',
  ),
];
