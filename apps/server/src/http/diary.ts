import { z } from 'zod';
import { relate } from '../identity/accounts.ts';
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
          .select(['date', 'pain', 'steps', 'note'])
          .where('site_id', '=', siteId)
          .where('patient_id', '=', patientId)
          .orderBy('date')
          .execute(),
      },
    }),
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
