import type { Reason, StatementParam } from '@foramen/spine';
import { because, rule, type Seen } from '../facts.ts';
import type { PlanView } from './view.ts';

/**
 * Outcome of one check. `stop` rules an option out; `missing` rules it out until a prerequisite is met or known;
 * `ask` leaves it open but the answer is needed first; `caution` leaves it open. Nothing unknown is read as no.
 */
export interface Verdict {
  readonly kind: 'stop' | 'missing' | 'ask' | 'caution';
  readonly key: string;
  readonly params?: Readonly<Record<string, StatementParam>>;
  /** Made only when the verdict is put into words: simulated answers need the kind alone. */
  readonly because: () => readonly Reason[];
}
/** `undefined` means the check found nothing to say. */
export type Check = (view: PlanView) => Verdict | undefined;

export function verdict(
  kind: Verdict['kind'],
  key: string,
  facts: readonly (Seen<unknown> | undefined)[],
  reasons: readonly Reason[] = [],
  params?: Readonly<Record<string, StatementParam>>,
): Verdict {
  return {
    kind,
    key: `check.${key}.${kind}`,
    because: () => [
      ...facts.filter((f) => f !== undefined).map(because),
      ...reasons,
      rule(`check.${key}`, key.replaceAll('-', ' ')),
    ],
    ...(params === undefined ? {} : { params }),
  };
}
