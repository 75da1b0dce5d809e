import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../database/connect.ts';
import { notYet, refuse } from '../problem-error.ts';

/** A clinician's word on a plan, as it stands: accepted, or the acceptance taken back. */
export interface Acceptance {
  readonly accepted: boolean;
  readonly by: string;
  readonly at: Date;
}

interface Word {
  readonly accountId: string;
  /** `now` of the plan that was read: nobody accepts one they have not seen. */
  readonly plan: string;
  readonly accepted: boolean;
  /** Whether what was concluded from the genome is kept from this account. */
  readonly genomeClosed: boolean;
  readonly now: Date;
}

/**
 * Keeps a clinician's word on a patient's newest plan. Answers the judgement it is about.
 *
 * @throws ProblemError 404 without a plan; 409 when another plan came meanwhile, or the word is the one that holds already
 */
export async function acceptPlan(
  tx: Tx,
  siteId: string,
  patientId: string,
  { accountId, plan, accepted, genomeClosed, now }: Word,
): Promise<string> {
  const newest = await tx
    .selectFrom('judgements')
    .select([
      'id',
      sql<string | null>`plan ->> 'now'`.as('made'),
      sql<boolean>`jsonb_typeof(patient_case -> 'genome') = 'object'`.as('genomic'),
    ])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .limit(1)
    // Two words at once follow one another.
    .forUpdate()
    .executeTakeFirst();
  if (newest === undefined) throw notYet('plan');
  // Nobody accepts what is kept from them.
  if (newest.genomic && genomeClosed) throw notYet('plan without the genome');
  if (newest.made !== plan)
    throw refuse(
      409,
      'usage',
      'plan',
      'is not the newest one of this patient',
      'read the plan again, then decide',
    );
  const last = await tx
    .selectFrom('plan_acceptances')
    .select(['revision', 'accepted'])
    .where('site_id', '=', siteId)
    .where('judgement_id', '=', newest.id)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if ((last?.accepted ?? false) === accepted)
    throw refuse(
      409,
      'usage',
      'plan',
      accepted ? 'is accepted already' : 'is not accepted, so nothing can be taken back',
      'GET plan/revisions says how it stands',
    );
  await tx
    .insertInto('plan_acceptances')
    .values({
      site_id: siteId,
      id: randomUUID(),
      patient_id: patientId,
      judgement_id: newest.id,
      revision: (last?.revision ?? 0) + 1,
      accepted,
      account_id: accountId,
      created_at: now,
    })
    .execute();
  return newest.id;
}

/** The word that holds on each judgement of a patient that any was given on. */
export async function acceptancesOf(
  tx: Tx,
  siteId: string,
  patientId: string,
): Promise<ReadonlyMap<string, Acceptance>> {
  const rows = await tx
    .selectFrom('plan_acceptances as w')
    .innerJoin('accounts as a', (on) =>
      on.onRef('a.site_id', '=', 'w.site_id').onRef('a.id', '=', 'w.account_id'),
    )
    .distinctOn('w.judgement_id')
    .select(['w.judgement_id', 'w.accepted', 'w.created_at', 'a.name'])
    .where('w.site_id', '=', siteId)
    .where('w.patient_id', '=', patientId)
    .orderBy('w.judgement_id')
    .orderBy('w.revision', 'desc')
    .execute();
  return new Map(
    rows.map((row) => [row.judgement_id, { accepted: row.accepted, by: row.name, at: row.created_at }]),
  );
}
