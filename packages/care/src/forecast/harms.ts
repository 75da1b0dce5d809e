import { EVIDENCE, type EvidenceBase, harmsOf, treatment } from '@foramen/evidence';

export interface HarmChance {
  /** Chance of at least one harm other than another operation. */
  readonly p: number;
  readonly lo: number;
  readonly hi: number;
  readonly ids: readonly string[];
}

/** Without a figure: a class default by how invasive the option is (0 nothing, 1 drug, 2 needle, 3 implant, 4 surgery). */
const BY_INVASIVENESS = [0, 0.1, 0.05, 0.1, 0.12] as const;
const cache = new WeakMap<EvidenceBase, Map<string, HarmChance>>();
const REOPERATION = /reop|re-op|later surgery|revision|recurr/i;

/** Chance of at least one listed harm, events taken as independent. Without figures: the class default, `ids` empty. */
export function harmChance(option: string, base: EvidenceBase = EVIDENCE): HarmChance {
  let known = cache.get(base);
  if (known === undefined) {
    known = new Map();
    cache.set(base, known);
  }
  const had = known.get(option);
  if (had !== undefined) return had;
  const rows = harmsOf(option, base).filter((r) => !REOPERATION.test(r.event));
  const none = (pick: (r: (typeof rows)[number]) => number): number =>
    1 - rows.reduce((left, r) => left * (1 - pick(r)), 1);
  const made: HarmChance =
    rows.length > 0
      ? {
          p: none((r) => r.estimate),
          lo: none((r) => r.interval[0]),
          hi: none((r) => r.interval[1]),
          ids: rows.map((r) => r.id),
        }
      : {
          p: BY_INVASIVENESS[treatment(option, base).invasiveness as 0 | 1 | 2 | 3 | 4],
          lo: 0,
          hi: 0.25,
          ids: [],
        };
  known.set(option, made);
  return made;
}

export interface ReoperationPoint {
  readonly weeks: number;
  readonly p: number;
  readonly lo: number;
  readonly hi: number;
  readonly id: string;
}

/** Cumulative chance of another operation at the horizons the base gives, rising in time. */
export function reoperation(option: string, base: EvidenceBase = EVIDENCE): readonly ReoperationPoint[] {
  return harmsOf(option, base)
    .filter((r) => /reop|re-op/i.test(r.event) && r.horizonWeeks !== null)
    .map((r) => ({
      weeks: r.horizonWeeks ?? 0,
      p: r.estimate,
      lo: r.interval[0],
      hi: r.interval[1],
      id: r.id,
    }))
    .sort((a, b) => a.weeks - b.weeks);
}
