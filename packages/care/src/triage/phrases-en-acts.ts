import type { Phrase, TextConcept } from './concept.ts';

const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

/** What is told by what happened, a whole act in one phrase: the shoe worn at its toe, the towel that the toes cannot scrunch. */
export const ACTS_EN: readonly Phrase[] = [
  // A sex organ or its answer that no longer comes, in whatever order it is denied.
  ...p(
    'sexual',
    'nothing (?:happens|stirs|moves|works) (?:\\w+ ){0,2}?(?:in my (?:pants|boxers|trousers)|down there|below)\\b',
    "(?:\\bno\\b|\\bnot\\b|n[o']?t\\b|never|unable|without|no longer) (?!(?:\\w+ )?(?:problem|trouble|issue|change|difficult|loss))(?:\\w+ ){0,5}(?:erections?|erect|orgasms?|climax|ejaculat\\w*)\\b",
  ),
  ...p(
    'severe-weakness',
    '(?:fall|fell|falling|sway)\\w*\\b[^.;!?\\n]{0,30}because[^.;!?\\n]{0,20}\\b(?:leg|hip|knee|foot|thigh)\\b[^.;!?\\n]{0,15}\\b(?:weak|no strength|no power|giv\\w+|gave|let)',
    '(?:acute|new|sudden|recent|complete|progressive|rapid) loss of (?:\\w+ )?(?:ankle|foot|toe|knee|hip|great toe)? ?(?:dorsiflexion|plantar ?flexion|extension|flexion|eversion)\\b',
    '\\b(?:leg|knee|hip)\\b[^.;!?\\n]{0,12}\\b(?:sags?|sinks?|sagged|sank)\\b[^.;!?\\n]{0,30}\\b(?:weight|stand\\w*|step\\w*|lean\\w*)',
    "(?:get|getting|stand|rise|rising)\\w*\\b[^.;!?\\n]{0,30}only (?:\\w+ ){0,2}(?:with|by|using) (?:the|my|his|her|both) (?:arms|hands)|\\b(?:leg|thigh|calf|quads?|quadriceps) is (?:just |simply |completely |all )?gone\\b|(?:unable|can ?not|can'?t|not able)(?: to)?(?: do| perform| manage)?(?: an?)? (?:single|one)[- ]leg(?:ged)? (?:calf|heel) rais\\w*",
    "(?:push(?:ing)? off|lift(?:ing)? (?:the |my )?(?:foot|leg|toes?|knee)|heel rais\\w*)[^.;!?\\n]{0,30}(?:does ?n[o']?t|will not|won'?t|no longer|did ?n[o']?t) work",
    '(?:worn|wore|wear\\w*|hole|scuff\\w*|shred\\w*|scrap\\w*|wreck\\w*)[^.;!?\\n]{0,25}\\b(?:toe|front|tip)s?\\b[^.;!?\\n]{0,20}\\b(?:boots?|shoes?|trainers?|slippers?)\\b(?![^.;!?\\n]*\\b(?:bunion|too (?:small|tight)))|(?:boots?|shoes?|trainers?|slippers?)\\b[^.;!?\\n]{0,35}\\b(?:toe|tip|front)\\W?s?\\b[^.;!?\\n]{0,15}(?:worn|hole|scuff\\w*|shred\\w*|scrap\\w*|wreck\\w*)',
    "(?:can ?not|can'?t|could ?n[o']?t|unable to) (?:scrunch|curl|spread|wiggle|grip|clench)\\b[^.;!?\\n]{0,25}\\btoes?\\b",
    'no (?:go|push|drive|spring|grip|brake|shove|snap) (?:left )?in (?:that|my|the|his|her) (?:\\w+ )?(?:leg|foot|calf|ankle|knee|toes?)\\b',
  ),
  ...p(
    'bladder',
    '(?:had|having|have|has) (?:\\w+ ){0,2}accidents? (?:\\w+ )?(?:in|on|during) (?:the |my |his |her )?(?:bed|chair|sofa|couch|armchair|pants|trousers|underwear|sheets|nights?|sleep)\\b|(?:wetting|toilet|loo|bathroom|bladder|pee|wee|urine) accidents?',
    '\\bwet(?:s|ting)? (?:the|my|his|her) (?:bed|chair|sofa|couch|armchair|seat|mattress|sheets|pyjamas|nightie|carpet)\\b',
  ),
  ...p(
    'minor-trauma',
    '(?:minor|simple|mechanical|low[- ]energy|unwitnessed|recent|another|bad|nasty|ground[- ]level|standing[- ]height) falls?\\b|(?:after|from|since|following) (?:a|the|her|his|my) (?:\\w+ )?fall\\b|falls? from (?:standing|own height|sitting|bed|(?:a|the|her|his|my) (?:chair|bed|stool|toilet))',
  ),
  ...p(
    'severe-trauma',
    '(?:horse|riding|ski\\w*|cycling|bike|climbing|snowboard\\w*|motocross|motor ?bike|quad) (?:\\w+ )?(?:fall|accident|crash)\\b|(?:fall|fell|crash(?:ed)?) (?:while|when|at|during) (?:\\w+ )?(?:horse|riding|ski|climb|snowboard|motocross|paraglid)\\w*|(?:fall|fell) at (?:high )?speed',
  ),
  // Power that leaves, power in figures, a leg that goes round what it cannot lift.
  ...p(
    'severe-weakness',
    'los(?:e|es|ing) (?:all )?(?:the |my |his |her )?(?:power|strength|force|use|control) (?:in|of) (?:the |my |his |her |that |one )?(?:\\w+ )?(?:legs?|foot|feet|ankle|knee|thigh|calf)\\b',
    '(?:strength|power|force) (?:in|of) (?:the |my |his |her |that |one )?(?:\\w+ )?(?:legs?|foot|feet|ankle|knee|thigh|calf)\\b (?:\\w+ )?(?:is |has |are |keeps )?(?:declin\\w+|deteriorat\\w+|diminish\\w*|decreas\\w+|dropp\\w+|wan(?:ed|ing)|going|gone|fading|leaving|disappear\\w*|failing|draining|half|halved|less)',
    'weak\\w*[^.;!?\\n]{0,25}\\b[0-3][+-]?\\/5\\b|\\b[0-3][+-]?\\/5\\b[^.;!?\\n]{0,25}\\bweak\\w*',
    '\\bmrc (?:grade )?[0-3]\\b|(?:hip|knee|ankle|toe|dorsi|plantar|great toe) ?(?:flexion|flexors?|extension|extensors?|dorsiflexion)\\b (?:is |was |mrc |grade |power )*[0-3]\\b(?!\\/10)',
    '\\b(?:leg|foot) swings? out\\b|circumduct\\w*|hip[- ]hik\\w*|vault(?:s|ing) over',
    '\\b(?:foot|shoe|step)s?\\b[^.;!?\\n]{0,25}\\b(?:clap|smack|clop)(?:s|ping|ing)?\\b',
    '\\b(?:hip|leg|knee|thigh|ankle) (?:gives|goes|drops|fails|gave|went)\\b[^.;!?\\n]{0,25}\\b(?:floor|ground|fall|fell)\\b',
    'cada (?:vez|dia) (?:me|le) cuesta mas (?:levantar|mover|subir|estirar)[^.;!?\\n]{0,15}\\b(?:pierna|pie|rodilla|tobillo|dedos)\\b',
  ),
  ...p(
    'minor-trauma',
    '\\b(?:bent|bend\\w*|lift\\w*|reach\\w*|twist\\w*|sat down|stood up|turn\\w*|stretch\\w*|pick\\w* up|carr\\w+)\\b[^.!?\\n]{0,45}\\b(?:since then|ever since|and since|from that moment|straight after|immediately)\\b',
  ),
  ...p(
    'severe-trauma',
    '\\bover (?:the |my |his |her )?(?:handle ?bars?|bonnet)\\b',
    '(?:wall|ceiling|roof|scaffold\\w*|tree|branch|beam|pallet|car|machine\\w*|shel(?:f|ves)|wardrobe|load|tractor|fork ?lift|container) (?:\\w+ )?(?:collapsed|fell|came down|dropped|tipped|landed|toppled|rolled) (?:on|onto|over) (?:top of )?(?:me|him|her|my|his)\\b',
  ),
  ...p(
    'pulsatile',
    '(?:collapsed|fainted|passed out|blacked out|syncope)\\b[^.!?\\n]{0,40}\\b(?:back|flank|loin|abdom\\w+)\\b[^.!?\\n]{0,20}\\bpain',
  ),
  ...p(
    'retention',
    '(?:wait|push|strain|squat)\\w*\\b[^.;!?\\n]{0,25}\\b(?:only )?(?:a little|drops|a few drops|a bit|nothing|hardly anything|a trickle|a dribble) (?:comes?|came)\\b',
  ),
  ...p(
    'intravenous-drugs',
    '\\b(?:was|been|am|is|still|started|back to|keep) (?:\\w+ )?injecting\\b(?! (?:insulin|heparin|clexane|enoxaparin|methotrexate|ozempic|fillers|botox|my (?:knee|shoulder)|(?:\\w+ )?steroids?))',
  ),
  ...p(
    'osteoporosis',
    '(?:broke\\w*|fractur\\w*)\\b[^.;!?\\n]{0,40}\\b(?:tiny|small|minor|silly|low|simple) falls?\\b',
  ),
  ...p(
    'severe-weakness',
    '(?:strength|power) back (?:in|to) (?:the |my |his |her )?(?:\\w+ )?(?:legs?|foot|feet|ankle|knee|thigh)\\b[^.;!?\\n]{0,40}\\bfall\\w*',
  ),
  ...p(
    'bilateral',
    '\\bboth sides\\b[^.;!?\\n]{0,25}\\b(?:heels|legs|feet|calves|thighs|toes)\\b|\\bdown both sides\\b(?! of (?:my|the) (?:back|spine|neck))',
  ),
  ...p(
    'bowel',
    '(?:pass\\w*|let\\w* (?:off|out)|break\\w*) (?:wind|gas)\\b[^.;!?\\n]{0,30}\\b(?:without|no) (?:any )?control\\b',
  ),
  ...p(
    'bladder',
    '(?:not|n.t|never) (?:\\w+ )?(?:notic|know|feel|realis|realiz|aware)\\w*\\b[^.;!?\\n]{0,18}\\b(?:needs? changing|(?:is|was) (?:wet|soiled|dirty))\\b',
  ),
  ...p('bowel', '(?:absent|no|lost) anal (?:wink|reflex)\\b'),
  ...p(
    'saddle',
    '(?:dormid|adormecid|insensible|acorchad|corcho)\\w*\\b[^.;!?\\n]{0,30}\\b(?:toca (?:la silla|el asiento)|donde me siento|de sentarme)\\b',
  ),
  ...p(
    'severe-weakness',
    '\\bfoot (?:hits|strikes|meets|smacks) the (?:ground|floor)\\b[^.;!?\\n]{0,12}\\b(?:like|flat|loud\\w*|first)\\b',
    '(?:walk|stand)\\w* on (?:my |his |her |the )?(?:heels?|toes|tip ?toes?)\\?[ ,]{0,2}(?:no chance|impossible|forget it|not any ?more|no way)\\b',
    '\\b(?:knee|leg|hip|ankle)\\b[^.;!?\\n]{0,40}\\bdown (?:i|he|she) (?:go|goes|went)\\b',
    '\\b(?:legs?|foot|knee|thigh|ankle) (?:is|are|feels?) (?:as |so )?weak (?:as|that)\\b',
  ),
  ...p(
    'minor-trauma',
    '\\bsat (?:\\w+ ){1,4}(?:hard|heavily)\\b|\\bfound (?:lying )?on (?:the )?(?:floor|ground)\\b|\\bmissed the (?:chair|seat|toilet|step|bed|kerb)\\b',
  ),
  ...p(
    'cancer',
    '(?:mole|lump|growth|spot|polyp|shadow) (?:\\w+ ){0,3}?(?:turned out|was|proved|came back) (?:to be )?(?:bad|cancer\\w*|malignant|nasty|the bad kind)\\b',
  ),
  ...p(
    'infection-source',
    '(?:iv|intravenous|drip|line|weeks of|course of) (?:\\w+ ){0,4}?antibiotics|line in (?:my|his|her|the) (?:arm|neck|chest)',
    '(?:went|got|gone|gets?|spread|spilled|passed) (?:in)?to (?:the|my|his|her) blood(?:stream)?\\b',
  ),
  ...p(
    'osteoporosis',
    "(?:i|he|she)(?:'ve|'s| have| has)? (?:\\w+ )?(?:shrunk|shrunken)\\b(?! (?:my|the|a) )|dowager\\W?s? hump",
    'bones? (?:are |is )?(?:like|of|as) (?:an? )?(?:honeycomb|biscuits?|chalk|glass|sparrow|lace|sponge|egg ?shells?|crumb\\w*|swiss cheese|balsa)|bones of an? (?:bird|sparrow)|low bone density',
  ),
  ...p(
    'minor-trauma',
    '(?:plonk|flop|thump)\\w* down\\b|sat (?:down )?(?:hard|heavily|with a (?:bump|thud|jolt))',
  ),
  ...p(
    'severe-trauma',
    '(?:fell|fall|fallen|dropped) (?:\\w+ )?(?:from|off) (?:an? |the |my |our )?(?:\\w+ )?(?:mezzanine|platform|stage|bridge|deck|container|tractor|hay ?stack)|(?:squash|crush|trampl|ramm|butt)\\w* (?:me|him|her|by|against|under)\\b[^.;!?\\n]{0,20}\\b(?:gate|wall|bull\\w*|cow|horse|tractor|car|tree|machine)',
  ),
  ...p(
    'intravenous-drugs',
    '(?:use|uses|using|on) (?:the )?gear\\b(?! ?(?:box|stick|shift))|on the needle|groin inject\\w+',
  ),
  ...p(
    'fever',
    'sweat\\w* so (?:much|badly|heavily)|sweat\\w*[^.;!?\\n]{0,25}(?:chang\\w+|wring\\w*) (?:\\w+ )?(?:my |his |her |the )?(?:shirt|sheets?|pyjamas|nightie|bed)',
  ),
  ...p(
    'sudden-onset',
    '(?:like|was|went|felt|heard) (?:like )?(?:an? )?(?:gun ?shot|pistol shot|whip ?crack|bang\\b|crunch|crack\\b|snap\\b)[^.;!?\\n]{0,20}\\b(?:back|spine)\\b',
  ),
  // The back torn from within, and the one who tells it nearly fainted.
  ...p(
    'pulsatile',
    '(?:unzip\\w*|sawn|ripped|torn|split|rent)\\b[^.;!?\\n]{0,25}\\b(?:back|loin|spine)\\b[^.;!?\\n]{0,45}\\b(?:clammy|gr[ea]y|faint\\w*|floor|deck|collaps\\w*|passed out|blacked out|sweat\\w*)|\\bback\\b[^.;!?\\n]{0,25}\\b(?:unzip\\w*|sawn in|ripp(?:ed|ing)|torn|split|tearing)\\b[^.;!?\\n]{0,45}\\b(?:clammy|gr[ea]y|faint\\w*|floor|deck|collaps\\w*|passed out|blacked out|sweat\\w*)',
  ),
  ...p(
    'bladder',
    "(?:do|does|did|is|am) ?n[o']?t (?:\\w+ )?(?:know|sure|tell|feel|notice) (?:if|whether|when) (?:i|he|she) (?:\\w+ )?(?:ha(?:s|ve)|needs?|wants?) to (?:go|pee|wee|poo)\\b",
  ),
  ...p('cancer', '(?:half|part) (?:of )?(?:my|a|his|her|the) lung (?:\\w+ )?(?:out|removed|taken|cut)'),
  ...p(
    'retention',
    '\\b(?:pee|pees|peeing|wee|weeing|urinat\\w+|passing (?:urine|water)|it) only (?:works?|comes?|starts?|goes|runs|happens) (?:if|when|by|after|while)\\b(?! (?:hurt|pain))[^.;!?\\n]{0,30}\\b(?:seated|sit|stand|wait\\w*|minutes|push\\w*|press\\w*|lean\\w*|strain\\w*)',
    'only an? (?:spoon\\w*|thimble\\w*|egg ?cup\\w*|splash|dribble|trickle)[^.;!?\\n]{0,15}\\b(?:came|comes|come|out)\\b',
  ),
  ...p(
    'bladder',
    '(?:wear\\w*|wore|need\\w*|bought|buying) (?:\\w+ )?(?:pads?|napp(?:y|ies)|diapers?)\\b[^.;!?\\n]{0,30}(?:for the first time|first time in)',
  ),
  ...p(
    'weight-loss',
    '(?:\\d+|ten|eleven|twelve|\\w+teen|twenty|several) ?(?:kilos?|kg|pounds|lbs?|stone)\\b (?:are |is |have |has )?(?:\\w+ )?(?:gone|vanished|fallen off|melted|dropped off)(?! (?:\\w+ )?(?:with|by|through|on) (?:a |the |my )?(?:diet|exercise|gym|plan))',
  ),
  ...p(
    'steroids',
    'steroids? for (?:my |the |his |her )?(?:copd|asthma|polymyalgia|pmr|arthritis|crohn\\W?s|lupus|chest|lungs|colitis|sarcoid\\w*|transplant)\\b',
  ),
  ...p(
    'infection-source',
    '(?:heart )?valve infection|infected (?:heart )?valve|infection (?:of|on|in) (?:my |the |a )?heart(?: valve)?',
  ),
  // One leg, then the other.
  ...p(
    'bilateral',
    '(?:sciatica|pain|tingling|numb\\w*|pins and needles)[^.;!?\\n]{0,20}\\b(?:right|left)(?: leg| side)?,? (?:and )?then (?:in |on |down )?(?:the |my )?(?:right|left|other)\\b',
  ),
  ...p(
    'retention',
    "(?:has|have|had) ?n[o']?t (?:managed|been able) to pu\\b|(?:not|nil) pu\\b",
    "(?:on|at) the (?:throne|pan|urinal)\\b[^.;!?\\n]{0,35}\\b(?:nothing|not a drop|wo ?n[o']?t|could ?n[o']?t|hour)\\b",
  ),
  ...p(
    'saddle',
    "(?:sat|sit) (?:down )?on (?:\\w+(?:'s)? ){1,4}and (?:never (?:felt|knew|noticed)|did ?n[o']?t (?:feel|notice|know)|carried on|had no idea)",
    "(?:buttocks?|bottom|bum|anus|inner thighs?|perineum)\\b[^.;!?\\n]{0,30}\\b(?:can|could) ?n[o']?t (?:\\w+ )?(?:say|tell|know) (?:if|whether) (?:it|that|the \\w+|she|he) (?:was|is|were) (?:a )?(?:sharp|blunt|hot|cold|pin|touch\\w*)",
    '(?:where|under|inside) (?:my |the |his |her )?(?:underpants|pants|knickers|boxers|underwear|briefs)\\b[^.;!?\\n]{0,32}(?:numb|nothing|an?a?esthe\\w+|dead|no feeling|injection)',
  ),
  // A limb moved by hand or by its clothes, and one that stays behind.
  ...p(
    'severe-weakness',
    '(?:hoick|heav|haul|lug|hoist|yank|drag|pull|lift)\\w* (?:my |his |her |the )?(?:\\w+ )?(?:leg|foot|thigh)\\b[^.;!?\\n]{0,30}\\b(?:by|with) (?:my |his |her |the )?(?:\\w+ )?(?:trousers?|trouser leg|sock|hands?|arms?|belt|towel|jeans)',
    "(?:went|tried|meant|wanted) to (?:\\w+ ){1,3}[^.;!?\\n]{0,30}\\b(?:foot|leg|toes?)\\b[^.;!?\\n]{0,10}\\b(?:stayed|never moved|did ?n[o']?t (?:move|budge|follow|come))",
    '\\b(?:leg|knee)s?\\b (?:\\w+ )?(?:concertina\\w*|crumpl\\w*|telescop\\w*)',
  ),
  ...p(
    'minor-trauma',
    '(?:tumbl|toppl|pitch|stumbl)\\w* (?:backwards? |forwards? |sideways )?(?:off|from|over|down)\\b',
  ),
  ...p('sudden-onset', 'felt (?:my |the |his |her )(?:spine|back) (?:give|go|snap|crack|crunch)\\b'),
  ...p(
    'infection-source',
    '(?:wound|scar|incision|stitches|operation site)\\b[^.;!?\\n]{0,40}\\b(?:split|gunk|pus|goo|ooz\\w*|weep\\w*|stink\\w*|smell\\w*|discharg\\w*)',
  ),
  ...p('weight-loss', 'belt (?:is |now )?(?:on|at) (?:the |its )?(?:last|tightest) (?:hole|notch)'),
  // Carers: it is in the bed before anybody asked, and the one who is washed does not know.
  ...p(
    'bladder',
    "(?:find|found) (?:it|wee|her wet|him wet)\\b[^.;!?\\n]{0,20}\\b(?:in|wet in) the (?:bed|chair)\\b[^.;!?\\n]{0,30}\\b(?:surpris\\w*|unaware|does ?n[o']?t know|did ?n[o']?t know|no idea)",
  ),
  ...p(
    'saddle',
    "(?:cream|wash|wip|clean)\\w* (?:her|his) (?:bottom|bum|behind|privates)\\b[^.;!?\\n]{0,30}\\b(?:asks?|says?|does ?n[o']?t (?:know|feel))\\b[^.;!?\\n]{0,20}\\b(?:started|begun|there|yet|nothing|feel)\\b",
  ),
];
