import { type EvidenceBase, recordsOf } from '@foramen/evidence';
import type { DrugAction, GeneResult, MedicationAdvice, Reason } from '@foramen/spine';
import { shownPhenotype } from '@foramen/spine/genome';
import { because, rule } from '../facts.ts';
import { say, traced } from '../say.ts';
import { antithromboticAdvice } from './antithrombotics.ts';
import type { Appraised } from './appraise.ts';
import { doseOf } from './dose.ts';
import { taken } from './drug-checks.ts';
import { allergyTo, drugsNamed, type TakenDrug } from './drug-classes.ts';
import { interactions } from './interactions.ts';
import { aboveMaximum } from './maximum-doses.ts';
import { namedCondition } from './past-conditions.ts';
import { unsuited } from './unsuited.ts';
import { type PlanView, radicular } from './view.ts';

const ADVICE: Readonly<Record<DrugAction['action'], MedicationAdvice['advice']>> = {
  avoid: 'avoid',
  reduce: 'adjust',
  'start-low': 'adjust',
  increase: 'adjust',
  alternative: 'avoid',
  monitor: 'review',
  standard: 'standard',
  'no-recommendation': 'standard',
  untested: 'review',
};

/** Drugs a spine plan may turn on; drug-gene actions on others are the genome report's business. */
const RELEVANT =
  /codeine|tramadol|hydrocodone|oxycodone|methadone|ibuprofen|celecoxib|meloxicam|piroxicam|flurbiprofen|lornoxicam|tenoxicam|naproxen|diclofenac|amitriptyline|nortriptyline|duloxetine|venlafaxine|clopidogrel|carbamazepine/;

/** Drug-gene actions of the genome room, carried over as they are: no genotype, no statement, no penalty. */
function geneAdvice(view: PlanView, appraised: readonly Appraised[]): readonly MedicationAdvice[] {
  const genome = view.patient.genome;
  if (genome === null) return [];
  const now = new Set(view.drugs.map((d) => d.name));
  const fits = fitting(view, appraised);
  return genome.drugs.flatMap((d, i): MedicationAdvice[] => {
    const name = d.drug.toLowerCase();
    const taking = now.has(name);
    if (!RELEVANT.test(name) && !taking) return [];
    if (d.action === 'standard' || d.action === 'no-recommendation' || d.action === 'untested') return [];
    const alternatives = d.alternatives.filter(fits);
    const reasons: Reason[] = [
      { kind: 'fact', path: `genome.drugs[${i}].action`, text: `${d.drug}: ${d.action} (${d.strength})` },
      ...d.genes.map(
        (g): Reason => ({
          kind: 'fact',
          path: `genome.genes.${g}.phenotype`,
          text: `${g} ${phenotypeOf(genome.genes[g])}`,
        }),
      ),
      rule(
        `guideline.${(d.guideline ?? 'CPIC').toLowerCase()}`,
        [...d.sources, ...(d.verified === false ? ['second-hand: check it at its source'] : [])].join('; ') ||
          'pharmacogenetic guideline',
      ),
    ];
    return [
      {
        drug: d.drug,
        advice: ADVICE[d.action],
        ...(taking ? { taken: true as const } : {}),
        statement: say(
          'medication.gene',
          {
            drug: d.drug,
            action: `@action${taking ? '-taken' : ''}.${d.action}`,
            genes: d.genes.join(', '),
            detail: alternatives.length > 0 ? `@word.instead+${alternatives.join(', ')}` : '',
          },
          d.strength === 'strong' ? 'strong' : d.strength === 'moderate' ? 'moderate' : 'weak',
          reasons,
        ),
      },
    ];
  });
}

/**
 * Whether an alternative may be named to this person: no drug that their genes or an allergy rule out, and none of a class that the plan
 * rules out for them. What names no drug ("a non-opioid") stays.
 */
function fitting(view: PlanView, appraised: readonly Appraised[]): (alternative: string) => boolean {
  const avoided = new Set(
    (view.patient.genome?.drugs ?? [])
      .filter((d) => d.action === 'avoid' || d.action === 'alternative')
      .map((d) => d.drug.toLowerCase()),
  );
  const stopped = (option: string): boolean =>
    appraised.some((a) => a.option.id === option && !a.eligible && a.verdicts.some(forbids));
  const classes = (['nsaid', 'opioid', 'snri', 'gabapentinoid'] as const).filter(stopped);
  return (alternative) =>
    drugsNamed(alternative).every(
      ({ name, cls }) =>
        !avoided.has(name) &&
        !classes.includes((name === 'duloxetine' || name === 'venlafaxine' ? 'snri' : cls) as 'nsaid') &&
        allergyTo(view.patient, null, new RegExp(`\\b${name}\\b`)) === undefined,
    ) && ![...avoided].some((name) => alternative.toLowerCase().includes(name));
}

/** A verdict about the drug class in this person; that the other weak opioid is avoided as well says nothing of a third. */
const forbids = (v: Appraised['verdicts'][number]): boolean =>
  v.kind === 'stop' && v.key !== 'check.opioid-gene.stop';

function phenotypeOf(result: GeneResult | undefined): string {
  return result === undefined ? 'not called' : shownPhenotype(result);
}

/** What an indication says when the drug is taken for something else than the spine. */
const OTHER_USE =
  /epilep|seizure|fits|convuls|anxi|ansiedad|panic|shingles|herpes|zoster|neuralgi|neuropath|diabet|restless|fibromyal|spasticity|insomni|sleep|asthma|asma|copd|epoc|arthritis|artritis|polymyalgia|lupus|allerg|bipolar|migrain|transplant|crohn|colitis/;

