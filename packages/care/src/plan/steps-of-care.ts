import { parameter, treatment } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { because, intakeFact, rule } from '../facts.ts';
import type { Appraised } from './appraise.ts';
import { progressiveDeficit } from './clinical-checks.ts';
import { noRoomFor } from './miss.ts';
import type { PlanView } from './view.ts';

/** `later` may not stand before `after`, whatever the score: guidelines put `after` first for such a person. */
export interface StepOfCare {
  readonly later: string;
  readonly after: string;
  /** Said instead of the usual words about steps. */
  readonly key?: 'option.no-room';
  readonly reasons: readonly Reason[];
}

/** Pain of 4 of 10 and more is at least moderate; disability above 20 of 100 at least moderate. */
const MODERATE_NRS = 4;
const MODERATE_ODI = 20;
/** From here on pain is chronic and the natural course has mostly been run through. */
const PERSISTENT_WEEKS = 12;
/** Drugs that guidelines name only after care without drugs. */
const LATER_DRUGS: readonly string[] = ['muscle-relaxant', 'opioid', 'snri'];
const ACTIVE: readonly string[] = ['education-exercise', 'cbt-rehabilitation'];

/** Operations through a tube or a scope, and the open one for the same disease. */
const THROUGH_A_TUBE: readonly (readonly [string, string])[] = [
  ['discectomy-endoscopic', 'discectomy-open'],
  ['discectomy-tubular', 'discectomy-open'],
  ['mis-tlif', 'decompression-fusion'],
];

const guideline = (id: string, text: string): Reason => ({ kind: 'evidence', id: `guideline/${id}`, text });

/** Facts that say that pain lasts, matters and does not get better by itself; none when any part is not known. */
function persistsAndDisables(view: PlanView): readonly Reason[] {
  const weeks = view.durationWeeks;
  const course = intakeFact(view.patient, 'symptoms', 'course');
  if (weeks === undefined || weeks.value < PERSISTENT_WEEKS || course?.value === 'improving') return [];
  const burden =
    [view.legNrs, view.backNrs].find((n) => n !== undefined && n.value >= MODERATE_NRS) ??
    (view.odi !== undefined && view.odi.value > MODERATE_ODI ? view.odi : undefined);
  if (burden === undefined) return [];
  return [because(weeks), because(burden), ...(course === undefined ? [] : [because(course)])];
}

/**
 * Stepped care, as pairs: in the first weeks, without a growing or severe deficit, nothing
 * invasive before first-line care that has not failed; a drug that
 * guidelines name later not before care without drugs; of a treatment that failed not another round before the next step;
 * and bare waiting not before active care when pain lasts and disables.
 * Sources: NICE NG59 (N4, N6, N10), ACP 2017. Options that this person may not have take no part.
 */
export function stepsOfCare(view: PlanView, appraised: readonly Appraised[]): readonly StepOfCare[] {
  const eligible = appraised.filter((a) => a.eligible).map((a) => a.option.id);
  const open = new Set(eligible);
  const failed = (id: string): boolean =>
    view.prior.some((t) => t.option === id && (t.outcome === 'same' || t.outcome === 'worse'));
  const out: StepOfCare[] = [];
  const weeks = view.durationWeeks;
  const early =
    weeks !== undefined &&
    progressiveDeficit(view) === undefined &&
    weeks.value < parameter('care-conservative-weeks', view.base).value;
  if (early) {
    const reasons = [
      because(weeks),
      {
        kind: 'evidence' as const,
        id: 'parameter/care-conservative-weeks',
        text: 'weeks of care that come first',
      },
      guideline('nice-n4-exercise', 'first-line care'),
    ];
    const first = ['education-exercise', 'nsaid'].filter((id) => open.has(id) && !failed(id));
    for (const id of eligible) {
      if (treatment(id, view.base).invasiveness < 2) continue;
      for (const after of first) out.push({ later: id, after, reasons });
    }
  }
  if (open.has('education-exercise') && !failed('education-exercise')) {
    const acute = weeks !== undefined && weeks.value < PERSISTENT_WEEKS;
    const reasons = [
      ...(weeks === undefined ? [] : [because(weeks)]),
      acute
        ? guideline('acp-acute', 'care without drugs first')
        : guideline('acp-chronic', 'care without drugs first'),
    ];
    for (const id of view.age !== undefined && view.age.value < 18 ? [...LATER_DRUGS, 'nsaid'] : LATER_DRUGS)
      if (open.has(id)) out.push({ later: id, after: 'education-exercise', reasons });
  }
  for (const [narrow, wide] of THROUGH_A_TUBE) {
    const reasons = open.has(narrow) && open.has(wide) ? noRoomFor(view, narrow) : [];
    if (reasons.length > 0) out.push({ later: narrow, after: wide, key: 'option.no-room', reasons });
  }
  const persists = persistsAndDisables(view);
  const active = ACTIVE.filter((id) => open.has(id));
  const fresh = active.filter((id) => !failed(id));
  if (open.has('cbt-rehabilitation') && !failed('cbt-rehabilitation') && failed('education-exercise')) {
    out.push({
      later: 'education-exercise',
      after: 'cbt-rehabilitation',
      reasons: [
        because(view.prior.find((t) => t.option === 'education-exercise')!.fact),
        guideline('nice-n4-psychological', 'combined care after failed earlier treatment'),
      ],
    });
  }
  const [before] = fresh.length > 0 ? fresh : active;
  if (persists.length > 0 && before !== undefined && open.has('waiting')) {
    out.push({
      later: 'waiting',
      after: before,
      reasons: [
        ...persists,
        guideline('nice-n4-exercise', 'active care'),
        {
          kind: 'evidence',
          id: 'natural/non-specific-12-to-52-weeks-52',
          text: 'little changes with time alone',
        },
        rule('rule.waiting-when-persistent', 'pain that lasts and disables is not left to time alone'),
      ],
    });
  }
  return out;
}

/** Moves what stands too early to just behind what comes first; everything else keeps its order. */
export function inSteps<T extends { readonly id: string }>(
  ordered: readonly T[],
  steps: readonly StepOfCare[],
): readonly (T & { readonly stepped?: StepOfCare })[] {
  const list: (T & { stepped?: StepOfCare })[] = ordered.map((o) => ({ ...o }));
  // Each pass settles at least one pair; pairs form no circle, so as many passes as pairs are enough.
  for (let pass = 0; pass <= steps.length; pass++) {
    let moved = false;
    for (const step of steps) {
      const from = list.findIndex((o) => o.id === step.later);
      const to = list.findIndex((o) => o.id === step.after);
      if (from < 0 || to < 0 || from > to) continue;
      const [taken] = list.splice(from, 1);
      list.splice(to, 0, { ...taken!, stepped: step });
      moved = true;
    }
    if (!moved) break;
  }
  return list;
}
