import { randomUUID } from 'node:crypto';
import { isArrayFile, isGzip, isZip } from '@foramen/genomics';
import { sql } from 'kysely';
import { z } from 'zod';
import { recordBlob } from '../blobs/catalogue.ts';
import { relate } from '../identity/accounts.ts';
import { subjectOf } from '../identity/sessions.ts';
import { judgeAnew } from '../jobs/judge-anew.ts';
import { allowedWith, genomeClosedTo, openedUntil } from '../policy/facts.ts';
import { notYet, refuse } from '../problem-error.ts';
import { acceptPlan } from '../records/acceptances.ts';
import { newestGenome, nextMoment } from '../records/newest.ts';
import {
  candidatePatients,
  createPatient,
  type ListPlace,
  patientSummaries,
  sharesNumber,
} from '../records/patients.ts';
import { planRevisions } from '../records/plan-revisions.ts';
import { studySummaries } from '../records/studies.ts';
import type { Services } from '../services.ts';
import { wholeBody } from './body.ts';
import type { Route } from './guard.ts';
import { byId, documentShape, jobStarted, patientDetailShape, patientShape, studyShape } from './shapes.ts';

const listQuery = z.object({
  query: z.string().max(200).default(''),
  urgency: z.enum(['emergency', 'urgent', 'soon', 'routine', 'self-care']).optional(),
  order: z.enum(['urgency', 'name']).default('urgency'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(500).optional(),
});
const newPatient = z.object({
  name: z.string().trim().min(1).max(200),
  birthDate: z.iso.date().optional(),
  sex: z.enum(['female', 'male', 'unknown']).optional(),
});
const acceptanceShape = z.object({
  /** `now` of the plan that was read. */
  plan: z.string().min(1).max(40),
  accepted: z.boolean(),
});
const TEAM: ReadonlySet<string> = new Set(['clinician', 'care-team']);
const MAX_GENOME_BYTES = 64 << 20;

function readCursor(text: string | undefined): ListPlace | null {
  if (text === undefined) return null;
  const parsed = z
    .tuple([z.number().int().min(0).max(9), z.string(), z.string()])
    .safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success)
    throw refuse(
      400,
      'usage',
      'query.after',
      'is not a cursor of this list',
      'leave it out to start at the top',
    );
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function patientRoutes(route: Route, services: Services): void {
  const { siteId } = services;

  route(
    {
      method: 'get',
      path: '/api/patients',
      summary: 'The worklist, the most urgent first',
      resource: 'patient',
      action: 'list',
      about: 'none',
      query: listQuery,
      reply: { schema: z.object({ patients: z.array(patientShape), next: z.string().nullable() }) },
    },
    async ({ tx, session, query, now, visible }) => {
      const candidates = await candidatePatients(tx, siteId, {
        accountId: session.account.id,
        query: query.query,
        urgency: query.urgency,
        order: query.order,
        limit: query.limit + 1,
        after: readCursor(query.after),
        researcher: session.account.role === 'researcher',
      });
      const page = candidates.slice(0, query.limit);
      const seen = await visible(page.map((row) => row.id));
      const patients = await patientSummaries(
        tx,
        siteId,
        page.map((row) => row.id).filter((id) => seen.has(id)),
        now,
      );
      const last = candidates.length > query.limit ? page.at(-1) : undefined;
      const next = last === undefined ? null : Buffer.from(JSON.stringify(last.place)).toString('base64url');
      return { json: { patients, next } };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/patients',
      summary: 'A new patient',
      resource: 'patient',
      action: 'create',
      about: 'none',
      body: newPatient,
      reply: { schema: patientShape },
    },
    async ({ tx, session, body, now, alsoAudit }) => {
      const id = await createPatient(tx, siteId, {
        name: body.name,
        birthDate: body.birthDate ?? null,
        sex: body.sex ?? 'unknown',
      });
      await relate(tx, siteId, session.account.id, id, 'care-team', 'made the record');
      alsoAudit({
        action: 'create',
        resource: 'patient',
        resourceId: id,
        patientId: id,
        reason: 'new record',
      });
      return { json: (await patientSummaries(tx, siteId, [id], now))[0], status: 201 };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/patients/{id}',
      summary: 'One patient',
      resource: 'patient',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: patientDetailShape },
    },
    async ({ tx, session, patientId, now }) => {
      const [summary] = await patientSummaries(tx, siteId, [patientId], now);
      const studyList = await studySummaries(tx, siteId, { patientId });
      const has = (table: 'intakes' | 'genomes' | 'judgements') =>
        tx
          .selectFrom(table)
          .select('id')
          .where('site_id', '=', siteId)
          .where('patient_id', '=', patientId)
          .limit(1)
          .executeTakeFirst();
      const findings = await tx
        .selectFrom('findings as f')
        .innerJoin('studies as s', (on) =>
          on.onRef('s.site_id', '=', 'f.site_id').onRef('s.id', '=', 'f.study_id'),
        )
        .select('f.id')
        .where('f.site_id', '=', siteId)
        .where('s.patient_id', '=', patientId)
        .limit(1)
        .executeTakeFirst();
      const judged = (await has('judgements')) !== undefined;
      return {
        json: {
          ...summary,
          studyList,
          has: {
            intake: (await has('intakes')) !== undefined,
            genome: (await has('genomes')) !== undefined,
            findings: findings !== undefined,
            assessment: judged,
            plan: judged,
          },
          // Of other people's records a patient learns nothing.
          sharesNumber: TEAM.has(session.account.role) && (await sharesNumber(tx, siteId, patientId)),
          openedUntil: await openedUntil(tx, siteId, session.account.id, patientId),
        },
      };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/studies',
      summary: 'The patient’s studies, newest first',
      resource: 'study',
      action: 'list',
      about: 'patient',
      params: byId,
      reply: { schema: z.object({ studies: z.array(studyShape) }) },
    },
    async ({ tx, patientId }) => ({ json: { studies: await studySummaries(tx, siteId, { patientId }) } }),
  );

  for (const [name, column, summary] of [
    ['case', 'patient_case', 'Everything known at the last judgement'],
    ['assessment', 'assessment', 'Triage, differential, concordance, forecasts'],
    ['plan', 'plan', 'The care plan with its reasons'],
  ] as const) {
    route(
      {
        method: 'get',
        path: `/api/patients/{id}/${name}`,
        summary,
        resource: 'judgement',
        action: 'read',
        about: 'patient',
        params: byId,
        reply: { schema: documentShape },
      },
      async ({ tx, patientId, session }) => {
        const row = await tx
          .selectFrom('judgements')
          .select(column)
          .select(sql<boolean>`jsonb_typeof(patient_case -> 'genome') = 'object'`.as('genomic'))
          .where('site_id', '=', siteId)
          .where('patient_id', '=', patientId)
          .orderBy('created_at', 'desc')
          .limit(1)
          .executeTakeFirst();
        if (row === undefined) throw notYet(name);
        const document = (row as Record<string, unknown>)[column];
        if (name !== 'case') {
          if (row.genomic && (await genomeClosedTo(tx, siteId, patientId, session.account.id)))
            throw notYet(`${name} without the genome`);
          return { json: document };
        }
        // The genome is a compartment of its own, of which the case carries a copy: it goes to whoever may read the genome itself.
        const reading = {
          subject: subjectOf(session),
          resource: 'genome',
          action: 'read',
          path: 'api',
        } as const;
        const open = await allowedWith(tx, siteId, patientId, reading);
        return { json: open ? document : { ...(document as object), genome: null } };
      },
    );
  }

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/plan/revisions',
      summary: 'How the plan came to be what it is, newest first: who gave what led to it, and what changed',
      resource: 'judgement',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: z.object({ revisions: z.array(documentShape) }) },
    },
    async ({ tx, patientId, session }) => {
      const closed = await genomeClosedTo(tx, siteId, patientId, session.account.id);
      return { json: { revisions: await planRevisions(tx, siteId, patientId, !closed) } };
    },
  );

  route(
    {
      method: 'post',
      path: '/api/patients/{id}/plan/acceptance',
      summary: 'A clinician accepts the newest plan, or takes that back',
      resource: 'acceptance',
      action: 'create',
      about: 'patient',
      params: byId,
      body: acceptanceShape,
      reply: {
        schema: z.object({ judgement: z.string(), accepted: z.boolean(), by: z.string(), at: z.string() }),
      },
    },
    async ({ tx, patientId, session, body, now, alsoAudit }) => {
      const { id: accountId, name: by } = session.account;
      const genomeClosed = await genomeClosedTo(tx, siteId, patientId, accountId);
      const judgement = await acceptPlan(tx, siteId, patientId, { ...body, accountId, genomeClosed, now });
      alsoAudit({
        action: 'create',
        resource: 'acceptance',
        resourceId: judgement,
        patientId,
        reason: body.accepted ? 'plan accepted' : 'acceptance of the plan withdrawn',
      });
      return { json: { judgement, accepted: body.accepted, by, at: now.toISOString() }, status: 201 };
    },
  );

  route(
    {
      method: 'get',
      path: '/api/patients/{id}/genome',
      summary: 'The genotype as read',
      resource: 'genome',
      action: 'read',
      about: 'patient',
      params: byId,
      reply: { schema: documentShape },
    },
    async ({ tx, patientId }) => {
      const genome = await newestGenome(tx, siteId, patientId);
      if (genome?.profile == null) throw notYet('genome');
      return { json: genome.profile };
    },
  );

  route(
    {
      method: 'put',
      path: '/api/patients/{id}/genome',
      summary: 'Stores a VCF, or raw data of a consumer array, and judges anew',
      resource: 'genome',
      action: 'update',
      about: 'patient',
      params: byId,
      reply: { schema: jobStarted },
      take: async ({ request }) => {
        const bytes = await wholeBody(request, MAX_GENOME_BYTES, 'genome', 'send the called genes only');
        const head = bytes.toString('utf8', 0, 4096).replace(/^\uFEFF/, '');
        const packed = isGzip(bytes) || isZip(bytes);
        if (!packed && !head.startsWith('##fileformat=VCF') && !isArrayFile(bytes)) {
          throw refuse(
            422,
            'unreadable',
            'genome',
            'is neither a VCF nor raw data of 23andMe or AncestryDNA',
            'the first line of a VCF is ##fileformat=VCFv4.x',
          );
        }
        const stored = await services.blobs.put(bytes);
        return { value: stored, discard: () => services.blobs.remove(stored.object).catch(() => undefined) };
      },
    },
    async ({ tx, patientId, taken, session }) => {
      const blob = await recordBlob(tx, services.blobs, siteId, taken);
      await tx
        .insertInto('genomes')
        .values({
          site_id: siteId,
          id: randomUUID(),
          patient_id: patientId,
          blob_id: blob,
          profile: null,
          created_at: nextMoment('genomes', siteId, patientId),
        })
        .execute();
      return {
        json: { job: { id: await judgeAnew(tx, services, patientId, session.account.id) } },
        status: 202,
      };
    },
  );
}
