import { EVIDENCE, type EvidenceBase, parameter } from '@foramen/evidence';
import type { ComparatorClass, Reason } from '@foramen/spine';
import { because, type Seen } from '../facts.ts';
import { claudicant, type PlanView, radicular } from '../plan/view.ts';
import { courseAt, likeSport, residualSd } from './course.ts';
import {
  type CourseOutcome,
  chronicityOf,
  type EffectCurve,
  effectCurve,
  type People,
  type Syndrome,
  sharesEffectOf,
} from './effects.ts';
import { modifierFactor } from './modifiers.ts';
import { effectForPerson } from './prior-response.ts';
import type { PrognosticShift } from './prognosis.ts';
import { likeness } from './trial-likeness.ts';

export const HORIZONS = [6, 13, 26, 52, 104] as const;
const Z90 = 1.645;

/** One option's course on one outcome, in numbers. `effect` is its part beyond the natural course (negative is better). */
export interface Course {
  readonly option: string;
  readonly outcome: CourseOutcome;
  readonly baseline: Seen<number>;
  readonly points: readonly {
    readonly weeks: number;
    readonly mean: number;
    readonly lo: number;
    readonly hi: number;
    readonly effect: number;
    /** Mean of the same person's natural course at that time. */
    readonly waiting: number;
    /** Standard deviation of one person's outcome around the mean. */
    readonly sd: number;
  }[];
  readonly comparator: ComparatorClass;
  readonly unlike: number;
  readonly hasFigure: boolean;
  readonly confounded: boolean;
  readonly reasons: readonly Reason[];
}

/** Weights of the three courses this person may be on. */
function syndromes(view: PlanView): readonly (readonly [Syndrome, number])[] {
  const root = radicular(view);
  const canal = Math.min(claudicant(view) + view.p.spondylolisthesis * 0.5, 1 - root);
  return [
    ['radicular', root],
    ['claudicant', canal],
    ['axial', Math.max(0, 1 - root - canal)],
  ];
}

export function dominantSyndrome(view: PlanView): Syndrome {
  return syndromes(view).reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

/** The outcome that speaks for this person's pain: the leg where roots or canal are the likely source. */
export function painOutcome(view: PlanView): CourseOutcome {
  return dominantSyndrome(view) === 'axial' ? 'back-pain' : 'leg-pain';
}

/** More likely than not the image shows a slip. */
const SLIPPED = 0.5;

/** A narrow canal with a slip: such people's trials were made apart. */
export const slipped = (view: PlanView): boolean =>
  (view.slip?.value ?? 0) >= SLIPPED && dominantSyndrome(view) === 'claudicant';

/** The effect curve of an option on one outcome for people like this one. Null where the base has none. */
export function curveFor(
  view: PlanView,
  option: string,
  outcome: CourseOutcome,
  base: EvidenceBase = EVIDENCE,
): EffectCurve | null {
  return option === 'waiting' ? null : effectCurve(option, outcome, peopleLike(view), base);
}

/** The kind of people whose trials speak for this person. */
export function peopleLike(view: PlanView): People {
  const known = LIKE.get(view);
  if (known !== undefined) return known;
  const people = {
    syndrome: dominantSyndrome(view),
    chronicity: chronicityOf(view.durationWeeks?.value),
    slip: slipped(view),
  };
  LIKE.set(view, people);
  return people;
}
/** Asked for by each of the options of a view. */
const LIKE = new WeakMap<PlanView, People>();

export function baselineOf(view: PlanView, outcome: CourseOutcome): Seen<number> | undefined {
  return outcome === 'function' ? view.odi : outcome === 'leg-pain' ? view.legNrs : view.backNrs;
}

/**
 * The course of one outcome under one option: natural course of the likely syndromes, shifted by prognosis for every
 * option alike, plus the option's between-arm effect with shrunk modifiers, updated by this patient's own response.
 * Points are means with 90 % intervals for one person.
 */
export function courseOf(
  view: PlanView,
  option: string,
  outcome: CourseOutcome,
  baseline: Seen<number>,
  shift: PrognosticShift,
  base: EvidenceBase = EVIDENCE,
): Course {
  const max = outcome === 'function' ? 100 : 10;
  const mix = syndromes(view);
  const top = dominantSyndrome(view);
  const curve = curveFor(view, option, outcome, base);
  const residual = residualSd(outcome, base);
  const near = likeness(view, option, top);
  const wide = 1 + parameter('care-unlike-widening', base).value * near.unlike;
  const noFigure = parameter('care-no-figure-halfwidth', base).value;
  const modifier =
    outcome === 'function' && curve !== null
      ? modifierFactor(view, sharesEffectOf(option, top), base)
      : { factor: 1, reasons: [] };
  const reasons: Reason[] = [because(baseline), ...shift.reasons, ...modifier.reasons];
  const ids = new Set<string>(residual.ids);
  if (view.durationWeeks !== undefined) reasons.push(because(view.durationWeeks));
  const person = { duration: view.durationWeeks, baseline: baseline.value, concordant: likeSport(view) };
  const shares = HORIZONS.map((weeks) => {
    let [share, lo, hi, all] = [0, 0, 0, 0];
    for (const [syndrome, weight] of mix) {
      if (weight < 0.02) continue;
      const c = courseAt(syndrome, outcome, person, weeks, base);
      share += weight * c.share;
      lo += weight * c.lo;
      hi += weight * c.hi;
      all += weight;
      for (const id of c.ids) ids.add(id);
    }
    return { share: share / all, lo: lo / all, hi: hi / all };
  });
  // Prognosis slows or stops the recovery that the cohorts show; none of its figures says that people end worse than they are.
  const gained = baseline.value * (1 - shares.at(-1)!.share);
  const kept = gained <= 0 ? 1 : Math.max(0, gained - shift.sd * residual.sd) / gained;
  const points = HORIZONS.map((weeks, i) => {
    const { share, lo, hi } = shares[i]!;
    const natural = baseline.value * (1 - (1 - share) * kept);
    let effect = 0;
    let effectSd = 0;
    const own =
      option === 'waiting'
        ? undefined
        : effectForPerson(view, option, outcome, weeks, curve, residual.sd, base);
    if (own !== undefined) {
      effect = own.effect.estimate * modifier.factor;
      effectSd = (own.effect.hi - own.effect.lo) / 3.92;
      ids.add(own.effect.id);
      for (const id of own.effect.shrunkBy ?? []) ids.add(id);
      if (weeks === HORIZONS[0]) reasons.push(...own.reasons);
    }
    if (curve === null && option !== 'waiting') {
      effectSd = (noFigure * natural) / 3.92;
      ids.add('parameter/care-no-figure-halfwidth');
    }
    const courseSd = (baseline.value * (hi - lo)) / 3.92;
    const sd =
      Math.sqrt(residual.sd ** 2 + courseSd ** 2 + effectSd ** 2 + shift.variance * residual.sd ** 2) * wide;
    const clip = (v: number): number => Math.min(max, Math.max(0, v));
    const mean = clip(natural + effect);
    return {
      weeks,
      mean,
      lo: clip(mean - Z90 * sd),
      hi: clip(mean + Z90 * sd),
      effect,
      waiting: clip(natural),
      sd,
    };
  });
  for (const id of ids) reasons.push({ kind: 'evidence', id, text: 'course and effect' });
  reasons.push(...near.reasons);
  return {
    option,
    outcome,
    baseline,
    points,
    comparator: curve?.comparator ?? 'not-applicable',
    unlike: near.unlike,
    hasFigure: curve !== null || option === 'waiting',
    confounded: curve?.confounded ?? false,
    reasons,
  };
}
