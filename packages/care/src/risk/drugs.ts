import type { PatientCase } from '@foramen/spine';
import type { Seen } from '../facts.ts';

/** INN stems and names; brand names are left to the medication reader of the clinic's record. */
const OPIOIDS =
  /codein|tramadol|tapentadol|hydrocodon|oxycodon|oxymorph|hydromorph|morphin|fentanyl|methadon|buprenorph|pethidin|meperidin|tilidin|dihydrocodein/;
const SEDATIVES = /azepam|azolam|zolpidem|zopiclon|zaleplon|chlordiazepox|clobazam|clonazepam/;

/** Current drugs whose name matches; one with a stop date before `now` is past. */
function currentDrugs(patient: PatientCase, names: RegExp): readonly Seen<unknown>[] {
  const today = patient.now.slice(0, 10);
  return (patient.intake?.medications ?? []).flatMap((m, i) =>
    names.test(m.name.toLowerCase()) && !(m.stopped !== undefined && m.stopped < today)
      ? [{ value: m.name, path: `intake.medications[${i}].name` }]
      : [],
  );
}
export const takesOpioid = (patient: PatientCase): readonly Seen<unknown>[] => currentDrugs(patient, OPIOIDS);
export const takesSedative = (patient: PatientCase): readonly Seen<unknown>[] =>
  currentDrugs(patient, SEDATIVES);
