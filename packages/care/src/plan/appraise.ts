import {
  contraindicationsOf,
  type EvidenceBase,
  guidelineRules,
  onceForBase,
  prerequisitesOf,
  treatment,
} from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import type { Condition } from '../differential/condition.ts';
import { because, rule, type Seen, usableFact } from '../facts.ts';
import { residualSd } from '../forecast/course.ts';
import { curveFor, HORIZONS, painOutcome, peopleLike, slipped } from '../forecast/curves.ts';
import { sharesEffectOf } from '../forecast/effects.ts';
import { harmChance, reoperation, reoperationBy } from '../forecast/harms.ts';
import { modifierFactor } from '../forecast/modifiers.ts';
import { earlierResponse, effectForPerson, SMALLEST_CHANGE } from '../forecast/prior-response.ts';
import { CHECKS, type CheckKey } from './checks.ts';
import { OPTIONS, type OptionDefinition } from './options.ts';
import { pastIllness } from './past-conditions.ts';
import { type Check, type Verdict, verdict } from './verdict.ts';
import type { PlanView } from './view.ts';

/** Conditions of the evidence base's treatments in the terms of the differential. */
const TREATS: Readonly<Record<string, readonly Condition[]>> = {
  herniation: ['herniation'],
  stenosis: ['central-stenosis', 'lateral-recess-stenosis', 'foraminal-stenosis'],
  // Where one root is pressed, a needle can reach it; a canal that is narrow all round has no such target.
  'root-stenosis': ['lateral-recess-stenosis', 'foraminal-stenosis'],
  disc: ['disc'],
  facet: ['facet'],
  sacroiliac: ['sacroiliac'],
  spondylolisthesis: ['spondylolisthesis'],
  'non-specific': ['non-specific', 'disc', 'facet', 'sacroiliac'],
  'post-surgical': [],
};

export interface Appraised {
  readonly option: OptionDefinition;
  readonly eligible: boolean;
  readonly verdicts: readonly Verdict[];
  /** Probability of the conditions this option treats. */
  readonly indication: number;
}

const treated = onceForBase<readonly Condition[]>();

const treatedBy = (option: string, base: EvidenceBase): readonly Condition[] =>
  treated(base, option, () => [
    ...new Set(treatment(option, base).conditions.flatMap((c) => TREATS[c] ?? [])),
  ]);

function indicationOf(view: PlanView, option: OptionDefinition): number {
  let p = 0;
  for (const c of treatedBy(option.id, view.base)) p += view.p[c];
  return p;
}

/** Options that need no symptom to be offered. */
const ALWAYS: ReadonlySet<string> = new Set(['waiting', 'education-exercise']);
/** Trials of this field enrolled adults. */
const ADULT = 18;

/** Without a history, or without symptoms, there is nothing to treat: an image alone treats nobody. */
export function nothingToTreat(view: PlanView): Verdict | undefined {
  const { patient } = view;
  if (patient.intake === null) {
    return verdict('missing', 'no-intake', [], [{ kind: 'fact', path: 'intake', text: 'not given' }]);
  }
  const complaint = (['claudication', 'weaknessReported', 'weaknessProgressive'] as const).some(
    (key) => patient.intake?.symptoms?.[key] === 'yes',
  );
  if (complaint) return undefined;
  const none = painless(view);
  return none === undefined ? undefined : verdict('stop', 'no-symptoms', none);
}

/** What relieves pain and nothing else: where nothing hurts it has nothing to do, whatever else is wrong. */
const RELIEVES_PAIN: ReadonlySet<string> = new Set([
  'nsaid',
  'paracetamol',
  'snri',
  'gabapentinoid',
  'opioid',
  'muscle-relaxant',
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
  'fusion',
  'si-fusion',
]);

/** Options whose own checks say what an earlier course of them means. */
const SPEAKS_OF_ITS_PAST: ReadonlySet<string> = new Set([
  'esi-transforaminal',
  'esi-interlaminar',
  'esi-caudal',
  'medial-branch-block',
  'rf-medial-branch',
]);

