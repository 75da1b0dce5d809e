import { EVIDENCE, type EvidenceBase, recordOf } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { rulesOf } from '../differential/differential.ts';
import { shrunkSum } from '../differential/posterior.ts';
import { because, type Seen, scoreOf } from '../facts.ts';
import { spineSurgery } from '../plan/past-conditions.ts';
import { type PlanView, radicular } from '../plan/view.ts';
import { isLate, likeSport } from './course.ts';
import type { CourseOutcome } from './effects.ts';

/**
 * Prognostic shift: moves the course of every option alike (worse whatever is done), in standard deviations of the
 * outcome. Odds ratios become standardised differences by ln(OR) x sqrt(3)/pi (Chinn 2000); correlated factors are
 * shrunk as tests are. Marital status, payer, compensation and race take no part.
 */
export interface PrognosticShift {
  /** Positive is worse. */
  readonly sd: number;
  readonly variance: number;
  readonly reasons: readonly Reason[];
}

interface Factor {
  /** The prognostic record. */
  readonly id: string;
  readonly fact: (view: PlanView) => Seen<unknown> | undefined;
  /** How far this person is one of those it was found in; absent means it was found in people with any back disease. */
  readonly weight?: (view: PlanView, outcome: CourseOutcome) => number;
}

const band = (view: PlanView, wanted: RegExp): Seen<unknown> | undefined => {
  const start = scoreOf(view.patient, /^start/i);
  return start?.band === undefined || !wanted.test(start.band)
    ? undefined
    : { value: start.band, path: start.path.replace(/score$/, 'band') };
};

const FACTORS: readonly Factor[] = [
  { id: 'prognostic/start-high-chronic', fact: (v) => band(v, /high/i) },
  { id: 'prognostic/start-medium-chronic', fact: (v) => band(v, /medium/i) },
  {
    id: 'prognostic/leg-pain-duration-atlas',
    fact: (v) =>
      v.durationWeeks !== undefined && v.durationWeeks.value > 13 && v.legPain?.value === true
        ? v.durationWeeks
        : undefined,
    // Found in sciatica. Where the course itself knows how long it has lasted it is not counted again.
    weight: (v, outcome) =>
      (outcome === 'leg-pain' && isLate(v.durationWeeks)) || (outcome === 'function' && likeSport(v))
        ? 0
        : Math.min(1, radicular(v)),
  },
  {
    id: 'prognostic/halicka-previous-spine-surgery-leg-pain-success',
    fact: spineSurgery,
  },
  {
    id: 'prognostic/catastrophizing-cpsp',
    fact: (v) => {
      const s = scoreOf(v.patient, /^pcs/i);
      return s !== undefined && s.value >= 30 ? s : undefined;
    },
  },
  { id: 'prognostic/opioids-cpsp', fact: (v) => v.drugs.find((d) => d.cls === 'opioid')?.fact },
];

const UNIT = Math.sqrt(3) / Math.PI;
export function prognosticShift(
  view: PlanView,
  outcome: CourseOutcome,
  base: EvidenceBase = EVIDENCE,
): PrognosticShift {
  const parts: { group: string; log: number; error: number }[] = [];
  const reasons: Reason[] = [];
  for (const f of FACTORS) {
    const fact = f.fact(view);
    const weight = f.weight?.(view, outcome) ?? 1;
    if (fact === undefined || weight < 0.02) continue;
    const record = recordOf('prognostic', f.id, base);
    const good = /improvement|success/.test(record.outcome);
    const sign = good ? -1 : 1;
    const lo = Math.max(record.interval[0], 0.05);
    const hi = Math.max(record.interval[1], lo * 1.01);
    parts.push({
      group: 'prognosis',
      log: weight * sign * Math.log(record.estimate) * UNIT,
      error: weight * ((Math.log(hi) - Math.log(lo)) / 3.92) * UNIT,
    });
    reasons.push(because(fact), { kind: 'evidence', id: record.id, text: `${record.factor}, prognostic` });
  }
  const sum = shrunkSum(parts, rulesOf(base));
  return { sd: sum.log, variance: sum.variance, reasons };
}
