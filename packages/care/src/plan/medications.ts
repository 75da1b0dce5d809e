import { type EvidenceBase, recordsOf } from '@foramen/evidence';
import type { DrugAction, GeneResult, MedicationAdvice, Reason } from '@foramen/spine';
import { shownPhenotype } from '@foramen/spine/genome';
import { because, intakeFact, rule, scoreOf } from '../facts.ts';
import { say, traced } from '../say.ts';
import type { Appraised } from './appraise.ts';
import { namedCondition } from './clinical-checks.ts';
import { taken } from './drug-checks.ts';
import type { TakenDrug } from './drug-classes.ts';
import { interactions } from './interactions.ts';
import type { PlanView } from './view.ts';

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
function geneAdvice(view: PlanView): readonly MedicationAdvice[] {
  const genome = view.patient.genome;
  if (genome === null) return [];
  const now = new Set(view.drugs.map((d) => d.name));
  return genome.drugs.flatMap((d, i): MedicationAdvice[] => {
    const name = d.drug.toLowerCase();
    if (!RELEVANT.test(name) && !now.has(name)) return [];
    if (d.action === 'standard' || d.action === 'no-recommendation' || d.action === 'untested') return [];
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
        d.sources.join('; ') || 'pharmacogenetic guideline',
      ),
    ];
    return [
      {
        drug: d.drug,
        advice: ADVICE[d.action],
        statement: say(
          'medication.gene',
          {
            drug: d.drug,
            action: `@action.${d.action}`,
            genes: d.genes.join(', '),
            detail: d.alternatives.length > 0 ? `@word.instead+${d.alternatives.join(', ')}` : '',
          },
          d.strength === 'strong' ? 'strong' : d.strength === 'moderate' ? 'moderate' : 'weak',
          reasons,
        ),
      },
    ];
  });
}

function phenotypeOf(result: GeneResult | undefined): string {
  return result === undefined ? 'not called' : shownPhenotype(result);
}

type BleedingClass = 'low' | 'intermediate' | 'high';
/** Names under which the base keeps a drug's stop interval. */
const STOP_NAME: Readonly<Record<string, string>> = {
  enoxaparin: 'lmwh-therapeutic',
  dalteparin: 'lmwh-therapeutic',
  tinzaparin: 'lmwh-therapeutic',
  nadroparin: 'lmwh-therapeutic',
  heparin: 'ufh-sc',
  acetylsalicylic: 'aspirin',
};
/** What the hours alone do not say. */
const HOLD_NOTE: Readonly<Record<string, string>> = {
  warfarin: '@hold.inr',
  aspirin: '@hold.aspirin',
  acetylsalicylic: '@hold.aspirin',
  dabigatran: '@hold.renal',
};
const RANK: readonly BleedingClass[] = ['low', 'intermediate', 'high'];

/** Bleeding class of each procedure (ASRA 2018); used where the base has no record for the option. */
const CLASS_OF: Readonly<Record<string, BleedingClass>> = {
  'esi-transforaminal': 'intermediate',
  'esi-interlaminar': 'intermediate',
  'esi-caudal': 'intermediate',
  'medial-branch-block': 'low',
  'rf-medial-branch': 'low',
  'rf-sacroiliac': 'low',
  pns: 'low',
  'basivertebral-ablation': 'high',
  scs: 'high',
  'restorative-neurostimulation': 'high',
};

/** Reasons to raise the bleeding class by one. */
function upgrade(view: PlanView): readonly { readonly reason: string; readonly because: Reason }[] {
  const out: { reason: string; because: Reason }[] = [];
  if (view.age !== undefined && view.age.value > 65)
    out.push({ reason: '@upgrade.age', because: because(view.age) });
  const renal = intakeFact(view.patient, 'history', 'egfr');
  if (renal !== undefined && renal.value < 60)
    out.push({ reason: '@upgrade.kidney', because: because(renal) });
  const liver = namedCondition(view, /cirrhosis|liver/);
  if (liver !== undefined) out.push({ reason: '@upgrade.liver', because: because(liver) });
  const bleeding = namedCondition(view, /bleed|haemophil|hemophil|thrombocytop/);
  if (bleeding !== undefined) out.push({ reason: '@upgrade.bleeding', because: because(bleeding) });
  if ((view.patient.intake?.history?.previousSpineSurgery?.length ?? 0) > 0) {
    out.push({
      reason: '@upgrade.surgery',
      because: { kind: 'fact', path: 'intake.history.previousSpineSurgery', text: 'earlier spine surgery' },
    });
  }
  const several = view.drugs.filter((d) => d.cls === 'anticoagulant' || d.cls === 'antiplatelet');
  if (several.length > 1) out.push({ reason: '@upgrade.several', because: because(several[1]!.fact) });
  return out;
}

