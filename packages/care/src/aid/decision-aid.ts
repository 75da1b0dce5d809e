import { EVIDENCE, type EvidenceBase, effectsOf, parameter, recordOf } from '@foramen/evidence';
import type { Assessment, CarePlan, PatientCase, Reason, Statement } from '@foramen/spine';
import type { JudgementOptions } from '../assess.ts';
import { because, rule, type Seen } from '../facts.ts';
import { baselineOf, type Course, courseOf, painOutcome, slipped } from '../forecast/curves.ts';
import { harmChance, namedHarms, reoperation, reoperationBy } from '../forecast/harms.ts';
import { SMALLEST_CHANGE } from '../forecast/prior-response.ts';
import { prognosticShift } from '../forecast/prognosis.ts';
import { normal } from '../normal.ts';
import { OPTION_BY_ID } from '../plan/options.ts';
import { elicitedWeights, GOALS, type Goal } from '../plan/ranking.ts';
import { claudicant, type PlanView, planView } from '../plan/view.ts';
import { say, traced } from '../say.ts';
import { IPDAS_ITEMS, type IpdasItem } from './ipdas.ts';

/** An icon array: `n` figures of `of` coloured, `lo` to `hi` shaded for uncertainty. */
export interface IconArray {
  readonly outcome: 'better' | 'harm' | 'reoperation';
  readonly of: 100;
  readonly n: number;
  readonly lo: number;
  readonly hi: number;
  readonly weeks: number;
  readonly statement: Statement;
}

export interface AidOption {
  readonly id: string;
  readonly name: string;
  readonly surgical: boolean;
  readonly icons: readonly IconArray[];
  /** Which harms the figure counts, by name; null where the base names none. */
  readonly harms: Statement | null;
  /** What no figure exists for; said, so that a gap never looks like a zero. */
  readonly unknown: readonly Statement[];
}

export interface DecisionAid {
  readonly schema: 'foramen.decision-aid/1';
  readonly patientId: string;
  readonly now: string;
  readonly decision: Statement;
  readonly noTreatment: Statement;
  readonly options: readonly AidOption[];
  /** Early or later surgery as the trials of sciatica found it, or the course of a narrow canal; empty where neither is in question. */
  readonly earlyLater: readonly Statement[];
  readonly uncertainty: Statement;
  /** Values to weigh, 0 to 10; what the patient already gave, null where not asked yet. */
  readonly values: readonly { readonly goal: Goal; readonly weight: number | null }[];
  readonly ownWords: { readonly prompt: Statement; readonly said: readonly string[] };
  readonly ipdas: readonly IpdasItem[];
}

const percent = (p: number): number => Math.round(100 * Math.min(1, Math.max(0, p)));

/**
 * The decision aid of a judged case: every open option with the same outcomes at the same horizons out of 100 people,
 * early against later surgery, values, own words. Null while the triage gate is closed: an emergency is no choice.
 */
export function decisionAid(
  patient: PatientCase,
  assessment: Assessment,
  plan: CarePlan,
  options: JudgementOptions = {},
): DecisionAid | null {
  // Danger first; and who feels well has nothing to choose.
  if (assessment.triage.gate || plan.options.length === 0) return null;
  const base = options.evidence ?? EVIDENCE;
  const view = planView(patient, assessment.triage, base);
  const top = assessment.differential[0];
  const lead: readonly Reason[] = top?.statement.because ?? [rule('rule.decision', 'no leading cause')];
  const weights = elicitedWeights(patient);
  const aids = plan.options.map((o) => aidOption(view, o.id, o.name, base));
  const ceiling: Reason = {
    kind: 'evidence',
    id: 'parameter/care-residual-variance-explained',
    text: 'variance that published models explain',
  };
  return {
    schema: 'foramen.decision-aid/1',
    patientId: patient.patientId,
    now: patient.now,
    decision: say(
      'aid.decision',
      { condition: `@condition.${top?.condition ?? 'non-specific'}` },
      'moderate',
      lead,
    ),
    noTreatment: say('aid.no-treatment', {}, 'strong', [
      { kind: 'evidence', id: 'treatment/waiting', text: 'natural course' },
    ]),
    options: aids,
    earlyLater: [
      ...(view.p.herniation >= IN_QUESTION ? earlyLater(base) : []),
      ...(claudicant(view) >= IN_QUESTION ? noHurry(base) : []),
    ],
    uncertainty: say(
      'aid.uncertainty',
      { p: traced(parameter('care-residual-variance-explained', base).value, [ceiling]) },
      'strong',
      [ceiling],
    ),
    values: GOALS.map((goal) => ({ goal, weight: weights?.[goal] ?? null })),
    ownWords: {
      prompt: say('aid.own-words', {}, 'strong', [
        rule('rule.own-words', 'values are elicited in the own words of the patient'),
      ]),
      said: patient.intake?.goals?.statements ?? [],
    },
    ipdas: IPDAS_ITEMS,
  };
}