/** Drugs against fits, in whoever has fits: taken for them until somebody says otherwise. */
function forFits(view: PlanView, cls: TakenDrug['cls']): boolean {
  if (cls !== 'antiepileptic' && cls !== 'gabapentinoid') return false;
  return (
    view.patient.intake?.history?.seizures === 'yes' ||
    namedCondition(view, /epilep|seizure|convulsi/) !== undefined
  );
}

/** Drug classes that guidelines do not offer for sciatica (NICE N7), and those among them not for back pain either (N6). */
const NOT_OFFERED: readonly (readonly [TakenDrug['cls'], 'spine' | 'sciatica', string])[] = [
  ['gabapentinoid', 'spine', 'guideline/nice-n6-gabapentinoids'],
  ['antiepileptic', 'spine', 'guideline/nice-n6-gabapentinoids'],
  ['benzodiazepine', 'sciatica', 'guideline/nice-n7-drugs'],
  ['steroid', 'sciatica', 'guideline/nice-n7-drugs'],
];

/** A current drug that would not be offered for this pain: reviewed, unless it is taken for something else. */
function notOffered(view: PlanView): readonly MedicationAdvice[] {
  const leg = radicular(view) >= 0.4 || view.legPain?.value === true;
  return NOT_OFFERED.flatMap(([cls, where, id]) =>
    view.drugs.flatMap((drug): readonly MedicationAdvice[] => {
      if (drug.cls !== cls || (where === 'sciatica' && !leg)) return [];
      const entry =
        view.patient.intake?.medications?.[Number(/medications\[(\d+)\]/.exec(drug.fact.path)?.[1])];
      const use = entry?.indication?.toLowerCase();
      // A steroid without a stated use is more often for another illness.
      if (use === undefined ? cls === 'steroid' || forFits(view, cls) : OTHER_USE.test(use)) return [];
      return [
        {
          drug: drug.name,
          advice: 'review',
          statement: say('medication.not-offered', { drug: drug.name }, 'moderate', [
            because(drug.fact),
            { kind: 'evidence', id, text: 'not offered for this pain' },
            ...(leg
              ? [
                  {
                    kind: 'evidence',
                    id: 'guideline/nice-n7-drugs',
                    text: 'not offered for sciatica',
                  } as const,
                ]
              : []),
          ]),
        },
      ];
    }),
  );
}

/** Current drugs that are unsafe together or at their dose. */
function currentAdvice(view: PlanView, base: EvidenceBase): readonly MedicationAdvice[] {
  const out: MedicationAdvice[] = [...notOffered(view)];
  const opioid = taken(view, 'opioid');
  if (opioid !== undefined && view.durationWeeks !== undefined && view.durationWeeks.value >= 12) {
    out.push({
      drug: opioid.name,
      advice: 'review',
      statement: say('medication.taper', { drug: opioid.name }, 'moderate', [
        because(opioid.fact),
        because(view.durationWeeks),
        { kind: 'evidence', id: 'guideline/cdc-taper', text: 'slow taper, never abrupt' },
      ]),
    });
  }
  const mme = dailyMme(view, base);
  if (mme !== undefined) {
    const limit = 50;
    const from = mme.reasons;
    const guideline: Reason = {
      kind: 'evidence',
      id: 'guideline/cdc-50-mme',
      text: 'reassess before 50 MME a day',
    };
    out.push({
      drug: mme.drug,
      advice: 'review',
      statement: say(
        mme.value >= limit
          ? 'medication.mme-above'
          : mme.uncounted === ''
            ? 'medication.mme'
            : 'medication.mme-part',
        {
          drug: mme.drug,
          mme: traced(mme.value, from),
          limit: traced(limit, [guideline]),
          uncounted: mme.uncounted,
        },
        'strong',
        [...from, guideline],
      ),
    });
  }
  return out;
}

interface DailyMme {
  readonly drug: string;
  readonly value: number;
  /** Current opioids whose dose or conversion is not known: the value is the least it can be. Empty where all are counted. */
  readonly uncounted: string;
  readonly reasons: readonly Reason[];
}

/** Oral morphine milligram equivalents a day of the current opioids with a known dose; undefined below 20 or unknown. */
function dailyMme(view: PlanView, base: EvidenceBase): DailyMme | undefined {
  let total = 0;
  const uncounted: string[] = [];
  const reasons: Reason[] = [];
  const names: string[] = [];
  for (const d of view.drugs) {
    if (d.cls !== 'opioid') continue;
    const at = d.fact.path.slice(0, d.fact.path.lastIndexOf('.'));
    const dose = doseOf(view, d);
    const factor = recordsOf('parameter', base).find(
      (p) =>
        p.id === `parameter/mme-${d.name}` ||
        (d.name === 'fentanyl' && p.id === 'parameter/mme-fentanyl-patch'),
    );
    if (dose === undefined || factor === undefined) {
      uncounted.push(d.name);
      reasons.push(because(d.fact));
      continue;
    }
    total += dose.perDay * factor.value;
    names.push(d.name);
    reasons.push(
      ...dose.fields.map(([field, text]): Reason => ({ kind: 'fact', path: `${at}.${field}`, text })),
      { kind: 'evidence', id: factor.id, text: 'MME factor' },
    );
  }
  return total >= 20
    ? { drug: names.join(' + '), value: total, uncounted: uncounted.join(' + '), reasons }
    : undefined;
}

export function medicationAdvice(
  view: PlanView,
  appraised: readonly Appraised[],
  base: EvidenceBase,
): readonly MedicationAdvice[] {
  return [
    ...interactions(view),
    ...aboveMaximum(view, base),
    ...unsuited(view),
    ...geneAdvice(view, appraised),
    ...antithromboticAdvice(view, appraised, base),
    ...currentAdvice(view, base),
  ];
}
