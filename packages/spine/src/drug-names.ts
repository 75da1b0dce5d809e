/**
 * Drug names as people write them. Trade names lead to generic names; names of other languages and slips of the pen are met by folding both
 * to one spelling ("amitriptilina", "metotrexato", "oxicodona").
 */
const TRADE: Readonly<Record<string, string>> = {
  eliquis: 'apixaban',
  xarelto: 'rivaroxaban',
  pradaxa: 'dabigatran',
  lixiana: 'edoxaban',
  savaysa: 'edoxaban',
  coumadin: 'warfarin',
  marevan: 'warfarin',
  sintrom: 'acenocoumarol',
  acenocumarol: 'acenocoumarol',
  zyntabac: 'bupropion',
  reneuron: 'fluoxetine',
  motivan: 'paroxetine',
  dulotex: 'duloxetine',
  pacerone: 'amiodarone',
  plaquenil: 'hydroxychloroquine',
  dolquine: 'hydroxychloroquine',
  faverin: 'fluvoxamine',
  rifaldin: 'rifampicin',
  epanutin: 'phenytoin',
  jurnista: 'hydromorphone',
  transtec: 'buprenorphine',
  silenor: 'doxepin',
  vandral: 'venlafaxine',
  besitran: 'sertraline',
  esertia: 'escitalopram',
  prisdal: 'citalopram',
  rexer: 'mirtazapine',
  xefo: 'lornoxicam',
  xylocaine: 'lidocaine',
  lignocaine: 'lidocaine',
  marcaine: 'bupivacaine',
  yatrox: 'ondansetron',
  iscover: 'clopidogrel',
  aldocumar: 'warfarin',
  zyloric: 'allopurinol',
  adenuric: 'febuxostat',
  azilect: 'rasagiline',
  cipro: 'ciprofloxacin',
  norvir: 'ritonavir',
  sporanox: 'itraconazole',
  soltamox: 'tamoxifen',
  deprax: 'trazodone',
  esidrix: 'hydrochlorothiazide',
  antaxone: 'naltrexone',
  tikosyn: 'dofetilide',
  mtx: 'methotrexate',
  hidroclorotiazida: 'hydrochlorothiazide',
  hctz: 'hydrochlorothiazide',
  clortalidona: 'chlorthalidone',
  hygroton: 'chlorthalidone',
  plavix: 'clopidogrel',
  efient: 'prasugrel',
  effient: 'prasugrel',
  brilinta: 'ticagrelor',
  brilique: 'ticagrelor',
  clexane: 'enoxaparin',
  lovenox: 'enoxaparin',
  fragmin: 'dalteparin',
  hibor: 'bemiparin',
  innohep: 'tinzaparin',
  fraxiparine: 'nadroparin',
  arixtra: 'fondaparinux',
  persantin: 'dipyridamole',
  disgren: 'triflusal',
  asa: 'aspirin',
  adiro: 'aspirin',
  advil: 'ibuprofen',
  motrin: 'ibuprofen',
  nurofen: 'ibuprofen',
  brufen: 'ibuprofen',
  aleve: 'naproxen',
  naprosyn: 'naproxen',
  voltaren: 'diclofenac',
  voltarol: 'diclofenac',
  arcoxia: 'etoricoxib',
  mobic: 'meloxicam',
  toradol: 'ketorolac',
  nolotil: 'metamizole',
  celebrex: 'celecoxib',
  enantyum: 'dexketoprofen',
  feldene: 'piroxicam',
  cymbalta: 'duloxetine',
  effexor: 'venlafaxine',
  efexor: 'venlafaxine',
  zoloft: 'sertraline',
  lustral: 'sertraline',
  prozac: 'fluoxetine',
  paxil: 'paroxetine',
  seroxat: 'paroxetine',
  lexapro: 'escitalopram',
  cipralex: 'escitalopram',
  celexa: 'citalopram',
  cipramil: 'citalopram',
  remeron: 'mirtazapine',
  elavil: 'amitriptyline',
  tryptizol: 'amitriptyline',
  pamelor: 'nortriptyline',
  nardil: 'phenelzine',
  parnate: 'tranylcypromine',
  zyvox: 'linezolid',
  imitrex: 'sumatriptan',
  imigran: 'sumatriptan',
  maxalt: 'rizatriptan',
  lyrica: 'pregabalin',
  neurontin: 'gabapentin',
  tegretol: 'carbamazepine',
  oxycontin: 'oxycodone',
  percocet: 'oxycodone',
  targin: 'oxycodone',
  targiniq: 'oxycodone',
  oxynorm: 'oxycodone',
  endone: 'oxycodone',
  vicodin: 'hydrocodone',
  norco: 'hydrocodone',
  ultram: 'tramadol',
  adolonta: 'tramadol',
  zydol: 'tramadol',
  zaldiar: 'tramadol',
  tramacet: 'tramadol',
  dilaudid: 'hydromorphone',
  nucynta: 'tapentadol',
  palexia: 'tapentadol',
  yantil: 'tapentadol',
  durogesic: 'fentanyl',
  duragesic: 'fentanyl',
  meperidine: 'pethidine',
  demerol: 'pethidine',
  mst: 'morphine',
  sevredol: 'morphine',
  oramorph: 'morphine',
  suboxone: 'buprenorphine',
  butrans: 'buprenorphine',
  valium: 'diazepam',
  xanax: 'alprazolam',
  tranxilium: 'clorazepate',
  noctamid: 'lormetazepam',
  ativan: 'lorazepam',
  orfidal: 'lorazepam',
  klonopin: 'clonazepam',
  rivotril: 'clonazepam',
  ambien: 'zolpidem',
  stilnox: 'zolpidem',
  imovane: 'zopiclone',
  seguril: 'furosemide',
  lasix: 'furosemide',
  litio: 'lithium',
  plenur: 'lithium',
  biaxin: 'clarithromycin',
  klacid: 'clarithromycin',
  zofran: 'ondansetron',
  seroquel: 'quetiapine',
  celestone: 'betamethasone',
  lamisil: 'terbinafine',
  luvox: 'fluvoxamine',
  myrbetriq: 'mirabegron',
  betmiga: 'mirabegron',
  nexium: 'esomeprazole',
  pristiq: 'desvenlafaxine',
  sensipar: 'cinacalcet',
  mimpara: 'cinacalcet',
  tramal: 'tramadol',
  wellbutrin: 'bupropion',
  zyban: 'bupropion',
  elontril: 'bupropion',
  zytiga: 'abiraterone',
  xtandi: 'enzalutamide',
  erleada: 'apalutamide',
  diflucan: 'fluconazole',
  vfend: 'voriconazole',
  prilosec: 'omeprazole',
  losec: 'omeprazole',
  protonix: 'pantoprazole',
  prevacid: 'lansoprazole',
  dilantin: 'phenytoin',
  trileptal: 'oxcarbazepine',
  rifadin: 'rifampicin',
  rifampin: 'rifampicin',
  sustiva: 'efavirenz',
  cordarone: 'amiodarone',
  trangorex: 'amiodarone',
  tagamet: 'cimetidine',
  brintellix: 'vortioxetine',
  trintellix: 'vortioxetine',
  soma: 'carisoprodol',
  reglan: 'metoclopramide',
  primperan: 'metoclopramide',
  aplenzin: 'bupropion',
  forfivo: 'bupropion',
  sarafem: 'fluoxetine',
  pexeva: 'paroxetine',
  brisdelle: 'paroxetine',
  deroxat: 'paroxetine',
  irenka: 'duloxetine',
  drizalma: 'duloxetine',
  yentreve: 'duloxetine',
  xeristar: 'duloxetine',
  ariclaim: 'duloxetine',
  ultracet: 'tramadol',
  subutex: 'buprenorphine',
  norspan: 'buprenorphine',
  dolophine: 'methadone',
  vimovo: 'naproxen',
  arthrotec: 'diclofenac',
  trankimazin: 'alprazolam',
  lexatin: 'bromazepam',
  dumyrox: 'fluvoxamine',
  rimactane: 'rifampicin',
  nolvadex: 'tamoxifen',
  vivitrol: 'naltrexone',
  revia: 'naltrexone',
  zanaflex: 'tizanidine',
  sirdalud: 'tizanidine',
  lioresal: 'baclofen',
  tofranil: 'imipramine',
  anafranil: 'clomipramine',
  sinequan: 'doxepin',
  norpramin: 'desipramine',
  savella: 'milnacipran',
  viibryd: 'vilazodone',
  desyrel: 'trazodone',
  lamictal: 'lamotrigine',
  horizant: 'gabapentin',
  gralise: 'gabapentin',
  kytril: 'granisetron',
  dexilant: 'dexlansoprazole',
  aciphex: 'rabeprazole',
  casbol: 'paroxetine',
  frosinor: 'paroxetine',
  daparox: 'paroxetine',
  aropax: 'paroxetine',
  adofen: 'fluoxetine',
  luramon: 'fluoxetine',
  fluctin: 'fluoxetine',
  quomem: 'bupropion',
  parareg: 'cinacalcet',
  dobupal: 'venlafaxine',
  odven: 'venlafaxine',
  aremis: 'sertraline',
  altruline: 'sertraline',
  seropram: 'citalopram',
  aventyl: 'nortriptyline',
  paxtibi: 'nortriptyline',
  deprelio: 'amitriptyline',
  buprex: 'buprenorphine',
  belbuca: 'buprenorphine',
  zubsolv: 'buprenorphine',
  abstral: 'fentanyl',
  actiq: 'fentanyl',
  effentora: 'fentanyl',
  metasedin: 'methadone',
  dolantina: 'pethidine',
  codeisan: 'codeine',
  espidifen: 'ibuprofen',
  neobrufen: 'ibuprofen',
  antalgin: 'naproxen',
  orudis: 'ketoprofen',
  dormicum: 'midazolam',
  tafil: 'alprazolam',
  pantecta: 'pantoprazole',
  opiren: 'lansoprazole',
  jantoven: 'warfarin',
  inhixa: 'enoxaparin',
  sinemet: 'levodopa',
  madopar: 'levodopa',
  emsam: 'selegiline',
  haldol: 'haloperidol',
  noxafil: 'posaconazole',
  ciproxin: 'ciprofloxacin',
  baycip: 'ciprofloxacin',
  tambocor: 'flecainide',
  apocard: 'flecainide',
};

