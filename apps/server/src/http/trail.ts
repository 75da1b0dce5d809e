import type { Access } from '@foramen/spine';
import { z } from 'zod';
import { accessesOf } from '../audit/accesses.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId } from './shapes.ts';

const entryShape = z.object({
  seq: z.number(),
  at: z.string(),
  account: z.string().nullable(),
  role: z.string().nullable(),
  path: z.string(),
  action: z.string(),
  resource: z.string(),
  resourceId: z.string().nullable(),
  patientId: z.string().nullable(),
  outcome: z.enum(['allowed', 'denied', 'failed']),
  reason: z.string().nullable(),
});

const accessShape: z.ZodType<Access> = z.object({
  day: z.string(),
  accountId: z.string().nullable(),
  name: z.string().nullable(),
  role: z.string().nullable(),
  first: z.string(),
  last: z.string(),
  times: z.number(),
  read: z.array(z.string()),
  changed: z.array(z.string()),
  refused: z.number(),
  emergency: z.string().nullable(),
  byProgram: z.boolean(),
});
/** Lines of the trail that one answer is made from. */
const LINES = 1_000;

/** The audit trail, newest first, for an administrator: who did what to which record, by opaque ids; of one record for its patient, by name. */
export function trailRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  route(
    {
      method: 'get',
      path: '/api/audit',
      summary: 'The audit trail, newest first',
      resource: 'audit',
      action: 'list',
      about: 'none',
      query: z.object({
        before: z.coerce.number().int().min(1).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        outcome: z.enum(['allowed', 'denied', 'failed']).optional(),
        accountId: z.string().max(100).optional(),
        patientId: z.string().max(100).optional(),
      }),
      reply: { schema: z.object({ entries: z.array(entryShape), next: z.number().nullable() }) },
    },
    async ({ tx, query }) => {
      let rows = tx
        .selectFrom('audit as e')
        .leftJoin('accounts as a', (on) =>
          on.onRef('a.site_id', '=', 'e.site_id').onRef('a.id', '=', 'e.account_id'),
        )
        .select(['e.seq', 'e.at', 'a.login as account', 'e.role', 'e.path', 'e.action', 'e.resource'])
        .select(['e.resource_id', 'e.patient_id', 'e.outcome', 'e.reason'])
        .where('e.site_id', '=', siteId);
      if (query.before !== undefined) rows = rows.where('e.seq', '<', query.before);
      if (query.outcome !== undefined) rows = rows.where('e.outcome', '=', query.outcome);
      if (query.accountId !== undefined) rows = rows.where('e.account_id', '=', query.accountId);
      if (query.patientId !== undefined) rows = rows.where('e.patient_id', '=', query.patientId);
      const page = await rows.orderBy('e.seq', 'desc').limit(query.limit).execute();
      const entries = page.map(({ resource_id, patient_id, at, ...row }) => ({
        ...row,
        at: at.toISOString(),
        resourceId: resource_id,
        patientId: patient_id,
      }));
      return { json: { entries, next: page.length === query.limit ? (page.at(-1)?.seq ?? null) : null } };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/access',
      summary: 'Who came to this record, by account and day, newest first',
      resource: 'audit',
      action: 'read',
      about: 'patient',
      params: byId,
      query: z.object({ before: z.coerce.number().int().min(1).optional() }),
      reply: { schema: z.object({ accesses: z.array(accessShape), next: z.number().nullable() }) },
    },
    async ({ tx, patientId, query }) => {
      let rows = tx
        .selectFrom('audit as e')
        .leftJoin('accounts as a', (on) =>
          on.onRef('a.site_id', '=', 'e.site_id').onRef('a.id', '=', 'e.account_id'),
        )
        .select(['e.seq', 'e.at', 'e.account_id as accountId', 'a.name', 'e.role', 'e.path', 'e.action'])
        .select(['e.resource', 'e.outcome', 'e.reason'])
        .where('e.site_id', '=', siteId)
        .where('e.patient_id', '=', patientId);
      if (query.before !== undefined) rows = rows.where('e.seq', '<', query.before);
      const page = await rows.orderBy('e.seq', 'desc').limit(LINES).execute();
      return {
        json: {
          accesses: accessesOf(page),
          next: page.length === LINES ? (page.at(-1)?.seq ?? null) : null,
        },
      };
    },
  );
}
