import type { Phrase, TextConcept } from './concept.ts';

/**
 * What is a matter of hours: a torn artery after the neck was turned or jerked, a blow from behind at speed, both hands that tingle with the neck, a back that
 * nobody may move, an infected line, an infection that confuses. English and Spanish; text as in `word-net.ts`.
 */
const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

/** What was done to a neck, or a pain of it that is like no other. */
const NECK_EVENT =
  '(?:\\bneck\\b[^.;!?\\n]{0,20}\\b(?:crack\\w*|adjust\\w*|manipulat\\w*|twist\\w*|wrench\\w*|jerk\\w*|whiplash)|\\b(?:crack\\w*|adjust\\w*|manipulat\\w*|twist\\w*|wrench\\w*|jerk\\w*)\\b[^.;!?\\n]{0,15}\\bneck\\b|\\bwhiplash\\b|\\b(?:chiropract\\w*|osteopath\\w*)\\b[^\\n]{0,60}\\bneck\\b|\\b(?:worst|never had|nothing (?:ive|i have) ever|unlike any)\\b[^.;!?\\n]{0,30}\\bneck\\b|\\bneck\\b[^.;!?\\n]{0,40}\\b(?:like nothing|unlike any|worst|tearing|ripping|sudden\\w*)\\b|\\b(?:tron|cruj|manipul|ajust|torc|jal)\\w*\\b[^.;!?\\n]{0,20}\\b(?:cuello|cervical\\w*)\\b|\\b(?:cuello|cervical\\w*)\\b[^.;!?\\n]{0,25}\\b(?:tron|cruj|manipul|latigazo|desgarr|de golpe|de repente|como nunca)\\w*|\\blatigazo cervical\\b)';
/** The brain below the torn artery, or the nerve of eye and pupil along it (Horner). */
const BRAIN =
  '(?:\\b(?:eye ?lids?|eye)\\b[^.;!?\\n]{0,12}\\b(?:droop\\w*|dropp\\w*|sagg\\w*|half shut)|\\bdroop\\w*\\b[^.;!?\\n]{0,10}\\beye|\\bpupils?\\b[^.;!?\\n]{0,15}\\b(?:small\\w*|tiny|bigger|different|unequal|uneven)|\\bhorner\\w*|\\b(?:room|everything|world|head) (?:\\w+ )?(?:spins?|spinning|is spinning|goes round)|\\bvertigo\\b|\\bveer\\w*|\\b(?:double vision|seeing double|see double)|\\bslurr\\w*|\\bspeech\\b[^.;!?\\n]{0,12}\\b(?:funny|odd|strange|thick)|\\b(?:side|half) of (?:my|his|her) face\\b[^.;!?\\n]{0,12}\\b(?:numb|droop\\w*|dead|weak)|\\bface\\b[^.;!?\\n]{0,10}\\b(?:numb|droop\\w*)\\b|\\bparpado\\b[^.;!?\\n]{0,12}\\b(?:caid\\w*|cae|bajo)|\\bpupila\\b[^.;!?\\n]{0,15}\\b(?:chic\\w+|pequen\\w+|distint\\w+)|\\btodo (?:me )?da vueltas|\\bme voy (?:de|para|hacia) (?:un |el )?lado|\\bve[or]? doble|\\b(?:hablo|habla) (?:raro|enredad\\w+|trabad\\w+)|\\b(?:trab\\w+|enred\\w+) la lengua|\\bcara\\b[^.;!?\\n]{0,10}\\b(?:dormid\\w+|caid\\w+|torcid\\w+))';

