import { randomUUID } from 'node:crypto';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Tx } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';
import type { PatientSummary } from '../http/shapes.ts';
import { analysisOfPatients, analysisOfStudies, NO_ANALYSIS } from './jobs.ts';
import { foldedName, writtenName } from './person-name.ts';

export interface NewPatient {
  readonly id?: string;
  readonly name: string;
  readonly birthDate?: string | null;
  readonly sex?: 'female' | 'male' | 'unknown';
  /** As DICOM writes it; else taken from `name`. */
  readonly personName?: string | null;
  readonly sexCode?: 'M' | 'F' | 'O' | null;
  readonly medicalRecordNumber?: string | null;
  /** Who gave the number. */
  readonly issuer?: string | null;
  readonly sample?: boolean;
  readonly story?: string | null;
}

export async function createPatient(tx: Tx, siteId: string, patient: NewPatient): Promise<string> {
  const id = patient.id ?? randomUUID();
  await tx
    .insertInto('patients')
    .values({
      site_id: siteId,
      id,
      name: patient.name,
      birth_date: patient.birthDate ?? null,
      sex: patient.sex ?? 'unknown',
      sex_code: patient.sexCode ?? null,
      person_name: patient.personName ?? null,
      name_key: foldedName(patient.personName ?? writtenName(patient.name)),
      medical_record_number: patient.medicalRecordNumber ?? null,
      id_issuer: patient.issuer ?? null,
      sample: patient.sample ?? false,
      story: patient.story ?? null,
    })
    .execute();
  return id;
}

/** Whether another record bears the number of this one: then it must be looked at who is who. */
export async function sharesNumber(tx: Tx, siteId: string, id: string): Promise<boolean> {
  const found = await tx
    .selectFrom('patients as p')
    .innerJoin('patients as o', (on) =>
      on
        .onRef('o.site_id', '=', 'p.site_id')
        .onRef('o.medical_record_number', '=', 'p.medical_record_number'),
    )
    .select('o.id')
    .where('p.site_id', '=', siteId)
    .where('p.id', '=', id)
    .whereRef('o.id', '!=', 'p.id')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whole years between two calendar days. */
export function ageYears(birthDate: string, today: Date): number {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number];
  const before =
    today.getUTCMonth() + 1 < month || (today.getUTCMonth() + 1 === month && today.getUTCDate() < day);
  return today.getUTCFullYear() - year - (before ? 1 : 0);
}

/** As `patients.urgency_rank` counts; whoever is not judged yet comes after them. */
const URGENCIES = ['emergency', 'urgent', 'soon', 'routine', 'self-care'] as const;
const LAST_RANK = URGENCIES.length;

interface Listing {
  readonly accountId: string;
  /** Part of a name, or a whole medical record number. */
  readonly query: string;
  readonly urgency: (typeof URGENCIES)[number] | undefined;
  readonly order: 'urgency' | 'name';
  readonly limit: number;
  readonly after: ListPlace | null;
  readonly researcher: boolean;
}

/** Where a page of the worklist ended. By name the rank is 0 for everybody. */
export type ListPlace = readonly [rank: number, name: string, id: string];

/**
 * Candidates for the worklist: the most urgent first, then by name, however many there are; the database has an index in that order. The
 * narrowing here only saves work (a relationship, or de-identified for research); who may see a row is the policy's decision, made by the caller.
 */
export async function candidatePatients(
  tx: Tx,
  siteId: string,
  list: Listing,
): Promise<readonly { id: string; place: ListPlace }[]> {
  const rows = await candidateQuery(tx, siteId, list).execute();
  return rows.map((row) => ({
    id: row.id,
    place: [list.order === 'urgency' ? row.rank : 0, row.sort, row.id] as const,
  }));
}

/** Apart, so that what it reads can be looked at. */
export function candidateQuery(
  tx: Tx,
  siteId: string,
  list: Listing,
): SelectQueryBuilder<Schema & { p: Schema['patients'] }, 'p', { id: string; rank: number; sort: string }> {
  const byUrgency = list.order === 'urgency';
  let query = tx
    .selectFrom('patients as p')
    .select(['p.id', 'p.urgency_rank as rank', 'p.sort_name as sort'])
    .where('p.site_id', '=', siteId);
  query = list.researcher
    ? query.where('p.deidentified', '=', true)
    : query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('relationships as r')
            .select('r.id')
            .where('r.site_id', '=', siteId)
            .where('r.account_id', '=', list.accountId)
            .whereRef('r.patient_id', '=', 'p.id'),
        ),
      );
  if (list.query !== '') {
    const pattern = `%${list.query.toLowerCase().replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
    query = query.where((eb) =>
      eb.or([eb('p.sort_name', 'like', pattern), eb('p.medical_record_number', '=', list.query)]),
    );
  }
  if (list.urgency !== undefined) query = query.where('p.urgency_rank', '=', URGENCIES.indexOf(list.urgency));
  if (list.after !== null) {
    const [rank, sort, id] = list.after;
    query = query.where(
      byUrgency
        ? sql<boolean>`(p.urgency_rank, p.sort_name, p.id) > (${Math.min(rank, LAST_RANK)}::smallint, ${sort}, ${id})`
        : sql<boolean>`(p.sort_name, p.id) > (${sort}, ${id})`,
    );
  }
  if (byUrgency) query = query.orderBy('rank');
  return query.orderBy('sort').orderBy('p.id').limit(list.limit);
}

/** Summaries of these patients in the order given. */
export async function patientSummaries(
  tx: Tx,
  siteId: string,
  ids: readonly string[],
  today: Date,
): Promise<readonly PatientSummary[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('patients as p')
    .selectAll('p')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('studies as s')
          .select([
            sql<number>`count(*)::int`.as('studies'),
            sql<string | null>`max(s.study_date)`.as('latest'),
          ])
          .select(
            sql<
              string | null
            >`(array_agg(s.id order by s.study_date desc nulls last, s.created_at desc))[1]`.as('newest'),
          )
          .where('s.site_id', '=', siteId)
          .whereRef('s.patient_id', '=', 'p.id')
          .as('st'),
      (on) => on.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('judgements as j')
          .select(['j.urgency', 'j.headline'])
          .where('j.site_id', '=', siteId)
          .whereRef('j.patient_id', '=', 'p.id')
          .orderBy('j.created_at', 'desc')
          .limit(1)
          .as('jd'),
      (on) => on.onTrue(),
    )
    .select(['st.studies', 'st.latest', 'st.newest', 'jd.urgency', 'jd.headline'])
    .where('p.site_id', '=', siteId)
    .where('p.id', 'in', [...ids])
    .execute();
  const states = await analysisOfStudies(
    tx,
    siteId,
    rows.flatMap((row) => (row.newest === null ? [] : [row.newest])),
  );
  const early = await analysisOfPatients(
    tx,
    siteId,
    rows.filter((row) => row.newest === null).map((row) => row.id),
  );
  const byId = new Map(
    rows.map((row): [string, PatientSummary] => [
      row.id,
      {
        id: row.id,
        name: row.name,
        birthDate: row.birth_date,
        ageYears: row.birth_date === null ? null : ageYears(row.birth_date, today),
        sex: row.sex,
        sample: row.sample,
        story: row.story,
        studies: row.studies ?? 0,
        latestStudyDate: row.latest ?? null,
        analysis: (row.newest === null ? early.get(row.id) : states.get(row.newest)) ?? NO_ANALYSIS,
        urgency: row.urgency,
        headline: row.headline,
      },
    ]),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}
