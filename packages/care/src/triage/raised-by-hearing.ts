import { recordOf } from '@foramen/evidence';
import type { Reason, RedFlag } from '@foramen/spine';
import { rule } from '../facts.ts';
import type { Destination, Verdict } from './judged.ts';
import { motorFindings } from './motor.ts';
import type { HeardAgain } from './second-hearing.ts';
import type { TriageInput } from './signs.ts';

/** How soon each condition is asked about, by whom, and the base rate shown where the rules gave none. */
const ASKED: Readonly<
  Record<
    Exclude<RedFlag['condition'], 'inflammatory'>,
    { readonly hoursId: string; readonly who: Destination; readonly priorId: string }
  >
> = {
  'cauda-equina': {
    hoursId: 'parameter/hours-cord',
    who: 'spine-surgeon',
    priorId: 'base-rate/cauda-equina-primary',
  },
  'progressive-deficit': {
    hoursId: 'parameter/hours-motor-deficit',
    who: 'spine-surgeon',
    priorId: 'base-rate/cord-default',
  },
  fracture: {
    hoursId: 'parameter/hours-fracture',
    who: 'imaging-clinic',
    priorId: 'base-rate/fracture-primary',
  },
  infection: {
    hoursId: 'parameter/hours-infection',
    who: 'acute-medicine',
    priorId: 'base-rate/infection-primary',
  },
  malignancy: {
    hoursId: 'parameter/hours-malignancy',
    who: 'imaging-clinic',
    priorId: 'base-rate/malignancy-primary',
  },
  vascular: {
    hoursId: 'parameter/hours-limb-ischaemia',
    who: 'vascular',
    priorId: 'base-rate/vascular-default',
  },
};

/**
 * A goal says what somebody wants: that it sounds a little like a danger is not worth a doctor the same day ("know whether the worn discs need anything
 * done"). What the rules find in it, and what the reader is sure of, counts as everywhere.
 */
const onlyWished = (heard: HeardAgain): boolean =>
  !heard.sure && (heard.path.startsWith('intake.goals') || NAMES_AN_ILLNESS.test(heard.path));
/** The name of an illness is no story: the rules know those that matter, and what sounds a little like another is not worth a call. */
const NAMES_AN_ILLNESS = /^intake\.history\.conditions\b/;

/** What the learned reader heard of a condition that is still worth asking: muscle power that was measured answers for the leg. */
export function heardOf(
  input: TriageInput,
  condition: RedFlag['condition'] | 'self-harm',
): readonly HeardAgain[] {
  if (condition === 'progressive-deficit' && motorFindings(input.patient).examined.length > 0) return [];
  return input.again.filter((h) => h.condition === condition && !onlyWished(h));
}

export function heardReason(heard: HeardAgain): Reason {
  return {
    kind: 'fact',
    path: heard.path,
    text: `in free text: "${heard.quote}", like words that meant this`,
  };
}

/**
 * The verdict of the rules, raised to "asked about the same day" where the learned reader heard the danger in words that no rule decided, and
 * to "raised" where it is sure. It never lowers a verdict, never makes an emergency, never holds back options, and moves no probability.
 */
export function lifted(input: TriageInput, condition: RedFlag['condition'], verdict: Verdict): Verdict {
  if (condition === 'inflammatory') return verdict;
  const heard = heardOf(input, condition);
  if (heard.length === 0 || verdict.urgency === 'urgent' || verdict.urgency === 'emergency') return verdict;
  const { hoursId, who, priorId } = ASKED[condition];
  const prior = recordOf('base-rate', priorId, input.base);
  const raised = verdict.status === 'raised' || heard.some((h) => h.sure);
  return {
    status: raised ? 'raised' : 'possible',
    p: verdict.p ?? prior.estimate,
    ids: verdict.p === null ? [prior.id, ...verdict.ids] : verdict.ids,
    reasons: [
      ...heard.map(heardReason),
      ...verdict.reasons,
      rule('triage/second-hearing', 'words like others that meant this danger are asked about the same day'),
    ],
    urgency: 'urgent',
    hoursId,
    who,
    gate: verdict.gate,
  };
}
