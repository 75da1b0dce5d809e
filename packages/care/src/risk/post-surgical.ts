import { because as cite, type EvidenceBase, parameter, recordOf } from '@foramen/evidence';
import type { PatientCase, Reason, RiskEstimate, Statement } from '@foramen/spine';
import { because, intakeFact, isWithheld, round, scoreOf } from '../facts.ts';
import { say, traced } from '../say.ts';
import { takesOpioid } from './drugs.ts';

/**
 * Chance of pain that stays after lumbar surgery: pooled rate moved by the factors known here. Factors overlap, so the
 * second counts half and each further one a quarter; prognostic only, never a ground against surgery by itself.
 */
export function chronicPostSurgicalPain(patient: PatientCase, base: EvidenceBase): RiskEstimate {
  const pooled = recordOf('natural-history', 'natural/cpsp-lumbar', base);
  const factors: { readonly ratio: number; readonly reasons: readonly Reason[] }[] = [];
  const modifiable: Statement[] = [];
  const pcs = scoreOf(patient, /^pcs$/);
  if (pcs !== undefined && pcs.value >= 30) {
    const f = recordOf('prognostic', 'prognostic/catastrophizing-cpsp', base);
    factors.push({ ratio: f.estimate, reasons: [because(pcs), cite(f.id, base)] });
    modifiable.push(
      say('risk.modify.catastrophizing', { ratio: traced(f.estimate, [cite(f.id, base)]) }, 'weak', [
        because(pcs),
        cite(f.id, base),
      ]),
    );
  }
  const opioids = takesOpioid(patient);
  if (opioids.length > 0) {
    const f = recordOf('prognostic', 'prognostic/opioids-cpsp', base);
    factors.push({ ratio: f.estimate, reasons: [...opioids.map(because), cite(f.id, base)] });
    modifiable.push(
      say('risk.modify.preoperative-opioids', { ratio: traced(f.estimate, [cite(f.id, base)]) }, 'weak', [
        ...opioids.map(because),
        cite(f.id, base),
      ]),
    );
  }
  const earlier = intakeFact(patient, 'history', 'previousSpineSurgery');
  // An operation dated after now has not happened as it stands; nothing rests on it.
  const relied = earlier?.value.filter((_, i) => !isWithheld(patient, `${earlier.path}[${i}]`)) ?? [];
  if (earlier !== undefined && relied.length > 0) {
    const f = recordOf('prognostic', 'prognostic/halicka-previous-spine-surgery-comi-success', base);
    // Odds of success 0.67 are read as odds of failure 1 / 0.67.
    factors.push({
      ratio: 1 / f.estimate,
      reasons: [{ kind: 'fact', path: earlier.path, text: 'earlier spine surgery' }, cite(f.id, base)],
    });
  }
  const smoking = intakeFact(patient, 'history', 'smoking');
  if (smoking?.value === 'current') {
    const f = recordOf('prognostic', 'prognostic/smoking-recurrence', base);
    modifiable.push(
      say('risk.modify.smoking', { ratio: traced(f.estimate, [cite(f.id, base)]) }, 'moderate', [
        because(smoking),
        cite(f.id, base),
      ]),
    );
  }
  const weights = [1, parameter('lr-damping-second', base).value];
  const further = parameter('lr-damping-third', base).value;
  const log = factors
    .map((f) => Math.log(f.ratio))
    .sort((a, b) => Math.abs(b) - Math.abs(a))
    .reduce((total, x, i) => total + x * (weights[i] ?? further), 0);
  const move = (p: number): number => {
    const odds = (p / (1 - p)) * Math.exp(log);
    return round(odds / (1 + odds));
  };
  const p = move(pooled.estimate);
  const [lo, hi] = pooled.interval ?? [0, 1];
  const reasons: Reason[] = [cite(pooled.id, base), ...factors.flatMap((f) => f.reasons)];
  const assessed =
    pcs !== undefined ||
    opioids.length > 0 ||
    (patient.intake?.medications?.length ?? 0) > 0 ||
    (earlier !== undefined && relied.length === earlier.value.length);
  return {
    risk: 'chronic-post-surgical-pain',
    p,
    interval: [move(Math.max(lo, 0.001)), move(Math.min(hi, 0.999))],
    band: factors.length === 0 ? (assessed ? 'low' : 'unknown') : p >= 0.25 ? 'high' : 'moderate',
    modifiable,
    statement: say(
      'risk.cpsp',
      { p: traced(p, reasons), n: traced(factors.length, reasons) },
      'weak',
      reasons,
    ),
  };
}
