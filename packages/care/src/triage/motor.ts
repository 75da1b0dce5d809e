import type { PatientCase, Reason } from '@foramen/spine';
import { because, intakeFact, round, type Seen } from '../facts.ts';
import { affirmed, hitReason, type TriageInput } from './signs.ts';

/** Muscles weaker than normal (MRC below 5), by side. */
export interface MotorFindings {
  readonly left: readonly Seen<number>[];
  readonly right: readonly Seen<number>[];
  readonly all: readonly Seen<number>[];
  readonly weakest: Seen<number> | undefined;
  readonly examined: readonly Seen<number>[];
}

export function motorFindings(patient: PatientCase): MotorFindings {
  const exam = patient.intake?.examination;
  const read = (key: 'motorLeft' | 'motorRight'): Seen<number>[] =>
    Object.entries(exam?.[key] ?? {})
      .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([muscle, power]) => ({ value: round(power, 2), path: `intake.examination.${key}.${muscle}` }));
  const [left, right] = [read('motorLeft'), read('motorRight')];
  const weak = (list: readonly Seen<number>[]): Seen<number>[] => list.filter((m) => m.value < 5);
  const all = [...weak(left), ...weak(right)];
  const weakest = all.reduce<Seen<number> | undefined>(
    (least, m) => (least === undefined || m.value < least.value ? m : least),
    undefined,
  );
  return { left: weak(left), right: weak(right), all, weakest, examined: [...left, ...right] };
}

/** Any weakness: measured, ticked or told. It turns a suspected fracture or infection into an emergency. */
export function anyWeakness(input: TriageInput): readonly Reason[] {
  const reported = intakeFact(input.patient, 'symptoms', 'weaknessReported');
  return [
    ...motorFindings(input.patient).all.map(because),
    ...(reported?.value === 'yes' ? [because(reported)] : []),
    ...affirmed(input, 'weakness').map(hitReason),
  ];
}
