import type { MedicationAdvice } from '@foramen/spine';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { say } from '../say.ts';
import { doseOf } from './dose.ts';
import { allergyTo, type DrugClass, type TakenDrug } from './drug-classes.ts';
import { LONG_QT_DRUGS } from './interactions.ts';
import { arterialDisease, namedCondition, pastIllness, severeKidneyDisease } from './past-conditions.ts';
import type { PlanView } from './view.ts';

/** Current drugs that something known of this person speaks against: reviewed with their prescriber, never stopped alone. */
interface Unsuited {
  readonly drugs: readonly string[];
  readonly why: string;
  readonly fact: (view: PlanView, drug: TakenDrug) => Seen<unknown> | undefined;
  readonly text: string;
}

const answeredYes =
  (key: 'breastfeeding' | 'seizures' | 'longQt', named: RegExp) =>
  (view: PlanView): Seen<unknown> | undefined => {
    const asked = intakeFact(view.patient, 'history', key);
    return asked?.value === 'yes' ? asked : namedCondition(view, named);
  };

/** Most that weak kidneys bear of each in a day, mg (product information: gabapentin 15 to 29 ml/min, pregabalin 15 to 30). */
const MOST_WHEN_WEAK: Readonly<Record<string, number>> = { gabapentin: 600, pregabalin: 150 };

/** Unless the dose is known and small enough. */
function tooMuchForKidneys(view: PlanView, drug: TakenDrug): Seen<unknown> | undefined {
  const dose = doseOf(view, drug);
  return dose !== undefined && dose.perDay <= MOST_WHEN_WEAK[drug.name]!
    ? undefined
    : severeKidneyDisease(view);
}

/** Liver disease that was answered other than none, or is named. */
export function illLiver(view: PlanView): Seen<unknown> | undefined {
  const liver = intakeFact(view.patient, 'history', 'liverDisease');
  if (liver !== undefined) return liver.value === 'none' ? undefined : liver;
  return namedCondition(view, /cirrhosis|cirrosis|hepatic (?:failure|impairment)|insuficiencia hepatica/);
}

/** FDA and MHRA safety communications and product information; second-hand where no guideline of the base says so. */
const UNSUITED: readonly Unsuited[] = [
  {
    drugs: ['codeine', 'co-codamol', 'dihydrocodeine', 'tramadol'],
    why: '@why.breastfeeding',
    fact: answeredYes('breastfeeding', /breast-?feeding|lactancia|amamant/),
    text: 'codeine and tramadol pass into milk: not recommended while breastfeeding (FDA 2017, MHRA)',
  },
  {
    drugs: ['tramadol', 'tapentadol', 'bupropion'],
    why: '@why.seizures',
    fact: answeredYes('seizures', /epilep|seizure|convulsi/),
    text: 'lowers the threshold of seizures (product information)',
  },
  {
    drugs: LONG_QT_DRUGS,
    why: '@why.long-qt',
    fact: answeredYes('longQt', /long qt|qt (?:largo|prolong)/),
    text: 'lengthens the QT interval (product information)',
  },
  {
    drugs: Object.keys(MOST_WHEN_WEAK),
    why: '@why.kidney-dose',
    fact: tooMuchForKidneys,
    text: 'leaves by the kidney alone: the dose follows the eGFR (product information)',
  },
  {
    drugs: ['morphine', 'codeine', 'dihydrocodeine', 'pethidine', 'tramadol', 'duloxetine', 'baclofen'],
    why: '@why.kidney',
    fact: severeKidneyDisease,
    text: 'the drug or what it turns into piles up where kidneys are weak (product information)',
  },
  {
    drugs: ['duloxetine'],
    why: '@why.liver',
    fact: illLiver,
    text: 'duloxetine is not for people with liver disease (product information)',
  },
  {
    drugs: ['diclofenac', 'etoricoxib', 'aceclofenac'],
    why: '@why.vessels',
    fact: arterialDisease,
    text: 'contraindicated in disease of the heart or brain arteries (MHRA 2013)',
  },
];

/** Whole classes of drugs with an illness that says of its own what to do. */
const CLASSES: readonly {
  readonly drugs: readonly DrugClass[];
  readonly illness: 'sleepApnoea' | 'pregnancy';
  readonly key: string;
  readonly id: string;
  readonly text: string;
}[] = [
  {
    drugs: ['opioid', 'gabapentinoid', 'benzodiazepine', 'sedative'],
    illness: 'sleepApnoea',
    key: 'sleep-apnoea',
    id: 'sleep-apnoea',
    text: 'sedatives depress breathing in sleep apnoea',
  },
  {
    drugs: ['opioid', 'gabapentinoid', 'benzodiazepine', 'antiepileptic', 'serotonergic'],
    illness: 'pregnancy',
    key: 'pregnancy',
    id: 'pregnancy-review',
    text: 'reviewed by whoever leads the pregnancy; never stopped abruptly',
  },
];

/** Current drugs that something known of this person speaks against, an allergy to the drug itself among it. */
export function unsuited(view: PlanView): readonly MedicationAdvice[] {
  const review = (
    drug: TakenDrug,
    fact: Seen<unknown>,
    [key, params]: readonly [string, Readonly<Record<string, string>>],
    [id, text]: readonly [string, string],
  ): MedicationAdvice => ({
    drug: drug.name,
    advice: 'review',
    taken: true,
    statement: say(`medication.${key}`, { drug: drug.name, ...params }, 'strong', [
      because(drug.fact),
      because(fact),
      rule(`medication.${id}`, text),
    ]),
  });
  const advise = (drug: TakenDrug, why: string, fact: Seen<unknown>, text: string): MedicationAdvice =>
    review(drug, fact, ['unsuited', { why }], [`unsuited-${why.slice('@why.'.length)}`, text]);
  const ofClasses = CLASSES.flatMap(({ drugs, illness, key, id, text }) => {
    const fact = pastIllness(view, illness);
    return fact === undefined
      ? []
      : view.drugs.filter((d) => drugs.includes(d.cls)).map((d) => review(d, fact, [key, {}], [id, text]));
  });
  const own = view.drugs.flatMap((drug) => {
    const found = UNSUITED.flatMap(({ drugs, why, fact, text }) => {
      const seen = drugs.includes(drug.name) ? fact(view, drug) : undefined;
      return seen === undefined ? [] : [advise(drug, why, seen, text)];
    });
    // Anti-inflammatory drugs are looked at as a class elsewhere.
    const allergy =
      drug.cls === 'nsaid' ? undefined : allergyTo(view.patient, null, new RegExp(`\\b${drug.name}\\b`));
    return allergy === undefined
      ? found
      : [...found, advise(drug, '@why.allergy', allergy, 'an allergy to the drug itself is on the list')];
  });
  return [...ofClasses, ...own];
}
