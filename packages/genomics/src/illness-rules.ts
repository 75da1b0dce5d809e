import type { Illness } from './illness.ts';
import { LOWERS_SODIUM, type Medicine } from './medicines.ts';

interface IllnessRule {
  readonly illness: Illness;
  /** `out`: not offered. `care`: offered, and what to look after is said. */
  readonly how: 'out' | 'care';
  readonly covers: (drug: Medicine) => boolean;
  readonly says: string;
  /** Where breathing is watched after each dose this is a precaution, not a bar. */
  readonly atHomeOnly: boolean;
}

/** `drugs`: names and `@class`es, with `-name` for what a class does not bring along; `_` stands for a space. */
function row(
  illness: Illness,
  how: IllnessRule['how'],
  drugs: string,
  says: string,
  atHomeOnly = false,
): IllnessRule {
  const words = drugs.split(' ').map((word) => word.replaceAll('_', ' '));
  const not = new Set(words.filter((word) => word.startsWith('-')).map((word) => word.slice(1)));
  const named = new Set(words);
  const covers = (drug: Medicine) =>
    !not.has(drug.drug) && (named.has(drug.drug) || named.has(`@${drug.class}`));
  return { illness, how, covers, says, atHomeOnly };
}

const SNRI = 'duloxetine venlafaxine milnacipran';

/**
 * Drugs and the illnesses that speak against them. From labels (FDA, EMA) unless a line says otherwise. The gravest of an illness come first.
 */
