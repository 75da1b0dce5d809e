/** Generic names as Spanish writes them, where it does not write them as English does (INN in Spanish). */
const SPANISH: Readonly<Record<string, string>> = {
  acenocoumarol: 'acenocumarol',
  amitriptyline: 'amitriptilina',
  apixaban: 'apixabán',
  aspirin: 'aspirina',
  bupivacaine: 'bupivacaína',
  buprenorphine: 'buprenorfina',
  carbamazepine: 'carbamazepina',
  clomipramine: 'clomipramina',
  codeine: 'codeína',
  cyclobenzaprine: 'ciclobenzaprina',
  dabigatran: 'dabigatrán',
  desflurane: 'desflurano',
  desipramine: 'desipramina',
  dihydrocodeine: 'dihidrocodeína',
  hydroxychloroquine: 'hidroxicloroquina',
  methylprednisolone: 'metilprednisolona',
  dexamethasone: 'dexametasona',
  diclofenac: 'diclofenaco',
  doxepin: 'doxepina',
  duloxetine: 'duloxetina',
  edoxaban: 'edoxabán',
  enoxaparin: 'enoxaparina',
  esomeprazole: 'esomeprazol',
  fentanyl: 'fentanilo',
  fluoxetine: 'fluoxetina',
  flurbiprofen: 'flurbiprofeno',
  fluvoxamine: 'fluvoxamina',
  gabapentin: 'gabapentina',
  granisetron: 'granisetrón',
  heparin: 'heparina',
  hydrocodone: 'hidrocodona',
  hydromorphone: 'hidromorfona',
  ibuprofen: 'ibuprofeno',
  imipramine: 'imipramina',
  indomethacin: 'indometacina',
  insulin: 'insulina',
  isoflurane: 'isoflurano',
  ketamine: 'ketamina',
  ketorolac: 'ketorolaco',
  lansoprazole: 'lansoprazol',
  levothyroxine: 'levotiroxina',
  lidocaine: 'lidocaína',
  lithium: 'litio',
  metamizole: 'metamizol',
  metformin: 'metformina',
  methadone: 'metadona',
  methotrexate: 'metotrexato',
  metoclopramide: 'metoclopramida',
  mirtazapine: 'mirtazapina',
  morphine: 'morfina',
  naproxen: 'naproxeno',
  nortriptyline: 'nortriptilina',
  omeprazole: 'omeprazol',
  ondansetron: 'ondansetrón',
  oxcarbazepine: 'oxcarbazepina',
  oxycodone: 'oxicodona',
  pantoprazole: 'pantoprazol',
  paroxetine: 'paroxetina',
  phenytoin: 'fenitoína',
  prednisolone: 'prednisolona',
  prednisone: 'prednisona',
  pregabalin: 'pregabalina',
  rabeprazole: 'rabeprazol',
  rivaroxaban: 'rivaroxabán',
  ropivacaine: 'ropivacaína',
  sertraline: 'sertralina',
  sevoflurane: 'sevoflurano',
  succinylcholine: 'succinilcolina',
  tizanidine: 'tizanidina',
  trazodone: 'trazodona',
  trimipramine: 'trimipramina',
  venlafaxine: 'venlafaxina',
  vortioxetine: 'vortioxetina',
  warfarin: 'warfarina',
};

/**
 * A medicine's generic name in a language (BCP 47 tag), its first letter as it was; a list ("codeine, tramadol") name by name. What the table
 * does not hold stays as it is: brands, and words that are none.
 */
export function drugNameIn(name: string, language: string): string {
  if (!language.toLowerCase().startsWith('es')) return name;
  return name
    .split(', ')
    .map((one) => {
      const key = one.toLowerCase();
      const found = Object.hasOwn(SPANISH, key) ? SPANISH[key] : undefined;
      if (found === undefined) return one;
      return /^\p{Lu}/u.test(one) ? `${found[0]!.toUpperCase()}${found.slice(1)}` : found;
    })
    .join(', ');
}
