import { randomUUID } from 'node:crypto';
import { buildCase, triage } from '@foramen/care';
import { z } from 'zod';
import { relate } from '../identity/accounts.ts';
import { judgeAnew } from '../jobs/judge-anew.ts';
import { refuse } from '../problem-error.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId } from './shapes.ts';

const diaryShape = z.object({
  entries: z.array(
    z.object({
      date: z.string(),
      pain: z.number().nullable(),
      steps: z.number().nullable(),
      note: z.string().nullable(),
    }),
  ),
});

/** A day as it is written: what is null was not said. */
const day = z
  .object({
    pain: z.number().min(0).max(10).nullable(),
    steps: z.number().int().min(0).max(200_000).nullable(),
    note: z.string().trim().max(2000).nullable(),
  })
  .refine((entry) => Object.values(entry).some((value) => value !== null && value !== ''), 'nothing is said');

/** Whether the words alone would have somebody seen within days. */
function tellsOfDanger(note: string, now: Date): boolean {
  const built = buildCase({
    patientId: 'diary',
    now: now.toISOString(),
    signals: [{ id: 'diary', date: now.toISOString().slice(0, 10), kind: 'diary', text: note }],
  });
  if (!built.ok) return false;
  const { urgency } = triage(built.value);
  return urgency === 'emergency' || urgency === 'urgent' || urgency === 'soon';
}

/** The patient's own entries, and the door that opens a record in an emergency. */
export function diaryRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  route(
    {
      method: 'get',
      path: '/api/patients/{id}/diary',
      summary: 'The diary',
      resource: 'diary',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: diaryShape },
    },
    async ({ tx, patientId }) => ({
      json: {
        entries: await tx
          .selectFrom('diary_entries')
          .distinctOn('date')
          .select(['date', 'pain', 'steps', 'note'])
          .where('site_id', '=', siteId)
          .where('patient_id', '=', patientId)
          .orderBy('date')
          .orderBy('revision', 'desc')
          .execute(),
      },
    }),
  );

  route(
    {
      method: 'put',
      path: '/api/patients/{id}/diary/{date}',
      summary: 'Writes a day of the diary; what stood there before is kept behind it',
      resource: 'diary',
      action: 'update',
      about: 'patient',
      params: byId.extend({ date: z.iso.date() }),
      body: day,
      reply: { schema: z.object({ revision: z.number() }) },
    },
    async ({ tx, patientId, params, body, session, now }) => {
      // A day begins up to 14 hours earlier than in UTC.
      if (Date.parse(params.date) > now.getTime() + 14 * 3_600_000) {
        throw refuse(422, 'out-of-range', 'date', 'lies in the future', 'write it when the day has come');
      }
      const before = await tx
        .selectFrom('diary_entries')
        .select('revision')
        .where('site_id', '=', siteId)
        .where('patient_id', '=', patientId)
        .where('date', '=', params.date)
        .orderBy('revision', 'desc')
        .limit(1)
        .executeTakeFirst();
      const revision = (before?.revision ?? 0) + 1;
      const written = await tx
        .insertInto('diary_entries')
        .values({
          site_id: siteId,
          id: randomUUID(),
          patient_id: patientId,
          date: params.date,
          ...body,
          revision,
          account_id: session.account.id,
          created_at: now,
        })
        .onConflict((c) => c.columns(['site_id', 'patient_id', 'date', 'revision']).doNothing())
        .executeTakeFirst();
      if (written.numInsertedOrUpdatedRows === 0n)
        throw refuse(
          409,
          'contradiction',
          'diary',
          'this day was written at the same moment',
          'send it again',
        );
      // A danger told in the diary is judged with everything else now, not at the next visit.
      if (body.note !== null && tellsOfDanger(body.note, now))
        await judgeAnew(tx, services, patientId, session.account.id);
      return { json: { revision } };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/patients/{id}/break-glass',
      summary: 'Opens a record in an emergency, for one hour, with a stated reason',
      resource: 'patient',
      action: 'break-glass',
      about: 'patient',
      params: byId,
      body: z.object({ reason: z.string().trim().min(10).max(500) }),
      reply: { schema: z.object({ until: z.string() }) },
    },
    async ({ tx, patientId, body, session, now, alsoAudit }) => {
      const until = new Date(now.getTime() + 3_600_000);
      await relate(tx, siteId, session.account.id, patientId, 'break-glass', body.reason, until);
      alsoAudit({
        action: 'break-glass',
        resource: 'patient',
        resourceId: patientId,
        patientId,
        reason: body.reason,
      });
      return { json: { until: until.toISOString() } };
    },
  );
}
