import type { Tx } from '../database/connect.ts';
import { createPatient } from '../records/patients.ts';
import { NO_NAME, writtenName } from '../records/person-name.ts';
import type { InstanceFacts } from './instance.ts';
import { contradicts, type Identity, sameNumber } from './same-person.ts';

export const identityOf = (facts: InstanceFacts): Identity => ({
  number: facts.patientId,
  issuer: facts.issuer,
  personName: facts.personName,
  birthDate: facts.birthDate,
  sex: facts.sex,
});

interface KnownPerson extends Identity {
  readonly id: string;
}

/** Who this record is of. */
export async function identityOfRecord(tx: Tx, siteId: string, id: string): Promise<KnownPerson | undefined> {
  const [found] = await people(tx, siteId, { id });
  return found;
}

async function people(
  tx: Tx,
  siteId: string,
  by: { readonly id: string } | { readonly number: string },
): Promise<readonly KnownPerson[]> {
  const rows = await tx
    .selectFrom('patients')
    .select(['id', 'name', 'person_name', 'birth_date', 'sex', 'medical_record_number', 'id_issuer'])
    .where('site_id', '=', siteId)
    .where('id' in by ? 'id' : 'medical_record_number', '=', 'id' in by ? by.id : by.number)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.medical_record_number,
    issuer: row.id_issuer,
    personName: row.person_name ?? (row.name === NO_NAME ? null : writtenName(row.name)),
    birthDate: row.birth_date,
    sex: row.sex,
  }));
}

/** Where a new study of this person goes. */
export interface Match {
  /** The record it belongs to; undefined where none does. */
  readonly id: string | undefined;
  /** Records that bear the number and are of somebody else, or cannot be told apart. */
  readonly others: number;
}

/**
 * The record of the person an object names: the number, who issued it, and nothing that contradicts. A number alone is not a person: two hospitals give
 * the same one, and a scanner's "1" is everybody's. Of several that would fit, one whose issuer is the same; else none, for a guess would mix two people.
 */
export async function matchRecord(tx: Tx, siteId: string, person: Identity): Promise<Match> {
  if (person.number === null) return { id: undefined, others: 0 };
  const bearers = await people(tx, siteId, { number: person.number });
  const fitting = bearers.filter((one) => sameNumber(one, person) && !contradicts(one, person));
  const exact = fitting.filter((one) => one.issuer === person.issuer);
  const [one, ...more] = exact.length > 0 ? exact : fitting;
  const id = more.length === 0 ? one?.id : undefined;
  return { id, others: bearers.length - (id === undefined ? 0 : 1) };
}

/** A record for the person an object names. */
export function recordFrom(tx: Tx, siteId: string, facts: InstanceFacts, name?: string): Promise<string> {
  return createPatient(tx, siteId, {
    name: name || facts.patientName,
    ...(name ? {} : { personName: facts.personName }),
    birthDate: facts.birthDate,
    sex: facts.sex,
    sexCode: facts.sexCode,
    medicalRecordNumber: facts.patientId,
    issuer: facts.issuer,
  });
}

/** What a later object says of somebody and the record did not know yet. Nothing that is there is changed. */
export async function learnIdentity(tx: Tx, siteId: string, id: string, facts: InstanceFacts): Promise<void> {
  const { issuer } = facts;
  if (issuer === null) return;
  await tx
    .updateTable('patients')
    .set({ id_issuer: issuer })
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .where('id_issuer', 'is', null)
    .execute();
}
