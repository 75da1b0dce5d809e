import { foldedNames, genericName } from '@foramen/spine/drug-names';
import { MEDICINES } from './medicines.ts';

/** Drugs that change how others work, besides those that are themselves recommended here. */
const OTHERS =
  'bupropion fluoxetine quinidine terbinafine abiraterone cinacalcet lorcaserin mirabegron amiodarone cimetidine desvenlafaxine hydroxychloroquine ritonavir fluconazole ticlopidine voriconazole rifampicin apalutamide enzalutamide efavirenz phenobarbital primidone ketoconazole itraconazole posaconazole clarithromycin cobicistat ciprofloxacin enoxacin tamoxifen flecainide propafenone thioridazine pimozide eliglustat acenocoumarol phenprocoumon edoxaban dabigatran heparin enoxaparin phenelzine tranylcypromine isocarboxazid moclobemide linezolid selegiline rasagiline lorazepam alprazolam midazolam triazolam clobazam clonazepam bromazepam lormetazepam temazepam oxazepam nitrazepam chlordiazepoxide zolpidem zopiclone naltrexone nalmefene sotalol dofetilide haloperidol erythromycin moxifloxacin domperidone vilazodone trazodone pethidine lithium methotrexate theophylline clozapine aspirin indomethacin etoricoxib sumatriptan rizatriptan zolmitriptan eletriptan naratriptan frovatriptan almotriptan buspirone dextromethorphan lisdexamfetamine amphetamine levomilnacipran nefazodone hydrochlorothiazide chlorthalidone indapamide bendroflumethiazide metolazone desmopressin aceclofenac ketoprofen dexketoprofen nabumetone sulindac lisinopril enalapril ramipril perindopril captopril quinapril losartan valsartan candesartan irbesartan telmisartan olmesartan furosemide torasemide bumetanide spironolactone prednisone prednisolone methylprednisolone deflazacort levodopa pramipexole ropinirole rotigotine';

const KNOWN = foldedNames([
  ...MEDICINES.map((entry) => entry.drug).filter((drug) => !drug.includes(' ')),
  ...OTHERS.split(' '),
]);

/** Names that are several words, brands of two drugs, and groups as allergies name them. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/st johns? wort|hierba de san juan|hyperic\w*|hip[eé]ric\w*/g, 'st johns wort'],
  [/azul de metileno|methylthionin\w*/g, 'methylene blue'],
  [/[aá]cido acetilsalic[ií]lico|acetylsalicylic acid/g, 'aspirin'],
  [/\baines?\b|antiinflamatori\w+|anti-inflammator\w+/g, 'nsaid'],
  [/opi[aá]ceos?|opiates?|opioides?/g, 'opioid'],
  [/sulfamidas?|sulphonamides?/g, 'sulfonamide'],
  [/anest[eé]sicos? locale?s?/g, 'local anesthetic'],
  [/parches? de lidoca[ií]na|lidocaine patch\w*/g, 'lidocaine plaster'],
  [/bactrim|sept(?:rin|ra)\b|co-?trimoxa[sz]ole?/g, 'sulfamethoxazole'],
  [/contrave|mysimba/g, 'naltrexone bupropion'],
  [/auvelity/g, 'dextromethorphan bupropion'],
  [/symbyax/g, 'olanzapine fluoxetine'],
  [/nuedexta/g, 'dextromethorphan quinidine'],
  [/paxlovid|kaletra/g, 'ritonavir'],
  [/cod-efferalgan|co-codamol|tylenol[ -](?:#|no |n)?[234]\b/g, 'codeine'],
];

/** Names read lately: every alternative of every action asks for the same few again. */
const READ = new Map<string, string>();

/** A drug name as it is compared: small letters, generic, in English, whatever the language or the brand it was written in. */
export function drugName(text: string): string {
  const had = READ.get(text);
  if (had !== undefined) return had;
  const plain = text.trim().toLowerCase().replace(/['’.]/g, '').replace(/\s+/g, ' ');
  const said = PHRASES.reduce((now, [pattern, drug]) => now.replace(pattern, drug), plain);
  const name = said.replace(/[\p{L}\p{M}]+/gu, (word) => genericName(word, KNOWN) ?? word);
  if (READ.size >= 512) READ.clear();
  READ.set(text, name);
  return name;
}

/** Whether an entry of a medicine list names a drug, as a word of its own. */
export function namesDrug(text: string, drug: string): boolean {
  const name = drugName(text);
  return name === drug || name.split(/[^a-z]+/).includes(drug) || (drug.includes(' ') && name.includes(drug));
}

const WEIGHED: ReadonlySet<string> = new Set([
  ...KNOWN.values(),
  ...PHRASES.flatMap(([, name]) => name.split(' ')),
]);
/** Families that rules know by the end of the name. */
const FAMILY = /(?:azepam|triptan|pril|sartan|thiazide|heparin)$/;

/** Whether an entry of a list names anything that a rule here asks after; otherwise nothing was checked against it. */
export function isWeighed(text: string): boolean {
  return drugName(text)
    .split(/[^\p{L}]+/u)
    .some((word) => WEIGHED.has(word) || FAMILY.test(word));
}
