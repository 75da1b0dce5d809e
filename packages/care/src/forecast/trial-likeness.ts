import type { Reason } from '@foramen/spine';
import { because, rule } from '../facts.ts';
import { OPTION_BY_ID } from '../plan/options.ts';
import { spineSurgery } from '../plan/past-conditions.ts';
import { type PlanView, radicular } from '../plan/view.ts';
import type { Syndrome } from './effects.ts';

/** How far a person lies from the people the trials enrolled: 0 like them, 1 unlike. Widens every interval. */
interface Likeness {
  readonly unlike: number;
  readonly reasons: readonly Reason[];
}

/** Age bounds within which trials of each family mostly enrolled; outside, a figure is an extrapolation. */
const AGES = { radicular: [18, 70], claudicant: [50, 85], axial: [18, 70] } as const;

export function likeness(view: PlanView, option: string, syndrome: Syndrome): Likeness {
  const parts: number[] = [];
  const reasons: Reason[] = [];
  const [young, old] = AGES[syndrome];
  if (view.age === undefined) parts.push(0.1);
  else if (view.age.value < young || view.age.value > old) {
    parts.push(0.25);
    reasons.push(because(view.age));
  }
  if (view.durationWeeks === undefined) parts.push(0.1);
  const surgery = spineSurgery(view);
  if (surgery !== undefined && option !== 'scs') {
    parts.push(0.25);
    reasons.push({ kind: 'fact', path: surgery.path, text: 'operated before; most trials excluded it' });
  }
  // A diagnosis that is only half believed makes the trial's population only half this person's.
  const belief =
    syndrome === 'radicular'
      ? radicular(view)
      : syndrome === 'claudicant'
        ? view.p['central-stenosis'] + view.p.spondylolisthesis
        : 1 - radicular(view);
  parts.push(Math.min(0.5, Math.max(0, 1 - belief) * 0.5));
  if (OPTION_BY_ID.get(option)?.surgical === true && (view.concordance[0]?.grade ?? 0) < 3) parts.push(0.15);
  const unlike = 1 - parts.reduce((left, p) => left * (1 - p), 1);
  reasons.push(
    rule(
      'rule.unlike-trials',
      'age, duration, earlier surgery and certainty of the diagnosis against the people the trials enrolled',
    ),
  );
  return { unlike, reasons };
}
