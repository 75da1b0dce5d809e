import type { AnalysisParts, NamedBytes, ReadBefore } from '@foramen/analysis';
import type { RecordedPerson } from '@foramen/care';
import type { Signal } from '@foramen/spine';
import { sql } from 'kysely';
import { objectOf } from '../blobs/catalogue.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Tx } from '../database/connect.ts';
import { patientFacts } from '../policy/facts.ts';
import { newestGenome, newestIntake } from '../records/newest.ts';
import { MADE_HERE } from './results.ts';

/** What one analysis is about: names of blobs, read in one transaction. */
export interface Subject {
  readonly patientId: string;
  readonly studyId: string | null;
  readonly spacing: readonly number[] | null;
  /** Objects of this study's files and of each earlier study's, oldest first. */
  readonly files: readonly FileRef[];
  readonly priors: readonly { readonly studyId: string; readonly files: readonly FileRef[] }[];
  readonly intake: { readonly id: string; readonly body: unknown } | null;
  readonly genome: { readonly id: string; readonly object: string } | null;
  readonly record: RecordedPerson;
  /** Notes of the diary of late, oldest first. */
  readonly notes: readonly Signal[];
}
export interface FileRef {
  readonly name: string;
  readonly object: string;
}

/** The files a study was given as, without what was made of it here. */
export async function filesOf(tx: Tx, siteId: string, id: string): Promise<readonly FileRef[]> {
  const objects = await tx
    .selectFrom('instances as i')
    .innerJoin('blobs as b', (on) => on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'))
    .select(['i.sop_uid as name', 'b.object'])
    .where('i.site_id', '=', siteId)
    .where('i.study_id', '=', id)
    .where('i.received_from', 'is distinct from', MADE_HERE)
    .orderBy('i.series_id')
    .orderBy('i.number')
    .execute();
  if (objects.length > 0) return objects.map((row) => ({ name: `${row.name}.dcm`, object: row.object }));
  return tx
    .selectFrom('study_files as f')
    .innerJoin('blobs as b', (on) => on.onRef('b.site_id', '=', 'f.site_id').onRef('b.id', '=', 'f.blob_id'))
    .select(['f.name', 'b.object'])
    .where('f.site_id', '=', siteId)
    .where('f.study_id', '=', id)
    .orderBy('f.position')
    .execute();
}

/** Everything known about the patient that bears on this study. */
export async function gather(
  tx: Tx,
  siteId: string,
  patientId: string,
  studyId: string | null,
): Promise<Subject> {
  const studies = await tx
    .selectFrom('studies')
    .select(['id', 'study_date', 'spacing'])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .orderBy('study_date')
    .execute();
  const study = studies.find((row) => row.id === studyId);
  const earlier = studies.filter(
    (row) =>
      row.id !== studyId &&
      row.study_date !== null &&
      study?.study_date != null &&
      row.study_date < study.study_date,
  );
  const priors: { studyId: string; files: readonly FileRef[] }[] = [];
  for (const row of earlier) priors.push({ studyId: row.id, files: await filesOf(tx, siteId, row.id) });
  const facts = await gatherFacts(tx, siteId, patientId);
  return {
    patientId,
    studyId,
    spacing: study?.spacing ?? null,
    files: studyId === null ? [] : await filesOf(tx, siteId, studyId),
    priors,
    ...facts,
  };
}

/** The newest answers and the newest genome; none where the patient has closed it, for a plan that speaks of it would tell it. */
export async function gatherFacts(
  tx: Tx,
  siteId: string,
  patientId: string,
): Promise<Pick<Subject, 'intake' | 'genome' | 'record' | 'notes'>> {
  const intake = await newestIntake(tx, siteId, patientId);
  const genome = await newestGenome(tx, siteId, patientId);
  const closed = (await patientFacts(tx, siteId, '', [patientId])).get(patientId)?.consent.genome === 'deny';
  return {
    intake: intake ?? null,
    genome:
      genome === undefined || closed
        ? null
        : { id: genome.id, object: await objectOf(tx, siteId, genome.blob_id) },
    record: await recordedPerson(tx, siteId, patientId),
    notes: await lateNotes(tx, siteId, patientId),
  };
}

async function recordedPerson(tx: Tx, siteId: string, patientId: string): Promise<RecordedPerson> {
  const row = await tx
    .selectFrom('patients')
    .select(['birth_date', 'sex'])
    .where('site_id', '=', siteId)
    .where('id', '=', patientId)
    .executeTakeFirst();
  return { birthDate: row?.birth_date ?? null, sex: row?.sex ?? 'unknown' };
}

/** How far back a note of the diary still speaks of now, by the newest of them: later ones would have told it again. */
const NOTE_DAYS = 14;

async function lateNotes(tx: Tx, siteId: string, patientId: string): Promise<readonly Signal[]> {
  const rows = await tx
    .selectFrom('diary_entries')
    .distinctOn('date')
    .select(['date', 'note'])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .where('date', '>', sql<string>`current_date - ${NOTE_DAYS}::int`)
    .orderBy('date')
    .orderBy('revision', 'desc')
    .execute();
  return rows.flatMap(({ date, note }) =>
    note === null || note === '' ? [] : [{ id: `diary ${date}`, date, kind: 'diary', text: note }],
  );
}

/** The bytes and documents of a subject, as the analysis takes them; with what was read before, no picture is read again. */
export async function load(
  context: { readonly blobs: BlobStore; readonly now: () => Date },
  subject: Subject,
  readBefore?: ReadBefore,
): Promise<AnalysisParts> {
  const read = async (files: readonly FileRef[]): Promise<NamedBytes[]> => {
    const out: NamedBytes[] = [];
    for (const file of files) out.push({ name: file.name, bytes: await context.blobs.read(file.object) });
    return out;
  };
  const again = readBefore === undefined;
  const priors: NamedBytes[][] = [];
  for (const { files } of again ? subject.priors : []) priors.push(await read(files));
  const [row, column, slice] = subject.spacing ?? [];
  return {
    patientId: subject.patientId,
    now: context.now().toISOString(),
    ...(again ? {} : { readBefore }),
    ...(again && subject.files.length > 0 ? { imaging: await read(subject.files) } : {}),
    ...(priors.length === 0 ? {} : { priors }),
    ...(subject.genome === null
      ? {}
      : { genome: { name: 'genome.vcf', bytes: await context.blobs.read(subject.genome.object) } }),
    ...(subject.intake === null ? {} : { intake: subject.intake.body }),
    record: subject.record,
    ...(subject.notes.length === 0 ? {} : { signals: subject.notes }),
    ...(row === undefined || column === undefined ? {} : { spacing: [row, column, slice ?? 1] as const }),
  };
}
