import type { Told } from './told-course.ts';
import { tellsOfNow } from './told-now.ts';

/** What the pain stops, as told: 2 no longer up and about or at work, 1 hampered, 0 does everything. Text is normalised. */
const CANT =
  "(?:can'?t|cannot|can not|could ?n[o']?t|unable to|not able to|no longer(?: able to)?|(?:have|has) ?n[o']?t been able to|stops? me from|no (?:me |se )?puedo|no (?:me |se )?puede|no consigo|no consigue|no he podido|no (?:me |le )?deja(?:n)?|ya no|incapaz de)";
const HARDLY = '(?:hardly|barely|scarcely|only just|apenas|casi no)';
const FAR =
  '(?! (?:out|house|the dog|as |from (?:the )?(?:floor|low|sofa)|up (?:the )?(?:stairs|hill)|uphill|far|fast|long|properly|much|normally|straight|upright|comfortably|for (?:long|more)|heavy|without|on\\b|mucho|bien|lejos|rapido|sin\\b|\\d|(?:\\w+ ){0,3}(?:further|farther|beyond|past|more than|as far)))';
const WORK = '(?:work|go to work|do my job|get to work|return to work|trabajar|ir a(?:l)? traba\\w+)';

const STOPS = new RegExp(
  `\\b(?:${[
    `${CANT} (?:\\w+ (?:or |and |o |ni )?)?(?:walk|stand up|get up|get out of bed|get out|get off (?:the )?(?:sofa|couch|floor)|move|${WORK}|leave (?:the )?(?:house|bed|flat)|put (?:any )?weight|weight[- ]bear|mobili[sz]e|andar|caminar|mover|moverme|moverse|levantar|levantarme|levantarse|salir)\\b${FAR}`,
    '(?:work(?:ing)?|my job)\\b[^.;!?\\n]{0,30}\\b(?:is |are )?(?:impossible|out of the question)|(?:spend|spends|spent|spending) (?:most|all|half|much) (?:of )?(?:the|my|his|her)? ?days? (?:lying|in bed|on the (?:sofa|couch|floor))|(?:without|only with|on|with) crutches',
    "(?:been|lying|stuck|spent) (?:\\w+ ){0,4}on the (?:sofa|couch|floor)|(?:no he podido|no puedo|sin poder) volver al? traba\\w+|(?:been )?off (?:my|his|her) feet|stopped going (?:to work|out)|fit note|(?:doctor.?s|medical) note|(?:dado|dieron) la baja|lying (?:flat|down all)|flat on|, not working\\b|not (?:been|gone) (?:in)?(?:to |at )?work|(?:early|medical(?:ly)?|ill[- ]health) retire\\w*|retired (?:early )?(?:because|due)|off (?:work|sick)\\b|signed off|on sick leave|medical leave|(?:unpaid|sick|extended) leave|sick[- ]listed|sick note|not (?:been )?(?:at|in) work|not working (?:because|due|since|at the moment)|(?:have|has) ?n[o']?t (?:been|gone|made it|worked|set foot) (?:in)?(?:to |at )?(?:work|the office|since|for|because|due)\\b",
    '(?:given|giving|gave|had to give) up (?:my )?(?:\\w+ )?(?:work|job|round|business|shop|shifts?)|(?:had|have|has) to (?:stop|quit|give up|leave) (?:\\w+ )?(?:work\\w*|my job|his job|her job)|stopped working|had to stop working|lost my job (?:because|due|over)',
    `(?:has|have) ?n[o']?t left (?:her|his|my|the) (?:bed|house|flat|room|sofa)|${HARDLY} (?:\\w+ )?(?:(?:leav|left|get out|gets out|go out|goes out|sal)\\w*) (?:of )?(?:de )?(?:the |my |her |his |la )?(?:house|bed|flat|home|casa|cama)`,
    "crawl\\w* (?:to|on|up|around)|can(?:not|'?t|no?t) get (?:upstairs|downstairs|outside|to the (?:bathroom|toilet|door|car))|(?:stuck|confined|trapped|tied) (?:indoors|at home|in the house|to (?:the )?(?:bed|house))",
    '(?:bed|house|chair)[- ]?(?:bound|ridden)|(?:stuck|lying|staying|spend\\w*|spent|been) (?:\\w+ ){0,4}in bed|in bed all day|flat on my back|on crutches|(?:use|using|in|need|needs) (?:a |the )?wheelchair',
    'no (?:he|ha) podido (?:ir a )?(?:trabajar|levantarme|salir|andar)|sin poder (?:levantarme|moverme|andar|trabajar|salir)|(?:estoy|esta|llevo|lleva|metid[oa]|todo el dia) (?:\\w+ ){0,3}en (?:la )?cama|no salgo de (?:casa|la cama)|no sale de (?:casa|la cama)|de baja\\b|baja laboral|en cama\\b|con muletas|silla de ruedas|he dejado (?:de trabajar|el trabajo)|deje (?:de trabajar|el trabajo)|no (?:voy|fui|va) a trabajar',
  ].join('|')})`,
);
/** What may stand between the two: "can't really walk", never "can't concentrate at work". */
const ADVERB = '(?:(?:even|really|now|yet|always|longer|just|still|ya|ni|casi|\\w+ly|\\w+mente) ){0,2}';
const ACTS =
  'wash|shower|bathe|manage|finish|hoover|vacuum|iron|mow|dig|ride|dance|ski|squat|crouch|jump|keep up|push|pull|fasten|cut my|stay (?:sitting|standing|in one)|walk|sit|stand|bend|stoop|drive|sleep|exercise|run|play|lift|dress|carry|kneel|climb|turn over|roll over|straighten|twist|reach|garden|cook|clean|shop|do (?:the|my|any) (?:housework|shopping|garden\\w*|chores|cleaning|job)|look after|pick (?:up|him|her|things)|get (?:dressed|comfortable|up|out|in|off|going|through|to (?:the )?(?:shops?|church|park|kitchen))|put (?:on|my|his|her)|tie|work|move|swim|cycle|andar|caminar|sentar\\w*|conducir|agachar\\w*|vestir\\w*|poner\\w*|dormir|cargar|coger|levantar\\w*|girar\\w*|subir|estar (?:de pie|sentad[oa])|hacer (?:deporte|la (?:casa|compra|cama))|jugar|correr|trabajar|atar\\w*';
const HAMPERS = new RegExp(
  `\\b(?:${[
    `${CANT} ${ADVERB}(?:${ACTS})`,
    `(?:can|could|puedo|puede) only (?:${ACTS})\\w*|(?:only|just) (?:manage|able to)\\b|solo (?:puedo|puede|aguanto) (?:${ACTS}|\\d|cinco|diez|un rato)`,
    `${HARDLY} (?:\\w+ ){0,3}(?:${ACTS}|puedo|consigo)\\w*|can (?:hardly|barely|scarcely)\\b`,
    '(?:hard|difficult|struggl\\w+|painful|hurts|trouble|problems?|difficulty) (?:to |with |in )?(?:\\w+ )?(?:walk|stand|sit|bend|get|mov|dress|climb|driv|lift|put|stairs?|steps|shoes?|socks|housework|chores|everyday)\\w*',
    `(?:driving|sitting|standing|walking|bending|sleeping|lifting|stairs)\\b[^.,;!?\\n]{0,35}? (?:is|are|has become) (?:\\w+ )?(?:impossible|unbearable|agony|a struggle|hard|torture|difficult|painful|a nightmare|limited|reduced)`,
    '(?:walking|sitting|standing) (?:(?:distance|tolerance|time) )?(?:is |of |now )?(?:\\w+ ){0,2}(?:reduced|limited|down|short|\\d)|(?:reduced|limited|restricted) (?:mobility|walking|function|range|movement)',
    '(?:mobili[sz]\\w*|walk\\w*|gets? (?:about|around)|go(?:es)? (?:about|around)) (?:\\w+ )?with (?:a|one|two|the|my)? ?(?:\\w+ )?(?:sticks?|cane|frame|walker|rollator|zimmer|help)|(?:use|uses|using|need|needs|with|bought|on) (?:a |the |my |two |one |both )?(?:walking )?(?:sticks?|cane|walker|frame|rollator|zimmer)\\b|con (?:un |dos )?(?:baston(?:es)?|andador)|antalgic|marcha antalgica',
    '(?:hold|lean|hang|cling)\\w* (?:on )?(?:to |on )?(?:the |my )?(?:furniture|walls?|rail|banister|trolley)|(?:need|needs|have|has) to (?:rest|stop|sit|pause|lie) (?:\\w+ )?(?:after|every|down|because)|(?:getting dressed|dressing|socks|stairs|getting up)\\b[^.,;!?\\n]{0,12} takes?\\b|no (?:further|farther)\\b|help(?:s|ed|ing)? (?:me|him|her) (?:out|into|up|with|to|get|dress|wash|on)\\b|limp(?:s|ing)?\\b|hobbl\\w+|shuffl\\w+|bent double|every step (?:hurts|is)|need\\w* (?:a hand|help|my \\w+ to help) (?:to|with|getting)?|light duties|reduced hours|part[- ]time (?:because|due|since)|half days',
    '(?:walk|sit|stand|drive|work|manage|caminar|andar|sentad[oa])\\w*\\b[^.;!?\\n]{0,25}?(?:for )?(?:an?|one|\\d{1,2}|five|ten|fifteen|twenty|thirty|half an|cinco|diez|quince|veinte) ?min\\w*\\b[^.;!?\\n]{0,30}\\b(?:at most|max\\w*|at a time|before|then i|and then|have to|must|tengo que|como mucho|maximo)',
    "out of the question|(?:has|have) to (?:put|pull|tie|help) (?:\\w+ ){0,3}(?:socks?|shoes?|laces|tights|dress\\w*)|before i (?:have to|need to) (?:stop|sit)|have to (?:stop|sit down|lie down|get up) (?:after|every|because)|can(?:not|'?t) walk (?:\\w+ ){0,3}(?:further|farther|beyond|past|more than)",
    'no aguanto (?:\\w+ ){0,5}(?:sentad[oa]|de pie)|(?:me|le) cuesta (?:mucho )?(?:\\w+ ){0,2}?(?:ponerme|vestirme|agacharme|sentarme|estar|andar|caminar|levantarme|moverme|subir|conducir|dormir)|coje[oa]\\b|cojeando|tengo que (?:parar|sentarme|pararme|agarrarme|tumbarme|acostarme|descansar)|necesito ayuda para',
  ].join('|')})`,
);
const FREE = new RegExp(
  `\\b(?:${[
    'nothing (?:that )?(?:i|he|she) can.?n?.?t do|without (?:any )?(?:restriction|limitation)s?|(?:can|able to) (?:still )?(?:do everything|walk (?:fine|normally|for miles|for hours|ok|well|any distance|as far)|work (?:fine|normally|as)|move (?:fine|freely|normally))|do(?:es|ing)? everything (?:as|like)?|do all (?:of )?my (?:own )?(?:\\w+ )?(?:housework|shopping|chores|work|gardening)|walk the dog (?:twice|every|daily|for|as)|walk\\b[^.,;!?\\n]{0,25}\\b(?:an hour|hours|miles?|km|kilomet\\w+)\\b[^.,;!?\\n]{0,20}\\b(?:without|every day|daily|a day|no problem)',
    'still (?:\\w+ )?(?:work|working|walk|run|at work|going to the gym|play|jog|swim|cycle|drive|garden|lift|go|manag)\\w*|still doing (?:all|everything)|walk\\w* (?:is |are )?(?:fine|ok|normal\\w*|well|without (?:problem|difficulty|trouble|limit))',
    '(?:returned|gone back|went back|back|voy) (?:to|a(?:l)?) (?:full[- ]time )?(?:work|trabaj\\w+)\\b|(?:never|not|n.t) miss(?:ed)? (?:a|one|any) (?:single )?(?:day|shift)|walk\\w* (?:freely|unaided|independently)|(?:go|going|went|am going) to (?:the office|work) (?:as (?:usual|normal|always)|every day|daily)|(?:go|going|am|back|i.m) (?:to|at|in) the gym\\b|(?:full|normal|unrestricted|good) (?:mobility|function|walking)|mobility (?:is )?(?:normal|full|fine|good|unaffected|not affected)|fully (?:mobile|active|independent)|working (?:full[- ]time|normally|as usual|as normal)|(?:remains|currently|is|am|i.m|i am|back) at work\\b(?! (?:because|but|in (?:pain|agony)))|at work as (?:usual|normal)|independent (?:in|with) (?:all|adls?)',
    "able to (?:work|do (?:my|his|her) job)\\b|mobili[sz]\\w+ (?:independently|unaided|freely|well)|usual (?:[\\d,]+ )?(?:steps|walk|routine)|works? full[- ]time|full duties|\\brtw\\b|(?:do(?:es)? ?n[o']?t|did ?n[o']?t|not|never) (?:bother|affect|hinder|stop|limit|restrict|prevent|keep)\\w* (?:me|him|her|my (?:daily|life|work))|no (?:limitation|restriction)s?\\b|not (?:limited|restricted)|manag\\w+ (?:my|the|all my|to work|to do) (?:\\w+ )?(?:shifts?|job|work|housework|everything)?(?: fine| ok)?|shifts?, still manag\\w+",
    'on (?:my|his|her) feet all day|(?:trabajo|hago todo|todo) como siempre|salgo a (?:correr|andar|caminar)|sigo con mi (?:vida|rutina)|vida (?:activa|normal)|hago (?:mi )?vida normal|sigo (?:yendo|haciendo|corriendo|jugando|trabajando)|(?:ando|camino|trabajo|me muevo) (?:bien|normal\\w*|sin (?:problema|dificultad)\\w*)|voy al gimnasio|sin limitaci\\w+|puedo hacer (?:de )?todo|puedo (?:trabajar|andar|caminar|moverme|hacer)\\b[^.,;!?\\n]{0,30}\\b(?:sin problema|bien|normal\\w*)|trabajando (?:con normalidad|normal\\w*)',
  ].join('|')})`,
);
export function mobilityIn(text: string): Told<0 | 1 | 2> | undefined {
  for (const [value, pattern] of [
    [2, STOPS],
    [1, HAMPERS],
    [0, FREE],
  ] as const) {
    const m = pattern.exec(text);
    if (m !== null && tellsOfNow(text, m.index, m[0].length)) return { value, quote: m[0].slice(0, 100) };
  }
  return undefined;
}
