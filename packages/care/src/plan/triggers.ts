import type { Reason, Trigger } from '@foramen/spine';
import { because, rule } from '../facts.ts';
import type { Decision } from './decide.ts';
import { radicular } from './view.ts';

const trigger = (
  direction: Trigger['direction'],
  when: string,
  then: string,
  reasons: readonly Reason[],
): Trigger => {
  const [first, ...rest] = reasons;
  return { direction, when, then, because: [first ?? rule('rule.trigger', when), ...rest] };
};

/** What would make the plan go up, down, or be looked at again. Hard triggers need no model. */
export function triggers(d: Decision): readonly Trigger[] {
  const { view } = d;
  const out: Trigger[] = [
    trigger(
      'escalate',
      'New saddle numbness, bladder, bowel or sexual dysfunction, or both legs affected',
      'emergency MRI and surgical review the same day',
      [rule('rule.hard-trigger-cauda-equina', 'signs of cauda equina: no model involved')],
    ),
    trigger('escalate', 'New or worsening leg weakness, foot drop', 'urgent surgical review', [
      rule('rule.hard-trigger-motor', 'progressive motor deficit'),
    ]),
    trigger('escalate', 'Fever with worsening back pain', 'same-day medical review', [
      rule('rule.hard-trigger-infection', 'possible spinal infection'),
    ]),
  ];
  if (d.triage.gate) return out;
  if (radicular(view) >= 0.3) {
    out.push(
      trigger(
        'escalate',
        'Leg pain still severe after six weeks of care with concordant imaging',
        'discuss injection or discectomy; later surgery still works',
        [
          ...(view.durationWeeks === undefined ? [] : [because(view.durationWeeks)]),
          rule('rule.trigger-sciatica', 'after the entry criteria of the surgical trials'),
        ],
      ),
    );
  } else {
    out.push(
      trigger(
        'escalate',
        'No improvement by 30 % or two points after six weeks of first-line care',
        'combined physical and psychological programme',
        [rule('rule.trigger-axial', 'smallest change that matters not reached')],
      ),
    );
  }
  out.push(
    trigger('de-escalate', 'Pain down by half or more', 'stop drugs, keep active, no further procedure', [
      rule('rule.trigger-better', 'responder'),
    ]),
    trigger(
      'reassess',
      'Pain or disability worse by the smallest change that matters at two reports in a row',
      'examine again, ask the red flags again',
      [rule('rule.trigger-worse', 'worsening twice in a row')],
    ),
  );
  return out;
}
