import { type EffectRecord, EVIDENCE, type EvidenceBase, effectsOf, parameter } from '@foramen/evidence';
import type { ComparatorClass } from '@foramen/spine';

/** The outcomes whose course is forecast in numbers; pain on 0 to 10, function as ODI 0 to 100. */
export type CourseOutcome = 'leg-pain' | 'back-pain' | 'function';
export type Syndrome = 'radicular' | 'claudicant' | 'axial';

/** One trial effect on our scale: negative is better. */
export interface EffectPoint {
  readonly weeks: number;
  readonly estimate: number;
  readonly lo: number;
  readonly hi: number;
  readonly id: string;
  /** Records by whose ratio an open-label or as-treated effect was brought to size: sham or randomised over open or as-treated. */
  readonly shrunkBy?: readonly string[];
}

/** Effects of one option on one outcome against one class of comparator, by horizon. */
export interface EffectCurve {
  readonly comparator: ComparatorClass;
  readonly points: readonly EffectPoint[];
  /** As-treated or open-label, so confounded: the curve is brought towards no effect, and its interval reaches it. */
  readonly confounded: boolean;
}

/** Like comparators first: what a treatment does beyond a sham or placebo is its own effect; beyond usual care next. */
const CLASS_ORDER: readonly ComparatorClass[] = ['sham-placebo', 'usual-care', 'active'];

const SYNDROME_OF: readonly (readonly [RegExp, Syndrome])[] = [
  [/hernia|sciatica|radic/, 'radicular'],
  [/stenosis|claudic|listhesis/, 'claudicant'],
  [/.*/, 'axial'],
];

function syndromeOf(condition: string): Syndrome {
  return SYNDROME_OF.find(([pattern]) => pattern.test(condition))![1];
}

function outcomeOf(record: EffectRecord): readonly CourseOutcome[] {
  const text = record.outcome.toLowerCase();
  if (text === 'sf36-bodily-pain')
    return syndromeOf(record.condition) === 'axial' ? ['back-pain'] : ['leg-pain', 'back-pain'];
  if (record.scale.higherIs === 'better') return [];
  if (/leg/.test(text)) return ['leg-pain'];
  if (/odi|rmdq|disab|function/.test(text)) return ['function'];
  if (/back/.test(text)) return ['back-pain'];
  if (/pain|nrs|vas/.test(text))
    return syndromeOf(record.condition) === 'axial' ? ['back-pain'] : ['leg-pain', 'back-pain'];
  return [];
}

/** Factor that brings a record's scale to ours, or undefined where there is no honest conversion. */
function factorTo(outcome: CourseOutcome, record: EffectRecord): number | undefined {
  const width = record.scale.max - record.scale.min;
  const ours = outcome === 'function' ? 100 : 10;
  if (outcome === 'function' && width !== 100 && width !== 24) return undefined;
  if (outcome !== 'function' && width !== 10 && width !== 100) return undefined;
  // SF-36 bodily pain runs the other way; its spread is that of a pain scale of the same width.
  return (record.scale.higherIs === 'better' ? -ours : ours) / width;
}

/** How long the pain has lasted, as far as trials tell people apart: acute under 12 weeks, late from 16. */
export type Chronicity = 'acute' | 'chronic' | 'late' | 'unknown';

export function chronicityOf(weeks: number | undefined): Chronicity {
  if (weeks === undefined) return 'unknown';
  return weeks < 12 ? 'acute' : weeks < 16 ? 'chronic' : 'late';
}

/** Whether a trial's people had the pain as long as this person; a population that does not say fits everybody. */
function fitsDuration(population: string, chronicity: Chronicity): boolean {
  if (chronicity === 'unknown') return true;
  const acute = /\bacute\b|under 90 days|6 to 12 weeks/.test(population);
  const chronic = /\bchronic\b/.test(population);
  const late = /4 to 12 months/.test(population);
  if (acute) return chronicity === 'acute';
  if (chronic) return chronicity !== 'acute';
  return !late || chronicity === 'late';
}

/** Whom a curve is for. */
export interface People {
  readonly syndrome: Syndrome;
  readonly chronicity: Chronicity;
  /** One vertebra has slipped on another: trials of stenosis with a degenerative slip were made apart. */
  readonly slip: boolean;
}

type CurveKey = `${string}|${CourseOutcome}|${Syndrome}|${Chronicity}|${boolean}`;
const cache = new WeakMap<EvidenceBase, Map<CurveKey, EffectCurve | null>>();

/**
 * The effect curve of an option for people of one kind: between-arm effects only, one comparator class, that with the
 * least room for bias that has any figure. Null where the base has none.
 */
export function effectCurve(
  option: string,
  outcome: CourseOutcome,
  people: People,
  base: EvidenceBase = EVIDENCE,
): EffectCurve | null {
  let curves = cache.get(base);
  if (curves === undefined) {
    curves = new Map();
    cache.set(base, curves);
  }
  const key: CurveKey = `${option}|${outcome}|${people.syndrome}|${people.chronicity}|${people.slip}`;
  const known = curves.get(key);
  if (known !== undefined) return known;
  const made = makeCurve(option, outcome, people, base);
  curves.set(key, made);
  return made;
}

