import { EVIDENCE, type EvidenceBase, treatment } from '@foramen/evidence';
import type { Assessment, CarePlan, PatientCase, PlanOption, Reason, Statement } from '@foramen/spine';
import type { JudgementOptions } from '../assess.ts';
import { because, round, rule } from '../facts.ts';
import { baselineOf, courseOf, curveFor, painOutcome } from '../forecast/curves.ts';
import { prognosticShift } from '../forecast/prognosis.ts';
import { ENGLISH } from '../messages/en.ts';
import { term } from '../messages/render.ts';
import { say, traced } from '../say.ts';
import { type Appraised, useReasons } from './appraise.ts';
import { counterfactuals } from './counterfactual.ts';
import { type Decision, decide } from './decide.ts';
import { opioidRisk } from './drug-checks.ts';
import { inflammation } from './inflammation.ts';
import { limitsOf } from './limits.ts';
import { medicationAdvice } from './medications.ts';
import { missStatement } from './miss.ts';
import { forPatient, listed, nextSteps, reassessWeeks } from './next-steps.ts';
import { type Ranked, weightReasons } from './ranking.ts';
import { responderStatement } from './responders.ts';
import { triggers } from './triggers.ts';
import { valueOfInformation } from './value-of-information.ts';
import type { Verdict } from './verdict.ts';

const INFLAMED: ReadonlySet<string> = new Set([
  'nsaid',
  'esi-transforaminal',
  'esi-interlaminar',
  'esi-caudal',
]);
const SPARING: ReadonlySet<string> = new Set([
  'esi-transforaminal',
  'esi-interlaminar',
  'esi-caudal',
  'medial-branch-block',
  'rf-medial-branch',
  'rf-sacroiliac',
  'basivertebral-ablation',
  'scs',
  'pns',
  'restorative-neurostimulation',
  'nsaid',
  'snri',
  'education-exercise',
  'cbt-rehabilitation',
]);

const WEIGHT: readonly Verdict['kind'][] = ['stop', 'missing', 'ask', 'caution'];

/**
 * The care plan for a judged case: eligible options ranked by the patient's own weights, what was ruled out and why,
 * medicines, triggers, when to look again, what is worth asking, and the smallest change that would change the advice.
 * Pure: the same case and assessment give the same bytes. With the triage gate closed nothing is ranked.
 */
export function plan(patient: PatientCase, assessment: Assessment, options: JudgementOptions = {}): CarePlan {
  const base = options.evidence ?? EVIDENCE;
  const d = decide(patient, base, assessment.triage);
  const ranks = new Map((d.ranked ?? []).map((r) => [r.appraised.option.id, r]));
  const keys = forecastKeys(assessment);
  const eligible = d.appraised.filter((a) => a.eligible);
  const shown = d.triage.gate ? [] : eligible;
  const open = shown
    .map((a) => optionOf(d, a, ranks.get(a.option.id), keys, base))
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const limits = limitsOf(patient);
  const voi = valueOfInformation(d, base);
  const medications = medicationAdvice(d.view, d.appraised, base);
  const ruledOut = d.appraised.filter((a) => !a.eligible).map((a) => optionOf(d, a, undefined, keys, base));
  return {
    schema: 'foramen.plan/1',
    patientId: patient.patientId,
    now: patient.now,
    urgency: assessment.triage.urgency,
    next: nextSteps(d, assessment, base, voi, medications),
    options: open,
    ruledOut,
    medications,
    triggers: triggers(d),
    reassessWeeks: d.triage.gate ? null : reassessWeeks(d, base),
    valueOfInformation: voi,
    counterfactuals: counterfactuals(d, base),
    forPatient: forPatient(d, assessment, base, voi, medications),
    limits: [...limits.map((s) => s.text), ...(patient.findings?.limits ?? [])],
    limitStatements: limits,
  };
}

