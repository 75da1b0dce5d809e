import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../database/connect.ts';
import type { Schema } from '../database/schema.ts';
import { relate } from '../identity/accounts.ts';
import { judgeAnew } from '../jobs/judge-anew.ts';
import { notThere, refuse } from '../problem-error.ts';
import { newestGenome, nextMoment } from '../records/newest.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId } from './shapes.ts';

const scope = z.enum(['treatment', 'genome', 'research', 'proxy']);
const decision = z.enum(['permit', 'deny']);
const consentShape = z.object({ scope, decision, at: z.string(), by: z.string() });
const kind = z.enum(['care-team', 'proxy']);
const memberShape = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role: z.string(),
  kind: z.enum(['care-team', 'proxy', 'self', 'break-glass']),
  reason: z.string().nullable(),
  from: z.string(),
  until: z.string().nullable(),
});
/** Which role may stand in which relationship: a proxy account does not join the team, nor a clinician become a proxy. */
const FITS: Readonly<Record<z.infer<typeof kind>, readonly string[]>> = {
  'care-team': ['clinician', 'care-team'],
  proxy: ['proxy'],
};

/** A patient's consents, which only grow, and the people around the patient. */
export function rightsRoutes(route: Route, services: Services): void {
  const { siteId } = services;

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/consents',
      summary: 'What the patient has permitted and refused, newest first',
      resource: 'consent',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: z.object({ consents: z.array(consentShape) }) },
    },
    async ({ tx, patientId }) => {
      const rows = await tx
        .selectFrom('consents as c')
        .leftJoin('accounts as a', (on) =>
          on.onRef('a.site_id', '=', 'c.site_id').onRef('a.id', '=', 'c.recorded_by'),
        )
        .select(['c.scope', 'c.decision', 'c.recorded_at', 'c.recorded_by', 'a.name'])
        .where('c.site_id', '=', siteId)
        .where('c.patient_id', '=', patientId)
        .orderBy('c.recorded_at', 'desc')
        .orderBy('c.id', 'desc')
        .execute();
      const consents = rows.map((row) => ({
        scope: row.scope,
        decision: row.decision,
        at: row.recorded_at.toISOString(),
        by: row.name ?? row.recorded_by,
      }));
      return { json: { consents } };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/patients/{id}/consents',
      summary: 'Records a decision of the patient; the newest of a scope holds',
      resource: 'consent',
      action: 'create',
      about: 'patient',
      params: byId,
      body: z.object({ scope, decision }),
      reply: { schema: consentShape },
    },
    async ({ tx, patientId, body, session, alsoAudit }) => {
      const row = await recordConsent(tx, siteId, patientId, { ...body, recorded_by: session.account.id });
      // De-identified copies are of the same person, who does not know them: what is said here holds for them too.
      if (body.scope === 'research' || body.scope === 'genome')
        for (const copy of await copiesOf(tx, siteId, patientId))
          await recordConsent(tx, siteId, copy, { ...body, recorded_by: session.account.id });
      alsoAudit({
        action: 'create',
        resource: 'consent',
        resourceId: patientId,
        patientId,
        reason: `${body.scope}: ${body.decision}`,
      });
      // What was concluded from a genome goes with it, and comes back with it.
      if (body.scope === 'genome' && (await newestGenome(tx, siteId, patientId)) !== undefined)
        await judgeAnew(tx, services, patientId, session.account.id);
      return { json: { ...body, at: row.recorded_at.toISOString(), by: session.account.name }, status: 201 };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/team',
      summary: 'Who may see this record, and since when',
      resource: 'team',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: z.object({ members: z.array(memberShape) }) },
    },
    async ({ tx, patientId }) => {
      const rows = await tx
        .selectFrom('relationships as r')
        .innerJoin('accounts as a', (on) =>
          on.onRef('a.site_id', '=', 'r.site_id').onRef('a.id', '=', 'r.account_id'),
        )
        .select([
          'r.id',
          'a.login',
          'a.name',
          'a.role',
          'r.kind',
          'r.reason',
          'r.valid_from',
          'r.valid_until',
        ])
        .where('r.site_id', '=', siteId)
        .where('r.patient_id', '=', patientId)
        .orderBy('r.valid_from', 'desc')
        .orderBy('r.id')
        .execute();
      const members = rows.map(({ valid_from, valid_until, ...row }) => ({
        ...row,
        from: valid_from.toISOString(),
        until: valid_until?.toISOString() ?? null,
      }));
      return { json: { members } };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/patients/{id}/team',
      summary: 'Puts a colleague in the care team, or a proxy beside the patient',
      resource: 'team',
      action: 'create',
      about: 'patient',
      params: byId,
      body: z.object({
        login: z.string().trim().toLowerCase().min(1).max(100),
        kind,
        reason: z.string().trim().min(1).max(200),
      }),
      reply: { schema: z.object({ added: z.boolean() }) },
    },
    async ({ tx, patientId, body, alsoAudit }) => {
      const account = await tx
        .selectFrom('accounts')
        .select(['id', 'role', 'disabled'])
        .where('site_id', '=', siteId)
        .where('login', '=', body.login)
        .executeTakeFirst();
      if (account === undefined || account.disabled || !FITS[body.kind].includes(account.role))
        throw refuse(
          422,
          'usage',
          'body.login',
          `is no account that can be ${body.kind}`,
          'ask your administrator',
        );
      // Two who ask at once wait for one another: of two rows, only the one that is seen would be ended.
      await tx
        .selectFrom('accounts')
        .select('id')
        .where('site_id', '=', siteId)
        .where('id', '=', account.id)
        .forNoKeyUpdate()
        .execute();
      const there = await tx
        .selectFrom('relationships')
        .select('id')
        .where('site_id', '=', siteId)
        .where('account_id', '=', account.id)
        .where('patient_id', '=', patientId)
        .where('kind', '=', body.kind)
        .where('valid_until', 'is', null)
        .where('ended', '=', false)
        .executeTakeFirst();
      if (there === undefined) await relate(tx, siteId, account.id, patientId, body.kind, body.reason);
      alsoAudit({
        action: 'create',
        resource: 'team',
        resourceId: account.id,
        patientId,
        reason: `${body.kind}: ${body.reason}`,
      });
      return { json: { added: there === undefined }, status: 201 };
    },
  );

  route(
    {
      method: 'delete',
      path: '/api/patients/{id}/team/{member}',
      summary: 'Ends somebody’s access to this record',
      resource: 'team',
      action: 'delete',
      about: 'patient',
      params: byId.extend({ member: z.string().min(1).max(100) }),
      reply: { schema: z.object({ ended: z.boolean() }) },
    },
    async ({ tx, patientId, params, alsoAudit }) => {
      // The row stays: who had access, and until when, is part of the record.
      const ended = await tx
        .updateTable('relationships')
        .set((eb) => ({ valid_until: eb.fn<Date>('now', []), ended: true }))
        .where('site_id', '=', siteId)
        .where('patient_id', '=', patientId)
        .where('id', '=', params.member)
        .where('kind', '<>', 'self')
        .where('ended', '=', false)
        .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', eb.fn<Date>('now', []))]))
        .returning('account_id')
        .executeTakeFirst();
      if (ended === undefined) throw notThere('relationship');
      alsoAudit({
        action: 'delete',
        resource: 'team',
        resourceId: ended.account_id,
        patientId,
        reason: 'access ended',
      });
      return { json: { ended: true } };
    },
  );
}

