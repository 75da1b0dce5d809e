import type { Illness } from './illness.ts';

/** What a drug is for here; alternatives are sought within a class. */
export type MedicineClass =
  | 'opioid'
  | 'nsaid'
  | 'tricyclic'
  | 'antidepressant'
  | 'anticonvulsant'
  | 'antiemetic'
  | 'ppi'
  | 'volatile-anaesthetic'
  | 'muscle-relaxant'
  | 'intravenous-anaesthetic'
  | 'platelet-inhibitor'
  | 'anticoagulant'
  | 'local-anaesthetic'
  | 'spasm'
  | 'urate'
  | 'topical';

/** Facts that decide whether a drug can stand in for another (labels; AGS Beers 2023; EMA and FDA warnings). */
export interface Medicine {
  readonly drug: string;
  readonly class: MedicineClass;
  /** Below this eGFR (mL/min/1.73 m2) the drug is not offered. */
  readonly minEgfr?: number;
  /** From this age on the drug is not offered (Beers criteria: avoid). */
  readonly maxAge?: number;
  /** Under this age the label does not know it, or warns of it (oral ketorolac, antidepressants). */
  readonly minAge?: number;
  /** Words in an allergy entry that rule it out, besides its own name. */
  readonly allergyGroups?: readonly string[];
  /** Inhibits CYP2D6 enough to matter to other drugs. */
  readonly inhibitsCyp2d6?: true;
  readonly serotonergic?: true;
  /** Activated by CYP2D6: never stands in for another that is. */
  readonly cyp2d6Prodrug?: true;
  readonly prolongsQt?: true;
  /** Cleared by CYP1A2, so that fluvoxamine and ciprofloxacin are contraindicated with it. */
  readonly cyp1a2Substrate?: true;
  /** Given around an operation or for days only; not offered for use at home. */
  readonly inHospital?: true;
  /** Order in which alternatives are named: small is first. */
  readonly rank: number;
}

/** Labels rule all of them out after a reaction to any. */
const NSAID_ALLERGY =
  'nsaid aspirin ibuprofen naproxen diclofenac aceclofenac celecoxib etoricoxib flurbiprofen indomethacin ketoprofen ketorolac lornoxicam meloxicam nabumetone piroxicam sulindac tenoxicam'.split(
    ' ',
  );
/** Amides; the esters, procaine and its kin, are another family. */
const AMIDE_ALLERGY = [
  'local anaesthetic',
  'local anesthetic',
  ...'lidocaine bupivacaine ropivacaine mepivacaine articaine prilocaine'.split(' '),
];
/** Opioids of one chemical family; who reacts to one may react to the others. */
const PHENANTHRENE = ['opioid', 'morphine', 'codeine', 'hydromorphone', 'oxycodone', 'hydrocodone'];
const SULFA = [...NSAID_ALLERGY, 'sulfonamide', 'sulpha', 'sulfa'];