/** What trials of some people called otherwise, and is this option for them: exercise, begun early for sciatica. */
const OF_THE_SAME: Readonly<Record<string, readonly string[]>> = {
  'education-exercise': ['early-physiotherapy'],
};

function curveOn(
  option: string,
  outcome: CourseOutcome,
  syndrome: Syndrome,
  chronicity: Chronicity,
  base: EvidenceBase,
  classes: readonly ComparatorClass[] = CLASS_ORDER,
): EffectCurve | null {
  const named = OF_THE_SAME[option] ?? [];
  const records = [option, ...named].flatMap((id) =>
    effectsOf(id, { kind: 'between-arm', ownOnly: id !== option }, base),
  );
  const usable = records.filter((r) => outcomeOf(r).includes(outcome) && factorTo(outcome, r) !== undefined);
  const alike = usable.filter(
    (r) => syndromeOf(r.condition) === syndrome && fitsDuration(r.population, chronicity),
  );
  // Where a trial enrolled exactly people with such long pain, it stands alone.
  const exact = alike.filter((r) => chronicity === 'late' && /4 to 12 months/.test(r.population));
  const fitting = exact.length > 0 ? exact : alike;
  for (const comparator of classes) {
    const rows = fitting.filter((r) => r.comparator.class === comparator);
    const trusted = rows.filter(
      (r) => r.analysis !== 'as-treated' && r.analysis !== 'cohort' && r.analysis !== 'per-protocol',
    );
    const chosen = trusted.length > 0 ? trusted : rows;
    if (chosen.length === 0) continue;
    const confounded = trusted.length === 0;
    const brought = confounded ? asTreatedShare(option, syndrome, comparator, base) : { share: 1, ids: [] };
    const { share } = brought;
    const points = chosen.map((r): EffectPoint => {
      const f = factorTo(outcome, r)!;
      const estimate = r.estimate * f * share;
      const ends = [r.interval[0] * f, r.interval[1] * f];
      return {
        weeks: r.horizonWeeks,
        estimate,
        lo: Math.min(...ends, estimate),
        hi: confounded ? Math.max(0, ...ends) : Math.max(...ends, estimate),
        id: r.id,
        ...(brought.ids.length > 0 ? { shrunkBy: brought.ids } : {}),
      };
    });
    return { comparator, confounded, points: pooled(points) };
  }
  return null;
}

/** Operations whose as-treated figures come from the same cohorts as those of another option: SPORT took them in one programme. */
const SAME_PROGRAMME: Readonly<Record<string, string>> = { 'decompression-fusion': 'decompression' };

/**
 * How much of an as-treated effect is believed. Where the randomised arms of the same option were also compared as they
 * were drawn, on the same outcome, what they left of the as-treated effect: SPORT's stenosis trial 7.8 of 12.6, diluted if
 * anything, as people crossed over (67 against 43 % operated). Half where no such pair exists.
 */
function asTreatedShare(
  option: string,
  syndrome: Syndrome,
  comparator: ComparatorClass,
  base: EvidenceBase,
): { readonly share: number; readonly ids: readonly string[] } {
  const rows = effectsOf(SAME_PROGRAMME[option] ?? option, { kind: 'between-arm' }, base).filter(
    (r) => r.comparator.class === comparator && syndromeOf(r.condition) === syndrome,
  );
  for (const treated of rows) {
    if (treated.analysis !== 'as-treated' || treated.estimate === 0) continue;
    const drawn = rows.find((r) => r.analysis === 'intention-to-treat' && r.outcome === treated.outcome);
    if (drawn === undefined) continue;
    const share = Math.min(1, Math.max(0, drawn.estimate / treated.estimate));
    return { share, ids: [drawn.id, treated.id] };
  }
  return { share: parameter('care-as-treated-share', base).value, ids: [] };
}

/**
 * Operations that direct trials found no better than decompression alone: their effect is that of decompression, and
 * figures against non-operative care from other populations must not put them ahead. The records say so.
 */
const NO_DIFFERENCE: Readonly<Record<string, readonly string[]>> = {
  'decompression-fusion': ['effect/nordsten-odi'],
  'mis-tlif': ['effect/nordsten-odi'],
  'interspinous-device': ['harm/felix-reoperation'],
};

/** Whose modifiers an option's effect takes: one that shares the effect of decompression shares what moves it. */
export const sharesEffectOf = (option: string, syndrome: Syndrome): string =>
  syndrome !== 'axial' && option in NO_DIFFERENCE ? 'decompression' : option;

/**
 * Operations that a sham operation matched: the open-label figure is then only how far the interval reaches, and the
 * effect is taken as none until a sham-controlled trial gives one.
 */
const SHAM_NO_DIFFERENCE: Readonly<Record<string, readonly string[]>> = {
  'si-fusion': ['fact/sijf-sham', 'fact/open-label-gap'],
};