export function bleedingClassOf(
  option: string,
  base: EvidenceBase,
): { readonly cls: BleedingClass; readonly id: string | null } | null {
  const record = recordsOf('bleeding-class', base).find((r) => r.treatments.includes(option));
  if (record !== undefined) return { cls: record.bleedingClass, id: record.id };
  const cls = CLASS_OF[option];
  return cls === undefined ? null : { cls, id: null };
}

/** Holds proposed for antithrombotics before the needle or implant options that are still open. Never an instruction. */
function antithromboticAdvice(
  view: PlanView,
  appraised: readonly Appraised[],
  base: EvidenceBase,
): readonly MedicationAdvice[] {
  const drugs = view.drugs.filter((d) => ['anticoagulant', 'antiplatelet', 'nsaid'].includes(d.cls));
  if (drugs.length === 0) return [];
  const open = appraised.filter((a) => a.eligible || a.verdicts.every((v) => v.kind !== 'stop'));
  const classes = new Map<BleedingClass, { option: string; id: string | null }>();
  const raised = upgrade(view);
  for (const a of open) {
    const found = bleedingClassOf(a.option.id, base);
    if (found === null) continue;
    const cls = raised.length > 0 ? RANK[Math.min(2, RANK.indexOf(found.cls) + 1)]! : found.cls;
    if (!classes.has(cls)) classes.set(cls, { option: a.option.id, id: found.id });
  }
  const stops = recordsOf('antithrombotic', base);
  const out: MedicationAdvice[] = [];
  for (const drug of drugs) {
    for (const [cls, { option, id }] of classes) {
      const record = stops.find((r) => r.drug === (STOP_NAME[drug.name] ?? drug.name));
      // An NSAID matters before procedures of the highest class only.
      if (drug.cls === 'nsaid' && record?.appliesTo.includes(cls) !== true) continue;
      const reasons: Reason[] = [
        because(drug.fact),
        ...(id === null
          ? [rule('rule.bleeding-class', `${option}: bleeding class after ASRA 2018`)]
          : [{ kind: 'evidence', id, text: `bleeding class of ${option}` } as const]),
        ...raised.map((r) => r.because),
        ...(record === undefined ? [] : [{ kind: 'evidence', id: record.id, text: record.text } as const]),
      ];
      const params = { drug: drug.name, bleedingClass: `@bleeding.${cls}`, procedure: `@option.${option}` };
      const stop = record?.appliesTo.includes(cls) === true ? record.stopHours : null;
      if (record !== undefined && stop !== null) {
        const from: Reason[] = [{ kind: 'evidence', id: record.id, text: record.text }];
        out.push({
          drug: drug.name,
          advice: 'stop-before-procedure',
          statement: say(
            'medication.hold',
            {
              ...params,
              note: HOLD_NOTE[drug.name] ?? '',
              hours: traced(stop[1], from),
              restart: traced(record.restartHours?.[0] ?? 24, from),
            },
            'moderate',
            reasons,
          ),
        });
      } else if (record === undefined) {
        out.push({
          drug: drug.name,
          advice: 'review',
          statement: say('medication.hold-unknown', params, 'insufficient', reasons),
        });
      } else {
        out.push({
          drug: drug.name,
          advice: 'review',
          statement: say('medication.hold-continue', params, 'moderate', reasons),
        });
      }
    }
  }
  for (const r of raised.slice(0, 1)) {
    if (classes.size > 0) {
      out.push({
        drug: drugs[0]!.name,
        advice: 'review',
        statement: say('medication.upgrade', { reason: r.reason }, 'moderate', [
          r.because,
          rule(
            'rule.bleeding-upgrade',
            'one class up for age over 65, bleeding history, kidney or liver disease, earlier spine surgery or several agents',
          ),
        ]),
      });
    }
  }
  return out;
}

