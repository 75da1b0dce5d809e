import type { PhraseBook, TextConcept, TextHit } from './concept.ts';
import { isOfNobody } from './settled-nearby.ts';
import { BLADDER, BOWEL, SADDLE, SEX, TOILET } from './word-lists.ts';

/**
 * What is left when neither a phrase nor the net decides: a sentence that speaks of bladder, bowel, saddle or sex and of anything amiss, and
 * that neither denies it, calls it normal, explains it by pain, nor says it was ever so. It is asked about the same day; it is never dropped.
 */
const g = (source: string): RegExp => new RegExp(`\\b(?:${source})`);

const SUBJECTS: readonly (readonly [concept: TextConcept, words: RegExp, everyday: boolean])[] = [
  [
    'bladder',
    g(`${BLADDER}|sphincters?\\b|esfinter\\w*|leak(?:s|ing|ed)\\b|dribbl\\w+|incontinen\\w*`),
    false,
  ],
  ['bladder', g(TOILET), true],
  ['bowel', g(BOWEL), false],
  ['sexual', g(SEX), true],
  ['saddle', g(SADDLE), true],
];
const SAME: readonly TextConcept[] = ['saddle', 'bladder', 'retention', 'bowel', 'sexual'];

/** Something is amiss, in whatever words. */
const AMISS = g(
  [
    'feel(?:s|ing)?\\b|felt\\b|sensation\\w*|touch\\w*|dull\\b|siento|noto|sensacion\\w*',
    '(?:chang|differ|worr|concern|struggl|strain|embarrass|alarm)\\w*|weird\\w*|strange\\w*|odd(?:ly)?\\b|funny|peculiar|off\\b',
    '(?:feels?|felt|feeling) (?:a bit |kind of |sort of |just |very )?(?:like|as if|as though)|not (?:right|quite)|los(?:e|es) track|tingl\\w*|pins and needles|hormigue\\w*',
    'problem\\w*|trouble\\w*|issues?\\b|difficult\\w*|disturb\\w*|dysfunction\\w*|upset|affected|involve\\w*|wrong|bother\\w*|symptoms?\\b|alter\\w*|abnormal\\w*|impair\\w*|reduc\\w*|decreas\\w*|poor\\b|hesitan\\w*|urgen\\w*|frequen\\w*',
    '(?:not|never|is ?n.t|are ?n.t|does ?n.t|do ?n.t|did ?n.t|was ?n.t|have ?n.t|has ?n.t|had ?n.t|wo ?n.t|would ?n.t|could ?n.t|can.?t|cannot)\\b|unable|no longer|stopped|barely|hardly|scarcely|without\\b',
    'no\\b|nada\\b|nothing|nunca|weak\\w*|stopp?\\w*|dej(?:ado|e|o)\\b|fall(?:a|o|an)\\b|respond\\w*|debil\\w*|worse|new(?:ly)?\\b|started|began|keeps?\\b|always|constant\\w*|only|itself|ni\\b|ya no|nuev[oa]',
    'los(?:t|s|ing|e)\\b|less\\b|slow\\w*|harder|wait\\w*|minutes?\\b|ages\\b|hours\\b|accident\\w*|wet\\b|leak\\w*|mess\\w*|numb\\w*|dead\\b|suddenly|surprise\\w*|warning|control\\w*|messed|missed|gone\\b',
    'cambi\\w+|distint\\w+|rar[oa]s?\\b|extran\\w+|problem\\w+|dificult\\w+|cuesta|alter\\w+|preocup\\w+|verguenza|tard\\w+|perd\\w+|menos\\b|apenas|accidente\\w*|mojad\\w*|dormid\\w*|sin (?:darme|querer|control)',
  ].join('|'),
);

