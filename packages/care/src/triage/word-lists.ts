/**
 * Words for parts and for what is lost, as people say them: clinical, plain, coy and coarse, English and Spanish together. Each list
 * is the inside of a regular expression over lower-case text without accents. A word that belongs to a list is added here, never to
 * one rule, so that every rule that speaks of the part hears it.
 */
const list = (...words: readonly string[]): string => words.join('|');

/** Passing urine. */
export const BLADDER = list(
  'pee\\w*',
  'piss\\w*',
  'wee(?:s|d|ing)?\\b',
  'wee-wees?',
  'urin\\w+',
  'bladder\\w*',
  'water ?works',
  '(?:pass\\w*|make|making|hold\\w*) (?:(?:any|my|the|his|her) )?water\\b(?! retention)',
  'spend(?:ing)? a penny',
  'number one\\b',
  'tinkle(?! in)|piddl\\w+|voids?\\b|voiding',
  'mictur\\w+|miccion\\w*',
  '(?:urinary )?stream\\b|\\bflow\\b',
  'orin\\w+|vejiga|pis\\b|pipi\\b|mear\\w*|meo\\b|meado|chorro',
);
/** The toilet as such: a word for it says which organ is meant only together with an unmistakable loss. */
export const TOILET = '(?:toilet|loo|bathroom|lavatory|restroom|bano|servicio|vater|inodoro)\\b';
export const BOWEL = list(
  'poo(?:p|s|ing|ped|ping|ed)?\\b',
  'stools?\\b',
  'bowels?\\b',
  'f(?:a)?eces',
  'motions\\b|(?:pass\\w*|open\\w*) (?:a |any |my )?motions?\\b',
  'number two\\b|constipat\\w*|skid ?marks?',
  'turds?\\b|shit\\w*|crap(?:ped|ping)?\\b',
  'farts?\\b|farting|(?:passage of )?flatus|\\bgas(?:es)?\\b|break(?:ing)? wind|pass(?:ing)? wind|ventosidad\\w*|\\bpedos?\\b',
  'hac\\w+ del (?:dos|cuerpo)|\\bobrar\\b|evacu(?:ar|o|a|aciones|acion)\\b|popo\\b|heces|caca\\b|cagar\\w*|defec\\w+|deposicion\\w*|esfinter\\w*|sphincters?',
);
/** Where one sits and what lies between the legs. */
export const SADDLE = list(
  'genital\\w*|perianal|perine\\w+|sacral area|\\bs ?[2345] ?(?:-|to|/|–|,) ?s?[345]\\b|\\bs[345]\\b|pubic\\b|pubis\\b',
  'seam of (?:my |the )?(?:jeans|trousers|pants|knickers|underwear)|toilet seat|(?:bicycle|bike) (?:seat|saddle)|sillin|saddle',
  'tail ?(?:end|bone)|coccyx|rabadilla',
  'tampon|sanitary (?:towel|pad)|loo ?roll|toilet (?:paper|roll)|bidet',
  '(?:mis|sus|las) partes|partes (?:intimas|privadas|nobles|bajas)|bajos\\b|zona (?:intima|genital|baja|de abajo)',
  'privates?\\b|private (?:parts?|area|bits)|intimate (?:parts?|area)|nether\\w*|unmentionables|crown jewels|family jewels',
  "(?:lady|girl\\w*|boy\\w*|man|male|female|women'?s|naughty|round|private|personal|under) (?:bits|parts?|area|regions?|garden)",
  '(?<!in )\\bbits\\b(?! of| and pieces)',
  'front bottom|back end|rear end|backsides?|behind\\b(?! (?:my|the|his|her|me|a|it|schedule|on))|\\bbums?\\b|bottom\\b(?! of)|arse\\b|\\bass\\b|butt\\b|tush\\w*',
  'undercarriage|tackle|manhood|willy\\b|my lad\\b|old (?:man|fella)\\b(?= is| has| feels)|john thomas|dick\\b|cock\\b|todger|knob\\b|penis|scrotum|testic\\w+|balls\\b|ball ?sack',
  'vagin\\w+|vulva|labia|clit\\w*|fanny\\b|pussy\\b|foof|minge|lady garden',
  'downstairs\\b(?! (?:neighbou?r|flat|toilet|loo|bathroom|to|is|was hard))|(?:my|the|round the|round my) hole\\b|anus\\b|anal\\b|rectum|rectal|back passage|\\bring ?piece',
  'crotch|crutch\\b(?!es)|gooch|taint\\b|bikini (?:line|area)|nappy area',
  'between (?:my |the |her |his )?(?:legs|thighs|cheeks|buttocks)|down (?:below|there|under)|below the belt|underneath\\b(?! (?:my|the|his|her) (?:foot|toe|knee|arm|rib))',
  'inner thighs?|insides? of (?:my |the |his |her |both )*thighs?|insides? of (?:my |the |his |her )*legs',
  '(?:where|what|that|part|place|bit|area|skin|region) (?:i|he|she) sits?(?: on)?|(?:my|his|her) seat\\b|(?<!(?:pain|pains|ache|aches|hurts|sore|painful) (?:in|into|to|across|down|on|at|around) (?:(?:my|the|his|her|both) )?)(?:groins?|buttocks)\\b(?! (?:pain|ache|hurt|stretch|strain|injur))|rump\\b|sit(?:ting)? bones?|seat of (?:my |the )?pants',
  '(?:bottom|lower) half\\b(?! of)|from the waist down|(?:from|below) (?:the|my|his|her) (?:belly ?button|navel|hips) down\\w*|(?:below|under|beneath) (?:the|my|his|her) waist|waist downwards?|de cintura (?:para|hacia) abajo',
  '(?:mi|su|(?:dormid|adormecid)[oa] la) cola\\b|pompis|pompas\\b|asentaderas|fundillo|verijas?\\b|gluteos\\b|perine\\w*|cara interna|pene\\b|escroto|testiculos?|huevos\\b|ano\\b|culo\\b|trasero|nalgas|entrepierna|ingles\\b|entre (?:las |mis |sus )?piernas|silla de montar|ahi abajo|por (?:ahi )?abajo|alli abajo|ahi debajo|chocho|cono\\b|muslos? (?:por dentro|internos?)',
);
export const SEX = list(
  'sex\\b|sexual\\w*|intercourse|making love|make love|lovemaking|intimate\\b|intimacy|in the bedroom|when (?:we|i) do it|(?:wife|husband|partner|boyfriend|girlfriend) (?:and i|inside)',
  'se me (?:levanta|pone (?:dura|tiesa)|empalm\\w+)|empalm\\w+|relaciones\\b|hacer el amor|intimidad|en la cama con',
  'morning (?:wood|glory|erections?)|(?:ejacul|eyacul)\\w*|orgasm\\w*|climax\\w*|come off\\b|erection\\w*|ereccion\\w*|hard[- ]?on|stiffy|pene\\b|penis\\b|masturb\\w+',
);
export const LIMB = list(
  'quad(?:s|riceps)?\\b|glut(?:eus|eal|es|s)? (?:med|max)\\w*|cuadriceps|tibial(?:es)? anterior(?:es)?|psoas|gemelos|extensor\\w*|ehl\\b|dorsiflex\\w*|plantar ?flex\\w*|tib(?:ialis)? ant\\w*|hip flex\\w*|knee ext\\w*',
  'legs?\\b|foot\\b(?! of\\b)|feet\\b|knees?\\b|ankles?\\b|toes?\\b|thighs?\\b|cal(?:f|fs|ves)\\b|heels?\\b|tip ?toes?|shins?\\b|lower limbs?',
  'piernas?\\b|pies?\\b|rodillas?\\b|tobillos?\\b|muslos?\\b|dedos?\\b|talon(?:es)?\\b|pantorrillas?\\b|puntillas\\b',
);
/** Parts that take a loss away from the ones above when they stand nearer to it. */
export const ELSEWHERE = list(
  'gums?\\b|teeth\\b|mouth\\b|encias?\\b|boca\\b|hands?\\b|fingers?\\b|thumbs?\\b|arms?\\b|shoulders?\\b|face\\b|cheek\\b|jaw\\b|lips?\\b|tongue|ears?\\b|eyes?\\b|nose\\b|neck\\b|scalp',
  'manos?\\b|brazos?\\b|hombros?\\b|cara\\b|labios?\\b|lengua|oidos?\\b|ojos?\\b|cuello|oreja\\w*',
);

