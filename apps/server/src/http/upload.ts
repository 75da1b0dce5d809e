import { randomUUID } from 'node:crypto';
import type { Result } from '@foramen/spine';
import { z } from 'zod';
import { recordBlob } from '../blobs/catalogue.ts';
import type { StoredBlob } from '../blobs/store.ts';
import type { Tx } from '../database/connect.ts';
import type { StudySource } from '../database/schema.ts';
import { relate } from '../identity/accounts.ts';
import { type Session, subjectOf } from '../identity/sessions.ts';
import { type Arrival, claimPatientNumber, claimStudy, enterInstances } from '../ingest/enter.ts';
import { HEAD_BYTES, HeadBytes, type InstanceFacts, readInstance } from '../ingest/instance.ts';
import { ofAnotherPerson } from '../ingest/same-person.ts';
import { sniffImage } from '../ingest/sniff.ts';
import { identityOf, matchRecord, recordFrom } from '../ingest/whose-record.ts';
import { ANALYZE } from '../jobs/queue.ts';
import { allowedWith } from '../policy/facts.ts';
import { notThere, ProblemError, refuse } from '../problem-error.ts';
import { createPatient } from '../records/patients.ts';
import type { Services } from '../services.ts';
import { bodyOf } from './body.ts';
import type { Route } from './guard.ts';
import { boundaryOf, formField, multipart, type Part } from './multipart.ts';

const MAX_FILES = 5_000;

interface UploadedFile {
  readonly name: string;
  readonly source: StudySource;
  readonly stored: StoredBlob;
  /** What a DICOM object says of itself. Read while it comes in, not while a transaction waits for the store. */
  readonly facts?: Result<InstanceFacts>;
}
interface Upload {
  readonly files: readonly UploadedFile[];
  readonly fields: ReadonlyMap<string, string>;
}

const spacingText = z
  .string()
  .regex(/^\d+(\.\d+)?,\d+(\.\d+)?(,\d+(\.\d+)?)?$/, 'ROW,COL[,SLICE] in mm')
  .transform((text) => text.split(',').map(Number))
  .refine((values) => values.every((v) => v >= 0.05 && v <= 20), 'between 0.05 and 20 mm');

export function uploadRoutes(route: Route, services: Services): void {
  const { siteId, blobs } = services;
  route(
    {
      method: 'post',
      path: '/api/studies',
      summary: 'Uploads a study and analyses it',
      resource: 'study',
      action: 'create',
      about: 'none',
      reply: {
        schema: z.object({ patientId: z.string(), studyId: z.string(), job: z.object({ id: z.string() }) }),
      },
      take: async ({ request }) => {
        const upload = await receive(services, request);
        return {
          value: upload,
          discard: async () => {
            for (const file of upload.files) await blobs.remove(file.stored.object).catch(() => undefined);
          },
        };
      },
    },
    async ({ tx, taken: upload, session, alsoAudit }) => {
      const source = oneKind(upload.files);
      const spacing = upload.fields.get('spacing');
      const parsed = spacing === undefined || spacing === '' ? undefined : spacingText.safeParse(spacing);
      if (parsed?.success === false)
        throw refuse(400, 'usage', 'spacing', parsed.error.issues[0]!.message, 'for example 0.7,0.7');
      const named = upload.fields.get('patientId');
      const patientId =
        named !== undefined && named !== '' ? await known(tx, siteId, session, named) : undefined;
      const name = upload.fields.get('name')?.trim().slice(0, 200);
      const added =
        source === 'dicom'
          ? await addDicom(tx, services, session, upload.files, patientId, name)
          : await addFiles(
              tx,
              services,
              session,
              upload.files,
              source,
              parsed?.data ?? null,
              patientId,
              name,
            );
      const { studyId } = added;
      const job = await services.queue.enqueue(tx, siteId, {
        kind: ANALYZE,
        patientId: added.patientId,
        studyId,
        createdBy: session.account.id,
        priority: 5,
      });
      alsoAudit({
        action: 'create',
        resource: 'study',
        resourceId: studyId,
        patientId: added.patientId,
        reason: 'upload',
      });
      return { json: { patientId: added.patientId, studyId, job: { id: job } }, status: 202 };
    },
  );
}

