import type { Phrase, TextConcept } from './concept.ts';
import { ACUTE_PHRASES } from './phrases-acute.ts';
import { ARTERY_PHRASES } from './phrases-arteries.ts';
import { CLINICAL_PHRASES } from './phrases-clinical.ts';
import { COLLOQUIAL_PHRASES } from './phrases-colloquial.ts';
import { ACTS_EN } from './phrases-en-acts.ts';
import { HOURS_PHRASES } from './phrases-hours.ts';
import { NOTE_PHRASES } from './phrases-notes.ts';
import { SELF_HARM_PHRASES } from './phrases-self-harm.ts';
import { STORY_PHRASES } from './phrases-stories.ts';
import { TREATMENT_PHRASES } from './phrases-treatment.ts';

const p = (concept: TextConcept, ...patterns: string[]): readonly Phrase[] =>
  patterns.map((source) => ({ concept, pattern: new RegExp(source, 'g') }));

const CANT =
  "(?:can'?t|can ?not|couldn'?t|could not|unable to|not able to|no longer(?: able to)?|(?:ha(?:ve|s)n'?t|ha(?:ve|s) not|not) been able to)";
const NUMB = `(?:numb(?:s|ed|ing|ness|er|ish)?\\b|(?:feel|feels|felt|feeling|notice[ds]?) nothing|(?:is|are|was|has|have|had|gone|went|fell|fallen|falls?) (?:gone |fallen |\\w+ly )?(?:dead|asleep|to sleep)\\b|tingl\\w*|pins and needles|no (?:feeling|sensation|sensitivity)|${CANT} (?:really |even )?feel|(?:don'?t|do not|doesn'?t|not|barely|hardly) feel(?:ing)?(?! (?:any |a |much |no )?(?:numb|tingl|pain|weak|pins|loss|problem|change|difference|trouble|ache|worse|different))|los[st]\\w* (?:of |all |the |my )*(?:feeling|sensation)|(?:altered|reduced|less|strange|different|odd|weird|funny|decreased|changed) (?:feeling|sensation)|feels? (?:like )?(?:(?:it'?s|it is|\\w+) )?(?:dead|numb|asleep|strange|different|odd|weird|funny|like cotton(?: wool)?)|gone dead|an(?:a?)esthe\\w+|par(?:a)?esthes\\w+)`;
/** Does not notice, feel or know what a person normally does. */
const UNAWARE =
  "(?:(?:no longer|don'?t|do not|doesn'?t|does not|didn'?t|did not|never|not|hardly|barely|stopped|can'?t|can ?not|couldn'?t|could not) (?:\\w+ )?(?:notic\\w+|feel\\w*|felt|sens\\w+|tell\\w*|know\\w*|reali[sz]\\w+|aware)\\b(?! (?:of )?any\\b)(?! (?:any|a|much|no) ?(?:\\w+ )?(?:change|difference|problem|trouble|pain))|(?:feel|feels|felt|notice) nothing|without (?:noticing|feeling|knowing|reali[sz]ing)|unaware(?! of any))";
const SADDLE =
  '(?:saddle|groins?|genital\\w*|private (?:parts?|area|place|zone)|privates|bits\\b|nether regions?|rear end|down below|down there|perine\\w+|perianal|anus|anal|rectum|back passage|between (?:\\w+ )?(?:legs|thighs|cheeks)|inner thighs?|(?:inside|inner (?:part|side|aspect)s?) of (?:\\w+ ){0,2}thighs?|bottom|buttocks|backside|bum|crotch|vagina\\w*|vulva|labia|penis|scrotum|testicles?|(?:when|while|after|on|upon|during) (?:i )?wip\\w+|toilet paper|seat area)';
/** Pain in the groin after a numb foot is not a numb groin. */
const NO_PAIN_BETWEEN = '(?:(?!\\b(?:pain\\w*|aches?|hurts?)\\b)[^.;!?\\n])';
const NO =
  '(?:no(?! (?:loss|problem|issue|trouble|difficult|change|sign|numb|alter))|los[st]\\w*|losing|poor|less|lack of|little)';
const URINE =
  '(?:pee\\w*|piss\\w*|urin\\w+|wee(?:ing)?|(?:pass|mak)(?:e|ing)? (?:any )?(?:urine|water)|go to the (?:toilet|bathroom|loo) to pee|empty (?:my |the |his |her )?bladder|bladder|water ?works|void(?:ing)?\\b)';
const LIMB = '(?:legs?|foot|feet|knees?|ankles?|toes?|thighs?|calf|calves|heels?)';

