import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { appendAudit } from '../audit/chain.ts';
import { recordBlobs } from '../blobs/catalogue.ts';
import type { BlobStore, StoredBlob } from '../blobs/store.ts';
import type { Tx } from '../database/connect.ts';
import { relateToClinicians } from '../identity/accounts.ts';
import { foldedName } from '../records/person-name.ts';
import type { InstanceFacts } from './instance.ts';
import { sameObject } from './same-object.ts';
import { type Identity, ofAnotherPerson } from './same-person.ts';
import { identityOf, identityOfRecord, learnIdentity, matchRecord, recordFrom } from './whose-record.ts';

export interface Arrival {
  readonly stored: StoredBlob;
  readonly facts: InstanceFacts;
  /** Calling AE title, or the way in. */
  readonly from: string;
}

/**
 * `duplicate`: the same object is here already. `conflict`: another object has this identity; the first one is kept. `other-person`: the object is of
 * somebody else than the study that it names.
 */
export type Entered = 'stored' | 'duplicate' | 'conflict' | 'other-person';

interface EnterOptions {
  readonly tx: Tx;
  readonly blobs: BlobStore;
  readonly siteId: string;
  readonly now: Date;
  /** The sender has been told that its object is safe: one that conflicts is set aside, not thrown away. */
  readonly acknowledged?: boolean;
  /** The patient new studies belong to; else they are matched by PatientID, or made. */
  readonly patientId?: string;
}

/**
 * Enters objects in the database in the caller's transaction: patient, study, series, instance, and the trail. Objects may come in any
 * order, several times, and through several doors at once.
 */
export async function enterInstances(
  options: EnterOptions,
  arrivals: readonly Arrival[],
): Promise<readonly Entered[]> {
  const { tx, siteId } = options;
  if (arrivals.length === 0) return [];
  const studies = new Map<string, { id: string; patientId: string; from: string; count: number }>();
  const series = new Map<string, string>();
  // Identities lock in one order, whatever order the objects came in: two senders of one study wait, and do not deadlock.
  const order = [...arrivals.keys()].sort((a, b) =>
    arrivals[a]!.facts.sopUid < arrivals[b]!.facts.sopUid ? -1 : 1,
  );
  // So do studies.
  for (const studyUid of [...new Set(arrivals.map((a) => a.facts.studyUid))].sort()) {
    const { facts, from } = arrivals.find((a) => a.facts.studyUid === studyUid)!;
    studies.set(studyUid, { ...(await studyFor(options, facts, from)), from, count: 0 });
  }
  const strange = await strangers(options, arrivals, studies);
  for (const [at, { facts }] of arrivals.entries()) {
    if (strange.has(at)) continue;
    if (series.has(seriesKey(facts))) continue;
    series.set(seriesKey(facts), await seriesFor(tx, siteId, studies.get(facts.studyUid)!.id, facts));
  }
  const uids = arrivals.map((a) => a.facts.sopUid);
  const known = await keptOf(tx, siteId, uids);
  const claimed = new Map<string, StoredBlob>();
  const fresh = order.filter((at) => {
    const { facts, stored } = arrivals[at]!;
    if (strange.has(at) || known.has(facts.sopUid) || claimed.has(facts.sopUid)) return false;
    claimed.set(facts.sopUid, stored);
    return true;
  });
  const inserted = await insertAll(
    options,
    fresh.map((at) => arrivals[at]!),
    studies,
    series,
  );
  // What another door entered in this very moment is asked for again.
  const kept = inserted.size === claimed.size ? known : await keptOf(tx, siteId, uids);
  const isFresh = new Set(fresh);
  const outcomes: Entered[] = [];
  for (const [at, { facts, stored }] of arrivals.entries()) {
    const { sopUid } = facts;
    if (strange.has(at)) {
      await layAside(options, stored.object);
      outcomes.push('other-person');
      continue;
    }
    if (isFresh.has(at) && inserted.has(sopUid)) {
      studies.get(facts.studyUid)!.count++;
      outcomes.push('stored');
      continue;
    }
    const first = kept.get(sopUid) ?? claimed.get(sopUid);
    if (first?.object === stored.object) {
      // An attempt before this one entered it, and its answer was lost with the connection: the object is in use.
      outcomes.push('stored');
      continue;
    }
    const same =
      first !== undefined &&
      (first.sha256 === stored.sha256 || (await sameObject(options.blobs, first.object, stored.object)));
    const outcome = same ? 'duplicate' : 'conflict';
    if (outcome === 'conflict') await layAside(options, stored.object);
    else await options.blobs.remove(stored.object);
    outcomes.push(outcome);
  }
  const touched = [...studies.values()].filter((study) => study.count > 0);
  if (touched.length > 0) {
    await tx
      .updateTable('studies')
      .set({ arrived_at: options.now, updated_at: options.now })
      .where('site_id', '=', siteId)
      .where(
        'id',
        'in',
        touched.map((study) => study.id),
      )
      .execute();
  }
  await appendAudit(
    tx,
    siteId,
    touched.map((study) => ({
      ...arriving(study.from),
      resource: 'study',
      resourceId: study.id,
      patientId: study.patientId,
      outcome: 'allowed',
      reason: `${study.count} objects from ${study.from}`,
    })),
    options.now,
  );
  return outcomes;
}