/** Cannot, could not, no longer: with and without apostrophes. */
const CANT =
  "(?:can'?t|can ?not|couldn'?t|could not|unable to|not able to|no longer|won'?t|(?:have|has|had|ha(?:ve|s)n'?t) (?:not )?been able to)";
const NOT =
  "(?:can'?t|can ?not|couldn'?t|could not|don'?t|do not|doesn'?t|does not|didn'?t|did not|no longer|barely|hardly|scarcely|never|not|stopped)";

/** Feeling gone or changed. */
export const NUMB = list(
  '(?:alteration|changes?|reduction|decrease|diminution|impairment|disturbance|loss|deficit) (?:in|of|to) (?:[\\w/-]+ ){0,2}(?:sensation|feeling|sensibility|sensitivity)',
  '(?:alteracion|cambios?|disminucion|perdida|trastorno) (?:de|en) (?:la )?(?:\\w+ )?(?:sensibilidad|sensacion)|(?:sensacion|sensibilidad) (?:\\w+ )?(?:alterada|disminuida|reducida|rara|extrana|abolida)',
  '(?:reduced|decreased|diminished|absent|altered|impaired|less|loss of|lost|abnormal) (?:[\\w/-]+ ){0,2}(?:sensation|sensibility|feeling|sensitivity|pin ?prick|touch)',
  '(?:sensation|feeling|pin ?prick|light touch)\\b[^.;!?\\n]{0,65}\\b(?:blunted|dulled|muted)|(?:sensation|feeling|pin ?prick|light touch)\\b[^.;!?\\n]{0,24}\\b(?:reduced|decreased|diminished|absent|altered|impaired|gone|less|lost|down|missing)',
  "(?:like|as if|as though|como si)\\b[^.;!?\\n]{0,14}\\b(?:(?:not|n[o']?t|never|no longer|no) (?:\\w+ )?(?:there|attached|exist\\w*|estuvier\\w*|existier\\w*|fuer\\w+ mi[oa]s?)|(?:isn'?t|aren'?t|wasn'?t) (?:\\w+ )?(?:there|attached|mine)|missing)",
  '(?:hot|warm|sharp)\\b[^.;!?\\n]{0,25}\\b(?:the same as|same like|from) (?:the )?(?:cold|blunt)|(?:not|n.t) (?:tell|distinguish|know) (?:hot|warm|sharp) from (?:cold|blunt)',
  'used to feel\\b[^.;!?\\n]{0,25}\\b(?:now|not|any ?more|nothing)\\b',
  'numb(?:s|ed|ing|ness|er|ish)?\\b|an(?:a)?esthe\\w+|hyp(?:o)?(?:a)?esthe\\w+|par(?:a)?esthes\\w+',
  'tingl\\w+|pins (?:and|&|n) needles|prickl(?:y|ing)|buzzing',
  "(?:does ?n[o']?t|doesn'?t) feel (?:like|cold|warm|anything|right|normal|mine|the same)|feels? (?:\\w+ ){0,2}(?:fuzzy|muffled|muted|padded|spongy|rubbery|wooden|woolly|dull|blunt|distant|foreign|frozen|swollen but)",
  'no (?!problem|trouble|issue|difficult|change|loss|concern)(?:\\w+ )?(?:sense|feeling|feelings|sensation|sensitivity)\\b',
  '(?:feel|feels|felt|feeling) (?:hardly|barely|scarcely|almost|practically|next to) (?:anything|nothing|a thing)',
  '(?:feel|feels|felt|feeling|notice[sd]?|sense[sd]?) (?:\\w+ ){0,3}?(?:nothing|nowt|bugger all|zero|zilch)',
  // A sense and its lack in any order, a few words apart; "no loss of feeling" is none.
  "(?:can'?t|cannot|could ?n[o']?t|not|never|no|without|hardly|barely|scarcely|little|less|poor|faint|dull\\w*|muffled|muted|patchy|absent|lack(?:s|ing)?(?: of)?|lose|loses|losing|lost|loss of|dec|diminish\\w*|reduc\\w*|decreas\\w*) (?:(?!loss|lost|problem|change|trouble|issue|numb|tingl|difficult|alter|pain|reduc|disturb|abnormal)[\\w'-]+ ){0,3}?(?:feelings?|sensations?|sensitivity|sense of touch|light touch|pin ?prick|sensacion|sensibilidad)\\b",
  '(?:frozen|frosty|ice[- ]cold inside|cold and dead|stone dead|paper skin|blank|asleep|sleeping(?! (?:better|well|badly|ok|okay|fine|through|poorly|good|all))|in a deep sleep|switched off|disconnected|not connected|cut off)\\b',
  '(?:gone|went|go|goes|going|fallen|fell|fast|feel\\w*|is|are|been|all) (?:(?!back\\b|off\\b|straight\\b|bed\\b)\\w+ ){0,3}(?:to sleep|asleep|dead)\\b',
  `${NOT} (?:\\w+ ){0,2}(?:feel|felt|sense|register)(?! (?:any |a |much |no )?(?:numb|tingl|pain|weak|pins|loss|problem|change|difference|trouble|ache|worse|different))|unable to feel`,
  '(?:like|as if|as though|almost)\\b[^.;!?\\n]{0,22}\\b(?:epidural|spinal block|numbing|anaesthe\\w+|anesthe\\w+|inject(?:ed|ion)|jab\\b|frozen|frost ?bite|somebody else|someone else)',
  "(?:like|as if|after|como|as though)\\b[^.;!?\\n]{0,16}\\bdentist(?:'?s)?\\b|(?:novocaine|lidocaine|an(?:a)?esthetic|anestesia|anestesiad\\w*)(?:'?s)?\\b",
  'cotton ?(?:wool)?|(?:like|of) (?:card ?board|rubber|plastic|leather|wood|cork|a sponge|padding|a cushion)|como (?:de )?(?:corcho|carton|trapo|goma|plastico|algodon)',
  'woolly\\b|velvety|otra persona|ajen[oa]s?\\b|no (?:longer )?(?:part of me|mine)|not (?:part of me|mine|my own)|some(?:one|body) else|does ?n.t belong',
  '(?:noto|siento|nota|siente) (?:muy )?(?:poco|menos)\\b|dej\\w+ de (?:sentir|notar|tener (?:sensibilidad|sensacion))|adormecid\\w*|adormec\\w+|dormid[oa]s?\\b|entumec\\w+|acorch\\w+|insensib\\w+|sin (?:sentir|notar|sensibilidad|sensacion)|no (?:me |la |lo |las |los |se |ya )*(?:siento|siente|noto|nota|sentia|notaba|senti|note)\\b(?! (?:ningun\\w* |nada de |ni )?(?:hormigue|dolor|adormec|entumec|acorch|debil|perdida|falta|molest|cambio|alteracion|problema|diferencia))|hormigue\\w+|perdid[oa] (?:de )?(?:la )?sensibilidad|poca sensibilidad|menos sensibilidad',
);
/** Words that say "changed" only of a part that nobody comments on otherwise. */
export const ODD =
  '(?:changed|different|strange\\w*|weird|odd|funny|peculiar|dead|foreign|not (?:right|normal|the same)|less sensitive|desensiti[sz]ed|rar[oa]s?|extran[oa]s?|distint[oa]s?|como si no (?:fuera|fuese)\\w* (?:mi[oa]s?|mi (?:cuerpo|piel|culo)|de mi|parte de mi))\\b';
