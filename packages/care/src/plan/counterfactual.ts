import type { EvidenceBase } from '@foramen/evidence';
import type { Counterfactual, PatientCase } from '@foramen/spine';
import { rule, textOf, valueAt, withValue } from '../facts.ts';
import { say } from '../say.ts';
import { type Decision, decide } from './decide.ts';

/** One fact that could have been otherwise; `size` is how big a change it is, 0 to 1. */
interface Change {
  readonly path: string;
  readonly value: unknown;
  readonly size: number;
  readonly triage: boolean;
}

/** Numbers tried above and below what is known, by field: value range and the steps worth trying. */
const NUMBERS: readonly (readonly [string, number, readonly number[]])[] = [
  ['intake.symptoms.durationWeeks', 104, [2, 5, 6, 8, 12, 13, 26, 30]],
  ['intake.symptoms.legPainNrs', 10, [0, 3, 4, 6, 8]],
  ['intake.symptoms.backPainNrs', 10, [2, 4, 5, 7, 9]],
  ['intake.history.egfr', 100, [25, 45]],
  ['intake.goals.weights.avoidSurgery', 10, [0, 3, 5, 8, 10]],
  ['intake.goals.weights.painRelief', 10, [0, 3, 5, 8, 10]],
  ['intake.goals.weights.speed', 10, [0, 5, 10]],
  ['intake.goals.weights.lowRisk', 10, [0, 5, 10]],
  ['intake.goals.weights.function', 10, [0, 5, 10]],
];

/** Answers tried the other way round. */
const ANSWERS: readonly (readonly [string, readonly string[], boolean])[] = [
  ['intake.symptoms.weaknessProgressive', ['yes', 'no'], true],
  ['intake.symptoms.saddleNumbness', ['yes', 'no'], true],
  ['intake.symptoms.claudication', ['yes', 'no'], false],
  ['intake.symptoms.legPainSide', ['left', 'right'], false],
  ['intake.symptoms.course', ['improving', 'worsening'], false],
  ['intake.history.ulcerOrGiBleed', ['yes', 'no'], false],
  ['intake.history.smoking', ['never', 'current'], false],
];

function changes(patient: PatientCase): readonly Change[] {
  const out: Change[] = [];
  for (const [path, range, values] of NUMBERS) {
    const now = valueAt(patient, path);
    if (typeof now !== 'number') continue;
    for (const value of values) {
      if (value !== now) out.push({ path, value, size: Math.abs(value - now) / range, triage: false });
    }
  }
  for (const [path, values, triage] of ANSWERS) {
    const now = valueAt(patient, path);
    if (typeof now !== 'string' || now === 'unknown') continue;
    for (const value of values) {
      if (value !== now) out.push({ path, value, size: 0.3, triage });
    }
  }
  return out.sort((a, b) => a.size - b.size || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The whole number nearest to `now` that still changes the advice, halving the way from `far`, which does. */
function nearest(now: number, far: number, changesAdvice: (value: number) => boolean): number {
  let [same, other] = [now, far];
  while (Math.abs(other - same) > 1) {
    const middle = Math.round((same + other) / 2);
    if (middle === other || middle === same) break;
    if (changesAdvice(middle)) other = middle;
    else same = middle;
  }
  return other;
}

const RULE = rule(
  'rule.counterfactual',
  'smallest single change of a known fact, by search, after which the advice differs',
);

/** The smallest single changes that would change the advice, at most `most`, one a fact. */
export function counterfactuals(d: Decision, base: EvidenceBase, most = 2): readonly Counterfactual[] {
  const { patient } = d.view;
  if (patient.intake === null) return [];
  const out: Counterfactual[] = [];
  const seen = new Set<string>();
  for (const change of changes(patient)) {
    if (out.length >= most) break;
    if (seen.has(change.path)) continue;
    const adviceAt = (value: unknown): string =>
      decide(withValue(patient, change.path, value), base, change.triage ? undefined : d.triage, d.view)
        .advice;
    if (adviceAt(change.value) === d.advice) continue;
    seen.add(change.path);
    const now = valueAt(patient, change.path);
    const value =
      typeof now === 'number' && typeof change.value === 'number'
        ? nearest(now, change.value, (v) => adviceAt(v) !== d.advice)
        : change.value;
    const advice = adviceAt(value);
    const name = change.path.slice(change.path.lastIndexOf('.') + 1);
    const then = adviceTerm(advice);
    out.push({
      change: `${change.path}: ${textOf(now)} -> ${textOf(value)}`,
      // biome-ignore lint/suspicious/noThenProperty: the name of the field in the plan
      then: advice,
      statement: say(
        'counterfactual.change',
        {
          what: `@fact.${name}`,
          value:
            typeof value === 'number' ? { value, from: ['rule.counterfactual'] } : `@answer.${String(value)}`,
          then,
        },
        'weak',
        [{ kind: 'fact', path: change.path, text: `${name}: ${textOf(now)}` }, RULE],
      ),
    });
  }
  return out;
}

export function adviceTerm(advice: string): string {
  if (advice.startsWith('gate:')) return '@advice.triage-first';
  if (advice === 'conservative' || advice === 'none') return '@advice.conservative';
  if (advice.startsWith('open:')) {
    const ids = advice.slice(5).split('+');
    return `@advice.open+${ids
      .slice(0, 3)
      .map((id) => `@option.${id}`)
      .join('+,+')}`;
  }
  return `@word.nothing+${advice
    .split('+')
    .map((id) => `@option.${id}`)
    .join('+,+')}`;
}
