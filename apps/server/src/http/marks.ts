import { markDrawing } from '@foramen/spine';
import { z } from 'zod';
import { notThere } from '../problem-error.ts';
import { measured, readerReport } from '../records/mark-report.ts';
import { currentMarks, markRevisions, reviseMark } from '../records/marks.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId } from './shapes.ts';

const markShape = z.object({
  id: z.string(),
  revision: z.number(),
  removed: z.boolean(),
  drawing: markDrawing,
  frameOfReferenceUid: z.string().nullable(),
  author: z.string(),
  at: z.string(),
  drawnAt: z.string(),
});
const listShape = z.object({ marks: z.array(markShape) });
const oneMark = byId.extend({ mark: z.string().min(1).max(100) });
const changeShape = z.object({
  /** The revision that was looked at: a change of somebody else in between is not overwritten. */
  revision: z.number().int().min(1),
  drawing: markDrawing,
  removed: z.boolean().default(false),
});

/** What readers measured on the pictures: drawn, changed, taken away and brought back, each step kept with its author and moment. */
export function markRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  route(
    {
      method: 'get',
      path: '/api/studies/{id}/marks',
      summary: 'What readers measured on the pictures, as it is now; what was taken away is marked so',
      resource: 'findings',
      action: 'read',
      about: 'study',
      params: byId,
      reply: { schema: listShape },
    },
    async ({ tx, params }) => ({ json: { marks: await currentMarks(tx, siteId, params.id) } }),
  );

  route(
    {
      method: 'post',
      path: '/api/studies/{id}/marks',
      summary: 'Keeps a new measure',
      resource: 'findings',
      action: 'create',
      about: 'study',
      params: byId,
      body: markDrawing,
      reply: { schema: markShape },
    },
    async ({ tx, params, body, session, now, alsoAudit, patientId }) => {
      const change = {
        studyId: params.id,
        accountId: session.account.id,
        now,
        drawing: body,
        removed: false,
      };
      const mark = await reviseMark(tx, siteId, change, null);
      alsoAudit({
        action: 'create',
        resource: 'findings',
        resourceId: mark.id,
        patientId,
        reason: 'new mark',
      });
      return { json: mark, status: 201 };
    },
  );

  route(
    {
      method: 'put',
      path: '/api/studies/{id}/marks/{mark}',
      summary: 'Changes a measure, takes it away, or brings it back',
      resource: 'findings',
      action: 'update',
      about: 'study',
      params: oneMark,
      body: changeShape,
      reply: { schema: markShape },
    },
    async ({ tx, params, body, session, now, alsoAudit, patientId }) => {
      const { drawing, removed, revision } = body;
      const mark = await reviseMark(
        tx,
        siteId,
        { studyId: params.id, accountId: session.account.id, now, drawing, removed },
        { markId: params.mark, revision },
      );
      alsoAudit({
        action: removed ? 'delete' : 'update',
        resource: 'findings',
        resourceId: mark.id,
        patientId,
        reason: `mark, revision ${mark.revision}`,
      });
      return { json: mark };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/studies/{id}/marks/{mark}/history',
      summary: 'Every revision of a measure, oldest first',
      resource: 'findings',
      action: 'read',
      about: 'study',
      params: oneMark,
      reply: { schema: listShape },
    },
    async ({ tx, params }) => {
      const marks = await markRevisions(tx, siteId, params.id, params.mark);
      if (marks.length === 0) throw notThere('mark');
      return { json: { marks } };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/studies/{id}/reader-measurements.dcm',
      summary: 'What readers measured, as a DICOM structured report (TID 1500) with its coordinates',
      resource: 'findings',
      action: 'read',
      about: 'study',
      way: 'export',
      params: byId,
      reply: { type: 'application/dicom' },
    },
    async ({ tx, params, now }) => {
      const made = await measured(tx, siteId, params.id);
      return {
        after: async () => ({
          bytes: await readerReport(services.blobs, made, now),
          type: 'application/dicom',
          headers: {
            'cache-control': 'no-store',
            'content-disposition': 'attachment; filename="reader-measurements.dcm"',
          },
        }),
      };
    },
  );
}
