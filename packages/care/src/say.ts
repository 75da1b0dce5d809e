import type { Reason, Statement, StatementParam, Strength, TracedNumber } from '@foramen/spine';
import { ENGLISH } from './messages/en.ts';
import { render } from './messages/render.ts';

/** A number with the reasons it was read or computed from: case paths, evidence ids, rule ids. */
export function traced(value: number, from: readonly Reason[]): TracedNumber {
  return { value, from: from.map((r) => (r.kind === 'fact' ? r.path : r.id)) };
}

/** Drops repeated reasons, keeping the first of each. */
export function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter((r) => {
    const id = r.kind === 'fact' ? r.path : r.id;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/**
 * Makes a statement from a message key and its parameters.
 * @throws RangeError when the English catalogue lacks the key or there is no reason: both are bugs, never input errors.
 */
export function say(
  key: string,
  params: Readonly<Record<string, StatementParam>>,
  strength: Strength,
  because: readonly Reason[],
): Statement {
  const text = render(ENGLISH, key, params, 'clinician');
  if (text === undefined) throw new RangeError(`no message ${key}`);
  const [first, ...rest] = distinct(because);
  if (first === undefined) throw new RangeError(`statement ${key} has no reason`);
  return { key, text, strength, params, because: [first, ...rest] };
}