/** The decision that holds from now on. */
async function recordConsent(
  tx: Tx,
  siteId: string,
  patientId: string,
  consent: Pick<Insertable<Schema['consents']>, 'scope' | 'decision' | 'recorded_by'>,
): Promise<{ readonly recorded_at: Date }> {
  return tx
    .insertInto('consents')
    .values({
      site_id: siteId,
      id: randomUUID(),
      patient_id: patientId,
      ...consent,
      recorded_at: nextMoment('consents', siteId, patientId),
    })
    .returning('recorded_at')
    .executeTakeFirstOrThrow();
}

/** The records of de-identified copies of this patient's studies. */
async function copiesOf(tx: Tx, siteId: string, patientId: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('deidentified_copies as c')
    .innerJoin('studies as source', (on) =>
      on.onRef('source.site_id', '=', 'c.site_id').onRef('source.id', '=', 'c.source_study_id'),
    )
    .innerJoin('studies as copy', (on) =>
      on.onRef('copy.site_id', '=', 'c.site_id').onRef('copy.id', '=', 'c.study_id'),
    )
    .select('copy.patient_id as id')
    .distinct()
    .where('c.site_id', '=', siteId)
    .where('source.patient_id', '=', patientId)
    .execute();
  return rows.map((row) => row.id);
}
