import { randomUUID } from 'node:crypto';
import type { AnalysedPicture, Analysis, AnalysisParts, NamedBytes, RunNetwork } from '@foramen/analysis';
import type { Problem } from '@foramen/spine';
import { analyzeStudy } from '../analysis/pipeline.ts';
import { objectOf, recordBlob } from '../blobs/catalogue.ts';
import type { BlobStore, StoredBlob } from '../blobs/store.ts';
import type { Database, Tx } from '../database/connect.ts';
import { errorKind, type Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import { windowOf, writeVolume } from '../pictures/volume-file.ts';
import { ProblemError, problem } from '../problem-error.ts';
import { type JobPayload, updateJob } from './queue.ts';

export interface AnalyzeContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly run: RunNetwork;
  readonly now: () => Date;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Subject {
  readonly patientId: string;
  readonly studyId: string | null;
  readonly spacing: readonly number[] | null;
  /** Objects of this study's files and of each earlier study's, oldest first. */
  readonly files: readonly FileRef[];
  readonly priors: readonly (readonly FileRef[])[];
  readonly intake: unknown;
  readonly genome: { readonly id: string; readonly object: string } | null;
}
interface FileRef {
  readonly name: string;
  readonly object: string;
}

const STEP: Readonly<Record<string, string>> = {
  read: 'reading the pictures',
  segment: 'finding the spine',
  measure: 'measuring',
  grade: 'grading each level',
  compare: 'comparing with earlier studies',
  genome: 'reading the genome',
  judge: 'weighing findings and symptoms',
};

/**
 * Does one analysis job. Results and the word "done" are one transaction: a worker killed at any moment leaves either nothing or
 * everything, and a job taken over twice writes once.
 */
export async function analyzeJob(context: AnalyzeContext, payload: JobPayload, last: boolean): Promise<void> {
  const { database, metrics } = context;
  const { siteId, jobId } = payload;
  const began = performance.now();
  const subject = await database.inSite(siteId, async (tx) => {
    const job = await tx
      .selectFrom('jobs')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('id', '=', jobId)
      .forUpdate()
      .executeTakeFirst();
    if (job === undefined || job.state === 'done' || job.state === 'failed' || job.patient_id === null)
      return undefined;
    await tx
      .updateTable('jobs')
      .set({ attempts: job.attempts + 1 })
      .where('site_id', '=', siteId)
      .where('id', '=', jobId)
      .execute();
    await updateJob(tx, siteId, jobId, { state: 'running', percent: 0, step: 'starting', problems: [] });
    return gather(tx, siteId, job.patient_id, job.study_id);
  });
  if (subject === undefined) return;
  const close = async (problems: readonly Problem[]): Promise<void> => {
    await database.inSite(siteId, (tx) =>
      updateJob(tx, siteId, jobId, { state: 'failed', step: null, secondsLeft: null, problems }),
    );
    metrics.count('foramen_jobs_finished_total', { kind: 'analyze', state: 'failed' });
  };
  try {
    const parts = await load(context, subject);
    const progress = progressWriter(context, siteId, jobId);
    const result = await analyzeStudy(parts, {
      run: context.run,
      onProgress: (p) => progress.report(p.stage, p.fraction),
    });
    await progress.settled();
    if (!result.ok) return await close(result.problems);
    await keep(context, siteId, jobId, subject, result.value, result.warnings);
    metrics.count('foramen_jobs_finished_total', { kind: 'analyze', state: 'done' });
    metrics.observe('foramen_job_seconds', (performance.now() - began) / 1000, { kind: 'analyze' });
  } catch (error) {
    if (error instanceof ProblemError) return await close(error.problems);
    context.log('error', 'analysis failed', { job: jobId, error: errorKind(error) });
    if (!last) throw error;
    await close([
      problem(
        'unsupported',
        'analysis',
        'ended unexpectedly',
        'try again; if it happens again, report it with the log',
      ),
    ]);
  }
}

async function gather(tx: Tx, siteId: string, patientId: string, studyId: string | null): Promise<Subject> {
  const filesOf = async (id: string): Promise<readonly FileRef[]> => {
    const objects = await tx
      .selectFrom('instances as i')
      .innerJoin('blobs as b', (on) =>
        on.onRef('b.site_id', '=', 'i.site_id').onRef('b.id', '=', 'i.blob_id'),
      )
      .select(['i.sop_uid as name', 'b.object'])
      .where('i.site_id', '=', siteId)
      .where('i.study_id', '=', id)
      .orderBy('i.series_id')
      .orderBy('i.number')
      .execute();
    if (objects.length > 0) return objects.map((row) => ({ name: `${row.name}.dcm`, object: row.object }));
    return tx
      .selectFrom('study_files as f')
      .innerJoin('blobs as b', (on) =>
        on.onRef('b.site_id', '=', 'f.site_id').onRef('b.id', '=', 'f.blob_id'),
      )
      .select(['f.name', 'b.object'])
      .where('f.site_id', '=', siteId)
      .where('f.study_id', '=', id)
      .orderBy('f.position')
      .execute();
  };
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
  const priors: (readonly FileRef[])[] = [];
  for (const row of earlier) priors.push(await filesOf(row.id));
  const intake = await tx
    .selectFrom('intakes')
    .select('body')
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const genome = await tx
    .selectFrom('genomes')
    .select(['id', 'blob_id'])
    .where('site_id', '=', siteId)
    .where('patient_id', '=', patientId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    patientId,
    studyId,
    spacing: study?.spacing ?? null,
    files: studyId === null ? [] : await filesOf(studyId),
    priors,
    intake: intake?.body,
    genome:
      genome === undefined ? null : { id: genome.id, object: await objectOf(tx, siteId, genome.blob_id) },
  };
}

async function load(context: AnalyzeContext, subject: Subject): Promise<AnalysisParts> {
  const read = async (files: readonly FileRef[]): Promise<NamedBytes[]> => {
    const out: NamedBytes[] = [];
    for (const file of files) out.push({ name: file.name, bytes: await context.blobs.read(file.object) });
    return out;
  };
  const priors: NamedBytes[][] = [];
  for (const files of subject.priors) priors.push(await read(files));
  const [row, column, slice] = subject.spacing ?? [];
  return {
    patientId: subject.patientId,
    now: context.now().toISOString(),
    ...(subject.files.length === 0 ? {} : { imaging: await read(subject.files) }),
    ...(priors.length === 0 ? {} : { priors }),
    ...(subject.genome === null
      ? {}
      : { genome: { name: 'genome.vcf', bytes: await context.blobs.read(subject.genome.object) } }),
    ...(subject.intake === undefined ? {} : { intake: subject.intake }),
    ...(row === undefined || column === undefined ? {} : { spacing: [row, column, slice ?? 1] as const }),
  };
}

/** Writes progress at most four times a second, never two writes at once, the newest state last. */
function progressWriter(context: AnalyzeContext, siteId: string, jobId: string) {
  const began = performance.now();
  let wrote = 0;
  let busy: Promise<void> = Promise.resolve();
  let waiting = false;
  return {
    report(stage: string, fraction: number): void {
      const at = performance.now();
      if (waiting || at - wrote < 250) return;
      wrote = at;
      waiting = true;
      const secondsLeft =
        fraction > 0.05 ? Math.round(((at - began) / 1000 / fraction) * (1 - fraction)) : null;
      busy = busy
        .then(() =>
          context.database.inSite(siteId, (tx) =>
            updateJob(tx, siteId, jobId, {
              percent: Math.round(fraction * 1000) / 10,
              step: STEP[stage] ?? stage,
              secondsLeft,
            }),
          ),
        )
        // Progress is a courtesy; the analysis goes on without it.
        .catch(() => undefined)
        .finally(() => {
          waiting = false;
        });
    },
    settled: () => busy,
  };
}

async function keep(
  context: AnalyzeContext,
  siteId: string,
  jobId: string,
  subject: Subject,
  analysis: Analysis,
  warnings: readonly Problem[],
): Promise<void> {
  const { blobs, database } = context;
  // Outside the transaction: writing tens of megabytes must not hold locks. Litter after a crash is swept.
  const pictures: StoredPicture[] = [];
  for (const picture of subject.studyId === null ? [] : analysis.pictures) {
    pictures.push({
      picture,
      volume: await blobs.put(writeVolume(picture.volume)),
      labels: await blobs.put(writeVolume(picture.labels)),
    });
  }
  await database.inSite(siteId, async (tx) => {
    const job = await tx
      .selectFrom('jobs')
      .select('state')
      .where('site_id', '=', siteId)
      .where('id', '=', jobId)
      .forUpdate()
      .executeTakeFirst();
    if (job === undefined || job.state === 'done') {
      for (const { volume, labels } of pictures) {
        await blobs.remove(volume.object);
        await blobs.remove(labels.object);
      }
      return;
    }
    if (subject.studyId !== null) await putPictures(tx, blobs, siteId, subject.studyId, pictures);
    if (subject.studyId !== null && analysis.findings !== null) {
      await tx
        .insertInto('findings')
        .values({
          site_id: siteId,
          id: randomUUID(),
          study_id: subject.studyId,
          body: JSON.stringify(analysis.findings),
        })
        .execute();
      if (analysis.findings.studyDate !== undefined) {
        await tx
          .updateTable('studies')
          .set((eb) => ({
            study_date: eb.fn.coalesce('study_date', eb.val(analysis.findings?.studyDate ?? null)),
          }))
          .where('site_id', '=', siteId)
          .where('id', '=', subject.studyId)
          .execute();
      }
    }
    if (subject.genome !== null && analysis.genome !== null) {
      await tx
        .updateTable('genomes')
        .set({ profile: JSON.stringify(analysis.genome) })
        .where('site_id', '=', siteId)
        .where('id', '=', subject.genome.id)
        .execute();
    }
    if (await isNewest(tx, siteId, subject)) {
      await tx
        .insertInto('judgements')
        .values({
          site_id: siteId,
          id: randomUUID(),
          patient_id: subject.patientId,
          study_id: subject.studyId,
          patient_case: JSON.stringify(analysis.case),
          assessment: JSON.stringify(analysis.assessment),
          plan: JSON.stringify(analysis.plan),
        })
        .execute();
    }
    await updateJob(tx, siteId, jobId, {
      state: 'done',
      percent: 100,
      step: null,
      secondsLeft: 0,
      problems: warnings,
    });
  });
}

/** An older study read later must not replace the judgement made from the newest one. */
async function isNewest(tx: Tx, siteId: string, subject: Subject): Promise<boolean> {
  if (subject.studyId === null) return true;
  const newest = await tx
    .selectFrom('studies')
    .select('id')
    .where('site_id', '=', siteId)
    .where('patient_id', '=', subject.patientId)
    .orderBy('study_date', (o) => o.desc().nullsLast())
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.id === subject.studyId;
}

interface StoredPicture {
  readonly picture: AnalysedPicture;
  readonly volume: StoredBlob;
  readonly labels: StoredBlob;
}

/** Replaces the pictures of a study: a second analysis may show other series. */
async function putPictures(
  tx: Tx,
  blobs: BlobStore,
  siteId: string,
  studyId: string,
  pictures: readonly StoredPicture[],
): Promise<void> {
  await tx.deleteFrom('pictures').where('site_id', '=', siteId).where('study_id', '=', studyId).execute();
  for (const [index, { picture, volume, labels }] of pictures.entries()) {
    const { size, spacing, ijkToLps } = picture.volume;
    const [center, width] = windowOf(picture.volume.data);
    await tx
      .insertInto('pictures')
      .values({
        site_id: siteId,
        id: randomUUID(),
        study_id: studyId,
        number: index + 1,
        series_uid: picture.reading.seriesUid ?? null,
        description: picture.name,
        modality: 'MR',
        role: picture.reading.role,
        plane: picture.plane,
        columns: size[0],
        rows: size[1],
        slices: size[2],
        spacing: [...spacing],
        ijk_to_lps: picture.hasGeometry ? [...ijkToLps] : null,
        window_center: center,
        window_width: width,
        key_slice: picture.keySlice,
        volume_blob: await recordBlob(tx, blobs, siteId, volume),
        labels_blob: await recordBlob(tx, blobs, siteId, labels),
      })
      .execute();
  }
}
