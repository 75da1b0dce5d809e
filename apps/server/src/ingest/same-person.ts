import { nameWords } from '../records/person-name.ts';

/** What says who somebody is, as far as an object or a record gives it. Null is not known. */
export interface Identity {
  /** PatientID, unique within who issued it. */
  readonly number: string | null;
  /** Issuer of Patient ID (0010,0021). */
  readonly issuer: string | null;
  /** As DICOM writes it. */
  readonly personName: string | null;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly sex: 'female' | 'male' | 'unknown';
}

type Names = 'same' | 'related' | 'different' | 'unknown';

/** `same`: the words of one are all in the other; `related`: they share one, as after a marriage. */
function compareNames(a: string | null, b: string | null): Names {
  const [x, y] = [nameWords(a), nameWords(b)];
  if (x.size === 0 || y.size === 0) return 'unknown';
  const [short, long] = x.size <= y.size ? [x, y] : [y, x];
  const shared = [...short].filter((word) => long.has(word)).length;
  return shared === short.size ? 'same' : shared > 0 ? 'related' : 'different';
}

const known = (value: string | null, other: string | null): boolean => value !== null && other !== null;

/**
 * Whether two identities under one number cannot be one person. One difference alone is a correction (a name after a marriage, a birth date that was
 * mistyped); two that do not go together are two people under a number that was given twice.
 */
export function contradicts(a: Identity, b: Identity): boolean {
  const names = compareNames(a.personName, b.personName);
  const sexes = a.sex !== 'unknown' && b.sex !== 'unknown' && a.sex !== b.sex;
  if (!known(a.birthDate, b.birthDate)) return names === 'different' || (sexes && names === 'related');
  if (a.birthDate === b.birthDate) return names === 'different' && sexes;
  return names === 'different' || names === 'related' || (names === 'unknown' && sexes);
}

/** Whether one number stands for both: who issued it counts where both say so. */
export const sameNumber = (a: Identity, b: Identity): boolean =>
  a.number !== null && a.number === b.number && (!known(a.issuer, b.issuer) || a.issuer === b.issuer);

/**
 * Whether an object that claims to be of a study belongs to somebody else than the study. A number that differs is a correction where name and birth
 * date agree (a study sent again under the right number).
 */
export function ofAnotherPerson(study: Identity, object: Identity): boolean {
  const numbersDiffer = known(study.number, object.number) && !sameNumber(study, object);
  if (!numbersDiffer) return contradicts(study, object);
  const births = known(study.birthDate, object.birthDate) && study.birthDate !== object.birthDate;
  return births || compareNames(study.personName, object.personName) !== 'same';
}
