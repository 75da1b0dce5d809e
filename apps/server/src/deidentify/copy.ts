import { randomUUID } from 'node:crypto';
import { readDicom, TRANSFER_SYNTAX, writePart10 } from '@foramen/dicom';
import type { Tx } from '../database/connect.ts';
import { type Arrival, enterInstances } from '../ingest/enter.ts';
import { readInstance } from '../ingest/instance.ts';
import { refuse } from '../problem-error.ts';
import { createPatient } from '../records/patients.ts';
import type { Services } from '../services.ts';
import { type DeidentifyOptions, deidentify, pseudonym, uidKeyOf } from './apply.ts';
import { TABLE_EDITION } from './confidentiality-table.ts';

interface CopyResult {
  readonly patientId: string;
  readonly studyId: string;
  readonly copied: number;
  /** Objects of this very copy that an earlier request made. */
  readonly alreadyThere: number;
  /** Objects left out and why. */
  readonly refused: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * Makes a de-identified copy of a DICOM study under the patient's pseudonym. UIDs are made for each set of options: a copy by other options is a study of its
 * own. Where each copy came from, by which options and whose hand, is kept; copying again by the same options adds what has come since, or nothing.
 *
 * @throws ProblemError 422 where no object can be copied; 409 where another object has the identity of one of the copy: nothing is entered then
 */
export async function copyDeidentified(
  tx: Tx,
  services: Services,
  studyId: string,
  sourcePatientId: string,
  options: DeidentifyOptions,
  accountId: string,
): Promise<CopyResult> {
  const { siteId, blobs, keyring, now } = services;
  const key = keyring.derive('pseudonyms');
  const profile = { profile: TABLE_EDITION, ...options };
  const uidKey = uidKeyOf(
    key,
    `${TABLE_EDITION} descriptors ${options.cleanDescriptors} dates ${options.shiftDates}`,
  );
  const person = await personOf(tx, siteId, sourcePatientId);
  const objects = await tx
    .selectFrom('instances as i')
    .innerJoin('blobs as b', (on) => on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'))
    .select(['b.object', 'i.sop_uid'])
    .where('i.site_id', '=', siteId)
    .where('i.study_id', '=', studyId)
    .execute();
  if (objects.length === 0)
    throw refuse(
      422,
      'unsupported',
      'study',
      'holds no DICOM objects',
      'only DICOM studies can be de-identified',
    );
  const arrivals: Arrival[] = [];
  const reasons = new Map<string, number>();
  const leaveOut = (reason: string): void => {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  };
  for (const { object, sop_uid: name } of objects) {
    const read = readDicom(await blobs.read(object), { name });
    if (!read.ok) {
      leaveOut(read.problems[0].what);
      continue;
    }
    const clean = deidentify(read.value.set, key, options, { person, uidKey });
    if (!clean.ok) {
      leaveOut(clean.problems[0].what);
      continue;
    }
    const { transferSyntax } = read.value;
    const bytes = writePart10(clean.value, {
      transferSyntax:
        transferSyntax === TRANSFER_SYNTAX.explicitBig ? TRANSFER_SYNTAX.explicitLittle : transferSyntax,
    });
    const facts = readInstance(bytes, true, name);
    if (!facts.ok) leaveOut(facts.problems[0].what);
    else arrivals.push({ stored: await blobs.put(bytes), facts: facts.value, from: 'de-identified' });
  }
  const refused = [...reasons].map(([reason, count]) => ({ reason, count }));
  const first = arrivals[0];
  if (first === undefined) {
    throw refuse(
      422,
      'unsupported',
      'study',
      `no object can be de-identified: ${refused[0]?.reason}`,
      'have its pixels checked and marked',
    );
  }
  const patientId = await pseudonymousPatient(tx, siteId, pseudonym(key, person), sourcePatientId);
  const entered = await enterInstances({ tx, blobs, siteId, now: now(), patientId }, arrivals);
  if (entered.includes('conflict'))
    throw refuse(
      409,
      'contradiction',
      'study',
      'cannot be copied: other objects stand under the identities of this copy',
      'delete the earlier copy, then copy again',
    );
  const study = await tx
    .selectFrom('studies')
    .select('id')
    .where('site_id', '=', siteId)
    .where('study_uid', '=', first.facts.studyUid)
    .executeTakeFirstOrThrow();
  const copied = entered.filter((outcome) => outcome === 'stored').length;
  const result = { patientId, studyId: study.id, copied, alreadyThere: entered.length - copied, refused };
  // Nothing was made: what is kept of the first copy holds.
  if (copied === 0) return result;
  // A copy is not analysed by itself: its readings would be the original's.
  await tx
    .updateTable('studies')
    .set({ settled_at: now() })
    .where('site_id', '=', siteId)
    .where('id', '=', study.id)
    .execute();
  await tx
    .insertInto('deidentified_copies')
    .values({
      site_id: siteId,
      id: randomUUID(),
      source_study_id: studyId,
      study_id: study.id,
      options: JSON.stringify(profile),
      made_by: accountId,
      made_at: now(),
    })
    .execute();
  return result;
}

/** What a person's pseudonym and days follow from: the number of the record, whatever number single objects carry. */
async function personOf(tx: Tx, siteId: string, patientId: string): Promise<string> {
  const row = await tx
    .selectFrom('patients')
    .select('medical_record_number as number')
    .where('site_id', '=', siteId)
    .where('id', '=', patientId)
    .executeTakeFirst();
  if (!row?.number?.trim()) return `record ${patientId}`;
  // Two institutions may give two people one number: the first record stands for it, another for itself.
  const first = await tx
    .selectFrom('patients')
    .select('id')
    .where('site_id', '=', siteId)
    .where('medical_record_number', '=', row.number)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  return first?.id === patientId ? row.number.trim() : `record ${patientId}`;
}

/** The pseudonym's record; what the person allowed for research goes with it. */
async function pseudonymousPatient(tx: Tx, siteId: string, alias: string, sourceId: string): Promise<string> {
  const known = await tx
    .selectFrom('patients')
    .select('id')
    .where('site_id', '=', siteId)
    .where('medical_record_number', '=', alias)
    .executeTakeFirst();
  const id = known?.id ?? (await createPatient(tx, siteId, { name: alias, medicalRecordNumber: alias }));
  await tx
    .updateTable('patients')
    .set({ deidentified: true })
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .execute();
  const consents = await tx
    .selectFrom('consents')
    .select(['scope', 'decision', 'recorded_at', 'recorded_by'])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', sourceId)
    .where('scope', 'in', ['research', 'genome'])
    .execute();
  for (const consent of consents) {
    await tx
      .insertInto('consents')
      .values({ site_id: siteId, id: randomUUID(), patient_id: id, ...consent })
      .execute();
  }
  return id;
}