function aidOption(view: PlanView, id: string, name: string, base: EvidenceBase): AidOption {
  const icons: IconArray[] = [];
  const unknown: Statement[] = [];
  const outcome = painOutcome(view);
  const baseline = baselineOf(view, outcome);
  if (baseline !== undefined && baseline.value >= SMALLEST_CHANGE[outcome]) {
    const course = courseOf(view, id, outcome, baseline, prognosticShift(view, outcome, base), base);
    // Without a trial figure an icon array would only repeat the natural course under another name.
    if (course.hasFigure) for (const weeks of [6, 52]) icons.push(betterIcon(course, baseline, weeks));
    else {
      unknown.push(
        say('option.no-effect-figure', { option: `@option.${id}` }, 'insufficient', [
          { kind: 'evidence', id: `treatment/${id}`, text: name },
        ]),
      );
    }
  }
  const harm = harmChance(id, base);
  const option = `@option.${id}`;
  if (harm.ids.length > 0) {
    const reasons = harm.ids.map((e): Reason => ({ kind: 'evidence', id: e, text: 'harm' }));
    icons.push(icon('harm', 'aid.harm', option, 6, harm.p, harm.lo, harm.hi, reasons));
  } else if (id !== 'waiting') {
    unknown.push(
      say('aid.unknown', { option }, 'insufficient', [
        { kind: 'evidence', id: `treatment/${id}`, text: name },
      ]),
    );
  }
  // Counted at other times by other trials; options stand beside each other at the same one.
  const counted = reoperation(id, base, slipped(view));
  const again = reoperationBy(counted, 52);
  if (again !== undefined) {
    const reasons = counted.map((r): Reason => ({ kind: 'evidence', id: r.id, text: 'reoperation' }));
    icons.push(
      icon('reoperation', 'aid.reoperation', option, again.weeks, again.p, again.lo, again.hi, reasons),
    );
  }
  const named = namedHarms(id, base);
  const harms =
    named.length === 0
      ? null
      : say(
          'aid.harms-named',
          { option, harms: `@word.nothing+${named.map((h) => `@harm.${h.event}`).join('+,+')}` },
          'moderate',
          named.map((h): Reason => ({ kind: 'evidence', id: h.id, text: 'harm' })),
        );
  return { id, name, surgical: OPTION_BY_ID.get(id)?.surgical ?? false, icons, harms, unknown };
}

function icon(
  outcome: IconArray['outcome'],
  key: string,
  option: string,
  weeks: number,
  p: number,
  lo: number,
  hi: number,
  reasons: readonly Reason[],
  extra: Readonly<Record<string, string>> = {},
): IconArray {
  const n = percent(p);
  const [low, high] = [Math.min(n, percent(lo)), Math.max(n, percent(hi))];
  return {
    outcome,
    of: 100,
    n,
    lo: low,
    hi: high,
    weeks,
    statement: say(
      key,
      {
        option,
        n: traced(n, reasons),
        of: traced(100, reasons),
        lo: traced(low, reasons),
        hi: traced(high, reasons),
        weeks: traced(weeks, reasons),
        ...extra,
      },
      'weak',
      reasons,
    ),
  };
}

/** How many of 100 improve by at least the smallest change that matters, from the forecast's own distribution. */
function betterIcon(course: Course, baseline: Seen<number>, weeks: number): IconArray {
  const at = course.points.find((p) => p.weeks === weeks) ?? course.points[0]!;
  const goal = baseline.value - SMALLEST_CHANGE[course.outcome];
  const p = normal((goal - at.mean) / at.sd);
  // One standard error of the mean course, a quarter of the individual spread, bounds the share.
  const [lo, hi] = [normal((goal - at.mean) / at.sd - 0.5), normal((goal - at.mean) / at.sd + 0.5)];
  return icon(
    'better',
    'aid.better',
    `@option.${course.option}`,
    weeks,
    p,
    lo,
    hi,
    [because(baseline), ...course.reasons],
    { outcome: `@outcome.${course.outcome}` },
  );
}

/** A condition this likely is one that the decision is about. */
const IN_QUESTION = 0.3;

/** A narrow canal: no trial of early against later surgery, but its course without one. */
function noHurry(base: EvidenceBase): readonly Statement[] {
  const { estimate, id } = recordOf('natural-history', 'natural/stenosis-favourable', base);
  const from: Reason = { kind: 'evidence', id, text: 'course without surgery' };
  return [
    say(
      'aid.early-later.stenosis',
      { n: traced(percent(estimate), [from]), of: traced(100, [from]) },
      'moderate',
      [from],
    ),
  ];
}

/** Early or later surgery for sciatica from a herniation, as the trials found it. */
function earlyLater(base: EvidenceBase): readonly Statement[] {
  const fact = (id: string): { readonly value: number; readonly reason: Reason } => ({
    value: recordOf('natural-history', id, base).estimate,
    reason: { kind: 'evidence', id, text: 'Sciatica Trial' },
  });
  const early = fact('natural/sciatica-median-early');
  const later = fact('natural/sciatica-median-conservative');
  const end = fact('natural/sciatica-recovered-1y');
  const operated = fact('natural/sciatica-surgery-1y');
  const of = (r: Reason) => traced(100, [r]);
  const bailey = effectsOf('discectomy', { outcome: 'leg-pain' }, base).find(
    (e) => e.id === 'effect/bailey-leg',
  );
  const late: Reason = { kind: 'evidence', id: 'effect/bailey-leg', text: 'sciatica of 4 to 12 months' };
  return [
    say(
      'aid.early-later.speed',
      { early: traced(early.value, [early.reason]), later: traced(later.value, [later.reason]) },
      'strong',
      [early.reason, later.reason],
    ),
    say(
      'aid.early-later.end',
      { n: traced(percent(end.value), [end.reason]), of: of(end.reason) },
      'strong',
      [end.reason],
    ),
    say(
      'aid.early-later.avoid',
      { n: traced(percent(operated.value), [operated.reason]), of: of(operated.reason) },
      'strong',
      [operated.reason],
    ),
    ...(bailey === undefined
      ? []
      : [
          say(
            'aid.early-later.late',
            {
              effect: traced(Math.abs(bailey.estimate), [late]),
              lo: traced(Math.abs(bailey.interval[1]), [late]),
              hi: traced(Math.abs(bailey.interval[0]), [late]),
            },
            'strong',
            [late],
          ),
        ]),
  ];
}
