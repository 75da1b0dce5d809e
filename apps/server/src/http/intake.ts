import { randomUUID } from 'node:crypto';
import { intakeSchema } from '@foramen/spine';
import { z } from 'zod';
import { judgeAnew } from '../jobs/judge-anew.ts';
import { notYet, refuse } from '../problem-error.ts';
import { newestIntake, nextMoment } from '../records/newest.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId, documentShape, jobStarted } from './shapes.ts';

const draftShape = z.object({
  /** Whatever stands in the form: a draft is checked when it is sent. */
  body: documentShape,
  /** The intake it started from. */
  basedOn: z.string().nullable(),
  revision: z.number(),
  updatedAt: z.string(),
});
const newDraft = z.object({
  body: z.record(z.string(), z.unknown()),
  basedOn: z.string().max(100).nullable(),
  /** The revision this one follows; 0 for the first. */
  after: z.number().int().min(0),
});

/** What a clinician found is not the patient's to answer, and not to take away by sending answers of one's own. */
const CLINICIANS_OWN = ['examination', 'setting'] as const;

const withoutQuotes = (header: string | null): string | null => header?.replace(/^"(.*)"$/, '$1') ?? null;

/** The answers of a patient: the newest intake, a new one beside the old ones, and the draft of one that is being filled in. */
export function intakeRoutes(route: Route, services: Services): void {
  const { siteId } = services;

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/intake',
      summary: 'The newest intake; its ETag names it',
      resource: 'intake',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: documentShape },
    },
    async ({ tx, patientId }) => {
      const newest = await newestIntake(tx, siteId, patientId);
      if (newest === undefined) throw notYet('intake');
      return { json: newest.body, etag: newest.id };
    },
  );

  route(
    {
      method: 'put',
      path: '/api/patients/{id}/intake',
      summary:
        'Stores an intake beside the earlier ones and judges anew; If-Match keeps it from replacing one that was not seen',
      resource: 'intake',
      action: 'update',
      about: 'patient',
      params: byId,
      body: intakeSchema,
      reply: { schema: jobStarted },
    },
    async ({ tx, patientId, body, session, request }) => {
      // One at a time for a patient: two people who send at once must not both believe theirs is the newest.
      await tx
        .selectFrom('patients')
        .select('id')
        .where('site_id', '=', siteId)
        .where('id', '=', patientId)
        .forUpdate()
        .execute();
      const newest = await newestIntake(tx, siteId, patientId);
      const seen = withoutQuotes(request.headers.get('if-match'));
      if (seen !== null && seen !== (newest?.id ?? 'none')) {
        throw refuse(
          412,
          'contradiction',
          'intake',
          'somebody else sent answers meanwhile',
          'compare with the newest answers, then send again',
        );
      }
      const answers: Record<string, unknown> = { ...body };
      if (session.account.role === 'patient') {
        for (const part of CLINICIANS_OWN) {
          delete answers[part];
          const kept = newest?.body[part];
          if (kept !== undefined) answers[part] = kept;
        }
      }
      await tx
        .insertInto('intakes')
        .values({
          site_id: siteId,
          id: randomUUID(),
          patient_id: patientId,
          body: JSON.stringify(answers),
          account_id: session.account.id,
          // After the lock: what is sent later is the newer one, whichever request began first.
          created_at: nextMoment('intakes', siteId, patientId),
        })
        .execute();
      await tx
        .deleteFrom('intake_drafts')
        .where('site_id', '=', siteId)
        .where('patient_id', '=', patientId)
        .where('account_id', '=', session.account.id)
        .execute();
      return {
        json: { job: { id: await judgeAnew(tx, services, patientId, session.account.id) } },
        status: 202,
      };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/intake/draft',
      summary: 'Answers this account has begun to give; null when there are none',
      resource: 'intake',
      action: 'update',
      about: 'patient',
      params: byId,
      reply: { schema: z.object({ draft: draftShape.nullable() }) },
    },
    async ({ tx, patientId, session }) => {
      const draft = await tx
        .selectFrom('intake_drafts')
        .select(['body', 'based_on', 'revision', 'updated_at'])
        .where('site_id', '=', siteId)
        .where('patient_id', '=', patientId)
        .where('account_id', '=', session.account.id)
        .executeTakeFirst();
      if (draft === undefined) return { json: { draft: null } };
      return {
        json: {
          draft: {
            body: draft.body,
            basedOn: draft.based_on,
            revision: draft.revision,
            updatedAt: draft.updated_at.toISOString(),
          },
        },
      };
    },
  );

  route(
    {
      method: 'put',
      path: '/api/patients/{id}/intake/draft',
      summary: 'Keeps what has been answered so far; nothing is judged',
      resource: 'intake',
      action: 'update',
      about: 'patient',
      params: byId,
      body: newDraft,
      reply: { schema: z.object({ revision: z.number(), updatedAt: z.string() }) },
    },
    async ({ tx, patientId, body, session, now }) => {
      const revision = body.after + 1;
      const draft = {
        body: JSON.stringify(body.body),
        based_on: body.basedOn,
        revision,
        updated_at: now,
      };
      // A draft that was sent or dropped in another window does not come back by what this one still holds.
      const written =
        body.after === 0
          ? await tx
              .insertInto('intake_drafts')
              .values({
                site_id: siteId,
                id: randomUUID(),
                patient_id: patientId,
                account_id: session.account.id,
                ...draft,
              })
              .onConflict((c) => c.columns(['site_id', 'patient_id', 'account_id']).doNothing())
              .returning('revision')
              .executeTakeFirst()
          : await tx
              .updateTable('intake_drafts')
              .set(draft)
              .where('site_id', '=', siteId)
              .where('patient_id', '=', patientId)
              .where('account_id', '=', session.account.id)
              .where('revision', '=', body.after)
              .returning('revision')
              .executeTakeFirst();
      if (written === undefined) {
        throw refuse(
          409,
          'contradiction',
          'draft',
          'these answers were changed in another window',
          'load the page again',
        );
      }
      return { json: { revision, updatedAt: now.toISOString() } };
    },
  );

  route(
    {
      method: 'delete',
      path: '/api/patients/{id}/intake/draft',
      summary: 'Drops the answers that were begun and not sent',
      resource: 'intake',
      action: 'update',
      about: 'patient',
      params: byId,
      reply: { schema: z.object({}) },
    },
    async ({ tx, patientId, session }) => {
      await tx
        .deleteFrom('intake_drafts')
        .where('site_id', '=', siteId)
        .where('patient_id', '=', patientId)
        .where('account_id', '=', session.account.id)
        .execute();
      return { json: {} };
    },
  );
}
