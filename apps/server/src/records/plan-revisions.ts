import type { CarePlan, PlanRevision } from '@foramen/spine';
import type { Tx } from '../database/connect.ts';
import { acceptancesOf } from './acceptances.ts';

const MOST = 20;

/**
 * How a patient's plan came to be what it is, newest first: each judgement beside the one before it.
 *
 * @param medicines whether what changed in medicines may be told: it tells of the genome
 */
export async function planRevisions(
  tx: Tx,
  siteId: string,
  patientId: string,
  medicines: boolean,
): Promise<readonly PlanRevision[]> {
  const rows = await tx
    .selectFrom('judgements as j')
    .leftJoin('accounts as a', (on) =>
      on.onRef('a.site_id', '=', 'j.site_id').onRef('a.id', '=', 'j.account_id'),
    )
    .select(['j.id', 'j.plan', 'j.created_at', 'j.job_id', 'a.name'])
    .where('j.site_id', '=', siteId)
    .where('j.patient_id', '=', patientId)
    .orderBy('j.created_at', 'desc')
    .limit(MOST + 1)
    .execute();
  const words = await acceptancesOf(tx, siteId, patientId);
  return rows.slice(0, MOST).map((row, at) => {
    const before = rows[at + 1];
    const word = words.get(row.id);
    const [by, on] = [word?.by ?? null, word?.at.toISOString() ?? null];
    const holds = word?.accepted === true;
    return {
      from: before?.id ?? null,
      to: row.id,
      at: row.created_at.toISOString(),
      revisedBy: row.name,
      signalId: row.job_id,
      changes: before === undefined ? [] : planChanges(before.plan, row.plan, medicines),
      acceptedBy: holds ? by : null,
      acceptedAt: holds ? on : null,
      withdrawnBy: holds ? null : by,
      withdrawnAt: holds ? null : on,
    };
  });
}

/** What differs between two plans of one patient, a line each: urgency, options, medicines, the next steps. */
export function planChanges(before: CarePlan, after: CarePlan, medicines = true): readonly string[] {
  const changes: string[] = [];
  if (before.urgency !== after.urgency) changes.push(`urgency ${before.urgency}, now ${after.urgency}`);
  const names = (options: CarePlan['options']) => new Map(options.map(({ id, name }) => [id, name]));
  const [offered, offers] = [names(before.options), names(after.options)];
  for (const [id, name] of offers) if (!offered.has(id)) changes.push(`now offered: ${name}`);
  for (const [id, name] of offered) if (!offers.has(id)) changes.push(`no longer offered: ${name}`);
  const first = (plan: CarePlan) => plan.options.find((option) => option.rank === 1);
  const [led, leads] = [first(before), first(after)];
  if (leads !== undefined && leads.id !== led?.id && offered.has(leads.id))
    changes.push(`now first: ${leads.name}`);
  const steps = (plan: CarePlan) => plan.next.map((statement) => statement.text).join('\n');
  if (steps(before) !== steps(after)) changes.push('the next steps');
  if (!medicines) return changes;
  const advice = (plan: CarePlan) => new Set(plan.medications.map((m) => `${m.drug}: ${m.advice}`));
  const [advised, advises] = [advice(before), advice(after)];
  for (const line of advises) if (!advised.has(line)) changes.push(`now ${line}`);
  for (const line of advised) if (!advises.has(line)) changes.push(`no longer ${line}`);
  return changes;
}
