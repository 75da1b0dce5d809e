import { recordOf } from '@foramen/evidence';
import type { Reason, RedFlag, Strength, Urgency } from '@foramen/spine';
import { rule } from '../facts.ts';
import { distinct, say, traced } from '../say.ts';
import { ABSENT_QUESTIONS, type Question, questionsOf } from './questions.ts';
import { lifted } from './raised-by-hearing.ts';
import { evidence, type Sign, type TriageInput } from './signs.ts';

/** One condition judged: the flag shown, and what it asks of the clinic. */
export interface Judged {
  readonly flag: RedFlag;
  /** What this condition alone would make of the case. */
  readonly urgency: Urgency;
  /** Evidence id of the parameter that holds the hours, when a time is set. */
  readonly hoursId: string | null;
  readonly who: Destination;
  readonly gate: boolean;
}

export type Destination =
  | 'ambulance'
  | 'emergency'
  | 'spine-surgeon'
  | 'acute-medicine'
  | 'vascular'
  | 'imaging-clinic'
  | 'rheumatology'
  | 'mental-health'
  | 'spine-clinic'
  | 'primary-care'
  | 'nobody-yet';

/** Whom the patient must see, in plain words. */
export const DESTINATIONS: Readonly<Record<Destination, string>> = {
  ambulance: 'ambulance, at once',
  emergency: 'emergency department with MRI and spinal surgery on call',
  'spine-surgeon': 'spine surgeon',
  'acute-medicine': 'acute medical team, same or next day',
  vascular: 'vascular surgery or emergency department',
  'imaging-clinic': 'spine clinic with imaging',
  rheumatology: 'rheumatologist',
  'mental-health': 'clinician who can assess safety, the same day',
  'spine-clinic': 'spine clinic',
  'primary-care': 'primary care clinician or physiotherapist',
  'nobody-yet': 'self-care with advice; primary care if it does not settle',
};

export const URGENCY_ORDER: readonly Urgency[] = ['self-care', 'routine', 'soon', 'urgent', 'emergency'];

export function moreUrgent(a: Urgency, b: Urgency): Urgency {
  return URGENCY_ORDER.indexOf(a) >= URGENCY_ORDER.indexOf(b) ? a : b;
}

/** What a condition's own rules concluded. */
export interface Verdict {
  readonly status: 'raised' | 'possible' | 'none';
  readonly p: number | null;
  /** Evidence ids behind `p` and behind the rule that fired. */
  readonly ids: readonly string[];
  readonly reasons: readonly Reason[];
  readonly urgency: Urgency;
  readonly hoursId: string | null;
  readonly who: Destination;
  readonly gate: boolean;
}

export const quiet = (p: number | null, ids: readonly string[], reasons: readonly Reason[]): Verdict => ({
  status: 'none',
  p,
  ids,
  reasons,
  urgency: 'self-care',
  hoursId: null,
  who: 'nobody-yet',
  gate: false,
});

/**
 * Turns a verdict into a flag. "Not raised" is said only when every key question of the condition has an answer; with
 * one still open it stays "not assessed", because unknown is not no.
 */
export function judge(
  input: TriageInput,
  condition: RedFlag['condition'],
  decided: Verdict,
  signs: Readonly<Record<string, Sign>>,
): Judged {
  const verdict = lifted(input, condition, decided);
  const questions = questionsOf(condition);
  const open = questions.filter((q) => isOpen(q, signs));
  const allKeyAnswered = questions.filter((q) => q.key).every((q) => !isOpen(q, signs));
  const status = verdict.status !== 'none' ? verdict.status : allKeyAnswered ? 'not-raised' : 'not-assessed';
  const ids = verdict.ids.map((id) => evidence(input, id));
  const hours = verdict.hoursId === null ? [] : [evidence(input, verdict.hoursId)];
  const unanswered =
    status === 'not-assessed' && verdict.reasons.length === 0
      ? [rule('triage/unknown-is-not-no', 'a question that was not answered stays open')]
      : [];
  const because = distinct([...verdict.reasons, ...ids, ...hours, ...unanswered]);
  const shown =
    because.length > 0 ? because : [rule('triage/red-flags-first', 'red flags are asked of everybody')];
  const params = {
    ...(verdict.p === null ? {} : { p: traced(verdict.p, ids.length > 0 ? ids : shown) }),
    ...(verdict.hoursId === null
      ? {}
      : { hours: traced(recordOf('parameter', verdict.hoursId, input.base).value, hours) }),
  };
  const strength: Strength =
    status === 'raised'
      ? 'strong'
      : status === 'possible'
        ? 'moderate'
        : status === 'not-raised'
          ? 'weak'
          : 'insufficient';
  const answered = Object.values(signs).some((s) => s.answer !== undefined);
  return {
    flag: {
      condition,
      status,
      p: answered || verdict.status !== 'none' ? verdict.p : null,
      statement: say(`triage.${condition}.${status}`, params, strength, shown),
      // Words that speak against every ticked answer ask once more.
      ask: (open.length === 0 && verdict !== decided ? questions.filter((q) => q.key) : open).map(
        (q) => q.en,
      ),
    },
    urgency: verdict.urgency,
    hoursId: verdict.hoursId,
    who: verdict.who,
    gate: verdict.gate,
  };
}

function isOpen(question: Question, signs: Readonly<Record<string, Sign>>): boolean {
  const sign = signs[question.sign];
  return sign === undefined ? !ABSENT_QUESTIONS.has(question.sign) : sign.answer === undefined || sign.doubt;
}