/** Does not know or notice what everybody notices. */
export const UNAWARE = list(
  "(?:stopped|no longer|(?:does|do|did)n'?t) tell(?:s|ing)? (?:me|him|her)\\b",
  '(?:no|ya no|sin) (?:\\w+ )?(?:distin(?:go|gue|guir)|diferenci\\w+|me percato|reconozco)',
  `(?:had|have|has|did|do|does|could|can|would|was|were|is|am|are) ?n[o']?t (?:\\w+ )?(?:know|noticed|known|felt|reali[sz]ed|tell|reali[sz]e|notice|aware|feel (?:it|that|anything)|sure (?:if|whether|when))\\b(?! (?:any|a|much|of any|about)\\b)`,
  "(?:can ?not|can'?t|couldn'?t|dont|doesnt|didnt|cant|couldnt|hasnt) (?:\\w+ )?(?:know|tell|notice|reali[sz]e|feel|sense)",
  '(?:only|just) (?:\\w+ ){0,3}(?:know|knew|tell|notice)',
  'los(?:e|es|ing|t) (?:all )?track|(?:have|having|has|had) to (?:guess|check|look|touch|feel)(?: with (?:my|his|her|a|the) (?:hands?|fingers?|mirror))?|guess(?:ing|work)?\\b|not sure (?:when|if|whether)|unsure (?:when|if|whether)|(?:do|does|did|could|can) ?n.t (?:\\w+ )?(?:even )?(?:know|realise|realize|notice) (?:it|till|until)',
  'by the (?:sound|noise|time|clock)|(?:set|use|using|phone) (?:an? |my |the )?(?:\\w+ )?(?:alarm|timer|reminder)s?|(?:look|check|listen) to (?:see|know|hear) (?:if|whether|when)|remind (?:myself|himself|herself)',
  'without (?:feeling|noticing|knowing|reali[sz]ing|sensing|a warning|any warning|warning)|without (?:having )?(?:(?:been|being|ever) )?(?:aware|conscious|felt|noticed|known|reali[sz]ed)|unaware|no (?:idea|clue|inkling)',
  '(?:no|lost|missing|gone|without|less|lack of|do ?n.t (?:get|have|feel)|dont (?:get|have|feel)|never (?:gets?|feels?)|no longer (?:gets?|ha(?:ve|s)|feels?)|does ?n.t (?:get|have|feel))\\b(?! (?:\\w+ )?(?:problem|trouble|issue|difficult|loss|change))[^,.;!?\\n]{0,16}\\b(?:urge|need|signal|message|warning|tingle|sensation|feeling|desire|sense|sign)\\b',
  '(?:urge|signal|message|warning|need|feeling|sensation) (?:to (?:go|pee|wee) )?(?:is |has |have |was |just )*(?:\\w+ )?(?:gone|lost|away|missing|vanished|disappeared|stopped|switched off)',
  'no (?:me |lo |la )?(?:note|noto|nota|notaba|senti|siento|siente) (?:que|cuando|como|si|al)\\b|no (?:se|sabia|supe|sabe) (?:si|cuando|que)|sin (?:darme cuenta|darse cuenta|haber(?:se|me)? \\w+ cuenta|haberl[oa] (?:notado|sentido)|ser consciente|percatar\\w*|advertir\\w*|enterarme|enterarse|saber\\w*)|no (?:me|se) (?:entero|entere|doy cuenta|di cuenta|da cuenta|dio cuenta|daba cuenta|enteraba|entera)|(?:no (?:tengo|siento|noto)|sin|perdido|perdi) (?:las )?ganas',
);
export const LEAK = list(
  '(?:every time|each time|when(?:ever)?|as soon as|cada vez que|cuando|al) (?:i |he |she |me )?(?:\\w+ )?(?:stand|get up|bend|mov|walk|lift|cough|sneez|laugh|levant|agach|tos|estornud|ri(?:o|e))\\w*\\b[^.;!?\\n]{0,30}\\b(?:comes? out|out\\b|escap\\w*|sale\\b|moj\\w+)',
  '(?:comes?|came|coming) out (?:when|if|by|without|as|on)|overflow\\w*|leak\\w*|drip\\w*|dribbl\\w*|accidents?\\b|soak\\w*|puddle|\\bdamp\\b|gush\\w*|\\bflood(?:ed|s|ing)?\\b',
  '(?:empt\\w+|open\\w*) (?:itself|themselves)|(?:by|of) (?:itself|themselves|its own accord)|mind of (?:its|their) own|on (?:its|their) own',
  'without (?:being able|control|meaning|wanting|intending)|(?:never|no|any) (?:warning|notice)\\b|loose and\\b',
  'sal\\w+ sol[oa]s?|sol[oa]s?\\b',
  '(?:just|simply|suddenly) (?:comes?|came|runs?|ran|falls?|goes|went)|(?:comes?|came) (?:out )?(?:when (?:it|they) wants?|with ?out)|(?:run|ran|runs|running|trickl\\w+) down (?:my |the |her |his )?legs?',
  '(?:no|lost|losing|lose|loss of|out of|less|poor|little) (?!perdida|loss|problem|trouble|issue|change)(?:\\w+ )?control',
  `${CANT} (?:\\w+ )?(?:hold|stop|control|keep|make it)|do ?n.t make it|did ?n.t make it|not make it (?:in time|to the)`,
  '(?:se me|se le|me) (?:escapa\\w*|sale\\w*|hago|hice|he hecho|viene)|sin (?:avisar|aviso|control)|perdid[oa]s? (?:de |el )?control|goteo|no (?:me )?(?:responde|funciona)\\w*|dej\\w+ de funcionar|no (?:controlo|controla|aguanto|aguanta|retengo|llego)',
);
/** Said of a machine that no longer runs. */
export const BROKEN =
  "(?:pack(?:ed|s|ing)|conk(?:ed|s)|jack(?:ed)?|gave|given|giv(?:es|ing)) (?:up|in|out)\\b|shut(?:ting)? down|on strike|gone (?:\\w+ )?(?:wrong|haywire|to pot|kaput|on the blink)|(?:not|n[o']?t|stopped|no longer) (?:\\w+ )?(?:work|function|respond|behav)\\w*|dejo de (?:ir|funcionar)|estrope\\w+|no (?:me )?(?:va|funciona|responde)\\b";
