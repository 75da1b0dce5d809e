import type { Tx } from '../database/connect.ts';
import type { Services } from '../services.ts';
import { ANALYZE } from './queue.ts';

/** New facts: the patient's newest study, if there is one, is judged again with them. Gives the id of the job. */
export async function judgeAnew(
  tx: Tx,
  services: Pick<Services, 'siteId' | 'queue'>,
  patientId: string,
  accountId: string | null,
): Promise<string> {
  const study = await tx
    .selectFrom('studies')
    .select('id')
    .where('site_id', '=', services.siteId)
    .where('patient_id', '=', patientId)
    .orderBy('study_date', (o) => o.desc().nullsLast())
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return services.queue.enqueue(tx, services.siteId, {
    kind: ANALYZE,
    patientId,
    studyId: study?.id ?? null,
    createdBy: accountId,
    onlyFacts: true,
    // Somebody waits for it, and it takes a second.
    priority: 1,
  });
}
