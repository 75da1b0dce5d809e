import { randomUUID } from 'node:crypto';
import type { AnalysedPicture, Analysis, Engine, RunNetwork } from '@foramen/analysis';
import { type AnalysisStage, STAGE_WORDS } from '@foramen/analysis/stages';
import type { Problem } from '@foramen/spine';
import { nativeCodecs } from '../analysis/native-codecs.ts';
import { analyzeStudy } from '../analysis/pipeline.ts';
import { siteEvidence } from '../analysis/site-evidence.ts';
import { recordBlob } from '../blobs/catalogue.ts';
import type { BlobStore, StoredBlob } from '../blobs/store.ts';
import type { Database, Tx } from '../database/connect.ts';
import type { NodePeer } from '../dicom/peers.ts';
import { errorKind, type Log } from '../observe/log.ts';
import type { Metrics, OpenSpan } from '../observe/metrics.ts';
import { currentTrace } from '../observe/trace.ts';
import { windowOf, writeVolume } from '../pictures/volume-file.ts';
import { isDiskFull, noRoom, ProblemError, problem } from '../problem-error.ts';
import { lockUndone } from '../records/jobs.ts';
import { nextMoment } from '../records/newest.ts';
import { judgeAnew } from './judge-anew.ts';
import { type JobPayload, type JobQueue, SEND_BACK, updateJob } from './queue.ts';
import { type Before, readBefore } from './read-before.ts';
import { dropResults, keepResults, writeResults } from './results.ts';
import { resultPeer } from './send-back.ts';
import { gather, gatherFacts, load, type Subject } from './subject.ts';