export const HOURS_PHRASES: readonly Phrase[] = [
  ...p('neck-artery', `${NECK_EVENT}[^\\n]{0,220}?${BRAIN}`, `${BRAIN}[^\\n]{0,160}?${NECK_EVENT}`),
  ...p(
    'severe-trauma',
    '\\b(?:hit|struck|shunted|rammed|smashed|ploughed into|bumped) (?:us|me|him|her|them|our car|my car|the car)?\\s?(?:from|in the|up the) (?:behind|back|rear)\\b[^.;!?\\n]{0,15}\\bat (?:about |around |over |nearly )?(?:[4-9]\\d|1\\d\\d|forty|fifty|sixty|seventy|eighty|ninety)\\b',
    '\\b(?:me|nos|lo|la|le) ha(?:n)? (?:tirado|tumbado|lanzado|derribado|arrollado|atropellado|embestido) (?:el|la|un|una|mi|su) (?:caballo|yegua|mula|burro|toro|vaca|moto|coche|carro|camion|furgoneta|autobus|bici\\w*)\\b',
    '\\b(?:me|nos|le|les) (?:dieron|pego|pegaron|golpe\\w+|embisti\\w+) (?:por|de|desde) (?:detras|atras)\\b[^.;!?\\n]{0,15}\\ba (?:unos |como |mas de )?(?:[5-9]\\d|1\\d\\d|cincuenta|sesenta|setenta|ochenta|noventa|cien)\\b',
  ),
  ...p(
    'cord',
    '\\bneck\\b[^\\n]{0,140}\\b(?:tingl\\w*|numb\\w*|pins and needles|weak\\w*)\\b[^.;!?\\n]{0,12}\\b(?:in )?(?:both|all (?:my|his|her)) (?:my |his |her )?(?:hands|arms|fingers)|\\bneck\\b[^\\n]{0,140}\\b(?:fingers|hands|arms)\\b[^.;!?\\n]{0,25}\\b(?:tingl\\w*|numb\\w*|weak\\w*)\\b[^.;!?\\n]{0,15}\\b(?:both|all four)\\b',
    '\\bcuello\\b[^\\n]{0,140}\\b(?:hormigue\\w*|dormid\\w*|adormec\\w*)\\b[^.;!?\\n]{0,15}\\b(?:las dos|ambas) manos|\\bcuello\\b[^\\n]{0,140}\\b(?:las dos|ambas) manos\\b[^.;!?\\n]{0,20}\\b(?:hormigue\\w*|dormid\\w*|adormec\\w*)',
  ),
  ...p(
    'retention',
    '\\b(?:sit|stand|wait|sat|stood|waited|sitting|standing|waiting)\\b[^.;!?\\n]{0,20}\\b(?:for (?:ages|ever|minutes|so long|a long time)|an age)\\b[^.;!?\\n]{0,15}\\b(?:before|till|until|for)\\b[^.;!?\\n]{0,8}\\b(?:water|pee|wee|urine|stream|anything|it) (?:\\w+ )?(?:comes?|came|starts?|started|flows?|will come)\\b',
    '\\b(?:tardo|tarda|tengo que esperar)\\b[^.;!?\\n]{0,20}\\b(?:rato|minutos|siglos)\\b[^.;!?\\n]{0,12}\\b(?:en|para|hasta)\\b[^.;!?\\n]{0,12}\\b(?:salga|sale|salir|empezar|orinar|pipi|chorro)\\b',
  ),
  ...p(
    'bladder',
    '\\bonly know\\b[^.;!?\\n]{0,15}\\b(?:stopped|started|finished|coming|done|going|peeing|weeing)\\b[^.;!?\\n]{0,15}\\b(?:when|because|by|if) (?:i )?(?:look\\w*|hear\\w*|listen\\w*|see)\\b|\\bsolo (?:me entero|se|lo noto)\\b[^.;!?\\n]{0,20}\\b(?:porque|cuando|si) (?:lo )?(?:oigo|veo|miro|escucho)\\b',
  ),
  ...p(
    'sudden-severe-pain',
    "\\b(?:can ?not|can'?t|unable to|could ?n[o']?t) (?:\\w+ )?(?:move|stand|get up|turn|sit up) (?:at all )?(?:for|because of|with|due to) (?:the |this )?(?:\\w+ )?pain\\b|\\bno (?:me |se )?pued[eo] (?:mover\\w*|levantar\\w*|girar\\w*) (?:de|del|por el|con el) dolor\\b",
  ),
  ...p(
    'infection-source',
    '\\binfected (?:\\w+ )?(?:catheter|line|drain|cannula|port|pacemaker|stimulator)\\b|\\b(?:catheter|cannula|picc line|port)\\b[^.;!?\\n]{0,12}\\b(?:got |was |is |became )?infected\\b|\\b(?:sonda|cateter|via|drenaje|marcapasos)\\b[^.;!?\\n]{0,12}\\binfectad[oa]\\b',
  ),
  ...p(
    'unwell',
    '\\b(?:talk\\w*|say\\w*|speak\\w*) (?:\\w+ )?(?:nonsense|rubbish|gibberish)\\b|\\b(?:not|isn.?t|stopped) making (?:any )?sense\\b|\\bcall\\w* (?:me|us|him|her) by (?:my|his|her|our|the|another|the wrong)\\b|\\b(?:confused|delirious|muddled|disorient\\w*)\\b(?! (?:about|by|as to|what|why|how|which|whether))|\\b(?:esta|anda|como) (?:como )?(?:id[oa]|desorientad[oa]|confus[oa])\\b|\\bdelira\\w*|\\bdice (?:cosas raras|disparates|tonterias)\\b',
  ),
];