/** What was acknowledged is kept apart; what was not is gone, and its sender is told. */
async function layAside({ blobs, acknowledged }: EnterOptions, object: string): Promise<void> {
  if (acknowledged === true) await blobs.setAside(object);
  else await blobs.remove(object);
}

/**
 * Places of objects that name a study and somebody else than its patient: under one roof they would be read as one person's. Told in the trail of the
 * study's patient. Whoever names the record himself (an upload into it) has looked.
 */
async function strangers(
  options: EnterOptions,
  arrivals: readonly Arrival[],
  studies: ReadonlyMap<string, { id: string; patientId: string; from: string }>,
): Promise<ReadonlySet<number>> {
  const { tx, siteId } = options;
  const out = new Set<number>();
  if (options.patientId !== undefined) return out;
  const owners = new Map<string, Identity | undefined>();
  const counts = new Map<string, number>();
  for (const [at, { facts }] of arrivals.entries()) {
    const { patientId } = studies.get(facts.studyUid)!;
    if (!owners.has(patientId)) owners.set(patientId, await identityOfRecord(tx, siteId, patientId));
    const owner = owners.get(patientId);
    if (owner === undefined || !ofAnotherPerson(owner, identityOf(facts))) continue;
    out.add(at);
    counts.set(facts.studyUid, (counts.get(facts.studyUid) ?? 0) + 1);
  }
  await appendAudit(
    tx,
    siteId,
    [...counts].map(([studyUid, count]) => {
      const study = studies.get(studyUid)!;
      return {
        ...arriving(study.from),
        resource: 'study',
        resourceId: study.id,
        patientId: study.patientId,
        outcome: 'denied',
        reason: `${count} objects from ${study.from} name this study and another person: ${
          options.acknowledged === true ? 'set aside' : 'refused'
        }`,
      } as const;
    }),
    options.now,
  );
  return out;
}

/**
 * What is kept under these identities: content, and the object that holds it. Asked of one table at a time, by its key: a join of the two,
 * planned before the database has statistics of them, walks through all that the site has.
 */
export async function keptOf(
  tx: Tx,
  siteId: string,
  sopUids: readonly string[],
): Promise<ReadonlyMap<string, { readonly sha256: string; readonly object: string }>> {
  const kept = await tx
    .selectFrom('instances')
    .select(['sop_uid', 'blob_id'])
    .where('site_id', '=', siteId)
    .where('sop_uid', 'in', [...sopUids])
    .execute();
  if (kept.length === 0) return new Map();
  const blobs = await tx
    .selectFrom('blobs')
    .select(['id', 'object'])
    .where('site_id', '=', siteId)
    .where('id', 'in', [...new Set(kept.map((row) => row.blob_id))])
    .execute();
  const objects = new Map(blobs.map((row) => [row.id, row.object]));
  return new Map(
    kept.map((row) => [row.sop_uid, { sha256: row.blob_id, object: objects.get(row.blob_id)! }]),
  );
}

/** Two statements however many objects there are. Answers the identities that were new. */
async function insertAll(
  options: EnterOptions,
  arrivals: readonly Arrival[],
  studies: ReadonlyMap<string, { id: string }>,
  series: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const { tx, siteId } = options;
  if (arrivals.length === 0) return new Set();
  await recordBlobs(
    tx,
    options.blobs,
    siteId,
    arrivals.map((arrival) => arrival.stored),
  );
  // All rows as one value: a statement with a place for each of a thousand values costs the database more than the rows do.
  const values = arrivals.map(({ facts, stored, from }) => ({
    id: randomUUID(),
    series_id: series.get(seriesKey(facts))!,
    study_id: studies.get(facts.studyUid)!.id,
    sop_uid: facts.sopUid,
    sop_class: facts.sopClass,
    transfer_syntax: facts.transferSyntax,
    number: facts.instanceNumber,
    rows: facts.rows,
    columns: facts.columns,
    frames: facts.frames,
    blob_id: stored.sha256,
    metadata: facts.metadata,
    received_from: from,
  }));
  const { rows } = await sql<{ sop_uid: string }>`
    insert into instances (site_id, id, series_id, study_id, sop_uid, sop_class, transfer_syntax, number, rows, columns, frames,
      blob_id, metadata, received_from)
    select ${siteId}, id, series_id, study_id, sop_uid, sop_class, transfer_syntax, number, rows, columns, frames,
      blob_id, metadata, received_from
    from json_to_recordset(${JSON.stringify(values)}::json) as arrived (id text, series_id text, study_id text, sop_uid text,
      sop_class text, transfer_syntax text, number integer, rows integer, columns integer, frames integer, blob_id text,
      metadata text, received_from text)
    on conflict (site_id, sop_uid) do nothing
    returning sop_uid`.execute(tx);
  return new Set(rows.map((row) => row.sop_uid));
}

