import type { PatientCase } from '@foramen/spine';
import { folded } from '@foramen/spine/conditions';
import { foldedNames, genericNames } from '@foramen/spine/drug-names';
import type { Seen } from '../facts.ts';

/** Drug classes that plans turn on. Names are generic names; matched as words, so "co-codamol" needs its own entry. */
const CLASSES = {
  nsaid:
    'ibuprofen naproxen diclofenac celecoxib etoricoxib meloxicam piroxicam indomethacin ketorolac etodolac nabumetone oxaprozin flurbiprofen aceclofenac lornoxicam tenoxicam ketoprofen dexketoprofen sulindac tolmetin diflunisal mefenamic parecoxib',
  opioid:
    'codeine co-codamol tramadol oxycodone hydrocodone morphine fentanyl tapentadol methadone hydromorphone oxymorphone buprenorphine dihydrocodeine pethidine oliceridine tilidine piritramide pentazocine nalbuphine butorphanol dextropropoxyphene',
  benzodiazepine:
    'diazepam lorazepam alprazolam clonazepam temazepam oxazepam chlordiazepoxide midazolam nitrazepam bromazepam lormetazepam clorazepate flurazepam flunitrazepam triazolam ketazolam clobazam',
  maoi: 'phenelzine tranylcypromine isocarboxazid moclobemide selegiline rasagiline linezolid',
  serotonergic:
    'duloxetine venlafaxine desvenlafaxine milnacipran fluoxetine paroxetine sertraline citalopram escitalopram fluvoxamine vortioxetine amitriptyline nortriptyline clomipramine imipramine trazodone mirtazapine vilazodone doxepin dosulepin lofepramine trimipramine desipramine',
  gabapentinoid: 'gabapentin pregabalin',
  anticoagulant:
    'warfarin acenocoumarol phenprocoumon dabigatran rivaroxaban apixaban edoxaban heparin enoxaparin dalteparin tinzaparin nadroparin fondaparinux bemiparin certoparin betrixaban',
  antiplatelet:
    'aspirin acetylsalicylic clopidogrel prasugrel ticagrelor dipyridamole cilostazol triflusal ticlopidine',
  steroid:
    'prednisone prednisolone methylprednisolone dexamethasone hydrocortisone betamethasone deflazacort',
  sedative:
    'zopiclone zolpidem zaleplon eszopiclone quetiapine cyclobenzaprine carisoprodol methocarbamol tizanidine baclofen promethazine hydroxyzine doxylamine',
  triptan: 'sumatriptan rizatriptan zolmitriptan naratriptan eletriptan almotriptan frovatriptan',
  'renin-blocker':
    'ramipril enalapril lisinopril perindopril captopril quinapril fosinopril trandolapril losartan valsartan candesartan irbesartan telmisartan olmesartan',
  diuretic:
    'furosemide bumetanide torasemide torsemide hydrochlorothiazide chlorthalidone chlortalidone indapamide bendroflumethiazide spironolactone eplerenone amiloride',
  antiepileptic: 'carbamazepine oxcarbazepine phenytoin lamotrigine topiramate valproate',
  other:
    'lithium methotrexate ondansetron clarithromycin erythromycin azithromycin haloperidol amiodarone sotalol domperidone moxifloxacin levofloxacin ciprofloxacin fluconazole donepezil hydroxychloroquine chlorpromazine bupropion quinidine',
} as const satisfies Readonly<Record<string, string>>;
export type DrugClass = keyof typeof CLASSES;

const BY_NAME = new Map<string, DrugClass>(
  Object.entries(CLASSES).flatMap(([cls, names]) =>
    names.split(' ').map((n): [string, DrugClass] => [n, cls as DrugClass]),
  ),
);

export interface TakenDrug {
  readonly name: string;
  readonly cls: DrugClass;
  readonly fact: Seen<string>;
}

const FOLDED = foldedNames(BY_NAME.keys());

/** Drugs of known classes that a phrase names. */
export const drugsNamed = (phrase: string): readonly { readonly name: string; readonly cls: DrugClass }[] =>
  genericNames(phrase, FOLDED).map((name) => ({ name, cls: BY_NAME.get(name)! }));

/** "on warfarin", "taking apixaban", "anticoagulado con Sintrom": a current drug told with the illness that it is for. */
const ON_DRUG =
  /\b(?:on|takes?|taking|treated with|anticoagulated with|toma|tomando|en tratamiento con|anticoagulad[oa] con)\b(.+)$/i;

/** Current drugs named with an illness in the list of conditions, and not on the list of drugs. */
function drugsWithConditions(patient: PatientCase, listed: readonly TakenDrug[]): readonly TakenDrug[] {
  return (patient.intake?.history?.conditions ?? []).flatMap((text, i) => {
    const told = ON_DRUG.exec(text)?.[1];
    if (told === undefined || /\b(?:no|not|never|stopped|off|sin|nunca|dejo)\b/i.test(told)) return [];
    const fact = { value: text, path: `intake.history.conditions[${i}]` };
    return drugsNamed(told)
      .filter((d) => !listed.some((l) => l.name === d.name))
      .map((d) => ({ ...d, fact }));
  });
}

/** Drugs taken now (not stopped by `now`) whose class matters, in the order given; a combination gives each of its drugs. */
export function takenDrugs(patient: PatientCase): readonly TakenDrug[] {
  const today = patient.now.slice(0, 10);
  const listed = (patient.intake?.medications ?? []).flatMap((m, i): readonly TakenDrug[] => {
    if (m.stopped !== undefined && m.stopped <= today) return [];
    const fact = { value: m.name, path: `intake.medications[${i}].name` };
    const wort = /st\.? ?john'?s? ?wort|hypericum|hiperico|hierba de san juan/i.test(m.name);
    return [
      ...genericNames(m.name, FOLDED).map((name) => ({ name, cls: BY_NAME.get(name)!, fact })),
      ...(wort ? [{ name: "St John's wort", cls: 'serotonergic' as const, fact }] : []),
    ];
  });
  return [...listed, ...drugsWithConditions(patient, listed)];
}

/** The allergy that names a drug of a class, or a word of its own ("contrast", "iodine"). */
export function allergyTo(
  patient: PatientCase,
  cls: DrugClass | null,
  words: RegExp,
): Seen<string> | undefined {
  const list = patient.intake?.allergies ?? [];
  const i = list.findIndex(
    (a) =>
      words.test(folded(a)) ||
      (cls !== null && genericNames(a, FOLDED).some((name) => BY_NAME.get(name) === cls)),
  );
  return i < 0 ? undefined : { value: list[i]!, path: `intake.allergies[${i}]` };
}

/** Where one drug without a class here stands on the list of current drugs. */
export function genericNamed(patient: PatientCase, name: string): readonly TakenDrug[] {
  const today = patient.now.slice(0, 10);
  const only = foldedNames([name]);
  return (patient.intake?.medications ?? []).flatMap((m, i) =>
    (m.stopped === undefined || m.stopped > today) && genericNames(m.name, only).length > 0
      ? [{ name, cls: 'other' as const, fact: { value: m.name, path: `intake.medications[${i}].name` } }]
      : [],
  );
}
