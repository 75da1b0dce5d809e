import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { Forecast, ForecastPoint, Reason } from '@foramen/spine';
import { because, round, rule, usableFact } from '../facts.ts';
import type { Appraised } from '../plan/appraise.ts';
import { weeksOff } from '../plan/ranking.ts';
import type { PlanView } from '../plan/view.ts';
import { distinct } from '../say.ts';
import { baselineOf, type Course, courseOf, dominantSyndrome, HORIZONS, painOutcome } from './curves.ts';
import { harmChance, reoperation } from './harms.ts';
import { MODEL_CARDS } from './model-cards.ts';
import { prognosticShift } from './prognosis.ts';
import { likeness } from './trial-likeness.ts';

type Outcome = Forecast['outcome'];

function reasonsOf(reasons: readonly Reason[]): readonly [Reason, ...Reason[]] {
  const [first, ...rest] = distinct(reasons);
  if (first === undefined) return [rule('rule.forecast', 'natural course')];
  return [first, ...rest];
}

const point = (weeks: number, mean: number, lo: number, hi: number, digits: number): ForecastPoint => ({
  weeks,
  mean: round(mean, digits),
  interval: [round(Math.min(lo, mean), digits), round(Math.max(hi, mean), digits)],
});

function fromCourse(course: Course, outcome: Outcome): Forecast {
  return {
    option: course.option,
    outcome,
    unit: course.outcome === 'function' ? 'ODI 0-100' : 'NRS 0-10',
    points: course.points.map((p) => point(p.weeks, p.mean, p.lo, p.hi, 2)),
    modelCard: MODEL_CARDS.course.id,
    because: reasonsOf(course.reasons),
    comparator: course.comparator,
    unlikeTrials: round(course.unlike, 3),
  };
}

/** Who is off or at risk of being off work; others have nothing to return to. */
export function worksOrWorked(view: PlanView): boolean | undefined {
  const load = usableFact(view.patient, 'person', 'occupationLoad');
  if (load === undefined) return undefined;
  return load.value !== 'not-working';
}

/**
 * Chance of being back at work: pooled cohorts of people off work with back pain, later by the weeks an operation
 * itself costs, wider where no trial says what an option adds (almost everywhere).
 */
function returnToWork(view: PlanView, option: string, base: EvidenceBase): Forecast | undefined {
  if (worksOrWorked(view) !== true) return undefined;
  const load = usableFact(view.patient, 'person', 'occupationLoad')!;
  const off = usableFact(view.patient, 'person', 'offWorkWeeks');
  const rows = [4, 26, 52].map((w) => recordOf('natural-history', `natural/care-return-to-work-${w}`, base));
  const at = (weeks: number): readonly [number, number, number] => {
    if (weeks <= 0) return [0, 0, 0];
    const first = rows[0]!;
    const last = rows.at(-1)!;
    const values = (r: (typeof rows)[number]): readonly [number, number, number] => [
      r.estimate,
      r.interval?.[0] ?? 0,
      r.interval?.[1] ?? 1,
    ];
    if (weeks <= 4)
      return values(first).map((v) => (v * weeks) / 4) as unknown as readonly [number, number, number];
    if (weeks >= 52) return values(last);
    const i = rows.findIndex((r) => (r.horizonWeeks ?? 0) >= weeks);
    const [a, b] = [rows[i - 1]!, rows[i]!];
    const t = (weeks - (a.horizonWeeks ?? 0)) / ((b.horizonWeeks ?? 0) - (a.horizonWeeks ?? 0));
    const [va, vb] = [values(a), values(b)];
    return [0, 1, 2].map((k) => va[k]! + t * (vb[k]! - va[k]!)) as unknown as readonly [
      number,
      number,
      number,
    ];
  };
  const near = likeness(view, option, dominantSyndrome(view));
  const away = weeksOff(option, base);
  const lost = away.weeks;
  // Already long off work: the easy returns are behind, so the rest of the curve is what is left of it.
  const spent = off === undefined ? 0 : Math.min(40, off.value);
  const [gone] = at(spent);
  const wide = 1 + near.unlike + (lost > 0 ? 0.5 : 0) + (off === undefined ? 0.25 : 0);
  const points = HORIZONS.map((weeks) => {
    const [p, lo, hi] = at(weeks - lost + spent);
    const left = (v: number): number => Math.max(0, Math.min(1, spent > 0 ? (v - gone) / (1 - gone) : v));
    const mean = left(p);
    return point(weeks, mean, Math.max(0, mean - (p - lo) * wide), Math.min(1, mean + (hi - p) * wide), 3);
  });
  return {
    option,
    outcome: 'return-to-work',
    unit: 'probability',
    points,
    modelCard: MODEL_CARDS.work.id,
    because: reasonsOf([
      because(load),
      ...(off === undefined ? [] : [because(off)]),
      ...rows.map((r): Reason => ({ kind: 'evidence', id: r.id, text: 'return to work in cohorts' })),
      ...(away.id === null
        ? []
        : [{ kind: 'evidence', id: away.id, text: 'weeks that the option itself keeps from work' } as const]),
      ...near.reasons,
    ]),
    comparator: 'not-applicable',
    unlikeTrials: round(near.unlike, 3),
  };
}

