/** An estimate with a percentile bootstrap interval. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly n: number;
}

/** mulberry32: a small generator with a seed, so that an interval is the same every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Quadratically weighted kappa of two gradings (Cohen 1968). NaN when either grading holds one grade only.
 * @throws RangeError on different lengths.
 */
export function quadraticKappa(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new RangeError('gradings differ in length');
  const n = a.length;
  let observed = 0;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < n; i++) {
    observed += ((a[i] as number) - (b[i] as number)) ** 2 / n;
    meanA += (a[i] as number) / n;
    meanB += (b[i] as number) / n;
  }
  let varA = 0;
  let varB = 0;
  for (let i = 0; i < n; i++) {
    varA += ((a[i] as number) - meanA) ** 2 / n;
    varB += ((b[i] as number) - meanB) ** 2 / n;
  }
  // Expected squared difference of independent draws with these margins.
  const expected = varA + varB + (meanA - meanB) ** 2;
  return expected === 0 || varA === 0 || varB === 0 ? Number.NaN : 1 - observed / expected;
}

/** Area under the ROC curve (probability that a positive scores higher, ties half). NaN with one class only. */
export function auc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((i, j) => (scores[i] as number) - (scores[j] as number));
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j < order.length && scores[order[j] as number] === scores[order[i] as number]) j++;
    const rank = (i + 1 + j) / 2;
    for (let k = i; k < j; k++) {
      if (positive[order[k] as number]) {
        rankSum += rank;
        positives++;
      }
    }
    i = j;
  }
  const negatives = order.length - positives;
  return positives === 0 || negatives === 0
    ? Number.NaN
    : (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Expected calibration error of probabilities of a yes/no outcome over bins of equal width (Naeini 2015). */
export function expectedCalibrationError(
  p: readonly number[],
  outcome: readonly boolean[],
  bins = 10,
): number {
  if (p.length !== outcome.length) throw new RangeError('probabilities and outcomes differ in length');
  const count = new Array<number>(bins).fill(0);
  const confidence = new Array<number>(bins).fill(0);
  const hits = new Array<number>(bins).fill(0);
  p.forEach((v, i) => {
    const b = Math.min(bins - 1, Math.max(0, Math.floor(v * bins)));
    count[b] = (count[b] as number) + 1;
    confidence[b] = (confidence[b] as number) + v;
    hits[b] = (hits[b] as number) + (outcome[i] ? 1 : 0);
  });
  let error = 0;
  for (let b = 0; b < bins; b++) error += Math.abs((confidence[b] as number) - (hits[b] as number));
  return p.length === 0 ? 0 : error / p.length;
}

/** Probabilities of one stretch of the scale against how often the finding was there. */
export interface ReliabilityBin {
  /** [from, to) of the probability; the last bin holds 1 too. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean probability and share of cases with the finding. */
  readonly meanP: number;
  readonly observed: number;
}

/** Reliability diagram (DeGroot 1983, Statistician 32:12) over bins of equal width; empty bins are left out. */
export function reliability(
  p: readonly number[],
  outcome: readonly boolean[],
  bins = 10,
): readonly ReliabilityBin[] {
  if (p.length !== outcome.length) throw new RangeError('probabilities and outcomes differ in length');
  const rows = Array.from({ length: bins }, () => ({ n: 0, p: 0, hits: 0 }));
  p.forEach((v, i) => {
    const row = rows[Math.min(bins - 1, Math.max(0, Math.floor(v * bins)))] as (typeof rows)[number];
    row.n++;
    row.p += v;
    row.hits += outcome[i] ? 1 : 0;
  });
  return rows.flatMap(({ n, p: sum, hits }, b) =>
    n === 0 ? [] : [{ from: b / bins, to: (b + 1) / bins, n, meanP: sum / n, observed: hits / n }],
  );
}

/** Measured against reference values, in the measure's unit. */
interface Deviation {
  /** Mean of measured minus reference. */
  readonly bias: number;
  readonly meanAbsolute: number;
  /** 95 % limits of agreement, bias -+ 1.96 sd (Bland 1986, Lancet 327:307). */
  readonly limits: readonly [number, number];
}

/** @throws RangeError on different lengths or no values. */
export function deviation(measured: readonly number[], reference: readonly number[]): Deviation {
  if (measured.length !== reference.length || measured.length === 0)
    throw new RangeError('values differ in number, or there are none');
  const d = measured.map((v, i) => v - (reference[i] as number));
  const n = d.length;
  const bias = d.reduce((a, b) => a + b, 0) / n;
  const sd = n > 1 ? Math.sqrt(d.reduce((a, b) => a + (b - bias) ** 2, 0) / (n - 1)) : 0;
  return {
    bias,
    meanAbsolute: d.reduce((a, b) => a + Math.abs(b), 0) / n,
    limits: [bias - 1.96 * sd, bias + 1.96 * sd],
  };
}

/**
 * Percentile bootstrap of a statistic over clusters (patients): whole clusters are drawn, because discs of one person are
 * not independent. `statistic` gets row indices; draws on which it is not finite are left out.
 */
export function clusterBootstrap(
  cluster: readonly (string | number)[],
  statistic: (rows: readonly number[]) => number,
  draws = 1000,
  seed = 1,
): Estimate {
  const groups = new Map<string | number, number[]>();
  cluster.forEach((c, i) => {
    const rows = groups.get(c);
    if (rows) rows.push(i);
    else groups.set(c, [i]);
  });
  const all = [...groups.values()];
  const random = seeded(seed);
  const values: number[] = [];
  for (let d = 0; d < draws; d++) {
    const rows: number[] = [];
    for (let g = 0; g < all.length; g++) rows.push(...(all[Math.floor(random() * all.length)] as number[]));
    const v = statistic(rows);
    if (Number.isFinite(v)) values.push(v);
  }
  values.sort((a, b) => a - b);
  const at = (q: number) => values[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;
  return {
    value: statistic(cluster.map((_, i) => i)),
    interval: [at(0.025), at(0.975)],
    n: cluster.length,
  };
}
