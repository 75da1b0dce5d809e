import type { PatientCase } from '@foramen/spine';
import type { Seen } from '../facts.ts';

/** Drug classes that plans turn on. Names are generic names; matched as words, so "co-codamol" needs its own entry. */
const CLASSES = {
  nsaid:
    'ibuprofen naproxen diclofenac celecoxib etoricoxib meloxicam piroxicam indomethacin ketorolac etodolac nabumetone oxaprozin flurbiprofen aceclofenac lornoxicam tenoxicam ketoprofen',
  opioid:
    'codeine co-codamol tramadol oxycodone hydrocodone morphine fentanyl tapentadol methadone hydromorphone oxymorphone buprenorphine dihydrocodeine pethidine oliceridine',
  benzodiazepine:
    'diazepam lorazepam alprazolam clonazepam temazepam oxazepam chlordiazepoxide midazolam nitrazepam',
  maoi: 'phenelzine tranylcypromine isocarboxazid moclobemide selegiline rasagiline linezolid',
  serotonergic:
    'duloxetine venlafaxine desvenlafaxine milnacipran fluoxetine paroxetine sertraline citalopram escitalopram fluvoxamine vortioxetine amitriptyline nortriptyline clomipramine imipramine trazodone mirtazapine',
  gabapentinoid: 'gabapentin pregabalin',
  anticoagulant:
    'warfarin acenocoumarol phenprocoumon dabigatran rivaroxaban apixaban edoxaban heparin enoxaparin dalteparin tinzaparin nadroparin fondaparinux',
  antiplatelet: 'aspirin acetylsalicylic clopidogrel prasugrel ticagrelor dipyridamole',
  steroid: 'prednisone prednisolone methylprednisolone dexamethasone hydrocortisone',
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

/** Drugs taken now (not stopped by `now`) whose class matters, in the order given. */
export function takenDrugs(patient: PatientCase): readonly TakenDrug[] {
  const today = patient.now.slice(0, 10);
  return (patient.intake?.medications ?? []).flatMap((m, i) => {
    if (m.stopped !== undefined && m.stopped <= today) return [];
    const words = m.name.toLowerCase().split(/[^a-z-]+/);
    const name = words.find((w) => BY_NAME.has(w));
    if (name === undefined) return [];
    return [
      { name, cls: BY_NAME.get(name)!, fact: { value: m.name, path: `intake.medications[${i}].name` } },
    ];
  });
}

/** The allergy that names a drug of a class, or a word of its own ("contrast", "iodine"). */
export function allergyTo(
  patient: PatientCase,
  cls: DrugClass | null,
  words: RegExp,
): Seen<string> | undefined {
  const list = patient.intake?.allergies ?? [];
  const i = list.findIndex((a) => {
    const text = a.toLowerCase();
    if (words.test(text)) return true;
    return cls !== null && text.split(/[^a-z-]+/).some((w) => BY_NAME.get(w) === cls);
  });
  return i < 0 ? undefined : { value: list[i]!, path: `intake.allergies[${i}]` };
}
