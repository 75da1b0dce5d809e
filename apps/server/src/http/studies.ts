import { createHash } from 'node:crypto';
import { withReaderMarks } from '@foramen/report';
import { z } from 'zod';
import { copyDeidentified } from '../deidentify/copy.ts';
import { ANALYZE } from '../jobs/queue.ts';
import { genomeClosedTo } from '../policy/facts.ts';
import { notThere, notYet } from '../problem-error.ts';
import { crestOf } from '../records/mark-report.ts';
import { currentMarks } from '../records/marks.ts';
import { newestFindings } from '../records/newest.ts';
import { studySummaries } from '../records/studies.ts';
import type { Services } from '../services.ts';
import type { Route } from './guard.ts';
import { byId, documentShape, jobStarted, studyShape } from './shapes.ts';

export function studyRoutes(route: Route, services: Services): void {
  const { siteId } = services;
  route(
    {
      method: 'get',
      path: '/api/studies/{id}',
      summary: 'One study',
      resource: 'study',
      action: 'read',
      about: 'study',
      params: byId,
      reply: { schema: studyShape },
    },
    async ({ tx, params }) => {
      const [study] = await studySummaries(tx, siteId, { studyId: params.id });
      if (study === undefined) throw notThere('study');
      return { json: study };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/studies/{id}/findings',
      summary: 'What was read from the pictures',
      resource: 'findings',
      action: 'read',
      about: 'study',
      params: byId,
      reply: { schema: documentShape },
    },
    async ({ tx, params }) => {
      const findings = await newestFindings(tx, siteId, params.id);
      if (findings === undefined) throw notYet('findings');
      return { json: findings };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/studies/{id}/report.html',
      summary: 'The report on one page',
      resource: 'judgement',
      action: 'read',
      about: 'study',
      params: byId,
      reply: { type: 'text/html' },
    },
    async ({ tx, params, patientId, session }) => {
      const row = await tx
        .selectFrom('documents as d')
        .innerJoin('blobs as b', (on) =>
          on.onRef('b.site_id', '=', 'd.site_id').onRef('b.id', '=', 'd.blob_id'),
        )
        .select(['b.object', 'd.genome_id'])
        .where('d.site_id', '=', siteId)
        .where('d.study_id', '=', params.id)
        .where('d.kind', '=', 'report')
        .executeTakeFirst();
      if (row === undefined) throw notYet('report');
      if (row.genome_id !== null && (await genomeClosedTo(tx, siteId, patientId, session.account.id)))
        throw notYet('report without the genome');
      const marks = await currentMarks(tx, siteId, params.id);
      const html = (await services.blobs.read(row.object)).toString('utf8');
      const page = Buffer.from(withReaderMarks(html, marks, await crestOf(tx, siteId, params.id)));
      return {
        bytes: page,
        type: 'text/html; charset=utf-8',
        etag: createHash('sha256').update(page).digest('hex').slice(0, 32),
        // The page carries its own styles and pictures and needs nothing else, least of all scripts.
        headers: {
          // What readers measure stands in it from one look to the next.
          'cache-control': 'private, no-cache',
          'content-security-policy':
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-same-origin",
        },
      };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/studies/{id}/analysis',
      summary: 'Analyses a study again',
      resource: 'study',
      action: 'update',
      about: 'study',
      params: byId,
      reply: { schema: jobStarted },
    },
    async ({ tx, params, patientId, session }) => {
      const id = await services.queue.enqueue(tx, siteId, {
        kind: ANALYZE,
        patientId,
        studyId: params.id,
        createdBy: session.account.id,
      });
      return { json: { job: { id } }, status: 202 };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/studies/{id}/deidentified-copy',
      summary: 'A copy without what identifies (DICOM PS3.15 Annex E)',
      resource: 'study',
      action: 'read',
      about: 'study',
      way: 'export',
      params: byId,
      body: z.object({ cleanDescriptors: z.boolean().default(true), shiftDates: z.boolean().default(true) }),
      reply: {
        schema: z.object({
          patientId: z.string(),
          studyId: z.string(),
          copied: z.number(),
          alreadyThere: z.number(),
          refused: z.array(z.object({ reason: z.string(), count: z.number() })),
        }),
      },
    },
    async ({ tx, params, body, patientId, session }) => ({
      json: await copyDeidentified(tx, services, params.id, patientId, body, session.account.id),
    }),
  );
}
