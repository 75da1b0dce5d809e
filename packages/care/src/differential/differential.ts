import { EVIDENCE, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';
import type { Hypothesis, PatientCase, Reason, Strength } from '@foramen/spine';
import { round, rule } from '../facts.ts';
import type { ImageContact } from '../roots/contacts.ts';
import { say, traced } from '../say.ts';
import { CONDITIONS, type Condition } from './condition.ts';
import { type Site, sitesOf } from './locate.ts';
import { type PosteriorRules, posterior, type Weighed } from './posterior.ts';
import { type Reading, readingReasons, readings } from './readings.ts';

/** One flat hypothesis: a condition at a site. */
export interface Belief {
  readonly id: string;
  readonly condition: Condition;
  readonly site: Site;
  readonly p: number;
  readonly interval: readonly [number, number];
}

export interface DifferentialWork {
  readonly conditions: readonly Weighed<Condition>[];
  readonly beliefs: readonly Belief[];
  readonly readings: readonly Reading[];
  readonly priors: readonly Reason[];
}

export function rulesOf(base: EvidenceBase): PosteriorRules {
  return {
    second: parameter('lr-damping-second', base).value,
    further: parameter('lr-damping-third', base).value,
    cap: parameter('posterior-cap', base).value,
    rest: 'non-specific',
    priorError: parameter('care-prior-error', base).value,
  };
}

/** Base rates by setting; when the setting is unknown both are weighed alike. */
function priorsOf(
  patient: PatientCase,
  fractureP: number | null,
  base: EvidenceBase,
): { readonly weights: ReadonlyMap<Condition, number>; readonly reasons: readonly Reason[] } {
  const setting = patient.intake?.setting;
  const settings =
    setting === 'primary'
      ? (['primary'] as const)
      : setting === 'specialist'
        ? (['specialist'] as const)
        : (['primary', 'specialist'] as const);
  const weights = new Map<Condition, number>();
  const reasons: Reason[] = [];
  for (const c of CONDITIONS) {
    let p = 0;
    for (const s of settings) {
      const r = recordOf('base-rate', `base-rate/care-${c}-${s}`, base);
      p += r.estimate / settings.length;
    }
    weights.set(c, c === 'fracture' && fractureP !== null ? Math.min(0.9, Math.max(p, fractureP)) : p);
  }
  for (const s of settings) {
    reasons.push({
      kind: 'evidence',
      id: `base-rate/care-non-specific-${s}`,
      text: `base rates in ${s} care`,
    });
  }
  if (settings.length === 1)
    reasons.unshift({ kind: 'fact', path: 'intake.setting', text: `setting: ${setting}` });
  return { weights, reasons };
}

/**
 * Weighs the differential in numbers.
 * @param fractureP probability of fracture from triage, or null when nothing bore on it.
 */
export function weighDifferential(
  patient: PatientCase,
  contacts: readonly ImageContact[],
  fractureP: number | null,
  base: EvidenceBase = EVIDENCE,
): DifferentialWork {
  const prior = priorsOf(patient, fractureP, base);
  const found = readings(patient, contacts, prior.weights, base);
  const conditions = posterior(prior.weights, found, rulesOf(base));
  const beliefs = conditions
    .flatMap((w): Belief[] =>
      sitesOf(w.condition, patient, contacts, base).map((site) => ({
        id: [w.condition, site.level, site.root, site.side].filter((x) => x !== undefined).join(':'),
        condition: w.condition,
        site,
        p: w.p * site.share,
        interval: [w.interval[0] * site.share, Math.min(1, w.interval[1] * Math.sqrt(site.share))],
      })),
    )
    .sort((a, b) => b.p - a.p || (a.id < b.id ? -1 : 1));
  return { conditions, beliefs, readings: found, priors: prior.reasons };
}

/**
 * Rounds probabilities to four places so that they still sum to exactly 1: the remainder goes to the largest of those that may take it
 * (all, if none is named). What lies on one side may not: of two legs alike one would be likelier by the remainder.
 */
function roundToOne(
  ps: readonly number[],
  mayTake: (index: number) => boolean = () => true,
): readonly number[] {
  const rounded = ps.map((p) => round(p));
  const rest = 1 - rounded.reduce((a, b) => a + b, 0);
  const plain = rounded.filter((p, i) => mayTake(i) && p + rest >= 0);
  const found = rounded.findIndex((p, i) => mayTake(i) && p === Math.max(...plain));
  const top = found < 0 ? rounded.indexOf(Math.max(...rounded)) : found;
  return rounded.map((p, i) => (i === top ? round(p + rest) : p));
}

function strengthOf(p: number, readingCount: number): Strength {
  if (readingCount === 0) return 'insufficient';
  return p >= 0.6 ? 'moderate' : 'weak';
}

const LIMITS = rule(
  'rule.differential',
  'correlated tests are shrunk, no specific condition passes the cap, and what is unknown is not used',
);

/** The differential as statements, most probable first; the probabilities sum to 1. */
export function differential(work: DifferentialWork, base: EvidenceBase = EVIDENCE): readonly Hypothesis[] {
  const shown = merge(work.beliefs);
  const { cap, rest } = rulesOf(base);
  const ps = roundToOne(
    shown.map((b) => b.p),
    (i) => shown[i]!.site.side === undefined && (shown[i]!.condition === rest || shown[i]!.p < cap - 0.001),
  );
  return shown.map((b, i) => {
    const p = ps[i]!;
    const mine = work.readings
      .filter((r) => r.condition === b.condition)
      .sort((x, y) => Math.abs(y.log) - Math.abs(x.log));
    const reasons: Reason[] = [
      ...mine.flatMap((r) => readingReasons(r, base)),
      ...b.site.reasons,
      ...work.priors,
      { kind: 'evidence', id: 'parameter/posterior-cap', text: 'cap on a specific condition' },
      { kind: 'evidence', id: 'parameter/lr-damping-second', text: 'shrinkage of correlated tests' },
      LIMITS,
    ];
    const { level, side, root } = b.site;
    const place = [
      ...(level === undefined ? [] : [level]),
      ...(root === undefined ? [] : [`@word.root+${root}`]),
      ...(side === undefined
        ? []
        : side === 'left' || side === 'right'
          ? ['@word.side', `@side.${side}`]
          : [`@side.${side}`]),
    ];
    const lo = round(Math.min(b.interval[0], p));
    const hi = round(Math.max(b.interval[1], p));
    return {
      id: b.id,
      condition: b.condition,
      ...(level === undefined ? {} : { level }),
      ...(side === undefined ? {} : { side }),
      ...(root === undefined ? {} : { root }),
      p,
      interval: [lo, hi] as const,
      statement: say(
        place.length > 0 ? 'hypothesis.at' : 'hypothesis.plain',
        {
          condition: `@condition.${b.condition}`,
          ...(place.length > 0 ? { place: place.length === 1 ? place[0]! : joined(place) } : {}),
          p: traced(p, reasons),
          lo: traced(lo, reasons),
          hi: traced(hi, reasons),
        },
        strengthOf(p, mine.length),
        reasons,
      ),
    };
  });
}

/** Several terms as one parameter: the renderer splits at `+`. */
function joined(parts: readonly string[]): string {
  return `@word.nothing+${parts.join('+')}`;
}

/** Sites below one in a hundred of all belief join their condition's unplaced remainder, so that lists stay readable. */
function merge(beliefs: readonly Belief[]): readonly Belief[] {
  const kept = beliefs.filter((b) => b.p >= 0.01 || isPlain(b));
  const small = beliefs.filter((b) => b.p < 0.01 && !isPlain(b));
  const out = new Map(kept.map((b) => [b.id, b]));
  for (const b of small) {
    const had = out.get(b.condition);
    const p = (had?.p ?? 0) + b.p;
    out.set(b.condition, {
      id: b.condition,
      condition: b.condition,
      site: { share: (had?.site.share ?? 0) + b.site.share, reasons: had?.site.reasons ?? [] },
      p,
      interval: [had?.interval[0] ?? 0, Math.max(had?.interval[1] ?? 0, b.interval[1], p)],
    });
  }
  return [...out.values()].sort((a, b) => b.p - a.p || (a.id < b.id ? -1 : 1));
}

function isPlain(b: Belief): boolean {
  return b.site.level === undefined && b.site.root === undefined && b.site.side === undefined;
}