export const MEDICINES: readonly Medicine[] = [
  { drug: 'morphine', class: 'opioid', minEgfr: 30, allergyGroups: PHENANTHRENE, rank: 1 },
  { drug: 'hydromorphone', class: 'opioid', allergyGroups: PHENANTHRENE, rank: 2 },
  { drug: 'buprenorphine', class: 'opioid', allergyGroups: ['opioid'], rank: 3 },
  {
    drug: 'tapentadol',
    class: 'opioid',
    minEgfr: 30,
    minAge: 18,
    allergyGroups: ['opioid'],
    serotonergic: true,
    rank: 4,
  },
  { drug: 'oxycodone', class: 'opioid', minEgfr: 30, allergyGroups: PHENANTHRENE, rank: 5 },
  {
    drug: 'fentanyl',
    class: 'opioid',
    allergyGroups: ['opioid'],
    serotonergic: true,
    inHospital: true,
    rank: 6,
  },
  {
    drug: 'methadone',
    class: 'opioid',
    allergyGroups: ['opioid'],
    serotonergic: true,
    prolongsQt: true,
    rank: 20,
  },
  {
    drug: 'codeine',
    class: 'opioid',
    minEgfr: 30,
    minAge: 12,
    allergyGroups: PHENANTHRENE,
    cyp2d6Prodrug: true,
    rank: 30,
  },
  {
    drug: 'tramadol',
    class: 'opioid',
    minEgfr: 30,
    minAge: 12,
    allergyGroups: ['opioid'],
    cyp2d6Prodrug: true,
    serotonergic: true,
    rank: 31,
  },
  {
    drug: 'hydrocodone',
    class: 'opioid',
    minEgfr: 30,
    allergyGroups: PHENANTHRENE,
    cyp2d6Prodrug: true,
    rank: 32,
  },
  { drug: 'naproxen', class: 'nsaid', minEgfr: 30, allergyGroups: NSAID_ALLERGY, rank: 1 },
  {
    drug: 'ketorolac',
    class: 'nsaid',
    minAge: 17,
    minEgfr: 60,
    maxAge: 65,
    allergyGroups: NSAID_ALLERGY,
    inHospital: true,
    rank: 6,
  },
  { drug: 'diclofenac', class: 'nsaid', minEgfr: 30, allergyGroups: NSAID_ALLERGY, rank: 3 },
  { drug: 'celecoxib', class: 'nsaid', minEgfr: 30, allergyGroups: SULFA, rank: 2 },
  { drug: 'ibuprofen', class: 'nsaid', minEgfr: 30, allergyGroups: NSAID_ALLERGY, rank: 5 },
  { drug: 'meloxicam', class: 'nsaid', minEgfr: 30, allergyGroups: NSAID_ALLERGY, rank: 10 },
  {
    drug: 'flurbiprofen',
    class: 'nsaid',
    minEgfr: 30,
    allergyGroups: NSAID_ALLERGY,
    rank: 11,
  },
  { drug: 'lornoxicam', class: 'nsaid', minEgfr: 30, allergyGroups: NSAID_ALLERGY, rank: 12 },
  {
    drug: 'piroxicam',
    class: 'nsaid',
    minEgfr: 30,
    maxAge: 65,
    allergyGroups: NSAID_ALLERGY,
    rank: 13,
  },
  {
    drug: 'tenoxicam',
    class: 'nsaid',
    minEgfr: 30,
    maxAge: 65,
    allergyGroups: NSAID_ALLERGY,
    rank: 14,
  },
  { drug: 'nortriptyline', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 1 },
  { drug: 'desipramine', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 2 },
  { drug: 'amitriptyline', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 3 },
  { drug: 'doxepin', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 4 },
  { drug: 'imipramine', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 5 },
  { drug: 'clomipramine', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 6 },
  { drug: 'trimipramine', class: 'tricyclic', maxAge: 65, serotonergic: true, rank: 7 },
  { drug: 'gabapentin', class: 'anticonvulsant', minEgfr: 15, rank: 1 },
  { drug: 'pregabalin', class: 'anticonvulsant', minEgfr: 15, rank: 2 },
  { drug: 'lamotrigine', class: 'anticonvulsant', rank: 5 },
  {
    drug: 'carbamazepine',
    class: 'anticonvulsant',
    allergyGroups: ['oxcarbazepine', 'phenytoin'],
    rank: 6,
  },
  { drug: 'oxcarbazepine', class: 'anticonvulsant', allergyGroups: ['carbamazepine', 'phenytoin'], rank: 7 },
  {
    drug: 'phenytoin',
    class: 'anticonvulsant',
    allergyGroups: ['carbamazepine'],
    rank: 8,
  },
  {
    drug: 'fosphenytoin',
    class: 'anticonvulsant',
    allergyGroups: ['phenytoin', 'carbamazepine'],
    rank: 9,
  },
  {
    drug: 'duloxetine',
    class: 'antidepressant',
    minEgfr: 30,
    inhibitsCyp2d6: true,
    cyp1a2Substrate: true,
    serotonergic: true,
    rank: 1,
  },
  { drug: 'venlafaxine', class: 'antidepressant', minAge: 18, serotonergic: true, rank: 2 },
  { drug: 'sertraline', class: 'antidepressant', serotonergic: true, rank: 3 },
  { drug: 'mirtazapine', class: 'antidepressant', minAge: 18, rank: 4 },
  { drug: 'escitalopram', class: 'antidepressant', serotonergic: true, prolongsQt: true, rank: 5 },
  { drug: 'citalopram', class: 'antidepressant', serotonergic: true, prolongsQt: true, rank: 6 },
  { drug: 'milnacipran', class: 'antidepressant', minAge: 18, minEgfr: 15, serotonergic: true, rank: 7 },
  { drug: 'vortioxetine', class: 'antidepressant', minAge: 18, serotonergic: true, rank: 8 },
  { drug: 'fluvoxamine', class: 'antidepressant', serotonergic: true, rank: 9 },
  {
    drug: 'paroxetine',
    class: 'antidepressant',
    minAge: 18,
    maxAge: 65,
    inhibitsCyp2d6: true,
    serotonergic: true,
    rank: 12,
  },
  { drug: 'granisetron', class: 'antiemetic', rank: 1 },
  { drug: 'ondansetron', class: 'antiemetic', prolongsQt: true, rank: 2 },
  { drug: 'dexamethasone', class: 'antiemetic', rank: 3 },
  { drug: 'droperidol', class: 'antiemetic', prolongsQt: true, inHospital: true, rank: 4 },
  { drug: 'tropisetron', class: 'antiemetic', rank: 6 },
  { drug: 'metoclopramide', class: 'antiemetic', maxAge: 65, rank: 7 },
  { drug: 'rabeprazole', class: 'ppi', rank: 1 },
  { drug: 'esomeprazole', class: 'ppi', rank: 2 },
  { drug: 'pantoprazole', class: 'ppi', rank: 3 },
  { drug: 'omeprazole', class: 'ppi', rank: 4 },
  { drug: 'lansoprazole', class: 'ppi', rank: 5 },
  { drug: 'dexlansoprazole', class: 'ppi', rank: 6 },
  { drug: 'propofol', class: 'intravenous-anaesthetic', rank: 1 },
  { drug: 'ketamine', class: 'intravenous-anaesthetic', rank: 2 },
  { drug: 'dexmedetomidine', class: 'intravenous-anaesthetic', rank: 3 },
  { drug: 'sevoflurane', class: 'volatile-anaesthetic', rank: 1 },
  { drug: 'desflurane', class: 'volatile-anaesthetic', rank: 2 },
  { drug: 'isoflurane', class: 'volatile-anaesthetic', rank: 3 },
  { drug: 'halothane', class: 'volatile-anaesthetic', rank: 9 },
  { drug: 'enflurane', class: 'volatile-anaesthetic', rank: 9 },
  { drug: 'methoxyflurane', class: 'volatile-anaesthetic', rank: 9 },
  { drug: 'rocuronium', class: 'muscle-relaxant', rank: 1 },
  { drug: 'vecuronium', class: 'muscle-relaxant', rank: 2 },
  { drug: 'succinylcholine', class: 'muscle-relaxant', rank: 5 },
  { drug: 'prasugrel', class: 'platelet-inhibitor', minAge: 18, maxAge: 75, rank: 1 },
  { drug: 'ticagrelor', class: 'platelet-inhibitor', minAge: 18, rank: 2 },
  { drug: 'clopidogrel', class: 'platelet-inhibitor', rank: 3 },
  { drug: 'apixaban', class: 'anticoagulant', minEgfr: 15, rank: 1 },
  { drug: 'rivaroxaban', class: 'anticoagulant', minEgfr: 15, rank: 2 },
  { drug: 'warfarin', class: 'anticoagulant', rank: 5 },
  {
    drug: 'bupivacaine',
    class: 'local-anaesthetic',
    allergyGroups: AMIDE_ALLERGY,
    rank: 1,
  },
  {
    drug: 'ropivacaine',
    class: 'local-anaesthetic',
    allergyGroups: AMIDE_ALLERGY,
    rank: 2,
  },
  {
    drug: 'lidocaine',
    class: 'local-anaesthetic',
    allergyGroups: AMIDE_ALLERGY,
    rank: 3,
  },
  {
    drug: 'mepivacaine',
    class: 'local-anaesthetic',
    allergyGroups: AMIDE_ALLERGY,
    rank: 4,
  },
  {
    drug: 'articaine',
    class: 'local-anaesthetic',
    allergyGroups: AMIDE_ALLERGY,
    rank: 5,
  },
  {
    drug: 'prilocaine',
    class: 'local-anaesthetic',
    allergyGroups: AMIDE_ALLERGY,
    rank: 9,
  },
  { drug: 'tizanidine', class: 'spasm', cyp1a2Substrate: true, rank: 1 },
  { drug: 'baclofen', class: 'spasm', minEgfr: 30, rank: 2 },
  { drug: 'carisoprodol', class: 'spasm', maxAge: 65, rank: 8 },
  { drug: 'diazepam', class: 'spasm', maxAge: 65, rank: 9 },
  {
    drug: 'lidocaine plaster',
    class: 'topical',
    allergyGroups: AMIDE_ALLERGY,
    rank: 1,
  },
  { drug: 'febuxostat', class: 'urate', rank: 1 },
  { drug: 'allopurinol', class: 'urate', rank: 2 },
];

/** Drugs whose labels warn of low blood sodium. */
export const LOWERS_SODIUM: ReadonlySet<string> = new Set([
  ...MEDICINES.filter((m) => m.class === 'antidepressant' && m.drug !== 'mirtazapine').map((m) => m.drug),
  'carbamazepine',
  'oxcarbazepine',
]);

export function medicine(drug: string): Medicine | undefined {
  return MEDICINES.find((entry) => entry.drug === drug);
}

export interface PatientContext {
  readonly medications?: readonly { readonly name: string; readonly stoppedDaysAgo?: number }[];
  readonly ageYears?: number;
  /** mL/min/1.73 m2. */
  readonly egfr?: number;
  readonly allergies?: readonly string[];
  /** Illnesses and states that speak against drugs; what was not asked is not here. */
  readonly illnesses?: readonly Illness[];
  readonly ancestry?: 'EUR' | 'AFR' | 'AMR' | 'EAS' | 'SAS' | 'unknown';
  /** Tricyclics for neuropathic pain are given in low doses, for which CPIC advises no change. */
  readonly indication?: 'neuropathic-pain' | 'depression';
}
