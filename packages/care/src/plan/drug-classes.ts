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

/** Brand and Spanish names, as people write them, with the generic name that the tables use. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  eliquis: 'apixaban',
  apixabán: 'apixaban',
  xarelto: 'rivaroxaban',
  rivaroxabán: 'rivaroxaban',
  pradaxa: 'dabigatran',
  dabigatrán: 'dabigatran',
  lixiana: 'edoxaban',
  savaysa: 'edoxaban',
  coumadin: 'warfarin',
  marevan: 'warfarin',
  warfarina: 'warfarin',
  sintrom: 'acenocoumarol',
  acenocumarol: 'acenocoumarol',
  plavix: 'clopidogrel',
  efient: 'prasugrel',
  effient: 'prasugrel',
  brilinta: 'ticagrelor',
  brilique: 'ticagrelor',
  clexane: 'enoxaparin',
  lovenox: 'enoxaparin',
  enoxaparina: 'enoxaparin',
  fragmin: 'dalteparin',
  heparina: 'heparin',
  asa: 'aspirin',
  aspirina: 'aspirin',
  adiro: 'aspirin',
  advil: 'ibuprofen',
  motrin: 'ibuprofen',
  nurofen: 'ibuprofen',
  ibuprofeno: 'ibuprofen',
  aleve: 'naproxen',
  naproxeno: 'naproxen',
  voltaren: 'diclofenac',
  voltarol: 'diclofenac',
  diclofenaco: 'diclofenac',
  celebrex: 'celecoxib',
  cymbalta: 'duloxetine',
  duloxetina: 'duloxetine',
  lyrica: 'pregabalin',
  pregabalina: 'pregabalin',
  neurontin: 'gabapentin',
  gabapentina: 'gabapentin',
  oxycontin: 'oxycodone',
  percocet: 'oxycodone',
  oxicodona: 'oxycodone',
  vicodin: 'hydrocodone',
  ultram: 'tramadol',
  zaldiar: 'tramadol',
  codeína: 'codeine',
  morfina: 'morphine',
  fentanilo: 'fentanyl',
  valium: 'diazepam',
  xanax: 'alprazolam',
  ativan: 'lorazepam',
  orfidal: 'lorazepam',
  klonopin: 'clonazepam',
};

/** The generic name of a word on a medicine list, when its class matters. */
function genericOf(word: string): string | undefined {
  const name = OTHER_NAMES[word] ?? word;
  return BY_NAME.has(name) ? name : undefined;
}

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
    const words = m.name.toLowerCase().split(/[^\p{L}-]+/u);
    const name = words.map(genericOf).find((w) => w !== undefined);
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
    return cls !== null && text.split(/[^\p{L}-]+/u).some((w) => BY_NAME.get(genericOf(w) ?? '') === cls);
  });
  return i < 0 ? undefined : { value: list[i]!, path: `intake.allergies[${i}]` };
}