function harm(view: PlanView, option: string, base: EvidenceBase): Forecast | undefined {
  const chance = harmChance(option, base);
  if (chance.ids.length === 0) return undefined;
  const near = likeness(view, option, dominantSyndrome(view));
  const wide = 1 + near.unlike;
  return {
    option,
    outcome: 'harm',
    unit: 'probability',
    points: [
      point(
        6,
        chance.p,
        Math.max(0, chance.p - (chance.p - chance.lo) * wide),
        Math.min(1, chance.p + (chance.hi - chance.p) * wide),
        3,
      ),
    ],
    modelCard: MODEL_CARDS.harm.id,
    because: reasonsOf([
      ...chance.ids.map((id): Reason => ({ kind: 'evidence', id, text: 'harm' })),
      ...near.reasons,
    ]),
    comparator: 'none',
    unlikeTrials: round(near.unlike, 3),
  };
}

function again(view: PlanView, option: string, base: EvidenceBase): Forecast | undefined {
  const rows = reoperation(option, base);
  if (rows.length === 0) return undefined;
  const near = likeness(view, option, dominantSyndrome(view));
  const wide = 1 + near.unlike;
  const points = HORIZONS.filter((w) => w >= 52).map((weeks) => {
    const i = rows.findIndex((r) => r.weeks >= weeks);
    const next = i < 0 ? rows.at(-1)! : rows[i]!;
    const before = i <= 0 ? { weeks: 0, p: 0, lo: 0, hi: 0 } : rows[i - 1]!;
    const t = i < 0 ? 1 : (weeks - before.weeks) / Math.max(1, next.weeks - before.weeks);
    const mix = (a: number, b: number): number => a + t * (b - a);
    const p = i < 0 ? next.p : mix(before.p, next.p);
    const lo = i < 0 ? next.lo : mix(before.lo, next.lo);
    const hi = i < 0 ? next.hi : mix(before.hi, next.hi);
    return point(weeks, p, Math.max(0, p - (p - lo) * wide), Math.min(1, p + (hi - p) * wide), 3);
  });
  return {
    option,
    outcome: 'reoperation',
    unit: 'probability',
    points,
    modelCard: MODEL_CARDS.harm.id,
    because: reasonsOf([
      ...rows.map((r): Reason => ({ kind: 'evidence', id: r.id, text: 'reoperation' })),
      ...near.reasons,
    ]),
    comparator: 'none',
    unlikeTrials: round(near.unlike, 3),
  };
}

/** Forecasts of every eligible option: pain, function, work at five horizons; harms and reoperation where figures exist. */
export function forecasts(
  view: PlanView,
  appraised: readonly Appraised[],
  base: EvidenceBase = EVIDENCE,
): readonly Forecast[] {
  const shift = prognosticShift(view, base);
  const pain = painOutcome(view);
  const painBaseline = baselineOf(view, pain);
  const odi = baselineOf(view, 'function');
  const out: Forecast[] = [];
  for (const a of appraised) {
    if (!a.eligible) continue;
    const id = a.option.id;
    if (painBaseline !== undefined)
      out.push(fromCourse(courseOf(view, id, pain, painBaseline, shift, base), pain));
    if (odi !== undefined) out.push(fromCourse(courseOf(view, id, 'function', odi, shift, base), 'function'));
    for (const f of [returnToWork(view, id, base), harm(view, id, base), again(view, id, base)]) {
      if (f !== undefined) out.push(f);
    }
  }
  return out;
}
