import type { EvidenceBase } from '@foramen/evidence';
import type { Counterfactual, PatientCase } from '@foramen/spine';
import { contradictions } from '../case/contradictions.ts';
import { rule, textOf, valueAt, withValue } from '../facts.ts';
import { say } from '../say.ts';
import { adviceAfter, adviceWithGoals, type Decision } from './decide.ts';

/** One fact that could have been otherwise. */
interface Change {
  readonly path: string;
  readonly value: unknown;
  /** Of a number the last one on the way there that is tried before, or what is known. */
  readonly past: number | null;
  /** No change of this fact up to `value` that alters the advice can be smaller than this, 0 to 1. */
  readonly least: number;
  readonly triage: boolean;
}

/** Triage is made again when a symptom is turned, but for how bad the pain is: no flag hangs on that. */
const readByTriage = (path: string): boolean =>
  path.startsWith('intake.symptoms.') && !path.endsWith('PainNrs');
/** How big another answer is counted, against a number's share of its range; a new danger sign is the biggest change of all. */
const OTHER_ANSWER = 0.3;
const OTHER_DANGER = 1;

/** Numbers tried above and below what is known, by field: value range and the steps worth trying. */
const NUMBERS: readonly (readonly [string, number, readonly number[]])[] = [
  ['intake.symptoms.durationWeeks', 104, [2, 5, 6, 12, 13, 25, 27]],
  ['intake.symptoms.legPainNrs', 10, [0, 3, 4, 6, 7]],
  ['intake.symptoms.backPainNrs', 10, [0, 4, 5, 8]],
  ['intake.history.egfr', 100, [25, 45]],
  ['intake.goals.weights.avoidSurgery', 10, [0, 3, 5, 8, 10]],
  ['intake.goals.weights.painRelief', 10, [0, 3, 5, 8, 10]],
  ['intake.goals.weights.speed', 10, [0, 5, 10]],
  ['intake.goals.weights.lowRisk', 10, [0, 5, 10]],
  ['intake.goals.weights.function', 10, [0, 5, 10]],
  ['intake.goals.weights.work', 10, [0, 5, 10]],
  ['intake.goals.weights.avoidOpioids', 10, [0, 5, 10]],
  ['intake.goals.weights.lowCost', 10, [0, 5, 10]],
];

/** Answers tried the other way round; `true` marks a danger sign. */
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
    for (const direction of [-1, 1]) {
      // From one value to the next outwards: what lies nearer than the one before has been tried with it.
      let passed = now;
      for (const value of values
        .filter((v) => (v - now) * direction > 0)
        .sort((a, b) => (a - b) * direction)) {
        out.push({
          path,
          value,
          past: passed,
          least: Math.min(Math.abs(value - now), Math.abs(passed - now) + 1) / range,
          triage: readByTriage(path),
        });
        passed = value;
      }
    }
  }
  for (const [path, values, danger] of ANSWERS) {
    const now = valueAt(patient, path);
    if (typeof now !== 'string' || now === 'unknown') continue;
    for (const value of values) {
      if (value === now) continue;
      const triage = readByTriage(path);
      out.push({ path, value, past: null, least: danger ? OTHER_DANGER : OTHER_ANSWER, triage });
    }
  }
  return out.sort((a, b) => a.least - b.least || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The whole number nearest to `near`, which leaves the advice as it is, that changes it, halving the way from `far`, which does. */
function nearest(near: number, far: number, changesAdvice: (value: number) => boolean): number {
  let [same, other] = [near, far];
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

interface Found {
  readonly path: string;
  readonly value: unknown;
  readonly size: number;
  readonly advice: string;
}

const RANGE = new Map(NUMBERS.map(([path, range]) => [path, range]));

/**
 * The smallest single changes that would change the advice, at most `most`, one a fact, smallest first: a number's change is its share of
 * the range, another answer counts as a third, a danger sign as the whole. The search ends where nothing untried could be smaller than what it has.
 */
export function counterfactuals(d: Decision, base: EvidenceBase, most = 2): readonly Counterfactual[] {
  const { patient } = d.view;
  if (patient.intake === null) return [];
  const found: Found[] = [];
  const contrary = contradictions(patient.intake).length;
  // An answer that another one contradicts is not one fact changed: it would be withheld, and the other asked again.
  const fits = (other: PatientCase): boolean =>
    other.intake === null || contradictions(other.intake).length <= contrary;
  for (const change of changes(patient)) {
    if (found.length >= most && change.least >= found[most - 1]!.size) break;
    if (found.some((f) => f.path === change.path && f.size <= change.least)) continue;
    const tried = new Map<unknown, string>();
    const adviceAt = (value: unknown): string => {
      const known = tried.get(value) ?? adviceWith(value);
      tried.set(value, known);
      return known;
    };
    const adviceWith = (value: unknown): string => {
      const other = withValue(patient, change.path, value);
      if (!fits(other)) return d.advice;
      return change.path.startsWith('intake.goals.')
        ? adviceWithGoals(d, other, base)
        : adviceAfter(d, other, base, change.triage);
    };
    if (adviceAt(change.value) === d.advice) continue;
    const now = valueAt(patient, change.path);
    const value =
      change.past !== null && typeof change.value === 'number'
        ? nearest(change.past, change.value, (v) => adviceAt(v) !== d.advice)
        : change.value;
    const size =
      typeof now === 'number' && typeof value === 'number'
        ? Math.abs(value - now) / (RANGE.get(change.path) ?? 1)
        : change.least;
    const had = found.findIndex((f) => f.path === change.path);
    if (had >= 0 && found[had]!.size <= size) continue;
    if (had >= 0) found.splice(had, 1);
    found.push({ path: change.path, value, size, advice: adviceAt(value) });
    found.sort((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1));
  }
  return found.slice(0, most).map(({ path, value, advice }) => {
    const now = valueAt(patient, path);
    const name = path.slice(path.lastIndexOf('.') + 1);
    const then = adviceTerm(advice);
    return {
      change: `${path}: ${textOf(now)} -> ${textOf(value)}`,
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
        [{ kind: 'fact', path, text: `${name}: ${textOf(now)}` }, RULE],
      ),
    };
  });
}

function adviceTerm(advice: string): string {
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
