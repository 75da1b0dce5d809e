import { EVIDENCE, type EvidenceBase, predictiveFactors } from '@foramen/evidence';
import type { Reason } from '@foramen/spine';
import { because, type Seen, SIDES, usableFact } from '../facts.ts';
import type { PlanView } from '../plan/view.ts';
import { atLeast } from '../roots/contacts.ts';

interface Modifier {
  /** The predictive record. */
  readonly id: string;
  readonly fact: (view: PlanView) => Seen<unknown> | undefined;
}

const foraminal = (view: PlanView): Seen<unknown> | undefined => {
  const levels = view.patient.findings?.levels ?? [];
  for (const [i, level] of levels.entries()) {
    for (const side of SIDES) {
      if ((atLeast(level.leeForaminal?.[side], 2) ?? 0) >= 0.5) {
        return { value: 'yes', path: `findings.levels[${i}].leeForaminal.${side}` };
      }
    }
  }
  return undefined;
};
const smoker = (view: PlanView): Seen<string> | undefined => usableFact(view.patient, 'history', 'smoking');
const predominance = (view: PlanView, leg: boolean): Seen<unknown> | undefined => {
  const { legNrs, backNrs } = view;
  if (legNrs === undefined || backNrs === undefined || legNrs.value === backNrs.value) return undefined;
  return legNrs.value > backNrs.value === leg ? (leg ? legNrs : backNrs) : undefined;
};

const trend = (view: PlanView, wanted: readonly string[]): Seen<unknown> | undefined => {
  const c = usableFact(view.patient, 'symptoms', 'course');
  return c !== undefined && wanted.includes(c.value) ? c : undefined;
};

/** Modifiers with a published subgroup effect. Marital status is left out: it must never change a recommendation. */
const MODIFIERS: readonly Modifier[] = [
  {
    id: 'predictive/sps-odi-low',
    fact: (v) => (v.odi !== undefined && v.odi.value <= 56 ? v.odi : undefined),
  },
  {
    id: 'predictive/sps-odi-high',
    fact: (v) => (v.odi !== undefined && v.odi.value > 56 ? v.odi : undefined),
  },
  {
    id: 'predictive/sps-nonsmoker',
    fact: (v) => (['never', 'former'].includes(smoker(v)?.value ?? '') ? smoker(v) : undefined),
  },
  { id: 'predictive/sps-smoker', fact: (v) => (smoker(v)?.value === 'current' ? smoker(v) : undefined) },
  { id: 'predictive/sps-foraminal', fact: foraminal },
  { id: 'predictive/sps-leg', fact: (v) => predominance(v, true) },
  { id: 'predictive/sps-back', fact: (v) => predominance(v, false) },
  { id: 'predictive/idh-worse', fact: (v) => trend(v, ['worsening']) },
  { id: 'predictive/idh-stable', fact: (v) => trend(v, ['stable', 'improving']) },
];

/**
 * Factor by which an option's effect on function is multiplied for this patient: shrunk subgroup effect over the
 * overall effect, several modifiers shrunk again (first in full, second at half, rest at a quarter). 1 when none is known.
 */
export function modifierFactor(
  view: PlanView,
  option: string,
  base: EvidenceBase = EVIDENCE,
): { readonly factor: number; readonly reasons: readonly Reason[] } {
  const records = predictiveFactors(option, base);
  const found: { log: number; reasons: Reason[] }[] = [];
  const used = new Set<string>();
  for (const m of MODIFIERS) {
    const record = records.find((r) => r.id === m.id);
    if (record === undefined || used.has(record.modifier) || record.overall === 0) continue;
    const fact = m.fact(view);
    if (fact === undefined) continue;
    const ratio = record.shrunk / record.overall;
    if (ratio <= 0) continue;
    used.add(record.modifier);
    found.push({
      log: Math.log(ratio),
      reasons: [
        because(fact),
        { kind: 'evidence', id: record.id, text: `${record.modifier}, shrunk post-hoc modifier` },
      ],
    });
  }
  found.sort((a, b) => Math.abs(b.log) - Math.abs(a.log));
  const log = found.reduce((sum, f, i) => sum + f.log * (i === 0 ? 1 : i === 1 ? 0.5 : 0.25), 0);
  return { factor: Math.exp(log), reasons: found.flatMap((f) => f.reasons) };
}