/** Trade names of two words, which an entry split into words would lose. */
const TRADE_PAIRS: readonly (readonly [RegExp, string])[] = [
  [/\bms[ -]?contin\b/i, 'morphine'],
  [/\bhydromorph[ -]contin\b/i, 'hydromorphone'],
];

/** One spelling for what is one name in English, Spanish and most other languages. */
function foldedName(word: string): string {
  return (
    word
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^a-z0-9-]/g, '')
      .replace(/ph/g, 'f')
      .replace(/th/g, 't')
      .replace(/y/g, 'i')
      .replace(/ks?(?=[a-z])/g, 'c')
      .replace(/(.)\1/g, '$1')
      .replace(/^h(?=[aeiou])/, '')
      // Of a short name nothing is left to spare: "as" is not ASA, nor "some" Soma.
      .replace(/(?<=.{4})(?:[aeo]|um)$/, '')
  );
}

const FOLDED_TRADE = new Map(Object.entries(TRADE).map(([trade, generic]) => [foldedName(trade), generic]));

/** Generic names by their folded spelling, for `genericName`. */
export function foldedNames(names: Iterable<string>): ReadonlyMap<string, string> {
  return new Map([...names].map((name) => [foldedName(name), name]));
}

/** The generic name that one word means, out of those that are known; undefined where it is none of them. */
export function genericName(word: string, known: ReadonlyMap<string, string>): string | undefined {
  const folded = foldedName(word);
  const trade = FOLDED_TRADE.get(folded);
  return trade === undefined ? known.get(folded) : known.get(foldedName(trade));
}