function optionOf(
  d: Decision,
  a: Appraised,
  ranked: Ranked | undefined,
  keys: ReadonlyMap<string, readonly string[]>,
  base: EvidenceBase,
): PlanOption {
  const id = a.option.id;
  const tied = tiedWith(d, ranked);
  // What rules an option out is said before what only speaks against it.
  const verdicts = [...a.verdicts].sort((x, y) => WEIGHT.indexOf(x.kind) - WEIGHT.indexOf(y.kind));
  const statements = [
    ...verdicts.map((v) => verdictStatement(v, id, base)),
    ...(a.eligible ? eligibleStatements(d, a, ranked, base) : []),
  ];
  const first = statements[0] ?? effectStatement(d, a, base);
  return {
    id,
    name: treatment(id, base).name,
    rank: ranked?.rank ?? null,
    score: ranked?.score ?? null,
    ...(tied.length > 0 ? { tied } : {}),
    eligible: a.eligible,
    statements: [first, ...statements.slice(1)],
    steps: a.eligible ? a.option.steps.map((step) => term(ENGLISH, step, 'clinician')) : [],
    forecastKeys: a.eligible ? (keys.get(id) ?? []) : [],
  };
}

/** The other options that share a rank. */
function tiedWith(d: Decision, ranked: Ranked | undefined): readonly string[] {
  if (ranked === undefined) return [];
  return (d.ranked ?? [])
    .filter((r) => r.rank === ranked.rank && r !== ranked)
    .map((r) => r.appraised.option.id);
}

/** Keys `option:outcome` of the forecasts that were made, by option. */
function forecastKeys(assessment: Assessment): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, string[]>();
  for (const f of assessment.forecasts) {
    const list = out.get(f.option);
    if (list) list.push(`${f.option}:${f.outcome}`);
    else out.set(f.option, [`${f.option}:${f.outcome}`]);
  }
  return out;
}

function verdictStatement(v: Verdict, option: string, base: EvidenceBase): Statement {
  const strength = v.kind === 'stop' ? 'strong' : v.kind === 'missing' ? 'insufficient' : 'moderate';
  return say(v.key, v.params ?? {}, strength, [...v.because(), ...useReasons(option, base)]);
}

function eligibleStatements(
  d: Decision,
  a: Appraised,
  ranked: Ranked | undefined,
  base: EvidenceBase,
): readonly Statement[] {
  const { view } = d;
  const id = a.option.id;
  const out: Statement[] = [effectStatement(d, a, base)];
  if (ranked !== undefined && d.weights !== null) {
    const reasons = [
      ...weightReasons(d.weights),
      rule('rule.ranking', "weighted mean of utilities over the patient's own goals"),
      { kind: 'evidence' as const, id: `treatment/${id}`, text: treatment(id, base).name },
    ];
    out.push(
      say(
        'option.rank',
        { rank: traced(ranked.rank, reasons), score: traced(ranked.score, reasons) },
        'moderate',
        reasons,
      ),
    );
    if (ranked.stepped !== undefined) {
      out.push(
        say(
          ranked.stepped.key ?? 'option.stepped',
          { after: `@option.${ranked.stepped.after}` },
          'moderate',
          ranked.stepped.reasons,
        ),
      );
    }
    const tied = tiedWith(d, ranked);
    if (tied.length > 0) out.push(say('option.tied', { options: listed(tied) }, 'moderate', reasons));
  }
  if (/^discectomy/.test(id)) {
    out.push(say('option.early-later', {}, 'moderate', earlyLaterReasons(d)));
  }
  const inflamed = inflammation(view);
  if (INFLAMED.has(id) && inflamed.length > 0) {
    out.push(
      say(
        'option.anti-inflammatory',
        { features: `@word.nothing+${inflamed.map((f) => f.term).join('+,+')}` },
        'weak',
        [
          ...inflamed.flatMap((f) => f.because),
          rule(
            'rule.inflammation',
            'mechanism only: no trial shows a larger effect in people with these features',
          ),
        ],
      ),
    );
  }
  const risk = opioidRisk(view);
  if (risk?.high === true && SPARING.has(id)) {
    out.push(
      say('option.opioid-sparing', {}, 'moderate', [
        because(risk.fact),
        rule(
          'rule.opioid-risk',
          'high opioid risk moves the plan to blocks, neuromodulation and non-opioids',
        ),
      ]),
    );
  }
  const miss = missStatement(view, id);
  if (miss !== undefined) out.push(miss);
  return out;
}

