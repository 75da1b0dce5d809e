import { EVIDENCE, type EvidenceBase } from '@foramen/evidence';
import type { Forecast, ForecastPoint, Reason } from '@foramen/spine';
import { because, round, rule, usableFact } from '../facts.ts';
import type { Appraised } from '../plan/appraise.ts';
import type { PlanView } from '../plan/view.ts';
import { distinct } from '../say.ts';
import {
  baselineOf,
  type Course,
  courseOf,
  dominantSyndrome,
  HORIZONS,
  painOutcome,
  slipped,
} from './curves.ts';
import { harmChance, reoperation, reoperationBy } from './harms.ts';
import { MODEL_CARDS } from './model-cards.ts';
import { prognosticShift } from './prognosis.ts';
import { backAfter, COHORTS, cohortOffWork } from './time-off.ts';
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
    baseline: round(course.baseline.value, 2),
    points: course.points.map((p) => ({
      ...point(p.weeks, p.mean, p.lo, p.hi, 2),
      // Where no trial gives a figure and this person never tried it, what it adds is not known; it is not nought.
      ...(course.hasFigure || p.effect !== 0 ? { beyondWaiting: round(p.mean - p.waiting, 2) } : {}),
    })),
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

const FULL_YEAR = 52;

/** At work now, as the intake says: there is nothing to return to, but for the weeks that an operation itself costs. */
export function atWork(view: PlanView): boolean {
  return usableFact(view.patient, 'person', 'offWorkWeeks')?.value === 0;
}

/**
 * Chance of being at work: pooled cohorts of people off work with back pain, counted from when the operation itself lets one go back
 * (`backAfter`); wider where no trial says what an option adds (almost everywhere).
 */
function returnToWork(view: PlanView, option: string, base: EvidenceBase): Forecast | undefined {
  if (worksOrWorked(view) !== true) return undefined;
  const load = usableFact(view.patient, 'person', 'occupationLoad')!;
  const off = usableFact(view.patient, 'person', 'offWorkWeeks');
  const near = likeness(view, option, dominantSyndrome(view));
  const back = backAfter(option, load.value, base);
  if (back === null && atWork(view)) return undefined;
  const cohort = cohortOffWork(off?.value, base);
  const wide = 1 + near.unlike + (off === undefined ? 0.25 : 0);
  const points = HORIZONS.map((weeks) => {
    const at = (which: 0 | 1 | 2, delays: readonly number[]): number =>
      atWork(view)
        ? // Not everybody comes back: no more than of those whom an illness alone kept away.
          Math.min(delays.filter((d) => weeks >= d).length / delays.length, cohort(FULL_YEAR)[which])
        : delays.reduce((sum, d) => sum + cohort(weeks - d)[which], 0) / delays.length;
    const mean = at(0, back?.typical ?? [0]);
    const lo = at(1, back?.slow ?? [0]);
    const hi = at(2, back?.fast ?? [0]);
    return point(
      weeks,
      mean,
      Math.max(0, mean - (mean - lo) * wide),
      Math.min(1, mean + (hi - mean) * wide),
      3,
    );
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
      ...COHORTS.map(
        (id): Reason => ({
          kind: 'evidence',
          id,
          text: 'return to work in cohorts',
        }),
      ),
      ...(back?.ids ?? []).map(
        (id): Reason => ({
          kind: 'evidence',
          id,
          text: 'weeks that the option itself keeps from work',
        }),
      ),
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
  const rows = reoperation(option, base, slipped(view));
  if (rows.length === 0) return undefined;
  const near = likeness(view, option, dominantSyndrome(view));
  const wide = 1 + near.unlike;
  const points = HORIZONS.filter((w) => w >= 52).map((weeks) => {
    const { p, lo, hi } = reoperationBy(rows, weeks)!;
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
  const pain = painOutcome(view);
  const painBaseline = baselineOf(view, pain);
  const odi = baselineOf(view, 'function');
  const shifts = {
    pain: prognosticShift(view, pain, base),
    function: prognosticShift(view, 'function', base),
  };
  const out: Forecast[] = [];
  for (const a of appraised) {
    if (!a.eligible) continue;
    const id = a.option.id;
    if (painBaseline !== undefined)
      out.push(fromCourse(courseOf(view, id, pain, painBaseline, shifts.pain, base), pain));
    if (odi !== undefined)
      out.push(fromCourse(courseOf(view, id, 'function', odi, shifts.function, base), 'function'));
    for (const f of [returnToWork(view, id, base), harm(view, id, base), again(view, id, base)]) {
      if (f !== undefined) out.push(f);
    }
  }
  return out;
}
