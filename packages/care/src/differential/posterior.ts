/**
 * Posterior over exclusive hypotheses from base rates and likelihood ratios. A naive product would count correlated
 * tests twice, so within one group of correlated tests the strongest enters in full, the second at half, the rest at
 * a quarter of its log; and no specific condition passes the cap, because its reference standard is imperfect too.
 */
export interface LogRatio<C extends string> {
  readonly condition: C;
  /** Tests of one group are correlated. */
  readonly group: string;
  /** Natural log of the likelihood ratio of what was found. */
  readonly log: number;
  /** Standard error of `log`, from the interval of the record. */
  readonly error: number;
}

export interface Weighed<C extends string> {
  readonly condition: C;
  readonly p: number;
  readonly interval: readonly [number, number];
}

export interface PosteriorRules {
  readonly second: number;
  readonly further: number;
  readonly cap: number;
  /** The class that has no cap and takes what a cap frees. */
  readonly rest: string;
  readonly priorError: number;
}

const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/** Sum of the shrunk logs and of their variances for one hypothesis. */
export function shrunkSum(
  ratios: readonly { readonly group: string; readonly log: number; readonly error: number }[],
  rules: Pick<PosteriorRules, 'second' | 'further'>,
): { readonly log: number; readonly variance: number } {
  const groups = new Map<string, { log: number; error: number }[]>();
  for (const r of ratios) {
    const list = groups.get(r.group);
    if (list) list.push(r);
    else groups.set(r.group, [r]);
  }
  let log = 0;
  let variance = 0;
  for (const list of groups.values()) {
    list.sort((a, b) => Math.abs(b.log) - Math.abs(a.log));
    list.forEach((r, i) => {
      const share = i === 0 ? 1 : i === 1 ? rules.second : rules.further;
      log += share * r.log;
      variance += (share * r.error) ** 2;
    });
  }
  return { log, variance };
}

/**
 * @param priors positive weights, one a hypothesis; they need not sum to 1.
 * @returns probabilities that sum to 1, each with a 95 % interval by the delta method on the logit scale.
 */
export function posterior<C extends string>(
  priors: ReadonlyMap<C, number>,
  ratios: readonly LogRatio<C>[],
  rules: PosteriorRules,
): readonly Weighed<C>[] {
  const parts = [...priors].map(([condition, prior]) => {
    const sum = shrunkSum(
      ratios.filter((r) => r.condition === condition),
      rules,
    );
    return { condition, log: Math.log(prior) + sum.log, variance: sum.variance + rules.priorError ** 2 };
  });
  const top = Math.max(...parts.map((p) => p.log));
  const weights = parts.map((p) => Math.exp(p.log - top));
  const total = weights.reduce((a, b) => a + b, 0);
  let ps = weights.map((w) => w / total);
  const over = parts.findIndex((p, i) => p.condition !== rules.rest && ps[i]! > rules.cap);
  if (over >= 0) {
    const others = 1 - ps[over]!;
    ps = ps.map((p, i) => (i === over ? rules.cap : (p * (1 - rules.cap)) / others));
  }
  return parts.map((part, i) => {
    const p = ps[i]!;
    const others = 1 - p;
    let variance = part.variance;
    if (others > 0) {
      parts.forEach((other, j) => {
        if (j !== i) variance += (ps[j]! / others) ** 2 * other.variance;
      });
    }
    const logit = Math.log(p / Math.max(others, 1e-9));
    const half = 1.96 * Math.sqrt(variance);
    return { condition: part.condition, p, interval: [expit(logit - half), expit(logit + half)] };
  });
}