interface AnalyzeContext {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly run: RunNetwork;
  /** Descriptions of the networks; asked for at each job, so that a missing model is that job's problem. */
  readonly reading: () => NonNullable<Engine['reading']>;
  readonly queue: JobQueue;
  readonly peers: readonly NodePeer[];
  readonly now: () => Date;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Does one analysis job. Results and the word "done" are one transaction: a worker killed at any moment leaves either nothing or
 * everything, and a job taken over twice writes once.
 */
export async function analyzeJob(context: AnalyzeContext, payload: JobPayload, last: boolean): Promise<void> {
  const { database, metrics } = context;
  const { siteId, jobId } = payload;
  const began = performance.now();
  const subject = await database.inSite(siteId, async (tx) => {
    const job = await lockUndone(tx, siteId, jobId);
    if (job === undefined || job.state === 'failed' || job.patient_id === null) return undefined;
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
    const evidence = siteEvidence();
    if (!evidence.ok) return await close(evidence.problems);
    const before = payload.onlyFacts ? await readBefore(context, siteId, subject) : undefined;
    const parts = {
      ...(await load(context, subject, before)),
      ...(evidence.value === undefined ? {} : { evidence: evidence.value }),
    };
    const progress = progressWriter(context, siteId, jobId);
    const steps = stepSpans(metrics);
    const result = await analyzeStudy(parts, {
      run: context.run,
      codecs: nativeCodecs(),
      reading: context.reading(),
      onProgress: (p) => {
        steps.at(p.stage);
        progress.report(p.stage, p.fraction);
      },
    }).finally(() => steps.over());
    await progress.settled();
    if (!result.ok) return await close(result.problems);
    const kept = await keep(
      context,
      siteId,
      jobId,
      subject,
      result.value,
      before ?? result.value,
      result.warnings,
    );
    if (!kept) return await analyzeJob(context, payload, last);
    metrics.count('foramen_jobs_finished_total', { kind: 'analyze', state: 'done' });
    metrics.observe('foramen_job_seconds', (performance.now() - began) / 1000, { kind: 'analyze' });
  } catch (error) {
    if (error instanceof ProblemError) return await close(error.problems);
    context.log('error', 'analysis failed', { job: jobId, error: errorKind(error) });
    if (!last) throw error;
    if (isDiskFull(error)) return await close(noRoom('is full').problems);
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

/** A span for each stage of an analysis, part of the job's. */
function stepSpans(metrics: Metrics) {
  const parent = currentTrace();
  let stage = '';
  let span: OpenSpan | undefined;
  return {
    at(next: string): void {
      if (next === stage) return;
      span?.end();
      stage = next;
      span = metrics.begin(`analysis ${next}`, 'step', { stage: next }, parent);
    },
    over: () => span?.end(),
  };
}

/** Writes progress at most four times a second, never two writes at once, the newest state last. */
function progressWriter(context: AnalyzeContext, siteId: string, jobId: string) {
  const began = performance.now();
  let wrote = 0;
  let busy: Promise<void> = Promise.resolve();
  let waiting = false;
  return {
    report(stage: AnalysisStage, fraction: number): void {
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
              step: STAGE_WORDS[stage],
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

/** Answers false when the genome it was made with has been closed meanwhile: nothing is written, and it must be made without. */
async function keep(
  context: AnalyzeContext,
  siteId: string,
  jobId: string,
  subject: Subject,
  analysis: Analysis,
  shown: Pick<Before, 'pictures' | 'priorPictures'>,
  warnings: readonly Problem[],
): Promise<boolean> {
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
  const results =
    subject.studyId === null ? null : await writeResults(blobs, analysis, shown, context.now().toISOString());
  return database.inSite(siteId, async (tx) => {
    const job = await lockUndone(tx, siteId, jobId);
    const closed =
      subject.genome !== null && (await gatherFacts(tx, siteId, subject.patientId)).genome === null;
    if (job === undefined || closed) {
      for (const { volume, labels } of pictures) {
        await blobs.remove(volume.object);
        await blobs.remove(labels.object);
      }
      if (results !== null) await dropResults(blobs, results);
      return !closed;
    }
    // Pictures that were not read again stay as they are, and so does what was read of them.
    const read = analysis.study !== null;
    if (subject.studyId !== null && read) await putPictures(tx, blobs, siteId, subject.studyId, pictures);
    if (subject.studyId !== null && results !== null) {
      await keepResults(
        tx,
        blobs,
        siteId,
        { studyId: subject.studyId, genome: subject.genome },
        results,
        context.now(),
      );
      const study = await tx
        .selectFrom('studies')
        .select('received_from')
        .where('site_id', '=', siteId)
        .where('id', '=', subject.studyId)
        .executeTakeFirst();
      if (
        results.objects.length > 0 &&
        resultPeer(context.peers, study?.received_from ?? null) !== undefined
      ) {
        await context.queue.enqueue(tx, siteId, {
          kind: SEND_BACK,
          patientId: subject.patientId,
          studyId: subject.studyId,
          createdBy: null,
        });
      }
    }
    if (subject.studyId !== null && read && analysis.findings !== null) {
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
          account_id: job.created_by,
          job_id: jobId,
          created_at: nextMoment('judgements', siteId, subject.patientId),
        })
        .execute();
      // Answers that came while this was at work: whoever reads the judgement must not take it for theirs for long.
      if (await hasNewer(tx, siteId, subject))
        await judgeAnew(tx, { siteId, queue: context.queue }, subject.patientId, null);
    }
    await updateJob(tx, siteId, jobId, {
      state: 'done',
      percent: 100,
      step: null,
      secondsLeft: 0,
      problems: warnings,
    });
    return true;
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

/** Whether answers, a genome or a note of the diary came after those this analysis began with. */
async function hasNewer(tx: Tx, siteId: string, subject: Subject): Promise<boolean> {
  const now = await gatherFacts(tx, siteId, subject.patientId);
  return (
    now.intake?.id !== subject.intake?.id ||
    now.genome?.id !== subject.genome?.id ||
    JSON.stringify(now.notes) !== JSON.stringify(subject.notes)
  );
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