/** The facts that say that neither back nor leg hurts, walking included; undefined where something hurts or was not asked. */
function painless(view: PlanView): readonly Seen<unknown>[] | undefined {
  if (view.patient.intake?.symptoms?.claudication === 'yes' || view.legPain?.value === true) return undefined;
  const pain = usableFact(view.patient, 'symptoms', 'pain');
  if (pain?.value === 'none') return [pain];
  const { legNrs, backNrs } = view;
  return legNrs?.value === 0 && backNrs?.value === 0 ? [legNrs, backNrs] : undefined;
}

export const isMinor = (view: PlanView): boolean => view.age !== undefined && view.age.value < ADULT;

/** What concerns every option of a kind: adult evidence below 18, relief of pain where nothing hurts, elective procedures in pregnancy. */
function forThisPerson(view: PlanView, option: OptionDefinition): readonly Verdict[] {
  const out: Verdict[] = [];
  if (isMinor(view) && !ALWAYS.has(option.id)) {
    const conservative = treatment(option.id, view.base).invasiveness === 0 || option.id === 'nsaid';
    out.push(verdict(conservative ? 'ask' : 'stop', 'adults-only', [view.age]));
  }
  const nothingHurts = RELIEVES_PAIN.has(option.id) ? painless(view) : undefined;
  if (nothingHurts !== undefined) out.push(verdict('stop', 'painless', nothingHurts));
  const tried = SPEAKS_OF_ITS_PAST.has(option.id)
    ? undefined
    : view.prior.find((t) => t.option === option.id && (t.outcome === 'same' || t.outcome === 'worse'));
  if (tried !== undefined) out.push(verdict('caution', 'tried-without-gain', [tried.fact]));
  const pregnant = pastIllness(view, 'pregnancy');
  if (pregnant !== undefined && treatment(option.id, view.base).invasiveness >= 3)
    out.push(verdict('ask', 'pregnancy-elective', [pregnant]));
  return out;
}

const KEYS = Object.keys(CHECKS) as readonly CheckKey[];
const CHECK_COUNT = KEYS.length;
const CHECK_LIST: readonly Check[] = KEYS.map((key) => CHECKS[key]);
/** The checks of each option by their place in the list: thousands of simulated answers ask for them. */
const CHECKS_OF: ReadonlyMap<string, readonly number[]> = new Map(
  OPTIONS.map((option) => [option.id, option.checks.map((key) => KEYS.indexOf(key))]),
);

/** Runs every check of every option. Cheap enough to repeat for simulated answers. */
export function appraise(view: PlanView): readonly Appraised[] {
  const common = nothingToTreat(view);
  // Options share many checks; each is made once.
  const made = new Array<Verdict | null | undefined>(CHECK_COUNT);
  const checked = (index: number): Verdict | null => {
    const known = made[index];
    if (known !== undefined) return known;
    const verdict = CHECK_LIST[index]!(view) ?? null;
    made[index] = verdict;
    return verdict;
  };
  return OPTIONS.map((option) => {
    const indication = indicationOf(view, option);
    const verdicts: Verdict[] = [];
    // Without a history advice stands; who feels well needs none of it.
    if (common !== undefined && (common.kind === 'stop' || !ALWAYS.has(option.id))) verdicts.push(common);
    verdicts.push(...forThisPerson(view, option));
    for (const index of CHECKS_OF.get(option.id)!) {
      const v = checked(index);
      if (v !== null) verdicts.push(v);
    }
    if (option.indication > 0 && indication < option.indication) {
      verdicts.unshift({
        kind: 'stop',
        key: 'check.indication.stop',
        because: () => [
          ...topReasons(view),
          rule('check.indication', 'the conditions this option treats are unlikely'),
        ],
      });
    }
    return {
      option,
      verdicts,
      indication,
      eligible: !verdicts.some((v) => v.kind === 'stop' || v.kind === 'missing'),
    };
  });
}