/** Denied, normal, or explained: nothing is left to ask. */
export const SETTLED = g(
  [
    '(?:no|any|nil|denies|denied|denying|without|not|never|free of|nor|neither|ni|sin|niega\\w*|ningun\\w*)\\b[^.;!?\\n]{0,45}(?:problem\\w*|trouble\\w*|issues?|change\\w*|difficult\\w*|disturb\\w*|dysfunction\\w*|symptoms?|concern\\w*|incontinen\\w*|loss|retention|accident\\w*|numb\\w*|weak\\w*|involve\\w*|signs?|compromise|upset|urgen\\w*|frequen\\w*|an(?:a)?esthe\\w*|par(?:a)?esthe\\w*|alter\\w*|affect\\w*|leak\\w*|wet\\w*|deficits?|complaint\\w*|cambi\\w*|perdida\\w*|dificultad\\w*|anestesi\\w*|molest\\w*)',
    'not (?:the |my |from my )?(?:bladder|waterworks|bowels?)\\b(?! (?:control|empt|feel|fill|work|open))|denies\\b|no (?:ces|cauda|red flags?|bladder|bowels?|saddle|sphincter|perianal|urin\\w+|b&b|bb)\\b|niega\\b',
    'smear test|(?<!\\b(?:not|be|cannot be) )(?:excluded|ruled out)\\b|all clear|normal\\w*|fine\\b|ok\\b|okay|good\\b|well\\b|intact|unchanged|preserved|regular\\w*|as (?:always|usual|before|ever|i always \\w+)|nothing new|no es nuevo|(?:bladder|bowels?|everything) (?:still )?works?\\b(?! (?:if|when|only|by|after))|same as|unaffected|nothing (?:has |is |else )?(?:changed|new|different)|(?:has|have|had) ?n.?t changed|desde (?:el principio|siempre)|continent\\b|under control|(?:now|since|fully|completely) resolved|all right|alright|in order|bien\\b|normales|sin problemas|como siempre|conserva\\w*|without straining|pulses? (?:is |are )?(?:palpable|present)|(?:reflex|wink) (?:is |was )?(?:present|brisk)|no residual|(?:residual|bladder scan|post-void)[^.;!?\\n\\d]{0,20}\\b\\d{1,2} ?mls?\\b|no (?:need for|significant)|(?:come|came|coming) off (?:his|her|my|the)',
    'prostate|bph\\b|diuretic\\w*|water tablets?|furosemide|menopaus\\w*|period\\b|ibs\\b|irritable|diarrh\\w*|codeine|co-?codamol|opi(?:oid|ate)s?|laxative\\w*|movicol|senna|lactulose|uti\\b|cystitis|burn\\w* when|sting\\w*|infection|coffee|stool sample|urine (?:test|sample|dip)|dipstick|beers?\\b|wine\\b|(?:lot|much|too much|pints?|cups?|litres?) of (?:tea|coffee|water|beer|fluids?)|dark(?:er)?\\b|colou?r|dehydrat\\w*|diet|fib(?:re|er)|stomach bug|gastroenteritis',
  ].join('|'),
);

/** Advice and leaflets. */
const ADVICE = g(
  'advi[sc]e\\w*|safety[- ]?net\\w*|leaflet|red flags?|warn\\w*|if (?:you|i|he|she|any|they|there)|should (?:you|i|he|she|any|they)|discuss\\w*|educat\\w*|explain\\w*|understands?|vigilar|acudir si|avisar si',
);

/** What settles a word that has a harmless everyday sense: the toilet, the bottom, sex. */
const EVERYDAY = g(
  [
    'tired\\b|busy\\b|single\\b|widow\\w*|cansad[oa]s?\\b|pull(?:s|ing|ed)?\\b|stretch\\w*|tight\\w*|pain\\w*|aches?\\b|aching|hurt\\w*|sore\\w*|stiff\\w*|uncomfortable|agony|dolor\\w*|duele\\w*|spasms?|itch\\w*|rash|piles|h(?:a)?emorrhoid\\w*',
    'baby|toddler|toilet (?:seat|training|brush)|clean\\w* the (?:toilet|bathroom|loo)|bathroom (?:floor|tiles|renovat\\w*|cabinet|scales)|(?:tile|tiling|fitt\\w+|install\\w*|renovat\\w*|redecorat\\w*|paint\\w*) (?:a |the |my |our )?(?:bathroom|toilet)|sit\\w* on the (?:toilet|loo)|bend\\w*|reach\\w*|get\\w* (?:to|off|on|up)|walk\\w* to|between (?:my |the )?legs (?:when|at night|in bed)|pillow|seat|chair|sit(?:ting)?\\b',
  ].join('|'),
);

/** Sentences nobody decided, as doubts. `found` holds what phrases and net said, denials included. */
export function doubts(
  text: string,
  path: string,
  found: readonly TextHit[],
  book: PhraseBook,
): readonly TextHit[] {
  // Once a sign of this family is heard the question is asked anyway.
  if (found.some((h) => SAME.includes(h.concept) && (h.assertion === 'affirmed' || h.assertion === 'hedged')))
    return [];
  for (const sentence of text.split(
    /[.;!?\n]|\b(?:but|however|except|although|pero|aunque)\b(?! (?:(?:that|it|this) ?(?:'?s|is|was)|es por|eso es)\b)/,
  )) {
    if (isOfNobody(text, sentence)) continue;
    for (const [concept, subject, everyday] of SUBJECTS) {
      const part = subject.exec(sentence);
      if (part === null || SETTLED.test(sentence) || ADVICE.test(sentence) || isDenied(sentence, found))
        continue;
      if (everyday && EVERYDAY.test(sentence)) continue;
      const near = sentence.slice(Math.max(0, part.index - REACH), part.index + part[0].length + REACH);
      if (!AMISS.test(everyday ? near : sentence)) continue;
      if (book.longSince.test(sentence) && !book.freshly.test(sentence)) continue;
      if (book.hypothetical.test(sentence) || book.anotherPerson.test(sentence)) continue;
      return [{ concept, assertion: 'hedged', path, quote: sentence.trim().slice(0, 100) }];
    }
  }
  return [];
}
const REACH = 60;

/** Denied, or there for years. */
const isDenied = (sentence: string, found: readonly TextHit[]): boolean =>
  found.some(
    (h) =>
      (h.assertion === 'negated' || h.assertion === 'old') &&
      SAME.includes(h.concept) &&
      sentence.includes(h.quote),
  );
