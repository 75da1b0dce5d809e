import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { InstrumentScore, IntakeQuestionnaire, Problem } from '@foramen/spine';
import { COMI, NRS, ODI, RMDQ } from './disability.ts';
import { bandOf, type Instrument, maximumOf, type Scored } from './instrument.ts';
import { DN4, PAIN_DETECT } from './neuropathic.ts';
import { ORT, ORT_OUD } from './opioid-risk.ts';
import {
  EQ_5D_3L,
  EQ_5D_5L,
  PROMIS_29,
  PROMIS_29_V20,
  PROMIS_29_V21,
  PROMIS_GLOBAL_10,
} from './quality-of-life.ts';
import {
  CSI,
  GAD_2,
  GAD_7,
  OEREBRO_10,
  OEREBRO_21,
  PCS,
  PHQ_2,
  PHQ_4,
  PHQ_9,
  START_BACK,
  TSK_17,
} from './screening.ts';

export const INSTRUMENTS: readonly Instrument[] = [
  ODI,
  RMDQ,
  NRS,
  START_BACK,
  OEREBRO_10,
  OEREBRO_21,
  PHQ_2,
  PHQ_4,
  PHQ_9,
  GAD_2,
  GAD_7,
  PCS,
  TSK_17,
  CSI,
  DN4,
  PAIN_DETECT,
  ORT,
  ORT_OUD,
  COMI,
  EQ_5D_5L,
  EQ_5D_3L,
  PROMIS_GLOBAL_10,
  PROMIS_29,
  PROMIS_29_V20,
  PROMIS_29_V21,
];

/** Comparable form of a name: lower case, without accents and punctuation; "oe" and "o" are the same. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/^oe/, 'o')
    .replace(/[^a-z0-9]/g, '');

const BY_NAME = new Map(INSTRUMENTS.flatMap((i) => [i.id, ...i.aliases].map((n) => [plain(n), i] as const)));
// A rating scale may say which pain it rates: nrs-back, nrs-leg.
const NRS_OF = /^nrs(?:pain)?(back|leg|buttock|overall|worst|average)(?:pain)?$/;

export function instrumentNamed(name: string): Instrument | undefined {
  return BY_NAME.get(plain(name)) ?? (NRS_OF.test(plain(name)) ? NRS : undefined);
}

interface ScoredQuestionnaire {
  readonly score: InstrumentScore;
  readonly problems: readonly Problem[];
  /** Answers that need attention whatever the total. */
  readonly notes: readonly string[];
}

/**
 * Scores one questionnaire as its authors say, missing items by its own rule; a score that the rule forbids is null with
 * the reason in `why`.
 * @param where address of the questionnaire in the case, for problems.
 */
export function scoreQuestionnaire(
  questionnaire: IntakeQuestionnaire,
  where: string,
  context: { readonly sex?: 'female' | 'male' | undefined; readonly base?: EvidenceBase } = {},
): ScoredQuestionnaire {
  const base = context.base ?? EVIDENCE;
  const instrument = instrumentNamed(questionnaire.instrument);
  const date = questionnaire.date === undefined ? {} : { date: questionnaire.date };
  if (instrument === undefined) {
    const problem: Problem = {
      code: 'unsupported',
      severity: 'warning',
      where: `${where}.instrument`,
      what: `"${questionnaire.instrument}" is not an instrument known here`,
      help: `Known are ${INSTRUMENTS.map((i) => i.id).join(', ')}`,
    };
    const score = {
      instrument: questionnaire.instrument,
      ...date,
      score: null,
      max: 0,
      why: 'unknown instrument',
    };
    return { score, problems: [problem], notes: [] };
  }
  const id = instrument === NRS ? nrsId(questionnaire.instrument) : instrument.id;
  const max = maximumOf(instrument.id, base);
  const problems: Problem[] = [];
  const finish = (scored: Scored): ScoredQuestionnaire => {
    const band =
      scored.band ?? (scored.score === null ? undefined : bandOf(instrument.id, scored.score, base));
    return {
      score: {
        instrument: id,
        ...date,
        score: scored.score,
        max,
        ...(band === undefined ? {} : { band }),
        ...(scored.subscores === undefined ? {} : { subscores: scored.subscores }),
        ...(scored.why === undefined ? {} : { why: scored.why }),
      },
      problems,
      notes: scored.notes ?? [],
    };
  };
  const { items, total } = questionnaire;
  if (items === undefined || items.length === 0) {
    if (total === undefined) return finish({ score: null, why: 'no answers were given' });
    const [low, high] = rangeOf(instrument, base);
    if (total < low || total > high) {
      problems.push(outOfRange(`${where}.total`, total, low, high));
      return finish({ score: null, why: `a total of ${total} is impossible` });
    }
    if (!Number.isInteger(total) && instrument.decimal !== true && instrument.decimalTotal !== true) {
      problems.push({
        code: 'out-of-range',
        severity: 'error',
        where: `${where}.total`,
        what: `${total} is impossible; a total of ${instrument.id} is a whole number`,
        help: 'Correct the total; no score is made',
      });
      return finish({ score: null, why: `a total of ${total} is impossible` });
    }
    return finish({ score: total });
  }
  if (items.length > instrument.ranges.length) {
    problems.push({
      code: 'inconsistent',
      severity: 'warning',
      where: `${where}.items`,
      what: `${instrument.id} has ${instrument.ranges.length} items, ${items.length} were given`,
      help: 'Give the answers in the order of the instrument',
    });
    return finish({ score: null, why: 'more answers than items' });
  }
  for (const [i, answer] of items.entries()) {
    const [low, high] = instrument.ranges[i]!;
    if (
      answer !== null &&
      (answer < low || answer > high || (!instrument.decimal && !Number.isInteger(answer)))
    ) {
      problems.push(outOfRange(`${where}.items[${i}]`, answer, low, high));
    }
  }
  if (problems.length > 0) return finish({ score: null, why: 'an answer is impossible' });
  const answers = instrument.ranges.map((_, i) => items[i] ?? null);
  const scored = instrument.score(answers, { sex: context.sex, base });
  if (total !== undefined && scored.score !== null && Math.abs(total - scored.score) > 0.5) {
    problems.push({
      code: 'contradiction',
      severity: 'warning',
      where: `${where}.total and ${where}.items`,
      what: `the total given is ${total}, the items make ${scored.score}`,
      help: 'The score from the items is used; check the total',
    });
  }
  return finish(scored);
}

function nrsId(name: string): string {
  const which = NRS_OF.exec(plain(name))?.[1];
  return which === undefined ? 'nrs' : `nrs-${which}`;
}

function rangeOf(instrument: Instrument, base: EvidenceBase): readonly [number, number] {
  return base.records.has(`instrument/${instrument.id}`)
    ? (base.records.get(`instrument/${instrument.id}`) as { readonly range: [number, number] }).range
    : [0, maximumOf(instrument.id, base)];
}

function outOfRange(where: string, value: number, low: number, high: number): Problem {
  return {
    code: 'out-of-range',
    severity: 'error',
    where,
    what: `${value} is impossible; it must lie between ${low} and ${high}`,
    help: 'Correct the answer; no score is made',
  };
}
