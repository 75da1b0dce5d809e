import type { PatientCase } from '@foramen/spine';
import { folded, ILLNESS_WORDS, namesIllness } from '@foramen/spine/conditions';
import { intakeFact, isWithheld, type Seen } from '../facts.ts';

const foldedLists = new WeakMap<readonly string[], readonly string[]>();

/** The list of past conditions, folded once. */
function foldedList(list: readonly string[]): readonly string[] {
  const known = foldedLists.get(list);
  if (known !== undefined) return known;
  const made = list.map(folded);
  foldedLists.set(list, made);
  return made;
}

/** A condition named in the free list of past conditions; the pattern meets lower case without accents. */
export function namedCondition(
  view: { readonly patient: PatientCase },
  pattern: RegExp,
): Seen<string> | undefined {
  const list = view.patient.intake?.history?.conditions;
  if (list === undefined) return undefined;
  const i = foldedList(list).findIndex((text) => namesIllness(text, pattern));
  return i < 0 ? undefined : { value: list[i]!, path: `intake.history.conditions[${i}]` };
}

type Told = 'ulcerOrGiBleed' | 'heartFailure' | 'sleepApnoea' | 'diabetes' | 'osteoporosis' | 'pregnancy';

/** A past illness that safety turns on: answered "yes", or named in the list whatever was answered. Undefined is not known, or no. */
export function pastIllness(
  view: { readonly patient: PatientCase },
  key: Told,
): Seen<'yes' | string> | undefined {
  const asked = intakeFact(view.patient, 'history', key);
  if (asked?.value === 'yes') return asked;
  return namedCondition(view, ILLNESS_WORDS[key]);
}

/** Kidneys in the words of the list: failed, or ill to an extent that only the eGFR says. */
export function namedKidneyDisease(view: {
  readonly patient: PatientCase;
}): { readonly failed: boolean; readonly fact: Seen<string> } | undefined {
  const failed = namedCondition(view, ILLNESS_WORDS.kidneyFailed);
  if (failed !== undefined) return { failed: true, fact: failed };
  const ill = namedCondition(view, ILLNESS_WORDS.kidneyDisease);
  return ill === undefined ? undefined : { failed: false, fact: ill };
}

/** Below this many drugs that leave by the kidney pile up, and anti-inflammatory ones harm it. */
const SEVERE_EGFR = 30;

/** Kidneys that are severely weak: measured so, or failed in the words of the list. */
export function severeKidneyDisease(view: { readonly patient: PatientCase }): Seen<unknown> | undefined {
  const egfr = intakeFact(view.patient, 'history', 'egfr');
  if (egfr !== undefined && egfr.value < SEVERE_EGFR) return egfr;
  const named = namedKidneyDisease(view);
  return named?.failed === true ? named.fact : undefined;
}

/** Disease of the arteries: answered, or named in the list. */
export function arterialDisease(view: { readonly patient: PatientCase }): Seen<unknown> | undefined {
  const asked = intakeFact(view.patient, 'history', 'vascularDisease');
  return asked?.value === 'yes'
    ? asked
    : namedCondition(
        view,
        /myocardial infarct|heart attack|infarto|\bn?stemi\b|acute coronary|sindrome coronario|stent|angioplast|\bpci\b|\bcabg\b|bypass|isch(?:a)?emic heart|cardiopatia isquemica|coronary|angina|\bstroke\b|\bictus\b|\btia\b|peripheral arter/,
      );
}

/** A heart attack, or a coronary artery that was opened or bypassed. */
export const heartAttack = (view: { readonly patient: PatientCase }): Seen<string> | undefined =>
  namedCondition(
    view,
    /myocardial infarct|heart attack|infarto (?:de|del|agudo|al|miocard)|\bn?stemi\b|acute coronary|sindrome coronario|(?:coronary|drug.eluting|cardiac|heart) stent|stent (?:coronario|en (?:el )?corazon)|coronary angioplast|\bpci\b|\bcabg\b|coronary bypass|bypass coronario/,
  );

/** A device in the body that a magnet or radiofrequency may harm. */
export const implantedDevice = (view: { readonly patient: PatientCase }): Seen<string> | undefined =>
  namedCondition(
    view,
    /pace-?maker|marcapasos|defibrillat|desfibrilador|\bicd\b|stimulator|neuroestimulador|cochlear|coclear|infusion pump|intrathecal pump|bomba intratecal|aneurysm clip|clip de aneurisma/,
  );

/** The first earlier operation on the spine that counts: one dated after today, or before birth, has not happened. */
export function spineSurgery(view: { readonly patient: PatientCase }): Seen<string> | undefined {
  const list = view.patient.intake?.history?.previousSpineSurgery ?? [];
  const i = list.findIndex(
    (_, at) => !isWithheld(view.patient, `intake.history.previousSpineSurgery[${at}]`),
  );
  return i < 0
    ? undefined
    : { value: list[i]!.procedure, path: `intake.history.previousSpineSurgery[${i}].procedure` };
}

const ANTIBIOTICS =
  /(?:amoxi|flucloxa|dicloxa|ampi|penici)c?illin|co-?amoxiclav|augmentin|amoxicilina|cef[a-z]{4,}|clindamycin|clindamicina|doxycycline|doxiciclina|(?:cipro|levo|moxi|o)flox|nitrofurantoin|fosfomyc|fosfomicina|trimethoprim|trimetoprim|metronidazol|vancomyc|linezolid|(?:azithro|clarithro|erythro|azitro|claritro|eritro)m[iy]c|rifamp/;

const INFECTIONS =
  /cellulitis|celulitis|abscess|absceso|(?:skin|wound|urinary|dental|chest|current|active) (?:tract )?infection|infeccion (?:de|urinaria|activa|actual|dental)|pneumonia|neumonia|sepsis|pyelonephritis|pielonefritis|discitis|osteomyelitis|osteomielitis/;
const NOW =
  /\b(?:current|active|actual|activa|now|ahora|untreated|sin tratar|(?:on|under|con|tomando) (?:an )?(?:antibiotic|antibiotico))/;

/** A named infection that is said to be there now, or is being treated now. */
export function activeInfection(view: { readonly patient: PatientCase }): Seen<string> | undefined {
  const named = namedCondition(view, INFECTIONS);
  if (named === undefined) return undefined;
  return NOW.test(folded(named.value)) || currentAntibiotic(view) !== undefined ? named : undefined;
}

function currentAntibiotic(view: { readonly patient: PatientCase }): Seen<string> | undefined {
  const today = view.patient.now.slice(0, 10);
  const drugs = view.patient.intake?.medications ?? [];
  const i = drugs.findIndex(
    (m) => ANTIBIOTICS.test(folded(m.name)) && !(m.stopped !== undefined && m.stopped <= today),
  );
  return i < 0 ? undefined : { value: drugs[i]!.name, path: `intake.medications[${i}].name` };
}

/** An infection that may be of now: a current course of antibiotics, or one named in the list of conditions. */
export function currentInfection(view: { readonly patient: PatientCase }): Seen<string> | undefined {
  return currentAntibiotic(view) ?? namedCondition(view, INFECTIONS);
}

/** Blood that does not clot as it should: uncorrected, it stops every needle at the canal (ASRA 2018). */
export function bleedingDisorder(view: { readonly patient: PatientCase }): Seen<string> | undefined {
  return namedCondition(
    view,
    /haemophil|hemophil|hemofilia|von willebrand|thrombocytop|trombocitop|trombopenia|coagulopath|coagulopatia|factor (?:v|vii|viii|ix|x|xi)\b.*defici|low platelets|plaquetas bajas/,
  );
}
