import type { Assertion, TextConcept } from './concept.ts';
import { everyMatch } from './every-match.ts';

/**
 * Figures told in words: a residual of 400 ml, a temperature of 38.6, a CRP of 140. A figure decides by itself, whatever denial stands in the
 * clause; a normal one raises nothing. Text is lower case without accents, short forms written out.
 * Limits: residual over 200 ml, and 100 to 200 as a doubt (fact/ces-pvr, W45); fever from 38.0 C; CRP from 20 mg/l as in `infection.ts`.
 */
export interface ToldValue {
  readonly concept: TextConcept;
  readonly assertion: Assertion;
  readonly quote: string;
}

interface Reader {
  readonly concept: TextConcept;
  readonly pattern: RegExp;
  /** What the figure means, undefined for nothing. */
  readonly judge: (value: number, words: string) => Assertion | undefined;
}

const N = '(\\d{1,4}(?:[.,]\\d+)?)';
const ABOUT =
  '[\\s:=>~-]*(?:(?:is|was|of|at|now|today|up|to|around|about|over|above|came|back|with|a|de|era|es|fue|reading|showed|shows|found|scan|bladder|volume|vol|urine|level|mayor|que|in|excess|than|greater|more|measured|measuring|has|have|had|been|risen|rising|rose|climbed|climbing|gone|jumped|increased|elevated|raised|high|remains|still|peaked|estimated|approximately|nearly|almost|recorded|as)[\\s:=>~]*){0,5}';
const ML = '\\s?(?:mls?|cc|millilit\\w+|mililitros?)';

const residual = (v: number): Assertion | undefined =>
  v > 200 ? 'affirmed' : v > 100 ? 'hedged' : undefined;
const litres = (v: number): Assertion | undefined => (v < 5 ? residual(v * 1000) : undefined);

/** Degrees Celsius, or Fahrenheit where only that makes sense. */
const degrees = (v: number): Assertion | undefined => {
  const c = v > 90 && v < 110 ? ((v - 32) * 5) / 9 : v;
  return c >= 37.95 && c < 43 ? 'affirmed' : undefined;
};