const RULES: readonly IllnessRule[] = [
  // NSAIDs from week 20 on: FDA 2020. Pregabalin: MHRA 2022. Antiepileptics: MHRA 2021. Paroxetine: FDA 2005.
  row(
    'pregnancy',
    'out',
    '@nsaid @anticoagulant pregabalin carbamazepine phenytoin fosphenytoin paroxetine',
    'pregnancy',
  ),
  // FDA 2017 for codeine and tramadol; LactMed for the other opioids, for long-acting anti-inflammatories and doxepin.
  row(
    'breastfeeding',
    'out',
    'codeine tramadol oxycodone hydrocodone tapentadol',
    "breastfeeding: slows the child's breathing",
  ),
  row(
    'breastfeeding',
    'out',
    'naproxen piroxicam tenoxicam meloxicam lornoxicam ketorolac doxepin pregabalin milnacipran vortioxetine carisoprodol diazepam tizanidine febuxostat prasugrel ticagrelor apixaban rivaroxaban tropisetron',
    'breastfeeding: others are better known',
  ),
  row(
    'breastfeeding',
    'care',
    'morphine hydromorphone buprenorphine fentanyl',
    'breastfeeding: fewest days, and the child watched for drowsiness',
  ),
  row('heartFailure', 'out', '@nsaid', 'heart failure'),
  row('heartFailure', 'care', 'pregabalin', 'heart failure: may hold water'),
  row('ulcerOrGiBleed', 'out', '@nsaid -celecoxib', 'ulcer or gastrointestinal bleed'),
  row('ulcerOrGiBleed', 'care', 'celecoxib', 'ulcer before: with a proton pump inhibitor'),
  // AASLD 2022 and Imani 2014 for pain relief in cirrhosis: no NSAID; of opioids hydromorphone or fentanyl in small doses.
  row(
    'liverSevere',
    'out',
    '@opioid -hydromorphone -fentanyl',
    'liver, Child-Pugh C: it builds up or is not activated',
  ),
  row(
    'liverSevere',
    'out',
    '@tricyclic venlafaxine carisoprodol diazepam prasugrel ticagrelor apixaban phenytoin fosphenytoin',
    'liver, Child-Pugh C',
  ),
  row('liverModerate', 'out', '@nsaid', 'cirrhosis: bleeding and kidney failure'),
  row('liverModerate', 'out', 'sertraline tizanidine rivaroxaban carbamazepine', 'liver, Child-Pugh B or C'),
  row('liverModerate', 'care', '@opioid', 'liver: smaller doses, further apart'),
  row('liverModerate', 'care', 'venlafaxine @tricyclic @ppi lamotrigine', 'liver: about half the dose'),
  row('liverModerate', 'care', 'apixaban prasugrel ticagrelor warfarin', 'liver: clotting first'),
  row('liverDisease', 'out', 'duloxetine milnacipran', 'liver disease'),
  row(
    'liverDisease',
    'out',
    'diclofenac',
    'liver disease: of the anti-inflammatories the one that harms it most',
  ),
  row('alcohol', 'out', 'duloxetine milnacipran', 'alcohol: harms the liver with it'),
  row('alcohol', 'out', '@opioid carisoprodol diazepam', 'alcohol: breathing', true),
  row(
    'alcohol',
    'care',
    'gabapentin pregabalin baclofen tizanidine @tricyclic mirtazapine',
    'alcohol: sedation adds up',
  ),
  row('alcohol', 'care', '@nsaid', 'alcohol: bleeding from the stomach'),
  // CDC 2022. Buprenorphine treats the disorder too.
  row('substanceUse', 'out', '@opioid -buprenorphine', 'substance use disorder, now or before', true),
  row('substanceUse', 'out', 'carisoprodol diazepam', 'substance use disorder, now or before'),
  row('substanceUse', 'care', 'buprenorphine', 'with whoever treats the substance use disorder'),
  row(
    'substanceUse',
    'care',
    'gabapentin pregabalin',
    'substance use disorder: misuse, small amounts at a time',
  ),
  row('seizures', 'out', 'tramadol tapentadol @tricyclic metoclopramide', 'seizures'),
  row('seizures', 'care', 'venlafaxine baclofen', 'seizures: slowly up and down'),
  // CredibleMeds, drugs to avoid in congenital long QT.
  row(
    'longQt',
    'out',
    'methadone buprenorphine citalopram escitalopram @tricyclic ondansetron granisetron tropisetron droperidol metoclopramide',
    'long QT',
  ),
  row('longQt', 'care', 'sertraline venlafaxine mirtazapine tizanidine', 'long QT: ECG before and after'),
  row('serotoninSyndrome', 'out', 'tramadol tapentadol methadone', 'serotonin syndrome before'),
  row(
    'serotoninSyndrome',
    'care',
    '@antidepressant @tricyclic fentanyl',
    'serotonin syndrome before: alone, slowly',
  ),
  row('glaucoma', 'out', '@tricyclic duloxetine', 'glaucoma'),
  row('glaucoma', 'care', 'venlafaxine milnacipran paroxetine', 'glaucoma: pressure of the eye'),
  row('urinaryRetention', 'out', '@tricyclic', 'urinary retention'),
  row('urinaryRetention', 'care', '@opioid duloxetine milnacipran', 'urinary retention'),
  row('heartRhythm', 'out', '@tricyclic carbamazepine', 'heart rhythm or infarction'),
  row('heartRhythm', 'care', 'venlafaxine citalopram escitalopram', 'heart rhythm: ECG'),
  // EMA 2005 and 2013.
  row('arterial', 'out', 'celecoxib diclofenac', 'disease of the arteries'),
  row(
    'arterial',
    'care',
    'ibuprofen naproxen ketorolac',
    'disease of the arteries: lowest dose, fewest days',
  ),
  row('stroke', 'out', 'prasugrel', 'contraindicated after stroke or TIA'),
  row('brainBleed', 'out', '@nsaid @anticoagulant prasugrel ticagrelor', 'bleeding in the head before'),
  row('hypertension', 'out', SNRI, 'uncontrolled hypertension'),
  row('parkinson', 'out', 'metoclopramide droperidol', 'Parkinson disease'),
  row('aspirinAsthma', 'out', '@nsaid', 'asthma from anti-inflammatories'),
  row('sleepApnoea', 'out', 'carisoprodol diazepam', 'sleep apnoea'),
  row('sleepApnoea', 'care', '@opioid gabapentin pregabalin', 'sleep apnoea: breathing'),
  row('breathing', 'out', 'carisoprodol diazepam', 'lungs'),
  row('breathing', 'care', '@opioid gabapentin pregabalin', 'lungs: breathing'),
  row('bipolar', 'care', '@antidepressant @tricyclic', 'bipolar: may turn into mania'),
  // Deadly in overdose: NICE NG222.
  row('selfHarm', 'out', '@tricyclic venlafaxine', 'deadly in overdose'),
  row('selfHarm', 'care', '@opioid pregabalin gabapentin', 'overdose: small amounts at a time'),
  // AGS Beers 2023 for the drugs that may worsen it.
  row('hyponatraemia', 'out', [...LOWERS_SODIUM].join(' '), 'low blood sodium: may lower it further'),
  row('hyponatraemia', 'care', '@tricyclic mirtazapine tramadol', 'low blood sodium: checked again'),
  // Labels: of duloxetine and tizanidine about a third less reaches a smoker's blood; of duloxetine without a change of dose.
  row(
    'smoking',
    'care',
    'duloxetine tizanidine',
    'smoking: about a third less in the blood (CYP1A2), more again once it is given up',
  ),
  row(
    'smokingStopped',
    'care',
    'duloxetine tizanidine',
    'smoking given up in the last days: up to half more in the blood within about a week (CYP1A2)',
  ),
  // European Malignant Hyperthermia Group, Rüffert 2021: relatives count as susceptible until a test of muscle clears them.
  row(
    'hyperthermia',
    'out',
    '@volatile-anaesthetic succinylcholine',
    'malignant hyperthermia in the person or the family',
  ),
  row('cholinesterase', 'out', 'succinylcholine', 'cholinesterase deficiency: long apnoea'),
  row('g6pd', 'out', 'prilocaine', 'G6PD deficiency: methaemoglobinaemia'),
  row('kidneyDisease', 'care', '@nsaid gabapentin pregabalin morphine', 'kidneys: eGFR first'),
];

function rulesFor(drug: Medicine, illnesses: readonly Illness[]): readonly IllnessRule[] {
  if (illnesses.length === 0) return [];
  return RULES.filter((rule) => illnesses.includes(rule.illness) && rule.covers(drug));
}

/** Why a drug is not for somebody with these illnesses. */
export function againstByIllness(
  drug: Medicine,
  illnesses: readonly Illness[],
  monitored: boolean,
): readonly string[] {
  return rulesFor(drug, illnesses)
    .filter((rule) => rule.how === 'out' && !(monitored && rule.atHomeOnly))
    .map((rule) => rule.says);
}

/** What to look after where the drug may be given; where breathing is watched, also what would bar it at home. */
export function careByIllness(
  drug: Medicine,
  illnesses: readonly Illness[],
  monitored: boolean,
): readonly string[] {
  return rulesFor(drug, illnesses)
    .filter((rule) => rule.how === 'care' || (monitored && rule.atHomeOnly))
    .map((rule) => rule.says);
}