export const PHRASES_EN: readonly Phrase[] = [
  ...p(
    'saddle',
    `${NUMB}${NO_PAIN_BETWEEN}{0,60}\\b${SADDLE}\\b(?! pain| ache| hurts)`,
    `\\b${SADDLE}\\b(?! pain| ache| hurts)(?:(?!\\b(?:pain\\w*|aches?|hurts?|foot|feet|toes?|calf)\\b)[^.;,!?\\n]){0,35}(?:${NUMB})`,
    `(?<!\\b(?:foot|feet|toes?|calf|calves|legs?|knees?|hands?|fingers?|arms?) (?:\\w+ ){0,2})${NUMB}(?:(?!\\b(?:pain\\w*|aches?|hurts?|foot|feet|toes?|calf|calves|legs?|knees?|hands?|fingers?|thighs?)\\b)[^.;!?\\n]){0,40}\\bwhen i sit\\b`,
    `\\b(?:feeling|sensation)s?(?: \\w+)? (?:back|return\\w*|again) (?:in|to|down|around|of)[^.;!?\\n]{0,20}\\b${SADDLE}`,
    'saddle (?:area )?(?:an?a?esthesia|numb\\w*|par(?:a)?esthesia|sensory)',
    `${CANT} (?:\\w+ )?(?:feel|tell) (?:\\w+ ){0,3}(?:i'?ve )?(?:wip\\w+|toilet paper)`,
    `(?:altered|reduced|decreased|diminished|absent|impaired|loss of|lost|abnormal|no) ${SADDLE} (?:sensation|feeling|sensory)\\b(?! (?:loss|deficits?|change\\w*|disturbance|abnormal\\w*|impairment|symptoms?))`,
    `\\b${SADDLE}[^.;!?\\n]{0,20}(?:like|as if|as though)[^.;!?\\n]{0,30}(?:dentist|novocaine|not (?:my|mine)|isn'?t (?:my|mine)|some(?:one|body) else|belong|rubber|cardboard|cotton|plastic|wood|leather|nothing)`,
    `wip(?:e|es|ing)\\b(?! (?:\\w+ )?the (?:kitchen|table|floor|bath|car|window))[^.;!?\\n]{0,25}(?:weird|strange|odd|different|funny|wrong|off\\b|nothing|dull|not (?:right|normal|the same)|isn'?t)`,
    'toilet paper[^.;!?\\n]{0,20}(?:nothing|dull|different|weird|strange)',
    '(?:like|as if|as though|feels?)[^.;!?\\n]{0,20}(?:wearing|sitting on|sat on|sit on|got|stuffed with)[^.;!?\\n]{0,14}\\b(?:napp(?:y|ies)|diaper|pad|towel|cushion|sponge|cotton|sock|balloon|ball|pillow|wedge|padding|foam|gel|bubble ?wrap)\\b',
    `(?:wip|wash|clean|dry|shower)\\w* (?:my ?self|himself|herself|down there|(?:my|the|his|her) (?:bottom|bum|backside|rear|privates?|private parts))[^.;!?\\n]{0,40}${UNAWARE}|${UNAWARE}[^.;!?\\n]{0,25}(?:wip|wash|clean|dry)\\w* (?:my ?self|himself|herself|down there|my (?:bottom|bum|backside))`,
    `(?:area|part|bit|skin|place)s? (?:that |where )?i sit(?: on)?[^.;!?\\n]{0,20}${NUMB}`,
  ),
  ...p(
    'retention',
    `(?:${CANT}|trouble|difficult\\w*|hard to|hard time|struggl\\w+|(?<!\\b(?:back|muscle|muscular|neck|lumbar|hamstring|groin|calf) )strain\\w*|problems?)[^.;!?\\n]{0,35}\\b${URINE}`,
    `(?:have ?n'?t|has ?n'?t|have not|has not|not) (?:\\w+ )?(?:pee|urinat|wee|passed (?:any )?(?:urine|water))\\w*`,
    `(?:ha(?:ve|s|d) ?n[o']?t|ha(?:ve|s|d) not|not|never) (?:\\w+ ){0,3}(?:(?:a|one) (?:pee|wee|piss|slash|single)|(?:been )?to (?:the (?:toilet|loo|bathroom) (?:to|for a) )?(?:pee|wee|piss))\\b|(?:ha(?:ve|s|d) ?n[o']?t|not) (?:\\w+ )?(?:been|gone) (?:to the (?:toilet|loo|bathroom) )?(?:for|since|in)\\b[^.;!?\\n]{0,30}(?:pee|wee|urin|bladder)`,
    'last (?:\\w+ ){0,2}(?:pee|peed|wee|weed|urinat\\w+|passed (?:urine|water)|passing (?:urine|water)|void\\w*)[^.;!?\\n]{0,20}(?:yesterday|hours? ago|last night|this morning|\\d+ hours)|not passed (?:any )?urine|no urine(?: output| passed)? (?:for|since|x|in|over)\\b|(?:anuri|oliguri)\\w+',
    'nothing (?:comes|came|will come) out|urin\\w+ retention|retention of urine|in retention|weak (?:urine |urinary )?stream|urinary hesitancy|bladder (?:feels|is) (?:always )?(?:full|not empty\\w*)|catheter\\w*',
    "bladder (?:won'?t|will not|doesn'?t|does not|isn'?t|is not) (?:\\w+ )?(?:empty\\w*|drain\\w*)|(?:urine|pee) (?:just |only )?(?:dribbl|trickl)\\w*",
    '(?:hardly|barely|scarcely|almost nothing|(?:next to )?nothing|not much|only a little)[^.;!?\\n]{0,20}(?:comes?|came|coming|drips?) out|(?:a few|only|just) (?:\\w+ )?drops\\b',
    `(?:push\\w*|strain\\w*|press\\w*|bear(?:ing)? down|squeez\\w+)[^.;!?\\n]{0,30}(?:\\b(?:wee|pee|urin\\w*|bladder)\\b(?! (?:boy|girl|one|bit))|to empty)`,
    '(?:(?<!blood )\\bflow|\\b(?:urine|pee|wee|stream))\\b[^.;!?\\n]{0,20}(?:slow\\w*|weak(?:er)?|poor|stops and starts|takes (?:forever|ages|long|minutes)|started and it takes)',
    '(?:takes?|took|taking) (?:me )?(?:forever|ages|a long time|minutes)[^.;!?\\n]{0,20}(?:\\bpee(?:ing)?\\b|\\bwee(?:ing)?\\b|urin\\w+|flow\\w*)',
    'nothing (?:happens|is happening|comes)[^.;!?\\n]{0,20}(?:\\bpee\\b|\\bwee\\b|urinat\\w+|toilet)',
  ),
  ...p(
    'bladder',
    '(?:urinary |bladder )?incontinen\\w*',
    '(?:having|have|had) accidents\\b(?! at| with my car)|(?:to|use) the (?:toilet|loo|bathroom) without (?:noticing|knowing|feeling|reali[sz]ing)',
    '(?:wet|wetting) (?:myself|himself|herself|themselves|the bed|(?:my|his|her) (?:pants|trousers|underwear|clothes))',
    '(?:leak\\w*|dribbl\\w*|los\\w+)[^.;!?\\n]{0,15}\\b(?:urine|pee|wee)\\b|urine (?:leak\\w*|dribbl\\w*|comes out|runs)',
    '(?:los[st]\\w*|losing|poor|less|lack of|little)[^.;!?\\n]{0,25}control[^.;!?\\n]{0,20}(?:bladder|urin\\w*|pee|water ?works|toilet)',
    `${NO} (?:\\w+ ){0,2}control[^.;!?\\n]{0,20}(?:bladder|urin\\w*|pee|water ?works|toilet)`,
    `${NO} (?:\\w+ ){0,2}(?:bladder|urinary)(?: (?:or|and) bowel)? (?:control|function|sensation)`,
    '(?:bladder|water ?works)\\b[^.;!?\\n]{0,20}(?:stopped|not|no longer|n.t) work\\w*|(?:only|just|barely) (?:pass|manage|get|produce)\\w* (?:a |out )?(?:few )?(?:\\w+ )?(?:dribbl\\w*|trickl\\w*|drops?|drips?|drip)',
    'bladder (?:problems?|trouble|dysfunction|weakness|disturbance|symptoms?|issues?|stopped|has stopped|does ?n.t work|is ?n.t working|changes?|accidents?)',
    '(?:pee|piss|wee)(?:d|ed|ing|s)? (?:on )?(?:myself|himself|herself|my pants)',
    `${CANT} (?:\\w+ ){0,2}(?:feel|tell|hold|control)[^.;!?\\n]{0,30}(?:pee|urin\\w*|wee\\b|bladder|water)`,
    "(?:don'?t|do not|doesn'?t|no longer|not) (?:feel|notice|know|sense)(?! (?:any|a|much|no) )[^.;!?\\n]{0,30}(?:pee|urin\\w*|wee\\b|bladder|full)",
    "(?:can'?t|cannot|don'?t|do not|unable to|no longer) (?:\\w+ )?(?:tell|know|feel|sense) (?:when|if|that) (?:i|he|she) (?:needs?|ha(?:ve|s)|wants?) to (?:go|pee|wee|urinate|use)",
    '(?:pee|urinat|wee|piss)\\w* without (?:noticing|knowing|feeling|reali[sz]ing|warning)',
    'urinary (?:urgency|freq\\w*|symptoms?|problems?|disturbance|dysfunction|changes?)|changes? (?:in|of|to|with) (?:\\w+ )?(?:bladder|urin\\w+|water ?works)',
    'accidents? with (?:\\w+ )?(?:bladder|pee|urine|water ?works)|(?:numb|no feeling|no sensation)[^.;!?\\n]{0,20}(?:pee|urin)\\w*',
    `\\b(?:no|lost|without|less|don'?t (?:get|have|feel)|do not (?:get|have|feel)|no longer (?:get|have|feel)|never (?:get|feel))[^.;!?\\n]{0,12}(?:urge|need|sensation|desire|wish) to (?:pee|wee|urinate|go|void|pass)`,
    `${CANT} (?:really )?feel (?:myself |me |it |the )?(?:going|peeing|weeing|urinating|coming out|com(?:e|ing)|pass\\w*|flow|stream)`,
    `${UNAWARE}[^.;!?\\n]{0,30}\\b(?:pee\\w*|wee(?:ing)?|urin\\w+|bladder|passing water|need(?:ing)? to go|gone to the toilet)\\b`,
    'wear(?:ing)? (?:(?:incontinence|toilet|night|adult) )?(?:pads?|nappies|diapers)\\b(?! (?:on|for) (?:my )?(?:knee|heel|shoulder))',
    '(?:toilet|loo|bathroom) by the clock',
    `\\b(?:pee|wee|urinat|water ?works)\\w* (?:is|are|feels?|has become|has gone|has been|have been) (?:\\w+ )?(?:different|strange|weird|odd|not right|changed|funny)`,
    '(?:pee|wee|leak)\\w* (?:myself |a bit |a little )?when (?:i |ever i )?(?:cough|sneeze|laugh|lift)',
    `${CANT} tell (?:if|whether|when) (?:i|he|she)(?:'ve| have|'s| has) (?:been|gone|finished|peed|wet|emptied)`,
  ),
  ...p(
    'bladder',
    '(?:never|do ?n.?t|no longer) (?:\\w+ )?(?:need|want|have) to (?:go|pee|wee)\\b[^.;!?\\n]{0,50}(?:overflow|leak|run|wet|flood|comes)|drink[^.;!?\\n]{0,25}(?:never|do ?n.?t) (?:\\w+ )?(?:need to|pee|wee|go\\b)',
  ),
  ...p(
    'bowel',
    'f(?:a)?ecal incontinence|(?:bowel|stool) (?:incontinence|accidents?|problems?|trouble|dysfunction|disturbance|issues?)|incontinent of (?:stool|f(?:a)?eces)',
    '(?:soil|mess)(?:ed|ing)? (?:myself|himself|herself|my|his|her)|(?:poo|poop|shit|crap)\\w* (?:myself|himself|herself|my pants)',
    `(?:${CANT}|${NO})[^.;!?\\n]{0,20}(?:hold|control|feel)[^.;!?\\n]{0,20}\\b(?:stools?|bowels?|f(?:a)?eces|poo\\w*|wind|gas)\\b`,
    `${NO} (?:\\w+ ){0,3}(?:bowel|anal|sphincter) (?:sphincter )?(?:control|function|sensation|tone)`,
    '(?:stool|f(?:a)?ecal|poo) (?:leak\\w*|soiling)|leak\\w* (?:stool|poo|f(?:a)?eces)|changes? (?:in|of|to|with) (?:\\w+ )?bowel',
    'accidents? with (?:\\w+ )?(?:bowels?|stools?|poo\\w*)|bowel control',
    `${UNAWARE}[^.;!?\\n]{0,30}\\b(?:poo\\w*|stools?|bowels?|motions?|f(?:a)?eces|flatus|wind|break(?:ing)? wind)\\b`,
    `constipat\\w+[^.;!?\\n]{0,30}(?:${CANT}|not) (?:\\w+ )?feel`,
  ),
  ...p(
    'sexual',
    "(?:no|can'?t (?:get|keep|have|maintain)|don'?t (?:get|have)|cannot (?:get|keep|have)|unable to (?:get|keep)|los[st]\\w*)(?! (?:problem|trouble|issue|difficult|change))[^.;!?\\n]{0,14}(?:erections?|orgasms?)|(?:los[st]\\w*|reduced|less|no(?! (?:problem|change|issue))) (?:of )?sexual (?:feeling|sensation|function)|erectile|impoten\\w*|erections?|sexual (?:dys)?function\\w*|sexual (?:problems?|sensation|difficult\\w*)|orgasms?|climax|ejaculat\\w+",
    `${NUMB}[^.;!?\\n]{0,25}(?:during|while|having|when)[^.;!?\\n]{0,15}(?:sex|intercourse)|(?:sex|intercourse)[^.;!?\\n]{0,25}${NUMB}`,
    `${CANT} (?:(?:get|stay) hard|get it up)\\b|(?:sex|intercourse)[^.;!?\\n]{0,15}(?:feels? (?:like )?nothing|no feeling)`,
  ),
  ...p(
    'bilateral',
    '\\blegs?\\b[^.;,!?\\n]{0,25}\\bboth sides',
    '(?:shoot\\w*|pain\\w*|go(?:es|ing)?|down|numb\\w*|weak\\w*|tingl\\w*|burn\\w*|spread\\w*)\\b[^.;!?\\n]{0,25}\\b(?:the (?:two|pair|both) of them|either leg\\b|each (?:leg|calf|foot)|one (?:leg )?(?:and|then) (?:then )?the other(?: leg| one)?)',
    '\\b(?:in|into|down|affects?|affecting) (?:the )?(?:two|pair|both) of them\\b|\\b(?:now|then) (?:in |it is |it.?s |they are )?both\\b(?! (?:of us|hands|arms|shoulders|knees|hips|sides of|wrists|elbows))',
    'both (?:of )?(?:my |his |her |the )?(?:legs|feet|thighs|calves|calfs|hamstrings|shins|lower limbs|buttocks and legs)',
    'bilat\\w* (?:le\\b|ll\\b|lower|leg|legs|sciatica|radic\\w+|foot|feet|lower|weak\\w*|numb\\w*)|each (?:leg|calf|foot|thigh)\\b|left and (?:the )?right legs?|right and (?:the )?left legs?|(?:the )?other leg (?:too|as well|now|has started|also)|now (?:in )?the other leg',
    '(?:spread\\w*|mov\\w+|gone|going|started|goes|now|also) (?:\\w+ )?(?:to|into|in|down) (?:the |my )?other (?:leg|foot|thigh)|\\bfeet (?:are|feel|went|have gone|have become|get) (?:\\w+ )?(?:numb\\w*|dead|tingl\\w*)',
  ),
  ...p(
    'bilateral',
    `\\b(?:left(?: (?:leg|foot|calf|thigh|side|one|buttock))?[^.!?\\n]{0,50}\\b(?:now|also|as well|too|gone|moved|spread\\w*|started|since)\\b[^.!?\\n]{0,45}\\b(?:right|other)|right(?: (?:leg|foot|calf|thigh|side|one|buttock))?[^.!?\\n]{0,50}\\b(?:now|also|as well|too|gone|moved|spread\\w*|started|since)\\b[^.!?\\n]{0,45}\\b(?:left|other)|one(?: (?:leg|foot|calf|thigh|side|one|buttock))?[^.!?\\n]{0,50}\\b(?:now|also|as well|too|gone|moved|spread\\w*|started|since)\\b[^.!?\\n]{0,45}\\b(?:left|right|other))\\b(?: (?:leg|foot|calf|thigh|side|one|buttock))?(?! (?:arm|shoulder|hand|wrist|elbow|ear|eye|hip|(?:\\w+ )?(?:is |was |are |feels? )?(?:fine|good|ok|okay|normal|better|healthy)))`,
    '\\b(?:left|right|one)\\b[^.!?\\n]{0,60}\\b(?:right|left|other|second)(?: (?:one|leg|side|foot|calf))?\\b[^.;!?\\n]{0,12}\\b(?:joined|started|followed|copied|copying|caught up|does the same|doing the same|the same|is going the same|as well|too)\\b(?! (?:arm|shoulder|hand|wrist|elbow|knee|hip))',
    '\\b(?:first|before)[^.;!?\\n]{0,20}\\b(?:left|right|one)\\b[^.;!?\\n]{0,25}\\b(?:now|then)\\b[^.;!?\\n]{0,15}\\b(?:both|the other|the (?:left|right))\\b',
  ),
  ...p(
    'weakness',
    `\\b(?:lift|raise|move|bend|push)\\w* (?:up )?(?:my |the |his |her )?(?:\\w+ )?${LIMB}[^.;!?\\n]{0,20}\\b(?:less|only a little|barely|hardly)\\b|\\b(?:barely|hardly|scarcely|struggl\\w+ to|hard(?:er)? to|difficult\\w* (?:to|in)|trouble) (?:\\w+ )?(?:lift|rais|mov|bend|push)\\w* (?:my |the |his |her )?(?:\\w+ )?${LIMB}`,
    'motor (?:deficit|loss|weakness|power loss)|foot[- ]?drop(?!ped (?:something|a|an|the|it)\\b)|drop(?:ped|ping)? foot|foot (?:is |has |keeps |just )?(?:slap|drag|flop|catch|drop)\\w*',
    `drag\\w* (?:my|the|his|her|one) (?:\\w+ )?${LIMB}`,
    `\\b${LIMB}[^.;!?\\n,]{0,30}(?:weak\\w*|flopp\\w+|catch\\w* on|scuff\\w*|scrap\\w+|giv(?:es?|ing) (?:way|out)|gave (?:way|out)|buckl\\w+|collaps\\w+|paraly[sz]\\w+|stopped working|won'?t (?:move|lift|work))`,
    `(?:weak\\w*|paraly[sz]\\w+|los[st]\\w* (?:of )?(?:strength|power))[^.;!?\\n]{0,30}\\b${LIMB}`,
    `${CANT}[^.;!?\\n]{0,30}(?:lift|raise|move|wiggle|push|pull|bend|control)[^.;!?\\n]{0,25}\\b${LIMB}`,
    `${CANT} (?:\\w+ )?(?:stand|walk|go|get) (?:up )?on (?:my |his |her )?(?:toes|heels|tip ?toes?)`,
    'trip\\w* over (?:my |his |her )?(?:own )?(?:foot|toes?|feet)|loss of (?:muscle )?(?:strength|power)|(?:the|my|this|leg|legs|foot|ankle|knee|thigh|calf|muscle|motor|increasing|progressive|worsening|new|sudden|sided) weakness|weakness (?:has|is|gets?|got|began|started)',
    'foot (?:just |always |now |kind of )?hang(?:s|ing)?\\b|catch(?:es|ing)? (?:my |the |his |her )?(?:\\w+ )?(?:toes?|foot)\\b',
    `\\blegs? (?:do not|don'?t|does not|doesn'?t|will not|won'?t|no longer|refuse to) (?:\\w+ )?(?:obey|work|listen|respond|hold|carry|support)`,
    '(?:power|strength)[^.;!?\\n]{0,20}(?:dropped|fallen|gone|down|reduced) (?:from|to)',
    '\\bmotor block\\b|block (?:has |have )?(?:not worn off|come back|returned|persist\\w*)|(?:lift|move|pull|raise|swing|haul)\\w* (?:my |the |his |her )?(?:\\w+ )?(?:leg|foot|thigh)[^.;!?\\n]{0,25}with (?:my |his |her |both |the |one )*(?:hands?|arms?)',
    '(?:lift|move|pull|raise) (?:my |the )?(?:leg|foot|thigh) with (?:my |both |the )*hands?|\\b(?:legs?|calf|thigh|muscles?) (?:is |are |has |have )?(?:been )?(?:wast\\w+|shrink\\w+|shrunk|(?:getting|become|got) thin\\w*)',
  ),
  ...p(
    'weakness',
    `(?:could|was able to|managed to)[^.;!?\\n]{0,25}\\b${LIMB}[^.;!?\\n]{0,30}\\b(?:today|now|since)[^.;!?\\n]{0,12}(?:cannot|can'?t|can not|no longer|not|nothing)`,
  ),
  ...p(
    'progression',
    '\\bfirst(?:ly)?\\b[^.;!?\\n]{0,50}\\b(?:then|now)\\b|\\b(?:primero|empez\\w+)\\b[^.;!?\\n]{0,50}\\b(?:luego|despues|ahora|ya)\\b|hace (?:unas?|\\d+|unos|pocos) (?:semanas?|dias?|mes|meses)\\b[^.;!?\\n]{0,50}\\b(?:ahora|hoy)\\b|\\b(?:ago|last week)\\b[^.;!?\\n]{0,60}\\bnow\\b|start\\w* (?:in|at|with|from)\\b[^.;!?\\n]{0,40}\\b(?:now|then|up to|into)\\b|\\b(?:has|is|now|gone|crept|moved) (?:\\w+ )?(?:up|down)? ?(?:to|into|as far as|past) (?:my |the )?(?:\\w+ )?(?:knee|thigh|hip|calf|ankle|other leg)\\b|\\bnow\\b[^.;!?\\n]{0,40}\\b(?:at all|either|as well|too|hardly|barely|completely)\\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day[^.;!?\\n]{0,40}\\b(?:now|today|by)\\b|(?:last week|yesterday|days ago|on \\w+day|last month) (?:i |he |she )?(?:could|was able|managed|still)|in (?:\\d+|two|three|four|five|a few|a couple of) days\\b|from \\d+ (?:down )?to \\d+ in (?:a|the|\\w+) (?:\\w+ )?(?:week|day|fortnight|month)|(?:get\\w*|got) (?:less|lower)|was better (?:before|last)|(?:start|began|came on|happened)\\w* (?:on \\w+day|yesterday|today|this (?:morning|week)|last (?:night|week|weekend)|(?:\\w+ )?days ago)|(?:was|were) (?:fine|ok|okay|good|normal|strong|all right|alright|working)[^.;!?\\n]{0,6} (?:on|last|until|till|a|yesterday|before|the|at|this)\\b|not (?:\\w+ )?(?:like|as \\w+ as) (?:yesterday|last week)|hour by hour|by the hour|(?:was|is) getting (?:worse|weaker)|\\bweaker\\b|increas\\w+|has grown|new(?:ly)? (?:\\w+ )?(?:weak\\w*|foot ?drop|onset|deficit)|overnight|since (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:get|got|gets|getting|become|becoming|growing) (?:\\w+ )?(?:worse|weaker|number)|wors(?:e|en\\w*)\\b|progress(?:ive|ively|ing|ed|es)\\b|more and more|less and less|climb\\w+|\\bhigher up|creep\\w+|lazier|heavier|\\d/5[^.;!?\\n]{0,25}(?:last|yesterday|before|previous\\w*|on \\w+day)[^.;!?\\n]{0,25}\\d/5|(?:each|every) (?:day|morning|week)|by the (?:day|hour)|day by day|since (?:yesterday|this morning|last night|the weekend)|(?:over|in|within|for|during) (?:the|this) (?:last|past|previous) (?:few |couple of |two |three |\\d+ )?(?:days?|hours?|weeks?|fortnight)|\\d+ (?:days|hours) ago|sudden\\w*|spread\\w*|(?:dropped|fallen|down|gone) from \\d(?:/5)? to \\d|yesterday|this morning|last night',
  ),
  ...p(
    'cauda-equina',
    '\\b(?:query|suspect\\w*|possible|probable|likely|impending|early|incomplete|acute|evolving|features of|signs of|concern\\w* (?:for|about|re|regarding)|exclude|rule out|in keeping with|consistent with|suggestive of|with|has|(?<!negative )for)\\b\\W{0,3}(?:\\w+ ){0,2}cauda equina(?: syndrome)?(?! (?:leaflet|card|warning|symptoms? (?:discussed|explained|advice)|advice|information|safety))',
    '(?:posible|probable|sospecha de|sospech\\w+|descartar|valorar|cuadro de) (?:un |una |sindrome de (?:la )?)?(?:cauda equina|cola de caballo)|sindrome de (?:la )?cola de caballo',
    '(?:cauda equina|\\bsacral roots?)\\b[^.;!?\\n]{0,20}(?:compress\\w*|compromise\\w*|crowd\\w*|impinge\\w*|query)',
  ),
  ...p(
    'vertebral-fracture',
    '(?:vertebra\\w*|wedge|compression|insufficiency|fragility|osteoporotic|burst|chance|sacral|pathological|pars|spin\\w+|[tl] ?-?1?\\d) (?:compression |wedge |body |insufficiency |burst )?(?:fracture\\w*|collapse\\w*)|fractur\\w* (?:of )?(?:the |a |my )?(?:vertebra\\w*|spine|back|sacrum|[tl] ?-?1?\\d\\b)|collapsed vertebra\\w*|crushed vertebra\\w*|vertebra\\w* (?:has |have |is |are )?(?:collapsed|crushed|broken|fractured)|query fracture|(?:query|exclude|rule out) (?:an? )?(?:\\w+ ){0,2}fracture',
    'fractura\\w* (?:vertebral|de (?:la |una )?(?:vertebra|columna))|aplastamiento vertebral|vertebra (?:rota|aplastada|hundida)',
  ),
  ...p(
    'cord',
    'clumsy (?:hands?|fingers?)|electric shocks? (?:down|along) (?:my |the )?(?:spine|back)|lhermitte\\w*|unsteady (?:gait|walking|on my feet)|legs (?:feel |are )?(?:stiff and heavy|spastic)',
  ),
  ...p(
    'fever',
    '(?<!hay |rheumatic |scarlet |glandular |yellow )fever\\w*|\\bfebrile|chills|rigors?|shiver\\w*|night sweats?|sweat\\w* (?:at|during the|through the) nights?|temperature of (?:3[89]|10[0-4])|high temperature|\\b(?:3[89]|40)[.,]\\d\\b(?! ?(?:cm|mm|kg|km|%))|sweat\\w* through (?:my |the )?\\w+|(?:3[89]|40)(?:[.,]\\d)? ?(?:degrees|celsius|°)',
    '(?:ha[vds]e?|having|got|running|with|ran|spiked|.ve|.d|now) (?:had )?an? (?:\\w+ )?(?:temp|temperature|pyrexia)\\b(?![^.;!?\\n]{0,8}(?:3[4-7]|normal))',
    'temp(?:erature)?[^.;!?\\n]{0,12}\\b(?:3[89]|10[0-4])|burning (?:hot|up)\\b',
    '(?:hot and cold|hot then cold|cold and hot)(?! (?:pack|compress|therap|water|treatment|drink|weather|pad|gel|shower|tap|flush)\\w*)|\\bthe shakes\\b|\\bshakes\\b(?! (?:out|off|hands|his|her|it|my))|feverish|flu[- ]?(?:like|ish|ey)|\\bpyrexial|(?:sweat\\w*|shak\\w*) (?:buckets|uncontrollably|violently)|teeth (?:are |were )?chatter\\w*|drenched|drenching|sweaty (?:at|by|every|in the) (?:nights?|evenings?)|sweat\\w*[^.;!?\\n]{0,20}(?:at|in the|every|all|each) nights?|sheets (?:are |were )?(?:soaked|wringing|wet)|soak\\w*[^.;!?\\n]{0,12}sweat|\\bpyrexi\\w+|spik\\w+ temp\\w*|\\btemps?\\b(?! (?:job|work|agency|dropped|controlled))(?![^.;!?\\n]{0,14}(?:3[4-7]\\b|9[5-9]\\b|normal|ok\\b|fine|afebrile))',
    '(?:shaky|shaking|shivery|sweaty) and (?:\\w+ )?(?:hot|cold|feverish)|(?:hot|feverish) and (?:shaky|sweaty|shivery)',
  ),
  ...p(
    'weight-loss',
    'los(?:t|ing|s of) (?:\\w+ ){0,4}(?:weight|kilos?|kilograms?|kg|pounds?|lbs?|stone)|weight loss|dropped (?:\\w+ ){0,3}(?:kilos?|kg|pounds?|lbs?|stone)|clothes (?:\\w+ )?(?:loose|too big|hang)',
    '(?:trousers|pants|clothes|jeans|skirts?|rings?|watch) (?:\\w+ )?(?:are|is|have become|has become|hangs?|sit) (?:\\w+ )?loose\\w*|(?:belt|dress|trouser|clothes|jeans|shirt) (?:hole|notch|size)s?|gone down (?:\\w+ )?(?:sizes?|holes?|notches)',
    '(?:trousers|pants|clothes|jeans|skirts?|belt)\\b[^.;!?\\n]{0,35}(?:fall\\w* (?:off|down)|loose\\w*|too big|hang\\w*|slip\\w* (?:off|down))',
  ),
  ...p(
    'cancer',
    '(?:the )?big c\\b|secondaries|in remission|(?:all )?clear (?:since|for \\w+ years|from cancer)|h(?:a)?ematolog\\w+|hodgkin\\w*|mesothelioma|adenoca\\w*|neoplas\\w+|\\b(?:rcc|nsclc|sclc|hcc|scc|dlbcl|cll|aml)\\b|lytic|sclerotic (?:lesion|deposit)s?|bone (?:lesion|deposit|met)s?|hypercalc(?:a)?emi\\w*|bence|colectomy for|palliative|wide local excision|sentinel node|seminoma|neuroblastoma|glioma|carcinoid|neuroendocrine|plasmacytoma|paraprotein|mgus|herceptin|tamoxifen|letrozole|anastrozole|zoladex|prostap|bicalutamide|prostatectomy|nephrectomy|orchi(?:d)?ectomy|brachytherapy|radiation (?:therapy|treatment|for|to|on)|\\bbrca\\b|gleason|dukes|breast clinic (?:op|surgery)|(?:a|the|had|nasty|bad) growths?\\b(?! (?:plate|spurt|hormone|chart))',
    '(?<!sign |sign is |zodiac )\\bcancer(?!ian| (?:sign|zodiac))|tumou?rs?\\b|carcinoma|(?:renal|transitional|squamous|small|germ|clear|merkel|urothelial)[- ]cell ca\\b|lymphoma|myeloma|melanoma|leuk(?:a)?emia|metasta\\w+|chemo\\w*|radiotherapy|mastectomy|lumpectomy|sarcoma|malignan\\w+|oncolog\\w+|\\bca (?:of )?(?:the )?(?:breast|lung|prostate|colon|bowel|kidney|thyroid|bladder|ovary|ovaries|cervix|uterus|womb|endometrium|stomach|(?:o?e)?sophagus|pancreas|liver|rectum|tongue|larynx|testis|skin|brain|tonsil|vulva|penis)\\b|(?:breast|lung|prostat\\w*|colon|colorectal|bowel|renal|thyroid|ovar\\w+|cervi\\w+|bladder|gastric|rectal|(?:o?e)?sophageal|pancrea\\w+|endometri\\w+|uterine|testicular|skin|laryngeal|oral) ca\\b',
  ),
  ...p(
    'severe-trauma',
    '(?:fell|fall|falls|fallen|falling|jump\\w*|thrown)[^.;!?\\n]{0,25}(?:from|off|of|down|out of)\\b[^.;!?\\n]{0,30}\\b(?:ladder|roof|stairs?|height|horse|tree|scaffold\\w*|wall|balcony|truck|window|met(?:er|re)s|feet)',
    '(?:came|come|fell|fall|fallen|slipped|slid|went|tumbl\\w+|thrown|knocked|dropped|pitched|bucked)[^.;!?\\n]{0,12}\\b(?:off|from|down|over|out of|through)\\b[^.;!?\\n]{0,30}\\b(?:ladder|steps?ladder|steps\\b|escalator|roof|stairs?|staircase|flight|horse|pony|tree|scaffold\\w*|balcony|loft|attic|skylight|roof ?light|floor ?boards?|manhole|trap ?door|hatch|trampoline|quad|cliff|ceiling|lorry|truck|hayloft|bunk)\\b',
    '(?:bucked|threw|thrown|kicked|knocked|tipped|hurled) (?:me|him|her|us) (?:off|down|over|out|from|against)|landed (?:flat |heavily |badly )?on (?:my|his|her) (?:back|spine|neck) from|(?:went|drove|ran|smash\\w*|crash\\w*|plough\\w*|slam\\w*) into (?:the back of )?(?:us|me|my|our|him|her)\\b|write[- ]?off|(?:at|doing) \\d{2,3} ?(?:mph|km|kph|miles)|thrown (?:against|into|across|off|from)|found (?:\\w+ ){0,3}?(?:at|by) the (?:foot|bottom) of (?:the|a|his|her) (?:\\w+ )?(?:stairs|steps|ladder|staircase|escalator)|t-boned|head[- ]on|rolled (?:the|my|our) (?:car|van|truck|quad|tractor)|airbags?|written off|wrote (?:the|my) car off|knocked (?:down|over|off) by|crushed|trampled|kicked by a (?:horse|cow)|(?:horse|cow|bull|donkey|heifer) (?:\\w+ )?(?:kicked|trampled|tossed|charged|butted)|(?:was|got|been|being) tackled|tackled (?:in|during|by|from)|paraglid\\w+|parachut\\w+|(?:hit|into) (?:a |the )(?:tree|wall|lamp ?post)|pile[- ]?up|(?:car|motor ?bike|motor ?cycle|van|bus|lorry|truck|bike|train|tram|cyclist|taxi|scooter|forklift) (?:\\w+ )?(?:hit|ran|knocked|struck|clipped) (?:me|him|her|into)|(?:diving|skiing|riding|climbing|cycling|farm\\w*|industrial|work|horse\\w*|quad|snowboard\\w*|parachute|trampoline|rugby|motocross|boating|jet ?ski) accident|(?:car|van|truck|quad|tractor|vehicle|lorry|jeep) (?:\\w+ )?(?:rolled|flipped|overturned)|(?<!\\b(?:i|he|she|and|then|just|we) )(?:fell|dropped|collapsed|came down|landed|rolled|toppled) (?:over )?on(?:to)? (?:top of )?(?:my|his|her) (?:\\w+ )?(?:back|spine|shoulders)\\b|assaulted|beaten up|(?:kicked|punched|stamped) (?:\\w+ ){0,3}(?:back|spine)|dived? (?:\\w+ ){0,3}(?:shallow|pool)|seat ?belt (?:bruise|mark|sign)',
    '(?:fell|fall|fallen|dropped)[^.;!?\\n]{0,20}(?:\\d+|two|three|four|five|six|several) ?(?:m\\b|met(?:er|re)s?|feet\\b|ft\\b|stor(?:ey|ies|y))',
    '(?:car|motor\\w*|road|bike|bicycle|traffic|vehicle|train) (?:accident|crash|collision|wreck)|hit by (?:a|an) (?:\\w+ )?(?:car|truck|bus|van|motorbike|vehicle)|(?<!minor )\\b(?:rta|rtc|mva|mvc)\\b|rear[- ]ended|horse (?:\\w+ )?threw|threw me (?:off|from)|run over|(?:came|come|fell|thrown|knocked) off (?:my |his |her |the |a )?(?:\\w+ )?(?:motor\\w*|bike|bicycle|horse|quad|scooter)|crashed (?:my|the) (?:car|bike|motorbike)',
  ),
  ...p(
    'minor-trauma',
    '\\b(?:slid|slipped|rolled|tumbled|slithered) (?:off|out of) (?:of )?(?:the |my |her |his |a )?(?:\\w+ )?(?:bed|chair|sofa|toilet|stool|couch|seat|bath)\\b',
    '\\b(?:fell|slipped|tripped|had a fall|a fall|stumbled|toppled|landed (?:hard |heavily )?on|missed a step|went over on|jolt(?:ed)?|speed ?bump|pothole|sat (?:down )?(?:too |very |really |rather )?(?:hard|heavily|with a bump)|jarred (?:my|his|her) (?:back|spine)|bumped down|came down (?:hard|heavily)|electrocut\\w*|electric shock|seizure|convulsion\\w*|had (?:a|an) (?:epileptic )?fit|epileptic fit)\\b',
    '(?:pick\\w*|lift\\w*|bend\\w*|bent|cough\\w*|sneez\\w*|reach\\w*|turn\\w*|twist\\w*|(?:got|getting) (?:up|out)|made the bed|making the bed|open\\w*)\\b[^.;!?\\n]{0,60}\\b(?:sudden\\w*|sharp|stab(?:bed|bing)?\\b|knife)',
    '(?:cough|sneez|bend|bent|lift|turn|twist|reach|open|sat|sit|stood|hug)\\w*[^.;!?\\n]{0,50}\\b(?:crack|snap|pop|crunch|gave|went)(?:ped|ed|s)?\\b|(?:felt|heard) (?:a |something )?(?:\\w+ )?(?:crack|snap|pop|crunch)\\w*',
    'back (?:just )?sudden\\w* (?:went|gave|cracked)|sudden\\w*[^.;!?\\n]{0,40}\\b(?:lifting|bending|coughing|sneezing|getting out of|bump|turning)',
  ),
  ...p(
    'steroids',
    '\\bpreds?\\b|prednis\\w+(?! (?:cream|ointment|drops|lotion|enema|foam|inhaler))|dexamethasone|methylpred\\w+|hydrocortisone tablets?|(?:steroid|cortisone) (?:tablets?|pills?|medication|treatment for)|(?:long[- ]term|years of|daily|oral|take|takes|taken|taking|on) (?:\\w+ )?(?:steroids?|corticosteroids?|cortisone)\\b(?! (?:inhaler|cream|spray|drops|ointment|puffer)s?)',
  ),
  ...p(
    'osteoporosis',
    '(?:bone (?:scan|density)|dexa)\\b[^.;!?\\n]{0,25}(?:minus |[-\u2013\u2212])(?:2[.,][5-9]|[3-6])|t[- ]?scores? (?:of |was |is |at )?(?:minus |-|−|–) ?(?:2[.,][5-9]|[3-6])|(?:lost|losing|loss of|shrunk|shrinking) (?:\\w+ ){0,3}(?:height|cm|centimet\\w+|inch\\w*)|(?:cm|inch\\w*) shorter|osteoporo\\w+|thin(?:ning)? (?:of the )?bones|bone (?:thinning|tablet|jab|injection|infusion|drip|medicine|treatment|strengthening)\\w*|prolia|fosamax|brittle bones|(?:alendron|risedron|zoledron|ibandron)\\w+|fragility fracture|denosumab',
  ),
  ...p(
    'intravenous-drugs',
    'heroin|inject\\w* (?:drugs|heroin|cocaine|meth\\w*|myself with(?! (?:insulin|heparin|enoxaparin|methotrexate)))|iv drugs?|ivdu|intravenous drugs?|shoot(?:ing)? up|shot up|needle sharing',
    '(?:bang|jack|shoot|shot|fix)(?:s|ing|ed)? up\\b(?! (?:my|the|a) (?:car|knee|toe|head|house|elbow|meeting))|\\bsmack\\b(?! (?:on|in|into))|on the gear|(?:using|doing|taking|scor\\w+) (?:gear|brown|smack|h\\b|skag)|skag|skin[- ]?popp\\w+|mainlin\\w+|needle exchange|track marks|\\bpwid\\b|i\\.?v\\.? (?:drug )?us(?:er|e|ing)\\b|(?:using|used?|uses)\\b(?:(?!\\b(?:knit|sew|crochet|acupunct|dry|insulin|pine|darning|pen)\\w*)[^.;!?\\n]){0,15}\\b(?:iv|needles)\\b(?! (?:for|to|size|antibiotic|fluid|iron|drip))|iv (?:heroin|cocaine|meth\\w*|fentanyl)',
    'inject(?:s|ing)? (?:myself|himself|herself)\\b(?![^.;!?\\n]{0,25}(?:insulin|heparin|enoxaparin|clexane|methotrexate|adalimumab|humira|ozempic|semaglutide))',
    '(?:meth|crystal|cocaine|crack|speed|amphetamines?|drugs?)\\b[^.;!?\\n]{0,20}inject(?:s|ed|ing)?\\b',
  ),
  ...p(
    'immunosuppression',
    '\\bhiv\\b|immuno ?(?:suppress|deficien|compromis)\\w*|(?:kidney|liver|heart|lung|organ|bone marrow) transplant|chemo\\w*|methotrexate|azathioprine|tacrolimus|ciclosporin|cyclosporine|adalimumab|etanercept|infliximab|rituximab|(?<!ha?emo)dialysis|biologics?\\b|anti-?tnf|mycophenol\\w+|leflunomide|tofacitinib|secukinumab|alcohol\\w*[- ](?:related )?liver disease|cirrhosis|alcohol (?:dependen|misuse|excess|abuse)\\w*|splenectomy|no spleen|asplen\\w+|neutropeni\\w+',
  ),
  ...p(
    'infection-source',
    '(?:recent|had an?|treated for|just had|after an?)[^.;!?\\n]{0,30}(?:infection|abscess|surgery|operation|procedure|spinal injection|epidural|dental work|cellulitis)|bact(?:a)?er(?:a)?emia|seps(?:is|tic)|endocarditis|tubercul\\w+|discitis|osteomyelitis|urinary tract infection|\\buti\\b',
    '(?:boils?|carbuncle|abscess(?:es)?|cellulitis|pneumonia|pyelonephritis|(?:kidney|chest|skin|foot|toe|blood|bladder|urine) infection|bacteria in (?:the|my|his|her) blood|infected (?:foot|toe|leg|ulcer|wound|knee|hip|valve|line|cut)|(?:foot|leg|pressure|diabetic) (?:ulcers?|sores?)|blood poisoning|\\bstaph\\w*|\\bmrsa\\b|brucell\\w*|unpasteuri[sz]ed|raw milk|\\btb\\b|prostate biops\\w+|cystoscop\\w+|(?:on|having|started) (?:\\w+ )?antibiotics|bloodstream)',
    'h(?:a)?emodialysis|(?:hickman|picc|central|dialysis) line',
    '(?:wound|scar|incision|stitches|cut|dressing)[^.;!?\\n]{0,40}(?:wet|yellow|green|gap\\w*|open(?:ed|ing)?|burst|hot|puffy|angry|swollen|red)\\b',
    '(?:wound|scar|incision)[^.;!?\\n]{0,40}(?:ooz\\w*|pus\\b|leak\\w*|weep\\w*|discharg\\w*|infected|red and hot|smell\\w*)',
  ),
  ...p(
    'infection-source',
    '(?:jab|injection|needle|infiltration|steroid)s? (?:\\w+ ){0,2}(?:in|into|to) (?:my|the|his|her) (?:\\w+ )?(?:back|spine|spinal)\\b',
  ),
  ...p(
    'sudden-onset',
    '(?:acute|sudden\\w*|abrupt\\w*|out of (?:nowhere|the blue)|woke (?:up )?with)\\b[^.;!?\\n]{0,40}\\b(?:pain|back\\b|spine)|(?:pain|back|spine)\\b[^.;!?\\n]{0,30}\\b(?:sudden\\w*|abrupt\\w*|out of (?:nowhere|the blue)|in an instant)',
    '(?:de repente|de golpe|subit\\w+|brusc\\w+|agud[oa])\\b[^.;!?\\n]{0,40}\\b(?:dolor|espalda|columna)|dolor[^.;!?\\n]{0,30}(?:de repente|subit\\w+|brusc\\w+|agud[oa])',
  ),
  ...p(
    'systemic-alarm',
    'persistent cough|h(?:a)?emoptysis|cough\\w* (?:up )?blood|h(?:a)?ematuria|(?:blood in|bloody) (?:my |the |his |her )?(?:urine|pee|stools?|poo|phlegm|sputum)|rectal bleeding|(?:breast|neck|armpit|testic\\w+) lump|lump in (?:my|the|his|her) (?:breast|neck|armpit|testicle|groin)|(?:enlarged|swollen) (?:lymph )?(?:nodes|glands)|lymphadenopathy|jaundice\\w*|(?:no|lost|loss of|poor|reduced) (?:my |his |her |of )?appetite|off (?:my|his|her) food|an(?:a)?emi[ac]\\b|raised (?:alp|calcium|psa)|trouble swallowing|dysphagia',
    'tos con sangre|sangre en (?:la orina|las heces)|bulto en (?:el pecho|la mama|el cuello|la axila)|(?:sin|perdida de|perdido el|no tengo) apetito|ictericia',
  ),
  ...p(
    'unwell',
    '(?:feel\\w*|felt|been|is|am|are|really|very|so|generally|systemically|looks?) (?:\\w+ ){0,2}(?:washed out|ill|unwell|poorly|septic|sweaty|clammy|feverish|flu-?like|rotten|dreadful|awful all over|wiped out|lousy)\\b|malaise|(?:feel|feels|felt|feeling) (?:\\w+ )?(?:awful|terrible|dreadful|rotten|like death)\\b(?! (?:about|for|that|because|saying))|off (?:my|his|her) food|rough as',
    '(?:wound|scar|incision|stitches|drain site)[^.;!?\\n]{0,40}(?:pus|ooz\\w*|leak\\w*|weep\\w*|discharg\\w*|hot|red|smell\\w*|open\\w*|swollen|angry)|(?:pus|discharge) (?:from|coming out of) (?:my|the|his|her) (?:wound|scar|back)',
    '(?:me (?:siento|encuentro) (?:muy )?(?:mal|fatal|enferm[oa])|mal cuerpo|malestar general|herida[^.;!?\\n]{0,20}(?:pus|supura\\w*|roja|caliente|abierta))',
  ),
  ...p(
    'night-pain',
    'keeps? (?:me|him|her) (?:up|awake)(?: (?:all|at|most|every))? ?nights?|(?:no|little) sleep (?:because|due|for|with)|up all night with|(?:can.?t|cannot|unable to) sleep (?:for|because of|due to|with) (?:the )?pain|wak(?:e|es|ing|en|ens) (?:me |him |her )?(?:up )?(?:at (?:night|\\d|\\w+ (?:am|o.?clock)|dawn)|during the|every|in the|at) ?(?:night|second half|early hours)?|worst at (?:night|\\d ?am|\\w+ in the morning)|(?:at|around|about) (?:[1-5]) ?(?:am|a\\.m)|night pain|pain at night|worse at night|nocturnal pain',
    '(?:never|does ?n.t|not) (?:let\\w* up|ease\\w*|stop\\w*|go\\w* away)[^.;!?\\n]{0,20}(?:at night|lying|in bed)|pain (?:even )?(?:when |while )?lying still',
  ),
  ...p(
    'pulsatile',
    'sudden\\w*[^.!?\\n]{0,40}(?:back|flank|loin|belly|tummy|stomach)[^.!?\\n]{0,60}(?:faint\\w*|collaps\\w+|passed out|blacked out|clammy|grey|gr[ae]y)',
    '(?<!\\b(?:mechanical|metal|tissue|bicuspid|replaced) )\\baort(?:a|ic)\\b(?! (?:valv\\w*|stenosis|sclerosis|regurgitation|insufficiency|incompetence|root\\b))',
    'pulsat\\w+|expansile|pulsing|(?:abdominal|belly) (?:aortic )?mass\\b|(?:hypotens\\w+|shocked|(?:bp|blood pressure)\\W{0,3}(?:\\w+ )?[5-8]\\d\\b)[^.!?\\n]{0,60}(?:back|flank|loin|abdom)|(?:back|flank|loin|abdom\\w*)[^.!?\\n]{0,60}(?:hypotens\\w+|(?:bp|blood pressure)\\W{0,3}(?:\\w+ )?[5-8]\\d\\/)|\\baaa\\b|(?<!brain )(?<!cerebral )aneurysm|throbbing (?:mass|lump|belly|abdomen)|(?:tearing|ripping)\\b[^.;!?\\n]{0,30}\\bpain|unequal pulses|pulse (?:deficit|discrepancy)|absent (?:left |right )?radial pulse|dissect(?:ion|ing)\\b|heartbeat in (?:my |the )?(?:belly|stomach|abdomen)',
    '(?:lump|mass|swelling|something)\\b[^.;!?\\n]{0,20}\\b(?:beat|throb|puls)\\w*',
    '(?:stomach|belly|tummy|abdomen|gut)\\b[^.;!?\\n]{0,20}\\b(?:a pulse|heart ?beat|beating|pulses)\\b',
    'throbb\\w+ (?:in|inside|of) (?:my |the )?(?:belly|stomach|abdomen|tummy)|(?:heart ?beat|pulse) in (?:my |the )?(?:belly|stomach|abdomen|tummy)',
    '(?:belly|stomach|abdom\\w+|tummy)[^.;!?\\n]{0,20}\\bpain[^.;!?\\n]{0,40}(?:faint\\w*|collapsed|passed out|blacked out)',
  ),
  ...p(
    'cold-limb',
    '\\btoes?\\b[^.;!?\\n]{0,40}\\b(?:black|blue|purple|dusky|gangren\\w*)|(?:black|blue|purple|dusky) toes?\\b|\\b(?:foot|leg),? (?:\\w+ )?(?:icy |ice |stone |freezing )?cold\\b|(?:cold|blue|pale|white|mottled),? (?:and )?(?:numb,? |painful,? )?(?:\\w+ )?(?:leg|foot)\\b|(?:no|absent|missing|lost|cannot feel a|can.?t (?:feel|find) a) (?:\\w+ )?pulses?\\b|gangren\\w*|rest pain|hang\\w* (?:it|them|(?:my|the|his|her) (?:leg|foot|feet)) (?:out|over|down)',
    '(?:cold|blue|pale|white|mottled) (?:and (?:cold|blue|pale|white|numb) )?(?:foot|leg|feet|toes)\\b|(?:foot|leg|toes|feet) (?:\\w+ )?(?:white|blue|purple|mottled|icy)\\b|(?:foot|leg|toes|feet) (?:is |are |has |have |become |gone |turned |went |feels? )+(?:icy |ice )?(?:cold|blue|pale|white)',
  ),
  ...p(
    'better-moving',
    '(?:better|eas(?:es|ed|ier)|improv\\w+|loosen\\w*|wears off|goes)[^.;!?\\n]{0,25}(?:mov\\w+|exercis\\w*|walk\\w*|active|activity|going|gym|stretch\\w*|swim\\w*)|(?:mov\\w+|exercis\\w*|activity|swimming)[^.;!?\\n]{0,15}(?:helps|eases|loosens|improves)',
  ),
  ...p(
    'worse-resting',
    '(?:worse|bad|stiffer|stiff|not better|no better)[^.;!?\\n]{0,25}(?:rest\\w*|lie about|lying (?:about|around|still|in)|sitting (?:about|around|still)|lie in|after sleep)|(?:rest\\w*|lying (?:about|still))[^.;!?\\n]{0,15}(?:makes? it worse|does ?n.t help|no help|worse)',
  ),
  ...p(
    'spondyloarthritis',
    'iritis|uveitis|psoria\\w+|crohn\\w*|ulcerative colitis|hla[- ]?b ?27|ankylosing|spondyloarthr\\w+|spondylitis|(?:swaps|switches|alternat\\w+)[^.;!?\\n]{0,20}(?:buttock|cheek|side)|sacroiliitis|sausage (?:toe|finger)',
  ),
  ...p(
    'morning-stiffness',
    '(?:first thing|on waking|when i (?:wake|get up))[^.;!?\\n]{0,25}(?:stiff\\w*|like a board|rusty)',
    '(?:stiff\\w*)[^.;!?\\n]{0,25}(?:in the |every |each )?morning|morning stiffness',
  ),
  ...p(
    'severe-weakness',
    '(?:heel|calf|toe) (?:raise|rise|lift)s?[^.;!?\\n]{0,30}(?:from \\d+ to \\d|cannot|can.?t|only|unable|failed|no longer)',
    '\\b(?:ta|ehl|tib ant|quads?|gastroc\\w*|psoas|hip flex\\w*|dorsiflexion|plantar ?flexion|l[2-5]|s1|power)\\b[^.;!?\\n]{0,12}[0-5][+-]?(?:\\/5)? ?(?:->|→|=>|to|down to) ?[0-3]\\b',
    'lift\\w* (?:my |the |his |her )?(?:knee|leg|foot) (?:\\w+ ){0,2}high\\w*[^.;!?\\n]{0,30}(?:trip|walk|step|or\\b)|high[- ]?step\\w*|(?:walk|step)\\w* like a (?:horse|flamingo|stork|heron)|drop[- ]foot',
    'foot[- ]?drop|drop(?:ped|ping)? foot|footdrop|steppage|(?:no|absent) (?:dorsiflexion|plantarflexion|power|movement) (?:in|of|at)',
  ),
  ...p(
    'cord',
    'myelopath\\w*|cord compress\\w*|hyper ?reflexi\\w*|brisk reflexes|reflexes (?:are |were )?brisk|up ?going (?:toe|plantar)s?|plantars (?:are )?up|babinski|clonus|hoffmann\\w*|spastic(?:ity)?|sensory level|\\bumn\\b|upper motor neur\\w+',
    '(?:numb\\w*|dead|no feeling|tingl\\w+)[^.;!?\\n]{0,15}(?:from|below|up to) (?:the |my )?(?:nipples?|chest|ribs?|bra|belly ?button|navel|breasts?|armpits?)',
    'electric (?:shocks?|jolts?|zaps?|current)[^.;!?\\n]{0,40}(?:neck|spine|arms and legs|whole body|bend(?:ing)? (?:my )?(?:head|neck))',
    '(?:walk\\w*|gait)[^.;!?\\n]{0,12}(?:like a (?:robot|drunk)|off balance|all over the place)',
  ),
  ...p(
    'claudication',
    '(?:walk\\w*|stand\\w*|metres|meters|yards|blocks|steps|shops?|queue)[^!?\\n]{0,110}\\b(?:sit\\b|sits|sitting|sat|lean\\w*|bend\\w*|stoop\\w*|trolley|shopping cart|squat\\w*|bench|rest\\b|stop\\b|perch\\w*|stool)',
  ),
  ...p(
    'retention',
    '(?:think\\w*|thought)[^.;!?\\n]{0,12}(?:done|finished)[^.;!?\\n]{0,50}(?:more|rest|again)',
    '(?:put|pass\\w*|had|insert\\w*|need\\w*)[^.;!?\\n]{0,12}\\b(?:tube|catheter|bag)\\b(?![^.;!?\\n]*\\b(?:operation|surgery|op\\b|birth|section|removed|taken out))[^.;!?\\n]{0,40}(?:in\\b|bladder|wee|pee|urin\\w+|lit(?:re|er)|\\bml\\b|drain\\w*)|(?:took|drain\\w*|drew|empt\\w+|came)[^.;!?\\n]{0,20}\\b(?:a|one|two|half a|\\d+(?:[.,]\\d+)?) ?(?:lit(?:re|er)s?|mls?|cc)\\b',
    '(?:pvr|residual|bladder scan|post[- ]?void\\w*|scan)[^.;!?\\n]{0,20}\\b(?:[2-9]\\d\\d|1\\d\\d\\d) ?(?:ml|cc|mls)\\b|\\b(?:[2-9]\\d\\d|1\\d\\d\\d) ?(?:ml|cc|mls)\\b[^.;!?\\n]{0,20}(?:post[- ]?void|residual|retained|in (?:my|the|his|her) bladder|drained)',
  ),
  ...p(
    'bowel',
    '(?:reduced|lax|absent|poor|decreased|diminished|loss of|patulous|weak|low) (?:anal|sphincter|rectal) (?:tone|squeeze|reflex)|(?:anal|sphincter|rectal) (?:tone|squeeze|reflex) (?:is |was )?(?:\\w+ )?(?:reduced|lax|absent|poor|decreased|diminished|lost|weak|low)',
    '(?:enema|suppositor\\w+|finger (?:up|in)\\b|doctor\\W?s finger|rectal exam\\w*|\\bpr\\b)[^.;!?\\n]{0,40}(?:felt nothing|no feeling|did ?n.t feel|could ?n.t feel|numb)',
  ),
  ...p(
    'spinal-needle',
    '(?:epidural|(?:an?|the|my|had) spinals?(?= (?:for|this|yesterday|today|before|during|at|on|in))|spinal (?:tap|injection|block|an(?:a)?esthetic|stimulator)|lumbar puncture|nerve (?:root )?block|facet (?:injection|block)|(?:injection|needle|jab)s? (?:in(?:to)?|to) (?:my |the |his |her )?(?:back|spine)|(?:laminectomy|discectomy|microdiscectomy|decompression|fusion|back (?:op\\b|operation|surgery)|spine surgery))[^.!?\\n]{0,40}\\b(?:today|yesterday|this (?:morning|afternoon|week)|last night|hours ago|(?:one|two|three|four|five|six|\\d|a few|couple of) (?:days?|hours?) ago|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)',
    '\\b(?:today|yesterday|this (?:morning|afternoon|week)|last night|(?:one|two|three|four|five|six|\\d{1,2}|a few|couple of) (?:days?|hours?) (?:ago|after|following)|hours (?:ago|after)|(?:day|morning|night) after|post[- ]?op(?:erative)? day|day \\d+ (?:after|post)|since (?:the|my|her|his))\\b[^.!?\\n]{0,40}(?:epidural|spinal (?:tap|injection|block)|lumbar puncture|nerve (?:root )?block|facet injection|injection (?:in(?:to)?|to) (?:my |the )?(?:back|spine)|laminectomy|discectomy|microdiscectomy|decompression|fusion|(?:back|spine|spinal|disc) (?:operation|op\\b|surgery))',
  ),
  ...p(
    'blood-thinner',
    'blood thinner\\w*|anti ?coag\\w*|warfarin|apixaban|eliquis|rivaroxaban|xarelto|dabigatran|pradaxa|edoxaban|heparin|clexane|enoxaparin|clopidogrel|plavix|ticagrelor',
  ),
  ...p(
    'sudden-severe-pain',
    '(?:terrible|severe|agon\\w+|excruciating|worst|unbearable|horrendous|awful)[^.;!?\\n]{0,25}\\b(?:pain|back|ache)|(?:hurt\\w*|pain|back) (?:is )?(?:hurting )?like (?:hell|mad|nothing (?:else|on earth))|(?:pain|back)\\b[^.;!?\\n]{0,25}(?:terrible|severe|agony|excruciating|unbearable|much worse|the worst|horrendous)',
  ),
  ...ACTS_EN,
  ...NOTE_PHRASES,
  ...CLINICAL_PHRASES,
  ...SELF_HARM_PHRASES,
  ...ACUTE_PHRASES,
  ...TREATMENT_PHRASES,
  ...COLLOQUIAL_PHRASES,
  ...ARTERY_PHRASES,
  ...STORY_PHRASES,
  ...HOURS_PHRASES,
  ...p('rash', 'shingles|zoster|blister\\w*|\\brash(?:es)?\\b|vesicles'),
];