/** The trial evidence that the decision about early or later surgery rests on. */
function earlyLaterReasons(d: Decision): readonly Reason[] {
  return [
    ...(d.view.durationWeeks === undefined ? [] : [because(d.view.durationWeeks)]),
    ...(
      [
        'natural/sciatica-median-early',
        'natural/sciatica-median-conservative',
        'natural/sciatica-recovered-1y',
      ] as const
    ).map((id): Reason => ({ kind: 'evidence', id, text: 'early surgery against prolonged care' })),
    rule(
      'rule.early-later',
      'early surgery buys time, not a better end state; longer duration is prognostic in both arms',
    ),
  ];
}

/** Where time alone leads this person's pain by a year; nothing where its level now is not known. */
function timeAlone(d: Decision, base: EvidenceBase): Statement | undefined {
  const outcome = painOutcome(d.view);
  const now = baselineOf(d.view, outcome);
  if (now === undefined || now.value === 0) return undefined;
  const course = courseOf(d.view, 'waiting', outcome, now, prognosticShift(d.view, outcome, base), base);
  const year = course.points.find((p) => p.weeks === 52)!;
  const traceable = (value: number) => traced(round(value, 1), course.reasons);
  return say(
    'option.waiting',
    {
      outcome: `@outcome.${outcome}`,
      from: traced(now.value, [because(now)]),
      to: traceable(year.mean),
      lo: traceable(year.lo),
      hi: traceable(year.hi),
      unit: '@unit.nrs',
      max: traced(10, [because(now)]),
      weeks: traced(year.weeks, course.reasons),
    },
    'weak',
    course.reasons,
  );
}

function effectStatement(d: Decision, a: Appraised, base: EvidenceBase): Statement {
  const id = a.option.id;
  const alone = id === 'waiting' ? timeAlone(d, base) : undefined;
  if (alone !== undefined) return alone;
  const outcome = painOutcome(d.view);
  const record: Reason = { kind: 'evidence', id: `treatment/${id}`, text: treatment(id, base).name };
  const painCurve = curveFor(d.view, id, outcome, base);
  const curve = painCurve ?? curveFor(d.view, id, 'function', base);
  if (curve === null) {
    const counted = responderStatement(id, [record, ...useReasons(id, base)], base);
    if (counted !== undefined) return counted;
    return say('option.no-effect-figure', { option: `@option.${id}` }, 'insufficient', [
      record,
      ...useReasons(id, base),
      rule('rule.no-figure', 'natural course with a wider interval'),
    ]);
  }
  const onPain = painCurve !== null;
  const at = curve.points[0]!;
  const reasons: Reason[] = [
    ...curve.points
      .flatMap((p) => [p.id, ...(p.shrunkBy ?? [])])
      .map((id): Reason => ({ kind: 'evidence', id, text: 'between-arm effect' })),
    record,
    ...useReasons(id, base),
  ];
  const from = reasons.filter((r) => r.kind === 'evidence' && r.text === 'between-arm effect');
  return say(
    curve.confounded ? 'option.effect-confounded' : 'option.effect',
    {
      option: `@option.${id}`,
      comparator: `@comparator.${curve.comparator}`,
      outcome: onPain ? `@outcome.${outcome}` : '@outcome.function',
      unit: onPain ? '@unit.nrs' : '@unit.odi',
      weeks: traced(at.weeks, from),
      effect: traced(at.estimate, from),
      lo: traced(at.lo, from),
      hi: traced(at.hi, from),
    },
    curve.confounded ? 'weak' : 'moderate',
    reasons,
  );
}