/** The facts behind the leading hypothesis, as far as readings give any. */
function topReasons(view: PlanView): readonly Reason[] {
  const top = view.differential.conditions.reduce((a, b) => (b.p > a.p ? b : a));
  const facts = view.differential.readings
    .filter((r) => r.condition === top.condition)
    .flatMap((r) => r.facts.map(because));
  return [...facts.slice(0, 3), ...view.differential.priors];
}

/** What an option does beyond the natural course, in units that weights can be put on. */
interface Benefit {
  /** Mean improvement over two years, in smallest changes that matter; negative is harm. */
  readonly pain: number;
  readonly function: number;
  /** Improvement of pain at six weeks, same unit. */
  readonly speed: number;
  /** Chance of a harm or of another operation. */
  readonly harm: number;
  /** Chance of another operation within a year, as far as anybody counted. */
  readonly again: number;
  /** Whether a like-for-like trial figure shows any gain at all for a person like this. */
  readonly shown: boolean;
}

const weighed = onceForBase<Benefit>();

/** Weighed once for an option and people of one kind: goals weigh the same benefits anew, and most facts do not touch them. */
export function benefitOf(view: PlanView, option: OptionDefinition): Benefit {
  const { syndrome, chronicity, slip } = peopleLike(view);
  const factor = modifierFactor(view, sharesEffectOf(option.id, syndrome), view.base).factor;
  const response = earlierResponse(view, option.id)?.outcome;
  const key = [option.id, syndrome, chronicity, slip, response, factor].join('|');
  return weighed(view.base, key, () => weighBenefit(view, option, factor));
}

/** Further operations are compared within a year, the first horizon at which anybody counted them. */
const WITHIN_WEEKS = 52;

/** @param modified factor of the effect on function for this person */
function weighBenefit(view: PlanView, option: OptionDefinition, modified: number): Benefit {
  const again = reoperationBy(reoperation(option.id, view.base, slipped(view)), WITHIN_WEEKS)?.p ?? 0;
  const harm = 1 - (1 - harmChance(option.id, view.base).p) * (1 - again);
  if (option.id === 'waiting') return { pain: 0, function: 0, speed: 0, harm, again, shown: false };
  let shown = false;
  const mean = (
    outcome: 'leg-pain' | 'back-pain' | 'function',
  ): { readonly all: number; readonly early: number } => {
    const curve = curveFor(view, option.id, outcome, view.base);
    if (curve === null && view.prior.length === 0) return { all: 0, early: 0 };
    shown ||= curve?.points.some((p) => p.estimate < 0) === true;
    const factor = outcome === 'function' && curve !== null ? modified : 1;
    const sd = residualSd(outcome, view.base).sd;
    const mcid = SMALLEST_CHANGE[outcome];
    let area = 0;
    let early = 0;
    let from = 0;
    for (const weeks of HORIZONS) {
      const own = effectForPerson(view, option.id, outcome, weeks, curve, sd, view.base);
      if (own === undefined) return { all: 0, early: 0 };
      const gain = (-own.effect.estimate * factor) / mcid;
      if (from === 0) early = gain;
      area += gain * (weeks - from);
      from = weeks;
    }
    return { all: area / from, early };
  };
  const pain = mean(painOutcome(view));
  const better = mean('function').all;
  return { pain: pain.all, function: better, speed: pain.early, harm, again, shown };
}

const spoken = onceForBase<readonly Reason[]>();

/** Records of the evidence base that speak about an option's conditions of use. */
export const useReasons = (option: string, base: EvidenceBase): readonly Reason[] =>
  spoken(base, option, () => [
    ...contraindicationsOf(option, base).map((r): Reason => ({ kind: 'evidence', id: r.id, text: r.text })),
    ...prerequisitesOf(option, base).map((r): Reason => ({ kind: 'evidence', id: r.id, text: r.text })),
    ...guidelineRules(option, base).map((r): Reason => ({ kind: 'evidence', id: r.id, text: r.advise })),
  ]);
