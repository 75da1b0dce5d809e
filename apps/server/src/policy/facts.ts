import { sql } from 'kysely';
import type { Tx } from '../database/connect.ts';
import { type AccessRequest, type Consent, decide, type PatientFacts } from './evaluate.ts';

/**
 * A relationship `r` that holds now: not ended, begun, not run out. As of this question, not of the transaction's begin: whoever waited for another
 * sender finds what that one wrote meanwhile.
 */
const IN_FORCE = sql<boolean>`not r.ended and r.valid_from <= statement_timestamp()
  and (r.valid_until is null or r.valid_until > statement_timestamp())`;

const SCOPES = ['treatment', 'genome', 'research', 'proxy'] as const;

/**
 * What the policy needs to know about each of these patients, in one statement. A patient that does not exist has no entry.
 */
export async function patientFacts(
  tx: Tx,
  siteId: string,
  accountId: string,
  patientIds: readonly string[],
): Promise<ReadonlyMap<string, PatientFacts>> {
  if (patientIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('patients as p')
    .select(['p.id', 'p.deidentified'])
    .select((eb) => [
      eb
        .selectFrom('relationships as r')
        .select(sql<string[]>`coalesce(array_agg(distinct r.kind), '{}')`.as('kinds'))
        .where('r.site_id', '=', siteId)
        .where('r.account_id', '=', accountId)
        .whereRef('r.patient_id', '=', 'p.id')
        .where(IN_FORCE)
        .as('kinds'),
      eb
        .selectFrom((newest) =>
          newest
            .selectFrom('consents as c')
            .distinctOn('c.scope')
            .select(['c.scope', 'c.decision'])
            .where('c.site_id', '=', siteId)
            .whereRef('c.patient_id', '=', 'p.id')
            .orderBy('c.scope')
            .orderBy('c.recorded_at', 'desc')
            .orderBy('c.id', 'desc')
            .as('n'),
        )
        .select(
          sql<Record<string, Consent>>`coalesce(jsonb_object_agg(n.scope, n.decision), '{}')`.as('decisions'),
        )
        .as('decisions'),
    ])
    .where('p.site_id', '=', siteId)
    .where('p.id', 'in', [...patientIds])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        relationships: new Set((row.kinds ?? []) as ('care-team' | 'proxy' | 'self' | 'break-glass')[]),
        consent: Object.fromEntries(
          SCOPES.map((scope) => [scope, row.decisions?.[scope] ?? 'not-recorded']),
        ) as PatientFacts['consent'],
        deidentified: row.deidentified,
      },
    ]),
  );
}

/** Until when an emergency opening shows somebody a record that nothing else shows them; null where there is none. */
export async function openedUntil(
  tx: Tx,
  siteId: string,
  accountId: string,
  patientId: string,
): Promise<string | null> {
  const ties = await tx
    .selectFrom('relationships as r')
    .select(['r.kind', 'r.valid_until'])
    .where('r.site_id', '=', siteId)
    .where('r.account_id', '=', accountId)
    .where('r.patient_id', '=', patientId)
    .where(IN_FORCE)
    .execute();
  if (ties.some((tie) => tie.kind !== 'break-glass')) return null;
  const ends = ties.flatMap((tie) => (tie.valid_until === null ? [] : [tie.valid_until.getTime()]));
  return ends.length === 0 ? null : new Date(Math.max(...ends)).toISOString();
}

/** Whether the policy allows this with this patient. Nothing is allowed with one that does not exist. */
export async function allowedWith(
  tx: Tx,
  siteId: string,
  patientId: string,
  request: Omit<AccessRequest, 'patient'>,
): Promise<boolean> {
  const patient = (await patientFacts(tx, siteId, request.subject.accountId, [patientId])).get(patientId);
  return patient !== undefined && decide({ ...request, patient }).allow;
}

/**
 * Whether what was concluded from the genome is kept from this account: the patient has closed it, and it is not the patient who asks. Judgements
 * are made anew without it at once; until they are, and of reports that are not made anew, nothing is told.
 */
export async function genomeClosedTo(
  tx: Tx,
  siteId: string,
  patientId: string,
  accountId: string,
): Promise<boolean> {
  const facts = (await patientFacts(tx, siteId, accountId, [patientId])).get(patientId);
  return facts?.consent.genome === 'deny' && !facts.relationships.has('self');
}