/** The id of a patient this account may add a study to. @throws ProblemError 404 for every other. */
async function known(tx: Tx, siteId: string, session: Session, id: string): Promise<string> {
  const adding = { subject: subjectOf(session), resource: 'study', action: 'create', path: 'api' } as const;
  if (!(await allowedWith(tx, siteId, id, adding))) throw notThere('patient');
  return id;
}

interface Added {
  readonly patientId: string;
  readonly studyId: string;
}

async function newPatient(tx: Tx, services: Services, session: Session, name: string): Promise<string> {
  const id = await createPatient(tx, services.siteId, { name });
  await relate(tx, services.siteId, session.account.id, id, 'care-team', 'uploaded a study');
  return id;
}

async function addFiles(
  tx: Tx,
  services: Services,
  session: Session,
  files: readonly UploadedFile[],
  source: StudySource,
  spacing: number[] | null,
  patient: string | undefined,
  name: string | undefined,
): Promise<Added> {
  const { siteId, blobs } = services;
  const patientId = patient ?? (await newPatient(tx, services, session, name || 'Unnamed upload'));
  const studyId = randomUUID();
  await tx
    .insertInto('studies')
    .values({
      site_id: siteId,
      id: studyId,
      patient_id: patientId,
      study_uid: null,
      study_date: null,
      description: files[0]?.name.split(/[/\\]/).at(-1) ?? null,
      accession_number: null,
      source,
      spacing,
      received_from: 'upload',
      arrived_at: null,
      settled_at: null,
    })
    .execute();
  for (const [position, file] of files.entries()) {
    const blob = await recordBlob(tx, blobs, siteId, file.stored);
    await tx
      .insertInto('study_files')
      .values({
        site_id: siteId,
        id: randomUUID(),
        study_id: studyId,
        name: file.name,
        position,
        blob_id: blob,
      })
      .execute();
  }
  return { patientId, studyId };
}

/** DICOM objects take the same way as those a scanner sends. */
async function addDicom(
  tx: Tx,
  services: Services,
  session: Session,
  files: readonly UploadedFile[],
  patient: string | undefined,
  name: string | undefined,
): Promise<Added> {
  const { siteId, blobs, now } = services;
  const arrivals: Arrival[] = [];
  for (const { stored, facts } of files) {
    if (facts?.ok === false) throw new ProblemError(422, facts.problems);
    if (facts !== undefined) arrivals.push({ stored, facts: facts.value, from: 'upload' });
  }
  const studies = new Set(arrivals.map((arrival) => arrival.facts.studyUid));
  if (studies.size > 1)
    throw refuse(422, 'contradiction', 'files', `are of ${studies.size} studies`, 'send one study at a time');
  const first = arrivals[0]!.facts;
  if (arrivals.some(({ facts }) => ofAnotherPerson(identityOf(first), identityOf(facts))))
    throw refuse(
      422,
      'contradiction',
      'files',
      'name two people',
      'send the pictures of one person at a time',
    );
  await claimStudy(tx, siteId, first.studyUid);
  const there = await tx
    .selectFrom('studies')
    .select('id')
    .where('site_id', '=', siteId)
    .where('study_uid', '=', first.studyUid)
    .executeTakeFirst();
  if (there !== undefined)
    throw refuse(409, 'contradiction', 'study', 'is here already', 'open it from the worklist');
  const patientId = patient ?? (await patientOfUpload(tx, services, session, first, name));
  await enterInstances({ tx, blobs, siteId, now: now(), patientId }, arrivals);
  const study = await tx
    .selectFrom('studies')
    .select('id')
    .where('site_id', '=', siteId)
    .where('study_uid', '=', first.studyUid)
    .executeTakeFirstOrThrow();
  // The upload is complete by itself; no quiet time is waited for.
  await tx
    .updateTable('studies')
    .set({ arrived_at: null, settled_at: now() })
    .where('site_id', '=', siteId)
    .where('id', '=', study.id)
    .execute();
  return { patientId, studyId: study.id };
}