/** Current drugs that are unsafe together or at their dose. */
function currentAdvice(view: PlanView, base: EvidenceBase): readonly MedicationAdvice[] {
  const out: MedicationAdvice[] = [];
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
        mme.value >= limit ? 'medication.mme-above' : 'medication.mme',
        {
          drug: mme.drug,
          mme: traced(mme.value, from),
          limit: traced(limit, [guideline]),
        },
        'strong',
        [...from, guideline],
      ),
    });
  }
  return out;
}

/**
 * Daily dose in mg (a patch: micrograms an hour), with the fields that say it. Strength and times a day are read from the name where people wrote
 * them there ("fentanyl 75 mcg/h", "oxycodone 20 mg twice a day"). Undefined when either is not known; a patch other than by the hour is not guessed.
 */
function doseOf(
  view: PlanView,
  drug: TakenDrug,
): { readonly perDay: number; readonly fields: readonly (readonly [string, string])[] } | undefined {
  const i = Number(/\[(\d+)\]/.exec(drug.fact.path)?.[1]);
  const entry = view.patient.intake?.medications?.[i];
  if (entry === undefined) return undefined;
  const name = entry.name.toLowerCase();
  const hourly = /(\d+(?:[.,]\d+)?)\s*(?:mcg|µg|μg|ug|micrograms?)\s*(?:\/|per|an|por|a la)\s*h/.exec(name);
  if (drug.name === 'fentanyl')
    return hourly === null
      ? undefined
      : { perDay: Number(hourly[1]!.replace(',', '.')), fields: [['name', entry.name]] };
  const strength = /(\d+(?:[.,]\d+)?)\s*mg/.exec(name);
  const mg = entry.doseMg ?? (strength === null ? undefined : Number(strength[1]!.replace(',', '.')));
  const times = entry.perDay ?? timesADay(name);
  if (mg === undefined || times === undefined) return undefined;
  return {
    perDay: mg * times,
    fields: [
      entry.doseMg === undefined ? ['name', entry.name] : ['doseMg', `${drug.name} ${mg} mg`],
      entry.perDay === undefined ? ['name', entry.name] : ['perDay', `${times} a day`],
    ],
  };
}

/** "bd", "twice daily", "every 12 hours", "cada 8 horas". */
function timesADay(text: string): number | undefined {
  const every = /(?:every|cada|q)\s*(\d+)\s*h/.exec(text);
  if (every !== null) return 24 / Number(every[1]);
  if (/\b(?:od|once (?:a day|daily)|nocte|at night|una vez al dia)\b/.test(text)) return 1;
  if (/\b(?:bd|bid|twice (?:a day|daily)|dos veces al dia)\b/.test(text)) return 2;
  if (/\b(?:tds|tid|three times (?:a day|daily)|tres veces al dia)\b/.test(text)) return 3;
  return /\b(?:qds|qid|four times (?:a day|daily)|cuatro veces al dia)\b/.test(text) ? 4 : undefined;
}

/** Oral morphine milligram equivalents a day of the current opioids with a known dose; undefined below 20 or unknown. */
export function dailyMme(
  view: PlanView,
  base: EvidenceBase,
): { readonly drug: string; readonly value: number; readonly reasons: readonly Reason[] } | undefined {
  let total = 0;
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
    if (dose === undefined || factor === undefined) continue;
    total += dose.perDay * factor.value;
    names.push(d.name);
    reasons.push(
      ...dose.fields.map(([field, text]): Reason => ({ kind: 'fact', path: `${at}.${field}`, text })),
      { kind: 'evidence', id: factor.id, text: 'MME factor' },
    );
  }
  return total >= 20 ? { drug: names.join(' + '), value: total, reasons } : undefined;
}

export function medicationAdvice(
  view: PlanView,
  appraised: readonly Appraised[],
  base: EvidenceBase,
): readonly MedicationAdvice[] {
  return [
    ...interactions(view),
    ...geneAdvice(view),
    ...antithromboticAdvice(view, appraised, base),
    ...currentAdvice(view, base),
  ];
}

/** Whether a depression screen is positive; undefined when it was not done. */
export function depressed(view: PlanView): boolean | undefined {
  const phq = scoreOf(view.patient, /^phq-?9/i);
  return phq === undefined ? undefined : phq.value >= 10;
}
