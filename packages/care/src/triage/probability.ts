import { type EvidenceBase, likelihoodRatio, parameter, recordOf } from '@foramen/evidence';
import { round } from '../facts.ts';

/** One sign turned into a likelihood ratio, with the records it came from. */
export interface Update {
  readonly ratio: number;
  readonly ids: readonly string[];
}

const odds = (p: number): number => p / (1 - p);

/**
 * Posterior from a base rate and correlated signs: the strongest log ratio counts whole, the second half, each further
 * one a quarter (configurable), and the result never passes the cap. Signs are correlated, so they are never simply
 * multiplied.
 */
export function posterior(base: EvidenceBase, prior: number, updates: readonly Update[]): number {
  const weights = [1, parameter('lr-damping-second', base).value];
  const further = parameter('lr-damping-third', base).value;
  const logs = updates.map((u) => Math.log(u.ratio)).sort((a, b) => Math.abs(b) - Math.abs(a));
  const sum = logs.reduce((total, log, i) => total + log * (weights[i] ?? further), Math.log(odds(prior)));
  const p = 1 / (1 + Math.exp(-sum));
  return round(Math.min(p, parameter('red-flag-cap', base).value), 4);
}

/** The ratio of a positive test. */
export function positive(base: EvidenceBase, id: string): Update {
  const lr = likelihoodRatio(id, base).positive;
  if (lr === null) throw new RangeError(`${id} has no positive likelihood ratio`);
  return { ratio: lr.value, ids: [id] };
}

/** The ratio that takes a base rate to a published probability after one flag. */
export function fromPostTest(base: EvidenceBase, postTestId: string, baseRateId: string): Update {
  const post = recordOf('post-test', postTestId, base).estimate;
  const prior = recordOf('base-rate', baseRateId, base).estimate;
  return { ratio: odds(post) / odds(prior), ids: [postTestId, baseRateId] };
}

/** A declared default for a risk factor without a published ratio. */
export function riskFactor(base: EvidenceBase, strength: 'weak' | 'strong'): Update {
  const id = strength === 'weak' ? 'lr-weak-risk-factor' : 'lr-strong-risk-factor';
  return { ratio: parameter(id, base).value, ids: [`parameter/${id}`] };
}