/** Entries read lately: a plan asks "what if" many times over and the medicine list stays the same. */
const READ = new WeakMap<ReadonlyMap<string, string>, Map<string, readonly string[]>>();

/** The generic names among the words of an entry on a medicine list, out of those that are known (folded name to name). */
export function genericNames(entry: string, known: ReadonlyMap<string, string>): readonly string[] {
  const read = READ.get(known) ?? new Map<string, readonly string[]>();
  READ.set(known, read);
  const had = read.get(entry);
  if (had !== undefined) return had;
  const words = entry.split(/[^\p{L}'-]+/u).map((word) => genericName(word, known));
  const pairs = TRADE_PAIRS.flatMap(([trade, generic]) =>
    trade.test(entry) ? [known.get(foldedName(generic))] : [],
  );
  const names = [...new Set([...words, ...pairs].filter((name) => name !== undefined))];
  if (read.size >= 512) read.clear();
  read.set(entry, names);
  return names;
}

/** What is put on the skin, the nails or the eye, and acts there: no matter for enzymes. A patch is given for the whole body. */
const ON_THE_SURFACE =
  /\b(?:cream|(?<!liqui(?:d |-)|soft[ -]?)gel(?!\W?cap)|ointment|lotion|shampoo|lacquer|topical|(?:eye|ear) ?drops?|crema|pomada|colirio|creme|salbe|pommade|collyre)\b|ung[uü]ento|loci[oó]n|champ[uú]|t[oó]pic[oa]/i;

export function actsOnSurface(text: string): boolean {
  return ON_THE_SURFACE.test(text);
}
