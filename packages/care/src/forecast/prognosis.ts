import { EVIDENCE, type EvidenceBase, recordsOf } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { rulesOf } from '../differential/differential.ts';
import { shrunkSum } from '../differential/posterior.ts';
import { because, intakeFact, type Seen, scoreOf } from '../facts.ts';
import type { PlanView } from '../plan/view.ts';

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
  readonly factor: string;
  readonly pattern: RegExp;
  readonly fact: (view: PlanView) => Seen<unknown> | undefined;
}

const KEPT_OUT = /compensation|litigation|marital|married|payer|insur|race|ethnic|postcode/i;

const band = (view: PlanView, wanted: string): Seen<unknown> | undefined => {
  const i = view.patient.scores.findIndex((s) => /start/i.test(s.instrument) && s.band === wanted);
  return i < 0 ? undefined : { value: wanted, path: `scores[${i}].band` };
};

const FACTORS: readonly Factor[] = [
  { factor: 'start-high', pattern: /start.*high/i, fact: (v) => band(v, 'high') },
  { factor: 'start-medium', pattern: /start.*medium/i, fact: (v) => band(v, 'medium') },
  {
    factor: 'duration',
    pattern: /leg.?pain.*(3.?mo|over.?3|duration)|duration/i,
    fact: (v) =>
      v.durationWeeks !== undefined && v.durationWeeks.value > 13 && v.legPain?.value === true
        ? v.durationWeeks
        : undefined,
  },
  {
    factor: 'smoking',
    pattern: /smok/i,
    fact: (v) => {
      const s = intakeFact(v.patient, 'history', 'smoking');
      return s?.value === 'current' ? s : undefined;
    },
  },
  {
    factor: 'depression',
    pattern: /depress/i,
    fact: (v) => {
      const phq = scoreOf(v.patient, /^phq-?9/i);
      if (phq !== undefined) return phq.value >= 10 ? phq : undefined;
      const d = v.patient.intake?.history?.psychiatric?.depression;
      return d === 'yes' ? { value: d, path: 'intake.history.psychiatric.depression' } : undefined;
    },
  },
  {
    factor: 'catastrophising',
    pattern: /catastroph/i,
    fact: (v) => {
      const s = scoreOf(v.patient, /^pcs/i);
      return s !== undefined && s.value >= 30 ? s : undefined;
    },
  },
  {
    factor: 'opioids',
    pattern: /opioid/i,
    fact: (v) => v.drugs.find((d) => d.cls === 'opioid')?.fact,
  },
  {
    factor: 'previous-surgery',
    pattern: /previous.*surg|previous.*spine|prior.*surg/i,
    fact: (v) =>
      (v.patient.intake?.history?.previousSpineSurgery?.length ?? 0) > 0
        ? { value: 'yes', path: 'intake.history.previousSpineSurgery[0].procedure' }
        : undefined,
  },
];

const UNIT = Math.sqrt(3) / Math.PI;
/** Outcomes that speak of pain, disability or recovery; recurrence, infection and the like are other questions. */
const COURSE = /pain|disab|improve|recover|unsatisf|outcome|chronic|odi|comi|function|pro/i;

export function prognosticShift(view: PlanView, base: EvidenceBase = EVIDENCE): PrognosticShift {
  const records = recordsOf('prognostic', base).filter(
    (r) => !KEPT_OUT.test(r.factor) && COURSE.test(r.outcome),
  );
  const parts: { group: string; log: number; error: number }[] = [];
  const reasons: Reason[] = [];
  for (const f of FACTORS) {
    const fact = f.fact(view);
    if (fact === undefined) continue;
    const record = records.find(
      (r) =>
        f.pattern.test(r.factor) && (r.kind === 'OR' || r.kind === 'RR' || r.kind === 'HR') && r.estimate > 0,
    );
    if (record === undefined) continue;
    const good =
      /improve|success|recover|satisfact/i.test(record.outcome) && !/unsatisf/i.test(record.outcome);
    const sign = good ? -1 : 1;
    const lo = Math.max(record.interval[0], 0.05);
    const hi = Math.max(record.interval[1], lo * 1.01);
    parts.push({
      group: 'prognosis',
      log: sign * Math.log(record.estimate) * UNIT,
      error: ((Math.log(hi) - Math.log(lo)) / 3.92) * UNIT,
    });
    reasons.push(because(fact), { kind: 'evidence', id: record.id, text: `${record.factor}, prognostic` });
  }
  const sum = shrunkSum(parts, rulesOf(base));
  return { sd: sum.log, variance: sum.variance, reasons };
}
