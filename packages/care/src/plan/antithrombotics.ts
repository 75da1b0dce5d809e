import { type EvidenceBase, recordsOf } from '@foramen/evidence';
import type { MedicationAdvice, Reason } from '@foramen/spine';
import { because, intakeFact, rule, type Seen } from '../facts.ts';
import { say, traced } from '../say.ts';
import type { Appraised } from './appraise.ts';
import { doseOf } from './dose.ts';
import type { TakenDrug } from './drug-classes.ts';
import { listed } from './next-steps.ts';
import { bleedingDisorder, namedCondition, namedKidneyDisease, spineSurgery } from './past-conditions.ts';
import type { PlanView } from './view.ts';

type BleedingClass = 'low' | 'intermediate' | 'high';
/** Enoxaparin up to this dose a day prevents clots; more treats them. */
const PROPHYLACTIC_ENOXAPARIN_MG = 40;

/** The record of a drug's stop interval; a low-molecular-weight heparin of unknown dose is taken as therapeutic, the longer stop. */
function stopName(view: PlanView, drug: TakenDrug): string {
  if (drug.name === 'enoxaparin') {
    const dose = doseOf(view, drug);
    if (dose !== undefined && dose.perDay <= PROPHYLACTIC_ENOXAPARIN_MG) return 'lmwh-prophylactic';
  }
  return STOP_NAME[drug.name] ?? drug.name;
}

/** Names under which the base keeps a drug's stop interval. */
const STOP_NAME: Readonly<Record<string, string>> = {
  enoxaparin: 'lmwh-therapeutic',
  dalteparin: 'lmwh-therapeutic',
  tinzaparin: 'lmwh-therapeutic',
  nadroparin: 'lmwh-therapeutic',
  bemiparin: 'lmwh-therapeutic',
  certoparin: 'lmwh-therapeutic',
  heparin: 'ufh-sc',
  acetylsalicylic: 'aspirin',
};
/** What the hours alone do not say. */
const HOLD_NOTE: Readonly<Record<string, string>> = {
  warfarin: '@hold.inr',
  aspirin: '@hold.aspirin',
  acetylsalicylic: '@hold.aspirin',
};
/** Leaves by the kidney: the longer end of its interval holds where function is poor or not known. */
const RENAL = 'dabigatran';
/** Held for the longer of its times before the highest class alone (ASRA 2018: 6 hours, 24 before high risk). */
const LONGER_WHEN_HIGH = 'ufh-sc';
/** Below this eGFR function counts as impaired, as it does for the class of a procedure. */
const IMPAIRED_EGFR = 60;
const RANK: readonly BleedingClass[] = ['low', 'intermediate', 'high'];

/** Impaired kidney function, measured or named. */
function poorKidney(view: PlanView): Seen<unknown> | undefined {
  const egfr = intakeFact(view.patient, 'history', 'egfr');
  if (egfr !== undefined) return egfr.value < IMPAIRED_EGFR ? egfr : undefined;
  return namedKidneyDisease(view)?.fact;
}

/** Reasons to raise the bleeding class by one. */
function upgrade(view: PlanView): readonly { readonly reason: string; readonly because: Reason }[] {
  const out: { reason: string; because: Reason }[] = [];
  if (view.age !== undefined && view.age.value > 65)
    out.push({ reason: '@upgrade.age', because: because(view.age) });
  const kidney = poorKidney(view);
  if (kidney !== undefined) out.push({ reason: '@upgrade.kidney', because: because(kidney) });
  const liver = namedCondition(view, /cirrhosis|cirrosis|liver|hepatic/);
  if (liver !== undefined) out.push({ reason: '@upgrade.liver', because: because(liver) });
  const bleeding = bleedingDisorder(view) ?? namedCondition(view, /bleed|hemorragia|haemorrhage/);
  if (bleeding !== undefined) out.push({ reason: '@upgrade.bleeding', because: because(bleeding) });
  const operated = spineSurgery(view);
  if (operated !== undefined) out.push({ reason: '@upgrade.surgery', because: because(operated) });
  const several = view.drugs.filter((d) => d.cls === 'anticoagulant' || d.cls === 'antiplatelet');
  if (several.length > 1) out.push({ reason: '@upgrade.several', because: because(several[1]!.fact) });
  return out;
}

/** A stent, a heart attack or a mechanical valve: to hold what keeps it open is the cardiologist's decision (ACC/AHA, second-hand). */
function heartAtRisk(view: PlanView): Seen<unknown> | undefined {
  return namedCondition(
    view,
    /stent|mechanical (?:\w+ )?valve|valvula mecanica|protesis (?:valvular )?mecanica|heart attack|myocardial infarct|infarto|acute coronary|sindrome coronario|\bn?stemi\b/,
  );
}

