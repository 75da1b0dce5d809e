import { ILLNESS_WORDS } from '@foramen/spine/conditions';
import { intakeFact, isWithheld, rule, type Seen, scoreOf } from '../facts.ts';
import { allergyTo, type DrugClass, type TakenDrug } from './drug-classes.ts';
import {
  arterialDisease,
  heartAttack,
  namedCondition,
  namedKidneyDisease,
  pastIllness,
  severeKidneyDisease,
} from './past-conditions.ts';
import { type Check, type Verdict, verdict } from './verdict.ts';
import { type PlanView, radicular } from './view.ts';

export function taken(view: PlanView, ...classes: readonly DrugClass[]): TakenDrug | undefined {
  return view.drugs.find((d) => classes.includes(d.cls));
}

const CHRONIC_WEEKS = 12;

/** High risk of opioid use disorder: by questionnaire, or by a history of misuse. Unknown is undefined, not low. */
export function opioidRisk(
  view: PlanView,
): { readonly high: boolean; readonly fact: Seen<unknown> } | undefined {
  const oud = scoreOf(view.patient, /^ort-?oud/i);
  if (oud !== undefined) return { high: oud.value >= 3, fact: oud };
  const ort = scoreOf(view.patient, /^ort$/i);
  if (ort !== undefined) return { high: ort.value >= 8, fact: ort };
  const use = view.patient.intake?.history?.substanceUse;
  const misuse = (['personalPrescription', 'personalIllegal'] as const).find((k) => use?.[k] === 'yes');
  if (misuse !== undefined) {
    return { high: true, fact: { value: 'yes', path: `intake.history.substanceUse.${misuse}` } };
  }
  const named = namedCondition(view, ILLNESS_WORDS.substanceUse);
  return named === undefined ? undefined : { high: true, fact: named };
}

const chronic = (view: PlanView): boolean | undefined =>
  view.durationWeeks === undefined ? undefined : view.durationWeeks.value >= CHRONIC_WEEKS;

function pregnancy(view: PlanView, key: string): Verdict | undefined {
  const p = pastIllness(view, 'pregnancy');
  return p === undefined ? undefined : verdict('stop', key, [p]);
}

/** Anti-inflammatory drugs as allergies name them, beside the drugs' own names. */
export const NSAID_WORDS = /nsaid|aspirin|anti-?inflammator|antiinflamatori|\baines?\b/;

const SNRI: ReadonlySet<string> = new Set(['duloxetine', 'venlafaxine', 'desvenlafaxine', 'milnacipran']);

