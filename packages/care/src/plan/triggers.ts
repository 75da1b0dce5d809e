import type { Reason, Trigger } from '@foramen/spine';
import { because, rule } from '../facts.ts';
import { say } from '../say.ts';
import { nothingToTreat } from './appraise.ts';
import type { Decision } from './decide.ts';
import { radicular } from './view.ts';

/** A trigger from its message: the words before the first colon are when, those after it are then. */
function trigger(direction: Trigger['direction'], id: string, reasons: readonly Reason[]): Trigger {
  const statement = say(`trigger.${id}`, {}, 'moderate', reasons);
  const cut = statement.text.indexOf(': ');
  return {
    direction,
    when: statement.text.slice(0, cut),
    // biome-ignore lint/suspicious/noThenProperty: the name of the field in the plan
    then: statement.text.slice(cut + 2),
    statement,
    because: statement.because,
  };
}

/** What would make the plan go up, down, or be looked at again. Hard triggers need no model. */
export function triggers(d: Decision): readonly Trigger[] {
  const { view } = d;
  const out: Trigger[] = [
    trigger('escalate', 'cauda-equina', [
      rule('rule.hard-trigger-cauda-equina', 'signs of cauda equina: no model involved'),
    ]),
    trigger('escalate', 'motor', [rule('rule.hard-trigger-motor', 'progressive motor deficit')]),
    trigger('escalate', 'infection', [rule('rule.hard-trigger-infection', 'possible spinal infection')]),
  ];
  // Of a pain that is not there nothing gets better or worse.
  if (d.triage.gate || nothingToTreat(view)?.kind === 'stop') return out;
  if (radicular(view) >= 0.3) {
    out.push(
      trigger('escalate', 'sciatica', [
        ...(view.durationWeeks === undefined ? [] : [because(view.durationWeeks)]),
        rule('rule.trigger-sciatica', 'after the entry criteria of the surgical trials'),
      ]),
    );
  } else {
    out.push(
      trigger('escalate', 'axial', [rule('rule.trigger-axial', 'smallest change that matters not reached')]),
    );
  }
  out.push(
    trigger('de-escalate', 'better', [rule('rule.trigger-better', 'responder')]),
    trigger('reassess', 'worse', [rule('rule.trigger-worse', 'worsening twice in a row')]),
  );
  return out;
}
