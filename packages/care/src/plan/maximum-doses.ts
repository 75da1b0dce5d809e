import { type EvidenceBase, recordsOf } from '@foramen/evidence';
import type { MedicationAdvice, Reason } from '@foramen/spine';
import { because, rule } from '../facts.ts';
import { say, traced } from '../say.ts';
import { doseOf } from './dose.ts';
import { genericNamed, type TakenDrug } from './drug-classes.ts';
import { illLiver } from './unsuited.ts';
import type { PlanView } from './view.ts';

/** Most that may be taken in a day, mg: a record of the evidence base for each drug, and one for weak livers or old age where the label has it. */
const ID = 'parameter/most-a-day-';

/** Current drugs above the most that their label allows in a day, for this person; combinations count where their strengths are known. */
export function aboveMaximum(view: PlanView, base: EvidenceBase): readonly MedicationAdvice[] {
  const total = new Map<string, { perDay: number; readonly reasons: Reason[] }>();
  for (const drug of counted(view)) {
    const dose = doseOf(view, drug);
    if (dose === undefined) continue;
    const at = drug.fact.path.slice(0, drug.fact.path.lastIndexOf('.'));
    const sum = total.get(drug.name) ?? { perDay: 0, reasons: [] };
    sum.perDay += dose.perDay;
    sum.reasons.push(
      ...dose.fields.map(([field, text]): Reason => ({ kind: 'fact', path: `${at}.${field}`, text })),
    );
    total.set(drug.name, sum);
  }
  return [...total].flatMap(([drug, { perDay, reasons }]): MedicationAdvice[] => {
    const limit = limitOf(view, drug, base);
    if (limit === undefined || perDay <= limit.most) return [];
    const because: Reason[] = [...limit.why, limit.record];
    return [
      {
        drug,
        advice: 'avoid',
        taken: true,
        statement: say(
          'medication.too-much',
          { drug, mg: traced(perDay, reasons), limit: traced(limit.most, [limit.record]), why: limit.reason },
          'strong',
          [...reasons, ...because, rule('medication.too-much', 'above the licensed maximum of a day')],
        ),
      },
    ];
  });
}

/** Drugs with a class, and paracetamol, which has none here. */
const counted = (view: PlanView): readonly TakenDrug[] => [
  ...view.drugs,
  ...genericNamed(view.patient, 'paracetamol'),
];

interface Limit {
  readonly most: number;
  readonly record: Reason;
  readonly why: readonly Reason[];
  readonly reason: string;
}

function limitOf(view: PlanView, drug: string, base: EvidenceBase): Limit | undefined {
  const find = (id: string): { readonly most: number; readonly record: Reason } | undefined => {
    const found = recordsOf('parameter', base).find((p) => p.id === `${ID}${id}`);
    return found === undefined
      ? undefined
      : { most: found.value, record: { kind: 'evidence', id: found.id, text: found.design } };
  };
  const liver = illLiver(view);
  const weak = liver === undefined ? undefined : find(`${drug}-liver`);
  if (weak !== undefined && liver !== undefined)
    return { ...weak, why: [because(liver)], reason: '@why.with-liver' };
  const old = view.age !== undefined && view.age.value > 75 ? find(`${drug}-over-75`) : undefined;
  if (old !== undefined && view.age !== undefined)
    return { ...old, why: [because(view.age)], reason: '@why.over-75' };
  const plain = find(drug);
  return plain === undefined ? undefined : { ...plain, why: [], reason: '@word.nothing' };
}