/**
 * The curve, with an open-label effect brought to size where a sham-controlled trial of the same option exists on
 * another outcome: it is multiplied by what was left of the open-label effect there (never above one, never below zero).
 */
function makeCurve(
  option: string,
  outcome: CourseOutcome,
  { syndrome, chronicity, slip }: People,
  base: EvidenceBase,
): EffectCurve | null {
  const same = syndrome === 'axial' ? undefined : NO_DIFFERENCE[option];
  const slipped = slip && syndrome === 'claudicant' && (option === 'decompression' || same !== undefined);
  if (slipped || same !== undefined) {
    // SPORT compared decompression with or without fusion for a slip; NORDSTEN found the two alike there.
    const studied = slipped ? 'decompression-fusion' : 'decompression';
    const shared = curveOn(studied, outcome, 'claudicant', chronicity, base);
    const alike = same ?? NO_DIFFERENCE[studied] ?? [];
    return shared === null
      ? null
      : {
          ...shared,
          points: shared.points.map((p) => ({ ...p, shrunkBy: [...(p.shrunkBy ?? []), ...alike] })),
        };
  }
  // Trials of decompression took the claudicant and those with one narrow root alike.
  const enrolled = option === 'decompression' && syndrome === 'radicular' ? 'claudicant' : syndrome;
  const curve = curveOn(option, outcome, enrolled, chronicity, base);
  const matched = SHAM_NO_DIFFERENCE[option];
  if (curve !== null && matched !== undefined && curve.comparator !== 'sham-placebo') {
    const share = parameter('care-as-treated-share', base).value;
    return {
      comparator: curve.comparator,
      confounded: true,
      points: curve.points.map((p) => ({
        ...p,
        estimate: 0,
        lo: Math.min(0, p.lo * share),
        hi: 0,
        shrunkBy: matched,
      })),
    };
  }
  if (curve === null || curve.comparator === 'sham-placebo') return curve;
  for (const other of ['function', 'back-pain', 'leg-pain'] as const) {
    if (other === outcome) continue;
    const sham = curveOn(option, other, syndrome, chronicity, base, ['sham-placebo'])?.points[0];
    const open = curveOn(option, other, syndrome, chronicity, base, ['usual-care'])?.points[0];
    if (sham === undefined || open === undefined || open.estimate >= 0) continue;
    const left = Math.min(1, Math.max(0, sham.estimate / open.estimate));
    return {
      comparator: curve.comparator,
      confounded: true,
      points: curve.points.map((p) => ({
        ...p,
        estimate: p.estimate * left,
        lo: p.lo,
        hi: Math.max(0, p.hi),
        shrunkBy: [sham.id, open.id],
      })),
    };
  }
  return curve;
}

/** Several figures at one horizon: inverse-variance mean, with the wider of the intervals kept as its spread. */
function pooled(points: readonly EffectPoint[]): readonly EffectPoint[] {
  const byWeek = new Map<number, EffectPoint[]>();
  for (const p of points) {
    const list = byWeek.get(p.weeks);
    if (list) list.push(p);
    else byWeek.set(p.weeks, [p]);
  }
  return [...byWeek]
    .map(([weeks, list]): EffectPoint => {
      const weights = list.map((p) => 1 / Math.max(0.01, (p.hi - p.lo) / 3.92) ** 2);
      const total = weights.reduce((a, b) => a + b, 0);
      return {
        weeks,
        estimate: list.reduce((sum, p, i) => sum + (p.estimate * weights[i]!) / total, 0),
        lo: Math.min(...list.map((p) => p.lo)),
        hi: Math.max(...list.map((p) => p.hi)),
        id: list[0]!.id,
        ...(list[0]!.shrunkBy === undefined ? {} : { shrunkBy: list[0]!.shrunkBy }),
      };
    })
    .sort((a, b) => a.weeks - b.weeks);
}

/**
 * The effect at a horizon: before the first measured one as measured there, linear between measured horizons, and
 * beyond the last one fading with a declared half-life while the interval keeps its width.
 */
export function effectAt(curve: EffectCurve, weeks: number, halfLife: number): EffectPoint {
  const first = curve.points[0]!;
  const last = curve.points.at(-1)!;
  if (weeks <= first.weeks) return { ...first, weeks };
  if (weeks >= last.weeks) {
    const fade = 0.5 ** ((weeks - last.weeks) / halfLife);
    const estimate = last.estimate * fade;
    return {
      weeks,
      id: last.id,
      estimate,
      lo: estimate - (last.estimate - last.lo),
      hi: estimate + (last.hi - last.estimate),
    };
  }
  const i = curve.points.findIndex((p) => p.weeks >= weeks);
  const b = curve.points[i]!;
  const a = curve.points[i - 1]!;
  const share = (weeks - a.weeks) / (b.weeks - a.weeks);
  const mix = (x: number, y: number): number => x + share * (y - x);
  return {
    weeks,
    id: share < 0.5 ? a.id : b.id,
    estimate: mix(a.estimate, b.estimate),
    lo: mix(a.lo, b.lo),
    hi: mix(a.hi, b.hi),
  };
}
