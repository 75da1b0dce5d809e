import { because as cite } from '@foramen/evidence';
import type { Statement, Urgency } from '@foramen/spine';
import { rule } from '../facts.ts';
import { say } from '../say.ts';
import type { TextConcept } from './concept.ts';
import type { Destination } from './judged.ts';
import { affirmed, hedged, hitReason, type TriageInput } from './signs.ts';

/** A danger of the treatment that is no condition of the spine: what is said of it, how soon and to whom. */
export interface Acute {
  readonly urgency: Urgency;
  readonly hoursId: string;
  readonly who: Destination;
  readonly gate: boolean;
  readonly statement: Statement;
}

/** The most pressing first. */
const KINDS = [
  'anaphylaxis',
  'overdose',
  'clot-lung',
  'neck-artery',
  'clot',
  'bleeding',
  'adrenal',
  'serotonin',
  'dural-leak',
  'withdrawal',
] as const satisfies readonly TextConcept[];
/** What cannot wait for a letter. */
const CALLS_AN_AMBULANCE: readonly TextConcept[] = ['anaphylaxis', 'overdose', 'clot-lung', 'neck-artery'];

/**
 * Told words of an overdose, an allergic shock, a clot in the lung or the leg, a torn artery of the neck, bleeding under the medicines, a steroid stopped at once, too much serotonin, a headache after the
 * dura was touched, or an opioid stopped at once. Overdose, shock, a clot in the lung and a torn artery are an emergency when told as such; what is only likely (drowsy on a second
 * patch) and the others are seen the same day.
 */
export function acuteDangers(input: TriageInput): readonly Acute[] {
  return KINDS.flatMap((kind) => {
    const told = affirmed(input, kind);
    const likely = hedged(input, kind);
    const [first] = [...told, ...likely];
    if (first === undefined) return [];
    const now = told.length > 0 && CALLS_AN_AMBULANCE.includes(kind);
    const hoursId = now ? 'parameter/hours-ambulance' : 'parameter/hours-acute';
    return [
      {
        urgency: now ? 'emergency' : 'urgent',
        hoursId,
        who: now ? 'ambulance' : 'acute-medicine',
        gate: now,
        statement: say(
          `triage.acute.${kind}`,
          { quote: first.quote },
          told.length > 0 ? 'strong' : 'moderate',
          [
            ...[...told, ...likely].map(hitReason),
            rule('triage/acute', 'a danger of the treatment itself is dealt with before the back'),
            cite(hoursId, input.base),
          ],
        ),
      },
    ];
  });
}