const READERS: readonly Reader[] = [
  {
    concept: 'retention',
    pattern: new RegExp(
      `\\b(?:post[- ]?void\\w*(?: residual)?(?: volume)?|residual(?: volume| urine)?|residuo(?: postmiccional| de orina)?|bladder (?:scan\\w*|volume|scanner)|(?:bladder|us) scan(?:ned)?|retain\\w*|retenid[oa]s?)\\b${ABOUT}${N}(?:${ML}|\\b(?! ?(?:days?|weeks?|hours?|am|pm|%|\\/)))`,
      'g',
    ),
    judge: residual,
  },
  {
    concept: 'retention',
    pattern: new RegExp(
      `\\b${N}${ML}\\b[^.;!?\\n]{0,25}\\b(?:post[- ]?void|residual|residuo|retain\\w*|in (?:my|the|his|her) bladder|left in|drained|on (?:bladder )?scan\\w*|en la vejiga)`,
      'g',
    ),
    judge: residual,
  },
  {
    concept: 'retention',
    pattern: new RegExp(`\\b(?:cath\\w*|idc|ifc|sond\\w+|drain\\w*)\\b[^.;!?\\n\\d]{0,30}${N}(?:${ML})`, 'g'),
    judge: residual,
  },
  {
    concept: 'retention',
    pattern: new RegExp(
      `\\b(?:cath\\w*|residual|bladder|retain\\w*|drain\\w*|retention)\\b[^.;!?\\n\\d]{0,30}${N}\\s?(?:l\\b|lit(?:re|er)s?)`,
      'g',
    ),
    judge: litres,
  },
  {
    concept: 'retention',
    pattern:
      /(?<![\d.,])(\d(?:[.,]\d)?)\s?(?:l\b|lit(?:re|er)s?) (?:post[- ]?void |urine )?(?:residual|residuo|retained|drained|in (?:the|his|her|my) bladder)/g,
    judge: litres,
  },
  {
    concept: 'fever',
    pattern: new RegExp(
      `\\b(?:temp(?:erature|eratura)?s?|t|fever|fiebre|thermometer|termometro|pyrexi\\w*|febrile|tmax|spik\\w+|reading|grados)\\b[^.;!?\\n\\d]{0,25}${N}(?!\\s?(?:days?|weeks?|hours?|\\/|ml|mg|kg|%|cm|mm))`,
      'g',
    ),
    judge: degrees,
  },
  {
    concept: 'fever',
    pattern: new RegExp(`(?<![\\d.,])${N}\\s?(?:°|degrees|celsius|fahrenheit|grados|deg\\b|º)`, 'g'),
    judge: degrees,
  },
  {
    concept: 'raised-markers',
    pattern: new RegExp(`\\b(?:crp|pcr|c[- ]reactive protein|proteina c reactiva)\\b${ABOUT}${N}`, 'g'),
    judge: (v) => (v >= 20 ? 'affirmed' : undefined),
  },
  {
    concept: 'raised-markers',
    pattern: new RegExp(`\\b(?:esr|vsg|sed rate)\\b${ABOUT}${N}`, 'g'),
    judge: (v) => (v >= 50 ? 'affirmed' : undefined),
  },
  {
    concept: 'raised-markers',
    pattern: new RegExp(
      `\\b(?:wcc|wbc|leu[ck]ocyt\\w*|leucocitosis|white (?:cell|blood)\\w*(?: cell)? ?count|leucocitos)\\b${ABOUT}${N}`,
      'g',
    ),
    judge: (v) => ((v >= 15 && v < 100) || v >= 15000 ? 'affirmed' : undefined),
  },
  {
    // A tenth of the weight or more, and no word of a diet.
    concept: 'weight-loss',
    pattern: new RegExp(
      `\\b(?:from|was|de|pesaba) ${N} ?(?:kg|kilos?|kilograms|lbs?|pounds)?\\b[^.;!?\\n\\d]{0,20}\\b(?:to|now|a|ahora) \\d{2,3}(?:[.,]\\d)? ?(?:kg|kilos?|kilograms|lbs?|pounds)\\b(?![^.;!?\\n]*\\b(?:by|with|through|on|con|gracias a|on purpose)\\b[^.;!?\\n]{0,20}\\b(?:diet\\w*|exercis\\w*|gym|nutri\\w+|slimming|purpose)\\b)`,
      'g',
    ),
    judge: (v, words) => {
      const now = Number(/\d+(?:[.,]\d)?(?=\D*$)/.exec(words)?.[0].replace(',', '.'));
      return v >= 35 && now <= 0.9 * v && now >= 0.4 * v ? 'affirmed' : undefined;
    },
  },
  {
    // "Weight 61 (was 70 in June)", "12 stone to 10": as above.
    concept: 'weight-loss',
    pattern:
      /\b(?:weight|weigh\w*|peso)\W{0,3}(?:(?:is|now|only|of)\W)*\d{2,3}(?:[.,]\d)? ?(?:kg|kilos?)?\W{0,3}(?:was|were|from|down from|used to be|antes|era) (\d{2,3})\b/g,
    judge: (v, words) => {
      const now = Number(/\d{2,3}/.exec(words)?.[0]);
      return v >= 35 && now <= 0.9 * v && now >= 0.4 * v ? 'affirmed' : undefined;
    },
  },
  {
    concept: 'weight-loss',
    pattern: /\b(?:from|was) (\d{1,2})(?: and a half)? ?stones?\b[^.;!?\n\d]{0,20}\b(?:to|now) \d{1,2}\b/g,
    judge: (v, words) => {
      const now = Number(/\d+$/.exec(words)?.[0]);
      return v >= 6 && now < v - 0.5 && now >= 0.5 * v ? 'affirmed' : undefined;
    },
  },
  {
    // Critical below 0.5, as in `vascular.ts`.
    concept: 'cold-limb',
    pattern: new RegExp(
      `\\b(?:abp?i|ankle[- ]brachial (?:pressure )?index|itb|indice tobillo[- ]brazo)\\b(?:\\s*(?:r|l|rt|lt|right|left|derech[oa]|izquierd[oa]|dcho|izdo|bilateral\\w*)\\b)?${ABOUT}${N}`,
      'g',
    ),
    judge: (v) => (v < 0.5 ? 'affirmed' : undefined),
  },
  {
    // Pressures that differ by 20 mmHg between the arms: a dissection until shown otherwise (fact/aneurysm-signs).
    concept: 'pulsatile',
    pattern: new RegExp(
      `\\b(?:differ\\w*|discrepan\\w*|asymmetr\\w*|diferencia)\\b[^.;!?\\n\\d]{0,25}${N}(?=[^.;!?\\n]{0,30}\\b(?:arms?|brazos?|limbs)\\b)`,
      'g',
    ),
    judge: (v) => (v >= 20 && v < 150 ? 'affirmed' : undefined),
  },
  {
    // "Right arm 168/92, left arm 131/80": the same.
    concept: 'pulsatile',
    pattern:
      /\b(?:right|left|derecho|izquierdo)(?: arm)?\W{1,3}(?:brazo )?(\d{2,3})\/\d{2,3}\b[^.;!?\n\d]{0,25}\b(?:right|left|derecho|izquierdo)\b[^.;!?\n\d]{0,12}\d{2,3}\/\d{2,3}/g,
    judge: (v, words) => {
      const other = Number(/(\d{2,3})\/\d{2,3}$/.exec(words)?.[1]);
      return Math.abs(v - other) >= 20 && Math.abs(v - other) < 150 ? 'affirmed' : undefined;
    },
  },
];

/** Every figure told that means something, in the order of the readers. */
export function toldValues(text: string): readonly ToldValue[] {
  if (!/\d/.test(text)) return [];
  return READERS.flatMap(({ concept, pattern, judge }) =>
    everyMatch(text, pattern).flatMap((m) => {
      const value = Number(m[1]!.replace(',', '.'));
      const assertion = judge(value, m[0]);
      return assertion === undefined ? [] : [{ concept, assertion, quote: m[0].trim().slice(0, 100) }];
    }),
  );
}