/** Procedures of one bleeding class, by option and by the record that classes each. */
interface Procedures {
  readonly options: string[];
  readonly ids: string[];
}

/**
 * Procedures by bleeding class (ASRA 2018), each class raised by one where `raised` says so: those that may be done now, else those of the class
 * that only wait for something.
 */
function byClass(
  appraised: readonly Appraised[],
  raised: boolean,
  base: EvidenceBase,
): ReadonlyMap<BleedingClass, Procedures> {
  const classes = new Map<BleedingClass, Procedures>();
  for (const now of [true, false]) {
    const had = new Set(classes.keys());
    for (const a of appraised) {
      if (now !== a.eligible || a.verdicts.some((v) => v.kind === 'stop')) continue;
      const found = recordsOf('bleeding-class', base).find((r) => r.treatments.includes(a.option.id));
      if (found === undefined) continue;
      const { bleedingClass } = found;
      const cls = raised ? RANK[Math.min(2, RANK.indexOf(bleedingClass) + 1)]! : bleedingClass;
      if (had.has(cls)) continue;
      const { options, ids } = classes.get(cls) ?? { options: [], ids: [] };
      classes.set(cls, { options: [...options, a.option.id], ids: [...new Set([...ids, found.id])] });
    }
  }
  return classes;
}

/** Holds proposed for antithrombotics before the needle or implant options that are still open. Never an instruction. */
export function antithromboticAdvice(
  view: PlanView,
  appraised: readonly Appraised[],
  base: EvidenceBase,
): readonly MedicationAdvice[] {
  const drugs = view.drugs.filter((d) => ['anticoagulant', 'antiplatelet', 'nsaid'].includes(d.cls));
  if (drugs.length === 0) return [];
  const heart = heartAtRisk(view);
  const raised = upgrade(view);
  const classes = byClass(appraised, raised.length > 0, base);
  const stops = recordsOf('antithrombotic', base);
  const out: MedicationAdvice[] = [];
  for (const drug of drugs) {
    for (const [cls, { options, ids }] of classes) {
      const record = stops.find((r) => r.drug === stopName(view, drug));
      // An NSAID matters before procedures of the highest class only.
      if (drug.cls === 'nsaid' && record?.appliesTo.includes(cls) !== true) continue;
      const reasons: Reason[] = [
        because(drug.fact),
        ...ids.map((id): Reason => ({ kind: 'evidence', id, text: 'bleeding class of the procedure' })),
        ...raised.map((r) => r.because),
        ...(record === undefined ? [] : [{ kind: 'evidence', id: record.id, text: record.text } as const]),
      ];
      const params = { drug: drug.name, bleedingClass: `@bleeding.${cls}`, procedure: listed(options) };
      const applies = record?.appliesTo.includes(cls) === true;
      const stop = applies ? record.stopHours : null;
      const restart = applies ? record.restartHours : null;
      if (record !== undefined && stop !== null && restart !== null) {
        const renal = drug.name === RENAL;
        const poor = renal ? poorKidney(view) : undefined;
        const measured = intakeFact(view.patient, 'history', 'egfr');
        const from: Reason[] = [
          { kind: 'evidence', id: record.id, text: record.text },
          ...(poor === undefined ? [] : [because(poor)]),
          ...(renal && measured !== undefined && poor === undefined ? [because(measured)] : []),
        ];
        // The shorter hold: of dabigatran with good kidneys, of heparin under the skin below the highest class.
        const shorter =
          (renal && measured !== undefined && poor === undefined) ||
          (record.drug === LONGER_WHEN_HIGH && cls !== 'high');
        const kept = heart !== undefined && drug.cls !== 'nsaid';
        out.push({
          drug: drug.name,
          // What keeps a stent or a valve open is never proposed for a stop: the cardiologist is asked.
          advice: kept ? 'review' : 'stop-before-procedure',
          statement: say(
            kept ? 'medication.hold-heart' : 'medication.hold',
            {
              ...params,
              note:
                renal && measured === undefined && poor === undefined
                  ? '@hold.renal'
                  : kept && drug.name !== 'warfarin'
                    ? ''
                    : (HOLD_NOTE[drug.name] ?? ''),
              hours: traced(shorter ? stop[0] : stop[1], from),
              restart: traced(restart[0], from),
            },
            'moderate',
            [...reasons, ...from, ...(heart === undefined ? [] : [because(heart)])],
          ),
        });
      } else if (record === undefined || stop !== null) {
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
