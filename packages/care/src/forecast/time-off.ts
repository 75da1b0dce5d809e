import { EVIDENCE, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';

/** Weeks away from work that the option itself costs (a median), and the record that says so; none for what keeps nobody away. */
export function weeksOff(
  option: string,
  base: EvidenceBase = EVIDENCE,
): { readonly weeks: number; readonly id: string | null } {
  const id = `parameter/care-weeks-off-${option}`;
  const record = base.records.get(id);
  return record?.type === 'parameter' ? { weeks: record.value, id } : { weeks: 0, id: null };
}

/** When people go back after an operation: equally likely numbers of weeks, by its median and by the ends of the median's interval. */
interface BackAfter {
  readonly typical: readonly number[];
  readonly slow: readonly number[];
  readonly fast: readonly number[];
  readonly ids: readonly string[];
}

const REGISTRY = 'natural/rtw-surgery-13';
const PARTS = 20;

/**
 * Weeks until people are back after an operation, in a Weibull law with the option's own median (discectomy earlier for a desk, later for
 * heavy work) and the steepness at which a median of discectomy puts the registry's share (82 %) back at 13 weeks. Null for
 * what keeps nobody from work.
 */
export function backAfter(option: string, load: string, base: EvidenceBase = EVIDENCE): BackAfter | null {
  const away = weeksOff(option, base);
  if (away.id === null) return null;
  const [lo, hi] = base.records.get(away.id)?.interval ?? [away.weeks * 0.5, away.weeks * 1.5];
  const known = load === 'light' || load === 'heavy';
  const loadId = `parameter/care-time-off-${load}`;
  const factor = known ? parameter(loadId.slice('parameter/'.length), base).value : 1;
  const registry = recordOf('natural-history', REGISTRY, base);
  const usual = weeksOff('discectomy-open', base).weeks;
  const steep =
    Math.log(Math.log(1 - registry.estimate) / Math.log(0.5)) /
    Math.log((registry.horizonWeeks ?? 13) / usual);
  const law = (median: number): readonly number[] =>
    Array.from({ length: PARTS }, (_, i) => {
      const p = (i + 0.5) / PARTS;
      return factor * median * (Math.log(1 - p) / Math.log(0.5)) ** (1 / steep);
    });
  return {
    typical: law(away.weeks),
    slow: law(hi),
    fast: law(lo),
    ids: [away.id, REGISTRY, ...(known ? [loadId] : [])],
  };
}

/** Pooled cohorts of people off work with back pain, at 4, 26 and 52 weeks. */
export const COHORTS = [4, 26, 52].map((w) => `natural/care-return-to-work-${w}`);

/** Share back at work, with the ends of its interval, so many weeks from now, given how many weeks have gone by already. */
export function cohortOffWork(
  offWeeks: number | undefined,
  base: EvidenceBase = EVIDENCE,
): (weeks: number) => readonly [number, number, number] {
  const rows = COHORTS.map((id) => {
    const r = recordOf('natural-history', id, base);
    return {
      weeks: r.horizonWeeks ?? 0,
      at: [r.estimate, r.interval?.[0] ?? 0, r.interval?.[1] ?? 1] as const,
    };
  });
  const knots = [{ weeks: 0, at: [0, 0, 0] as const }, ...rows];
  const back = (weeks: number): readonly [number, number, number] => {
    const i = knots.findIndex((k) => k.weeks >= weeks);
    if (i === 0) return knots[0]!.at;
    if (i < 0) return knots.at(-1)!.at;
    const [a, b] = [knots[i - 1]!, knots[i]!];
    const t = (weeks - a.weeks) / (b.weeks - a.weeks);
    const mix = (k: 0 | 1 | 2): number => a.at[k] + t * (b.at[k] - a.at[k]);
    return [mix(0), mix(1), mix(2)];
  };
  // Already long off work: the easy returns are behind, so the rest of the curve is what is left of it.
  const spent = Math.min(40, offWeeks ?? 0);
  const [gone] = back(spent);
  return (weeks) => {
    if (weeks <= 0) return [0, 0, 0];
    const [p, lo, hi] = back(weeks + spent);
    const left = 1 - gone;
    const mean = Math.max(0, (p - gone) / left);
    // What is uncertain of everybody falls on those who are left.
    return [mean, Math.max(0, mean - (p - lo) / left), Math.min(1, mean + (hi - p) / left)];
  };
}
