import type { Assessment, CarePlan, PatientCase, Statement } from '@foramen/spine';
import { assess } from '../assess.ts';
import { buildCase } from '../case/build-case.ts';
import { plan } from '../plan/plan.ts';
import { URGENCY_ORDER } from '../triage/judged.ts';
import { expandFindings, expandGenome } from './expand.ts';
import type { Assertion, Vignette } from './vignette.ts';

export interface Judgement {
  readonly case: PatientCase;
  readonly assessment: Assessment;
  readonly plan: CarePlan;
}

/** A vignette is judged once, however often it is asked about. */
const judgements = new WeakMap<Vignette, Judgement>();

/** Judges a vignette's case. @throws RangeError when the case cannot be built at all. */
export function judgeVignette(vignette: Vignette): Judgement {
  const known = judgements.get(vignette);
  if (known !== undefined) return known;
  const built = buildCase({
    patientId: vignette.id,
    now: vignette.now,
    intake: vignette.case.intake,
    findings: expandFindings(vignette.case.findings),
    priorFindings: (vignette.case.priorFindings ?? []).flatMap((f) => expandFindings(f) ?? []),
    genome: expandGenome(vignette.case.genome),
  });
  if (!built.ok) throw new RangeError(`${vignette.id}: ${built.problems[0].what}`);
  const assessment = assess(built.value);
  const made = { case: built.value, assessment, plan: plan(built.value, assessment) };
  judgements.set(vignette, made);
  return made;
}

/** The value at a path; `[key=value]` picks the first list element whose key has that value. */
export function valueAtPath(root: unknown, path: string): unknown {
  const steps = path.match(/[^.[\]]+|\[[^\]]*\]/g) ?? [];
  return steps.reduce<unknown>((here, step) => {
    if (typeof here !== 'object' || here === null) return undefined;
    const pick = /^\[([^=]+)=(.*)\]$/.exec(step);
    if (pick !== null) {
      return Array.isArray(here)
        ? here.find((e) => String((e as Record<string, unknown>)[pick[1]!]) === pick[2])
        : undefined;
    }
    return (here as Record<string, unknown>)[step.replace(/^\[|\]$/g, '')];
  }, root);
}

function isStatement(value: unknown): value is Statement {
  const s = value as Partial<Statement> | null;
  return typeof s === 'object' && s !== null && typeof s.key === 'string' && Array.isArray(s.because);
}

/** Every statement of the assessment and the plan. */
export function statementsOf(value: unknown): readonly Statement[] {
  if (isStatement(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(statementsOf);
}

const rank = (u: string): number => URGENCY_ORDER.indexOf(u as (typeof URGENCY_ORDER)[number]);

/** Whether one assertion holds for a judgement. */
export function holds(assertion: Assertion, judged: Judgement): boolean {
  const { triage } = judged.assessment;
  const said = (): readonly Statement[] => statementsOf({ a: judged.assessment, p: judged.plan });
  if ('at' in assertion) return holdsAt(assertion, judged);
  if ('flag' in assertion) {
    const status = triage.flags.find((f) => f.condition === assertion.flag)?.status;
    return status !== undefined && [assertion.status].flat().includes(status);
  }
  if ('urgency' in assertion) return triage.urgency === assertion.urgency;
  if ('atLeast' in assertion) return rank(triage.urgency) >= rank(assertion.atLeast);
  if ('atMost' in assertion) return rank(triage.urgency) <= rank(assertion.atMost);
  if ('gate' in assertion) return triage.gate === assertion.gate;
  if ('asks' in assertion) {
    const ask = triage.flags.find((f) => f.condition === assertion.of)?.ask ?? [];
    return ask.some((q) => new RegExp(assertion.asks, 'i').test(q));
  }
  if ('statement' in assertion) return said().some((s) => new RegExp(assertion.statement).test(s.key));
  if ('text' in assertion) return said().some((s) => new RegExp(assertion.text, 'i').test(s.text));
  if ('problem' in assertion) {
    return judged.case.problems.some((p) => new RegExp(assertion.problem, 'i').test(`${p.where} ${p.what}`));
  }
  if ('context' in assertion) {
    return judged.assessment.context.some(
      (c) =>
        c.finding === assertion.context && (assertion.level === undefined || c.level === assertion.level),
    );
  }
  if ('score' in assertion) {
    const score = judged.case.scores.find((s) => s.instrument === assertion.score);
    if (score === undefined) return false;
    if (assertion.value !== undefined && score.score !== assertion.value) return false;
    return assertion.band === undefined || score.band === assertion.band;
  }
  if ('top' in assertion) {
    const leads = judged.plan.options.filter((o) => o.rank === 1);
    return leads.length > 0 && leads.every((o) => assertion.top.includes(o.id));
  }
  if ('before' in assertion) {
    const [first, second] = assertion.before.map((id) => judged.plan.options.find((o) => o.id === id)?.rank);
    return typeof first === 'number' && (typeof second !== 'number' || first < second);
  }
  return judged.assessment.risks.some((r) => r.risk === assertion.risk && r.band === assertion.band);
}

function holdsAt(a: Extract<Assertion, { at: string }>, judged: Judgement): boolean {
  const value = valueAtPath(judged, a.at);
  if (a.exists !== undefined && (value !== undefined) !== a.exists) return false;
  if ('is' in a && JSON.stringify(value) !== JSON.stringify(a.is)) return false;
  if (a.oneOf !== undefined && !a.oneOf.some((o) => JSON.stringify(o) === JSON.stringify(value)))
    return false;
  if (a.min !== undefined && !(typeof value === 'number' && value >= a.min)) return false;
  if (a.max !== undefined && !(typeof value === 'number' && value <= a.max)) return false;
  if (a.includes !== undefined) {
    const list = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
    return list.some((v) => v.includes(a.includes!));
  }
  return true;
}

/** What a vignette found wrong, one line each; empty when it holds. */
export function failures(vignette: Vignette): readonly string[] {
  const judged = judgeVignette(vignette);
  const shown = (a: Assertion): string => JSON.stringify(a);
  return [
    ...vignette.must.filter((a) => !holds(a, judged)).map((a) => `must ${shown(a)}`),
    ...vignette.mustNot.filter((a) => holds(a, judged)).map((a) => `must not ${shown(a)}`),
  ];
}
