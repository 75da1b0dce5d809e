import type { GenomicProfile, Intake, SpineFindings } from '@foramen/spine';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../database/connect.ts';

/** What a study was read as last; undefined before it was read. */
export async function newestFindings(
  tx: Tx,
  siteId: string,
  studyId: string,
): Promise<SpineFindings | undefined> {
  const row = await tx
    .selectFrom('findings')
    .select('body')
    .where('site_id', '=', siteId)
    .where('study_id', '=', studyId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.body;
}

/** The answers a patient gave last. */
export async function newestIntake(
  tx: Tx,
  siteId: string,
  patientId: string,
): Promise<{ readonly id: string; readonly body: Intake } | undefined> {
  return tx
    .selectFrom('intakes')
    .select(['id', 'body'])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The genotype that came last: the file it came in, and what was read of it, if it was. */
export async function newestGenome(
  tx: Tx,
  siteId: string,
  patientId: string,
): Promise<
  { readonly id: string; readonly blob_id: string; readonly profile: GenomicProfile | null } | undefined
> {
  return tx
    .selectFrom('genomes')
    .select(['id', 'blob_id', 'profile'])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/**
 * When a row that comes now is said to have come: now by the database's clock, and after every earlier one where that clock was set back since.
 * The newest is what is believed, of decisions above all.
 */
export function nextMoment(
  table: 'consents' | 'intakes' | 'genomes' | 'judgements',
  siteId: string,
  patientId: string,
): RawBuilder<Date> {
  const moment = sql.ref(table === 'consents' ? 'recorded_at' : 'created_at');
  return sql<Date>`greatest(clock_timestamp(), (select max(${moment}) + interval '1 microsecond' from ${sql.table(table)}
    where site_id = ${siteId} and patient_id = ${patientId}))`;
}
