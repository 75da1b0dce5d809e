import { EVIDENCE, type EvidenceBase, harmsOf, parameter, recordsOf, treatment } from '@foramen/evidence';

interface HarmChance {
  /** Chance of at least one harm other than another operation. */
  readonly p: number;
  readonly lo: number;
  readonly hi: number;
  readonly ids: readonly string[];
}

const cache = new WeakMap<EvidenceBase, Map<string, HarmChance>>();
/** Not harms of the procedure: another operation and persistence of the pain are told apart. */
const OTHER = /reop|later-surgery|recurr|persistent-pain/;

/** Chance of at least one listed harm, events taken as independent. Without figures: the class default, `ids` empty. */
export function harmChance(option: string, base: EvidenceBase = EVIDENCE): HarmChance {
  let known = cache.get(base);
  if (known === undefined) {
    known = new Map();
    cache.set(base, known);
  }
  const had = known.get(option);
  if (had !== undefined) return had;
  const all = harmsOf(option, base).filter((r) => !OTHER.test(r.event));
  // A registry's "any complication" is the answer; without one, different events are taken as independent.
  const any = all.filter((r) => r.event.startsWith('any-')).sort((a, b) => b.estimate - a.estimate)[0];
  const distinct = new Map<string, (typeof all)[number]>();
  for (const r of all) if ((distinct.get(r.event)?.estimate ?? -1) < r.estimate) distinct.set(r.event, r);
  const rows = any === undefined ? [...distinct.values()] : [any];
  const chance = (pick: (r: (typeof rows)[number]) => number): number =>
    1 - rows.reduce((left, r) => left * (1 - pick(r)), 1);
  const made: HarmChance =
    rows.length > 0
      ? {
          p: chance((r) => r.estimate),
          lo: chance((r) => r.interval[0]),
          hi: chance((r) => r.interval[1]),
          ids: rows.map((r) => r.id),
        }
      : {
          p: unknownHarm(option, base),
          lo: 0,
          hi: 0.25,
          ids: [],
        };
  known.set(option, made);
  return made;
}

/** What may happen by name, other than another operation, in the order of the base; a sum of harms is no name. */
export function namedHarms(
  option: string,
  base: EvidenceBase = EVIDENCE,
): readonly { readonly event: string; readonly id: string }[] {
  const named = new Map<string, string>();
  for (const { event, id } of harmsOf(option, base))
    if (!OTHER.test(event) && !event.startsWith('any-') && !named.has(event)) named.set(event, id);
  return [...named].map(([event, id]) => ({ event, id }));
}

/**
 * What a harm without a figure counts for in the ranking: the default for how invasive the option is, and no less than what was counted for another
 * way of doing the same. Nobody having counted makes a caudal injection no safer than a transforaminal one.
 */
function unknownHarm(option: string, base: EvidenceBase): number {
  const { invasiveness, parent } = treatment(option, base);
  const byDefault = parameter(`care-harm-invasiveness-${invasiveness}`, base).value;
  if (parent === null) return byDefault;
  const counted = recordsOf('treatment', base)
    .filter((t) => t.parent === parent)
    .map((t) => t.id.slice(t.id.indexOf('/') + 1))
    .filter((id) => id !== option && harmsOf(id, base).some((r) => !OTHER.test(r.event)))
    .map((id) => harmChance(id, base).p);
  return Math.max(byDefault, ...counted);
}

interface ReoperationPoint {
  readonly weeks: number;
  readonly p: number;
  readonly lo: number;
  readonly hi: number;
  readonly id: string;
}

/**
 * Cumulative chance of another operation at the horizons the base gives, rising in time.
 * @param slip people with a slip, whom a trial counted apart (NORDSTEN: 12.5 % after decompression alone, 9.1 % with fusion).
 */
export function reoperation(
  option: string,
  base: EvidenceBase = EVIDENCE,
  slip = false,
): readonly ReoperationPoint[] {
  const rows = harmsOf(option, base).filter((r) => r.horizonWeeks !== null && r.horizonWeeks > 0);
  const plain = rows.filter((r) => r.event === 'reoperation');
  const apart = slip ? rows.filter((r) => r.event === 'reoperation-slip') : [];
  const counted = apart.length > 0 ? apart : plain;
  return (counted.length > 0 ? counted : rows.filter((r) => r.event.includes('reoperation')))
    .map((r) => ({
      weeks: r.horizonWeeks ?? 0,
      p: r.estimate,
      lo: r.interval[0],
      hi: r.interval[1],
      id: r.id,
    }))
    .sort((a, b) => a.weeks - b.weeks);
}

/** The chance by a horizon, straight between the counted ones and from nought before the first; undefined where nobody counted. */
export function reoperationBy(
  rows: readonly ReoperationPoint[],
  weeks: number,
): Omit<ReoperationPoint, 'id'> | undefined {
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const i = rows.findIndex((r) => r.weeks >= weeks);
  if (i < 0) return { ...last, weeks };
  const next = rows[i]!;
  const before = rows[i - 1] ?? { weeks: 0, p: 0, lo: 0, hi: 0 };
  const t = (weeks - before.weeks) / Math.max(1, next.weeks - before.weeks);
  const mix = (a: number, b: number): number => a + t * (b - a);
  return { weeks, p: mix(before.p, next.p), lo: mix(before.lo, next.lo), hi: mix(before.hi, next.hi) };
}
