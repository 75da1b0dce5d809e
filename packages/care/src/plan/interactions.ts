import type { MedicationAdvice, Reason } from '@foramen/spine';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { say } from '../say.ts';
import { taken } from './drug-checks.ts';
import { allergyTo, type TakenDrug } from './drug-classes.ts';
import type { PlanView } from './view.ts';

/** Opioids that also raise serotonin (labels; FDA safety communication 2016). */
const SEROTONERGIC_OPIOIDS: ReadonlySet<string> = new Set([
  'tramadol',
  'pethidine',
  'methadone',
  'fentanyl',
  'tapentadol',
]);
/** Opioids that CYP2D6 turns into their active form, and current drugs that block it (CPIC opioid guideline 2021). */
const CYP2D6_OPIOIDS: ReadonlySet<string> = new Set([
  'codeine',
  'co-codamol',
  'tramadol',
  'hydrocodone',
  'dihydrocodeine',
]);
const CYP2D6_BLOCKERS: ReadonlySet<string> = new Set(['fluoxetine', 'paroxetine', 'duloxetine']);

const advice = (
  drug: string,
  kind: MedicationAdvice['advice'],
  key: string,
  params: Readonly<Record<string, string>>,
  strength: 'strong' | 'moderate',
  facts: readonly Seen<unknown>[],
  id: string,
  text: string,
  more: readonly Reason[] = [],
): MedicationAdvice => ({
  drug,
  advice: kind,
  statement: say(`medication.${key}`, params, strength, [
    ...facts.map(because),
    ...more,
    rule(`medication.${id}`, text),
  ]),
});

/** What makes a current anti-inflammatory drug unsafe for this person: [why, fact], the gravest first. */
function againstNsaid(view: PlanView): readonly (readonly [string, Seen<unknown>])[] {
  const { patient } = view;
  const out: (readonly [string, Seen<unknown>])[] = [];
  const yes = (key: 'ulcerOrGiBleed' | 'heartFailure' | 'pregnancy', why: string): void => {
    const fact = intakeFact(patient, 'history', key);
    if (fact?.value === 'yes') out.push([why, fact]);
  };
  const allergy = allergyTo(patient, 'nsaid', /nsaid|aspirin/);
  if (allergy !== undefined) out.push(['@why.allergy', allergy]);
  yes('ulcerOrGiBleed', '@why.ulcer');
  const renal = intakeFact(patient, 'history', 'egfr');
  if (renal !== undefined && renal.value < 30) out.push(['@why.kidney', renal]);
  yes('heartFailure', '@why.heart');
  yes('pregnancy', '@why.pregnancy');
  const thinner = taken(view, 'anticoagulant');
  if (thinner !== undefined) out.push(['@why.anticoagulant', thinner.fact]);
  return out;
}

/** Current drugs that are unsafe together, or for this person, whatever the plan offers next. */
export function interactions(view: PlanView): readonly MedicationAdvice[] {
  const out: MedicationAdvice[] = [];
  const { drugs } = view;
  const opioids = drugs.filter((d) => d.cls === 'opioid');
  const boosters = drugs.filter((d) => d.cls === 'serotonergic' || d.cls === 'maoi');
  const pair = (a: TakenDrug, b: TakenDrug): readonly Seen<unknown>[] => [a.fact, b.fact];

  for (const opioid of opioids) {
    for (const other of boosters) {
      if (SEROTONERGIC_OPIOIDS.has(opioid.name)) {
        out.push(
          advice(
            opioid.name,
            other.cls === 'maoi' ? 'avoid' : 'review',
            'serotonin',
            { opioid: opioid.name, drug: other.name },
            'strong',
            pair(opioid, other),
            'serotonin',
            'both raise serotonin: serotonin syndrome and seizures; a monoamine oxidase inhibitor is contraindicated',
          ),
        );
      }
      if (CYP2D6_OPIOIDS.has(opioid.name) && CYP2D6_BLOCKERS.has(other.name)) {
        out.push(
          advice(
            opioid.name,
            'review',
            'activation-blocked',
            { opioid: opioid.name, drug: other.name },
            'moderate',
            pair(opioid, other),
            'cyp2d6-inhibitor',
            'the opioid needs CYP2D6 to work and the other drug blocks it',
          ),
        );
      }
    }
  }
  const gabapentinoid = taken(view, 'gabapentinoid');
  const apnoea = intakeFact(view.patient, 'history', 'sleepApnoea');
  if (gabapentinoid !== undefined && opioids[0] !== undefined) {
    out.push(
      advice(
        gabapentinoid.name,
        'review',
        'sedatives-together',
        { opioid: opioids[0].name, drug: gabapentinoid.name },
        'strong',
        pair(opioids[0], gabapentinoid),
        'opioid-gabapentinoid',
        'together they depress breathing',
        [
          {
            kind: 'evidence',
            id: 'contraindication/gabapentinoid-opioid-co-use',
            text: 'caution with an opioid',
          },
        ],
      ),
    );
  }
  if (apnoea?.value === 'yes') {
    for (const d of drugs) {
      if (d.cls !== 'opioid' && d.cls !== 'gabapentinoid' && d.cls !== 'benzodiazepine') continue;
      out.push(
        advice(
          d.name,
          'review',
          'sleep-apnoea',
          { drug: d.name },
          'strong',
          [d.fact, apnoea],
          'sleep-apnoea',
          'sedatives depress breathing in sleep apnoea',
        ),
      );
    }
  }
  const against = againstNsaid(view);
  for (const d of drugs) {
    if (d.cls !== 'nsaid') continue;
    const [first] = against;
    if (first !== undefined) {
      out.push(
        advice(
          d.name,
          'avoid',
          'nsaid-stop',
          { drug: d.name, why: first[0] },
          'strong',
          [d.fact, ...against.map((a) => a[1])],
          'nsaid-contraindicated',
          'an anti-inflammatory drug is contraindicated',
        ),
      );
      continue;
    }
    const raises =
      boosters.find((b) => b.cls === 'serotonergic') ??
      drugs.find((x) => x.cls === 'antiplatelet' || x.cls === 'steroid');
    if (raises !== undefined) {
      out.push(
        advice(
          d.name,
          'review',
          'nsaid-bleeding',
          { drug: d.name, other: raises.name },
          'moderate',
          pair(d, raises),
          'nsaid-bleeding',
          'together they raise the risk of bleeding from the stomach',
        ),
      );
    }
  }
  const pregnant = intakeFact(view.patient, 'history', 'pregnancy');
  if (pregnant?.value === 'yes') {
    for (const d of drugs) {
      if (d.cls !== 'opioid' && d.cls !== 'gabapentinoid' && d.cls !== 'benzodiazepine') continue;
      out.push(
        advice(
          d.name,
          'review',
          'pregnancy',
          { drug: d.name },
          'strong',
          [d.fact, pregnant],
          'pregnancy-review',
          'reviewed by whoever leads the pregnancy; never stopped abruptly',
        ),
      );
    }
  }
  return out;
}
