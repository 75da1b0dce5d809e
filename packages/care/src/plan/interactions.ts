import type { MedicationAdvice, Reason } from '@foramen/spine';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { say } from '../say.ts';
import { NSAID_WORDS, taken } from './drug-checks.ts';
import { allergyTo, type DrugClass, type TakenDrug } from './drug-classes.ts';
import { namedKidneyDisease, pastIllness } from './past-conditions.ts';
import type { PlanView } from './view.ts';

/** Which drugs a rule speaks of: whole classes, or single drugs by generic name. */
type Kind = DrugClass | { readonly names: ReadonlySet<string> };
const named = (...names: readonly string[]): Kind => ({ names: new Set(names) });
const isOf = (drug: TakenDrug, kinds: readonly Kind[]): boolean =>
  kinds.some((k) => (typeof k === 'string' ? drug.cls === k : k.names.has(drug.name)));

/** Opioids that also raise serotonin (labels; FDA safety communication 2016). */
const SEROTONERGIC_OPIOIDS = named('tramadol', 'pethidine', 'methadone', 'fentanyl', 'tapentadol');
/** Opioids that CYP2D6 turns into their active form, and current drugs that block it (CPIC opioid guideline 2021). */
const CYP2D6_OPIOIDS = named('codeine', 'co-codamol', 'tramadol', 'hydrocodone', 'dihydrocodeine');
const CYP2D6_BLOCKERS = named('fluoxetine', 'paroxetine', 'duloxetine', 'bupropion', 'quinidine');
/** Antidepressants that take serotonin from the platelets (their labels: bleeding with drugs that thin the blood). */
const SLOWS_PLATELETS = named(
  ...'duloxetine venlafaxine desvenlafaxine milnacipran fluoxetine paroxetine sertraline citalopram escitalopram fluvoxamine vortioxetine clomipramine'.split(
    ' ',
  ),
);
/** Tizanidine is left in the blood several times longer (contraindicated by its label); so is duloxetine. */
const CYP1A2_CLEARED = named('tizanidine', 'duloxetine');
const CYP1A2_BLOCKERS = named('ciprofloxacin', 'fluvoxamine');
/** Drugs that lengthen the QT interval, as their labels say; those whose risk hangs on dose and company included. */
export const LONG_QT_DRUGS: readonly string[] =
  'methadone citalopram escitalopram amitriptyline nortriptyline clomipramine imipramine ondansetron clarithromycin erythromycin azithromycin haloperidol amiodarone sotalol domperidone moxifloxacin levofloxacin ciprofloxacin fluconazole donepezil hydroxychloroquine chlorpromazine quetiapine'.split(
    ' ',
  );
const LONG_QT = named(...LONG_QT_DRUGS);

/** Two current drugs that do not go together. `first` is the one that the advice is about. */
interface Pair {
  readonly first: readonly Kind[];
  readonly second: readonly Kind[];
  readonly advice: MedicationAdvice['advice'];
  /** Message under `medication.`; its parameters are `names`, the second being the other drug. */
  readonly key: string;
  readonly names: readonly [string, string];
  readonly why?: string;
  readonly strength: 'strong' | 'moderate';
  readonly id: string;
  readonly text: string;
  readonly more?: readonly Reason[];
  /** One advice for each first drug, whichever second drug comes first. */
  readonly once?: true;
}

const mixes = (second: readonly Kind[], why: string, id: string, text: string): Pair => ({
  first: ['nsaid'],
  second,
  advice: 'review',
  key: 'pair',
  names: ['drug', 'other'],
  why,
  strength: 'moderate',
  id,
  text,
});

