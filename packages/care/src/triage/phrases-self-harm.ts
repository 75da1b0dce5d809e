import type { Phrase } from './concept.ts';
import type { NetRule } from './word-net.ts';

const p = (...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept: 'self-harm', pattern: new RegExp(source, 'g') }));
const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`, 'g');

const SOMEBODY = '(?:i|he|she|they)';
/** To live on, as one may no longer want to. */
const LIVING =
  '(?:be(?:ing)? (?:alive|here (?:any ?more|any longer)|on this (?:earth|planet)|in this world)|exist\\w*|live\\b(?! (?:without|in|at|with|near|on|alone|there|far|off|by))|living\\b(?! (?:in|at|with|near|room|alone|there))|(?:go|going|carry|carrying) on living|wake (?:up|again)|see (?:another|next|tomorrow)|come round)';
const FAMILY =
  '(?:kids|children|wife|husband|daughters?|sons?|family|parents|mum|mom|mother|father|dad|partner|friends|brother|sister|everyone|everybody|loved ones)';
const TABLETS =
  'tablets?|pills?|gabapentin|pregabalin|morphine|oxycodone|opioids?|amitriptyline|insulin|paracetamol|medications?|medicines?|tramadol|pastillas|comprimidos|medicacion';

/**
 * Words of not wanting to live, by what they mean: the wish to be dead or not to be, being a burden, hopelessness, farewells, means and places, injury
 * done to oneself, and the short words of clinicians. English, then Spanish. A hit asks about safety the same day; it asks nothing of the spine.
 */
export const SELF_HARM_PHRASES: readonly Phrase[] = [
  ...p(
    '\\bsuicid\\w*\\b(?<!\\b(?:lost|died|death)\\b[^.;!?\\n]{0,25}(?:to|by) suicide)(?! (?:prevention|awareness|helpline|hotline|line|squeeze))|\\bself[- ]?harm\\w*|\\bdeath wish|\\b(?:kill|hang|drown|shoot|poison)(?:ing|ed)? (?:my|him|her|them)sel(?:f|ves)\\b(?! (?:laughing|with (?:boredom|laughter)|(?:at|in) (?:the )?(?:gym|work|office|garden|classes?|training)|trying|over\\b|to (?:get|finish|make|keep|lose|meet)))|\\b(?:want|going|plan\\w*|thoughts? of|think\\w* (?:of|about)|might|may|urge) (?:to )?(?:harm|hurt|cut)(?:ing)? (?:my|him|her)self',
    "\\b(?:end|ending|take|taking) (?:my|his|her) (?:own )?life|\\bend(?:ing)? it all|\\b(?:will|.ll|going to|gonna|might|could|should|want to|wants to|ready to|rather|may as well|way to) (?:just )?end it\\b(?! (?:with|there|early|by|on|at|with))|(?:want|wants|wanted|wish|wishes|rather|ready) (?:to |i (?:was|were) |he (?:was|were) |she (?:was|were) )?(?:be )?(?:die|dead)\\b|better off (?:dead|without (?:me|him|her))|(?:do|does) ?n[o']?t (?:want|wish) to (?:live|be here|wake up|go on living|exist)|no (?:point|reason) (?:in|to|for) (?:live|living)|nothing (?:left )?to live for|(?:life )?not worth living|(?:taken?|take|taking) an overdose",
    '\\bautoles\\w+|(?:quier[oe]|piens[oa] en|ganas de|idea de) hacer(?:me|se) dano\\b|\\bahorcarme|\\bmatarme\\b|quitar(?:me|se) la vida|no quier[oe] (?:seguir )?(?:vivir|viviendo)|(?:quiero|prefiero|quisiera) morir\\w*|acabar con (?:mi vida|todo)|ojala (?:no despertara|me muriera)',
    'lost all hope|in case (?:i am|i.m|he is|she is) no longer (?:here|around|alive)|(?:think|thought|thinks|thinking|thoughts)[^.;!?\\n]{0,20}\\b(?:steer|crash)\\w* into\\b|(?:want|wants|wanted|wish|wishes) to (?:go to )?sleep and (?:not|never) wake|tomar(?:se|me) todas las (?:pastillas|medicinas)',
    '(?:how many|enough) (?:tablets|pills)\\b[^.;!?\\n]{0,20}\\b(?:take|need|kill)|(?:no longer|not|n.t) (?:\\w+ )?cares? (?:whether|if) (?:i|he|she) (?:lives?|dies?|wakes?)|take everything in the (?:cupboard|cabinet|house|drawer)|(?:not|n.t) (?:need|have) to worry about (?:me|him|her) (?:much longer|any ?more|for (?:much )?long)|no (?:me|le) importaria (?:no despertar|morir|no estar)',
    '(?:would|will|going to|gonna|i.ll|he.d|she.d) jump\\b(?! (?:on|at|in|the queue|to conclusions))|ask\\w* god to take (?:him|her|me)|\\bhigh bridge\\b|(?:manage|cope|be (?:fine|happier)|do (?:well|fine))[^.;!?\\n]{0,25}\\b(?:after|when|once) (?:i|he|she)(?:.m| am| is) gone',
    '(?:thought|think|thoughts|thinking|want|wanted|urge|tempted|imagin\\w*)\\b[^.;!?\\n]{0,20}\\b(?:step|jump|walk|throw|driv)\\w*\\b[^.;!?\\n]{0,15}\\b(?:in front of|under|off|into) (?:a |the )?(?:train|bus|lorry|bridge|balcony|traffic|tree|roof|river)\\b',
    '(?:tablets|pills|bottle|knife|rope)\\b[^.;!?\\n]{0,30}\\b(?:so easy|be easy|end it|tempt\\w*)\\b|hope (?:that )?(?:i|he|she) (?:\\w+ )?(?:won.t|will not|do(?:es)? not|don.t|never) wake|prefer\\w+ no (?:despertar|estar aqui|seguir)',
    "lethal (?:dose|amount|quantit)\\w*|\\b(?:a|the|bought) (?:rope|noose|ligature)\\b[^.;!?\\n]{0,25}\\b(?:garage|loft|shed|ready|tree|beam|attic)|(?:not|n[o']?t) (?:intend|plan|expect|want|wish|going) to (?:carry|go) on\\b(?! (?:with|like this|work|taking))|(?:whether|if) (?:continuing|carrying on|going on|living|life) is worth\\w*",
    'pon(?:er|iendo)(?:le)? fin a (?:su|mi|la) vida|no ve\\w* (?:ninguna )?salida',
    '(?:sav|hoard|stock ?pil|stor|collect|keep)\\w*\\b[^.;!?\\n]{0,15}\\b(?:tablets|pills|medication|amitriptyline|morphine|opioids?|insulin|paracetamol)\\b[^.;!?\\n]{0,50}\\b(?:all|taking|swallow\\w*|overdose|enough)|tak(?:e|ing) (?:them|it|the tablets|the pills) all\\b',
    "(?:giv\\w+|began to give|begun to give) (?:away|my \\w+ away)[^.;!?\\n]{0,15}\\b(?:my|his|her|things|possessions|belongings)|(?:put|putting|set) (?:my|his|her) (?:papers|affairs|things|will) (?:in|into|to) order|(?:rather|prefer to|hope to|wish(?:es)? to|would like to) (?:not |never )(?:wake|be here|exist|live)\\w*|(?:not|never) wak(?:e|ing) up (?:in the morning|again|tomorrow|any ?more)\\b|(?:no|not|n[o']?t)[^.;!?\\n]{0,12}\\b(?:see|find)\\w* (?:a|any|no|the) (?:way (?:forward|out|on)|future|point|reason to)\\b|tired of (?:living|life|being alive)|burden[^.;!?\\n]{0,30}\\b(?:without (?:me|him|her)|gone|better off)|wrote (?:a )?(?:farewell|goodbye|suicide)",
    '(?:quitar|quitarme|quitarse) de en ?medio|(?:ya )?no (?:le |me )?(?:encuentr\\w+|ve\\w*|tiene) (?:\\w+ )?sentido[^.;!?\\n]{0,15}\\b(?:vivir|vida|seguir|nada)|(?:no despertar|desaparecer para siempre|mejor muert[oa])|estarian mejor sin (?:mi|el|ella)|(?:guard|junt|acumul)\\w+[^.;!?\\n]{0,15}\\b(?:pastillas|comprimidos)',
  ),
  // The wish not to be.
  ...p(
    `(?:(?:not|n[o']?t|never|no longer) (?:\\w+ )?(?:want|wish|care|hoping|desire|expect|intend|plan)\\w*|no (?:desire|wish|will|reason)(?: for (?:me|him|her))?|lost (?:\\w+ )?(?:will|wish|desire|reason)|los\\w+ (?:the |his |her |my )?will|(?:sooner|rather|wish\\w*|prefer\\w*|hop\\w+|better) not) (?:to )?(?:\\w+ )?${LIVING}`,
    '(?:stop|cease|ceased|stopped) (?:to be\\b|to exist|existing|being alive)|\\bwill to live\\b(?=[^.;!?\\n]*\\b(?:gone|left|lost))|(?:sooner|rather|prefer) not (?:have|be)\\b',
    `(?:not|n[o']?t|never|cannot) (?:\\w+ )?(?:see|picture|imagine) (?:my|him|her|them)sel(?:f|ves) (?:\\w+ )?(?:here|around|alive|reaching|making it|living)`,
    `(?:wo ?n[o']?t|will not|not) be (?:around|alive|here) (?:by|much longer|any ?more|any longer|to see|for much|come)\\b`,
    "(?:would|do|did|could)(?: not| ?n[o']?t) (?:really |even )?(?:mind|care|be sorry|be bothered) (?:if|whether|being|dying)\\b[^.;!?\\n]{0,40}\\b(?:hit|ran|run over|kill\\w*|took|die[sd]?|dead|dying|wake|woke|crash\\w*|end(?:ed)?|struck|heart)\\b",
    `(?:disappointed|sorry|angry|annoyed|sad|devastated|upset) (?:that |to (?:have )?)?(?:${SOMEBODY} )?(?:\\w+ )?(?:woke|wake|woken|waking|survived|survive|opened|open|(?:am|is|be) still (?:here|alive))\\b`,
    `finish(?:ed)? (?:me|him|her) off|(?:wish|should have|shouldn.t have|better if)[^.;!?\\n]{0,35}\\b(?:never been born|not (?:have )?survived|n.t survived|(?:had |have )?killed (?:me|him|her)|not woken|${SOMEBODY} had died)\\b`,
    '(?:disappear|vanish|go away|gone)\\b[^.;!?\\n]{0,12}\\bfor (?:good|ever)\\b(?! (?:pain|and the pain))|\\bsleep forever\\b',
    '(?:just as|as|might as|may as) well be dead|death (?:would|will|seems|looks|might|sounds)\\b|\\b(?:i|he|she|me|better off|be|being)(?: was| were| am| is| had been|.m)? dead\\b(?= (?:than|and|so|already|inside)|[.,!"\\n]|$)|in (?:the|my|his|her) (?:ground|grave|coffin)\\b|six feet under',
  ),
  ...p(
    "(?:run|ran|running) out of (?:reasons|hope|road)\\b|(?:not|n[o']?t) (?:intend|plan|expect|going|hop\\w+|want) to be (?:around|alive|here)\\b(?! (?:next|on \\w+day|at|in (?:the )?(?:afternoon|morning)))|wants? (?:it all|everything|all of it|it) to (?:stop|end|be over)\\b|giv\\w+ up on (?:life|living|everything|(?:my|him|her)self)",
    '(?:end|ending|stop|stopping) (?:my|his|her) (?:own )?(?:suffering|misery|existence|days)\\b|put(?:ting)? an end to (?:it all|it\\b|everything|things|my|his|her|(?:my|him|her)self)|out of (?:my|his|her) misery|(?:feels?|feeling|felt) trapped\\b(?! nerve)|euthanas\\w+|assisted (?:dying|death)|dignitas|eutanasia|suicidio asistido',
    '(?:any|whether there is(?: any)?) (?:point|purpose|sense) (?:in |of |to )?(?:living|life|going on|carrying on|being (?:here|alive))|life (?:\\w+ ){0,2}?(?:lost|no longer has|has no|without) (?:\\w+ )?(?:meaning|purpose|value|point)|(?:feels?|am|is|be|being) (?:\\w+ )?worthless\\b|(?:nobody|no one) (?:would|will) (?:even )?(?:miss|mourn|notice if|care if)\\b',
    "(?:not|n[o']?t) (?:feel |feeling )?safe (?:with (?:my|him|her)self|alone|on (?:my|his|her) own)|samaritans|crisis (?:line|team|text)|(?:previous|prior|past|earlier|recent) (?:suicide |overdose )?attempts?\\b(?! (?:at|to|of|with|by))|(?:intentional|deliberate|taking an|take an|took an|previous|past|history of|recent|after an) overdos\\w*|overdos(?:ed|ing)\\b|(?:plan\\w*|paid for|arrang\\w*|cho(?:se|osing|sen)|pick\\w*) (?:my|his|her) (?:own )?funeral",
    '(?:wonder\\w*|think\\w*|thought\\w*|imagin\\w*|tempt\\w*|urge\\w*|pictur\\w*|what it would be like)\\b[^.;!?\\n]{0,35}\\b(?:driv\\w+|steer\\w*|swerv\\w*|crash\\w*) (?:\\w+ ){0,3}?(?:off|into)\\b|(?:wife|husband|kids|children|family|they) (?:would|will) be (?:better|well) (?:off|provided for|looked after|taken care of)',
    '(?:will|can|should) find (?:a |the |my |his |her )?(?:letter|note|envelope)|(?:courage|nerve|guts) to (?:finish|do it|end|go through|jump|die)\\b|worth more (?:dead|than (?:i|he|she) (?:am|is))|(?:thought\\w*|think\\w*|idea|urge)\\b[^.;!?\\n]{0,15}\\b(?:walk|step|run)\\w* (?:out|in|on)\\w*\\b[^.;!?\\n]{0,15}\\b(?:motorway|road|traffic|tracks|line|street|highway)',
    `(?:put|set|laid|putting|setting)\\b[^.;!?\\n]{0,25}\\b(?:${TABLETS})\\b[^.;!?\\n]{0,12}\\b(?:aside|by\\b|away for)`,
  ),
  // A tomorrow that is not reckoned with, and a death that would not be resisted.
  ...p(
    '(?:let-?down|disappoint\\w*|curse|punish\\w*|pity|shame)[^.;!?\\n]{0,45}\\bstill (?:breathing|alive|here)\\b|would (?:not|n.t) (?:resist|fight|stop it|object|complain)\\b[^.;!?\\n]{0,15}\\bif\\b|\\b(?:something|god|death|illness|cancer|it) (?:were to |would |could )?(?:just )?(?:take|took|finish|carry off) (?:me|him|her)\\b(?! (?:a|an|to|for|half|two|three|\\d|ages|all|so|longer|hours|long|more))',
    '(?:year|future|version|life|world)\\b[^.;!?\\n]{0,20}\\b(?:with(?:out)? (?:me|him|her)|has (?:me|him|her)|i am|he is|she is) in it\\b|no place (?:in (?:the|this) world|here for (?:me|him|her))|(?:no longer|not|n.t) ha(?:s|ve) a place in (?:the|this) world',
    "(?:not|n[o']?t) (?:expect|think|plan|intend|hope|believe)\\w* (?:\\w+ )?(?:to |of )?(?:reach\\w*|mak\\w+ it (?:to|past)|get(?:ting)? to|see(?:ing)?) (?:(?:my|his|her|the|next|another) )+(?:\\w+ )?(?:birthday|christmas|year|summer|spring|winter|autumn)|nothing (?:left )?(?:to stay for|keeps? (?:me|him|her) here)|(?:how|so) (?:simple|easy|quick|peaceful) (?:it would|would it|that would) be\\b",
    "(?:images?|visions?|flashes|fantas\\w+|dreams?|thoughts?|ideas?) (?:\\w+ )?of (?:hanging|jumping|crashing|drowning|shooting|overdos\\w+|(?:my|his|her) own (?:death|funeral))|(?:done|tired of|finished|stopped) fighting\\b|no fight left|(?:not|n[o']?t|never) (?:be sad|be upset|blame (?:your|our|them)sel\\w+|grieve|mourn)\\b",
    '(?:perd\\w+|sin) (?:la |toda |toda la )*esperanza|no (?:piens[oa]|cre[eo]|esper[oa]|voy|va)(?: a| que)? (?:\\w+ )?(?:llegar|cumplir|ver)\\w*[^.;!?\\n]{0,20}\\b(?:cumpleanos|navidad\\w*|ano|verano|invierno|primavera)|si (?:el|ella|yo) (?:ya )?no (?:estuv|viv|exist)\\w*|(?:dejado|escrito|dejo|escribio) (?:una |unas )?(?:cartas?|notas?) (?:a|para) (?:sus?|mis?) (?:hij|famil|espos|marido|mujer|padres|madre)\\w*|en paz con (?:mi|su|la) (?:decision|muerte|marcha)',
  ),
  // A burden, and life easier without.
  ...p(
    `(?:easier|better(?: off)?|happier|free\\w*|reliev?e?[df]\\w*|at peace|lighter|tranquil\\w+|mejor|aliviad\\w+)[^.;!?\\n]{0,35}\\b(?:without (?:me|him|her)\\b(?! (?:lifting|having|being|doing))|if (?:i|he|she) (?:ceased|went\\b|(?:just |simply |only )?(?:(?:were|was|had) (?:gone|dead|not|never|n.t)|disappear\\w*|vanish\\w*)|weren.t|wasn.t|died|disappeared|did not exist)|sin mi\\b|si (?:yo )?(?:falt|no estuv|me fuer|desaparec|muri)\\w*)`,
    `deserves? (?:better|more) than (?:me|this (?:wreck|mess)|an? (?:\\w+ )?(?:cripple|wreck|invalid|burden))|nothing (?:but|more than) a (?:burden|nuisance|weight)|(?:burden|millstone|dead weight|weight r?o?a?r?ound)[^.;!?\\n]{0,50}\\b(?:free|better|easier|happier|relief|without|gone|if (?:i|he|she) (?:went|died))\\b`,
  ),
  // Hopelessness.
  ...p(
    '(?:utterly|completely|totally|absolutely|so|very|deeply|feels?|feeling|felt|seems?|all) hopeless\\b(?! (?:at|case|with))|(?:sense|feelings?|feel|state) of (?:\\w+ )?(?:hopelessness|despair|worthlessness)|(?:no|lost|given up|without) (?:all |any )?hope\\b(?! (?:that|of (?:a|getting|seeing|surg|an)))',
    'nothing (?:left )?(?:to (?:live|look forward|hope)|worth living)\\b|\\bno future\\b|\\bno (?:point|purpose|reason|sense)\\b(?: left)?(?=[.!]|$)|(?:no|what.?s the|see no|not see (?:the|any)|little) (?:point|purpose|reason|sense|use) (?:in |of |to )?(?:living|life|going on|carrying on|carry on|go on|continuing|keep going|being (?:here|alive)|anything|any of it|it all|existing)\\b(?! (?:with|to|taking|physio))',
    "(?:can ?n[o']?t|can't|cannot|unable to|could ?n[o']?t) (?:do this|go on|carry on|keep (?:going|doing this|living)|face (?:another|one more|tomorrow|life)|live like this)(?: (?:any ?more|any longer|like this|much longer|day|year|winter|month|week))+|\\bwant(?:s|ed)? out\\b(?! of)|\\bno way out\\b",
    '(?:had enough|tired|sick|weary|exhausted|done|finished|fed up|through) (?:of|with) (?:life|living\\b(?! (?:in|with|at))|being (?:alive|here)|exist\\w+|everything|it all)\\b|(?:made|making|at) (?:my |his |her )?peace with (?:going|dying|death|the end|leaving|it ending)|life (?:is|has|feels?|seems?)[^.;!?\\n]{0,20}\\b(?:pointless|meaningless|unbearable|empty|over|not worth)\\b|\\b(?:life|living)\\b[^.;!?\\n]{0,15}\\bnot (?:\\w+ )?(?:worth|worthwhile)\\b',
    'know (?:exactly |just )?what (?:i|he|she)(?:.m| am| is|.ll| will)? ?(?:going to|have to|must)? ?do\\b(?=[^.;!?\\n]*\\b(?:nobody|no one|stop (?:me|him|her)))|already know what (?:i|he|she)(?:.ll|ll| will| am going to)? ?do\\b|if\\b[^.;!?\\n]{0,40}\\b(?:fails?|work|come back|comes back|help)\\b,? (?:then )?(?:i am|i.?m|im) (?:done|finished|off|out of here)\\b|(?:nobody|no one) (?:will|can|could|is going to)(?: be able to)? stop (?:me|him|her)|one way or (?:another|the other)[^.;!?\\n]{0,30}\\b(?:mean|end|over)|over soon[^.;!?\\n]{0,20}one way or',
  ),
  // Farewells.
  ...p(
    `(?:said|say|saying|says|bid\\w*|made)\\b[^.;!?\\n]{0,20}\\b(?:good ?byes?|farewells?)(?= (?:to (?:\\w+ ){0,2}${FAMILY}\\b|and|in|as|already)|[.,;!]|$)|farewells? to (?:\\w+ )?${FAMILY}|\\bloose ends\\b|(?:letters?|notes?|cards?|videos?)\\b[^.;!?\\n]{0,25}\\b(?:to|for) (?:\\w+ ){0,3}${FAMILY}\\b[^.;!?\\n]{0,30}\\b(?:after(?:wards)?|open(?:ed)?|gone|when|goodbye|find)\\b`,
    `(?:when|once|after|if|for when) (?:i|he|she)(?: am| is| was| were|.m|.s)? (?:gone|not (?:here|around)|no longer (?:here|around|alive))\\b(?! (?:on|to|away|from|at|abroad|home|for))|should (?:remarry|marry again|find (?:someone|somebody) (?:else|new))`,
    `(?:insurance)[^.;!?\\n]{0,30}\\b(?:pay off|pay out|see them right|look after|provide for)|(?:dog|cat|pets?)\\b[^.;!?\\n]{0,30}\\b(?:new home|rehom\\w+|will be looked after|arrange\\w*)[^.;!?\\n]{0,50}\\b(?:will|funeral|gone|matter)\\b`,
  ),
  // Injury to oneself, attempts and ways.
  ...p(
    '(?:cutting|burning|slashing|scratching|hitting|injuring|cuts?|slash(?:ed|es)?) (?:up )?(?:my|his|her|own|both) (?:own )?(?:arms|wrists?|forearms|thighs)\\b|(?:cutting|injuring|starving|burning) (?:my|him|her)self\\b(?! (?:shaving|cooking|on|while|off))|self[- ](?:inflicted|injur\\w+|mutilat\\w+|poison\\w*|destruct\\w+)|(?:superficial|linear|multiple|healing|fresh) (?:lacerations?|cuts|scars?) (?:to|on|of|over|along) (?:\\w+ )?(?:\\w+ )?(?:forearms?|wrists?)',
    '(?:tried|attempt\\w*|attempts?|trying) to (?:end (?:it|things|my|his|her|every)|kill (?:my|him|her)self|die|hang|overdose|jump)\\b|(?:took|swallow\\w*|taken|take)\\b[^.;!?\\n]{0,35}\\b(?:tablets|pills|capsules|medication|boxes?|packets?|bottle)\\b[^.;!?\\n]{0,25}\\b(?:hop\\w+|so (?:that )?(?:i|he|she) (?:would|wouldn)|not (?:to )?(?:wake|come)|on purpose|deliberately|to (?:end|die|sleep forever))',
    '(?:look\\w*|search\\w*|research\\w*|read\\w*|googl\\w+|find\\w*|work\\w* out|investigat\\w*)[^.;!?\\n]{0,20}\\b(?:ways?|how|methods?|means) (?:to|of|for) (?:do(?:ing)? it|end\\w*|die|dying|kill\\w*)\\b|rehears\\w+ (?:a |the )?(?:\\w+ )?(?:method|plan|way)|painless (?:ways?|methods?)|(?:thought|thinking|thoughts|think|fantasi\\w+|dream\\w*|ruminat\\w+|talk\\w*|consider\\w*|contemplat\\w*|toy\\w*)[^.;!?\\n]{0,15}\\b(?:end(?:ing)? (?:it|things|everything|my life|his life|her life)|taking (?:my|his|her) (?:own )?life|not being (?:here|alive|around))\\b',
    '(?:dose|how (?:much|many)|amount|quantity|enough)\\b[^.;!?\\n]{0,40}\\b(?:kill (?:some(?:one|body)|an? (?:man|woman|person|adult)|me\\b|him\\b|her\\b)|be (?:fatal|lethal)|fatal|lethal)',
    `(?:tak|swallow)\\w* all (?:of )?(?:my|the|his|her) (?:${TABLETS})|no tiene (?:caso|objeto) (?:seguir|vivir|nada)|\\bsoy (?:solo )?un(?:a)? (?:estorbo|carga|lastre)\\b|(?:manage|cope|be (?:fine|ok|okay|happier)|do (?:well|fine|better)|get (?:on|along)) (?:\\w+ ){0,2}without (?:me|him|her)\\b(?! \\w*(?:help|lift|being|doing|having|there))|\\b(?:ligature|noose)\\b(?! (?:points?|cutter|risk))|(?:won.?t|will not|would not|wouldn.?t|not going to) (?:be|bother|trouble)\\b[^.;!?\\n]{0,35}\\b(?:much longer|for (?:much )?long|any ?more|again)\\b(?<=\\b(?:problem|burden|bother|bothering|trouble|troubling|nuisance|worry)\\b[^.;!?\\n]{0,40})|(?:took|taken|swallow\\w*|ingest\\w*)\\b[^.;!?\\n]{0,60}\\b(?:deliberate\\w*|on purpose|intentional\\w*)|(?:stock ?pil|hoard)\\w*[^.;!?\\n]{0,20}\\b(?:${TABLETS})\\b|count(?:ed|s|ing) (?:out )?(?:my|his|her|the) (?:\\w+ )?(?:${TABLETS})\\b`,
  ),
  // Clinicians' short words.
  ...p(
    '\\bideation\\b|death wish\\w*|wish(?:es)? (?:to be dead|for death|he were dead|she were dead|not to be alive)|(?:thoughts?|thinking) (?:of|about) (?:death|dying|being dead|not being|harming|hurting (?:my|him|her)self|self)\\b(?! (?:of (?:my|his|her)|in the family))|access to (?:\\w+ )?(?:means|firearms?|weapons?|guns?)|means (?:at home|available|to hand|in place)|parasuicid\\w+',
    '\\b(?:item|question|q) ?9\\b(?:[^.;,!?\\n]{0,12}\\b(?:positive|endorsed|yes|nearly every day|several days|more than half)|[ :=]{0,3}(?:(?:is|was|of|scored|score|at) )*[1-3]\\b)|\\bc-?ssrs\\b[^.;!?\\n]{0,20}\\b(?:positive|high|moderate|elevated)|\\bpositive (?:c-?ssrs|suicide screen|item 9)',
  ),
  // Hints: an accident that would be welcome, tablets kept back, the wheel, farewells, cutting that has come back.
  ...p(
    '\\bif (?:a|an|the) (?:bus|lorry|truck|car|train|tram|van|heart attack|stroke|lightning)\\b[^.;!?\\n]{0,25}\\b(?:me|him|her)\\b[^.;!?\\n]{0,30}\\b(?:thank|glad|grateful|relie\\w+|happy|fine|welcome|complain|mind|favou?r|bless\\w+)',
    `(?:keep|kept|sav|squirrel|stash|hid|collect|hold|held|gather|build|put|stor)\\w*(?: (?:up|back|aside|by|away))?\\b[^.;!?\\n]{0,25}\\b(?:${TABLETS})\\b[^!?\\n]{0,50}\\b(?:just in case|for when|enough|a fair few|plenty|in a jar|each night|every night|one day|when i(?:.m| am) ready|to (?:go|be done))\\b(?<!\\b(?:pain|spasm|flare)\\b[^.;!?\\n]{0,20})`,
    "\\bthink\\w*[^.;!?\\n]{0,20}\\b(?:turn|yank|swing|let go of|jerk)\\w* the (?:steering )?wheel|\\bsorry for everything\\b|look after (?:the|my) (?:kids|children|boys|girls|mum|mom|dog)\\b[^!?\\n]{0,60}\\b(?:sorry|not answering|n[o']?t answer|goodbye|gone)\\b",
    '\\bused to (?:cut|self[- ]?harm|burn)\\b(?! (?:hair|grass|wood|the |hedges|down|back|my (?:hair|grass|toe)))[^!?\\n]{0,40}\\b(?:again|start\\w*|back to|helps)\\b|(?:start|began|begun|gone back|back)\\w* (?:to )?(?:cutting|self[- ]?harming|burning) (?:my|him|her|again)',
    `(?:what.?s|how much|how many|max\\w*|most)\\b[^.;!?\\n]{0,15}\\b(?:${TABLETS}|co-?codamol|codeine|painkillers)\\b[^!\\n]{0,60}\\b(?:(?:i.?m|i am) done|kill|die\\b|end it|sleep for ?ever|never wake)`,
    '\\b(?:would|.d)(?: all)?(?: just)? be (?:so much |far |much )?(?:better off|happier|freer)\\b(?= (?:without|if i (?:was|were|am)(?: not|n.t)|once i)|[.,;!]? (?:i.?m|i am) (?:a |just a |only a )?(?:weight|burden|drain|millstone|dead weight|trouble))|\\b(?:a weight|a burden|a millstone|dead ?weight) (?:on|to|a?round|for) (?:everyone|everybody|them all|the (?:kids|family)|my (?:\\w+ )?(?:family|kids|wife|husband|children))',
    '(?:no|not much|what.?s the|why|see any) (?:point|bother|use)\\b[^!?\\n]{0,40}\\b(?:wo ?n.?t|will not|not going to|not gonna) be (?:here|around|alive)\\b',
    `(?:given|gave|giving|give) (?:away )?(?:the|my|his|her) (?:dog|cat|things|tools|jewell?ery|belongings|possessions|guitar|stuff)\\b[^!?\\n]{0,90}\\b(?:one less thing|after\\b[^.;!?\\n]{0,6}(?:$|[.,])|when i.?m gone|wo ?n.?t (?:need|matter)|not need\\w* (?:them|it)|soon)\\b`,
    '(?:letters?|notes?|cards?)\\b[^!?\\n]{0,60}\\b(?:in the drawer|with the (?:will|insurance)|for afterwards|sealed)\\b',
  ),
  ...p(
    '(?:ojala|quisiera|quiero|rezo|pido|dormirme|duerma|acostarme|acueste)\\b[^.;!?\\n]{0,25}\\bno (?:me )?(?:despert|despiert|amane|amanez)\\w+\\b(?! (?:con|a las|por|de noche|tan|cada|tant))',
    '\\b(?:soy|siendo|ser|siento que soy|hecho) (?:solo )?un(?:a)? (?:peso|estorbo|carga|lastre|molestia)\\b|\\bsin (?:mi|el|ella) (?:estar|vivir|iri|les iri)\\w+ (?:\\w+ )?(?:mejor|tranquil\\w+)|(?:estarian|vivirian) (?:\\w+ )?(?:mejor|tranquil\\w+) (?:sin|si)',
    '(?:ya )?no (?:voy|va) a estar\\b(?! (?:en (?:casa|la|el)|disponible|libre|de vacaciones|aqui (?:el|la|manana)))|pronto (?:se acaba|me voy|descanso|dejo de|voy a descansar)[^.;!?\\n]{0,12}\\b(?:sufri\\w+|todo|esto|para siempre|molestar)\\b|(?:se )?acab\\w+ (?:pronto )?(?:el|mi|su) sufrimiento',
    '(?:cort|quem|lastim|rasgu?n)ar(?:me|se) (?:\\w+ )?(?:los |las |el |la )?(?:brazos?|piernas|munecas?|muslos|antebrazos?)|(?:he vuelto|volvi|empece|empezo|ha vuelto) a (?:cortar|quemar|lastimar)(?:me|se)\\b(?! (?:el pelo|las unas|el cabello))',
    '(?:tengo|deje|dejo|tiene|esta) (?:ya )?todo (?:\\w+ )?(?:preparado|listo|arreglado)\\b[^!?\\n]{0,50}\\b(?:cartas?|despedi\\w+|cuestion de dias|testamento|para irme)\\b|(?:regal|repart)\\w+ (?:\\w+ ){0,2}?(?:mis|sus|todas sus|todo) (?:\\w+ )?(?:cosas|herramientas|joyas|ropa|guitarra|pertenencias)\\b[^!?\\n]{0,60}\\b(?:despid|despedi|no (?:las |los |la |lo )?(?:necesit|va a necesit)|pronto|mejor no vivir|descans)\\w*',
    '(?:junt|guard|escond|apart|almacen|ahorr)\\w+[^.;!?\\n]{0,20}\\b(?:pastillas|comprimidos|medicinas|morfina|parches)\\b[^!?\\n]{0,50}\\b(?:por si|frasco|para cuando|un dia|bastantes|suficientes|todas juntas|lleno)\\b',
    '(?:pienso|da por pensar|pienso en|ganas de|se me pasa por la cabeza)\\b[^.;!?\\n]{0,20}\\b(?:soltar el volante|girar el volante|estrellarme|seria tan facil|seria facil|dejarme caer)\\b|ganas de (?:tirar|aventar|arrojar|lanzar)(?:me|se)\\b',
  ),
  ...p(
    '\\b(?:i.?ll not|i wo ?n.?t|i will not) be (?:around|alive)\\b(?! (?:on \\w+day|tomorrow|next|that|at|for (?:the|your|my)|this))|\\bwho gets (?:the|my|his|her) \\w+|(?:would ?n.?t|not|n.t) be (?:the |a |so )?(?:worst thing|tragedy|bad thing|great loss|disaster)[^.;!?\\n]{0,10}\\bif\\b[^.;!?\\n]{0,35}\\b(?:heart|di(?:e|ed)\\b|woke|wake|hit|ended|gone|packed|took me)',
    '\\bif (?:the|this|my) (?:op|operation|surgery|an(?:a)?esthetic)\\b[^.;!?\\n]{0,35}\\b(?:wrong|kill\\w*|wake|last)\\b[^.;!?\\n]{0,35}\\b(?:fine by me|so be it|suits me|relief|spares?|save everyone|would ?n.?t mind|better for)|si no (?:despierto|salgo|vuelvo) de la (?:anestesia|operacion|cirugia)[^.;!?\\n]{0,15}\\b(?:mejor|bien|igual|no importa|descans\\w+)',
    '\\bburn(?:s|ing|ed|t)? (?:my|him|her)self\\b[^.;!?\\n]{0,40}\\b(?:on purpose|helps|relief|choose|chose|control|deserve|lighter|cigarettes?)|\\bpain i (?:chose|choose|can choose|control|can control)\\b|count\\w* (?:them|the \\w+|my \\w+) out\\b[^!\\n]{0,60}\\b(?:put (?:them )?back|enough|lined up)',
    '(?:para|pa) lo que me queda\\b(?! (?:de|en|del|por))|(?:escrib|dej|dij|apunt|anot)\\w+\\b[^.;!?\\n]{0,50}\\bcuando (?:yo )?(?:ya )?(?:no este|falte|me haya ido)\\b(?! (?:en|de|a)\\b)|no (?:sirvo|valgo) (?:ya )?(?:para )?nada\\b|(?:deberia|que) (?:se )?(?:buscar?se|busque|consiga) (?:a )?otr[oa]\\b',
    '(?:azotea|puente|balcon|barranco|acantilado|roof|bridge|balcony|cliff|ledge|overpass)\\b[^.;!?\\n]{0,25}\\b(?:mir\\w+|look\\w*|star(?:e|es|ing)) (?:\\w+ )?(?:pa(?:ra)?.? ?abajo|hacia abajo|abajo|al vacio|down\\b|over the edge|at the drop)|(?:veneno|raticida|insecticida|rat poison|weed ?killer|antifreeze)\\b[^.;!?\\n]{0,50}\\b(?:lo miro|guardad[oa]|escondid[oa]|pienso|kept|look at|stare|think)',
  ),
  ...p(
    '\\b(?:better|happier|easier) (?:off )?as (?:a |my )?(?:widow|widower|orphans?)\\b|n.?t (?:even )?look both ways|n.?t bother looking (?:before|when) (?:i )?cross|not suicidal (?:as such|exactly|but)\\b|like it was (?:the|his|her|our) last time|\\b(?:the )?(?:rope|noose|gun|blade)\\b[^.;!?\\n]{0,25}\\b(?:back in|away)\\b[^!?\\n]{0,20}\\bfor now\\b',
    '\\btook (?:\\d+|ten|twelve|twenty|thirty|a handful|a fistful|loads|all)\\b[^.;!?\\n]{0,35}\\b(?:hoping|wanted to|woke up and|to sleep)\\b|(?:tom[oe]|trag[oe])\\w* (?:un puno|un monton|un buen|todo el frasco|muchas|como \\w+) (?:de )?(?:las )?pastillas|cried because (?:i|he|she) (?:did|woke)|woke up\\b[^.;!?\\n]{0,30}\\bcried because',
    '(?:alivio|descanso|favor)\\b[^.;!?\\n]{0,25}\\bque (?:yo )?(?:ya )?no (?:amane\\w+|despert\\w+|estuv\\w+|viv\\w+)|(?:agarro|cojo|tomo|miro) (?:el|un) (?:cuchillo|navaja)[^.;!?\\n]{0,30}\\b(?:pensando|mirando|pienso)|(?:encargo|encargue|cuida|cuides|cuiden) (?:a )?(?:los ninos|mis hijos|mi hij[oa])[^.;!?\\n]{0,25}\\bsi (?:algo )?me (?:llega a )?pas',
  ),
  // Spanish.
  ...p(
    '(?:mejor|preferiri\\w+|prefier\\w+|ojala|quisiera|querria|quier[oe]|dese[aoe]\\w*|gustaria|rez\\w+|pid\\w+|piens\\w+|pensado|pensar)\\b[^.;!?\\n]{0,35}\\b(?:no (?:estar (?:aqui|viv[oa])|volver a despertar\\w*|existir|vivir|despertar\\w*|haber nacido)|morir\\w*|muert[oa]\\b|muerte\\b|desaparecer)|no me despert\\w+ (?:nunca|mas|jamas|manana)|no (?:quier[oe]|desea|tiene ganas de|tengo ganas de) (?:\\w+ )?(?:seguir (?:asi|viv[oa]|aqui|adelante)|existir|estar aqui|despertar\\w*)|no (?:querer|desear) (?:seguir )?(?:vivir|viviendo|viv[oa])',
    '(?:cansad|hart|agotad)[oa] de (?:la vida|vivir|seguir)|(?:quitado|perdid[oa]|perdi|pierd\\w+|sin|no (?:tengo|tiene)|falta de)[^.;!?\\n]{0,12}\\b(?:ganas|ilusion) (?:de|por) vivir|la vida (?:ya )?no (?:tiene|merece|vale|me)\\b|no (?:vale|merece) la pena (?:vivir|seguir)|sin (?:esperanza|futuro)\\b|desesperanza|(?:no|ningun) (?:\\w+ )?futuro\\b',
    '(?:tir|lanz|arroj|precipit)ar(?:me|se)\\b[^.;!?\\n]{0,20}\\b(?:balcon|ventana|puente|tren|metro|vias?|azotea|coche)|(?:saltar|tirarse) (?:por|de|desde) (?:el |la |un |una )?(?:balcon|ventana|puente|azotea)|(?:peg|met)ar?(?:er)?(?:me|se)? un tiro|cortar(?:me|se) las venas|\\b(?:colgarse|ahorcarse|envenenarse|matarse)\\b|sobredosis|(?:se|me) (?:ha hecho|he hecho|hizo|hice|hace|hago|esta haciendo) cortes|cortes en (?:los brazos|las munecas|los antebrazos|el antebrazo)',
    '(?:carga|estorbo|lastre)\\b[^.;!?\\n]{0,60}\\b(?:mejor|tranquil\\w+|aliviad\\w+|sin (?:mi|el|ella)|si (?:yo )?(?:falt|muri|desaparec|no estuv)\\w*)',
    '(?:me he|se ha|me|se) despedid[oa] (?:de|con) (?:tod[oa]s|mi|mis|su|sus|la familia)|cartas? de despedida|no (?:voy|va) a (?:pasar|llegar|ver|vivir) (?:a |al )?(?:otr[oa]|las?|el|los) (?:invierno|navidad\\w*|verano|primavera|ano)',
    'dejar(?:me|se) (?:caer|morir)|no (?:merece|vale|merezca)[^.;!?\\n]{0,12}\\bvivi\\w+|cuant[ao]s (?:pastillas|comprimidos)|(?:sin|ningun|no \\w+|pocos?) (?:\\w+ )?(?:motivos?|razon(?:es)?|sentido) (?:para|de|por) (?:vivir|seguir (?:viviendo|adelante|aqui)|levantarse|existir)|echari\\w+ de menos|(?:acabar|terminar) con (?:su|mi|la|esta|este) (?:vida|existencia|sufrimiento)|dejar de (?:existir|vivir)\\b|descansar para siempre|(?:dese|quier|quiere|piens|ganas|idea|impuls)\\w*[^.;!?\\n]{0,12}\\bhacerse dano\\b|(?:la )?muerte (?:seria|me|le|como)\\b|tomar(?:se|me) (?:un frasco|todo el|todas)|que (?:me|le) (?:lleve|recoja) (?:dios|la muerte)|estrellar (?:el|mi|su) coche',
    'ide(?:as?|acion) (?:\\w+ )?(?:de muerte|suicid\\w+|autol\\w+|de no vivir)|ideacion|autolitic\\w+|deseos? (?:\\w+ )?de (?:morir\\w*|muerte|desaparecer|no vivir)|pensamientos? (?:\\w+ )?de (?:muerte|suicid\\w+|hacerse dano|no vivir)',
  ),
];

/** Means and places, and what is thought of beside them. */
export const SELF_HARM_NET: readonly NetRule[] = [
  {
    concept: 'self-harm',
    part: g(
      '(?:made|written|wrote|updated|changed|signed) (?:his|her|my|a) will\\b|testamento\\b|funeral\\b',
    ),
    loss: g(
      'cancel\\w*|calm\\b|passwords?|keys\\b|good ?bye|giv\\w+ away|afterwards|rehom\\w*|despedi\\w+|regal\\w+',
    ),
  },
  {
    concept: 'self-harm',
    part: g(
      'shotguns?|rifles?|guns?\\b|firearms?|pistols?|noose|ligature|rope\\b|razor|escopeta|pistola|soga\\b|cuerda\\b',
    ),
    loss: g(
      'knows? where|kept\\b|think\\w*|thought\\w*|looking|keys?\\b|cabinet|safe\\b|load\\w*|quiet|tempt\\w*|bought|hidden|ready|piens\\w+|pensado|mir(?:o|ando)\\b|guard\\w+|escond\\w+|carg\\w+',
    ),
    unless:
      /\b(?:nail|glue|massage|heat|spray|staple|water) ?gun|hunt\w*|clay|skipping|tug|climb\w*|sail\w*|boat|shav\w*|military|police|farm\w*|gunshot|like a (?:gun|rifle|pistol)\b/,
  },
  {
    concept: 'self-harm',
    part: g(
      'bridge\\b|platform\\b|train\\b|tracks\\b|railway|balcony|cliffs?\\b|ledge|rooftop|overpass|motorway|river\\b|puente|balcon\\b|vias\\b|azotea',
    ),
    loss: g(
      'let(?:ting)? go\\b|throw\\w* (?:my|him|her)self|step(?:ping|ped)? (?:off|out|in front)|drawn (?:to|towards)|slow(?:s|ing|ed)? down|over the edge|jump off\\b|jumping\\b|driv(?:e|ing) (?:off|into)|walk(?:ing)? into|saltar|tirar(?:me|se)|lanzar(?:me|se)',
    ),
    unless:
      /\b(?:bungee|parachut\w*|shoes?|exercis\w*|glute|yoga|pilates|reps|fell|accident|kids|train(?:ing|er))\b/,
  },
  {
    concept: 'self-harm',
    part: g(
      `wish\\w*|hop(?:e|es|ing)\\b|pray\\w*|want(?:s|ed)?\\b|long(?:s|ing) (?:for|to)|rather\\b|sooner\\b|prefer\\w*|beg(?:s|ging)?\\b|ready\\b|relief\\b|release\\b|dream\\w*|fantas\\w*|ruminat\\w*|preoccup\\w*|urge\\b`,
    ),
    loss: g(
      'die\\b(?! for)|dying\\b(?! (?:to|for))|(?:i|he|she|be|being) dead\\b|death\\b|heart (?:\\w+ )?stop\\w*|(?:never|not|n.t) w[ao]k\\w+|end(?:ing)? (?:it all|things|everything|it\\b)|be gone\\b|exist\\b|taken in (?:my|his|her) sleep',
    ),
    unless:
      /\b(?:old (?:man|woman|age)|to death|death (?:of|in the family|certificate)|(?:father|mother|husband|wife|brother|sister|friend|dad|mum|mom|parent)\W?s? (?:\w+ )?(?:death|die)|battery|phone|dying (?:to|for)|not wake (?:the|my|him|her|up (?:at night|with|stiff|in pain)))\b/,
  },
];