export const DRUG_CHECKS = {
  antithrombotic: (view) => {
    const drug = taken(view, 'anticoagulant', 'antiplatelet');
    return drug === undefined
      ? undefined
      : verdict('ask', 'antithrombotic', [drug.fact], [], { drug: drug.name });
  },
  'steroid-or-contrast-allergy': (view) => {
    const a = allergyTo(
      view.patient,
      'steroid',
      /contrast|iodin|\byod[oa]|gadolin|steroid|esteroid|corti[cs]|triamcinolon/,
    );
    return a === undefined ? undefined : verdict('stop', 'steroid-or-contrast-allergy', [a]);
  },
  'local-anaesthetic-allergy': (view) => {
    const a = allergyTo(
      view.patient,
      null,
      /lidocain|lignocain|bupivacain|ropivacain|mepivacain|local an(?:a)?esthet|anestesic[oa]s? local/,
    );
    return a === undefined ? undefined : verdict('ask', 'local-anaesthetic-allergy', [a]);
  },
  // A valve of metal, a fresh stent or clot: their anticoagulation may not be stopped for an implant.
  'anticoagulation-fixed': (view) => {
    const drug = taken(view, 'anticoagulant', 'antiplatelet');
    const why = namedCondition(
      view,
      /(?:mechanical|metal(?:lic)?) (?:\w+ )?(?:heart )?valve|valvula (?:\w+ )?(?:mecanica|metalica)|(?:recent|new|coronary|cardiac|drug.eluting) (?:\w+ )?stent|stent (?:reciente|coronario)|(?:recent|acute) (?:pulmonary embol|deep vein|dvt\b|stroke)|antiphospholipid|antifosfolip/,
    );
    return drug === undefined || why === undefined
      ? undefined
      : verdict(
          'missing',
          'anticoagulation-fixed',
          [drug.fact, why],
          [
            {
              kind: 'evidence',
              id: 'contraindication/scs-anticoagulation-cannot-stop',
              text: 'cannot be stopped',
            },
          ],
        );
  },
  'diabetes-steroid': (view) => {
    const d = pastIllness(view, 'diabetes');
    return d === undefined ? undefined : verdict('caution', 'diabetes-steroid', [d]);
  },
  'non-particulate': (view) => {
    const at = view.concordance[0]?.contact;
    // The artery to the cord comes from the left in most and from the right in some: care on both sides.
    return at !== undefined && /^L[123]/.test(at.level)
      ? verdict('caution', 'non-particulate', [at.fact])
      : undefined;
  },
  'gi-bleed': (view) => {
    const u = pastIllness(view, 'ulcerOrGiBleed');
    return u === undefined ? undefined : verdict('stop', 'gi-bleed', [u]);
  },
  'kidney-nsaid': (view) => {
    const e = intakeFact(view.patient, 'history', 'egfr');
    const named = namedKidneyDisease(view);
    if (named?.failed === true) return verdict('stop', 'kidney-nsaid', [named.fact]);
    if (e === undefined && named !== undefined) return verdict('missing', 'kidney-nsaid', [named.fact]);
    // Unknown is not well: in old age kidneys are asked after first.
    if (e === undefined)
      return view.age !== undefined && view.age.value > 65
        ? verdict('ask', 'kidney-nsaid', [view.age])
        : undefined;
    if (isWithheld(view.patient, e.path)) return verdict('ask', 'kidney-nsaid', [e]);
    return e.value < 30
      ? verdict('stop', 'kidney-nsaid', [e])
      : e.value < 60
        ? verdict('caution', 'kidney-nsaid', [e])
        : undefined;
  },
  'heart-failure': (view) => {
    const h = pastIllness(view, 'heartFailure');
    return h === undefined ? undefined : verdict('stop', 'heart-failure', [h]);
  },
  'pregnancy-nsaid': (view) => pregnancy(view, 'pregnancy-nsaid'),
  'nsaid-allergy': (view) => {
    const a =
      allergyTo(view.patient, 'nsaid', NSAID_WORDS) ?? namedCondition(view, ILLNESS_WORDS.aspirinAsthma);
    return a === undefined ? undefined : verdict('stop', 'nsaid-allergy', [a]);
  },
  'nsaid-with-antithrombotic': (view) => {
    const anticoagulant = taken(view, 'anticoagulant');
    if (anticoagulant !== undefined) {
      return verdict('stop', 'nsaid-with-antithrombotic', [anticoagulant.fact], [], {
        drug: anticoagulant.name,
      });
    }
    const antiplatelet = taken(view, 'antiplatelet');
    return antiplatelet === undefined
      ? undefined
      : verdict('caution', 'nsaid-with-antithrombotic', [antiplatelet.fact], [], { drug: antiplatelet.name });
  },
  'nsaid-triple': (view) => {
    const [blocker, diuretic] = [taken(view, 'renin-blocker'), taken(view, 'diuretic')];
    return blocker === undefined || diuretic === undefined
      ? undefined
      : verdict('stop', 'nsaid-triple', [blocker.fact, diuretic.fact]);
  },
  'nsaid-with-drug': (view) => {
    const drug = view.drugs.find((d) => d.name === 'lithium' || d.name === 'methotrexate');
    return drug === undefined
      ? undefined
      : verdict('ask', 'nsaid-with-drug', [drug.fact], [], { drug: drug.name });
  },
  'kidney-snri': (view) => {
    const fact = severeKidneyDisease(view);
    return fact === undefined ? undefined : verdict('stop', 'kidney-snri', [fact]);
  },
  'nsaid-vessels': (view) => {
    // After a heart attack even a week of it adds deaths and bleeding (Schjerning Olsen 2015, JAMA 313:805; FDA boxed warning 2015).
    const heart = heartAttack(view);
    if (heart !== undefined) return verdict('stop', 'nsaid-vessels', [heart]);
    const platelets = view.drugs.filter((d) => d.cls === 'antiplatelet');
    if (platelets.length > 1)
      return verdict(
        'stop',
        'nsaid-vessels',
        platelets.map((d) => d.fact),
      );
    const fact = arterialDisease(view);
    return fact === undefined ? undefined : verdict('caution', 'nsaid-vessels', [fact]);
  },
  gastroprotection: (view) =>
    view.age !== undefined && view.age.value > 65
      ? verdict('caution', 'gastroprotection', [view.age])
      : undefined,
  'nsaid-sciatica': (view) =>
    radicular(view) >= 0.4 ? verdict('caution', 'nsaid-sciatica', [view.legPain ?? view.legNrs]) : undefined,
  // It does little for the back, and is what may be taken in pregnancy.
  'paracetamol-alone': (view) => {
    const pregnant = pastIllness(view, 'pregnancy');
    return pregnant === undefined
      ? verdict('stop', 'paracetamol-alone', [view.backNrs])
      : verdict('caution', 'paracetamol-pregnancy', [pregnant]);
  },
  'chronic-only': (view) => {
    const c = chronic(view);
    if (c === undefined) return verdict('missing', 'chronic-only', []);
    return c ? undefined : verdict('stop', 'chronic-only', [view.durationWeeks]);
  },
  'pregnancy-drug': (view) => pregnancy(view, 'pregnancy-drug'),
  'pregnancy-drug-care': (view) => {
    const p = pastIllness(view, 'pregnancy');
    return p === undefined ? undefined : verdict('ask', 'pregnancy-drug-care', [p]);
  },
  'sedation-added': (view) => {
    const drug = taken(view, 'opioid', 'gabapentinoid', 'benzodiazepine');
    if (drug !== undefined) return verdict('caution', 'sedation-added', [drug.fact], [], { drug: drug.name });
    return undefined;
  },
  'nsaid-bleeding': (view) => {
    const drug = taken(view, 'serotonergic', 'steroid');
    return drug === undefined
      ? undefined
      : verdict('caution', 'nsaid-bleeding', [drug.fact], [], { drug: drug.name });
  },
  'opioid-serotonergic': (view) => {
    const drug = taken(view, 'maoi', 'serotonergic');
    return drug === undefined
      ? undefined
      : verdict('caution', 'opioid-serotonergic', [drug.fact], [], { drug: drug.name });
  },
  maoi: (view) => {
    const drug = taken(view, 'maoi');
    return drug === undefined ? undefined : verdict('stop', 'maoi', [drug.fact]);
  },
  // Antidepressants that hold serotonin back take it from the platelets.
  'snri-bleeding': (view) => {
    const drug = taken(view, 'anticoagulant', 'antiplatelet');
    return drug === undefined
      ? undefined
      : verdict('ask', 'snri-bleeding', [drug.fact], [], { drug: drug.name });
  },
  'snri-breastfeeding': (view) => {
    const asked = intakeFact(view.patient, 'history', 'breastfeeding');
    return asked?.value === 'yes' ? verdict('ask', 'snri-breastfeeding', [asked]) : undefined;
  },
  'older-snri': (view) =>
    view.age !== undefined && view.age.value >= 75 ? verdict('caution', 'older-snri', [view.age]) : undefined,
  'snri-taken': (view) => {
    const drug = view.drugs.find((d) => SNRI.has(d.name));
    return drug === undefined
      ? undefined
      : verdict('stop', 'taken-already', [drug.fact], [], { drug: drug.name });
  },
  'nsaid-taken': (view) => {
    const drug = taken(view, 'nsaid');
    return drug === undefined
      ? undefined
      : verdict('caution', 'taken-already', [drug.fact], [], { drug: drug.name });
  },
  'other-serotonergic': (view) => {
    const drug = taken(view, 'serotonergic');
    if (drug !== undefined) return verdict('ask', 'other-serotonergic', [drug.fact], [], { drug: drug.name });
    const tramadol = view.drugs.find((d) => d.name === 'tramadol');
    return tramadol === undefined
      ? undefined
      : verdict('ask', 'other-serotonergic', [tramadol.fact], [], { drug: tramadol.name });
  },
  'liver-disease': (view) => {
    const asked = intakeFact(view.patient, 'history', 'liverDisease');
    const l =
      asked?.value === 'moderate' || asked?.value === 'severe'
        ? asked
        : namedCondition(
            view,
            /cirrhosis|cirrosis|liver failure|severe liver|hepatic|insuficiencia hepatica/,
          );
    return l === undefined ? undefined : verdict('stop', 'liver-disease', [l]);
  },
  hypertension: (view) => {
    const h = namedCondition(view, ILLNESS_WORDS.hypertension);
    return h === undefined ? undefined : verdict('stop', 'hypertension', [h]);
  },
  'guidelines-differ-snri': (view) => verdict('caution', 'guidelines-differ-snri', [view.durationWeeks]),
  'gabapentinoid-not-offered': (view) => {
    const opioid = taken(view, 'opioid');
    return verdict('stop', 'gabapentinoid-not-offered', [opioid?.fact, view.legPain]);
  },
  'opioid-chronic': (view) => {
    const c = chronic(view);
    if (c === undefined) return verdict('missing', 'opioid-chronic', []);
    return c ? verdict('stop', 'opioid-chronic', [view.durationWeeks]) : undefined;
  },
  'opioid-risk': (view) => {
    const risk = opioidRisk(view);
    if (risk === undefined) return verdict('ask', 'opioid-risk', []);
    return risk.high ? verdict('stop', 'opioid-risk', [risk.fact]) : undefined;
  },
  benzodiazepine: (view) => {
    const drug = taken(view, 'benzodiazepine');
    return drug === undefined
      ? undefined
      : verdict('stop', 'benzodiazepine', [drug.fact], [], { drug: drug.name });
  },
  'sleep-apnoea': (view) => {
    const s = pastIllness(view, 'sleepApnoea');
    return s === undefined ? undefined : verdict('caution', 'sleep-apnoea', [s]);
  },
  'opioid-after-nsaid': (view) => {
    const failed = view.prior.find(
      (t) => t.option === 'nsaid' && (t.outcome === 'same' || t.outcome === 'worse'),
    );
    if (failed !== undefined) return undefined;
    const stopped = [
      'gi-bleed',
      'liver-disease',
      'kidney-nsaid',
      'heart-failure',
      'nsaid-allergy',
      'pregnancy-nsaid',
      'nsaid-with-antithrombotic',
      'nsaid-triple',
    ] as const;
    if (stopped.some((k) => (DRUG_CHECKS[k] as Check)(view)?.kind === 'stop')) return undefined;
    return verdict(
      'stop',
      'opioid-after-nsaid',
      [view.durationWeeks],
      [rule('rule.nsaid-first', 'a weak opioid only when an NSAID has failed or is contraindicated')],
    );
  },
  'opioid-gene': (view) => {
    const drugs = view.patient.genome?.drugs ?? [];
    const avoid = (name: string): number =>
      drugs.findIndex(
        (d) => d.drug.toLowerCase() === name && (d.action === 'avoid' || d.action === 'alternative'),
      );
    const [codeine, tramadol] = [avoid('codeine'), avoid('tramadol')];
    if (codeine < 0 || tramadol < 0) return undefined;
    const fact = (i: number): Seen<unknown> => ({
      value: drugs[i]?.action,
      path: `genome.drugs[${i}].action`,
    });
    return verdict('stop', 'opioid-gene', [fact(codeine), fact(tramadol)]);
  },
  'nsaid-gene': (view) => {
    const drugs = view.patient.genome?.drugs ?? [];
    const i = drugs.findIndex(
      (d) =>
        /^(ibuprofen|celecoxib|meloxicam|piroxicam|flurbiprofen)$/i.test(d.drug) &&
        !['standard', 'no-recommendation', 'untested'].includes(d.action),
    );
    return i < 0
      ? undefined
      : verdict('caution', 'nsaid-gene', [{ value: drugs[i]?.action, path: `genome.drugs[${i}].action` }]);
  },
  'opioid-allergy': (view) => {
    const a = allergyTo(view.patient, 'opioid', /opioid|opiate/);
    return a === undefined ? undefined : verdict('stop', 'opioid-allergy', [a]);
  },
  'acute-only': (view) => {
    const c = chronic(view);
    if (c === undefined) return verdict('missing', 'acute-only', []);
    return c ? verdict('stop', 'acute-only', [view.durationWeeks]) : undefined;
  },
  'sciatica-no-relaxant': (view) =>
    radicular(view) >= 0.4
      ? verdict('stop', 'sciatica-no-relaxant', [view.legPain ?? view.legNrs])
      : undefined,
  'older-sedation': (view) =>
    view.age !== undefined && view.age.value >= 65
      ? verdict('caution', 'older-sedation', [view.age])
      : undefined,
  'oral-steroid-not-offered': (view) =>
    verdict('stop', 'oral-steroid-not-offered', [view.legPain ?? view.legNrs]),
} as const satisfies Readonly<Record<string, Check>>;