/** Two doors may see a study's first object at once: the second waits until the first is through, and then finds the study. */
export async function claimStudy(tx: Tx, siteId: string, studyUid: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${siteId} ${studyUid}`}, 0))`.execute(tx);
}

/** The same for the first study of a patient with this number; after the study's own. */
export async function claimPatientNumber(tx: Tx, siteId: string, number: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${siteId} patient ${number}`}, 0))`.execute(tx);
}

async function studyFor(
  options: EnterOptions,
  facts: InstanceFacts,
  from: string,
): Promise<{ id: string; patientId: string }> {
  const { tx, siteId } = options;
  const find = () =>
    tx
      .selectFrom('studies')
      .select(['id', 'patient_id'])
      .where('site_id', '=', siteId)
      .where('study_uid', '=', facts.studyUid)
      .executeTakeFirst();
  const known = await find();
  if (known !== undefined) return { id: known.id, patientId: known.patient_id };
  await claimStudy(tx, siteId, facts.studyUid);
  const meanwhile = await find();
  if (meanwhile !== undefined) return { id: meanwhile.id, patientId: meanwhile.patient_id };
  const patientId = options.patientId ?? (await patientFor(tx, siteId, facts, options, from));
  const id = randomUUID();
  await tx
    .insertInto('studies')
    .values({
      site_id: siteId,
      id,
      patient_id: patientId,
      study_uid: facts.studyUid,
      study_date: facts.studyDate,
      study_time: facts.studyTime,
      study_label: facts.studyLabel,
      referring_physician: facts.referringPhysician,
      referrer_key: facts.referringPhysician === null ? null : foldedName(facts.referringPhysician),
      description: facts.studyDescription,
      accession_number: facts.accessionNumber,
      source: 'dicom',
      spacing: null,
      received_from: from,
      arrived_at: options.now,
      settled_at: null,
    })
    .execute();
  return { id, patientId };
}

async function patientFor(
  tx: Tx,
  siteId: string,
  facts: InstanceFacts,
  options: EnterOptions,
  from: string,
): Promise<string> {
  let others = 0;
  if (facts.patientId !== null) {
    await claimPatientNumber(tx, siteId, facts.patientId);
    const match = await matchRecord(tx, siteId, identityOf(facts));
    if (match.id !== undefined) {
      await learnIdentity(tx, siteId, match.id, facts);
      return match.id;
    }
    others = match.others;
  }
  const id = await recordFrom(tx, siteId, facts);
  await relateToClinicians(tx, siteId, id, `study received from ${from}`);
  if (others > 0)
    await appendAudit(
      tx,
      siteId,
      [
        {
          ...arriving(from),
          resource: 'patient',
          resourceId: id,
          patientId: id,
          outcome: 'allowed',
          reason: 'a record of its own: the number is that of another person too',
        },
      ],
      options.now,
    );
  return id;
}

/** What the trail says of whatever comes through a door. */
const arriving = (from: string) =>
  ({
    accountId: null,
    role: 'device',
    path: from === 'upload' ? 'api' : 'dimse',
    action: 'create',
  }) as const;

/** A series is one of its study: makers that give two studies' series one UID must not mix two people's pictures. */
const seriesKey = (facts: InstanceFacts): string => `${facts.studyUid} ${facts.seriesUid}`;

async function seriesFor(tx: Tx, siteId: string, studyId: string, facts: InstanceFacts): Promise<string> {
  const find = () =>
    tx
      .selectFrom('series')
      .select('id')
      .where('site_id', '=', siteId)
      .where('study_id', '=', studyId)
      .where('series_uid', '=', facts.seriesUid)
      .executeTakeFirst();
  const known = await find();
  if (known !== undefined) return known.id;
  const id = randomUUID();
  await tx
    .insertInto('series')
    .values({
      site_id: siteId,
      id,
      study_id: studyId,
      series_uid: facts.seriesUid,
      number: facts.seriesNumber,
      modality: facts.modality,
      description: facts.seriesDescription,
      body_part: facts.bodyPart,
    })
    .onConflict((c) => c.columns(['site_id', 'study_id', 'series_uid']).doNothing())
    .execute();
  return (await find())?.id ?? id;
}