export const BLOCKED = list(
  `${CANT} (?:\\w+ ){0,2}(?:pee|urinat|wee|go|start|pass|empty|begin|get it|void)\\w*|fail\\w* to (?:\\w+ )?(?:void|empty|pass)`,
  '(?:(?:if|when|unless|until) i (?:\\w+ ){0,2})?(?:(?<!(?:back|muscle|neck|a|my) )strain\\w*|push(?:ing)? (?:\\w+ ){0,3}(?:hard|on|down)|press(?:ing)? (?:on|down)|lean(?:ing)? (?:right )?forward|squeez\\w+|bear(?:ing)? down)|have to (?:push|force|squeeze|press)',
  'trickl\\w*|thimble\\w*|dribs|drops?\\b|drip\\b|stop(?:s|ping)?[- ](?:and[- ])?start(?:s|ing)?|stops and starts|gota a gota|gotas\\b|a gotas',
  'drained|catheter\\w*|retention|hesitan\\w+|(?:high|large|raised|significant|big|elevated|increased|grande|elevado) (?:post-void )?residu\\w+|(?:half|never|not|isn.t|still) (?:\\w+ ){0,2}empt\\w+|still (?:feels? )?full|never (?:feels? )?(?:done|finished)|incomplete(?:ly)? empt\\w+',
  '(?:run(?:ning)?|turn(?:ing)?) (?:on )?(?:the )?(?:tap|water|faucet)|(?:tap|faucet|water) (?:running|on) (?:to|before|for)|abr\\w+ (?:el )?grifo',
  '(?:sit|stand|wait|sat|stood|waited)(?:s|ing)? (?:\\w+ ){0,4}(?:ages|forever|minutes|minuts|mins|long|ten|five|a while|hours)|(?:takes?|took|taking) (?:\\w+ ){0,3}(?:ages|forever|minutes|mins|long|a while|an age)|wait(?:ing)? (?:for (?:it|the|my)|until it|till it|ages)',
  "(?:won'?t|wont|will not|does ?n.t|doesnt|would ?n.t|did ?n.t) (?:\\w+ )?(?:come|start|flow|happen|empty)|nothing (?:\\w+ )?(?:comes|came|come|happens|happened)|stuck\\b|blocked|weak(?:er)?\\b|slow(?:er|ed)?\\b|feeble|thin(?:ner)?\\b",
  '(?:in )?fits and starts|sond(?:ar|aron|ado|arme)\\b|no (?:hago|hace|he hecho|ha hecho)\\b|no sale nada|no (?:puedo|consigo|logro|pude|podia|arranc\\w+|empiez\\w+|sale) (?:\\w+ )?(?:orin|hacer|vaciar|mear|empezar|arrancar)?\\w*|no (?:orinaba|meaba)|sonda\\w*|apret\\w+|empuj\\w+|retencion|(?:me |le )?cuesta|tard[oa]\\b|esper(?:ar|o)\\b',
);
export const WEAK = list(
  'weak\\w*|no (?:power|strength|force|push|oomph|life|spring|lift)\\b|los[st]\\w* (?:\\w+ ){0,2}(?:power|strength|force)|less (?:power|strength)|(?:power|strength) (?:is |has )?(?:gone|going|lost|down|less)|powerless',
  "(?:just |simply |suddenly )?(?:did ?n[o']?t|would ?n[o']?t|could ?n[o']?t|does ?n[o']?t|has ?n[o']?t|won'?t) (?:\\w+ )?(?:do it|do anything|respond|react|move|work|go|obey|listen|follow|come (?:up|with)|lift|cooperate|push|catch me|hold)\\b",
  'flap(?:s|ped|ping)?\\b|limp\\b(?! (?:because|from|due|when|with))|los[st]\\w* (?:all )?(?:the |my |its |of )*(?:use|power|strength)|folds?\\b|folded|buckl\\w*|collaps\\w+|flopp\\w*|giv(?:es?|ing) (?:way|out|in)|gave (?:way|out|in)|went from under|go(?:es)? from under|let(?:s|ting)? me down',
  "(?:won'?t|wont|does ?n[o']?t|doesnt|do ?n[o']?t|dont|will ?n[o']?t|refuses? to|not) (?:\\w+ ){0,2}(?:move|moving|lift|lifting|work|working|hold|come up|coming up|obey\\w*|respond\\w*|push|do (?:as|what)|clear|support|listen)",
  `${CANT} (?:\\w+ ){0,2}(?:lift|raise|move|wiggle|push|pull (?:up|back)|bend|straighten|stand|rise|go up|get up|control|bear|point|hold|press|walk|climb|feel where|dorsiflex|plantar ?flex|flex|extend|evert|invert|hop|kick|push off|clear|control)`,
  '(?:hard|harder|difficult|trouble|struggl\\w+) (?:\\w+ )?(?:to )?(?:lift|rais|pull|push)\\w*',
  'hands? to (?:lift|move|pull|raise|get)|fall(?:s|ing)? over|fell over|(?:need|needs|using|on) (?:a |the |two |my )?(?:crutch(?:es)?|walking stick|frame|wheelchair|zimmer)|laz(?:y|ier)|jelly|rubbery|(?:drop|drag|slap|flop|droop|dangl|scuff|scrap|catch|clump|thud)(?:s|ed|ped|ging|ping|ing|es)?\\b|stumbl\\w*|trip(?:s|ped|ping)?\\b|paraly[sz]\\w*|palsy|paresis|plegi\\w*',
  'wast(?:ed|ing)|shrink\\w*|shrunk|thinner|(?:[0-4]|[0-4][+-])\\/5',
  'pares[ie]\\w*|balance muscular|me falla\\w*|falla\\b|debil\\w*|sin fuerza\\w*|floj(?:[oa]s?|ean?|eando)\\b|flaque\\w*|no (?:me |se |le )?(?:sube|responde|obedece|sostiene|aguanta|mueve|muevo|levanta|levanto|(?:lo |la |los |las )?puedo (?:\\w+ )?(?:levant|mov|sub|apoy|dobl|estir)\\w*)|se (?:me |le )?(?:dobla|vence|afloja|cae|va)\\w*|menos fuerza|poca fuerza|perd\\w+ (?:\\w+ )?fuerza|tropiez\\w+|colgando|cuelga|arrastr\\w+|adelgaz\\w+ (?:la |el )?(?:muslo|pierna)',
);