const PAIRS: readonly Pair[] = [
  {
    first: [SEROTONERGIC_OPIOIDS],
    second: ['maoi'],
    advice: 'avoid',
    key: 'serotonin',
    names: ['opioid', 'drug'],
    strength: 'strong',
    id: 'serotonin',
    text: 'both raise serotonin: serotonin syndrome and seizures; a monoamine oxidase inhibitor is contraindicated',
  },
  {
    first: [SEROTONERGIC_OPIOIDS],
    second: ['serotonergic', 'triptan'],
    advice: 'review',
    key: 'serotonin',
    names: ['opioid', 'drug'],
    strength: 'strong',
    id: 'serotonin',
    text: 'both raise serotonin: serotonin syndrome and seizures; a monoamine oxidase inhibitor is contraindicated',
  },
  {
    first: ['serotonergic', 'triptan'],
    second: ['maoi'],
    advice: 'avoid',
    key: 'serotonin-pair',
    names: ['drug', 'other'],
    strength: 'strong',
    id: 'serotonin-maoi',
    text: 'contraindicated together: serotonin syndrome',
  },
  {
    first: ['serotonergic'],
    second: ['serotonergic', 'triptan'],
    advice: 'review',
    key: 'serotonin-pair',
    names: ['drug', 'other'],
    strength: 'moderate',
    id: 'serotonin-two',
    text: 'two drugs that raise serotonin',
  },
  {
    first: [CYP2D6_OPIOIDS],
    second: [CYP2D6_BLOCKERS],
    advice: 'review',
    key: 'activation-blocked',
    names: ['opioid', 'drug'],
    strength: 'moderate',
    id: 'cyp2d6-inhibitor',
    text: 'the opioid needs CYP2D6 to work and the other drug blocks it',
  },
  {
    first: ['opioid'],
    second: ['benzodiazepine'],
    advice: 'review',
    key: 'opioid-benzodiazepine',
    names: ['opioid', 'drug'],
    strength: 'strong',
    id: 'opioid-benzodiazepine',
    text: 'together they depress breathing',
    more: [
      { kind: 'evidence', id: 'guideline/cdc-benzodiazepines', text: 'avoid opioid with benzodiazepine' },
    ],
    once: true,
  },
  {
    first: ['gabapentinoid'],
    second: ['opioid'],
    advice: 'review',
    key: 'sedatives-together',
    names: ['drug', 'opioid'],
    strength: 'strong',
    id: 'opioid-gabapentinoid',
    text: 'together they depress breathing',
    more: [
      {
        kind: 'evidence',
        id: 'contraindication/gabapentinoid-opioid-co-use',
        text: 'caution with an opioid',
      },
    ],
    once: true,
  },
  {
    first: ['sedative'],
    second: ['opioid'],
    advice: 'review',
    key: 'sedatives-together',
    names: ['drug', 'opioid'],
    strength: 'strong',
    id: 'opioid-sedative',
    text: 'together they depress breathing',
    once: true,
  },
  {
    first: [LONG_QT],
    second: [LONG_QT],
    advice: 'review',
    key: 'qt',
    names: ['drug', 'other'],
    strength: 'moderate',
    id: 'long-qt',
    text: 'both lengthen the QT interval: an ECG and the electrolytes first',
  },
  {
    ...mixes(
      ['anticoagulant', 'antiplatelet'],
      '@why.bleeding-together',
      'serotonin-bleeding',
      'together they raise the risk of bleeding',
    ),
    first: [SLOWS_PLATELETS],
    once: true,
  },
  {
    ...mixes(
      [CYP1A2_BLOCKERS],
      '@why.cyp1a2',
      'cyp1a2-inhibitor',
      'the second blocks CYP1A2, by which the first leaves',
    ),
    first: [CYP1A2_CLEARED],
    advice: 'avoid',
    strength: 'strong',
  },
  mixes([named('lithium')], '@why.lithium', 'nsaid-lithium', 'less lithium leaves through the kidney'),
  mixes([named('methotrexate')], '@why.methotrexate', 'nsaid-methotrexate', 'less methotrexate leaves'),
  mixes(['nsaid'], '@why.two-nsaids', 'two-nsaids', 'more harm to stomach and kidney, no more relief'),
  {
    ...mixes(
      ['serotonergic', 'antiplatelet', 'steroid'],
      '',
      'nsaid-bleeding',
      'together they raise the risk of bleeding from the stomach',
    ),
    key: 'nsaid-bleeding',
    once: true,
  },
];