async function patientOfUpload(
  tx: Tx,
  services: Services,
  session: Session,
  facts: Arrival['facts'],
  name: string | undefined,
): Promise<string> {
  const { siteId } = services;
  if (facts.patientId !== null) {
    await claimPatientNumber(tx, siteId, facts.patientId);
    const there = (await matchRecord(tx, siteId, identityOf(facts))).id;
    // Whoever uploads a study of somebody who is here must be allowed to add to that record.
    if (there !== undefined) return known(tx, siteId, session, there);
  }
  const id = await recordFrom(tx, siteId, facts, name);
  await relate(tx, siteId, session.account.id, id, 'care-team', 'uploaded a study');
  return id;
}

/** Streams every file into the encrypted store; on any trouble nothing stays. */
async function receive(services: Services, request: Request): Promise<Upload> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > services.maxUploadBytes) throw tooLarge(services.maxUploadBytes);
  const boundary = boundaryOf(request.headers.get('content-type'));
  const files: UploadedFile[] = [];
  const fields = new Map<string, string>();
  let total = 0;
  try {
    for await (const part of multipart(bodyOf(request), boundary)) {
      const { name, filename } = formField(part);
      if (filename === undefined) {
        if (fields.size > 20) throw refuse(400, 'usage', 'body', 'has too many fields', 'see docs/api.md');
        fields.set(name, await readText(part));
        continue;
      }
      if (files.length >= MAX_FILES)
        throw refuse(413, 'too-large', 'files', `more than ${MAX_FILES}`, 'send one study at a time');
      const label = filename.slice(-200);
      const file = await receiveFile(services, part, label, (bytes) => {
        total += bytes;
        if (total > services.maxUploadBytes) throw tooLarge(services.maxUploadBytes);
      });
      // A folder dropped whole also holds DICOMDIR, readme and thumbnail files: those are passed over, unless nothing else came.
      if (file !== undefined) files.push(file);
    }
    if (files.length === 0) {
      throw refuse(
        422,
        'unsupported',
        'files',
        'none of them is a DICOM, NIfTI, MetaImage or PNG image',
        'choose an MRI study',
      );
    }
    return { files, fields };
  } catch (error) {
    for (const file of files) await services.blobs.remove(file.stored.object).catch(() => undefined);
    throw error;
  }
}

async function receiveFile(
  services: Services,
  part: Part,
  name: string,
  count: (bytes: number) => void,
): Promise<UploadedFile | undefined> {
  const { blobs } = services;
  const writer = await blobs.writer();
  const head = new HeadBytes();
  let stored: StoredBlob | undefined;
  try {
    for await (const bytes of part.body) {
      count(bytes.length);
      head.add(bytes);
      await writer.write(bytes);
    }
    const source = sniffImage(name, head.bytes.subarray(0, 512));
    if (source === undefined || /(^|[/\\])DICOMDIR$/i.test(name)) {
      await writer.abort();
      return undefined;
    }
    stored = await writer.finish();
    if (source !== 'dicom') return { name, source, stored };
    const facts = readInstance(head.bytes, stored.size <= HEAD_BYTES, name);
    if (facts.ok || stored.size <= HEAD_BYTES) return { name, source, stored, facts };
    return { name, source, stored, facts: readInstance(await blobs.read(stored.object), true, name) };
  } catch (error) {
    if (stored === undefined) await writer.abort();
    else await blobs.remove(stored.object).catch(() => undefined);
    throw error;
  }
}

async function readText(part: Part): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const bytes of part.body) {
    size += bytes.length;
    if (size > 100_000) throw refuse(413, 'too-large', 'field', 'longer than 100 kB', 'send files as files');
    chunks.push(Buffer.from(bytes));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function oneKind(files: readonly UploadedFile[]): StudySource {
  const kinds = new Set(files.map((file) => file.source));
  // A DICOM export often carries previews: the DICOM files are the study.
  const [only] = kinds;
  if (kinds.size > 1)
    throw refuse(
      422,
      'contradiction',
      'files',
      `are of several kinds (${[...kinds].join(', ')})`,
      'send one study at a time',
    );
  return only!;
}

const tooLarge = (bytes: number) =>
  refuse(
    413,
    'too-large',
    'upload',
    `larger than ${Math.round(bytes / (1 << 20))} MB`,
    'send one study at a time',
  );