/** What makes a current anti-inflammatory drug unsafe for this person: [why, fact], the gravest first. */
function againstNsaid(view: PlanView): readonly (readonly [string, Seen<unknown>])[] {
  const { patient } = view;
  const out: (readonly [string, Seen<unknown>])[] = [];
  const told = (key: 'ulcerOrGiBleed' | 'heartFailure' | 'pregnancy', why: string): void => {
    const fact = pastIllness(view, key);
    if (fact !== undefined) out.push([why, fact]);
  };
  const allergy = allergyTo(patient, 'nsaid', NSAID_WORDS);
  if (allergy !== undefined) out.push(['@why.allergy', allergy]);
  told('ulcerOrGiBleed', '@why.ulcer');
  const renal = intakeFact(patient, 'history', 'egfr');
  const failed = namedKidneyDisease(view);
  if (renal !== undefined && renal.value < 30) out.push(['@why.kidney', renal]);
  else if (failed?.failed === true) out.push(['@why.kidney-failed', failed.fact]);
  told('heartFailure', '@why.heart');
  told('pregnancy', '@why.pregnancy');
  const thinner = taken(view, 'anticoagulant');
  if (thinner !== undefined) out.push(['@why.anticoagulant', thinner.fact]);
  // With a blocker of the renin system and a diuretic the kidney has no way left to keep up its flow.
  const [blocker, diuretic] = [taken(view, 'renin-blocker'), taken(view, 'diuretic')];
  if (blocker !== undefined && diuretic !== undefined)
    out.push(['@why.triple', blocker.fact], ['@why.triple', diuretic.fact]);
  return out;
}

function advise(
  drug: string,
  how: Pick<Pair, 'advice' | 'key' | 'strength' | 'id' | 'text'>,
  params: Readonly<Record<string, string>>,
  facts: readonly Seen<unknown>[],
  more: readonly Reason[] = [],
): MedicationAdvice {
  return {
    drug,
    advice: how.advice,
    taken: true,
    statement: say(`medication.${how.key}`, params, how.strength, [
      ...facts.map(because),
      ...more,
      rule(`medication.${how.id}`, how.text),
    ]),
  };
}

function pairsOf(drugs: readonly TakenDrug[], stopped: ReadonlySet<TakenDrug>): readonly MedicationAdvice[] {
  const out: MedicationAdvice[] = [];
  for (const pair of PAIRS) {
    const said = new Set<string>();
    for (const first of drugs) {
      if (stopped.has(first) || !isOf(first, pair.first)) continue;
      for (const second of drugs) {
        if (second.name === first.name || !isOf(second, pair.second)) continue;
        // Of two alike only one order is said; where the advice is about every first drug once, the first partner serves.
        const both = [first.name, second.name].sort().join('+');
        if (said.has(both) || (pair.once === true && said.has(first.name))) continue;
        said.add(both).add(first.name);
        const [a, b] = pair.names;
        const params = {
          [a]: first.name,
          [b]: second.name,
          ...(pair.why === undefined || pair.why === '' ? {} : { why: pair.why }),
        };
        out.push(advise(first.name, pair, params, [first.fact, second.fact], pair.more));
      }
    }
  }
  return out;
}

/** Current drugs that are unsafe together, and anti-inflammatory ones that this person should not take, whatever the plan offers next. */
export function interactions(view: PlanView): readonly MedicationAdvice[] {
  const against = againstNsaid(view);
  const stopped = new Set(against.length > 0 ? view.drugs.filter((d) => d.cls === 'nsaid') : []);
  return [
    ...pairsOf(view.drugs, stopped),
    ...[...stopped].map((d) =>
      advise(
        d.name,
        {
          advice: 'avoid',
          key: 'nsaid-stop',
          strength: 'strong',
          id: 'nsaid-contraindicated',
          text: 'an anti-inflammatory drug is contraindicated',
        },
        { drug: d.name, why: against[0]![0] },
        [d.fact, ...against.map((a) => a[1])],
      ),
    ),
  ];
}
